"""What is shown and handed out follows whatever it rests on, however much of it is remembered."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest

import pipeline
import reference
from metrics.catalogue import indicators
from reference import files
from reports.content import discharges
from reports.content.basis import View
from reports.content.rests_on import rules_table
from reports.making import Order, pages, report
from reports.model import Report, SeriesChart
from reports.theme import Theme
from settings import SHIPPED, settings
from views.trend import trend
from warehouse import store
from warehouse.journal import comments, journal, new_limits
from warehouse.state import state

MONTHS = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)]
MADE = datetime(2026, 1, 10)
HERE = View("samla", "2025-12", MADE)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years of two municipalities: 2,01 days a stay in the first, 0,41 in the second."""
    folder = tmp_path_factory.mktemp("base")
    rows = [
        f"{month};{place};100;{(200 if at < 12 else 40) + at % 3}"
        for at, month in enumerate(MONTHS)
        for place in ("Lerum", "Alingsås")
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(folder / "data"))
        load(folder, *rows)
    return folder


@pytest.fixture
def loaded(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The two years in a folder of the test's own, where changed tables are seen at once."""
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(files, "_LOOKED_EVERY", 1e-6)
    shutil.copytree(base / "data", tmp_path / "data")
    return tmp_path


def load(folder: Path, *rows: str) -> int:
    path = folder / "export.csv"
    path.write_text("\n".join(["Månad;Kommun;Antal utskrivna;Antal dagar", *rows, ""]), "utf-8")
    with pipeline.checked(path) as file:
        done = pipeline.publish(file)
    assert done.load_id is not None
    return done.load_id


def mean() -> float | None:
    """The month's mean in the report; it is what the page's view has."""
    shown = discharges.month(HERE).mean
    assert shown.value == trend("mean_days", place="samla", period="2025-12").value
    return shown.value


def order() -> Order:
    return Order(kind="monthly", place="samla", period="2025-12", made=MADE)


def drawn(made: Report) -> SeriesChart:
    found = (block for part in made.parts for block in part.blocks)
    return next(block for block in found if isinstance(block, SeriesChart))


def test_a_load_and_its_withdrawal_are_followed(loaded: Path) -> None:
    before = mean()
    assert before == pytest.approx(0.42)
    load_id = load(loaded, "2025-12;Lerum;100;242", "2025-12;Alingsås;100;242")
    assert mean() == pytest.approx(2.42)
    pipeline.withdraw(load_id, reason="Fel fil")
    assert mean() == before


def test_new_limits_are_the_same_on_the_page_and_in_the_report(loaded: Path) -> None:
    whole = drawn(report(order(), "pdf")).frame["mean"]
    assert whole.nunique() == 1
    about = {"indicator": "mean_days", "place": "samla"}
    new_limits.start(**about, period="2025-01", reason="Ny rutin", author="Samordnare")
    page = trend("mean_days", place="samla", period="2025-12").points["mean"]
    assert page.iloc[-1] == pytest.approx(0.41)
    assert list(drawn(report(order(), "pdf")).frame["mean"]) == list(page)
    (one,) = new_limits.in_force(**about)
    new_limits.take_back(one, reason="Fel månad", author="Samordnare")
    assert list(drawn(report(order(), "pdf")).frame["mean"]) == list(whole)


def test_an_area_that_is_called_something_else_is_followed(loaded: Path) -> None:
    assert discharges.month(HERE).mean.place_name == reference.place_name("area", "samla")
    folder = loaded / "data" / "reference"
    folder.mkdir()
    text = (SHIPPED / "reference" / "areas.csv").read_text(encoding="utf-8")
    (folder / "areas.csv").write_text(text.replace(",SAMLA", ",Sjöområdet"), encoding="utf-8")
    assert discharges.month(HERE).mean.place_name == "Sjöområdet"


@pytest.fixture
def seen(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> list[Report]:
    """The reports that pages have been drawn of, as the drawing was asked."""
    made: list[Report] = []

    def draw(report: Report, _: Theme) -> list[bytes]:
        made.append(report)
        return []

    monkeypatch.setattr("reports.office.pdf.pages", draw)
    return made


def test_pages_are_drawn_once_and_anew_for_a_comment_or_a_setting(
    loaded: Path, seen: list[Report]
) -> None:
    pages(order(), "pdf")
    pages(order(), "pdf")
    assert len(seen) == 1
    comments.add(
        indicator="mean_days",
        place="samla",
        period="2025-12",
        text="Ny rutin sedan maj.",
        author="Samordnare",
    )
    pages(order(), "pdf")
    assert "Ny rutin sedan maj." in repr(seen[1]) and "Ny rutin" not in repr(seen[0])
    (loaded / "data" / "settings.toml").write_text('organisation = "Sjölandet"\n', "utf-8")
    assert settings().organisation == "Sjölandet"
    pages(order(), "pdf")
    assert seen[1].organisation != "Sjölandet" == seen[2].organisation


def test_the_state_is_another_for_each_of_them_and_the_same_for_none(loaded: Path) -> None:
    found = [state()]
    assert state() == found[0]
    own = loaded / "data" / "indicators.toml"
    own.write_text(
        '[falls]\nname = "Fall"\nshort = "Fall"\nunit = "antal"\ndecimals = 0\n'
        'direction = "lower"\ncalculation = "sum"\ndefinition = "Alla."\nsource = "Egen"\n',
        encoding="utf-8",
    )
    assert "falls" in indicators()
    found.append(state())
    store.path_of(1).touch()
    found.append(state())
    assert len(set(found)) == 3


def test_a_report_says_when_its_version_or_the_journal_is_not_what_it_should_be(
    loaded: Path,
) -> None:
    assert "Förbehåll" not in told_rules()
    (loaded / "data" / "warehouse" / "CURRENT").unlink()
    journal.path().write_bytes(b"inget register" * 100)
    said = told_rules()["Förbehåll"]
    assert any("CURRENT" in text for text in said)
    assert any("Journalen går inte att läsa" in text for text in said)


def told_rules() -> dict[str, list[str]]:
    rules: dict[str, list[str]] = {}
    for label, text in rules_table(HERE, with_liability=False).rows:
        rules.setdefault(label.text, []).append(text.text)
    return rules
