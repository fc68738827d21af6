"""Settings: shipped values, overrides, and clear refusals."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import settings


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Put a settings.toml of one's own in force."""
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    path = tmp_path / "settings.toml"

    def written(text: str) -> Path:
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_shipped_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAMVERKAN_DATA", raising=False)
    shipped = settings.settings()
    assert shipped.organisation == "Vårdsamverkan Västra Götaland"
    assert shipped.target_mean_days == 3.0
    assert (shipped.due_day_month, shipped.due_day_quarter) == (10, 25)
    assert shipped.disclosure_threshold == 5
    assert shipped.keep_versions == 5


def test_folders_follow_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    assert settings.data_dir() == tmp_path
    assert settings.warehouse_dir() == tmp_path / "warehouse"
    assert settings.archive_dir() == tmp_path / "archive"


@pytest.mark.parametrize("value", [None, ""])
def test_folders_without_the_environment(
    value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAMVERKAN_DATA", raising=False)
    if value is not None:
        monkeypatch.setenv("SAMVERKAN_DATA", value)
    assert settings.data_dir() == Path(settings.__file__).parents[1] / "data"


def test_own_file_overrides_what_it_says_and_nothing_else(write: Callable[[str], Path]) -> None:
    write('organisation = "SIMBA"\ntarget_mean_days = 2\n')
    own = settings.settings()
    assert own.organisation == "SIMBA"
    assert own.target_mean_days == 2.0
    assert isinstance(own.target_mean_days, float)
    assert own.keep_versions == 5


def test_folder_without_a_file_has_the_shipped_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    assert settings.settings().target_mean_days == 3.0


def test_a_changed_file_is_read_again(write: Callable[[str], Path]) -> None:
    path = write("keep_versions = 7")
    assert settings.settings().keep_versions == 7
    write("keep_versions = 9")
    os.utime(path, ns=(1, 1))
    assert settings.settings().keep_versions == 9


def test_byte_order_mark_is_accepted(write: Callable[[str], Path]) -> None:
    write("\ufeffkeep_versions = 7")
    assert settings.settings().keep_versions == 7


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("troskel = 5", "inställningen 'troskel' finns inte. Tillåtna är organisation, "),
        ('keep_versions = "fem"', "'keep_versions' ska vara ett heltal, men är 'fem'"),
        ("keep_versions = 5.0", "'keep_versions' ska vara ett heltal"),
        ("keep_versions = true", "'keep_versions' ska vara ett heltal"),
        ("target_mean_days = true", "'target_mean_days' ska vara ett tal"),
        ("organisation = 5", "'organisation' ska vara text"),
        ("organisation = [1]", "'organisation' ska vara text"),
        ("[organisation]\nname = 'x'", "'organisation' ska vara text"),
        ("due_day_month = 31", "'due_day_month' ska vara mellan 1 och 28"),
        ('due_day_year = "02-30"', "'due_day_year' ska vara en månad och en dag"),
        ("due_day_quarter = 0", "'due_day_quarter' ska vara mellan 1 och 28"),
        ("disclosure_threshold = -1", "'disclosure_threshold' får inte vara mindre än 0"),
        ("lock_wait_seconds = nan", "'lock_wait_seconds' får inte vara mindre än 0"),
        ("max_file_bytes = 0", "'max_file_bytes' ska vara större än 0"),
        ("target_mean_days = 3,0", "går inte att läsa som TOML"),
    ],
)
def test_refusals_name_the_file_and_the_fault(
    text: str, said: str, write: Callable[[str], Path]
) -> None:
    path = write(text)
    with pytest.raises(settings.SettingsError) as caught:
        settings.settings()
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


def test_windows_1252_is_refused(write: Callable[[str], Path]) -> None:
    path = write("")
    path.write_bytes('organisation = "Borås"'.encode("cp1252"))
    with pytest.raises(settings.SettingsError, match="går inte att läsa som TOML"):
        settings.settings()
