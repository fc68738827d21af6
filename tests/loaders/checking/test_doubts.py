"""What stands around the numbers and says that they are not what they seem is asked about."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from loaders import kinds
from loaders.checking.doubts import heads
from loaders.declaration import Column, Export
from loaders.exports.shared_columns import MUNICIPALITY
from loaders.questions import Answers
from tests.loaders.sheets import Row, Rows
from tests.loaders.written import read, write

TITLE = "Utskrivningsklara juli 2019"
HEAD = ("Kommun", "Antal utskrivna", "Antal dagar")
ROWS: tuple[tuple[str, int, int], ...] = (
    ("Göteborg", 607, 273),
    ("Härryda", 47, 22),
    ("Borås", 132, 96),
)
FUNDS: Rows = (
    ("Program", "År", "Nivå", "Mottagare", "Tilldelat"),
    ("SIP", 2020, "Kommun", "Göteborg", 410),
)


@pytest.fixture(autouse=True)
def _empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([(TITLE,), HEAD, *ROWS, (), ("Endast patienter 65 år och äldre ingår.",)], "question"),
        ([(TITLE,), HEAD, *ROWS, (), ("Not:", "Östra sjukhuset ingår inte.")], "question"),
        ([("Månad", *HEAD), *(("2019-07 ack", *row) for row in ROWS)], "not-a-period"),
        ([("Inneliggande utskrivningsklara juli 2019",), HEAD, *ROWS], "question"),
        ([(TITLE,), ("Avdelning 354",), HEAD, *ROWS], "question"),
        ([("Utskrivningsklara 1–15 juli 2019",), HEAD, *ROWS], "missing-column"),
        ([("Utskrivningsklara 15 juli 2019",), HEAD, *ROWS], "missing-column"),
        ([("Utskrivningsklara 2019-07-01 – 2019-07-14",), HEAD, *ROWS], "missing-column"),
        ([("Utskrivningsklara v. 27–30, juli 2019",), HEAD, *ROWS], "missing-column"),
        ([(TITLE,), ("Kommun", "Antal utskrivna ack", "Antal dagar ack"), *ROWS], "question"),
        ([(TITLE,), ("Kommun", "Antal utskrivna (%)", "Antal dagar"), *ROWS], "question"),
        ([(TITLE,), HEAD, (None, "antal", "timmar"), *ROWS], "question"),
        ([(TITLE,), (*HEAD[:2], "Medel av Antal dagar"), *ROWS], "missing-column"),
        ([("Sjukhus", "(Flera objekt)"), (TITLE,), HEAD, *ROWS], "question"),
        ([("Tilldelat t.o.m. augusti 2020",), *FUNDS], "question"),
        ([("Uttagsdatum", "2019-05-12"), (TITLE,), HEAD, *ROWS], "not-a-period"),
        ([(TITLE,), HEAD, *ROWS, (), ("Senast uppdaterad: 20190512 08:00",)], "not-a-period"),
        ([(*FUNDS[0], "Kvartal"), (*FUNDS[1], "Kv 1")], "question"),
        ([(TITLE,), HEAD, ("Göteborg", "607 dagar", 273)], "not-a-number"),
        ([(TITLE,), HEAD, ("Göteborg", 607, "273 patienter")], "not-a-number"),
        ([(TITLE,), (*HEAD, "Urval"), *((*row, 1) for row in ROWS)], "question"),
        ([(TITLE,), (*HEAD, "Dagar i perioden"), *((*row, 15) for row in ROWS)], "question"),
        (
            [(TITLE,), (*HEAD, "Typ"), *((*r, t) for r, t in zip(ROWS, "UPU", strict=True))],
            "question",
        ),
        ([("-- select * where kon='K'",), (TITLE,), HEAD, *ROWS], "question"),
        ([("# filter: alder >= 65",), (TITLE,), HEAD, *ROWS], "question"),
        ([("Urval: Medicin",), (TITLE,), HEAD, *ROWS], "question"),
        ([(TITLE,), HEAD, ("65 år och äldre",), *ROWS], "question"),
        ([(TITLE,), HEAD, *ROWS[:1], ("Kvinnor",), *ROWS[1:]], "question"),
        ([("Utskrivningsklara per dag i juli 2019",), HEAD, *ROWS], "question"),
        (
            [("Brister i samverkan SU kvartal 1 2020",), ("Kommun", "Läkemedel"), ("Ale", 3)],
            "question",
        ),
        ([(*FUNDS[0][:-1], "Tilldelat vår"), FUNDS[1]], "question"),
        ([(*FUNDS[0], "Rekvirerat 2019"), (*FUNDS[1], 300)], "not-a-period"),
        ([(TITLE,), HEAD, *ROWS, (), ("Filter: Kön = Kvinna",)], "question"),
        ([(TITLE,), HEAD, *ROWS, (), ("Urval:",), ("Ålder", "65+")], "question"),
        ([(TITLE, None, None, None, "Urval", "Kvinnor"), HEAD, *ROWS], "question"),
        ([(TITLE,), HEAD, *ROWS, (), ("Dagar utöver tre kalenderdagar",)], "question"),
        (
            [("Månad", *HEAD, "T.o.m."), *(("2019-07", *r, "2019-07-14") for r in ROWS)],
            "question",
        ),
        ([("Månad", *HEAD), *(("2019-07", *r) for r in ROWS), ("2019-06,Ale,3,1",)], "unclear-row"),
        ([(*FUNDS[0], "Status"), (*FUNDS[1], "Avslag")], "question"),
        ([("Målgrupp: barn",), *FUNDS], "question"),
        ([(*FUNDS[0], "Omgång"), (*FUNDS[1], 1), (*FUNDS[1], 2)], "question"),
        ([(*FUNDS[0], "Ålder"), (*FUNDS[1], "0-17"), (*FUNDS[1], "65+")], "question"),
        ([(TITLE,), HEAD, *ROWS, (), ("Grå celler = uppgift saknas",)], "question"),
        (
            [(TITLE,), (*HEAD, "Antal dagar (rättad)"), *((*row, row[2] + 1) for row in ROWS)],
            "question",
        ),
        ([("Folkmängd",), ("Kommun", "2024", "2025 prel."), ("Ale", 32000, 32100)], "question"),
        ([("Befolkningsframskrivning",), ("Kommun", "Folkmängd 2025"), ("Ale", 32000)], "question"),
    ],
)
def test_a_part_or_another_measure_is_never_read_as_the_whole(
    rows: list[Row], code: str, tmp_path: Path
) -> None:
    assert code in read(write(tmp_path, rows)).codes


@pytest.mark.parametrize(
    "rows",
    [
        [("Månad", "juli 2019"), (), ("Kommun", *(f"Summa av {t}" for t in HEAD[1:])), *ROWS],
        [("Utskrivningsklara 1–31 juli 2019",), HEAD, *ROWS, (), ("Källa: SAMSA",)],
        [(TITLE,), (*HEAD[:2], "Dygn", "Förändring %", "Trend"), *((*row, 1, "↑") for row in ROWS)],
        [(TITLE,), HEAD, (None, "(antal)", "(dagar)"), *ROWS, ("Median", 132, 96)],
        [(TITLE,), (*HEAD, "Dagar i månaden"), *((*row, 31) for row in ROWS)],
        [(TITLE, None, "Sida 1 (3)"), HEAD, (1, 2, 3), *ROWS],
        [
            (f"{TITLE} (publicerad 15 augusti 2019)",),
            (*HEAD, "Status"),
            *((*r, "Röd") for r in ROWS),
        ],
        [("Avser tiden 2019-07-01 till och med 2019-07-31",), ("# Rader: 3",), HEAD, *ROWS],
        [("Kommun", "Antal utskrivna (2019-07)", "Antal dagar (2019-07)"), *ROWS],
        [
            (TITLE,),
            ("Kommun", "Budget utskrivna", "Utfall utskrivna", "Dagar (utfall)"),
            *((row[0], 5, *row[1:]) for row in ROWS),
        ],
        [(TITLE,), (*HEAD, "Typ", "Preliminär"), *((*row, "Utfall", "Nej") for row in ROWS)],
        [
            ("År", "Månad", "Kommun", "Variabel", "Antal"),
            *((2019, "juli", r[0], HEAD[at], r[at]) for r in ROWS for at in (1, 2)),
        ],
        [("Månad", *HEAD), *(("\ufeff2019-07", *row) for row in ROWS)],
        [("Månad", *HEAD), *(("”2019-07”", f'="{row[0]}"', f"={row[1]}", row[2]) for row in ROWS)],
        [
            (TITLE,),
            ("Kommun", "Mått", "Värde"),
            *((r[0] if at == 1 else None, HEAD[at], r[at]) for r in ROWS for at in (1, 2)),
        ],
        [("-- select * where manad = '2019-07'",), (TITLE,), HEAD, *ROWS],
        [(TITLE,), HEAD, ("Göteborg", "607 patienter", "273 dagar"), *ROWS[1:]],
        [(TITLE,), ("Kön: Alla",), HEAD, *ROWS, (), ("Ålder", "Alla"), ("Filter: Ålder = Alla",)],
        [("Månad", *HEAD, "T.o.m."), *(("2019-07", *row, "2019-07-31") for row in ROWS)],
        [
            (TITLE,),
            ("Diarienr: HS 2019-00412",),
            ("Urval: 2019-07-01 – 2019-07-31", "Enhet: Alla"),
            ("Kommun", "Utskrivna juli", "Antal dagar juli", "Sjukhus"),
            *((*row, None) for row in ROWS),
        ],
        [
            ("Månad", "Kommun", "Mätetal", "Värde"),
            *(("2019-07", r[0], HEAD[at], r[at]) for r in ROWS for at in (1, 2)),
        ],
    ],
)
def test_what_changes_nothing_is_no_question(rows: list[Row], tmp_path: Path) -> None:
    found = read(write(tmp_path, rows))
    assert found.codes == []
    assert sum(float(str(row["value"])) for row in found.rows) == 607 + 273 + 47 + 22 + 132 + 96


def test_columns_without_a_text_over_them_can_be_chosen(tmp_path: Path) -> None:
    head = (*HEAD, "Antal dagar (rättad)")
    path = write(tmp_path, [(TITLE,), head, *((*row, row[2] + 1) for row in ROWS)])
    (problem,) = read(path).problems
    assert problem.question is not None
    values = [value for value, _ in problem.question.options]
    assert all(values)
    found = read(path, answers=Answers(((problem.question.key, values[0]),)))
    assert {row["value"] for row in found.rows if row["measure"] == "ready_days"} == {273, 22, 96}


@pytest.mark.parametrize("given", [("municipality", "Härryda"), None])
def test_a_file_of_one_municipality_says_or_is_told_which(
    given: tuple[str, str] | None, tmp_path: Path
) -> None:
    above = () if given else ("Kommun:", "Härryda")
    path = write(
        tmp_path, [("Utskrivningsklara 2019",), above, ("Månad", *HEAD[1:]), ("Juli", 47, 22)]
    )
    found = read(path, answers=Answers((given,) if given else ()))
    assert found.table("municipality", "value") == [("1401", 22), ("1401", 47)]


@pytest.mark.parametrize(
    ("above", "below", "name"),
    [
        ((), ("Alla belopp i tkr",), "fil"),
        ((None,) * 4 + ("tkr",), (), "fil"),
        ((), (), "medel_tkr"),
    ],
)
def test_a_unit_in_a_note_a_row_or_a_name_is_that_of_the_amounts(
    above: Row, below: Row, name: str, tmp_path: Path
) -> None:
    rows = [FUNDS[0], *([above] if above else []), FUNDS[1], (), below]
    found = read(write(tmp_path, rows, name=name))
    assert [row["allocated"] for row in found.rows] == [410_000]


def _hide_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[4].hidden = True


def _hide_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["C"].hidden = True


def _strike_row(sheet: Worksheet) -> None:
    sheet["A4"].font = sheet["B4"].font = Font(strike=True)


@pytest.mark.parametrize(
    ("hide", "key"),
    [
        (_hide_row, "Dolda rader"),
        (_hide_column, "Kolumn C"),
        (_strike_row, "Överstrukna rader"),
    ],
)
def test_hidden_rows_and_columns_are_read_only_after_an_answer(
    hide: Callable[[Worksheet], None], key: str, tmp_path: Path
) -> None:
    path = write(tmp_path, {"Blad1": [(TITLE,), HEAD, *ROWS]})
    book = openpyxl.load_workbook(path)
    hide(book.worksheets[0])
    book.save(path)
    assert [p.question.key for p in read(path).problems if p.question] == [key]
    assert len(read(path, answers=Answers(((key, "ja"),))).rows) == 6


def test_a_hidden_row_that_is_a_check_sum_is_no_question(tmp_path: Path) -> None:
    path = write(tmp_path, {"Blad1": [(TITLE,), HEAD, ("Summa", 786, 391), *ROWS]})
    book = openpyxl.load_workbook(path)
    book.worksheets[0].row_dimensions[3].hidden = True
    book.save(path)
    assert read(path).codes == []


def test_a_number_that_is_partly_struck_out_is_none(tmp_path: Path) -> None:
    path = write(tmp_path, {"Blad1": [(TITLE,), HEAD, *ROWS]})
    book = openpyxl.load_workbook(path)
    struck = TextBlock(InlineFont(strike=True), "4")
    book.worksheets[0]["B4"].value = CellRichText(struck, "47")
    book.save(path)
    assert read(path, answers=Answers((("Överstrukna rader", "ja"),))).at == [
        ("not-a-number", "B4")
    ]


def test_a_sheet_beside_that_says_what_was_selected_is_asked_about(tmp_path: Path) -> None:
    sheets = {"Blad1": [(TITLE,), HEAD, *ROWS]}
    said = read(write(tmp_path, {**sheets, "Om": [("Urval",), ("Kön", "Kvinnor")]}))
    assert [p.question.key for p in said.problems if p.question] == ["Kön: Kvinnor"]
    assert not read(write(tmp_path, {**sheets, "Om": [("Kön", "Alla"), ("Källa", "SAMSA")]})).codes


@pytest.mark.parametrize("below", [True, False])
def test_a_table_with_other_columns_is_asked_about_and_never_passed_over(
    tmp_path: Path, below: bool
) -> None:
    known: list[Row] = [("Månad", *HEAD), *(("2019-07", *row) for row in ROWS)]
    other: list[Row] = [("Månad", "Kommun", "Personer i kö"), ("2019-07", "Borås", 31)]
    tables = [known, other] if below else [other, known]
    path = write(tmp_path, [*tables[0], (), *tables[1]])
    asked = read(path)
    assert [p.question.key for p in asked.problems if p.question] == [
        "Månad, Kommun, Personer i kö"
    ]
    told = read(path, answers=Answers((("Månad, Kommun, Personer i kö", "läs inte"),)))
    assert (told.codes, len(told.rows)) == ([], 6)
    assert "tabellen Månad, Kommun, Personer i kö (har andra kolumner)" in told.receipt[-1]


def test_a_number_over_several_rows_is_of_none_of_them(tmp_path: Path) -> None:
    path = write(tmp_path, {"Blad1": [(TITLE,), HEAD, *ROWS]})
    book = openpyxl.load_workbook(path)
    book.worksheets[0].merge_cells("B4:B5")
    book.save(path)
    assert read(path).at == [("not-a-number", "B5")]


def test_a_row_of_all_is_read_and_its_parts_are_not(tmp_path: Path) -> None:
    parts = [
        (name, sex, *numbers)
        for name, count, days in ROWS
        for sex, *numbers in (("K", 7, 5), ("M", count - 7, days - 5), ("T", count, days))
    ]
    found = read(write(tmp_path, [(TITLE,), ("Kommun", "Kön", *HEAD[1:]), *parts]))
    assert found.table("measure", "value")[:3] == [
        ("discharges", 132.0),
        ("discharges", 47.0),
        ("discharges", 607.0),
    ]
    assert read(write(tmp_path, [(TITLE,), ("Kommun", "Kön", *HEAD[1:]), *parts[:-1]])).codes == [
        "question"
    ]


def test_points_that_group_thousands_are_asked_about_where_no_sum_tells(tmp_path: Path) -> None:
    rows = [(TITLE,), HEAD, ("Göteborg", "1.591", 273), ("Härryda", 47, 22)]
    asked = read(write(tmp_path, rows))
    assert [p.question.key for p in asked.problems if p.question] == ["1.591"]
    told = read(write(tmp_path, [*rows, ("Totalt", "1.638", 295)]))
    assert told.codes == []
    assert ("discharges", 1591.0) in told.table("measure", "value")
    assert "not-a-number" in read(write(tmp_path, [*rows, ("Borås", "12.5", 4)])).codes


def test_a_row_of_the_county_that_is_its_municipalities_together_is_a_sum(tmp_path: Path) -> None:
    rows = [*FUNDS, ("SIP", 2020, "Kommun", "Härryda", 90)]
    summed = read(write(tmp_path, [*rows, ("SIP", 2020, "Län", "Västra Götaland", 500)]))
    assert summed.table("recipient", "allocated") == [("Göteborg", 410.0), ("Härryda", 90.0)]
    own = read(write(tmp_path, [*rows, ("SIP", 2020, "Län", "Västra Götaland", 700)]))
    assert [row["allocated"] for row in own.rows] == [410.0, 90.0, 700.0]


def test_an_area_without_its_municipalities_is_set_aside_and_told(tmp_path: Path) -> None:
    found = read(write(tmp_path, [(TITLE,), HEAD, *ROWS, ("Fyrbodal", 80, 40)]))
    assert found.codes == ["lone-area"]
    assert len(found.rows) == 6
    assert any("rader för områden utan sina kommuner" in line for line in found.receipt)


def test_a_unit_that_a_heading_is_declared_with_is_no_doubt() -> None:
    cost = Column(key="cost", label="Kostnad kr", kind=kinds.COUNT, counts="money")
    export = Export(key="vard", title="Vård", dataset="care", columns=(MUNICIPALITY, cost))
    found = [heads._doubt(text, cost, export, set()) for text in ("Kostnad kr", "Kostnad tkr")]
    assert found == [None, "tkr"]


def test_days_whose_month_may_stand_first_are_asked_about(tmp_path: Path) -> None:
    head, row = (*FUNDS[0], "Beslutsdatum"), (*FUNDS[1], "3/4/2020")
    asked = read(write(tmp_path, [head, row]))
    assert [p.question.key for p in asked.problems if p.question] == ["3/4/2020"]
    told = [
        read(write(tmp_path, [head, row]), answers=Answers((("3/4/2020", "ja"),))),
        read(
            write(tmp_path, [("Beslut i april 2020",), head, row]),
            answers=Answers((("Beslut i april 2020", "ja"),)),
        ),
        read(write(tmp_path, [head, row, ("SIP", 2020, "Kommun", "Ale", 90, "13/4/2020")])),
    ]
    assert {str(found.rows[0]["decided_on"]) for found in told} == {"2020-04-03"}
