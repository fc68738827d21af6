"""Versions that earlier programs wrote, kept as they were, read and brought forward."""

import gzip
import shutil
from pathlib import Path

import duckdb
import pytest

import pipeline
from metrics.catalogue import indicators
from metrics.indicator import POPULATION
from metrics.values import values
from views.origin.numbers import origin
from warehouse import migrations, store

# By schema number: a version with discharges, deviations, funds, other indicators and a load that
# was withdrawn, as the program of that schema wrote it.
KEPT = {
    int(path.name.split("_")[1].split(".")[0]): path
    for path in sorted((Path(__file__).parent / "data").glob("schema_*.duckdb.gz"))
}
RENAMED = {1: "* rename (care_form as part)"}


@pytest.fixture(params=sorted(KEPT))
def old(request: pytest.FixtureRequest, data: Path) -> int:
    """The schema number of the one version that the data folder has."""
    number = int(request.param)
    store.path_of(6).parent.mkdir(parents=True)
    store.path_of(6).write_bytes(gzip.decompress(KEPT[number].read_bytes()))
    store.path_of(6).with_name("CURRENT").write_text("000006\n", encoding="ascii")
    return number


def _as_written(number: int) -> dict[tuple[str, ...], tuple[float | None, str]]:
    """Every value that the old program showed, from its own tables."""
    with duckdb.connect(str(store.path_of(6)), read_only=True) as connection:
        rows = connection.execute(
            f"""
            select indicator, period, level, place, part, value, status
            from (select {RENAMED.get(number, "*")} from shown)
            where "within" = 'lan' or level = 'municipality'
            """
        ).fetchall()
    return {tuple(row[:5]): (row[5], row[6]) for row in rows}


def _as_read() -> dict[tuple[str, ...], tuple[float | None, str]]:
    return {
        (one.indicator, one.period, one.level, one.place, one.part): (one.value, one.status)
        for key in indicators()
        for part in ("alla", None)
        for one in values(indicator=key, part=part)
    }


def _is_rate(key: str) -> bool:
    return indicators()[key].denominator == POPULATION


def test_there_is_a_version_of_every_schema_before_todays() -> None:
    assert list(KEPT) == list(range(1, migrations.SCHEMA))


def test_an_old_version_reads_as_it_was_shown_and_is_left_as_it_is(old: int) -> None:
    before = store.path_of(6).read_bytes()
    assert len(_as_written(old)) == 551
    assert _as_read() == _as_written(old)
    funds = next(key for key in _as_read() if key[0] == "funds_used" and key[2] == "recipient")
    found = origin(
        indicator=funds[0], period=funds[1], level=funds[2], place=funds[3], part=funds[4]
    )
    assert found is not None
    assert [source.load.file for source in found.sources] == ["medel_2020.xlsx"]
    assert store.path_of(6).read_bytes() == before
    assert store.versions() == [6]


def test_the_first_that_is_published_brings_it_forward_in_a_version_of_its_own(
    old: int, kind: str
) -> None:
    if kind == "shared":
        # A machine's own old version is none of those that others have: `move` takes it to them.
        with pytest.raises(store.Lost):
            pipeline.withdraw(1, reason="fel fil")
        return
    before, shown = store.path_of(6).read_bytes(), _as_written(old)
    kept = {key: value for key, (value, _) in shown.items() if key[1] != "2019-07"}
    assert len(kept) < len(shown)
    pipeline.withdraw(1, reason="fel fil")
    assert store.versions() == [6, 7]
    assert store.path_of(6).read_bytes() == before
    assert migrations.readable(store.path_of(7)) == store.path_of(7)
    # Which inhabitants a rate is by, and what is whole, today's program says.
    read = {key: value for key, (value, _) in _as_read().items() if not _is_rate(key[0])}
    assert read == {key: value for key, value in kept.items() if not _is_rate(key[0])}
    assert read


def test_a_version_that_lacks_a_table_of_today_reads_as_one_that_has_it(demo: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(demo))
        newest = store.path_of(store.version() or 0)
    assert migrations.readable(newest) == newest
    older = demo / "older.duckdb"
    shutil.copyfile(newest, older)
    with duckdb.connect(str(older)) as connection:
        connection.execute("drop table counted")
        connection.execute("update schema set tables = 'others'")
    with duckdb.connect(str(migrations.readable(older)), read_only=True) as connection:
        assert connection.execute("select count(*) from counted").fetchone() == (0,)
    older.unlink()
