"""A right is asked for where the act is done, by whatever way it comes."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

import pipeline
from access import people
from access.checks import Refused
from access.people import NOBODY, Person
from access.rights import Right, Role
from commands import app
from pipeline import going_back, purging, repairing
from reports.making import Order, made
from tests.pages.conftest import HEAD
from warehouse import store
from warehouse.journal import audit, comments, new_limits
from warehouse.keeping import backup


def somebody(mark: str, *rights: Right) -> Person:
    return Person(subject=mark, name=mark, mark=mark, rights=rights)


def _same(person: Person) -> Person:
    return person


def steward(*areas: str) -> Right:
    return Right(Role.STEWARD, frozenset({"discharges"}), frozenset(areas))


READER = somebody("läsaren", Right(Role.READER))
OWN = somebody("fyrbodals", Right(Role.READER), steward("fyrbodal"))
OTHER = somebody("simbas", Right(Role.READER), steward("simba"))
REVIEWER = somebody("granskaren", Right(Role.REVIEWER, areas=frozenset({"fyrbodal"})))
BOSS = somebody("chefen", Right(Role.ADMINISTRATOR))


def refused(act: Callable[[], object], *persons: Person) -> None:
    for person in persons:
        with people.at_work(partial(_same, person)), pytest.raises(Refused) as told:
            act()
        assert "Ingenting har ändrats" in str(told.value) or "Bara den som" in str(told.value)


@pytest.fixture
def file(data: Path) -> Path:
    path = data / "export.csv"
    path.write_text(f"{HEAD}\n2026-09;Lysekil;NU-sjukvården;Somatik;20;10;5;2;0;5\n", "utf-8")
    return path


def test_a_load_is_for_whoever_has_its_dataset_and_area(file: Path) -> None:
    with pipeline.checked(file) as delivery:
        assert delivery.ok, delivery.problems
        refused(lambda: pipeline.publish(delivery), NOBODY, READER, OTHER, REVIEWER)
        assert store.version() is None
        with people.at_work(lambda: OWN):
            pipeline.publish(delivery)
    for act in (lambda: pipeline.withdraw(1, reason="prov"), lambda: pipeline.original(1)):
        refused(act, NOBODY, READER, OTHER, REVIEWER)
    refused(lambda: purging.purge(1, reason="prov"), READER, OWN)
    refused(lambda: going_back.undo(1, reason="prov"), READER, OWN)
    refused(lambda: repairing.repair([]), READER, OWN)
    refused(lambda: backup.make(file.with_name("b.zip")), READER, OWN)
    order = Order(kind="monthly", place="fyrbodal", period="2026-09", made=None)  # type: ignore[arg-type]
    refused(lambda: made(order, "pdf"), NOBODY)
    with people.at_work(lambda: OWN):
        assert pipeline.original(1) == file.read_bytes()
        pipeline.withdraw(1, reason="prov")
    told = [(line.act, line.who, line.about.split(",")[0]) for line in reversed(audit.lines())]
    assert told == [
        ("publicering", "fyrbodals", "inläsning 1"),
        ("hämtning av original", "fyrbodals", "inläsning 1"),
        ("återtagning", "fyrbodals", "inläsning 1: prov"),
    ]


def test_what_one_has_written_another_does_not_change(data: Path) -> None:
    about = {"indicator": "mean_days", "place": "1484", "period": "2026-09"}

    def write(text: str, replaces: int | None = None) -> None:
        comments.add(**about, text=text, author="vem som helst", replaces=replaces)

    refused(lambda: write("hej"), NOBODY)
    with people.at_work(lambda: READER):
        write("hej")
        (mine,) = comments.remarks(**about)
        assert (mine.author, mine.may_change) == ("läsaren", True)
    refused(lambda: write("bort", mine.id), OTHER, REVIEWER)
    with people.at_work(lambda: READER):
        write("hej då", mine.id)
    with people.at_work(lambda: BOSS):
        write("", comments.remarks(**about)[0].id)
    assert comments.remarks(**about) == []

    def start() -> None:
        new_limits.start(**about, reason="ny rutin", author="vem som helst")

    refused(start, NOBODY, READER, OTHER)
    with people.at_work(lambda: REVIEWER):
        start()
    (chosen,) = new_limits.in_force(indicator="mean_days", place="1484")
    assert chosen.author == "granskaren"
    refused(lambda: new_limits.take_back(chosen, reason="ångrat", author="x"), OWN, OTHER)
    with people.at_work(lambda: BOSS):
        new_limits.take_back(chosen, reason="ångrat", author="x")


def test_a_command_meets_the_same_rights(file: Path) -> None:
    (file.parent / "data").mkdir()
    (file.parent / "data" / "access.toml").write_text(
        f'[[right]]\nrole = "läsare"\nwho = ["{people.local().subject}"]\n', "utf-8"
    )
    for command in (["check", str(file)], ["load", str(file)], ["audit", "verify"]):
        answer = CliRunner().invoke(app.app, command)
        assert answer.exit_code == 2
        assert "har inte rätt att" in answer.output
    assert store.version() is None
    (file.parent / "data" / "access.toml").unlink()
    assert CliRunner().invoke(app.app, ["check", str(file)]).exit_code == 0
    answer = CliRunner().invoke(app.app, ["audit", "verify"])
    assert (answer.exit_code, "Loggen är hel. Antal rader: 0." in answer.output) == (0, True)
    assert CliRunner().invoke(app.app, ["audit", "forget", "p-000000000000"]).exit_code == 2
