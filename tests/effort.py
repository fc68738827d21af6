"""How hard the tests of many cases try: `make soak` asks for more than `make test`."""

import os
from collections.abc import Collection, Sequence
from typing import Any

import pytest


def examples(usual: int) -> int:
    """How many examples to try: `usual`, times what the environment asks for."""
    return usual * int(os.environ.get("SAMVERKAN_SOAK", "1"))


def is_soak() -> bool:
    """Whether it is `make soak` that runs the tests."""
    return "SAMVERKAN_SOAK" in os.environ


SOAK_REASON = "make soak tries it; make test is to take less than ten minutes"
in_soak = pytest.mark.skipif(not is_soak(), reason=SOAK_REASON)
"""Marks what takes long and has a lesser case of the same kind in `make test`."""


def parametrize_some(
    names: str | Sequence[str], cases: Collection[Any], *, usual: int
) -> pytest.MarkDecorator:
    """As `pytest.mark.parametrize`, for many cases of one kind: `make test` tries `usual` of them,
    evenly spread, and `make soak` all."""
    usually = {index * len(cases) // usual for index in range(usual)}
    several = not isinstance(names, str)
    return pytest.mark.parametrize(
        names,
        [
            case
            if index in usually
            else pytest.param(*(case if several else (case,)), marks=in_soak)
            for index, case in enumerate(cases)
        ],
    )
