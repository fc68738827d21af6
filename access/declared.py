"""The file `access.toml`: who signs people in, and which rights each has."""

import hashlib
import ipaddress
import os
import stat
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, model_validator

import reference
from access.rights import EVERY, Right, Role
from settings import FileState, SettingsError, data_dir
from settings.sound import Read, newest
from settings.toml import Declared, declared, parsed
from swedish.refusals import why

LOCAL = "lokal:"
"""What the subject of a user of this machine begins with."""
FILE = "access.toml"
_Texts = tuple[str, ...]
_Name = Annotated[str, Field(min_length=1)]
_Mail = Annotated[str, Field(pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+$", description="en e-postadress")]


class Proxy(Declared):
    """A proxy that has signed people in, and says who they are in its headers."""

    address: _Name
    subject_header: _Name
    name_header: _Name

    @model_validator(mode="after")
    def _is_an_address(self) -> "Proxy":
        try:
            ipaddress.ip_address(self.address)
        except ValueError:
            raise ValueError(
                f"'proxy.address' ska vara proxyns IP-adress, men är '{self.address}'."
            ) from None
        return self


class Provider(Declared):
    """A provider of OpenID Connect, and what its claims are called.

    `secret` names where the client's secret is: an environment variable, `env:NAME`, or a file that
    only its owner may read. `address` is the one that readers reach the dashboard by.
    """

    issuer: _Name
    client_id: _Name
    secret: str = Field(pattern="^(env:.+|/.+)$", description="env:NAMN eller /en/fil")
    address: _Name
    scopes: _Texts = ("openid", "profile")
    subject: _Name = "sub"
    name: _Name = "name"
    groups: _Name = "groups"
    acr: _Texts = ()
    idle_minutes: int = Field(default=30, gt=0)
    absolute_hours: int = Field(default=10, gt=0)

    @model_validator(mode="after")
    def _are_safe(self) -> "Provider":
        for line, address in (("issuer", self.issuer), ("address", self.address)):
            told = urlsplit(address)
            here = told.hostname in ("127.0.0.1", "localhost", "::1")
            if not told.hostname or told.scheme not in ("https", "http" if here else "https"):
                raise ValueError(f"'provider.{line}' ska börja med https://, men är '{address}'.")
        return self

    def client_secret(self) -> str:
        """The client's secret. Raises SettingsError where it is not there, or open to others."""
        if self.secret.startswith("env:"):
            name = self.secret.removeprefix("env:")
            if secret := os.environ.get(name):
                return secret
            raise SettingsError(f"{path()}: miljövariabeln {name} är inte satt.")
        file = Path(self.secret)
        try:
            if stat.S_IMODE(file.stat().st_mode) & 0o077:
                raise SettingsError(f"{file} får bara kunna läsas av den som äger den (chmod 600).")
            return file.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingsError(f"{file} går inte att läsa ({why(error)}).") from error


class Given(Declared):
    """A role, and to whom it is given: subjects, members of groups, or `*` for all who sign in.

    `mail` is where those who have it are written to.
    """

    role: Literal["läsare", "dataförvaltare", "granskare", "administratör"]
    who: _Texts = ()
    groups: _Texts = ()
    datasets: _Texts = ()
    areas: _Texts = ()
    mail: tuple[_Mail, ...] = ()

    @model_validator(mode="after")
    def _says_where(self) -> "Given":
        role = Role(self.role)
        wanted = {
            Role.STEWARD: {"datasets", "areas"},
            Role.REVIEWER: {"areas"},
        }.get(role, set())
        for line in ("datasets", "areas"):
            if bool(getattr(self, line)) != (line in wanted):
                said = "saknar" if line in wanted else "ska inte ha"
                raise ValueError(f"rollen {role} {said} '{line}'.")
        known = {EVERY, *(area.key for area in reference.areas())}
        if unknown := set(self.areas) - known:
            raise ValueError(
                f"området '{min(unknown)}' finns inte. Tillåtna är {', '.join(sorted(known))}."
            )
        if not self.who and not self.groups:
            raise ValueError(f"rollen {role} är inte given till någon: skriv 'who' eller 'groups'.")
        if role is not Role.READER and EVERY in self.who:
            raise ValueError(f"rollen {role} kan inte ges till alla ('*'), bara läsare.")
        return self

    @property
    def right(self) -> Right:
        """What it gives."""
        return Right(
            Role(self.role),
            frozenset(self.datasets or (EVERY,)),
            frozenset(self.areas or (EVERY,)),
        )


class Access(Declared):
    """All that the file says; without one there is one user with all rights, on this machine."""

    proxy: Proxy | None = None
    provider: Provider | None = None
    right: tuple[Given, ...] = ()

    @model_validator(mode="after")
    def _has_one_door(self) -> "Access":
        if self.proxy and self.provider:
            raise ValueError("ange antingen [proxy] eller [provider], inte båda.")
        return self

    @property
    def signs_in(self) -> bool:
        """Whether readers have to sign in."""
        return bool(self.proxy or self.provider)

    def rights_of(self, subject: str, groups: Collection[str] = ()) -> tuple[Right, ...]:
        """What is given to a subject and to its groups.

        Whoever is at this machine has its files, and is administrator unless the file says
        what some such user is.
        """
        here = subject.startswith(LOCAL)
        if here and not any(one.startswith(LOCAL) for given in self.right for one in given.who):
            return (Right(Role.ADMINISTRATOR),)
        names = {subject} if here else {subject, EVERY}
        return tuple(
            given.right
            for given in self.right
            if names.intersection(given.who) or set(groups).intersection(given.groups)
        )


def path() -> Path:
    """Where the file is, if there is one."""
    return data_dir() / FILE


def access() -> Access:
    """What the file says, read anew when it changes. Raises SettingsError."""
    try:
        return _read(data_dir(), FileState.of(path()))
    except (FileNotFoundError, NotADirectoryError):
        # Nobody's rights are wider because the file that gives them has been lost.
        return _read(data_dir(), None)
    except OSError as error:
        # Not to be read is not the same as not there: nobody comes in.
        raise SettingsError(f"{path()} går inte att läsa ({why(error)}).") from error


def fingerprint() -> str:
    """What tells the file from what it was before, as the audit has it."""
    try:
        return f"{FILE}, SHA-256 {hashlib.sha256(path().read_bytes()).hexdigest()}"
    except (FileNotFoundError, NotADirectoryError):
        return f"{FILE} finns inte"
    except OSError as error:
        return f"{FILE} går inte att läsa ({why(error)})"


def rights_of(subject: str, groups: Collection[str] = ()) -> tuple[Right, ...]:
    """What a subject may do now. Raises SettingsError."""
    return access().rights_of(subject, groups)


def is_this_machine(address: str) -> bool:
    """Whether an address is of the machine itself; a name other than localhost never is."""
    try:
        return address == "localhost" or ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


@lru_cache(maxsize=4)
def _read(folder: Path, _state: FileState | None) -> Access:
    file = folder / FILE
    return newest(file, lambda read: _made(file, read))


def _made(file: Path, read: Read) -> Access:
    there = read([file])
    return declared(Access, parsed(*there), path=file) if there else Access()
