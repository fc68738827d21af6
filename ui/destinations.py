"""The pages as readers find them, in the order of the menu."""

from dataclasses import dataclass

from access.rights import Act


@dataclass(frozen=True)
class Destination:
    """A page as the reader finds it: name in the menu, file, and path in the address.

    What it says is its title. `help` are the heads of the guide's sections that its help has.

    No icon: Streamlit would fetch it from another host, to show it in the browser's tab. A page
    that shows no values has no filter bar, and needs nothing to have been loaded. Only those who
    may do the `act` find it, and one that is about what is `agreed` on only where that is done.
    """

    title: str
    file: str
    path: str
    shows_values: bool = True
    shows_municipalities: bool = False
    act: Act = Act.READ
    agreed: bool = False
    help: tuple[str, ...] = ()


_TAKE, _ORDER, _LOOKED_INTO = "Ta med ett diagram", "Sortera en tabell", "Under utredning"

DESTINATIONS = (
    Destination(
        "Översikt",
        "pages/overview.py",
        "",
        help=(_TAKE, "Vad som inte visas"),
    ),
    Destination(
        "Månadsuppföljning",
        "pages/monthly.py",
        "manadsuppfoljning",
        shows_municipalities=True,
        help=("Betalningsansvar", _LOOKED_INTO, _ORDER, _TAKE),
    ),
    Destination(
        "Avvikelser",
        "pages/deviations.py",
        "avvikelser",
        shows_values=False,
        help=(_LOOKED_INTO, _ORDER, _TAKE),
    ),
    Destination(
        "Medel",
        "pages/funds.py",
        "medel",
        shows_values=False,
        help=(_TAKE,),
    ),
    Destination(
        "Jämför",
        "pages/compare.py",
        "jamfor",
        shows_values=False,
        help=("Jämfört med riket", _ORDER, _TAKE),
    ),
    Destination(
        "Rapporter",
        "pages/briefing.py",
        "rapporter",
        shows_values=False,
        help=("Rapporter",),
    ),
    Destination(
        "Granskning",
        "pages/review.py",
        "granskning",
        shows_values=False,
        agreed=True,
        help=("Granskning",),
    ),
    Destination(
        "Data",
        "pages/deliveries.py",
        "data",
        shows_values=False,
        help=("Sidan Data", "Vilka filer som går att läsa", "Leveranskvalitet"),
    ),
    Destination(
        "Indikatorer",
        "pages/indicators.py",
        "indikatorer",
        shows_values=False,
        help=("Vad som inte visas",),
    ),
    Destination("Logg", "pages/log.py", "logg", shows_values=False, act=Act.AUDIT),
    Destination("Tillgänglighet", "pages/accessibility.py", "tillganglighet", shows_values=False),
)


def file_of(path: str) -> str:
    """The file of the page with this path in the address. Raises StopIteration for none."""
    return next(place.file for place in DESTINATIONS if place.path == path)
