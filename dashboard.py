"""The Streamlit app: navigation, and the banner over demo data."""

from dataclasses import dataclass

import streamlit as st

from metrics import values


@dataclass(frozen=True)
class Destination:
    """A page as the reader finds it: name and icon in the menu, file, and path in the address."""

    title: str
    icon: str
    file: str
    path: str


DESTINATIONS = (
    Destination("Översikt", ":material/space_dashboard:", "pages/overview.py", ""),
    Destination(
        "Månadsuppföljning", ":material/calendar_month:", "pages/monthly.py", "manadsuppfoljning"
    ),
)


def main() -> None:
    """Shows the page that the address names."""
    page = st.navigation(
        [
            st.Page(
                place.file,
                title=place.title,
                icon=place.icon,
                url_path=place.path,
                default=not place.path,
            )
            for place in DESTINATIONS
        ],
        position="top",
    )
    st.set_page_config(
        page_title=f"{page.title} – samverkan", page_icon=":material/monitoring:", layout="wide"
    )
    if values.is_demo():
        st.warning("Exempeldata – inte verkliga uppgifter", icon=":material/info:")
    page.run()


if __name__ == "__main__":
    main()
