"""Whether what a user writes of a report is what the report shows: its numbers, and its words of
change and rank. What is not is given back with what the charts say; the user decides.
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from reports.drawing.marks import is_signal, reading_word
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
    SeriesChart,
    Table,
    Text,
)
from swedish import typography
from swedish.periods import MONTHS


@dataclass(frozen=True)
class Claim:
    """A number or a word that no chart or table carries: the word, its sentence, what they say."""

    quote: str
    sentence: str
    says: str


class _Way(Enum):
    """What a word says of a number: which way it has moved, or where it stands among others."""

    UP = "up"
    DOWN = "down"
    BETTER = "better"
    WORSE = "worse"
    STEADY = "steady"
    FIRST = "first"
    LAST = "last"


_WORDS: Mapping[_Way, str] = {
    _Way.BETTER: r"förbättr\w*|bättre",
    _Way.WORSE: r"försämr\w*|sämre",
    _Way.UP: r"ök(?:at|ar|ade|ning\w*|a)|stig(?:er|it)|steg|fler|högre|längre|växer|växt",
    _Way.DOWN: r"minsk\w*|sjunk\w*|sjönk|färre|lägre|kortare",
    _Way.STEADY: r"oförändra\w*|stabil\w*",
    # With a number after them they are bounds: "högst 5".
    _Way.FIRST: r"(?:högst|störst|längst|flest|högsta|största|längsta)(?!\s+(?:en|ett|\d))",
    _Way.LAST: r"(?:lägst|minst|kortast|lägsta|minsta|kortaste)(?!\s+(?:en|ett|\d))",
}
_CLAIMS = {way: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for way, words in _WORDS.items()}
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])|\n+")
_MONTHS = "|".join(MONTHS)
_NUMBER = re.compile(
    r"(?<![\w,.:-])[−-]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?(?![\w:])"
    r"|(?<![\w,.:-])[−-]?\d+(?:,\d+)?(?![\w:])"
)
# What looks like a number and is a day, a quarter or a year.
_DATES = re.compile(
    rf"\b\d{{1,2}} (?:{_MONTHS})\b(?: \d{{4}})?|\b(?:{_MONTHS}) \d{{4}}\b"
    r"|\bkvartal \d(?: \d{4})?|\b(?:19|20)\d\d(?:-(?:\d\d|K\d))?(?:-\d\d)?\b",
    re.IGNORECASE,
)
_STEM = 5
_MOST_TOLD = 3


def unsupported(text: str, shown: Report) -> tuple[Claim, ...]:
    """The numbers and words of a text that the report, as it is without the text, does not carry.

    Numbers may be rounded by one decimal. Words of change need a signal in a chart of the matter
    that the sentence is of, words of rank the place first or last in a chart of bars.
    """
    evidence = _Evidence.of(shown)
    found: list[Claim] = []
    for sentence in _sentences([text]):
        found += _numbers(sentence, evidence)
        found += _words(sentence, evidence)
    return tuple(found)


@dataclass(frozen=True)
class _Evidence:
    """What a report shows: its numbers with their decimals, its sentences, and its charts, each
    with the stems of the words over it."""

    numbers: frozenset[tuple[float, int]]
    sentences: tuple[str, ...]
    charts: tuple[tuple[Chart, frozenset[str]], ...]

    @classmethod
    def of(cls, shown: Report) -> "_Evidence":
        told: list[str] = [shown.title, shown.subtitle, *shown.notices]
        numbers: set[tuple[float, int]] = set()
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
                        charts.append((block, _stems(f"{block.title} {heading}")))
        for sheet in shown.sheets:
            numbers |= set(_values(sheet))
        sentences = tuple(_sentences(told))
        for sentence in sentences:
            numbers |= {_read(number) for number in _written(sentence)}
        return cls(frozenset(numbers), sentences, tuple(charts))

    def about(self, sentence: str) -> list[Chart]:
        """The charts that share most words with a sentence; all of them where none does."""
        stems = _stems(sentence)
        shared = [(len(stems & own), chart) for chart, own in self.charts]
        most = max((count for count, _ in shared), default=0)
        return [chart for count, chart in shared if count == most]


def _numbers(sentence: str, evidence: _Evidence) -> Iterator[Claim]:
    for written in _written(sentence):
        value, decimals = _read(written)
        near = [
            shown
            for shown, places in evidence.numbers
            if decimals >= places - 1
            and typography.number(shown, decimals) == typography.number(value, decimals)
        ]
        if not near:
            says = _say(evidence.about(sentence))
            yield Claim(written, sentence, f"Inget visat tal är {written}. {says}".strip())


def _words(sentence: str, evidence: _Evidence) -> Iterator[Claim]:
    charts = evidence.about(sentence)
    for way, pattern in _CLAIMS.items():
        found = pattern.search(sentence)
        if found is None or _is_told(way, sentence, evidence):
            continue
        if way in (_Way.FIRST, _Way.LAST):
            bars = [chart for chart, _ in evidence.charts if isinstance(chart, BarChart)]
            if any(_ranks(way, sentence, chart) for chart in bars):
                continue
            yield Claim(found.group(), sentence, " ".join(map(_say_bars, bars[:_MOST_TOLD])))
            continue
        series = [chart for chart in charts if isinstance(chart, SeriesChart)]
        if not any(_moves(way, chart) for chart in series):
            said = _say(series) or "Inget diagram visar någon förändring av det."
            yield Claim(found.group(), sentence, said)


def _is_told(way: _Way, sentence: str, evidence: _Evidence) -> bool:
    """Whether the report itself says such a thing of the same matter."""
    stems = _stems(sentence)
    needed = min(2, len(stems))
    return any(
        _CLAIMS[way].search(own) and len(stems & _stems(own)) >= needed
        for own in evidence.sentences
    )


def _moves(way: _Way, chart: SeriesChart) -> bool:
    """Whether the last value of a series carries the word."""
    last = _last(chart)
    if last is None:
        return False
    value, mean, kind = last
    signal = is_signal(kind)
    match way:
        case _Way.UP:
            return signal and value > mean
        case _Way.DOWN:
            return signal and value < mean
        case _Way.BETTER:
            return kind == "special_cause_improvement"
        case _Way.WORSE:
            return kind == "special_cause_concern"
        case _:
            return kind == "common_cause"


def _last(chart: SeriesChart) -> tuple[float, float, object] | None:
    rows = chart.frame[chart.frame["value"].notna()]
    if rows.empty:
        return None
    row = rows.iloc[-1]
    return float(row["value"]), float(row["mean"]), row["point_type"]


def _ranks(way: _Way, sentence: str, chart: BarChart) -> bool:
    known = chart.frame[chart.frame["value"].notna() & (chart.frame["kind"] == "place")]
    if known.empty:
        return False
    end = known["value"].max() if way is _Way.FIRST else known["value"].min()
    names = [str(name) for name in known.loc[known["value"] == end, "name"]]
    return any(name.casefold() in sentence.casefold() for name in names)


def _say(charts: Sequence[Chart]) -> str:
    told = [_say_series(chart) for chart in charts if isinstance(chart, SeriesChart)]
    told += [_say_bars(chart) for chart in charts if isinstance(chart, BarChart)]
    return " ".join(told[:_MOST_TOLD])


def _say_series(chart: SeriesChart) -> str:
    last = _last(chart)
    if last is None:
        return f"{chart.title}: inga värden."
    value, _, kind = last
    shown = f"{typography.number(value, chart.decimals)} senast"
    if is_signal(kind):
        return f"{chart.title}: {shown}, {reading_word(str(kind)).lower()}."
    verdict = "ingen säker förändring" if kind == "common_cause" else "kan inte bedömas"
    return f"{chart.title}: {shown}, {verdict}."


def _say_bars(chart: BarChart) -> str:
    known = chart.frame[chart.frame["value"].notna() & (chart.frame["kind"] == "place")]
    if known.empty:
        return f"{chart.title}: inga värden."
    ordered = known.sort_values("value")
    low, high = (
        f"{row['name']} {typography.number(row['value'], chart.decimals)}"
        for row in (ordered.iloc[0], ordered.iloc[-1])
    )
    return f"{chart.title}: högst {high}, lägst {low}."


def _values(block: Block) -> Iterator[tuple[float, int]]:
    """The numbers of a block, with as many decimals as they are shown with."""
    match block:
        case Cards(cards):
            for card in cards:
                for text in (card.value, card.note):
                    yield from map(_read, _written(text))
        case Table():
            for row in block.rows:
                for cell, head in zip(row, block.heads, strict=True):
                    if cell.value is not None and math.isfinite(cell.value):
                        yield cell.value, head.decimals or 0
        case SeriesChart():
            for column in ("value", "mean", "lower", "upper", "target"):
                yield from _finite(block.frame[column], block.decimals)
        case BarChart():
            yield from _finite(block.frame["value"], block.decimals)
        case ColumnChart():
            for column in block.frame.columns:
                yield from _finite(block.frame[column], block.decimals)
        case FunnelChart():
            yield from _finite(block.points["rate"], 2)
        case _:
            return


def _finite(values: Iterable[float], decimals: int) -> Iterator[tuple[float, int]]:
    return ((float(value), decimals) for value in values if math.isfinite(value))


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
        case Table():
            yield block.title
        case _:
            return


def _sentences(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from (part.strip() for part in _SENTENCES.split(text) if part.strip())


def _written(sentence: str) -> list[str]:
    return [found.group() for found in _NUMBER.finditer(_DATES.sub(" ", sentence))]


def _read(written: str) -> tuple[float, int]:
    plain = re.sub(r"[ \u00a0\u202f]", "", written).replace("−", "-")
    whole, _, decimals = plain.partition(",")
    return float(f"{whole}.{decimals or 0}"), len(decimals)


def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"[a-zåäö]{4,}", text.casefold())
    return frozenset(word[:_STEM] for word in words if word not in _COMMON)


_COMMON = frozenset(MONTHS) | frozenset(
    (
        "från", "till", "inte", "under", "över", "efter", "eller", "samt", "även", "också",
        "detta", "dessa", "denna", "vara", "varit", "mycket", "mindre", "större", "längre",
        "kortare", "fler", "färre", "högre", "lägre", "högst", "lägst", "bättre", "sämre",
        "vanligt", "sedan", "utöver", "slumpen", "procent", "dagar", "antal", "kvartal", "månad",
        "senaste", "jämfört",
    )
)  # fmt: skip
