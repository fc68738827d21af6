"""A digest: all that is new for one recipient, as a message in plain text and HTML."""

from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import reference
from mail.declaration import Kind, Recipient, Server
from mail.things import Thing
from swedish import typography

HEADINGS: dict[Kind, str] = {
    "reports": "Rapporter",
    "corrections": "Rättade tal i rapporter du har fått",
    "missing": "Uppgifter som inte har kommit",
    "waiting": "Väntar på beslut",
    "signals": "Signaler",
}
_FOLLOWED: dict[Kind, str] = {
    "reports": "rapporter",
    "corrections": "rättade tal i dem",
    "missing": "uppgifter som inte har kommit",
    "waiting": "filer som väntar på beslut",
    "signals": "signaler",
}
_TYPES = {
    "pdf": ("application", "pdf"),
    "pptx": ("application", "vnd.openxmlformats-officedocument.presentationml.presentation"),
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=lambda name: name is not None and name.endswith(".html"),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def message(
    things: Sequence[Thing],
    *,
    recipient: Recipient,
    server: Server,
    number: str,
    files: Sequence[tuple[str, bytes]],
) -> EmailMessage:
    """The message; `number` is the digest's own, and `files` are names with contents."""
    told = {
        "sections": [
            (heading, [one for one in things if one.kind == kind])
            for kind, heading in HEADINGS.items()
            if any(one.kind == kind for one in things)
        ],
        "link": server.link.rstrip("/"),
        "why": _why(recipient),
    }
    mail = EmailMessage()
    mail["Subject"] = subject(things)
    mail["From"] = server.sender
    mail["To"] = recipient.to
    mail["Date"] = formatdate(localtime=True)
    mail["Message-ID"] = f"<{number}@{server.sender.rpartition('@')[2]}>"
    # So that no answering machine answers a machine.
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(_TEMPLATES.get_template("digest.txt").render(told))
    mail.add_alternative(_TEMPLATES.get_template("digest.html").render(told), subtype="html")
    for name, content in files:
        main, sub = _TYPES[name.rpartition(".")[2]]
        mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return mail


def subject(things: Sequence[Thing]) -> str:
    """What the mail is about, in a line."""
    kinds = [HEADINGS[kind].lower() for kind in HEADINGS if any(t.kind == kind for t in things)]
    return f"samverkan: {typography.enumerate_words(kinds)}"


def _why(recipient: Recipient) -> str:
    kinds = [_FOLLOWED[kind] for kind in HEADINGS if kind in recipient.wants]
    areas = [reference.place_name(reference.level_of(area), area) for area in recipient.areas]
    return (
        f"Du får det här för att adressen står i mail.toml som [{recipient.block}] och följer "
        f"{typography.enumerate_words(areas)}: {typography.enumerate_words(kinds)}. Den som sköter "
        "samverkan ändrar det där."
    )
