"""What stands around the numbers and could say that they are not what they seem.

A title, a note, a filter, a head, a hidden row or column may tell that the numbers are of a part
only, of another time, or in another unit: that is asked about, never passed over.
"""

import re
from collections.abc import Iterator, Sequence

import duckdb

import reference
from loaders.checking.doubts import dates, heads, hidden, titled, voided
from loaders.checking.doubts.filters import conditions, filters, is_benign
from loaders.checking.doubts.questions import whether
from loaders.declaration import Export
from loaders.kinds import amounts
from loaders.locating.bands import selected, unexplained
from loaders.locating.located import Located
from loaders.locating.said import note, notes_of, unit_of_note
from loaders.locating.tables import SheetTable
from loaders.mapping import selections, titles, vocabulary
from loaders.problems import Problem
from loaders.questions import Answers
from swedish.periods import months_of, next_period

# What stands before a condition that the rows were selected by.
_SELECTION = re.compile(
    r"målgrupp(er)?|filter|urval(et|skriterier)?|villkor|selektion|avgränsning(ar)?"
)
# By what a title calls that which parts tell apart, the parts.
_PARTS = {
    "kön": re.compile(r"\b(kvinnor|män|flickor|pojkar|båda könen)\b"),
    "ålder": re.compile(r"\b(\d+ ?(-|–|\+|år)|alla åldrar)"),
}
_FEW_WORDS = 3
_NUMBER = re.compile(r"[-–]?[\d\s.,]+%?")
_MADE = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)")


def look(
    located: Located, answers: Answers, said: str, connection: duckdb.DuckDBPyConnection
) -> list[Problem]:
    """The questions that what stands around the numbers gives rise to.

    `said` is what the receipt says of parts that have been added up, and what is of all anyway.
    """
    problems: list[Problem] = []
    bands = {b.part for b in located.blocks if b.part}
    said = reference.normalise(" ".join((said, *bands)))
    said += "".join(f" {word}" for word, parts in _PARTS.items() if parts.search(said))
    parts = any(b.part or b.part_columns or b.wholes for b in located.blocks)
    for at, table in enumerate(located.tables):
        blocks = [b for b in located.blocks if b.table == at and not b.total]
        if not blocks:
            continue
        problems += hidden.look(table, blocks, located, answers, connection)
        problems += heads.look(table, blocks, located.export, answers, connection)
        texts = [
            *table.above,
            *table.sheet.marks.on_paper,
            table.sheet.name,
            titles.file_words(located.name),
        ]
        if located.export.selective:
            for text in dict.fromkeys(texts):
                if _of_all(text):
                    continue
                word = selections.selects(text)
                if word is None or word not in said:
                    held = {key for b in blocks for key in b.sources}
                    problems += selected(text, table, located.export, answers, held)
            if not parts and not problems:
                problems += titled.of_counts(table.above, table, located.export, answers)
            if not parts and not problems:
                problems += filters(table, located, answers)
        else:
            problems += titled.of_amounts(texts, table, answers)
            problems += [
                whether(text, words, table)
                for text in dict.fromkeys(texts)
                if (words := _chosen(text, located.export)) and not answers.whole(text)
            ]
        problems += dates.look(table, texts, located, answers, connection)
        problems += conditions(table, located.export, answers)
        problems += heads.grouped(table, blocks, located, answers, connection)
        problems += voided.look(table, located, answers, connection)
        problems += titled.of_years(texts, table, located.export, answers)
        notes = notes_of(table, connection)
        problems += [
            whether(text, words, table)
            for text in dict.fromkeys((*table.above, *notes))
            if (words := selections.by_looks(text)) and not answers.whole(text)
        ]
        problems += _after_extract(table, notes, located, connection)
        problems += _notes(table, notes, located.export, answers)
    problems += _on_other_sheets(located, answers)
    return list(dict.fromkeys(problems))


def _on_other_sheets(located: Located, answers: Answers) -> Iterator[Problem]:
    """What a sheet without numbers of its own says was selected: `Kön` beside `Kvinnor`.

    What a column of the file tells is told there.
    """
    held = {key for block in located.blocks for key in block.sources}
    known = vocabulary.headings(located.export)
    for sheet in located.others:
        notes = (note([text for text in row if text]) for row in sheet.top if any(row))
        for text in dict.fromkeys(notes):
            column = known.key(text.partition(":")[0])
            told = answers.whole(text) or (column is not None and column[0] in held)
            if not told and (words := _chosen(text, located.export)):
                yield whether(text, words, located.tables[0])


def _of_all(text: str) -> bool:
    """Whether a line says that nothing was selected: `Kön: Alla`."""
    label, _, value = text.partition(":")
    return bool(label.strip()) and selections.is_all(value)


def _after_extract(
    table: SheetTable,
    notes: Sequence[str],
    located: Located,
    connection: duckdb.DuckDBPyConnection,
) -> Iterator[Problem]:
    """Periods later than the month after the day when the file says that it was made.

    It may say so above the table, below it, in its name or on a sheet of its own.
    """
    lines = [" ".join(row) for row in table.sheet.top[: table.head.start]]
    lines += notes
    lines += [" ".join(filter(None, row)) for sheet in located.others for row in sheet.top]
    lines.append(titles.file_words(located.name))
    days = [
        "-".join(day) for line in lines if titles.is_extract(line) for day in _MADE.findall(line)
    ]
    period = next((c for c in located.export.columns if c.kind.period and not c.ahead), None)
    if not days or period is None:
        return
    exists = connection.execute(
        "select 1 from duckdb_tables() where table_name = $name", {"name": f"is_{period.key}"}
    ).fetchone()
    if not exists:
        return
    last_period = connection.execute(
        f"select max(value) from is_{period.key} where state = 'ok'"
    ).fetchone()
    if last_period and last_period[0] and months_of(last_period[0])[0] > next_period(max(days)[:7]):
        yield Problem(
            code="not-a-period",
            message=f"{last_period[0]} är senare än filen själv, som är från {max(days)}.",
            sheet=table.sheet.name,
            column=period.label,
        )


def _notes(
    table: SheetTable, notes: Sequence[str], export: Export, answers: Answers
) -> list[Problem]:
    """Notes below the head, in rows without numbers, that say that the numbers are of a part."""
    return [
        whether(text, words, table)
        for text in dict.fromkeys(notes)
        if (words := _limits(text, export) or _chosen(text, export) or _over_rows(text, export))
        and not answers.whole(text)
    ]


def _over_rows(text: str, export: Export) -> str | None:
    """What a few words between the rows say that those below are of: `65 år och äldre`."""
    brief = len(text.split()) <= _FEW_WORDS + 1 and not re.search(r":|\.$", text)
    return selections.selects(unexplained(export, text)) if brief and export.selective else None


def _chosen(text: str, export: Export) -> str | None:
    """What a note below the table says was selected: `Filter: Kön = Kvinna`, `Ålder: 65+`."""
    label, _, value = text.partition(":")
    said = value.strip()
    if not said or len(said.split()) > _FEW_WORDS + 1 or _NUMBER.fullmatch(said):
        return None
    if selections.is_all(said.rpartition("=")[2]):
        return None
    words = reference.normalise(label)
    if _SELECTION.fullmatch(words) and not is_benign("", said, export):
        return said
    return said if selections.selects(words) and len(words.split()) <= _FEW_WORDS else None


def _limits(text: str, export: Export) -> str | None:
    """What a note says that makes the numbers another thing, but for a unit that is read.

    That a declared column of its own is left out of the others is as it should be.
    """
    words = selections.limits(text)
    if not export.selective:
        if unit_of_note(text):
            return None
        unit = amounts.unit_in(text)
        return unit if unit not in (None, "kr", "kronor", "sek") else words
    rest = vocabulary.heading(text)
    named = vocabulary.headings(export).ranks
    measures = {name for name, (key, _) in named.items() if export.column(key) in export.measures}
    for name in sorted(measures, key=len, reverse=True):
        rest = rest.replace(name, " ")
    return None if words and not any(map(str.isalpha, rest.replace(words, " "))) else words
