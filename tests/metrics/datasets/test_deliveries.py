"""How deliveries keep to what is agreed, as indicators, worked out by hand."""

from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files

import duckdb
import pytest

from metrics.catalogue import of_dataset
from metrics.changes import comparison
from metrics.datasets import datasets

KEY = "discharge_deliveries"
LYSEKIL, SOTENÄS = "1484", "1427"
# A month is to come on the 10th of the next: August's was due before the first delivery, and
# October's after the last.
FIRST, LATE, CORRECTED = (
    datetime(2026, 10, 5, 8),
    datetime(2026, 10, 20, 8),
    datetime(2026, 11, 2, 8),
)


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as made:
        made.execute(files("warehouse").joinpath("schema.sql").read_text(encoding="utf-8"))
        yield made


def loaded(
    connection: duckdb.DuckDBPyConnection,
    number: int,
    at: datetime,
    places: list[str],
    periods: tuple[str, ...] = ("2026-08", "2026-09"),
    demo: bool = False,
) -> None:
    connection.execute(
        """
        insert into load by name
        select
            $number as load_id, $at as loaded_at, 'discharges' as dataset, $demo as demo,
            '' as export, '' as file, '' as sha256, 0 as bytes, '' as loaded_by, 0 as rows,
            '' as first_period, '' as last_period, false as forced, false as archived
        """,
        {"number": number, "at": at, "demo": demo},
    )
    connection.executemany(
        "insert into claim values ($1, $2, $3, 0)",
        [[number, period, place] for period in periods for place in places],
    )


def cube(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str, str], float | None]:
    dataset = datasets()[KEY]
    connection.execute("delete from cube")
    if dataset.gather(connection) and dataset.cube is not None:
        for one in of_dataset(KEY):
            expressions, _ = dataset.cube.fill(one)
            connection.execute(
                dataset.cube.statement.format(**expressions),
                {"indicator": one.key, "levels": list(one.levels)},
            )
    rows = connection.execute("select indicator, period, place, value from cube").fetchall()
    return {
        (key.rpartition("deliveries_")[2], period, at): value for key, period, at, value in rows
    }


def test_shares_of_what_was_due_before_the_last_publication(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    loaded(connection, 1, FIRST, [LYSEKIL])
    loaded(connection, 2, LATE, [SOTENÄS])
    loaded(connection, 3, CORRECTED, [LYSEKIL], ("2026-09", "2026-10"))
    comparison.remember(connection)
    told = cube(connection)
    # They follow of every delivery, and are no change that one makes.
    assert comparison.changes(connection) == ()
    assert {period for _, period, _ in told} == {"2026-09"}
    assert told["in_time", "2026-09", LYSEKIL] == 100
    assert told["in_time", "2026-09", SOTENÄS] == 0
    assert told["came", "2026-09", SOTENÄS] == 100
    assert told["came", "2026-09", "1480"] == 0
    # Of two that came one was changed; of what did not come nothing can be.
    assert told["corrected", "2026-09", "lan"] == 50
    assert told["corrected", "2026-09", "1480"] is None
    # Fyrbodal has fifteen municipalities, of which these are two.
    assert told["came", "2026-09", "fyrbodal"] == pytest.approx(100 * 2 / 15)
    assert told["in_time", "2026-09", "lan"] == pytest.approx(100 / 49)


def test_the_same_version_gives_the_same_whenever_it_is_asked(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert cube(connection) == {}
    loaded(connection, 1, datetime(2026, 1, 2), [LYSEKIL], demo=True)
    assert cube(connection) == {}
    loaded(connection, 2, FIRST, [LYSEKIL])
    # Nothing had been due since the first delivery when it was published.
    assert cube(connection) == {}
    connection.execute("update load set withdrawn_at = $1 where load_id = 2", [CORRECTED])
    told = cube(connection)
    assert told["came", "2026-09", LYSEKIL] == 100
    assert told["corrected", "2026-09", LYSEKIL] == 100


def test_they_count_nobody_and_are_agreed_on_by_nobody() -> None:
    dataset = datasets()[KEY]
    assert {one.counts for one in dataset.measures.values()} == {"none"}
    assert not dataset.writing
