"""What users put in words, of a report and of numbers in it, and where it stands in one."""

from dataclasses import dataclass

import reference
from reports.content import basis
from reports.content.basis import View
from reports.model import Part, Points, Text
from swedish.periods import period_name
from warehouse.journal import comments, investigations


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


def remarks(chosen: View, key: str) -> tuple[Text, ...]:
    """What has been said of an indicator in the place and period, with who said it and when."""
    return about(key, place=chosen.place, period=chosen.period)


def about(key: str, *, place: str, period: str) -> tuple[Text, ...]:
    """What has been said of one indicator in a place, or a programme of funds, and a period.

    What is looked into of that period or an earlier one stands after it.
    """
    remarks = comments.remarks(indicator=key, place=place, period=period)
    looked_into = investigations.of(key, place)
    return (
        *(
            Text(f"Kommentar: {one.text} ({one.author}, {basis.day(one.written_at)})", quoted=True)
            for one in remarks
        ),
        *(
            Text(
                f"Under utredning, {period_name(one.period)}: {one.note.rstrip('.')}. Ansvarig: "
                f"{one.owner}, klart {basis.day(one.due)}.",
                quoted=True,
            )
            for one in looked_into
            if one.period <= period
        ),
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
