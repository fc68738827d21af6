"""Files that are no exports, that are broken, or that must not be read."""

import zipfile
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from commands import app
from loaders.problems import KINDS
from loaders.wall import problem_of
from tests.loaders.conftest import Check

EXPORTS = Path(__file__).parents[1] / "data" / "exports"
HOSTILE = {
    "annan.csv": "unknown-export",
    "avklippt.xlsx": "not-a-spreadsheet",
    "bild.xlsx": "not-a-spreadsheet",
    "binar.csv": "not-a-spreadsheet",
    "makro.xlsm": "macro",
    "personnummer.csv": "personal-identity-number",
    "tom.csv": "empty",
    "tom.xlsx": "empty",
    "xxe.xlsx": "unsafe-xml",
    "zipbomb.xlsx": "too-large",
}


@pytest.mark.parametrize(("file", "code"), HOSTILE.items())
def test_a_hostile_file_is_refused_with_its_reason(check: Check, file: str, code: str) -> None:
    found = check(EXPORTS / "hostile" / file)
    assert found.codes == [code]
    assert found.export is None
    assert found.facts == {}


def test_every_hostile_file_is_tried() -> None:
    readable = {"html.xls", "formel.xlsx"}
    assert {path.name for path in (EXPORTS / "hostile").iterdir()} == {*HOSTILE, *readable}


@pytest.mark.parametrize("file", ["html.xls", "formel.xlsx"])
def test_a_table_in_html_and_a_formula_as_text_are_data(check: Check, file: str) -> None:
    found = check(EXPORTS / "hostile" / file)
    assert found.problems == ()
    assert found.facts == {
        ("2019-07", "1440", None, None, "discharges"): 10,
        ("2019-07", "1440", None, None, "ready_days"): 4,
    }


def test_a_password_is_named(check: Check, tmp_path: Path) -> None:
    file = tmp_path / "hemlig.xlsx"
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    file.write_bytes(content.ljust(4096, b"\0"))
    assert check(file).codes == ["encrypted"]


def test_a_file_that_is_gone_is_a_problem_as_any(check: Check, tmp_path: Path) -> None:
    assert check(tmp_path / "borta.csv").codes == ["unreadable"]


def test_a_refusal_says_in_swedish_what_to_do(check: Check) -> None:
    (problem,) = check(EXPORTS / "hostile" / "makro.xlsm").problems
    assert problem.message == "Arbetsboken innehåller makron."
    assert problem.as_dict()["message"] == f"{problem.message} {KINDS['macro'].advice}"
    assert problem.as_dict()["severity"] == "error"


def test_the_number_itself_is_not_repeated(check: Check) -> None:
    (problem,) = check(EXPORTS / "hostile" / "personnummer.csv").problems
    assert (problem.cell, problem.value) == ("B2", None)
    assert "1990" not in problem.message


@pytest.mark.parametrize(
    ("part", "code", "said"),
    [
        ("word/document.xml", "not-a-spreadsheet", "Word-dokument"),
        ("ppt/presentation.xml", "not-a-spreadsheet", "PowerPoint-presentation"),
        ("uttag.csv", "not-a-spreadsheet", "Packa upp"),
        ("xl/workbook.bin", "binary-workbook", ".xlsb"),
    ],
)
def test_another_kind_of_file_is_called_what_it_is(
    check: Check, tmp_path: Path, part: str, code: str, said: str
) -> None:
    path = tmp_path / "fil.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    (problem,) = check(path).problems
    assert problem.code == code
    assert said in problem.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<?xml version="1.0"?><a xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "2003"),
        ("Subject: juli\r\nMIME-Version: 1.0\r\n\r\n<table></table>", "e-brev"),
        ("ID;PWXL;N;E\r\n", "SYLK"),
    ],
)
def test_a_text_that_is_no_table_is_called_what_it_is(
    check: Check, tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "fil.xls"
    path.write_text(text, encoding="utf-8")
    (problem,) = check(path).problems
    assert problem.code == "not-a-spreadsheet"
    assert said in problem.message


def test_whatever_fails_is_a_sentence_with_a_number_and_the_log_quotes_nothing(
    check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fall(*_: object, **__: object) -> None:
        raise KeyError("Tjörn")

    monkeypatch.setattr("loaders.delivery.locate", fall)
    (problem,) = check(EXPORTS / "utskrivningsklar_2019-07.xlsx").problems
    assert problem.code == "unreadable"
    number = problem.message.partition("felnummer ")[2].partition(")")[0]
    log = (tmp_path / "data" / "fel.log").read_text(encoding="utf-8")
    assert number in log
    assert "KeyError" in log
    assert "Tjörn" not in log


def test_a_full_disk_is_no_fault_of_the_file() -> None:
    full = duckdb.IOException("IO Error: Could not write file: No space left on device")
    with pytest.raises(duckdb.IOException):
        problem_of(full)


def test_signs_that_steer_a_terminal_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "\x1b[31mrött.csv"
    path.write_text("Månad;Kommun\n2019-07;\x07Ale\n", encoding="utf-8")
    told = CliRunner().invoke(app.app, ["check", str(path)]).output
    assert "[31mrött.csv" in told
    assert "\x1b" not in told
    assert "\x07" not in told
