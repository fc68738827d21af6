"""What Streamlit and the web server refuse in English, said in Swedish."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_REFUSED = 400
_SAID = {
    403: "Det är inte tillåtet",
    404: "Sidan finns inte",
    405: "Det går inte att göra så med den här adressen",
    500: "Programmet gjorde fel",
}
NOT_UNDERSTOOD = "Anropet kan inte tolkas"


class InSwedish:
    """Says the plain refusals of what is within in Swedish; others have words of their own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, _sender(send) if scope["type"] == "http" else send)


def _sender(send: Send) -> Send:
    said = b""

    async def sender(message: Message) -> None:
        nonlocal said
        if message["type"] == "http.response.start" and message["status"] >= _REFUSED:
            headers = MutableHeaders(scope=message)
            if headers.get("content-type", "text/plain").startswith("text/plain"):
                said = _SAID.get(message["status"], NOT_UNDERSTOOD).encode()
                headers["content-type"] = "text/plain; charset=utf-8"
                headers["content-length"] = str(len(said))
        elif said:
            message = {**message, "body": b"" if message.get("more_body") else said}
        await send(message)

    return sender
