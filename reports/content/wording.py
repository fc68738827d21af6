"""What a user puts in words of a report, and where it stands in one of any kind."""

from dataclasses import dataclass

import reference
from reports.content import basis
from reports.content.basis import View
from reports.model import Part, Points, Text


@dataclass(frozen=True, kw_only=True)
class Wording:
    """What a user has put in words; None and empty where it is left to the report.

    `summary` and `position` take the place of what is proposed; `errand` of the sentence about what
    it is; `notes` stand after the analysis. `case_number` (diarienummer), `officer` (handläggare)
    and `receiver` stand in the head of a document.
    """

    summary: tuple[str, ...] | None = None
    position: tuple[str, ...] | None = None
    errand: str = ""
    notes: str = ""
    case_number: str = ""
    officer: str = ""
    receiver: str = ""


def errand(said: Wording, *, otherwise: str = "") -> tuple[Part, ...]:
    """What the errand is, as a chapter; none where nobody says it."""
    told = said.errand.strip() or otherwise
    return (Part("Ärende", tuple(map(Text, _lines(told)))),) if told else ()


def notes(said: Wording) -> tuple[Text, ...]:
    """The user's own paragraphs."""
    return tuple(map(Text, _lines(said.notes)))


def noted(said: Wording) -> tuple[Part, ...]:
    """The user's own paragraphs as a part; none where there are none."""
    told = notes(said)
    if not told:
        return ()
    return (Part("Att notera", told, label="Att notera", say=tuple(one.text for one in told)),)


def decided() -> str:
    """The place for what the forum came to."""
    return f"Ställningstagande vid mötet i {reference.county().forum} (fylls i efter mötet):"


def proposal(position: tuple[str, ...]) -> tuple[Part, ...]:
    """What the forum may say, and the place for what it came to; none without any."""
    if not position:
        return ()
    blocks = (Points(position), Text(decided()))
    return (Part("Förslag till ställningstagande", blocks, label="Förslag", say=position),)


def head(said: Wording, chosen: View, *, whole: bool) -> tuple[tuple[str, str], ...]:
    """What stands over a document as over other documents of an errand.

    A `whole` head has room for what is not known yet; else only what is known, if anything is.
    """
    lines = (
        ("Diarienummer", said.case_number),
        ("Handläggare", said.officer),
        ("Mottagare", said.receiver),
    )
    if not whole:
        known = tuple((label, text) for label, text in lines if text)
        return (("Datum", basis.day(chosen.made)), *known) if known else ()
    receiver = said.receiver or f"{reference.county().forum}, {chosen.place_name}"
    return (("Datum", basis.day(chosen.made)), *lines[:2], ("Mottagare", receiver))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
