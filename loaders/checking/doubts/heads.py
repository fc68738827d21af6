"""Heads of columns with numbers, and signs in the numbers, that say another thing than is read."""

import re
from collections.abc import Iterator, Sequence

import duckdb

import reference
from loaders import kinds
from loaders.checking.doubts.questions import whether
from loaders.declaration import AsReported, Column, Export
from loaders.locating.bands import unexplained
from loaders.locating.located import Block, Located
from loaders.locating.tables import SheetTable
from loaders.mapping import selections, vocabulary
from loaders.problems import Problem, asked
from loaders.questions import Answers, Question
from swedish.typography import number

# Of amounts, whose titles name many things: what makes them no amounts of a year.
NO_AMOUNTS = re.compile(
    r"\b(andel\w*|procent|per capita|per invånare|ack|ackumuler\w*|hittills|prognos\w*|rullande)\b|"
    r"\bt\.? ?o\.? ?m\b|%"
)
# Places that may be called as a municipality is, and are other places or other people's.
_OTHER_PLACES = re.compile(
    r"(tätort|småort|postort|församling|distrikt|socken|stadsdel|vårdcentral|mottagning|skola|"
    r"(födelse|vård|arbets|skol|utförar|vistelse|placerings|studie|inflyttnings|utflyttnings|från|"
    r"till)[- ]?(kommun|ort))(er|en|ar)?"
)
_COUNTED = re.compile(r"[(\[](antal|st|n)[)\]]")
NUMBERS = frozenset({kinds.COUNT, kinds.AMOUNT, kinds.NUMBER})


def look(
    table: SheetTable,
    blocks: Sequence[Block],
    export: Export,
    answers: Answers,
    connection: duckdb.DuckDBPyConnection,
) -> Iterator[Problem]:
    """Heads of columns with numbers that speak of a part, of another time, or another unit."""
    shares = _shares(export, connection)
    given = {reference.normalise(text) for pair in answers.given for text in pair}
    for block in blocks:
        for key, places in block.sources.items():
            column = export.column(key)
            if column.kind is kinds.MUNICIPALITY:
                yield from _of_other_places(table, places, answers)
            if column.kind not in NUMBERS or block.part:
                continue
            for text in _texts(table, places[0]):
                if answers.whole(text) or reference.normalise(text) in given:
                    continue
                if words := _doubt(text, column, export, shares):
                    yield whether(text, words, table)


def _of_other_places(
    table: SheetTable, places: Sequence[int], answers: Answers
) -> Iterator[Problem]:
    """The question whether what a head calls tätort or such is the municipality."""
    for text in (text for at in places for text in _texts(table, at)):
        if _OTHER_PLACES.fullmatch(reference.normalise(text)) and not answers.whole(text):
            yield asked(
                Question(
                    key=text,
                    text=f"Kolumnen ”{text}” har kommuners namn. Är det hela kommunen som "
                    "avses, och där de som räknas är folkbokförda?",
                    options=(("ja", "Ja, läs den som kommunen"),),
                ),
                sheet=table.sheet.name,
                column=text,
            )


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
    if kind is kinds.NUMBER and column.key == "value":
        unit = selections.other_unit(text)
        if unit and False in shares:
            return unit
        declared = vocabulary.headings(export).key(text) is not None
        if not declared and (words := selections.selects(unexplained(export, text))):
            return words
        counted = _COUNTED.search(text.casefold())
        return counted.group(1) if counted and True in shares else None
    if kind.counted:
        spelt = {reference.normalise(name) for name in (column.label, *column.names)}
        unit = None if reference.normalise(text) in spelt else selections.other_unit(text)
        # A heading that is declared, or a value of what is, says all, whatever words are in it.
        named = vocabulary.headings(export).key(text) or vocabulary.dimension_of(export, text)
        return unit or (None if named else selections.selects(unexplained(export, text)))
    if kind.money:
        match = NO_AMOUNTS.search(reference.normalise(text) + ("%" if "%" in text else ""))
        return match.group() if match else None
    return None


def _texts(table: SheetTable, at: int) -> list[str]:
    return list(dict.fromkeys(text for row in table.head if (text := table.sheet.top[row][at])))


def grouped(
    table: SheetTable,
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
        row = connection.execute(
            f"select min(text), arg_min(value, text)::bigint from is_{column.key} where grouped"
        ).fetchone()
        if not row or row[0] is None or answers.whole(row[0]):
            continue
        if not located.export.tables or not _sums_agree(column.key, connection):
            yield asked(
                Question(
                    key=row[0],
                    text=f"{column.label}: är {row[0]} {number(row[1], 0)}? Tecknet kan stå "
                    "för tusental eller för decimaler.",
                    options=(("ja", f"Ja, {number(row[1], 0)}"),),
                ),
                sheet=table.sheet.name,
                column=column.label,
            )


def _sums_agree(key: str, connection: duckdb.DuckDBPyConnection) -> bool:
    row = connection.execute(
        f"""
        select 1
        from line as whole
        where role = 'total' and {key}_state = 'ok' and {key} = (
            select sum({key}) from line where role = 'data' and block = whole.block
        )
        limit 1
        """
    ).fetchone()
    return row is not None
