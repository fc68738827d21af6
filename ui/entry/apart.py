"""Readers apart from one another: each has the pages they were given, and no others.

Streamlit takes up a session again for whoever names it, and receives files for it from anybody.
"""

import re
import time
from collections import OrderedDict, deque

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Scope, Send

from ui.entry.door import MEDIA

_UPLOADS = "/_stcore/upload_file/"
_PROTOCOL = b"sec-websocket-protocol"
_SESSION = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# A session is named in the first that its page is sent.
_FIRST = 3
_READERS = 10_000
# Bytes that one reader may send in so many seconds: many months' exports, and no memory full.
MOST, WITHIN = 2_000_000_000, 3600.0


class Apart:
    """What each reader was given, sessions and files, by the key of who has signed in.

    The door gives files to the browser that was told of them, whoever sits at it next.
    """

    def __init__(self) -> None:
        self.told: OrderedDict[str, set[str]] = OrderedDict()
        self.sent: dict[str, deque[tuple[float, int]]] = {}

    def own(self, scope: Scope, key: str) -> Scope:
        """A connection as it may be made: it takes up no session but one of the reader's own."""
        return {
            **scope,
            "headers": [
                (name, self._protocol(value, key) if name == _PROTOCOL else value)
                for name, value in scope["headers"]
            ],
        }

    def _protocol(self, value: bytes, key: str) -> bytes:
        """A protocol, a token, and the session to take up: Streamlit reads them by their places."""
        parts = value.split(b",")
        asked = b"".join(parts[2:3]).strip().decode("latin-1")
        return b",".join(parts[: 3 if asked in self.told.get(key, ()) else 2])

    def telling(self, send: Send, key: str) -> Send:
        """Remembers which session and which files the reader is given."""
        left = _FIRST

        async def sender(message: Message) -> None:
            nonlocal left
            if message["type"] == "websocket.send":
                content = message.get("bytes") or b""
                named = MEDIA.findall(content) if b"/media/" in content else []
                if left:
                    left -= 1
                    named += _SESSION.findall(content)
                if named:
                    self._remember(key, named)
            await send(message)

        return sender

    def _remember(self, key: str, named: list[bytes]) -> None:
        self.told.setdefault(key, set()).update(one.decode() for one in named)
        self.told.move_to_end(key)
        if len(self.told) > _READERS:
            self.sent.pop(self.told.popitem(last=False)[0], None)

    def refusal(self, scope: Scope, key: str, *, may_check: bool) -> Response | None:
        """What a reader is answered who asks for another's file, sends what they may not, or more
        than they may."""
        path: str = scope["path"]
        if (file := MEDIA.match(path.encode())) and file[1].decode() not in self.told.get(key, ()):
            return PlainTextResponse("Sidan finns inte", status_code=404)
        if not path.startswith(_UPLOADS):
            return None
        session = path.removeprefix(_UPLOADS).partition("/")[0]
        if not may_check or session not in self.told.get(key, ()):
            return PlainTextResponse("Filen togs inte emot", status_code=403)
        if scope["method"] != "PUT":
            return None
        length = Headers(scope=scope).get("content-length", "")
        if not length.isdecimal():
            return PlainTextResponse("Hur stor filen är måste anges", status_code=411)
        now = time.monotonic()
        before = self.sent.setdefault(key, deque())
        while before and now - before[0][0] > WITHIN:
            before.popleft()
        if sum(size for _, size in before) + int(length) > MOST:
            return PlainTextResponse("För många stora filer på en timme", status_code=429)
        before.append((now, int(length)))
        return None
