"""The numbers that a file shows, as the file carries them: what each was, of which load, in which
version, so that it can be asked later which of them still hold.
"""

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

FORMAT = 1
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class ManifestError(ValueError):
    """A file whose numbers cannot be read; the message says in Swedish why."""


@dataclass(frozen=True, kw_only=True)
class Number:
    """A number as it was shown: None where it was hidden or missing, which `status` says.

    `loads` are those that it came of.
    """

    indicator: str
    period: str
    level: str
    place: str
    value: float | None
    status: str
    loads: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Source:
    """A load that numbers came of."""

    load_id: int
    file: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The numbers of one file, and what it is of; `version` is that of the data."""

    kind: str
    place: str
    period: str
    version: int
    made: str
    numbers: tuple[Number, ...]
    sources: tuple[Source, ...]

    # Every page and slide asks for it.
    @cached_property
    def code(self) -> str:
        """`SV-7K2M`: the same for the same numbers of the same report, for pages to carry."""
        first = bytes.fromhex(self.digest[:8])
        return "SV-" + "".join(_LETTERS[byte % len(_LETTERS)] for byte in first)

    @cached_property
    def digest(self) -> str:
        """The hash of all but when it was made."""
        return hashlib.sha256(self._json(made="").encode()).hexdigest()

    def as_json(self) -> str:
        """The manifest as text, the same for the same content."""
        return self._json()

    def _json(self, **changed: Any) -> str:
        # Its fields by hand: dataclasses.asdict copies each of hundreds of numbers.
        own = {one.name: getattr(self, one.name) for one in dataclasses.fields(self)}
        listed = {name: [vars(one) for one in own[name]] for name in ("numbers", "sources")}
        content = {"format": FORMAT, **own, **listed, **changed}
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> "Manifest":
        """The manifest of a text. Raises ManifestError for one that is none."""
        try:
            told = json.loads(text)
            if told.pop("format") != FORMAT:
                raise ManifestError("Filens förteckning är skriven av en annan version.")
            numbers = tuple(
                Number(**one | {"loads": tuple(one["loads"])}) for one in told.pop("numbers")
            )
            sources = tuple(Source(**one) for one in told.pop("sources"))
            return cls(numbers=numbers, sources=sources, **told)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise ManifestError("Filens förteckning över sina tal går inte att läsa.") from None
