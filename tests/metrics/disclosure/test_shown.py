"""The attack is told what readers see: what the view `shown` shows, cell by cell."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from metrics.catalogue import indicators, of_dataset
from metrics.datasets import datasets, name_of
from metrics.datasets.dataset import Control
from metrics.disclosure.audit import ranges
from metrics.disclosure.cells import Cell, Row, Table
from metrics.disclosure.scope import protected
from metrics.proof import proofs, whole
from settings import settings
from tests.effort import in_soak
from warehouse import store

QUARTER = "2026-K2"
CONTROLS = {key: one.control for key, one in datasets().items() if isinstance(one.control, Control)}


@pytest.fixture(scope="module")
def version(demo: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(demo))
        with store.reading() as connection:
            assert connection is not None
            yield connection


def tables(connection: duckdb.DuckDBPyConnection, dataset: str) -> dict[str, Table]:
    """What is published of each period of a dataset, hidden or not."""
    chosen = [one for one in of_dataset(dataset) if protected(one)]
    control = CONTROLS[dataset]
    datasets()[dataset].gather(connection)
    return {
        period: control.table(units, chosen, settings().disclosure_threshold)
        for period, units in control.units(connection).items()
    }


def seen(connection: duckdb.DuckDBPyConnection, period: str, of: Table) -> set[int]:
    """The cells that readers see a number of somewhere, which is then the true one."""
    rows: dict[tuple[Any, ...], tuple[Any, ...]] = {
        tuple(key): numbers
        for *key, numbers in connection.execute(
            """
            select indicator, level, place, "within", part, (numerator, denominator, value)
            from shown
            where period = $period
            """,
            {"period": period},
        ).fetchall()
    }
    found = set()
    for row in of.rows:
        key = (row.indicator, *row.location)
        if indicators()[row.indicator].calculation == "median":
            found |= of_median(of.cells, row, rows.get(key))
            continue
        numerator, denominator, _ = rows[key]
        for cell, number in ((row.numerator, numerator), (row.denominator, denominator)):
            if cell is not None and number is not None:
                assert number == pytest.approx(of.cells[cell].value)
                found.add(cell)
    return found


def of_median(cells: Sequence[Cell], row: Row, numbers: tuple[Any, ...] | None) -> set[int]:
    """How many a median is of is never shown; the attack is told it wherever the median is."""
    assert row.numerator is not None
    if not cells[row.numerator].value:
        assert numbers is None or numbers[2] is None
        return {row.numerator}
    assert numbers is not None and numbers[:2] == (None, None)
    return set() if numbers[2] is None else {row.numerator}


def test_no_number_of_the_demo_deviations_can_be_worked_out(
    version: duckdb.DuckDBPyConnection,
) -> None:
    quarters = tables(version, "deviations")
    assert len(quarters) == 13
    for period, of in quarters.items():
        published = {number for number, cell in enumerate(of.cells) if cell.published}
        hidden = published - seen(version, period, of)
        assert hidden or period == "2023-K3"
        assert [found for found in ranges(of, hidden) if not found.safe] == [], period


# A quarter of each dataset is attacked by tests/commands, and every quarter of deviations above.
@in_soak
def test_the_attack_is_told_what_readers_see(version: duckdb.DuckDBPyConnection) -> None:
    told = {(one.name, one.period): one for one in proofs(QUARTER)}
    compared = 0
    for dataset in CONTROLS:
        for period, of in tables(version, dataset).items():
            if (proof := told.get((name_of(dataset), period))) is None:
                continue
            compared += 1
            shown = seen(version, period, of)
            attacked = {found.cell for found in proof.ranges}
            for number, cell in enumerate(of.cells):
                if cell.published:
                    assert (cell in attacked) != (number in shown), cell
            assert not proof.open_cells
    assert compared == 5


def test_every_dataset_is_proven_or_said_to_be_public(
    version: duckdb.DuckDBPyConnection,
) -> None:
    for key, dataset in datasets().items():
        found = version.execute(
            "select max(period) from owner where dataset = $key", {"key": key}
        ).fetchone()
        if found and found[0] and key not in CONTROLS:
            assert dataset.name in {one.name for one in whole(found[0])}
    assert whole("1999") == []
