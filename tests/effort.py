"""How hard the heavy property tests try: `make soak` asks for more than `make test`."""

import os

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
