"""Every request counted and, where that is asked for, told in a line: never by whom or about what.

A line has what a fault is looked for by (a number of its own, when, which kind of address, how it
ended and how long it took) and nothing of the reader: no address of theirs, no name, no query.
"""

import json
import re
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from threading import Lock

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.application import PREFIX
from ui.destinations import DESTINATIONS

NUMBER = "x-request-id"
"""The header with a request's number: the asker's own where it is one, so that both can find it."""
BOUNDS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds that answers are counted within."""
_GIVEN = re.compile(r"[0-9A-Za-z-]{8,64}")
_KNOWN = ("health", "ready", "metrics", "inloggning", "media", "static", "component", "_stcore")
_LISTS = frozenset(
    {"indicators", "places", "periods", "values", "series", "loads", "versions", "deliveries"}
)
_UPGRADED = 101
Log = Callable[[str], None]


class Counts:
    """How often each kind of address was asked for and how it ended, since the start."""

    def __init__(self) -> None:
        self._lock = Lock()
        self.ended: Counter[tuple[str, int]] = Counter()
        self.within: Counter[tuple[str, float]] = Counter()
        self.seconds: Counter[str] = Counter()
        self.open = 0

    def opened(self, by: int) -> None:
        """Count a connection of a page that opens (1) or closes (-1)."""
        with self._lock:
            self.open += by

    def add(self, route: str, status: int, seconds: float) -> None:
        """Count a request that has been answered."""
        with self._lock:
            self.ended[route, status] += 1
            self.seconds[route] += seconds  # type: ignore[assignment]
            for bound in BOUNDS:
                self.within[route, bound] += seconds <= bound

    def lines(self) -> Iterator[str]:
        """The counts in the text form of Prometheus."""
        with self._lock:
            ended, within = dict(self.ended), dict(self.within)
            seconds, still = dict(self.seconds), self.open
        yield "# HELP samverkan_requests_total Besvarade anrop."
        yield "# TYPE samverkan_requests_total counter"
        for (route, status), count in sorted(ended.items()):
            yield f'samverkan_requests_total{{route="{route}",status="{status}"}} {count}'
        yield "# HELP samverkan_request_seconds Hur lång tid anropen tog."
        yield "# TYPE samverkan_request_seconds histogram"
        for route in sorted(seconds):
            total = sum(count for (at, _), count in ended.items() if at == route)
            for bound in BOUNDS:
                told = f'samverkan_request_seconds_bucket{{route="{route}",le="{bound:g}"}}'
                yield f"{told} {within[route, bound]}"
            yield f'samverkan_request_seconds_bucket{{route="{route}",le="+Inf"}} {total}'
            yield f'samverkan_request_seconds_sum{{route="{route}"}} {seconds[route]:.6f}'
            yield f'samverkan_request_seconds_count{{route="{route}"}} {total}'
        yield "# HELP samverkan_connections Sidor som är öppna."
        yield "# TYPE samverkan_connections gauge"
        yield f"samverkan_connections {still}"


COUNTS = Counts()
"""Those of this process."""


def route_of(path: str) -> str:
    """Which kind of address a path is: one of a few, whatever is asked for."""
    first, _, rest = path.removeprefix("/").partition("/")
    if f"/{first}" == PREFIX:
        name = rest.removeprefix("v1/").partition("/")[0]
        return f"{PREFIX}/{name}" if name in _LISTS else PREFIX
    if first in _KNOWN or any(page.path == first for page in DESTINATIONS):
        return f"/{first}"
    return "other"


class Counted:
    """Gives each request its number, counts it and tells of it."""

    def __init__(self, app: ASGIApp, counts: Counts = COUNTS, log: Log | None = None) -> None:
        self.app = app
        self.counts = counts
        self.log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get(NUMBER, "")
        number = given if _GIVEN.fullmatch(given) else secrets.token_hex(8)
        page = scope["type"] == "websocket"
        status = _UPGRADED if page else 500
        started = time.monotonic()

        async def sender(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[NUMBER] = number
            await send(message)

        self.counts.opened(page)
        try:
            await self.app(scope, receive, sender)
        finally:
            self.counts.opened(-page)
            self._done(scope, number, status, time.monotonic() - started)

    def _done(self, scope: Scope, number: str, status: int, seconds: float) -> None:
        route = route_of(scope["path"])
        # How long a page was open says nothing of how quick it was.
        if scope["type"] == "http":
            self.counts.add(route, status, seconds)
        if self.log is not None:
            told = {
                "at": datetime.now().astimezone().isoformat(timespec="milliseconds"),
                "id": number,
                "method": scope.get("method", "WEBSOCKET"),
                "route": route,
                "status": status,
                "ms": round(seconds * 1000, 1),
            }
            self.log(json.dumps(told))
