"""What tables from whom to whom do not say: 0, and in tables that are not shown, whom they name."""

from collections.abc import Collection, Iterator, Sequence
from itertools import product

import reference
from metrics.datasets.deviations.ways import Way

# A place's table, a sender and a receiver, or TOTAL for all of them.
Spot = tuple[str, str, str]
# A level and a place of it.
_End = tuple[str, str]
_HOME = "municipality"


def hiding(
    named: Collection[Spot],
    *,
    closed: Collection[str],
    whole: Collection[str],
    before: Collection[Spot],
) -> tuple[frozenset[str], frozenset[str]]:
    """The places whose tables hide 0 as well, and those whose tables are not shown at all.

    Those asked for, and those that were so `before`: a 0 is then among what is hidden, or all that
    is `named` is.
    """
    zeros = {spot[0] for spot in before if spot not in named}
    shown = {spot[0] for spot in set(named).difference(before)}
    all_hidden = {spot[0] for spot in before} - shown
    return frozenset({*closed, *zeros}), frozenset({*whole, *all_hidden})


def zeros(place: str, ways: Sequence[Way]) -> Iterator[Spot]:
    """The numbers of a place's table that are 0, sums aside."""
    known = {way.ends for way in ways if way.place == place}
    senders, receivers = ({ends[at] for ends in known} for at in (0, 1))
    return (
        (place, *ends) for ends in product(sorted(senders), sorted(receivers)) if ends not in known
    )


def nobody(
    ways: Sequence[Way], *, closed: Collection[str], whole: Collection[str]
) -> Iterator[Way]:
    """The ways of 0 that may be somebody for one who sees the tables, as area and county see them.

    In an area's `closed` table between those that it names; where the `whole` of it is hidden,
    between any of its municipalities and those that may see to them. Only between a municipality
    and others than municipalities, as nearly every case is: that a reader may know.
    """
    for area in sorted({*closed, *whole} - {reference.COUNTY}):
        mine = [way for way in ways if way.place == area]
        known = {(way.sender_level, way.sender, way.receiver_level, way.receiver) for way in mine}
        for sender, receiver in _pairs(area, ways if area in whole else mine, area in whole):
            if (*sender, *receiver) not in known:
                for place in (area, reference.COUNTY):
                    yield Way(place, *sender, *receiver, 0.0)


def _pairs(area: str, ways: Sequence[Way], whole: bool) -> Iterator[tuple[_End, _End]]:
    senders = {(way.sender_level, way.sender) for way in ways}
    receivers = {(way.receiver_level, way.receiver) for way in ways}
    if whole:
        own = {(_HOME, one.code) for one in reference.municipalities() if one.area == area}
        senders = receivers = senders | receivers | own
    for sender, receiver in product(sorted(senders), sorted(receivers)):
        if (sender[0] == _HOME) != (receiver[0] == _HOME) and _sees(area, sender, receiver):
            yield sender, receiver


def _sees(area: str, *ends: _End) -> bool:
    """Whether a case between two ends is seen by the area and by no other."""
    for level, place in ends:
        if level == _HOME and reference.municipality_by_code()[place].area != area:
            return False
        if level == "hospital" and area not in reference.hospital_areas()[place]:
            return False
    return True
