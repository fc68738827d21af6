"""The style sheet of every page, in the colours of the charts.

The page names it last of all, so that its rules come after those of Streamlit.
"""

from collections.abc import Mapping, Sequence
from importlib.resources import files

from charts import theme

PATH = "/style.css"
LINK = f'<link rel="stylesheet" href=".{PATH}">'
_SHEETS = (("ui", "style.css"), ("ui.deliveries", "deliveries.css"))


def sheet() -> str:
    """All rules, for a light screen and a dark one."""
    colors = {
        "ink": theme.INK,
        "muted": theme.MUTED,
        "rule": theme.RULE,
        "paper": theme.PAPER,
        "accent": theme.ACCENT,
        "quiet": theme.QUIET,
        "improvement": theme.IMPROVEMENT,
        "deterioration": theme.DETERIORATION,
    }
    light = _variables(colors, theme.SHADES)
    dark = _variables(theme.DARK, theme.DARK_SHADES)
    rules = [files(room).joinpath(name).read_text(encoding="utf-8") for room, name in _SHEETS]
    return "\n".join(
        (
            f":root, .as-paper {{{light}}}",
            f"@media screen and (prefers-color-scheme: dark) {{:root {{{dark}}}}}",
            *rules,
        )
    )


def _variables(colors: Mapping[str, str], shades: Sequence[str]) -> str:
    """The colours as the style sheet knows them."""
    named = dict(colors) | {f"shade-{at}": color for at, color in enumerate(shades, start=1)}
    return "".join(f"--{name}: {value};" for name, value in named.items())
