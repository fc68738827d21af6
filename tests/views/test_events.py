"""No comparison reaches across a break unnoticed."""

import pytest

from metrics.breaks import breaks, compares_across
from reference import Event
from views.events import break_sentence

MEDCONTROL = Event(
    date="2021-04-01",
    scope="goteborg",
    kind="seriebrott",
    text="Avvikelser rapporteras enbart i MedControl PRO",
    source="",
    dataset="deviations",
)
MIDSUMMER = Event("2021-06-25", "lan", "seriebrott", "Nytt formulär", "")


@pytest.mark.parametrize(
    ("first", "last", "crosses"),
    [
        ("2021-K1", "2021-K2", True),
        ("2021-K2", "2021-K1", True),
        ("2019-K4", "2022-K1", True),
        ("2021-K2", "2021-K3", False),
        ("2020-K4", "2021-K1", False),
        ("2021-03", "2021-04", True),
        ("2021-04", "2021-05", False),
        ("2020", "2021", True),
        ("2021", "2022", True),
        ("2021", "2021", True),
        ("2021-K2", "2021-K2", False),
    ],
)
def test_a_comparison_crosses_the_break(first: str, last: str, crosses: bool) -> None:
    assert compares_across(MEDCONTROL, first, last) is crosses


def test_a_break_within_a_quarter_is_crossed_by_every_comparison_with_it() -> None:
    assert compares_across(MIDSUMMER, "2021-K1", "2021-K2")
    assert compares_across(MIDSUMMER, "2021-K2", "2021-K3")
    assert not compares_across(MIDSUMMER, "2021-K3", "2021-K4")


def test_a_break_touches_its_area_and_the_county() -> None:
    for place in ("goteborg", "lan"):
        assert [event.date for event in breaks("deviations", place=place)] == ["2021-04-01"]
    assert breaks("deviations", place="skaraborg") == ()
    assert breaks("discharges", place="goteborg") == ()


def test_the_break_in_words() -> None:
    assert break_sentence(MEDCONTROL) == (
        "Seriebrott den 1 april 2021 (Göteborgsområdet): "
        "avvikelser rapporteras enbart i MedControl PRO."
    )
