"""What has numbers of places and is not read: tables, rows, columns and sheets of which nothing is.

A table of other columns, rows above or beside the table, a column of other municipalities, a sheet
without known columns: each may be left, but only by an answer.
"""

import re
from collections.abc import Collection, Iterator, Sequence

import duckdb

from loaders.checking.doubts.questions import left, same_columns, table_passed
from loaders.kinds.places import place_named
from loaders.locating.located import Block, Located
from loaders.locating.tables import SheetTable
from loaders.mapping import titles, vocabulary
from loaders.problems import Problem
from loaders.questions import Answers
from loaders.reading.grids import cell_name

_NUMBER = re.compile(r"[-–−]?\d[\d\s.,]*")
_DATE = re.compile(r"\d{4}-\d\d-\d\d.*")
_MOST = 1000


def look(
    located: Located, answers: Answers, connection: duckdb.DuckDBPyConnection
) -> Iterator[Problem]:
    """The questions whether what is not read may be left; `line` or its like has been made."""
    for table in located.passed:
        if not answers.unused(table.headings) and _rows_below(table, "true", connection):
            yield table_passed(table)
    for number, table in enumerate(located.tables):
        blocks = [block for block in located.blocks if block.table == number]
        if blocks:
            yield from _rows(number, table, blocks, located, answers, connection)
        if blocks and located.export.tables:
            yield from _columns(table, blocks, answers)
    for sheet in located.others:
        if sum(map(_is_data, sheet.top)) > 1 and not answers.unused(sheet.name):
            what = f"Bladet {sheet.name} har tal för kommuner, men inte de kolumner som läses."
            yield left(sheet.name, what, sheet.name)


def _is_data(row: Sequence[str]) -> bool:
    """Whether a row has numbers beside a municipality's name; a year or a day alone is none."""
    places = {text for text in row if text and place_named(text).kind == "municipality"}
    numbers = [text for text in row if _NUMBER.fullmatch(text) and text not in places]
    dates = [text for text in row if _DATE.fullmatch(text)]
    several = len([*numbers, *dates]) > 1 or any(titles.year_in(n) != n for n in numbers)
    return bool(places and numbers + dates) and several and not any(t.endswith(":") for t in row)


def _rows(
    number: int,
    table: SheetTable,
    blocks: Sequence[Block],
    located: Located,
    answers: Answers,
    connection: duckdb.DuckDBPyConnection,
) -> Iterator[Problem]:
    own = {at for block in blocks for at in block.sources.get("municipality", ())}
    above = enumerate(table.sheet.top[: table.head.start])
    unread = [(at, list(row)) for at, row in above if _is_data(row)]
    below = _notes(number, table, located, connection)
    for at, row in below:
        beside = ["" if n in own else text for n, text in enumerate(row)]
        unread += [(at, row)] if _is_data(beside) else []
    if unread:
        at, row = unread[0]
        texts = ", ".join(filter(None, row))
        place = next(t for t in row if t and place_named(t).kind == "municipality")
        key = f"raderna från {place}"
        more = f" och {len(unread) - 1} till" if len(unread) > 1 else ""
        what = f"Rad {at + 1} ({texts}){more} har tal för en kommun, men står utanför tabellen."
        if not answers.unused(key):
            yield left(key, what, table.sheet.name)
    if not located.export.tables:
        return
    first, last = connection.execute(
        "select min(row), max(row) from line where role = 'data' and list_contains($blocks, block)",
        {"blocks": _numbers(number, located)},
    ).fetchall()[0]
    for at, row in below:
        key = ", ".join(filter(None, row))
        between = first is not None and first < at < last
        if between and _is_other_head(row, table, blocks, located) and not answers.whole(key):
            yield same_columns(key, at, table)


def _numbers(table: int, located: Located) -> list[int]:
    return [n for n, block in enumerate(located.blocks) if block.table == table]


def _notes(
    number: int, table: SheetTable, located: Located, connection: duckdb.DuckDBPyConnection
) -> list[tuple[int, list[str]]]:
    """The first rows below a head that hold something, and are no data, total or the like.

    Of cases, which are many, those that have nothing in the columns that are read.
    """
    blocks = _numbers(number, located)
    if located.export.cases or located.export.counted:
        places = (at for n in blocks for held in located.blocks[n].sources.values() for at in held)
        where = f"coalesce({', '.join(f'c{at}' for at in places)}, null) is null"
    else:
        lines = "record_line" if located.export.records else "line"
        where = f"""rowid not in (
            select row from {lines} where role <> 'note' and list_contains({blocks}, block)
        )"""
    return _rows_below(table, where, connection)


def _rows_below(
    table: SheetTable, where: str, connection: duckdb.DuckDBPyConnection
) -> list[tuple[int, list[str]]]:
    """The first of those rows below a head that hold something: where, and the table's cells."""
    until = "" if table.end is None else f"and rowid < {table.end}"
    filled = ", ".join(f"c{at}" for at in table.columns)
    rows = connection.execute(
        f"""
        select rowid, * from {table.sheet.table}
        where rowid >= {table.head.stop} {until} and coalesce({filled}, null) is not null
            and {where}
        order by rowid
        limit {_MOST}
        """
    ).fetchall()
    texts = [(at, [(cell or "").strip() for cell in cells]) for at, *cells in rows]
    return [(at, [t if n in table.columns else "" for n, t in enumerate(row)]) for at, row in texts]


def _is_other_head(
    row: Sequence[str], table: SheetTable, blocks: Sequence[Block], located: Located
) -> bool:
    """Whether a row has words over every number, and other words than the head has there."""
    measures = {column.key for column in located.export.measures}
    places = [(k, at) for b in blocks for k, (at, *_) in b.sources.items() if k in measures]
    texts = [row[at] for _, at in places]
    if not all(any(map(str.isalpha, text)) and not any(map(str.isdigit, text)) for text in texts):
        return False
    known = vocabulary.headings(located.export)
    top = table.sheet.top
    return any(
        vocabulary.heading(row[at]) not in {vocabulary.heading(top[n][at]) for n in table.head}
        and (known.key(row[at]) or [None])[0] != key
        for key, at in places
    )


def _columns(table: SheetTable, blocks: Sequence[Block], answers: Answers) -> Iterator[Problem]:
    """Columns that no place is read from, with other municipalities than their rows."""
    used = {at for block in blocks for places in block.sources.values() for at in places}
    own = {at for block in blocks for at in block.sources.get("municipality", ())}
    top = table.sheet.top
    for at in (at for at in table.columns if own and at not in used):
        pairs = [(_codes(row, own), _codes(row, {at})) for row in top[table.head.stop :]]
        if sum(bool(mine and other and mine != other) for mine, other in pairs) > 1:
            heading = " ".join(dict.fromkeys(top[row][at] for row in table.head)).strip()
            name = heading or f"Kolumn {cell_name(0, at).rstrip('1')}"
            what = f"{name} har andra kommuner än de som raderna läses som."
            if not answers.unused(name):
                yield left(name, what, table.sheet.name)


def _codes(row: Sequence[str], places: Collection[int]) -> set[str | None]:
    named = (place_named(row[at]) for at in places)
    return {place.key for place in named if place.kind == "municipality"}
