"""Personnummer, samordningsnummer and reservnummer, in every spelling.

Form: birth date with or without century, with or without separators, then four digits of which
the last is a check digit (Luhn over the ten digits without century). A samordningsnummer has 60
added to the day. Source: Skatteverket, SKV 704 and SKV 707. A reservnummer has letters among the
last four signs, which no check digit covers.

Spans of dates, dates with times, telephone and organisation numbers have another form and are
understood as what they are.
"""

import datetime
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

# Within the birth date there is the same separator twice, or none: 0303-123456 is a telephone.
_NUMBER = re.compile(
    r"(?<!\d)(?<!\d[.,])(?:(18|19|20)[ -]?)?(\d\d)([ ./-]?)(\d\d)\3(\d\d)"
    r"( ?(?:[-+_/:.~]|--|\)-)? ?)(\d{4})(?!\d)(?![-/]\d)(?!\.(?!0+(?![\d.,]))\d)"
)
# Last four in groups or after another sign; two numbers of a longer list are none.
_APART = re.compile(
    r"(?<![\d;|\t])(?<!\d[.,])(18|19|20)?(\d\d)(\d\d)(\d\d)"
    r"( ?- ?(?=\d+ \d)|\s?[;|\t\n]\s?|, |(?<=\d{8}),|T)(\d(?: ?\d){3})(?![\d;|\t])(?!\.\d)"
)
# The day first, as in other countries: 12/12/1990-2397.
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d\d)([/. -])(\d\d)\2(18|19|20)(\d\d)(?: ?[-+] ?|, ?)(\d{4})(?!\d)(?![-/]\d)"
)
# Beside a word for it any spelling is one: född 1990-12-12, 2397; pnr 90 12 12 23 97.
_SPOKEN = re.compile(
    r"\b(pnr|p\.?-?nr|pers(on)?\.?-?n\w*|född|födel\w*|samordn\w*|sista fyra)\b", re.IGNORECASE
)
_LOOSE = re.compile(
    r"(?<!\d)(?:(18|19|20)[^\w]?)?(\d\d)[^\w]{0,2}(\d\d)[^\w]{0,2}(\d\d)[^\w]{0,4}"
    r"(\d[^\w]?\d[^\w]?\d[^\w]?\d)(?!\d)"
)
# What most long cells hold is a date and a time, in which no number of a person can stand.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?", re.ASCII)
# A hyphen or a space as web pages and addresses write it.
_WRITTEN = re.compile(r"&(?:#\w+|[mn]dash|minus|nbsp);|%2[0dD]")
_DIGITS = re.compile(r"\d\d|\d[.,]\d")
_RESERVE = re.compile(r"(?<!\d)((?:18|19|20)\d\d)(\d\d)(\d\d)[ -]?([A-Z][A-Z\d]\d\d)(?![A-Z\d])")
_EXPONENT = re.compile(r"(?<![\d.,])(\d)[.,](\d{8,11})0*[Ee]\+?(9|1[01])(?!\d)")
# Columns of numbers with gaps are written with decimals: 199012122397.0.
_DECIMALS = re.compile(r"[.,](?!0+(?![\d.,]))\d")
_TIME = re.compile(r"(?:[01]\d|2[0-3])[0-5]\d")
_TIME_IN_NAME = re.compile(
    r"(?<!\d)20\d\d-?(?:0[1-9]|1[0-2])-?[0-3]\d[ _-]?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?(?!\d)"
)
_FIRST_EXPORT = 2015
_LATEST = 50

# For DuckDB, to find the texts worth a closer look; signs of other scripts are digits too.
CANDIDATE = (
    r"\pN{2}[^\pN]{0,2}\pN{2}[^\pN]{0,2}\pN{2}[^\pN]{0,4}\pN[^\pN]?\pN[^\pN]?\pN[^\pN]?\pN"
    r"|\d(?:&#?\w+;|%2[0dD])\d|\d[.,]\d{8,}[eE]|\d{8}[ -]?[A-Z][A-Z\d]\d\d"
)


def luhn(digits: str) -> bool:
    """Whether the digits pass the Luhn check (ISO/IEC 7812-1, annex B)."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (2 if position % 2 else 1)
        total += doubled // 10 + doubled % 10
    return total % 10 == 0


def plain(text: str) -> str:
    """The text with ordinary digits, hyphens and spaces, and nothing invisible in it."""
    text = _WRITTEN.sub(lambda sign: unquote(html.unescape(sign[0])), text)
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    # A long text has few different signs, most of which are as they were.
    for sign in {*text}:
        if not sign.isascii() and (other := _plain_sign(sign)) != sign:
            text = text.replace(sign, other)
    return text


def _plain_sign(sign: str) -> str:
    match unicodedata.category(sign):
        case "Nd":
            return str(unicodedata.digit(sign))
        case "Pd":
            return "-"
        case "Zs" | "Zl" | "Zp":
            return " "
        case "Cf" | "Mn":
            return ""
        case _:
            return "-" if sign in "\u2212\u00b7\u2043\u02d7" else sign


def numbers_in(text: str) -> Iterator[str]:
    """The identity numbers in a text, as they stand there once it is plain."""
    for match, digits in formed_in(text):
        if digits is None or luhn(digits):
            yield match


def formed_in(text: str) -> Iterator[tuple[str, str | None]]:
    """What has the form of an identity number, and its ten digits; None of a reservnummer."""
    if len(text) < 10 or _MOMENT.fullmatch(text):
        return
    text = plain(text)
    # To look for a number at every sign of a long text takes a hundred times as long.
    if not _DIGITS.search(text):
        return
    for match in _NUMBER.finditer(text):
        century, year, apart, month, day, before, rest = match.groups()
        if not _is_birth_date(century, year, month, day):
            continue
        bare = not apart and not before.strip() and not before
        if bare and _DECIMALS.match(text, match.end()):
            continue
        if _is_moment(century, year, apart, before, rest):
            continue
        yield match[0], year + month + day + rest
    for number, century, year, month, day, rest in _oddly_written(text):
        if _is_birth_date(century, year, month, day):
            yield number, year + month + day + re.sub(r"\D", "", rest)
    for match in _RESERVE.finditer(text):
        if _is_birth_date(match[1][:2], match[1][2:], match[2], match[3]):
            yield match[0], None
    for match in _EXPONENT.finditer(text):
        digits = (match[1] + match[2]).ljust(int(match[3]) + 1, "0")[-10:]
        if len(match[2]) <= int(match[3]) and _is_birth_date(None, *_date_of(digits)):
            yield match[0], digits


def _oddly_written(text: str) -> Iterator[tuple[str, str | None, str, str, str, str]]:
    """Each match, century, year, month, day and last four of spellings that a few have."""
    for match in _APART.finditer(text):
        century, year, month, day, before, rest = match.groups()
        # 20190701T1345, and 190701T1345, are times.
        timed = before == "T" and _TIME.fullmatch(rest) and int((century or "20") + year) >= 1990
        if not timed or (century is None and int(year) > _LATEST):
            yield match[0], century, year, month, day, rest
    for match in _DAY_FIRST.finditer(text):
        day, _, month, century, year, rest = match.groups()
        if not (int(century + year) >= 1990 and 1990 <= int(rest) <= 2100):
            yield match[0], century, year, month, day, rest
    if _SPOKEN.search(text):
        for match in _LOOSE.finditer(text):
            century, year, month, day, rest = match.groups()
            yield match[0], century, year, month, day, rest


def _date_of(digits: str) -> tuple[str, str, str]:
    return digits[:2], digits[2:4], digits[4:6]


def _is_birth_date(century: str | None, year: str, month: str, day: str) -> bool:
    day_of_month = int(day) - 60 if int(day) > 60 else int(day)
    centuries = [century] if century else ["19", "20"]
    for candidate in centuries:
        try:
            datetime.date(int(candidate + year), int(month), day_of_month)
        except ValueError:
            continue
        return True
    return False


def _is_moment(century: str | None, year: str, apart: str, before: str, rest: str) -> bool:
    """Whether a whole date, written as one, is followed by a time or the year of another date."""
    if not (century and apart) or int(century + year) < 1990:
        return False
    to_year = (
        (before.startswith(" ") or "--" in before) and before.strip() and 1990 <= int(rest) <= 2100
    )
    at_time = before == " " and int(century + year) >= _FIRST_EXPORT and _TIME.fullmatch(rest)
    return bool(to_year or at_time)


def holds_identity_number(text: str) -> bool:
    """Whether an identity number stands anywhere in the text."""
    return next(numbers_in(text), None) is not None


def numbers_of(texts: Iterable[str]) -> set[str]:
    """The identity numbers in some texts."""
    return {number for text in texts for number in numbers_in(text)}


def shape(number: str) -> str:
    """The signs of a number without what it says: `999999-9999`."""
    return re.sub(r"[A-Z]", "A", re.sub(r"\d", "9", plain(number).strip()))


def without_times(name: str) -> str:
    """A name without the time when its file was made, which may look like a child's number."""
    return _TIME_IN_NAME.sub(" ", name)
