"""An attack with all that is published of a quarter, by one who has only that and a solver.

Nothing of the disclosure control is used: the cells come from what `values` gives everybody, what
they add up to from common knowledge, and the truth from `values(raw=True)`.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

import pipeline
import reference
from metrics.catalogue import indicators
from metrics.indicator import terms_of
from metrics.values import Value, values
from tests.effort import in_soak

SHIPPED = Path(__file__).parents[3] / "data" / "demo"
MONTHS = ("2026-07", "2026-08", "2026-09")
QUARTER = "2026-K3"
AREAS = [area.key for area in reference.areas()]
HOMES = {home.code: home.area for home in reference.municipalities()}
# Measure, level, place and care form or process.
Column = tuple[str, str, str, str]
Sum = dict[Column, float]
Cell = tuple[tuple[Column, float], ...]


@pytest.fixture(scope="module", autouse=True)
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("attack")
    whole = next(SHIPPED.glob("utskrivningsklara_*.csv")).read_text(encoding="utf-8-sig")
    head, *lines = whole.splitlines()
    months = folder / "kvartalet.csv"
    months.write_text(
        "\n".join([head, *(line for line in lines if line.startswith(MONTHS))]), encoding="utf-8"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(folder))
        for path in (months, next(SHIPPED.glob("avvikelser_*.csv"))):
            with pipeline.checked(path) as file:
                assert file.ok, file.problems
                pipeline.publish(file)
        yield


class Attack:
    """The published rows of a period, what they say, and what everybody knows of their sums."""

    def __init__(self, dataset: str, period: str) -> None:
        self.measured = [one for one in indicators().values() if one.dataset == dataset]
        self.parts = ["alla", "somatik", "psykiatri"] if dataset == "discharges" else ["alla", None]
        self.columns: dict[Column, int] = {}
        self.equal: list[tuple[Sum, float]] = []
        self.least: list[Sum] = []
        self.hidden: dict[Cell, float] = {}
        shown: list[tuple[Cell, float]] = []
        covered: list[tuple[Cell, float]] = []
        for one in self.measured:
            for part in self.parts:
                truth = {self._at(row): row for row in rows_of(one.key, part, period, raw=True)}
                for row in rows_of(one.key, part, period):
                    for cell, number, true in self.numbers(row, truth[self._at(row)]):
                        (covered if number is None else shown).append((cell, true))
        known = {cell for cell, _ in shown}
        self.equal += [(dict(cell), true) for cell, true in shown]
        self.hidden = {cell: true for cell, true in covered if cell not in known}
        # A place where nobody is shows 0, so what is hidden of these is somebody.
        listed = ("discharges", "deviations")
        self.floor = {c: 1.0 for ((c, _), *rest) in self.hidden if not rest and c[0] in listed}

    def _at(self, row: Value) -> tuple[str, str, str]:
        return row.level, row.place, row.part

    def numbers(self, row: Value, truth: Value) -> Iterator[tuple[Cell, float | None, float]]:
        """The numbers of a row as sums of columns: what is shown of each, and what it is."""
        one = indicators()[row.indicator]
        if one.calculation == "median":
            return
        if one.calculation == "excess":
            self._above_the_mean(row)
            return
        for expression, number, true in (
            (one.numerator, row.numerator, truth.numerator),
            (one.denominator, row.denominator, truth.denominator),
        ):
            terms = [term for term in terms_of(expression) if term != "population"]
            if terms and true is not None:
                columns = [(term, row.level, row.place, row.part) for term in terms]
                for column in columns:
                    self.columns.setdefault(column, len(self.columns))
                yield tuple((column, 1.0) for column in columns), number, true

    def _above_the_mean(self, row: Value) -> None:
        if row.level == "municipality" and row.value is not None:
            days, persons = (
                (measure, row.level, row.place, row.part)
                for measure in ("ready_days", "discharges")
            )
            if row.value:
                self.equal.append(({days: 1.0, persons: -3.0}, row.value))
            else:
                self.least.append({days: -1.0, persons: 3.0})

    def adds_up(self, whole: Column, parts: list[Column], *, exactly: bool = True) -> None:
        """Let it be known that a number is the sum of others, those that are not there being 0."""
        there = {part: -1.0 for part in parts if part in self.columns}
        if whole in self.columns and there:
            if exactly:
                self.equal.append(({whole: 1.0} | there, 0.0))
            else:
                self.least.append({whole: 1.0} | there)

    def no_more_than(self, less: list[str], more: str) -> None:
        """Let it be known that some measures together never exceed another, anywhere."""
        self.least += [
            rest for rest in self.rests(less, more) if all(c in self.columns for c in rest)
        ]

    def rests(self, less: list[str], more: str) -> list[Sum]:
        """What is left everywhere of a measure without some that it holds."""
        return [
            {(more, level, place, part): 1.0} | {(one, level, place, part): -1.0 for one in less}
            for measure, level, place, part in self.columns
            if measure == more
        ]

    def range_of(self, cell: Sum) -> tuple[float, float]:
        """The lowest and the highest value that a sum can have."""
        found = []
        for sign in (1, -1):
            objective = np.zeros(len(self.columns))
            for column, factor in cell.items():
                objective[self.columns[column]] += sign * factor
            answer = linprog(
                objective,
                A_eq=self._matrix([terms for terms, _ in self.equal]),
                b_eq=[number for _, number in self.equal],
                A_ub=-self._matrix(self.least) if self.least else None,
                b_ub=np.zeros(len(self.least)) if self.least else None,
                bounds=[(self.floor.get(column, 0.0), 1e6) for column in self.columns],
                method="highs",
            )
            assert answer.status == 0, answer.message
            found.append(sign * answer.fun)
        return found[0], found[1]

    def _matrix(self, rows: list[Sum]) -> csr_matrix:
        at = [(row, self.columns[c], f) for row, terms in enumerate(rows) for c, f in terms.items()]
        found, columns, factors = zip(*at, strict=True)
        return csr_matrix((factors, (found, columns)), shape=(len(rows), len(self.columns)))


def rows_of(indicator: str, part: str | None, period: str, *, raw: bool = False) -> list[Value]:
    return values(indicator=indicator, part=part, start=period, end=period, raw=raw)


def discharges(month: str) -> Attack:
    attack = Attack("discharges", month)
    hospitals = sorted({place for _, level, place, _ in attack.columns if level == "hospital"})
    for measure in {measure for measure, *_ in attack.columns}:
        for part in ("alla", "somatik", "psykiatri"):
            county = (measure, "county", "lan", part)
            attack.adds_up(county, [(measure, "area", area, part) for area in AREAS])
            if part == "alla" or measure in ("discharges", "ready_days"):
                attack.adds_up(county, [(measure, "hospital", one, part) for one in hospitals])
        for area in AREAS:
            homes = [code for code, home in HOMES.items() if home == area]
            whole = (measure, "area", area, "alla")
            attack.adds_up(whole, [(measure, "municipality", code, "alla") for code in homes])
        for level, place in {(level, place) for _, level, place, _ in attack.columns}:
            attack.adds_up(
                (measure, level, place, "alla"),
                [(measure, level, place, part) for part in ("somatik", "psykiatri")],
            )
    attack.no_more_than(["same_day", "over_3"], "discharges")
    attack.no_more_than(["over_7"], "over_3")
    return attack


def deviations() -> Attack:
    attack = Attack("deviations", QUARTER)
    processes = sorted({part for *_, part in attack.columns if part != "alla"})
    for measure in {measure for measure, *_ in attack.columns}:
        for level, place in {(level, place) for _, level, place, _ in attack.columns}:
            attack.adds_up(
                (measure, level, place, "alla"),
                [(measure, level, place, process) for process in processes],
            )
        homes = [(measure, "municipality", code, "alla") for code in HOMES]
        attack.adds_up((measure, "county", "lan", "alla"), homes)
        for area in AREAS:
            own = [
                (measure, "municipality", c, "alla") for c, home in HOMES.items() if home == area
            ]
            attack.adds_up((measure, "area", area, "alla"), own, exactly=False)
    attack.no_more_than(["answered_in_time"], "answer_due")
    attack.no_more_than(["answer_due"], "deviations")
    attack.no_more_than(["open_cases"], "deviations")
    return attack


def opened(attack: Attack, cells: dict[Cell, float]) -> list[object]:
    """The hidden numbers that the attack works out, or small counts that it leaves less than 3."""
    found: list[object] = []
    for cell, true in cells.items():
        low, high = attack.range_of(dict(cell))
        assert low - 1e-4 <= true <= high + 1e-4
        days = any(column[0] == "ready_days" for column, _ in cell)
        values_left = np.floor(high + 1e-6) - np.ceil(low - 1e-6) + 1
        if high - low < 1e-6 or (1 <= true < 5 and not days and values_left < 3):
            found.append((cell, true, low, high))
    return found


@pytest.mark.parametrize(
    "month", [MONTHS[0], *(pytest.param(month, marks=in_soak) for month in MONTHS[1:])]
)
def test_a_month_gives_away_nothing(month: str) -> None:
    attack = discharges(month)
    assert len(attack.hidden) > 50
    assert opened(attack, attack.hidden) == []


@in_soak
def test_no_rest_of_what_is_published_is_a_small_count() -> None:
    attack = discharges(MONTHS[0])
    truth: dict[Column, float] = {}
    for one in attack.measured:
        for part in attack.parts:
            for row in rows_of(one.key, part, MONTHS[0], raw=True):
                for cell, _, true in attack.numbers(row, row):
                    if len(cell) == 1:
                        truth[cell[0][0]] = true
    rests: dict[Cell, float] = {}
    for less in (["same_day"], ["over_3"], ["same_day", "over_3"]):
        for rest in attack.rests(less, "discharges"):
            if all(column in attack.columns for column in rest):
                true = sum(truth[column] * factor for column, factor in rest.items())
                if 1 <= true < 5:
                    rests[tuple(rest.items())] = true
    assert len(rests) > 20
    assert opened(attack, rests) == []


def test_small_counts_alone_hidden_would_be_worked_out() -> None:
    """The attack is one: it opens what is left of the pattern when only small counts are hidden."""
    attack = discharges(MONTHS[0])
    small = {cell: true for cell, true in attack.hidden.items() if 1 <= true < 5}
    attack.equal += [
        (dict(cell), true) for cell, true in attack.hidden.items() if cell not in small
    ]
    assert opened(attack, small) != []


def test_a_quarter_of_deviations_gives_away_nothing() -> None:
    attack = deviations()
    assert len(attack.hidden) > 20
    assert opened(attack, attack.hidden) == []


@pytest.mark.parametrize(
    ("indicator", "share"), [("mean_days", 0.88), ("ready_days", 0.88), ("discharges", 0.93)]
)
def test_what_is_followed_up_is_shown(indicator: str, share: float) -> None:
    """Every area and the county, by care form too, and nine municipalities of ten; days are hidden
    where they alone would say a small count."""
    for part in ("alla", "somatik", "psykiatri"):
        for level in ("county", "area", "hospital"):
            shown = values(indicator=indicator, level=level, part=part, start=MONTHS[0])
            assert all(row.status == "ok" for row in shown)
    municipal = values(indicator=indicator, level="municipality", start=MONTHS[0])
    assert sum(row.status == "ok" for row in municipal) > share * len(municipal)
