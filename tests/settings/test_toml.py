"""What is said of a TOML file that cannot be used: the file, the table, the line, the fault."""

from pathlib import Path
from typing import Literal

import pytest
from pydantic import Field

from settings import SettingsError, toml


class Inner(toml.Declared):
    depth: float = Field(gt=0)
    kind: Literal["deep", "shallow"] = "deep"


class Whole(toml.Declared):
    name: str
    lake: Inner
    shores: tuple[str, ...] = ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "'name' och 'lake' saknas."),
        ("name = 'a'\n[lake]", "'lake.depth' saknas."),
        ("name = 'a'\nlake = 3", "'lake' ska vara en tabell med egna rader, men är 3."),
        ("name = 'a'\n[lake]\ndepth = 0", "'lake.depth' ska vara större än 0, men är 0."),
        ("name = 'a'\n[lake]\ndepth = true", "'lake.depth' ska vara ett tal, men är True."),
        (
            "name = 'a'\n[lake]\ndepth = 1\nkind = 'wide'",
            "'lake.kind' ska vara något av deep, shallow, men är 'wide'.",
        ),
        (
            "name = 'a'\n[lake]\ndepth = 1\nwidth = 1",
            "raden 'lake.width' finns inte. Tillåtna är depth, kind.",
        ),
        ("name = 'a'\nshores = 'b'\n[lake]\ndepth = 1", "'shores' ska vara en lista, men är 'b'."),
        ("name = [b", "går inte att läsa som TOML (felet är på rad 1, tecken 9)."),
    ],
)
def test_a_fault_is_told_with_its_place(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "sjö.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        toml.declared(Whole, toml.read(path), path=path, table="vatten")
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


def test_lists_are_read_as_tuples(tmp_path: Path) -> None:
    path = tmp_path / "sjö.toml"
    path.write_text("name = 'a'\nshores = ['b', 'c']\nlake = { depth = 2 }", encoding="utf-8")
    assert toml.declared(Whole, toml.read(path), path=path).shores == ("b", "c")
