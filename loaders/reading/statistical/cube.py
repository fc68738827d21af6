"""A table of many dimensions, unfolded: a row for each combination, its measures beside each other.

What a value is of stands in the row, so that a cube is read as any long table is.
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

from loaders.problems import refuse
from loaders.reading.limits import refuse_wide

MISSING = "-"
"""What a value that is not there is written as, where nothing says why it is not."""
SIGNS = frozenset({"-", "–", ".", ".."})
"""The signs that a value may have in place of a number."""
_MOST_CELLS = 3_000_000
_CODE = re.compile(r"\d{2,}")
# Units that make another number of what is written: tusental, mnkr, per 1 000 invånare, procent.
_SCALED = re.compile(
    r"tusen|miljon|miljard|1[ \u00a0]?000|tkr|kkr|mn?kr|thousand|million|\bper\b|procent|percent|%",
    re.IGNORECASE,
)
_BY = re.compile(r"\s+(?:efter|by)\s+(?P<names>.+?)(?P<rest>\.\s.*|)$", re.DOTALL)
_BETWEEN = re.compile(r",\s*(?:och\s+|and\s+)?|\s+och\s+|\s+and\s+")


@dataclass(frozen=True)
class Grid:
    """A table as rows of text. What is `hidden` is in the receipt and is not read."""

    name: str
    rows: list[list[str]]
    hidden: bool = False


@dataclass(frozen=True)
class Dimension:
    """What values are told apart by: its name, and each category's code and label, in order."""

    name: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def texts(self) -> list[str]:
        """Each category as people write it: `1480 Göteborg`, `kvinnor`, `2024`."""
        return [
            f"{code} {label}" if _CODE.fullmatch(code) and not label.startswith(code) else label
            for code, label in zip(self.codes, self.labels, strict=True)
        ]


def with_unit(label: str, unit: str) -> str:
    """A measure's label with its unit, where that is more than one of what is counted."""
    known = not _SCALED.search(unit) or unit.casefold() in label.casefold()
    return label if known else f"{label} ({unit.strip()})"


def refuse_cells(sizes: Sequence[int]) -> None:
    """Raises Refused (too-large) for a cube of more cells than any report has."""
    if math.prod(sizes) > _MOST_CELLS:
        raise refuse("too-large", f"Tabellen har fler än {_MOST_CELLS} celler.")


def unfolded(
    *,
    name: str,
    title: str,
    dimensions: Sequence[Dimension],
    measures: Dimension | None,
    text: Callable[[int], str],
    notes: Sequence[str] = (),
) -> Grid:
    """The cube as rows below its title and a head, with notes last.

    `dimensions` include the `measures`, which become columns (one of no such is headed by the
    title). `text` gives the cell at a place in the order of the dimensions, the last one fastest.
    """
    along = [one for one in dimensions if one is not measures]
    columns = measures.texts if measures else [_without_names(title, along)]
    refuse_wide(len(along) + len(columns))
    refuse_cells([len(one.codes) for one in dimensions])
    steps = _steps(dimensions)
    apart = [
        number * (steps[dimensions.index(measures)] if measures else 0)
        for number in range(len(columns))
    ]
    rows = [[one.name for one in along] + columns]
    places = [
        [(label, number * steps[dimensions.index(one)]) for number, label in enumerate(one.texts)]
        for one in along
    ]
    for combination in product(*places):
        at = sum(step for _, step in combination)
        rows.append([label for label, _ in combination] + [text(at + extra) for extra in apart])
    above = [[_without_names(title, along)], [""]] if title else []
    below = [[""], *([note] for note in notes)] if notes else []
    return Grid(name=name, rows=[*above, *rows, *below])


def _steps(dimensions: Sequence[Dimension]) -> list[int]:
    """How far apart the neighbours of each dimension stand."""
    sizes = [len(one.codes) for one in dimensions]
    return [math.prod(sizes[number + 1 :]) for number in range(len(sizes))]


def _without_names(title: str, along: Sequence[Dimension]) -> str:
    """A title without `efter region, kön och år` where these stand as columns below it.

    What it names besides stays: it may say of which part the table is.
    """
    match = _BY.search(title)
    if not match:
        return title
    known = {one.name.casefold() for one in along} | {"tabellinnehåll", "observations"}
    others = [name for name in _BETWEEN.split(match["names"]) if name.casefold() not in known]
    kept = f" efter {', '.join(others)}" if others else ""
    return f"{title[: match.start()]}{kept}{match['rest']}"
