"""Where a number comes from: the loads, sheets and cells behind it, and what they replaced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

import reference
from metrics.catalogue import Indicator, indicators
from metrics.datasets import datasets
from metrics.datasets import origin as sources_of
from metrics.datasets.origin import Scope
from metrics.disclosure.scope import nearest
from metrics.indicator import POPULATION
from metrics.loaded import told
from metrics.values import Value, values
from warehouse import store
from warehouse.loads import Load


@dataclass(frozen=True, kw_only=True)
class Source:
    """What one load gave to a number.

    `cells` are the cells by sheet, in the file's order, none where the number is hidden or a place
    has the more cells the more it counted: how many they are is a floor under what it can be.
    A load of `singles` had a row for each stay or case; `stays` is how many of them were counted,
    None where that would tell a hidden number.
    """

    load: Load
    cells: Mapping[str, tuple[str, ...]]
    stays: int | None
    singles: bool = False


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Everything behind one number: its value and definition, its sources, what they replaced.

    `replaced` are loads that say the same months and municipalities but do not count now;
    `missing` are the names of municipalities that have not reported all of it, `codes` all that the
    number is of.
    """

    value: Value
    indicator: Indicator
    sources: tuple[Source, ...]
    replaced: tuple[Load, ...]
    missing: tuple[str, ...]
    codes: tuple[str, ...] = ()


def origin(
    *,
    indicator: str,
    period: str,
    level: str,
    place: str,
    within: str = reference.COUNTY,
    part: str = "alla",
) -> Origin | None:
    """Where the number comes from, or None where the cube has no such number.

    Raises KeyError where there is no such indicator.
    """
    chosen = indicators()[indicator]
    own = values(
        indicator=indicator,
        level=level,
        place=place,
        within=within,
        part=part,
        start=period,
        end=period,
    )
    with store.reading() as connection:
        if connection is None or not own:
            return None
        codes = _municipalities(level, place, within)
        scope = Scope(
            indicator=indicator,
            measures=tuple(measure for measure in chosen.measures if measure != POPULATION),
            period=period,
            level=level,
            place=place,
            within=within,
            codes=tuple(codes),
            part=None if part == "alla" else part,
        )
        loads = {load.load_id: load for load in told(connection)}
        hidden = own[0].status == "confidential"
        sources = _sources(connection, chosen.dataset, scope, loads, hidden=hidden)
        replaced = _replaced(connection, chosen.dataset, scope, loads)
    parts = values(
        indicator=indicator,
        level="municipality",
        within=within,
        part=nearest(chosen, "municipality", part),
        start=period,
        end=period,
    )
    whole = {part.place for part in parts if part.reported == part.expected}
    reported = own[0].reported == own[0].expected
    # A recipient of funds has no municipalities, and what is only a county's has none delivered.
    missing = [] if reported or not parts else [code for code in codes if code not in whole]
    return Origin(
        value=own[0],
        indicator=chosen,
        sources=sources,
        replaced=replaced,
        missing=tuple(reference.place_name("municipality", code) for code in missing),
        codes=tuple(codes),
    )


def _municipalities(level: str, place: str, within: str) -> list[str]:
    homes = reference.municipalities()
    area = place if level == "area" else within
    if level == "municipality":
        return [place]
    return [home.code for home in homes if area in (reference.COUNTY, home.area)]


def _sources(
    connection: duckdb.DuckDBPyConnection,
    dataset: str,
    scope: Scope,
    loads: Mapping[int, Load],
    *,
    hidden: bool,
) -> tuple[Source, ...]:
    cells = sources_of.cells(connection, datasets()[dataset], scope)
    if hidden:
        cells = {load: dict.fromkeys(sheets, ()) for load, sheets in cells.items()}
    rows = sources_of.rows(connection, datasets()[dataset], scope)
    return tuple(
        [Source(load=loads[key], cells=names, stays=None) for key, names in cells.items()]
        + [
            Source(load=loads[key], cells={}, stays=count, singles=True)
            for key, count in rows.items()
        ]
    )


def _replaced(
    connection: duckdb.DuckDBPyConnection, dataset: str, scope: Scope, loads: Mapping[int, Load]
) -> tuple[Load, ...]:
    covered = connection.execute(
        """
        select distinct claim.load_id
        from claim
        join load using (load_id)
        join owner
            on owner.period = claim.period
            and owner.subject = claim.subject
            and owner.dataset = load.dataset
        where claim.period = $period
            and list_contains($codes, claim.subject)
            and load.dataset = $dataset
            and owner.load_id <> claim.load_id
        order by 1 desc
        """,
        {"period": scope.period, "codes": list(scope.codes), "dataset": dataset},
    ).fetchall()
    return tuple(loads[load_id] for (load_id,) in covered)


def cell_ranges(cells: Sequence[str]) -> list[str]:
    """Cells as a person says them: B7, B8, B9 and D2 become B7:B9 and D2."""
    by_column: dict[str, list[int]] = {}
    for cell in cells:
        letters = cell.rstrip("0123456789")
        by_column.setdefault(letters, []).append(int(cell[len(letters) :]))
    ranges = []
    for letters, rows in sorted(by_column.items(), key=lambda item: (len(item[0]), item[0])):
        start = previous = None
        for row in [*sorted(set(rows)), None]:
            if previous is not None and row == previous + 1:
                previous = row
                continue
            if start is not None:
                one = f"{letters}{start}"
                ranges.append(one if start == previous else f"{one}:{letters}{previous}")
            start = previous = row
    return ranges
