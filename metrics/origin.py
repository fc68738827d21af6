"""Where a number comes from: the loads, sheets and cells behind it, and what they replaced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

import reference
from metrics.catalogue import POPULATION, Indicator, indicators
from metrics.values import Value, values
from warehouse import store
from warehouse.loads import Load, history


@dataclass(frozen=True, kw_only=True)
class Source:
    """What one load gave to a number.

    `cells` are the cells by sheet, in the file's order; `stays` is the number of rows about single
    stays that were counted, None where the file had counts. Exactly one of the two is given.
    """

    load: Load
    cells: Mapping[str, tuple[str, ...]]
    stays: int | None


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Everything behind one number: its value and definition, its sources, what they replaced.

    `replaced` are loads that say the same months and municipalities but do not count now;
    `missing` are the names of municipalities that have not reported all of it.
    """

    value: Value
    indicator: Indicator
    sources: tuple[Source, ...]
    replaced: tuple[Load, ...]
    missing: tuple[str, ...]


def origin(
    *,
    indicator: str,
    period: str,
    level: str,
    place: str,
    within: str = reference.COUNTY,
    care_form: str = "alla",
) -> Origin | None:
    """Where the number comes from, or None where the cube has no such number.

    Raises KeyError where there is no such indicator.
    """
    chosen = indicators()[indicator]
    asked = {"within": within, "care_form": care_form, "start": period, "end": period}
    found = values(indicator=indicator, level=level, place=place, **asked)
    with store.reading() as connection:
        if connection is None or not found:
            return None
        codes = _municipalities(level, place, within)
        scope = {
            "dataset": chosen.dataset,
            "period": period,
            "codes": codes,
            "hospital": place if level == "hospital" else None,
            "care_form": None if care_form == "alla" else care_form,
            "measures": [measure for measure in chosen.measures if measure != POPULATION],
        }
        loads = {load.load_id: load for load in history(connection)}
        sources = _sources(connection, scope, loads)
        replaced = _replaced(connection, scope, loads)
    parts = values(indicator=indicator, level="municipality", **asked)
    whole = {part.place for part in parts if part.status == "ok"}
    reported = found[0].reported == found[0].expected
    missing = [] if reported else [code for code in codes if code not in whole]
    return Origin(
        value=found[0],
        indicator=chosen,
        sources=sources,
        replaced=replaced,
        missing=tuple(reference.place_name("municipality", code) for code in missing),
    )


def _municipalities(level: str, place: str, within: str) -> list[str]:
    homes = reference.municipalities()
    area = place if level == "area" else within
    if level == "municipality":
        return [place]
    return [home.code for home in homes if area in (reference.COUNTY, home.area)]


_IN_SCOPE = """
    period = $period
    and list_contains($codes, municipality)
    and ($hospital is null or hospital = $hospital)
    and ($care_form is null or care_form = $care_form)
"""


def _sources(
    connection: duckdb.DuckDBPyConnection, scope: Mapping[str, object], loads: Mapping[int, Load]
) -> tuple[Source, ...]:
    cells = connection.execute(
        f"""
        select load_id, sheet, list(cell order by length(cell), cell)
        from discharge
        join owner using (period, municipality, load_id)
        where {_IN_SCOPE}
            and dataset = $dataset
            and list_contains($measures, measure)
            and cell is not null
        group by load_id, sheet
        order by load_id, sheet
        """,
        dict(scope),
    ).fetchall()
    counted = {key: value for key, value in scope.items() if key != "measures"}
    stays = connection.execute(
        f"""
        select load_id, sum(stays)::bigint
        from discharge_days
        join owner using (period, municipality, load_id)
        where {_IN_SCOPE} and dataset = $dataset
        group by load_id
        order by load_id
        """,
        counted,
    ).fetchall()
    by_load: dict[int, dict[str, tuple[str, ...]]] = {}
    for load_id, sheet, names in cells:
        by_load.setdefault(load_id, {})[sheet] = tuple(names)
    return tuple(
        [Source(load=loads[key], cells=found, stays=None) for key, found in by_load.items()]
        + [Source(load=loads[key], cells={}, stays=count) for key, count in stays]
    )


def _replaced(
    connection: duckdb.DuckDBPyConnection, scope: Mapping[str, object], loads: Mapping[int, Load]
) -> tuple[Load, ...]:
    covered = connection.execute(
        """
        select distinct claim.load_id
        from claim
        join load using (load_id)
        join owner
            on owner.period = claim.period
            and owner.municipality = claim.municipality
            and owner.dataset = load.dataset
        where claim.period = $period
            and list_contains($codes, claim.municipality)
            and load.dataset = $dataset
            and owner.load_id <> claim.load_id
        order by 1 desc
        """,
        {key: scope[key] for key in ("period", "codes", "dataset")},
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
