"""Deviations, funds, inhabitants and other indicators, from their files to the cube's values."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import pipeline
from loaders.delivery import Delivery
from metrics.catalogue import indicator
from metrics.values import Value, values

EXPORTS = Path(__file__).parents[1] / "data" / "exports"
CASES = EXPORTS / "mcp_arenden_2020-04_2021-06.xlsx"
COUNTS = EXPORTS / "brister_2020_kv1.xlsx"
FUNDS = EXPORTS / "medel_2020.xlsx"
INHABITANTS = EXPORTS / "befolkning_2025.csv"
CASE_HEAD = (
    "Ärendenummer;Registreringsdatum;Rapporterande organisation;Mottagande organisation;"
    "Process;Status;Besvarad;Avslutad\n"
)
MEASURES = ("funds_allocated", "funds_ceiling", "funds_requisitioned", "funds_used")

Load = Callable[..., Delivery]


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    yield tmp_path / "data"


def load(path: Path, *, covers: tuple[str, ...] = ()) -> Delivery:
    with pipeline.checked(path, covers=covers) as file:
        assert file.ok, file.problems
        pipeline.publish(file)
        return file


def written(folder: Path, text: str, name: str = "export.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def expected(name: str) -> list[dict[str, str]]:
    with (EXPORTS / "expected" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_process(period: str | None = None) -> dict[tuple[str, str, str], float | None]:
    found = values(
        indicator="deviations",
        level="municipality",
        part=None,
        start=period,
        end=period,
        raw=True,
    )
    return {(one.period, one.place, one.part): one.value for one in found if one.part != "alla"}


def one(
    key: str, level: str, place: str, period: str, *, part: str = "alla", within: str = "lan"
) -> Value:
    (found,) = values(
        indicator=key,
        level=level,
        place=place,
        start=period,
        end=period,
        part=part,
        within=within,
        raw=True,
    )
    return found


@pytest.mark.parametrize(
    ("file", "table"),
    [
        ("brister_2020_kv1.xlsx", "brister_2020_kv1.csv"),
        ("brister_2020_kv1.ods", "brister_2020_kv1.csv"),
        ("mcp_arenden_2020-04_2021-06.xlsx", "mcp_arenden_2020-04_2021-06.csv"),
    ],
)
def test_deviations_are_exactly_those_of_the_file(file: str, table: str) -> None:
    load(EXPORTS / file)
    assert by_process() == {
        (row["quarter"], row["code"], row["process"]): float(row["deviations"])
        for row in expected(table)
    }


def test_funds_are_exactly_those_of_the_register() -> None:
    file = load(FUNDS)
    assert [(p.code, p.cell) for p in file.problems] == [("ambiguous-amount", "E11")]
    found = {
        (one.part, one.period, one.name, key): (one.value, one.status == "lower-bound")
        for key in MEASURES
        for one in values(indicator=key, level="recipient", part=None)
    }
    assert found == {
        (row["programme"], row["year"], row["recipient"], row["measure"]): (
            float(row["sek"]),
            row["bound"] == "lower",
        )
        for row in expected("medel_2020.csv")
    }


def test_a_lower_bound_stays_one_in_a_sum() -> None:
    load(FUNDS)
    whole = one("funds_allocated", "programme", "Suicidprevention", "2020", part="Suicidprevention")
    assert (whole.value, whole.status) == (33_000_000, "lower-bound")


def test_a_later_export_of_the_same_cases_changes_them_and_doubles_nothing(tmp_path: Path) -> None:
    head = CASE_HEAD
    first = written(
        tmp_path,
        "Urval: 2020-04-01 – 2020-06-30;;;;;;;\n"
        + head
        + "A1;2020-04-03;Borås;SÄS;Läkemedel;Öppet;;\n"
        "A2;2020-05-03;Borås;SÄS;Läkemedel;Öppet;;\n",
    )
    later = written(
        tmp_path,
        "Urval: 2020-04-01 – 2020-08-31;;;;;;;\n"
        + head
        + "A1;2020-04-03;Borås;SÄS;Läkemedel;Avslutat;2020-05-01;2020-06-01\n"
        "A2;2020-05-03;Borås;SÄS;Läkemedel;Besvarat;2020-08-01;\n"
        "A3;2020-07-03;Borås;SÄS;Läkemedel;Öppet;;\n",
        "senare.csv",
    )
    load(first)
    assert one("deviations", "municipality", "1490", "2020-K2").value == 2
    assert one("deviations_open", "municipality", "1490", "2020-K2").value == 2
    load(later)
    assert one("deviations", "municipality", "1490", "2020-K2").value == 2
    assert one("deviations", "county", "lan", "2020-K2").value == 2
    assert one("deviations_open", "municipality", "1490", "2020-K2").value == 1
    share = one("deviations_answered_share", "municipality", "1490", "2020-K2")
    assert (share.numerator, share.denominator) == (1, 2)
    # 28 days for A1 and 90 for A2.
    assert one("deviations_median_answer_days", "municipality", "1490", "2020-K2").value == 59
    # Of a quarter that has not ended nobody knows what was open when it did.
    at_end = [
        one("deviations_open_at_end", "area", "sodra-alvsborg", period)
        for period in ("2020-K2", "2020-K3")
    ]
    assert [(end.numerator, end.status) for end in at_end] == [(1, "partial"), (None, "missing")]


def test_half_are_answered_when_those_that_wait_are_counted(tmp_path: Path) -> None:
    """Answered after 10, 20 and 40 days, waiting for 15 and 30: 4/5 are left after the 10th day,
    4/5 · 2/3 after the 20th, which is more than half, and none after the 40th."""
    dates = [
        ("2020-04-01", "2020-04-11", "2020-04-20"),
        ("2020-04-01", "2020-04-21", "2020-06-30"),
        ("2020-04-01", "2020-05-11", "2020-07-01"),
        ("2020-06-15", "", ""),
        ("2020-05-31", "", ""),
    ]
    rows = (
        f"A{at};{registered};Borås;SÄS;Läkemedel;Öppet;{answered};{closed}\n"
        for at, (registered, answered, closed) in enumerate(dates)
    )
    load(
        written(
            tmp_path,
            "Urval: 2020-04-01 – 2020-06-30;;;;;;;\nUttag 2020-06-30;;;;;;;\n"
            f"{CASE_HEAD}{''.join(rows)}",
        )
    )
    for level, place in (("county", "lan"), ("area", "sodra-alvsborg"), ("municipality", "1490")):
        assert one("deviations_median_answer_days", level, place, "2020-K2").value == 40
    # On the last day two had been closed.
    at_end = one("deviations_open_at_end", "area", "sodra-alvsborg", "2020-K2")
    assert (at_end.numerator, at_end.denominator) == (3, 5)


def test_the_same_cases_in_a_loaded_file_count_once_with_the_counts_before(tmp_path: Path) -> None:
    load(COUNTS)
    before = by_process()
    load(CASES)
    assert by_process("2020-K1") == before
    assert len(by_process()) == len(before) + len(expected("mcp_arenden_2020-04_2021-06.csv"))


def test_a_case_between_two_areas_counts_once_in_the_county_and_in_both_areas(
    tmp_path: Path,
) -> None:
    head = "Ärendenr;Registrerad;Från;Till;Process\n"
    load(written(tmp_path, head + "1;2020-04-03;Borås stad;Mölndals stad;Läkemedel\n"))
    assert one("deviations", "county", "lan", "2020-K2").value == 1
    assert one("deviations", "area", "sodra-alvsborg", "2020-K2").value == 1
    assert one("deviations", "area", "goteborg", "2020-K2").value == 1


def test_a_quarter_that_is_covered_in_part_is_preliminary_and_areas_can_be_stated(
    tmp_path: Path,
) -> None:
    head = "Urval: 2020-04-01 – 2020-08-15;;;;\nÄrendenr;Registrerad;Från;Till;Process\n"
    rows = "1;2020-04-03;Borås;SÄS;Läkemedel\n2;2020-08-03;Borås;SÄS;Läkemedel\n"
    path = written(tmp_path, head + rows)
    load(path, covers=("sodra-alvsborg",))
    assert one("deviations", "area", "sodra-alvsborg", "2020-K2").status == "ok"
    assert one("deviations", "area", "sodra-alvsborg", "2020-K3").status == "partial"
    county = one("deviations", "county", "lan", "2020-K2")
    assert (county.status, county.expected) == ("partial", 49)
    assert county.reported < 49


def test_rates_are_by_the_inhabitants_of_the_newest_whole_year() -> None:
    load(CASES)
    before = one("deviations_per_10000", "municipality", "1490", "2020-K2")
    load(INHABITANTS)
    after = one("deviations_per_10000", "municipality", "1490", "2020-K2")
    with INHABITANTS.open(encoding="utf-8") as file:
        row = next(line for line in file if "Borås" in line)
    inhabitants = float(row.strip().replace("\t", ";").split(";")[-1].replace(" ", ""))
    assert after.denominator == inhabitants
    assert after.value == pytest.approx(1e4 * (before.numerator or 0) / inhabitants)


def test_a_block_of_the_users_own_makes_an_indicator(data_folder: Path, tmp_path: Path) -> None:
    (data_folder / "indicators.toml").write_text(
        """
        [safe_return]
        name = "Andel med trygg hemgång"
        short = "Trygg hemgång"
        unit = "procent"
        decimals = 1
        direction = "higher"
        grain = "quarter"
        calculation = "ratio"
        per = 100
        definition = "Andelen av de utskrivna som fick hembesök inom tre dagar."
        source = "Kommunernas uppföljning"
        """,
        encoding="utf-8",
    )
    load(
        written(
            tmp_path,
            "Indikator;Plats;Period;Täljare;Nämnare\n"
            "Trygg hemgång;Borås;2026-K1;30;40\n"
            "safe_return;1489;2026-K1;10;20\n"
            "safe_return;Mark;2026-K1;..;20\n"
            "safe_return;Mark;2026-K2;-;20\n",
        )
    )
    assert indicator("safe_return").short == "Trygg hemgång"
    assert one("safe_return", "municipality", "1490", "2026-K1").value == 75
    assert one("safe_return", "municipality", "1463", "2026-K1").status == "confidential"
    assert one("safe_return", "municipality", "1463", "2026-K2").status == "missing"
    assert one("safe_return", "county", "lan", "2026-K1").status == "partial"


def test_the_goal_for_suicides_is_a_straight_way_down() -> None:
    goal = indicator("suicides").goal
    assert goal is not None
    assert goal.at("2020", 100) == 100
    assert goal.at("2022", 100) == pytest.approx(84)
    assert goal.at("2025", 100) == pytest.approx(60)
    assert goal.at("2026", 100) is None
