"""The addresses that a reader signs in and out by."""

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from urllib.parse import parse_qs

import jinja2
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from access import declared, provider
from access.declared import Provider
from access.people import Person
from access.provider import Begun, Identity, SignInError
from access.sessions import SESSIONS, Sessions
from settings import SettingsError
from swedish import typography
from ui.entry.gate import PREFIX, cookie, cookie_name
from warehouse.journal import known
from warehouse.store import WarehouseError

_BEGUN = "samverkan-loggar-in"
_LASTS = 600.0
_MOST = 2000
# Bytes of what a provider says when somebody has signed out there.
_LARGEST_WORD = 20_000


@dataclass(frozen=True)
class _Waiting:
    """A sign-in that waits for the provider's answer, in the browser that has the token."""

    begun: Begun
    browser: str
    wanted: str
    at: float


class SigningIn:
    """Signing in and out, with the sign-ins that wait for their answers."""

    def __init__(self, sessions: Sessions = SESSIONS) -> None:
        self.sessions = sessions
        self.waiting: OrderedDict[str, _Waiting] = OrderedDict()

    def routes(self) -> list[Route]:
        """The addresses; the gate leaves them open."""
        return [
            Route(f"{PREFIX}/", self.begin),
            Route(provider.RETURN, self.finish),
            Route(f"{PREFIX}/ut", self.end),
            Route(f"{PREFIX}/lever", self.lives),
            Route(f"{PREFIX}/avslutad", self.ended, methods=["POST"]),
        ]

    def begin(self, request: Request) -> Response:
        """Send the reader to the provider."""
        try:
            if (chosen := declared.access().provider) is None:
                return RedirectResponse("/", status_code=302)
            begun = provider.begin(chosen)
        except (SignInError, SettingsError) as error:
            return _failed(error)
        browser = secrets.token_urlsafe(24)
        wanted = _own(request.query_params.get("till", "/"))
        self.waiting[begun.state] = _Waiting(begun, browser, wanted, time.monotonic())
        while len(self.waiting) > _MOST:
            self.waiting.popitem(last=False)
        answer = RedirectResponse(begun.url, status_code=302)
        _set(answer, chosen, _BEGUN, browser, lasts=int(_LASTS))
        return answer

    def finish(self, request: Request) -> Response:
        """Let in whom the provider vouches for; it counts once, in the browser that asked."""
        asked = request.query_params
        waiting = self.waiting.pop(asked.get("state", ""), None)
        mine = request.cookies.get(_BEGUN, "")
        try:
            chosen = declared.access().provider
            if chosen is None or waiting is None or time.monotonic() - waiting.at > _LASTS:
                raise SignInError("Inloggningen är redan använd eller för gammal. Börja om.")
            if not secrets.compare_digest(waiting.browser.encode(), mine.encode()):
                raise SignInError("Inloggningen började i en annan webbläsare. Börja om här.")
            if asked.get("iss", chosen.issuer) != chosen.issuer:
                raise SignInError("Svaret kommer från en annan inloggningstjänst.")
            if "code" not in asked:
                raise SignInError("Inloggningen avbröts hos inloggningstjänsten. Försök igen.")
            identity = self._vouched(chosen, waiting.begun, request)
            key = self._begun(chosen, identity, request)
        except (SignInError, SettingsError, WarehouseError) as error:
            return _failed(error)
        self.sessions.end(cookie(request.headers, chosen))
        answer = RedirectResponse(waiting.wanted, status_code=303)
        answer.delete_cookie(_BEGUN)
        _set(answer, chosen, cookie_name(chosen), key, lasts=chosen.absolute_hours * 3600)
        return answer

    def _vouched(self, chosen: Provider, begun: Begun, request: Request) -> Identity:
        """Whom the provider vouches for; that it did not is written in the audit."""
        try:
            return provider.finish(chosen, begun, code=request.query_params["code"])
        except SignInError as error:
            origin = request.client.host if request.client else ""
            known.turned_away(str(error), origin=origin)
            raise

    def _begun(self, chosen: Provider, identity: Identity, request: Request) -> str:
        origin = request.client.host if request.client else ""
        return self.sessions.begin(
            subject=identity.subject,
            name=identity.name,
            mark=known.arrived(subject=identity.subject, name=identity.name, origin=origin),
            origin=origin,
            groups=identity.groups,
            id_token=identity.id_token,
            idle=chosen.idle_minutes * 60,
            absolute=chosen.absolute_hours * 3600,
            sub=identity.sub,
            sid=identity.sid,
        )

    def end(self, request: Request) -> Response:
        """Sign the reader out, here and at the provider, or end another session of theirs; it takes
        a press of a button.

        What a button sends only who has the cookie can know. A form that is posted would come
        without an origin, since our pages tell nobody where readers come from.
        """
        asked = request.query_params
        try:
            if (chosen := declared.access().provider) is None:
                return RedirectResponse("/", status_code=302)
            key = cookie(request.headers, chosen)
            for other in self.sessions.others(key):
                if _same(asked.get("avsluta", ""), _proof(key, other.named)):
                    self.sessions.end_other(key, other.named)
                    known.left(self.sessions.person(key))
            if not _same(asked.get("ja", ""), _proof(key, "ut")):
                return self._asking(key)
            person = self.sessions.person(key)
            ended = self.sessions.end(key)
            if ended is not None:
                known.left(person)
            onward = provider.sign_out(chosen, ended.id_token) if ended else ""
        except (SettingsError, WarehouseError) as error:
            return _failed(error)
        answer = _page("Du är utloggad", "", onward=onward, leads="Logga in igen")
        safe = chosen.address.startswith("https:")
        answer.delete_cookie(cookie_name(chosen), secure=safe, httponly=True, samesite="lax")
        return answer

    def _asking(self, key: str) -> Response:
        """The page that asks, with the other places where the reader is signed in."""
        others = [
            (
                f"Från {one.origin or 'okänd adress'}, inloggad för {_ago(one.age)} sedan, senast "
                f"använd för {_ago(one.unused)} sedan",
                _proof(key, one.named),
            )
            for one in self.sessions.others(key)
        ]
        return _page(
            "Logga ut",
            "Det du har skrivit är sparat som utkast.",
            proof=_proof(key, "ut"),
            others=others,
            leads="Tillbaka till sidorna",
        )

    async def ended(self, request: Request) -> Response:
        """End the sessions of whoever has signed out at the provider, by its own signed word."""
        sent = b""
        async for chunk in request.stream():
            sent += chunk
            if len(sent) > _LARGEST_WORD:
                return Response(status_code=413)
        token = parse_qs(sent.decode("latin-1")).get("logout_token", [""])[0]
        return await run_in_threadpool(self._ended, token)

    def _ended(self, token: str) -> Response:
        headers = {"Cache-Control": "no-store"}
        try:
            chosen = declared.access().provider
            if chosen is None:
                raise SignInError("Ingen loggar in här.")
            sub, sid = provider.signed_out(chosen, token)
            for session in self.sessions.end_of(sub=sub, sid=sid):
                who = Person(subject=session.subject, name=session.name, mark=session.mark)
                known.left(replace(who, origin="inloggningstjänsten"))
        except (SignInError, SettingsError, WarehouseError) as error:
            told = {"error": "invalid_request", "error_description": str(error)}
            return JSONResponse(told, status_code=400, headers=headers)
        return Response(status_code=200, headers=headers)

    def lives(self, request: Request) -> Response:
        """Whether the reader is still signed in; to ask keeps nobody signed in."""
        try:
            chosen = declared.access().provider
        except SettingsError:
            return JSONResponse({"signs_in": True}, status_code=503)
        gone = (
            chosen is not None
            and self.sessions.find(cookie(request.headers, chosen), touch=False) is None
        )
        return JSONResponse({"signs_in": chosen is not None}, status_code=401 if gone else 200)


def _set(answer: Response, chosen: Provider, name: str, value: str, *, lasts: int) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=lasts,
        httponly=True,
        samesite="lax",
        secure=chosen.address.startswith("https:"),
    )


def _proof(key: str, what: str) -> str:
    """What only who has the key of a session can send, for one thing."""
    return hashlib.sha256(f"{what} {key}".encode()).hexdigest()


def _same(sent: str, proof: str) -> bool:
    return secrets.compare_digest(sent.encode(), proof.encode())


def _ago(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 1:
        return "mindre än en minut"
    if minutes < 120:
        return typography.plural(minutes, "minut", "minuter")
    return typography.plural(minutes // 60, "timme", "timmar")


def _own(path: str) -> str:
    """A path of our own to go on to, whatever was asked for."""
    strange = not path.startswith("/") or path.startswith(("//", f"{PREFIX}/"))
    return "/" if strange or "\\" in path or not path.isprintable() else path


def _failed(error: Exception) -> Response:
    return _page("Det gick inte att logga in", str(error), leads="Försök igen", status=403)


def _page(
    title: str,
    text: str,
    *,
    leads: str,
    proof: str = "",
    others: Sequence[tuple[str, str]] = (),
    onward: str = "",
    status: int = 200,
) -> Response:
    html = _template().render(
        title=title, text=text, link="/", leads=leads, proof=proof, others=others, onward=onward
    )
    return HTMLResponse(html, status_code=status, headers={"Cache-Control": "no-store"})


@cache
def _template() -> jinja2.Template:
    text = files("ui.entry").joinpath("signing_in.html").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(text)
