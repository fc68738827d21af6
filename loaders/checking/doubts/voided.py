"""Rows that say that they may not count: withdrawn, given twice, or of another kind."""

from collections.abc import Iterator, Sequence

import duckdb

from loaders import kinds
from loaders.checking.entries import columns_of
from loaders.locating.located import Located
from loaders.locating.tables import SheetTable
from loaders.mapping import selections
from loaders.problems import Problem, asked
from loaders.questions import Answers, Question
from swedish.typography import enumerate_words

_KINDS = (kinds.CHOICE, kinds.CATEGORY)


def look(
    table: SheetTable, located: Located, answers: Answers, connection: duckdb.DuckDBPyConnection
) -> Iterator[Problem]:
    """The questions whether rows with such a word in a column that is read are to be counted."""
    for column in columns_of(located):
        if column.kind not in _KINDS or answers.whole(column.label):
            continue
        texts = connection.execute(f"select text from is_{column.key} order by text").fetchall()
        said = [text for (text,) in texts if text and selections.voids(text)]
        if said:
            yield question(column.label, said, table)


def question(name: str, texts: Sequence[str], table: SheetTable) -> Problem:
    """Whether rows with these texts in a column are to be counted."""
    shown = enumerate_words([f"”{text}”" for text in texts[:3]])
    return asked(
        Question(
            key=name,
            text=f"Kolumnen ”{name}” har {shown} i några rader. Ska de räknas med de andra? Annars "
            "tar du bort dem i filen.",
            options=(("ja", "Ja, räkna alla rader"),),
        ),
        sheet=table.sheet.name,
        column=name,
    )
