"""Who is at work, as history keeps them."""

from access import people


def user() -> str:
    """The mark of who is at work; `journal.known.shown` makes a name of it."""
    return people.current().mark
