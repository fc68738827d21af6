"""Which municipalities Kolada says are similar to each of the county's, as its answer had it."""

import tomllib
from dataclasses import dataclass

from settings import FileState, data_dir
from settings.remembering import remembered

FILE = "kolada_similar.toml"


@dataclass(frozen=True)
class Similar:
    """The codes of the municipalities similar to one, and what Kolada calls the group."""

    title: str
    codes: tuple[str, ...]


def similar() -> dict[str, Similar]:
    """The similar municipalities of each, by its code; none before Kolada has told."""
    return _similar()


def _states() -> FileState | None:
    path = data_dir() / FILE
    return FileState.of(path) if path.is_file() else None


@remembered(2, while_same=_states)
def _similar() -> dict[str, Similar]:
    path = data_dir() / FILE
    if not path.is_file():
        return {}
    declared = tomllib.loads(path.read_text(encoding="utf-8"))
    return {
        code: Similar(str(told["title"]), tuple(map(str, told["codes"])))
        for code, told in declared.items()
    }
