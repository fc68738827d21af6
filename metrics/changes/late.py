"""Late, corrected and lost counts that readers could work out by what the sums were before.

What a municipality adds to a sum that has been shown is the difference of the sum before and after.
A small count that comes so is added to nothing: it is taken as if it had been delivered as
confidential, and the sums stay without it, and say so. Where a small count leaves the sums, the
others that were hidden leave with it, so that the sums fall by what was known (docs/decisions.md).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

import reference
from metrics.catalogue import indicators
from metrics.datasets.dataset import Connection, Control, Dataset, Told
from metrics.indicator import terms_of
from settings import settings
from swedish import typography
from swedish.periods import period_name
from warehouse import given

# A period and a municipality.
_Place = tuple[str, str]
# How many are named.
_NAMED = 5
Withheld = tuple[_Place, ...]
# What each has, by measure.
Sums = Mapping[_Place, Mapping[str, float]]
# Of which measures each had a number that readers did not see.
Unseen = Mapping[_Place, Collection[str]]


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
        where state = 'ok' and final and not withheld and not demo and load.dataset = $dataset
        group by all
        """,
        {"dataset": dataset.key},
    )
    connection.execute(
        """
        create or replace temp table hidden_before as
        select distinct period, place as municipality, indicator
        from disclosure_hidden
        where dataset = $dataset and level = 'municipality' and whole
        """,
        {"dataset": dataset.key},
    )
    connection.execute(
        """
        create or replace temp table withheld_before as
        select period, municipality, measure, sum(value)::double as value
        from part_fact
        where state = 'ok' and withheld
        group by all
        """
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
    chosen = given_away(
        before,
        now,
        told,
        settings().disclosure_threshold,
        hidden=_hidden(connection),
        left_out=_sums(connection, "from withheld_before"),
    )
    connection.execute("delete from withheld where dataset = $dataset", {"dataset": dataset.key})
    connection.execute(
        f"insert into withheld select distinct $dataset, r[1], r[2], r[3] from {given.ROWS}",
        {"dataset": dataset.key, "rows": given.as_text(chosen)},
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
        f"Läggs inte till summorna, för då skulle små antal som har kommit eller försvunnit i "
        f"efterhand gå att räkna ut ur det som redan har visats: "
        f"{typography.enumerate_words(named)}."
    )


def _told(dataset: Dataset) -> Sequence[Told]:
    return dataset.control.told if isinstance(dataset.control, Control) else ()


def given_away(
    before: Sums,
    now: Sums,
    told: Sequence[Told],
    threshold: int,
    *,
    hidden: Unseen = MappingProxyType({}),
    left_out: Sums = MappingProxyType({}),
) -> list[tuple[str, str, str]]:
    """The period, municipality and measure of what is not to be added to the sums.

    `before` is what each municipality added to the sums before the change, `now` what it has;
    `hidden` are the measures of which its numbers were hidden then, and `left_out` is what it had
    that was added to nothing; it stays so while it is the same.
    """
    compared = _Compared(before, now, threshold)
    chosen: set[tuple[str, str, str]] = set()
    for one in told:
        places = {
            place for place in now if any(compared.gives_away(place, count) for count in one.counts)
        }
        for count in one.counts:
            unseen = [place for place, of in hidden.items() if not count.keys().isdisjoint(of)]
            for place in before:
                if compared.loses(place, count):
                    places.update(compared.beside(place, unseen))
        places.update(
            place
            for place in left_out
            if (out := _only(left_out, place, one)) and out == _only(now, place, one)
        )
        chosen.update((*place, measure) for place in places for measure in one.measures)
    return sorted(chosen)


def _only(sums: Sums, place: _Place, one: Told) -> Mapping[str, float]:
    values = sums.get(place, {})
    return {measure: values[measure] for measure in one.measures if measure in values}


def _hidden(connection: Connection) -> Unseen:
    terms_by_place: dict[_Place, set[str]] = {}
    known = indicators()
    for period, home, key in connection.execute(
        "select period, municipality, indicator from hidden_before"
    ).fetchall():
        terms_by_place.setdefault((period, home), set()).update(terms_of(known[key].numerator))
    return terms_by_place


def _sums(connection: Connection, statement: str) -> Sums:
    by_place: dict[_Place, dict[str, float]] = {}
    for period, home, measure, value in connection.execute(statement).fetchall():
        by_place.setdefault((period, home), {})[measure] = value
    return by_place


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

    def loses(self, place: _Place, count: Mapping[str, float]) -> bool:
        """Whether a small count is no longer in sums that are shown without it.

        Of an area that leaves as a whole only the sum is told.
        """
        period, home = place
        old = self._of(self.before, place, count)
        if not self._small(old) or self._of(self.now, place, count) is not None:
            return False
        return any(
            self._of(self.now, one, count) is not None
            for one in self.areas[period, self.homes[home]]
        )

    def beside(self, lost: _Place, unseen: Collection[_Place]) -> set[_Place]:
        """Those of `unseen` that leave the sums with a lost count: of its area, else of the county.

        What they had together was known, by what was shown of the others.
        """
        period, home = lost
        there = {one for one in unseen if one[0] == period and one in self.now and one != lost}
        own = {one for one in there if self.homes[one[1]] == self.homes[home]}
        return own or there

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
