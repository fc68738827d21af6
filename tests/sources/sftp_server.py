"""An SFTP server on 127.0.0.1 that serves one folder to one user, for tests."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import paramiko
from paramiko.common import AUTH_FAILED, AUTH_SUCCESSFUL, OPEN_SUCCEEDED
from paramiko.sftp import SFTP_NO_SUCH_FILE

USER, PASSWORD = "hamtare", "hemligt"


class _Door(paramiko.ServerInterface):
    def check_auth_password(self, username: str, password: str) -> int:
        right = (username, password) == (USER, PASSWORD)
        return AUTH_SUCCESSFUL if right else AUTH_FAILED

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return OPEN_SUCCEEDED

    def get_allowed_auths(self, username: str) -> str:
        return "password"


class _Handle(paramiko.SFTPHandle):
    def __init__(self, path: Path) -> None:
        super().__init__(os.O_RDONLY)
        self.readfile = path.open("rb")

    def stat(self) -> paramiko.SFTPAttributes:
        return paramiko.SFTPAttributes.from_stat(os.fstat(self.readfile.fileno()))


def _folder(root: Path) -> type[paramiko.SFTPServerInterface]:
    class Folder(paramiko.SFTPServerInterface):
        def list_folder(self, path: str) -> list[paramiko.SFTPAttributes] | int:
            if path != "/ut":
                return SFTP_NO_SUCH_FILE
            found = []
            for file in root.iterdir():
                told = paramiko.SFTPAttributes.from_stat(file.lstat())
                told.filename = file.name
                found.append(told)
            return found

        def stat(self, path: str) -> paramiko.SFTPAttributes:
            return paramiko.SFTPAttributes.from_stat((root / Path(path).name).stat())

        def open(self, path: str, flags: int, attr: paramiko.SFTPAttributes) -> paramiko.SFTPHandle:
            return _Handle(root / Path(path).name)

    return Folder


@contextmanager
def serving(root: Path, key: paramiko.PKey) -> Iterator[int]:
    """The port that the folder is served on, as `/ut`, while the block lasts."""
    transports: list[paramiko.Transport] = []

    def accept(listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            transport = paramiko.Transport(connection)
            transports.append(transport)
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, _folder(root))
            transport.start_server(event=threading.Event(), server=_Door())

    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        thread = threading.Thread(target=accept, args=(listener,), daemon=True)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(5)
            for transport in transports:
                transport.close()
