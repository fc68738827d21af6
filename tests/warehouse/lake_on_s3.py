"""Shared versions in a bucket: `make lake` runs this against moto, which stands in for a real S3.

No server of S3 is on the indexes that the tests install from.
"""

import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.cluster import Cluster
from warehouse import store
from warehouse.keeping.soundness import findings
from warehouse.store.lake import following
from warehouse.store.lake.place import PREFIX


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[bytes]]:
    """A server with an empty bucket, reached as the environment says."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "it's secret")
    command = ["moto_server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL, env=dict(os.environ)) as process:
        try:
            for _ in range(200):
                time.sleep(0.1)
                try:
                    make = urllib.request.Request(f"{address}/bucket", method="PUT")
                    urllib.request.urlopen(make, timeout=5).close()
                    break
                except OSError:
                    continue
            yield process
        finally:
            process.kill()


def change(number: int) -> None:
    with duckdb.connect() as connection, store.writing(connection, command="prov"):
        connection.execute("create table if not exists told (number integer)")
        connection.execute("insert into told values ($number)", {"number": number})


def told() -> list[int]:
    with store.reading() as connection:
        assert connection is not None
        return [number for (number,) in connection.execute("from told order by 1").fetchall()]


def test_versions_in_a_bucket_and_the_bucket_gone(
    server: Cluster,
    bucket: subprocess.Popen[bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(following, "_EACH", 0.0)
    monkeypatch.setattr(following, "_AFTER_SILENCE", 0.0)
    lines = f'warehouse = "{PREFIX}{server.database()}"\nstorage = "s3://bucket/folder"\n'
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / "settings.toml").write_text(f"{lines}keep_versions = 2\n")
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "a"))
    for number in (1, 2, 3):
        change(number)
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "b"))
    assert (told(), store.versions()) == ([1, 2, 3], [2, 3])
    assert all(one.sound for one in findings())
    bucket.kill()
    bucket.wait()
    with pytest.raises(store.Unreachable, match="Ingenting har ändrats"):
        change(4)
    assert (told(), store.standing()) == ([1, 2, 3], store.Standing(3))
