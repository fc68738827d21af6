"""The demo data shows every state that a number can have, so that each can be looked at."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from metrics import loaded
from metrics.breaks import breaks
from metrics.catalogue import indicator
from metrics.loaded import loads
from metrics.values import values
from reports.content import deviations
from reports.content.basis import View
from ui.shown.deviations import quarter
from views.origin.numbers import origin
from warehouse import store

SOTENAS, AMAL = "1427", "1492"


@pytest.fixture(scope="module", autouse=True)
def _shown(demo: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(demo))
        yield


def asked(statement: str) -> set[str]:
    with store.reading() as connection:
        assert connection is not None
        return {str(one) for (one,) in connection.execute(statement).fetchall()}


def test_the_three_signs_of_what_is_not_known_are_delivered() -> None:
    states = asked("select distinct numerator_state from indicator_value")
    assert states == {"ok", "missing", "not-applicable", "confidential"}
    assert asked("select distinct state from discharge") == {"ok", "missing"}


def test_numbers_are_whole_in_part_hidden_missing_or_a_least() -> None:
    statuses = {"ok", "partial", "confidential", "missing"}
    assert asked("select distinct status from shown") == statuses | {"lower-bound"}
    for period in ("2024-K2", "2024-K3", "2024-K4", "2025-K1"):
        (county,) = values(indicator="sip_share", level="county", start=period, end=period)
        assert (county.status, county.reported, county.expected) == ("partial", 48, 49)
    quarters = {one.period for one in values(indicator="sip_share", place="1444")}
    assert "2024-K1" in quarters and "2024-K2" not in quarters


def test_a_month_is_corrected_and_what_was_late_has_come() -> None:
    for home in (SOTENAS, AMAL):
        found = origin(indicator="mean_days", period="2023-11", level="municipality", place=home)
        assert found is not None and found.value.status == "ok"
        assert [load.file for load in found.replaced] == ["forsta_2023-11_fyrbodal.csv"]
    by_file = {load.file: load for load in loads()}
    late, before = by_file["brister_2023_kv3.csv"], by_file["avvikelser_2023-10_2026-09.csv"]
    assert late.load_id > before.load_id and late.last_period < before.first_period


def test_series_get_better_worse_higher_and_lower() -> None:
    assert asked("select distinct point_type from reading") == {
        "common_cause",
        *(f"special_cause_{way}" for way in ("improvement", "concern")),
        *(f"special_cause_neutral_{way}" for way in ("high", "low")),
    }


def test_a_series_is_broken_by_a_routine_that_only_the_demo_knows_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    routine = "Ny rutin för att rapportera avvikelser (exempeldata)"
    asked = {"place": "goteborg", "quarter": "2026-K3"}
    drawn = quarter(**asked).chart
    assert drawn is not None and routine in str(drawn).replace("<br>", " ")
    (part,) = deviations.registered(View("goteborg", "2026-K3", datetime(2026, 11, 27)))
    assert routine in str(part.blocks)
    assert breaks("deviations", place="skaraborg") == ()
    monkeypatch.setattr(loaded, "is_demo", lambda: False)
    assert routine not in {event.text for event in breaks("deviations", place="goteborg")}


def test_three_years_of_inhabitants_and_measures_of_other_kinds() -> None:
    assert asked("select distinct period from inhabitant") == {"2023", "2024", "2025"}
    assert len(values(indicator="suicides", level="county")) == 6
    assert values(indicator="sip_share", level="county")
    assert indicator("funds_used").unit == "kr"
    assert "ok" in asked("select status from shown where indicator = 'funds_used'")
