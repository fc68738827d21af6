"""The address that remembers what is chosen on a page, and the bars that choose it.

What is chosen stands in the address (`?omrade=goteborg&period=2026-10&vardform=somatik`), so that
a link shows the next reader the same thing. An address that asks for what is not there gets the
nearest sensible view and a notice.
"""

from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

import reference
from charts.markup.links import ASKED
from metrics.catalogue import indicator
from swedish import typography
from swedish.periods import grain_of, period_name
from views.courses import lines

CARE_FORMS: Mapping[str, str] = {
    "alla": "Alla vårdformer",
    "somatik": "Somatik",
    "psykiatri": "Psykiatri",
}
ALL_FORUMS = "alla"
REPORT = "rapport"
VERSION = "version"
NEWEST = "nu"
"""What is chosen where no earlier version is."""
_LABELS = {
    "omrade": "Område",
    "period": "Månad",
    "vardform": "Vårdform",
    "kvartal": "Kvartal",
    "program": "Program",
    "ar": "År",
    "forum": "Forum",
    "matt": "Mått",
    "mot": "Jämför med",
}
_STEPPED = frozenset(ASKED.values())
# Lists that are long enough to be typed in.
_SEARCHED = frozenset({"omrade", "matt", "mot"})
_WIDTHS = {"omrade": 230, "vardform": 175, "program": 260, "ar": 110, "matt": 340, "mot": 230}
_WIDTH = 160
ADDRESS_SEEN = "address_seen"
_KEPT = "municipality-kept"


def shown_bar(
    options: Mapping[str, Sequence[str]], wrong: Sequence[str], *, key: str = "filters"
) -> dict[str, str]:
    """Show a bar, say what the address got `wrong`, write the address and give what is chosen."""
    if wrong:
        asked = typography.enumerate_words([_LABELS[name].lower() for name in wrong])
        shown = typography.enumerate_words([_shown(n, st.session_state[n]) for n in wrong])
        st.warning(
            f"Länken anger {asked} som inte finns här. I stället visas {shown}.",
            icon=":material/info:",
        )
    with st.container(horizontal=True, key=key, gap="small", vertical_alignment="bottom"):
        for name in options:
            st.selectbox(
                _LABELS[name],
                options[name],
                format_func=partial(_shown, name),
                key=name,
                filter_mode="contains" if name in _SEARCHED else None,
                width=_WIDTHS.get(name, _WIDTH),
            )
            if name in _STEPPED:
                _steps(name, options[name])
    chosen = {name: str(st.session_state[name]) for name in options}
    if any(st.query_params.get(name) != value for name, value in chosen.items()):
        st.query_params.update(chosen)
    st.session_state[ADDRESS_SEEN] = st.session_state.get(ADDRESS_SEEN, {}) | chosen
    return chosen


def _steps(name: str, newest_first: Sequence[str]) -> None:
    """Buttons to the period before and after, and, where an older one is shown, to the newest."""
    at = list(newest_first).index(st.session_state[name])
    newest = newest_first[0]
    for word, sign, to in (("Föregående", "left", at + 1), ("Nästa", "right", at - 1)):
        inside = 0 <= to < len(newest_first)
        st.button(
            f"{word} {_LABELS[name].lower()}",
            icon=f":material/chevron_{sign}:",
            key=f"step-{sign}-{name}",
            type="tertiary",
            disabled=not inside,
            on_click=partial(_choose, name, newest_first[to] if inside else newest),
        )
    if at > 0:
        st.button(
            f"Nyare finns: {_shown(name, newest)}",
            icon=":material/update:",
            key=f"newest-{name}",
            type="tertiary",
            on_click=partial(_choose, name, newest),
        )


def _choose(name: str, value: str) -> None:
    st.session_state[name] = value


def write_report(report: str, version: int | None) -> None:
    """Let the address say which report is chosen, and which version where it is an earlier one."""
    chosen = {REPORT: report, VERSION: NEWEST if version is None else str(version)}
    told = {name: value for name, value in chosen.items() if value != NEWEST}
    if VERSION not in told:
        st.query_params.pop(VERSION, None)
    if any(st.query_params.get(name) != value for name, value in told.items()):
        st.query_params.update(told)
    st.session_state[ADDRESS_SEEN] = st.session_state.get(ADDRESS_SEEN, {}) | chosen


def show_published(period: str) -> None:
    """Let the pages show the newest period of what was just published."""
    st.session_state[ASKED[grain_of(period)]] = period


def follow(newest: Sequence[str]) -> None:
    """Let who looks at the `newest` period, which there may be none of, look at the newest of what
    has come since."""
    for period in newest:
        name = ASKED[grain_of(period)]
        if st.session_state.get(name) == period:
            del st.session_state[name]


def adopted(options: Mapping[str, Sequence[str]]) -> list[str]:
    """Take over what the address says since it was last written; give the names it got wrong."""
    seen = st.session_state.get(ADDRESS_SEEN, {})
    wrong = []
    for name, allowed in options.items():
        asked = st.query_params.get(name)
        if asked is not None and asked != seen.get(name):
            if asked in allowed or (name == "omrade" and asked in reference.municipality_by_code()):
                st.session_state[name] = asked
            else:
                wrong.append(name)
        if name == "omrade":
            _municipality(allowed, asked=asked)
        # Also when the months have changed under a reader who has the page open.
        if st.session_state.get(name) not in allowed:
            st.session_state[name] = allowed[0]
    return wrong


def _municipality(allowed: Sequence[str], *, asked: str | None) -> None:
    """Show its area where the page has no municipalities, and it again on the next that has.

    Unless another place has been chosen or `asked` for meanwhile.
    """
    homes = reference.municipality_by_code()
    chosen = homes.get(str(st.session_state.get("omrade", "")))
    if chosen is not None and chosen.code not in allowed:
        st.session_state["omrade"] = chosen.area
        st.session_state[_KEPT] = chosen.code
    elif kept := homes.get(str(st.session_state.get(_KEPT))):
        if kept.area != st.session_state.get("omrade"):
            del st.session_state[_KEPT]
        elif kept.code in allowed:
            del st.session_state[_KEPT]
            if asked is None:
                st.session_state["omrade"] = kept.code


def _shown(name: str, value: str) -> str:
    match name:
        case "omrade":
            return place_name(value)
        case "period" | "kvartal":
            return period_name(value)
        case "vardform":
            return CARE_FORMS[value]
        case "matt":
            return indicator(value).name
        case "mot":
            return place_name(value)
        case "forum" if value == ALL_FORUMS:
            return "Alla forum"
        case _:
            return value


def place_name(place: str) -> str:
    return reference.place_name(lines.level_of(place), place)


def keep() -> None:
    """Hold on to what was chosen while a page that does not ask for it is shown.

    Before the page's own widgets: what a widget shows cannot be set once it stands there.
    """
    for name in (*_LABELS, "platser", REPORT, VERSION):
        if name in st.session_state:
            st.session_state[name] = st.session_state[name]


def report(kinds: Sequence[str], versions: Sequence[str]) -> None:
    """Take over which report and version the address names, before the page lets the reader choose
    others; say where there is no such version."""
    if VERSION in adopted({REPORT: kinds, VERSION: versions}):
        st.warning(
            "Versionen som länken anger finns inte kvar. I stället visas uppgifterna som de är nu.",
            icon=":material/info:",
        )
