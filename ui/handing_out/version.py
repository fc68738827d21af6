"""Which version of the data a hand-out is made of: the one in force, or an earlier one."""

from collections.abc import Sequence

import streamlit as st

from metrics import loaded
from ui import address
from warehouse import store

_NEWEST = address.NEWEST
_WIDTH = 420


def offered() -> list[str]:
    """The one in force, then those that are kept, the newest first."""
    earlier = [number for number in reversed(loaded.kept()) if number != loaded.version()]
    return [_NEWEST, *map(str, earlier)]


def chosen(versions: Sequence[str]) -> int | None:
    """The version that the reader chooses, None for the one in force; asked where there are any."""
    if len(versions) == 1:
        return None
    number = st.selectbox(
        "Uppgifter",
        versions,
        format_func=_named,
        key=address.VERSION,
        help="Som det var känt i en äldre version. Rapporten säger det först.",
        width=_WIDTH,
    )
    return None if number == _NEWEST else int(number)


def _named(number: str) -> str:
    return "Som de är nu" if number == _NEWEST else store.described(int(number))
