"""The demo export: reproducible, consistent, and with what it promises built in."""

import csv
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

import pipeline
import reference
from metrics.spc import xmr
from pipeline import demonstration

FOLDER = Path(reference.__file__).parents[1] / "data" / "demo"
FILE = FOLDER / "utskrivningsklara_2023-11_2026-10.csv"
MONTHS = [f"{year}-{month:02}" for year in range(2023, 2027) for month in range(1, 13)][10:46]

Row = dict[str, str]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """The rows of the committed file."""
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def number(row: Row, column: str) -> int:
    return int(row[column])


def ratio(rows: list[Row], key: Callable[[Row], str], top: str, *bottom: str) -> dict[str, float]:
    tops: dict[str, int] = defaultdict(int)
    bottoms: dict[str, int] = defaultdict(int)
    for row in rows:
        tops[key(row)] += number(row, top)
        bottoms[key(row)] += sum(number(row, column) for column in bottom)
    return {place: tops[place] / bottoms[place] for place in tops}


def series(rows: list[Row], code: str) -> list[float]:
    """A municipality's mean days by month."""
    own = [row for row in rows if row["Kommun"].startswith(code)]
    means = ratio(own, lambda row: row["Månad"], "Antal dagar", "Antal utskrivna")
    return [means[month] for month in MONTHS]


@pytest.mark.usefixtures("data")
def test_what_the_first_page_shows_is_loaded_first() -> None:
    first, second, *others = (path.name for path in demonstration.missing())
    assert (first, second) == ("forsta_2023-11_fyrbodal.csv", FILE.name)
    assert others == sorted(path.name for path in FOLDER.glob("[!fu]*.csv"))


def test_script_makes_the_committed_bytes_in_seconds(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, str(FOLDER / "make_demo.py"), str(tmp_path)], check=True, timeout=20
    )
    assert (tmp_path / FILE.name).read_bytes() == FILE.read_bytes()
    assert FILE.stat().st_size < 1_000_000


def test_the_other_script_makes_the_committed_bytes(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, str(FOLDER / "make_demo_cases.py"), str(tmp_path)], check=True, timeout=20
    )
    made = sorted(path.name for path in tmp_path.iterdir())
    assert len(made) == 6
    for name in made:
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes()
        assert (FOLDER / name).stat().st_size < 1_000_000


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda path: path.stem)
def test_every_demo_export_loads_without_a_word(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    with pipeline.checked(path) as file:
        assert file.problems == ()


def test_every_month_municipality_hospital_and_care_form(rows: list[Row]) -> None:
    assert list(dict.fromkeys(row["Månad"] for row in rows)) == MONTHS
    assert len(MONTHS) == 36
    assert {row["Kommun"] for row in rows} == {
        f"{place.code} {place.name}" for place in reference.municipalities()
    }
    assert {row["Sjukhus"] for row in rows} == {place.name for place in reference.hospitals()}
    assert {row["Vårdform"] for row in rows} == {"Somatik", "Psykiatri"}


def test_every_municipality_has_a_value_in_every_month(rows: list[Row]) -> None:
    assert len({(row["Månad"], row["Kommun"]) for row in rows}) == 36 * 49


def test_no_row_twice(rows: list[Row]) -> None:
    keys = [(row["Månad"], row["Kommun"], row["Sjukhus"], row["Vårdform"]) for row in rows]
    assert len(keys) == len(set(keys))


def test_columns_agree_with_each_other(rows: list[Row]) -> None:
    for row in rows:
        discharges, days = number(row, "Antal utskrivna"), number(row, "Antal dagar")
        same_day = number(row, "Utskrivna samma dag")
        over_3, over_7 = number(row, "Kvar mer än 3 dagar"), number(row, "Kvar mer än 7 dagar")
        some_days = discharges - same_day
        assert discharges > 0
        assert 0 <= over_7 <= over_3 <= some_days
        assert number(row, "Utskrivna före meddelande") >= 0
        # Every stay has at least the days of its class; those of 1 to 3 days have at most three.
        assert days >= (some_days - over_3) + 4 * (over_3 - over_7) + 8 * over_7
        if not over_7:
            assert days <= 3 * (some_days - over_3) + 7 * over_3
        mean = row["Genomsnittligt antal dagar"]
        assert mean[-3] == ","
        assert abs(float(mean.replace(",", ".")) - days / discharges) <= 0.005 + 1e-9


def test_county_is_about_the_published_mean(rows: list[Row]) -> None:
    means = ratio(rows, lambda row: row["Månad"], "Antal dagar", "Antal utskrivna")
    assert all(0.5 < mean < 0.9 for mean in means.values())
    assert 0.65 < sum(means.values()) / 36 < 0.75
    same_day = ratio(rows, lambda _: "lan", "Utskrivna samma dag", "Antal utskrivna")["lan"]
    assert 0.66 < same_day < 0.75


def test_season(rows: list[Row]) -> None:
    means = ratio(rows, lambda row: row["Månad"][5:], "Antal dagar", "Antal utskrivna")
    high = sum(means[month] for month in ("01", "06", "07", "12")) / 4
    low = sum(mean for month, mean in means.items() if month not in ("01", "06", "07", "12")) / 8
    assert 1.08 < high / low < 1.35


def test_psychiatry_is_a_tenth_with_more_days(rows: list[Row]) -> None:
    means = ratio(rows, lambda row: row["Vårdform"], "Antal dagar", "Antal utskrivna")
    assert means["Psykiatri"] > 1.5 * means["Somatik"]
    total = sum(number(row, "Antal utskrivna") for row in rows)
    psychiatric = sum(
        number(row, "Antal utskrivna") for row in rows if row["Vårdform"] == "Psykiatri"
    )
    assert 0.08 < psychiatric / total < 0.12


def test_discharged_before_notice(rows: list[Row]) -> None:
    column = "Utskrivna före meddelande"
    shares = ratio(rows, lambda row: row["Sjukhus"], column, column, "Antal utskrivna")
    assert 0.16 < shares.pop("Södra Älvsborgs Sjukhus") < 0.20
    assert 0.08 < shares.pop("Sahlgrenska Universitetssjukhuset") < 0.10
    assert all(0.03 < share < 0.07 for share in shares.values())


def test_uddevalla_improves_and_boras_deteriorates(rows: list[Row]) -> None:
    uddevalla, boras = series(rows, "1485"), series(rows, "1490")
    better = xmr.xmr(uddevalla, improvement="decrease")
    worse = xmr.xmr(boras, improvement="decrease")
    assert set(better.point_type[-5:]) == {"special_cause_improvement"}
    assert set(worse.point_type[-5:]) == {"special_cause_concern"}
    assert sum(uddevalla[:26]) / 26 > 1.3 > 0.8 > sum(uddevalla[-6:]) / 6
    assert sum(boras[:26]) / 26 < 0.7 < 1.1 < sum(boras[-6:]) / 6


def test_the_county_itself_only_varies(rows: list[Row]) -> None:
    means = ratio(rows, lambda row: row["Månad"], "Antal dagar", "Antal utskrivna")
    chart = xmr.xmr([means[month] for month in MONTHS], improvement="decrease")
    assert set(chart.point_type) == {"common_cause"}


def test_tanum_is_over_the_target_in_recent_months(rows: list[Row]) -> None:
    means = series(rows, "1435")
    assert sum(mean > 3.0 for mean in means[-6:]) >= 3
    assert all(mean < 3.0 for mean in means[:30])
