"""A dataset that is added from outside, by one declaration and its blocks, has everything."""

import csv
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

import pipeline
from commands import app, guide
from metrics.proof import proofs
from metrics.values import values
from reports.making import KINDS
from settings import settings
from tests import outside
from tests.pages.conftest import MONTHS, export, opened
from views import coverage
from views.explaining.definitions import definition
from views.origin.lines import lines
from views.origin.numbers import origin
from views.scoreboard import form_of

# Municipality: plans and followed plans of adults and of children, each month.
PLACES = {
    "Göteborg": (120, 80, 40, 25),
    "Partille": (30, 21, 12, 8),
    "Öckerö": (9, 6, 3, 2),
    "Borås": (60, 30, 20, 14),
    "Mark": (15, 9, 8, 6),
}
LAST = MONTHS[-1]


def sip() -> str:
    """As many months as the discharges, each the same but for one plan more in Göteborg."""
    rows = ["Månad;Kommun;Vårdform;Målgrupp;Antal SIP;Uppföljda SIP"]
    for number, month in enumerate(MONTHS):
        for place, (adults, seen, children, followed) in PLACES.items():
            more = number if place == "Göteborg" else 0
            third, of_them = adults // 3, seen // 3
            rows.append(f"{month};{place};Psykiatri;Vuxna;{third};{of_them}")
            rows.append(f"{month};{place};Somatik;Vuxna;{adults - third + more};{seen - of_them}")
            rows.append(f"{month};{place};Somatik;Barn;{children};{followed}")
    return "\n".join(rows) + "\n"


def run(*words: str) -> Result:
    return CliRunner().invoke(app.app, list(words))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder with discharges and plans, while the plans are declared."""
    made = tmp_path_factory.mktemp("outside")
    (made / "sip.csv").write_text(sip(), encoding="utf-8")
    (made / "export.csv").write_text(export(), encoding="utf-8")
    with outside.declared(made), pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(made / "data"))
        for name in ("export.csv", "sip.csv"):
            result = run("load", str(made / name), "--yes")
            assert result.exit_code == 0, result.output
        yield made


@pytest.fixture(autouse=True)
def within(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(folder / "data"))


def test_a_file_is_checked(folder: Path, tmp_path: Path) -> None:
    assert run("check", str(folder / "sip.csv")).exit_code == 0
    wrong = tmp_path / "fel.csv"
    wrong.write_text("Månad;Kommun;Antal SIP;Uppföljda SIP\n2026-01;Borås;5;7\n", encoding="utf-8")
    result = run("check", str(wrong))
    assert result.exit_code == 1
    assert "Uppföljda SIP" in result.output


def test_it_has_a_template(tmp_path: Path) -> None:
    target = tmp_path / "mall.xlsx"
    result = run("template", "sip", "-o", str(target))
    assert result.exit_code == 0, result.output
    workbook = load_workbook(target)
    heads = [cell.value for cell in workbook.worksheets[0][1]]
    for number, text in enumerate(["2026-01", "Borås", "Somatik", "Vuxna", "12", "7"], start=1):
        workbook.worksheets[0].cell(2, number).value = text
    workbook.save(target)
    done = run("check", str(target))
    assert done.exit_code == 0, done.output
    assert heads == ["Månad", "Kommun", "Vårdform", "Målgrupp", "Antal SIP", "Uppföljda SIP"]


def test_its_values_are_sums_of_what_was_loaded() -> None:
    by_place = {
        one.place: one.value for one in values(indicator="sip_made", start=LAST, end=LAST, raw=True)
    }
    extra = len(MONTHS) - 1
    assert by_place["1490"] == 80
    assert by_place["1480"] == 160 + extra
    assert by_place["lan"] == sum(adults + kids for adults, _, kids, _ in PLACES.values()) + extra
    (share,) = values(indicator="sip_followed_share", level="county", start=LAST, end=LAST)
    seen = sum(one + other for _, one, _, other in PLACES.values())
    assert share.value == pytest.approx(100 * seen / (by_place["lan"] or 0))


@pytest.mark.parametrize(
    ("part", "number"),
    [
        ("target_group:barn", sum(kids for *_, kids, _ in PLACES.values())),
        ("psykiatri", 40 + 10 + 3 + 20 + 5),
    ],
)
def test_they_are_told_apart_by_what_is_declared_one_thing_at_a_time(
    part: str, number: int
) -> None:
    found = values(indicator="sip_made", level="county", part=part, start=LAST, end=LAST)
    assert [one.value for one in found] == [number]
    told = origin(indicator="sip_made", period=LAST, level="county", place="lan", part=part)
    assert told is not None
    assert [source.load.file for source in told.sources] == ["sip.csv"]


def test_the_choice_of_a_form_of_care_holds_for_it_too() -> None:
    assert form_of("sip", "psykiatri") == "psykiatri"
    assert form_of("sip", "target_group:barn") == "alla"


def test_its_values_are_given_on_the_command_line() -> None:
    result = run("values", "sip_made", "--level", "county", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["period"] for row in rows] == MONTHS


def test_its_values_are_told_apart_on_the_command_line() -> None:
    words = ["sip_made", "--level", "county", "--from", LAST, "--to", LAST, "--format", "csv"]
    result = run("values", *words, "--by", "target_group")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["target_group"] for row in rows] == ["barn", "vuxna"]
    assert [row["value"] for row in rows] == ["83", str(234 + len(MONTHS) - 1)]
    result = run("values", *words, "--by", "care_form")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["care_form"] for row in rows] == ["psykiatri", "somatik"]
    refused = run("values", *words, "--by", "process")
    assert refused.exit_code == 2
    assert "Det går att dela upp på care_form eller target_group." in refused.output
    assert run("values", *words, "--by", "target_group", "--care-form", "somatik").exit_code == 2


def test_few_persons_are_hidden_and_stay_so() -> None:
    """Öckerö's one plan that was not followed up would follow from its share."""
    found = {
        (key, one.place): one.status
        for key in ("sip_made", "sip_followed_share")
        for one in values(indicator=key, level="municipality", start=LAST, end=LAST)
    }
    assert found["sip_followed_share", "1407"] == "confidential"
    attacked = [proof for proof in proofs(LAST) if proof.hidden_cells]
    assert any(proof.name.startswith("Samordnade individuella") for proof in attacked)
    assert all(not proof.open_cells for proof in attacked)
    # No municipality by group, in any form.
    assert values(indicator="sip_made", level="municipality", part="target_group:barn") == []


def test_its_origin_names_file_and_cells() -> None:
    found = origin(indicator="sip_made", period=LAST, level="municipality", place="1490")
    assert found is not None
    (source,) = found.sources
    assert source.load.file == "sip.csv"
    assert sum(map(len, source.cells.values())) == 3
    assert "sip.csv" in "\n".join(lines(found))


def test_it_is_among_what_is_expected() -> None:
    assert coverage.deliveries()["sip"].key == "sip_made"


def test_it_is_defined_by_what_is_declared() -> None:
    chosen = coverage.deliveries()["sip"]
    said = dict(definition(chosen, settings()).lines)
    assert said["Täljare"] == "Antal SIP."
    assert said["Röjandekontroll"].startswith("Antal från 1 till 4 döljs")


def test_the_guides_tables_have_it() -> None:
    shipped = guide.GUIDE.read_text(encoding="utf-8")
    made = set(guide.written(shipped).splitlines()) - set(shipped.splitlines())
    assert made >= {
        "| `sip` | Samordnade individuella planer, antal per kommun och månad | Månad, Kommun, "
        "Antal SIP | Vårdform, Målgrupp, Uppföljda SIP |",
        "| `sip_made` | Gjorda samordnade individuella planer | antal |",
        "| `sip_followed_share` | Andel uppföljda samordnade individuella planer | % |",
    }


def test_withdrawn_it_is_gone_and_the_rest_stays(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "data", tmp_path / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
        pipeline.withdraw(2, reason="fel fil")
        assert values(indicator="sip_made") == []
        assert values(indicator="mean_days") != []


def test_where_it_is_all_there_is_the_overview_is_about_it(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "data", tmp_path / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
        pipeline.withdraw(1, reason="fel fil")
        test = opened("pages/overview.py", {"omrade": "goteborg", "vardform": "somatik"})
        shown = "\n".join(element.proto.body for element in test.get("html"))
        target = tmp_path / "underlag.xlsx"
        made = run("report", "briefing", "--area", "lan", "--period", LAST, "-o", str(target))
        periods = KINDS["briefing"].periods
        refused = run("report", "monthly", "--area", "lan", "--period", LAST, "-o", f"{target}.pdf")
    # A briefing is of what there is; a report about discharges is not.
    assert (made.exit_code, periods) == (0, MONTHS), made.output
    sheets = load_workbook(target).sheetnames
    assert "Andra mått" in sheets and "Alla mått" not in sheets
    assert "inga uppgifter om utskrivningsklara" in refused.output
    heads = [head.value for head in test.header]
    assert "Gjorda samordnade individuella planer, februari 2026" in heads
    somatic = 160 + 42 + 12 - (40 + 10 + 3) + len(MONTHS) - 1
    assert f"Gjorda samordnade individuella planer, Göteborgsområdet: {somatic} i feb" in shown
    areas = shown.split('<ul class="cards areas">')[1].split("</ul>")[0]
    assert areas.count("Uppgift saknas") == 4
    assert "utskrivningsklara" not in shown.split("Var kommer")[0].split("<table")[0]
    assert "Underlaget för februari 2026 är ofullständigt: 3 av 5 kommuner" in shown


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("pages/overview.py", "Gjorda SIP"),
        ("pages/compare.py", '<span class="name">Borås</span>'),
        ("pages/indicators.py", ">Gjorda samordnade individuella planer</h2>"),
        ("pages/deliveries.py", "Samordnade individuella planer"),
    ],
)
def test_it_stands_on_the_pages(page: str, said: str) -> None:
    test = opened(page, {"matt": "sip_made"})
    shown = "\n".join(element.proto.body for element in test.get("html"))
    choices = "\n".join(
        str(option) for box in test.selectbox for option in getattr(box, "options", [])
    )
    assert said in f"{shown}\n{choices}"


def test_it_stands_in_the_annex_of_a_briefing_with_its_file_and_definition(
    tmp_path: Path,
) -> None:
    target = tmp_path / "underlag.xlsx"
    result = run("report", "briefing", "--area", "lan", "--period", LAST, "-o", str(target))
    assert result.exit_code == 0, result.output
    cells = {
        sheet.title: [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
        for sheet in load_workbook(target).worksheets
    }
    name = "Gjorda samordnade individuella planer"
    assert name in cells["Andra mått"]
    assert name in cells["Definitioner"]
    assert "sip.csv" in cells["Inlästa uppgifter"]
