from collections.abc import Iterable

import duckdb
import pytest

from metrics.catalogue import of_dataset
from metrics.changes.headline import Headline, headline

DISCHARGES = of_dataset("discharges")
Row = tuple[str, str, str, str, float | None]


@pytest.fixture
def connection() -> Iterable[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute(
            "create table shown (indicator text, period text, level text, place text, value double,"
            " \"within\" text default 'lan', part text default 'alla')"
        )
        yield opened


def fill(connection: duckdb.DuckDBPyConnection, rows: Iterable[Row]) -> None:
    connection.executemany(
        "insert into shown (indicator, period, level, place, value) values (?, ?, ?, ?, ?)",
        list(rows),
    )


def homes(period: str, *, days: float) -> list[Row]:
    """Twelve municipalities with some days, and as many with none."""
    return [
        ("ready_days", period, "municipality", str(at), days + at if at < 12 else 0.0)
        for at in range(24)
    ]


def test_it_is_the_countys_number_and_the_one_before(connection: duckdb.DuckDBPyConnection) -> None:
    fill(connection, [("mean_days", "2020-12", "county", "lan", 0.79)])
    fill(connection, [("mean_days", "2021-01", "county", "lan", 0.81)])
    fill(connection, [("ready_days", "2021-01", "county", "lan", 9.0)])
    found = headline(connection, DISCHARGES, period="2021-01")
    assert found == Headline("mean_days", "2021-01", 0.81, 0.79, repeated=False)
    assert headline(connection, DISCHARGES, period="2021-03") is None
    first = headline(connection, DISCHARGES, period="2020-12")
    assert first is not None
    assert first.before is None


@pytest.mark.parametrize(("days", "repeated"), [(5, True), (6, False)])
def test_the_same_numbers_twice_are_pointed_out(
    connection: duckdb.DuckDBPyConnection, days: float, *, repeated: bool
) -> None:
    fill(connection, [("mean_days", "2021-01", "county", "lan", 0.81)])
    fill(connection, homes("2020-12", days=5) + homes("2021-01", days=days))
    found = headline(connection, DISCHARGES, period="2021-01")
    assert found is not None
    assert found.repeated is repeated


def test_few_numbers_alike_may_be_chance(connection: duckdb.DuckDBPyConnection) -> None:
    fill(connection, [("mean_days", "2021-01", "county", "lan", 0.81)])
    fill(connection, homes("2020-12", days=5)[9:] + homes("2021-01", days=5)[9:])
    found = headline(connection, DISCHARGES, period="2021-01")
    assert found is not None
    assert not found.repeated
