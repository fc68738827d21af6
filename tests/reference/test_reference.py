"""The county's tables: places, inhabitants, amounts and events."""

import csv
from collections import Counter
from pathlib import Path

import pytest

import reference

# docs/domain.md, counted by hand from the published lists.
AREAS = {
    "goteborg": (5, 779_050),
    "simba": (4, 127_033),
    "samla": (2, 86_573),
    "sodra-alvsborg": (8, 229_603),
    "fyrbodal": (15, 286_199),
    "skaraborg": (15, 269_572),
}
FEDERATIONS = {
    "Göteborgsregionen (GR)": 12,
    "Skaraborgs kommunalförbund": 15,
    "Boråsregionen Sjuhärads kommunalförbund": 8,
    "Fyrbodals kommunalförbund": 14,
}
# Sweden's municipalities by county code, this county's 49 apart.
COUNTIES = {
    "01": 26, "03": 8, "04": 9, "05": 13, "06": 13, "07": 8, "08": 12, "09": 1, "10": 5, "12": 33,
    "13": 6, "17": 16, "18": 12, "19": 10, "20": 15, "21": 10, "22": 7, "23": 8, "24": 15, "25": 14,
}  # fmt: skip


@pytest.fixture(autouse=True)
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the shipped tables."""
    monkeypatch.delenv("SAMVERKAN_DATA", raising=False)


def rows_of(table: str) -> list[dict[str, str]]:
    path = Path(reference.__file__).parents[1] / "data" / "reference" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_six_areas_hold_forty_nine_municipalities() -> None:
    counts = Counter(place.area for place in reference.municipalities())
    assert counts == {key: count for key, (count, _) in AREAS.items()}
    assert 5 + 4 + 2 + 8 + 15 + 15 == len(reference.municipalities()) == 49
    assert [area.key for area in reference.areas()] == list(AREAS)


def test_four_federations_hold_the_same_forty_nine() -> None:
    counts = Counter(place.federation for place in reference.municipalities())
    assert counts == FEDERATIONS
    assert 12 + 15 + 8 + 14 == 49


def test_codes_are_four_digits_of_the_county_and_unique() -> None:
    codes = [place.code for place in reference.municipalities()]
    assert codes == sorted(set(codes))
    assert all(len(text) == 4 and text.startswith("14") for text in codes)
    assert set(reference.municipality_by_code()) == set(codes)


def test_every_municipality_has_a_tile_of_its_own() -> None:
    tiles = {(place.tile_col, place.tile_row) for place in reference.municipalities()}
    assert len(tiles) == 49


def test_inhabitants_by_area() -> None:
    inhabitants: Counter[str] = Counter()
    for place in reference.municipalities():
        inhabitants[place.area] += reference.population()[place.code, 2025]
    assert inhabitants == {key: count for key, (_, count) in AREAS.items()}
    assert inhabitants.total() == 1_778_030


def test_inhabitants_of_goteborgsomradet_2020() -> None:
    year = {code: count for (code, year), count in reference.population().items() if year == 2020}
    assert set(year) == {"1401", "1402", "1407", "1480", "1481"}
    assert sum(year.values()) == 743_649


def test_lilla_edet_is_in_fyrbodal_and_goteborgsregionen() -> None:
    place = reference.municipality_by_code()["1462"]
    assert (place.name, place.area) == ("Lilla Edet", "fyrbodal")
    assert place.federation == "Göteborgsregionen (GR)"


@pytest.mark.parametrize(
    ("name", "area"),
    [
        ("Vårgårda", "sodra-alvsborg"),
        ("Herrljunga", "sodra-alvsborg"),
        ("Stenungsund", "simba"),
        ("Orust", "fyrbodal"),
        ("Alingsås", "samla"),
        ("Lerum", "samla"),
        ("Bollebygd", "sodra-alvsborg"),
    ],
)
def test_easily_misplaced(name: str, area: str) -> None:
    assert {place.name: place.area for place in reference.municipalities()}[name] == area


def test_other_municipalities_by_county() -> None:
    rows = rows_of("other_municipalities")
    assert Counter(row["code"][:2] for row in rows) == COUNTIES
    assert sum(COUNTIES.values()) == len({row["name"] for row in rows}) == 241


def test_amounts_per_day() -> None:
    amounts = {year: rate.sek_per_day for year, rate in reference.liability_rates().items()}
    known = {year: amount for year, amount in amounts.items() if amount is not None}
    assert known == {2016: 4085, 2019: 7800, 2020: 8200, 2022: 9300, 2023: 10500}
    assert amounts[2021] is None


def test_events_in_order_and_in_known_scopes() -> None:
    events = reference.events()
    dates = [event.date for event in events]
    assert dates == sorted(dates)
    assert dates[0] == "2018-09-25"
    scopes = {area.key for area in reference.areas()} | {reference.COUNTY}
    assert {event.scope for event in events} <= scopes
    assert {event.kind for event in events} == {"regel", "handelse", "seriebrott"}


@pytest.mark.parametrize(
    ("level", "place", "name"),
    [
        ("county", "lan", "Västra Götaland"),
        ("area", "sodra-alvsborg", "Södra Älvsborg"),
        ("municipality", "1407", "Öckerö"),
        ("hospital", "NU-sjukvården", "NU-sjukvården"),
    ],
)
def test_place_name(level: str, place: str, name: str) -> None:
    assert reference.place_name(level, place) == name


@pytest.mark.parametrize(
    ("level", "place"),
    [("county", "14"), ("area", "1480"), ("municipality", "0180"), ("hospital", "X"), ("rike", "")],
)
def test_place_name_refuses_what_is_no_place(level: str, place: str) -> None:
    with pytest.raises(KeyError):
        reference.place_name(level, place)


def test_own_table_takes_the_place_of_the_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "reference"
    folder.mkdir()
    (folder / "liability_rates.csv").write_text(
        "year,sek_per_day,regulation,confidence,note\n2030,12345,,high,\n", encoding="utf-8-sig"
    )
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    rates = reference.liability_rates()
    assert {year: rate.sek_per_day for year, rate in rates.items()} == {2030: 12345}
    assert len(reference.municipalities()) == 49
    monkeypatch.delenv("SAMVERKAN_DATA")
    assert 2030 not in reference.liability_rates()


@pytest.mark.parametrize(
    ("text", "level", "place"),
    [
        ("1480", None, "1480"),
        ("Göteborgs Stad", None, "1480"),
        ("goteborg", "area", "goteborg"),
        ("goteborg", "municipality", "1480"),
        ("Skaraborg", None, "skaraborg"),
        ("SÄS", None, "Södra Älvsborgs Sjukhus"),
        ("Västra Götaland", None, "lan"),
        ("Ale", "hospital", None),
        ("Atlantis", None, None),
    ],
)
def test_a_place_is_found_by_key_or_name(text: str, level: str | None, place: str | None) -> None:
    assert reference.find_place(text, level=level) == place
