"""`make signin`: signing in, in real browsers, at a certified provider that runs on this machine.

It is no part of `make test`: it needs Node, and what `npm` fetches.
"""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

import pipeline
from tests.browser.conftest import ROOT, _free_port, _wait_until_healthy
from tests.pages.conftest import export

MODULES = ROOT / ".cache" / "signin"
RIGHTS = """
[provider]
issuer = "{issuer}"
client_id = "samverkan"
secret = "env:SAMVERKAN_SECRET"
address = "{address}"
[[right]]
role = "läsare"
who = ["*"]
[[right]]
role = "dataförvaltare"
groups = ["forvaltare"]
datasets = ["discharges"]
areas = ["*"]
[[right]]
role = "granskare"
who = ["granskare"]
areas = ["goteborg"]
[[right]]
role = "administratör"
who = ["chef"]
"""
MONTH = "manadsuppfoljning?omrade=goteborg&period=2026-03"


class Place:
    """The dashboard and the provider, and where the dashboard's data is."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.address = f"http://127.0.0.1:{_free_port()}"
        self.port = _free_port()
        self.issuer = f"http://127.0.0.1:{self.port}"
        self.env = {
            **os.environ,
            "SAMVERKAN_DATA": str(self.data),
            "SAMVERKAN_SECRET": "en-hemlighet-som-ar-lang-nog-att-godtas",
        }

    def provider(self) -> "subprocess.Popen[bytes]":
        script = MODULES / "provider.mjs"
        script.write_bytes(Path(__file__).with_name("provider.mjs").read_bytes())
        back = f"{self.address}/inloggning/svar"
        started = subprocess.Popen(
            ["node", script, str(self.port), "samverkan", back], env=self.env, cwd=MODULES
        )
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{self.issuer}/.well-known/openid-configuration").close()
                return started
            except URLError:
                time.sleep(0.1)
        pytest.fail("the provider did not start")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    made = Place(tmp_path_factory.mktemp("signin"))
    made.data.mkdir()
    file = made.data.parent / "export.csv"
    file.write_text(export(), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(made.data))
        with pipeline.checked(file) as delivery:
            pipeline.publish(delivery)
    (made.data / "access.toml").write_text(
        RIGHTS.format(issuer=made.issuer, address=made.address), "utf-8"
    )
    (made.data / "settings.toml").write_text('approval = "on"\n', "utf-8")
    provider = made.provider()
    log = made.data.parent / "server.log"
    with log.open("wb") as output:
        command = f"app.app(['serve', '--port', '{made.address.rpartition(':')[2]}'])"
        server = subprocess.Popen(
            [sys.executable, "-c", f"from commands import app; {command}"],
            cwd=ROOT,
            env=made.env,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_healthy(server, made.address, log)
        yield made
    finally:
        for process in (server, provider):
            process.terminate()
            process.wait()


@pytest.fixture
def new_browser(browser: Browser) -> Iterator[Callable[[], Page]]:
    opened = []

    def new() -> Page:
        context = browser.new_context(locale="sv-SE", accept_downloads=True)
        opened.append(context)
        return context.new_page()

    yield new
    for context in opened:
        context.close()


def sign_in(page: Page, place: Place, name: str, path: str = "/data") -> None:
    page.goto(place.address + path)
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill("x")
    page.locator("button[type=submit]").click()
    page.locator("button[type=submit]").click()
    expect(page.get_by_text(f"Inloggad som Prov {name}")).to_be_visible(timeout=60_000)


def test_each_signs_in_and_has_their_part(place: Place, new_browser: Callable[[], Page]) -> None:
    reader, steward = new_browser(), new_browser()
    sign_in(reader, place, "lasare")
    sign_in(steward, place, "forvaltare")
    expect(reader.get_by_text("Du läser.", exact=False)).to_be_visible()
    expect(steward.get_by_text("Släpp filer här", exact=False).first).to_be_visible()
    expect(steward.get_by_role("link", name="Logg", exact=True)).to_have_count(0)
    # A file is sent to a session of one's own, and is checked.
    sent = FilePayload(name="fler.csv", mimeType="text/csv", buffer=export().encode())
    steward.locator("input[type=file]").first.set_input_files(sent)
    expect(steward.get_by_text("Redan inläst", exact=False).first).to_be_visible(timeout=60_000)
    # A report is made after the page, in a thread of its own, and knows who asks.
    reader.goto(f"{place.address}/rapporter?rapport=manadsrapport")
    with reader.expect_download(timeout=120_000) as got:
        reader.get_by_role("button", name="Excel").click()
    assert got.value.path().stat().st_size > 5_000
    # The gate, the door's list of files, and the uploads know one reader from another.
    for path in ("/api/v1/values", "/_stcore/host-config", "/_stcore/metrics"):
        assert new_browser().request.get(place.address + path).status in (401, 404)


def test_signing_out_and_a_replayed_answer(place: Place, new_browser: Callable[[], Page]) -> None:
    page, other = new_browser(), new_browser()
    came: list[str] = []
    page.on("request", lambda one: came.append(one.url) if "/inloggning/svar" in one.url else None)
    sign_in(page, place, "chef", "/logg")
    expect(page.get_by_text("inloggning").first).to_be_visible()
    assert page.request.get(came[0]).status == 403
    assert other.request.get(came[0]).status == 403
    cookies = page.context.cookies(place.address)
    page.goto(f"{place.address}/inloggning/ut")
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_url(f"{place.issuer}/**")
    kept = "; ".join(f"{one['name']}={one['value']}" for one in cookies)
    stolen = other.request.get(f"{place.address}/api/v1/values", headers={"Cookie": kept})
    assert stolen.status == 401


def test_a_right_that_is_taken_away_is_gone_at_the_next_press(
    place: Place, new_browser: Callable[[], Page]
) -> None:
    page = new_browser()
    sign_in(page, place, "chef", "/data")
    expect(page.get_by_text("Säkerhetskopior").first).to_be_visible()
    file = place.data / "access.toml"
    whole = file.read_text("utf-8")
    file.write_text(whole.replace('"chef"', '"en annan"'), "utf-8")
    page.get_by_role("link", name="Översikt").click()
    page.get_by_role("link", name="Data").click()
    expect(page.get_by_text("Du läser.", exact=False)).to_be_visible()
    expect(page.get_by_text("Säkerhetskopior")).to_have_count(0)
    file.write_text(whole, "utf-8")


def test_a_month_is_delivered_reviewed_and_established_by_three(
    place: Place, new_browser: Callable[[], Page]
) -> None:
    steward, reviewer, chief = new_browser(), new_browser(), new_browser()
    sign_in(steward, place, "forvaltare")
    sign_in(reviewer, place, "granskare", "/granskning")
    sign_in(chief, place, "chef", "/granskning")
    head, *rows = export().splitlines()
    march = [row.replace("2026-02", "2026-03") for row in rows if row.startswith("2026-02")]
    sent = FilePayload(
        name="mars.csv", mimeType="text/csv", buffer="\n".join([head, *march]).encode()
    )
    steward.locator("input[type=file]").first.set_input_files(sent)
    publish = steward.get_by_role("button", name="Publicera", exact=True)
    expect(publish).to_be_visible(timeout=60_000)
    for box in steward.get_by_text("Jag har kontrollerat:").all():
        box.click()
    publish.click()
    expect(steward.get_by_text("mars.csv är publicerad", exact=False)).to_be_visible(timeout=60_000)
    steward.goto(f"{place.address}/{MONTH}")
    marked = steward.get_by_text("Preliminär: mars 2026", exact=False)
    expect(marked).to_be_visible(timeout=60_000)

    def press(page: Page, button: str, then: str) -> None:
        page.reload()
        page.get_by_role("button", name=button, exact=True).click(timeout=60_000)
        expect(page.get_by_text(then).first).to_be_visible(timeout=60_000)

    reviewer.reload()
    expect(reviewer.get_by_role("button", name="Fastställ", exact=True)).to_have_count(0)
    press(reviewer, "Granskad", "Göteborgsområdet är granskad.")
    press(chief, "Fastställ", "Göteborgsområdet är fastställd.")
    steward.reload()
    expect(steward.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
    expect(marked).to_have_count(0)
