"""Fund registers: amounts as people write them, sums that are no recipients, layouts."""

from pathlib import Path

import pytest

import pipeline
from metrics.values import values
from tests.effort import parametrize_some
from tests.loaders.sheets import Rows, write_workbook
from tests.loaders.written import Content, read, write
from views.funds import page
from views.funds.sentences import total

HEAD = "Program;År;Nivå;Mottagare;Tilldelat;Får rekvirera;Rekvirerat;Använt"
PROGRAMME = "A;2020;Projekt"

AMOUNTS: dict[str, float] = {
    "275 000 kr": 275_000,
    "275\u00a0000 kr": 275_000,
    "275\u2009000 kr": 275_000,
    "275\u202f000": 275_000,
    "275000:-": 275_000,
    "SEK 275 000": 275_000,
    "275 000,50 kr": 275_000.5,
    "1.275.000,50": 1_275_000.5,
    "350 tkr": 350_000,
    "1 350 kkr": 1_350_000,
    "10 mnkr": 10_000_000,
    "10,5 Mkr": 10_500_000,
    "10.5 MSEK": 10_500_000,
    "1,5 miljoner kronor": 1_500_000,
    "1 miljon": 1_000_000,
    "10 milj. kr": 10_000_000,
    "1,2 miljarder kr": 1_200_000_000,
    "0": 0,
    "0 kr": 0,
}
LOWER: dict[str, float] = {
    "drygt 33 Mkr": 33_000_000,
    "minst 2 mnkr": 2_000_000,
    "över 350 tkr": 350_000,
    "mer än 4 Mkr": 4_000_000,
    "> 4 Mkr": 4_000_000,
    "≥ 275 000 kr": 275_000,
    "Minst 1 miljard": 1_000_000_000,
}
UNSURE: dict[str, float] = {
    "1,350 tkr": 1_350_000,
    "1.350 tkr": 1_350_000,
    "1,350 Mkr": 1_350_000,
    "275.000 kr": 275_000,
    "ca 3 Mkr": 3_000_000,
    "cirka 350 tkr": 350_000,
    "c:a 3 mnkr": 3_000_000,
    "~3 Mkr": 3_000_000,
    "knappt 5 Mkr": 5_000_000,
    "högst 5 Mkr": 5_000_000,
    "upp till 275 000 kr": 275_000,
}
REFUSED = {
    "-5000": "negative",
    "−5 000 kr": "negative",
    "(5 000)": "not-a-number",
    "2–3 Mkr": "not-a-number",
    "enligt beslut": "not-a-number",
    "275 000 EUR": "not-a-number",
    "1 35 000 kr": "not-a-number",
}


def register(*rows: str, head: str = HEAD) -> str:
    return "\n".join([head, *rows]) + "\n"


def many(texts: dict[str, float]) -> str:
    return register(*(f"{PROGRAMME};M{n};{text};;;" for n, text in enumerate(texts)))


def allocated(path: Path) -> list[tuple[object, ...]]:
    told = read(path)
    assert told.export == "medel"
    assert told.problems == ()
    return told.table("programme", "year", "recipient", "allocated")


@pytest.mark.parametrize(("texts", "lower"), [(AMOUNTS, False), (LOWER, True)])
def test_amounts_as_people_write_them(texts: dict[str, float], lower: bool, tmp_path: Path) -> None:
    told = read(write(tmp_path, many(texts)))
    assert told.problems == ()
    found = {row["recipient"]: (row["allocated"], row["allocated_lower"]) for row in told.rows}
    assert found == {f"M{n}": (kronor, lower) for n, kronor in enumerate(texts.values())}


def test_an_amount_that_can_be_read_in_two_ways_is_read_with_a_warning(tmp_path: Path) -> None:
    told = read(write(tmp_path, many(UNSURE)))
    assert told.at == [("ambiguous-amount", f"E{n + 2}") for n in range(len(UNSURE))]
    found = {row["recipient"]: row["allocated"] for row in told.rows}
    assert found == {f"M{n}": kronor for n, kronor in enumerate(UNSURE.values())}


def test_what_is_no_amount_is_refused(tmp_path: Path) -> None:
    rows = [f"{PROGRAMME};M{n};{text};;;" for n, text in enumerate(REFUSED)]
    told = read(write(tmp_path, register(*rows)))
    assert told.at == [(code, f"E{n + 2}") for n, code in enumerate(REFUSED.values())]


def test_missing_is_not_nought(tmp_path: Path) -> None:
    rows = [
        f"{PROGRAMME};M{n};{text};;;"
        for n, text in enumerate(["0", "-", ".", "..", "", "ej beslutat", "saknas"])
    ]
    told = read(write(tmp_path, register(*rows)))
    assert told.problems == ()
    assert told.table("recipient", "allocated", "allocated_state") == [
        ("M0", 0.0, "ok"),
        ("M1", None, "missing"),
        ("M2", None, "not-applicable"),
        ("M3", None, "confidential"),
        ("M4", None, "empty"),
        ("M5", None, "missing"),
        ("M6", None, "missing"),
    ]


def test_a_ceiling_may_say_that_it_is_the_most(tmp_path: Path) -> None:
    rows = ["A;2020;NOSAM;N1;;högst 275 000 kr;;", "A;2020;NOSAM;N2;;upp till 275 tkr;;"]
    told = read(write(tmp_path, register(*rows)))
    assert told.problems == ()
    assert told.table("recipient", "ceiling") == [("N1", 275_000.0), ("N2", 275_000.0)]


@pytest.mark.parametrize(
    ("title", "heading", "text", "kronor"),
    [
        ("", "Tilldelat (tkr)", "350", 350_000),
        ("", "Tilldelat, tkr", "350,5", 350_500),
        ("", "Belopp i Mkr", "drygt 3", 3_000_000),
        ("", "Tilldelat (tkr)", "500 000 kr", 500_000),
        ("Belopp i tkr", "Tilldelat", "350", 350_000),
        ("Belopp i tkr", "Tilldelat (kr)", "350000", 350_000),
        ("Fördelning av 33 Mkr", "Tilldelat", "350", 350),
        ("Medel 2020, kronor", "Tilldelat", "350", 350),
    ],
)
def test_units_in_a_heading_or_a_title(
    title: str, heading: str, text: str, kronor: float, tmp_path: Path
) -> None:
    head = f"Program;År;Nivå;Mottagare;{heading}"
    path = write(tmp_path, f"{title};;;;\n{register(f'{PROGRAMME};M;{text}', head=head)}")
    assert allocated(path) == [("A", "2020", "M", kronor)]


TWO = [("A", "2020", "VG", 100.0), ("B", "2020", "X", 10.0)]
SUMS: dict[str, list[str]] = {
    "in the programme's column": ["A;2020;Län;VG;100", "Summa A;;;;100", "B;2020;Projekt;X;10",
                                  "Delsumma B;2020;;;10", "Totalt;;;;110"],
    "in the recipient's column": ["A;2020;Län;VG;100", "A;2020;;Summa;100", "B;2020;Projekt;X;10",
                                  "B;2020;Projekt;Summa B;10", ";;;TOTALT;110"],
    "after the name": ["A;2020;Län;VG;100", "A totalt;2020;;;100", "B;2020;Projekt;X;10",
                       "B Summa;;;;10", "Totalsumma;;;;110"],
    "in the level's column": ["A;2020;Län;VG;100", "B;2020;Projekt;X;10", ";;Summa;;110"],
    "groups named once": ["A;2020;Län;VG;100", "Summa A;;;;100", "B;2020;Projekt;X;10",
                          "Summa;;;;110", "Källa: VVG;;;;"],
}  # fmt: skip


@pytest.mark.parametrize("where", SUMS)
def test_sums_are_no_recipients(where: str, tmp_path: Path) -> None:
    path = write(tmp_path, register(*SUMS[where], head="Program;År;Nivå;Mottagare;Tilldelat"))
    assert allocated(path) == TWO


def test_a_sum_that_its_rows_do_not_give_is_told(tmp_path: Path) -> None:
    rows = ["A;2020;Län;VG;100 000", "Summa A;;;;100 000", "B;2020;Projekt;X;10 000"]
    head = "Program;År;Nivå;Mottagare;Tilldelat"
    right = read(write(tmp_path, register(*rows, "Totalt;;;;110 000", head=head)))
    wrong = read(write(tmp_path, register(*rows, "Totalt;;;;210 000", head=head)))
    assert (right.at, wrong.at) == ([], [("total-mismatch", "E5")])


def test_other_money_is_asked_about(tmp_path: Path) -> None:
    head = "Belopp i EUR\nProgram;År;Nivå;Mottagare;Tilldelat"
    told = read(write(tmp_path, register("A;2020;Län;VG;100", head=head)))
    assert "valuta (eur)" in told.problems[0].message


def test_what_is_of_all_may_be_a_recipient(tmp_path: Path) -> None:
    rows = ["A;2020;Län;Länet totalt;100", "A;2020;Kommun;Alla kommuner;60",
            "Medel;2020;Region;Regionen;40"]  # fmt: skip
    head = "Program;År;Nivå;Mottagare;Tilldelat"
    assert allocated(write(tmp_path, register(*rows, head=head))) == [
        ("A", "2020", "Alla kommuner", 60.0),
        ("A", "2020", "Länet totalt", 100.0),
        ("Medel", "2020", "Regionen", 40.0),
    ]


GRANTS = [
    ("A", "2020", "SIMBA", 50.0),
    ("A", "2020", "VG", 100.0),
    ("A", "2021", "SIMBA", 60.0),
    ("A", "2021", "VG", 200.0),
]
LAID_OUT: dict[str, Content] = {
    "long": "Satsning;Budgetår;Typ av mottagare;Bidragsmottagare;Beviljat belopp\n"
    "A;2020;Län;VG;100\nA;2020;Delregional;SIMBA;50\nA;2021;Länsnivå;VG;200\n"
    "A;2021;delregion;SIMBA;60\n",
    "groups named once": "Program;År;Nivå;Mottagare;Tilldelat\nA;2020;Län;VG;100\n"
    ";;Delregion;SIMBA;50\n;2021;Län;VG;200\n;;Delregion;SIMBA;60\n",
    "years as columns": "Program;Nivå;Mottagare;Tilldelat 2020;Tilldelat 2021\n"
    "A;Län;VG;100;200\nA;Delregion;SIMBA;50;60\n",
    "a sheet per year": {
        "2020": [["Program", "Nivå", "Mottagare", "Tilldelat"],
                 ["A", "Län", "VG", 100], ["A", "Delregion", "SIMBA", 50]],
        "2021": [["Program", "Nivå", "Mottagare", "Tilldelat"],
                 ["A", "Län", "VG", 200], ["A", "Delregion", "SIMBA", 60]],
    },
}  # fmt: skip


@pytest.mark.parametrize("layout", LAID_OUT)
def test_the_same_grants_in_any_layout(layout: str, tmp_path: Path) -> None:
    assert allocated(write(tmp_path, LAID_OUT[layout])) == GRANTS


def test_merged_cells_name_a_group(tmp_path: Path) -> None:
    rows: Rows = [
        ["Program", "År", "Nivå", "Mottagare", "Tilldelat"],
        ["A", 2020, "Län", "VG", 100],
        [None, None, "Delregion", "SIMBA", 50],
        [None, 2021, "Län", "VG", 200],
        [None, None, "Delregion", "SIMBA", 60],
    ]
    merged = {"Medel": ["A2:A5", "B2:B3", "B4:B5"]}
    assert allocated(write_workbook(tmp_path / "a.xlsx", {"Medel": rows}, merged=merged)) == GRANTS


def test_a_cell_is_not_filled_in_where_others_repeat_their_value(tmp_path: Path) -> None:
    rows = ["A;2020;Län;VG;100;;;", "A;2020;Delregion;SIMBA;50;;;", ";2020;Projekt;X;10;;;"]
    assert read(write(tmp_path, register(*rows))).at == [("required", "A4")]


def test_more_requisitioned_than_allowed_or_used_than_requisitioned(tmp_path: Path) -> None:
    rows = [
        "A;2020;NOSAM;N1;;275000;300000;",
        "A;2020;NOSAM;N2;;275000;200000;250000",
        "A;2020;NOSAM;N3;;275000;;300000",
        "A;2020;NOSAM;N4;;drygt 275 tkr;300000;",
        "A;2020;NOSAM;N5;;275000;275000;275000",
    ]
    assert read(write(tmp_path, register(*rows))).at == [
        ("part-exceeds-whole", "G2"),
        ("part-exceeds-whole", "H3"),
        ("part-exceeds-whole", "H4"),
    ]


PROGRAMMES: dict[str, tuple[list[str], float, str]] = {
    "a whole is not added to its parts": (
        ["A;2020;Län;VG;100;;;", "A;2020;Delregion;SIMBA;50;;;"], 100, "ok"),
    "without a whole the parts are added": (
        ["A;2020;Region;VGR;100;;;", "A;2020;Delregion;SIMBA;50;;;"], 150, "ok"),
    "areas by another name are single areas": (
        ["A;2020;Delregion;Göteborgsområdet;4;;;", "A;2020;Delregion;Vårdsamverkan Fyrbodal;2;;;",
         "A;2020;Delregion;Ett område till;1;;;"], 7, "ok"),
    "a single area is in what the areas have together": (
        ["A;2020;Delregion;De sex vårdsamverkansområdena;10;;;", "A;2020;Delregion;SIMBA;2;;;",
         "A;2020;Region;VGR;5;;;"], 15, "ok"),
    "what the country has is no part of the county's": (
        ["A;2020;Riket;Riket;130 mnkr;;;", "A;2020;Län;VG;21 mnkr;;;"], 21_000_000, "ok"),
    "a lower bound stays one": (
        ["A;2020;Region;VGR;drygt 3 Mkr;;;", "A;2020;Delregion;SIMBA;1 Mkr;;;"],
        4_000_000, "lower-bound"),
    "a hidden part leaves the rest": (
        ["A;2020;Region;VGR;..;;;", "A;2020;Delregion;SIMBA;5;;;"], 5, "partial"),
}  # fmt: skip


@parametrize_some("case", PROGRAMMES, usual=3)
def test_what_a_programmes_sum_is(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    rows, kronor, status = PROGRAMMES[case]
    with pipeline.checked(write(tmp_path, register(*rows))) as file:
        pipeline.publish(file)
    (found,) = values(indicator="funds_allocated", level="programme", part=None)
    assert (found.value, found.status) == (kronor, status)
    view = page.view(programme="A", year="2020")
    parts = [part.allocated for part in view.parts if part.allocated]
    shown = view.whole.allocated if view.whole else total(parts)
    assert shown is not None
    assert (shown.kronor, shown.bound) == (kronor, "lower" if status == "lower-bound" else "exact")
