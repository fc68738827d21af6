"""A folder over SFTP. The server must be one that known_hosts knows."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import paramiko

from sources.declaration import Source, SourceError
from sources.remote import Remote


@contextmanager
def listed(source: Source) -> Iterator[list[Remote]]:
    """The files of the folder, over a connection that is open within the block."""
    with paramiko.SSHClient() as client:
        _connect(client, source)
        with client.open_sftp() as sftp:
            channel = sftp.get_channel()
            if channel is not None:
                channel.settimeout(source.timeout_seconds)
            folder = source.url.path or "."
            yield [
                Remote(
                    name=entry.filename,
                    size=entry.st_size,
                    changed=entry.st_mtime,
                    opened=partial(sftp.open, f"{folder.rstrip('/')}/{entry.filename}", "rb"),
                )
                for entry in sftp.listdir_attr(folder)
                if entry.st_mode is not None and stat.S_ISREG(entry.st_mode)
            ]


def _connect(client: paramiko.SSHClient, source: Source) -> None:
    try:
        if source.known_hosts:
            client.load_host_keys(str(Path(source.known_hosts).expanduser()))
        else:
            client.load_system_host_keys()
    except OSError as error:
        raise SourceError(f"Filen {source.known_hosts} går inte att läsa.") from error
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    password = source.secret("password_from")
    try:
        client.connect(
            source.url.hostname or "",
            port=source.url.port or 22,
            username=source.secret("user_from"),
            password=None if source.key_file else password,
            passphrase=password if source.key_file else None,
            key_filename=str(Path(source.key_file).expanduser()) if source.key_file else None,
            timeout=source.timeout_seconds,
            banner_timeout=source.timeout_seconds,
            auth_timeout=source.timeout_seconds,
            allow_agent=False,
            look_for_keys=False,
        )
    except paramiko.BadHostKeyException as error:
        raise SourceError(
            "Servern visar en annan nyckel än den i known_hosts. Fråga den som sköter servern "
            "innan du ändrar något."
        ) from error
    except (paramiko.AuthenticationException, paramiko.PasswordRequiredException) as error:
        raise SourceError("Inloggningen nekades. Kontrollera användare och lösenord.") from error
    except paramiko.SSHException as error:
        if "known_hosts" not in str(error):
            raise
        raise SourceError(
            "Serverns nyckel finns inte i known_hosts. Lägg till den (ssh-keyscan) när den som "
            "sköter servern har bekräftat den."
        ) from error
