"""Where exports appear, as `sources.toml` declares it. Secrets are named there, never written."""

import os
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, field_validator, model_validator

from settings import SHIPPED, SettingsError, data_dir
from settings.toml import Declared, declared, read

FILE = "sources.toml"
_NEAR = {"localhost", "127.0.0.1", "::1"}
_SCHEMES = ("", "https", "sftp", "s3")


class SourceError(Exception):
    """A source that did not answer as it should; the message says why, in Swedish."""


class Measure(Declared):
    """What Kolada does not say of a measure of its: how it is shown, and what a unit of it counts.

    Everything that Kolada publishes is open, so `counts` hides nothing unless it is said to.
    """

    unit: str = Field(min_length=1)
    decimals: int = Field(default=1, ge=0, le=6)
    direction: Literal["higher", "lower", "neutral"] = "neutral"
    counts: Literal["persons", "cases", "days", "money", "inhabitants", "none"] = "none"


class Declaration(Declared):
    """The lines of a source; `data/sources.toml` says what each one means.

    Raises ValueError for what cannot be meant.
    """

    where: str = Field(min_length=1, description="en mapp eller en adress")
    pattern: str = "*"
    publish: Literal["nothing", "clean"] = "nothing"
    user_from: str = ""
    password_from: str = ""
    token_from: str = ""
    key_file: str = ""
    known_hosts: str = ""
    endpoint: str = ""
    timeout_seconds: float = Field(default=60.0, gt=0)
    every_days: int | None = Field(default=None, ge=0)
    api: Literal["", "kolada", "scb"] = ""
    years: int = Field(default=5, ge=1, le=25)
    measures: dict[str, Measure] = Field(
        default={},
        description='en tabell med en rad för varje nyckeltal: N79176 = { unit = "dagar" }',
    )
    similar: str = Field(default="Liknande kommuner, övergripande", min_length=1)
    table: str = ""
    select: dict[str, tuple[str, ...]] = Field(
        default={},
        description='en tabell med koder för varje variabel: Kon = ["1", "2"]',
    )

    @field_validator("where")
    @classmethod
    def _address(cls, where: str) -> str:
        try:
            url = _url(where)
            near = url.hostname in _NEAR
            _ = url.port
        except ValueError as error:
            raise ValueError(f"adressen går inte att läsa ({error}).") from None
        if url.scheme == "http" and not near:
            raise ValueError("använd https i stället för http.")
        if url.scheme not in _SCHEMES and not (url.scheme == "http" and near):
            raise ValueError(
                f"'{url.scheme}' känns inte igen. Skriv en mapp, https://, sftp:// eller s3://."
            )
        if url.scheme and not url.hostname:
            raise ValueError("adressen saknar server.")
        if url.username or url.password:
            raise ValueError(
                "skriv inte användare eller lösenord i adressen. Ange med user_from och "
                "password_from vilka miljövariabler de står i."
            )
        return where

    @model_validator(mode="after")
    def _complete(self) -> "Declaration":
        if self.api and _url(self.where).scheme not in ("https", "http"):
            raise ValueError(f"api = '{self.api}' kräver en adress som börjar med https://.")
        for api, line, given in (
            ("kolada", "measures", self.measures),
            ("scb", "table", self.table),
        ):
            if bool(given) != (self.api == api):
                raise ValueError(f"raden {line} ska finnas när api = '{api}', och bara då.")
        if self.select and self.api != "scb":
            raise ValueError("raden select ska bara finnas när api = 'scb'.")
        return self


class Source(Declaration):
    """A place where exports appear, by the name of its block."""

    name: str

    @property
    def kind(self) -> str:
        """What it is asked as: an API by its name, else by the address's scheme."""
        return self.api or self.url.scheme

    @property
    def rests_days(self) -> int:
        """How many days it is left alone after it has answered; an API is asked once a day."""
        return self.every_days if self.every_days is not None else int(bool(self.api))

    @property
    def url(self) -> SplitResult:
        """The address in its parts; a folder has no scheme."""
        return _url(self.where)

    @property
    def folder(self) -> Path:
        """The folder, where the source is one; a relative one lies in the data folder."""
        return data_dir() / Path(self.where).expanduser()

    def wants(self, name: str) -> bool:
        """Whether a file of this name is one to fetch; hidden and temporary files never are."""
        matches = fnmatchcase(name.lower(), self.pattern.lower())
        return matches and not name.startswith((".", "~$"))

    def secret(self, key: str) -> str | None:
        """What the environment variable that `key` (user_from, …) names holds; None without one.

        Raises SourceError where it is named and not set.
        """
        variable = getattr(self, key)
        if not variable:
            return None
        value = os.environ.get(variable)
        if value is None:
            raise SourceError(f"Miljövariabeln {variable} är inte satt.")
        return value


def sources() -> tuple[Source, ...]:
    """The declared sources: those of `SAMVERKAN_DATA` where it has the file, else the shipped.

    Raises SettingsError for a file that cannot be used.
    """
    path = next((p for p in (data_dir() / FILE, SHIPPED / FILE) if p.is_file()), None)
    if path is None:
        return ()
    return tuple(_source(name, given, path) for name, given in read(path).items())


def _source(name: str, given: object, path: Path) -> Source:
    if not isinstance(given, Mapping):
        raise SettingsError(f"{path}: '{name}' ska vara ett block: [{name}].")
    checked = declared(Declaration, given, path=path, table=name)
    return Source(name=name, **checked.model_dump())


def _url(where: str) -> SplitResult:
    return urlsplit(where) if "://" in where else SplitResult("", "", "", "", "")
