"""What pages become when they are used: opened, filled and refused. Sound and Swedish then too."""

import re
import shutil
from collections.abc import Callable, Collection
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect
from pypdf import PdfReader

from tests.browser.conftest import Server, serving
from tests.browser.test_every_page import FOUND
from tests.browser.window import PATIENCE, Window
from tests.effort import in_soak
from tests.words import not_swedish
from ui.destinations import Destination
from ui.help import GUIDE

Opener = Callable[[int], Window]
OPEN = """() => {
  const shut = [...document.querySelectorAll('details:not([open]) > summary')]
    .filter(one => one.checkVisibility());
  shut.forEach(one => one.click());
  return shut.length;
}"""
HEAD = "Månad;Kommun;Antal utskrivna;Antal dagar\n"
FAULTY = Path(__file__).parents[1] / "data" / "fel_utskrivningsklar.xlsx"
FILES = {
    FAULTY.name: FAULTY.read_bytes(),
    "person.csv": f"{HEAD}Not;19900101-0017;;\n".encode(),
    "brev.docx": b"PK\x03\x04",
    "rubriker.csv": "Rapportperiod;Boende i;N utskrivna pat;Dgr tot\n2026-10;Borås;10;5\n".encode(),
}
# What stands in those files.
THEIRS = {"Göteburg", "pat", "Dgr", "tot"}
# And in the commands and names of files that the guide has, which help shows.
CODE = {
    word
    for code in re.findall(r"`([^`\n]+)`", GUIDE.read_text(encoding="utf-8"))
    for word in re.findall(r"\w+", code)
}
filled = pytest.mark.parametrize("server", ["filled"], indirect=True)
pytestmark = in_soak


def assert_sound(seen: Window, *, but: Collection[str] = THEIRS) -> None:
    """Whoever looks, listens or only has a narrow window finds nothing amiss."""
    assert seen.violations() == []
    assert seen.overflow() == 0
    words = [*not_swedish(seen.said()), *not_swedish(seen.heard())]
    assert [one for one in words if one.partition(":")[0] not in but] == []


def open_all(seen: Window) -> None:
    """Opens all that can be opened, and what is inside it."""
    while seen.page.evaluate(OPEN):
        seen.page.wait_for_timeout(1500)
        seen.settle()


@filled
@pytest.mark.parametrize("place", FOUND, ids=lambda place: place.file)
def test_all_that_can_be_opened(window: Opener, place: Destination) -> None:
    seen = window(1400).open(place.path)
    open_all(seen)
    assert_sound(seen)


@filled
def test_files_that_are_refused_or_asked_about(window: Opener) -> None:
    seen = window(1400).open("data")
    seen.page.locator("input[type=file]").set_input_files(
        [
            FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
            for name, content in FILES.items()
        ]
    )
    expect(seen.page.get_by_text("Har personnummer").first).to_be_visible(timeout=PATIENCE)
    open_all(seen)
    assert_sound(seen)


@filled
@pytest.mark.parametrize("path", ["medel", "data"])
def test_help(window: Opener, path: str) -> None:
    seen = window(1400).open(path)
    seen.page.get_by_role("button", name="Hjälp").click()
    assert_sound(seen.settle(), but=CODE)


@filled
def test_a_link_to_what_is_not_there(window: Opener) -> None:
    assert_sound(window(390).open("manadsuppfoljning?omrade=atlantis&period=1900-01"))


@filled
@pytest.mark.parametrize("width", [1400, 390])
def test_lists_that_are_open(window: Opener, width: int) -> None:
    seen = window(width).open("jamfor")
    for name in ("Mått", "Område", "Månad", "Platser, högst 5"):
        # A list that is open closes when the bar it stands in is moved.
        box = seen.page.get_by_role("combobox", name=name)
        box.scroll_into_view_if_needed()
        seen.page.wait_for_timeout(500)
        box.click()
        expect(seen.page.get_by_role("listbox")).to_be_visible(timeout=PATIENCE)
        assert_sound(seen)
        seen.page.keyboard.press("Escape")


def test_what_is_written_stays_and_a_report_answers_until_the_server_is_gone(
    window_on: Callable[[Server, int], Window], demo: Path, tmp_path: Path
) -> None:
    shutil.copytree(demo, tmp_path / "data")
    with serving("filled", tmp_path) as server:
        seen = window_on(server, 1400).open("medel")
        page = seen.page
        text = page.get_by_label("Kommentar (tom text tar bort en som finns)")
        who = page.get_by_label("Ditt namn eller din roll")
        page.get_by_text("Kommentera", exact=True).click()
        text.fill("Beslut väntas.")
        # Written on while the page is drawn anew with what was begun.
        who.press_sequentially("Samordnare i länet", delay=120)
        expect(page.get_by_text("Andra ser kommentaren först")).to_be_visible(timeout=PATIENCE)
        expect(who).to_have_value("Samordnare i länet")
        assert_sound(seen.settle())
        # Left as the last letter is written, and come back to; then loaded anew.
        who.press_sequentially(" nu", delay=60)
        page.get_by_role("link", name="Översikt", exact=True).click()
        expect(page).to_have_title("Översikt – samverkan")
        page.get_by_role("link", name="Medel", exact=True).click()
        expect(who).to_have_value("Samordnare i länet nu", timeout=PATIENCE)
        page.reload()
        expect(who).to_have_value("Samordnare i länet nu", timeout=PATIENCE)
        expect(text).to_have_value("Beslut väntas.")
        page.get_by_role("button", name="Spara", exact=True).click()
        expect(page.get_by_text("Samordnare i länet nu, ")).to_be_visible(timeout=PATIENCE)
        assert_sound(seen.settle())

        seen.open("rapporter?rapport=manadsrapport")
        with page.expect_download(timeout=4 * PATIENCE) as taken:
            page.get_by_role("button", name="PDF").click()
        (code, *_) = re.findall(r"SV-\w{4}", PdfReader(taken.value.path()).pages[0].extract_text())
        for asked, answer in (
            (code, "gäller än"),
            ("SV-2222", "Ingen rapport"),
            ("x", "En kod ser"),
        ):
            seen.open(f"rapporter?kod={asked}")
            expect(page.get_by_text(answer).first).to_be_visible(timeout=PATIENCE)
            assert_sound(seen)

        (tmp_path / "data" / "settings.toml").write_text("approval = ja\n", encoding="utf-8")
        seen.open("avvikelser")
        expect(page.get_by_text("settings.toml").first).to_be_visible(timeout=PATIENCE)
        assert_sound(seen, but={"approval", "ja", "toml", "settings"})
        (tmp_path / "data" / "settings.toml").unlink()
        seen.open("avvikelser")
    gone = page.get_by_text("samverkan svarar inte").or_(page.get_by_text("Ansluter"))
    expect(gone.first).to_be_visible(timeout=2 * PATIENCE)
    assert not_swedish(seen.said()) == []


@pytest.mark.parametrize("width", [1400, 390])
def test_a_period_is_reviewed(
    window_on: Callable[[Server, int], Window], demo: Path, tmp_path: Path, width: int
) -> None:
    data = Path(shutil.copytree(demo, tmp_path / "data"))
    (data / "settings.toml").write_text('approval = "on"\n', encoding="utf-8")
    with serving("filled", tmp_path) as server:
        seen = window_on(server, width).open("granskning")
        assert_sound(seen)
        seen.page.get_by_role("button", name="Skicka tillbaka").click()
        unsaid = seen.page.get_by_text("Skriv varför du skickar tillbaka.")
        expect(unsaid).to_be_visible(timeout=PATIENCE)
        seen.page.get_by_role("button", name="Granskad").click()
        done = seen.page.get_by_text("Göteborgsområdet är granskad.")
        expect(done).to_be_visible(timeout=PATIENCE)
        assert_sound(seen.settle())
