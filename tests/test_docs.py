"""The guide names every command, problem code, export and indicator, or these fail."""

import re
from pathlib import Path

import pytest

from commands import app
from loaders.declaration import Export
from loaders.exports import exports
from loaders.problems import KINDS
from metrics.catalogue import indicators
from reference.files import COLUMNS

GUIDE = (Path(__file__).parents[1] / "docs" / "anvandarguide.md").read_text(encoding="utf-8")
FOLDER = (Path(__file__).parents[1] / "docs" / "lansmapp.md").read_text(encoding="utf-8")
COMMANDS = [
    command.callback.__name__ for command in app.app.registered_commands if command.callback
]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_guide_names_every_command(command: str) -> None:
    assert f"`samverkan {command}" in GUIDE


@pytest.mark.parametrize("code", KINDS)
def test_the_guide_explains_every_problem(code: str) -> None:
    assert f"| `{code}` | {KINDS[code].title} (" in GUIDE


@pytest.mark.parametrize("key", indicators())
def test_the_guide_lists_every_indicator(key: str) -> None:
    assert f"| `{key}` | {indicators()[key].name} |" in GUIDE


@pytest.mark.parametrize("export", exports(), ids=lambda export: export.key)
def test_the_guide_lists_every_export(export: Export) -> None:
    assert f"| `{export.key}` |" in GUIDE


@pytest.mark.parametrize("table", COLUMNS)
def test_the_description_of_the_countys_folder_has_every_table_and_column(table: str) -> None:
    (row,) = (line for line in FOLDER.splitlines() if line.startswith(f"| `{table}.csv` |"))
    assert all(f"`{column}`" in row for column in COLUMNS[table])


def test_every_test_that_the_table_of_security_names_is_there() -> None:
    root = Path(__file__).parents[1]
    told = (root / "docs" / "sakerhet.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(tests/[\w/.]+)`", told))
    assert named
    assert not [one for one in named if not (root / one).exists()]
