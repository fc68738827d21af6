"""The users' comments as they stand in reports."""

from reports.content.basis import View, day
from reports.model import Text
from swedish.periods import period_name
from warehouse.journal import comments, investigations


def said(chosen: View, key: str) -> tuple[Text, ...]:
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
            Text(f"Kommentar: {one.text} ({one.author}, {day(one.written_at)})", quoted=True)
            for one in remarks
        ),
        *(
            Text(
                f"Under utredning, {period_name(one.period)}: {one.note.rstrip('.')}. Ansvarig: "
                f"{one.owner}, klart {day(one.due)}.",
                quoted=True,
            )
            for one in looked_into
            if one.period <= period
        ),
    )
