"""Files fetched from an SFTP server on 127.0.0.1; one that is not known is not trusted."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import paramiko
import pytest

from sources.declaration import Source, SourceError
from sources.fetching import fetched
from tests.sources import sftp_server

GOOD = b"M\xc3\xa5nad;Kommun;Antal utskrivna;Antal dagar\n2019-07;Ale;40;20\n"


@pytest.fixture(scope="module")
def key() -> paramiko.PKey:
    return paramiko.RSAKey.generate(2048)


@pytest.fixture
def server(tmp_path: Path, key: paramiko.PKey, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a server with an export, a link and a folder; its key is in known_hosts."""
    folder = tmp_path / "ut"
    (folder / "inre.csv").mkdir(parents=True)
    (folder / "export.csv").write_bytes(GOOD)
    os.utime(folder / "export.csv", (1e9, 1e9))
    os.symlink("/etc/hosts", folder / "link.csv")
    monkeypatch.setenv("TEST_USER", sftp_server.USER)
    monkeypatch.setenv("TEST_PASSWORD", sftp_server.PASSWORD)
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    with sftp_server.serving(folder, key) as port:
        trust(tmp_path, port, key)
        yield port


def trust(folder: Path, port: int, key: paramiko.PKey) -> None:
    line = f"[127.0.0.1]:{port} {key.get_name()} {key.get_base64()}\n"
    (folder / "known_hosts").write_text(line, encoding="ascii")


def source(port: int, folder: Path, *, path: str = "/ut", timeout: float = 10) -> Source:
    return Source(
        name="sftp",
        where=f"sftp://127.0.0.1:{port}{path}",
        pattern="*.csv",
        user_from="TEST_USER",
        password_from="TEST_PASSWORD",
        known_hosts=str(folder / "known_hosts"),
        timeout_seconds=timeout,
    )


def test_files_come_whole_and_only_files(server: int, tmp_path: Path) -> None:
    asked = source(server, tmp_path)
    came = [(file.name, file.path.read_bytes(), file.stamp) for file in fetched(asked, known=())]
    assert [(name, content) for name, content, _ in came] == [("export.csv", GOOD)]
    known = [(name, stamp) for name, _, stamp in came]
    assert list(fetched(asked, known=known)) == []


def test_a_server_with_another_key_is_not_trusted(server: int, tmp_path: Path) -> None:
    trust(tmp_path, server, paramiko.RSAKey.generate(2048))
    with pytest.raises(SourceError, match="en annan nyckel"):
        list(fetched(source(server, tmp_path), known=()))


def test_an_unknown_server_is_not_trusted(server: int, tmp_path: Path) -> None:
    (tmp_path / "known_hosts").write_text("", encoding="ascii")
    with pytest.raises(SourceError, match="finns inte i known_hosts"):
        list(fetched(source(server, tmp_path), known=()))


def test_a_wrong_password_says_so(
    server: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEST_PASSWORD", "fel")
    with pytest.raises(SourceError, match="Inloggningen nekades"):
        list(fetched(source(server, tmp_path), known=()))


def test_a_secret_that_is_not_set_is_named(
    server: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TEST_PASSWORD")
    with pytest.raises(SourceError, match="Miljövariabeln TEST_PASSWORD är inte satt"):
        list(fetched(source(server, tmp_path), known=()))


def test_a_folder_that_is_not_there_says_so(server: int, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="finns inte"):
        list(fetched(source(server, tmp_path, path="/annan"), known=()))


def test_a_server_that_says_nothing_is_left(tmp_path: Path, server: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        asked = source(silent.getsockname()[1], tmp_path, timeout=0.5)
        with pytest.raises(SourceError, match=r"inte svarat|inte i tid|inte att nå"):
            list(fetched(asked, known=()))


def test_a_port_without_a_server_cannot_be_reached(server: int, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(SourceError, match="Servern går inte att nå"):
        list(fetched(source(port, tmp_path), known=()))
