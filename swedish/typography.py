"""Swedish typography: numbers, sorting, plurals and enumerations.

Only the standard library, so that the command line can import it without a wait.
"""

import math
import re
import unicodedata
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

NO_VALUE = "–"
MOST_NAMES = 3
"""How many are named in a sentence before they are counted instead."""
_NO_BREAK_SPACE = "\u00a0"
_MINUS = "\u2212"

# Å, Ä and Ö follow Z; Danish and German letters sort as the Swedish ones they stand for.
_ALPHABET = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ü": "y"})


# A table has the same numbers again a month later, and in the tables of other places.
@lru_cache(maxsize=16384)
def number(value: float | Decimal | None, decimals: int) -> str:
    """`1 234,5`: no-break space groups, decimal comma, a true minus, halves rounded up.

    None, NaN and infinities give an en dash: there is no value to show.
    """
    if value is None or not math.isfinite(value):
        return NO_VALUE
    rounded = _rounded(value, decimals)
    text = f"{rounded.copy_abs():,f}".replace(",", _NO_BREAK_SPACE).replace(".", ",")
    return f"{_MINUS}{text}" if rounded < 0 else text


def kronor(value: float | Decimal | None) -> str:
    """`275 000 kr`, whole kronor, unbroken; an en dash where there is no amount."""
    text = number(value, 0)
    return text if text == NO_VALUE else f"{text}{_NO_BREAK_SPACE}kr"


def thousands_together(text: str) -> str:
    """The text with its numbers in one piece: `per 1 000 invånare` is not broken after the 1."""
    return re.sub(r"(?<=\d) (?=\d{3}\b)", "\u00a0", text)


# Lists of places sort the same names again and again.
@lru_cache(maxsize=4096)
def sort_key(text: str) -> str:
    """A key that sorts in the order of the Swedish alphabet: å, ä and ö last, case and accents
    aside."""
    letters = unicodedata.normalize("NFC", text).casefold().translate(_ALPHABET)
    plain = unicodedata.normalize("NFD", letters)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def plural(count: int, one: str, many: str) -> str:
    """`1 kommun`, `5 kommuner`, `0 kommuner`."""
    return f"{number(count, 0)} {one if count == 1 else many}"


def enumerate_words(words: Sequence[str]) -> str:
    """`a, b och c`; empty text for no words."""
    *head, last = words or [""]
    return f"{', '.join(head)} och {last}" if head else last


def _rounded(value: float | Decimal, decimals: int) -> Decimal:
    # A value's own digits, not its binary neighbour, decide: 2.675 is 2,68 as in a spreadsheet.
    exact = Decimal(value if isinstance(value, int | Decimal) else repr(float(value)))
    # The default precision refuses very long numbers.
    precision = max(28, exact.adjusted() + decimals + 2)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, Context(precision))
