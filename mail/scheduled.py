"""Reports on schedule: due when their period is complete or the day has come, and approved.

And numbers corrected in a report that somebody got by mail.
"""

import datetime
import hashlib
from collections.abc import Iterator
from urllib.parse import urlencode

import pipeline
import reference
from access.checks import require
from access.rights import EVERY, Act
from mail.declaration import Recipient, Schedule
from mail.things import Attached, Thing
from metrics.changes import corrections
from metrics.due import last_ended
from metrics.values import values
from reports.making import KINDS
from reports.manifest import Manifest
from settings import SettingsError
from swedish.periods import period_name
from views.agreed import approval
from views.held import Held, compared
from warehouse import store
from warehouse.journal import audit, notices, shown_numbers
from warehouse.journal.reports_made import ReportMade


def scheduled(
    schedules: tuple[Schedule, ...], recipient: Recipient, *, today: datetime.date
) -> Iterator[Thing]:
    """The reports that are for a recipient, and what keeps each from being sent."""
    for one in schedules:
        if recipient.block in one.to:
            yield _report(one, today)


def _report(one: Schedule, today: datetime.date) -> Thing:
    kind = KINDS[one.report]
    period = period_of(one, today=today)
    place = reference.place_name(reference.level_of(one.place), one.place)
    asked = urlencode({"omrade": one.place, "period": period})
    return Thing(
        key=f"report:{one.name}:{period}",
        kind="reports",
        text=f"{kind.name} för {place}, {period_name(period)}, bifogas.",
        path=f"rapporter?{asked}",
        held=_held(one, period, today),
        file=Attached(
            name=f"{kind.path}_{one.place}_{period}.{one.form}",
            report=one.report,
            place=one.place,
            period=period,
            form=one.form,
        ),
    )


def period_of(one: Schedule, *, today: datetime.date) -> str:
    """The period that the report is of: the last that has ended."""
    return last_ended(KINDS[one.report].page.grain, today=today)


def _held(one: Schedule, period: str, today: datetime.date) -> str:
    told_by = KINDS[one.report].page.told_by
    own_values = values(
        indicator=told_by,
        level=reference.level_of(one.place),
        place=one.place,
        start=period,
        end=period,
    )
    if not own_values or not own_values[0].reported:
        return f"{period_name(period)} har inga uppgifter än"
    whole = own_values[0].reported >= own_values[0].expected
    if one.day is None and not whole:
        return f"{own_values[0].reported} av {own_values[0].expected} kommuner har rapporterat"
    if one.day is not None and today.day < one.day:
        return f"skickas från den {one.day} i månaden"
    if unsettled := approval.preliminary(
        dataset=KINDS[one.report].dataset, period=period, area=one.place
    ):
        return unsettled
    approved = notices.approval(one.name, period)
    if approved is None:
        return f"väntar på godkännande: samverkan approve {one.name}"
    if approved != store.standing().number:
        return f"uppgifterna har ändrats sedan den godkändes: samverkan approve {one.name}"
    return ""


def approve(one: Schedule, *, by: str, today: datetime.date) -> str:
    """Let the report of the last period that has ended go, as the data is now; gives the period.

    Raises SettingsError where nothing has been published, checks.Refused, store.Busy and
    store.Unwritable.
    """
    where = EVERY if one.place == reference.COUNTY else one.place
    require(Act.REVIEW, areas=(where,))
    version = store.standing().number
    if version is None:
        raise SettingsError("Ingenting har lästs in, så det finns ingen rapport att godkänna.")
    period = period_of(one, today=today)
    notices.approve(one.name, period, version=version, by=by)
    audit.record(
        audit.EventKind.REVIEWED, f"{one.name} för {period} får skickas, version {version}"
    )
    return period


def corrected(recipient: Recipient) -> Iterator[Thing]:
    """The reports that were sent to a recipient and hold a number that has changed since.

    Once for each way that they have changed, however often something else is published.
    """
    now = store.standing().number
    if now is None:
        return
    for sent, code in notices.reports_sent(recipient.name):
        if sent.version == now:
            continue
        changed, held = _changed(sent, code, now)
        if changed or held:
            name = corrections.named(sent)
            yield Thing(
                key=f"correction:{sent.kind}:{sent.place}:{sent.period}:{sent.version}:{changed}",
                kind="corrections",
                text=f"Tal har ändrats i en rapport som du har fått: {name}. Använd en ny."
                if changed
                else name,
                path="rapporter?" + urlencode({"omrade": sent.place, "period": sent.period}),
                held=held,
            )


def _changed(sent: ReportMade, code: str, now: int) -> tuple[str, str]:
    """A mark of what has changed in a report since it was sent, empty where nothing has; and why
    that cannot be said, where it cannot."""
    texts = shown_numbers.found(code) if code else ()
    if texts:
        numbers = [number for text in texts for number in Manifest.read(text).numbers]
        answers = compared(numbers, also_open=True)
        others = [one for one in answers if one.held is not Held.SAME]
        return (hashlib.sha256(repr(others).encode()).hexdigest()[:16] if others else ""), ""
    if sent.version not in store.versions():
        return "", f"version {sent.version} finns inte kvar att jämföra med"
    return (str(now) if pipeline.between(sent.version, now, made=(sent,)).reports else ""), ""
