"""What is written in the journal is read back alike, wherever it is kept."""

from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from settings import settings
from tests.warehouse.kinds import in_lake
from warehouse.journal import (
    agreements,
    arrivals,
    audit,
    comments,
    drafts,
    journal,
    known,
    new_limits,
    notices,
    purged,
    shown_numbers,
    tokens,
)
from warehouse.journal.agreements import About, ApprovalStep
from warehouse.journal.arrivals import Arrival, ArrivalState
from warehouse.journal.notices import Notice, NoticeState, Sent
from warehouse.journal.tokens import Scope
from warehouse.journal.tried import attacks, recalculations
from warehouse.journal.tried.attacks import Attack
from warehouse.journal.tried.recalculations import Recalculation
from warehouse.keeping import backup, moving
from warehouse.store.lake.place import PREFIX

NOW = datetime(2026, 11, 1, 12)
WHERE = {"indicator": "mean_days", "place": "lan", "period": "2026-10"}


def comment(text: str) -> None:
    comments.add(
        indicator=WHERE["indicator"],
        place=WHERE["place"],
        period=WHERE["period"],
        text=text,
        author="A",
    )


@pytest.mark.usefixtures("data")
def test_each_part_gives_what_was_written() -> None:
    assert (journal.exists(), journal.written()) == (False, journal.Written())
    arrivals.answered("mapp", trouble="svarar inte")
    arrivals.answered("mapp", trouble="")
    come = Arrival(
        source="mapp",
        name="a.csv",
        stamp="1",
        sha256="ab",
        bytes=7,
        state=ArrivalState.WAITING,
        told="",
    )
    arrivals.keep(come)
    assert [one.state for one in arrivals.latest()] == [ArrivalState.WAITING]
    assert (arrivals.seen("mapp"), arrivals.answers()["mapp"].trouble) == ({("a.csv", "1")}, "")
    attack = Attack(
        version=1,
        period="",
        numbers=9,
        hidden=2,
        lowest=1,
        highest=None,
        told=0,
        worked_out=0,
        by="",
        at=NOW,
    )
    attacks.remember(attack)
    assert attacks.newest(1) == attack
    notices.begin("namnd", "d1", [Notice("n1", "En sak"), Notice("n2", "En till")])
    notices.end("d1", NoticeState.SENT, why="")
    for _ in range(2):
        notices.held("namnd", [("n3", "Väntar", "granskas")])
    assert notices.told("namnd") == {"n1", "n2"}
    assert [one.state for one in notices.log()] == [NoticeState.HELD, *[NoticeState.SENT] * 2]
    monthly = Sent(kind="monthly", place="lan", period="2026-10", version=1)
    notices.report_sent("namnd", monthly, code="SV-AAAA")
    assert [(one.version, code) for one, code in notices.reports_sent("namnd")] == [(1, "SV-AAAA")]
    notices.approve("varje", "2026-10", version=3, by="")
    assert notices.approval("varje", "2026-10") == 3
    for text in ("först", "sedan"):
        drafts.keep(name="u", about="lan", content={"text": text})
    draft = drafts.kept(name="u", about="lan")
    assert draft and draft.content == {"text": "sedan"}
    drafts.discard(name="u", about="lan")
    assert drafts.latest(about="lan", most=5) == []
    for _ in range(2):
        shown_numbers.keep(code="K1", digest="d", manifest="talen")
    assert shown_numbers.found("K1") == ("talen",)
    purged.remember(sha256="ab", reason="fel", by="")
    assert purged.purged()["ab"].reason == "fel"
    made = Recalculation(version=1, told="lika", different=0, by="", at=NOW)
    recalculations.remember(made)
    assert recalculations.newest(1) == made
    key = tokens.make(name="Excel", scopes=[Scope.READ], areas=[], days=3)
    token = tokens.of(key)
    assert token and tokens.made() == (token,)
    tokens.revoke(token.id)
    assert tokens.of(key) is None
    with pytest.raises(KeyError):
        tokens.revoke(token.id)
    about = About("discharges", "2026-10", "lan")
    agreements.say(ApprovalStep.REVIEWED, about, fingerprint="f")
    agreements.say(ApprovalStep.ESTABLISHED, about, fingerprint="f")
    assert agreements.agreed([about]) == [about]
    mark = known.arrived(subject="s", name="En person", origin="")
    assert known.shown(mark) == "En person"
    known.forget(mark)
    assert known.shown(mark) != "En person"
    comment("Sagt")
    new_limits.start(**WHERE, reason="Nytt sätt", author="A")
    (limits,) = new_limits.in_force(indicator="mean_days", place="lan")
    assert limits.reason == "Nytt sätt"
    written = journal.written()
    assert (written.comments, written.new_limits, written.agreements) == (1, 1, 2)
    assert list(audit.broken()) == []


@in_lake
@pytest.mark.parametrize("kind", ["shared"], indirect=True)
def test_a_shared_journal_moves_and_is_restored_and_its_audit_stays(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test_each_part_gives_what_was_written()
    address, storage = settings().warehouse.removeprefix(PREFIX), settings().storage
    with psycopg.connect(address, autocommit=True) as book:
        for statement in ("update {} set who = 'x'", "truncate {}"):
            with pytest.raises(psycopg.errors.RaiseException, match="is never"):
                book.execute(statement.format("samverkan_journal.audit").encode())
    backup.make(data / "kopia.zip")
    lines, written = audit.lines(), journal.written()
    moving.move(warehouse="", storage="")
    assert journal.is_own()
    # Who moved it is written before it is moved.
    assert (audit.lines()[1:], journal.written()) == (lines, written)
    assert audit.lines()[0].act == "flytt av versioner"
    comment("Mer")
    # What was shared is the beginning of what is here now, so that it is nobody else's.
    with monkeypatch.context() as patch:
        patch.setattr(moving, "_set", lambda **_: None)
        moving.move(warehouse=PREFIX + address, storage=storage)
    comment("Sist")
    moving.move(warehouse=PREFIX + address, storage=storage)
    assert [one.text for one in comments.remarks(**WHERE)] == ["Sagt", "Mer", "Sist"]
    moving.move(warehouse="", storage="")
    # Taken back to an empty database, with what was written meanwhile.
    with psycopg.connect(address, autocommit=True) as book:
        book.execute("drop schema samverkan_journal cascade")
    from warehouse.journal.book import postgres

    postgres._SEEN.clear()
    postgres._MADE.clear()
    moving.move(warehouse=PREFIX + address, storage=storage)
    assert not journal.is_own()
    assert [one.text for one in comments.remarks(**WHERE)] == ["Sagt", "Mer", "Sist"]
    comment("Till")
    assert list(audit.broken()) == []
    assert journal.written().comments == 4
