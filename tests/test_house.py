"""The walls that import contracts cannot see: loose modules, SQL, folders, what is installed."""

import ast
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NO_ROOMS = {"benchmarks", "build", "data", "docs", "tests"}
ROOMS = sorted(
    path.name
    for path in ROOT.iterdir()
    if path.is_dir() and path.name not in NO_ROOMS and any(path.glob("*.py"))
)
FOLDERS = sorted({path.parent for room in ROOMS for path in (ROOT / room).rglob("*.py")})
# Who is given what is finished, and asks no database for more.
GIVEN = [room for room in ("pages", "ui", "charts", "reports") if room in ROOMS]
MOST_FILES = 16


def sources(room: str) -> Iterator[tuple[str, ast.Module]]:
    for path in (ROOT / room).rglob("*.py"):
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def rooms_of(tree: ast.Module) -> set[str]:
    """The first names of the modules that are imported."""
    names = [
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    ] + [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {name.split(".")[0] for name in names}


def test_every_room_stands_behind_the_contracts() -> None:
    linter = PROJECT["tool"]["importlinter"]
    assert sorted(linter["root_packages"]) == ROOMS
    (one_way,) = (each for each in linter["contracts"] if each["type"] == "layers")
    layers = [room.strip() for layer in one_way["layers"] for room in layer.split(":")]
    assert sorted(layers) == ROOMS
    assert not [each["name"] for each in linter["contracts"] if "ignore_imports" in each]


def test_every_room_is_installed() -> None:
    built = PROJECT["tool"]["setuptools"]
    wanted = [
        str(folder.relative_to(ROOT)).replace("/", ".")
        for folder in FOLDERS
        if (folder / "__init__.py").is_file()
    ]
    assert sorted(built["packages"]) == sorted(wanted)
    assert sorted(built["py-modules"]) == sorted(path.stem for path in ROOT.glob("*.py"))


def test_nothing_asks_the_app_and_the_app_asks_no_database() -> None:
    asked = {name: rooms_of(tree) for room in ROOMS for name, tree in sources(room)}
    assert not [name for name, rooms in asked.items() if "dashboard" in rooms]
    app = ast.parse((ROOT / "dashboard.py").read_text(encoding="utf-8"))
    assert rooms_of(app) & set(ROOMS) <= {"charts", "metrics", "settings", "ui", "views"}


@pytest.mark.parametrize("room", GIVEN)
def test_sql_is_written_in_no_room_that_is_given_what_is_finished(room: str) -> None:
    for name, tree in sources(room):
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("execute", "executemany", "sql"), (name, node.lineno)


@pytest.mark.parametrize("room", ROOMS)
def test_no_exception_is_swallowed(room: str) -> None:
    for name, tree in sources(room):
        for node in ast.walk(tree):
            if isinstance(node, ast.ExceptHandler):
                assert node.type is not None, (name, node.lineno)
                wide = ast.unparse(node.type) in ("Exception", "BaseException")
                silent = all(isinstance(line, ast.Pass) for line in node.body)
                assert not (wide and silent), (name, node.lineno)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_a_folder_is_a_room_and_not_a_store(folder: Path) -> None:
    names = [path.stem for path in folder.glob("*.py") if path.stem != "__init__"]
    assert len(names) <= MOST_FILES
    shared = Counter(name.split("_")[0] for name in names)
    assert not [prefix for prefix, count in shared.items() if count >= 3]
