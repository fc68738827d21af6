"""The one place where what goes wrong on a page is told, and where its version is chosen."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import streamlit as st

from access import people
from access.checks import Refused
from charts.markup import tables
from machine import unexpected
from metrics import catalogue, loaded
from pipeline import demonstration
from settings import SettingsError, sound
from ui import address
from ui.entry.gate import PREFIX
from ui.layout import plain
from views import scoreboard
from warehouse.journal import journal
from warehouse.store import WarehouseError, seen


@contextmanager
def of_page() -> Iterator[None]:
    """Everything in the block is of one version; an error becomes words on the page.

    What had been drawn before the error stays.
    """
    try:
        with loaded.of_one_version():
            yield
    except SettingsError as error:
        st.title("Inställningarna går inte att använda", anchor=False)
        st.error(plain(f"{error} Rätta filen och ladda om sidan."), icon=":material/error:")
    except (WarehouseError, Refused) as error:
        st.error(plain(str(error)), icon=":material/error:")
    # Whatever it was, the reader is to be told, and in Swedish.
    except Exception as error:
        st.error(plain(unexpected.told(error)), icon=":material/error:")


def signed_in() -> None:
    """Say who has signed in, with the way out, where that is what readers do."""
    reader = people.current()
    if reader.signed_in:
        st.html(tables.signed_in_html(reader.name, out=f"{PREFIX}/ut"))


def trouble() -> None:
    """Say what is amiss with what the page shows, where anything is."""
    standing = seen()
    # Looked for here, since not every page asks for an indicator before it is drawn.
    catalogue.indicators()
    for told in filter(None, (standing.trouble, journal.trouble(), sound.trouble())):
        st.error(plain(told), icon=":material/error:")
    if standing.behind:
        st.warning(plain(standing.behind), icon=":material/cloud_off:")


def filling() -> None:
    """Say that demo data is being loaded, while it is, and show each file as it comes."""
    if demonstration.is_under_way():
        _filling(loaded.version(), scoreboard.months()[-1:])


@st.fragment(run_every=2)
def _filling(version: int | None, newest: Sequence[str]) -> None:
    if loaded.version() != version or not demonstration.is_under_way():
        address.follow(newest)
        st.rerun()
    st.info(
        "**Exempeldata läses in.** Det tar en minut eller så, och sidorna fylls på efter hand.",
        icon=":material/hourglass_top:",
    )
