"""A theme of the user's own: what it changes, and what is said of one that cannot be used."""

import io
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from typer.testing import CliRunner

from commands import app
from reports.theme import theme
from settings import SettingsError


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    return tmp_path / "theme.toml"


def test_a_line_replaces_the_shipped_one_and_leaves_the_others(own: Path) -> None:
    shipped = theme()
    own.write_text(
        'organisation = "Vårdsamverkan Provlandet"\n[colors]\naccent = "#123456"\n',
        encoding="utf-8",
    )
    mine = theme()
    assert mine.organisation == "Vårdsamverkan Provlandet"
    assert mine.colors.accent == "#123456"
    assert mine.colors.ink == shipped.colors.ink
    assert mine.office_font == shipped.office_font


def test_files_are_looked_for_beside_it(own: Path) -> None:
    Image.new("RGB", (80, 40), "#0f5b63").save(own.with_name("märke.png"))
    own.write_text('logo = "märke.png"\n', encoding="utf-8")
    assert theme().logo == own.with_name("märke.png")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("organisation = ", "går inte att läsa som TOML"),
        ("organisation = 5", "'organisation' ska vara text, men är 5"),
        ('organization = "X"', "raden 'organization' finns inte"),
        ('colors = "röd"', "'colors' ska vara en tabell"),
        ("fonts = 5", "'fonts' ska vara en tabell"),
        ('[colors]\naccent = "röd"', "'colors.accent' ska vara en färg som #0f5b63, men är 'röd'"),
        ("[colors]\naccent = 5", "'colors.accent' ska vara en färg som #0f5b63, men är 5"),
        ('[colors]\nrosa = "#ff00ff"', "raden 'colors.rosa' finns inte. Tillåtna är ink, "),
        ('logo = "borta.png"', "borta.png finns inte"),
        ('logo = "theme.toml"', "märket .*theme.toml ska vara en bild"),
        ('[fonts]\nfolder = "borta"', "borta finns inte"),
    ],
)
def test_one_that_cannot_be_used_is_said_in_swedish(own: Path, text: str, said: str) -> None:
    own.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        theme()


def test_a_report_is_of_the_organisation_that_the_theme_names(
    demo: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    mine = demo / "theme.toml"
    mine.write_text('organisation = "Vårdsamverkan Provlandet"\n', encoding="utf-8")
    monkeypatch.setenv("SAMVERKAN_DATA", str(demo))
    output = tmp_path / "rapport.pdf"
    try:
        asked = ["--period", "2026-10", "--output", str(output)]
        done = CliRunner().invoke(app.app, ["report", "monthly", *asked])
    finally:
        mine.unlink()
    assert done.exit_code == 0, done.output
    page = PdfReader(io.BytesIO(output.read_bytes())).pages[0]
    assert "Vårdsamverkan Provlandet" in page.extract_text()
