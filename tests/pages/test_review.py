"""Granskning and Logg: what each finds there, and what a press does."""

import datetime
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access import people
from access.people import NOBODY, Person
from access.rights import Right, Role
from tests.pages.conftest import MONTHS, as_shown, opened
from views.agreed import quality
from views.agreed.quality import Came
from warehouse.journal import tokens
from warehouse.journal.tokens import Scope

FIRST = datetime.date(2026, 2, 3)
Markup = Callable[[AppTest], str]
REVIEWER = Person(
    subject="g",
    name="Granskaren",
    mark="p-00000000000a",
    rights=(Right(Role.REVIEWER, areas=frozenset({"goteborg"})),),
)


@pytest.fixture
def folder(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    copied = Path(shutil.copytree(filled, tmp_path / "data"))
    (copied / "settings.toml").write_text('approval = "on"\n', "utf-8")
    monkeypatch.setenv("SAMVERKAN_DATA", str(copied))
    with people.otherwise(lambda: REVIEWER):
        yield copied


def press(page: AppTest, key: str) -> AppTest:
    next(one for one in page.button if one.key == key).click().run()
    assert not page.exception
    return page


def test_a_reviewer_sees_their_area_and_agrees_to_it(folder: Path, html_of: Markup) -> None:
    page = opened("pages/review.py", {})
    told = html_of(page)
    assert ">Granskning: 0 av 6 områden är fastställda</h1>" in told
    assert "export.csv, inläst" in told
    # Öckerö has not reported the last month; the others of the area are not in the file at all.
    assert "Ingen kommun saknas." not in told
    assert next(one for one in page.selectbox if one.key == "agreed-area").options == [
        "Göteborgsområdet"
    ]
    press(page, "agreed-back")
    assert page.warning[0].value == "Skriv varför du skickar tillbaka."
    press(page, "agreed-reviewed")
    assert as_shown(page.success[0].value) == "Göteborgsområdet är granskad."
    assert not {"agreed-established", "agreed-reviewed"} & {one.key for one in page.button}
    assert "Inget mått går att bedöma" in html_of(page)
    month = opened("pages/monthly.py", {"omrade": "goteborg", "period": MONTHS[-1]})
    told = "Preliminär: februari 2026 är inte fastställd för Göteborgsområdet."
    assert told in as_shown(month.info[0].value)
    assert "Inloggad som Granskaren" in html_of(month)


def test_what_one_may_not_is_not_there(folder: Path, html_of: Markup) -> None:
    data = opened("pages/deliveries.py", {})
    assert "Du läser." in html_of(data)
    assert not data.get("file_uploader")
    assert "Gå tillbaka till en äldre version" not in [one.label for one in data.expander]
    with people.otherwise(lambda: NOBODY):
        gone = opened("pages/overview.py", {})
        assert "Du är inte inloggad längre" in gone.error[0].value
        assert len(html_of(gone)) < len(html_of(data))


def test_how_deliveries_keep_to_what_is_agreed(
    folder: Path, html_of: Markup, monkeypatch: pytest.MonkeyPatch
) -> None:
    came = {(f"2026-{month:02d}", "1480"): Came(FIRST, month == 2) for month in range(1, 10)}
    monkeypatch.setattr(quality, "_came", lambda *_: came)
    page = opened("pages/deliveries.py", {})
    assert not page.error
    assert "% av det som skulle ha kommit kom i tid" in html_of(page)
    assert "Kommunerna: leveranskvalitet" in [one.label for one in page.expander]


def test_the_log_tells_who_did_what(folder: Path, html_of: Markup) -> None:
    with people.otherwise(people.local):
        page = opened("pages/log.py", {})
    assert not page.exception
    assert "Loggen är hel: " in html_of(page)
    assert "publicering" in html_of(page)


def test_a_key_is_made_shown_once_and_revoked(folder: Path, html_of: Markup) -> None:
    with people.otherwise(people.local):
        page = opened("pages/log.py", {})
        page.text_input(key="draft-key-0-name").set_value("Power BI")
        page.multiselect(key="draft-key-0-may").set_value([Scope.READ])
        press(page, "key-make")
        shown = page.code[0].value
        assert tokens.of(shown) is not None
        page.run()
        assert not page.code
        assert shown.split("_", 2)[2] not in html_of(page)
        assert "Power BI" in html_of(page)
        page.selectbox(key="key-revoked").set_value(tokens.made()[0].id)
        press(page, "key-revoke")
        assert tokens.of(shown) is None
        assert "återkallad" in html_of(page)
