"""The files of the reference tables: where they lie, whether they can be used, when they change."""

import csv
import hashlib
import io
import os
import re
import time
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import ParamSpec, TypeVar

import settings
from settings import sound
from settings.remembering import remembered

_P = ParamSpec("_P")
_T = TypeVar("_T")

# Of each function: as many texts as a long file may have, in the tables as they are now.
_ANSWERS = 65536
_LOOKED_EVERY = 1.0
_WHOLE, _MAYBE = re.compile(r"\d+"), re.compile(r"\d*")
_NUMBERS = {
    **dict.fromkeys(("sort", "tile_col", "tile_row", "year", "month", "population"), _WHOLE),
    **dict.fromkeys(("sek_per_day", "after_days"), _MAYBE),
}

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "county": ("kind", "text"),
    "areas": ("key", "name", "full_name", "sort"),
    "area_aliases": ("key", "alias"),
    "municipalities": ("code", "name", "area", "federation", "tile_col", "tile_row"),
    "municipality_aliases": ("code", "alias"),
    "other_municipalities": ("code", "name"),
    "hospitals": ("organisation", "short_name", "site", "main_area"),
    "hospital_aliases": ("hospital", "alias"),
    "population": ("code", "year", "population"),
    "liability_rates": ("year", "sek_per_day", "confidence", "note"),
    "liability_rules": (
        *("valid_from", "valid_to", "care_form", "model", "after_days", "source", "confidence"),
    ),
    "timeline": ("date", "scope", "kind", "text", "source", "dataset"),
    "year_wheel": ("month", "area", "forum", "item", "source"),
    "nosam": ("key", "name", "area"),
    "deviation_categories": ("kind", "category", "spelling"),
    "organisations": ("contains", "kind", "name"),
}
"""The tables and the columns that are read of each; `docs/lansmapp.md` says what they hold."""
# What a table names that another one has: a table that lost its last rows is told by it.
_NAMES = {
    ("area_aliases", "key"): ("areas", "key"),
    ("hospital_aliases", "hospital"): ("hospitals", "organisation"),
    ("hospitals", "main_area"): ("areas", "key"),
    ("municipalities", "area"): ("areas", "key"),
    ("municipality_aliases", "code"): ("municipalities", "code"),
    ("nosam", "area"): ("areas", "key"),
    ("population", "code"): ("municipalities", "code"),
}


def tables_now() -> str:
    """What tells the tables in force from any others: for who remembers what is made of them.

    Equal tables are the same, wherever they lie.
    """
    return _all()[0]


def _files_now() -> str:
    # A page asks thousands of times; whoever changes a table by hand can wait a second.
    return _tables(os.environ.get("SAMVERKAN_DATA"), int(time.monotonic() / _LOOKED_EVERY))


@lru_cache(maxsize=4)
def _tables(_data: str | None, _moment: int) -> str:
    folders = settings.county_folders()
    paths = sorted(path for folder in folders for path in folder.glob("*.csv"))
    return repr((folders[0], [settings.FileState.of(path) for path in paths]))


def is_shipped_county() -> bool:
    """Whether the county is the one that the program comes with."""
    return not settings.settings().county_folder


def cached(function: Callable[_P, _T]) -> Callable[_P, _T]:
    """Remember what is made of the tables until one is changed: noticed within a second."""
    return remembered(_ANSWERS, while_same=tables_now)(function)


def rows(table: str) -> Sequence[Mapping[str, str]]:
    """A table's rows as they stand in its file.

    All tables are of one county, and are used together: as they are now, or as they last could be.
    Raises SettingsError, with file, row and column, where one cannot be used.
    """
    return _all()[1][table]


@remembered(4, while_same=_files_now)
def _all() -> tuple[str, Mapping[str, Sequence[Mapping[str, str]]]]:
    """What tells the tables from any others, and their rows."""
    tables = sound.newest(settings.county_folders()[0], _together)
    return hashlib.sha256(repr(tables).encode()).hexdigest(), tables


def _together(read: sound.Read) -> Mapping[str, Sequence[Mapping[str, str]]]:
    tables = {table: _rows(table, read) for table in COLUMNS}
    for (table, column), (named, key) in _NAMES.items():
        known = {row[key] for row in tables[named]}
        if unknown := [row[column] for row in tables[table] if row[column] not in known]:
            raise settings.SettingsError(
                f"'{unknown[0]}' står i kolumnen '{column}' i {table}.csv men inte i {named}.csv. "
                f"Någon av filerna i {settings.county_folders()[0]} är fel eller inte hel."
            )
    for kind in ("name", "full_name", "forum"):
        texts = [row["text"] for row in tables["county"] if row["kind"] == kind]
        if len(texts) != 1 or not texts[0]:
            raise settings.SettingsError(
                f"Referenstabellen county.csv ska ha en rad med {kind}, med en text."
            )
    return tables


def _rows(table: str, read: sound.Read) -> list[dict[str, str]]:
    folders = settings.county_folders()
    there = read([folder / f"{table}.csv" for folder in folders])
    if there is None:
        raise settings.SettingsError(
            f"Referenstabellen {table}.csv finns inte i {folders[0]}. Har länet inga sådana "
            f"uppgifter räcker rubrikraden: {','.join(COLUMNS[table])}."
        )
    path, content = there
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        lines = list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise settings.SettingsError(f"{path}: går inte att läsa som CSV ({error}).") from None
    if lacking := [name for name in COLUMNS[table] if name not in (reader.fieldnames or ())]:
        raise settings.SettingsError(f"{path}: kolumnen '{lacking[0]}' saknas.")
    for at, row in enumerate(lines, start=2):
        _check(row, f"{path}, rad {at}")
    return [{name: row[name] for name in COLUMNS[table]} for row in lines]


def _check(row: Mapping[str, str | None], where: str) -> None:
    for name, value in row.items():
        if value is None:
            raise settings.SettingsError(f"{where}: '{name}' saknas; raden är för kort.")
        if name in _NUMBERS and not _NUMBERS[name].fullmatch(value):
            raise settings.SettingsError(f"{where}: '{name}' ska vara ett tal, men är '{value}'.")
