"""Every role, every act, every place: who may do what."""

from dataclasses import dataclass
from functools import partial

import pytest

from access.rights import EVERY, Act, Right, Role, allowed

READER, STEWARD, REVIEWER, ADMINISTRATOR = Role
# A column for each role; x, they may; h, only their own datasets and areas; -, they may not.
TABLE = """
    läsa                                                  x x x x
    göra rapporter                                        x x x x
    kommentera                                            x x x x
    kontrollera filer                                     - x - x
    publicera                                             - h - x
    ta tillbaka inläsningar                               - h - x
    hämta originalfiler                                   - h - x
    sätta nya gränser                                     - h h x
    utreda värden                                         - h h x
    granska                                               - - h x
    fastställa                                            - - - x
    ändra det som andra har skrivit                       - - - x
    gå tillbaka, kopiera, återställa, laga och radera     - - - x
    läsa loggen                                           - - - x
    göra nycklar till API:et                              - - - x
"""
CELLS = [
    (Act(line.strip()[:-7].strip()), role, cell)
    for line in TABLE.strip().splitlines()
    for role, cell in zip(Role, line.split()[-4:], strict=True)
]
RIGHTS = {
    READER: Right(READER),
    STEWARD: Right(STEWARD, frozenset({"discharges"}), frozenset({"fyrbodal", "skaraborg"})),
    REVIEWER: Right(REVIEWER, areas=frozenset({"fyrbodal", "skaraborg"})),
    ADMINISTRATOR: Right(ADMINISTRATOR),
}
HERE = [["fyrbodal"], ["skaraborg"], ["fyrbodal", "skaraborg"]]
ELSEWHERE = [["sodra-alvsborg"], ["fyrbodal", "sodra-alvsborg"], [EVERY], ["okänt"], []]


@dataclass(frozen=True)
class Somebody:
    rights: tuple[Right, ...] = ()


def test_the_table_has_every_act_and_role() -> None:
    assert {(act, role) for act, role, _ in CELLS} == {(act, role) for act in Act for role in Role}


@pytest.mark.parametrize(("act", "role", "cell"), CELLS)
def test_every_cell(act: Act, role: Role, cell: str) -> None:
    somebody = Somebody((RIGHTS[role],))
    for areas in HERE:
        assert allowed(somebody, act, dataset="discharges", areas=areas) is (cell != "-")
        other = allowed(somebody, act, dataset="deviations", areas=areas)
        # A granskare's datasets are all.
        assert other is (cell == "x" or (cell == "h" and role is REVIEWER))
    for areas in ELSEWHERE:
        may = allowed(somebody, act, dataset="discharges", areas=areas)
        assert may is (cell == "x")
    assert allowed(somebody, act) is (cell == "x")
    assert not allowed(Somebody(), act, dataset="discharges", areas=["fyrbodal"])


def test_rights_for_an_area_each_are_together_for_both() -> None:
    each = [
        Right(STEWARD, frozenset({"discharges"}), frozenset({area}))
        for area in ("fyrbodal", "skaraborg")
    ]
    both = partial(allowed, act=Act.PUBLISH, dataset="discharges", areas=["fyrbodal", "skaraborg"])
    assert both(Somebody(tuple(each)))
    assert not both(Somebody((each[0],)))
    # What is given for one dataset says nothing of another.
    each[1] = Right(STEWARD, frozenset({"deviations"}), frozenset({"skaraborg"}))
    assert not both(Somebody(tuple(each)))
