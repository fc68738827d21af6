"""Rows and columns that a sheet does not show, which numbers would be read from."""

from collections.abc import Iterator, Sequence

import duckdb

from loaders.checking.doubts.heads import NUMBERS
from loaders.declaration import Export
from loaders.locating.located import Block
from loaders.locating.tables import Table
from loaders.problems import Problem, asked
from loaders.questions import Answers, Question
from loaders.reading.book import cell_name
from swedish.typography import plural


def look(
    table: Table,
    blocks: Sequence[Block],
    export: Export,
    answers: Answers,
    connection: duckdb.DuckDBPyConnection,
) -> Iterator[Problem]:
    """Rows that a filter hides, and hidden columns that numbers would be read from."""
    marks = table.sheet.marks
    if marks.hidden_rows and not answers.whole("Dolda rader"):
        count = _hidden_rows(blocks[0], marks.hidden_rows, connection)
        if count:
            yield asked(
                Question(
                    key="Dolda rader",
                    text=f"Bladet har {plural(count, 'dold rad', 'dolda rader')} med uppgifter, "
                    "kanske av ett filter. Ska de läsas med de andra?",
                    options=(("ja", "Ja, läs alla rader"),),
                ),
                sheet=table.sheet.name,
            )
    for key, at in dict.fromkeys(
        (key, at) for b in blocks for key, all_at in b.sources.items() for at in all_at
    ):
        column = export.column(key)
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


def _hidden_rows(
    block: Block, hidden: frozenset[int], connection: duckdb.DuckDBPyConnection
) -> int:
    """How many of the hidden rows have more than a note in them."""
    sheet = block.sheet
    until = "" if block.last_row is None else f"and rowid < {block.last_row}"
    filled = " + ".join(
        f"(trim(coalesce(c{at}, '')) <> '')::integer" for at in range(sheet.columns)
    )
    found = connection.execute(
        f"""
        select count(*) from {sheet.table}
        where rowid >= {block.first_row} {until}
            and list_contains($hidden::bigint[], rowid) and {filled} >= 2
        """,
        {"hidden": sorted(hidden)},
    ).fetchone()
    return int(found[0]) if found else 0
