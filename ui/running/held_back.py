"""What readers get instead of pages and answers while what may be shown is chosen anew."""

from http import HTTPStatus

from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from api.application import PREFIX
from pipeline import renewing
from ui.running.condition import HEALTH, METRICS, READY

_OPEN = (HEALTH, READY, METRICS)
_AGAIN = 3
_TRY_AGAIN_LATER = 1013
_UNDER_WAY = (
    "Reglerna för vad som får visas har ändrats, så det som ska döljas väljs på nytt. Det tar "
    "någon minut, och inga tal visas förrän det är klart. Sidan öppnas sedan av sig själv. Dröjer "
    "det längre står skälet där samverkan startades. Ingenting har gått förlorat."
)
_FAILED = (
    "Reglerna för vad som får visas har ändrats, men det gick inte att välja på nytt vad som ska "
    "döljas, så inga tal visas. Ingenting har gått förlorat. Den som sköter samverkan ser varför "
    "där det startades, kan pröva datalagret med samverkan verify och starta igen."
)
_PAGE = """<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><title>samverkan</title>
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="{again}">
<style>:root {{color-scheme: light dark}}
body {{font: 18px/1.5 system-ui, sans-serif; max-width: 34em; margin: 15vh auto; padding: 0 1.5em}}
</style></head>
<body><main><h1>{head}</h1><p role="status">{told}</p></main></body></html>
"""


class HeldBack:
    """Answers in words while what is in force is hidden by older rules; else it does nothing."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        lets_by = scope["type"] == "lifespan" or scope["path"] in _OPEN
        if lets_by or not renewing.is_under_way():
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(_TRY_AGAIN_LATER)(scope, receive, send)
        else:
            await _answer(scope["path"])(scope, receive, send)


def _answer(path: str) -> Response:
    failed = renewing.has_failed()
    told = _FAILED if failed else _UNDER_WAY
    status = HTTPStatus.SERVICE_UNAVAILABLE
    headers = {"Retry-After": str(_AGAIN), "Cache-Control": "no-store"}
    if path.startswith(f"{PREFIX}/"):
        return JSONResponse(
            {"title": "Inga tal visas just nu", "status": status, "detail": told},
            status_code=status,
            headers=headers,
            media_type="application/problem+json",
        )
    head = "Inga tal visas" if failed else "Räknar om vad som får visas"
    page = _PAGE.format(again=_AGAIN, head=head, told=told)
    return HTMLResponse(page, status_code=status, headers=headers)
