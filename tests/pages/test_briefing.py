"""SRO-underlag without a browser: choices, the user's own summary, comments, refusals."""

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from warehouse.journal import comments

Opened = Callable[..., AppTest]
Markup = Callable[[AppTest], str]
PAGE = "pages/briefing.py"


def test_the_address_decides_and_points_are_proposed(open_page: Opened) -> None:
    test = open_page(PAGE, omrade="goteborg", period="2026-02")
    assert test.selectbox(key="omrade").value == "goteborg"
    assert test.selectbox(key="period").value == "2026-02"
    assert test.text_area[0].value
    assert not test.error


def test_pages_are_shown_as_they_will_be(open_page: Opened, html_of: Markup) -> None:
    test = open_page(PAGE, omrade="goteborg", period="2026-02")
    assert html_of(test).count('<img alt="Sida ') >= 3
    labels = [button.proto.label for button in test.get("download_button")]
    assert labels == ["PowerPoint", "Word", "PDF", "Excel"]


def test_the_summary_is_the_users(open_page: Opened) -> None:
    test = open_page(PAGE, omrade="goteborg", period="2026-02")
    test.text_area[0].set_value("En egen punkt.\n\nOch en till.").run()
    assert not test.exception
    assert not test.error


def test_the_month_is_a_page(open_page: Opened, html_of: Markup) -> None:
    test = open_page(PAGE, omrade="goteborg", period="2026-02")
    test.segmented_control(key="report-kind").set_value("monthly").run()
    assert not test.exception
    assert html_of(test).count('<img alt="Sida ') == 1


def test_a_comment_is_kept_and_shown_on_the_page_beside_the_chart(
    open_page: Opened, html_of: Markup
) -> None:
    test = open_page("pages/monthly.py", omrade="goteborg", period="2026-02")
    key = "mean_days-goteborg-2026-02"
    test.text_area(key=f"text-{key}-0").set_value("Ny rutin <b>sedan</b> januari.")
    next(button for button in test.button if button.label == "Spara").click().run()
    assert "Skriv vem som kommenterar." in test.warning[-1].value
    test.text_input(key=f"author-{key}").set_value("Processledare")
    next(button for button in test.button if button.label == "Spara").click().run()
    assert not test.exception
    (one,) = comments.remarks(indicator="mean_days", place="goteborg", period="2026-02")
    assert one.author == "Processledare"
    assert "Ny rutin &lt;b&gt;sedan&lt;/b&gt; januari." in html_of(test)


def test_a_period_without_data_for_the_area_is_refused(open_page: Opened) -> None:
    test = open_page(PAGE, omrade="skaraborg", period="2026-02")
    assert "Skaraborg har inga uppgifter om utskrivningsklara för februari 2026" in (
        test.error[0].value
    )


def test_nothing_loaded(open_empty: Opened) -> None:
    assert "Här finns inga uppgifter ännu" in open_empty(PAGE).info[0].value
