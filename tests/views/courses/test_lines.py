"""Places over time, on series made by hand in place of the warehouse's."""

import math

import pandas as pd
import pytest

import reference
from metrics import values
from metrics.catalogue import indicator
from views import compare
from views.courses import lines as courses
from views.courses import panels

# Two municipalities and the county; Mölndal has a gap and Göteborg starts late.
SERIES = {
    ("municipality", "1481"): {"2025-11": 1.0, "2026-01": 9.0, "2026-02": 0.5},
    ("municipality", "1480"): {"2025-12": 0.6, "2026-01": 0.7, "2026-02": 0.8},
    ("county", "lan"): {"2025-11": 0.7, "2025-12": 0.7, "2026-01": 0.7, "2026-02": 0.7},
}


@pytest.fixture(autouse=True)
def stored(monkeypatch: pytest.MonkeyPatch) -> None:
    def frame(*, indicator: str, level: str, place: str | None = None, **_: object) -> pd.DataFrame:
        rows = [
            dict.fromkeys(values.COLUMNS, None)
            | {"indicator": indicator, "period": period, "level": at, "place": code}
            | {"name": reference.place_name(at, code), "value": value, "status": "ok"}
            for (at, code), series in SERIES.items()
            for period, value in series.items()
            if at == level and place in (None, code)
        ]
        return pd.DataFrame(rows, columns=list(values.COLUMNS)).astype({"value": "float64"})

    monkeypatch.setattr(values, "frame", frame)


def lines(*places: str, against: str = "lan") -> courses.Lines:
    return courses.lines("mean_days", places=places, against=against, period="2026-02")


def across(key: str = "mean_days") -> compare.Across:
    rows = pd.DataFrame(
        {
            "place": ["1480", "1481", "1442"],
            "name": ["Göteborg", "Mölndal", "Vårgårda"],
            "area": ["goteborg", "goteborg", "sodra-alvsborg"],
            "area_name": ["Göteborgsområdet", "Göteborgsområdet", "Södra Älvsborg"],
            "value": [0.8, 0.5, math.nan],
            "status": ["ok", "ok", "missing"],
        }
    )
    none = pd.DataFrame()
    return compare.Across(indicator(key), "2026-02", rows, none, none, none, "")


def test_places_keep_their_order_and_the_one_to_compare_with_is_last() -> None:
    shown = lines("1481", "lan", "1480").values
    assert list(shown.columns) == ["Mölndal", "Göteborg", "Västra Götaland"]


def test_every_period_is_there_and_a_gap_is_a_gap() -> None:
    shown = lines("1480", "1481").values
    assert list(shown.index) == ["2025-11", "2025-12", "2026-01", "2026-02"]
    gaps = shown.isna()
    assert gaps.loc["2025-12", "Mölndal"]
    assert gaps.loc["2025-11", "Göteborg"]


def test_the_finding_says_what_each_place_has() -> None:
    assert lines("1480").finding == (
        "Februari 2026: Göteborg 0,80 dagar och Västra Götaland 0,70 dagar."
    )
    assert lines("1480").alt.startswith(
        "Linjediagram: Genomsnittlig vårdtid som utskrivningsklar, november 2025 till februari 2026"
    )


def test_the_sum_of_the_others_is_left_out_and_said_to_be() -> None:
    shown = courses.lines("discharges", places=["1480"], against="lan", period="2026-02")
    assert list(shown.values.columns) == ["Göteborg"]
    assert "Västra Götaland" not in shown.finding
    assert shown.note.startswith("Västra Götaland är en summa")
    assert not shown.held
    chosen = courses.lines("discharges", places=["1480", "lan"], against="lan", period="2026-02")
    assert list(chosen.values.columns) == ["Göteborg", "Västra Götaland"]
    assert not chosen.note


def test_a_hospital_can_be_followed() -> None:
    assert courses.level_of("NU-sjukvården") == "hospital"
    assert courses.level_of("1480") == "municipality"
    assert list(lines("NU-sjukvården").values.columns) == ["NU-sjukvården", "Västra Götaland"]


def test_a_place_without_values_is_an_empty_line() -> None:
    shown = lines("1442")
    assert shown.values["Vårgårda"].isna().all()
    assert "Vårgårda uppgift saknas" in shown.finding


def test_without_any_value_there_is_nothing_to_draw() -> None:
    shown = lines(against="1442")
    assert shown.values.empty
    assert shown.finding == "Genomsnittlig vårdtid som utskrivningsklar: inga värden."
    assert "inga värden" in shown.alt


def test_panels_come_area_by_area_or_by_value() -> None:
    by_area = panels.panels(across(), against="lan", by_value=False)
    assert list(by_area.rows["name"]) == ["Göteborg", "Mölndal", "Vårgårda"]
    by_value = panels.panels(across(), against="lan", by_value=True)
    assert list(by_value.rows["place"]) == list(across().rows["place"])
    assert list(by_value.values.columns) == ["1480", "1481", "1442"]


def test_panels_of_a_ratio_share_a_scale_that_one_outlier_does_not_set() -> None:
    shown = panels.panels(across(), against="lan", by_value=False)
    assert shown.ceiling is not None
    assert 1 < shown.ceiling < 1.05 * 9
    assert shown.against is not None
    assert list(shown.against) == [0.7] * 4
    note = panels.scale_note(shown, against="lan")
    assert note.startswith("Grå linje: Västra Götaland. Alla rutor har samma skala")


def test_what_is_cut_off_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panels, "_WITHIN_SCALE", 0.5)
    shown = panels.panels(across(), against="lan", by_value=False)
    assert shown.ceiling == pytest.approx(1.05 * 0.75)
    assert shown.beyond == 3
    assert "3 värden ligger över den" in panels.scale_note(shown, against="lan")


def test_panels_of_a_sum_have_scales_of_their_own() -> None:
    shown = panels.panels(across("discharges"), against="lan", by_value=False)
    assert shown.ceiling is None
    assert shown.against is None
    assert "egen skala" in panels.scale_note(shown, against="lan")


def test_the_table_has_a_row_for_each_municipality() -> None:
    table = panels.by_municipality(panels.panels(across(), against="lan", by_value=True))
    assert list(table["name"]) == ["Göteborg", "Mölndal", "Vårgårda"]
    assert list(table["2026-02"][:2]) == [0.8, 0.5]


def test_the_largest_municipalities_are_those_with_most_inhabitants() -> None:
    assert courses.largest("lan")[0] == "1480"
    assert set(courses.largest("samla")) == {"1441", "1489"}
    assert len(courses.largest("fyrbodal")) == courses.MOST_PLACES


def test_places_are_those_that_the_indicator_has_values_of(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(*, indicator: str) -> list[values.Value]:
        return [
            values.Value(
                indicator=indicator,
                period="2026-01",
                level=level,
                place=place,
                name=place,
                numerator=None,
                denominator=None,
                value=None if status == "missing" else 1.0,
                status=status,
                reported=1,
                expected=1,
            )
            for level, place, status in [
                ("hospital", "NU-sjukvården", "ok"),
                ("municipality", "1480", "ok"),
                ("municipality", "1481", "missing"),
                ("county", "lan", "ok"),
            ]
        ]

    monkeypatch.setattr(values, "values", found)
    assert courses.places(indicator("mean_days")) == ["lan", "1480"]


def test_the_goal_is_a_straight_line_from_what_the_county_had(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    series = {"2020": 200.0, "2021": 210.0, "2022": 190.0}

    def frame(**_: object) -> pd.DataFrame:
        return pd.DataFrame(
            {"period": list(series), "value": list(series.values()), "status": "ok"}
        )

    def goal_of(year: str) -> str:
        found = courses.lines("suicides", places=[], against="lan", period=year).finding
        return found.replace("\u00a0", " ")

    monkeypatch.setattr(values, "frame", frame)
    shown = courses.lines("suicides", places=[], against="lan", period="2022")
    assert shown.goal is not None
    assert dict(shown.goal) == pytest.approx({"2020": 200, "2021": 184, "2022": 168})
    assert shown.finding.replace("\u00a0", " ") == (
        "2022: Västra Götaland 190. Målet för Västra Götaland 2025 är 120, 40 procent mindre än "
        "2020. 2022 följdes inte vägen dit: 190 mot 168. Den streckade linjen är vägen dit."
    )
    series |= {"2022": 168.0}
    assert "2022 följdes vägen dit: 168 mot 168." in goal_of("2022")
    series |= {"2023": 150.0, "2024": 140.0, "2025": 121.0}
    assert "Det nåddes inte: 121 mot 120." in goal_of("2025")
    series |= {"2025": 120.0}
    assert "Det nåddes: 120 mot 120." in goal_of("2025")
    assert courses.lines("mean_days", places=[], against="lan", period="2022").goal is None


def test_what_is_hidden_is_not_missing_in_the_tables_over_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    frame = pd.DataFrame(
        {
            "period": ["2026-01", "2026-02", "2026-03"],
            "place": "1440",
            "value": [1.0, math.nan, math.nan],
            "status": ["ok", "missing", "confidential"],
        }
    )
    monkeypatch.setattr(values, "frame", lambda **asked: frame)
    shown = courses.lines("mean_days", places=["1440"], against="lan", period="2026-03")
    assert list(shown.table["Ale_status"]) == ["confidential", "missing", "ok"]
    assert "Ale skyddad uppgift" in shown.finding
