"""An empty drawing in the reports' look, and the drawing as a file."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import matplotlib
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from reports.model import ReportError
from reports.theme import Theme
from swedish import typography

Format = Literal["svg", "png"]
SIZE = 10.0
"""Points: no letters are smaller, as in the text around the drawing."""
# What has the same widths as a font that is not on every machine.
_ALIKE = {"Arial": "Liberation Sans", "Calibri": "Carlito", "Times New Roman": "Liberation Serif"}
_DPI = 200
_POINTS = 72


@contextmanager
def look(theme: Theme, *, in_office: bool = False) -> Iterator[None]:
    """While drawing: the theme's font and colours, and the same bytes from the same frame.

    The font is that of PDF or, `in_office`, that of Word where this machine has it or one as wide.
    Raises ReportError where the font is not in the theme's folders.
    """
    _learn(tuple(theme.font_folders))
    try:
        font_manager.findfont(theme.pdf_font, fallback_to_default=False)
    except ValueError:
        raise ReportError(
            f"theme.toml: typsnittet '{theme.pdf_font}' finns inte i "
            f"{typography.enumerate_words([str(folder) for folder in theme.font_folders])}."
        ) from None
    colors = theme.colors
    with matplotlib.rc_context(
        {
            "font.family": [*(_there(theme) if in_office else ()), theme.pdf_font, "DejaVu Sans"],
            "font.size": SIZE,
            "text.color": colors.ink,
            "axes.edgecolor": colors.rule,
            "axes.axisbelow": True,
            "grid.color": colors.rule,
            "grid.linewidth": 0.6,
            "xtick.labelcolor": colors.muted,
            "ytick.labelcolor": colors.muted,
            "xtick.major.size": 0,
            "ytick.major.size": 0,
            "svg.hashsalt": "samverkan",
            "svg.fonttype": "path",
        }
    ):
        yield


def _there(theme: Theme) -> list[str]:
    known = set(font_manager.get_font_names())
    wanted = (theme.office_font, _ALIKE.get(theme.office_font, ""))
    return [name for name in wanted if name in known][:1]


def canvas(*, width: float, height: float) -> Figure:
    """An empty figure, its sides in inches."""
    figure = Figure(figsize=(width, height), dpi=_POINTS)
    FigureCanvasAgg(figure)
    return figure


def place(
    figure: Figure, *, left: float, right: float, top: float, bottom: float, bare: bool = False
) -> Axes:
    """Axes with margins in inches, with no frame; `bare` has no grid either."""
    width, height = figure.get_size_inches()
    box = (left / width, bottom / height, 1 - (left + right) / width, 1 - (top + bottom) / height)
    axes = figure.add_axes(box)
    for side in ("top", "right", "left", "bottom"):
        axes.spines[side].set_visible(False)
    if not bare:
        axes.grid(visible=True, axis="y")
    return axes


def text_width(figure: Figure, text: str, *, size: float = SIZE, bold: bool = False) -> float:
    """How wide a text is, in inches."""
    letters = font_manager.FontProperties(size=size, weight="bold" if bold else "normal")
    measured = _renderer(figure).get_text_width_height_descent
    lines = [line for line in text.split("\n") if line]
    return max((measured(line, letters, False)[0] for line in lines), default=0.0) / _POINTS


def cut(figure: Figure, text: str, width: float, *, size: float = SIZE) -> str:
    """The text, ended with … where it is wider than `width` inches."""
    if text_width(figure, text, size=size) <= width:
        return text
    kept = text
    while kept and text_width(figure, f"{kept.rstrip()}…", size=size) > width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def folded(figure: Figure, text: str, width: float, *, lines: int, size: float = SIZE) -> str:
    """The text on at most `lines` lines that are `width` inches, broken between words."""
    rows = [""]
    for word in text.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and text_width(figure, longer, size=size) > width:
            rows.append(word)
        else:
            rows[-1] = longer
    rows = [*rows[: lines - 1], " ".join(rows[lines - 1 :])]
    return "\n".join(cut(figure, row, width, size=size) for row in rows if row)


def scale(axes: Axes, *, top: float, bottom: float, count: int = 5) -> None:
    """The upright axis with a few round numbers in Swedish."""
    ticks = [
        float(tick)
        for tick in MaxNLocator(count, steps=[1, 2, 2.5, 5, 10]).tick_values(bottom, top)
        if bottom <= tick <= top * 1.0001
    ]
    axes.set_ylim(bottom, top)
    axes.set_yticks(ticks, axis_texts(ticks))


def axis_texts(ticks: list[float]) -> list[str]:
    """Numbers of a scale, all with as many decimals as the one that needs the most."""
    needed = next(
        (count for count in range(4) if all(abs(one - round(one, count)) < 1e-9 for one in ticks)),
        4,
    )
    return [typography.number(tick, needed) for tick in ticks]


def saved(figure: Figure, file_format: Format) -> bytes:
    """The drawing as a file with nothing of when and where it was made."""
    target = BytesIO()
    metadata: dict[str, Any] = {"Date": None} if file_format == "svg" else {"Software": None}
    figure.savefig(target, format=file_format, dpi=_DPI, metadata=metadata)
    return target.getvalue()


def _renderer(figure: Figure) -> Any:
    canvas: Any = figure.canvas
    return canvas.get_renderer()


@cache
def _learn(folders: tuple[Path, ...]) -> None:
    # The manager says on the log what each weight of a font lacks; nobody can act on that.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    for folder in folders:
        for path in sorted([*folder.glob("*.ttf"), *folder.glob("*.otf")]):
            font_manager.fontManager.addfont(path)
