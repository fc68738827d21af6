"""Signing in at a provider of OpenID Connect, and what is tried by those who should not come in.

The provider is our own and lies when it is told to; `make signin` does it at a certified one.
"""

import base64
import hashlib
import json
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from access import people, provider
from access.declared import Provider
from access.sessions import Sessions
from ui.entry import gate, signing_in
from ui.entry.gate import COOKIE, Gate, cookie_name
from ui.entry.signing_in import SigningIn
from warehouse.journal import audit, known

PAGE = {"Accept": "text/html", "Sec-Fetch-Mode": "navigate"}
KEY, OTHER = ECKey.generate_key("P-256"), ECKey.generate_key("P-256")


@dataclass
class Fake:
    """A provider that answers with `claims`, signed by `key`; `asked` is what it was asked last."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    key: Any = field(default_factory=lambda: KEY)
    algorithm: str = "ES256"
    asked: dict[str, str] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    def answer(self, path: str, form: dict[str, str], secret: str) -> tuple[int, dict[str, Any]]:
        if path.endswith("openid-configuration"):
            described = {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/auth",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "end_session_endpoint": f"{self.issuer}/ut",
            }
            return 200, described | self.told
        if path == "/keys":
            return 200, {"keys": [KEY.as_dict(private=False)]}
        if base64.b64decode(secret.removeprefix("Basic ")) != b"samverkan:hemligt":
            return 401, {"error": "invalid_client"}
        if "client_secret" in form:
            return 400, {"error": "invalid_request"}
        challenge = base64.urlsafe_b64encode(
            hashlib.sha256(form["code_verifier"].encode()).digest()
        ).decode()
        if form["code"] in self.used or challenge.rstrip("=") != self.asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        self.used.add(form["code"])
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "aud": "samverkan",
            "sub": "s1",
            "name": "Prov Ett",
            "groups": ["G"],
            "nonce": self.asked["nonce"],
            "iat": now,
            "exp": now + 60,
        } | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.algorithm}
        signed = jwt.encode(header, claims, self.key, algorithms=[self.algorithm])
        return 200, {"token_type": "Bearer", "access_token": "a", "id_token": signed}


@pytest.fixture
def fake() -> Iterator[Fake]:
    made = Fake()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._say({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say({name: values[0] for name, values in parse_qs(body).items()})

        def _say(self, form: dict[str, str]) -> None:
            status, told = made.answer(self.path, form, self.headers.get("Authorization", ""))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        made.issuer = f"http://127.0.0.1:{server.server_port}"
        running = threading.Thread(target=server.serve_forever, args=(0.01,))
        running.start()
        yield made
        server.shutdown()
        running.join()


@pytest.fixture
def sessions() -> Sessions:
    return Sessions()


@pytest.fixture
def client(
    data: Path, fake: Fake, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> TestClient:
    monkeypatch.setenv("SAMVERKAN_PROV", "hemligt")
    (data / "data").mkdir()
    (data / "data" / "access.toml").write_text(
        f"""
        [provider]
        issuer = "{fake.issuer}"
        client_id = "samverkan"
        secret = "env:SAMVERKAN_PROV"
        address = "http://127.0.0.1:8501"
        [[right]]
        role = "läsare"
        groups = ["G"]
        """,
        "utf-8",
    )
    return _browser(sessions)


def _browser(sessions: Sessions) -> TestClient:
    async def who(_: Request) -> PlainTextResponse:
        return PlainTextResponse(people.current().name)

    app = Starlette(
        routes=[*SigningIn(sessions).routes(), Route("/{rest:path}", who)],
        middleware=[Middleware(Gate, sessions=sessions)],
    )
    return TestClient(app, base_url="http://127.0.0.1:8501", follow_redirects=False)


def begin(client: TestClient, fake: Fake, path: str = "/data?omrade=simba") -> str:
    """Go to a page and on to the provider; gives the state that it is asked with."""
    led = client.get(path, headers=PAGE)
    sent = client.get(led.headers["location"], headers=PAGE)
    address = urlsplit(sent.headers["location"])
    assert f"{address.scheme}://{address.netloc}" == fake.issuer
    fake.asked = {name: values[0] for name, values in parse_qs(address.query).items()}
    return fake.asked["state"]


def come_back(client: TestClient, state: str, code: str = "c1", **more: str) -> Any:
    return client.get(provider.RETURN, params={"state": state, "code": code, **more})


def test_a_reader_signs_in_and_comes_to_the_page_they_asked_for(
    client: TestClient, fake: Fake
) -> None:
    state = begin(client, fake)
    assert fake.asked["response_type"] == "code"
    assert fake.asked["code_challenge_method"] == "S256"
    answer = come_back(client, state, iss=fake.issuer)
    assert (answer.status_code, answer.headers["location"]) == (303, "/data?omrade=simba")
    kept = next(
        one for one in answer.headers.get_list("set-cookie") if one.startswith(COOKIE + "=")
    )
    assert "httponly" in kept.lower() and "samesite=lax" in kept.lower()
    assert client.get("/").text == "Prov Ett"
    # The proof of it names nobody.
    line, _ = audit.lines()
    assert (line.act, known.shown(line.who), "s1" in str(line)) == ("inloggning", "Prov Ett", False)


def test_behind_tls_the_cookie_never_goes_in_the_open() -> None:
    chosen = Provider(
        issuer="https://idp.example.se",
        client_id="samverkan",
        secret="env:SAMVERKAN_PROV",
        address="https://samverkan.example.se",
    )
    answer = Response()
    signing_in._set(answer, chosen, cookie_name(chosen), "nyckel", lasts=60)
    assert answer.headers["set-cookie"].startswith(f"__Host-{COOKIE}=")
    from_another = Headers({"cookie": f"{COOKIE}=annans"})
    assert gate.cookie(from_another, chosen) == ""
    kept = answer.headers["set-cookie"].lower()
    assert "path=/" in kept and "domain" not in kept
    assert all(one in kept for one in ("secure", "httponly", "samesite=lax", "max-age=60"))


def test_signing_out_ends_it_here_and_at_the_provider(client: TestClient, fake: Fake) -> None:
    come_back(client, begin(client, fake))
    cookie = client.cookies[COOKIE]
    asked = client.get("/inloggning/ut").text
    proof = re.search(r'name="ja" value="(\w+)"', asked)
    assert proof
    for wrong in ("", "1", "å"):
        assert "Logga ut" in client.get("/inloggning/ut", params={"ja": wrong}).text
    assert client.get("/inloggning/lever").status_code == 200
    answer = client.get("/inloggning/ut", params={"ja": proof[1]})
    assert f"{fake.issuer}/ut?id_token_hint=" in answer.text
    # Also who has kept the cookie is out.
    assert client.get("/", headers={"Cookie": f"{COOKIE}={cookie}"}).status_code == 401
    assert client.get("/inloggning/lever").status_code == 401
    assert audit.lines()[0].act == "utloggning"


def test_a_reader_sees_and_ends_their_other_sessions(
    client: TestClient, fake: Fake, sessions: Sessions
) -> None:
    come_back(client, begin(client, fake))
    first = client.cookies[COOKIE]
    other = TestClient(client.app, base_url="http://127.0.0.1:8501", follow_redirects=False)
    come_back(other, begin(other, fake), code="c2")
    stranger = sessions.begin(subject="s2", name="x", mark="m", origin="")
    asked = other.get("/inloggning/ut").text
    assert "inloggad för mindre än en minut sedan" in asked
    (named,) = re.findall(r'name="avsluta" value="(\w+)"', asked)
    # What another session may send ends nothing.
    client.get("/inloggning/ut", params={"avsluta": named})
    assert len(sessions.others(first)) == 1
    assert 'name="avsluta"' not in other.get("/inloggning/ut", params={"avsluta": named}).text
    assert client.get("/").status_code == 401
    assert (other.get("/").text, sessions.find(stranger) is not None) == ("Prov Ett", True)


SAID: dict[str, Any] = {
    "sub": "s1",
    "aud": "samverkan",
    "events": {"http://schemas.openid.net/event/backchannel-logout": {}},
}


@pytest.mark.parametrize(
    ("lie", "status"),
    [
        ({}, 200),
        ({"sub": "s2"}, 200),
        ({"sub": None}, 400),
        ({"aud": "nagon-annan"}, 400),
        ({"iss": "https://elak.example"}, 400),
        ({"iat": int(time.time()) - 3600}, 400),
        ({"iat": None}, 400),
        ({"nonce": "n"}, 400),
        ({"events": {}}, 400),
        ({"events": None}, 400),
    ],
)
def test_who_signs_out_at_the_provider_is_out_here(
    client: TestClient, fake: Fake, lie: dict[str, Any], status: int
) -> None:
    come_back(client, begin(client, fake))
    told = {"iss": fake.issuer, "iat": int(time.time())} | SAID | lie
    told = {name: value for name, value in told.items() if value is not None}
    signed = jwt.encode({"alg": "ES256"}, told, KEY, algorithms=["ES256"])
    program = TestClient(client.app, base_url="http://127.0.0.1:8501")
    answer = program.post("/inloggning/avslutad", data={"logout_token": signed})
    assert answer.status_code == status
    assert (client.get("/").status_code == 401) == (not lie)
    assert (audit.lines()[0].act == "utloggning") == (not lie)


def test_an_answer_counts_once_and_in_the_browser_that_asked(
    client: TestClient, fake: Fake, sessions: Sessions
) -> None:
    state = begin(client, fake)
    stolen = TestClient(client.app, base_url="http://127.0.0.1:8501", follow_redirects=False)
    assert "annan webbläsare" in come_back(stolen, state).text
    # It is used up, also for its own.
    assert "redan använd" in come_back(client, state).text
    state = begin(client, fake)
    assert come_back(client, state, code="c2").status_code == 303
    assert come_back(client, state, code="c2").status_code == 403
    state = begin(_again(client), fake)
    replayed = come_back(client, state, code="c2")
    assert (replayed.status_code, "invalid_grant" in replayed.text) == (403, True)
    assert come_back(client, "påhittad").status_code == 403


def _again(client: TestClient) -> TestClient:
    client.cookies.clear()
    return client


@pytest.mark.parametrize(
    "lie",
    [
        {"aud": "nagon-annan"},
        {"aud": ["samverkan", "nagon-annan"], "azp": "nagon-annan"},
        {"iss": "https://elak.example"},
        {"exp": int(time.time()) - 3600},
        {"iat": int(time.time()) + 3600},
        {"nonce": "en annan"},
        {"nonce": None},
        {"exp": None},
        {"sub": None},
        {"sub": ""},
        {"sub": "lokal:root"},
        {"sub": "19121212-1212"},
        {"name": "Prov 121212-1212"},
    ],
)
def test_what_the_provider_cannot_mean_lets_nobody_in(
    client: TestClient, fake: Fake, lie: dict[str, Any]
) -> None:
    fake.claims = lie
    answer = come_back(client, begin(client, fake))
    assert answer.status_code == 403
    assert COOKIE not in client.cookies
    assert audit.lines()[0].act == "nekad inloggning"
    assert "121212" not in answer.text
    assert client.get("/").status_code == 401


def test_what_another_has_signed_lets_nobody_in(client: TestClient, fake: Fake) -> None:
    fake.key = OTHER
    assert "BadSignatureError" in come_back(client, begin(client, fake)).text
    # The client's secret is known to more than the provider.
    from joserfc.jwk import OctKey

    fake.key, fake.algorithm = OctKey.import_key("hemligt" * 8), "HS256"
    assert come_back(client, begin(client, fake), code="c2").status_code == 403
    assert client.get("/").status_code == 401


def test_another_level_of_trust_is_not_enough(client: TestClient, fake: Fake, data: Path) -> None:
    file = data / "data" / "access.toml"
    file.write_text(file.read_text("utf-8").replace("address =", 'acr = ["loa3"]\naddress ='))
    fake.claims = {"acr": "loa2"}
    assert come_back(client, begin(client, fake)).status_code == 403
    fake.claims = {"acr": "loa3"}
    assert come_back(client, begin(client, fake), code="c2").status_code == 303
    assert fake.asked["acr_values"] == "loa3"


def test_another_provider_and_a_silent_one_are_told(
    client: TestClient, fake: Fake, data: Path
) -> None:
    fake.told = {"issuer": "https://elak.example"}
    answer = client.get("/inloggning/")
    assert (answer.status_code, "inte den som är angiven" in answer.text) == (403, True)
    file = data / "data" / "access.toml"
    file.write_text(file.read_text("utf-8").replace(fake.issuer, "http://127.0.0.1:1"))
    assert "Försök igen om en stund" in client.get("/inloggning/").text
    assert client.get(provider.RETURN).status_code == 403


@pytest.mark.parametrize(
    "path", ["https://elak.example", "//elak.example", "/\\elak.example", "/inloggning/ut", "/\n"]
)
def test_nobody_is_led_elsewhere(client: TestClient, fake: Fake, path: str) -> None:
    sent = client.get("/inloggning/", params={"till": path})
    fake.asked = {
        name: values[0]
        for name, values in parse_qs(urlsplit(sent.headers["location"]).query).items()
    }
    assert come_back(client, fake.asked["state"]).headers["location"] == "/"
