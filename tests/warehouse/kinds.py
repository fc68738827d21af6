"""Which kinds of warehouse the tests of the room are run on."""

import os

import pytest

# `make lake` tries both; make test has the sample of test_lake.
KINDS = ("own", "shared") if "SAMVERKAN_LAKE" in os.environ else ("own",)
own_files = pytest.mark.parametrize("kind", ["own"], indirect=True)
"""Marks what is about the files of a machine that has no others to bring them from."""
in_lake = pytest.mark.skipif(
    "SAMVERKAN_LAKE" not in os.environ, reason="make lake tries it; make test has test_lake"
)
"""Marks what takes long and is about shared versions alone."""
