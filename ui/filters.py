"""The filter bars that pages share: what each lets the reader choose, and what is chosen."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

import reference
from charts.markup.links import ASKED, COMPARE
from metrics.catalogue import Indicator
from metrics.datasets import datasets
from swedish import typography
from ui.address import ADDRESS_SEEN, ALL_FORUMS, CARE_FORMS, adopted, keep, place_name, shown_bar
from ui.destinations import file_of
from views import scoreboard

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
        return place_name(self.area)


@dataclass(frozen=True)
class MonthFilters:
    """An area's key or the county's, and a month."""

    area: str
    period: str

    @property
    def area_name(self) -> str:
        """The name of the place."""
        return place_name(self.area)


@dataclass(frozen=True)
class QuarterFilters:
    """An area's key or the county's, and a quarter."""

    area: str
    quarter: str

    @property
    def area_name(self) -> str:
        """The name of the place."""
        return place_name(self.area)


@dataclass(frozen=True)
class FundFilters:
    """A programme that funds are given for, and a year."""

    programme: str
    year: str


@dataclass(frozen=True)
class CompareFilters:
    """An indicator's key, a place's and a period.

    `area` is as in `Filters`. `against` is the place that the others are held against: the
    county's key, an area's or a code.
    """

    indicator: str
    area: str
    period: str
    against: str

    @property
    def area_name(self) -> str:
        """The name of the place."""
        return place_name(self.area)


def bar(periods: Sequence[str], *, municipalities: bool = False) -> Filters:
    """Show the filter bar for the months in `periods`, oldest first, and give what is chosen.

    With `municipalities` the place may be one of them; without, choosing one leads to the page that
    shows it. Raises ValueError where there are no months to choose from.
    """
    if not periods:
        raise ValueError("a filter bar needs at least one month")
    options: dict[str, Sequence[str]] = {
        "omrade": _places(municipalities=True),
        "period": list(reversed(periods)),
        "vardform": list(CARE_FORMS),
    }
    keep()
    shown = options | {"omrade": _places(municipalities=municipalities)}
    _lead_on(shown["omrade"])
    chosen = shown_bar(options, adopted(shown))
    st.session_state[_CHOSEN] = Filters(chosen["omrade"], chosen["period"], chosen["vardform"])
    return current()


def _lead_on(shown: Sequence[str]) -> None:
    """Go to the page of a municipality that was just chosen on one that shows only these places."""
    before = st.session_state.get(ADDRESS_SEEN, {}).get("omrade")
    chosen = st.session_state.get("omrade")
    if before in shown and chosen not in shown and chosen in reference.municipality_by_code():
        page = datasets()[scoreboard.leading().dataset].page
        path = page.path if page and page.of_places else COMPARE
        st.switch_page(file_of(path), query_params={"omrade": chosen})


def month_bar(months: Sequence[str]) -> MonthFilters:
    """Show the bar of area and month for `months`, oldest first, and give what is chosen."""
    options = {"omrade": _places(), "period": list(reversed(months))}
    chosen = shown_bar(options, adopted(options))
    return MonthFilters(chosen["omrade"], chosen["period"])


def quarter_bar(quarters: Sequence[str]) -> QuarterFilters:
    """Show the bar of place and quarter for `quarters`, oldest first, and give what is chosen."""
    options = {"omrade": _places(municipalities=True), "kvartal": list(reversed(quarters))}
    chosen = shown_bar(options, adopted(options))
    return QuarterFilters(chosen["omrade"], chosen["kvartal"])


def funds_bar(years: Mapping[str, Sequence[str]]) -> FundFilters:
    """Show the bar of programme and year, for the years of each programme, oldest first."""
    programmes = {"program": list(years)}
    wrong = adopted(programmes)
    of_programme = {"ar": list(reversed(years[st.session_state["program"]]))}
    chosen = shown_bar(programmes | of_programme, wrong + adopted(of_programme))
    return FundFilters(chosen["program"], chosen["ar"])


def compare_bar(
    measures: Sequence[Indicator],
    *,
    periods: Mapping[str, Sequence[str]],
    places: Callable[[Indicator], Sequence[str]],
) -> CompareFilters:
    """Show the bar of indicator, area, period and place to hold the others against.

    `periods`, oldest first, are those of an indicator by its key, and `places` those of an
    indicator; each of `measures` has some of both. Nothing is shown by form of care.
    """
    names = {"matt": [measure.key for measure in measures]}
    wrong = adopted(names)
    measure = {item.key: item for item in measures}[st.session_state["matt"]]
    when = ASKED[measure.grain]
    rest: dict[str, Sequence[str]] = {
        "omrade": _places(municipalities="municipality" in measure.levels),
        when: list(reversed(periods[measure.key])),
    }
    rest["mot"] = places(measure)
    chosen = shown_bar(names | rest, wrong + adopted(rest))
    return CompareFilters(
        indicator=chosen["matt"],
        area=chosen["omrade"],
        period=chosen[when],
        against=chosen["mot"],
    )


def places(allowed: Sequence[str], *, most: int, unless_told: Sequence[str]) -> list[str]:
    """Let the reader choose at most `most` of the places, in the address as `platser=1480,1490`."""
    asked = st.query_params.get("platser")
    seen = st.session_state.get(ADDRESS_SEEN, {})
    if asked is not None and asked != seen.get("platser"):
        # A hospital's name may have a comma of its own, with a space after it.
        wanted = list(dict.fromkeys(re.split(r",(?! )", asked))) if asked else []
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
        format_func=place_name,
        key="platser",
        max_selections=most,
        filter_mode=None,
        select_all=False,
        placeholder="Välj platser",
    )
    written = ",".join(chosen)
    if asked != written:
        st.query_params["platser"] = written
    st.session_state[ADDRESS_SEEN] = st.session_state.get(ADDRESS_SEEN, {}) | {"platser": written}
    return chosen


def forum(forums: Sequence[str]) -> str | None:
    """Let the reader choose one of the forums where it is called, or, as None, all of them."""
    options = {"forum": [ALL_FORUMS, *forums]}
    chosen = shown_bar(options, adopted(options), key="forum-filter")["forum"]
    return None if chosen == ALL_FORUMS else chosen


def current() -> Filters:
    """What the filter bar shows. Raises KeyError on a page that is drawn without it."""
    chosen: Filters = st.session_state[_CHOSEN]
    return chosen


def _places(*, municipalities: bool = False) -> list[str]:
    """The county and its areas, which all fit in the open list, then each area's municipalities by
    name, which are found by typing."""
    areas = [area.key for area in sorted(reference.areas(), key=lambda area: area.sort)]
    keys = [reference.COUNTY, *areas]
    if municipalities:
        homes = sorted(
            reference.municipalities(),
            key=lambda home: (areas.index(home.area), typography.sort_key(home.name)),
        )
        keys += [home.code for home in homes]
    return keys
