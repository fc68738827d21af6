"""The spellings that find a municipality or a hospital."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reference


@pytest.fixture(autouse=True)
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the shipped tables."""
    monkeypatch.delenv("SAMVERKAN_DATA", raising=False)


def rows_of(table: str) -> list[dict[str, str]]:
    path = Path(reference.__file__).parents[1] / "data" / "reference" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def code(text: str) -> str | None:
    return reference.municipality_names().get(reference.normalise(text))


def hospital(text: str) -> str | None:
    return reference.hospital_names().get(reference.normalise(text))


def outside(text: str) -> str | None:
    return reference.outside_county().get(reference.normalise(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Göteborgs Stad", "1480"),
        ("gbg", "1480"),
        ("GÖTEBORG", "1480"),
        ("Goteborg", "1480"),
        ("Göteborgs", "1480"),
        ("Borås stad", "1490"),
        ("Mölnadal", "1481"),
        ("Melleruds kommun", "1461"),
        ("Lilla Edets kommun", "1462"),
        ("Lilla\u00a0Edet", "1462"),
        ("Lilla\u202fEdets\u2009 kommun", "1462"),
        ("Dals\u2011Ed", "1438"),
        ("Dals–Ed", "1438"),
        ("  Öckerö ", "1407"),
        ("O\u0308ckero\u0308", "1407"),
        ("Öckerö 1)", "1407"),
        ("Öckerö¹", "1407"),
        ("Öckerö*", "1407"),
        ("(Öckerö)", "1407"),
        ("Tjörn:", "1419"),
        ("1401", "1401"),
        ("1401.0", "1401"),
        ("1401 Härryda", "1401"),
        ("1401 Härryda kommun", "1401"),
        ("1401-Härryda", "1401"),
        ("1401 – Härryda", "1401"),
        ("(1401) Härryda", "1401"),
        ("Härryda (1401)", "1401"),
        ("Härryda 1401", "1401"),
    ],
)
def test_spellings_of_a_municipality(text: str, expected: str) -> None:
    assert code(text) == expected


@pytest.mark.parametrize(
    "text", ["Göteburg", "Skaraborg", "Göteborgsområdet", "1402 Härryda", "", "-", "14", "Stad"]
)
def test_what_names_no_municipality(text: str) -> None:
    assert code(text) is None


def test_every_municipality_is_found_by_name_code_genitive_and_in_capitals() -> None:
    for place in reference.municipalities():
        stem = place.name if place.name.endswith("s") else f"{place.name}s"
        for text in (place.name, place.code, f"{place.code} {place.name}", place.name.upper()):
            assert code(text) == place.code
        assert place.code in {code(f"{stem} kommun"), code(f"{place.name} kommun")}


def test_no_spelling_names_two_municipalities() -> None:
    owners: dict[str, set[str]] = {}
    for row in rows_of("municipality_aliases"):
        owners.setdefault(reference.normalise(row["alias"]), set()).add(row["code"])
    for place in reference.municipalities():
        owners.setdefault(reference.normalise(place.name), set()).add(place.code)
    assert [alias for alias, found in owners.items() if len(found) > 1] == []


def test_no_spelling_names_two_hospitals() -> None:
    owners: dict[str, set[str]] = {}
    for row in rows_of("hospital_aliases"):
        owners.setdefault(reference.normalise(row["alias"]), set()).add(row["hospital"])
    for place in reference.hospitals():
        for name in (place.name, place.short_name):
            owners.setdefault(reference.normalise(name), set()).add(place.name)
    assert [alias for alias, found in owners.items() if len(found) > 1] == []
    assert {name for found in owners.values() for name in found} == {
        place.name for place in reference.hospitals()
    }


@given(st.text())
def test_normalise_is_idempotent(text: str) -> None:
    once = reference.normalise(text)
    assert reference.normalise(once) == once


@given(st.text(alphabet="()[] .,1)¹-–'\"aÅſİ\u00a0\u00ad\u0345", max_size=12))
def test_normalise_is_idempotent_on_awkward_signs(text: str) -> None:
    once = reference.normalise(text)
    assert reference.normalise(once) == once


def test_every_known_spelling_is_normalised() -> None:
    for names in (
        reference.municipality_names(), reference.hospital_names(), reference.outside_county(),
    ):  # fmt: skip
        assert [name for name in names if reference.normalise(name) != name] == []


def test_normalise_keeps_what_a_heading_says() -> None:
    assert reference.normalise("Andel (%)") == "andel (%)"
    assert reference.normalise("Kvar > 3 dagar") == "kvar > 3 dagar"
    assert reference.normalise(" Somatik \n(antal) ") == "somatik (antal)"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("SU", "Sahlgrenska Universitetssjukhuset"),
        ("Östra sjukhuset", "Sahlgrenska Universitetssjukhuset"),
        ("Sahlgrenska universitetssjukhuset/Mölndal", "Sahlgrenska Universitetssjukhuset"),
        ("NÄL", "NU-sjukvården"),
        ("NU\u2011sjukvården", "NU-sjukvården"),
        ("SkaS", "Skaraborgs Sjukhus"),
        ("Skaraborgs sjukhus Skövde", "Skaraborgs Sjukhus"),
        ("SÄS", "Södra Älvsborgs Sjukhus"),
        ("Skene lasarett", "Södra Älvsborgs Sjukhus"),
        ("Kungälvs sjukhus", "Sjukhusen i väster"),
        ("Alingsås lasarett", "Sjukhusen i väster"),
        ("Frölunda Specialistsjukhus", "Sjukhusen i väster"),
        ("Högsbo närsjukhus", "Sjukhusen i väster"),
        ("Lysekils sjukhus", "Dalslands, Lysekils och Strömstads sjukhus"),
        ("Capio Lundby Närsjukhus", "Capio Lundby Närsjukhus"),
    ],
)
def test_spellings_of_a_hospital(text: str, name: str) -> None:
    assert hospital(text) == name


def test_every_site_is_a_spelling_of_its_hospital() -> None:
    places = {place.name: place for place in reference.hospitals()}
    assert len(places) == 7
    assert places["Sjukhusen i väster"].short_name == "SV"
    assert places["Sjukhusen i väster"].main_area == "simba"
    areas = {area.key for area in reference.areas()}
    assert {place.main_area for place in places.values()} <= areas
    for row in rows_of("hospitals"):
        assert hospital(row["site"]) == row["organisation"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kungsbacka", "Kungsbacka"),
        ("1384", "Kungsbacka"),
        ("1384 Kungsbacka", "Kungsbacka"),
        ("Kungsbacka kommun", "Kungsbacka"),
        ("Varbergs kommun", "Varberg"),
        ("Stockholms stad", "Stockholm"),
        ("0180", "Stockholm"),
        ("180", "Stockholm"),
        ("180.0", "Stockholm"),
        ("Upplands\u00a0Väsby", "Upplands Väsby"),
        ("Malung–Sälen", "Malung-Sälen"),
    ],
)
def test_spellings_outside_the_county(text: str, name: str) -> None:
    assert outside(text) == name


def test_inside_and_outside_share_no_spelling() -> None:
    assert not reference.municipality_names().keys() & reference.outside_county().keys()
