"""Chance among many: which of the signals that are looked through are too strong to be chance."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

_Key = TypeVar("_Key", bound=Hashable)

FALSE_SHARE = 0.10
"""The share of the signals that are told which may be false, in the long run."""


def discoveries(chances: Mapping[_Key, float], *, among: int) -> frozenset[_Key]:
    """The signals that remain where the false discovery rate is held at FALSE_SHARE.

    `chances` are how likely chance alone is to give each signal; `among` is how many series were
    looked through, those without a signal too. Benjamini, Y. and Hochberg, Y. (1995), Journal of
    the Royal Statistical Society B 57(1): 289-300. Raises ValueError for fewer series than signals.
    """
    if among < len(chances):
        raise ValueError(f"{len(chances)} signals among {among} series")
    ordered = sorted(chances.items(), key=lambda item: item[1])
    kept = 0
    for rank, (_, chance) in enumerate(ordered, start=1):
        if chance <= FALSE_SHARE * rank / among:
            kept = rank
    return frozenset(key for key, _ in ordered[:kept])
