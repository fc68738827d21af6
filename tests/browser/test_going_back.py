"""Back to last Tuesday, by the guide: to a kept version, and by a backup when it is gone."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Server
from tests.browser.window import PATIENCE, Window
from tests.effort import in_soak

Opener = Callable[[Server, int], Window]
GUIDE = Path(__file__).parents[2] / "docs" / "anvandarguide.md"
HEAD = "Månad;Kommun;Antal utskrivna;Antal dagar\n"


@pytest.fixture
def said() -> str:
    """What the guide says of it."""
    (line,) = (
        line
        for line in GUIDE.read_text(encoding="utf-8").splitlines()
        if line.startswith("**Tillbaka till i tisdags.**")
    )
    return line


@in_soak
@pytest.mark.parametrize("width", [1400, 390])
def test_back_to_a_version_that_is_kept(
    new_server: Server, window_on: Opener, said: str, width: int
) -> None:
    seen = window_on(new_server, width)
    page = seen.page
    publish(seen, 5)
    publish(seen, 17)
    opened(seen, named(said, "Gå tillbaka till en äldre version"))
    seen.unfold(page.get_by_role("combobox", name="Version", exact=True))
    page.get_by_role("option", name=re.compile(r"dag 2\d{3}-\d\d-\d\d \d\d:\d\d.* 5\.csv")).click()
    seen.settle()
    page.get_by_role("textbox", name="Varför?").fill("Fel fil")
    press(page, named(said, "Gå tillbaka"))
    near(page, "Det som gällde i version 1 gäller igen, som version 3.")
    assert (seen.overflow(), seen.violations()) == (0, [])
    shown(seen, "0,93")  # (5 + 8) days by (10 + 4) patients
    assert seen.errors == []


@in_soak
@pytest.mark.parametrize("width", [1400, 390])
def test_back_by_a_backup(
    new_server: Server, window_on: Opener, said: str, tmp_path: Path, width: int
) -> None:
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "data" / "settings.toml").write_text("keep_versions = 2\n", encoding="utf-8")
    seen = window_on(new_server, width)
    page = seen.page
    publish(seen, 5)
    opened(seen, named(said, "Säkerhetskopior"))
    press(page, "Gör en säkerhetskopia")
    near(page, "är gjord.")
    for days in (17, 19):
        publish(seen, days)
    opened(seen, "Gå tillbaka till en äldre version")
    seen.unfold(page.get_by_role("combobox", name="Version", exact=True))
    expect(page.get_by_role("option", name="17.csv")).to_be_visible()
    expect(page.get_by_role("option", name=" 5.csv")).to_have_count(0)
    page.keyboard.press("Escape")
    opened(seen, "Säkerhetskopior")
    page.get_by_role("textbox", name="Varför ska den återställas?").fill("Till i tisdags")
    press(page, named(said, "Återställ den"))
    near(page, "är återställd som version 4.")
    shown(seen, "0,93")
    assert seen.errors == []


def named(guide: str, label: str) -> str:
    """What is to be pressed, which the guide calls the same."""
    assert f"*{label}*" in guide
    return label


def publish(seen: Window, days: int) -> None:
    content = f"{HEAD}2026-09;Borås;10;{days}\n2026-09;Mark;4;8\n".encode()
    file = FilePayload(name=f"{days}.csv", mimeType="text/csv", buffer=content)
    seen.open("data").page.locator("input[type=file]").set_input_files([file])
    press(seen.page, "Publicera")
    told(seen.page, f"{days}.csv är publicerad")
    seen.settle()


def opened(seen: Window, label: str) -> None:
    seen.page.get_by_text(label, exact=True).click()
    seen.settle()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click(timeout=PATIENCE)


def told(page: Page, text: str) -> None:
    expect(page.get_by_text(text).first).to_be_visible(timeout=PATIENCE)


def near(page: Page, text: str) -> None:
    """It is told where whoever pressed looks, without scrolling."""
    expect(page.get_by_text(text).first).to_be_in_viewport(timeout=PATIENCE)


def shown(seen: Window, mean: str) -> None:
    """The mean stay in September, as Månadsuppföljning shows it."""
    told(seen.open("manadsuppfoljning?period=2026-09").page, mean)
