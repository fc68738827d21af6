"""Whether what a user writes of a report is what the report shows: its numbers, and its words of
change and rank. What is not is given back with what the charts say; the user decides.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

import pandas as pd

from reports.drawing.marks import is_signal, reading_word
from reports.evidence import Evidence, number_of, sentences_of, stems_of, written_in
from reports.model import (
    BarChart,
    Chart,
    FunnelChart,
    Report,
    SeriesChart,
)
from swedish import typography


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
    _Way.UP: r"ök(?:at|ar|ade|ning\w*|a)|stig(?:er|it)|steg|fler|högre|längre|växer|växt|växande"
    r"|dubbelt|fördubbl\w*|tredubbl\w*|tilltag\w*|uppåt",
    _Way.DOWN: r"minsk\w*|sjunk\w*|sjönk|färre|lägre|kortare|halver\w*|hälften|avtag\w*|nedåt"
    r"|rasat",
    _Way.STEADY: r"oförändra\w*|stabil\w*",
    # With a number after them they are bounds: "högst 5".
    _Way.FIRST: r"(?:högst|störst|längst|flest|högsta|största|längsta)(?!\s+(?:en|ett|\d))",
    _Way.LAST: r"(?:lägst|minst|kortast|lägsta|minsta|kortaste)(?!\s+(?:en|ett|\d))",
}
_CLAIMS = {way: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for way, words in _WORDS.items()}
_MOST_TOLD = 3


def unsupported(text: str, shown: Report) -> tuple[Claim, ...]:
    """The numbers and words of a text that the report, as it is without the text, does not carry.

    Numbers may be rounded by one decimal. Words of change need a signal in a chart of the matter
    that the sentence is of, words of rank the place first or last in a chart of bars.
    """
    evidence = Evidence.of(shown)
    doubtful: list[Claim] = []
    for sentence in sentences_of([text]):
        doubtful += _numbers(sentence, evidence)
        doubtful += _words(sentence, evidence)
    return tuple(doubtful)


def _numbers(sentence: str, evidence: Evidence) -> Iterator[Claim]:
    for written in written_in(sentence):
        value, decimals = number_of(written)
        near = [
            shown
            for shown, places in evidence.numbers
            if decimals >= places - 1
            and typography.number(shown, decimals) == typography.number(value, decimals)
        ]
        if not near:
            says = _say(evidence.about(sentence))
            yield Claim(written, sentence, f"Inget visat tal är {written}. {says}".strip())


def _words(sentence: str, evidence: Evidence) -> Iterator[Claim]:
    charts = evidence.about(sentence)
    for way, pattern in _CLAIMS.items():
        match = pattern.search(sentence)
        if match is None or _is_told(way, sentence, evidence):
            continue
        if way in (_Way.FIRST, _Way.LAST):
            bars = [chart for chart, _ in evidence.charts if isinstance(chart, BarChart)]
            rates = [_rates(chart) for chart in charts if isinstance(chart, FunnelChart)]
            if any(_ranks(way, sentence, chart) for chart in (*rates, *bars)):
                continue
            said = " ".join(map(_say_bars, [*rates, *bars][:_MOST_TOLD]))
            said = said or "Inget diagram visar vem som är först eller sist."
            yield Claim(match.group(), sentence, said)
            continue
        series = [chart for chart in charts if isinstance(chart, SeriesChart)]
        if not any(_moves(way, chart) for chart in series):
            said = _say(series) or "Inget diagram visar någon förändring av det."
            yield Claim(match.group(), sentence, said)


def _is_told(way: _Way, sentence: str, evidence: Evidence) -> bool:
    """Whether the report itself says such a thing of the same matter."""
    stems = stems_of(sentence)
    needed = min(2, len(stems))
    return any(
        _CLAIMS[way].search(own) and len(stems & stems_of(own)) >= needed
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


def _rates(chart: FunnelChart) -> BarChart:
    """The places of a funnel plot as bars, to see which is first and last."""
    frame = pd.DataFrame(
        {"name": chart.points["name"], "value": chart.points["rate"], "note": "", "kind": "place"}
    )
    return BarChart(chart.title, frame, chart.unit, 2, chart.alt)


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
