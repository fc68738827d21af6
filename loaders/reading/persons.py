"""Whether what looks like identity numbers in the columns of a grid is, or numbers something else.

A column of personnummer passes the check digit everywhere, one of case numbers in one of ten; what
the heading says helps with the few. What still is unclear is taken for a person.
"""

import datetime
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import duckdb

import reference
from loaders.reading import identity

# So many numbers tell by how many pass the check digit what a column holds.
_ENOUGH = 8
_SHARE = 0.5
_PAIRS = 3
_HEAD_ROWS = 15
# A number of a person has ten digits, or nine with a power of ten.
_SHORTEST = 10
_COMPACT_TIME = re.compile(r"20\d{10}(\d\d)?")
_DATE = r"(18|19|20)?\d\d-?\d\d-?\d\d"
_OTHER_NUMBERS = re.compile(
    r"ärende|diarie|\bdnr|löpn|avvikelse|referens|\bref\b|case|\bid\b|telefon|\btfn|\btel\b|mobil|"
    r"org\.?\s?n|organisationsn|faktura|\bkonto",
    re.IGNORECASE,
)
_TIMES = re.compile(r"datum|tid|stämpel|klock", re.IGNORECASE)
_LAST_FOUR = re.compile(r"sista|fyra|kontroll|person|\bpnr|suffix|födel", re.IGNORECASE)


@dataclass(frozen=True)
class SearchedColumn:
    """A column's texts that may hold numbers, and what stands above them."""

    texts: Sequence[str]
    heads: Sequence[str]

    def says(self, words: re.Pattern[str]) -> bool:
        """Whether a heading above the column has one of the words."""
        return any(words.search(head) for head in self.heads)

    @property
    def name(self) -> str:
        """The heading next above the column, if it has one."""
        return next((head.strip() for head in reversed(self.heads) if head.strip()), "")


@dataclass(frozen=True)
class Judged:
    """The first text with an identity number, if any, and numbers that are something else.

    `unclear` is what a user calls numbers that may be of persons or not: heading and shape.
    """

    person: str | None
    cleared: frozenset[str]
    unclear: str | None = None


@dataclass(frozen=True)
class SearchedGrid:
    """A grid looked through: the first cell of a person, if any, and what else as in Judged."""

    cell: tuple[int, int] | None
    cleared: frozenset[str]
    unclear: str | None = None


def judge(column: SearchedColumn, said: Collection[str] = ()) -> Judged:
    """What the numbers of a column are; `said` are those that a user knows to be no persons."""
    whole: dict[str, bool] = {}
    holding: list[tuple[str, list[str]]] = []
    for text in column.texts:
        formed = list(identity.formed_in(text))
        passing = [number for number, digits in formed if digits is None or identity.luhn(digits)]
        if len(formed) == 1 and formed[0][0] == _without_decimals(text):
            whole[formed[0][0]] = bool(passing)
        if passing:
            holding.append((text, passing))
    others = frozenset(whole) if _number_other_things(column, whole) else frozenset[str]()
    for text, passing in holding:
        if others.issuperset(passing):
            continue
        key = f"{column.name} ({identity.shape(text)})" if _is_unclear(column, whole, text) else ""
        if not key or reference.normalise(key) not in said:
            return Judged(text, others, key or None)
        others |= set(passing)
    return Judged(None, others)


def _is_unclear(column: SearchedColumn, whole: dict[str, bool], text: str) -> bool:
    """Whether numbers may be of other things: alone in their cells, and few that pass by chance.

    Where every one of several passes, or a heading speaks of persons, there is no doubt.
    """
    alone = _without_decimals(text) in whole
    certain = len(whole) >= _PAIRS and all(whole.values())
    return bool(column.name) and alone and not certain and not column.says(_LAST_FOUR)


def _without_decimals(text: str) -> str:
    """A text as it is compared with the number in it: columns with gaps have decimals of nought."""
    return re.sub(r"[.,]0+$", "", identity.plain(text).strip())


def _number_other_things(column: SearchedColumn, whole: dict[str, bool]) -> bool:
    passing = sum(whole.values())
    if len(whole) >= _ENOUGH and passing <= _SHARE * len(whole):
        return True
    all_pass = len(whole) >= _PAIRS and passing == len(whole)
    if column.says(_OTHER_NUMBERS) and not column.says(_LAST_FOUR):
        return not all_pass
    times = all(map(_is_compact_time, column.texts))
    # There every text is a valid time, which no column of real numbers is.
    return times and (len(column.texts) >= 20 or column.says(_TIMES))


def _is_compact_time(text: str) -> bool:
    if not _COMPACT_TIME.fullmatch(text):
        return False
    try:
        datetime.datetime.strptime(text[:12], "%Y%m%d%H%M")
    except ValueError:
        return False
    return True


def in_grid(
    table: str,
    *,
    columns: int,
    top: Sequence[Sequence[str]],
    connection: duckdb.DuckDBPyConnection,
    said: Collection[str] = (),
) -> SearchedGrid:
    """The first cell (row, column) of a person, if any, and the numbers of other things.

    Every column is searched, also those that no export reads, over its distinct values. `said` are
    the numbers that a user knows to be of other things, by heading and shape.
    """
    cleared: set[str] = set()
    for position, texts in _candidates(table, columns, connection=connection):
        judged = judge(SearchedColumn(texts, _heads(top, position)), said)
        cleared |= judged.cleared
        if judged.person is not None:
            first = connection.execute(
                f"select min(rowid) from {table} where c{position} = $text", {"text": judged.person}
            ).fetchone()
            row = first[0] if first else 0
            return SearchedGrid((row, position), frozenset(cleared), judged.unclear)
    for left in range(columns - 1):
        row = _in_two_columns(table, left, top=top, connection=connection)
        if row is not None:
            return SearchedGrid((row, left), frozenset(cleared))
    return SearchedGrid(None, frozenset(cleared))


def _candidates(
    table: str, columns: int, *, connection: duckdb.DuckDBPyConnection
) -> list[tuple[int, list[str]]]:
    """The distinct texts of each column that have some form of an identity number."""
    connection.execute("create or replace temp table long_text (position integer, text varchar)")
    # A table of its own: within one query DuckDB would match every row before the distinct.
    for position in _long_enough(table, columns, connection=connection):
        connection.execute(
            f"""
            insert into long_text
            select distinct {position}, c{position}
            from {table} where strlen(c{position}) >= {_SHORTEST}
            """
        )
    # Of all columns at once: the pattern is large, and made anew for each query.
    return connection.execute(
        """
        select position, list(text) from long_text
        where regexp_matches(text, $candidate)
        group by position order by position
        """,
        {"candidate": identity.CANDIDATE},
    ).fetchall()


def _long_enough(table: str, columns: int, *, connection: duckdb.DuckDBPyConnection) -> list[int]:
    """The columns with a text that is long enough for a number of a person."""
    longest = ", ".join(f"max(strlen(c{position}))" for position in range(columns))
    row = connection.execute(f"select {longest} from {table}").fetchone() if columns else ()
    return [position for position, length in enumerate(row or ()) if (length or 0) >= _SHORTEST]


def _heads(top: Sequence[Sequence[str]], position: int) -> list[str]:
    return [row[position] for row in top[:_HEAD_ROWS] if not re.search(r"\d{4}", row[position])]


def _in_two_columns(
    table: str,
    left: int,
    *,
    top: Sequence[Sequence[str]],
    connection: duckdb.DuckDBPyConnection,
) -> int | None:
    """The first row where a birth date and the last four digits stand beside each other."""
    for date, rest in ((left, left + 1), (left + 1, left)):
        if not any(
            re.fullmatch(_DATE, row[date]) and re.fullmatch(r"\d{4}", row[rest]) for row in top
        ):
            continue
        pairs = connection.execute(
            f"""
            select c{date}, c{rest}, min(rowid) from {table}
            where regexp_full_match(c{date}, $date) and regexp_full_match(c{rest}, '\\d{{4}}')
            group by all order by 3 limit 2000
            """,
            {"date": _DATE},
        ).fetchall()
        passing = [row for before, last, row in pairs if _is_number(before, last)]
        told = SearchedColumn((), [*_heads(top, date), *_heads(top, rest)]).says(_LAST_FOUR)
        if passing and (told or (len(pairs) >= _PAIRS and len(passing) == len(pairs))):
            return int(passing[0])
    return None


def _is_number(date: str, last: str) -> bool:
    return identity.holds_identity_number(f"{date.replace('-', '')}-{last}")
