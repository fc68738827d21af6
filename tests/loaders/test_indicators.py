"""Any other indicator: its rows in many spellings and layouts, and what cannot be."""

from pathlib import Path

import pytest

from tests.effort import parametrize_some
from tests.loaders.written import Content, read, write

HEAD = "Indikator;Plats;Period;Täljare;Nämnare;Värde"
SUICIDES = [
    ("area:fyrbodal", "2020", 7.0),
    ("county:lan", "2020", 200.0),
    ("municipality:1480", "2019", 51.0),
    ("municipality:1480", "2020", 50.0),
]
LAID_OUT: dict[str, Content] = {
    "long": "Indikator;Plats;Period;Värde\nsuicides;Göteborg;2020;50\nSjälvmord;1480;2019;51\n"
    "SJÄLVMORD;Fyrbodal;2020;7\nsuicides;Västra Götaland;2020;200\n",
    "counts": "Nyckeltal;Kommun;År;Antal\nSjälvmord;Göteborgs Stad;2020;50\n"
    "Självmord;1480 Göteborg;2019;51\nSjälvmord;Vårdsamverkan Fyrbodal;2020;7\n"
    "Självmord;VGR;2020;200\n",
    "code and name": "Indikator;Kommunkod;Kommun;År;Antal\nSjälvmord;1480;Göteborg;2020;50\n"
    "Självmord;1480;Göteborg;2019;51\nSjälvmord;;fyrbodal;2020;7\nSjälvmord;14;lan;2020;200\n",
    "years as columns": "Indikator;Plats;2019;2020\nSjälvmord;Göteborg;51;50\n"
    "Självmord;Fyrbodal;-;7\nSjälvmord;Hela länet;..;200\n",
    "the indicator in the title": {
        "Blad1": [["Självmord"], ["Plats", "År", "Antal"], ["Göteborg", 2020, 50],
                  ["Göteborg", 2019, 51], ["Fyrbodal", 2020, 7], ["Västra Götaland", 2020, 200]],
    },
    "sums beside": "Indikator;Plats;Period;Täljare\nSjälvmord;Göteborg;2020;50\n"
    "Självmord;Göteborg;2019;51\nSumma;;;101\nSjälvmord;Totalt;2020;101\n"
    "Självmord;Fyrbodal;2020;7\nSjälvmord;Västra Götaland;2020;200\n",
}  # fmt: skip


@pytest.mark.parametrize("layout", LAID_OUT)
def test_the_same_numbers_in_any_layout(layout: str, tmp_path: Path) -> None:
    told = read(write(tmp_path, LAID_OUT[layout]))
    assert told.export == "indikatorer"
    assert told.problems == ()
    assert {row["indicator"] for row in told.rows} == {"suicides"}
    found = [
        (row["place"], row["period"], row["numerator"] if row["value"] is None else row["value"])
        for row in told.rows
    ]
    assert sorted(one for one in found if one[2] is not None) == SUICIDES


def test_a_quarter_may_be_written_in_many_ways(tmp_path: Path) -> None:
    spelt = ["2020-K1", "kv2 2020", "Kvartal 3 2020", "2020 Q4"]
    rows = [f"sip_share;Borås;{period};30;40;" for period in spelt]
    told = read(write(tmp_path, "\n".join([HEAD, *rows])))
    assert told.problems == ()
    assert told.table("period") == [("2020-K1",), ("2020-K2",), ("2020-K3",), ("2020-K4",)]
    told = read(write(tmp_path, "Indikator;Plats;År;Kvartal;Värde\nsip_share;Ale;2020;2;75,5 %\n"))
    assert told.problems == ()
    assert told.table("period", "value") == [("2020-K2", 75.5)]


def test_what_is_missing_keeps_its_state(tmp_path: Path) -> None:
    rows = [
        f"sip_share;Borås;{2020 + n}-K1;{text};40;" for n, text in enumerate(["-", ".", "..", "7"])
    ]
    told = read(write(tmp_path, "\n".join([HEAD, *rows]), encoding="utf-16"))
    assert told.problems == ()
    assert told.table("period", "numerator", "numerator_state") == [
        ("2020-K1", None, "missing"),
        ("2021-K1", None, "not-applicable"),
        ("2022-K1", None, "confidential"),
        ("2023-K1", 7.0, "ok"),
    ]


FAULTY = {
    "okänd;Borås;2020-K1;30;40;": ("not-allowed", "A2"),
    "sip_share;Atlantis;2020-K1;30;40;": ("unknown-place", "B2"),
    "suicides;NÄL;2020;3;;": ("not-allowed", "B2"),
    "sip_share;Borås;2020-01;30;40;": ("not-a-period", "C2"),
    "sip_share;Borås;2020;30;40;": ("not-a-period", "C2"),
    "suicides;Borås;2020-K1;3;;": ("not-a-period", "C2"),
    "suicides;Borås;i fjol;3;;": ("not-a-period", "C2"),
    "sip_share;Borås;2020-K1;41;40;": ("part-exceeds-whole", "D2"),
    "sip_share;Borås;2020-K1;30;;": ("required", "E2"),
    "sip_share;Borås;2020-K1;;40;": ("required", "D2"),
    "suicides;Borås;2020;;;": ("required", "D2"),
    "sip_share;Borås;2020-K1;;;101": ("part-exceeds-whole", "F2"),
    "suicides;Borås;2020;-3;;": ("negative", "D2"),
    "suicides;Borås;2020;;;−3": ("negative", "F2"),
    "sip_share;Borås;2020-K1;3;-4;": ("part-exceeds-whole", "D2"),
    "suicides;Borås;2020;cirka 5;;": ("not-a-number", "D2"),
}


@parametrize_some("row", FAULTY, usual=8)
def test_what_cannot_be_is_refused_where_it_stands(row: str, tmp_path: Path) -> None:
    told = read(write(tmp_path, f"{HEAD}\n{row}\nsip_share;Ale;2020-K1;1;2;\n"))
    assert told.at[0] == FAULTY[row]
    assert told.rows == []


def test_the_same_row_twice_is_refused_however_it_is_spelt(tmp_path: Path) -> None:
    rows = ["suicides;Mark;2020;3;;", "Självmord;Marks kommun;2020;3;;"]
    told = read(write(tmp_path, "\n".join([HEAD, *rows])))
    assert told.at == [("duplicate-row", "A3")]


def test_another_county_is_left_out_with_a_warning(tmp_path: Path) -> None:
    rows = ["suicides;Mark;2020;3;;", "suicides;Kungsbacka;2020;3;;"]
    told = read(write(tmp_path, "\n".join([HEAD, *rows])))
    assert told.at == [("outside-county", "B3")]
    assert told.table("place") == [("municipality:1463",)]


def test_a_share_that_looks_like_a_fraction_is_told(tmp_path: Path) -> None:
    rows = ["sip_share;Ale;2020-K1;;;0,755", "sip_share;Mark;2020-K1;;;1"]
    assert read(write(tmp_path, "\n".join([HEAD, *rows]))).at == [("fraction-for-percent", "F2")]
    rows.append("sip_share;Borås;2020-K1;;;8,5")
    assert read(write(tmp_path, "\n".join([HEAD, *rows]))).problems == ()
    rows[1:] = ["sip_share;Mark;2020-K1;;;62"]
    assert read(write(tmp_path, "\n".join([HEAD, *rows]))).at == [("fraction-for-percent", "F2")]


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("sip_share;Ale;2020-K1;30;40;57", ["mean-mismatch"]),
        *((f"sip_share;Ale;2020-K1;30;40;{text}", []) for text in ("75", "75,4", "0,75")),
        ("suicides;Ale;2020;3;;4", ["mean-mismatch"]),
    ],
)
def test_a_value_that_its_parts_do_not_give_is_told(
    row: str, codes: list[str], tmp_path: Path
) -> None:
    assert read(write(tmp_path, f"{HEAD}\n{row}\n")).codes == codes
