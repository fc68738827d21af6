"""What stands around the numbers and could say that they are not what they seem.

A title, a note, a filter, a head, a hidden row or column may tell that the numbers are of a part
only, of another time, or in another unit: that is asked about, never passed over.
"""

import re
from collections.abc import Iterator, Sequence

import duckdb

import reference
from loaders.checking.doubts import dates, heads, hidden, titled, voided
from loaders.checking.doubts.questions import one_part, whether
from loaders.declaration import Export
from loaders.kinds import amounts
from loaders.kinds.places import place_named
from loaders.locating.bands import selected, unexplained
from loaders.locating.located import Located
from loaders.locating.said import note, notes_of, unit_of_note
from loaders.locating.tables import SheetTable
from loaders.mapping import selections, titles, vocabulary
from loaders.problems import Problem
from loaders.questions import Answers
from swedish.periods import months_of, next_period

FREE = re.compile(
    r"kommentar\w*|anm(\.|ärkning\w*)?|notering\w*|not(er)?|beskrivning\w*|fritext|fri text|text|"
    r"åtgärd\w*|orsak\w*|länk|url|källa|handläggare|kontakt\w*|ansvarig\w*|e-?post|telefon\w*|info\w*"
)
LABELS = re.compile(
    r"län(et|skod)?|region(en)?|huvudman|år(tal)?|kvartal|månad(snummer|en)?|källsystem|system|källa|"
    r"enhet|mått|variabel|innehåll|delregion|(vård)?samverkansområde|område|kommunalförbund|"
    r"tabellinnehåll|kommun(kod|nr|namn)?|sjukhus\w*|förvaltning|kod|"
    r"(kpi|municipality|region)[_ ](id|code|type)"
)
# Lines above a table that tell of the file itself.
_OF_THE_FILE = re.compile(
    r"(rapport|mall|titel|rubrik|tabell|blad|fil|version|period|tid|datum|sekretess|sida|användare|"
    r"användarnamn|diarie(nr|nummer)|dnr|mottagare|avsändare|skapad|framtagen|organisation|verksamhet|"
    r"applied filters|"
    r"filter|beställ|databas|"
    r"(antal )?rader|(rad|kolumn)etiketter|(row|column) labels|värden|"
    r"server|definition|förklaring|obs|avser|mätperiod|uppföljning|statistik)"
)
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
_SEVERAL = re.compile(r"\(?(flera (objekt|värden)|multiple items)\)?")
# A condition as a query or a report writes it: `kon = 'K'`, `alder >= 65`, `typ in (1, 2)`.
_CONDITION = re.compile(
    r"(\w+)\s*(?:<>|!=|[<>]=|=|<|>|\bnot in\b|\bin\b|\blike\b|\bbetween\b)\s*"
    r"('[^']*'|\"[^\"]*\"|\([^)]*\)|\w[\w.-]*)",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"\s*(--|#|//|/\*|')|.*\b(where|filter)\b", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-\d\d(?!\d)")
_MADE = re.compile(r"(?<!\d)((?:19|20)\d\d)-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)")
_DAY_OR_BETWEEN = re.compile(rf"{_DAY.pattern}|[-–—]|\b(från|till|t\.?o\.?m\b\.?|och med)", re.I)


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
            *_above(table),
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
                problems += titled.of_counts(_above(table), table, located.export, answers)
            if not parts and not problems:
                problems += _filters(table, located, answers)
        else:
            problems += titled.of_amounts(texts, table, answers)
            problems += [
                whether(text, words, table)
                for text in dict.fromkeys(texts)
                if (words := _chosen(text, located.export)) and not answers.whole(text)
            ]
        problems += dates.look(table, texts, located, answers, connection)
        problems += _conditions(table, located.export, answers)
        problems += heads.grouped(table, blocks, located, answers, connection)
        problems += voided.look(table, located, answers, connection)
        problems += titled.of_years(texts, table, located.export, answers)
        notes = notes_of(table, connection)
        problems += [
            whether(text, words, table)
            for text in dict.fromkeys((*_above(table), *notes))
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


def _above(table: SheetTable) -> list[str]:
    return [text for row in table.sheet.top[: table.head.start] for text in row if text]


def _of_all(text: str) -> bool:
    """Whether a line says that nothing was selected: `Kön: Alla`."""
    label, _, value = text.partition(":")
    return bool(label.strip()) and selections.is_all(value)


def _filters(table: SheetTable, located: Located, answers: Answers) -> list[Problem]:
    """Lines above the head that say what was selected: `Klinik: Medicin`, or in two cells."""
    problems = []
    for row in table.sheet.top[: table.head.start]:
        for label, value in _labelled(list(dict.fromkeys(text for text in row if text))):
            if not value.strip() or _is_benign(label, value, located.export):
                continue
            name = f"{label.strip(' :')}: {value.strip()}"
            if not answers.whole(name):
                problems.append(one_part(label.strip(" :"), value.strip(), table, key=name))
    return problems


def _labelled(texts: Sequence[str]) -> list[tuple[str, str]]:
    """The labels of a line with what they say: of each cell by itself, or of two together."""
    parted = [(label, value) for label, _, value in (text.partition(":") for text in texts)]
    if len(texts) == 2 and not all(value.strip() for _, value in parted):
        return [(texts[0], texts[1])]
    return parted if len(texts) <= 2 else []


def _conditions(table: SheetTable, export: Export, answers: Answers) -> list[Problem]:
    """Comment lines above the head with the condition that the rows were selected by."""
    problems = []
    for text in dict.fromkeys(_above(table)):
        if not _COMMENT.match(text) or answers.whole(text):
            continue
        chosen = (
            condition[0]
            for condition in _CONDITION.finditer(text)
            if not _is_benign(condition[1], condition[2].strip("'\"()"), export)
        )
        if condition := next(chosen, None):
            problems.append(whether(text, condition, table))
    return problems


def _is_benign(label: str, value: str, export: Export) -> bool:
    """Whether a line above the head tells of the file, or of what is read from it anyway."""
    words = reference.normalise(label.strip("# "))
    named = vocabulary.headings(export).key(label) or vocabulary.dimension_of(export, value)
    if _SEVERAL.fullmatch(reference.normalise(value)):
        return False
    return (
        titles.is_extract(label)
        or bool(FREE.match(words) or LABELS.match(words) or _OF_THE_FILE.match(words))
        or selections.is_all(value)
        or titles.is_extract(value)
        or titles.is_day(value)
        or _is_span(value)
        or titles.year_in(value) is not None
        or titles.month_in(value) is not None
        or place_named(value).kind != "unknown"
        or (not export.cases and vocabulary.headings(export).key(value) is not None)
        or (named is not None and _is_told(named[0], export))
        or any(
            word in reference.normalise(f"{label} {value}") for word in vocabulary.own_words(export)
        )
    )


def _is_told(key: str, export: Export) -> bool:
    """Whether what a line says of a column is told of all rows; of single cases it leaves some out.

    A load of cases is of all there are in its time and places.
    """
    kind = export.column(key).kind
    return not export.cases or kind.period or kind.place


def _is_span(text: str) -> bool:
    """Whether a text is nothing but days and what stands between them; which they are is asked
    about elsewhere."""
    return bool(_DAY.search(text)) and not _DAY_OR_BETWEEN.sub("", text).strip()


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
    if _SELECTION.fullmatch(words) and not _is_benign("", said, export):
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
