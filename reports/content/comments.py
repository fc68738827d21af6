"""The users' comments as they stand in reports."""

from reports.content.basis import View, day
from reports.model import Text
from warehouse.journal import comments


def said(chosen: View, key: str) -> tuple[Text, ...]:
    """What has been said of an indicator in the place and period, with who said it and when."""
    return about(key, place=chosen.place, period=chosen.period)


def about(key: str, *, place: str, period: str) -> tuple[Text, ...]:
    """What has been said of one indicator in a place, or a programme of funds, and a period."""
    return tuple(
        Text(f"Kommentar: {one.text} ({one.author}, {day(one.written_at)})", quoted=True)
        for one in comments.remarks(indicator=key, place=place, period=period)
    )
