"""Another county is a folder of tables: the whole chain on an invented one, by its folder alone."""

import csv
import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

import pipeline
import reference
from commands import app
from loaders.answering import templates
from loaders.exports import exports
from metrics.proof import proofs
from metrics.values import values
from reports.making import KINDS, Order, file, report
from settings import SettingsError
from warehouse import store

COUNTY = Path(__file__).parent / "data" / "county"
DASHBOARD = Path(__file__).parents[1] / "dashboard.py"
MONTH, QUARTER = "2025-02", "2025-K1"
HOMES = [row["name"] for row in csv.DictReader((COUNTY / "municipalities.csv").open())]
PAGES = ("monthly", "deviations", "funds", "compare", "briefing", "deliveries", "indicators")
# What is Västra Götaland's own, and may stand nowhere.
FOREIGN = (
    *("Västra Götaland", "Göteborg", "Fyrbodal", "SRO", " 49 ", "VGR"),
    *("SAMSA", "MedControl", "Utdata"),
)


def stays(month: int, at: int) -> tuple[int, int]:
    """Discharges and days of the municipality in this place of the table."""
    return 20 + 3 * at, (20 + 3 * at) * (1 + (at + month) % 4)


def messy() -> str:
    """A month's report with titles, genitives, totals, an area and a place outside the county."""
    lines = ["Dimlands län;;;;", "Utskrivningsklara patienter;;;;", ";;;;"]
    lines.append("Månad;Hemkommun;Sjukhus;Antal utskrivna;Antal dagar")
    for month in (1, 2):
        for at, name in enumerate(HOMES):
            written = (f"{name}s kommun", name.upper(), f"99{at + 1:02d} {name}")[at % 3]
            discharges, days = stays(month, at)
            lines.append(f"2025-{month:02d};{written};Skärsjukhuset;{discharges};{days}")
        sums = [sum(stays(month, at)[part] for at in range(len(HOMES))) for part in (0, 1)]
        lines.append(f"2025-{month:02d};Region Dimland;Skärsjukhuset;{sums[0]};{sums[1]}")
    lines.append("2025-02;Fjärrmora;Skärsjukhuset;7;9")
    return "\n".join([*lines, ""])


def counts() -> str:
    head = "Kvartal;Kommun;Process;Antal avvikelser"
    return "\n".join(
        [head, *(f"{QUARTER};{name};Medicin;{9 + at}" for at, name in enumerate(HOMES)), ""]
    )


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dimland")
    (folder / "settings.toml").write_text(
        f'organisation = "Vårdsamverkan Dimland"\ncounty_folder = "{COUNTY}"\n', encoding="utf-8"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(folder))
        for name, text in (("utskrivna.csv", messy()), ("brister.csv", counts())):
            path = folder / name
            path.write_text(text, encoding="utf-8")
            with pipeline.checked(path) as checked:
                assert checked.ok, checked.problems
                codes = {problem.code for problem in checked.problems}
                assert codes == ({"outside-county"} if name == "utskrivna.csv" else set())
                pipeline.publish(checked)
    return folder


@pytest.fixture(autouse=True)
def here(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("SAMVERKAN_DATA", str(loaded))
    yield


def test_it_has_its_own_places() -> None:
    assert len(reference.municipalities()) == len(HOMES) == 33
    assert [area.name for area in reference.areas()][:2] == ["Norrdelen", "Kustområdet"]
    assert reference.place_name("county", reference.COUNTY) == "Dimland"
    assert reference.find_place("Borås") is None
    assert reference.find_place("kusten", level="area") == "kust"


def test_every_number_is_the_sum_of_its_municipalities() -> None:
    areas = {area.key: area for area in reference.areas()}
    order = {home.code: at for at, home in enumerate(reference.municipalities())}
    for key in (reference.COUNTY, *areas):
        homes = [h for h in reference.municipalities() if key in (reference.COUNTY, h.area)]
        counted = [stays(2, order[home.code]) for home in homes]
        level = "area" if key in areas else "county"
        (mean,) = values(indicator="mean_days", level=level, place=key, start=MONTH, end=MONTH)
        assert (mean.reported, mean.expected) == (len(homes), len(homes))
        assert mean.value == sum(days for _, days in counted) / sum(n for n, _ in counted)
    assert all(not proof.open_cells for proof in proofs(MONTH))


def test_without_rules_nobody_is_liable_and_no_kronor_are_shown() -> None:
    assert reference.liability_rules() == ()
    made = repr(
        report(Order(kind="monthly", place="lan", period=MONTH, made=datetime(2025, 3, 9)), "pdf")
    )
    assert "kr'" not in made and "\u00a0kr" not in made


@pytest.mark.parametrize("page", ["overview", *PAGES])
def test_every_page_is_of_the_county(page: str) -> None:
    test = AppTest.from_file(str(DASHBOARD), default_timeout=60)
    test.run()
    if page != "overview":
        test.switch_page(f"pages/{page}.py").run()
    assert not test.exception
    assert not test.error
    shown = "\n".join(repr(element.proto) for element in test.main)
    shown = re.sub(r"base64,[A-Za-z0-9+/=]+", "", shown)
    assert not [word for word in FOREIGN if word in shown]
    if page == "overview":
        assert all(area.name in shown for area in reference.areas())


@pytest.mark.parametrize("kind", KINDS)
def test_every_report_is_of_the_county(kind: str) -> None:
    period = QUARTER if kind == "quarterly" else MONTH
    for place in ("lan", "kust"):
        order = Order(kind=kind, place=place, period=period, made=datetime(2025, 5, 2))
        made = repr(report(order, KINDS[kind].formats[0]))
        assert not [word for word in FOREIGN if word in made]
        assert reference.place_name("county" if place == "lan" else "area", place) in made
    assert file(order, "xlsx")
    if kind == "briefing":
        assert "Länsrådet rekommenderar" in made or "Underlag till Länsrådet" in made


def test_commands_and_templates_know_its_places(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app.app, ["values", "mean_days", "--place", "Kusten", "--format", "csv"]
    )
    assert done.exit_code == 0 and ",area,kust,Kustområdet," in done.output
    export = next(one for one in exports() if one.key == "utskrivningsklara")
    templates.write(export, tmp_path / "mall.xlsx")
    book = load_workbook(tmp_path / "mall.xlsx")
    written = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any("En av länets 33 kommuner" in text for text in written)
    assert not [word for word in FOREIGN if any(word in text for text in written)]


def test_a_folder_that_lacks_a_table_or_a_column_says_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    (tmp_path / "settings.toml").write_text('county_folder = "eget"\n', encoding="utf-8")
    shutil.copytree(COUNTY, tmp_path / "eget")
    (tmp_path / "eget" / "areas.csv").unlink()
    with pytest.raises(SettingsError, match=r"areas\.csv finns inte .* key,name,full_name,sort"):
        reference.areas()
    for text, said in (
        ("key,name,sort\n", "'full_name' saknas"),
        ("key,name,full_name,sort\na,A,AA,ett\n", "rad 2: 'sort' ska vara ett tal"),
        ("key,name,full_name,sort\na,A\n", "rad 2: 'full_name' saknas"),
    ):
        monkeypatch.setattr(reference.files, "_LOOKED_EVERY", 1e-6)
        (tmp_path / "eget" / "areas.csv").write_text(text, encoding="utf-8")
        with pytest.raises(SettingsError, match=said):
            reference.areas()


def test_it_has_no_example_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not reference.is_shipped_county()
    monkeypatch.setattr("ui.server.serve", lambda port: None)
    (tmp_path / "settings.toml").write_text(f'county_folder = "{COUNTY}"\n', encoding="utf-8")
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    done = CliRunner().invoke(app.app, ["serve"])
    assert "Exempeldata finns inte för ett eget län" in done.output
    assert store.version() is None
