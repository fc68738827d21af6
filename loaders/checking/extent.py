"""What an export of cases covers: from which day to which, until when answers are known, where.

Makes `extent` (one row: first_day, last_day, as_of), `covered_area` and `covered` beside `record`.
"""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

import reference
from loaders import kinds
from loaders.declaration import Records
from loaders.locating.located import Located
from loaders.mapping import title_periods, titles
from swedish import typography
from swedish.periods import months_of, next_period, parse_month

_DAY = r"(\d{4})-?(\d\d)-?(\d\d)"
_TO = r"(?:–|--?|—|t\.?\s?o\.?\s?m\.?|till(?: och med)?)"
_SPAN = re.compile(rf"(?<!\d){_DAY}\s*{_TO}\s*{_DAY}(?!\d)")
_FROM_TO = re.compile(
    rf"(?:från(?: och med)?|fr\.?\s?o\.?\s?m\.?|startdatum)\W*{_DAY}(?!\d).*?"
    rf"(?:till(?: och med)?|t\.?\s?o\.?\s?m\.?|slutdatum)\W*{_DAY}(?!\d)",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"(?<!\d)(\d\d?)\s+([a-zåäö]+)(?:\s+(\d{{4}}))?\s*{_TO}\s*(\d\d?)\s+([a-zåäö]+)\s+(\d{{4}})(?!\d)",
    re.IGNORECASE,
)
_MONTHS = re.compile(
    rf"(?<![\d-])(\d{{4}}-?\d\d)\s*(?:{_TO}|_)\s*(\d{{4}}-?\d\d)(?![\d-])|"
    rf"(?<!\w)([a-zåäö]+(?: \d{{4}})?)\s*{_TO}\s*([a-zåäö]+ \d{{4}})(?!\w)",
    re.IGNORECASE,
)
_ONE_DAY = re.compile(rf"(?<!\d){_DAY}(?!\d)")
# Where no title says from when to when, the first and last case say it; a quarter may begin and end
# with so many days without any.
_QUIET = datetime.timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Extent:
    """From which day to which a file has all cases, its newest date, and whole areas by key.

    `stated` areas are the user's word; others are those where the file has cases from at least a
    third of the municipalities.
    """

    first_day: datetime.date
    last_day: datetime.date
    as_of: datetime.date
    areas: tuple[str, ...]
    stated: bool

    @property
    def said(self) -> str:
        """What the file covers, and whether that is the user's word."""
        names = [area.name for area in reference.areas() if area.key in self.areas]
        where = typography.enumerate_words(names) if names else "inget helt område"
        how = "enligt angivelse" if self.stated else "bedömt av vilka kommuner som har ärenden"
        return f"Täcker {self.first_day} till {self.last_day}, {where} ({how})."


def extent(
    located: Located,
    records: Records,
    *,
    name: str,
    covers: Sequence[str],
    today: datetime.date,
    connection: duckdb.DuckDBPyConnection,
) -> Extent | None:
    """What the file covers, made into tables too; None where it has no records."""
    dates = [column.key for column in located.export.columns if column.kind is kinds.DATE]
    newest = f"greatest({', '.join(f'max({key})' for key in dates)})"
    reach = connection.execute(
        f"select min({records.selected_by}), max({records.selected_by}), {newest} from record"
    ).fetchone()
    if not reach or reach[0] is None:
        return None
    first, last, newest_day = reach
    above = [
        text
        for block in located.blocks
        for row in block.sheet.top[: block.first_row]
        for text in dict.fromkeys(row)
        if text
    ]
    span, made = _span(above), _made(above)
    told = [text for text in above if not titles.is_extract(text)]
    periods = _periods(told, file=name)
    if periods and not (periods[0] <= first and last <= periods[1]):
        periods = None
    first_day, last_day = span or periods or (_opened(first), _ended(last))
    areas = tuple(covers) or _areas(connection)
    whole = Extent(
        first_day=first_day,
        last_day=min(last_day, made or today),
        as_of=made or max(newest_day, span[1] if span and span[1] <= today else newest_day),
        areas=areas,
        stated=bool(covers),
    )
    _make_tables(whole, connection)
    return whole


def _opened(first: datetime.date) -> datetime.date:
    """The first day of the quarter, where so little of it has no case that it may be quiet."""
    start = first.replace(month=(first.month - 1) // 3 * 3 + 1, day=1)
    return start if first - start <= _QUIET else first


def _ended(last: datetime.date) -> datetime.date:
    """The last day of the quarter, as `_opened`."""
    month = (last.month + 2) // 3 * 3
    end = datetime.date(last.year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)
    return end if end - last <= _QUIET else last


def _span(texts: Sequence[str]) -> tuple[datetime.date, datetime.date] | None:
    """The first and last day of the selection: `Urval: 2020-04-01 – 2021-06-30`."""
    for text in (*texts, " ".join(texts)):
        if match := _SPAN.search(text) or _FROM_TO.search(text):
            return _ordered(_day(match.groups()[:3]), _day(match.groups()[3:]))
        if match := _WORDS.search(text):
            day, month, year, last_day, last_month, last_year = match.groups()
            return _ordered(
                _named_day(day, month, year or last_year),
                _named_day(last_day, last_month, last_year),
            )
    return None


def _periods(texts: Sequence[str], *, file: str) -> tuple[datetime.date, datetime.date] | None:
    """The first and last day of the months or the quarter that a title or the file's name says."""
    for text in (*texts, file):
        if match := _MONTHS.search(text):
            start, end = match[1] or match[3], match[2] or match[4]
            if not any(map(str.isdigit, start)):
                start = f"{start} {end.split()[-1]}"
            first, last = parse_month(start), parse_month(end)
            if first and last:
                return _ordered(_first_day(first), _last_day(last))
    quarters = title_periods.quarters_in(texts, file=file)
    if len(quarters) != 1:
        return None
    start, end = months_of(quarters[0])
    return _first_day(start), _last_day(end)


def _ordered(
    first: datetime.date | None, last: datetime.date | None
) -> tuple[datetime.date, datetime.date] | None:
    return (first, last) if first and last and first <= last else None


def _first_day(month: str) -> datetime.date:
    return datetime.date(int(month[:4]), int(month[5:]), 1)


def _last_day(month: str) -> datetime.date:
    return _first_day(next_period(month)) - datetime.timedelta(days=1)


def _named_day(day: str, month: str, year: str) -> datetime.date | None:
    month_key = parse_month(f"{month} {year}")
    return _day((*month_key.split("-"), day)) if month_key else None


def _made(texts: Sequence[str]) -> datetime.date | None:
    """The day when the file was made, where a title says it: `Uttag 2021-07-02`."""
    labelled = zip(["", *texts], texts, strict=False)
    for label, text in labelled:
        if titles.is_extract(text) or (titles.is_extract(label) and not _ONE_DAY.search(label)):
            match = _ONE_DAY.search(text)
            if match and (day := _day(match.groups())):
                return day
    return None


def _day(parts: Sequence[str]) -> datetime.date | None:
    try:
        return datetime.date(*map(int, parts))
    except ValueError:
        return None


def _areas(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """The areas where at least a third of the municipalities have a case."""
    seen = {
        code
        for (code,) in connection.execute("select distinct municipality from record").fetchall()
    }
    homes = reference.municipalities()
    return tuple(
        area.key
        for area in reference.areas()
        if 3 * sum(home.area == area.key for home in homes if home.code in seen)
        >= sum(home.area == area.key for home in homes)
    )


def _make_tables(whole: Extent, connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        """
        create or replace temp table extent as
        select $first::date as first_day, $last::date as last_day, $as_of::date as as_of
        """,
        {"first": whole.first_day, "last": whole.last_day, "as_of": whole.as_of},
    )
    make_covered(whole.areas, connection, stated=whole.stated)


def make_covered(
    areas: Sequence[str], connection: duckdb.DuckDBPyConnection, *, stated: bool
) -> None:
    """Make `covered_area` (area, stated) and `covered`, the municipalities of these areas."""
    codes = [home.code for home in reference.municipalities() if home.area in areas]
    connection.execute(
        "create or replace temp table covered as select unnest($codes::varchar[]) as municipality",
        {"codes": codes},
    )
    connection.execute(
        """
        create or replace temp table covered_area as
        select unnest($areas::varchar[]) as area, $stated::boolean as stated
        """,
        {"areas": list(areas), "stated": stated},
    )
