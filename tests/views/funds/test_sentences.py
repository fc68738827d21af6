"""Sums that are bounds stay bounds, and what the parts do not explain is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from views.funds import sentences as said
from views.funds.sentences import Amount, Bound, not_accounted_for, total

KRONOR = st.integers(0, 10**9)
BOUNDS: st.SearchStrategy[Bound] = st.sampled_from(["exact", "lower", "upper", "around"])
TEN = Amount(10_000_000)


def plain(text: object) -> str:
    return str(text).replace("\u00a0", " ")


def holds(amount: Amount, true: int) -> bool:
    """Whether a sum may truly be so much, if what is said of it is to be true."""
    return {
        "exact": true == amount.kronor,
        "lower": true >= amount.kronor,
        "upper": true <= amount.kronor,
        "around": True,
    }[amount.bound]


@st.composite
def amounts(draw: st.DrawFn) -> tuple[Amount, int]:
    """An amount as it is known, and what it truly is."""
    kronor, off, bound = draw(KRONOR), draw(KRONOR), draw(BOUNDS)
    true = {"exact": kronor, "lower": kronor + off, "upper": kronor - off, "around": off}
    return Amount(kronor, bound), true[bound]


@given(st.lists(amounts()))
def test_a_sum_is_true(parts: list[tuple[Amount, int]]) -> None:
    assert holds(total(part for part, _ in parts), sum(true for _, true in parts))


@given(amounts(), st.lists(amounts()))
def test_the_rest_is_true(whole: tuple[Amount, int], parts: list[tuple[Amount, int]]) -> None:
    rest = not_accounted_for(whole[0], (part for part, _ in parts))
    assert holds(rest, whole[1] - sum(true for _, true in parts))


@given(st.lists(KRONOR), KRONOR)
def test_a_lower_bound_stays_one(exact: list[int], drygt: int) -> None:
    parts = [Amount(kronor) for kronor in exact]
    assert total(parts).bound == "exact"
    assert total([*parts, Amount(drygt, "lower")]).bound == "lower"


def test_amounts_in_words() -> None:
    assert plain(Amount(275_000)) == "275 000 kr"
    assert plain(Amount(33_000_000, "lower")) == "minst 33 000 000 kr"
    assert plain(TEN - Amount(4_000_000, "lower")) == "högst 6 000 000 kr"
    assert plain(Amount(33, "lower") - Amount(4, "lower")) == "omkring 29 kr"


def test_allocated() -> None:
    assert (
        plain(
            said.allocated(
                programme="Suicidprevention",
                year="2020",
                amount=Amount(33_000_000, "lower"),
                recipient="Västra Götaland",
            )
        )
        == "Suicidprevention 2020: minst 33 000 000 kr tilldelat Västra Götaland."
    )


def test_from_ceiling_to_left() -> None:
    text = said.drawn(
        recipients="8 NOSAM",
        ceiling=Amount(2_200_000),
        requisitioned=Amount(1_570_000),
        used=Amount(926_750),
        left=Amount(643_250),
    )
    assert plain(text) == (
        "8 NOSAM får rekvirera 2 200 000 kr, har rekvirerat 1 570 000 kr (71 procent) "
        "och har använt 926 750 kr (59 procent). Kvar av det rekvirerade: 643 250 kr."
    )


def test_nothing_requisitioned_has_no_share_used() -> None:
    text = said.drawn(
        recipients="NOSAM Mölndal",
        ceiling=Amount(275_000),
        requisitioned=Amount(0),
        used=Amount(0),
        left=Amount(0),
    )
    assert plain(text) == (
        "NOSAM Mölndal får rekvirera 275 000 kr, har rekvirerat 0 kr (0 procent) "
        "och har använt 0 kr. Kvar av det rekvirerade: 0 kr."
    )


def test_a_bound_has_no_share() -> None:
    text = said.drawn(
        recipients="De", ceiling=Amount(9, "lower"), requisitioned=Amount(3), used=None, left=None
    )
    assert plain(text) == "De får rekvirera minst 9 kr och har rekvirerat 3 kr."
    none = said.drawn(recipients="De", ceiling=None, requisitioned=None, used=None, left=None)
    assert none == ""


@pytest.mark.parametrize(
    ("whole", "parts", "text"),
    [
        (Amount(33_000_000, "lower"), [TEN] * 3,
         "Delarna får tillsammans 30 000 000 kr. Ej redovisat: minst 3 000 000 kr."),
        (TEN, [Amount(4_000_000, "lower")],
         "Delarna får tillsammans minst 4 000 000 kr. Ej redovisat: högst 6 000 000 kr."),
        (TEN, [TEN], "Delarna får tillsammans 10 000 000 kr. Delarna förklarar hela beloppet."),
        (TEN, [TEN, Amount(5)],
         "Delarna får tillsammans 10 000 005 kr. Det är 5 kr mer än helheten."),
        (TEN, [TEN, Amount(5, "lower")],
         "Delarna får tillsammans minst 10 000 005 kr. Det är minst 5 kr mer än helheten."),
        (Amount(10_000_000, "lower"), [TEN, Amount(5)],
         "Delarna får tillsammans 10 000 005 kr. Helheten är alltså minst 10 000 005 kr."),
        (TEN, [], ""),
    ],
)  # fmt: skip
def test_what_the_parts_explain(whole: Amount, parts: list[Amount], text: str) -> None:
    assert plain(said.unexplained(whole, parts, names="Delarna")) == text
