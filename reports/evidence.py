"""What a report shows: its numbers with their decimals, its sentences, and its charts."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import repeat

import reference
from reports.model import (
    BarChart,
    Block,
    Cards,
    Chart,
    ColumnChart,
    FunnelChart,
    Heading,
    Points,
    Report,
    ReportTable,
    SeriesChart,
    Text,
)
from swedish.periods import MONTHS

_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])|\n+")
_MONTHS = "|".join(MONTHS)
_NUMBER = re.compile(
    r"(?<![\w,.:-])[−-]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?(?![\w:])"
    r"|(?<![\w,.:-])[−-]?\d+(?:,\d+)?(?![\w:])"
)
# What looks like a number and is a place in a text, an hour, a day, a quarter or a year.
_DATES = re.compile(
    r"\b(?:punkt|bilaga|sida|kl\.?|dnr) \d[\d.:/-]*|§+ ?\d+"
    rf"|\b\d{{1,2}} (?:{_MONTHS})\b(?: \d{{4}})?|\b(?:{_MONTHS}) \d{{4}}\b"
    r"|\bkvartal \d(?: \d{4})?|\b(?:19|20)\d\d(?:-(?:\d\d|K\d))?(?:-\d\d)?\b",
    re.IGNORECASE,
)
_STEM = 5
_IN_FULL = {month[:3]: month for month in MONTHS}
_PERIOD = re.compile(r"\b\d{4}$")
_WORD = re.compile(r"[a-zåäö]{3,}")


@dataclass(frozen=True)
class Evidence:
    """What a report shows: its numbers, its sentences, and its charts, each with the stems of the
    words over it.

    A number has its decimals, and the other place or period that it is of; empty where it is of the
    report's own, or stands in its text.
    """

    numbers: frozenset[tuple[float, int, str]]
    sentences: tuple[str, ...]
    charts: tuple[tuple[Chart, frozenset[str]], ...]

    @classmethod
    def of(cls, shown: Report) -> "Evidence":
        told: list[str] = [shown.title, shown.subtitle, *shown.notices]
        numbers: set[tuple[float, int, str]] = set()
        charts: list[tuple[Chart, frozenset[str]]] = []
        for part in shown.parts:
            told.append(part.title)
            heading = part.title
            for block in part.blocks:
                if isinstance(block, Heading):
                    heading = block.text
                told += _texts(block)
                numbers |= set(_values(block))
                match block:
                    case SeriesChart() | BarChart() | ColumnChart() | FunnelChart():
                        charts.append((block, stems_of(f"{block.title} {heading}")))
        for sheet in shown.sheets:
            numbers |= set(_values(sheet))
        sentences = tuple(sentences_of(told))
        for sentence in sentences:
            numbers |= {(*number_of(number), "") for number in written_in(sentence)}
        others = {of for *_, of in numbers if of not in shown.title and _is_apart(of)}
        told_apart = frozenset(
            (value, places, of if of in others else "") for value, places, of in numbers
        )
        return cls(told_apart, sentences, tuple(charts))

    @cached_property
    def names(self) -> frozenset[str]:
        """What the other places and periods are called."""
        return frozenset(of for _, _, of in self.numbers if of)

    def numbers_of(self, sentence: str) -> list[tuple[float, int]]:
        """The numbers, with their decimals, of what a sentence names, and of the whole."""
        named = {"", *self.named_in(sentence)}
        return [(value, places) for value, places, of in self.numbers if of in named]

    def named_in(self, sentence: str) -> list[str]:
        """The other places and periods that a sentence names, by any longer word of theirs."""
        said = frozenset(word[:_STEM] for word in _WORD.findall(sentence.casefold()))
        return [name for name in self.names if not _named(name) or said & _named(name)]

    def about(self, sentence: str) -> list[Chart]:
        """The charts that share most words with a sentence; all of them where none does."""
        stems = stems_of(sentence)
        shared = [(len(stems & own), chart) for chart, own in self.charts]
        most = max((count for count, _ in shared), default=0)
        return [chart for count, chart in shared if count == most]


def _values(block: Block) -> Iterator[tuple[float, int, str]]:
    """The numbers of a block, with as many decimals as they are shown with, and what each is of."""
    match block:
        case Cards(cards):
            for card in cards:
                for text in (card.value, card.note):
                    yield from ((*number_of(number), "") for number in written_in(text))
        case ReportTable():
            for row in block.rows:
                for cell, head in zip(row, block.heads, strict=True):
                    if cell.value is not None:
                        yield cell.value, head.decimals or 0, row[0].text
        case SeriesChart():
            frame = block.frame
            yield from _finite(frame["value"], block.decimals, frame["label"])
            # What it was last and at most and least, and its limits, are of the whole series.
            yield from _finite(frame["value"].dropna().iloc[-1:], block.decimals)
            yield from _finite((frame["value"].max(), frame["value"].min()), block.decimals)
            for line in ("mean", "lower", "upper", "target"):
                yield from _finite(frame[line], block.decimals)
        case BarChart():
            yield from _finite(block.frame["value"], block.decimals, block.frame["name"])
        case ColumnChart():
            for column in block.frame.columns:
                yield from _finite(block.frame[column], block.decimals, block.frame.index)
        case FunnelChart():
            yield from _finite(block.points["rate"], 2, block.points["name"])
            yield block.rate, 2, ""
        case _:
            return


def _finite(
    values: Iterable[float], decimals: int, of: Iterable[object] = repeat("")
) -> Iterator[tuple[float, int, str]]:
    pairs = zip(values, of, strict=False)
    return ((float(value), decimals, str(name)) for value, name in pairs if math.isfinite(value))


def _texts(block: Block) -> Iterator[str]:
    """The sentences of a block that are the report's own."""
    match block:
        case Text():
            if not block.quoted:
                yield block.text
        case Heading():
            yield block.text
        case Points(items):
            yield from items
        case ReportTable():
            yield block.title
        case _:
            return


def sentences_of(texts: Iterable[str]) -> Iterator[str]:
    """Each sentence of the texts."""
    for text in texts:
        yield from (part.strip() for part in _SENTENCES.split(text) if part.strip())


def written_in(sentence: str) -> list[str]:
    """The numbers of a sentence as they are written; days, quarters and years are none."""
    return [match.group() for match in _NUMBER.finditer(_DATES.sub(" ", sentence))]


def number_of(written: str) -> tuple[float, int]:
    """What is written as a number, and with how many decimals."""
    plain = re.sub(r"[ \u00a0\u202f]", "", written).replace("−", "-")
    whole, _, decimals = plain.partition(",")
    return float(f"{whole}.{decimals or 0}"), len(decimals)


def _is_apart(name: str) -> bool:
    """Whether a row or bar is a place's or a period's: its numbers are of no other."""
    return reference.find_place(name) is not None or bool(_PERIOD.search(name))


@lru_cache(maxsize=1024)
def _named(name: str) -> frozenset[str]:
    words = (_IN_FULL.get(word, word) for word in _WORD.findall(name.casefold()))
    return frozenset(word[:_STEM] for word in words if word not in _SMALL)


def stems_of(text: str) -> frozenset[str]:
    """The beginnings of the words of a text that tell what it is about."""
    words = re.findall(r"[a-zåäö]{4,}", text.casefold())
    return frozenset(word[:_STEM] for word in words if word not in _COMMON)


_SMALL = frozenset(("och", "med", "som", "för", "per", "vid", "den", "det", "från", "till"))
_COMMON = frozenset(MONTHS) | frozenset(
    (
        "från", "till", "inte", "under", "över", "efter", "eller", "samt", "även", "också",
        "detta", "dessa", "denna", "vara", "varit", "mycket", "mindre", "större", "längre",
        "kortare", "fler", "färre", "högre", "lägre", "högst", "lägst", "bättre", "sämre",
        "vanligt", "sedan", "utöver", "slumpen", "procent", "dagar", "antal", "kvartal", "månad",
        "senaste", "jämfört", "längst", "kortast", "störst", "minst", "flest",
    )
)  # fmt: skip
