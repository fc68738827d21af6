"""Late and corrected counts that readers could work out by what the sums were before.

What a municipality adds to a sum that has been shown is the difference of the sum before and after.
A small count that comes so is added to nothing: it is taken as if it had been delivered as
confidential, and the sums stay without it, and say so (docs/decisions.md).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import reference
from metrics.datasets.dataset import Connection, Control, Dataset, Told
from settings import settings
from swedish import typography
from swedish.periods import period_name

# A period and a municipality.
_Place = tuple[str, str]
# How many are named.
_NAMED = 5
Withheld = tuple[_Place, ...]
# What each has, by measure.
Sums = Mapping[_Place, Mapping[str, float]]


def remember(connection: Connection, dataset: Dataset) -> None:
    """Keep what each municipality adds to a dataset's sums before a change, for `withhold`.

    Demo data goes with the first real file, so it says nothing of what comes.
    """
    if not _told(dataset):
        return
    dataset.gather(connection)
    connection.execute(
        """
        create or replace temp table added_before as
        select period, municipality, measure, sum(value)::double as value
        from part_fact
        join load using (load_id)
        where state = 'ok' and not withheld and not demo and load.dataset = $dataset
        group by all
        """,
        {"dataset": dataset.key},
    )


def withhold(connection: Connection, dataset: Dataset) -> Withheld:
    """Choose what is not added to a dataset's sums; gives the periods and municipalities of it.

    After the change, and before the cube is built on it.
    """
    told = _told(dataset)
    if not told:
        return ()
    dataset.gather(connection)
    now = _sums(
        connection,
        """
        select period, municipality, measure, sum(value)::double
        from part_fact
        where state = 'ok'
        group by all
        """,
    )
    before = _sums(connection, "select period, municipality, measure, value from added_before")
    chosen = given_away(before, now, told, settings().disclosure_threshold)
    connection.execute("delete from withheld where dataset = $dataset", {"dataset": dataset.key})
    connection.execute(
        """
        insert into withheld
        select distinct $dataset, w[1], w[2], w[3]
        from (select unnest($rows::varchar[][]) as w)
        """,
        {"dataset": dataset.key, "rows": [list(row) for row in chosen]},
    )
    return tuple(sorted({(period, home) for period, home, _ in chosen}))


def sentence(withheld: Withheld) -> str:
    """Which small counts are added to no sum, and why; empty where there are none."""
    if not withheld:
        return ""
    named = [
        f"{reference.place_name('municipality', home)} {period_name(period)}"
        for period, home in withheld
    ]
    if len(named) > _NAMED:
        named = [*named[:_NAMED], f"{len(named) - _NAMED} till"]
    return (
        f"Små antal som kom i efterhand läggs inte till summorna, för då skulle de gå att räkna ut "
        f"ur det som redan har visats: {typography.enumerate_words(named)}."
    )


def _told(dataset: Dataset) -> Sequence[Told]:
    return dataset.control.told if isinstance(dataset.control, Control) else ()


def given_away(
    before: Sums, now: Sums, told: Sequence[Told], threshold: int
) -> list[tuple[str, str, str]]:
    """The period, municipality and measure of what is not to be added to the sums.

    `before` is what each municipality added to the sums before the change, `now` what it has.
    """
    compared = _Compared(before, now, threshold)
    return [
        (*place, measure)
        for place in now
        for one in told
        if any(compared.gives_away(place, count) for count in one.counts)
        for measure in one.measures
    ]


def _sums(connection: Connection, statement: str) -> Sums:
    found: dict[_Place, dict[str, float]] = {}
    for period, home, measure, value in connection.execute(statement).fetchall():
        found.setdefault((period, home), {})[measure] = value
    return found


class _Compared:
    """What each place adds to the sums, before and after a change."""

    def __init__(self, before: Sums, now: Sums, threshold: int) -> None:
        self.before = before
        self.now = now
        self.threshold = threshold
        self.published = {period for period, _ in before}
        self.homes = {home.code: home.area for home in reference.municipalities()}
        self.areas: dict[_Place, list[_Place]] = defaultdict(list)
        for period, home in now:
            self.areas[period, self.homes[home]].append((period, home))

    def gives_away(self, place: _Place, count: Mapping[str, float]) -> bool:
        """Whether what is small now is what the sums have moved by from something that was known.

        Of a count that was small itself, and so hidden, only the change is told.
        """
        if place[0] not in self.published:
            return False
        old, new = self._of(self.before, place, count), self._of(self.now, place, count)
        if not self._small(new) or new == old or self._small(old):
            return False
        return not self._comes_with_its_area(place, count)

    def _comes_with_its_area(self, place: _Place, count: Mapping[str, float]) -> bool:
        """Whether the area had nothing before and comes with more: only their sum is told."""
        period, home = place
        inside = self.areas[period, self.homes[home]]
        if any(self._of(self.before, one, count) is not None for one in inside):
            return False
        sums = [self._of(self.now, one, count) or 0.0 for one in inside]
        return len(sums) > 1 and not self._small(sum(sums))

    def _of(self, sums: Sums, place: _Place, count: Mapping[str, float]) -> float | None:
        values = sums.get(place, {})
        if not values.keys() >= count.keys():
            return None
        return sum(values[measure] * factor for measure, factor in count.items())

    def _small(self, value: float | None) -> bool:
        return value is not None and 1 <= value < self.threshold
