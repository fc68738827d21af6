"""How soon a page answers in a real Chromium, beside a bare Streamlit page with as many charts and
rows (`benchmarks/compared/page.py`): both are asked in turn, and a wait is from the press of the
key or the button to the last change in the page.
"""

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.compared import page as bare
from benchmarks.measured import Measured
from benchmarks.processes import SAMVERKAN, serving
from pipeline import demonstration
from swedish.typography import number
from tests.browser import provision

ROUNDS = 30
AREAS = bare.PLACES
FIRST_PERIOD, PATH = "2026-06", "manadsuppfoljning"
PROMISED = {
    "ett område som ingen har tittat på": 1.8,
    "ett område som någon har tittat på": 1.2,
    "en månad som ingen har tittat på": 1.8,
    "en annan sida": 1.2,
    "första besöket": 1.15,
}
_QUIET = 700
_STREAMLIT = str(Path(sys.executable).with_name("streamlit"))
_WATCH = """() => {
  window.began = window.changed = null;
  const begin = () => { if (window.began === null) window.began = performance.now(); };
  document.addEventListener('keydown', event => { if (event.key === 'Enter') begin(); },
    {capture: true, once: true});
  document.addEventListener('click', begin, {capture: true, once: true});
  window.watching?.disconnect();
  window.watching = new MutationObserver(() => {
    if (window.began !== null) window.changed = performance.now();
  });
  window.watching.observe(document.querySelector('[data-testid=stMain]'),
    {subtree: true, childList: true, characterData: true});
}"""
_VISIT = """
  window.began = 0; window.changed = null;
  new MutationObserver(all => {
    const seen = all.some(one => (one.target.closest ? one.target : one.target.parentElement)
      ?.closest('[data-testid=stMain]'));
    if (seen) window.changed = performance.now();
  }).observe(document, {subtree: true, childList: true, characterData: true});
"""
_SETTLED = f"""() => window.changed !== null && performance.now() - window.changed > {_QUIET}
  && document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'
  && !document.querySelector('[data-stale=true]')"""
Act = Callable[[Page, int], None]


def _settled(page: Page) -> float:
    """Milliseconds from what was done to the last change."""
    page.wait_for_function(_SETTLED, polling=100, timeout=60_000)
    return float(page.evaluate("window.changed - window.began"))


def _area(page: Page, at: int) -> None:
    box = page.get_by_role("combobox", name="Område")
    box.click()
    box.fill(AREAS[at % len(AREAS)])
    page.evaluate(_WATCH)
    box.press("Enter")


def _new_area(page: Page, at: int) -> None:
    """As `_area`, in the month before where all the areas have been shown."""
    if at and at % len(AREAS) == 0:
        _period(page, at)
        _settled(page)
    _area(page, at)


def _period(page: Page, _: int) -> None:
    page.evaluate(_WATCH)
    page.get_by_role("button", name="Föregående månad").first.click()


def _to(*names: str) -> Act:
    def go(page: Page, at: int) -> None:
        page.evaluate(_WATCH)
        page.get_by_role("link", name=names[at % len(names)]).first.click()

    return go


def _waits(pair: tuple[Page, Page], acts: tuple[Act, Act], rounds: int) -> tuple[float, float]:
    """The median waits of both, asked in turn, in milliseconds."""
    waited: tuple[list[float], list[float]] = ([], [])
    for at in range(rounds):
        for page, act, of in zip(pair, acts, waited, strict=True):
            act(page, at)
            of.append(_settled(page))
    return median(waited[0]), median(waited[1])


def _visit(browser: Browser, address: str) -> float:
    with browser.new_context(viewport={"width": 1400, "height": 900}) as context:
        page = context.new_page()
        page.add_init_script(_VISIT)
        page.goto(address)
        return _settled(page)


def _opened(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1400, "height": 900}, reduced_motion="reduce")
    page.add_init_script(_VISIT)
    page.goto(address)
    page.locator("[data-testid=stPlotlyChart] .main-svg").first.wait_for(timeout=60_000)
    _settled(page)
    return page


def ratios(browser: Browser, port: int, rounds: int) -> dict[str, tuple[float, float]]:
    """The medians of our page and of the bare one, in milliseconds, by what is done."""
    ours = f"http://127.0.0.1:{port}/{PATH}?omrade=skaraborg&period={FIRST_PERIOD}"
    page = _opened(browser, ours)
    # The bars of the municipalities are a chart, too, that Plotly does not draw.
    charts = page.get_by_test_id("stPlotlyChart").count() + page.locator(".areas-bars").count()
    rows = page.locator("[data-testid=stMain] tr").count()
    served = {"BARE_CHARTS": str(charts), "BARE_ROWS": str(rows)}
    script = [_STREAMLIT, "run", bare.__file__, "--server.headless", "true"]
    with serving([*script, "--server.port"], environment=served) as (bare_port, _):
        other = f"http://127.0.0.1:{bare_port}/"
        pair = page, _opened(browser, other)
        links = _to("Avvikelser", "Månadsuppföljning"), _to("Den andra", "Den ena")
        new, known, period, another, first = PROMISED
        measured = {
            new: _waits(pair, (_new_area, _new_area), rounds),
            known: _waits(pair, (_area, _area), rounds),
            period: _waits(pair, (_period, _period), min(rounds, 20)),
            another: _waits(pair, links, rounds),
        }
        visits = [(_visit(browser, ours), _visit(browser, other)) for _ in range(rounds)]
        measured[first] = median(one for one, _ in visits), median(one for _, one in visits)
    return measured


def measure(*, rounds: int = ROUNDS) -> Measured:
    """How long each wait is, beside a bare page's."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        os.environ["SAMVERKAN_DATA"] = folder
        demonstration.load_demo()
        with serving([SAMVERKAN, "serve", "--port"]) as (port, _):
            browser = playwright.chromium.launch(
                executable_path=provision.executable(), args=["--no-sandbox", "--disable-gpu"]
            )
            measured = ratios(browser, port, rounds)
            browser.close()
    rows = [
        [
            *(what, number(ours, 0), number(other, 0)),
            *(number(ours / other, 2), number(PROMISED[what], 2)),
        ]
        for what, (ours, other) in measured.items()
    ]
    return Measured(
        [["vad", "Månadsuppföljning, ms", "en enkel sida, ms", "gånger", "högst"], *rows],
        kept=all(ours / other <= PROMISED[what] for what, (ours, other) in measured.items()),
    )
