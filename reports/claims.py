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
    MOVED = "moved"
    STEADY = "steady"
    FIRST = "first"
    LAST = "last"
    OUTERMOST = "outermost"


_WORDS: Mapping[_Way, str] = {
    _Way.BETTER: r"förbättr\w*|bättre|snabbare|rätt (?:håll|riktning)|positiv(?:t|a)?",
    _Way.WORSE: r"försämr\w*|sämre|långsammare|fel (?:håll|riktning)|negativ(?:t|a)?|oroande",
    _Way.UP: r"ök(?:at|ar|ade|ning\w*|a)|stig(?:er|it)|steg|fler|högre|längre|växer|växt|växande"
    r"|dubbelt|fördubbl\w*|dubbl(?:at|erat)\w*|tredubbl\w*|tillta(?:g|r)\w*|uppåt\w*|uppgång\w*"
    r"|(?:gå|går|gått|gick) upp|rus(?:at|ar|ade)|i höjden",
    _Way.DOWN: r"minsk\w*|sjunk\w*|sjönk|färre|lägre|kortare|kortats|halver\w*|hälften"
    r"|avta(?:g|r)\w*|nedåt\w*|nedgång\w*|(?:gå|går|gått|gick) (?:ner|ned)|fall(?:er|it)|föll"
    r"|krymp\w*|reducer\w*|rasat",
    _Way.MOVED: r"vänt|rekord\w*",
    _Way.STEADY: r"oförändra\w*|stabil\w*",
    # With a number after them they are bounds: "högst 5".
    _Way.FIRST: r"(?:högst|störst|längst|flest|toppar|högsta|största|längsta)(?!\s+(?:en|ett|\d))",
    _Way.LAST: r"(?:lägst|minst|kortast|lägsta|minsta|kortaste)(?!\s+(?:en|ett|\d))",
    _Way.OUTERMOST: r"bäst\w*|sämst\w*|värst\w*",
}
_CLAIMS = {way: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for way, words in _WORDS.items()}
_RANKS = (_Way.FIRST, _Way.LAST, _Way.OUTERMOST)
# What is wished for, asked or supposed is no claim; what "har" stands before is one all the same.
_WISHED = re.compile(
    r"\b(?:vill|bör|ska|skall|behöver|måste|målet|önskar|hoppas|för att|om|ifall)\b", re.IGNORECASE
)
_DONE = re.compile(r"\b(?:har|hade)(?: \w+)?\s*$", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:inte|inget|ingen|inga|knappast|varken)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(?:drygt|knappt|cirka|ca|omkring|runt|ungefär|nästan|över|under|än)\s*$", re.IGNORECASE
)
_SCALES = ((re.compile(r"\s*(?:miljon|mnkr|mkr)", re.IGNORECASE), 1e6),
           (re.compile(r"\s*(?:tusen|tkr)", re.IGNORECASE), 1e3))  # fmt: skip
_NEARLY = 0.05
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
    known = evidence.numbers_of(sentence)
    for written in written_in(sentence):
        if not any(_is_near(written, sentence, *shown) for shown in known):
            says = _say(evidence.about(sentence))
            yield Claim(written, sentence, f"Inget visat tal är {written}. {says}".strip())


def _is_near(written: str, sentence: str, shown: float, places: int) -> bool:
    """Whether a number is what is shown, rounded by one decimal at most or in a larger unit."""
    value, decimals = number_of(written)
    before, _, after = sentence.partition(written)
    scale = next((size for unit, size in _SCALES if unit.match(after)), 1.0)
    if _ABOUT.search(before):
        return abs(shown / scale - value) <= _NEARLY * abs(value)
    rounded = typography.number(shown / scale, decimals) == typography.number(value, decimals)
    return rounded and (scale > 1 or decimals >= places - 1)


def _words(sentence: str, evidence: Evidence) -> Iterator[Claim]:
    charts = evidence.about(sentence)
    series = [chart for chart in charts if isinstance(chart, SeriesChart)]
    for way, pattern in _CLAIMS.items():
        match = pattern.search(sentence)
        if match is None:
            continue
        if way in _RANKS:
            if not _is_told(way, sentence, evidence):
                yield from _ranked(way, match.group(), sentence, evidence)
            continue
        before = sentence[: match.start()]
        if sentence.endswith("?") or (_WISHED.search(before) and not _DONE.search(before)):
            continue
        if _DENIED.search(before):
            is_so = not any(_moves(way, chart) for chart in series)
        else:
            is_so = _is_told(way, sentence, evidence) or any(_moves(way, one) for one in series)
        if not is_so:
            said = _say(series) or "Inget diagram visar någon förändring av det."
            yield Claim(match.group(), sentence, said)


def _ranked(way: _Way, quote: str, sentence: str, evidence: Evidence) -> Iterator[Claim]:
    bars = [chart for chart, _ in evidence.charts if isinstance(chart, BarChart)]
    about = evidence.about(sentence)
    rates = [_rates(chart) for chart in about if isinstance(chart, FunnelChart)]
    if not any(_ranks(way, sentence, chart) for chart in (*rates, *bars)):
        said = " ".join(map(_say_bars, [*rates, *bars][:_MOST_TOLD]))
        yield Claim(quote, sentence, said or "Inget diagram visar vem som är först eller sist.")


def _is_told(way: _Way, sentence: str, evidence: Evidence) -> bool:
    """Whether the report itself says such a thing of the same matter, or of the same place."""
    stems = stems_of(sentence)
    named = set(evidence.named_in(sentence)) if way in _RANKS else set()
    needed = 1 if named else min(2, len(stems))
    return any(
        _CLAIMS[way].search(own)
        and len(stems & stems_of(own)) >= needed
        and named <= set(evidence.named_in(own))
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
        case _Way.MOVED:
            return signal
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
    high, low = known["value"].max(), known["value"].min()
    ends = {_Way.FIRST: [high], _Way.LAST: [low]}.get(way, [high, low])
    names = [str(name) for name in known.loc[known["value"].isin(ends), "name"]]
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
