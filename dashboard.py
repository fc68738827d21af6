"""The Streamlit app: navigation, the banner over demo data, and the filters all pages share."""

from dataclasses import dataclass

import streamlit as st

from charts.markup import tables
from metrics import values
from ui import boundary, filters, layout

DEMO = "Exempeldata – inte verkliga uppgifter"


@dataclass(frozen=True)
class Destination:
    """A page as the reader finds it: name in the menu, file, and path in the address.

    One that `names_itself` has what it says as its title.

    No icon: Streamlit would fetch it from another host, to show it in the browser's tab. A page
    that shows no values has no filter bar, and needs nothing to have been loaded.
    """

    title: str
    file: str
    path: str
    shows_values: bool = True
    shows_municipalities: bool = False
    names_itself: bool = False


DESTINATIONS = (
    Destination("Översikt", "pages/overview.py", "", names_itself=True),
    Destination(
        "Månadsuppföljning",
        "pages/monthly.py",
        "manadsuppfoljning",
        shows_municipalities=True,
        names_itself=True,
    ),
    Destination(
        "Avvikelser", "pages/deviations.py", "avvikelser", shows_values=False, names_itself=True
    ),
    Destination("Medel", "pages/funds.py", "medel", shows_values=False, names_itself=True),
    Destination("Jämför", "pages/compare.py", "jamfor", shows_values=False, names_itself=True),
    Destination(
        "Rapporter", "pages/briefing.py", "rapporter", shows_values=False, names_itself=True
    ),
    Destination("Data", "pages/deliveries.py", "data", shows_values=False),
    Destination("Indikatorer", "pages/indicators.py", "indikatorer", shows_values=False),
    Destination("Tillgänglighet", "pages/accessibility.py", "tillganglighet", shows_values=False),
)


def main() -> None:
    """Shows the page that the address names, or what to do while there is nothing to show."""
    with boundary.of_page():
        _show()


def _show() -> None:
    page = st.navigation(
        [
            st.Page(
                place.file,
                title=place.title,
                url_path=place.path,
                default=not place.path,
            )
            for place in DESTINATIONS
        ],
        position="top",
    )
    st.set_page_config(page_title=f"{page.title} – samverkan", page_icon=layout.ICON, layout="wide")
    st.logo(str(layout.MARK), size="large")
    layout.style()
    boundary.trouble()
    if values.is_demo():
        st.html(tables.demo_html(DEMO))
    if page.url_path not in {place.path for place in DESTINATIONS if place.names_itself}:
        st.html(tables.title_html(page.title))
    months = values.periods()
    if page.url_path in {place.path for place in DESTINATIONS if not place.shows_values}:
        filters.keep()
        page.run()
    elif months:
        several = {place.path for place in DESTINATIONS if place.shows_municipalities}
        filters.bar(months, municipalities=page.url_path in several)
        page.run()
    else:
        layout.no_data(page.title)


if __name__ == "__main__":
    main()
