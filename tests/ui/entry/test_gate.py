"""Whom the gate lets in, as whom; and that a right that is withdrawn is gone at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from access import people
from access.rights import Act, allowed
from access.sessions import Sessions
from ui.entry import apart
from ui.entry.gate import COOKIE, WHO, Gate
from warehouse.journal import audit, known

# The provider of these tests is behind TLS.
KEPT = f"__Host-{COOKIE}"

PROXY = """
[proxy]
address = "10.0.0.1"
subject_header = "X-Subject"
name_header = "X-Name"
"""
PROVIDER = """
[provider]
issuer = "https://idp.example.se"
client_id = "samverkan"
secret = "env:SAMVERKAN_PROV"
address = "https://samverkan.example.se"
"""
READERS = '[[right]]\nrole = "läsare"\nwho = ["*"]\n'
BOSS = '[[right]]\nrole = "administratör"\nwho = ["s1"]\n'
PATHS = ["/", "/data", "/media/0a1b2c3d4e5f60718293a4b5.pdf", "/api/v1/values", "/_stcore/health"]
PAGE_SESSION = "0b5f0f0e-1c3d-4e5f-8a9b-0c1d2e3f4a5b"
PAGE = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}


async def _who(request: Request) -> PlainTextResponse:
    person = people.current()
    rights = "allt" if allowed(person, Act.KEEP) else "läsa"
    return PlainTextResponse(f"{person.name} {rights} {request.headers.getlist(WHO)}")


async def _echo(socket: WebSocket) -> None:
    await socket.accept()
    async for text in socket.iter_text():
        if text == "session":
            await socket.send_bytes(b"\x0a$" + PAGE_SESSION.encode() + b"...")
            continue
        if text == "file":
            await socket.send_bytes(b'"' + PATHS[2].encode() + b'"')
            continue
        if text == "protocol":
            await socket.send_text(socket.headers["sec-websocket-protocol"])
            continue
        await socket.send_text(f"{people.current().name}: {text}")


@pytest.fixture
def folder(data: Path) -> Path:
    (data / "data").mkdir()
    return data / "data"


def declare(folder: Path, text: str) -> None:
    (folder / "access.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def sessions() -> Sessions:
    return Sessions()


@pytest.fixture
def app(sessions: Sessions) -> Starlette:
    return Starlette(
        routes=[
            WebSocketRoute("/stream", _echo),
            Route("/{rest:path}", _who, methods=["GET", "PUT"]),
        ],
        middleware=[Middleware(Gate, sessions=sessions)],
    )


@pytest.fixture
def client(app: Starlette) -> Iterator[TestClient]:
    with TestClient(app, base_url="http://127.0.0.1:8501", client=("127.0.0.1", 1)) as started:
        yield started


def begun(sessions: Sessions, subject: str = "s1") -> dict[str, str]:
    key = sessions.begin(subject=subject, name="Prov", mark="p-000000000001", origin="10.0.0.9")
    return {"Cookie": f"{KEPT}={key}"}


def test_on_this_machine_there_is_one_user_with_all_rights(
    folder: Path, client: TestClient
) -> None:
    assert client.get("/", headers={WHO: "stulen"}).text == f"{people.local().name} allt []"


@pytest.mark.parametrize(
    ("host", "peer"),
    [("samverkan.example.se", "127.0.0.1"), ("127.0.0.1:8501", "10.0.0.9"), ("localhost", "")],
)
def test_from_elsewhere_nobody_comes_in_without_signing_in(
    folder: Path, app: Starlette, host: str, peer: str
) -> None:
    client = TestClient(app, base_url="http://127.0.0.1:8501", client=(peer, 1))
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 403
    assert "[provider] eller [proxy]" in answer.text


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_reached_before_signing_in(folder: Path, client: TestClient, path: str) -> None:
    declare(folder, PROVIDER + READERS)
    assert client.get(path).status_code == 401
    for made_up in ("x", "x.y", "; DROP", '"'):
        assert client.get(path, headers={"Cookie": f"{KEPT}={made_up}"}).status_code == 401
    led = client.get(f"{path}?a=1&b=2", headers=PAGE, follow_redirects=False)
    if path.startswith("/api/"):
        assert client.get(path).json()["detail"] == "Logga in först."
    assert led.headers["location"].startswith("/inloggning/?till=/")


def test_no_websocket_opens_before_signing_in(folder: Path, client: TestClient) -> None:
    declare(folder, PROVIDER + READERS)
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/stream"):
        pass


def test_a_right_that_is_withdrawn_is_gone_at_the_next_request(
    folder: Path, client: TestClient, sessions: Sessions
) -> None:
    declare(folder, PROVIDER + READERS + BOSS)
    cookie = begun(sessions)
    assert client.get("/", headers=cookie).text.startswith("Prov allt ['")
    declare(folder, PROVIDER + READERS)
    assert client.get("/", headers=cookie).text.startswith("Prov läsa ['")
    declare(folder, PROVIDER + BOSS.replace("s1", "s2"))
    answer = client.get("/", headers=cookie)
    assert (answer.status_code, "har ingen roll" in answer.text) == (403, True)
    declare(folder, "[provider]\n")
    assert client.get("/", headers=cookie).status_code == 503
    changed = [line for line in audit.lines() if line.act == audit.EventKind.RIGHTS]
    assert len(changed) == len({line.about for line in changed}) == 3


def test_a_websocket_ends_with_the_session_and_with_the_right(
    folder: Path, client: TestClient, sessions: Sessions
) -> None:
    declare(folder, PROVIDER + READERS)
    cookie = begun(sessions)
    with client.websocket_connect("/stream", headers=cookie) as socket:
        socket.send_text("hej")
        assert socket.receive_text() == "Prov: hej"
        sessions.end(cookie["Cookie"].partition("=")[2])
        socket.send_text("hej")
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()
    cookie = begun(sessions)
    with client.websocket_connect("/stream", headers=cookie) as socket:
        declare(folder, PROVIDER + BOSS.replace("s1", "s2"))
        socket.send_text("hej")
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()


def test_no_reader_takes_up_anothers_session_or_sends_files_to_it(
    folder: Path, client: TestClient, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(folder, PROVIDER + READERS + BOSS)
    mine, other = begun(sessions), begun(sessions)
    upload = f"/_stcore/upload_file/{PAGE_SESSION}/1"
    assert client.put(upload, headers=mine, content=b"1").status_code == 403
    with client.websocket_connect("/stream", ["streamlit"], headers={**mine}) as socket:
        socket.send_text("session")
        socket.receive_bytes()
    for cookie, after, taken in ((mine, [], True), (other, [], False), (other, ["x"], False)):
        asked = ["streamlit", "xsrf", PAGE_SESSION, *after]
        with client.websocket_connect("/stream", asked, headers={**cookie}) as socket:
            socket.send_text("protocol")
            assert (PAGE_SESSION in socket.receive_text()) is taken
        assert (client.put(upload, headers=cookie, content=b"1").status_code == 200) is taken
    reader = begun(sessions, "s2")
    with client.websocket_connect("/stream", headers={**reader}) as socket:
        socket.send_text("session")
        socket.receive_bytes()
    # Who may not check files sends none, not even to a session of their own.
    assert client.put(upload, headers=reader, content=b"1").status_code == 403
    monkeypatch.setattr(apart, "MOST", 10)
    assert client.put(upload, headers=mine, content=b"12345").status_code == 200
    assert client.put(upload, headers=mine, content=b"12345").status_code == 429
    assert client.put(upload, headers=mine, content=iter([b"1"])).status_code == 411


def test_a_file_is_for_the_reader_who_was_told_of_it_at_whatever_browser(
    folder: Path, client: TestClient, sessions: Sessions
) -> None:
    declare(folder, PROVIDER + READERS)
    mine, other = begun(sessions), begun(sessions, "s2")
    with client.websocket_connect("/stream", headers={**mine}) as socket:
        for _ in range(5):
            socket.send_text("session")
            socket.receive_bytes()
        socket.send_text("file")
        socket.receive_bytes()
    for cookie, status in ((mine, 200), (other, 404)):
        assert client.get(PATHS[2], headers=cookie).status_code == status


def test_only_the_named_proxy_says_who_it_is(folder: Path, app: Starlette) -> None:
    declare(folder, PROXY + READERS + BOSS)
    said = {"X-Subject": "s1", "X-Name": "Prov"}
    proxy = TestClient(app, base_url="http://samverkan.example.se", client=("10.0.0.1", 1))
    assert proxy.get("/", headers=said).text.startswith("Prov allt ['")
    assert proxy.get("/", headers=said).text.startswith("Prov allt ['")
    assert proxy.get("/", headers={"X-Subject": "s2"}).text.startswith("s2 läsa ['")
    assert proxy.get("/").status_code == 401
    assert proxy.get("/", headers=[("X-Subject", "s2"), ("X-Subject", "s1")]).status_code == 401
    assert proxy.get("/", headers={"X-Subject": "lokal:root"}).status_code == 403
    for peer in ("127.0.0.1", "10.0.0.11", "testclient"):
        other = TestClient(app, base_url="http://samverkan.example.se", client=(peer, 1))
        assert other.get("/", headers=said).status_code == 403
    # Each has come in once, and is written by a mark that says nothing.
    signed = [line for line in audit.lines() if line.act == audit.EventKind.SIGN_IN]
    assert [(known.shown(line.who), line.origin) for line in signed] == [
        ("s2", "10.0.0.1"),
        ("Prov", "10.0.0.1"),
    ]
    assert not [line for line in signed if "s1" in str(line)]
