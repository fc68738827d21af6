"""The values of a choice or a category, as they may be written."""

from collections.abc import Mapping

import reference
from loaders.declaration import Column
from swedish import typography


def allowed(column: Column) -> list[str]:
    """The values of a choice or a category as they may be written, in the alphabet's order."""
    own = column.kind.category
    spellings = column.spellings if own else column.choices or {}
    names = {_spelling(spellings, value, own=own) for value in spellings.values()}
    return sorted(names, key=typography.sort_key)


def _spelling(spellings: Mapping[str, str], value: str, *, own: bool) -> str:
    """A text that is read as the value: its `own` name, or else the first that is listed."""
    if own and spellings.get(reference.normalise(value)) == value:
        return value[:1].upper() + value[1:]
    first = next(text for text, meaning in spellings.items() if meaning == value)
    return first[:1].upper() + first[1:]
