"""What a file leaves unclear, asked on the page; the answers hold for that file."""

from collections.abc import Sequence

import streamlit as st

from loaders.questions import NO_ANSWERS, Answers, Question
from ui import layout
from ui.layout import plain


def given(key: str) -> Answers:
    """What the reader has answered about a file."""
    kept = st.session_state.get(_kept(key))
    return kept if isinstance(kept, Answers) else NO_ANSWERS


def ask(questions: Sequence[Question], *, key: str) -> bool:
    """Ask what is unclear; True when something is answered and the file is to be read again."""
    before = given(key)
    st.markdown("**Det här behöver du svara på**")
    layout.finding(
        "Ingenting publiceras förrän frågorna har ett svar. Svaren gäller bara den filen."
    )
    with st.form(f"questions-{key}-{len(before.given)}", border=False):
        answers = [
            (question.key, _asked(question, key=f"question-{number}-{len(before.given)}-{key}"))
            for number, question in enumerate(questions)
        ]
        if not st.form_submit_button("Svara och läs filen igen", type="primary"):
            return False
    said = tuple((asked, text) for asked, text in answers if text)
    if not said:
        st.warning("Välj eller skriv minst ett svar.", icon=":material/info:")
        return False
    st.session_state[_kept(key)] = Answers((*before.given, *said))
    return True


def told(key: str) -> None:
    """Show what has been answered, with a button that takes it back."""
    said = given(key)
    if not said.given:
        return
    pairs = "; ".join(f"”{asked}” är ”{text}”" for asked, text in said.given)
    layout.finding(f"Dina svar om filen: {pairs}.")
    if st.button("Ta tillbaka svaren", key=f"forget-{key}"):
        del st.session_state[_kept(key)]
        st.rerun()


def _kept(key: str) -> str:
    return f"said-{key}"


def _asked(question: Question, *, key: str) -> str:
    if not question.options:
        example = f"Till exempel {question.example}" if question.example else None
        return st.text_input(plain(question.text), key=key, placeholder=example).strip()
    labels = dict(question.options)
    chosen = st.selectbox(
        plain(question.text),
        list(labels),
        index=None,
        format_func=lambda one: labels[one],
        placeholder="Välj ett svar",
        key=key,
    )
    return chosen or ""
