"""Who asks: whoever has not signed in, where that is needed, meets nothing but the way to do so.

It stands right behind the door, before any page, websocket, download, media file or API route.
"""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from access import declared, people
from access.declared import Access, Provider, Proxy, is_this_machine
from access.rights import Act, allowed
from access.sessions import SESSIONS, Sessions
from settings import SettingsError
from ui.entry.apart import Apart
from ui.entry.door import OURS
from ui.running.condition import HEALTH, METRICS, READY
from warehouse.journal import audit, known, tokens
from warehouse.store import WarehouseError

COOKIE = "samverkan-inloggad"
# What a browser takes from the host itself alone, over TLS, and for all of it.
_HOST_ALONE = "__Host-"
PREFIX = "/inloggning"
WHO = "x-samverkan-person"
"""The header that tells the pages which session asks; whatever comes in with it is taken away."""
# What the standard calls a breach of policy.
_ENDED = 1008
# What programs may ask for with a key of theirs, wherever they are.
_OF_PROGRAMS = ("/api/", METRICS)
_OPEN = (HEALTH, READY, *(f"{PREFIX}/{way}" for way in ("", "svar", "ut", "lever", "avslutad")))


@dataclass(frozen=True)
class Asker:
    """Who asks: a person, found anew at each act; and the key of the session, if there is one.

    A program whose key is for it `measures`, and does nothing else.
    """

    person: people.Asked
    key: str = ""
    lives: Callable[[], bool] = field(default=lambda: True)
    measures: bool = False


class Gate:
    """Lets in whoever may read, and says to all that is done behind it who does it."""

    def __init__(self, app: ASGIApp, sessions: Sessions = SESSIONS) -> None:
        self.app = app
        self.sessions = sessions
        # By proxy: who has been named, and the session that they have got for it.
        self.named: dict[str, str] = {}
        self.noted = Access()
        self.apart = Apart()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        scope = {
            **scope,
            "headers": [one for one in scope["headers"] if one[0] != WHO.encode()],
        }
        if scope["path"] in _OPEN:
            await self.app(scope, receive, send)
            return
        # Somebody new is written in the journal, and the rights are read from a file.
        asker = await run_in_threadpool(self._asker, scope, headers)
        if isinstance(asker, Response):
            refusing = asker if scope["type"] == "http" else WebSocketClose()
            await refusing(scope, receive, send)
            return
        if asker.key:
            scope["headers"].append((WHO.encode(), asker.key.encode()))
            refused = self.apart.refusal(
                scope, asker.key, may_check=allowed(asker.person(), Act.CHECK)
            )
            if refused is not None:
                await refused(scope, receive, send)
                return
        if scope["type"] == "websocket":
            receive = _living(receive, send, asker)
            if asker.key:
                scope = self.apart.own(scope, asker.key)
                send = self.apart.telling(send, asker.key)
        with people.at_work(asker.person):
            await self.app(scope, receive, send)

    def _asker(self, scope: Scope, headers: Headers) -> Asker | Response:
        """Who asks, if they may read; else what they are answered."""
        try:
            access = declared.access()
            self._note(access)
            asker = self._found(access, scope, headers)
            if isinstance(asker, Response) or asker.measures:
                return asker
            person = asker.person()
            if allowed(person, Act.KEEP if scope["path"] == METRICS else Act.READ):
                return asker
        except (SettingsError, WarehouseError) as error:
            return _refusal(scope, 503, str(error))
        lacks = "har inte rätt till det här" if person.rights else "är inloggad men har ingen roll"
        return _refusal(
            scope,
            403,
            f"{person.name} {lacks}. Den som sköter samverkan ger roller i filen access.toml.",
        )

    def _note(self, access: Access) -> None:
        """Have it in the audit that the file of rights has been changed."""
        if access != self.noted:
            audit.rights(declared.fingerprint())
            self.noted = access

    def _found(self, access: Access, scope: Scope, headers: Headers) -> Asker | Response:
        scheme, _, text = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and scope["path"].startswith(_OF_PROGRAMS):
            token = tokens.of(text)
            if token is None:
                return _refusal(scope, 401, "Nyckeln gäller inte, eller inte längre.")
            measures = scope["path"] == METRICS and tokens.Scope.METRICS in token.scopes
            origin = _peer(scope)
            return Asker(lambda: tokens.person_of(text, origin=origin), measures=measures)
        if access.proxy is not None:
            return self._by_proxy(access.proxy, scope, headers)
        if access.provider is not None:
            key = cookie(headers, access.provider)
            if self.sessions.find(key, touch=True) is None:
                return _to_sign_in(scope, headers)
            return self._of_session(key)
        name = urlsplit(f"//{headers.get('host', '')}").hostname or ""
        if not (name in OURS and is_this_machine(_peer(scope))):
            return _refusal(
                scope,
                403,
                "Den som inte sitter vid datorn måste logga in. Den som sköter samverkan anger hur "
                "med [provider] eller [proxy] i filen access.toml.",
            )
        return Asker(people.local)

    def _by_proxy(self, proxy: Proxy, scope: Scope, headers: Headers) -> Asker | Response:
        if not _same(_peer(scope), proxy.address):
            return _refusal(scope, 403, "Bara proxyn som loggar in får fråga här.")
        subject = headers.get(proxy.subject_header, "").strip()
        name = headers.get(proxy.name_header, "").strip() or subject
        if not subject or len(headers.getlist(proxy.subject_header)) > 1:
            return _refusal(scope, 401, f"Proxyn säger inte i {proxy.subject_header} vem det är.")
        if subject.startswith(declared.LOCAL):
            return _refusal(scope, 403, f"Ett namn från proxyn får inte börja med {declared.LOCAL}")
        key = self.named.get(subject, "")
        if self.sessions.find(key) is None:
            mark = known.arrived(subject=subject, name=name, origin=_peer(scope))
            key = self.named[subject] = self.sessions.begin(
                subject=subject, name=name, mark=mark, origin=_peer(scope)
            )
        return self._of_session(key)

    def _of_session(self, key: str) -> Asker:
        return Asker(
            person=lambda: self.sessions.person(key),
            key=key,
            lives=lambda: self.sessions.find(key, touch=True) is not None,
        )


def cookie_name(provider: Provider) -> str:
    """What the cookie of a session is called: behind TLS no other host can have set it."""
    return f"{_HOST_ALONE}{COOKIE}" if provider.address.startswith("https:") else COOKIE


def cookie(headers: Headers, provider: Provider) -> str:
    """The key of the session that the browser has kept, empty where it has none."""
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(cookie_name(provider))
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _same(address: str, other: str) -> bool:
    try:
        return ipaddress.ip_address(address) == ipaddress.ip_address(other)
    except ValueError:
        return False


def _peer(scope: Scope) -> str:
    client = scope.get("client")
    return str(client[0]) if client else ""


def _living(receive: Receive, send: Send, asker: Asker) -> Receive:
    """Ends the connection at the first message after the session, or the right to read, has."""

    async def receiver() -> Message:
        message = await receive()
        if message["type"] != "websocket.receive" or await run_in_threadpool(_still, asker):
            return message
        await send({"type": "websocket.close", "code": _ENDED})
        return {"type": "websocket.disconnect", "code": _ENDED}

    return receiver


def _still(asker: Asker) -> bool:
    try:
        return asker.lives() and allowed(asker.person(), Act.READ)
    except SettingsError:
        return False


def _to_sign_in(scope: Scope, headers: Headers) -> Response:
    """A reader who follows a link is led to signing in; a program is told."""
    navigates = headers.get("sec-fetch-mode", "navigate") == "navigate"
    if scope["type"] == "http" and navigates and "text/html" in headers.get("accept", ""):
        wanted = scope["path"]
        if scope["query_string"]:
            wanted += f"?{scope['query_string'].decode('latin-1')}"
        return RedirectResponse(f"{PREFIX}/?till={quote(wanted)}", status_code=302)
    return _refusal(scope, 401, "Logga in först.")


def _refusal(scope: Scope, status: int, text: str) -> Response:
    if scope["path"].startswith("/api/"):
        return JSONResponse(
            {"type": "about:blank", "title": text, "status": status, "detail": text},
            status_code=status,
            media_type="application/problem+json",
        )
    return PlainTextResponse(text, status_code=status)
