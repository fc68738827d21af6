"""What is said to be in force after a publication."""

from dataclasses import replace

import pytest

from metrics import values
from metrics.values import Value
from views.news import newest

WHOLE = Value(
    indicator="mean_days",
    period="2026-11",
    level="county",
    place="lan",
    name="Västra Götaland",
    numerator=628.0,
    denominator=1029.0,
    value=0.6103,
    status="ok",
    reported=49,
    expected=49,
    part="alla",
)


@pytest.mark.parametrize(
    ("reported", "lacking"),
    [(49, ""), (5, " Ofullständigt underlag: 5 av 49 kommuner har rapporterat.")],
)
def test_a_period_that_is_not_whole_is_said_to_lack_some(
    monkeypatch: pytest.MonkeyPatch, reported: int, lacking: str
) -> None:
    one = replace(WHOLE, reported=reported, status="ok" if reported == 49 else "partial")
    monkeypatch.setattr(values, "values", lambda **_: [one])
    assert newest.told("discharges", period="2026-11").replace("\u00a0", " ") == (
        "Genomsnittlig vårdtid som utskrivningsklar, Västra Götaland. November 2026: 0,61 dagar."
        f"{lacking}"
    )


def test_how_far_each_dataset_reaches_is_said_in_their_own_order() -> None:
    assert newest.reach({"funds": "2026", "discharges": "2026-10"}) == (
        "Utskrivningsklara till och med oktober 2026. Medel till och med 2026."
    )
    assert newest.reach({"funds": "2026"}) == "Medel till och med 2026."
