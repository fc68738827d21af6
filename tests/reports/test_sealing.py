"""A file carries its numbers, tells whether it was altered, and they are held against what is."""

import datetime
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

import pipeline
from commands import app
from reports.making import Order, made, remember, report
from reports.manifest import Manifest, ManifestError, Number, Source
from reports.sealing import opened
from tests.effort import parametrize_some
from ui.handing_out.answer import code_in
from views.held import Answer, Held
from warehouse.journal import shown_numbers

MADE = datetime.datetime(2020, 12, 20, 8, 0)
ORDER = Order(kind="monthly", place="samla", period="2020-11", made=MADE)
ROWS = "Månad;Kommun;Antal utskrivna;Antal dagar\n2020-10;Lerum;40;20\n2020-11;Lerum;50;{days}\n"


def load(folder: Path, days: int) -> None:
    path = folder / f"{days}.csv"
    path.write_text(ROWS.format(days=days), encoding="utf-8")
    with pipeline.checked(path) as file:
        pipeline.publish(file)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("sealing")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(made / "data"))
        load(made, 30)
        yield made


def altered(file: bytes) -> bytes:
    """The file as someone else would save it: another text in one of its parts."""
    if file.startswith(b"%PDF"):
        return file.replace(b"%SV-SHA256", b"%%SV-SHA256", 1) + b"% mer\n"
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as given, zipfile.ZipFile(target, "w") as written:
        for entry in given.infolist():
            text = given.read(entry)
            core = entry.filename == "docProps/core.xml"
            written.writestr(entry, text.replace(b"samverkan", b"annat") + b" " if core else text)
    return target.getvalue()


@parametrize_some("suffix", ["pptx", "docx", "xlsx", "pdf"], usual=2)
def test_a_file_carries_its_numbers_and_tells_when_it_was_altered(
    folder: Path, suffix: str
) -> None:
    file = made(ORDER, suffix).content
    shown_report = report(ORDER, suffix)
    found = opened(file)
    assert found.manifest == shown_report.manifest and found.untouched
    code = shown_report.code
    assert code.startswith("SV-") and len(code) == 7
    mean = [one for one in found.manifest.numbers if one.indicator == "mean_days"]
    shown = {(one.place, one.period): (one.value, one.loads) for one in mean}
    assert shown["1441", "2020-11"] == (0.6, (1,))
    assert not opened(altered(file)).untouched


def test_what_is_no_pdf_is_told_of_in_swedish_alone(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ManifestError, match="går inte att läsa som PDF"):
        opened(b"%PDF-1.4\n")
    assert capfd.readouterr() == ("", "")


def test_a_file_that_carries_nothing_says_so() -> None:
    for other in (b"%PDF-1.7 tom", b"PK", b"text"):
        with pytest.raises(ManifestError):
            opened(other)


def test_what_has_changed_is_told_with_what_it_is_now(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "månad.pdf"
    target.write_bytes(made(ORDER, "pdf").content)
    done = CliRunner().invoke(app.app, ["verify", str(target)])
    assert done.exit_code == 0 and "0 har ändrats" in done.output
    load(folder, 35)
    done = CliRunner().invoke(app.app, ["verify", str(target)])
    assert done.exit_code == 1 and "Filen är som den gjordes." in done.output
    said = "Genomsnittlig vårdtid som utskrivningsklar, Lerum, november 2020: 0,60; är nu 0,70"
    assert said in done.output
    missing = CliRunner().invoke(app.app, ["verify", str(tmp_path / "finns-inte.pdf")])
    assert missing.exit_code == 2 and "går inte att läsa" in missing.output


def test_the_code_is_that_of_the_numbers() -> None:
    one = Number(indicator="mean_days", period="2020-11", level="area", place="samla",
                 value=0.6, status="ok", loads=(1,))  # fmt: skip
    source = Source(load_id=1, file="a.csv", sha256="0" * 64)
    first = Manifest(kind="monthly", place="samla", period="2020-11", version=1, made="i dag",
                     numbers=(one,), sources=(source,))  # fmt: skip
    assert Manifest.read(first.as_json()) == first
    assert replace(first, made="i morgon").code == first.code
    assert replace(first, numbers=(replace(one, value=0.7),)).code != first.code


def test_the_code_on_a_page_answers_with_the_numbers_of_that_file(
    folder: Path,
) -> None:
    done = made(ORDER, "xlsx")
    assert done.manifest is not None
    remember(ORDER, done)
    remember(ORDER, done)
    (kept,) = shown_numbers.found(done.manifest.code)
    assert Manifest.read(kept).numbers == done.manifest.numbers
    assert shown_numbers.found("SV-2222") == ()
    for written in (" sv-7k2m", "SV-7K2M-12", "7k2m"):
        assert code_in(written) == "SV-7K2M"
    assert code_in("SV-1O") == ""


def test_what_is_hidden_now_is_not_repeated() -> None:
    answer = Answer(Held.HIDDEN, "Utskrivna", "Lerum", "2020-11", was="..", now="skyddad uppgift")
    assert answer.told == "Utskrivna, Lerum, november 2020: är nu skyddad uppgift"


@parametrize_some("suffix", ["pptx", "docx", "xlsx", "pdf"], usual=2)
def test_each_digital_format_has_a_link_where_the_address_is_known(
    folder: Path, suffix: str
) -> None:
    def linked(file: bytes) -> bool:
        if suffix == "pdf":
            return any(
                b"/rapporter?kod=SV-" in annotation.get_object()["/A"]["/URI"].encode()
                for page in PdfReader(io.BytesIO(file)).pages
                for annotation in page.get("/Annots", [])
            )
        with zipfile.ZipFile(io.BytesIO(file)) as package:
            return any(b"https://samverkan.example.se/rapporter?kod=SV-" in package.read(name)
                       for name in package.namelist())  # fmt: skip

    assert not linked(made(ORDER, suffix).content)
    settings_file = folder / "data" / "settings.toml"
    settings_file.write_text('public_address = "https://samverkan.example.se/"\n', "utf-8")
    try:
        assert linked(made(ORDER, suffix).content)
    finally:
        settings_file.unlink()
