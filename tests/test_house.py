"""The walls that import contracts cannot see: loose modules, SQL, folders, what is installed."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from metrics.catalogue import indicators
from metrics.datasets import datasets

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
MOST_FILES = 15
# What is asked of a dataset by its key, and a dataset's key that is an everyday word too.
ASKED = {"coverage", "name_of", "of_dataset", "page_of", "periods"}
WORDS = {"indicators"}


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
    assert rooms_of(app) & set(ROOMS) <= {"access", "charts", "metrics", "settings", "ui", "views"}


@pytest.mark.parametrize("room", GIVEN)
def test_sql_is_written_in_no_room_that_is_given_what_is_finished(room: str) -> None:
    for name, tree in sources(room):
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                assert node.attr not in ("execute", "executemany", "sql"), (name, node.lineno)


def dataset_names(tree: ast.Module) -> Iterator[str]:
    """The datasets that a module names: as one, several at once, or in SQL.

    Some share their name with a measure or an indicator; those may be named as such.
    """
    named = datasets().keys()
    shared = {*indicators(), *(key for one in datasets().values() for key in one.measures)}
    for node in ast.walk(tree):
        given: list[ast.expr | None] = []
        match node:
            case ast.keyword(arg="dataset"):
                given = [node.value]
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in ASKED:
                given = [*node.args]
            case ast.Compare(left=ast.Attribute(attr="dataset")):
                given = [*node.comparators]
            case ast.Subscript(value=ast.Call(func=ast.Name(id="datasets"))):
                given = [node.slice]
            case ast.Dict(keys=several) | ast.Tuple(elts=several) | ast.List(elts=several):
                texts = [one.value for one in several if isinstance(one, ast.Constant)]
                if len(texts) == len(several) > 1 and named >= set(texts):
                    given = [*several]
        for one in given:
            if isinstance(one, ast.Constant) and one.value in named:
                yield str(one.value)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from [node.value] if node.value in named - shared - WORDS else []
            yield from re.findall(r"dataset (?:=|<>|in) \(?'(\w+)'", node.value)


@pytest.mark.parametrize("room", ROOMS)
def test_only_a_dataset_names_itself(room: str) -> None:
    # What works the numbers out anew shares nothing with what it tries, no names either.
    own = ("metrics/datasets/", "loaders/exports/", "recalculation/")
    found = {
        name: sorted(dataset_names(tree))
        for name, tree in sources(room)
        if not name.startswith(own)
    }
    for path in (ROOT / room).rglob("*.sql"):
        if not str(path.relative_to(ROOT)).startswith(own):
            text = ast.Module([ast.Expr(ast.Constant(path.read_text("utf-8")))], [])
            found[str(path.relative_to(ROOT))] = sorted(dataset_names(text))
    assert not {name: named for name, named in found.items() if named}


def test_a_dataset_that_is_named_is_seen() -> None:
    guilty = (
        'panel(dataset="discharges")',
        'of_dataset("deviations")',
        'if kind.dataset == "deviations": pass',
        'datasets()["population"]',
        '("discharges", "deviations")',
        'PAGES = {"discharges": 1, "funds": 2}',
        'used("funds")',
        "execute(\"where owner.dataset = 'discharges'\")",
    )
    assert [bool([*dataset_names(ast.parse(text))]) for text in guilty] == [True] * len(guilty)
    assert not [*dataset_names(ast.parse('at("deviations"), {"mean_days": 1, "deviations": 2}'))]


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
