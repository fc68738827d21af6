"""A number that is being looked into: begun beside its chart, by a day that is one."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import MONTHS, opened, unfolded

PART = f"look-mean_days-goteborg-{MONTHS[-1]}"


@pytest.fixture
def page(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("SAMVERKAN_DATA", str(shutil.copytree(filled, tmp_path / "data")))
    return unfolded(opened("pages/monthly.py", {"omrade": "goteborg"}), PART)


def write(page: AppTest, due: str) -> AppTest:
    fields = {one.label: one for one in page.text_input}
    fields["Vad utreds?"].set_value("Varför väntar fler?")
    fields["Ansvarig"].set_value("Samordnaren")
    fields["Klart senast, år-månad-dag"].set_value(due)
    (begin,) = [one for one in page.button if one.label == "Börja utreda"]
    return begin.click().run()


def test_an_investigation_is_begun_by_a_day_and_shown_beside_the_chart(page: AppTest) -> None:
    said = [one.value for one in write(page, "snart").warning]
    assert any("är inget datum" in text for text in said)
    shown = [one.value for one in write(page, "2026-12-24").info]
    assert any("Ansvarig: Samordnaren, klart 2026" in text.replace("\\", "") for text in shown)
