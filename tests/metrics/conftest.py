"""What tests of metrics share: an empty data folder of their own."""

from pathlib import Path

import pytest


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to write exports in, beside the empty data folder that they are loaded into."""
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    return tmp_path
