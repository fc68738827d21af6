"""Faults with their place in the file and a message that says what stands there and what to do."""

import difflib
import re
from collections.abc import Callable, Iterable

import duckdb

import reference
from loaders.declaration import Column
from loaders.kinds import periods
from loaders.kinds.choices import allowed
from loaders.kinds.places import place_named
from loaders.locating.located import Located
from loaders.problems import KINDS, Problem
from loaders.reading.cells import as_text
from loaders.reading.grids import cell_name

# So many faults of one kind in one column are listed one by one; the rest are counted.
LISTED = 500
CELL_CODES = (
    "unknown-municipality",
    "unknown-place",
    "outside-county",
    "not-a-number",
    "not-a-date",
    "not-a-period",
    "not-allowed",
    "negative",
    "required",
    "error-cell",
    "formula-without-value",
)


def listed(
    rows: list[tuple[int, int, str | None, str]],
    *,
    column: Column,
    located: Located,
    connection: duckdb.DuckDBPyConnection,
) -> list[Problem]:
    """Problems for faulty cells given as (zero-based row, block, text, code), in file order."""
    where = _positions(column.key, connection)
    problems = []
    for row, block, text, code in rows[:LISTED]:
        sheet, position = where.get(block, (located.blocks[block].sheet.name, None))
        problems.append(
            Problem(
                code=code,
                message=_message(code, column, as_text(text)),
                sheet=sheet,
                cell=None if position is None else cell_name(row, position),
                column=column.label,
                value=as_text(text) or None,
            )
        )
    for code in dict.fromkeys(code for *_, code in rows[LISTED:]):
        extra = sum(fault == code for *_, fault in rows[LISTED:])
        problems.append(
            Problem(
                code=code,
                message=f"{column.label}: samma fel finns i ytterligare {extra} celler.",
                column=column.label,
            )
        )
    return problems


def _positions(key: str, connection: duckdb.DuckDBPyConnection) -> dict[int, tuple[str, int]]:
    rows = connection.execute(
        "select block, sheet, position from cell where key = $key", {"key": key}
    ).fetchall()
    return {block: (sheet, position) for block, sheet, position in rows}


def cell_of(
    key: str, *, row: int, block: int, located: Located, connection: duckdb.DuckDBPyConnection
) -> tuple[str, str | None]:
    """Sheet and cell where a column of a row stands; no cell where a title or a head says it."""
    sheet, position = _positions(key, connection).get(block, (None, None))
    if sheet is None or position is None:
        return located.blocks[block].sheet.name, None
    return sheet, cell_name(row, position)


def _message(code: str, column: Column, text: str) -> str:
    said = _SAID.get(code)
    return f"{column.label}: {said(column, text)}" if said else f"{KINDS[code].title}: '{text}'."


def _nearest(text: str, names: Iterable[str]) -> str | None:
    plain = {reference.normalise(name): name for name in names}
    close = difflib.get_close_matches(reference.normalise(text), plain, n=1, cutoff=0.6)
    return plain[close[0]] if close else None


def _suggestion(name: str | None) -> str:
    return f" Menade du {name}?" if name else ""


def _unknown_municipality(_: Column, text: str) -> str:
    nearest = _nearest(text, (municipality.name for municipality in reference.municipalities()))
    count = len(reference.municipalities())
    return f"'{text}' finns inte bland länets {count} kommuner.{_suggestion(nearest)}"


def _not_allowed(column: Column, text: str) -> str:
    kind = column.kind
    said = kind.unknown.format(text=text)
    if kind.nearest is not None:
        return f"{said}{_suggestion(_nearest(text, kind.nearest()))}"
    if kind.place:
        return said
    values = allowed(column)
    listed = f" Tillåtet är {' eller '.join(values)}." if values else ""
    return f"{said}{listed}{column.hint}"


def _unknown_place(_: Column, text: str) -> str:
    areas = [name for area in reference.areas() for name in (area.name, area.full_name)]
    names = [place.name for place in reference.municipalities()]
    return f"'{text}' är ingen känd plats i länet.{_suggestion(_nearest(text, [*names, *areas]))}"


def _outside(_: Column, text: str) -> str:
    name = place_named(text).key or text
    return f"{name} ligger utanför {reference.county().full_name}."


_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?: 00:00(?::00)?)?")


def _not_a_number(column: Column, text: str) -> str:
    if date := _DATE.fullmatch(text.strip()):
        year, month, day = date.groups()
        written = f"{int(day)},{int(month)}" if day != "01" else f"{int(month)},{year[2:]}"
        either = f"1,{int(month)} eller {written}" if day == "01" else written
        return (
            f"Excel har gjort ett datum av talet ({date[0][:10]}). Det var troligen {either}; "
            "formatera kolumnen som tal och skriv in det igen."
        )
    return f"'{text}' är inte {column.kind.called}."


def _not_a_period(column: Column, text: str) -> str:
    period = periods.period(text)
    if period and not periods.possible(period):
        return f"{text} ligger före {periods.FIRST_YEAR} eller längre fram än nästa månad."
    return f"'{text}' är inte {column.kind.called}."


_SAID: dict[str, Callable[[Column, str], str]] = {
    "unknown-municipality": _unknown_municipality,
    "outside-county": _outside,
    "not-allowed": _not_allowed,
    "unknown-place": _unknown_place,
    "lone-area": lambda _, text: f"{text} har en egen rad, men ingen av områdets kommuner har det.",
    "not-a-number": _not_a_number,
    "not-a-date": lambda _, text: f"'{text}' är inte ett datum mellan 1990 och i dag.",
    "not-a-period": _not_a_period,
    "negative": lambda _, text: f"{text} är mindre än noll.",
    "required": lambda *_: "cellen är tom.",
    "error-cell": lambda _, text: f"cellen innehåller felet {text}.",
    "formula-without-value": lambda *_: "cellen har en formel vars värde inte är sparat.",
}
