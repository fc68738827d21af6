"""The documents that show the way in are true of the code: rooms, files, commands, examples."""

import re
import tomllib

import pytest

from commands import app
from loaders.declaration import Export
from metrics.indicator import COUNTS, Indicator
from reports.content.sections import Section
from tests.test_house import FOLDERS, ROOT

TEXTS = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in ("CONTRIBUTING.md", "docs/architecture.md", "docs/domain.md", "docs/decisions.md")
}
ARCHITECTURE, CONTRIBUTING = TEXTS["docs/architecture.md"], TEXTS["CONTRIBUTING.md"]
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for folder in FOLDERS
    for path in folder.iterdir()
    if path.suffix in (".py", ".sql", ".toml")
)


def section(text: str, title: str) -> str:
    return text.split(f"\n## {title}\n")[1].split("\n## ")[0]


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", CONTRIBUTING, flags=re.DOTALL)


def test_every_room_is_described_and_no_other() -> None:
    told = re.findall(
        r"^\| `([a-z_/]+)/` \|", section(ARCHITECTURE, "The rooms"), flags=re.MULTILINE
    )
    rooms = [str(folder.relative_to(ROOT)) for folder in FOLDERS]
    assert sorted(told) == sorted(rooms)


@pytest.mark.parametrize("name", TEXTS)
def test_every_file_that_is_named_is_there(name: str) -> None:
    folder = (ROOT / name).parent
    # What begins with a slash is an address of the server.
    named = set(re.findall(r"`(\w[\w./]*/[\w.]*|\.[\w./]*/[\w.]*)`", TEXTS[name]))
    named |= {link for link in re.findall(r"\]\(([^)#]+)\)", TEXTS[name]) if "://" not in link}
    made = {"data/warehouse/", "data/archive/"}
    assert not [
        path
        for path in sorted(named - made)
        if not (ROOT / path).exists() and not (folder / path).exists()
    ]


def test_the_words_are_names_in_the_code() -> None:
    rows = re.findall(
        r"^\| [^|`]+ \| ([^|]+) \|", section(ARCHITECTURE, "Words"), flags=re.MULTILINE
    )
    names = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert len(names) > 15
    assert not [name for name in names if not re.search(rf"\b{name}\b", CODE)]


def test_every_command_is_one() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)
    ours = [one.callback.__name__ for one in app.app.registered_commands if one.callback]
    for text in TEXTS.values():
        assert set(re.findall(r"`make ([a-z]+)`", text)) <= set(targets)
        assert set(re.findall(r"`samverkan ([a-z]+)", text)) <= set(ours)


def test_the_examples_run() -> None:
    made: dict[str, object] = {}
    for example in blocks("python"):
        exec(example, made)
    export, chosen = made["EXPORT"], made["NEW_SECTION"]
    assert isinstance(export, Export) and isinstance(chosen, Section)
    (block,) = blocks("toml")
    ((key, lines),) = tomllib.loads(block).items()
    indicator = Indicator(key=key, **{**lines, "levels": tuple(lines["levels"])})
    assert indicator.counts in COUNTS
    assert indicator.dataset == export.dataset
    assert set(indicator.measures) <= {column.key for column in export.columns}


def test_nothing_refers_to_what_is_not_here() -> None:
    files = [path for path in ROOT.glob("*.md")] + list((ROOT / "docs").glob("*.md"))
    for path in files:
        assert "DESIGN.md" not in path.read_text(encoding="utf-8"), path
    assert "DESIGN.md" not in CODE
    assert "domain.md" not in CODE.replace("docs/domain.md", "")
