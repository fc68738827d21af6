"""A file that people write is broken or lost: what held goes on, and is told of."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

import reference
from access import declared
from metrics import catalogue
from settings import SHIPPED, SettingsError, settings, sound
from tests.effort import is_soak
from warehouse import store

TEXTS = {
    "settings.toml": "disclosure_threshold = 9\n",
    "access.toml": '[proxy]\naddress = "10.0.0.1"\nsubject_header = "S"\nname_header = "N"\n',
    "indicators.toml": """[egen]
name = "Egen"
short = "Egen"
unit = "st"
decimals = 0
direction = "lower"
calculation = "sum"
counts = "none"
definition = "En egen."
source = "Vi"
""",
}
TABLES = sorted(path.name for path in (SHIPPED / "reference").glob("*.csv"))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2].rstrip())


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def scrambled(path: Path) -> None:
    path.write_bytes(bytes(range(128, 256)) * 20)


def replaced(path: Path) -> None:
    path.unlink()
    path.mkdir()


HARMS: tuple[Callable[[Path], None], ...] = (cut, emptied, scrambled, replaced, Path.unlink)


def known() -> tuple[object, ...]:
    """All that is made of what people write."""
    reference.cached.__globals__["_tables"].cache_clear()
    return (
        settings(),
        declared.access(),
        dict(catalogue.indicators()),
        reference.municipalities(),
        reference.population(),
        reference.hospital_names(),
        reference.liability_rules(),
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder with files of its own, in a process that goes on as the server does."""
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    shutil.copytree(SHIPPED / "reference", tmp_path / "reference")
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with sound.going_on():
        yield tmp_path


def test_each_file_broken_in_each_way_leaves_what_held(folder: Path) -> None:
    before = known()
    assert not sound.trouble()
    names = [*TEXTS, *(f"reference/{table}" for table in TABLES)]
    for at, name in enumerate(names):
        path = folder / name
        for harm in HARMS if is_soak() else (HARMS[at % len(HARMS)],):
            sane = path.read_bytes()
            harm(path)
            assert known() == before, (name, harm)
            assert str(path) in sound.trouble() or path.stem in sound.trouble(), (name, harm)
            if path.is_dir():
                path.rmdir()
            path.write_bytes(sane)
            assert known() == before, (name, harm)
            assert not sound.trouble(), (name, harm)


def test_rows_lost_at_the_end_of_a_line_are_told_by_the_other_tables(folder: Path) -> None:
    before = known()
    path = folder / "reference" / "municipalities.csv"
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:30]))
    assert known() == before
    assert "municipalities.csv" in sound.trouble()


def test_a_county_without_a_name_is_a_fault_of_the_tables(folder: Path) -> None:
    before = reference.county()
    path = folder / "reference" / "county.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("\nforum,", "\nforun,"))
    known()
    assert reference.county() == before
    assert "county.csv ska ha en rad med forum" in sound.trouble()


def test_nothing_is_published_by_what_held_before(folder: Path) -> None:
    known()
    scrambled(folder / "settings.toml")
    known()
    with (
        duckdb.connect() as connection,
        pytest.raises(store.Unwritable, match=r"settings\.toml.*Ingenting har ändrats"),
        store.writing(connection, command="load a"),
    ):
        pass
    assert not (folder / "warehouse").exists()


def test_a_change_that_can_be_used_is_what_holds_from_then_on(folder: Path) -> None:
    known()
    path = folder / "settings.toml"
    path.write_text("disclosure_threshold = 10\nkeep_versions = 7\n")
    assert settings().disclosure_threshold == 10
    path.write_text("disclosure_threshold = 10\n")
    assert (settings().keep_versions, sound.trouble()) == (5, "")
    path.write_text("disclosure_threshold = 3,0\n")
    assert settings().disclosure_threshold == 10


def test_a_command_stops_at_a_broken_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known()
    monkeypatch.setitem(sound._MODE, "goes on", False)
    scrambled(folder / "settings.toml")
    with pytest.raises(SettingsError, match="går inte att läsa som TOML"):
        settings()


def test_what_never_could_be_used_is_an_error(folder: Path) -> None:
    scrambled(folder / "settings.toml")
    with pytest.raises(SettingsError, match="går inte att läsa som TOML"):
        settings()


def test_a_program_that_has_moved_is_not_a_lost_file(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("before", "after"):
        moved = Path(shutil.copytree(SHIPPED, tmp_path_factory.mktemp(name) / "data"))
        for module in ("settings", "settings.sound"):
            monkeypatch.setattr(f"{module}.SHIPPED", moved)
        (folder / "settings.toml").write_text(TEXTS["settings.toml"], encoding="utf-8")
        assert settings().disclosure_threshold == 9
        assert sound.trouble() == ""
        scrambled(folder / "settings.toml")
        with sound.going_on():
            assert settings().disclosure_threshold == 9
        shutil.rmtree(moved)
