"""What is being written in a form: there after whatever happens, until it is handed in."""

import ast
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
WRITTEN = {"text_input", "text_area"}
# What is looked for, or asked of a file that has gone itself when the page is left; and what
# Rapporter keeps together per area.
OTHERWISE = {
    "pages/indicators.py",
    "ui/handing_out/answer.py",
    "ui/handing_out/draft.py",
    "ui/deliveries/headings.py",
    "ui/deliveries/questions.py",
}


@pytest.fixture(autouse=True)
def _alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))


def page() -> None:
    import streamlit as st

    from ui.drafts import Form

    form = Form("a", {"reason": "", "version": 2})
    st.text_input("Varför", **form.field("reason"))
    st.selectbox("Version", [2, 1], **form.field("version", among=[2, 1]))
    if not st.checkbox("Dölj"):
        st.text_input("Annat", **Form("b", {"other": ""}).field("other"))
    st.text("begun" if form.begun else "not begun")
    st.button("Lämna", on_click=form.hand_in)


def folded() -> None:
    import streamlit as st

    from ui import layout
    from ui.drafts import Form

    form = Form("a", {"text": "", "author": ""})
    with layout.on_demand("Skriv", key="part", begun=form.begun is not None) as is_open:
        if is_open:
            st.text_area("Text", **form.field("text"))
            st.text_input("Namn", **form.field("author"))


def again(test: AppTest) -> AppTest:
    """The page as it is when it is loaded anew."""
    other = AppTest.from_function(page, default_timeout=60)
    other.query_params.update(test.query_params)
    return other.run()


def test_what_is_written_stands_there_again_until_it_is_handed_in() -> None:
    test = AppTest.from_function(page, default_timeout=60).run()
    assert test.text[0].value == "not begun"
    test.text_input[0].set_value("Fel fil").run()
    test.selectbox[0].set_value(1).run()
    test.text_input[1].set_value("Ett annat formulär").run()
    # Away from the page, and back on it.
    test.checkbox[0].check().run()
    test.checkbox[0].uncheck().run()
    for shown in (test, again(test)):
        assert [one.value for one in shown.text_input] == ["Fel fil", "Ett annat formulär"]
        assert shown.selectbox[0].value == 1
        assert shown.text[0].value == "begun"
    test.button[0].click().run()
    for shown in (test, again(test)):
        assert [one.value for one in shown.text_input] == ["", "Ett annat formulär"]
        assert shown.selectbox[0].value == 2
        assert shown.text[0].value == "not begun"


def test_what_is_folded_away_is_the_same_part_once_something_is_begun() -> None:
    test = AppTest.from_function(folded, default_timeout=60)
    test.session_state["part"] = True
    before = test.run().expander[0].proto
    after = test.text_area[0].set_value("Påbörjat").run().expander[0].proto
    # By another identity the browser makes it anew, without the name that is being written.
    assert (before.id, before.expanded) == (after.id, after.expanded)
    assert AppTest.from_function(folded, default_timeout=60).run().expander[0].proto.id == before.id


def test_every_field_that_one_writes_in_is_of_such_a_form() -> None:
    lost = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for room in ("ui", "pages")
        for path in (ROOT / room).rglob("*.py")
        if str(path.relative_to(ROOT)) not in OTHERWISE
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in WRITTEN
        and not any(one.arg is None and ".field(" in ast.unparse(one) for one in call.keywords)
    ]
    assert lost == []
