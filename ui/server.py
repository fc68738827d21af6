"""The web server around the dashboard: language, security headers, health and who may connect."""

import base64
import hashlib
import re
import socket
from importlib.resources import files
from pathlib import Path

import streamlit as st
import uvicorn
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from access import people
from api.addresses import Addresses
from api.application import PREFIX
from api.application import application as api
from ui import style
from ui.entry import gate
from ui.entry.door import Door, Patient
from ui.entry.gate import Gate
from ui.entry.people import here
from ui.entry.refusals import InSwedish
from ui.entry.signing_in import SigningIn
from ui.running import condition
from ui.running.counted import Counted, Log
from ui.running.held_back import HeldBack
from ui.shown import warming

TITLE = "samverkan"
DASHBOARD = Path(__file__).resolve().parents[1] / "dashboard.py"
# Streamlit and the API answer these themselves; everything else that is HTML is the empty shell of
# the dashboard.
NOT_PAGES = (f"{PREFIX}/", f"{gate.PREFIX}/", "/_stcore/", "/component/", "/media/", "/static/")
# Otherwise Streamlit looks for its server under each page's own path first, in vain.
FIND_SERVER = "<script>window.__streamlit = {BACKEND_BASE_URL: window.location.origin}</script>"
SCRIPTS = tuple(
    Path(__file__).with_name(name)
    for name in ("labels.js", "roles.js", "hands.js", "order.js", "take.js", "signed_in.js")
)
OURS = "".join(f'<script src="./{script.name}" defer></script>' for script in SCRIPTS)
NO_SCRIPT = "<noscript><p>samverkan behöver JavaScript för att visa sidan.</p></noscript>"


def shell(html: str) -> str:
    """Streamlit's index.html in Swedish: language, title, and text for browsers without scripts."""
    html = html.replace("<head>", f"<head>{FIND_SERVER}{OURS}")
    html = html.replace("</body>", f"{style.LINK}</body>")
    html = html.replace('<html lang="en">', '<html lang="sv">')
    html = re.sub(r"<title>.*?</title>", f"<title>{TITLE}</title>", html)
    html = re.sub(r"\s*<link rel=\"service-desc\"[^>]*>", "", html)
    return re.sub(r"<noscript>.*?</noscript>", NO_SCRIPT, html, flags=re.DOTALL)


def security_headers(html: str) -> dict[str, str]:
    """Headers for every answer; only the inline scripts of `html` are allowed, by their hash."""
    inline = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline]
    policy = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *(f"'sha256-{digest}'" for digest in digests)]),
        # Streamlit's components and plotly write their styles into the page.
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "media-src": "'self' blob:",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "worker-src": "'self' blob:",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


class Dressed:
    """Sends every answer out with our headers, and each page as ours."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.html = shell((files(st) / "static" / "index.html").read_text(encoding="utf-8"))
        self.headers = security_headers(self.html)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        sender = send if scope["type"] == "lifespan" else self._sender(scope, send)
        await self.app(scope, receive, sender)

    def _sender(self, scope: Scope, send: Send) -> Send:
        body: bytes | None = None

        async def sender(message: Message) -> None:
            nonlocal body
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if _is_shell(scope, message):
                    body = self.html.encode()
                    for name in ("content-encoding", "etag", "last-modified"):
                        del headers[name]
                    headers["content-length"] = str(len(body))
                headers.update(self.headers)
            elif body is not None and message["type"] == "http.response.body":
                if message.get("more_body"):
                    return
                message = {**message, "body": b"" if scope["method"] == "HEAD" else body}
            await send(message)

        return sender


def _is_shell(scope: Scope, message: Message) -> bool:
    kind = Headers(raw=message["headers"]).get("content-type", "")
    is_page = not scope["path"].startswith(NOT_PAGES)
    return is_page and message["status"] == 200 and kind.startswith("text/html")


def _script(request: Request) -> FileResponse:
    path = next(one for one in SCRIPTS if one.name == request.url.path.rpartition("/")[2])
    return FileResponse(path, headers={"Cache-Control": "no-cache"})


def _style(_: Request) -> Response:
    return Response(style.sheet(), media_type="text/css", headers={"Cache-Control": "no-cache"})


def application(*, log: Log | None = None) -> st.App:
    """The dashboard as an ASGI application; `log` is told of each request in a line of JSON."""
    # Streamlit takes a folder called pages for its older navigation until a page has been shown,
    # and would tell the first reader who follows a link that the page does not exist.
    PagesManager.uses_pages_directory = False
    return st.App(
        DASHBOARD,
        routes=[
            *condition.routes(),
            *(Route(f"/{script.name}", _script) for script in SCRIPTS),
            Route(style.PATH, _style),
            *SigningIn().routes(),
            Mount(PREFIX, api()),
        ],
        middleware=[
            Middleware(Counted, log=log),
            Middleware(Dressed),
            Middleware(HeldBack),
            Middleware(Door),
            Middleware(Gate),
            Middleware(Addresses, prefix=PREFIX),
            Middleware(InSwedish),
        ],
    )


def serve(*, host: str = "127.0.0.1", port: int = 8501, log: Log | None = None) -> None:
    """Serves the dashboard until it is stopped; `log` is told of each request in a line of JSON.

    Raises OSError where the port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as listener:
        name = f"[{host}]" if ":" in host else host
        print(f"samverkan visas på http://{name}:{port} – avsluta med Ctrl+C", flush=True)
        config = uvicorn.Config(
            application(log=log),
            http=Patient,
            log_level="warning",
            access_log=False,
            # Who asks is told by the connection, never by a header that anybody may send.
            proxy_headers=False,
            server_header=False,
        )
        with people.otherwise(here), warming.kept_ready():
            uvicorn.Server(config).run(sockets=[listener])
