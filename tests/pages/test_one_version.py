"""A page is of one version from top to bottom."""

import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

DASHBOARD = Path(__file__).parents[2] / "dashboard.py"


def test_a_page_looks_once_for_the_version_in_force(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(filled))
    # The package has a function of the module's name.
    module = sys.modules["warehouse.store.standing"]
    reads: list[int | None] = []
    read = module.pointed

    def counted() -> int | None:
        reads.append(read())
        return reads[-1]

    monkeypatch.setattr(module, "pointed", counted)
    test = AppTest.from_file(str(DASHBOARD), default_timeout=60).run()
    assert not test.exception
    assert reads == [1]
