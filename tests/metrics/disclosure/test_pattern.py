"""Disclosure control: what is hidden cannot be worked out, by means that share nothing with it."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linprog

import pipeline
import reference
from metrics import cube, protect
from metrics.catalogue import indicators
from metrics.changes import comparison
from metrics.datasets.counted.cells import Unit
from metrics.datasets.discharges.cells import table
from metrics.disclosure.audit import ranges
from metrics.disclosure.cells import Cell, Rule, Table, favouring, united
from metrics.disclosure.pattern import pattern
from metrics.proof import proofs
from pipeline.attacking import attack
from tests.effort import examples
from views import tried
from warehouse import store
from warehouse.journal.tried import attacks

THRESHOLD = 5
INDICATORS = [one for one in indicators().values() if one.dataset == "discharges"]


def two_way(rows: list[list[int]]) -> Table:
    """A table of counts with its margins and its total, all of them published."""
    height, width = len(rows), len(rows[0])
    parts = [value for row in rows for value in row]
    sums = [[part] for part in range(len(parts))]
    sums += [[row * width + column for column in range(width)] for row in range(height)]
    sums += [[row * width + column for row in range(height)] for column in range(width)]
    sums.append(list(range(len(parts))))
    return Table(parts=tuple(map(float, parts)), cells=tuple(_count(s, parts) for s in sums))


def _count(members: list[int], parts: list[int]) -> Cell:
    value = sum(parts[part] for part in members)
    return Cell(
        "persons",
        str(members),
        tuple((part, 1.0) for part in members),
        value,
        weight=float(len(members)),
        sensitive=1 <= value < THRESHOLD,
    )


def _tables_that_show_the_same(of: Table, hidden: frozenset[int]) -> NDArray[np.int64]:
    """Every table of whole numbers that agrees with what is shown, by trying them all."""
    grid = np.array(list(product(range(int(max(of.parts)) + 3), repeat=len(of.parts))))
    agrees = np.ones(len(grid), dtype=bool)
    for number, cell in enumerate(of.cells):
        if number not in hidden:
            agrees &= grid[:, [part for part, _ in cell.terms]].sum(axis=1) == cell.value
    return grid[agrees]


def test_one_small_count_takes_the_cheapest_companion_with_it() -> None:
    parts = [2, 30, 8, 40]
    cells = [_count([part], parts) for part in range(4)] + [_count([0, 1, 2, 3], parts)]
    found = pattern(Table(parts=tuple(map(float, parts)), cells=tuple(cells)))
    assert len(found.hidden) == 2 and 0 in found.hidden and 4 not in found.hidden
    assert not found.unproven


def test_what_was_hidden_before_is_the_cheaper_companion() -> None:
    parts = [2, 30, 8, 40]
    cells = [_count([part], parts) for part in range(4)] + [_count([0, 1, 2, 3], parts)]
    of = Table(parts=tuple(map(float, parts)), cells=tuple(cells))
    assert pattern(of).hidden == {0, 1}
    assert pattern(favouring(of, {2})).hidden == {0, 2}


def test_nothing_small_hides_nothing() -> None:
    assert not pattern(two_way([[10, 20], [0, 7]])).hidden


def test_a_sum_that_is_small_is_hidden_though_its_parts_are_not_shown() -> None:
    """The share of 8 by 10 gives the 2 who are not among them."""
    parts = [8, 2, 20, 30]
    whole, part = _count([0, 1], parts), _count([0], parts)
    others = [_count([2, 3], parts), _count([2], parts)]
    totals = [_count([0, 1, 2, 3], parts), _count([0, 2], parts)]
    rest = Cell("rest", "", ((1, 1.0),), 2, 0.0, published=False, sensitive=True)
    found = pattern(
        Table(parts=tuple(map(float, parts)), cells=(whole, part, *others, *totals, rest))
    )
    assert found.hidden & {0, 1}


@settings(max_examples=examples(15))
@given(st.lists(st.lists(st.integers(0, 6), min_size=3, max_size=3), min_size=2, max_size=2))
def test_no_hidden_count_can_be_worked_out_by_trying_every_table(rows: list[list[int]]) -> None:
    given_table = two_way(rows)
    found = pattern(given_table)
    assert not found.unproven
    tables = _tables_that_show_the_same(given_table, found.hidden)
    for number, cell in enumerate(given_table.cells):
        if cell.sensitive:
            assert number in found.hidden
        if number in found.hidden:
            values = np.unique(tables[:, [part for part, _ in cell.terms]].sum(axis=1))
            assert len(values) >= (3 if cell.sensitive else 2)


def _lowest_and_highest(of: Table, hidden: frozenset[int], cell: Cell) -> tuple[float, float]:
    """The range of a cell by another solver's interface, from the definition."""
    known = [c for number, c in enumerate(of.cells) if c.published and number not in hidden]

    def dense(terms: tuple[tuple[int, float], ...]) -> list[float]:
        row = [0.0] * len(of.parts)
        for part, factor in terms:
            row[part] += factor
        return row

    def extreme(sign: float) -> float:
        answer = linprog(
            [sign * factor for factor in dense(cell.terms)],
            A_eq=[dense(c.terms) for c in known] or None,
            b_eq=[c.value for c in known] or None,
            A_ub=[[-factor for factor in dense(rule.terms)] for rule in of.rules] or None,
            b_ub=[-rule.lower for rule in of.rules] or None,
        )
        return sign * float("-inf") if answer.status in (3, 4) else sign * float(answer.fun)

    return extreme(1.0), extreme(-1.0)


counts = st.integers(0, 12)


@st.composite
def small_counties(draw: st.DrawFn) -> list[Unit]:
    """Stays of two areas, drawn by how long they lasted, so that every measure agrees."""
    units = []
    homes = {"1440": "simba", "1482": "simba", "1489": "samla", "1441": "samla"}
    for municipality, hospital, care_form in product(homes, ("A", "B"), ("somatik", "psykiatri")):
        if not draw(st.booleans()):
            continue
        none, few, some, many = (draw(counts) for _ in range(4))
        days = few * draw(st.integers(1, 3)) + some * draw(st.integers(4, 7)) + many * 9
        measures = {
            "discharges": none + few + some + many,
            "ready_days": days,
            "same_day": none,
            "over_3": some + many,
            "over_7": many,
            "before_notice": draw(counts),
        }
        units.append(Unit(municipality, homes[municipality], hospital, (care_form,), measures))
    return units


@settings(max_examples=examples(8))
@given(small_counties())
def test_an_attack_with_everything_published_opens_nothing(units: list[Unit]) -> None:
    made = table(units, INDICATORS, THRESHOLD)
    found = pattern(made)
    assert not found.unproven
    answers = list(ranges(made, found.hidden))
    assert all(answer.safe for answer in answers)
    for answer in answers[::25]:
        lowest, highest = _lowest_and_highest(made, found.hidden, answer.cell)
        assert answer.lowest == pytest.approx(lowest, abs=1e-5)
        assert answer.highest == pytest.approx(highest, abs=1e-5)


@settings(max_examples=examples(8))
@given(small_counties())
def test_no_row_shows_a_small_count_or_lets_one_be_subtracted(units: list[Unit]) -> None:
    made = table(units, INDICATORS, THRESHOLD)
    hidden = pattern(made).hidden
    for row in made.rows:
        shown = [
            made.cells[number].value
            for number in (row.numerator, row.denominator)
            if number is not None and number not in hidden
        ]
        if "days" not in row.indicator:
            assert not any(1 <= value < THRESHOLD for value in shown)
        if row.divided and len(shown) == 2 and "days" not in row.indicator:
            assert not 1 <= shown[1] - shown[0] < THRESHOLD
        if row.indicator in ("mean_days", "ready_days") and row.denominator in hidden:
            assert row.numerator in hidden


def test_a_threshold_of_none_hides_nothing() -> None:
    units = [Unit("1440", "simba", "A", ("somatik",), {"discharges": 2, "ready_days": 3})]
    made = table(units, INDICATORS, 0)
    assert not pattern(made).hidden


def test_what_was_not_delivered_is_no_cell() -> None:
    units = [Unit("1440", "simba", None, (), {"discharges": 9, "same_day": None})]
    made = table(units, INDICATORS, THRESHOLD)
    assert {row.indicator for row in made.rows} == {"discharges"}


def test_numbers_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="below 0"):
        Table(parts=(-1.0,), cells=())
    with pytest.raises(ValueError, match="break"):
        Table(parts=(1.0,), cells=(), rules=(Rule(((0, 1.0),), 2.0),))


def test_persons_and_days_are_whole() -> None:
    """Of five persons with one day in all, four left the same day: in fractions up to 4.999."""
    persons = Cell("discharges", "x", ((0, 1.0), (1, 1.0)), 5.0, settled=True)
    days = Cell("ready_days", "x", ((2, 1.0),), 1.0, settled=True)
    same_day = Cell("same_day", "x", ((0, 1.0),), 4.0, sensitive=True)
    bounds = (Rule(((2, 1.0), (1, -1.0))), Rule(((2, -1.0), (1, 999.0))))
    made = Table((4.0, 1.0, 1.0), (persons, days, same_day), bounds=bounds)
    (found,) = ranges(made, {2})
    assert found.told and not found.given_away
    assert (found.first, found.last) == (0, 5)


def test_tables_that_share_a_number_are_attacked_together() -> None:
    """Each leaves a sum four values, of which the other leaves one."""
    apart = (
        Cell("all", "x", ((0, 1.0), (1, 1.0)), 3.0),
        Cell("one", "x", ((0, 1.0),), 3.0, sensitive=True),
    )
    first = Table((3.0, 0.0), apart)
    second = Table((3.0, 0.0), apart, rules=(Rule(((0, 1.0),), 3.0),))
    hidden = {1, 3}
    assert [one.values for one in ranges(united(first, second, []), hidden)] == [4, 1]
    assert [one.values for one in ranges(united(first, second, [(1, 1)]), hidden)] == [1, 1]


def test_ranges_of_an_open_table() -> None:
    made = two_way([[3, 20], [10, 30]])
    (alone, *_) = ranges(made, {0})
    assert (alone.lowest, alone.highest, alone.safe) == (3, 3, False)


HEAD = "Månad;Kommun;Sjukhus;Vårdform;Antal utskrivna;Antal dagar;Utskrivna samma dag\n"
LINES = [
    ("Ale", "Kungälvs sjukhus", "Somatik", 40, 30, 20),
    ("Ale", "Kungälvs sjukhus", "Psykiatri", 2, 4, 0),
    ("Kungälv", "Kungälvs sjukhus", "Somatik", 60, 41, 33),
    ("Kungälv", "Kungälvs sjukhus", "Psykiatri", 9, 6, 0),
    ("Stenungsund", "SU", "Somatik", 30, 12, 22),
    ("Stenungsund", "SU", "Psykiatri", 7, 3, 5),
    ("Lerum", "SU", "Somatik", 50, 31, 30),
    ("Alingsås", "Alingsås lasarett", "Somatik", 44, 20, 30),
    ("Tjörn", "Kungälvs sjukhus", "Somatik", 2, 4, 0),
]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Load months and protect the cube, in a data folder of one's own."""
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))

    def loaded(*months: str, more: int = 0) -> None:
        path = tmp_path / f"{'_'.join(months)}_{more}.csv"
        rows = [
            f"{month};{home};{hospital};{form};{n + more};{days + more};{same}\n"
            for month in months
            for home, hospital, form, n, days, same in LINES
        ]
        path.write_text(HEAD + "".join(rows), encoding="utf-8")
        with pipeline.checked(path) as file:
            assert file.ok, file.problems
            pipeline.publish(file)

    return loaded


def rows(statement: str) -> list[tuple[object, ...]]:
    with store.reading() as connection:
        assert connection is not None
        return connection.execute(statement).fetchall()


def test_readers_see_nothing_of_a_hidden_row(load: Callable[..., None]) -> None:
    load("2019-07")
    tjorn = "where place = '1419' and part = 'alla' and indicator = 'discharges'"
    assert rows(f"select numerator, value, status, reported, expected from shown {tjorn}") == [
        (None, None, "confidential", 1, 1)
    ]
    assert rows(f"select numerator, value, status from cube {tjorn}") == [(2, 2, "ok")]
    assert (
        rows(
            """
        from shown
        where status = 'confidential'
            and (numerator is not null or denominator is not null or value is not null)
        """
        )
        == []
    )


def test_what_is_shown_is_what_is_so(load: Callable[..., None]) -> None:
    load("2019-07")
    assert (
        rows(
            """
        select shown.*
        from shown
        join cube using (indicator, period, level, place, "within", part)
        where shown.status <> 'confidential'
            and (shown.value is distinct from cube.value
                or shown.numerator is distinct from cube.numerator)
        """
        )
        == []
    )


def test_the_county_stays_visible(load: Callable[..., None]) -> None:
    load("2019-07")
    assert rows(
        "select value from shown where level = 'county' and indicator = 'discharges' "
        "and part = 'alla'"
    ) == [(244.0,)]


def test_the_published_pattern_withstands_the_attack(load: Callable[..., None]) -> None:
    load("2019-07")
    (proof,) = proofs("2019-07")
    assert proof.open_cells == ()
    assert 0 < proof.hidden_cells < proof.cells
    assert proof.rows == len(rows("from shown"))
    assert proof.hidden_rows == len(rows("from shown where status = 'confidential'"))


def test_an_attack_leaves_a_certificate_of_the_version(load: Callable[..., None]) -> None:
    load("2019-07")
    assert attacks.newest(1) is None
    assert tried.told() == tried.NOT_TRIED
    _, made = attack("2019-07")
    assert made is not None and made.worked_out == 0
    assert attacks.newest(1) is None
    assert attacks.newest(1, "2019-07") == replace(made, at=made.at.replace(microsecond=0))
    assert "Inget dolt tal går att räkna ut." in tried.told("2019-07")
    load("2019-08")
    assert attacks.newest(store.version(), "2019-07") is None


def test_the_attack_finds_a_pattern_that_is_too_small(load: Callable[..., None]) -> None:
    load("2019-07")
    with duckdb.connect() as connection, store.writing(connection, command="test"):
        connection.execute("delete from disclosure_hidden where place <> '1419'")
    (proof,) = proofs("2019-07")
    assert proof.open_cells


def test_another_month_leaves_a_months_pattern_alone(load: Callable[..., None]) -> None:
    pattern_of = "from disclosure_hidden where period = '2019-07' order by all"
    load("2019-07")
    alone = rows(pattern_of)
    with duckdb.connect() as connection, store.writing(connection, command="test"):
        # A mark that a pattern chosen anew would wipe out.
        connection.execute("update disclosure_hidden set whole = not whole")
    load("2019-08")
    assert rows(pattern_of) == sorted((*row[:-1], not row[-1]) for row in alone)
    load("2019-07", more=1)
    assert rows("select max(period) from disclosure_period") == [("2019-08",)]
    assert rows(pattern_of) != sorted((*row[:-1], not row[-1]) for row in alone)


def test_the_same_facts_give_the_same_pattern(load: Callable[..., None]) -> None:
    load("2019-07", "2019-08")
    months = [
        rows(
            f"""
            select * exclude (period) from disclosure_hidden where period = '{month}' order by all
            """
        )
        for month in ("2019-07", "2019-08")
    ]
    assert months[0] == months[1]


def test_another_threshold_or_due_day_is_made_anew_where_asked(
    load: Callable[..., None], tmp_path: Path
) -> None:
    load("2019-07")
    hidden = rows("select count(*) from shown where status = 'confidential'")
    version = store.version()
    pipeline.refresh()
    assert store.version() == version
    (tmp_path / "settings.toml").write_text("disclosure_threshold = 0\n", encoding="utf-8")
    pipeline.refresh()
    assert store.version() != version
    assert hidden != rows("select count(*) from shown where status = 'confidential'") == [(0,)]
    for day, current in ((10, True), (12, False)):
        chosen = f"disclosure_threshold = 0\ndue_day_month = {day}\n"
        (tmp_path / "settings.toml").write_text(chosen, encoding="utf-8")
        with store.reading() as connection:
            assert connection is not None
            assert protect.current(connection) is current


def test_a_version_of_a_program_with_other_rules_is_made_anew(load: Callable[..., None]) -> None:
    load("2019-07")
    with duckdb.connect() as connection, store.writing(connection, command="test"):
        connection.execute("delete from disclosure_hidden")
        connection.execute("delete from disclosure_period")
    pipeline.refresh()
    assert len(rows("from shown where status = 'confidential'")) > 0


def test_a_month_that_is_gone_has_no_pattern(load: Callable[..., None]) -> None:
    load("2019-07")
    pipeline.withdraw(1, reason="fel fil")
    assert rows("from disclosure_hidden") == []
    assert rows("from disclosure_period where dataset <> ''") == []


def test_no_municipality_or_area_is_shown_by_hospital_or_care_form(
    load: Callable[..., None],
) -> None:
    load("2019-07")
    assert rows("from shown where level = 'municipality' and part <> 'alla'") == []
    assert rows("from shown where level = 'hospital' and \"within\" <> 'lan'") == []
    assert rows("from cube where level = 'municipality' and part <> 'alla'") != []


def test_only_months_are_published(load: Callable[..., None]) -> None:
    """Sums over months would be cells of their own, which no month's pattern knows of."""
    load("2019-07", "2019-08", "2019-09")
    assert rows("select distinct length(period) from shown") == [(len("2019-07"),)]


def test_nothing_but_raw_values_reads_the_cube_itself() -> None:
    """Whoever adds a reader is to read `shown`."""
    root = Path(protect.__file__).parents[1]
    readers = {
        path.name
        for room in ("metrics", "pages", "desk", "reports", "charts")
        for path in (root / room).rglob("*")
        if path.suffix in (".py", ".sql")
        and re.search(r"\b(from|join)\s+cube\b(?! import)", path.read_text(encoding="utf-8"))
    }
    # It only empties it.
    assert readers == {"cube.py"}


def test_what_a_file_would_change_is_told_without_what_is_hidden(
    load: Callable[..., None],
) -> None:
    load("2019-07")
    with duckdb.connect() as connection, store.trying(connection):
        comparison.remember(connection)
        connection.execute("update discharge set value = value * 2")
        cube.build(connection)
        protect.protect(connection)
        told = comparison.largest(connection, limit=10_000)
    hidden = {
        tuple(row)
        for row in rows(
            "select indicator, level, place from shown "
            "where status = 'confidential' and part = 'alla'"
        )
    }
    assert hidden
    assert all(one.old is None for one in told if (one.indicator, one.level, one.place) in hidden)


def test_nothing_published_has_no_proof(load: Callable[..., None]) -> None:
    assert proofs("2019-07") == []
    load("2019-07")
    assert proofs("2019-08") == []


def test_every_municipality_of_the_table_has_an_area(load: Callable[..., None]) -> None:
    load("2019-07")
    homes = {home.code: home.area for home in reference.municipalities()}
    found = rows("select distinct place, \"within\" from shown where level = 'municipality'")
    assert all(homes[str(place)] == area for place, area in found)
