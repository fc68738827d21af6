"""A new indicator is a block in the catalogue and nothing else: it is then everywhere."""

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

import pipeline
from commands import app
from metrics import catalogue
from tests.pages.conftest import export, opened

SHIPPED = Path(catalogue.__file__).parent
KEY, NAME, SHORT = "over_7_share", "Andel kvar mer än 7 dagar", "Mer än 7 dygn"
BLOCK = f"""
[{KEY}]
name = "{NAME}"
short = "{SHORT}"
unit = "procent"
decimals = 1
direction = "lower"
dataset = "discharges"
calculation = "ratio"
numerator = "over_7"
denominator = "discharges"
per = 100
definition = "Andelen av utskrivna utskrivningsklara som var kvar mer än 7 kalenderdagar."
caveats = "Bygger på få personer."
source = "SAMSA"
"""
Opened = Callable[[str], AppTest]
Markup = Callable[[AppTest], str]


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A warehouse filled with the block at the end of the catalogue, which stays there."""
    folder = tmp_path_factory.mktemp("extended")
    shutil.copy(SHIPPED / "catalogue.toml", folder)
    with (folder / "catalogue.toml").open("a", encoding="utf-8") as file:
        file.write(BLOCK)
    (folder / "export.csv").write_text(export(), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "_HERE", folder)
        patch.setenv("SAMVERKAN_DATA", str(folder))
        catalogue._shipped.cache_clear()
        with pipeline.checked(folder / "export.csv") as delivery:
            pipeline.publish(delivery)
        yield folder
    catalogue._shipped.cache_clear()


@pytest.fixture
def open_extended(extended: Path, monkeypatch: pytest.MonkeyPatch) -> Opened:
    monkeypatch.setenv("SAMVERKAN_DATA", str(extended))
    return lambda page: opened(page, {"matt": KEY})


def test_the_block_is_at_most_fifteen_lines() -> None:
    assert len(BLOCK.strip().splitlines()) <= 15


def test_it_stands_on_the_overview(open_extended: Opened, html_of: Markup) -> None:
    page = html_of(open_extended("pages/overview.py"))
    assert f'<th scope="row">{SHORT} <span class="unit">%</span></th>' in page


def test_it_is_compared(open_extended: Opened, html_of: Markup) -> None:
    test = open_extended("pages/compare.py")
    assert test.selectbox(key="matt").value == KEY
    assert not test.warning
    assert '<span class="name">Borås</span>' in html_of(test)
    assert "konfidensintervall enligt Wilson" in html_of(test)


def test_it_is_defined(open_extended: Opened, html_of: Markup) -> None:
    page = html_of(open_extended("pages/indicators.py"))
    assert f">{NAME}</h2>" in page
    assert "<dd>Utskrivna som var kvar mer än 7 dagar.</dd>" in page


def test_its_values_are_given_on_the_command_line(
    extended: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(extended))
    words = ["values", KEY, "--level", "county", "--format", "csv"]
    result = CliRunner().invoke(app.app, words)
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert len(rows) == 14
    assert {row["value"] for row in rows} == {"0"}
