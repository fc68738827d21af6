"""Who gets mail, about what and how it is sent, as `mail.toml` and `schedules.toml` declare it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

import reference
from access.declared import access as declared_access
from access.rights import EVERY as EVERY_AREA
from reports.making import KINDS
from settings import SettingsError, data_dir
from settings.toml import Declared, declared, read

FILE = "mail.toml"
SCHEDULES = "schedules.toml"
_SERVER = "server"
Kind = Literal["missing", "waiting", "signals", "corrections", "reports"]
EVERY: tuple[Kind, ...] = ("missing", "waiting", "signals", "corrections", "reports")
_Address = Annotated[
    str, Field(pattern=r"^[^@\s<>,;]+@[^@\s<>,;]+$", description="en e-postadress")
]


class Server(Declared):
    """How mail is sent. There is no way without TLS."""

    host: Annotated[str, Field(min_length=1)]
    port: Annotated[int, Field(gt=0, lt=65536)] = 587
    security: Literal["starttls", "tls"] = "starttls"
    sender: _Address
    link: Annotated[str, Field(pattern=r"^https?://\S+$", description="en adress till sidorna")]
    user_from: str = ""
    password_from: str = ""
    ca_file: str = ""
    timeout_seconds: Annotated[float, Field(gt=0)] = 30.0

    def secret(self, variable: str) -> str:
        """What the environment variable holds. Raises SettingsError where it is not set."""
        value = os.environ.get(variable)
        if value is None:
            raise SettingsError(f"Miljövariabeln {variable} är inte satt.")
        return value


class _Recipient(Declared):
    to: Annotated[
        str, Field(pattern=r"^([^@\s<>,;]+@[^@\s<>,;]+)?$", description="en e-postadress")
    ] = ""
    role: Literal["läsare", "dataförvaltare", "granskare", "administratör"] | None = None
    areas: tuple[str, ...] = ()
    wants: Annotated[tuple[Kind, ...], Field(min_length=1)] = EVERY

    @model_validator(mode="after")
    def _known(self) -> "_Recipient":
        if bool(self.to) == bool(self.role):
            raise ValueError("ange antingen 'to', en adress, eller 'role', en roll i access.toml.")
        if self.to and not self.areas:
            raise ValueError("'areas' saknas: vilka områden adressen följer.")
        known = _everywhere()
        if unknown := [area for area in self.areas if area not in known]:
            raise ValueError(f"området '{unknown[0]}' finns inte. Välj bland {', '.join(known)}.")
        return self


class _Schedule(Declared):
    report: str
    place: str
    form: str
    to: Annotated[tuple[str, ...], Field(min_length=1)]
    day: Annotated[int | None, Field(ge=1, le=28, description="mellan 1 och 28")] = None

    @model_validator(mode="after")
    def _possible(self) -> "_Schedule":
        kind = KINDS.get(self.report)
        if kind is None:
            raise ValueError(f"'report' ska vara ett av {', '.join(KINDS)}.")
        if self.form not in kind.formats:
            raise ValueError(f"'form' ska vara ett av {', '.join(kind.formats)}.")
        if self.place not in (reference.COUNTY, *(area.key for area in reference.areas())):
            raise ValueError(f"platsen '{self.place}' finns inte.")
        return self


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """A person, a role or an area that gets mail, and what it follows.

    `name` is what tells it apart in the log: of its `block`, and of a role's the address too.
    """

    name: str
    block: str
    to: str
    areas: tuple[str, ...]
    wants: tuple[Kind, ...]


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A report that is sent when its period is complete, or from a day of the month on."""

    name: str
    report: str
    place: str
    form: str
    to: tuple[str, ...]
    day: int | None


@dataclass(frozen=True)
class Declaration:
    """All that is declared of mail."""

    server: Server
    recipients: tuple[Recipient, ...]
    schedules: tuple[Schedule, ...]


def declaration() -> Declaration | None:
    """What is declared in the data folder; None where mail is off.

    Raises SettingsError for a file that cannot be used.
    """
    path = data_dir() / FILE
    if not path.is_file():
        return None
    blocks = dict(read(path))
    if _SERVER not in blocks:
        raise SettingsError(f"{path}: [{_SERVER}] saknas.")
    server = declared(Server, blocks.pop(_SERVER), path=path, table=_SERVER)
    recipients = tuple(
        recipient
        for name, block in blocks.items()
        for recipient in _recipients(name, _lines(_Recipient, block, path, name))
    )
    return Declaration(server, recipients, _schedules(set(blocks)))


def _everywhere() -> list[str]:
    return [reference.COUNTY, *(area.key for area in reference.areas())]


def _recipients(name: str, lines: Mapping[str, Any]) -> list[Recipient]:
    """Who a block is of: one address, or those that the file of rights gives for its role.

    Those follow the areas that they have the role for, or of them what the block says.
    """
    rest = {"block": name, "wants": lines["wants"]}
    if lines["to"]:
        return [Recipient(name=name, to=lines["to"], areas=lines["areas"], **rest)]
    followed: dict[str, dict[str, None]] = {}
    for given in declared_access().right:
        if given.role != lines["role"]:
            continue
        own = _everywhere() if set(given.right.areas) == {EVERY_AREA} else given.areas
        for address in given.mail:
            followed.setdefault(address, {}).update(
                dict.fromkeys(one for one in own if not lines["areas"] or one in lines["areas"])
            )
    return [
        Recipient(name=f"{name} {address}", to=address, areas=tuple(areas), **rest)
        for address, areas in followed.items()
        if areas
    ]


def _schedules(known: set[str]) -> tuple[Schedule, ...]:
    path = data_dir() / SCHEDULES
    if not path.is_file():
        return ()
    schedules = tuple(
        Schedule(name=name, **_lines(_Schedule, block, path, name))
        for name, block in read(path).items()
    )
    for one in schedules:
        if unknown := [name for name in one.to if name not in known]:
            raise SettingsError(f"{path}: [{one.name}]: '{unknown[0]}' finns inte i {FILE}.")
    return schedules


def _lines(kind: type[Declared], block: Any, path: Path, name: str) -> dict[str, Any]:
    if not isinstance(block, Mapping):
        raise SettingsError(f"{path}: '{name}' ska vara ett block: [{name}].")
    return declared(kind, block, path=path, table=name).model_dump()
