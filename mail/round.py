"""A round: what is new for each recipient, sent in one digest or held back, and written down."""

import datetime
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mail import digest, scheduled, things
from mail.declaration import Declaration, Recipient
from mail.sending import NotSent, Unsure, send
from mail.things import Attached, Thing
from reports.making import Made, Order, made, remember
from reports.model import ReportError
from settings.declared import Settings
from warehouse.journal import notices
from warehouse.journal.notices import Notice, NoticeState, Sent


@dataclass(frozen=True)
class Told:
    """What came of a recipient: what was told, what was held back, and what was wrong."""

    recipient: Recipient
    told: tuple[Thing, ...]
    held: tuple[Thing, ...]
    text: str = ""
    trouble: str = ""


def run(
    declared: Declaration, *, today: datetime.date, settings: Settings, dry: bool = False
) -> list[Told]:
    """Tell each recipient what is new; `dry` tells nobody and writes nothing.

    One who cannot be reached keeps none of the others waiting. Raises SettingsError, store.Busy and
    store.Unwritable.
    """
    return [
        _recipient(one, declared, today=today, settings=settings, dry=dry)
        for one in declared.recipients
    ]


def _recipient(
    one: Recipient, declared: Declaration, *, today: datetime.date, settings: Settings, dry: bool
) -> Told:
    known = notices.told(one.name)
    worth_telling = [
        thing
        for thing in _things(one, declared, today=today, settings=settings)
        if thing.kind in one.wants and thing.key not in known
    ]
    new, held = _apart(worth_telling)
    files: list[tuple[Thing, Made]] = []
    for thing in [thing for thing in new if thing.file]:
        try:
            done = made(_order(thing.file), thing.file.form) if thing.file else None
        except ReportError as error:
            new.remove(thing)
            held.append(Thing(**{**vars(thing), "held": str(error)}))
            continue
        if done:
            files.append((thing, done))
    if not dry:
        notices.held(one.name, [(thing.key, thing.text, thing.held) for thing in held])
    if not new:
        return Told(one, (), tuple(held))
    number = secrets.token_hex(12)
    mail = digest.message(
        new,
        recipient=one,
        server=declared.server,
        number=number,
        files=[(thing.file.name, done.content) for thing, done in files if thing.file],
    )
    body = mail.get_body(("plain",))
    told = Told(one, tuple(new), tuple(held), text=body.get_content() if body else "")
    if dry:
        return told
    # Written before it is sent: what is cut off in between may have gone, and is not sent again.
    notices.begin(one.name, number, [Notice(thing.key, thing.text) for thing in new])
    try:
        send(mail, declared.server)
    except NotSent as error:
        notices.end(number, NoticeState.NOT_SENT, why=str(error))
        return Told(one, (), tuple(held), trouble=str(error))
    except Unsure as error:
        notices.end(number, NoticeState.UNSURE, why=str(error))
        # It may have come, so that a number in it that is corrected is told of.
        _remember(one, files)
        return Told(one, tuple(new), tuple(held), text=told.text, trouble=str(error))
    notices.end(number, NoticeState.SENT, why="")
    _remember(one, files)
    return told


def _remember(one: Recipient, files: Sequence[tuple[Thing, Made]]) -> None:
    """Keep what was sent to whom, as of any report that is handed out."""
    for thing, done in files:
        if thing.file:
            remember(_order(thing.file), done)
            code = done.manifest.code if done.manifest else ""
            notices.report_sent(one.name, _sent(thing.file, done.version), code=code)


def _things(
    one: Recipient, declared: Declaration, *, today: datetime.date, settings: Settings
) -> Iterable[Thing]:
    yield from scheduled.scheduled(declared.schedules, one, today=today)
    yield from scheduled.corrected(one)
    yield from things.waiting()
    for area in one.areas:
        yield from things.of_area(area, today=today, settings=settings)


def _apart(every: Sequence[Thing]) -> tuple[list[Thing], list[Thing]]:
    """What to tell, and what is held back."""
    return [one for one in every if not one.held], [one for one in every if one.held]


def _order(file: Attached) -> Order:
    now = datetime.datetime.now().replace(microsecond=0)
    return Order(kind=file.report, place=file.place, period=file.period, made=now)


def _sent(file: Attached, version: int) -> Sent:
    return Sent(kind=file.report, place=file.place, period=file.period, version=version)
