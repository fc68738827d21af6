"""Disclosure control of the cube: the pattern of each period, and the proof that it holds.

Only months are published, never sums over several, and each month's pattern rests on that month
alone. So months that a reader adds up give away no more than the months themselves: the ranges of
a sum of hidden cells are the sums of their ranges. A page that shows a sum over months must make it
of shown values only.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

import duckdb

import reference
from metrics.catalogue import MEASURES, Indicator, indicators
from metrics.disclosure import Pattern, pattern
from metrics.disclosure_audit import Range, ranges
from metrics.disclosure_cells import Table
from metrics.disclosure_table import Unit, table
from settings import settings
from warehouse import store

# The datasets whose smallest parts `<dataset>.sql` makes.
_PROTECTED = ("discharges",)
# Another way to choose cells must choose anew for old periods too.
_METHOD = 1


@dataclass(frozen=True)
class Proof:
    """The attack on a period: cells and rows that are shown and hidden, and each hidden range."""

    period: str
    cells: int
    hidden_cells: int
    rows: int
    hidden_rows: int
    ranges: tuple[Range, ...]

    @property
    def open_cells(self) -> tuple[Range, ...]:
        """The hidden cells that could be worked out: none, or the control has failed."""
        return tuple(found for found in self.ranges if not found.safe)


def protect(connection: duckdb.DuckDBPyConnection) -> None:
    """Hide what must be hidden of the cube, in the view `shown` beside it.

    A period whose facts and rules are as before keeps its pattern. The connection's unqualified
    names mean the version's tables, inside the writer's transaction, after `cube.build`.
    """
    connection.execute(files("metrics").joinpath("disclosure.sql").read_text(encoding="utf-8"))
    for dataset in _PROTECTED:
        chosen = [one for one in indicators().values() if one.dataset == dataset]
        _protect(connection, dataset, chosen)


def _protect(connection: duckdb.DuckDBPyConnection, dataset: str, chosen: list[Indicator]) -> None:
    periods = _units(connection, dataset)
    marks = {period: _fingerprint(units, chosen) for period, units in periods.items()}
    before = dict(
        connection.execute(
            "select period, fingerprint from disclosure_period where dataset = $dataset",
            {"dataset": dataset},
        ).fetchall()
    )
    changed = sorted(
        period for period in {*before, *marks} if before.get(period) != marks.get(period)
    )
    keys = [one.key for one in chosen]
    what = {"dataset": dataset, "periods": changed}
    connection.execute(
        """
        delete from disclosure_period
        where dataset = $dataset and list_contains($periods, period)
        """,
        what,
    )
    connection.execute(
        """
        delete from disclosure_hidden
        where list_contains($keys, indicator) and list_contains($periods, period)
        """,
        {"keys": keys, "periods": changed},
    )
    for period in changed:
        if period in marks:
            found = _table(periods[period], chosen)
            _write(connection, period, found, pattern(found))
            connection.execute(
                "insert into disclosure_period values ($dataset, $period, $fingerprint)",
                {"dataset": dataset, "period": period, "fingerprint": marks[period]},
            )


def _units(connection: duckdb.DuckDBPyConnection, dataset: str) -> dict[str, list[Unit]]:
    """The smallest parts that are in force, by period, in a settled order."""
    connection.execute(files("metrics").joinpath(f"{dataset}.sql").read_text(encoding="utf-8"))
    measures = MEASURES[dataset]
    rows = connection.execute(
        f"""
        select period, municipality, hospital, care_form, {", ".join(measures)}
        from part
        order by all
        """
    ).fetchall()
    homes = reference.municipality_by_code()
    found: dict[str, list[Unit]] = {}
    for period, municipality, hospital, care_form, *values in rows:
        found.setdefault(period, []).append(
            Unit(
                municipality=municipality,
                area=homes[municipality].area,
                hospital=hospital,
                care_form=care_form,
                measures=dict(zip(measures, values, strict=True)),
            )
        )
    return found


def _fingerprint(units: Iterable[Unit], chosen: Iterable[Indicator]) -> str:
    rules = [
        (one.key, one.calculation, one.numerator, one.denominator, one.threshold, one.levels)
        for one in chosen
    ]
    facts = [(u.municipality, u.area, u.hospital, u.care_form, u.measures) for u in units]
    told = repr((_METHOD, settings().disclosure_threshold, rules, facts))
    return hashlib.sha256(told.encode()).hexdigest()


def _table(units: list[Unit], chosen: Iterable[Indicator]) -> Table:
    return table(
        units,
        indicators=chosen,
        county=reference.COUNTY,
        threshold=settings().disclosure_threshold,
    )


def _hidden_rows(found: Table, hidden: frozenset[int]) -> list[list[str]]:
    """Indicator, level, place, within, care form, and whether all of the row is hidden."""
    rows = []
    for row in found.rows:
        below = row.denominator in hidden
        whole = row.numerator in hidden or (below and row.divided)
        if whole or below:
            rows.append([row.indicator, *row.location, str(whole)])
    return rows


def _write(
    connection: duckdb.DuckDBPyConnection, period: str, found: Table, chosen: Pattern
) -> None:
    connection.execute(
        """
        insert into disclosure_hidden
        select h[1], $period, h[2], h[3], h[4], h[5], h[6]::boolean
        from (select unnest($rows::varchar[][]) as h)
        """,
        {"period": period, "rows": _hidden_rows(found, chosen.hidden)},
    )


def proof(period: str, *, dataset: str = "discharges") -> Proof | None:
    """The attack on what is published for a period, None where nothing is.

    It takes a few seconds: two linear programs for every hidden cell. What is attacked is the
    pattern that readers see, not one that is worked out anew.
    """
    with store.reading() as connection:
        if connection is None:
            return None
        units = _units(connection, dataset).get(period)
        if units is None:
            return None
        rows = connection.execute(
            """
            select indicator, level, place, "within", care_form, whole
            from disclosure_hidden
            where period = $period
            """,
            {"period": period},
        ).fetchall()
    found = _table(units, [one for one in indicators().values() if one.dataset == dataset])
    marked = {(indicator, *location): whole for indicator, *location, whole in rows}
    shown = set()
    for row in found.rows:
        whole = marked.get((row.indicator, *row.location))
        if not whole:
            shown.add(row.numerator)
        if whole is None:
            shown.add(row.denominator)
    cells = {number for number, cell in enumerate(found.cells) if cell.published}
    return Proof(
        period=period,
        cells=len(cells),
        hidden_cells=len(cells - shown),
        rows=len(found.rows),
        hidden_rows=sum(marked.values()),
        ranges=tuple(ranges(found, cells - shown)),
    )
