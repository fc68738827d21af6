"""Titles over numbers: shares, a part of the year, or words that nothing explains."""

import re
from collections.abc import Iterator, Sequence

import reference
from loaders import kinds
from loaders.checking.doubts.heads import NO_AMOUNTS
from loaders.checking.doubts.questions import other_currency, whether
from loaders.declaration import Export
from loaders.locating.tables import SheetTable
from loaders.mapping import selections, title_periods, title_words, titles
from loaders.problems import Problem
from loaders.questions import Answers

_OTHER_MONEY = re.compile(r"\b(eur|euro|usd|dollar|gbp|pund|nok|dkk|kusd|keur|meur)\b|[€$£]")


def of_counts(
    texts: Sequence[str], table: SheetTable, export: Export, answers: Answers
) -> Iterator[Problem]:
    """Titles of counts in another unit, or with words that may say which part they are of."""
    beside = {reference.normalise(text) for row in table.head for text in table.sheet.top[row]}
    for text in dict.fromkeys(texts):
        words = selections.other_unit(text) if export.measures else None
        words = words or title_words.unexplained(export, text, beside)
        if words and not answers.whole(text):
            yield whether(text, words, table)


def of_amounts(texts: Sequence[str], table: SheetTable, answers: Answers) -> Iterator[Problem]:
    """Titles of amounts that are shares, forecasts, of a part of the year, or in other money."""
    for text in dict.fromkeys(text for text in texts if not answers.whole(text)):
        words = reference.normalise(text)
        if match := NO_AMOUNTS.search(words):
            yield whether(text, match.group(), table)
        elif match := _OTHER_MONEY.search(words):
            yield other_currency(text, match.group(), table)


def of_years(
    texts: Sequence[str], table: SheetTable, export: Export, answers: Answers
) -> list[Problem]:
    """Titles of a quarter or of a month over numbers of whole years."""
    if not _is_yearly(export):
        return []
    return [
        whether(text, "en del av året", table)
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


def is_finer(text: str, export: Export) -> bool:
    """Whether a text is a quarter or a month, where numbers are of whole years."""
    named = title_periods.is_quarter(text) or title_periods.numbers_in(text)
    return _is_yearly(export) and bool(named or titles.is_month_name(text))


def _is_yearly(export: Export) -> bool:
    return [c.kind for c in export.columns if c.kind.period] == [kinds.YEAR]
