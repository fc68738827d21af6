"""What sheets' names, titles and file names say of dimensions."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import duckdb

from loaders import kinds
from loaders.declaration import Column, Export, Kind
from loaders.kinds import amounts
from loaders.kinds.places import place_named
from loaders.locating.tables import SheetTable
from loaders.mapping import title_periods, titles, vocabulary
from loaders.problems import Problem
from loaders.reading.book import Book
from loaders.reading.grids import Sheet

_NOTE_CELLS = 2
_NOTES = 200
# What the texts around a table, and the file's name, name of the values of a column.
_Named: TypeAlias = Callable[[Column, Sequence[str], str], Sequence[str]]
_OF_ALL = re.compile(r"\b(belopp\w*|alla|samtliga|siffror\w*|summor\w*|tabellen)\b", re.IGNORECASE)


def notes_of(table: SheetTable, connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The texts below a head of rows that have little else than text in them, the last first."""
    sheet = table.sheet
    until = "" if table.end is None else f"and rowid < {table.end}"
    cells = " + ".join(f"(c{at} is not null)::integer" for at in range(sheet.columns))
    rows = connection.execute(
        f"""
        from {sheet.table}
        where rowid >= {table.head.stop} {until} and {cells} between 1 and {_NOTE_CELLS}
        order by rowid desc
        limit {_NOTES}
        """
    ).fetchall()
    texts = (note([text.strip() for text in row if text and text.strip()]) for row in rows)
    return [text for text in texts if sum(map(str.isalpha, text)) > 2]


def note(cells: Sequence[str]) -> str:
    """The cells of a note as one text: a label and what it says stand beside each other."""
    label, *said = cells
    return f"{label.rstrip(' :')}: {said[0]}" if said else label


def unit_of_note(text: str) -> str | None:
    """The unit that a note gives all amounts of its table: `Alla belopp i tkr`, `Tkr`."""
    brief = len(text.split()) <= 2
    return amounts.unit_in(text) if brief or _OF_ALL.search(text) else None


def unit_around(book: Book, table: SheetTable, connection: duckdb.DuckDBPyConnection) -> str | None:
    """The unit of amounts that a sheet's name, a note or the file's name gives."""
    named = (table.sheet.name, titles.file_words(book.name))
    units = map(amounts.unit_in, named)
    return next(filter(None, [*map(unit_of_note, notes_of(table, connection)), *units]), None)


def constants_of(
    book: Book, sheet: Sheet, export: Export, above: Sequence[str]
) -> tuple[dict[str, str], dict[str, Problem]]:
    """What the sheet's name and titles say of dimensions, and on which they disagree."""
    constants: dict[str, str] = {}
    problems: dict[str, Problem] = {}
    texts = [sheet.name, *above]
    file = titles.file_words(book.name)
    for column in export.dimensions:
        named = _NAMED[column.kind](column, texts, file) if column.kind in _NAMED else []
        if column.kind.period:
            value, problem = _one_of(named, column, sheet)
            problems |= problem
        else:
            value = _of_sheet(column, sheet) or next(iter(named), None)
        if value:
            constants[column.key] = value
    return constants, problems


def _of_sheet(column: Column, sheet: Sheet) -> str | None:
    """The value that a sheet is called by; what names a municipality is no hospital's name."""
    if column.kind is kinds.HOSPITAL and place_named(sheet.name).kind == "municipality":
        return None
    return vocabulary.value_of(column, sheet.name)


def _periods(texts: Sequence[str], file: str) -> list[str]:
    return (
        titles.months_in(texts, file=file)
        or title_periods.quarters_in(texts, file=file)
        or title_periods.years_in(texts, file=file)
    )


def _labelled(column: Column, text: str) -> str | None:
    """The value in a line that names its column: `Kommun: Härryda`."""
    label, _, said = text.partition(":")
    names = {vocabulary.heading(name) for name in (column.label, *column.names)}
    return vocabulary.value_of(column, said.strip()) if vocabulary.heading(label) in names else None


_NAMED: Mapping[Kind, _Named] = {
    kinds.MONTH: lambda _, texts, file: titles.months_in(texts, file=file),
    kinds.QUARTER: lambda _, texts, file: title_periods.quarters_in(texts, file=file),
    kinds.YEAR: lambda _, texts, file: title_periods.years_in(texts, file=file),
    kinds.PERIOD: lambda _, texts, file: _periods(texts, file),
    kinds.CHOICE: lambda column, texts, _: [
        value for text in texts if (value := titles.choice_in(column, text))
    ],
    kinds.HOSPITAL: lambda _, texts, __: list(filter(None, map(titles.hospital_in, texts))),
    kinds.MUNICIPALITY: lambda column, texts, _: [
        value for text in texts if (value := _labelled(column, text))
    ],
}


def _one_of(
    periods: Sequence[str], column: Column, sheet: Sheet
) -> tuple[str | None, dict[str, Problem]]:
    """The period that the texts around a table name, and the problem that they name several."""
    if len(periods) < 2:
        return next(iter(periods), None), {}
    problem = Problem(
        code="not-a-period",
        message=f"Bladets namn och rubrik nämner olika {column.kind.several}: "
        f"{' och '.join(periods)}.",
        sheet=sheet.name,
        column=column.label,
    )
    return periods[0], {column.key: problem}
