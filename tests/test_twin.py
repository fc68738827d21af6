"""Everything that a reader sees of the demo data, and of its twin of other hidden facts: the same.

What differed to the letter would tell of what is hidden, whichever way it came there.
"""

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

import reference
from api.application import PREFIX, application
from commands import app
from metrics.catalogue import indicators
from reports.making import KINDS, Order, made
from tests.effort import in_soak
from tests.pages.conftest import opened, unfolded
from tests.twin import twin
from ui.destinations import DESTINATIONS
from views.origin.lines import lines
from views.origin.numbers import origin
from warehouse import store

pytestmark = in_soak
# A test beside this one, of a small warehouse, is among those of pages.
PLACES = [reference.COUNTY, *(area.key for area in reference.areas()), "1407", "1419"]
MADE = datetime.datetime(2026, 11, 2, 9, 0)
# What is told anew at each run: moments, and what Streamlit calls elements.
_PASSING = re.compile(r"\d\d[.:]\d\d([.:]\d\d)?|\$\$ID-[^\"\s]*|[0-9a-f]{32,}")
MAIL = """
[server]
host = "mail.example"
sender = "samverkan@example.org"
link = "https://example.org"

[alla]
to = "chef@example.org"
areas = ["lan", "goteborg", "skaraborg"]
"""
OF_NO_PLACE = {"indikatorer", "logg", "tillganglighet"}
Shown = Iterator[tuple[str, str]]


@pytest.fixture(scope="module")
def folders(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    copy, moved = twin(demo, tmp_path_factory.mktemp("twin"))
    assert moved > 4000
    for folder in (demo, copy):
        (folder / "mail.toml").write_text(MAIL, encoding="utf-8")
    return demo, copy


def pages() -> Shown:
    def elements(block: object) -> Iterator[str]:
        for one in getattr(block, "children", {}).values():
            yield str(getattr(one, "proto", ""))
            yield from elements(one)

    for page in DESTINATIONS:
        for place in PLACES[:1] if page.path in OF_NO_PLACE else PLACES:
            if page.agreed:
                continue
            test: AppTest = unfolded(opened(page.file, {"omrade": place}), "origin")
            yield f"{page.path} {place}", "\n".join(elements(test.main))


def answers() -> Shown:
    client = TestClient(application(), root_path=PREFIX, base_url="http://127.0.0.1")
    paths = [f"values?indicator={key}&limit=10000" for key in indicators()]
    paths += [f"versions/{number}/changes?limit=10000" for number in store.versions()]
    paths += ["indicators", "places", "loads", "versions", "periods?dataset=discharges&limit=1000"]
    for path in paths:
        yield path, client.get(f"/v1/{path}").text


def origins() -> Shown:
    with store.reading() as connection:
        assert connection is not None
        rows = connection.execute(
            """
            select indicator, period, level, place, "within", part
            from shown
            where status = 'confidential'
            order by all
            """
        ).fetchall()
    names = ("indicator", "period", "level", "place", "within", "part")
    for row in rows[::20]:
        asked = dict(zip(names, row, strict=True))
        if (found := origin(**asked)) is not None:
            yield " ".join(row), "\n".join(lines(found))


def hand_outs() -> Shown:
    for key, kind in KINDS.items():
        for place in PLACES[:2]:
            order = Order(kind=key, place=place, period=kind.periods[-1], made=MADE)
            for form in ("pptx", "docx", "xlsx"):
                done = made(order, form)
                assert done.manifest is not None
                yield f"{key} {place} {form}: numbers", done.manifest.as_json()
                with zipfile.ZipFile(io.BytesIO(done.content)) as file:
                    for name in sorted(file.namelist()):
                        yield f"{key} {place} {form}: {name}", repr(file.read(name))


def commands() -> Shown:
    said = [["values", key, "--format", "csv"] for key in indicators()]
    said += [["values", "deviations", "--by", "process"], ["history"], ["notify", "--dry-run"]]
    for words in said:
        answer = CliRunner().invoke(app.app, words)
        assert answer.exit_code == 0, answer.output
        yield " ".join(words), answer.output


@pytest.mark.parametrize("shown", [pages, answers, origins, hand_outs, commands])
def test_other_facts_behind_what_is_hidden_change_nothing(
    shown: Callable[[], Shown], folders: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def everything(folder: Path) -> dict[str, str]:
        monkeypatch.setenv("SAMVERKAN_DATA", str(folder))
        return {name: _PASSING.sub("", text) for name, text in shown()}

    first, second = map(everything, folders)
    assert len(first) > 10
    assert [name for name in first if first[name] != second.get(name)] == []
