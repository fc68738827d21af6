"""What has happened since last: at most three places whose newest value is a signal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import reference
from metrics.spc.xmr import POINT_READINGS, PointType
from swedish import typography
from swedish.periods import period_name
from swedish.phrases import quantity
from views import sentences
from views.scoreboard import Row
from views.trend import Trend

MOST = 3
# In what order they are brought up.
_ORDER: tuple[PointType, ...] = (
    "special_cause_concern",
    "special_cause_neutral_high",
    "special_cause_neutral_low",
    "special_cause_improvement",
)


@dataclass(frozen=True)
class Event:
    """A place whose newest value is a signal; `also` are its other indicators with the same."""

    place: str
    trend: Trend
    also: tuple[str, ...] = ()

    @property
    def kind(self) -> PointType:
        """The reading of the newest value."""
        point = self.trend.judged
        return "common_cause" if point is None else point.point_type

    @property
    def headline(self) -> str:
        """`Försämring i Fyrbodal: genomsnitt 0,85 → 0,97 dagar`, for a title."""
        about, place = self.trend.indicator, self.place
        name = reference.place_name(reference.level_of(place), place)
        before, value = self.trend.previous, self.trend.value
        start = "" if before is None else f"{typography.number(before, about.decimals)} → "
        # Of what is counted the name says the unit.
        unit = about.unit if about.denominator else ""
        shown = "" if value is None else f"{start}{quantity(value, unit, about.decimals)}"
        when = "" if about.grain == "month" else f", {period_name(self.trend.period)}"
        word = POINT_READINGS[self.kind].word
        return f"{word} i {name}: {_inside(about.short)} {shown}{when}"

    @property
    def said(self) -> str:
        """What has happened, in a sentence or two."""
        about, value = self.trend.indicator, self.trend.value
        if value is None:
            return ""
        text = f"{about.name}. " + sentences.variation(self.trend.judged, value, about.decimals)
        if self.trend.chart.preliminary:
            text += " Gränserna är preliminära."
        if self.also:
            # A name may end with an abbreviation, whose dot is then the sentence's.
            text += f" Detsamma gäller {typography.enumerate_words(list(self.also)).rstrip('.')}."
        return text


@dataclass(frozen=True)
class Since:
    """The events, how many more there are, and how many series were looked through."""

    events: tuple[Event, ...]
    more: int
    looked: int

    @property
    def lead(self) -> Event | None:
        """What is said before anything else; None where nothing has happened."""
        return next(iter(self.events), None)

    @property
    def note(self) -> str:
        """What was looked through, and what that means."""
        if not self.looked:
            return "Ingen serie går att bedöma."
        series = typography.plural(self.looked, "serie", "serier")
        if not self.events:
            return (
                f"{series.capitalize()} genomsågs. Ingen av dem avviker mer än slumpen väntas ge "
                "bland så många."
            )
        rest = typography.plural(self.more, "plats till", "platser till")
        more = f" {rest} har en signal; se tabellen." if self.more else ""
        return f"{series.capitalize()} genomsågs.{more}"


def since_last(board: Sequence[Row], *, place: str) -> Since:
    """The events of the county and its areas, or of one area, in the period of the board.

    An indicator of another period than the others' has happened before, and is no event.
    """
    newest = {row.indicator.grain: row.period for row in board}
    shown = [
        (at, trend, at in row.told)
        for row in board
        for at, trend in row.trends.items()
        if place in (at, reference.COUNTY) and row.period == newest[row.indicator.grain]
    ]
    read = [one for one in shown if one[1].judged is not None]
    # Of signals that chance gives among so many, nothing has happened.
    signals = [Event(at, trend) for at, trend, told in read if told]
    merged = sorted(_merged(signals), key=lambda one: _ORDER.index(one.kind))
    return Since(tuple(merged[:MOST]), max(0, len(merged) - MOST), len(read))


def _merged(events: Iterable[Event]) -> list[Event]:
    """One event a place: its weightiest, and the names of those that read the same."""

    def weight(one: Event) -> int:
        return _ORDER.index(one.kind)

    merged = []
    by_place = sorted(events, key=lambda one: one.place)
    for place, several in groupby(by_place, key=lambda one: one.place):
        first, *rest = sorted(several, key=weight)
        same = tuple(_inside(one.trend.indicator.short) for one in rest if one.kind == first.kind)
        merged.append(Event(place, first.trend, same))
    return merged


def _inside(name: str) -> str:
    """A name as it stands within a sentence; what is written in capitals stays so."""
    return name if name[1:2].isupper() else f"{name[:1].lower()}{name[1:]}"
