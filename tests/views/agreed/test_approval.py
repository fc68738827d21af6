"""A month from delivery to established, by three people, and a correction that opens it again."""

import datetime
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

import pipeline
import reference
from access import people
from access.checks import Refused
from access.people import Person
from access.rights import Right, Role
from commands.app import app
from metrics import loaded
from metrics.datasets.discharges import KEY
from pipeline import NeedsReason
from reports.content import basis
from reports.content.basis import View
from reports.manifest import Number
from reports.model import ReportError
from tests.pages.conftest import HEAD
from views import scoreboard
from views.agreed import approval, changed, visible
from views.agreed.approval import ApprovalState
from views.held import Held, compared
from warehouse.journal import agreements, audit
from warehouse.journal.agreements import About, ApprovalStep, TooLate

ABOUT = About(KEY, "2026-09", "fyrbodal")
AREA = frozenset({"fyrbodal"})
RIGHTS = {
    "förvaltaren": Right(Role.STEWARD, frozenset({KEY}), AREA),
    "granskaren": Right(Role.REVIEWER, areas=AREA),
    "simbas": Right(Role.REVIEWER, areas=frozenset({"simba"})),
    "chefen": Right(Role.ADMINISTRATOR),
}


@contextmanager
def by(name: str) -> Iterator[None]:
    person = Person(subject=name, name=name, mark=name, rights=(RIGHTS[name],))
    with people.at_work(lambda: person):
        yield


@pytest.fixture(autouse=True)
def switched_on(data: Path) -> None:
    (data / "data").mkdir()
    (data / "data" / "settings.toml").write_text('approval = "on"\n', "utf-8")


def publish(data: Path, days: int, reason: str = "") -> None:
    file = data / f"{days}.csv"
    file.write_text(f"{HEAD}\n2026-09;Lysekil;NU-sjukvården;Somatik;20;{days};5;2;0;5\n", "utf-8")
    with by("förvaltaren"), pipeline.checked(file) as delivery:
        pipeline.publish(delivery, reason=reason)


def say(step: ApprovalStep, reason: str = "") -> None:
    now = approval.standing(ABOUT).fingerprint
    agreements.say(step, ABOUT, fingerprint=now, reason=reason)


def reviewed() -> None:
    with by("granskaren"):
        say(ApprovalStep.REVIEWED)


def state() -> ApprovalState:
    return approval.standing(ABOUT).state


def marked(level: str, place: str) -> bool:
    return approval.marks("mean_days")("2026-09", level, place)


def test_from_delivery_to_established_and_open_again(data: Path) -> None:
    assert state() is ApprovalState.NOTHING
    publish(data, 10)
    assert state() is ApprovalState.DELIVERED
    shown = View("fyrbodal", "2026-09", datetime.datetime(2026, 10, 12))
    said = "Preliminär: september 2026 är inte fastställd för Fyrbodal."
    assert basis.banner(shown, KEY) == said
    for name in ("förvaltaren", "simbas"):
        with by(name), pytest.raises(Refused):
            say(ApprovalStep.REVIEWED)
    with by("chefen"), pytest.raises(TooLate):
        say(ApprovalStep.ESTABLISHED)
    with by("granskaren"):
        with pytest.raises(ValueError, match="reason"):
            say(ApprovalStep.SENT_BACK)
        say(ApprovalStep.SENT_BACK, "fel kommun")
        assert "Skickad tillbaka" in approval.standing(ABOUT).sentence
        with pytest.raises(Refused):
            say(ApprovalStep.ESTABLISHED)
    # Two at once are one: the log below has one line of it.
    with ThreadPoolExecutor(2) as both:
        list(both.map(lambda _: reviewed(), range(2)))
    seen = approval.standing(ABOUT).fingerprint
    with by("chefen"):
        say(ApprovalStep.ESTABLISHED)
    # Who had the page open since before takes nothing back.
    with pytest.raises(TooLate, match="redan fastställd"):
        reviewed()
    assert state() is ApprovalState.ESTABLISHED
    assert basis.banner(shown, KEY) == ""
    assert not marked("area", "fyrbodal")
    assert not marked("municipality", "1484")
    assert marked("county", "lan")
    assert marked("hospital", "nu")
    assert "Fyrbodal" not in approval.preliminary(dataset=KEY, period="2026-09", area="lan")
    homes = [one.name for one in reference.municipalities() if one.area == "fyrbodal"]
    assert sorted([*approval.absent(ABOUT), "Lysekil"]) == sorted(homes)
    # A correction takes a reason, and nothing is changed without one.
    with pytest.raises(NeedsReason, match="Fyrbodal 2026-09"):
        publish(data, 12)
    assert state() is ApprovalState.ESTABLISHED
    assert changed.changed(ABOUT).sentence == "Ingen version som finns kvar hade andra tal."
    publish(data, 12, "rättade vårddagar")
    found = changed.changed(ABOUT)
    assert (found.since, found.new) == (1, 0)
    days = [one for one in found.values if one.indicator == "ready_days"]
    assert [(one.level, one.place, one.old, one.new) for one in days] == [
        ("area", "fyrbodal", 10, 12),
        ("municipality", "1484", 10, 12),
    ]
    now = approval.standing(ABOUT)
    assert now.state is ApprovalState.DELIVERED
    assert marked("municipality", "1484")
    assert now.sentence.endswith("av förvaltaren: rättade vårddagar.")
    assert basis.banner(shown, KEY) == said
    # Who had the page open agrees to nothing that they have not seen.
    with by("granskaren"):
        agreements.say(ApprovalStep.REVIEWED, ABOUT, fingerprint=seen)
    assert state() is ApprovalState.DELIVERED
    with by("chefen"), pytest.raises(TooLate):
        say(ApprovalStep.ESTABLISHED)
    acts = [line.act for line in reversed(audit.lines())]
    assert acts == [
        "publicering",
        "skickad tillbaka",
        "granskad",
        "fastställd",
        "publicering",
        "granskad",
    ]


def test_without_the_setting_nothing_is_preliminary(data: Path) -> None:
    asked = {"dataset": KEY, "period": "2026-09", "area": "lan"}
    told = "Preliminär: september 2026 är inte fastställd för något område."
    assert approval.preliminary(**asked) == told
    (data / "data" / "settings.toml").unlink()
    assert approval.preliminary(**asked) == ""


def test_what_is_not_established_is_not_shown_where_that_is_set(data: Path) -> None:
    chosen = data / "data" / "settings.toml"
    chosen.write_text('approval = "hidden"\napproval_from = "2026-09"\n', "utf-8")
    earlier = data / "augusti.csv"
    row = "2026-08;Lysekil;NU-sjukvården;Somatik;20;10;5;2;0;5\n"
    earlier.write_text(f"{HEAD}\n{row}", "utf-8")
    with by("förvaltaren"), pipeline.checked(earlier) as delivery:
        pipeline.publish(delivery)
    publish(data, 10)
    assert visible.periods(KEY) == visible.periods_by_indicator()["mean_days"] == ["2026-08"]
    assert [one.rows for one in visible.told(loaded.loads())] == [None, 1]
    assert visible.hidden("mean_days", "2026-10")
    asked = {"place": "fyrbodal", "period": "2026-09", "dataset": KEY}
    with pytest.raises(ReportError, match="September 2026 är inte fastställd"):
        basis.view(**asked, made=datetime.datetime(2026, 10, 12))
    with by("granskaren"):
        say(ApprovalStep.REVIEWED)
    with by("chefen"):
        say(ApprovalStep.ESTABLISHED)
    assert visible.periods(KEY) == ["2026-08", "2026-09"]
    told = pipeline.between(1, 2)
    assert not told.left_out
    assert {one.period for one in told.periods if one.new} == {"2026-09"}
    publish(data, 12, "rättade vårddagar")
    assert visible.periods(KEY) == ["2026-08"]
    listed = CliRunner().invoke(app, ["values", "mean_days", "--level", "area"])
    assert "2026-08" in listed.stdout and "2026-09" not in listed.stdout
    assert "Från och med september 2026 visas inga värden" in listed.stderr
    assert scoreboard.board(period="2026-08")
    assert scoreboard.board(period="2026-09") == []
    for old, new in ((1, 2), (2, 3), (3, 1)):
        found = pipeline.between(old, new)
        assert found.left_out
        assert (found.periods, found.largest) == ((), ())
        assert all((one.new, one.changed, one.lost) == (0, 0, 0) for one in found.changes)
    handed_out = Number(
        indicator="ready_days",
        period="2026-09",
        level="area",
        place="fyrbodal",
        value=10.0,
        status="partial",
        loads=(),
    )
    (was,) = compared([handed_out])
    assert (was.held, was.was, was.now) == (Held.CHANGED, "10*", "inte fastställt")
    chosen.write_text('approval = "hidden"\n', "utf-8")
    assert visible.periods(KEY) == []
    assert visible.waiting(KEY).startswith("Det som är levererat är inte fastställt än")


def test_what_is_confidential_now_is_not_held_against_what_it_was() -> None:
    key = ("over_7", "municipality", "1484")
    new = ("discharges", "area", "fyrbodal")
    found = changed.compared(
        ABOUT, since=4, before={key: (6, "ok")}, now={key: (None, "confidential"), new: (9, "ok")}
    )
    assert (found.new, found.values) == (1, ())
    assert found.sentence == "1 nytt värde, mot version 4."
