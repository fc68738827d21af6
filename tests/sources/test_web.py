"""Files fetched from a web server on 127.0.0.1, also one that lies, hangs or sends elsewhere."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from settings import inbox_dir
from sources.declaration import Source, SourceError
from sources.fetching import fetched
from sources.pull import pull
from warehouse.journal import arrivals
from warehouse.journal.arrivals import ArrivalState

GOOD = "Månad;Kommun;Antal utskrivna;Antal dagar\n2019-07;Ale;40;20\n".encode()
PAGE = b"""<html><a href="a.csv">a</a> <a href='sub/b%20b.csv'>b</a> <a href="a.csv">again</a>
<a href="../secret.csv">above</a> <a href="https://example.se/export/c.csv">elsewhere</a>
<a href="lista.txt">text</a> <a href="..%2f..%2fd.csv">path</a> <a href="?C=N">sort</a></html>"""
HALF = b'<a href="../gone.csv">above</a> <a href="gone.csv">gone</a> <a href="z.csv">z</a>'
PAGES = {"/export/": PAGE, "/half/": HALF}


class _Site(BaseHTTPRequestHandler):
    asked: list[tuple[str, str, str | None]]
    gone: set[str]

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, *, body: bool) -> None:
        self.asked.append((self.command, self.path, self.headers.get("Authorization")))
        if self.path == "/hang/":
            time.sleep(2)
        if self.path == "/moved.csv":
            self.send_response(302)
            self.send_header("Location", "https://127.0.0.1:9/a.csv")
            self.end_headers()
            return
        if self.path == "/locked.csv" or self.path in self.gone:
            self.send_error(401 if self.path == "/locked.csv" else 404)
            return
        content = PAGES.get(self.path, GOOD)
        self.send_response(200)
        if self.path == "/endless.csv":
            self.end_headers()
            if body:
                self.wfile.write(b"x" * 5000)
            return
        length = 10**12 if self.path == "/huge.csv" else len(content)
        self.send_header("Content-Length", str(length))
        self.send_header("ETag", f'"{self.path}"')
        self.end_headers()
        if body:
            self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of the server."""
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    _Site.asked = []
    _Site.gone = {"/gone.csv", "/half/gone.csv"}
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def source(where: str, *, timeout: float = 10, token_from: str = "") -> Source:
    return Source(
        name=where, where=where, pattern="*.csv", timeout_seconds=timeout, token_from=token_from
    )


def test_a_page_gives_the_files_below_it(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_TOKEN", "nyckel")
    asked = source(f"{site}/export/", token_from="TEST_TOKEN")
    came = [(file.name, file.path.read_bytes(), file.stamp) for file in fetched(asked, known=())]
    assert [(name, content) for name, content, _ in came] == [
        ("a.csv", GOOD),
        ("b b.csv", GOOD),
        ("d.csv", GOOD),
    ]
    assert {header for _, _, header in _Site.asked} == {"Bearer nyckel"}
    assert not any("secret" in path for _, path, _ in _Site.asked)
    _Site.asked.clear()
    assert list(fetched(asked, known=[(name, stamp) for name, _, stamp in came])) == []
    assert [path for command, path, _ in _Site.asked if command == "GET"] == ["/export/"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/locked.csv", r"nekar \(401\)"),
        ("/gone.csv", "svarar 404"),
        ("/moved.csv", "inte att nå|utan https|certifikat"),
    ],
)
def test_what_the_server_refuses_is_said(site: str, path: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        list(fetched(source(f"{site}{path}"), known=()))


def test_a_server_that_hangs_is_left(site: str) -> None:
    started = time.monotonic()
    with pytest.raises(SourceError, match=r"inte svarat|inte i tid"):
        list(fetched(source(f"{site}/hang/", timeout=0.3), known=()))
    assert time.monotonic() - started < 1.5


@pytest.mark.parametrize("path", ["/huge.csv", "/endless.csv"])
def test_too_much_is_not_fetched(site: str, tmp_path: Path, path: str) -> None:
    (tmp_path / "settings.toml").write_text("max_file_bytes = 1000\n", encoding="utf-8")
    (file,) = fetched(source(f"{site}{path}"), known=())
    assert "större än gränsen" in file.refused


def test_a_name_with_a_path_stays_in_the_inbox(site: str, tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(
        f'[webb]\nwhere = "{site}/export/"\npattern = "*d.csv"\n', encoding="utf-8"
    )
    (answer,) = pull()
    assert [(file.name, file.state) for file in answer.files] == [("d.csv", ArrivalState.WAITING)]
    assert [path.name for path in inbox_dir().iterdir()] == [answer.files[0].sha256]


def test_a_dead_link_keeps_no_other_file_and_is_tried_again(site: str, tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(
        f'[webb]\nwhere = "{site}/half/"\npattern = "*.csv"\n', encoding="utf-8"
    )
    (answer,) = pull()
    assert not answer.trouble
    assert {file.name: file.state for file in answer.files} == {
        "gone.csv": ArrivalState.FAULTY,
        "z.csv": ArrivalState.WAITING,
    }
    assert "svarar 404" in answer.files[0].told
    assert [came.files for came in pull()] == [()]
    _Site.gone = set()
    assert [came.files for came in pull()] == [()]
    assert [known.name for known in arrivals.latest()] == ["gone.csv"]
