"""The Streamlit app: navigation, the banner over demo data, and the filters all pages share."""

import streamlit as st

from access.checks import may, require
from access.rights import Act
from charts.markup import tables
from metrics import loaded
from metrics.datasets import discharges
from ui import address, boundary, filters, first_days, layout
from ui import help as guide
from ui.destinations import DESTINATIONS
from ui.shown import warming
from views import scoreboard
from views.agreed import approval, visible

DEMO = "Exempeldata – inte verkliga uppgifter"


def main() -> None:
    """Shows the page that the address names, or what to do while there is nothing to show."""
    with boundary.of_page():
        _show()


def _show() -> None:
    require(Act.READ)
    page = st.navigation(
        [
            st.Page(
                place.file,
                title=place.title,
                url_path=place.path,
                default=not place.path,
            )
            for place in DESTINATIONS
            if may(place.act) and (approval.used() or not place.agreed)
        ],
        position="top",
    )
    st.set_page_config(page_title=f"{page.title} – samverkan", page_icon=layout.ICON, layout="wide")
    st.logo(str(layout.MARK), size="large")
    boundary.signed_in()
    boundary.trouble()
    if loaded.is_demo():
        st.html(tables.demo_html(DEMO))
    (here,) = (place for place in DESTINATIONS if place.path == page.url_path)
    guide.button(here)
    boundary.filling()
    monthly = here.path == discharges.PAGE.path
    months = visible.periods(discharges.KEY) if monthly else scoreboard.months()
    with warming.page(here.path, st.session_state):
        if not here.shows_values:
            address.keep()
            page.run()
        elif months:
            filters.bar(months, municipalities=here.shows_municipalities)
            page.run()
        elif told := visible.waiting(discharges.KEY):
            layout.titled(told)
        else:
            address.keep()
            first_days.guide(page.title)


if __name__ == "__main__":
    main()
