"""Columns that no declared column is read from: what they are, and whether they could select rows.

A column that only names what another one says is a label; free text and numbers of rows are left
unread. What could say which part of the whole a row is, is added up where all the parts are there,
and asked about where they are not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

import reference
from loaders.checking.typed import columns_of
from loaders.declaration import Export
from loaders.locating.bands import selected, unexplained
from loaders.locating.located import Block, Located
from loaders.locating.tables import Table
from loaders.mapping import selections, titles, vocabulary
from loaders.problems import Problem, asked
from loaders.questions import Answers, Question, listed
from loaders.reading.book import cell_name

_FREE = re.compile(
    r"kommentar\w*|anm(\.|ärkning\w*)?|notering\w*|not(er)?|beskrivning\w*|fritext|fri text|text|"
    r"åtgärd\w*|orsak\w*|länk|url|källa|handläggare|kontakt\w*|ansvarig\w*|e-?post|telefon\w*|info\w*"
)
_NUMBERS = re.compile(
    r"nr|nummer|#|rad(nr|nummer)?|löpnr|löpnummer|index|id|rank(ing)?|plats|ordning"
)
_LABELS = re.compile(
    r"län(et|skod)?|region(en)?|huvudman|år(tal)?|kvartal|månad(snummer|en)?|källsystem|system|källa|"
    r"enhet|mått|variabel|innehåll|delregion|(vård)?samverkansområde|område|kommunalförbund|"
    r"tabellinnehåll|kommun(kod|nr|namn)?|sjukhus\w*|förvaltning|kod"
)
# Lines above a table that tell of the file itself.
_OF_THE_FILE = re.compile(
    r"(rapport|mall|titel|rubrik|tabell|blad|fil|version|period|tid|datum|urval|sekretess|sida|användare|"
    r"användarnamn|mottagare|avsändare|skapad|framtagen|organisation|verksamhet|applied filters|"
    r"filter|beställ|databas|server|definition|förklaring|obs|avser|mätperiod|uppföljning|statistik)"
)
_MANY = 40


@dataclass(frozen=True)
class Leftover:
    """A column of a table that is not read: where it is, its heading and why it is left."""

    table: int
    position: int
    heading: str
    reason: str


@dataclass
class Found:
    """The file with parts added up, what is asked, and the columns that stay unread."""

    located: Located
    problems: list[Problem]
    leftovers: list[Leftover]
    said: list[str]


@dataclass(frozen=True)
class _Held:
    """What a column holds in the rows of data: distinct texts, how many, and rows with any."""

    texts: tuple[str, ...]
    distinct: int
    filled: int
    rows: int


def look(located: Located, answers: Answers, connection: duckdb.DuckDBPyConnection) -> Found:
    """Look through every column that is not read; `line` or its like has been made."""
    found = Found(located, [], [], [])
    for number, table in enumerate(located.tables):
        blocks = [block for block in located.blocks if block.table == number]
        if not blocks:
            continue
        _table(number, table, blocks, found, answers, connection)
    found.said += _in_other_words(located)
    banded = any(block.part for block in found.located.blocks)
    added = any(block.part_column is not None for block in found.located.blocks)
    if not banded and not found.problems and located.export.selective:
        found.problems += _titles(located, answers, added=" ".join(found.said) if added else None)
    return found


def _filters(table: Table, located: Located, answers: Answers) -> list[Problem]:
    """Lines above the head that say what was selected: `Klinik: Medicin`, or in two cells."""
    problems = []
    for row in table.sheet.top[: table.head.start]:
        texts = list(dict.fromkeys(text for text in row if text))
        if len(texts) == 1:
            label, _, value = texts[0].partition(":")
        elif len(texts) == 2:
            label, value = texts
        else:
            continue
        if not value.strip() or _is_benign(label, value, located.export):
            continue
        name = f"{label.strip(' :')}: {value.strip()}"
        if not answers.whole(name):
            problems.append(_one_part(label.strip(" :"), value.strip(), table, key=name))
    return problems


def _is_benign(label: str, value: str, export: Export) -> bool:
    """Whether a line above the head tells of the file, or of what is read from it anyway."""
    words = reference.normalise(label.strip("# "))
    return (
        titles.is_extract(label)
        or bool(_FREE.match(words) or _LABELS.match(words) or _OF_THE_FILE.match(words))
        or selections.is_all(value)
        or titles.is_extract(value)
        or titles.is_day(value)
        or titles.year_in(value) is not None
        or titles.month_in(value) is not None
        or vocabulary.place(value).kind != "unknown"
        or vocabulary.headings(export).key(value) is not None
        or vocabulary.dimension_of(export, value) is not None
        or vocabulary.headings(export).key(label) is not None
        or any(word in reference.normalise(f"{label} {value}") for word in export.words)
    )


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


def _titles(located: Located, answers: Answers, *, added: str | None) -> list[Problem]:
    """What titles, sheets and the file's name may select; not by what the parts `added` up say."""
    problems = []
    for table in located.tables:
        above = [text for row in table.sheet.top[: table.head.start] for text in row if text]
        for text in dict.fromkeys([*above, table.sheet.name, titles.file_words(located.name)]):
            word = selections.selects(text)
            if added is None or word is None or word not in reference.normalise(added):
                problems += selected(text, table, located.export, answers)
        if added is None and not problems:
            problems += _filters(table, located, answers)
    return list(dict.fromkeys(problems))


def _table(
    number: int,
    table: Table,
    blocks: Sequence[Block],
    found: Found,
    answers: Answers,
    connection: duckdb.DuckDBPyConnection,
) -> None:
    used = {at for block in blocks for places in block.sources.values() for at in places}
    used |= {block.year_column for block in blocks if block.year_column is not None}
    used |= {block.unit_column for block in blocks if block.unit_column is not None}
    for at in table.columns:
        if at in used:
            continue
        heading = " ".join(dict.fromkeys(table.sheet.top[row][at] for row in table.head)).strip()
        told = found.located.said.get((table.sheet.name, number, at))
        held = _held(blocks[0], at, connection)
        if not held.filled and not heading:
            continue
        reason = told or _reason(
            number, table, at, heading, held, blocks, found, answers, connection
        )
        if reason:
            found.leftovers.append(Leftover(number, at, heading, reason))


def _reason(
    number: int,
    table: Table,
    at: int,
    heading: str,
    held: _Held,
    blocks: Sequence[Block],
    found: Found,
    answers: Answers,
    connection: duckdb.DuckDBPyConnection,
) -> str:
    """Why a column is not read; empty where its parts are added up."""
    name = heading or f"Kolumn {cell_name(0, at).rstrip('1')}"
    words = reference.normalise(heading)
    if not held.filled:
        return "tom"
    if answers.unused(name):
        return "används inte, enligt svaret"
    if _FREE.fullmatch(words):
        return "fri text"
    says = selections.selects(unexplained(found.located.export, heading))
    says = says or next(filter(None, map(_says, held.texts)), None)
    counted = found.located.export.selective and not found.located.export.cases
    if held.distinct == 1:
        text = held.texts[0]
        named = vocabulary.headings(found.located.export).key(text) is not None
        if selections.is_all(text) or named or (says is None and _is_label(words, text)):
            return f"samma i alla rader: {text}"
        if says is None and (not counted or _is_number(text)):
            return "ingen känd uppgift"
        if answers.whole(name):
            return "hela filen, enligt svaret"
        found.problems.append(_one_part(name, text, table))
        return "väntar på svar"
    if not counted:
        return "ingen känd uppgift"
    if found.located.export.tables and _splits(at, blocks, found.located, connection):
        return _split(number, table, at, name, held, blocks, found, answers)
    if _NUMBERS.fullmatch(words):
        return "radnummer"
    numbers = all(map(_is_number, held.texts))
    if numbers and (says is None or says in reference.normalise(heading)):
        return "ingen känd uppgift"
    if says is not None and not numbers and not answers.whole(name):
        found.problems.append(_one_part(name, ", ".join(held.texts[:3]), table))
        return "väntar på svar"
    return "säger inget om vilken del raden är"


def _says(text: str) -> str | None:
    """What in a value could say which part of the whole it is of, or that it is a rate."""
    return selections.selects(text) or (text if selections.is_rate(text) else None)


def _is_label(words: str, text: str) -> bool:
    place = vocabulary.place(text).kind
    return (
        bool(_LABELS.fullmatch(words))
        or place not in ("unknown", "none")
        or titles.is_unit(text)
        or titles.year_in(text) is not None
        or reference.normalise(text) in reference.hospital_names()
    )


def _is_number(text: str) -> bool:
    return not any(map(str.isalpha, text)) and any(map(str.isdigit, text))


def _one_part(name: str, text: str, table: Table, key: str = "") -> Problem:
    where = "Raden" if key else "Kolumnen"
    return asked(
        Question(
            key=key or name,
            text=f"{where} ”{name}” ({text}) kan betyda att filen bara har en del av "
            "uppgifterna. Är talen ändå allt som ska räknas?",
            options=(("ja", "Ja, läs dem som helheten"),),
        ),
        sheet=table.sheet.name,
        column=name,
    )


def _split(
    number: int,
    table: Table,
    at: int,
    name: str,
    held: _Held,
    blocks: Sequence[Block],
    found: Found,
    answers: Answers,
) -> str:
    """A column that tells rows apart which otherwise are the same."""
    alls = [text for text in held.texts if selections.is_all(text)]
    parts = [text for text in held.texts if not selections.is_all(text)]
    complete = held.distinct == len(held.texts) and selections.whole(parts)
    if complete or reference.normalise(answers.to(name) or "") in ("summa", "alla", "hopräknade"):
        found.located = replace(
            found.located,
            blocks=tuple(
                replace(block, part_column=at) if block.table == number else block
                for block in found.located.blocks
            ),
        )
        shown = " + ".join(sorted(parts)) if len(parts) < 6 else f"{len(parts)} delar"
        found.said.append(f"{name}: {shown} är hopräknade.")
        return ""
    example = ", ".join((*parts, *alls)[:4])
    found.problems.append(
        asked(
            Question(
                key=name,
                text=f"Kolumnen ”{name}” ({example}) delar upp raderna. Ska delarna räknas ihop, "
                "eller är kolumnen en av uppgifterna?",
                options=(
                    ("summa", "Räkna ihop delarna"),
                    *listed(c for c in found.located.export.columns if not _have(c.key, blocks))[
                        :-1
                    ],
                ),
            ),
            sheet=table.sheet.name,
            column=name,
        )
    )
    return "väntar på svar"


def _have(key: str, blocks: Sequence[Block]) -> bool:
    return any(key in (*block.sources, *block.constants) for block in blocks)


def _held(block: Block, at: int, connection: duckdb.DuckDBPyConnection) -> _Held:
    """What a column holds below its head; of many rows only whether it varies."""
    until = "" if block.last_row is None else f"and rowid < {block.last_row}"
    rows = f"from {block.sheet.table} where rowid >= {block.first_row} {until}"
    found = connection.execute(
        f"""
        select count(*), count(text), approx_count_distinct(text), min(text), max(text)
        from (select nullif(trim(c{at}), '') as text {rows})
        """
    ).fetchone()
    if not found or not found[1]:
        return _Held((), 0, 0, int(found[0]) if found else 0)
    total, filled, about, least, most = found
    if least == most:
        return _Held((least,), 1, filled, total)
    if about > 10 * _MANY:
        return _Held((least, most), about, filled, total)
    texts = connection.execute(
        f"select trim(c{at}) as text {rows} and trim(c{at}) <> '' group by all order by min(rowid)"
    ).fetchall()
    return _Held(tuple(text for (text,) in texts[:_MANY]), len(texts), filled, total)


def _splits(
    at: int, blocks: Sequence[Block], located: Located, connection: duckdb.DuckDBPyConnection
) -> bool:
    """Whether rows that say the same of all that is read differ in the column."""
    have = {column.key for column in columns_of(located)}
    keys = [column.key for column in located.export.dimensions if column.key in have]
    number = next((n for n, b in enumerate(located.blocks) if b in blocks and not b.total), None)
    if number is None:
        return False
    found = connection.execute(
        f"""
        select 1
        from line
        join {blocks[0].sheet.table} as grid on grid.rowid = line.row
        where line.block = $block and role = 'data'
        group by {", ".join([*keys, "site"])}
        having count(distinct lower(trim(grid.c{at}))) > 1
        limit 1
        """,
        {"block": number},
    ).fetchone()
    return found is not None
