"""A mail server on 127.0.0.1 with a certificate of its own, and data to tell of."""

import datetime
import shutil
import socket
import ssl
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

import pipeline

MAIL = """
[server]
host = "localhost"
port = {port}
sender = "samverkan@example.se"
link = "https://samverkan.example.se"
ca_file = "{certificate}"
timeout_seconds = 2

[samla]
to = "samla@example.se"
areas = ["samla"]
"""


class Handler:
    """Keeps the messages that come; a test lets it refuse or break off."""

    def __init__(self) -> None:
        self.came: list[EmailMessage] = []
        self.refuse_recipient = ""
        self.break_off = False

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if self.refuse_recipient:
            return self.refuse_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        found = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.came.append(found)
        if self.break_off:
            server.transport.abort()
        return "250 OK"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of localhost and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("mail") / "server.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return path


MONTHS = [f"{year}-{month:02d}" for year in (2025, 2026) for month in range(1, 13)]
# Twenty ordinary months.
DAYS = {month: 30 + (3, 0, 4, 1, 2)[at % 5] for at, month in enumerate(MONTHS[:20])}


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with ordinary months in it, to be copied."""
    folder = tmp_path_factory.mktemp("loaded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAMVERKAN_DATA", str(folder / "data"))
        load(folder, DAYS)
    return folder / "data"


@pytest.fixture
def server(data: Path, loaded: Path, certificate: Path) -> Iterator[Handler]:
    """A mail server with STARTTLS, `mail.toml` that names it, and data to tell of."""
    shutil.copytree(loaded, data / "data")
    handler = Handler()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("localhost", 0)) as free:
        port = free.getsockname()[1]
    controller = import_module("aiosmtpd.controller").Controller(
        handler, hostname="localhost", port=port, tls_context=context, require_starttls=True
    )
    controller.start()
    declare(MAIL.format(port=port, certificate=certificate), data)
    yield handler
    controller.stop()


def declare(text: str, data: Path, name: str = "mail.toml") -> None:
    (data / "data").mkdir(exist_ok=True)
    (data / "data" / name).write_text(text, encoding="utf-8")


PLACES = ("Alingsås", "Lerum")


def load(data: Path, months: dict[str, int]) -> int:
    """Load a month's days for each of the places; gives the load's number."""
    rows = [f"{month};{place};50;{days}" for month, days in months.items() for place in PLACES]
    path = data / f"{len(rows)}.csv"
    head = "Månad;Kommun;Antal utskrivna;Antal dagar"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    with pipeline.checked(path) as file:
        assert file.ok, file.problems
        done = pipeline.publish(file)
    assert done.load_id is not None
    return done.load_id
