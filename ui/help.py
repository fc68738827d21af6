"""Help for the page that one looks at: its part of the user's guide, in the app."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import streamlit as st

from ui.destinations import Destination

GUIDE = Path(__file__).parents[1] / "docs" / "anvandarguide.md"
_HEAD = re.compile(r"^#{2,3} (.+)$", re.MULTILINE)
# A link from the guide to its neighbours leads nowhere in the app.
_NEIGHBOUR = re.compile(r"\[([^\]]+)\]\((?!https?:)[^)]*\)")
_ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def button(place: Destination) -> None:
    """A way to the page's help, at the head of every page."""
    with st.container(key="help"):
        if st.button("Hjälp", icon=":material/help:", type="tertiary", key="help-open"):
            _dialog(place)


@st.dialog("Hjälp", width="large")
def _dialog(place: Destination) -> None:
    st.markdown(told(place.title, place.help))


def told(title: str, sections: Iterable[str]) -> str:
    """What the guide says of the page called `title`: its line, and `sections` by their heads.

    Raises KeyError for what the guide does not have.
    """
    parts = [f"**{title}**: {_lines()[title]}."]
    parts += [f"## {head}\n\n{_sections()[head]}" for head in sections]
    return "\n\n".join(parts)


@cache
def _sections() -> Mapping[str, str]:
    """The text below each of the guide's heads, up to the next one."""
    _, *pieces = _HEAD.split(_NEIGHBOUR.sub(r"\1", GUIDE.read_text(encoding="utf-8")))
    return {head: text.strip() for head, text in zip(pieces[::2], pieces[1::2], strict=True)}


@cache
def _lines() -> Mapping[str, str]:
    """What each page shows, from the guide's table of pages."""
    return dict(_ROW.findall(_sections()["Sidorna"]))
