"""Mail to a real server: each thing is told once, with TLS, whatever breaks in between."""

import datetime
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import pipeline
from commands import app
from mail import round, scheduled, things
from mail.declaration import declaration
from settings import SettingsError, settings
from tests.mail.conftest import DAYS, MAIL, Handler, declare, load
from views.agreed import approval
from warehouse.journal import agreements, audit, notices, shown_numbers
from warehouse.journal.agreements import About
from warehouse.journal.notices import NoticeState


def notify(day: str) -> list[round.Told]:
    found = declaration()
    assert found is not None
    return round.run(found, today=datetime.date.fromisoformat(day), settings=settings())


def _text(handler: Handler, number: int = -1) -> str:
    body = handler.came[number].get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def _texts(told: list[round.Told]) -> list[str]:
    return [thing.text for one in told for thing in one.told]


def test_a_fortnight_tells_each_thing_once(server: Handler, data: Path) -> None:
    declare(
        '[manad]\nreport = "monthly"\nplace = "samla"\nform = "xlsx"\nto = ["samla"]\n',
        data,
        "schedules.toml",
    )
    told: dict[int, list[str]] = {}
    for day in range(10, 24):
        if day == 17:
            load(data, {"2026-09": 120})
        if day == 19:
            found = declaration()
            assert found is not None
            scheduled.approve(found.schedules[0], by="test", today=datetime.date(2026, 10, day))
        if day == 21:
            load(data, {"2026-09": 121})
        if day == 22:
            # Something else: the correction has been told of.
            load(data, {"2026-10": 33})
        if texts := _texts(notify(f"2026-10-{day}")):
            told[day] = texts
    assert {day: [text.partition(" ")[0] for text in texts] for day, texts in told.items()} == {
        # Due on the tenth.
        11: ["Utskrivningsklara"],
        17: ["SAMLA,"],
        19: ["Månadsrapport"],
        21: ["Tal"],
    }
    assert len(server.came) == 4
    assert "värdet ligger över den övre gränsen" in told[17][0]
    (attached,) = server.came[2].iter_attachments()
    assert attached.get_filename() == "manadsrapport_samla_2026-09.xlsx"
    assert "https://samverkan.example.se/rapporter?omrade=samla&period=2026-09" in _text(server, 2)
    for mail in server.came:
        assert mail["To"] == "samla@example.se"
        html = mail.get_body(("html",))
        assert html is not None
        assert '<html lang="sv">' in html.get_content()
        assert "mail.toml" in html.get_content()
    # What is handed out by mail answers for its numbers as any other, also of a version long gone.
    (sent,) = notices.reports_sent("samla")
    assert shown_numbers.found(sent[1])
    gone = replace(sent[0], version=99), sent[1]
    assert scheduled._changed(*gone, now=100)[0]
    assert "rapport" in {line.act for line in audit.lines()}
    why = {line.why for line in notices.log() if line.state is NoticeState.HELD}
    assert "september 2026 har inga uppgifter än" in why
    assert "väntar på godkännande: samverkan approve manad" in why


def test_nothing_hidden_is_in_a_mail(server: Handler, data: Path) -> None:
    shutil.rmtree(data / "data" / "warehouse")
    path = data / "few.csv"
    rows = [f"{month};{place};{3 if place == 'Lerum' else 90};{days}"
            for month, days in DAYS.items() for place in ("Alingsås", "Lerum")]  # fmt: skip
    path.write_text("\n".join(["Månad;Kommun;Antal utskrivna;Antal dagar", *rows]), "utf-8")
    with pipeline.checked(path) as file:
        pipeline.publish(file)
    notify("2026-09-01")
    assert all("Lerum" not in str(mail) for mail in server.came)


def test_a_role_is_told_of_its_areas_as_the_file_of_rights_has_them(data: Path) -> None:
    (data / "data").mkdir()
    roles = '\n[granskarna]\nrole = "granskare"\nwants = ["waiting"]\n'
    declare(MAIL.format(port=1, certificate="") + roles, data)
    right = '[[right]]\nrole = "granskare"\ngroups = ["g"]\n'
    rights = data / "data" / "access.toml"

    def told() -> dict[str, tuple[str, ...]]:
        found = declaration()
        assert found is not None
        return {one.to: one.areas for one in found.recipients if one.block == "granskarna"}

    assert told() == {}
    samla = f'{right}areas = ["samla"]\nmail = ["a@example.se", "b@example.se"]\n'
    rights.write_text(samla + f'{right}areas = ["simba"]\nmail = ["b@example.se"]\n', "utf-8")
    assert told() == {"a@example.se": ("samla",), "b@example.se": ("samla", "simba")}
    rights.write_text(f'{right}areas = ["simba"]\nmail = ["b@example.se"]\n', "utf-8")
    assert told() == {"b@example.se": ("simba",)}


def test_what_waits_to_be_agreed_to_is_told_once(server: Handler, data: Path) -> None:
    (data / "data" / "settings.toml").write_text('approval = "on"\n', "utf-8")
    samla, county = (set(things.to_agree(area)) for area in ("samla", "lan"))
    assert {one.text for one in samla} == {
        f"Utskrivningsklara, {month} 2026, SAMLA: levererad, väntar på att granskas."
        for month in ("juni", "juli", "augusti")
    }
    assert county == set()
    about = About("discharges", "2026-08", "samla")
    seen = approval.standing(about).fingerprint
    agreements.say(agreements.ApprovalStep.REVIEWED, about, fingerprint=seen)
    assert len(list(things.to_agree("samla"))) == 2
    (one,) = things.to_agree("lan")
    assert one.text.endswith("augusti 2026, SAMLA: granskad, väntar på att fastställas.")


def test_a_dry_run_tells_nobody_and_remembers_nothing(server: Handler, data: Path) -> None:
    done = CliRunner().invoke(app.app, ["notify", "--dry-run"])
    assert done.exit_code == 0, done.output
    assert "har inte kommit från SAMLA" in done.output
    assert server.came == []
    assert notices.log() == ()


def test_mail_is_off_until_it_is_set(data: Path) -> None:
    done = CliRunner().invoke(app.app, ["notify"])
    assert (done.exit_code, done.output.strip()[:28]) == (0, "E-post är inte påslagen: fil")


def test_what_was_refused_is_told_the_next_time(server: Handler, data: Path) -> None:
    server.refuse_recipient = "550 no such mailbox"
    (answer,) = notify("2026-10-20")
    assert (answer.told, "550" in answer.trouble) == ((), True)
    assert {line.state for line in notices.log()} == {NoticeState.NOT_SENT}
    server.refuse_recipient = ""
    assert len(_texts(notify("2026-10-20"))) == 1
    assert notify("2026-10-21")[0].told == ()
    assert len(server.came) == 1


def test_what_may_have_gone_is_not_told_again(
    server: Handler, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.break_off = True
    (answer,) = notify("2026-10-20")
    assert "inte igen" in answer.trouble
    assert {line.state for line in notices.log()} == {NoticeState.UNSURE}
    server.break_off = False
    assert notify("2026-10-20")[0].told == ()
    assert len(server.came) == 1


def test_a_round_that_is_killed_while_it_sends_tells_nothing_twice(
    server: Handler, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def killed(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(round, "send", killed)
        with pytest.raises(KeyboardInterrupt):
            notify("2026-10-20")
    assert {line.state for line in notices.log()} == {NoticeState.SENDING}
    assert notify("2026-10-20")[0].told == ()


def test_a_certificate_that_is_not_trusted_gets_nothing(server: Handler, data: Path) -> None:
    path = data / "data" / "mail.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text("\n".join(line for line in text.splitlines() if "ca_file" not in line), "utf-8")
    (answer,) = notify("2026-10-20")
    assert "certifikat" in answer.trouble
    assert server.came == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            MAIL.replace('areas = ["samla"]', 'areas = ["atlantis"]'),
            "området 'atlantis' finns inte",
        ),
        (MAIL.replace("samla@example.se", "samla"), "en e-postadress"),
        (MAIL.replace("timeout_seconds", 'security = "none"\ntimeout_seconds'), "starttls, tls"),
        ("[samla]\n", "[server] saknas"),
        (MAIL.replace('areas = ["samla"]', ""), "'areas' saknas"),
        (MAIL.replace("to = ", 'role = "granskare"\nto = '), "ange antingen 'to'"),
    ],
)
def test_what_cannot_be_meant_is_said(text: str, said: str, data: Path) -> None:
    declare(text.format(port=1, certificate=""), data)
    with pytest.raises(SettingsError) as refused:
        declaration()
    assert said in str(refused.value)
