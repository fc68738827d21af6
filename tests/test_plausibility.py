"""A file against what is in force: coarser, fewer municipalities, unlikely numbers."""

from pathlib import Path

import pytest

import pipeline

HEAD = "Månad;Kommun;Sjukhus;Vårdform;Antal utskrivna;Antal dagar\n"
MONTHS = [f"2019-{month:02d}" for month in range(1, 9)]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    path = tmp_path / "forut.csv"
    rows = [
        f"{month};{place};NU-sjukvården;Somatik;{number};{number}"
        for month in MONTHS
        for place, number in (("Ale", 100), ("Tjörn", 8))
    ]
    path.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    with pipeline.checked(path) as file:
        assert file.problems == ()
        pipeline.publish(file)
    return tmp_path


def warnings(folder: Path, text: str) -> dict[str, str]:
    path = folder / "ny.csv"
    path.write_text(text, encoding="utf-8")
    with pipeline.checked(path) as file:
        assert file.ok
        return {problem.code: problem.message for problem in file.problems}


def month(*, ale: int = 100, tjorn: int | None = 8) -> str:
    rows = [f"2019-09;Ale;NU-sjukvården;Somatik;{ale};{ale}"]
    if tjorn is not None:
        rows.append(f"2019-09;Tjörn;NU-sjukvården;Somatik;{tjorn};{tjorn}")
    return HEAD + "\n".join(rows) + "\n"


def test_an_ordinary_month_gives_no_warning(data: Path) -> None:
    assert warnings(data, month()) == {}


def test_ten_times_the_usual_is_pointed_out(data: Path) -> None:
    found = warnings(data, month(ale=1000))
    assert set(found) == {"unlikely-change"}
    assert found["unlikely-change"].startswith("Ale, september 2019: ")
    assert "det vanliga är 100" in found["unlikely-change"]
    assert warnings(data, month(ale=999)) == {}
    assert set(warnings(data, month(ale=10))) == {"unlikely-change"}


def test_small_numbers_are_never_unlikely(data: Path) -> None:
    assert warnings(data, month(tjorn=49)) == {}
    assert warnings(data, month(tjorn=0)) == {}


def test_a_municipality_that_no_longer_reports_is_named(data: Path) -> None:
    assert warnings(data, month(tjorn=None)) == {
        "coverage-shrank": "1 kommun som fanns förra gången saknas i filen: Tjörn."
    }


def test_a_coarser_file_is_pointed_out(data: Path) -> None:
    text = "Månad;Kommun;Antal utskrivna;Antal dagar\n2019-07;Ale;90;90\n2019-07;Tjörn;8;8\n"
    found = warnings(data, text)
    assert set(found) == {"coarser-than-current"}
    assert found["coarser-than-current"].startswith("För juli 2019 och 2 kommuner")
