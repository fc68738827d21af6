"""Every number can be followed to its file, sheet and cells, or to the stays that were counted."""

import shutil
from pathlib import Path

import pytest

import pipeline
from metrics.loaded import loads
from views.origin.lines import CELLS_UNSAID, lines
from views.origin.numbers import cell_ranges, origin

LONG = """Månad;Kommun;Sjukhus;Vårdform;Antal utskrivna;Antal dagar
2019-07;Ale;Skaraborgs Sjukhus;Somatik;10;4
2019-07;Ale;NU-sjukvården;Psykiatri;5;9
2019-07;Tjörn;NU-sjukvården;Somatik;8;2
2019-08;Tjörn;NU-sjukvården;Somatik;7;1
"""
STAYS = """Kommun;Sjukhus;Vårdform;Meddelande utskrivningsklar;Utskrivningsdatum
"""
STAYS += 4 * "Ale;NU-sjukvården;Somatik;2019-07-01 10:00;2019-07-03 12:00\n"
STAYS += 2 * "Ale;NU-sjukvården;Somatik;;2019-07-04 12:00\n"


@pytest.fixture(autouse=True)
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    return tmp_path


def load(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    with pipeline.checked(path) as file:
        assert file.ok, file.problems
        pipeline.publish(file)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with LONG in it, loaded once and copied."""
    place = tmp_path_factory.mktemp("loaded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(place / "data"))
        load(place, "juli.csv", LONG)
    return place / "data"


@pytest.fixture
def july(warehouse: Path, loaded: Path) -> Path:
    """The folder beside whose data folder files are written, with LONG loaded."""
    shutil.copytree(loaded, warehouse / "data")
    return warehouse


# As many rows for every municipality, so that they say nothing of how many persons there were.
EVEN = """Månad;Kommun;Sjukhus;Vårdform;Antal utskrivna;Antal dagar
2019-07;Ale;NU-sjukvården;Somatik;10;4
2019-07;Ale;NU-sjukvården;Psykiatri;5;9
2019-07;Tjörn;NU-sjukvården;Somatik;8;2
2019-07;Tjörn;NU-sjukvården;Psykiatri;0;0
"""


def test_a_municipality_is_followed_to_its_cells(warehouse: Path) -> None:
    load(warehouse, "juli.csv", EVEN)
    found = origin(indicator="mean_days", period="2019-07", level="municipality", place="1440")
    assert found is not None
    (source,) = found.sources
    assert source.load.file == "juli.csv"
    assert source.cells == {"juli": ("E2", "E3", "F2", "F3")}
    assert source.stays is None
    assert (found.value.numerator, found.value.denominator) == (13, 15)


def test_a_care_form_and_a_hospital_narrow_the_cells(warehouse: Path) -> None:
    load(warehouse, "juli.csv", EVEN)
    found = origin(
        indicator="ready_days",
        period="2019-07",
        level="hospital",
        place="NU-sjukvården",
        part="somatik",
    )
    assert found is not None
    assert found.sources[0].cells == {"juli": ("F2", "F4")}


@pytest.mark.usefixtures("july")
def test_cells_are_not_told_where_they_are_as_many_as_there_was_to_count() -> None:
    """Whoever has those of one place knows which rows are of the one beside it, and how many."""
    for level, place in (("municipality", "1440"), ("area", "simba"), ("county", "lan")):
        found = origin(indicator="discharges", period="2019-07", level=level, place=place)
        assert found is not None and found.value.status != "confidential"
        assert [source.cells for source in found.sources] == [{"juli": ()}]
        assert CELLS_UNSAID in lines(found)


@pytest.mark.usefixtures("july")
def test_an_area_says_which_municipalities_are_missing() -> None:
    found = origin(indicator="discharges", period="2019-07", level="area", place="simba")
    assert found is not None
    assert set(found.missing) == {"Kungälv", "Stenungsund"}
    assert (found.value.reported, found.value.expected) == (2, 4)


def test_stays_are_counted_and_what_they_replaced_is_named(july: Path) -> None:
    load(july, "vtf.csv", STAYS + STAYS.replace("Ale;", "Tjörn;").partition("\n")[2])
    found = origin(indicator="mean_days", period="2019-07", level="municipality", place="1440")
    assert found is not None
    (source,) = found.sources
    assert (source.load.file, source.stays, source.cells) == ("vtf.csv", 12, {})
    assert [before.file for before in found.replaced] == ["juli.csv"]


def test_the_number_of_rows_is_that_of_the_county(warehouse: Path) -> None:
    """A municipality's own would tell how many persons it had."""
    load(warehouse, "vtf.csv", STAYS + "Tjörn;SU;Somatik;2019-07-01 10:00;2019-07-03 12:00\n")
    found = origin(indicator="mean_days", period="2019-07", level="municipality", place="1419")
    assert found is not None
    assert (found.value.status, found.sources[0].stays) == ("confidential", 7)
    assert [one.rows for one in loads()] == [7]


def test_the_rows_of_a_load_of_one_municipality_are_not_told(july: Path) -> None:
    """They are how many persons it had, beside what is shown of its area."""
    load(july, "ale.csv", STAYS)
    found = origin(indicator="mean_days", period="2019-07", level="area", place="simba")
    assert found is not None
    assert [source.stays for source in found.sources if source.singles] == [None]
    assert [one.rows for one in loads()] == [None, 4]


def test_no_number_has_no_origin(warehouse: Path) -> None:
    assert origin(indicator="mean_days", period="2019-07", level="county", place="lan") is None
    load(warehouse, "juli.csv", LONG)
    assert origin(indicator="mean_days", period="2018-01", level="county", place="lan") is None
    with pytest.raises(KeyError):
        origin(indicator="okänd", period="2019-07", level="county", place="lan")


def test_neighbouring_cells_are_said_as_ranges() -> None:
    assert cell_ranges(["B7", "B9", "B8", "D2", "AA3", "AA4"]) == ["B7:B9", "D2", "AA3:AA4"]
    assert cell_ranges([]) == []


def test_a_hidden_number_has_files_and_sheets_but_no_cells(warehouse: Path) -> None:
    """How many cells it has would be a floor under what it can be."""
    load(warehouse, "juli.csv", LONG.replace(";10;4", ";1;4").replace(";5;9", ";2;9"))
    found = origin(indicator="discharges", period="2019-07", level="municipality", place="1440")
    assert found is not None and found.value.status == "confidential"
    assert [source.cells for source in found.sources] == [{"juli": ()}]
    assert "blad juli, läst in" in lines(found)[2]
