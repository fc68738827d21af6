"""One indicator of one place over time, with its XmR chart and what the period in view says."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property

import pandas as pd

import reference
from metrics import values
from metrics.breaks import compares_across
from metrics.catalogue import Indicator, indicator
from metrics.spc.control import UNREAD, WHICH
from metrics.spc.judging import judged, reading_of
from metrics.spc.xmr import ASSURANCE_READINGS, Assurance, Point, PointType, Reading, Xmr
from metrics.values import Value
from reference import Event
from swedish import phrases, typography
from swedish.periods import periods_between, previous_period
from views import events, sentences
from warehouse.journal.new_limits import NewLimits

_NUMBERS = ("value", "mean", "lower", "upper")


@dataclass(frozen=True)
class Step:
    """One period of a trend: its value, how whole it is, and the limits it is read against.

    `mean`, `lower` and `upper` are NaN without limits, `point_type` None without value or limits.
    `starts`: new limits begin here.
    """

    period: str
    value: float | None = None
    status: str = "missing"
    reported: int = 0
    expected: int = 0
    mean: float = math.nan
    lower: float = math.nan
    upper: float = math.nan
    point_type: PointType | None = None
    starts: bool = False


_NOTHING = Step("")


@dataclass(frozen=True)
class Trend:
    """One indicator of one place, period by period up to the one in view, with its control chart.

    There is a step for every period from the first known value. `unknown` is why the period has no
    step there. `rebased` are the new limits that users have started, `broken` the breaks in it.
    `chance` is how likely chance alone is to give so strong a signal at the last value, 1 where it
    is none.
    """

    indicator: Indicator
    place_name: str
    period: str
    steps: Sequence[Step]
    chart: Xmr
    unknown: str = "missing"
    rebased: tuple[NewLimits, ...] = ()
    broken: tuple[Event, ...] = ()
    chance: float = 1.0

    @cached_property
    def points(self) -> pd.DataFrame:
        """The steps as a frame with their fields as columns and `preliminary`; NaN for no value."""
        columns = [field.name for field in fields(Step)]
        table = pd.DataFrame([vars(step) for step in self.steps], columns=columns)
        kinds = [step.point_type for step in self.steps]
        return table.astype(dict.fromkeys(_NUMBERS, "float64")).assign(
            # As objects: text columns would turn None into NaN.
            point_type=pd.Series(kinds, index=table.index, dtype=object),
            preliminary=self.chart.preliminary,
        )

    @property
    def value(self) -> float | None:
        """The period's value, None where there is none."""
        return self._at(self.period)

    @property
    def previous(self) -> float | None:
        """The value of the period before, None where there is none."""
        return self._at(previous_period(self.period))

    @property
    def change(self) -> float | None:
        """What the period's value adds to that of the one before, None unless both are whole and of
        one side of every break."""
        earlier = previous_period(self.period)
        if any(compares_across(event, earlier, self.period) for event in self.broken):
            return None
        before = self._step(earlier) or _NOTHING
        if self.value is None or before.value is None or {self.status, before.status} != {"ok"}:
            return None
        return self.value - before.value

    @property
    def status(self) -> str:
        """ok, partial, confidential or missing."""
        step = self._step(self.period)
        return self.unknown if step is None else step.status

    @property
    def point(self) -> Point | None:
        """The period's reading in the chart, None where it has no whole value to be read."""
        return self.chart.last if self.value is not None and self.status == "ok" else None

    @property
    def judged(self) -> Point | None:
        """The period's reading where there are limits to read it against, else None."""
        point = self.point
        return None if point is None or math.isnan(point.upper) else point

    @property
    def assurance(self) -> Assurance | None:
        """Whether values to come keep to the target; None where the period itself is a signal.

        What is changing says nothing of what is to come.
        """
        point = self.judged
        return self.chart.assurance if point and point.special_cause == "Common Cause" else None

    @property
    def assurance_reading(self) -> Reading:
        """The target in words; raises KeyError without `assurance`."""
        words = self.indicator.target_words
        said = {"consistent_pass": words.kept, "consistent_fail": words.broken}
        if self.assurance is None:
            raise KeyError(self.period)
        plain = ASSURANCE_READINGS[self.assurance]
        return Reading(said.get(self.assurance, plain.word), plain.icon)

    @property
    def finding(self) -> str:
        """What the period says, in a few sentences."""
        step = self._step(self.period) or _NOTHING
        return sentences.period_finding(
            place_name=self.place_name,
            period=self.period,
            value=self.value,
            unit=self.indicator.unit,
            decimals=self.indicator.decimals,
            previous=self.previous,
            target=self.indicator.target,
            point=self.point,
            target_name=self.indicator.target_words.name,
            expectation=sentences.expectation(
                self.assurance,
                target_name=self.indicator.target_words.name,
                lower_is_better=self.indicator.direction == "lower",
            ),
            kind=self.chart.kind,
            preliminary=self.chart.preliminary,
            reported=step.reported,
            expected=step.expected,
            ripens=self.indicator.ripens,
            status=self.status,
        )

    @property
    def which_chart(self) -> str:
        """Which control chart it is, and why; empty with too few values for one."""
        last = self.chart.last
        few = last is None or (math.isnan(last.upper) and self.chart.kind not in UNREAD)
        return "" if few else WHICH[self.chart.kind]

    @property
    def completeness(self) -> str:
        """`Ofullständigt underlag: 4 av 5 kommuner har rapporterat.`; empty where it is whole."""
        step = self._step(self.period)
        if step is None or step.reported >= step.expected:
            return ""
        return f"Ofullständigt underlag: {phrases.reported_of(step.reported, step.expected)}."

    @property
    def alt(self) -> str:
        """The chart in words, for those who do not see it."""
        return sentences.line_alt(
            name=self.indicator.name,
            place_name=self.place_name,
            points=[(step.period, step.value) for step in self.steps],
            unit=self.indicator.unit,
            decimals=self.indicator.decimals,
            finding=self.finding,
            hidden=sum(step.status == "confidential" for step in self.steps),
            partial=[step.period for step in self.steps if step.status == "partial"],
            broken=[events.break_sentence(event) for event in self.broken],
        )

    def _step(self, period: str) -> Step | None:
        return next((step for step in reversed(self.steps) if step.period == period), None)

    def _at(self, period: str) -> float | None:
        return (self._step(period) or _NOTHING).value


def trend(key: str, *, place: str, period: str, part: str = "alla") -> Trend:
    """The series of the indicator `key` for the county, an area or a municipality to `period`."""
    level = reference.level_of(place)
    observed = values.values(indicator=key, level=level, place=place, part=part, end=period)
    return _of(
        indicator(key), name=reference.place_name(level, place), period=period, observed=observed
    )


def trends(keys: Sequence[str], *, place: str, period: str, part: str = "alla") -> dict[str, Trend]:
    """The series of several indicators for one place, by indicator key."""
    return {key: trend(key, place=place, period=period, part=part) for key in keys}


def area_trends(key: str, *, period: str, part: str = "alla") -> dict[str, Trend]:
    """The series of an indicator for each of the areas, by area key in the areas' own order."""
    by_area = level_trends(key, level="area", period=period, part=part)
    return {area.key: by_area[area.key] for area in reference.areas()}


def level_trends(key: str, *, level: str, period: str, part: str = "alla") -> dict[str, Trend]:
    """The series of an indicator for every place of a level, in the places' own order.

    A place that has no value has an empty series.
    """
    observed = values.by_place(indicator=key, level=level, part=part, end=period)
    chosen = indicator(key)
    order = reference.place_order()
    return {
        place: _of(
            chosen,
            name=reference.place_name(level, place),
            period=period,
            observed=observed.get(place, ()),
        )
        for at, place in sorted(order, key=lambda item: order[item])
        if at == level
    }


def target_text(chosen: Indicator) -> str:
    """The target as it was set, `3,0`: it does not get the decimals of the values it judges."""
    if chosen.target is None:
        return typography.NO_VALUE
    return phrases.target_text(chosen.target, chosen.decimals)


def target_label(chosen: Indicator) -> str:
    """What the target is called and what it is, `Mål 3,0`; empty without one."""
    if chosen.target is None:
        return ""
    return f"{chosen.target_words.label} {target_text(chosen)}"


def _of(chosen: Indicator, *, name: str, period: str, observed: Sequence[Value]) -> Trend:
    """The trend of a place's values, oldest first, with the place's name."""
    read = judged(chosen, observed)
    own = {one.period: one for one in observed}
    points = {one.period: read.chart.point(at) for at, one in enumerate(read.known)}
    begun = {read.known[at - 1].period for at in read.starts}
    steps: list[Step] = []
    drawn = [one.period for one in observed if one.value is not None]
    for at in periods_between(drawn[0], period) if drawn else ():
        step = _step(at, own.get(at), points.get(at), steps[-1] if steps else _NOTHING)
        steps.append(replace(step, starts=True) if at in begun else step)
    return Trend(
        chosen,
        name,
        period,
        steps,
        read.chart,
        unknown=own[period].status if period in own else "missing",
        rebased=read.rebased,
        broken=read.broken,
        chance=read.chance,
    )


def _step(period: str, observed: Value | None, point: Point | None, before: Step) -> Step:
    """A period's step; one without a value has the limits of the step before it."""
    limits = before if point is None else point
    return Step(
        period,
        value=None if observed is None else observed.value,
        status="missing" if observed is None else observed.status,
        reported=0 if observed is None else observed.reported,
        expected=0 if observed is None else observed.expected,
        mean=limits.mean,
        lower=limits.lower,
        upper=limits.upper,
        point_type=None if point is None else reading_of(point),
    )
