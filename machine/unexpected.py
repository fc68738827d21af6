"""Faults that nobody foresaw: noted under a number, so that what the reader sees can be found."""

import logging
import os
import secrets
import traceback
from datetime import datetime

from settings import data_dir
from swedish.refusals import is_of_the_disk, why

_LOG = logging.getLogger(__name__)
_FILE = "fel.log"


def noted(error: BaseException) -> str:
    """Note an error in the log; gives the number that it can be found by.

    The log has what kind of error it was and where in the program, never its text, which may
    repeat what a file says of a person.
    """
    number = f"{datetime.now():%y%m%d}-{secrets.token_hex(3)}"
    lines = [f"{datetime.now():%Y-%m-%d %H:%M:%S} fel {number}\n"]
    link: BaseException | None = error
    while link is not None:
        lines += traceback.format_tb(link.__traceback__)
        lines.append(f"{type(link).__module__}.{type(link).__qualname__}\n")
        link = link.__cause__
    text = "".join(lines)
    path = data_dir() / _FILE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a") as log:
            log.write(text)
    except OSError:
        last = traceback.extract_tb(error.__traceback__)[-1:]
        where = "".join(f"{frame.filename}, rad {frame.lineno}" for frame in last)
        kind = type(error).__qualname__
        # Not all of it: those who run a command read this, too.
        _LOG.error("Fel %s (%s, %s) gick inte att skriva i %s.", number, kind, where, path)
    return number


def told(error: BaseException) -> str:
    """What a reader is told of an error nobody foresaw, which is noted in the log.

    That the disk refuses is foreseen wherever something is written: no log would tell more.
    """
    if is_of_the_disk(error):
        return (
            f"{why(error).capitalize()}, vid {data_dir()}. Det som är publicerat är oförändrat. "
            "Frigör utrymme, eller ge plats att skriva, och försök igen."
        )
    return (
        f"Något gick fel som programmet inte räknade med (fel {noted(error)}). Det som är "
        f"publicerat är oförändrat. Försök igen; går det inte, se {data_dir() / _FILE}."
    )
