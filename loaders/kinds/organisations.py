"""What an organisation is that reports or receives a deviation: by its name, never by its unit."""

import re
from dataclasses import dataclass

import reference

_BREAK = re.compile(r"\s+[-–—/|]\s+|[,;:(/]")
_MUNICIPAL = frozenset({"kommun", "stad"})


@dataclass(frozen=True)
class Organisation:
    """`kind` municipality, hospital, primary_care or other; `name` the code, or a name to show."""

    kind: str
    name: str


def organisation(text: str) -> Organisation:
    """The organisation that a text names; another one than is known keeps the text as its name.

    A municipality or a hospital may be named in the genitive, and with a unit after or before it.
    """
    first, *rest = _BREAK.split(text)
    last = rest[-1] if rest else first
    words = reference.normalise(text)
    return (
        _named(words)
        or _named(reference.normalise(first), said=True)
        or _named(reference.normalise(last), said=True)
        or _known(words)
        or _named(reference.normalise(first))
        or _beginning(words)
        or Organisation("other", text.strip())
    )


def _named(words: str, *, said: bool = False) -> Organisation | None:
    """The municipality or hospital of this name, in the genitive or not.

    Where it is to be `said`, the name of a municipality alone may be that of any place in it.
    """
    for name in (words, words.removesuffix("s")):
        code = reference.municipality_names().get(name)
        if code:
            plain = said and not _MUNICIPAL & set(name.split())
            return None if plain else Organisation("municipality", code)
        if hospital := reference.hospital_names().get(name):
            return Organisation("hospital", hospital)
    return None


def _known(words: str) -> Organisation | None:
    for known in reference.organisation_names():
        if known.contains in words:
            return Organisation(known.kind, known.name)
    return None


def _beginning(words: str) -> Organisation | None:
    """The organisation whose name a longer one begins with: `Ale kommun hemsjukvård`.

    Of a municipality it must say so, since hospitals and units are named for their towns too.
    """
    parts = words.split()
    for end in range(len(parts) - 1, 0, -1):
        if named := _named(" ".join(parts[:end]), said=True):
            return named
    return _named(" ".join(parts[1:])) if parts[:1] == ["kommun"] else None
