"""What an organisation is that reports or receives a deviation: by its name, never by its unit."""

import re
from dataclasses import dataclass

import reference

_BREAK = re.compile(r"\s+[-–—/|]\s+|[,;:(/]")


@dataclass(frozen=True)
class Organisation:
    """`kind` municipality, hospital, primary_care or other; `name` the code, or a name to show."""

    kind: str
    name: str


def organisation(text: str) -> Organisation:
    """The organisation that a text names; another one than is known keeps the text as its name.

    A municipality or a hospital may be named in the genitive, and with a unit after it.
    """
    for part in (text, *_BREAK.split(text, maxsplit=1)[:1]):
        words = reference.normalise(part)
        for name in (words, words.removesuffix("s")):
            if code := reference.municipality_names().get(name):
                return Organisation("municipality", code)
            if hospital := reference.hospital_names().get(name):
                return Organisation("hospital", hospital)
    words = reference.normalise(text)
    for known in reference.organisation_names():
        if known.contains in words:
            return Organisation(known.kind, known.name)
    return Organisation("other", text.strip())
