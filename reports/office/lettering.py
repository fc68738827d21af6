"""How wide words are in the fonts of office documents, without asking the fonts."""

from functools import lru_cache

_POINTS = 72
_WIDE, _NARROW = "mMWwÅ%@", "iljtfrI.,:-' "


# A long table has the same words again and again.
@lru_cache(maxsize=4096)
def word_width(word: str, size: float) -> float:
    """The width in inches of a word in bold Arial of so many points, a little generous."""
    wide, narrow = (sum(letter in letters for letter in word) for letters in (_WIDE, _NARROW))
    plain = len(word) - wide - narrow
    return (0.9 * wide + 0.37 * narrow + 0.64 * plain) * size / _POINTS
