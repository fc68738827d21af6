"""The two kinds of warehouse: this machine's own, and that which several machines share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.warehouse.cluster import Cluster, cluster
from tests.warehouse.kinds import KINDS
from warehouse.store.lake import following


@pytest.fixture(scope="session")
def server() -> Iterator[Cluster]:
    """A PostgreSQL for all tests."""
    with cluster() as made:
        yield made


@pytest.fixture
def data(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    kind: str,
) -> Path:
    """A folder to write exports in, beside the empty data folder that they are loaded into."""
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    if kind == "shared":
        share(tmp_path / "data", request.getfixturevalue("server").database(), tmp_path / "store")
        monkeypatch.setattr(following, "_EACH", 0.0)
        monkeypatch.setattr(following, "_AFTER_SILENCE", 0.0)
    return tmp_path


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Which kind of warehouse it is."""
    return str(request.param)


def share(folder: Path, address: str, storage: Path) -> None:
    """Let a data folder's versions be shared."""
    storage.mkdir(exist_ok=True)
    folder.mkdir(exist_ok=True)
    (folder / "settings.toml").write_text(
        f'warehouse = "ducklake:postgres:{address}"\nstorage = "{storage}"\n', encoding="utf-8"
    )
