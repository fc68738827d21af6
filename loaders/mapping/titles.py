"""What titles and sheet names say: the month, a care form, a hospital, the measure of a sheet."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import PurePath

import reference
from loaders.declaration import Column, Export
from loaders.kinds.periods import possible
from loaders.mapping.vocabulary import heading, headings
from swedish.periods import parse_month

_EXTRACT = re.compile(
    r"^\W*(uttag(et|en|et gjort)?|(ut)?hämta[dt]|skapa[dt]|skriven|utskriven den|framtage[nt]|"
    r"(uttags|rapport|utskrifts|kör|leverans|publicerings|skapande)?datum|uppdatera[dt]|"
    r"senast uppdatera[dt]|publicera[dt]|utskrift|körd)\b"
)
_SPAN = re.compile(
    r"\bt\.? ?o\.? ?m\b|\btill och med\b|\back(umulera[dt])?\b|\bhittills\b|\brullande\b|"
    r"\bkvartal|\btertial|\bhalvår|\bhelår|\bårets början|\bårsskiftet|"
    # A part of a month: weeks, or days.
    r"\bv(ecka|eckorna|eckor|\.)? ?\d"
)
_FROM_DAY = re.compile(
    r"(?<![\d-])(\d{1,2})(?:\.|:?e)?\s*(?:[^\w\s.,]|till)\s*(\d{1,2})\s+[a-zåäö]{3,}"
)
_ON_DAY = re.compile(r"(?<![\w-])(\d{1,2})\.? ([a-zåäö]{3,9})\b")
_WHOLE_MONTH = re.compile(
    r"(?<!\d)(\d{4})-?(\d{2})-?01\s*(?:–|--?|—|t\.?o\.?m\.?|till(?: och med)?)\s*"
    r"(\d{4})-?(\d{2})-?(?:28|29|30|31)(?!\d)"
)
_WORD = re.compile(r"[^\W_][\w.]*(?:[-/]\d+)*")
# `1/7-19`, `1/7–31/7 2019` and `190701–190731`.
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})[-/ ]((?:20)?\d\d)(?![\d/])")
_SLASHED_SPAN = re.compile(
    r"(?<![\d/])(\d{1,2}/\d{1,2})\s*([-–—])\s*(?=\d{1,2}/\d{1,2}[-/ ]((?:20)?\d\d)(?!\d))"
)
_SIX = r"(\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
_SHORT_SPAN = re.compile(rf"(?<!\d){_SIX}\s*([-–—])\s*{_SIX}(?!\d)")
# What has a year or a month in it and tells of none: `Dnr 2018-00123`, `SFS 2017:612`,
# `ver. 2019.2`, `jämfört med juli 2018`.
_REFERENCE = re.compile(
    r"\b(dnr|diarie\w*|ärende\w*|sfs|lag|lagen|förordning\w*|prop|version|ver|rev)\b\W*"
    r"\w*\W*\d[\d:./-]*|"
    r"(?<!\d)(19|20)\d\d(-\d{3,}|[:/]\d{3,}|:\d+)(?!\d)|"
    r"\b(jämför\w*|jmf|jfr|mot|än|sedan)\b( med)?\s+.*"
)
_BRACKETS = re.compile(r"\(([^()]*)\)")
_COPY = re.compile(r"(\s*[-–]?\s*\b(kopia|copy)\b|\s*\(\d{1,2}\))+$", re.IGNORECASE)
_UNIT = re.compile(r"\W*(antal|st|dagar|dygn|procent|%|n|andel|kr|kronor|tkr|kkr|mkr|mnkr|sek)\W*")
_DAY = re.compile(r"\d{4}-?\d\d-?(0[1-9]|[12]\d|3[01])")
_MONTH_WORD = re.compile(r"\bmånad(en|s)?\b")


def is_extract(text: str) -> bool:
    """Whether the text tells when the file was made, not what it is about."""
    return bool(_EXTRACT.match(text.casefold().replace("_", " ")))


def is_day(text: str) -> bool:
    """Whether the text is a date alone, as extracts write where they begin and end: `20200401`."""
    plain = text.strip().replace("-", "")
    return _DAY.fullmatch(text.strip()) is not None and parse_month(plain[:6]) is not None


def is_unit(text: str) -> bool:
    """Whether the text is a unit alone, such as `(antal)`."""
    return _UNIT.fullmatch(text.casefold()) is not None


def month_in(text: str) -> str | None:
    """The one month that a title speaks of; None for none, several, or the date of the extract."""
    plain = _plain(text)
    if is_extract(text):
        return None
    if span := _WHOLE_MONTH.search(plain):
        first, second = f"{span[1]}-{span[2]}", f"{span[3]}-{span[4]}"
        return first if first == second else None
    if _of_days(plain) or _SPAN.search(plain) or len(month_names(text)) > 1:
        return None
    words = _WORD.findall(plain)
    months = {
        month
        for width in (2, 1)
        for start in range(len(words) - width + 1)
        if (month := parse_month(" ".join(words[start : start + width]).rstrip(".")))
    }
    months = set(filter(possible, months))
    return months.pop() if len(months) == 1 else None


def _of_days(plain: str) -> bool:
    """Whether a text is of some days of a month: `15 juli`, `1–15 juli`."""
    if len(_DAY.findall(plain)) > 1:
        return True
    if days := _FROM_DAY.search(plain):
        return not (int(days[1]) == 1 and int(days[2]) >= 28)
    named = [int(day) for day, word in _ON_DAY.findall(plain) if parse_month(f"{word} 2000")]
    whole = len(named) == 2 and named[0] == 1 and named[1] >= 28
    return bool(named) and not whole and min(named) < 28


def months_in(texts: Sequence[str], *, file: str) -> list[str]:
    """The different months that the texts around a table name.

    Where none names a month, a month's name in one and the year in another are put together;
    at last the file's name is asked.
    """
    if months := list(dict.fromkeys(filter(None, map(month_in, texts)))):
        return months
    told = [text for text in texts if not is_extract(text)]
    if any(_SPAN.search(plain) or _of_days(plain) for plain in map(_plain, told)):
        return []
    names = {name for text in texts for name in month_names(text)}
    years = {year for text in texts if (year := year_in(text))}
    years = years or {year for year in [year_in(file)] if year}
    if len(names) == len(years) == 1:
        return [f"{years.pop()}-{names.pop()}"]
    return [month for month in [month_in(file)] if month and not names]


@lru_cache(maxsize=4096)
def is_month_name(text: str) -> bool:
    """Whether the text is a month's name without a year, as in a head under or beside one."""
    return bool(text) and parse_month(f"{text} 2000") is not None


def year_in(text: str) -> str | None:
    """The one year that a title names; None where it names none, several, or an extract date."""
    if is_extract(text):
        return None
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", without_references(text)))
    return years.pop() if len(years) == 1 else None


def without_references(text: str) -> str:
    """The text without diary numbers, laws, versions, comparisons, and when it was made."""
    told = _BRACKETS.sub(lambda part: " " if is_extract(part[1]) else part[0], text)
    return _REFERENCE.sub(" ", in_full(told).casefold().replace("_", " "))


def in_full(text: str) -> str:
    """A text with its days as dates in full: `1/7-19`, and six digits from one day to another."""
    text = _SLASHED_SPAN.sub(r"\1 \3 \2 ", text)
    text = _SLASHED.sub(lambda at: f"20{at[3][-2:]}-{at[2]:0>2}-{at[1]:0>2}", text)
    return _SHORT_SPAN.sub(r"20\1-\2-\3 \4 20\5-\6-\7", text)


def compares(text: str) -> bool:
    """Whether a text speaks of another time too, which the numbers are compared with."""
    return re.search(r"\bjämför\w*|\bjmf\b|\bjfr\b", text.casefold()) is not None


def file_words(name: str) -> str:
    """What a file's name says, without its ending and the marks of a copy: ` (2)`, `- kopia`."""
    return _COPY.sub("", PurePath(name).stem)


def _plain(text: str) -> str:
    return _MONTH_WORD.sub(" ", without_references(text))


def month_names(text: str) -> set[str]:
    """The months, 01 to 12, that are named in a text by name."""
    if is_extract(text):
        return set()
    words = re.findall(r"[^\W\d_]+", _plain(text))
    months = (parse_month(f"{word} 2000") for word in words)
    return {month[5:] for month in months if month}


def choice_in(column: Column, text: str) -> str | None:
    """The one value of a choice that a title names; None where it names none or several."""
    words = reference.normalise(text)
    named = {
        value
        for spelling, value in column.spellings.items()
        if len(spelling) > 4 and re.search(rf"\b{re.escape(spelling)}\b", words)
    }
    return named.pop() if len(named) == 1 else None


def hospital_in(text: str) -> str | None:
    """The one hospital that a title names: in full, by how its name begins, or as SU and SkaS.

    Short names are read as they are written: `nu` is a word, NU is a hospital.
    """
    words = reference.normalise(text)
    names = {
        hospital
        for alias, hospital in reference.hospital_names().items()
        if (re.search("sjuk|lasarett", alias) and alias in words)
        or (
            reference.normalise(hospital).startswith(f"{alias} ")
            and re.search(rf"(?<!\w){re.escape(alias)}s?(?!\w)", words)
        )
    }
    names |= {
        hospital.name
        for hospital in reference.hospitals()
        if re.search(rf"(?<!\w){re.escape(hospital.short_name)}(?!\w)", text)
    }
    return names.pop() if len(names) == 1 else None


def measure_in(export: Export, text: str) -> str | None:
    """The measure that a sheet's name or title names; the longest heading in it wins.

    The first measure goes by what the whole file is about, so another one that is named goes first.
    """
    words = heading(text)
    named = [
        (key != export.measures[0].key, len(name), key)
        for name, (key, _) in headings(export).ranks.items()
        if export.column(key).kind.measured and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words)
    ]
    return max(named)[2] if named else None
