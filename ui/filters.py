"""The filter bars that pages share, and the address that remembers them.

What is chosen stands in the address (`?omrade=goteborg&period=2026-10&vardform=somatik`), so that
a link shows the next reader the same thing. An address that asks for what is not there gets the
nearest sensible view and a notice.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

import reference
from charts.markup.links import ASKED
from metrics.catalogue import Indicator, indicator
from swedish import typography
from swedish.periods import grain_of, period_name
from views.compare import level_of

CARE_FORMS: Mapping[str, str] = {
    "alla": "Alla vårdformer",
    "somatik": "Somatik",
    "psykiatri": "Psykiatri",
}
ALL_FORUMS = "alla"
REPORT = "rapport"
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
_ADDRESS_SEEN = "address_seen"
_CHOSEN = "filters"


@dataclass(frozen=True)
class Filters:
    """What the reader looks at: a place's key, a month, and a form of care.

    `area` is the county's key, an area's or, where the page has them, a municipality's code.
    """

    area: str
    period: str
    care_form: str

    @property
    def area_name(self) -> str:
        """The name of the place."""
        return _place_name(self.area)


@dataclass(frozen=True)
class MonthFilters:
    """An area's key or the county's, and a month."""

    area: str
    period: str

    @property
    def area_name(self) -> str:
        """The name of the place."""
        return _place_name(self.area)


@dataclass(frozen=True)
class QuarterFilters:
    """An area's key or the county's, and a quarter."""

    area: str
    quarter: str

    @property
    def area_name(self) -> str:
        """The name of the place."""
        return _place_name(self.area)


@dataclass(frozen=True)
class FundFilters:
    """A programme that funds are given for, and a year."""

    programme: str
    year: str


@dataclass(frozen=True)
class CompareFilters:
    """An indicator's key, an area's key or the county's, and a period.

    `against` is the place that the others are held against: the county's key, an area's or a code.
    """

    indicator: str
    area: str
    period: str
    against: str


def bar(periods: Sequence[str], *, municipalities: bool = False) -> Filters:
    """Show the filter bar for the months in `periods`, oldest first, and give what is chosen.

    With `municipalities` the place may be one of them. Raises ValueError where there are no
    months to choose from.
    """
    if not periods:
        raise ValueError("a filter bar needs at least one month")
    options: dict[str, Sequence[str]] = {
        "omrade": _places(municipalities=municipalities),
        "period": list(reversed(periods)),
        "vardform": list(CARE_FORMS),
    }
    keep()
    chosen = _shown_bar(options, _adopt_address(options))
    st.session_state[_CHOSEN] = Filters(chosen["omrade"], chosen["period"], chosen["vardform"])
    return current()


def month_bar(months: Sequence[str]) -> MonthFilters:
    """Show the bar of area and month for `months`, oldest first, and give what is chosen."""
    options = {"omrade": _places(), "period": list(reversed(months))}
    chosen = _shown_bar(options, _adopt_address(options))
    return MonthFilters(chosen["omrade"], chosen["period"])


def quarter_bar(quarters: Sequence[str]) -> QuarterFilters:
    """Show the bar of place and quarter for `quarters`, oldest first, and give what is chosen."""
    options = {"omrade": _places(municipalities=True), "kvartal": list(reversed(quarters))}
    chosen = _shown_bar(options, _adopt_address(options))
    return QuarterFilters(chosen["omrade"], chosen["kvartal"])


def funds_bar(years: Mapping[str, Sequence[str]]) -> FundFilters:
    """Show the bar of programme and year, for the years of each programme, oldest first."""
    programmes = {"program": list(years)}
    wrong = _adopt_address(programmes)
    of_programme = {"ar": list(reversed(years[st.session_state["program"]]))}
    chosen = _shown_bar(programmes | of_programme, wrong + _adopt_address(of_programme))
    return FundFilters(chosen["program"], chosen["ar"])


def compare_bar(
    measures: Sequence[Indicator],
    *,
    periods: Mapping[str, Sequence[str]],
    places: Callable[[Indicator], Sequence[str]],
) -> CompareFilters:
    """Show the bar of indicator, area, period and place to hold the others against.

    `periods`, oldest first, are those of an indicator by its key, and `places` those of an
    indicator; each of `measures` has some of both. Municipalities are not shown by form of care.
    """
    names = {"matt": [measure.key for measure in measures]}
    wrong = _adopt_address(names)
    measure = {item.key: item for item in measures}[st.session_state["matt"]]
    when = ASKED[measure.grain]
    rest: dict[str, Sequence[str]] = {
        "omrade": _places(),
        when: list(reversed(periods[measure.key])),
    }
    rest["mot"] = places(measure)
    chosen = _shown_bar(names | rest, wrong + _adopt_address(rest))
    return CompareFilters(
        indicator=chosen["matt"],
        area=chosen["omrade"],
        period=chosen[when],
        against=chosen["mot"],
    )


def places(allowed: Sequence[str], *, most: int, unless_told: Sequence[str]) -> list[str]:
    """Let the reader choose at most `most` of the places, in the address as `platser=1480,1490`."""
    asked = st.query_params.get("platser")
    seen = st.session_state.get(_ADDRESS_SEEN, {})
    if asked is not None and asked != seen.get("platser"):
        wanted = list(dict.fromkeys(asked.split(","))) if asked else []
        st.session_state["platser"] = [place for place in wanted if place in allowed][:most]
        if st.session_state["platser"] != wanted:
            st.warning("Länken anger platser som inte kan visas här.", icon=":material/info:")
    if "platser" not in st.session_state:
        st.session_state["platser"] = [place for place in unless_told if place in allowed]
    # The places that an indicator has differ.
    kept = [place for place in st.session_state["platser"] if place in allowed]
    st.session_state["platser"] = kept
    chosen = st.multiselect(
        f"Platser, högst {typography.number(most, 0)}",
        allowed,
        format_func=_place_name,
        key="platser",
        max_selections=most,
        filter_mode=None,
        select_all=False,
        placeholder="Välj platser",
    )
    written = ",".join(chosen)
    if asked != written:
        st.query_params["platser"] = written
    st.session_state[_ADDRESS_SEEN] = st.session_state.get(_ADDRESS_SEEN, {}) | {"platser": written}
    return chosen


def forum(forums: Sequence[str]) -> str | None:
    """Let the reader choose one of the forums where it is called, or, as None, all of them."""
    options = {"forum": [ALL_FORUMS, *forums]}
    chosen = _shown_bar(options, _adopt_address(options), key="forum-filter")["forum"]
    return None if chosen == ALL_FORUMS else chosen


def report(kinds: Sequence[str]) -> None:
    """Take over which report the address names, before the page lets the reader choose another."""
    _adopt_address({REPORT: kinds})


def keep() -> None:
    """Hold on to what was chosen while a page that does not ask for it is shown.

    Before the page's own widgets: what a widget shows cannot be set once it stands there.
    """
    for name in (*_LABELS, "platser", REPORT):
        if name in st.session_state:
            st.session_state[name] = st.session_state[name]


def current() -> Filters:
    """What the filter bar shows. Raises KeyError on a page that is drawn without it."""
    chosen: Filters = st.session_state[_CHOSEN]
    return chosen


def _shown_bar(
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
    st.session_state[_ADDRESS_SEEN] = st.session_state.get(_ADDRESS_SEEN, {}) | chosen
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


def write_report(chosen: str) -> None:
    """Let the address say which report is chosen."""
    if st.query_params.get(REPORT) != chosen:
        st.query_params[REPORT] = chosen
    st.session_state[_ADDRESS_SEEN] = st.session_state.get(_ADDRESS_SEEN, {}) | {REPORT: chosen}


def show_published(period: str) -> None:
    """Let the pages show the newest period of what was just published."""
    st.session_state[ASKED[grain_of(period)]] = period


def _adopt_address(options: Mapping[str, Sequence[str]]) -> list[str]:
    """Take over what the address says since it was last written; give the names it got wrong."""
    seen = st.session_state.get(_ADDRESS_SEEN, {})
    wrong = []
    for name, allowed in options.items():
        asked = st.query_params.get(name)
        if asked is not None and asked != seen.get(name):
            if asked in allowed or (name == "omrade" and asked in reference.municipality_by_code()):
                st.session_state[name] = asked
            else:
                wrong.append(name)
        # A page that shows no municipality shows its area.
        home = reference.municipality_by_code().get(str(st.session_state.get(name, "")))
        if name == "omrade" and home is not None and home.code not in allowed:
            st.session_state[name] = home.area
        # Also when the months have changed under a reader who has the page open.
        if st.session_state.get(name) not in allowed:
            st.session_state[name] = allowed[0]
    return wrong


def _shown(name: str, value: str) -> str:
    match name:
        case "omrade":
            return _place_name(value)
        case "period" | "kvartal":
            return period_name(value)
        case "vardform":
            return CARE_FORMS[value]
        case "matt":
            return indicator(value).name
        case "mot":
            return _place_name(value)
        case "forum" if value == ALL_FORUMS:
            return "Alla forum"
        case _:
            return value


def _place_name(place: str) -> str:
    return reference.place_name(level_of(place), place)


def _places(*, municipalities: bool = False) -> list[str]:
    """The county and its areas, and under each area its municipalities by name."""
    found = [reference.COUNTY]
    for area in sorted(reference.areas(), key=lambda area: area.sort):
        found.append(area.key)
        if municipalities:
            homes = [home for home in reference.municipalities() if home.area == area.key]
            homes.sort(key=lambda home: typography.sort_key(home.name))
            found += [home.code for home in homes]
    return found
