"""When periods end, and when they are to have been delivered."""

import datetime

from settings.declared import Settings
from swedish.periods import grain_of, previous_period


def due(period: str, *, settings: Settings) -> datetime.date:
    """The day when a period is to have been delivered: in the month, or the year, after it."""
    year = int(period[:4])
    if grain_of(period) == "year":
        return datetime.date.fromisoformat(f"{year + 1}-{settings.due_day_year}")
    if grain_of(period) == "quarter":
        month, day = int(period[-1]) * 3, settings.due_day_quarter
    else:
        month, day = int(period[5:7]), settings.due_day_month
    return datetime.date(year + month // 12, month % 12 + 1, day)


def days(settings: Settings) -> tuple[int, int, str]:
    """The days that `due` goes by: of a month, a quarter and a year."""
    return settings.due_day_month, settings.due_day_quarter, settings.due_day_year


def last_ended(grain: str, *, today: datetime.date) -> str:
    """The newest month, quarter or year that is over."""
    if grain == "year":
        return str(today.year - 1)
    month = f"{today.year}-{today.month:02d}"
    if grain == "quarter":
        month = f"{today.year}-K{(today.month + 2) // 3}"
    return previous_period(month)
