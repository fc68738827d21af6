"""Nothing with numbers of places is left without a question, wherever in a file it stands."""

from pathlib import Path

import pytest

from loaders.questions import Answers
from tests.loaders.sheets import Row
from tests.loaders.written import Content, read, write

TITLE = ("Utskrivningsklara juli 2019",)
HEAD = ("Kommun", "Antal utskrivna", "Antal dagar")
ROWS: list[Row] = [("Göteborg", 607, 273), ("Härryda", 47, 22), ("Borås", 132, 96)]
MORE: list[Row] = [("Ale", 30, 20), ("Lerum", 31, 21)]


@pytest.fixture(autouse=True)
def _empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))


@pytest.mark.parametrize(
    ("content", "key", "answer", "read_rows"),
    [
        # Above the head, and below it to the right of all that is read.
        ([TITLE, *MORE, (), HEAD, *ROWS], "raderna från Ale", "läs inte", 6),
        (
            [TITLE, HEAD, *ROWS, *((None, None, None, *row) for row in (HEAD, *MORE))],
            "raderna från Ale",
            "läs inte",
            6,
        ),
        # Beneath a head in words that are not known the columns may be others.
        (
            [TITLE, HEAD, *ROWS, ("Ort", "Dgr", "Utskr"), *MORE],
            "Ort, Dgr, Utskr",
            "ja",
            10,
        ),
        # Beside the rows that are read, without a head.
        (
            [TITLE, HEAD, *((*a, None, *b) for a, b in zip(ROWS, MORE, strict=False))],
            "Kolumn E",
            "läs inte",
            4,
        ),
        # On a sheet of its own.
        (
            {"Juli": [TITLE, HEAD, *ROWS], "Augusti": [("Kommun", "Ut", "Dgr"), *MORE]},
            "Augusti",
            "läs inte",
            6,
        ),
    ],
)
def test_what_stands_outside_is_asked_about(
    tmp_path: Path, content: Content, key: str, answer: str, read_rows: int
) -> None:
    path = write(tmp_path, content)
    asked = [problem.question for problem in read(path).problems]
    assert [question.key for question in asked if question] == [key]
    told = read(path, answers=Answers(((key, answer),)))
    assert (told.codes, len(told.rows)) == ([], read_rows)


def test_stays_to_the_right_of_the_table_are_asked_about(tmp_path: Path) -> None:
    head = ("Kommun", "Sjukhus", "Vårdform", "Meddelande utskrivningsklar", "Utskrivningsdatum")
    stay = ("Ale", "SU", "Somatik", "2019-07-01", "2019-07-03")
    path = write(tmp_path, [head, stay, (*[None] * 6, *head), (*[None] * 6, *stay)])
    asked = [problem.question for problem in read(path).problems]
    assert [question.key for question in asked if question] == ["raderna från Ale"]


def test_a_word_at_the_foot_with_nothing_beneath_is_no_table(tmp_path: Path) -> None:
    table = [("Folkmängd efter region och år",), ("region", "2023", "2024"), ("Ale", 32000, 32400)]
    assert not read(write(tmp_path, [*table, (), ("Enhet:",), ("antal",)])).codes


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("A2;2020-04-03;;;;;", "required"),
        ("A2;2020-04-03;SÄS;Borås Stad;Borås;Läkemedel;Totalt", "not-allowed"),
        ("Uttaget;2020-04-03;;;;;", None),
    ],
)
def test_a_row_with_a_number_and_a_day_is_a_case(
    tmp_path: Path, row: str, code: str | None
) -> None:
    head = (
        "Ärendenummer;Registreringsdatum;Rapporterande organisation;Mottagande organisation;"
        "Kommun;Process;Status"
    )
    case = "A1;2020-04-02;SÄS;Borås Stad;Borås;Läkemedel;Avslutad"
    found = read(write(tmp_path, "\n".join((head, case, row, ""))))
    assert found.codes == ([code] if code else [])


def test_numbers_that_could_be_years_are_a_row_of_the_table_above(tmp_path: Path) -> None:
    rows = [TITLE, HEAD, *ROWS, ("Trollhättan", 2012, 1995)]
    found = read(write(tmp_path, [*rows, ("Utskrivningsklara augusti 2019",), HEAD, *MORE]))
    assert found.codes == []
    assert len(found.rows) == 12


def test_a_row_of_numbers_that_is_called_a_heading_is_no_heading(tmp_path: Path) -> None:
    found = read(write(tmp_path, [TITLE, HEAD, *ROWS, ("Hemkommun", 18, 12)]))
    assert found.codes == ["unknown-municipality"]


def test_a_sheet_of_totals_is_held_against_the_other_sheets(tmp_path: Path) -> None:
    parts = [(*HEAD[:1], "Vårdform", *HEAD[1:]), ("Borås", "Somatik", 100, 90)]
    sheets = {"Vårdformer": [TITLE, *parts, ("Borås", "Psykiatri", 32, 6)]}
    agreed = read(write(tmp_path, {**sheets, "Totalt": [TITLE, HEAD, ROWS[2]]}))
    assert agreed.codes == []
    lacking = read(write(tmp_path, {**sheets, "Totalt": [TITLE, HEAD, *ROWS[1:]]}))
    assert [problem.value for problem in lacking.problems] == ["47", "22"]
