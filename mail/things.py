"""What there is to tell of an area: each thing with a key of its own, so that it is told once."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import reference
from mail.declaration import Kind
from metrics import values
from metrics.datasets import datasets
from metrics.datasets.discharges import PAGE
from settings.declared import Settings
from sources import pull
from swedish.periods import month_name, period_name
from views import coverage, scoreboard
from views.agreed import approval, visible
from views.agreed.approval import ApprovalState
from views.coverage import DeliveryState
from views.news.since_last import since_last
from warehouse.state import remembered

# Periods that are told of when they wait for somebody's word.
_NEWEST = 3


@dataclass(frozen=True, kw_only=True)
class Thing:
    """Something to tell: `held` says why it is not told, in Swedish; empty where it is to be.

    `path` leads to the view, below the address of the pages. `file` is what goes with it.
    """

    key: str
    kind: Kind
    text: str
    path: str
    held: str = ""
    file: "Attached | None" = None


@dataclass(frozen=True, kw_only=True)
class Attached:
    """A hand-out that goes with a mail: how it is made, and what is told of it afterwards."""

    name: str
    report: str
    place: str
    period: str
    form: str


def missing(area: str, *, today: datetime.date, settings: Settings) -> Iterator[Thing]:
    """The deliveries of an area that were due and have not come; older ones have been told of."""
    for delivery, chosen in coverage.deliveries().items():
        table = coverage.coverage(delivery, today=today, settings=settings)
        if not table["state"].isin([DeliveryState.DELIVERED, DeliveryState.PARTIAL]).any():
            # What nobody has ever delivered is not late.
            continue
        known = delivery == chosen.dataset
        name = datasets()[chosen.dataset].name if known else chosen.short
        late = table[(table["state"] == DeliveryState.LATE) & (table["place"] == area)]
        for period, due in zip(late["period"], late["due"], strict=True):
            yield Thing(
                key=f"missing:{delivery}:{period}:{area}",
                kind="missing",
                text=f"{name} för {period_name(period)} har inte kommit från "
                f"{reference.place_name('area', area)}. De skulle ha kommit {_day(due)}.",
                path="data",
            )


def waiting() -> Iterator[Thing]:
    """The fetched files that wait for somebody to decide."""
    for arrival in pull.waiting():
        yield Thing(
            key=f"waiting:{arrival.sha256}",
            kind="waiting",
            text=f"Filen {arrival.name} från {arrival.source} väntar på beslut. {arrival.told}",
            path="data",
        )


def to_agree(area: str) -> Iterator[Thing]:
    """What waits to be reviewed in an area, or, in the county, to be established.

    Only of the newest periods: what lies further back is on the page.
    """
    waits = ApprovalState.REVIEWED if area == reference.COUNTY else ApprovalState.DELIVERED
    said = "granskad" if area == reference.COUNTY else "levererad"
    then = "fastställas" if area == reference.COUNTY else "granskas"
    for dataset in approval.agreed_on():
        for period in filter(approval.covers, values.periods(dataset)[-_NEWEST:]):
            for one in approval.standings(dataset=dataset, period=period):
                if one.state is waits and area in (one.about.area, reference.COUNTY):
                    yield Thing(
                        key=f"{then}:{dataset}:{period}:{one.about.area}:{one.fingerprint}",
                        kind="waiting",
                        text=f"{datasets()[dataset].name}, {period_name(period)}, "
                        f"{reference.place_name('area', one.about.area)}: {said}, "
                        f"väntar på att {then}.",
                        path="granskning",
                    )


def signals(area: str) -> Iterator[Thing]:
    """What is new in the last month, by the rule that a page tells it by.

    A signal that chance gives among so many series is held back, and so it is said.
    """
    known = visible.periods_by_indicator().get(PAGE.told_by, ())
    if not known:
        return
    board = _board(known[-1])
    told = since_last(board, place=area)
    for event in told.events:
        if event.place != area:
            continue
        about = event.trend
        asked = urlencode({"omrade": area, "period": known[-1]})
        yield Thing(
            key=f"signal:{about.indicator.key}:{area}:{about.period}:{event.kind}",
            kind="signals",
            text=f"{_place(area)}, {period_name(about.period)}. {event.said}",
            path=f"manadsuppfoljning?{asked}",
        )
    for row in board:
        trend = row.trends.get(area)
        point = trend.judged if trend else None
        if trend and point and point.point_type != "common_cause" and area not in row.told:
            yield Thing(
                key=f"signal:{row.indicator.key}:{area}:{row.period}:{point.point_type}",
                kind="signals",
                text=f"{row.indicator.name}, {_place(area)}, {period_name(row.period)}.",
                path="",
                held="kan vara slump bland så många serier",
            )


# Every recipient asks for the same, and each day until something is published.
@remembered(2)
def _board(period: str) -> Sequence[scoreboard.Row]:
    return scoreboard.board(period=period)


def _place(area: str) -> str:
    return reference.place_name(reference.level_of(area), area)


def _day(day: datetime.date) -> str:
    return f"senast den {day.day} {month_name(f'{day:%Y-%m}')}"


def of_area(area: str, *, today: datetime.date, settings: Settings) -> Sequence[Thing]:
    """What there is to tell of an area or the county; what waits is of none."""
    late = () if area == reference.COUNTY else missing(area, today=today, settings=settings)
    return (*late, *to_agree(area), *signals(area))
