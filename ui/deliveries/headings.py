"""Headings that no export knows: what they may be, what the user says, and what has been said."""

from collections.abc import Sequence
from pathlib import PurePath

import streamlit as st

from access.checks import Refused, may, require
from access.rights import Act
from loaders.answering import profiles
from loaders.answering.profiles import Profile
from loaders.answering.proposal import Guess, Proposal
from pipeline import exports
from settings import SettingsError
from swedish import typography
from ui import layout
from ui.deliveries.answers import tell
from ui.deliveries.intake import Answer, plain_name
from ui.layout import plain

_UNUSED = ""


def ask(proposals: Sequence[Proposal], *, name: str, key: str) -> bool:
    """Ask what the columns are; True when the user has said and it has been kept as a profile."""
    st.markdown("**Vad är det för kolumner?**")
    layout.finding(
        "Rubrikerna känns inte igen, men så här kan de läsas. Rätta förslaget där det behövs. "
        "Svaret sparas som en profil, så att nästa fil med samma rubriker läses utan frågor."
    )
    titles = {proposal.export.key: proposal.export.title for proposal in proposals}
    chosen = st.selectbox(
        "Filen är", list(titles), format_func=lambda one: titles[one], key=f"export-{key}"
    )
    proposal = next(p for p in proposals if p.export.key == chosen)
    with st.form(f"headings-{key}-{chosen}", border=False):
        answers = {
            guess.heading: _asked(guess, proposal, key=f"{number}-{chosen}-{key}")
            for number, guess in enumerate(proposal.columns)
        }
        profile_name = st.text_input(
            "Profilens namn", PurePath(plain_name(name)).stem, max_chars=80
        )
        if not st.form_submit_button("Spara profilen och läs filen", type="primary"):
            return False
    wrong = _wrong(answers, proposal) or _kept(answers, proposal, profile_name.strip() or chosen)
    if wrong:
        st.warning(wrong, icon=":material/info:")
    return not wrong


def _asked(guess: Guess, proposal: Proposal, *, key: str) -> str:
    labels = {column.key: column.label for column in proposal.export.columns}
    held = f" – till exempel {', '.join(guess.samples)}" if guess.samples else ""
    keys = [_UNUSED, *labels]
    return st.selectbox(
        plain(f"{guess.heading}{held}"),
        keys,
        index=keys.index(guess.key or _UNUSED),
        format_func=lambda one: labels.get(one, "Används inte"),
        key=f"heading-{key}",
        disabled=guess.known,
    )


def _wrong(answers: dict[str, str], proposal: Proposal) -> str | None:
    """What keeps the answers from being used, in words."""
    used = [key for key in answers.values() if key]
    twice = sorted({proposal.export.column(key).label for key in used if used.count(key) > 1})
    if twice:
        return f"{typography.enumerate_words(twice)} är vald för mer än en kolumn."
    if all(guess.known for guess in proposal.columns if answers[guess.heading]):
        return "Välj vad minst en kolumn är."
    return None


def _kept(answers: dict[str, str], proposal: Proposal, name: str) -> str | None:
    known = {guess.heading for guess in proposal.columns if guess.known}
    said = tuple((text, key) for text, key in answers.items() if key and text not in known)
    try:
        require(Act.CHECK)
        profiles.save(Profile(name=name, export=proposal.export.key, headings=said))
    except (OSError, SettingsError, Refused) as error:
        return f"Profilen gick inte att spara: {error}"
    return None


def section() -> None:
    """Show the profiles there are, each with a button that removes it."""
    try:
        kept = profiles.profiles()
    except SettingsError as error:
        st.error(str(error), icon=":material/error:")
        return
    if not kept:
        layout.finding("Inga rubriker har behövt förklaras ännu.")
    declared = {export.key: export for export in exports()}
    for number, profile in enumerate(kept):
        with st.container(border=True, key=f"profile-{number}"):
            export = declared.get(profile.export)
            st.subheader(plain(profile.name), anchor=False)
            layout.finding(f"{export.title if export else profile.export}. {_said(profile)}")
            if may(Act.CHECK) and st.button("Ta bort profilen", key=f"remove-{number}"):
                tell([_removed(profile.name)])


def _said(profile: Profile) -> str:
    labels = {
        (export.key, column.key): column.label for export in exports() for column in export.columns
    }
    return "; ".join(
        f"”{text}” är {labels.get((profile.export, key), key)}" for text, key in profile.headings
    )


def _removed(name: str) -> Answer:
    try:
        require(Act.CHECK)
        profiles.remove(name)
    except (OSError, Refused) as error:
        return Answer(False, f"Profilen gick inte att ta bort: {error}")
    return Answer(True, f"Profilen {name} är borttagen.")
