"""Whom the door lets in, and to what."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from anyio.from_thread import start_blocking_portal
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from ui.entry import door
from ui.entry.door import Door

HOST = "http://127.0.0.1:8501"
FILE = "/media/0a1b2c3d4e5f60718293a4b5.pdf"


async def _page(request: Request) -> HTMLResponse:
    return HTMLResponse("<p>sida</p>")


async def _any(request: Request) -> PlainTextResponse:
    return PlainTextResponse("fil")


async def _upload(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


async def _stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_bytes(b"..." + FILE.encode() + b"...")
    await socket.close()


@pytest.fixture(autouse=True)
def folder(data: Path) -> None:
    (data / "data").mkdir()
    (data / "data" / "settings.toml").write_text('hosts = ["samverkan.example.se"]\n', "utf-8")


@pytest.fixture
def app() -> Starlette:
    return Starlette(
        routes=[
            Route("/", _page),
            Route("/upload", _upload, methods=["POST"]),
            Route("/{rest:path}", _any),
            WebSocketRoute("/stream", _stream),
        ],
        middleware=[Middleware(Door)],
    )


@pytest.fixture
def client(app: Starlette) -> Iterator[TestClient]:
    with TestClient(app, base_url=HOST) as started:
        yield started


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8501", 200),
        ("127.0.0.1:8501", 200),
        ("[::1]:8501", 200),
        ("samverkan.example.se", 200),
        ("elak.example", 403),
        ("127.0.0.1.elak.example:8501", 403),
        ("", 403),
    ],
)
def test_only_known_names_are_answered(client: TestClient, host: str, status: int) -> None:
    # Both of the stranger's name, as after DNS rebinding.
    answer = client.get("/", headers={"Host": host, "Origin": f"http://{host}"})
    assert answer.status_code == status


def test_a_file_is_only_for_the_browser_that_was_told_of_it(
    app: Starlette, client: TestClient
) -> None:
    assert client.get(FILE).status_code == 404
    page = client.get("/")
    assert "HttpOnly" in page.headers["set-cookie"]
    assert client.get(FILE).status_code == 404
    with client.websocket_connect("ws://127.0.0.1:8501/stream") as socket:
        socket.receive_bytes()
    assert client.get(FILE).status_code == 200
    assert "set-cookie" not in client.get("/").headers
    client.cookies.clear()
    assert client.get(FILE).status_code == 404
    client.get("/")
    assert client.get(FILE).status_code == 404


def test_what_is_nobodys_business_is_closed(client: TestClient) -> None:
    assert client.get("/_stcore/metrics").status_code == 404
    assert client.get("/_stcore/health").status_code == 200
    # Streamlit's own fonts are for all.
    assert client.get("/static/media/MaterialSymbols-Rounded.woff2").status_code == 200


_LARGE = b"a" * 20_000_000


async def _served(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers before it has read, as where an address cannot be sent to; `/stor` with much."""
    if scope["type"] == "http":
        body = _LARGE if scope["path"] == "/stor" else b"hej"
        await PlainTextResponse(body)(scope, receive, send)


@pytest.mark.parametrize(
    ("asked", "drop"),
    [
        (b"GET / HTTP/1.1\r\nHost: a", b""),
        (b"GET / HTTP/1.1\r\nHost: a", b"b"),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\n", b""),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\n", b"b"),
        (b"GET /stor HTTP/1.1\r\nHost: a\r\n\r\n", b""),
    ],
    ids=["head", "slow head", "body", "slow body", "nothing taken"],
)
def test_a_connection_that_stands_still_or_creeps_ends(
    monkeypatch: pytest.MonkeyPatch, asked: bytes, drop: bytes
) -> None:
    monkeypatch.setattr(door, "PATIENCE", 0.2)

    async def ended() -> bool:
        config = uvicorn.Config(_served, port=0, http=door.Patient, log_level="error")
        server = uvicorn.Server(config)
        running = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        # What is not asked for is not taken.
        _, writing = await asyncio.open_connection("127.0.0.1", port, limit=1)
        writing.write(asked)
        for _ in range(100):
            await asyncio.sleep(0.05)
            if not server.server_state.connections:
                break
            writing.write(drop)
        left = bool(server.server_state.connections)
        writing.transport.abort()
        server.should_exit = True
        await running
        return not left

    # A browser test before this one, in the same process, has left its own loop running here.
    with start_blocking_portal() as portal:
        assert portal.call(ended)
