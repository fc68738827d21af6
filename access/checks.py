"""The one place where an act is refused."""

from collections.abc import Collection

from access import people
from access.people import Person
from access.rights import EVERY, Act, allowed


class Refused(Exception):
    """Somebody may not do what they tried; the message is in Swedish, and nothing has changed."""


def require(act: Act, *, dataset: str = EVERY, areas: Collection[str] = (EVERY,)) -> Person:
    """Who is at work, where they may do the act. Raises Refused, and SettingsError."""
    person = people.current()
    if not allowed(person, act, dataset=dataset, areas=areas):
        raise Refused(_said(person, act))
    return person


def may(act: Act, *, dataset: str = EVERY, areas: Collection[str] = (EVERY,)) -> bool:
    """Whether who is at work may do the act: for what a page offers. Raises SettingsError."""
    return allowed(people.current(), act, dataset=dataset, areas=areas)


def _said(person: Person, act: Act) -> str:
    if person == people.NOBODY:
        return "Du är inte inloggad längre. Ladda om sidan och logga in. Ingenting har ändrats."
    return (
        f"{person.name} har inte rätt att {act} här. Ingenting har ändrats. Den som sköter "
        "samverkan ger rättigheter i filen access.toml."
    )
