"""Rows and columns that a sheet does not show, or strikes out, which would be read."""

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
    """Rows that a filter hides or a line strikes out, and hidden columns with numbers."""
    marks = table.sheet.marks
    if marks.hidden_rows and not answers.whole("Dolda rader"):
        count = _filled(blocks[0], marks.hidden_rows, connection)
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
    if marks.struck_rows and not answers.whole("Överstrukna rader"):
        count = _filled(blocks[0], marks.struck_rows, connection)
        if count:
            yield asked(
                Question(
                    key="Överstrukna rader",
                    text=f"Bladet har {plural(count, 'överstruken rad', 'överstrukna rader')} med "
                    "uppgifter. Ska de läsas med de andra? Annars tar du bort dem i filen.",
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


def _filled(block: Block, rows: frozenset[int], connection: duckdb.DuckDBPyConnection) -> int:
    """How many of the rows have more than a note in them."""
    sheet = block.sheet
    until = "" if block.last_row is None else f"and rowid < {block.last_row}"
    filled = " + ".join(
        f"(trim(coalesce(c{at}, '')) <> '')::integer" for at in range(sheet.columns)
    )
    found = connection.execute(
        f"""
        select count(*) from {sheet.table}
        where rowid >= {block.first_row} {until}
            and list_contains($rows::bigint[], rowid) and {filled} >= 2
        """,
        {"rows": sorted(rows)},
    ).fetchone()
    return int(found[0]) if found else 0
