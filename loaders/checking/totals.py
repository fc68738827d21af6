"""Totals are not data but a check sum: each is compared with the municipalities that it totals.

A total may be of an area, of the county, of all rows above it, or of the rows since the last
total. Parts that are hidden or not reported may be inside it, so then it can only be too small.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

import reference
from loaders.checking import faults
from loaders.checking.entries import columns_of
from loaders.kinds.places import place_named
from loaders.locating.located import Located
from loaders.problems import Problem

_COUNTRY = re.compile(r"\b(riket|hela landet|sverige)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Row:
    """One row of a block: where it stands, what it names, its other dimensions and its number."""

    row: int
    place: str
    code: str | None
    role: str
    others: tuple[str | None, ...]
    totalled: tuple[bool, ...]
    value: float | None
    open: bool


def check(located: Located, connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """Every total that its parts do not give."""
    problems: list[Problem] = []
    columns = {column.key: column for column in columns_of(located)}
    others = [
        column.key
        for column in located.export.dimensions
        if column.key in columns and column.key != "municipality"
    ]
    areas = {place.code: place.area for place in reference.municipalities()}
    # Most long lists have no totals at all.
    placed = connection.execute(
        "select block, key from cell where block in (select block from line where role = 'total')"
    ).fetchall()
    for number, block in enumerate(located.blocks):
        if block.total:
            problems += _across(number, located, connection)
            continue
        for measure in located.export.measures:
            if (number, measure.key) not in placed:
                continue
            rows = _rows(number, measure.key, others, connection)
            for row in _wrong(rows, areas, located.export.tolerance):
                sheet, cell = faults.cell_of(
                    measure.key, row=row.row, block=number, located=located, connection=connection
                )
                problems.append(
                    Problem(
                        code="total-mismatch",
                        message=f"{measure.label}: summan {row.value:.0f} för "
                        f"'{row.place}' är inte summan av kommunerna.",
                        sheet=sheet,
                        cell=cell,
                        column=measure.label,
                        value=f"{row.value:.0f}",
                    )
                )
    return problems[: faults.LISTED]


def _rows(
    block: int, measure: str, others: list[str], connection: duckdb.DuckDBPyConnection
) -> list[_Row]:
    chosen = "".join(f", {key}::varchar, {key}_state in ('total', 'empty')" for key in others)
    rows = connection.execute(
        f"""
        select row, place_text, municipality, role, {measure}, {measure}_state{chosen}
        from line
        where block = $block and role in ('data', 'total', 'aside') and not total_block
        order by row
        """,
        {"block": block},
    ).fetchall()
    return [
        _Row(
            row=row,
            place=place or "",
            code=code,
            role=role,
            value=value if state == "ok" else None,
            open=state != "ok",
            others=tuple(rest[0::2]),
            totalled=tuple(rest[1::2]),
        )
        for row, place, code, role, value, state, *rest in rows
    ]


def _wrong(rows: list[_Row], areas: Mapping[str, str], tolerance: float) -> list[_Row]:
    """The totals for which no reading of what they total gives their number."""
    wrong = []
    since: list[_Row] = []
    data = [row for row in rows if row.role != "total"]
    for row in rows:
        if row.role != "total":
            since.append(row)
            continue
        # What the whole country has is no sum of the county's municipalities.
        if row.value is not None and not _COUNTRY.search(row.place):
            place = place_named(row.place)
            scope = [part for part in data if _covers(row, part)]
            if place.kind == "area":
                readings = [[part for part in scope if areas.get(part.code or "") == place.key]]
            elif place.kind == "municipality":
                readings = [[part for part in scope if part.code == row.code]]
            else:
                readings = [scope, [part for part in scope if part.row < row.row], since]
            # A home that nobody knows may be in the total; the country's own row never is.
            readings += [[part for part in parts if part.role == "data"] for parts in readings]
            readings = [parts for parts in readings if parts]
            if readings and not any(_agrees(row.value, parts, tolerance) for parts in readings):
                wrong.append(row)
        since = []
    return wrong


def _covers(total: _Row, part: _Row) -> bool:
    return all(
        summed or mine == theirs
        for summed, mine, theirs in zip(total.totalled, total.others, part.others, strict=True)
    )


def _agrees(total: float, parts: list[_Row], tolerance: float) -> bool:
    known = sum(part.value for part in parts if part.value is not None)
    noise = tolerance * total
    if any(part.open for part in parts):
        return total + noise >= known
    return abs(total - known) <= noise


def _across(number: int, located: Located, connection: duckdb.DuckDBPyConnection) -> list[Problem]:
    """Total columns: each row's total against the same row in the columns that it totals."""
    block = located.blocks[number]
    problems = []
    for key in block.sources:
        column = located.export.column(key)
        if column not in located.export.measures:
            continue
        parts = [
            other
            for other, candidate in enumerate(located.blocks)
            if candidate.table == block.table
            and not candidate.total
            and key in candidate.sources
            and block.constants.items() <= candidate.constants.items()
        ]
        by, join, known, whose = ["row"], "join", "known", "true"
        if all(other.total for other in located.blocks if other.table == block.table):
            # A table of its own totals the others place by place, and has no place that they lack.
            parts = [n for n, other in enumerate(located.blocks) if not other.total]
            said = {*block.sources, *block.constants}
            by = [column.key for column in located.export.dimensions if column.key in said]
            join, known = "left join", "coalesce(known, 0)"
            whose = " and ".join(f"{key}_state = 'ok'" for key in by)
        rows = connection.execute(
            f"""
            with parts as (
                select
                    {", ".join(by)},
                    sum({key}) as known,
                    bool_or({key}_state not in ('ok', 'empty')) as open
                from line
                where list_contains($parts, block) and role = 'data'
                group by all
            )
            select line.row, line.{key}::bigint
            from line
            {join} parts using ({", ".join(by)})
            where block = $block
                and line.{key}_state = 'ok'
                and {whose}
                and (line.{key} < {known} or line.{key} > {known} and open is not true)
            order by line.row
            """,
            {"parts": parts, "block": number},
        ).fetchall()
        for row, value in rows:
            sheet, cell = faults.cell_of(
                key, row=row, block=number, located=located, connection=connection
            )
            problems.append(
                Problem(
                    code="total-mismatch",
                    message=f"{column.label}: radens summa {value} är inte summan av delarna.",
                    sheet=sheet,
                    cell=cell,
                    column=column.label,
                    value=str(value),
                )
            )
    return problems
