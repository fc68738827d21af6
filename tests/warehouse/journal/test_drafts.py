"""Drafts: found by name and by what they are about, replaced in place, and of no weight."""

from pathlib import Path
from typing import Any

import pytest

from access import people
from access.checks import Refused
from access.people import Person
from access.rights import Right, Role
from warehouse.journal import comments, drafts
from warehouse.state import state

ABOUT = "report-simba"


@pytest.fixture(autouse=True)
def _here(data: Path) -> None:
    """A data folder of the test's own."""


def test_a_draft_is_found_by_its_name_and_what_it_is_about() -> None:
    assert drafts.kept(name="a1", about=ABOUT) is None
    drafts.keep(name="a1", about=ABOUT, content={"text": "Först"})
    drafts.keep(name="a1", about=ABOUT, content={"text": "Sedan å"})
    drafts.keep(name="b2", about=ABOUT, content={"text": "En annans"})
    found = drafts.kept(name="a1", about=ABOUT)
    assert found is not None and found.content == {"text": "Sedan å"}
    assert drafts.kept(name="a1", about="report-samla") is None
    assert {one.name for one in drafts.latest(about=ABOUT, most=5)} == {"a1", "b2"}
    assert len(drafts.latest(about=ABOUT, most=1)) == 1
    drafts.discard(name="a1", about=ABOUT)
    assert drafts.kept(name="a1", about=ABOUT) is None


def test_a_draft_is_changed_by_its_author_alone_and_gone_on_with_in_a_copy() -> None:
    def named(mark: str) -> Person:
        return Person(subject=mark, name=mark, mark=mark, rights=(Right(Role.READER),))

    with people.at_work(lambda: named("anna")):
        drafts.keep(name="a1", about=ABOUT, content={"text": "Annas"})
    with people.at_work(lambda: named("bo")):
        with pytest.raises(Refused, match="Bara den som har skrivit utkastet"):
            drafts.keep(name="a1", about=ABOUT, content={"text": "Bos"})
        drafts.discard(name="a1", about=ABOUT)
        drafts.copy(name="a1", to="b2")
        drafts.keep(name="b2", about=ABOUT, content={"text": "Annas och Bos"})
    drafts.keep(name="b2", about=ABOUT, content={"text": "Rättat"})
    contents = {one.name: one.content["text"] for one in drafts.latest(about=ABOUT, most=5)}
    assert contents == {"a1": "Annas", "b2": "Rättat"}


def test_a_draft_makes_nothing_be_made_anew() -> None:
    comments.add(indicator="mean_days", place="simba", period="2026-01", text="x", author="y")
    before = state()
    drafts.keep(name="a1", about=ABOUT, content={"text": "x"})
    assert state() == before


def test_the_same_comment_is_saved_once_however_often_it_is_pressed() -> None:
    where: dict[str, Any] = {"indicator": "mean_days", "place": "simba", "period": "2026-01"}
    for _ in range(2):
        comments.add(**where, text="Ny rutin.", author="Processledare")
    (one,) = comments.remarks(**where)
    for _ in range(2):
        comments.add(**where, text="Ny rutin i mars.", author="Processledare", replaces=one.id)
    assert [each.text for each in comments.remarks(**where)] == ["Ny rutin i mars."]
    (mended,) = comments.remarks(**where)
    for _ in range(2):
        comments.add(**where, text="", author="Processledare", replaces=mended.id)
    assert comments.remarks(**where) == []
    assert len(comments.history(**where)) == 3
