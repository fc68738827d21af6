"""Asking an API politely: within what it allows, and never past an answer that is not one."""

import json
import time
from collections.abc import Mapping
from typing import Any

import requests

from sources.declaration import Source, SourceError
from sources.remote import TooLarge, refuse_large

_TRIES = 3
# Seconds to wait where a busy server does not say how long.
_PAUSE = 5.0
_BUSY = frozenset({429, 503})
_FAULTY = frozenset({500, 502, 504})
_CHUNK = 1 << 16


class Asking:
    """An API that is asked with GET, or with POST where there is a body to send.

    `calls` in `seconds` is how often it lets itself be asked, where it says so.
    """

    def __init__(self, source: Source, session: requests.Session) -> None:
        self._source = source
        self._session = session
        self._gap = 0.0
        self._last = 0.0

    def space(self, *, calls: int, seconds: float) -> None:
        """Ask no more often than so many times in so many seconds; zero says nothing.

        Raises SourceError where that is longer to wait than the source may be silent.
        """
        self._gap = seconds / calls if calls > 0 and seconds > 0 else 0.0
        if self._gap > self._source.timeout_seconds:
            raise SourceError(
                f"Servern tar emot en fråga på {self._gap:.0f} sekunder, mer sällan än "
                f"timeout_seconds ({self._source.timeout_seconds:.0f}). Ingenting har lästs in."
            )

    def ask(self, url: str, *, body: Mapping[str, Any] | None = None) -> tuple[bytes, Any]:
        """The answer as it came, and what it says.

        Raises SourceError for anything but a whole answer in JSON.
        """
        for tried in range(1, _TRIES + 1):
            self._wait()
            with self._session.request(
                "POST" if body is not None else "GET",
                url,
                json=body,
                stream=True,
                timeout=self._source.timeout_seconds,
                allow_redirects=False,
            ) as answer:
                if answer.status_code in _BUSY | _FAULTY and tried < _TRIES:
                    time.sleep(self._pause(answer))
                    continue
                return self._read(answer)
        raise AssertionError("the last try gives an answer or raises")

    def _wait(self) -> None:
        time.sleep(max(0.0, self._last + self._gap - time.monotonic()))
        self._last = time.monotonic()

    def _pause(self, answer: requests.Response) -> float:
        told = answer.headers.get("Retry-After", "")
        # Longer than this and the source would be taken for silent.
        longest = self._source.timeout_seconds / 3
        return min(float(told) if told.isdigit() else max(_PAUSE, self._gap), longest)

    def _read(self, answer: requests.Response) -> tuple[bytes, Any]:
        if not answer.ok or answer.is_redirect:
            raise SourceError(_refusal(answer))
        content = b""
        try:
            for chunk in answer.iter_content(_CHUNK):
                content += chunk
                refuse_large(len(content))
        except TooLarge as error:
            raise SourceError(str(error)) from error
        try:
            return content, json.loads(content)
        except (ValueError, RecursionError) as error:
            raise SourceError(
                f"Svaret på {answer.url} är inte hel JSON. Ingenting har lästs in."
            ) from error


def _refusal(answer: requests.Response) -> str:
    match answer.status_code:
        case 429:
            why = (
                "servern har fått för många frågor (429) och vill vänta; den frågas igen nästa gång"
            )
        case 403:
            why = "servern nekar (403): frågan är för stor, eller får inte ställas"
        case 404:
            why = "det som frågas efter finns inte (404); pröva raderna i sources.toml"
        case status if answer.is_redirect:
            why = f"servern hänvisar till en annan adress ({status}), som inte följs"
        case status:
            why = f"servern svarar {status}"
    return f"{answer.url}: {why}. Ingenting har lästs in."
