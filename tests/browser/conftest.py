"""The real server, with the demo data and with nothing, and windows on it in a real Chromium."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser import provision
from tests.browser.window import Window

ROOT = Path(__file__).parents[2]
WIDTHS = (1400, 390)
# Streamlit folds the menu away on a telephone, and knows one by its name.
PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36"
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# `samverkan serve` would fill an empty warehouse; the server itself leaves it empty.
SERVE = {
    "filled": "from commands import app; app.app(['serve', '--port', '{port}'])",
    "empty": "from ui import server; server.serve(port={port})",
}


class Server(NamedTuple):
    """A dashboard that is being served: where, and whether from a filled or an empty warehouse."""

    address: str
    state: str


def is_phone(width: int) -> bool:
    """Whether a window of this width is one of a telephone."""
    return width < 768


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5) as answer:
                assert json.load(answer)["status"] == "ok"
                return
        except (URLError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"The server did not start:\n{log.read_text(encoding='utf-8')}")


@contextmanager
def serving(state: str, place: Path) -> Iterator[Server]:
    """Serves what is in `place`, with its log, until it is left."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    log = place / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE[state].format(port=port)],
            cwd=ROOT,
            env={**os.environ, "SAMVERKAN_DATA": str(place / "data")},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_healthy(process, address, log)
        yield Server(address, state)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if state == "filled":
        told = log.read_text(encoding="utf-8")
        assert process.returncode == 0, told
        assert "Traceback" not in told
        assert "terminate called" not in told


@pytest.fixture(scope="session", params=sorted(SERVE))
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """Serves a warehouse of its own on a free port, until the last test that needs it."""
    place = tmp_path_factory.mktemp(request.param)
    if request.param == "filled":
        shutil.copytree(request.getfixturevalue("demo"), place / "data")
    with serving(request.param, place) as started:
        yield started


@pytest.fixture
def new_server(tmp_path: Path) -> Iterator[Server]:
    """A server that nobody has visited yet, with an empty warehouse."""
    with serving("empty", tmp_path) as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium that `make test` found or installed."""
    executable = provision.executable()
    if executable is None:
        pytest.fail(provision.ADVICE)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def devices(browser: Browser) -> Callable[[int], BrowserContext]:
    """Gives the browser of a screen so wide, which keeps the scripts that it has fetched."""

    @cache
    def device(width: int) -> BrowserContext:
        phone = is_phone(width)
        return browser.new_context(
            viewport={"width": width, "height": 900},
            locale="sv-SE",
            reduced_motion="reduce",
            is_mobile=phone,
            has_touch=phone,
            user_agent=PHONE if phone else None,
        )

    return device


@pytest.fixture
def window_on(
    devices: Callable[[int], BrowserContext],
) -> Iterator[Callable[[Server, int], Window]]:
    """Gives a function that opens a window of a certain width on a server."""
    opened = []

    def open_window(server: Server, width: int) -> Window:
        page = devices(width).new_page()
        opened.append(page)
        return Window(page, server.address)

    yield open_window
    for page in opened:
        page.close()


@pytest.fixture
def window(window_on: Callable[[Server, int], Window], server: Server) -> Callable[[int], Window]:
    """Gives a function that opens a window of a certain width on the server in turn."""
    return partial(window_on, server)


@pytest.fixture(scope="module", params=WIDTHS)
def seen(
    request: pytest.FixtureRequest, server: Server, devices: Callable[[int], BrowserContext]
) -> Iterator[Window]:
    """The test file's own PAGE on a wide and on a narrow screen, for all that only look at it."""
    page = devices(request.param).new_page()
    yield Window(page, server.address).open(request.module.PAGE)
    page.close()
