"""Månadsuppföljning and the way to it, as they stand on a wide and on a narrow screen."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.window import PATIENCE, Window
from tests.effort import in_soak

PAGE = "manadsuppfoljning?omrade=sodra-alvsborg&period=2026-10"
# The corners of every text in every chart, and of the drawing it stands in.
BOXES = """() => [...document.querySelectorAll('.stPlotlyChart')].map(chart => {
  const corners = part => {
    const box = part.getBoundingClientRect();
    return [box.left, box.top, box.right, box.bottom];
  };
  return {
    name: chart.getAttribute('aria-label'),
    frame: corners(chart),
    texts: [...chart.querySelectorAll('.annotation-text')].map(
      part => ({text: part.textContent, box: corners(part)})),
  };
})"""
# What each frame shows: the title, the last value as the chart has drawn it, and whether that is
# marked as what was there before.
FRAMES = """() => {
  window.frames_shown = new Set();
  const look = () => {
    const title = document.querySelector('h1')?.innerText ?? '';
    const chart = document.querySelector('.stPlotlyChart');
    const last = [...(chart?.querySelectorAll('.annotation-text') ?? [])]
      .map(part => part.textContent).find(text => text.startsWith('●'));
    const old = chart?.closest('[data-stale]')?.dataset.stale === 'true';
    if (title && last) window.frames_shown.add(JSON.stringify([title, last.slice(2), old]));
    requestAnimationFrame(look);
  };
  look();
}"""
Open = Callable[[int], Window]
Box = tuple[float, float, float, float]

pytestmark = pytest.mark.parametrize("server", ["filled"], indirect=True)


def overlap(first: Box, second: Box) -> bool:
    """Whether two boxes share more than a pixel's width and height."""
    across = min(first[2], second[2]) - max(first[0], second[0])
    down = min(first[3], second[3]) - max(first[1], second[1])
    return across > 1 and down > 1


def test_everything_is_there(seen: Window) -> None:
    page = seen.page
    expect(page).to_have_title("Månadsuppföljning – samverkan")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Södra Älvsborg: ")
    assert page.locator("ul.cards > li").count() == 7
    assert page.get_by_role("figure").count() == 2
    expect(page.locator(".stPlotlyChart").first).to_contain_text("Gräns 3,0")
    expect(page.locator("table").last.get_by_role("rowheader").nth(1)).to_have_text(
        "Södra Älvsborg"
    )
    expect(page.get_by_text("Ladda ner som CSV")).to_be_visible()


@in_soak
def test_no_frame_shows_the_chart_of_another_place_as_that_of_the_title(window: Open) -> None:
    seen = window(1400).open(PAGE)
    slow = seen.page.context.new_cdp_session(seen.page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    seen.page.evaluate(FRAMES)
    for name in ("Fyrbodal", "Skaraborg"):
        box = seen.page.get_by_role("combobox", name="Område")
        box.click()
        box.fill(name)
        box.press("Enter")
        expect(seen.page.get_by_role("heading", level=1)).to_contain_text(name, timeout=PATIENCE)
        seen.settle()
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    frames = [json.loads(one) for one in seen.page.evaluate("[...window.frames_shown]")]
    assert len({title for title, _, _ in frames}) == 3
    assert [one for one in frames if one[1] not in one[0] and not one[2]] == []


def test_no_text_in_a_chart_is_cut_or_covers_another(seen: Window) -> None:
    charts = seen.page.evaluate(BOXES)
    assert len(charts) == 2
    for chart in charts:
        left, _, right, _ = chart["frame"]
        for label in chart["texts"]:
            assert left - 1 <= label["box"][0] and label["box"][2] <= right + 1, label["text"]
        for one, other in combinations(chart["texts"], 2):
            assert not overlap(one["box"], other["box"]), (one["text"], other["text"])


def test_nothing_is_wider_than_the_window(seen: Window) -> None:
    assert seen.overflow() == 0


def test_a_choice_is_in_the_address_and_goes_along_to_the_next_page(window: Open) -> None:
    shown = window(1400).open("")
    page = shown.page
    page.get_by_role("combobox", name="Område").click()
    page.get_by_role("option", name="Fyrbodal").click()
    expect(page).to_have_url(re.compile("omrade=fyrbodal"))
    page.get_by_role("link", name="Månadsuppföljning").click()
    shown.settle()
    expect(page).to_have_url(re.compile("manadsuppfoljning.*omrade=fyrbodal"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fyrbodal")


def test_back_brings_the_view_before(window: Open) -> None:
    shown = window(1400).open("?omrade=simba")
    page = shown.page
    page.locator("ul.areas").get_by_role("link", name="Fyrbodal").click()
    expect(page).to_have_url(re.compile("omrade=fyrbodal"))
    page.go_back()
    shown.settle()
    expect(page).to_have_url(re.compile("omrade=simba"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("SIMBA")


def test_a_number_leads_to_its_chart_in_the_same_window_or_in_one_of_its_own(window: Open) -> None:
    shown = window(1400).open("?omrade=fyrbodal&period=2026-10")
    page = shown.page
    page.get_by_role("link", name="Genomsnitt, Skaraborg").click()
    shown.settle()
    expect(page).to_have_url(re.compile("manadsuppfoljning.omrade=skaraborg&period=2026-10"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Skaraborg: ")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Jämför").click(modifiers=["ControlOrMeta"])
    assert "jamfor?omrade=skaraborg" in opened.value.url
    assert "manadsuppfoljning" in page.url
    opened.value.close()
    assert shown.errors == []


def test_the_numbers_of_a_chart_are_one_click_away(window: Open) -> None:
    page = window(1400).open(PAGE).page
    page.get_by_text("Visa siffrorna som tabell").first.click()
    table = page.get_by_role("table").first
    expect(table.get_by_role("rowheader").first).to_have_text("oktober 2026")
    expect(table.get_by_role("columnheader").last).to_have_text("Läsning")


def test_the_table_is_downloaded_as_a_swedish_csv(window: Open) -> None:
    page = window(1400).open(PAGE).page
    with page.expect_download() as download:
        page.get_by_text("Ladda ner som CSV").click()
    file = download.value
    assert file.suggested_filename == "manadsuppfoljning_sodra-alvsborg_2026-10_alla.csv"
    text = Path(file.path()).read_text(encoding="utf-8-sig")
    assert text.startswith("Plats;Genomsnitt (dagar);Vårddagar (dagar);Utskrivna;")
    assert re.search(r"^Borås;\d+,\d\d;\d+;", text, flags=re.MULTILINE)
    # So are its rows put in order, by keyboard too, and back.
    table = page.get_by_role("table").last
    before = table.get_by_role("rowheader").all_inner_texts()
    head = table.get_by_role("button", name="Genomsnitt (dagar)")
    head.focus()
    page.keyboard.press("Enter")
    expect(head.locator("..")).to_have_attribute("aria-sort", "descending")
    cells = table.locator("tbody td:nth-child(2)").all_inner_texts()
    known = [float(cell.replace(",", ".")) for cell in cells if cell[0].isdigit()]
    assert known == sorted(known, reverse=True)
    assert all(cell == ".." for cell in cells[len(known) :])
    head.press("Enter")
    expect(head.locator("..")).to_have_attribute("aria-sort", "ascending")
    head.press("Enter")
    assert table.get_by_role("rowheader").all_inner_texts() == before
    # A chart is taken along from the same page: what it shows, and the numbers below it.
    page.get_by_text("Ta med diagrammet").first.click()
    taken = {}
    for way in ("Spara som SVG", "Spara som PNG", "Spara talen som CSV"):
        with page.expect_download() as download:
            page.get_by_role("button", name=way).first.click()
        name = download.value.suggested_filename
        assert name.startswith(
            "Genomsnittlig vårdtid som utskrivningsklar, Södra Älvsborg, 2026-10"
        )
        taken[way] = Path(download.value.path()).read_bytes()
    drawing = taken["Spara som SVG"].decode("utf-8")
    ET.fromstring(drawing)
    assert "Gräns 3,0" in drawing
    assert "utskrivningsklar, Södra Älvsborg, oktober 2026 (dagar)" in drawing
    assert "Källa: SAMSA" in drawing
    assert "Exempeldata – inte verkliga uppgifter" in drawing
    assert taken["Spara som PNG"].startswith(b"\x89PNG")
    numbers = taken["Spara talen som CSV"].decode("utf-8-sig").splitlines()
    assert numbers[0].startswith("Månad;Genomsnitt (dagar);")
    assert re.match(r"oktober 2026;\d,\d\d;", numbers[1])
