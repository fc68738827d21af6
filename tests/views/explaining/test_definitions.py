"""What the definitions of indicators say."""

from pathlib import Path

import pytest

from metrics.catalogue import indicator, indicators
from settings import settings
from views.explaining.definitions import definition, definitions


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))


def lines(key: str, *, threshold: int = 5) -> dict[str, str]:
    chosen = settings().model_copy(update={"disclosure_threshold": threshold})
    return dict(definition(indicator(key), chosen).lines)


def test_every_indicator_is_defined_in_the_catalogues_order() -> None:
    shown = definitions(settings())
    assert [one.indicator.key for one in shown] == list(indicators())
    assert all(text for one in shown for _, text in one.lines)


def test_a_mean_says_what_it_is_made_of() -> None:
    said = lines("mean_days")
    assert said["Täljare"] == "Vårddagar som utskrivningsklar."
    assert said["Nämnare"] == "Utskrivna utskrivningsklara."
    assert said["Gräns"] == "Högst 3,0 dagar."
    assert said["Riktning"] == "Lägre värde är bättre."
    assert said["Redovisas per"] == "Månad; län, vårdsamverkansområde, kommun och sjukhus."
    assert said["Avrundning"].startswith("Två decimaler")
    assert "aldrig ett medel av medel" in said["Jämförelse"]
    assert said["Styrdiagram"].startswith("XmR")
    assert said["Uppgifter"] == "Inga uppgifter är inlästa."


def test_a_sum_and_a_rate_and_an_excess_say_how_they_differ() -> None:
    assert lines("over_7")["Nämnare"] == "Ingen: måttet är en summa."
    assert lines("over_7")["Mål"] == "Inget mål är satt."
    rate = lines("ready_days_per_1000")
    assert rate["Täljare"] == "Vårddagar som utskrivningsklar, gånger 1\u00a0000."
    assert rate["Nämnare"] == "Folkbokförda invånare."
    assert lines("excess_days")["Täljare"] == (
        "Vårddagar som utskrivningsklar utöver 3 gånger nämnaren, dock minst 0."
    )


def test_the_disclosure_rule_is_that_of_the_settings() -> None:
    assert "Antal från 1 till 4 döljs" in lines("over_7")["Röjandekontroll"]
    assert "Antal från 1 till 9 döljs" in lines("over_7", threshold=10)["Röjandekontroll"]
    assert lines("funds_used")["Röjandekontroll"] == "Inget döljs: medlen är offentliga."
    assert "Kommuner visas för alla vårdformer" in lines("over_7")["Röjandekontroll"]
    assert "kommun" not in lines("deviations_open")["Redovisas per"]
    hidden = lines("over_7", threshold=0)["Röjandekontroll"]
    assert hidden == "Inga små antal döljs."
