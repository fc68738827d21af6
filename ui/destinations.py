"""The pages as readers find them, in the order of the menu."""

from dataclasses import dataclass

from access.rights import Act


@dataclass(frozen=True)
class Destination:
    """A page as the reader finds it: name in the menu, file, and path in the address.

    One that `names_itself` has what it says as its title.

    No icon: Streamlit would fetch it from another host, to show it in the browser's tab. A page
    that shows no values has no filter bar, and needs nothing to have been loaded. Only those who
    may do the `act` find it, and one that is about what is `agreed` on only where that is done.
    """

    title: str
    file: str
    path: str
    shows_values: bool = True
    shows_municipalities: bool = False
    names_itself: bool = False
    act: Act = Act.READ
    agreed: bool = False


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
    Destination("Granskning", "pages/review.py", "granskning", shows_values=False, agreed=True),
    Destination("Data", "pages/deliveries.py", "data", shows_values=False),
    Destination("Indikatorer", "pages/indicators.py", "indikatorer", shows_values=False),
    Destination("Logg", "pages/log.py", "logg", shows_values=False, act=Act.AUDIT),
    Destination("Tillgänglighet", "pages/accessibility.py", "tillganglighet", shows_values=False),
)


def file_of(path: str) -> str:
    """The file of the page with this path in the address. Raises StopIteration for none."""
    return next(place.file for place in DESTINATIONS if place.path == path)
