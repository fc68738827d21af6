"""Who gets mail, about what and how it is sent, as `mail.toml` and `schedules.toml` declare it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

import reference
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
    to: _Address
    areas: Annotated[tuple[str, ...], Field(min_length=1)]
    wants: Annotated[tuple[Kind, ...], Field(min_length=1)] = EVERY

    @model_validator(mode="after")
    def _known(self) -> "_Recipient":
        known = [reference.COUNTY, *(area.key for area in reference.areas())]
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
    """A person, a role or an area that gets mail: the name of its block, and what it follows."""

    name: str
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
        Recipient(name=name, **_lines(_Recipient, block, path, name))
        for name, block in blocks.items()
    )
    return Declaration(server, recipients, _schedules(recipients))


def _schedules(recipients: tuple[Recipient, ...]) -> tuple[Schedule, ...]:
    path = data_dir() / SCHEDULES
    if not path.is_file():
        return ()
    schedules = tuple(
        Schedule(name=name, **_lines(_Schedule, block, path, name))
        for name, block in read(path).items()
    )
    known = {one.name for one in recipients}
    for one in schedules:
        if unknown := [name for name in one.to if name not in known]:
            raise SettingsError(f"{path}: [{one.name}]: '{unknown[0]}' finns inte i {FILE}.")
    return schedules


def _lines(kind: type[Declared], block: Any, path: Path, name: str) -> dict[str, Any]:
    if not isinstance(block, Mapping):
        raise SettingsError(f"{path}: '{name}' ska vara ett block: [{name}].")
    return declared(kind, block, path=path, table=name).model_dump()
