"""A sum proposed in parts by population, by the method of the largest remainder."""

from collections.abc import Mapping

LABEL = "beräknad på befolkningsandel"
"""What every such split is called: a calculation, never somebody's decision."""


def split(amount: int, inhabitants: Mapping[str, int]) -> dict[str, int]:
    """`amount` in whole kronor by the key of a place; the parts add up to it exactly.

    Each place gets the whole kronor of its exact share, and what is left over goes, a krona each,
    to those with the largest remainder; among equal remainders to the largest population, then by
    key. Raises ValueError for an amount or a population below 0, and where nobody lives anywhere.
    """
    total = sum(inhabitants.values())
    if amount < 0 or total < 1 or min(inhabitants.values()) < 0:
        raise ValueError(f"cannot split {amount!r} kronor between {total!r} inhabitants")
    parts = {place: amount * people // total for place, people in inhabitants.items()}

    def rank(place: str) -> tuple[int, int, str]:
        people = inhabitants[place]
        return -(amount * people % total), -people, place

    for place in sorted(inhabitants, key=rank)[: amount - sum(parts.values())]:
        parts[place] += 1
    return parts
