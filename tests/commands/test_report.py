"""The command that makes reports: files, and clear refusals."""

import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

import pipeline
from commands import app
from tests.effort import parametrize_some
from warehouse.journal import reports_made

EXPORT = """Månad;Kommun;Antal utskrivna;Antal dagar
2026-09;Lerum;40;20
2026-10;Lerum;50;30
2026-10;Alingsås;60;30
"""


@pytest.fixture(autouse=True)
def loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    path = tmp_path / "export.csv"
    path.write_text(EXPORT, encoding="utf-8")
    with pipeline.checked(path) as file:
        pipeline.publish(file)
    return tmp_path


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app.app, ["report", *words])
    return result.exit_code, result.output


@parametrize_some("suffix", ["pptx", "xlsx", "docx"], usual=2)
def test_a_file_is_written_and_remembered(loaded: Path, suffix: str) -> None:
    target = loaded / f"underlag.{suffix}"
    code, said = run("briefing", "--area", "SAMLA", "--period", "2026-10", "-o", str(target))
    assert (code, said) == (0, f"Rapporten är skriven till {target}.\n")
    assert zipfile.is_zipfile(target)
    (made,) = reports_made.made()
    assert (made.kind, made.place, made.period, made.version) == ("briefing", "samla", "2026-10", 1)


def test_a_pdf_of_the_county(loaded: Path) -> None:
    target = loaded / "manad.pdf"
    assert run("monthly", "--period", "2026-10", "-o", str(target))[0] == 0
    assert target.read_bytes().startswith(b"%PDF")


@parametrize_some(
    ("words", "code", "text"),
    [
        (("monthly", "--area", "goteborg", "--period", "2026-10"), 1, "har inga uppgifter om"),
        (("quarterly", "--area", "samla", "--period", "2026-K3"), 1, "inga uppgifter om avvikel"),
        (("monthly", "--area", "atlantis", "--period", "2026-10"), 2, "Okänt område 'atlantis'"),
        (("annual", "--period", "2026"), 2, "Argumentet SLAG"),
    ],
    usual=2,
)
def test_what_cannot_be_made_is_said(
    loaded: Path, words: tuple[str, ...], code: int, text: str
) -> None:
    target = loaded / "fil.pdf"
    got, said = run(*words, "-o", str(target))
    assert got == code
    assert text in said
    assert not target.exists()
    assert reports_made.made() == ()


def test_a_format_that_the_report_has_not(loaded: Path) -> None:
    code, said = run("monthly", "--period", "2026-10", "-o", str(loaded / "fil.ppt"))
    assert code == 2
    assert "Månadsrapport finns inte som .ppt. Välj ett av: .pdf, .docx, .pptx, .xlsx." in said


def test_a_file_that_is_there_is_overwritten_only_if_told(loaded: Path) -> None:
    target = loaded / "fil.xlsx"
    target.write_text("mitt")
    call = ("monthly", "--period", "2026-10", "-o", str(target))
    code, said = run(*call)
    assert code == 2 and "finns redan och har inte ändrats" in said
    assert target.read_text() == "mitt" and reports_made.made() == ()
    assert run(*call, "--overwrite")[0] == 0
    assert zipfile.is_zipfile(target)


def test_what_cannot_be_written_is_not_remembered_and_leaves_nothing(
    loaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("machine.durable.os.fsync", full)
    code, said = run("monthly", "--period", "2026-10", "-o", str(loaded / "fil.xlsx"))
    assert code == 2 and "Ingen fil har skrivits" in said
    assert reports_made.made() == ()
    assert not [one for one in loaded.iterdir() if "fil.xlsx" in one.name]


@parametrize_some(
    ("words", "text"),
    [
        (("monthly", "-o", "fil.pdf"), "Valet --period måste anges."),
        (("monthly", "--peroid", "2026-10"), "Valet --peroid finns inte."),
        (("monthly", "--period"), "Valet --period ska följas av ett värde."),
        (("--help",), "Användning: "),
    ],
    usual=2,
)
def test_the_option_parser_speaks_swedish(words: tuple[str, ...], text: str) -> None:
    said = run(*words)[1]
    assert text in said
    assert not any(word in said for word in ("Error", "Usage", "Missing", "Options"))
