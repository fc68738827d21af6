"""A server that speaks TLS from the first byte, and one that wants to know who sends."""

import socket
import ssl
from collections.abc import Iterator
from email.message import EmailMessage
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from mail.declaration import Server
from mail.sending import NotSent, send
from settings import SettingsError
from tests.mail.conftest import Handler

USER, PASSWORD = "avsandare", "hemligt-i-prov"


@pytest.fixture
def handler() -> Handler:
    return Handler()


@pytest.fixture
def served(handler: Handler, certificate: Path) -> Iterator[Server]:
    """A server with TLS at once, which takes mail only from those who log in."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    smtp = import_module("aiosmtpd.smtp")

    def authenticated(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> Any:
        known = given.login == USER.encode() and given.password == PASSWORD.encode()
        return smtp.AuthResult(success=known, handled=False)

    with socket.create_server(("localhost", 0)) as free:
        port = free.getsockname()[1]
    # It is encrypted already, so that it may be asked who sends without STARTTLS.
    controller = import_module("aiosmtpd.controller").Controller(
        handler,
        hostname="localhost",
        port=port,
        ssl_context=context,
        authenticator=authenticated,
        auth_required=True,
        auth_require_tls=False,
    )
    controller.start()
    yield Server(
        host="localhost",
        port=port,
        security="tls",
        sender="samverkan@example.se",
        link="https://samverkan.example.se",
        user_from="PROV_USER",
        password_from="PROV_PASSWORD",
        ca_file=str(certificate),
        timeout_seconds=5,
    )
    controller.stop()


@pytest.fixture
def mail() -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "samverkan@example.se", "b@example.se", "Nytt"
    made.set_content("Två saker är nya.")
    return made


def test_mail_goes_to_a_server_with_tls_that_knows_the_sender(
    served: Server, handler: Handler, mail: EmailMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROV_USER", USER)
    monkeypatch.setenv("PROV_PASSWORD", PASSWORD)
    send(mail, served)
    (came,) = handler.came
    assert came.get_content().strip() == "Två saker är nya."


def test_a_wrong_password_sends_nothing_and_says_so(
    served: Server, handler: Handler, mail: EmailMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROV_USER", USER)
    monkeypatch.setenv("PROV_PASSWORD", "fel")
    with pytest.raises(NotSent, match="godtar inte användaren eller lösenordet"):
        send(mail, served)
    assert handler.came == []


def test_a_password_that_is_nowhere_is_told_by_its_variable(
    served: Server, mail: EmailMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROV_USER", USER)
    monkeypatch.delenv("PROV_PASSWORD", raising=False)
    with pytest.raises(SettingsError, match="PROV_PASSWORD är inte satt"):
        send(mail, served)
