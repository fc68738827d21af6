"""Who is at work, as history names them."""

import getpass
import os


def user() -> str:
    """The name of the user at the machine, as history shows it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"användare {os.getuid()}"
