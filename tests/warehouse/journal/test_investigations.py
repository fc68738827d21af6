"""What is looked into is listed until it is closed, and stands in the hand-out."""

import datetime
from pathlib import Path

import pytest

from access import people
from access.checks import Refused
from access.people import Person
from access.rights import Right, Role
from reports.content import wording
from warehouse.journal import audit, investigations

WHERE = {"indicator": "mean_days", "place": "1484", "period": "2026-09"}
DUE = datetime.date(2026, 11, 1)


def test_it_is_listed_until_closed(data: Path) -> None:
    with pytest.raises(ValueError, match="owner"):
        investigations.begin(**WHERE, owner=" ", due=DUE, note="hög")
    for _ in range(2):
        investigations.begin(**WHERE, owner="Enhet A", due=DUE, note="hög.")
    investigations.begin(
        **{**WHERE, "period": "2026-10"}, owner="Enhet B", due=datetime.date(2026, 10, 20), note="x"
    )
    assert [one.owner for one in investigations.in_progress()] == ["Enhet B", "Enhet A"]
    (told,) = wording.about("mean_days", place="1484", period="2026-09")
    assert told.text == (
        "Under utredning, september 2026: hög. Ansvarig: Enhet A, klart 1 november 2026."
    )
    reader = Person(subject="l", name="l", mark="l", rights=(Right(Role.READER),))
    first = investigations.of("mean_days", "1484")[1]
    with people.at_work(lambda: reader), pytest.raises(Refused):
        investigations.close(first, note="inget")
    with pytest.raises(ValueError, match="note"):
        investigations.close(first, note="")
    investigations.close(first, note="rättad i källan")
    assert [one.owner for one in investigations.in_progress()] == ["Enhet B"]
    assert wording.about("mean_days", place="1484", period="2026-09") == ()
    assert [line.about.rpartition(", ")[2] for line in audit.lines()] == [
        "avslutad: rättad i källan",
        "påbörjad: x",
        "påbörjad: hög.",
    ]
