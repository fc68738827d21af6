"""What is new at a source, fetched file by file, with a limit on how long it may be silent."""

import hashlib
import queue
import socket
import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import paramiko
import requests
from paramiko.ssh_exception import NoValidConnectionsError

from machine import scratch
from sources import folder, kolada, s3, scb, sftp, web
from sources.declaration import Source, SourceError
from sources.remote import Remote, TooLarge, Unreadable, refuse_large

_KINDS: Mapping[str, Callable[[Source], AbstractContextManager[list[Remote]]]] = {
    "": folder.listed,
    "http": web.listed,
    "https": web.listed,
    "kolada": kolada.listed,
    "s3": s3.listed,
    "scb": scb.listed,
    "sftp": sftp.listed,
}
_MOST = 2000
_CHUNK = 1 << 18
# A file that changed this many seconds ago may still be being written.
_SETTLES = 20.0
_LONGEST_NAME = 150
# Closing a connection after the last file may take this many seconds.
_FAREWELL = 2.0
_running: dict[str, threading.Thread] = {}


@dataclass(frozen=True)
class Fetched:
    """A file that was fetched, there until the next one is asked for.

    `refused` says in Swedish why it was not fetched; then it has no fingerprint.
    """

    name: str
    stamp: str
    path: Path
    sha256: str
    size: int
    refused: str = ""


class _Beat:
    """Says that the source is still answering."""


class _End:
    """Says that all files have come."""


_Told = Fetched | _Beat | _End | SourceError


def fetched(source: Source, *, known: Collection[tuple[str, str]]) -> Iterator[Fetched]:
    """The files of the source that match its pattern, oldest first, but for the `known`.

    `known` are names with stamps. Raises SourceError where the source does not answer as it should,
    also where it is silent for longer than its `timeout_seconds`.
    """
    before = _running.get(source.name)
    if before is not None:
        before.join(_FAREWELL)
        if before.is_alive():
            raise SourceError("Källan svarar fortfarande inte på den förra frågan.")
    told: queue.Queue[_Told] = queue.Queue(maxsize=1)
    stopped = threading.Event()
    with scratch.folder() as place:
        # A call that hangs, as one to a share that is gone, can only be left behind.
        thread = threading.Thread(
            target=_fetch, args=(source, known, place, told, stopped), daemon=True
        )
        _running[source.name] = thread
        thread.start()
        try:
            yield from _heard(source, told)
        finally:
            stopped.set()


def _heard(source: Source, told: "queue.Queue[_Told]") -> Iterator[Fetched]:
    while True:
        try:
            item = told.get(timeout=source.timeout_seconds)
        except queue.Empty:
            raise SourceError(
                f"Källan har inte svarat på {source.timeout_seconds:g} sekunder."
            ) from None
        match item:
            case Fetched():
                yield item
                item.path.unlink(missing_ok=True)
            case SourceError():
                raise item
            case _End():
                return


def _fetch(
    source: Source,
    known: Collection[tuple[str, str]],
    place: Path,
    told: "queue.Queue[_Told]",
    stopped: threading.Event,
) -> None:
    def tell(item: _Told) -> None:
        while not stopped.is_set():
            try:
                told.put(item, timeout=0.5)
                return
            except queue.Full:
                continue
        raise SourceError("Avbruten.")

    try:
        with _KINDS[source.kind](source) as place_of:
            for number, remote in enumerate(_wanted(source, place_of)):
                if (label(remote.name), remote.stamp) not in known:
                    tell(_one(remote, place / str(number), tell))
            tell(_End())
    except Exception as error:
        # Whatever goes wrong at the source is told where it is waited for, in another thread.
        if not stopped.is_set():
            told.put(_reason(error))


def _wanted(source: Source, remotes: list[Remote]) -> list[Remote]:
    now = time.time()
    chosen = [
        remote
        for remote in remotes
        if source.wants(remote.name)
        and not (remote.changed is not None and 0 <= now - remote.changed < _SETTLES)
    ]
    if len(chosen) > _MOST:
        raise SourceError(f"Källan har {len(chosen)} filer; fler än {_MOST} hämtas inte.")
    return sorted(chosen, key=lambda remote: (remote.changed or 0.0, remote.name))


def _one(remote: Remote, path: Path, tell: Callable[[_Told], None]) -> Fetched:
    size, digest = 0, hashlib.sha256()
    refused, stamp = "", remote.stamp
    try:
        refuse_large(remote.size)
        with remote.opened() as content, path.open("wb") as target:
            while chunk := content.read(_CHUNK):
                size += len(chunk)
                refuse_large(size)
                digest.update(chunk)
                target.write(chunk)
                tell(_Beat())
    except TooLarge as error:
        refused = str(error)
    except (Unreadable, FileNotFoundError, PermissionError) as error:
        # Without a stamp it is asked for again: it may be there the next time.
        refused, stamp = f"Filen går inte att hämta. {_reason(error)}", ""
    return Fetched(
        name=label(remote.name),
        stamp=stamp,
        path=path,
        sha256="" if refused else digest.hexdigest(),
        size=size,
        refused=refused,
    )


def label(name: str) -> str:
    """The last part of a name from afar, fit to be shown: it never becomes a path."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(c for c in last if c.isprintable())[:_LONGEST_NAME] or "fil"


def _reason(error: Exception) -> SourceError:
    """What went wrong, in Swedish."""
    match error:
        case SourceError():
            return error
        case requests.exceptions.SSLError():
            text = "Serverns certifikat går inte att lita på."
        case requests.Timeout() | TimeoutError():
            text = "Källan svarade inte i tid."
        case (
            requests.ConnectionError()
            | ConnectionError()
            | paramiko.SSHException()
            | NoValidConnectionsError()
            | socket.gaierror()
        ):
            text = f"Servern går inte att nå ({type(error).__name__})."
        case FileNotFoundError() | NotADirectoryError():
            text = "Mappen eller filen finns inte."
        case PermissionError():
            text = "Det saknas behörighet att läsa där."
        case _:
            text = f"Källan går inte att läsa ({type(error).__name__}: {error})."
    return SourceError(text)
