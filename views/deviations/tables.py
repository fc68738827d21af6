"""What the page about deviations shows, made ready: cards, processes, ways and the funnel.

Everything is made from frames of finished values; a value that is not known is NaN, and `status`
(ok, partial, confidential, missing) says why.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import pandas as pd

import reference
from metrics.breaks import breaks, compares_across
from metrics.datasets.deviations import KEY
from metrics.datasets.deviations.ways import TOTAL, Way, in_order, sums
from swedish import typography
from swedish.periods import period_name, previous_period
from swedish.phrases import joined, known
from views.cards import Card
from views.deviations import sentences as said
from views.sentences import RIPENS

_MOST_QUARTERS = 8
# Quarters and a share of each, in procent.
Shares: TypeAlias = tuple[tuple[str, float], ...]


@dataclass(frozen=True, kw_only=True)
class Quarter:
    """A place's quarter in numbers, each None where it is not known.

    `due` are the cases that are to be counted among those answered in time or not, `in_time` those
    of them answered within two months; `still_open` are not closed; `median_days` is from
    registration until half are answered. `open_before` and `in_time_before` are shares of earlier
    quarters, newest first, at the age that the quarter's own has, and `open_at_end` is its own of
    those open on its last day. `covers` names the areas that the figures cover, and `hidden` those
    of the other names whose number is not shown.
    """

    place: str
    place_name: str
    quarter: str
    registered: float | None
    previous: float | None
    in_time: float | None
    due: float | None
    still_open: float | None
    median_days: float | None
    open_at_end: float | None = None
    open_before: Shares = ()
    in_time_before: Shares = ()
    partial: bool = False
    covers: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()

    @property
    def finding(self) -> str:
        """What the quarter says, in a few sentences."""
        return joined(
            said.registered(
                place_name=self.place_name,
                quarter=self.quarter,
                count=self.registered,
                previous=self.previous,
                breaks=breaks(KEY, place=self.place),
                hidden="registered" in self.hidden,
            ),
            self.coverage,
        )

    @property
    def coverage(self) -> str:
        """What the figures cover, where that is not everything; else empty."""
        return said.covered(self.covers, of=len(reference.areas()), partial=self.partial)

    @property
    def answers(self) -> str:
        """How the cases of the quarter have been answered, and how many are open."""
        return joined(self.answered, self.waiting)

    @property
    def answered(self) -> str:
        """How the cases of the quarter have been answered, in a few sentences."""
        return joined(
            said.HIDDEN_ANSWERS
            if "due" in self.hidden
            else said.answered(count=self.in_time, due=self.due),
            said.at_same_age(self.in_time_before) if self.due else "",
            said.time_to_answer(self.median_days),
        )

    @property
    def waiting(self) -> str:
        """How many of the cases of the quarter are open, and were when it ended; empty where it is
        not known."""
        return joined(
            said.still_open(self.still_open),
            RIPENS if known(self.still_open) and self.still_open else "",
            said.open_at_end(self.open_at_end, before=self.open_before),
        )

    @property
    def cards(self) -> tuple[Card, ...]:
        """The quarter as cards."""
        before = period_name(previous_period(self.quarter))
        share = 100 * self.in_time / self.due if known(self.in_time) and self.due else None
        share_note = (
            f"{typography.number(self.in_time, 0)} av {typography.number(self.due, 0)} ärenden"
            if known(share)
            else ""
        )
        earlier = self._or_hidden("previous", typography.number(self.previous, 0))
        return (
            Card(
                "Registrerade",
                self._own("registered", typography.number(self.registered, 0)),
                note=f"{earlier} {before}" if earlier != typography.NO_VALUE else "",
            ),
            Card(
                "Besvarade inom två månader",
                self._own("due", typography.number(share, 1)),
                "%" if known(share) else "",
                self._note("due", share_note),
            ),
            Card(
                "Öppna",
                self._own("still_open", typography.number(self.still_open, 0)),
                note=self._note("still_open", self._ripe("ännu inte avslutade")),
            ),
            Card(
                "Mediantid till svar",
                self._own("median_days", typography.number(self.median_days, 1)),
                "dagar" if known(self.median_days) else "",
                self._note("median_days", "tills hälften är besvarade")
                if known(self.median_days) or not known(self.still_open)
                else "hälften är inte besvarade än",
            ),
        )

    def _ripe(self, note: str) -> str:
        """The note of a number that goes on changing until every case is closed."""
        return note if self.still_open == 0 else f"{note}, preliminärt"

    def _own(self, name: str, shown: str) -> str:
        """A number of the quarter, marked where only a part of the quarter is covered."""
        whole = not self.partial or name in self.hidden or shown == typography.NO_VALUE
        return self._or_hidden(name, shown) + ("" if whole else "*")

    def _or_hidden(self, name: str, shown: str) -> str:
        return ".." if name in self.hidden else shown

    def _note(self, name: str, shown: str) -> str:
        """What a number is, or why there is none."""
        if name in self.hidden:
            return said.TOO_FEW
        return shown if known(getattr(self, name)) else "uppgift saknas"


@dataclass(frozen=True)
class Processes:
    """Counts by process over the quarters up to the one in view, with the breaks among them.

    `counts`, the process with most cases in the quarter first: `process`, `period`, `value`,
    `status`. `breaks`: `period`, the first in the new way, and `text`.
    """

    counts: pd.DataFrame
    quarters: list[str]
    breaks: pd.DataFrame
    finding: str
    alt: str

    @property
    def table(self) -> pd.DataFrame:
        """A row a process, a column a quarter, and for each `<quarter>_status`."""
        shape = {"index": "process", "columns": "period"}
        order = list(dict.fromkeys(self.counts["process"]))
        numbers = self.counts.pivot(**shape, values="value")
        statuses = self.counts.pivot(**shape, values="status").fillna("missing")
        wide = numbers.join(statuses.add_suffix("_status")).reindex(order)
        return wide.rename_axis(columns=None).reset_index()


@dataclass(frozen=True)
class Ways:
    """From whom to whom: senders by receivers, with sums where all is known."""

    place: str
    grid: pd.DataFrame
    statuses: pd.DataFrame
    finding: str

    @property
    def empty(self) -> bool:
        """Whether no way is known."""
        return len(self.grid) < 2

    @property
    def protected(self) -> bool:
        """Whether nothing of it is shown: it names nobody either."""
        return bool((self.statuses == "confidential").all(axis=None))

    @property
    def key(self) -> str:
        """How to read the names."""
        return said.COUNTY_WAYS_KEY if self.place == reference.COUNTY else said.AREA_WAYS_KEY


def processes(rows: pd.DataFrame, *, place: str, quarter: str) -> Processes:
    """The processes of a place; `rows`: `process`, `period`, `value` and `status`."""
    past = rows[rows["period"] <= quarter]
    quarters = sorted(past["period"].unique())[-_MOST_QUARTERS:]
    shown = past[past["period"].isin(quarters)]
    latest = shown[shown["period"] == quarter].set_index("process")
    now = latest["value"]
    order = _by_size([(name, now.get(name, math.nan)) for name in shown["process"].unique()])
    places = {name: place for place, name in enumerate(order)}
    counts = shown.assign(_place=shown["process"].map(places)).sort_values(["_place", "period"])
    marked = _breaks_among(quarters, place)
    finding = said.largest(_pairs(now), of=float(now.sum()) if now.notna().all() else None)
    told = [f"{name}: {_counted(now.get(name), latest['status'].get(name))}" for name in order]
    alt = joined(
        f"Staplar för varje process och kvartal, {len(quarters)} kvartal till och med "
        f"{period_name(quarter)}.",
        f"{'; '.join(told)}." if told else "",
        *(f"Seriebrott före {period_name(first)}." for first in marked["period"]),
    )
    return Processes(
        counts.drop(columns="_place").reset_index(drop=True), quarters, marked, finding, alt
    )


def ways(
    rows: Sequence[Way], *, place: str, hidden: Collection[tuple[str, str]] = frozenset()
) -> Ways:
    """From whom to whom, with sums, but for the `hidden` ends; no row is no cases.

    In the county municipalities stand together by area, in an area those of the others do. Where
    every number is hidden nobody is named either: that would say who has a case.
    """
    counts = sums(rows)
    senders, receivers = (in_order({way[end] for way in counts}) for end in (0, 1))
    cells = [[counts.get((sender, receiver), 0.0) for receiver in receivers] for sender in senders]
    grid = pd.DataFrame(cells, index=senders, columns=receivers, dtype="float64")
    grid[TOTAL] = grid.sum(axis="columns")
    grid.loc[TOTAL] = grid.sum(axis="index")
    for sender, receiver in hidden:
        grid.loc[sender, receiver] = math.nan
    if hidden and not (grid.to_numpy(dtype="float64") > 0).any():
        grid = pd.DataFrame(math.nan, index=[TOTAL], columns=[TOTAL])
        counts = {}
    statuses = grid.isna().replace({True: "confidential", False: "ok"})
    together = {area.name: f"kommunerna i {area.name}" for area in reference.areas()}
    told = [
        (together.get(a, a), together.get(b, b), math.nan if (a, b) in hidden else count)
        for (a, b), count in counts.items()
    ]
    finding = said.matrix_finding(told) if counts or not hidden else said.WAYS_PROTECTED
    return Ways(place, grid, statuses, finding)


def _breaks_among(quarters: Sequence[str], place: str) -> pd.DataFrame:
    """The first quarter after each break that has a quarter before it to be parted from."""
    broken = []
    for event in breaks(KEY, place=place):
        crossed = [
            later for earlier, later in pairwise(quarters) if compares_across(event, earlier, later)
        ]
        broken += [(quarter, event.text) for quarter in crossed[:1]]
    return pd.DataFrame(broken, columns=["period", "text"])


def _pairs(counts: pd.Series) -> list[tuple[str, float | None]]:
    return [(str(name), float(count)) for name, count in counts.items()]


def _counted(count: float | None, status: object) -> str:
    if known(count):
        return typography.number(count, 0)
    return "skyddad uppgift" if status == "confidential" else "uppgift saknas"


def _by_size(parts: Sequence[tuple[str, float]]) -> list[str]:
    """The names, those with most cases first; what is not known counts for nothing here."""
    sums: dict[str, float] = {}
    for name, value in parts:
        sums[name] = sums.get(name, 0.0) + (value if known(value) else 0.0)
    return sorted(sums, key=lambda name: (-sums[name], typography.sort_key(name)))
