"""What the published values say, worked out plainly: sentences are held against it.

Nothing is shared with what makes the sentences but the catalogue and the lists of places, events
and periods that they are about.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import pairwise
from statistics import fmean, median
from typing import NamedTuple

import reference
from metrics.catalogue import indicators
from metrics.indicator import Indicator
from tests.said.rows import by_ends, by_recipient
from warehouse import store


class Row(NamedTuple):
    """A published number and its parts."""

    numerator: float | None
    denominator: float | None
    value: float | None
    status: str
    reported: int
    expected: int


class Read(NamedTuple):
    """A whole value against its limits: `cause` is the rule that it breaks, empty where none.

    `unread` where the chart has no limits there; `stretch` counts those between breaks, and `small`
    is that the chart is one of counts.
    """

    period: str
    value: float
    mean: float
    lower: float
    upper: float
    cause: str
    unread: bool
    preliminary: bool
    stretch: int
    small: bool


def written(value: float, decimals: int) -> str:
    """A number as Swedes write it, with plain spaces and halves rounded up."""
    exact = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    whole, _, rest = f"{abs(exact):f}".partition(".")
    groups = []
    while whole:
        groups.append(whole[-3:])
        whole = whole[:-3]
    text = " ".join(reversed(groups)) + (f",{rest}" if rest else "")
    return f"−{text}" if exact < 0 else text


def months(period: str) -> tuple[int, int]:
    """The first month of a period and the one after its last, counted from the year 0."""
    year, _, part = period.partition("-")
    if not part:
        return int(year) * 12, int(year) * 12 + 12
    if part.startswith("K"):
        first = int(year) * 12 + 3 * (int(part[1]) - 1)
        return first, first + 3
    first = int(year) * 12 + int(part) - 1
    return first, first + 1


def next_to(period: str, by: int = 1) -> str:
    """The period that so many periods later has its turn."""
    first, after = months(period)
    year, month = divmod(first + by * (after - first), 12)
    if after - first == 12:
        return str(year)
    return f"{year}-K{month // 3 + 1}" if after - first == 3 else f"{year}-{month + 1:02d}"


def _day(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02d}-01"


@dataclass(frozen=True)
class Facts:
    """The published numbers, by indicator, level, place and part, and then by period."""

    of: dict[tuple[str, str, str, str], dict[str, Row]]
    demo: bool
    ways: dict[tuple[str, str], dict[tuple[str, str], int]]
    money: dict[tuple[str, str], dict[tuple[str, str], dict[str, float]]]

    def row(self, key: str, place: str, period: str, part: str = "alla") -> Row:
        """The number of a place in a period; one that is not there is missing."""
        known = self.of.get((key, level_of(place), place, part), {})
        return known.get(period, Row(None, None, None, "missing", 0, 0))

    def last(self, about: Indicator, month: str) -> str:
        """The last period of the dataset that had ended with a month; of months it is that."""
        if about.grain == "month":
            return month
        keys = {one.key for one in indicators().values() if one.dataset == about.dataset}
        ended = [
            period
            for (key, *_), rows in self.of.items()
            if key in (keys if about.dataset != "indicators" else {about.key})
            for period in rows
            if months(period)[1] <= months(month)[1] and len(period) == len(_like(about.grain))
        ]
        return max(ended, default=month)

    def series(self, key: str, place: str, last: str) -> list[tuple[str, Row]]:
        """The numbers of a place up to a period, oldest first."""
        rows = self.of.get((key, level_of(place), place, "alla"), {})
        return sorted((period, row) for period, row in rows.items() if period <= last)

    def breaks(self, about: Indicator, place: str) -> list[str]:
        """The days from which a place's series is counted in another way."""
        events = reference.events() + (reference.demo_events() if self.demo else ())
        home = reference.municipality_by_code().get(place)
        scopes = {reference.COUNTY, home.area if home else place}
        return [
            one.date
            for one in events
            if one.kind == "seriebrott"
            and one.dataset in (about.dataset, "")
            and (one.scope in scopes or place == reference.COUNTY)
        ]

    def verdict(self, key: str, place: str, period: str) -> Read | None:
        """What a place's own chart says of a period; None where it has no whole value then."""
        found = _reads(self, indicators()[key], place, period)
        return found[-1] if found and found[-1].period == period else None

    def reads(self, key: str, place: str, period: str) -> Sequence[Read]:
        """Every whole value up to a period in the chart as it is then."""
        return _reads(self, indicators()[key], place, period)


def _like(grain: str) -> str:
    return {"month": "2026-01", "quarter": "2026-K1", "year": "2026"}[grain]


@cache
def level_of(place: str) -> str:
    """Which kind of place it is."""
    if place == reference.COUNTY:
        return "county"
    if any(area.key == place for area in reference.areas()):
        return "area"
    return "municipality" if place in reference.municipality_by_code() else "hospital"


def facts(*, demo: bool) -> Facts:
    """The published numbers in force."""
    with store.reading() as connection:
        assert connection is not None
        rows = connection.execute(
            """
            select indicator, level, place, part, period,
                numerator, denominator, value, status, reported, expected
            from shown
            where "within" = 'lan' or level = 'municipality'
            """
        ).fetchall()
        ways = connection.execute("from way").fetchall()
        hidden = connection.execute("from way_hidden").fetchall()
        amounts = connection.execute(
            """
            select programme, period, level, recipient, measure, value
            from fund_amount
            join owner using (load_id, period)
            where state = 'ok' and subject = concat_ws(' | ', programme, level, recipient)
            """
        ).fetchall()
    of: dict[tuple[str, str, str, str], dict[str, Row]] = {}
    for key, level, place, part, period, *numbers in rows:
        of.setdefault((key, level, place, part), {})[period] = Row(*numbers)
    return Facts(of, demo, by_ends(ways, hidden), by_recipient(amounts))


def _reads(known: Facts, about: Indicator, place: str, last: str) -> list[Read]:
    series = known.series(about.key, place, last)
    whole = [(at, row) for at, row in series if row.value is not None and row.status == "ok"]
    hidden = sum(row.status == "confidential" for _, row in series)
    unread = about.chart == "none" or hidden > 0.25 * (hidden + len(whole))
    found: list[Read] = []
    small = _small(about, [row for _, row in whole])
    for stretch, part in enumerate(_stretches(known, about, place, whole)):
        values = [row.value or 0.0 for _, row in part]
        lines = _lines(about, [row for _, row in part], small=small)
        outside = [(v > high) - (v < low) for v, (_, low, high) in zip(values, lines, strict=True)]
        poor = (
            unread
            or len(part) < 6
            or 2 * values.count(0) >= len(values)
            or (outside[-1] != 0 and 4 * outside.count(outside[-1]) > 3 * len(outside))
        )
        causes = [cause for run in _runs(part) for cause in _causes(values, lines, run)]
        for at, (period, _) in enumerate(part):
            mean, low, high = lines[at]
            low, high = max(low, 0.0), min(high, about.most)
            flat = poor or not high - low > 0
            found.append(
                Read(period, values[at], mean, low, high, "" if flat else causes[at], flat,
                     len(part) < 12, stretch, small)
            )  # fmt: skip
    return found


def _small(about: Indicator, rows: Sequence[Row]) -> bool:
    """Whether the chart is one of counts: cases or shares of so few that chance decides."""
    if about.chart not in ("u", "p") or not rows:
        return False
    if any(row.numerator is None or row.denominator == 0 for row in rows):
        return False
    tops = [row.numerator or 0.0 for row in rows]
    if about.chart == "p":
        tops = [min(top, (row.denominator or 0) - top)
                for top, row in zip(tops, rows, strict=True)]  # fmt: skip
    return median(tops) < 20


def _lines(
    about: Indicator, rows: Sequence[Row], *, small: bool
) -> list[tuple[float, float, float]]:
    """The mean and the limits at each value."""
    if small:
        sizes = [1.0 if row.denominator is None else row.denominator for row in rows]
        rate = sum(row.numerator or 0.0 for row in rows) / sum(sizes)
        per = about.per if about.calculation == "ratio" else 1
        told = []
        for size in sizes:
            apart = 3 * math.sqrt(rate * ((1 - rate) if about.chart == "p" else 1) / size)
            told.append((per * rate, per * (rate - apart), per * (rate + apart)))
        return told
    values = [row.value or 0.0 for row in rows]
    mean = fmean(values)
    steps = [abs(b - a) for a, b in pairwise(values)]
    usual = [step for step in steps if step <= 3.267 * fmean(steps)]
    apart = 2.66 * fmean(usual) if usual else math.nan
    return [(mean, mean - apart, mean + apart)] * len(values)


def _stretches(
    known: Facts, about: Indicator, place: str, whole: Sequence[tuple[str, Row]]
) -> Iterator[Sequence[tuple[str, Row]]]:
    """The values on either side of each break, and those that have it in them by themselves."""
    dates = known.breaks(about, place)

    def side(period: str) -> tuple[tuple[int, int], ...]:
        first, after = (_day(month) for month in months(period))
        return tuple((int(first >= day), int(after > day)) for day in dates)

    part: list[tuple[str, Row]] = []
    for one in whole:
        if part and side(one[0]) != side(part[-1][0]):
            yield part
            part = []
        part.append(one)
    if part:
        yield part


def _runs(part: Sequence[tuple[str, Row]]) -> list[range]:
    """The stretches in which every period follows on the one before."""
    cuts = [0]
    cuts += [at for at in range(1, len(part)) if next_to(part[at - 1][0]) != part[at][0]]
    return [range(a, b) for a, b in pairwise([*cuts, len(part)])]


def _causes(
    values: Sequence[float], lines: Sequence[tuple[float, float, float]], run: range
) -> list[str]:
    """The first rule that each value of a stretch breaks."""
    own = [(values[at], *lines[at]) for at in run]
    above = [(v > mean) - (v < mean) for v, mean, _, _ in own]
    close = []
    for v, mean, low, high in own:
        near_high, near_low = mean + (high - mean) * 2 / 3, mean - (mean - low) * 2 / 3
        close.append(near_high < v <= high or low <= v < near_low)

    def part_of(at: int, length: int) -> Iterator[list[int]]:
        for start in range(max(0, at - length + 1), min(at, len(own) - length) + 1):
            yield list(range(start, start + length))

    found = []
    for at, (v, _, low, high) in enumerate(own):
        sevens = list(part_of(at, 7))
        rise = [all(own[a][0] < own[b][0] for a, b in pairwise(w)) for w in sevens]
        fall = [all(own[a][0] > own[b][0] for a, b in pairwise(w)) for w in sevens]
        later = max((i for i, seven in enumerate(zip(rise, fall, strict=True)) if any(seven)),
                    default=None)  # fmt: skip
        two = close[at] and above[at] and any(
            len({above[i] for i in w}) == 1 and sum(close[i] for i in w) >= 2
            for w in part_of(at, 3)
        )  # fmt: skip
        side = "över" if above[at] > 0 else "under"
        if v > high or v < low:
            found.append(f"utanför {'över' if v > high else 'under'}")
        elif later is not None:
            found.append("stiger" if rise[later] else "sjunker")
        elif two:
            found.append(f"nära {side}")
        elif above[at] and any(len({above[i] for i in w}) == 1 for w in sevens):
            found.append(f"rad {side}")
        else:
            found.append("")
    return found
