"""Where a period begins, ends and has its middle on an axis of time; the palette is one."""

import tomllib
from pathlib import Path

import pytest

from charts import theme


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2026-K1", "2026-01-01", "2026-03-28"),
        ("2026-K4", "2026-10-01", "2026-12-28"),
        ("2026", "2026-01-01", "2026-12-28"),
    ],
)
def test_the_ends_of_a_period_hold_its_middle(period: str, first: str, last: str) -> None:
    assert theme.ends(period) == (first, last)
    assert first < theme.middle(period) < last


@pytest.mark.parametrize(
    ("height", "decimals", "written"),
    [
        (1.6, 2, ",.1f"),
        (0.4, 2, ",.2f"),
        (0.4, 0, ",.1f"),
        (5, 0, ",.0f"),
        (5, 1, ",.1f"),
        (40, 2, ",.0f"),
    ],
)
def test_numbers_along_an_axis_have_the_same_decimals(
    height: float, decimals: int, written: str
) -> None:
    assert theme.tick_format(height, decimals) == written


def test_streamlits_own_parts_have_the_same_colours() -> None:
    config = Path(__file__).parents[2] / ".streamlit" / "config.toml"
    own = tomllib.loads(config.read_text(encoding="utf-8"))["theme"]
    light = {"ink": theme.INK, "paper": theme.PAPER, "rule": theme.RULE, "accent": theme.ACCENT}
    for named, colors in ((own["light"], light), (own["dark"], theme.DARK)):
        assert named["textColor"] == colors["ink"]
        assert named["backgroundColor"] == colors["paper"]
        assert named["borderColor"] == colors["rule"]
        assert named["primaryColor"] == named["linkColor"] == colors["accent"]


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _turned_over(color: str) -> str:
    """What `invert(1) hue-rotate(180deg)` makes of a colour (Filter Effects, 2.4)."""
    red, green, blue = (255 - int(color[at : at + 2], 16) for at in (1, 3, 5))
    gray = 2 * (0.213 * red + 0.715 * green + 0.072 * blue)
    turned = (min(255, max(0, gray - part)) for part in (red, green, blue))
    return "#" + "".join(f"{round(part):02x}" for part in turned)


@pytest.mark.parametrize(
    "color", [theme.INK, theme.MUTED, theme.ACCENT, theme.IMPROVEMENT, theme.DETERIORATION]
)
def test_text_of_a_chart_is_read_on_a_dark_screen_too(color: str) -> None:
    assert _contrast(color, theme.PAPER) >= 4.5
    assert _contrast(_turned_over(color), theme.DARK["paper"]) >= 4.5


def test_text_is_read_on_a_dark_screen() -> None:
    for name in ("ink", "muted", "accent", "improvement", "deterioration"):
        assert _contrast(theme.DARK[name], theme.DARK["paper"]) >= 4.5, name
    for shade in theme.DARK_SHADES:
        assert _contrast(theme.DARK["ink"], shade) >= 4.5, shade
