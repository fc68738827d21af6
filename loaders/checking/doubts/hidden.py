"""Rows and columns that a sheet does not show, or strikes out, which would be read."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import duckdb

from loaders.checking.doubts.heads import NUMBERS
from loaders.locating.located import Block, Located
from loaders.locating.tables import SheetTable
from loaders.problems import Problem, asked
from loaders.questions import Answers, Question
from loaders.reading.grids import cell_name
from swedish.typography import plural


class _OfRows(NamedTuple):
    """How rows that may not be meant are called and asked about, after how many there are."""

    key: str
    one: str
    many: str
    asked: str


_HIDDEN = _OfRows(
    "Dolda rader",
    "dold rad",
    "dolda rader",
    "med uppgifter, kanske av ett filter. Ska de läsas med de andra?",
)
_STRUCK = _OfRows(
    "Överstrukna rader",
    "överstruken rad",
    "överstrukna rader",
    "med uppgifter. Ska de läsas med de andra? Annars tar du bort dem i filen.",
)


def look(
    table: SheetTable,
    blocks: Sequence[Block],
    located: Located,
    answers: Answers,
    connection: duckdb.DuckDBPyConnection,
) -> Iterator[Problem]:
    """Rows that a filter hides or a line strikes out, and hidden columns with numbers."""
    marks = table.sheet.marks
    for of_rows, rows in ((_HIDDEN, marks.hidden_rows), (_STRUCK, marks.struck_rows)):
        if not rows or answers.whole(of_rows.key):
            continue
        if rows and located.export.tables:
            rows -= _totals(table, located, connection)
        if count := _filled(blocks[0], rows, connection):
            yield asked(
                Question(
                    key=of_rows.key,
                    text=f"Bladet har {plural(count, of_rows.one, of_rows.many)} {of_rows.asked}",
                    options=(("ja", "Ja, läs alla rader"),),
                ),
                sheet=table.sheet.name,
            )
    for key, at in dict.fromkeys(
        (key, at) for b in blocks for key, all_at in b.sources.items() for at in all_at
    ):
        column = located.export.column(key)
        letter = cell_name(0, at).rstrip("1")
        name = f"Kolumn {letter}"
        if at in marks.hidden_columns and column.kind in NUMBERS and not answers.whole(name):
            yield asked(
                Question(
                    key=name,
                    text=f"Kolumn {letter} är dold i bladet, men ser ut att vara {column.label}. "
                    "Ska den läsas?",
                    options=(("ja", "Ja, läs kolumnen"),),
                ),
                sheet=table.sheet.name,
                column=column.label,
            )


def _totals(
    table: SheetTable, located: Located, connection: duckdb.DuckDBPyConnection
) -> frozenset[int]:
    """The rows that are check sums, which may be hidden or not."""
    blocks = [n for n, b in enumerate(located.blocks) if located.tables[b.table] is table]
    rows = connection.execute(
        "select row from line where list_contains($blocks, block) "
        "group by row having bool_and(role = 'total')",
        {"blocks": blocks},
    ).fetchall()
    return frozenset(row for (row,) in rows)


def _filled(block: Block, rows: frozenset[int], connection: duckdb.DuckDBPyConnection) -> int:
    """How many of the rows have more than a note in them."""
    sheet = block.sheet
    until = "" if block.last_row is None else f"and rowid < {block.last_row}"
    cells = " + ".join(f"(c{at} is not null)::integer" for at in range(sheet.columns))
    row = connection.execute(
        f"""
        select count(*) from {sheet.table}
        where rowid >= {block.first_row} {until}
            and list_contains($rows::bigint[], rowid) and {cells} >= 2
        """,
        {"rows": sorted(rows)},
    ).fetchone()
    return int(row[0]) if row else 0
