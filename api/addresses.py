"""Addresses that no program means: told so as any other fault, before anything tries to read them.

What leads out of where it is, and what cannot be printed, finds no route, and whatever stands
beside the API would answer it with a page or a word in English.
"""

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import Refused, told

_UNPRINTED = re.compile(r"[\x00-\x1f\x7f]")
_OUT = re.compile(r"(^|[/\\])\.\.([/\\]|$)")


class Addresses:
    """Answers what is asked of the API, at `prefix`, by an address that cannot be one of its."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self.app = app
        self.prefix = f"{prefix}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        answering = self.app
        if scope["type"] == "http" and path.startswith(self.prefix) and _is_none(path):
            answering = told(_FAULT.problem)
        await answering(scope, receive, send)


_FAULT = Refused(
    400,
    "fel-adress",
    "Adressen går inte att förstå",
    "Adressen har en radbrytning, ett styrtecken eller ledet '..', och finns inte. Se /api/v1/.",
)


def _is_none(path: str) -> bool:
    return bool(_UNPRINTED.search(path) or _OUT.search(path))
