"""Which numbers of the tables from whom to whom are hidden, the tables of a quarter taken together.

The county's table groups municipalities by area and an area's table shows its own, so that each
says something of the others; and what is published of a place's cases in all gives its row when its
column is known. All of it is one table of cells (metrics.disclosure.cells), in which the places
whose cases in all are hidden in the cube are to stay so.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import duckdb

import reference
from metrics.datasets.dataset import Laid
from metrics.datasets.deviations import known, unseen
from metrics.datasets.deviations.unseen import Spot
from metrics.datasets.deviations.ways import TOTAL, Way
from metrics.disclosure.cells import Cell, Rule, Table, Terms, favouring
from metrics.disclosure.marks import mark, renew
from metrics.disclosure.past import with_past
from settings import settings
from warehouse import given

_SUM = 4.0
_ALL = 100.0
# What other tables publish stays shown.
_ELSEWHERE = math.inf


_COVERED = """
    select period, level || place as place
    from disclosure_hidden
    where dataset = 'deviations' and indicator = 'deviations' and part = 'alla' and whole
"""


def read(connection: duckdb.DuckDBPyConnection, table: str = "way") -> dict[str, list[Way]]:
    """The ways of each quarter, in a settled order."""
    by_period: dict[str, list[Way]] = {}
    for period, *fields in connection.execute(
        f"""
        select
            period, place, sender_level, sender, receiver_level, receiver, cases::double
        from {table}
        order by all
        """
    ).fetchall():
        by_period.setdefault(period, []).append(Way(*fields))
    return by_period


def remember(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep the ways before a change, and the places whose cases in all the cube hides then."""
    connection.execute("create or replace temp table way_before as from way")
    connection.execute("create or replace temp table covered_before as " + _COVERED)


def protect(connection: duckdb.DuckDBPyConnection) -> None:
    """Choose what is hidden of each quarter that has changed, within the writer's transaction.

    Where `remember` has kept them, what was hidden stays so by what was shown then.
    """
    connection.execute("create temp table if not exists way_before as from way limit 0")
    connection.execute("create temp table if not exists covered_before as " + _COVERED)
    past, covered_past = read(connection, "way_before"), _covered(connection, "covered_before")
    threshold = settings().disclosure_threshold
    ways = read(connection)
    covered = _covered(connection)
    marks = {
        period: mark(threshold, of_period, sorted(covered[period]))
        for period, of_period in ways.items()
    }
    for period in renew(connection, "ways", marks):
        before = _hidden_before(connection, period)
        connection.execute("delete from way_hidden where period = $period", {"period": period})
        spots = hidden(
            ways.get(period, ()),
            threshold,
            before=before,
            covered=covered[period],
            past=past.get(period, ()),
            covered_past=covered_past[period],
        )
        connection.execute(
            f"insert into way_hidden select $period, r[1], r[2], r[3] from {given.ROWS}",
            {"period": period, "rows": given.as_text(sorted(spots))},
        )


def _covered(
    connection: duckdb.DuckDBPyConnection, table: str = f"({_COVERED})"
) -> Mapping[str, set[str]]:
    """By quarter, the places whose cases in all the cube hides: level and place in one."""
    places: dict[str, set[str]] = defaultdict(set)
    for period, place in connection.execute(f"select period, place from {table}").fetchall():
        places[period].add(place)
    return places


def _hidden_before(connection: duckdb.DuckDBPyConnection, period: str) -> Sequence[Spot]:
    return connection.execute(
        "select place, sender, receiver from way_hidden where period = $period", {"period": period}
    ).fetchall()


def tables(connection: duckdb.DuckDBPyConnection) -> dict[str, Laid]:
    """The tables of each quarter as cells, and the numbers of those that readers do not see."""
    threshold = settings().disclosure_threshold
    covered = _covered(connection)
    by_period = {}
    for period, ways in read(connection).items():
        before = _hidden_before(connection, period)
        spots, sides, made = table(ways, threshold, covered[period], before=before)
        kept = _kept(before, spots, made)
        kept |= {number for name, number in sides.items() if name in covered[period]}
        by_period[period] = Laid(table=made, hidden=frozenset(kept), totals=sides)
    return by_period


def hidden(
    ways: Sequence[Way],
    threshold: int,
    *,
    before: Collection[Spot] = (),
    covered: Collection[str] = (),
    past: Sequence[Way] = (),
    covered_past: Collection[str] = (),
) -> frozenset[Spot]:
    """The spots of a quarter's tables that are not to be shown; counts below `threshold` hide.

    Of several choices, one that hides what was hidden `before`. What the places `covered` have in
    all, as sender and receiver, stays hidden too. A table where that does not do hides its 0 as
    well, so that what is hidden may be nobody. Where the ways were others in the `past`, what was
    hidden then is to stay so by both.
    """
    # It brings in numpy, which takes time that checking a file has no use for.
    from metrics.disclosure.pattern import pattern

    spots_past, sides, made_past = table(past, threshold, covered_past, before=before)
    kept = _kept(before, spots_past, made_past)
    kept |= {number for name, number in sides.items() if name in covered_past}
    closed: set[str] = set()
    whole: set[str] = set()
    while True:
        spots, sides, made = table(ways, threshold, covered, closed=closed, whole=whole)
        old = {spots[spot] for spot in before if spot in spots}
        found = pattern(favouring(made, old))
        if past and list(past) != list(ways):
            found = pattern(with_past(made, found.hidden, made_past, kept))
        left = {place for (place, *_), number in spots.items() if number in found.unproven}
        left |= {known.table_of(name) for name, number in sides.items() if number in found.unproven}
        last = {reference.COUNTY} if left else set()
        if not (more := left - closed or left - whole or last - whole):
            zeros = {spot for place in closed for spot in unseen.zeros(place, ways)}
            every = {spot for spot in spots if spot[0] in whole}
            chosen = {at for at, number in spots.items() if number in found.hidden}
            return frozenset(zeros | every | chosen)
        # The county's table only where its areas' do not do.
        (closed if left - closed else whole).update(more - {reference.COUNTY} or more)


def _kept(before: Collection[Spot], spots: Mapping[Spot, int], made: Table) -> set[int]:
    """The cells that are hidden `before`; of a table that is hidden whole only the small counts,
    since others may be shown elsewhere."""
    _, whole = unseen.hiding(spots, closed=(), whole=(), before=before)
    return {
        spots[spot]
        for spot in before
        if spot in spots and (spot[0] not in whole or made.cells[spots[spot]].sensitive)
    }


def table(
    ways: Sequence[Way],
    threshold: int,
    covered: Collection[str] = (),
    *,
    closed: Collection[str] = (),
    whole: Collection[str] = (),
    before: Collection[Spot] = (),
) -> tuple[dict[Spot, int], dict[str, int], Table]:
    """Which cell each spot shows, which cell each place has in all, and the cells.

    A way that an area sees in part is two parts, so that nothing is taken to be known of them. The
    tables of the places that are `closed` hide 0 too, and those of the `whole` everything, as do
    those that did so `before`: what may be somebody there is a part of 0.
    """
    named = {spot: 0.0 for way in ways for spot in _spots(way)}
    closed, whole = unseen.hiding(named, closed=closed, whole=whole, before=before)
    parts: dict[tuple[str, ...], int] = {}
    values: list[float] = []
    fine_cases = {_fine(way): way.cases for way in ways if way.place == reference.COUNTY}
    members: dict[Spot, list[int]] = defaultdict(list)
    sides: dict[str, set[int]] = defaultdict(set)
    for way in (*ways, *unseen.nobody(ways, closed=closed, whole=whole)):
        fine = _fine(way)
        key = fine if fine_cases.get(fine, 0.0) == way.cases else (way.place, *fine)
        part = parts.setdefault(key, len(values))
        if part == len(values):
            values.append(way.cases)
        for spot in _spots(way):
            members[spot].append(part)
        if way.place == reference.COUNTY:
            for name in known.totals(way):
                sides[name].add(part)
    cells: dict[Terms, Cell] = {}
    somebody: list[Rule] = []
    for spot, at in members.items():
        place, *ends = spot
        if place in whole:
            _put(cells, "/".join(spot), at, values, 0.0, threshold, published=False)
        elif spot in named:
            _put(cells, "/".join(spot), at, values, _weight(spot), threshold)
            # Nobody is shown as 0, and whom a table names has a case there.
            if TOTAL in ends or place not in closed:
                somebody.append(Rule(_terms(at), 1.0))
        elif TOTAL in ends or place not in closed:
            _put(cells, "/".join(spot), at, values, _ELSEWHERE, threshold)
    for name, side in sides.items():
        hides = name in covered
        if name.startswith(known.AREA) and not hides:
            continue
        weight = 0.0 if hides else _ELSEWHERE
        _put(cells, name, side, values, weight, threshold, covered=hides)
    numbers = {terms: number for number, terms in enumerate(cells)}
    spots = {spot: numbers[_terms(at)] for spot, at in members.items() if spot in named}
    whole_of = {
        name: numbers[terms] for name, side in sides.items() if (terms := _terms(side)) in numbers
    }
    made = Table(
        parts=tuple(values),
        cells=tuple(cells.values()),
        rules=(*somebody, *known.areas(sides, values, covered)),
        names=tuple(parts),
    )
    return spots, whole_of, made


def _spots(way: Way) -> Iterator[Spot]:
    """Where a way counts in its place's table."""
    sender, receiver = way.ends
    for ends in ((sender, receiver), (sender, TOTAL), (TOTAL, receiver), (TOTAL, TOTAL)):
        yield way.place, *ends


def _fine(way: Way) -> tuple[str, ...]:
    return way.sender_level, way.sender, way.receiver_level, way.receiver


def _terms(parts: Iterable[int]) -> Terms:
    return tuple((part, 1.0) for part in sorted(parts))


def _weight(spot: Spot) -> float:
    sums = spot[1:].count(TOTAL)
    return {0: 1.0, 1: _SUM, 2: _ALL}[sums]


def _put(
    cells: dict[Terms, Cell],
    where: str,
    parts: Iterable[int],
    values: Sequence[float],
    weight: float,
    threshold: int,
    *,
    covered: bool = False,
    published: bool = True,
) -> None:
    terms = _terms(parts)
    value = sum(values[part] for part, _ in terms)
    before = cells.get(terms)
    cells[terms] = Cell(
        "cases",
        where,
        terms,
        value,
        (before.weight if before else 0.0) + weight,
        published=published or (before is not None and before.published),
        sensitive=covered or 1 <= value < threshold or (before is not None and before.sensitive),
    )
