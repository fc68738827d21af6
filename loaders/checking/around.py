"""What stands around the numbers and could say that they are not what they seem.

A title, a note, a filter, a head, a hidden row or column may tell that the numbers are of a part
only, of another time, or in another unit: that is asked about, never passed over.
"""

import re
from collections.abc import Iterator, Sequence

import duckdb

import reference
from loaders.declaration import PERIODS, AsReported, Column, Export, Kind
from loaders.locating.bands import selected, unexplained
from loaders.locating.located import Block, Located
from loaders.locating.said import notes_of, unit_of_note
from loaders.locating.tables import Table
from loaders.mapping import amounts, selections, title_periods, titles, vocabulary
from loaders.problems import Problem, asked
from loaders.questions import Answers, Question
from loaders.reading.book import cell_name
from swedish.periods import months_of, next_period
from swedish.typography import number, plural

FREE = re.compile(
    r"kommentar\w*|anm(\.|ärkning\w*)?|notering\w*|not(er)?|beskrivning\w*|fritext|fri text|text|"
    r"åtgärd\w*|orsak\w*|länk|url|källa|handläggare|kontakt\w*|ansvarig\w*|e-?post|telefon\w*|info\w*"
)
LABELS = re.compile(
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
_SEVERAL = re.compile(r"\(?(flera (objekt|värden)|multiple items)\)?")
# Of amounts, whose titles name many things: what makes them no amounts of a year.
_NO_AMOUNTS = re.compile(
    r"\b(andel\w*|procent|per capita|per invånare|ack|ackumuler\w*|hittills|prognos\w*|rullande)\b|"
    r"\bt\.? ?o\.? ?m\b|%"
)
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-\d\d(?!\d)")
_COUNTED = re.compile(r"[(\[](antal|st|n)[)\]]")
_NUMBERS = frozenset({Kind.COUNT, Kind.AMOUNT, Kind.NUMBER})


def look(
    located: Located, answers: Answers, said: str, connection: duckdb.DuckDBPyConnection
) -> list[Problem]:
    """The questions that what stands around the numbers gives rise to.

    `said` is what the receipt says of parts that have been added up.
    """
    problems: list[Problem] = []
    said = reference.normalise(" ".join((said, *(b.part for b in located.blocks if b.part))))
    parts = any(b.part or b.part_columns or b.wholes for b in located.blocks)
    for at, table in enumerate(located.tables):
        blocks = [b for b in located.blocks if b.table == at and not b.total]
        if not blocks:
            continue
        problems += _hidden(table, blocks, located.export, answers, connection)
        shares = _shares(located.export, connection)
        problems += _heads(table, blocks, located.export, answers, shares=shares)
        texts = [*_above(table), table.sheet.name, titles.file_words(located.name)]
        if located.export.selective:
            for text in dict.fromkeys(texts):
                word = selections.selects(text)
                if not parts or word is None or word not in said:
                    problems += selected(text, table, located.export, answers)
            if not parts and not problems:
                problems += _filters(table, located, answers)
        else:
            problems += _of_amounts(texts, table, answers)
        problems += _grouped(table, blocks, located, answers, connection)
        problems += _finer(texts, table, located, answers)
        problems += _after_extract(table, located.export, connection)
        problems += _notes(table, located.export, answers, connection)
    return list(dict.fromkeys(problems))


def _above(table: Table) -> list[str]:
    return [text for row in table.sheet.top[: table.head.start] for text in row if text]


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
            problems.append(one_part(label.strip(" :"), value.strip(), table, key=name))
    return problems


def _is_benign(label: str, value: str, export: Export) -> bool:
    """Whether a line above the head tells of the file, or of what is read from it anyway."""
    words = reference.normalise(label.strip("# "))
    if _SEVERAL.fullmatch(reference.normalise(value)):
        return False
    return (
        titles.is_extract(label)
        or bool(FREE.match(words) or LABELS.match(words) or _OF_THE_FILE.match(words))
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


def _of_amounts(texts: Sequence[str], table: Table, answers: Answers) -> list[Problem]:
    """Titles of amounts that say that they are shares, forecasts, or of a part of the year."""
    return [
        _whether(text, found.group(), table)
        for text in dict.fromkeys(texts)
        if (found := _NO_AMOUNTS.search(reference.normalise(text))) and not answers.whole(text)
    ]


def _whether(text: str, words: str, table: Table) -> Problem:
    return asked(
        Question(
            key=text,
            text=f"”{text}” kan betyda att talen inte är hela uppgiften ({words.strip()}). "
            "Är talen ändå allt som ska räknas?",
            options=(("ja", "Ja, läs dem som helheten"),),
        ),
        sheet=table.sheet.name,
    )


def _finer(texts: Sequence[str], table: Table, located: Located, answers: Answers) -> list[Problem]:
    """Titles of a quarter or of a month over numbers of whole years."""
    if not _is_yearly(located.export):
        return []
    return [
        _whether(text, "en del av året", table)
        for text in dict.fromkeys(texts)
        if not titles.is_extract(text)
        and (
            title_periods.numbers_in(text)
            or (
                titles.year_in(text) and (months := titles.month_names(text)) and "12" not in months
            )
        )
        and not answers.whole(text)
    ]


def _after_extract(
    table: Table, export: Export, connection: duckdb.DuckDBPyConnection
) -> Iterator[Problem]:
    """Periods later than the month after the day when the file says that it was made."""
    lines = (" ".join(row) for row in table.sheet.top[: table.head.start])
    days = [day for line in lines if titles.is_extract(line) for day in _DAY.findall(line)]
    period = next((c for c in export.columns if c.kind in PERIODS and not c.ahead), None)
    if not days or period is None:
        return
    exists = connection.execute(
        "select 1 from duckdb_tables() where table_name = $name", {"name": f"is_{period.key}"}
    ).fetchone()
    if not exists:
        return
    found = connection.execute(
        f"select max(value) from is_{period.key} where state = 'ok'"
    ).fetchone()
    if found and found[0] and months_of(found[0])[0] > next_period(max(days)[:7]):
        yield Problem(
            code="not-a-period",
            message=f"{found[0]} är senare än filen själv, som är från {max(days)}.",
            sheet=table.sheet.name,
            column=period.label,
        )


def _is_yearly(export: Export) -> bool:
    return [c.kind for c in export.columns if c.kind in PERIODS] == [Kind.YEAR]


def is_finer(text: str, export: Export) -> bool:
    """Whether a text is a quarter or a month, where numbers are of whole years."""
    named = title_periods.is_quarter(text) or title_periods.numbers_in(text)
    return _is_yearly(export) and bool(named or titles.is_month_name(text))


def _notes(
    table: Table,
    export: Export,
    answers: Answers,
    connection: duckdb.DuckDBPyConnection,
) -> list[Problem]:
    """Notes below the head, in rows without numbers, that say that the numbers are of a part."""
    return [
        _whether(text, words, table)
        for text in dict.fromkeys(notes_of(table, connection))
        if (words := _limits(text, export)) and not answers.whole(text)
    ]


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


def _heads(
    table: Table,
    blocks: Sequence[Block],
    export: Export,
    answers: Answers,
    *,
    shares: set[bool],
) -> Iterator[Problem]:
    """Heads of columns with numbers that speak of a part, of another time, or another unit."""
    given = {reference.normalise(text) for pair in answers.given for text in pair}
    for block in blocks:
        for key, places in block.sources.items():
            column = export.column(key)
            if column.kind not in _NUMBERS or block.part:
                continue
            for text in _texts(table, places[0]):
                if answers.whole(text) or reference.normalise(text) in given:
                    continue
                words = _doubt(text, column, export, shares)
                if words:
                    yield _whether(text, words, table)


def _shares(export: Export, connection: duckdb.DuckDBPyConnection) -> set[bool]:
    """Whether the indicators that a file has values of are shares, or not, or both."""
    rule = next((rule for rule in export.rules if isinstance(rule, AsReported)), None)
    if rule is None:
        return set()
    rows = connection.execute(
        "select distinct indicator from record_line where role = 'data' and indicator_state = 'ok'"
    ).fetchall()
    return {rule.by[key].share for (key,) in rows if key in rule.by}


def _doubt(text: str, column: Column, export: Export, shares: set[bool]) -> str | None:
    """What in a head of numbers says that they are not what the column holds."""
    kind = column.kind
    if kind is Kind.NUMBER and column.key == "value":
        unit = selections.other_unit(text)
        if unit and False in shares:
            return unit
        counted = _COUNTED.search(text.casefold())
        return counted.group(1) if counted and True in shares else None
    if kind is Kind.COUNT:
        unit = selections.other_unit(text)
        # A heading that is declared says what the column is, whatever words are in it.
        declared = vocabulary.headings(export).key(text) is not None
        return unit or (None if declared else selections.selects(unexplained(export, text)))
    if kind is Kind.AMOUNT:
        found = _NO_AMOUNTS.search(reference.normalise(text) + ("%" if "%" in text else ""))
        return found.group() if found else None
    return None


def _texts(table: Table, at: int) -> list[str]:
    return list(dict.fromkeys(text for row in table.head if (text := table.sheet.top[row][at])))


def _grouped(
    table: Table,
    blocks: Sequence[Block],
    located: Located,
    answers: Answers,
    connection: duckdb.DuckDBPyConnection,
) -> Iterator[Problem]:
    """Counts such as 1.591, which is taken for 1 591 where a sum or what is known says so too."""
    have = {key for block in blocks for key in block.sources}
    for column in located.export.measures:
        if column.key not in have or column.counts == "inhabitants":
            continue
        found = connection.execute(
            f"select min(text), arg_min(value, text)::bigint from is_{column.key} where grouped"
        ).fetchone()
        if not found or found[0] is None or answers.whole(found[0]):
            continue
        if not located.export.tables or not _sums_agree(column.key, connection):
            yield asked(
                Question(
                    key=found[0],
                    text=f"{column.label}: är {found[0]} {number(found[1], 0)}? Tecknet kan stå "
                    "för tusental eller för decimaler.",
                    options=(("ja", f"Ja, {number(found[1], 0)}"),),
                ),
                sheet=table.sheet.name,
                column=column.label,
            )


def _sums_agree(key: str, connection: duckdb.DuckDBPyConnection) -> bool:
    found = connection.execute(
        f"""
        select 1
        from line as whole
        where role = 'total' and {key}_state = 'ok' and {key} = (
            select sum({key}) from line where role = 'data' and block = whole.block
        )
        limit 1
        """
    ).fetchone()
    return found is not None


def _hidden(
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
        if at in marks.hidden_columns and column.kind in _NUMBERS and not answers.whole(name):
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


def one_part(name: str, text: str, table: Table, key: str = "") -> Problem:
    """The question whether a column or a line that holds one text is of all there is."""
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
