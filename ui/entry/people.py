"""Who looks at the page that is drawn, in the threads that Streamlit draws pages in."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from access import declared, people
from access.people import NOBODY, Person
from access.sessions import SESSIONS
from ui.entry.gate import WHO


def here() -> Person:
    """The reader of the page that is drawn, or the user of this machine where nobody signs in.

    Where readers sign in, what cannot be told to be anybody's is nobody's. Raises SettingsError.
    """
    drawn = get_script_run_ctx(suppress_warning=True) is not None
    if drawn and (key := st.context.headers.get(WHO)):
        return SESSIONS.person(key)
    return NOBODY if declared.access().signs_in else people.local()
