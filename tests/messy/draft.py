"""A file in the making: what its table says, how it is laid out and written, and what is true."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

Cell: TypeAlias = str | int | float | None
Row: TypeAlias = tuple[Cell, ...]
# Period, place, what else tells rows apart (a process, a programme, an indicator), measure.
Key: TypeAlias = tuple[str, str, str, str]
# A value, or None where it is not known.
Truth: TypeAlias = Mapping[Key, float | None]


@dataclass(frozen=True)
class Draft:
    """One table with what stands around it, before it is written as a file.

    `counts` are the positions of the columns with counts, `place` of the one with places. `keys`
    has, for each cell with a value, what it is of. `clear` says whether the file can be read at
    all: where it is False, anything published from it without a question is wrong. `cells` are
    changes to single cells of a workbook or page, by name, that their values alone cannot express.
    """

    table: str
    name: str
    titles: tuple[Row, ...]
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    keys: Mapping[tuple[int, int], Key]
    place: int
    counts: tuple[int, ...]
    notes: tuple[Row, ...] = ()
    sheets: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    more: Truth = field(default_factory=dict)
    clear: bool = True
    form: str = "csv"
    separator: str = ";"
    encoding: str = "utf-8"
    line_end: str = "\r\n"
    quoting: str = "needed"
    text: tuple[str, ...] = ()
    cells: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()

    @property
    def truth(self) -> dict[Key, float | None]:
        """The values by their keys, as the cells have them."""
        found: dict[Key, float | None] = {
            key: _number(self.rows[row][column]) for (row, column), key in self.keys.items()
        }
        return found | dict(self.more)

    @property
    def grid(self) -> list[Row]:
        """All rows of the main sheet."""
        return [*self.titles, self.head, *self.rows, *self.notes]

    def having(self, row: int, column: int, cell: Cell) -> "Draft":
        """The draft with another cell in the table; what was said of the one before is not so."""
        rows = [list(cells) for cells in self.rows]
        rows[row][column] = cell
        more = {key: said for key, said in self.more.items() if key != self.keys.get((row, column))}
        return replace(self, rows=tuple(map(tuple, rows)), more=more)

    def adding(self, head: str, cells: tuple[Cell, ...]) -> "Draft":
        """The draft with one more column, last."""
        rows = tuple((*row, cell) for row, cell in zip(self.rows, cells, strict=True))
        return replace(self, head=(*self.head, head), rows=rows)

    def unclear(self) -> "Draft":
        """The draft, as one that nobody can be sure how to read."""
        return replace(self, clear=False)


def _number(cell: Cell) -> float | None:
    if isinstance(cell, str):
        plain = cell.replace("\u00a0", "").replace(" ", "").replace(",", ".").rstrip("*")
        try:
            return float(plain)
        except ValueError:
            return None
    return None if cell is None else float(cell)


def _draft(
    table: str,
    *,
    name: str,
    titles: tuple[str, ...],
    head: tuple[str, ...],
    rows: tuple[Row, ...],
    keys: Mapping[tuple[int, int], Key],
    place: int = 0,
    counts: tuple[int, ...] = (),
) -> Draft:
    return Draft(
        table=table,
        name=name,
        titles=tuple((title,) for title in titles),
        head=head,
        rows=rows,
        keys=keys,
        place=place,
        counts=counts,
    )


_MONTH: tuple[Row, ...] = (
    ("Göteborg", 607, 273),
    ("Härryda", 47, 22),
    ("Mölndal", 61, 75),
    ("Borås", 132, 96),
    ("Öckerö", 18, 12),
)
_CODES = {
    "Göteborg": "1480",
    "Härryda": "1401",
    "Mölndal": "1481",
    "Borås": "1490",
    "Öckerö": "1407",
    "Åmål": "1492",
    "Trollhättan": "1488",
    "Uddevalla": "1485",
    "Vänersborg": "1487",
}
_LONG: tuple[Row, ...] = tuple(
    (f"2019-0{month}", name, count + 3 * month, days + month)
    for month in (5, 6)
    for name, count, days in (("Göteborg", 590, 260), ("Mölndal", 55, 71), ("Åmål", 19, 14))
)
_PROCESSES = ("In- och utskrivning", "Läkemedel", "Egenvård")
_BRISTER: tuple[Row, ...] = (("Härryda", 7, 9, 12), ("Borås", 25, 14, 8), ("Öckerö", 6, 11, 5))
_FUNDS: tuple[Row, ...] = (
    ("Suicidprevention", "2020", "Kommun", "Göteborg", 1500000, 900000),
    ("Suicidprevention", "2020", "Kommun", "Härryda", 250000, 125000),
    ("Suicidprevention", "2020", "Kommun", "Borås", 410000, 380000),
)
_SHARES: tuple[Row, ...] = (
    ("sip_share", "Trollhättan", "2020-K4", 75.5),
    ("sip_share", "Uddevalla", "2020-K4", 62.0),
    ("sip_share", "Vänersborg", "2020-K4", 58.25),
)
_PEOPLE: tuple[Row, ...] = (
    ("1401 Härryda", "2025", 40008),
    ("1402 Partille", "2025", 41146),
    ("1407 Öckerö", "2025", 12778),
    ("1415 Stenungsund", "2025", 27860),
)
_MEASURES = ("discharges", "ready_days")


def tables() -> tuple[Draft, ...]:
    """The known tables that every file is made of."""
    return (
        _draft(
            "month",
            name="rapport",
            titles=("Utskrivningsklara juli 2019",),
            head=("Kommun", "Antal utskrivna", "Antal dagar"),
            rows=_MONTH,
            keys={
                (row, 1 + n): ("2019-07", _CODES[str(cells[0])], "", measure)
                for row, cells in enumerate(_MONTH)
                for n, measure in enumerate(_MEASURES)
            },
            counts=(1, 2),
        ),
        _draft(
            "long",
            name="uttag",
            titles=(),
            head=("Månad", "Kommun", "Antal utskrivna", "Antal dagar"),
            rows=_LONG,
            keys={
                (row, 2 + n): (str(cells[0]), _CODES[str(cells[1])], "", measure)
                for row, cells in enumerate(_LONG)
                for n, measure in enumerate(_MEASURES)
            },
            place=1,
            counts=(2, 3),
        ),
        _draft(
            "processes",
            name="brister",
            titles=("Brister i samverkan, kvartalsrapport 1 2020",),
            head=("Kommun", *_PROCESSES),
            rows=_BRISTER,
            keys={
                (row, 1 + n): ("2020-K1", _CODES[str(cells[0])], process, "deviations")
                for row, cells in enumerate(_BRISTER)
                for n, process in enumerate(_PROCESSES)
            },
            counts=(1, 2, 3),
        ),
        _draft(
            "funds",
            name="medel",
            titles=("Fördelning av medel",),
            head=("Program", "År", "Nivå", "Mottagare", "Tilldelat", "Rekvirerat"),
            rows=_FUNDS,
            keys={
                (row, 4 + n): ("2020", str(cells[3]), "Suicidprevention", measure)
                for row, cells in enumerate(_FUNDS)
                for n, measure in enumerate(("allocated", "requisitioned"))
            },
            place=3,
        ),
        _draft(
            "shares",
            name="indikatorer",
            titles=(),
            head=("Indikator", "Plats", "Period", "Värde"),
            rows=_SHARES,
            keys={
                (row, 3): ("2020-K4", _CODES[str(cells[1])], "sip_share", "value")
                for row, cells in enumerate(_SHARES)
            },
            place=1,
        ),
        _draft(
            "people",
            name="befolkning",
            titles=(),
            head=("region", "år", "Folkmängd"),
            rows=_PEOPLE,
            keys={
                (row, 2): ("2025", str(cells[0])[:4], "", "population")
                for row, cells in enumerate(_PEOPLE)
            },
            counts=(2,),
        ),
    )
