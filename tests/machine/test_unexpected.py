"""What a reader is told of an error that nobody foresaw, and of a disk that refuses."""

import errno
import os
from pathlib import Path

import duckdb
import pytest

from machine import unexpected


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "Disken är full"),
        (OSError(errno.EROFS, os.strerror(errno.EROFS)), "Disken är skrivskyddad"),
        (OSError(errno.EIO, os.strerror(errno.EIO)), "Disken svarade inte som väntat"),
        (duckdb.IOException("Could not write file: No space left on device"), "Disken är full"),
    ],
)
def test_a_disk_that_refuses_is_told_as_that(
    error: Exception, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    told = unexpected.told(error)
    assert told.startswith(words)
    assert str(error) not in told
    assert not list(tmp_path.iterdir())


def test_where_nothing_can_be_noted_nobody_sees_a_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "data").write_bytes(b"")
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path / "data"))
    with pytest.raises(LookupError) as raised:
        raise LookupError("Ale")
    number = unexpected.told(raised.value).partition("(fel ")[2][:13]
    assert number in caplog.text
    assert "Traceback" not in caplog.text
    assert "Ale" not in caplog.text
