"""Rankings and tables on a month made by hand, in place of what the warehouse would give."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from metrics import values
from metrics.values import Value
from views import summary
from views.ranking import places

MONTH = "2026-02"
SIMBA = {"1440": "Ale", "1482": "Kungälv", "1415": "Stenungsund", "1419": "Tjörn"}
Stored = Callable[..., None]


def value(level: str, place: str, name: str, number: float | None, **other: Any) -> Value:
    settings: dict[str, Any] = {
        "indicator": "mean_days",
        "period": MONTH,
        "level": level,
        "place": place,
        "name": name,
        "numerator": number,
        "denominator": 1.0,
        "value": number,
        "status": "missing" if number is None else "ok",
        "reported": 1,
        "expected": 1,
    }
    return Value(**(settings | other))


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> Stored:
    """Puts SIMBA's municipalities in place of the warehouse: those named have a row."""

    def store(numbers: Mapping[str, float | None], reported: int = 4) -> None:
        rows = [value("municipality", code, SIMBA[code], numbers[code]) for code in numbers]
        rows += [
            value("county", "lan", "Västra Götaland", 0.5),
            value("area", "simba", "SIMBA", 0.75, reported=reported, expected=4),
        ]

        def asked(
            *, indicator: str, level: str | None = None, place: str | None = None, **_: object
        ) -> list[Value]:
            return [
                replace(row, indicator=indicator)
                for row in rows
                if level in (None, row.level) and place in (None, row.place)
            ]

        def frame(**question: Any) -> pd.DataFrame:
            found = [vars(row) for row in asked(**question)]
            table = pd.DataFrame(found, columns=list(values.COLUMNS))
            return table.astype({"value": "float64"})

        monkeypatch.setattr(values, "values", asked)
        monkeypatch.setattr(values, "frame", frame)

    return store


def ranking() -> places.Ranking:
    return places.municipalities("mean_days", place="simba", period=MONTH)


def test_highest_comes_first_and_those_without_a_value_last(stored: Stored) -> None:
    stored({"1440": 0.5, "1482": 2.0, "1415": None, "1419": 1.0})
    assert list(ranking().rows["name"]) == ["Kungälv", "Tjörn", "Ale", "Stenungsund"]


def test_ties_come_in_swedish_order(stored: Stored) -> None:
    stored(dict.fromkeys(SIMBA, 1.0))
    assert list(ranking().rows["name"]) == ["Ale", "Kungälv", "Stenungsund", "Tjörn"]


def test_a_municipality_without_rows_had_no_patients_where_all_have_reported(
    stored: Stored,
) -> None:
    stored({"1440": 0.5, "1482": 2.0, "1415": 1.0})
    last = ranking().rows.iloc[-1]
    assert (last["name"], last["status"]) == ("Tjörn", "none")
    assert summary.not_reported(place="simba", period=MONTH).empty


def test_a_municipality_without_rows_is_missing_where_not_all_have_reported(
    stored: Stored,
) -> None:
    stored({"1440": 0.5, "1482": 2.0, "1415": 1.0}, reported=3)
    assert ranking().rows.iloc[-1]["status"] == "missing"
    missing = summary.not_reported(place="simba", period=MONTH)
    assert missing.to_dict("records") == [{"area": "SIMBA", "missing": "Tjörn"}]


def test_a_missing_report_is_not_named_where_it_cannot_be_told(
    stored: Stored,
) -> None:
    stored({"1440": 0.5, "1482": 2.0}, reported=3)
    missing = summary.not_reported(place="simba", period=MONTH)
    assert list(missing["missing"]) == ["1 av 4 kommuner"]


def test_area_and_county_are_the_lines_and_the_target_where_someone_is_above_it(
    stored: Stored,
) -> None:
    stored({"1440": 0.5, "1482": 2.0, "1415": 1.0, "1419": 1.0})
    assert list(ranking().lines["text"]) == ["Västra Götaland 0,50", "SIMBA 0,75"]
    stored({"1440": 0.5, "1482": 3.5, "1415": 1.0, "1419": 1.0})
    assert list(ranking().lines["text"])[-1] == "Gräns 3,0"


def test_who_is_above_the_target_is_said_and_three_exactly_is_not_above(stored: Stored) -> None:
    stored({"1440": 0.5, "1482": 3.5, "1415": 3.0, "1419": 1.0})
    assert ranking().finding.endswith("Över gränsen för betalningsansvar 3,0: Kungälv.")
    stored({"1440": 0.5, "1482": 3.0, "1415": 1.0, "1419": 1.0})
    assert "ligger över gränsen för betalningsansvar 3,0" in ranking().finding


def test_the_table_has_a_row_for_each_place_and_a_column_for_each_indicator(
    stored: Stored,
) -> None:
    stored({"1440": 0.5, "1482": 2.0, "1415": 1.0})
    table = summary.table(place="simba", period=MONTH)
    assert list(table["name"]) == [
        "Västra Götaland",
        "SIMBA",
        "Ale",
        "Kungälv",
        "Stenungsund",
        "Tjörn",
    ]
    assert table["mean_days"].iloc[3] == 2.0
    assert table["status"].iloc[-1] == "none"
