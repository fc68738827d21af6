"""Where exports appear, as `sources.toml` declares it. Secrets are named there, never written."""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from settings import SHIPPED, data_dir

FILE = "sources.toml"
_NEAR = {"localhost", "127.0.0.1", "::1"}
_SCHEMES = ("", "https", "sftp", "s3")


class SourcesError(ValueError):
    """A sources.toml that cannot be used; the message says in Swedish what to mend."""


class SourceError(Exception):
    """A source that did not answer as it should; the message says why, in Swedish."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A place where exports appear; `data/sources.toml` says what each line means.

    Raises SourcesError for what cannot be meant.
    """

    name: str
    where: str
    pattern: str = "*"
    publish: str = "nothing"
    user_from: str = ""
    password_from: str = ""
    token_from: str = ""
    key_file: str = ""
    known_hosts: str = ""
    endpoint: str = ""
    timeout_seconds: float = 60.0

    def __post_init__(self) -> None:
        if not self.where:
            raise SourcesError(f"'{self.name}' saknar 'where'.")
        if self.publish not in ("nothing", "clean"):
            raise SourcesError(
                f'\'{self.name}\': publish ska vara "nothing" eller "clean", men är '
                f"{self.publish!r}."
            )
        if not self.timeout_seconds > 0:
            raise SourcesError(f"'{self.name}': timeout_seconds ska vara större än 0.")
        self._address()

    def _address(self) -> None:
        try:
            url = self.url
            near = url.hostname in _NEAR
            _ = url.port
        except ValueError as error:
            raise SourcesError(f"'{self.name}': adressen går inte att läsa ({error}).") from None
        if url.scheme == "http" and not near:
            raise SourcesError(f"'{self.name}': använd https i stället för http.")
        if url.scheme not in _SCHEMES and not (url.scheme == "http" and near):
            raise SourcesError(
                f"'{self.name}': '{url.scheme}' känns inte igen. Skriv en mapp, https://, sftp:// "
                "eller s3://."
            )
        if url.scheme and not url.hostname:
            raise SourcesError(f"'{self.name}': adressen saknar server.")
        if url.username or url.password:
            raise SourcesError(
                f"'{self.name}': skriv inte användare eller lösenord i adressen. Ange med "
                "user_from och password_from vilka miljövariabler de står i."
            )

    @property
    def url(self) -> SplitResult:
        """The address in its parts; a folder has no scheme."""
        return urlsplit(self.where) if "://" in self.where else SplitResult("", "", "", "", "")

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

    Raises SourcesError for a file that cannot be used.
    """
    path = next((p for p in (data_dir() / FILE, SHIPPED / FILE) if p.is_file()), None)
    if path is None:
        return ()
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return tuple(_source(name, given) for name, given in raw.items())
    except SourcesError as error:
        raise SourcesError(f"{path}: {error}") from None
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourcesError(f"{path}: filen går inte att läsa som TOML ({error}).") from None


def _source(name: str, given: object) -> Source:
    if not isinstance(given, Mapping):
        raise SourcesError(f"'{name}' ska vara ett block: [{name}].")
    kinds = {field.name: field.type for field in fields(Source) if field.name != "name"}
    values: dict[str, str | float] = {}
    for key, value in given.items():
        if key not in kinds:
            raise SourcesError(f"'{name}': '{key}' finns inte. Tillåtna är {', '.join(kinds)}.")
        if kinds[key] is float and type(value) in (int, float):
            values[key] = float(value)
        elif kinds[key] is str and isinstance(value, str):
            values[key] = value
        else:
            wanted = "text" if kinds[key] is str else "ett tal"
            raise SourcesError(f"'{name}': '{key}' ska vara {wanted}, men är {value!r}.")
    values.setdefault("where", "")
    # Every value has passed the check against the type that its field declares.
    return Source(name=name, **values)  # type: ignore[arg-type]
