"""Rapporter without a browser: choices, the user's own summary, comments, refusals."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from pptx import Presentation
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, TextInput

import pipeline
from reports.making import Order, report
from reports.theme import theme
from reports.writers import WRITERS
from tests.effort import in_soak
from tests.pages.conftest import export, opened, unfolded
from warehouse.journal import comments, shown_numbers

Opened = Callable[..., AppTest]
Markup = Callable[[AppTest], str]
PAGE = "pages/briefing.py"


def field(test: AppTest, label: str) -> TextInput:
    """The line of the hand-out's head with a label."""
    return next(one for one in test.text_input if one.label == label)


def test_the_address_decides_and_points_are_proposed(open_page: Opened) -> None:
    test = open_page(PAGE, omrade="goteborg", period="2026-02")
    assert test.selectbox(key="omrade").value == "goteborg"
    assert test.selectbox(key="period").value == "2026-02"
    assert test.text_area[0].value
    assert not test.error
    # Drawn anew it puts nothing in the fields: the reader may be writing there.
    assert not [area for area in test.run().text_area if area.proto.set_value]


def test_an_earlier_version_is_chosen_and_what_nobody_wrote_follows_its_numbers(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    corrected = tmp_path / "rattad.csv"
    corrected.write_text(export().replace("Somatik;20;70", "Somatik;20;190"), encoding="utf-8")
    with pipeline.checked(corrected) as delivery:
        pipeline.publish(delivery)
    where = {"omrade": "goteborg", "period": "2026-02", "rapport": "manadsrapport"}
    test = opened(PAGE, where | {"version": "1"})
    assert test.selectbox(key="version").value == "1"
    then = test.text_area[0].value
    test.selectbox(key="version").set_value("nu").run()
    assert not test.exception
    assert "version" not in test.query_params
    now = test.text_area[0].value
    assert then != now
    assert "finns inte kvar" in opened(PAGE, where | {"version": "9"}).warning[0].value


def pages_of(test: AppTest) -> list[str]:
    """What the pictures of a hand-out's pages are called."""
    return [one.proto.imgs[0].alt for one in test.get("image")]


def test_pages_are_shown_as_they_will_be(open_page: Opened) -> None:
    test = open_page(PAGE, omrade="goteborg", period="2026-02")
    called = pages_of(test)
    assert called == [f"Sida {at} av {len(called)}" for at in range(1, len(called) + 1)]
    assert len(called) >= 3
    # The pictures are fetched one by one: sent with the page they were two million bytes.
    assert sum(one.proto.ByteSize() for one in test if not isinstance(one, Block)) < 30_000
    labels = [button.proto.label for button in test.get("download_button")]
    assert labels == ["PowerPoint", "Word", "PDF", "Excel"]


@in_soak
def test_slides_are_shown_as_the_file_has_them(open_page: Opened) -> None:
    where = {"omrade": "goteborg", "period": "2026-02", "rapport": "manadsrapport"}
    test = open_page(PAGE, **where)
    test.segmented_control(key="seen").set_value("pptx").run()
    assert not test.exception and not test.error
    made = Order(kind="monthly", place="goteborg", period="2026-02", made=datetime(2026, 3, 12))
    slides = Presentation(BytesIO(WRITERS["pptx"](report(made, "pptx"), theme()))).slides
    assert pages_of(test) == [f"Bild {at} av {len(slides)}" for at in range(1, len(slides) + 1)]


def test_what_is_written_survives_page_month_kind_and_reload(open_page: Opened) -> None:
    test = open_page(PAGE, omrade="goteborg", period="2026-02")
    test.text_area[0].set_value("En egen punkt.\n\nOch en till.")
    field(test, "Diarienummer").set_value("SSN 2026-17")
    # Another month is chosen before the page has been drawn with what was written.
    test.selectbox(key="period").set_value("2026-01").run()
    assert not test.exception
    assert not test.error
    assert test.text_area[0].value != "En egen punkt.\n\nOch en till."
    test.segmented_control(key="rapport").set_value("manadsrapport").run()
    test.switch_page("pages/monthly.py").run()
    test.switch_page(PAGE).run()
    test.segmented_control(key="rapport").set_value("underlag").run()
    test.selectbox(key="period").set_value("2026-02").run()
    assert test.text_area[0].value == "En egen punkt.\n\nOch en till."
    name = "".join(test.query_params["utkast"])
    again = open_page(PAGE, omrade="goteborg", period="2026-02", utkast=name)
    assert again.text_area[0].value == "En egen punkt.\n\nOch en till."
    assert field(again, "Diarienummer").value == "SSN 2026-17"
    # Two tabs with the same draft write beside each other, not over each other.
    again.text_area[2].set_value("Från en annan flik.").run()
    test.text_area[1].set_value("Ett förslag.").run()
    assert [area.value for area in test.text_area][:3] == [
        "En egen punkt.\n\nOch en till.",
        "Ett förslag.",
        "Från en annan flik.",
    ]
    # Who has not the address is offered it, and begins a draft of their own until then.
    other = open_page(PAGE, omrade="goteborg", period="2026-02")
    assert other.text_area[0].value != "En egen punkt.\n\nOch en till."
    other.button(key=f"go-on-{name}").click().run()
    assert other.text_area[0].value == "En egen punkt.\n\nOch en till."


def test_what_no_chart_carries_is_marked_beside_the_text(open_page: Opened) -> None:
    test = open_page(PAGE, omrade="goteborg", period="2026-02")
    assert not test.warning
    test.text_area[0].set_value("Väntan är 97,3 dagar.").run()
    assert "Inget visat tal är 97,3" in test.warning[0].value.replace("\\", "")


def test_the_month_is_a_page_or_two(open_page: Opened) -> None:
    test = open_page(PAGE, omrade="goteborg", period="2026-02")
    test.segmented_control(key="rapport").set_value("manadsrapport").run()
    assert not test.exception
    assert 1 <= len(pages_of(test)) <= 2


def test_a_comment_is_kept_and_shown_on_the_page_beside_the_chart(
    open_page: Opened, html_of: Markup
) -> None:
    test = open_page("pages/monthly.py", omrade="goteborg", period="2026-02")
    key = "mean_days-goteborg-2026-02"
    unfolded(test, f"comments-{key}")
    form = f"draft-comment-{key}-0-0"
    test.text_area(key=f"{form}-text").set_value("Ny rutin <b>sedan</b> januari.")
    next(button for button in test.button if button.label == "Spara").click().run()
    assert "Skriv vem som kommenterar." in test.warning[-1].value
    test.text_input(key=f"{form}-author").set_value("Processledare")
    next(button for button in test.button if button.label == "Spara").click().run()
    assert not test.exception
    # A second press of a button that has not yet answered.
    next(button for button in test.button if button.label == "Spara").click().run()
    (one,) = comments.remarks(indicator="mean_days", place="goteborg", period="2026-02")
    assert one.author == "Processledare"
    assert "Ny rutin &lt;b&gt;sedan&lt;/b&gt; januari." in html_of(test)


def test_a_period_without_data_for_the_area_is_refused(open_page: Opened) -> None:
    test = open_page(PAGE, omrade="skaraborg", period="2026-02")
    assert "Skaraborg har inga uppgifter om utskrivningsklara för februari 2026" in (
        test.error[0].value
    )


def test_a_code_answers_with_the_numbers_of_its_report(open_page: Opened, html_of: Markup) -> None:
    made = Order(kind="monthly", place="goteborg", period="2026-02", made=datetime(2026, 3, 12))
    manifest = report(made, "xlsx").manifest
    assert manifest is not None
    wrong = replace(manifest, numbers=(replace(manifest.numbers[0], value=98.7), *manifest.numbers))
    for one in (manifest, wrong):
        shown_numbers.keep(code=one.code, digest=one.digest, manifest=one.as_json())
    test = open_page(PAGE, kod=f"{manifest.code.lower()}-2")
    assert f"Alla {len(manifest.numbers)} tal gäller än" in html_of(test)
    test.text_input[0].set_value(wrong.code).run()
    assert f"1 av {len(wrong.numbers)} tal har ändrats" in html_of(test)
    assert "98,7" in html_of(test)
    test.text_input[0].set_value("SV-1").run()
    assert "En kod ser ut som SV-7K2M" in test.warning[0].value


def test_nothing_loaded(open_empty: Opened) -> None:
    assert "Här finns inga uppgifter ännu" in open_empty(PAGE).info[0].value


def test_a_comment_half_written_stands_there_when_the_reader_comes_back(open_page: Opened) -> None:
    test = open_page("pages/monthly.py", omrade="goteborg", period="2026-01")
    unfolded(test, "comments-mean_days-goteborg-2026-01")
    key = "draft-comment-mean_days-goteborg-2026-01-0-0-text"
    test.text_area(key=key).set_value("Vi väntar på").run()
    test.switch_page("pages/overview.py").run()
    test.switch_page("pages/monthly.py").run()
    assert test.text_area(key=key).value == "Vi väntar på"
    assert not comments.remarks(indicator="mean_days", place="goteborg", period="2026-01")
