"""The web layer without a browser: what the server sends, and whom it answers."""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from charts import theme
from settings import sound
from ui import server, style
from ui.entry import refusals
from warehouse import store

HOST = "http://127.0.0.1:8501"
PLAIN = "text/plain; charset=utf-8"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAMVERKAN_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(server.application(), base_url=HOST, client=("127.0.0.1", 1)) as started:
        yield started


def test_health_without_a_warehouse(client: TestClient, data: Path) -> None:
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "version": None}


def test_health_names_the_version_in_force_and_tells_lost_from_empty(
    client: TestClient, data: Path
) -> None:
    with duckdb.connect() as connection, store.writing(connection, command="prov"):
        pass
    assert client.get("/health").json() == {"status": "ok", "version": 1}
    (data / "settings.toml").write_text("keep_versions = 3\n", encoding="utf-8")
    with sound.going_on():
        assert client.get("/health").json() == {"status": "ok", "version": 1}
        for broken in (data / "warehouse" / "000001.json", data / "settings.toml"):
            kept = broken.read_bytes()
            broken.write_text("{", encoding="utf-8")
            assert client.get("/health").json() == {"status": "degraded", "version": 1}, broken
            broken.write_bytes(kept)
        assert client.get("/health").json() == {"status": "ok", "version": 1}
    (data / "warehouse" / "CURRENT").unlink()
    assert client.get("/health").json() == {"status": "degraded", "version": 1}
    store.path_of(1).unlink()
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (503, "lost")


@pytest.mark.parametrize("path", ["/", "/manadsuppfoljning", "/index.html", "/finns-inte"])
def test_every_page_is_in_swedish(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert '<html lang="sv">' in answer.text
    assert "<title>samverkan</title>" in answer.text
    assert "Streamlit app" not in answer.text
    assert len(answer.content) == int(answer.headers["content-length"])


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/", 405),
        ("PUT", "/_stcore/upload_file/a/b", 403),
        ("GET", "/component/a/b", 404),
        ("GET", "/media/x", 404),
        ("GET", "/static/..%5c..%5cetc", 400),
        ("DELETE", "/health", 405),
    ],
)
def test_what_streamlit_refuses_is_said_in_swedish(
    client: TestClient, data: Path, method: str, path: str, status: int
) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, PLAIN)
    assert answer.text in {"Anropet kan inte tolkas", *refusals._SAID.values()}


@pytest.mark.parametrize("headers", [{"Host": "["}, {"Origin": "http://["}])
def test_a_name_that_is_none_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get("/", headers=headers).status_code == 400


@pytest.mark.parametrize("path", ["v1/%00", "v1/%2e%2e/x", "v1/..%5cx", "v1/values%0A", "%0Dx"])
def test_an_address_that_the_api_cannot_have_is_a_problem(
    client: TestClient, data: Path, path: str
) -> None:
    answer = client.get(f"/api/{path}")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.status_code == answer.json()["status"] == 400
    assert answer.json()["title"] == "Adressen går inte att förstå"


def test_page_is_fetched_anew_after_an_upgrade(client: TestClient) -> None:
    first = client.get("/")
    assert first.headers["cache-control"] == "no-cache"
    assert "etag" not in first.headers


def test_head_has_no_body(client: TestClient) -> None:
    answer = client.head("/")
    assert answer.status_code == 200
    assert answer.content == b""


@pytest.mark.parametrize("path", ["/", "/health", "/_stcore/health", "/static/finns-inte.js"])
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "camera=()" in headers["permissions-policy"]
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy["script-src"]
    assert not re.search(r"https?:|\*", headers["content-security-policy"])


def test_style_sheet_comes_last_and_has_the_colours_of_the_charts(client: TestClient) -> None:
    # Streamlit's own rules stand in the head, and of two alike the last one holds.
    page = client.get("/").text
    assert "".join(page.split()).endswith("".join(f"{style.LINK}</body></html>".split()))
    answer = client.get("/style.css")
    assert answer.headers["content-type"].startswith("text/css")
    assert f"--ink: {theme.INK};" in answer.text and "st-key-faults-" in answer.text


def test_only_the_inline_scripts_of_the_page_may_run(client: TestClient) -> None:
    answer = client.get("/")
    scripts = re.findall(r"<script>(.*?)</script>", answer.text, flags=re.DOTALL)
    assert scripts
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in answer.headers["content-security-policy"]


def test_streamlits_files_are_served_as_they_are(client: TestClient) -> None:
    script = re.search(r'src="\.(/static/js/index[^"]+)"', client.get("/").text)
    assert script
    answer = client.get(script[1])
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("origin", ["http://elak.example", "http://127.0.0.1:9999", "null"])
def test_other_sites_are_turned_away(client: TestClient, origin: str) -> None:
    assert client.get("/health", headers={"Origin": origin}).status_code == 403
    with (
        pytest.raises(WebSocketDisconnect),
        client.websocket_connect("/_stcore/stream", headers={"Origin": origin}),
    ):
        pass


def test_own_pages_are_let_in(client: TestClient) -> None:
    assert client.get("/health", headers={"Origin": HOST}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/data",
        "/api/v1/values",
        "/inloggning/../api/v1/indicators",
        "//api/v1/indicators",
        "/inloggning//api/v1/indicators",
        "/inloggning/media/0a1b2c3d4e5f60718293a4b5",
        "/_stcore/host-config",
        "/_stcore/upload_file/a/b",
        "/static/finns-inte.js",
        "/health/",
        "/HEALTH",
    ],
)
def test_nothing_but_the_way_in_is_open_to_who_has_not_signed_in(
    client: TestClient, data: Path, path: str
) -> None:
    (data / "access.toml").write_text(
        """
        [provider]
        issuer = "https://idp.example.se"
        client_id = "samverkan"
        secret = "env:SAMVERKAN_PROV"
        address = "https://samverkan.example.se"
        """,
        encoding="utf-8",
    )
    assert client.get(path).status_code == 401
    for stream in ("/_stcore/stream", "/inloggning/_stcore/stream"):
        with pytest.raises(WebSocketDisconnect), client.websocket_connect(stream):
            pass
    assert client.get("/health").status_code == 200
    assert client.get("/inloggning/lever").status_code == 401


def test_usage_statistics_are_off(client: TestClient) -> None:
    from streamlit import config

    assert config.get_option("browser.gatherUsageStats") is False
    assert client.get("/_stcore/host-config").json()["metricsUrl"] == ""
