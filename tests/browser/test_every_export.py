"""From each kind of export, through the browser only, to its numbers on the pages."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import FilePayload, Page, expect

from swedish import typography
from tests.browser.conftest import Server
from tests.browser.window import PATIENCE, Window
from tests.effort import in_soak

# Each export is loaded on the page in tests/pages, and through the browser from desk to page in
# test_deliveries.
pytestmark = in_soak
Opener = Callable[[Server, int], Window]
EXPORTS = Path(__file__).parents[1] / "data" / "exports"


def mean_of(table: str, month: str) -> str:
    """The county's mean days in a month, by the table of what the file holds."""
    discharges = days = 0.0
    for row in rows_of(table):
        if row["month"] == month and ".." not in (row["discharges"], row["ready_days"]):
            discharges += float(row["discharges"] or 0)
            days += float(row["ready_days"] or 0)
    return typography.number(days / discharges, 2)


def deviations_of(table: str, quarter: str) -> str:
    """How many the table has in a quarter, as the page says it."""
    count = sum(int(row["deviations"]) for row in rows_of(table) if row["quarter"] == quarter)
    return f"Västra Götaland: {count} avvikelser registrerades"


def rows_of(table: str) -> list[dict[str, str]]:
    with (EXPORTS / "expected" / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def publish(seen: Window, name: str, *, number: int) -> None:
    """Choose the file, confirm its warnings and publish it."""
    page = seen.page
    page.locator("input[type=file]").set_input_files(
        [
            FilePayload(
                name=name,
                mimeType="application/octet-stream",
                buffer=(EXPORTS / name).read_bytes(),
            )
        ]
    )
    button = page.get_by_role("button", name="Publicera", exact=True)
    expect(button).to_be_visible(timeout=PATIENCE)
    seen.settle()
    boxes = page.get_by_text("Jag har kontrollerat:")
    for at in range(boxes.count()):
        boxes.nth(at).click()
        seen.settle()
    button.click()
    expect(page.get_by_text(f"{name} är publicerad som inläsning {number}.")).to_be_visible(
        timeout=PATIENCE
    )


def read(page: Page, link: str, text: str) -> None:
    page.get_by_role("link", name=link, exact=True).click()
    # The heading is what the page finds; its name stands in the browser's own title.
    expect(page).to_have_title(f"{link} – samverkan", timeout=PATIENCE)
    expect(page.get_by_text(text).first).to_be_visible(timeout=PATIENCE)


STAYS = "vardtillfallen_2019_kv2"
MONTHS = "utskrivningsklar_2020_manader"


def test_files_of_discharges(new_server: Server, window_on: Opener) -> None:
    seen = window_on(new_server, 1400)
    for number, (name, table, month) in enumerate(
        (
            ("utskrivningsklar_2019-07.xlsx", "utskrivningsklar_2019-07.csv", "2019-07"),
            (f"{STAYS}.csv", f"{STAYS}.csv", "2019-06"),
            (f"{MONTHS}.xls", f"{MONTHS}.csv", "2020-12"),
            (f"{MONTHS}.xlsx", f"{MONTHS}.csv", "2020-12"),
        ),
        start=1,
    ):
        publish(seen.open("data"), name, number=number)
        seen.open(f"manadsuppfoljning?period={month}")
        expect(seen.page.get_by_text(mean_of(table, month)).first).to_be_visible(timeout=PATIENCE)
    assert seen.errors == []


def test_files_of_every_kind(new_server: Server, window_on: Opener) -> None:
    seen = window_on(new_server, 1400).open("data")
    long, cases, counts = (
        "utskrivningsklar_2018-10_2020-12",
        "mcp_arenden_2020-04_2021-06",
        "brister_2020_kv1",
    )
    names: Sequence[str] = (
        f"{long}.csv",
        f"{cases}.xlsx",
        f"{counts}.ods",
        "medel_2020.xlsx",
        "befolkning_2025.csv",
    )
    for number, name in enumerate(names, start=1):
        publish(seen, name, number=number)
    page = seen.page
    read(page, "Månadsuppföljning", mean_of(f"{long}.csv", "2020-12"))
    # The quarter of what was published last, though the cases reach further.
    read(page, "Avvikelser", deviations_of(f"{counts}.csv", "2020-K1"))
    read(page, "Medel", "minst 33\u00a0000\u00a0000\u00a0kr")
    seen.open("avvikelser?kvartal=2021-K2")
    expect(page.get_by_text(deviations_of(f"{cases}.csv", "2021-K2")).first).to_be_visible(
        timeout=PATIENCE
    )
    assert seen.errors == []
