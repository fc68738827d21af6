"""Files handed in by programs with keys: checked, published with the right, or refused."""

import re
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.application import PREFIX, application
from commands import app
from ui.entry.gate import Gate
from warehouse import store
from warehouse.journal import agreements, audit, journal, tokens
from warehouse.journal.agreements import About

ADDRESS = f"{PREFIX}/v1/deliveries"
GOOD = "Månad;Kommun;Antal utskrivna;Antal dagar\n2026-09;Lerum;40;20\n2026-09;Alingsås;50;30\n"
WRONG = GOOD.replace("Lerum", "Lerrumm")


@pytest.fixture
def web(data: Path) -> TestClient:
    """The API behind the gate, asked from another machine."""
    behind = Gate(Starlette(routes=[Mount(PREFIX, application())]))
    return TestClient(behind, base_url="http://samverkan.example.se", client=("10.0.0.9", 5000))


def key(*words: str) -> dict[str, str]:
    """A key made by the user of this machine, as a header."""
    done = CliRunner().invoke(app.app, ["token", "make", "provning", *words])
    assert done.exit_code == 0, done.output
    return {"Authorization": f"Bearer {done.output.splitlines()[0]}"}


def test_a_file_is_checked_and_then_published_by_the_key(web: TestClient) -> None:
    headers = key("--may", "deliver")
    asked = {"name": "augusti.csv"}
    checked = web.post(ADDRESS, params=asked, content=GOOD.encode(), headers=headers)
    told = checked.json()
    assert (checked.status_code, told["state"], told["ok"]) == (200, "checked", True)
    assert (told["export"], told["rows"]) == ("utskrivningsklara", 2)
    assert told["receipt"][0].startswith("8 celler ur kolumnerna")
    assert store.version() is None
    asked["publish"] = "true"
    done = web.post(ADDRESS, params=asked, content=GOOD.encode(), headers=headers)
    assert done.status_code == 201
    assert (done.json()["state"], done.json()["load_id"]) == ("published", 1)
    again = web.post(ADDRESS, params=asked, content=GOOD.encode(), headers=headers)
    assert (again.status_code, again.json()["state"]) == (200, "unchanged")
    (load,) = web.get(f"{PREFIX}/v1/loads", headers=headers).json()["items"]
    assert re.fullmatch(r"nyckel [0-9a-f]{8}", load["loaded_by"])
    (line,) = [one for one in audit.lines() if one.act == audit.EventKind.PUBLICATION]
    assert (line.who, line.origin) == (load["loaded_by"], "API:et, 10.0.0.9")


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [(WRONG, "a.csv", "fel-i-filen"), ("", "a.csv", "fel-i-filen"), (b"\x89PNG", "a", "fel-i-")],
)
def test_what_has_errors_is_told_and_changes_nothing(
    web: TestClient, content: str | bytes, name: str, kind: str
) -> None:
    raw = content.encode() if isinstance(content, str) else content
    answer = web.post(
        ADDRESS,
        params={"name": name, "publish": "true"},
        content=raw,
        headers=key("--may", "deliver"),
    )
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, kind in answer.json()["type"]) == (409, True)
    assert "Ingenting har lästs in." in answer.json()["detail"]
    assert store.version() is None


def test_what_is_agreed_on_is_changed_with_a_reason_alone(web: TestClient, data: Path) -> None:
    headers = key("--may", "deliver")
    asked = {"name": "a.csv", "publish": "true", "confirm": "true"}
    assert web.post(ADDRESS, params=asked, content=GOOD, headers=headers).status_code == 201
    (data / "data" / "settings.toml").write_text('approval = "on"\n', "utf-8")
    about = About("discharges", "2026-09", "samla")
    agreements.say(agreements.ApprovalStep.REVIEWED, about, fingerprint="som de var")
    corrected = GOOD.replace("40", "41")
    refused = web.post(ADDRESS, params=asked, content=corrected, headers=headers)
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:samverkan:orsak-kravs")
    assert "SAMLA 2026-09" in refused.json()["detail"]
    asked["reason"] = "Lerum hade räknat fel"
    assert web.post(ADDRESS, params=asked, content=corrected, headers=headers).status_code == 201
    assert agreements.said(about)[0].reason == "Lerum hade räknat fel"


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ({"Content-Type": "multipart/form-data; boundary=x"}, 415),
        ({"Content-Length": "5000000000"}, 413),
    ],
)
def test_what_is_no_file_to_read_is_refused_at_once(
    web: TestClient, header: dict[str, str], status: int
) -> None:
    sent = {**key("--may", "deliver"), **header}
    answer = web.post(ADDRESS, params={"name": "a.csv"}, content=GOOD.encode(), headers=sent)
    assert (answer.status_code, answer.json()["status"]) == (status, status)


def test_a_name_with_an_identity_number_is_kept_nowhere(web: TestClient, data: Path) -> None:
    headers = key("--may", "deliver")
    asked = {"name": "19121212-1212.csv"}
    told = web.post(ADDRESS, params=asked, content=GOOD.encode(), headers=headers).json()
    assert [one["code"] for one in told["problems"]] == ["personal-identity-number"]
    assert audit.lines()[0].about == "en fil som inte går att läsa"
    kept = [path for path in (data / "data").rglob("*") if path.is_file()]
    assert not any(b"19121212" in path.read_bytes() for path in kept)


def test_too_much_is_refused(web: TestClient, data: Path) -> None:
    headers = key("--may", "deliver")
    (data / "data" / "settings.toml").write_text("max_file_bytes = 1000\n", encoding="utf-8")
    answer = web.post(ADDRESS, params={"name": "a"}, content=b"x" * 2000, headers=headers)
    assert (answer.status_code, answer.json()["title"]) == (413, "Filen är för stor")


def test_a_key_does_only_what_it_was_made_for(web: TestClient) -> None:
    asked = {"name": "a.csv", "publish": "true"}
    reader, elsewhere = key("--may", "read"), key("--may", "deliver", "--area", "fyrbodal")
    assert web.get(f"{PREFIX}/v1/places", headers=reader).status_code == 200
    for headers, said in ((reader, "kontrollera filer"), (elsewhere, "publicera")):
        answer = web.post(ADDRESS, params=asked, content=GOOD.encode(), headers=headers)
        assert (answer.status_code, said in answer.json()["detail"]) == (403, True)
    for headers in (
        key("--may", "metrics"),
        {"Authorization": "Bearer samverkan_00000000_nej"},
        {},
    ):
        assert web.get(f"{PREFIX}/v1/places", headers=headers).status_code in (401, 403)
    assert web.get("/nagot", headers=reader).status_code == 403
    assert store.version() is None


def test_a_key_ends_when_it_is_revoked_and_when_its_time_is_out(
    web: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = key("--may", "read", "--days", "30"), key("--may", "read", "--days", "31")
    made = tokens.made()
    assert [(one.expires_at - one.made_at).days for one in made] == [31, 30]
    done = CliRunner().invoke(app.app, ["token", "revoke", made[1].id])
    assert (done.exit_code, web.get(f"{PREFIX}/v1/places", headers=first).status_code) == (0, 401)
    assert web.get(f"{PREFIX}/v1/places", headers=second).status_code == 200
    with sqlite3.connect(journal.path()) as book:
        past = datetime.now() - timedelta(seconds=1)
        book.execute("update token set expires_at = ?", (past.isoformat(sep=" "),))
    assert web.get(f"{PREFIX}/v1/places", headers=second).status_code == 401
    assert [one.about[:3] for one in audit.lines() if one.act == audit.EventKind.TOKEN] == [
        "åte",
        "ny ",
        "ny ",
    ]


def test_the_secret_is_kept_nowhere(web: TestClient, data: Path) -> None:
    # The secret may have the sign in it that comes before it.
    secret = key("--may", "read")["Authorization"].split("_", 2)[2]
    assert len(secret) == 43
    kept = [path for path in (data / "data").rglob("*") if path.is_file()]
    assert kept
    assert not any(secret.encode() in path.read_bytes() for path in kept)
    listed = CliRunner().invoke(app.app, ["token", "list"]).output
    assert "provning: läsa tal; gäller till" in listed
    assert secret not in listed
