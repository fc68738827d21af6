"""Counts per quarter, however the quarter, the municipality and the process are laid out."""

from pathlib import Path

import pytest

from tests.effort import parametrize_some
from tests.loaders.sheets import Rows, write_workbook
from tests.loaders.written import Content, read, write

SIP = "Samordnad individuell plan (SIP)"
# Two quarters, two municipalities, two processes.
TRUTH = {
    ("2020-K1", "1401", "Läkemedel", 1.0),
    ("2020-K1", "1401", SIP, 2.0),
    ("2020-K1", "1402", "Läkemedel", 5.0),
    ("2020-K1", "1402", SIP, 6.0),
    ("2020-K2", "1401", "Läkemedel", 3.0),
    ("2020-K2", "1401", SIP, 0.0),
    ("2020-K2", "1402", "Läkemedel", 7.0),
    ("2020-K2", "1402", SIP, 8.0),
}
LAID_OUT: dict[str, Content] = {
    "quarter in a column": "Kvartal;Kommun;Läkemedel;SIP\n2020-K1;Härryda;1;2\n"
    "2020-K1;Partille;5;6\nkv 2 2020;Härryda;3;–\nKvartal 2 2020;1402;7;8\n",
    "year and number in two columns": "År;Kvartal;Kommun;Läkemedel;SIP\n2020;1;Härryda;1;2\n"
    "2020;1;Partille;5;6\n2020;2;Härryda;3;-\n2020;2;Partille;7;8\n",
    "year and Q1 in two columns": "Kvartal;År;Kommun;Läkemedel;SIP\nQ1;2020;Härryda;1;2\n"
    "Q1;2020;Partille;5;6\nQ2;2020;Härryda;3;0\nQ2;2020;Partille;7;8\n",
    "number in a column, year in the title": "Brister i samverkan 2020;;;\n"
    "Kvartal;Kommun;Läkemedel;SIP\n1;Härryda;1;2\n1;Partille;5;6\n2;Härryda;3;–\n2;Partille;7;8\n",
    "long": "Kvartal;Kommun;Process;Antal\n2020-K1;Härryda;Läkemedel;1\n2020-K1;Härryda;SIP;2\n"
    "2020-K1;Partille;Läkemedel;5\n2020-K1;Partille;SIP;6\n2020-K2;Härryda;Läkemedel;3\n"
    "2020-K2;Härryda;SIP;–\n2020-K2;Partille;Läkemedel;7\n2020-K2;Partille;SIP;8\n",
    "quarters as columns": "Kommun;Process;2020-K1;2020-K2;Totalt\nHärryda;Läkemedel;1;3;4\n"
    "Härryda;SIP;2;–;2\nPartille;Läkemedel;5;7;12\nPartille;SIP;6;8;14\n",
    "bare quarters as columns": "Avvikelser 2020;;;;\nKommun;Process;Kv1;Kv2;Totalt\n"
    "Härryda;Läkemedel;1;3;4\nHärryda;SIP;2;–;2\nPartille;Läkemedel;5;7;12\nPartille;SIP;6;8;14\n",
    "quarters over processes": {
        "Brister": [
            ["Kommun", "Kv 1 2020", None, "Kv 2 2020", None],
            [None, "Läkemedel", "SIP", "Läkemedel", "SIP"],
            ["Härryda", 1, 2, 3, "–"],
            ["Partille", 5, 6, 7, 8],
            ["Summa", 6, 8, 10, 8],
        ]
    },
    "bare quarters over processes": {
        "Brister": [
            ["Kvartalsrapport 2020"],
            ["Kommun", "Kvartal 1", None, "Kvartal 2", None],
            [None, "Läkemedel", "SIP", "Läkemedel", "SIP"],
            ["Härryda", 1, 2, 3, "–"],
            ["Partille", 5, 6, 7, 8],
        ]
    },
    "processes over quarters": {
        "Brister": [
            ["Kommun", "Läkemedel", None, "SIP", None],
            [None, "2020-K1", "2020-K2", "2020-K1", "2020-K2"],
            ["Härryda", 1, 3, 2, 0],
            ["Partille", 5, 7, 6, 8],
        ]
    },
    "a sheet per quarter": {
        "Kv1": [["Brister 2020"], ["Kommun", "Läkemedel", "SIP", "Summa"],
                ["Härryda", 1, 2, 3], ["Partille", 5, 6, 11], ["Totalt", 6, 8, 14]],
        "Kv2": [["Brister 2020"], ["Kommun", "Läkemedel", "SIP", "Summa"],
                ["Härryda", 3, "–", 3], ["Partille", 7, 8, 15], ["Totalt", 10, 8, 18]],
    },
    "a sheet per process": {
        "Läkemedel": [["Kommun", "2020-K1", "2020-K2"], ["Härryda", 1, 3], ["Partille", 5, 7]],
        "SIP": [["Kommun", "2020-K1", "2020-K2"], ["Härryda", 2, "-"], ["Partille", 6, 8]],
    },
    "municipalities as columns": {
        "2020-K1": [["Process", "Härryda", "Partille", "Summa"],
                    ["Läkemedel", 1, 5, 6], ["SIP", 2, 6, 8], ["Summa", 3, 11, 14]],
        "Kv II 2020": [[None, "Härryda", "Partille", "Summa"],
                    ["Läkemedel", 3, 7, 10], ["SIP", 0, 8, 8], ["Summa", 3, 15, 18]],
    },
}  # fmt: skip


def found(path: Path) -> set[tuple[object, ...]]:
    told = read(path)
    assert told.export == "brister"
    assert told.problems == ()
    return set(told.table("period", "municipality", "process", "value"))


@parametrize_some("layout", LAID_OUT, usual=5)
def test_the_same_counts_in_any_layout(layout: str, tmp_path: Path) -> None:
    assert found(write(tmp_path, LAID_OUT[layout])) == TRUTH


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Brister i samverkan, kvartal 1 2020", "fil"),
        ("Avvikelser januari–mars 2020", "fil"),
        ("Brister 2020-01-01 – 2020-03-31", "fil"),
        ("Första kvartalet 2020", "fil"),
        ("Brister i samverkan", "brister_2020_kv1"),
        ("Kv. 1", "brister 2020"),
    ],
)
def test_the_quarter_stands_in_a_title_or_in_the_files_name(
    title: str, name: str, tmp_path: Path
) -> None:
    rows = f"{title};;\nKommun;Läkemedel;SIP\nHärryda;1;2\nPartille;5;6\n"
    assert found(write(tmp_path, rows, name=name, encoding="cp1252")) == {
        row for row in TRUTH if row[0] == "2020-K1"
    }


def test_merged_heads_stand_over_all_their_columns(tmp_path: Path) -> None:
    rows: Rows = [
        ["Kommun", "Kv 1 2020", None, "Kv 2 2020", None],
        [None, "Läkemedel", "SIP", "Läkemedel", "SIP"],
        ["Härryda", 1, 2, 3, 0],
        ["Partille", 5, 6, 7, 8],
    ]
    path = write_workbook(
        tmp_path / "a.xlsx", {"Blad1": rows}, merged={"Blad1": ["A1:A2", "B1:C1", "D1:E1"]}
    )
    assert found(path) == TRUTH


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Brister januari–juni 2020", "missing-column"),
        ("Brister 2020-01-01 – 2020-06-30", "missing-column"),
        ("Brister 2020", "missing-column"),
        ("Brister kvartal 1 2020, jämfört med kvartal 4 2019", "missing-column"),
    ],
)
def test_no_count_without_its_quarter(title: str, said: str, tmp_path: Path) -> None:
    told = read(write(tmp_path, f"{title};\nKommun;Läkemedel\nHärryda;1\nPartille;5\n"))
    assert told.codes == [said]
    assert told.problems[0].column == "Kvartal"


def test_a_process_that_is_not_in_the_table_is_kept_with_a_warning(tmp_path: Path) -> None:
    told = read(write(tmp_path, "Kv1 2020;;\nKommun;SIP;Digitala möten\nHärryda;1;2\nAle;3;4\n"))
    assert told.codes == ["unknown-category"]
    assert ("1401", "Digitala möten", 2.0) in told.table("municipality", "process", "value")


def test_a_sum_that_is_wrong_is_told_and_a_sign_is_not_nought(tmp_path: Path) -> None:
    told = read(
        write(tmp_path, "Kv1 2020;;;\nKommun;SIP;Övrigt;Summa\nHärryda;1;..;9\nPartille;3;4;8\n")
    )
    assert told.at == [("total-mismatch", "D4")]
    assert told.table("process", "value", "state") == [
        ("Samordnad individuell plan (SIP)", 1.0, "ok"),
        ("Samordnad individuell plan (SIP)", 3.0, "ok"),
        ("Övrigt", 4.0, "ok"),
        ("Övrigt", None, "confidential"),
    ]


def test_a_fault_is_told_once_where_it_stands(tmp_path: Path) -> None:
    told = read(
        write(
            tmp_path,
            "Kv1 2020;;\nKommun;SIP;Övrigt\nHärryda;1;-2\nKungsbacka;3;4\n"
            "Atlantis;5;6\nAle;7,5;z\n",
        )
    )
    assert sorted(told.at, key=str) == [
        ("negative", "C3"),
        ("not-a-number", "B6"),
        ("not-a-number", "C6"),
        ("outside-county", "A4"),
        ("unknown-municipality", "A5"),
    ]
