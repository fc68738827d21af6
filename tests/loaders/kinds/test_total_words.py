"""What means a total, and of what; and what looks like one but is not."""

import pytest

from loaders.kinds.places import place_named
from loaders.kinds.total_words import is_total


@pytest.mark.parametrize(
    "text",
    [
        "Totalt",
        "SUMMA:",
        "Totalsumma",
        "Delsumma",
        "S:a",
        "Tot.",
        "Samtliga kommuner",
        "Samtliga 49 kommuner",
        "Alla kommuner totalt",
        "Summa område",
        "Totalt antal",
        "Helår 2020",
        "Genomsnitt",
        "Alla sjukhus",
        "Samtliga vårdformer",
        "Somatik och psykiatri",
        "Somatik + psykiatri",
        "Somatik/psykiatri",
        "Summa somatisk och psykiatrisk vård",
    ],
)
def test_a_total(text: str) -> None:
    assert is_total(text)


@pytest.mark.parametrize(
    "text",
    ["", "Somatik", "Psykiatri", "Borås", "2020", "jan-20", "Antal", "Kommun", "Ale totalt", "för"],
)
def test_no_total(text: str) -> None:
    assert not is_total(text)


@pytest.mark.parametrize(
    ("text", "kind", "key"),
    [
        ("Göteborgsområdet totalt", "area", "goteborg"),
        ("Summa Skaraborg", "area", "skaraborg"),
        ("Delsumma Fyrbodal:", "area", "fyrbodal"),
        ("Delregion Fyrbodal", "area", "fyrbodal"),
        ("Totalt för SIMBA", "area", "simba"),
        ("Vårdsamverkan Skaraborg", "area", "skaraborg"),
        ("Vårdsamverkansområde SAMLA", "area", "samla"),
        ("Södra Älvsborg (summa)", "area", "sodra-alvsborg"),
        ("Västra Götaland", "county", None),
        ("Västra Götaland (49 kommuner)", "county", None),
        ("Summa Västra Götalands län", "county", None),
        ("Region Västra Götaland", "county", None),
        ("VGR totalt", "county", None),
        ("Hela länet", "county", None),
        ("Borås totalt", "total", None),
        ("Summa", "total", None),
        ("Göteborg", "municipality", "1480"),
        ("1480 Göteborg", "municipality", "1480"),
        ("Kungsbacka", "outside", "Kungsbacka"),
        ("Göteburg", "unknown", None),
        ("Summa Göteburg", "unknown", None),
        ("2019", "unknown", None),
        ("kommun", "unknown", None),
        ("  ", "none", None),
    ],
)
def test_what_a_text_among_municipalities_is(text: str, kind: str, key: str | None) -> None:
    found = place_named(text)
    if found.kind != "county":
        assert (found.kind, found.key) == (kind, key)
    assert found.kind == kind
