"""Sending a message with TLS, and telling what certainly was not sent from what may have been."""

import smtplib
import ssl
from email.message import EmailMessage

from mail.declaration import Server


class NotSent(Exception):
    """The message certainly was not sent; why is said in Swedish."""


class Unsure(Exception):
    """The connection broke when the message had been given: it may have been sent."""


def send(mail: EmailMessage, server: Server) -> None:
    """Give the message to the server. Raises NotSent, Unsure, and SettingsError."""
    try:
        connection = _connected(server)
    except (OSError, smtplib.SMTPException) as error:
        raise NotSent(_why(error)) from error
    with connection:
        try:
            _give(connection, mail)
        except smtplib.SMTPServerDisconnected as error:
            raise Unsure(
                "Förbindelsen bröts när brevet hade lämnats. Det kan ha gått fram, och skickas "
                "inte igen."
            ) from error
        except TimeoutError as error:
            raise Unsure(
                "Servern svarade inte sedan brevet hade lämnats. Det kan ha gått fram, och skickas "
                "inte igen."
            ) from error
        except (OSError, smtplib.SMTPException) as error:
            raise NotSent(_why(error)) from error


def _connected(server: Server) -> smtplib.SMTP:
    """A connection that is encrypted, to a server whose certificate is good, and logged in."""
    trusted = ssl.create_default_context(cafile=server.ca_file or None)
    connection: smtplib.SMTP
    if server.security == "tls":
        connection = smtplib.SMTP_SSL(
            server.host, server.port, timeout=server.timeout_seconds, context=trusted
        )
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=server.timeout_seconds)
        try:
            connection.starttls(context=trusted)
        except BaseException:
            connection.close()
            raise
    if server.user_from:
        try:
            connection.login(server.secret(server.user_from), server.secret(server.password_from))
        except BaseException:
            connection.close()
            raise
    connection.ehlo_or_helo_if_needed()
    return connection


def _give(connection: smtplib.SMTP, mail: EmailMessage) -> None:
    """Sender and recipient first: what breaks there has given nothing away."""
    try:
        code, told = connection.mail(mail["From"])
        if code == 250:
            code, told = connection.rcpt(mail["To"])
    except (smtplib.SMTPServerDisconnected, TimeoutError) as error:
        raise NotSent(_why(error)) from error
    if code not in (250, 251):
        connection.close()
        raise NotSent(f"Servern tog inte emot brevet: {code} {told.decode(errors='replace')}")
    code, told = connection.data(mail.as_bytes(policy=mail.policy.clone(linesep="\r\n")))
    if code != 250:
        raise NotSent(f"Servern tog inte emot brevet: {code} {told.decode(errors='replace')}")


def _why(error: Exception) -> str:
    match error:
        case ssl.SSLError():
            return f"Serverns certifikat går inte att lita på ({error.reason})."
        case smtplib.SMTPAuthenticationError():
            return "Servern godtar inte användaren eller lösenordet."
        case smtplib.SMTPNotSupportedError():
            return "Servern kan inte kryptera (STARTTLS). Utan kryptering skickas ingenting."
        case TimeoutError():
            return "Servern svarade inte i tid."
        case smtplib.SMTPResponseException():
            return f"Servern svarade {error.smtp_code}."
        case _:
            return f"Servern går inte att nå ({type(error).__name__})."
