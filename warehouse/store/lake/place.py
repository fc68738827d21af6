"""Where shared versions lie, by the settings; secrets come from the environment alone."""

from dataclasses import dataclass
from functools import lru_cache

from settings import SettingsError, settings

PREFIX = "ducklake:postgres:"
_BUCKET = "s3://"
PATIENCE = 3
"""Seconds until a server that does not answer is taken for gone."""
# A network that is gone says nothing: what waits for an answer learns of it in so many seconds.
_ASKED_WHETHER_THERE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}


@dataclass(frozen=True)
class Place:
    """A catalogue, as PostgreSQL's clients write its address, and the storage, a folder or S3.

    `schema` is where the catalogue's tables are, and the folder of the storage.
    """

    catalogue: str
    storage: str
    schema: str = "samverkan"

    @property
    def is_bucket(self) -> bool:
        """Whether the storage is a bucket, not a folder."""
        return self.storage.startswith(_BUCKET)

    @property
    def data(self) -> str:
        """Where the files of the tables lie."""
        return f"{self.storage.rstrip('/')}/{self.schema}/"


def place() -> Place | None:
    """Where versions are shared; None where they are this machine's own. Raises SettingsError."""
    declared = settings()
    return named(declared.warehouse, declared.storage)


@lru_cache(maxsize=8)
def named(warehouse: str, storage: str) -> Place | None:
    """The place of two settings. Raises SettingsError where one of them is missing."""
    if not warehouse:
        return None
    if not warehouse.startswith(PREFIX):
        raise SettingsError(
            f"inställningen 'warehouse' ska vara tom eller börja med {PREFIX}, men är "
            f"{warehouse!r}."
        )
    if not storage:
        raise SettingsError(
            "inställningen 'storage' ska vara en mapp som alla datorer når, eller s3://…, när "
            "'warehouse' är angiven."
        )
    asked = warehouse.removeprefix(PREFIX)
    return Place(_patient(asked), storage)


def _patient(address: str) -> str:
    # The extra is there only where versions are shared.
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import make_conninfo
    except ImportError:
        raise SettingsError(
            "delade versioner behöver samverkan[lake]. Installera det: pip install -e '.[lake]'."
        ) from None
    try:
        return make_conninfo(address, connect_timeout=PATIENCE, **_ASKED_WHETHER_THERE)
    except ProgrammingError as error:
        raise SettingsError(
            f"inställningen 'warehouse' är ingen adress till PostgreSQL ({error})."
        ) from None
