"""The points of a briefing's summary: always the same questions, each answered with its period.

The state, what Översikt leads with, what has changed and what has not of all that was looked
through, who is over the liability limit, which municipalities deviate, and what funds are not used.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import reference
from metrics.catalogue import Indicator
from metrics.datasets.discharges import KEY
from metrics.due import due
from metrics.indicator import WHOLE
from reports.content import discharges, funds, funnel, liability
from reports.content.basis import View
from settings import settings
from swedish import typography
from swedish.periods import period_name
from swedish.phrases import in_period, joined, quantity, span
from views import coverage, scoreboard, summary
from views.deviations import page
from views.news.since_last import since_last
from views.trend import Trend
from warehouse.state import remembered


@dataclass(frozen=True)
class Looked:
    """The measures of a place that were looked through, by what their last value says.

    What may be chance among all that the board has is no sure change: it is `steady`.
    """

    worse: tuple[Trend, ...]
    better: tuple[Trend, ...]
    other: tuple[Trend, ...]
    steady: tuple[Trend, ...]
    unjudged: tuple[Trend, ...]

    @property
    def count(self) -> int:
        """How many were looked through."""
        parts = (self.worse, self.better, self.other, self.steady, self.unjudged)
        return sum(map(len, parts))


# Summary, proposal and what is unsure ask for the same.
@remembered(4)
def looked_through(chosen: View) -> Looked:
    """Every measure that the place has a value of in the last period that had ended."""
    board = scoreboard.kept_board(period=chosen.period, part=WHOLE)
    place = chosen.place
    own = [(row.trends[place], place in row.told) for row in board if place in row.trends]
    shown = [(one, told) for one, told in own if one.value is not None]

    def of(*kinds: str) -> tuple[Trend, ...]:
        return tuple(
            one for one, told in shown if told and one.judged and one.judged.point_type in kinds
        )

    return Looked(
        worse=of("special_cause_concern"),
        better=of("special_cause_improvement"),
        other=of("special_cause_neutral_high", "special_cause_neutral_low"),
        steady=tuple(one for one, told in shown if one.judged and not told),
        unjudged=tuple(one for one, _ in shown if one.judged is None),
    )


def points(chosen: View, quarter: View | None) -> tuple[str, ...]:
    """The points, in the order of the questions; `quarter` is the last one with deviations."""
    looked, known = looked_through(chosen), discharges.known()
    all_points = [
        _state(chosen) if known else "",
        _elsewhere(chosen),
        _changed(looked, chosen),
        _steady(looked),
        liability.finding(chosen) if known else "",
        joined(
            page.quarter(place=chosen.place, quarter=quarter.period).finding.split(". ")[0] + ".",
            funnel.finding(quarter),
        )
        if quarter
        else "",
        joined(*(funds.unspent(view) for view in funds.views(chosen))),
        _late(chosen) if known else "",
    ]
    return tuple(one for one in all_points if one)


def _state(chosen: View) -> str:
    shown = discharges.month(chosen)
    mean, same_day = shown.mean, shown.trends["same_day_share"]
    if mean.value is None:
        return f"{chosen.place_name} har inget genomsnitt att visa {in_period(chosen.period)}."
    about, point = mean.indicator, mean.judged
    value = quantity(mean.value, about.unit, about.decimals)
    usual = ""
    if point is not None and point.upper > point.lower:
        usual = f" Det vanliga är {span(max(point.lower, 0.0), point.upper, about.decimals)}."
    share = ""
    if same_day.value is not None:
        share = f" {quantity(same_day.value, 'procent', 1)} skrevs ut samma dag."
    return (
        f"Läget {in_period(chosen.period)}: {value} i genomsnitt som utskrivningsklar."
        f"{usual}{share} {mean.completeness}".rstrip()
    )


def _elsewhere(chosen: View) -> str:
    """What Översikt leads with where it is not of the place itself, whose own changes are told."""
    board = scoreboard.kept_board(period=chosen.period, part=WHOLE)
    lead = since_last(board, place=chosen.place).lead
    return f"{lead.headline}." if lead and lead.place != chosen.place else ""


def _changed(looked: Looked, chosen: View) -> str:
    told = [
        f"{word}: {listed(those, chosen, with_values=True)}."
        for word, those in (
            ("Försämring utöver slumpen", looked.worse),
            ("Förbättring utöver slumpen", looked.better),
            ("Ovanligt högt eller lågt", looked.other),
        )
        if those
    ]
    return joined(*told)


def _steady(looked: Looked) -> str:
    """How many have not changed, of all that was looked through, and how many have no verdict."""
    if not looked.count:
        return ""
    many = looked.count > 1
    gone_through = f"{looked.count} mått är {'genomgångna' if many else 'genomgånget'}"
    if len(looked.unjudged) == looked.count:
        return f"{gone_through}; {'inget av dem kan' if many else 'det kan inte'} bedömas."
    rest = f"; {len(looked.unjudged)} kan inte bedömas" if looked.unjudged else ""
    return f"{gone_through}; {len(looked.steady) or 'inget'} har ingen säker förändring{rest}."


def named(chosen: View) -> tuple[str, ...]:
    """Which measures were looked through that have no sure change, and which have no verdict."""
    looked = looked_through(chosen)
    told = (("Ingen säker förändring", looked.steady), ("Kan inte bedömas", looked.unjudged))
    return tuple(f"{what}: {listed(those, chosen)}." for what, those in told if those)


def listed(those: Sequence[Trend], chosen: View, *, with_values: bool = False) -> str:
    """The measures by name, those of another period than the report's with it after them."""
    told = []
    for period in dict.fromkeys(one.period for one in those):
        names = [
            _name(one.indicator) + (_value(one) if with_values else "")
            for one in those
            if one.period == period
        ]
        when = ""
        if period != chosen.period:
            when = f" {in_period(period)}" if with_values else f" ({period_name(period)})"
        told.append(f"{typography.enumerate_words(names)}{when}")
    return "; ".join(told)


def _name(about: Indicator) -> str:
    return about.name[:1].lower() + about.name[1:]


def _value(one: Trend) -> str:
    about = one.indicator
    return f" ({quantity(one.value or 0.0, about.unit, about.decimals)})"


def _late(chosen: View) -> str:
    """Which months before the report's had not come though they were due when it ended."""
    ended = due(chosen.period, settings=settings())
    today = min(chosen.made.date(), ended)
    late = coverage.late(KEY, place=chosen.place, today=today, settings=settings())
    missing = summary.not_reported(**chosen.where)
    own = ""
    if not missing.empty:
        where = missing["missing"] if chosen.place != reference.COUNTY else missing["area"]
        own = (
            f"Rapporter saknas eller är ofullständiga för {chosen.when}: "
            f"{typography.enumerate_words(list(where))}."
        )
    return joined(own, late)
