"""Every indicator for the county and its areas, side by side, each with its reading."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import reference
from metrics import values
from metrics.catalogue import Indicator, indicators
from metrics.datasets import datasets
from metrics.disclosure.scope import nearest
from metrics.indicator import CARE_FORM, PLACES, WHOLE
from metrics.spc.chance import BY_CHANCE
from metrics.statistics.many import FALSE_SHARE, discoveries
from swedish import typography
from swedish.periods import GRAINS, grain_of, months_of
from views.agreed import visible
from views.trend import Trend, level_trends
from warehouse.state import remembered

_LEVELS = ("county", "area")


@dataclass(frozen=True)
class Row:
    """An indicator in a period, and its trend up to there for each place, by key.

    `told` are the places whose signals are too strong to be chance among all that the board has.
    """

    indicator: Indicator
    period: str
    trends: Mapping[str, Trend]
    told: frozenset[str] = frozenset()


NOTE = (
    "Tecken och ord visar signaler. Inom parentes står en signal som serien har för sig, men som "
    "kan vara slump bland så många. Ett värde utan ord har varierat som slumpen gör, eller har "
    "för få värden bakom sig för att bedömas."
)
"""How to read the words of a board."""


def chance_note(rows: Sequence[Row]) -> str:
    """What chance alone would give among the series of a board; empty where none is judged."""
    looked = len(_judged(rows))
    return by_chance(looked) if looked else ""


def by_chance(looked: int) -> str:
    """What chance alone would give among so many series, and what is done about it."""
    most = BY_CHANCE * looked
    expected = typography.number(most, 0) if most >= 1 else "färre än en"
    share = typography.number(100 * FALSE_SHARE, 0)
    return (
        f"Av slump väntas {expected} av {looked} bedömda serier ha en signal. Därför nämns bara de "
        f"som är starkare än så: högst {share}\u00a0procent av dem väntas vara slump."
    )


def _judged(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """The series that can be judged, by indicator and place."""
    return [
        (row.indicator.key, place)
        for row in rows
        for place, one in row.trends.items()
        if one.judged is not None
    ]


def _told(rows: Sequence[Row]) -> list[Row]:
    """The rows with the signals that remain among all that they hold."""
    judged = _judged(rows)
    chances = {
        (row.indicator.key, place): one.chance
        for row in rows
        for place, one in row.trends.items()
        if one.judged is not None and one.judged.point_type != "common_cause"
    }
    told = discoveries(chances, among=len(judged))
    return [
        replace(row, told=frozenset(at for key, at in told if key == row.indicator.key))
        for row in rows
    ]


def places() -> list[str]:
    """The county's key and the areas' keys, in the order of columns."""
    ordered = sorted(reference.areas(), key=lambda area: area.sort)
    return [reference.COUNTY, *(area.key for area in ordered)]


def board(*, period: str, part: str = "alla") -> list[Row]:
    """A row for each indicator that areas have, as it stood in the month `period`.

    Quarters and years are the last that had ended then; what has no form of care is shown for all.
    """
    shown = latest(period)
    forms = {dataset: form_of(dataset, part) for dataset in {one.dataset for one, _ in shown}}
    rows = [
        Row(
            chosen,
            when,
            _trends(chosen, when, nearest(chosen, "area", forms[chosen.dataset])),
        )
        for chosen, when in shown
    ]
    return _told(rows)


# Översikt, each area's on it and the summaries of all briefings are made of the same.
@remembered(24)
def kept_board(*, period: str, part: str) -> list[Row]:
    """As `board`, worked out once for all who ask."""
    return board(period=period, part=part)


def latest(month: str) -> list[tuple[Indicator, str]]:
    """Each indicator that areas have, with the last of its periods that had ended with a month."""
    known = visible.periods_by_indicator()
    return [
        (chosen, when)
        for chosen in indicators().values()
        if "area" in chosen.levels
        and (when := last_period(known.get(chosen.key, []), month=month)) is not None
        # A month that is shown of one dataset may not be established of another.
        and not visible.hidden(chosen.key, when)
    ]


def leading() -> Indicator:
    """What the board is headed by: the first of what is delivered, by the finest periods.

    Where nothing has come, the first of all, the mean of discharges.
    """
    known = visible.periods_by_indicator()
    possible = [
        one
        for one in indicators().values()
        if {*PLACES[:3]} <= {*one.levels} and datasets()[one.dataset].writing
    ]
    filled = [one for one in possible if one.key in known] or possible
    return min(filled, key=lambda one: [*GRAINS].index(one.grain))


def months() -> list[str]:
    """The months that the board can show, oldest first: those that what it is headed by ends in."""
    return sorted({months_of(one)[1] for one in visible.periods(leading().dataset)})


def form_asked(chosen: Indicator, part: str) -> str:
    """The form of care, of an indicator that is told apart by it; else all of them together."""
    return part if CARE_FORM in datasets()[chosen.dataset].dimensions else WHOLE


def form_of(dataset: str, part: str) -> str:
    """The form of care itself where the dataset has it, else all of them together."""
    return part if part in values.care_forms(dataset) else "alla"


def last_period(known: Sequence[str], *, month: str) -> str | None:
    """The last of the periods, oldest first, that had ended with `month`; None before the first.

    Of months it is `month` itself, with or without values.
    """
    if known and grain_of(known[0]) == "month":
        return month
    return max((at for at in known if months_of(at)[1] <= month), default=None)


def _trends(chosen: Indicator, period: str, part: str) -> dict[str, Trend]:
    trends: dict[str, Trend] = {}
    for level in _LEVELS:
        if level in chosen.levels:
            trends |= level_trends(chosen.key, level=level, period=period, part=part)
    return trends
