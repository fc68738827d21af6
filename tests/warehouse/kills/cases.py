"""The commands that are tried at each call, and the folder that each begins from."""

import os
import shutil
from pathlib import Path

import duckdb

import pipeline
from warehouse import store
from warehouse.journal import journal
from warehouse.keeping import backup

HEAD = "Månad;Kommun;Sjukhus;Vårdform;Antal utskrivna;Antal dagar\n"
WHY = ("--reason", "prov")
COMMANDS = {
    "first": ("load", "ny.csv"),
    "load": ("load", "ny.csv"),
    "withdraw": ("withdraw", "2", *WHY),
    "undo": ("undo", "1", *WHY, "--yes"),
    "backup": ("backup",),
    # The journal and the originals are gone.
    "restore": ("restore", "kopia.zip", *WHY, "--yes"),
    # The version in force, CURRENT and the journal are damaged.
    "repair": ("repair", "--yes"),
    "pull": ("pull",),
    # The version in force is as an earlier program wrote it.
    "migrate": ("load", "ny.csv"),
    "report": ("report", "monthly", "--period", "2019-07", "-o", "rapport.xlsx"),
    "purge": ("purge", "1", *WHY),
}


def load(place: Path, name: str, number: int) -> None:
    """Publish a file that says that so many were discharged in Ale."""
    path = written(place / name, number)
    with pipeline.checked(path) as file:
        pipeline.publish(file)


def written(path: Path, number: int) -> Path:
    """Write a file that says that so many were discharged in Ale."""
    path.write_text(f"{HEAD}2019-07;Ale;NU-sjukvården;Somatik;{number};4\n", encoding="utf-8")
    return path


def prepare(command: str, place: Path) -> None:
    """Make what each try begins from in a folder: the data folder, and the files of a user."""
    source = place / "data"
    source.mkdir()
    written(place / "ny.csv", 14)
    if command == "first":
        return
    load(place, "a.csv", 10)
    load(place, "b.csv", 12)
    backup.make(place / "kopia.zip")
    match command:
        case "restore":
            shutil.rmtree(source / "archive")
            journal.path().unlink(missing_ok=True)
        case "repair":
            for path in (store.path_of(2), source / "warehouse" / "CURRENT", journal.path()):
                if path.exists():
                    path.write_bytes(path.read_bytes()[1:])
        case "pull":
            (source / "export").mkdir()
            shutil.copyfile(place / "ny.csv", source / "export" / "ny.csv")
            # A file that has just been written may still be written in.
            os.utime(source / "export" / "ny.csv", (1e9, 1e9))
            text = '[mapp]\nwhere = "export"\npublish = "clean"\n'
            (source / "sources.toml").write_text(text, encoding="utf-8")
        case "migrate":
            _written_by_an_earlier_program(source / "warehouse")


def _written_by_an_earlier_program(folder: Path) -> None:
    for path in folder.glob("*.json"):
        path.unlink()
    for path in folder.glob("*.duckdb"):
        with duckdb.connect(str(path)) as connection:
            connection.execute("drop table counted")
            connection.execute("update schema set tables = 'others'")
