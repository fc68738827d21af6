"""What a file of single records says of them in all: sums of amounts, and how many there are."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import duckdb

import reference
from loaders.checking import faults
from loaders.checking.entries import columns_of
from loaders.declaration import Column
from loaders.locating.located import Located
from loaders.locating.said import notes_of
from loaders.problems import Problem
from swedish.typography import number

# Amounts in whole tkr or Mkr do not add up to the last krona.
_TOLERANCE = 0.001


_HOW_MANY = re.compile(
    r"antal (?:ärenden|avvikelser|rader|poster)(?: totalt)?\s*:?\s*(\d{1,7})|"
    r"totalt (\d{1,7}) (?:ärenden|avvikelser|rader|poster)"
)


class _Row(NamedTuple):
    """A row of data or of a sum: where it stands, what it says of each key, and its amount."""

    row: int
    block: int
    is_sum: bool
    keys: tuple[str | None, ...]
    amount: float | None


def check(located: Located, connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """Every sum of amounts that no reading of what it adds up gives."""
    columns = columns_of(located)
    amounts = [column for column in columns if column.kind.money]
    records = located.export.records
    if not amounts or records is None:
        return []
    have = {column.key for column in columns}
    keys = [key for key in records.key if key in have]
    problems = []
    for column in amounts:
        for wrong in _wrong(_rows(column, keys, connection)):
            sheet, cell = faults.cell_of(
                column.key,
                row=wrong.row,
                block=wrong.block,
                located=located,
                connection=connection,
            )
            problems.append(
                Problem(
                    code="total-mismatch",
                    message=f"{column.label}: summan {number(wrong.amount or 0, 0)} kr är inte "
                    "summan av raderna.",
                    sheet=sheet,
                    cell=cell,
                    column=column.label,
                )
            )
    return problems[: faults.LISTED]


def lacking(located: Located, connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """Where a line above or below a table says that it has more cases than there are in it."""
    if not located.export.cases or len(located.tables) != 1:
        return []
    table = located.tables[0]
    lines = [" ".join(filter(None, row)) for row in table.sheet.top[: table.head.start]]
    lines += notes_of(table, connection)
    matches = (_HOW_MANY.fullmatch(reference.normalise(line)) for line in lines)
    told = max((int(match[1] or match[2]) for match in matches if match), default=0)
    counted = connection.execute("select count(*) from record_line where role = 'data'").fetchone()
    if not counted or told <= counted[0]:
        return []
    return [
        Problem(
            code="total-mismatch",
            message=f"Filen säger att den har {number(told, 0)} rader, och "
            f"{number(counted[0], 0)} finns i den.",
            sheet=table.sheet.name,
        )
    ]


def _rows(column: Column, keys: Sequence[str], connection: duckdb.DuckDBPyConnection) -> list[_Row]:
    said = "".join(f", case when {key}_state = 'ok' then {key}::varchar end" for key in keys)
    rows = connection.execute(
        f"""
        select row, block, role = 'total', case when {column.key}_state = 'ok' then {column.key} end
            {said}
        from record_line
        where role in ('data', 'total')
        order by block, row
        """
    ).fetchall()
    return [_Row(row, block, total, tuple(rest), at) for row, block, total, at, *rest in rows]


def _wrong(rows: Sequence[_Row]) -> list[_Row]:
    """The sums that are neither of all rows of their kind, of those above, nor of those since."""
    wrong = []
    since: list[_Row] = []
    for row in rows:
        if not row.is_sum:
            since.append(row)
            continue
        data = [one for one in rows if not one.is_sum and one.block == row.block]
        scope = [one for one in data if _covers(row, one)]
        readings = [scope, data, [one for one in data if one.row < row.row], since]
        if row.amount is not None and scope and not any(_agrees(row, parts) for parts in readings):
            wrong.append(row)
        since = []
    return wrong


def _covers(total: _Row, part: _Row) -> bool:
    return all(mine in (None, theirs) for mine, theirs in zip(total.keys, part.keys, strict=True))


def _agrees(total: _Row, parts: Sequence[_Row]) -> bool:
    known = sum(float(part.amount) for part in parts if part.amount is not None)
    room = _TOLERANCE * abs(float(total.amount or 0)) + len(parts)
    if any(part.amount is None for part in parts):
        return float(total.amount or 0) + room >= known
    return abs(float(total.amount or 0) - known) <= room
