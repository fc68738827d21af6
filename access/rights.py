"""What each role may do, and where: one table, and one function that reads it."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

EVERY = "*"
"""Every dataset, or every area: the whole county."""


class Role(StrEnum):
    """What somebody is here, as the file of rights names it."""

    READER = "läsare"
    STEWARD = "dataförvaltare"
    REVIEWER = "granskare"
    ADMINISTRATOR = "administratör"


class Act(StrEnum):
    """What can be done, as a refusal and the audit name it."""

    READ = "läsa"
    HAND_OUT = "göra rapporter"
    COMMENT = "kommentera"
    CHECK = "kontrollera filer"
    PUBLISH = "publicera"
    WITHDRAW = "ta tillbaka inläsningar"
    ORIGINAL = "hämta originalfiler"
    NEW_LIMITS = "sätta nya gränser"
    INVESTIGATE = "utreda värden"
    REVIEW = "granska"
    ESTABLISH = "fastställa"
    OTHERS = "ändra det som andra har skrivit"
    KEEP = "gå tillbaka, kopiera, återställa, laga och radera"
    AUDIT = "läsa loggen"
    TOKENS = "göra nycklar till API:et"


_READING = frozenset({Act.READ, Act.HAND_OUT, Act.COMMENT})
MAY: dict[Role, frozenset[Act]] = {
    Role.READER: _READING,
    Role.STEWARD: _READING
    | {Act.CHECK, Act.PUBLISH, Act.WITHDRAW, Act.ORIGINAL, Act.NEW_LIMITS, Act.INVESTIGATE},
    Role.REVIEWER: _READING | {Act.NEW_LIMITS, Act.INVESTIGATE, Act.REVIEW},
    Role.ADMINISTRATOR: frozenset(Act),
}
# What changes nothing that is of a place: whoever may do it may do it anywhere.
ANYWHERE = _READING | {Act.CHECK}


@dataclass(frozen=True)
class Right:
    """A role, for the datasets and in the areas that it is given for."""

    role: Role
    datasets: frozenset[str] = frozenset({EVERY})
    areas: frozenset[str] = frozenset({EVERY})


class _Somebody(Protocol):
    @property
    def rights(self) -> tuple[Right, ...]: ...


def allowed(
    person: _Somebody, act: Act, *, dataset: str = EVERY, areas: Collection[str] = (EVERY,)
) -> bool:
    """Whether a person may do an act to a dataset in all of the areas.

    What is not said to be of one dataset or of any area takes a right for every one. The county as
    a whole is `EVERY`.
    """
    may = [right for right in person.rights if act in MAY[right.role]]
    if act in ANYWHERE:
        return bool(may)
    here = [right.areas for right in may if right.datasets & {dataset, EVERY}]
    # Two rights for an area each are together one for both.
    given = frozenset[str]().union(*here)
    return EVERY in given or given.issuperset(areas or (EVERY,))
