"""Mistakes in a user's own block of an indicator stop every command and page with their reason."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from commands import app as cli
from metrics.catalogue import indicators
from settings import SettingsError

BLOCK = {
    "name": '"Andel med trygg hemgång"',
    "short": '"Trygg hemgång"',
    "unit": '"procent"',
    "decimals": "1",
    "direction": '"higher"',
    "grain": '"year"',
    "calculation": '"ratio"',
    "definition": '"Andelen som fick hembesök."',
    "source": '"Kommunernas uppföljning"',
}
DASHBOARD = Path(cli.__file__).parents[1] / "dashboard.py"


def block(key: str = "safe_return", **changed: str | None) -> str:
    lines = {**BLOCK, **changed}
    return "\n".join([f"[{key}]", *(f"{name} = {text}" for name, text in lines.items() if text)])


MISTAKES = {
    "inte toml [": "felet är på rad 1, tecken 6",
    '[safe_return]\nname = "': "går inte att läsa som TOML",
    "safe_return = 3": "[safe_return] kan inte vara en egen indikator",
    block('"Trygg hemgång"'): "[Trygg hemgång] kan inte vara en egen indikator",
    block("discharges"): "[discharges] kan inte vara en egen indikator",
    block(name=None, unit=None): "'name' och 'unit' saknas",
    block(name='""'): "'name' ska vara en text, men är ''",
    block(name="5"): "'name' ska vara en text, men är 5",
    block(decimal="1"): "uppgiften 'decimal' finns inte. Tillåtna är name, short, ",
    block(decimals='"en"'): "'decimals' ska vara ett helt tal mellan 0 och 6",
    block(decimals="-3"): "'decimals' ska vara ett helt tal mellan 0 och 6",
    block(direction='"up"'): "'direction' ska vara något av higher, lower, neutral",
    block(grain='"week"'): "'grain' ska vara något av month, quarter, year",
    block(calculation='"median"'): "'calculation' ska vara något av ratio, sum, value",
    block(dataset='"discharges"'): "'dataset' ska vara 'indicators'",
    block(numerator='"ready_days"'): "'numerator' ska vara något av numerator",
    block(counts='"people"'): "'counts' ska vara något av persons, cases, days, money, inhab",
    block(share="1"): "'share' ska vara true eller false",
    block(per="0"): "'per' ska vara ett helt tal",
    block(target="nan"): "'target' ska vara ett tal",
    block(levels='"county"'): "'levels' ska vara en lista",
    block(levels='["stadsdel"]'): "'levels' ska vara en lista",
    block(goal="5"): "'goal' ska vara start och slut",
    block(goal='{ start = "2025", end = "2020", change = -0.4 }'): "'goal' ska vara start",
    block(goal='{ start = "2020", end = "2025", change = 1 }', grain='"month"'): "'goal' kräver",
    block(name='"självmord"'): "[safe_return] heter som [suicides]",
    block(short='"suicides"'): "[safe_return] heter som [suicides]",
}


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    return tmp_path / "indicators.toml"


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_told_in_swedish(text: str, own: Path) -> None:
    own.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        indicators()
    assert MISTAKES[text] in str(caught.value)
    assert "cannot" not in str(caught.value)


def test_a_block_needs_no_more_than_this(own: Path) -> None:
    own.write_text("\ufeff" + block(grain=None, per="100", target="90"), encoding="utf-8")
    assert indicators()["safe_return"].target == 90
    own.write_text(block("suicides", unit='"antal"', per=None), encoding="utf-8")
    assert indicators()["suicides"].short == "Trygg hemgång"


@pytest.mark.parametrize("unit", ["procent", "%", "andelar"])
def test_a_share_is_no_more_than_its_whole_whatever_its_unit_is_called(
    unit: str, own: Path, tmp_path: Path
) -> None:
    file = tmp_path / "fil.csv"
    file.write_text(
        "Indikator;Plats;Period;Täljare;Nämnare\nsafe_return;Mark;2020;30;20\n", encoding="utf-8"
    )
    own.write_text(block(unit=f'"{unit}"', per="100"), encoding="utf-8")
    assert "part-exceeds-whole" in CliRunner().invoke(cli.app, ["check", str(file)]).output
    own.write_text(block(unit=f'"{unit}"', per="100", share="false"), encoding="utf-8")
    assert CliRunner().invoke(cli.app, ["check", str(file)]).exit_code == 0


def test_every_command_says_what_is_wrong(own: Path, tmp_path: Path) -> None:
    own.write_text(block(direction='"up"'), encoding="utf-8")
    file = tmp_path / "fil.csv"
    file.write_text("Indikator;Plats;Period;Värde\nsuicides;Mark;2020;3\n", encoding="utf-8")
    for command in (
        ["check", str(file)],
        ["load", str(file)],
        ["values", "suicides"],
        ["template", "indikatorer", "-o", str(tmp_path / "mall.xlsx")],
    ):
        done = CliRunner().invoke(cli.app, command)
        assert done.exit_code == 2, command
        assert "'direction' ska vara något av" in done.output
        assert "Traceback" not in done.output


@pytest.mark.parametrize("page", ["", "pages/compare.py", "pages/indicators.py"])
def test_every_page_says_what_is_wrong(page: str, own: Path) -> None:
    own.write_text(block(direction='"up"'), encoding="utf-8")
    app = AppTest.from_file(str(DASHBOARD), default_timeout=30)
    app.run()
    if page:
        app.switch_page(page).run()
    assert not app.exception
    assert "'direction' ska vara något av" in app.error[0].value
