"""Columns that no declared column is read from: what they are, and whether they could select rows.

A column that only names what another one says is a label; free text and numbers of rows are left
unread. What could say which part of the whole a row is, is added up where all the parts are there,
and asked about where they are not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

import reference
from loaders.checking.doubts import around, passed, splits, titled, voided
from loaders.checking.doubts.filters import FREE, LABELS
from loaders.checking.doubts.held import Held, held_in
from loaders.checking.doubts.questions import one_part, part_of_amount
from loaders.checking.doubts.splits import Split
from loaders.declaration import Column, Export
from loaders.kinds.periods import whole_month
from loaders.kinds.places import place_named
from loaders.locating.bands import selected, unexplained
from loaders.locating.located import Block, Located
from loaders.locating.tables import SheetTable
from loaders.mapping import selections, titles, vocabulary
from loaders.problems import Problem
from loaders.questions import Answers
from loaders.reading.grids import cell_name

_NUMBERS = re.compile(
    r"nr|nummer|#|rad(nr|nummer)?|löpnr|löpnummer|index|id|rank(ing)?|plats|ordning"
)
# Headings of columns that say which rows they are, whatever their codes mean.
_KINDS = re.compile(
    r"(urval|selektion|filter)\w*|status|population|målgrupp|version|omgång|kohort|flagga|"
    r"(vård|ärende|patient|uppgifts|data|rad|post)?(typ|kategori|grupp|klass)(kod)?"
)
_DAYS = re.compile(r"(antal )?(kalender)?(dagar|dygn) i \w+")
_UNTIL = re.compile(r"(data |datum )?(t\.? ?o\.? ?m\.?|till( och med)?|slut\w*)( ?(datum|dag))?")
_WHOLE = frozenset({"28", "29", "30", "31", "90", "91", "92", "365", "366"})
_FEW = 5


@dataclass(frozen=True)
class Leftover:
    """A column of a table that is not read: where it is, its heading and why it is left."""

    table: int
    position: int
    heading: str
    reason: str


@dataclass
class Doubts:
    """The file with parts added up, what is asked, and the columns that stay unread."""

    located: Located
    problems: list[Problem]
    leftovers: list[Leftover]
    said: list[str]
    wholes: list[str]


def look(located: Located, answers: Answers, connection: duckdb.DuckDBPyConnection) -> Doubts:
    """Look through every column that is not read; `line` or its like has been made."""
    doubts = Doubts(located, [], [], [], [])
    for number, table in enumerate(located.tables):
        blocks = [block for block in located.blocks if block.table == number]
        if not blocks:
            continue
        _table(number, table, blocks, doubts, answers, connection)
    doubts.problems += passed.look(located, answers, connection)
    doubts.problems += splits.lacking(doubts.located, answers, connection)
    of_parts = " ".join((*doubts.said, *doubts.wholes))
    doubts.said += _in_other_words(located)
    doubts.said += _of_other_measures(located, connection)
    if not doubts.problems:
        doubts.problems += around.look(doubts.located, answers, of_parts, connection)
    return doubts


def _of_other_measures(located: Located, connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Of a table with its measures down the side: the texts of rows that are of no known one."""
    said = []
    for number in range(len(located.tables)):
        blocks = [b for b in located.blocks if b.table == number and b.only is not None]
        known = {text for b in blocks if b.only for text in b.only[1]}
        if blocks and blocks[0].only:
            others = [
                t for t in held_in(blocks[0], blocks[0].only[0], connection).texts if t not in known
            ]
            said += [f"Rader med ”{text}” läses inte." for text in others]
    return said


def _in_other_words(located: Located) -> list[str]:
    """Which headings were understood though they are written in another way."""
    names = vocabulary.headings(located.export)
    said = {}
    for block in located.blocks:
        for key, places in block.sources.items():
            texts = {
                row[at]
                for row in located.tables[block.table].sheet.top[
                    located.tables[block.table].head.start : block.first_row
                ]
                for at in places
            }
            for text in texts:
                known = names.key(text)
                if known and known[0] == key and known[1] >= vocabulary.IN_OTHER_WORDS:
                    said[text] = f"”{text}” läses som {located.export.column(key).label}."
    return list(said.values())


def _table(
    number: int,
    table: SheetTable,
    blocks: Sequence[Block],
    doubts: Doubts,
    answers: Answers,
    connection: duckdb.DuckDBPyConnection,
) -> None:
    used = {at for block in blocks for places in block.sources.values() for at in places}
    used |= {block.year_column for block in blocks if block.year_column is not None}
    used |= {block.only[0] for block in blocks if block.only is not None}
    used |= {block.unit_column for block in blocks if block.unit_column is not None}
    splitting: list[Split] = []
    for at in table.columns:
        if at in used:
            continue
        heading = " ".join(dict.fromkeys(table.sheet.top[row][at] for row in table.head)).strip()
        told = doubts.located.said.get((table.sheet.name, number, at))
        held = held_in(blocks[0], at, connection)
        if not held.filled and not heading:
            continue
        reason = told or _reason(table, at, heading, held, blocks, doubts, answers, connection)
        if isinstance(reason, Split):
            splitting.append(reason)
        else:
            doubts.leftovers.append(Leftover(number, at, heading, reason))
    if splitting:
        settled = splits.settle(number, table, splitting, doubts.located, answers, connection)
        doubts.located = settled.located
        doubts.problems += settled.problems
        doubts.said += settled.said


def _over_nothing(table: SheetTable, at: int) -> bool:
    """Whether what stands in the head's rows is no heading: the lowest of them has none there."""
    return len(table.head) > 1 and not table.sheet.top[table.head[-1]][at]


def _reason(
    table: SheetTable,
    at: int,
    heading: str,
    held: Held,
    blocks: Sequence[Block],
    doubts: Doubts,
    answers: Answers,
    connection: duckdb.DuckDBPyConnection,
) -> str | Split:
    """Why a column is not read, or how it splits the rows."""
    name = heading or f"Kolumn {cell_name(0, at).rstrip('1')}"
    words = reference.normalise(heading)
    if not held.filled:
        if selections.limits(heading) or (_over_nothing(table, at) and selections.selects(heading)):
            doubts.problems += selected(heading, table, doubts.located.export, answers)
        return "tom"
    if answers.unused(name):
        return "används inte, enligt svaret"
    if FREE.fullmatch(words):
        return "fri text"
    if not any(map(str.isalnum, "".join(held.texts))) or all(map(selections.is_colour, held.texts)):
        return "bara tecken"
    void = [text for text in held.texts if selections.voids(text)]
    if (void or selections.heads_voids(heading)) and not answers.whole(name):
        doubts.problems.append(voided.question(name, void or held.texts, table))
        return "väntar på svar"
    says = selections.selects(unexplained(doubts.located.export, heading))
    says = says or next(filter(None, map(_says, held.texts)), None)
    counted = doubts.located.export.selective and not doubts.located.export.cases
    if all(map(_is_number, held.texts)) and selections.stands_beside(heading):
        return "ingen känd uppgift"
    if amount := _part_of_amount(words, held, blocks, doubts.located.export):
        doubts.problems.append(part_of_amount(name, amount, table))
        return "väntar på svar"
    if held.distinct == 1 and (
        titled.is_finer(held.texts[0], doubts.located.export) or _is_cut(words, held.texts[0])
    ):
        if answers.whole(name):
            return "hela filen, enligt svaret"
        doubts.problems.append(one_part(name, held.texts[0], table))
        return "väntar på svar"
    if held.distinct == 1:
        text = held.texts[0]
        named = vocabulary.headings(doubts.located.export).key(text) is not None
        whole = selections.is_all(selections.spelled(words, text))
        whole = whole or selections.is_whole_value(heading, text)
        if whole:
            doubts.wholes.append(text)
        if whole or named or (says is None and _is_label(words, text)):
            return f"samma i alla rader: {text}"
        if says is None and (not counted or (_is_number(text) and not _could_select(words, held))):
            return "ingen känd uppgift"
        if answers.whole(name):
            return "hela filen, enligt svaret"
        doubts.problems.append(one_part(name, text, table))
        return "väntar på svar"
    export = doubts.located.export
    split = Split(at, name, held.texts, held.distinct == len(held.texts))
    if (
        not export.cases
        and (split.alls or splits.can_be_added(doubts.located, connection))
        and splits.is_split(at, blocks, doubts.located, connection)
    ):
        return split
    if not counted:
        return "ingen känd uppgift"
    if _NUMBERS.fullmatch(words):
        return "radnummer"
    if _could_select(words, held) and not all(_is_label(words, text) for text in held.texts):
        if answers.whole(name):
            return "hela filen, enligt svaret"
        doubts.problems.append(one_part(name, ", ".join(held.texts[:3]), table))
        return "väntar på svar"
    numbers = all(map(_is_number, held.texts))
    if numbers and (says is None or says in reference.normalise(heading)):
        return "ingen känd uppgift"
    if says is not None and not numbers and not answers.whole(name):
        doubts.problems.append(one_part(name, ", ".join(held.texts[:3]), table))
        return "väntar på svar"
    return "säger inget om vilken del raden är"


def _part_of_amount(
    words: str, held: Held, blocks: Sequence[Block], export: Export
) -> Column | None:
    """The amount that no column is read as, and that a heading names with more words."""
    have = {key for block in blocks for key in block.sources}
    amounts = (c for c in export.columns if c.kind.money and c.key not in have)
    named = (c for c in amounts if reference.normalise(c.label) in words)
    return next(named, None) if all(map(_is_number, held.texts)) else None


def _says(text: str) -> str | None:
    """What in a value could say which part of the whole it is of, or that it is a rate."""
    return selections.selects(text) or (text if selections.is_rate(text) else None)


def _is_cut(words: str, text: str) -> bool:
    """Whether a column says that its periods end before the last day of a month."""
    return bool(_UNTIL.fullmatch(words)) and titles.is_day(text) and whole_month(text) is None


def _could_select(words: str, held: Held) -> bool:
    """Whether a heading, or codes that nothing explains, could say which rows they are of."""
    if _DAYS.fullmatch(words):
        return not _WHOLE.issuperset(held.texts)
    if _KINDS.fullmatch(words):
        return True
    if held.distinct == 1:
        text = held.texts[0]
        return held.filled > 2 and text.isdigit() and text != "0" and not _NUMBERS.fullmatch(words)
    codes = all(len(text) <= 2 and text.isalpha() for text in held.texts)
    return codes and held.distinct <= min(_FEW, held.filled - 1)


def _is_label(words: str, text: str) -> bool:
    place = place_named(text).kind
    return (
        bool(LABELS.fullmatch(words))
        or place not in ("unknown", "none")
        or titles.is_unit(text)
        or titles.year_in(text) is not None
        or reference.normalise(text) in reference.hospital_names()
    )


def _is_number(text: str) -> bool:
    return not any(map(str.isalpha, text)) and any(map(str.isdigit, text))
