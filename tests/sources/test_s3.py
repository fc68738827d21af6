"""S3 goes through s3fs, and says what is missing where that is not installed."""

import sys
from datetime import UTC, datetime
from io import BytesIO
from types import ModuleType

import pytest

from sources.declaration import Source, SourceError
from sources.fetching import fetched

SOURCE = Source(
    name="s3", where="s3://hink/ut", pattern="*.csv", user_from="S3_USER", password_from="S3_WORD"
)


class _System:
    """What is used of s3fs.S3FileSystem."""

    def __init__(self, *, key: str, secret: str, **_: object) -> None:
        assert (key, secret) == ("namn", "hemligt")

    def ls(self, path: str, *, detail: bool) -> list[dict[str, object]]:
        assert (path, detail) == ("hink/ut", True)
        told = {"size": 3, "LastModified": datetime(2020, 1, 1, tzinfo=UTC), "ETag": '"1"'}
        return [
            {"name": "hink/ut/a.csv", "type": "file"} | told,
            {"name": "hink/ut/inre", "type": "directory"} | told,
        ]

    def open(self, path: str, mode: str) -> BytesIO:
        assert (path, mode) == ("hink/ut/a.csv", "rb")
        return BytesIO(b"a;b")


def test_files_of_a_bucket_come(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("s3fs")
    monkeypatch.setattr(module, "S3FileSystem", _System, raising=False)
    monkeypatch.setitem(sys.modules, "s3fs", module)
    monkeypatch.setenv("S3_USER", "namn")
    monkeypatch.setenv("S3_WORD", "hemligt")
    assert [(f.name, f.path.read_bytes()) for f in fetched(SOURCE, known=())] == [("a.csv", b"a;b")]


def test_without_s3fs_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(SourceError, match=r'pip install "samverkan\[s3\]"'):
        list(fetched(SOURCE, known=()))
