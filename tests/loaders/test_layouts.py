"""Measures down the side, places over the columns, and pivot tables in outline."""

from pathlib import Path

import pytest

from tests.loaders.sheets import Row, Rows
from tests.loaders.written import read, write

ROWS = (("Göteborg", 607, 273), ("Härryda", 47, 22), ("Borås", 132, 96), ("Öckerö", 18, 12))
MEASURES = ("Antal utskrivna", "Antal dagar")
HEAD = ("Radetiketter", *(f"Summa av {name}" for name in MEASURES))
MONTHS = ("2019-06", "2019-07")
SUMMER = ("juni", "juli")
WANTED = sorted(number for row in ROWS for number in row[1:]) * 2


def _sum(*rows: Row) -> list[int]:
    return [sum(int(str(row[at])) for row in rows) for at in (1, 2)]


LAYOUTS: dict[str, Rows] = {
    "measures down the side": [
        ["Kommun", "Mått", *MONTHS],
        *([row[0], name, row[at], row[at]] for row in ROWS for at, name in enumerate(MEASURES, 1)),
    ],
    "measures named once": [
        ["Mått", "Kommun", *MONTHS],
        *(
            ["" if number else name, row[0], row[at], row[at]]
            for at, name in enumerate(MEASURES, 1)
            for number, row in enumerate(ROWS)
        ),
    ],
    "months above their municipalities": [
        HEAD,
        *(row for month in MONTHS for row in ([month, *_sum(*ROWS)], *ROWS)),
        ["Totalsumma", *(2 * number for number in _sum(*ROWS))],
    ],
    "municipalities above their months": [
        HEAD,
        *(
            line
            for row in ROWS
            for line in (
                [row[0], *(2 * number for number in row[1:])],
                *([month, *row[1:]] for month in MONTHS),
            )
        ),
    ],
    "municipalities above their months by name": [
        ["Utskrivningsklara 2019"],
        ["", *MEASURES],
        *(line for row in ROWS for line in (row[:1], *([month, *row[1:]] for month in SUMMER))),
    ],
    "months above their municipalities, with sums below": [
        ["", *MEASURES],
        *(
            line
            for month in SUMMER
            for line in ([f"{month} 2019"], *ROWS, [f"Totalt {month}", *_sum(*ROWS)])
        ),
        ["Totalt", *(2 * number for number in _sum(*ROWS))],
    ],
    "months with their sums": [
        ["Månad", "Kommun", *MEASURES],
        *(
            line
            for month in MONTHS
            for line in (
                *(["" if number else month, *row] for number, row in enumerate(ROWS)),
                [f"{month} Totalt", "", *_sum(*ROWS)],
            )
        ),
    ],
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_numbers_in_any_layout(
    layout: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    found = read(write(tmp_path, LAYOUTS[layout], name="utskrivningsklara"))
    assert found.codes == []
    assert sorted(float(str(row["value"])) for row in found.rows) == sorted(WANTED)
    assert {row["period"] for row in found.rows} == {*MONTHS}
    assert {row["value"] for row in found.rows if row["municipality"] == "1480"} == {607, 273}


def test_a_long_file_of_kolada_is_read_for_both_sexes_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    head = "kpi_id;kpi_title;municipality_id;municipality;period;gender;value"
    rows = [f"N1;Självmord;1480;Göteborg;2020;{both}" for both in ("K;14", "M;30", "T;44")]
    found = read(write(tmp_path, "\n".join([head, *rows])))
    assert found.codes == []
    assert [row["value"] for row in found.rows] == [44]


def test_shares_beside_the_numbers_of_each_process_are_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    rows: Rows = [
        ["Brister i samverkan, kvartal 1 2020"],
        ["Kommun", "Läkemedel", "", "Egenvård", ""],
        ["", "Antal", "%", "Antal", "%"],
        ["Härryda", 7, 70, 3, 30],
        ["Borås", 25, 50, 26, 50],
    ]
    found = read(write(tmp_path, rows))
    assert found.codes == []
    assert sorted(float(str(row["value"])) for row in found.rows) == [3, 7, 25, 26]


def test_hospitals_above_their_municipalities_and_forms_of_care_beneath_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    title: Rows = [["Utskrivningsklara juli 2019"], ["", *MEASURES]]
    hospitals = [["SU"], *ROWS[:2], ["SÄS"], *ROWS[2:]]
    found = read(write(tmp_path, [*title, *hospitals], name="sjukhus"))
    assert "Kommun/Sjukhus" in found.receipt[0]
    assert {row["hospital"] for row in found.rows if row["municipality"] == "1490"} == {
        "Södra Älvsborgs Sjukhus"
    }
    parts = (("Somatik", 9, 5), ("Psykiatri", 2, 1))
    forms = [line for row in ROWS for line in (row[:1], *parts)]
    found = read(write(tmp_path, [*title, *forms], name="former"))
    assert {(row["care_form"], row["value"]) for row in found.rows} == {
        ("somatik", 9), ("somatik", 5), ("psykiatri", 2), ("psykiatri", 1),
    }  # fmt: skip
    measures = [
        line
        for name, *numbers in ROWS
        for line in (["SU", name, MEASURES[0], numbers[0]], ["", "", MEASURES[1], numbers[1]])
    ]
    head = [title[0], ["Sjukhus", "Kommun", "Mått", "Värde"]]
    found = read(write(tmp_path, [*head, *measures], name="mått"))
    assert found.codes == []
    assert {row["hospital"] for row in found.rows} == {"Sahlgrenska Universitetssjukhuset"}
    assert len(found.rows) == 2 * len(ROWS)
