"""Who may come in, and what each may fetch: the first thing that every request meets.

Only pages of our own, under a name that is known, are let in: a stranger's name that points at this
machine (DNS rebinding) is none. A file that Streamlit made for one reader is for that reader's
browser alone, though its address is all that the server asks for.
"""

import asyncio
import re
import secrets
from collections import OrderedDict
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

import h11
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose
from uvicorn.protocols.http.h11_impl import H11Protocol

from settings import settings
from ui.entry.refusals import NOT_UNDERSTOOD

COOKIE = "samverkan"
"""It says which browser this is, and nothing of who uses it."""
OURS = {"localhost", "127.0.0.1", "::1"}
_CLOSED = ("/_stcore/metrics",)
MEDIA = re.compile(rb"/media/([0-9A-Za-z_-]{16,})")
# Seconds a browser may take over its next bytes, bytes a second that a telephone line brings, and
# browsers that are remembered.
PATIENCE = 60.0
_SLOWEST = 5_000
_BROWSERS = 2000


class Door:
    """Lets in what may come in, and sees what each browser is told of."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.told: OrderedDict[str, set[bytes]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        browser = _browser(headers)
        refused = _refused(headers) or self._closed(scope["path"], browser)
        if refused is None:
            sender = self._telling(browser, send)
            if scope["type"] == "http":
                sender = _marking(browser, send)
            await self.app(scope, receive, sender)
        elif scope["type"] == "http":
            await refused(scope, receive, send)
        else:
            await WebSocketClose()(scope, receive, send)

    def _closed(self, path: str, browser: str) -> PlainTextResponse | None:
        match = MEDIA.match(path.encode())
        if path.startswith(_CLOSED) or (match and match[1] not in self.told.get(browser, ())):
            return PlainTextResponse("Sidan finns inte", status_code=404)
        return None

    def _telling(self, browser: str, send: Send) -> Send:
        """Remembers which files the browser is told of."""

        async def sender(message: Message) -> None:
            content = message.get("bytes") or b""
            if browser and message["type"] == "websocket.send" and b"/media/" in content:
                self.told.setdefault(browser, set()).update(MEDIA.findall(content))
                self.told.move_to_end(browser)
                if len(self.told) > _BROWSERS:
                    self.told.popitem(last=False)
            await send(message)

        return sender


class Patient(H11Protocol):
    """A connection ends whose browser sends its request, or takes its answer, slower than any line,
    or for a minute sends nothing of what it has begun."""

    _sending: asyncio.TimerHandle
    _taking: asyncio.TimerHandle | None = None
    _until: float

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait(0, begun=False)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        begun = not self._sending.cancelled()
        self._sending.cancel()
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
            self._wait(len(data), begun=begun)

    def send_400_response(self, msg: str) -> None:
        super().send_400_response(NOT_UNDERSTOOD)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch(self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._taking is not None:
            self._taking.cancel()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._sending.cancel()
        self.resume_writing()

    def _wait(self, came: int, *, begun: bool) -> None:
        """Wait for more of a request that has not come whole."""
        loop = asyncio.get_running_loop()
        minute = loop.time() + PATIENCE
        self._until = came / _SLOWEST + (self._until if begun else minute)
        self._sending = loop.call_at(min(self._until, minute), self.transport.abort)

    def _watch(self, left: int) -> None:
        """See in a minute how much has been taken of an answer that waits."""

        def look() -> None:
            now = self.transport.get_write_buffer_size()
            if left - now < PATIENCE * _SLOWEST:
                self.transport.abort()
            else:
                self._watch(now)

        self._taking = asyncio.get_running_loop().call_later(PATIENCE, look)


def _refused(headers: Headers) -> PlainTextResponse | None:
    host = headers.get("host", "")
    origin = headers.get("origin")
    try:
        name, sender = urlsplit(f"//{host}").hostname or "", urlsplit(origin or "").netloc
    except ValueError:
        return PlainTextResponse(NOT_UNDERSTOOD, status_code=400)
    if name not in OURS and name not in settings().hosts:
        return PlainTextResponse(
            f"Adressen {name!r} är inte känd. Den som sköter samverkan kan lägga till den på raden "
            "hosts i settings.toml.",
            status_code=403,
        )
    if origin is not None and sender != host:
        return PlainTextResponse("Otillåten avsändare", status_code=403)
    return None


def _browser(headers: Headers) -> str:
    """The browser's mark, empty before it has got one."""
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _marking(browser: str, send: Send) -> Send:
    """Gives a browser that has none its mark with the first page."""

    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start" and not browser:
            headers = MutableHeaders(scope=message)
            if headers.get("content-type", "").startswith("text/html"):
                mark = f"{COOKIE}={secrets.token_urlsafe(24)}; HttpOnly; SameSite=Lax; Path=/"
                headers.append("set-cookie", mark)
        await send(message)

    return sender
