"""What those who run samverkan see: ready or not, figures, and a line a request without persons."""

import json
import re
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

import pipeline
from pipeline import renewing
from ui.entry.gate import Gate
from ui.running import condition
from ui.running.counted import Counted, Counts, route_of
from ui.running.held_back import HeldBack
from warehouse import store
from warehouse.journal import journal, tokens
from warehouse.journal.tokens import Scope

_LABELS = r'(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})?'
_LINE = re.compile(rf"# (HELP|TYPE) [a-z_]+ .+|[a-z_]+{_LABELS} [-\d.e+]+")


def web(*, counts: Counts, log: list[str], client: str = "127.0.0.1") -> TestClient:
    app = Starlette(
        routes=condition.routes(),
        middleware=[Middleware(Counted, counts=counts, log=log.append), Middleware(Gate)],
    )
    return TestClient(app, base_url="http://127.0.0.1:8501", client=(client, 1))


def test_a_line_has_a_number_and_nothing_of_the_reader(data: Path) -> None:
    log: list[str] = []
    asked = web(counts=Counts(), log=log)
    secret = {"Authorization": "Bearer hemlig", "Cookie": "c=kaka", "User-Agent": "webben"}
    first = asked.get("/ready?namn=person", headers={**secret, "X-Request-ID": "abc-123456"})
    other = asked.get("/person/1912?q=1", headers={"X-Request-ID": 'elak"rad'})
    one, two = map(json.loads, log)
    assert {name: one[name] for name in ("id", "method", "route", "status")} == {
        "id": "abc-123456",
        "method": "GET",
        "route": "/ready",
        "status": 200,
    }
    assert set(one) == {"at", "id", "method", "route", "status", "ms"}
    assert first.headers["x-request-id"] == "abc-123456"
    assert (two["route"], two["id"]) == ("other", other.headers["x-request-id"])
    assert re.fullmatch(r"[0-9a-f]{16}", two["id"])
    assert not re.search("person|hemlig|kaka|webb|1912|127", "".join(log))


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "/"),
        ("/api/v1/values", "/api/values"),
        ("/api/v1/series/mean_days/area/fyrbodal", "/api/series"),
        ("/api/v1/hemligt", "/api"),
        ("/media/abc123.pdf", "/media"),
        ("/manadsuppfoljning", "/manadsuppfoljning"),
        ("/19121212-1212", "other"),
    ],
)
def test_an_address_is_counted_by_its_kind(path: str, route: str) -> None:
    assert route_of(path) == route


def test_figures_are_as_prometheus_reads_them_and_for_those_with_the_right(data: Path) -> None:
    path = data / "a.csv"
    path.write_text("Månad;Kommun;Antal utskrivna;Antal dagar\n2026-09;Lerum;40;20\n", "utf-8")
    with pipeline.checked(path) as file:
        pipeline.publish(file)
    counts, log = Counts(), list[str]()
    told = web(counts=counts, log=log).get("/metrics")
    assert told.headers["content-type"].startswith("text/plain; version=0.0.4")
    lines = told.text.splitlines()
    assert not [line for line in lines if not _LINE.fullmatch(line)]
    assert "samverkan_version 1" in lines
    assert "samverkan_loads_in_force 1" in lines
    afar = web(counts=counts, log=log, client="10.0.0.9")
    assert afar.get("/metrics").status_code == 403
    for scope, status in ((Scope.METRICS, 200), (Scope.READ, 403), (Scope.DELIVER, 403)):
        key = tokens.make(name="t", scopes=[scope], areas=(), days=1)
        asked = afar.get("/metrics", headers={"Authorization": f"Bearer {key}"})
        assert asked.status_code == status
        assert "har ingen roll" not in asked.text
    text = "\n".join(counts.lines())
    assert 'samverkan_requests_total{route="/metrics",status="403"} 3' in text
    assert 'samverkan_request_seconds_bucket{route="/metrics",le="+Inf"} 5' in text


def test_ready_is_when_the_version_and_the_journal_can_be_read(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = web(counts=Counts(), log=[], client="10.0.0.9")
    assert asked.get("/ready").json()["status"] == "ready"
    with pipeline.working() as connection, store.writing(connection, command="prov"):
        pass
    journal.path().write_bytes(b"nothing of the kind" * 100)
    answer = asked.get("/ready")
    assert (answer.status_code, answer.json()["checks"]["journal"]) == (503, "broken")
    with monkeypatch.context() as shared:
        shared.setattr(journal, "is_own", lambda: False)
        answer = asked.get("/ready")
        assert (answer.status_code, answer.json()["checks"]["journal"]) == (200, "away")
    journal.path().unlink()
    store.path_of(1).unlink()
    answer = asked.get("/ready")
    assert (answer.status_code, answer.json()["checks"]["warehouse"]) == (503, "lost")


class _Process:
    """A process that hides anew, as far as it has come."""

    def __init__(self) -> None:
        self.ended: int | None = None

    def poll(self) -> int | None:
        return self.ended


def test_nothing_is_shown_by_older_rules_and_why_is_told(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hiding = _Process()
    monkeypatch.setattr(renewing, "_process", hiding)
    shown = Route("/{path:path}", lambda _: PlainTextResponse("tal"))
    app = Starlette(routes=[*condition.routes(), shown], middleware=[Middleware(HeldBack)])
    asked = TestClient(app, base_url="http://127.0.0.1:8501")
    page, answer = asked.get("/manadsuppfoljning"), asked.get("/api/v1/values")
    assert (page.status_code, answer.status_code) == (503, 503)
    assert "inga tal visas förrän det är klart" in page.text
    assert 'http-equiv="refresh"' in page.text and page.headers["retry-after"]
    assert answer.json()["title"] == "Inga tal visas just nu"
    with pytest.raises(WebSocketDisconnect), asked.websocket_connect("/_stcore/stream"):
        pass
    assert asked.get("/health").json()["status"] == "starting"
    assert asked.get("/ready").status_code == 503
    hiding.ended = 1
    assert "det gick inte att välja på nytt" in asked.get("/").text
    hiding.ended = 0
    assert asked.get("/manadsuppfoljning").text == asked.get("/api/v1/values").text == "tal"
    assert asked.get("/ready").status_code == 200
