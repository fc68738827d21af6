"""Whether a text is Swedish: each of its words in a dictionary, or in a list of the field's own."""

import getpass
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

from spylls.hunspell import Dictionary

import reference
from charts.markup.tiles import short_names

_OWN = Path(__file__).parent / "data" / "words.txt"
# A name of a file, an address, a version, a command, a report's code: nothing that is said.
_NO_WORDS = re.compile(r"\S*[\w)](?:[._/\\@=]|://)\w\S*|`[^`]*`|--[\w-]+|\bSV-\w{4}\b")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
# Words that the dictionary has, as loans or for other things, and only English sentences need.
_ENGLISH = """
access action an and apps as ask back be community dialog don feature from get given has is it less
light like limitations look make must not option options or page pages press public rating recent
same show still support take valid
"""


@cache
def _dictionary() -> Dictionary:
    return Dictionary.from_files(str(files("spylls.hunspell") / "data" / "sv" / "sv_SE"))


@cache
def _own() -> frozenset[str]:
    """The words of the list, and the names of places, of organisations and of who loaded."""
    listed = {
        word
        for line in _OWN.read_text(encoding="utf-8").splitlines()
        for word in line.partition("#")[0].split()
    }
    named = [
        *(home.name for home in reference.municipalities()),
        *(area.name for area in reference.areas()),
        *(part for one in reference.hospitals() for part in (one.name, one.short_name)),
        *short_names([home.name for home in reference.municipalities()]).values(),
        getpass.getuser(),
    ]
    return frozenset(listed | set(_WORD.findall(" ".join(named))))


@cache
def _english() -> frozenset[str]:
    return frozenset(_ENGLISH.split())


@cache
def _is_swedish(word: str) -> bool:
    if word in _own() or word.lower() in _own():
        return True
    if word.lower() in _english():
        return False
    return bool(_dictionary().lookup(word))


def not_swedish(text: str) -> list[str]:
    """The words of `text` that are none, each with the line where it stands first."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        for word in _WORD.findall(_NO_WORDS.sub(" ", line)):
            if not _is_swedish(word):
                found.setdefault(word, line.strip()[:120])
    return [f"{word}: {line}" for word, line in found.items()]
