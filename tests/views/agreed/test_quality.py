"""How deliveries keep to what is agreed, worked out by hand."""

import datetime
import math
from pathlib import Path

import pytest

from settings import settings
from views.agreed import quality
from views.agreed.quality import Came, measured

OCTOBER, NOVEMBER = datetime.date(2026, 10, 10), datetime.date(2026, 11, 10)
DUE = {"2026-09": OCTOBER, "2026-10": NOVEMBER}


def test_shares_are_of_what_was_to_come() -> None:
    came = {
        ("2026-09", "a"): Came(OCTOBER, False),
        ("2026-09", "b"): Came(OCTOBER + datetime.timedelta(days=1), True),
        ("2026-10", "a"): Came(datetime.date(2026, 11, 2), False),
        # Of another period, which is not asked about.
        ("2026-08", "a"): Came(OCTOBER, True),
    }
    # Four were to come and three did, two of them in time; one of two periods is whole.
    assert measured(came, periods=DUE, groups=[["a", "b"]]) == {
        "delivered": 75,
        "on_time": 50,
        "whole": 50,
        "corrected": 100 / 3,
    }
    # Each area's periods by themselves: a's are whole both, b's one.
    assert measured(came, periods=DUE, groups=[["a"], ["b"]])["whole"] == 75
    assert math.isnan(measured({}, periods=DUE, groups=[["a"]])["corrected"])


def test_only_what_was_due_after_the_first_delivery_counts(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    came = {(f"2026-{month:02d}", "1484"): Came(OCTOBER, False) for month in range(1, 10)}
    monkeypatch.setattr(quality, "_came", lambda *_: came)
    today = datetime.date(2026, 11, 20)
    by_period, places = quality.quality("discharges", today=today, settings=settings())
    assert list(by_period["period"]) == ["2026-09", "2026-10"]
    here = places[places["name"] == "Lysekil"].iloc[0]
    assert (here["delivered"], here["on_time"], here["whole"], here["corrected"]) == (50, 50, 50, 0)
    assert list(places["level"].value_counts()[["county", "area", "municipality"]]) == [1, 6, 49]
    monkeypatch.setattr(quality, "_came", lambda *_: {})
    for table in quality.quality("discharges", today=today, settings=settings()):
        assert table.empty
