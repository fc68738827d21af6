"""The Data page in a real browser: from files on a desk to published, mended and taken back."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import FileChooser, FilePayload, Locator, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from tests.browser.conftest import Server
from tests.browser.window import PATIENCE, Window
from tests.effort import in_soak

Opener = Callable[[Server, int], Window]
FAULTY = Path(__file__).parents[1] / "data" / "fel_utskrivningsklar.xlsx"
PLANTED = {"B5", "E7", "F9", "D11", "A13", "B15", "D17", "E19", "C21", "A34"}
HEAD = "Månad;Kommun;Antal utskrivna;Antal dagar\n"
GOOD = (HEAD + "2026-09;Borås;10;5\n2026-09;Mark;4;8\n").encode()
BETTER = (HEAD + "2026-09;Borås;10;7\n2026-09;Mark;4;8\n").encode()
FOREIGN = "Rapportperiod;Boende i;N utskrivna pat;Dgr tot\n2026-10;Borås;10;5\n".encode()


def drop(seen: Window, *files: tuple[str, bytes]) -> None:
    """Choose files; what was chosen before is left."""
    seen.page.locator("input[type=file]").set_input_files(
        [
            FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
            for name, content in files
        ]
    )


def told(page: Page, text: str) -> Locator:
    found = page.get_by_text(text)
    expect(found.first).to_be_visible(timeout=PATIENCE)
    return found


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("width", [pytest.param(1400, marks=in_soak), 390])
def test_a_faulty_workbook_comes_back_marked(
    new_server: Server, window_on: Opener, tmp_path: Path, width: int
) -> None:
    seen = window_on(new_server, width).open("data")
    drop(seen, (FAULTY.name, FAULTY.read_bytes()))
    told(seen.page, "9 fel och 1 varning")
    seen.settle()
    with seen.page.expect_download() as started:
        press(seen.page, "Ladda ner filen med felen markerade")
    target = tmp_path / "marked.xlsx"
    started.value.save_as(target)
    assert started.value.suggested_filename == "fel_utskrivningsklar - fel att rätta.xlsx"
    sheet = openpyxl.load_workbook(target)["Data"]
    marked = {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}
    assert marked == PLANTED
    assert seen.overflow() == 0
    assert seen.violations() == []
    assert seen.errors == []


def test_from_the_desk_to_the_pages_and_back(
    new_server: Server, window_on: Opener, tmp_path: Path
) -> None:
    seen = window_on(new_server, 1400).open("data")
    page = seen.page
    drop(seen, ("september.csv", GOOD))
    told(page, "2 rader, 2 kommuner, september 2026.")
    press(page, "Publicera")
    told(page, "september.csv är publicerad som inläsning 1.")
    drop(seen, ("september rättad.csv", BETTER))
    told(page, "ändrade värden")
    press(page, "Publicera")
    told(page, "september rättad.csv är publicerad som inläsning 2.")

    page.get_by_role("link", name="Månadsuppföljning").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("september 2026", timeout=PATIENCE)
    told(page, "1,07")  # (7 + 8) days by (10 + 4) patients

    page.get_by_role("link", name="Data", exact=True).click()
    box = page.get_by_role("combobox", name="Ta tillbaka en inläsning, eller hämta dess fil")
    seen.unfold(box)
    page.get_by_role("option", name="2: september rättad.csv").click()
    with page.expect_download() as started:
        press(page, "Ladda ner originalfilen")
    assert started.value.path().read_bytes() == BETTER
    page.get_by_text("Ta tillbaka inläsning 2").click()
    page.get_by_role("textbox", name="Varför tas den tillbaka?").fill("Fel fil")
    press(page, "Ta tillbaka")
    told(page, "Inläsning 2, september rättad.csv, är återtagen.")
    page.get_by_role("link", name="Månadsuppföljning").click()
    told(page, "0,93")
    assert seen.errors == []


@in_soak
def test_foreign_headings_are_explained_once(new_server: Server, window_on: Opener) -> None:
    seen = window_on(new_server, 390).open("data")
    drop(seen, ("oktober.csv", FOREIGN))
    told(seen.page, "Vad är det för kolumner?")
    seen.settle()
    assert seen.overflow() == 0
    assert seen.violations() == []
    press(seen.page, "Spara profilen och läs filen")
    told(seen.page, "Profilen är sparad, och filen är läst på nytt.")
    told(seen.page, "Klar att publicera")

    other = window_on(new_server, 1400).open("data")
    drop(other, ("september.csv", FOREIGN.replace(b"-10", b"-09")))
    told(other.page, "Klar att publicera: september.csv")
    assert other.page.get_by_text("Vad är det för kolumner?").count() == 0


def two_rows(month: str, rows: int = 2) -> bytes:
    """A workbook whose head is in two rows, with headings that no export knows."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Rapportperiod", "Boende i", "Slutenvård", None])
    sheet.append([None, None, "N utskrivna pat", "Dgr tot"])
    for row in [[month, "Borås", 10, 5], [month, "Mark", 4, 8]][:rows]:
        sheet.append(row)
    sheet.merge_cells("C1:D1")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@in_soak
@pytest.mark.parametrize("width", [1400, 390])
def test_a_head_in_two_rows_is_explained_published_and_explained_anew(
    new_server: Server, window_on: Opener, width: int
) -> None:
    seen = window_on(new_server, width).open("data")
    page = seen.page
    drop(seen, ("oktober.xlsx", two_rows("2026-10")))
    told(page, "Vad är det för kolumner?")
    for heading in ("Rapportperiod", "Boende i", "N utskrivna pat", "Dgr tot"):
        told(page, f"{heading} – till exempel")
    seen.settle()
    assert seen.overflow() == 0
    assert seen.violations() == []
    press(page, "Spara profilen och läs filen")
    told(page, "Klar att publicera: oktober.xlsx")
    press(page, "Publicera")
    told(page, "oktober.xlsx är publicerad som inläsning 1.")

    # What was explained can be taken back, and then the next file is asked about again.
    seen = window_on(new_server, width).open("data")
    page = seen.page
    told(page, "”N utskrivna pat” är Antal utskrivna")
    press(page, "Ta bort profilen")
    told(page, "Profilen oktober är borttagen.")
    drop(seen, ("september.xlsx", two_rows("2026-09")))
    told(page, "Vad är det för kolumner?")
    assert seen.errors == []


@in_soak
@pytest.mark.parametrize("width", [1400, 390])
def test_a_question_is_answered_changed_and_published(
    new_server: Server, window_on: Opener, width: int
) -> None:
    text = (
        HEAD.replace("\n", ";Antal dagar (rättad)\n") + "2026-09;Borås;10;5;6\n2026-09;Mark;4;8;9\n"
    )
    seen = window_on(new_server, width).open("data")
    page = seen.page
    drop(seen, ("september.csv", text.encode()))
    for answer, said in (
        ("kolumnerna utan överrubrik", "utan överrubrik"),
        ("rättad", "rättad"),
    ):
        told(page, "Det här behöver du svara på")
        seen.settle()
        assert seen.overflow() == 0
        assert seen.violations() == []
        assert "\\" not in seen.heard()
        seen.unfold(page.get_by_role("combobox", name=re.compile("Vilken gäller")))
        page.get_by_role("option", name=answer, exact=True).click()
        press(page, "Svara och läs filen igen")
        told(page, f"är ”{said}”")
        if answer != "rättad":
            press(page, "Ta tillbaka svaren")
    press(page, "Publicera")
    told(page, "september.csv är publicerad som inläsning 1.")
    months = window_on(new_server, width).open("manadsuppfoljning")
    told(months.page, "1,07")  # (6 + 9) days by (10 + 4) patients
    assert seen.errors == []


@in_soak
def test_a_file_that_is_too_large_is_told_in_words_before_it_is_sent(
    new_server: Server, window_on: Opener, tmp_path: Path
) -> None:
    large = tmp_path / "stor.csv"
    with large.open("wb") as file:
        file.truncate(450 << 20)
    seen = window_on(new_server, 390).open("data")
    seen.page.locator("input[type=file]").set_input_files(large)
    told(seen.page, "Filen är för stor och har inte skickats. Den får vara högst 400 MB")
    told(seen.page, "471,9 MB")
    assert seen.overflow() == 0
    assert seen.violations() == []


@in_soak
def test_two_people_publish_at_the_same_time(new_server: Server, window_on: Opener) -> None:
    first = window_on(new_server, 1400).open("data")
    second = window_on(new_server, 1400).open("data")
    for seen in (first, second):
        drop(seen, ("september.csv", GOOD))
        told(seen.page, "Klar att publicera")
        seen.settle()
    press(first.page, "Publicera")
    press(second.page, "Publicera")
    came = re.compile(r"september\.csv (är publicerad|var redan inläst)")
    for seen in (first, second):
        expect(seen.page.get_by_text(came).first).to_be_visible(timeout=PATIENCE)
    expect(first.page.locator(".table tbody th", has_text="1")).to_have_count(1)


def test_leaving_while_publishing_neither_breaks_nor_halves(
    new_server: Server, window_on: Opener
) -> None:
    leaving = window_on(new_server, 1400).open("data")
    drop(leaving, ("september.csv", GOOD))
    told(leaving.page, "Klar att publicera")
    leaving.settle()
    leaving.page.get_by_role("button", name="Publicera", exact=True).dispatch_event("click")
    leaving.page.wait_for_timeout(150)
    leaving.page.close()
    seen = window_on(new_server, 1400).open("data")
    drop(seen, ("september.csv", GOOD))
    # Either it was published whole, or not at all.
    expect(seen.page.get_by_role("heading", name="september.csv")).to_contain_text(
        "september.csv", timeout=PATIENCE
    )
    heading = seen.page.get_by_role("heading", name="september.csv").inner_text()
    assert heading.startswith(("✓ Redan inläst", "✓ Klar att publicera"))


def _chooser_by_keyboard(page: Page) -> FileChooser:
    """What opens at Space on the button; on a busy machine a press may come before the window
    has come to the front, and then Chromium opens nothing: one presses again."""
    choose = page.get_by_role("button", name="Välj filer")
    for patience in (5_000, 5_000, 30_000):
        page.bring_to_front()
        choose.focus()
        expect(choose).to_be_focused()
        try:
            with page.expect_file_chooser(timeout=patience) as asked:
                page.keyboard.press("Space")
            return asked.value
        except TooLate:
            continue
    pytest.fail("Space on the button opened no file chooser")


def test_by_keyboard_alone(new_server: Server, window_on: Opener) -> None:
    seen = window_on(new_server, 1400).open("data")
    file = FilePayload(name="september.csv", mimeType="text/csv", buffer=GOOD)
    _chooser_by_keyboard(seen.page).set_files(file)
    told(seen.page, "Klar att publicera")
    seen.settle()
    publish = seen.page.get_by_role("button", name="Publicera", exact=True)
    for _ in range(20):
        seen.page.keyboard.press("Tab")
        if publish.evaluate("button => button === document.activeElement"):
            break
    seen.page.keyboard.press("Enter")
    told(seen.page, "september.csv är publicerad som inläsning 1.")
    # The button is gone, and the keyboard goes on from what came of it.
    opened = seen.page.get_by_role("link", name="Öppna september 2026")
    expect(opened).to_be_focused(timeout=PATIENCE)
