"""Jämför and Indikatorer as they stand on a wide and on a narrow screen."""

import re
from collections.abc import Callable
from io import BytesIO
from itertools import combinations
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from metrics.catalogue import indicators
from tests.browser.conftest import is_phone
from tests.browser.test_monthly import BOXES, overlap
from tests.browser.window import Window

PAGE = "jamfor?matt=same_day_share&omrade=goteborg&period=2026-10&platser=1480,1490"
Open = Callable[[int], Window]

pytestmark = pytest.mark.parametrize("server", ["filled"], indirect=True)


def test_the_map_has_its_tiles_where_they_belong(seen: Window) -> None:
    tiles = seen.page.locator(".tiles > li")
    expect(tiles).to_have_count(49)
    boxes = {tile.locator(".name").text_content(): tile.bounding_box() for tile in tiles.all()}
    stromstad, goteborg, skovde = (boxes[name] for name in ("Strömstad", "Göteborg", "Skövde"))
    assert stromstad and goteborg and skovde
    assert stromstad["y"] < skovde["y"] < goteborg["y"]
    assert stromstad["x"] < goteborg["x"] < skovde["x"]


def test_the_names_in_the_tiles_fit(seen: Window) -> None:
    part = ".short" if is_phone(seen.width) else ".name"
    tiles = seen.page.locator(".tiles > li")
    for tile in tiles.all():
        box, name = tile.bounding_box(), tile.locator(part).bounding_box()
        assert box and name
        assert name["height"] < 20
        assert box["x"] <= name["x"]
        assert name["x"] + name["width"] <= box["x"] + box["width"] + 1


def test_no_text_in_a_chart_is_cut_or_covers_another(seen: Window) -> None:
    charts = seen.page.evaluate(BOXES)
    assert len(charts) == 3
    for chart in charts:
        left, _, right, _ = chart["frame"]
        for label in chart["texts"]:
            assert left - 1 <= label["box"][0] and label["box"][2] <= right + 1, label["text"]
        for one, other in combinations(chart["texts"], 2):
            assert not overlap(one["box"], other["box"]), (one["text"], other["text"])


def test_every_panel_has_its_picture(seen: Window) -> None:
    pictures = seen.page.locator(".panels img")
    expect(pictures).to_have_count(49)
    assert pictures.evaluate_all("all => all.every(one => one.naturalWidth > 0)")


def test_a_choice_is_in_the_address(window: Open) -> None:
    shown = window(1400).open(PAGE)
    page = shown.page
    page.get_by_role("combobox", name="Mått").click()
    page.get_by_role("option", name="Kvar mer än 7 dagar").click()
    expect(page).to_have_url(re.compile("matt=over_7(&|$)"))
    shown.settle()
    page.get_by_role("button", name="Ta bort Borås").click()
    expect(page).to_have_url(re.compile("platser=1480(&|$)"))
    expect(page.get_by_text("Oktober 2026: Göteborg skyddad uppgift.")).to_be_visible()


def test_the_definitions_are_downloaded_as_a_workbook(window: Open) -> None:
    page = window(1400).open("indikatorer").page
    with page.expect_download() as download:
        page.get_by_text("Ladda ner som Excel").click()
    assert download.value.suggested_filename == "indikatorer.xlsx"
    book = load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    keys = [row[0] for row in book["Indikatorer"].iter_rows(min_row=2, values_only=True)]
    assert keys == list(indicators())
