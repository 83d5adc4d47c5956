"""SMTP: one connection for many mails, never without TLS and a checked certificate, and always clear about what was taken."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import NoReturn

from ojreport.deliver.settings import MailSettings
from ojreport.deliver.transport import LaterError, RefusedError, UnreachableError, UnsureError
from ojreport.errors import DeliveryError

DOT = re.compile(rb"(?m)^\.")  # a line's first dot is doubled (RFC 5321, section 4.5.2)
OK, ASKS, LATER, NEVER = 200, 300, 400, 500  # where the kinds of answers begin
GO_ON, GO_AHEAD, CLOSING = 334, 354, 421


@dataclass(frozen=True, slots=True)
class Login:
    """Who we are to the server."""

    user: str
    password: str

    def __repr__(self) -> str:
        return f"Login({self.user!r})"  # no password in a traceback


class Smtp:
    """A mail server."""

    def __init__(self, settings: MailSettings, login: Login | None = None) -> None:
        self._settings, self._login = settings, login
        self._server: smtplib.SMTP | None = None
        self._context = _context(settings)

    def connect(self) -> None:
        """Connect, make it safe, log in."""
        if self._server is not None:
            return
        place = f"the mail server {self._settings.host}, port {self._settings.port},"
        try:
            self._server = self._opened()
        except ssl.SSLCertVerificationError as error:
            raise DeliveryError(
                f"{place} has a certificate that can not be trusted ({error.verify_message}); nothing is sent to it"
            ) from error
        except ssl.SSLError as error:
            raise DeliveryError(f"{place} does not speak TLS as it should ({error.reason}); tls is starttls or tls") from error
        except smtplib.SMTPNotSupportedError as error:
            raise DeliveryError(f"{place} {error}; nothing is sent to it") from error
        except smtplib.SMTPAuthenticationError as error:
            if error.smtp_code < NEVER:
                raise UnreachableError(
                    f"{place} does not log anybody in now ({_answer(error.smtp_code, error.smtp_error)})"
                ) from error
            what = _answer(error.smtp_code, error.smtp_error)
            raise DeliveryError(f"{place} does not take the user name and password ({what}); nothing is sent") from error
        except smtplib.SMTPResponseException as error:
            kind = UnreachableError if error.smtp_code < NEVER else DeliveryError
            raise kind(f"{place} turns us away ({_answer(error.smtp_code, error.smtp_error)})") from error
        except smtplib.SMTPException as error:
            kind = UnreachableError if isinstance(error, smtplib.SMTPServerDisconnected) else DeliveryError
            raise kind(f"{place} can not be used ({_why(error)})") from error
        except OSError as error:
            raise UnreachableError(f"{place} can not be reached ({_why(error)})") from error

    def _opened(self) -> smtplib.SMTP:
        s = self._settings
        server: smtplib.SMTP
        if s.security == "tls":
            server = smtplib.SMTP_SSL(s.host, s.port, timeout=s.timeout, context=self._context)
        else:
            server = smtplib.SMTP(s.host, s.port, timeout=s.timeout)
        try:
            if server.sock is not None:  # a mail's end goes alone, and would wait 40 ms until what came before it is acknowledged
                server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            server.ehlo_or_helo_if_needed()
            if s.security == "starttls":
                if not server.has_extn("starttls"):
                    raise smtplib.SMTPNotSupportedError("does not offer STARTTLS")  # noqa: TRY301 - told as the others are
                server.starttls(context=self._context)
                server.ehlo_or_helo_if_needed()
            if self._login is not None:
                _log_in(server, self._login)
        except BaseException:
            server.close()
            raise
        return server

    def send(self, message: EmailMessage, recipient: str) -> str:
        """Hand over a mail; the server's answer."""
        server = self._server
        if server is None:
            raise LaterError("there is no connection")
        try:
            return self._transaction(server, message, recipient)
        except OSError as error:  # smtplib's errors are such too; the mail's end was not handed over
            self._drop()
            raise LaterError(f"the connection was cut ({_why(error)})") from error

    def _transaction(self, server: smtplib.SMTP, message: EmailMessage, recipient: str) -> str:
        sender = self._settings.address.addr_spec
        content = message.as_bytes()
        options = [f"size={len(content)}"] if server.has_extn("size") else []
        if not (recipient + sender).isascii():
            if not server.has_extn("smtputf8"):
                raise RefusedError("the server takes no address with such letters in it (SMTPUTF8)")
            options += ["SMTPUTF8", "BODY=8BITMIME"]
        self._expect(server.mail(sender, options))
        self._expect(server.rcpt(recipient))
        self._expect(server.docmd("DATA"), GO_AHEAD)
        server.send(DOT.sub(b"..", content))  # whole lines: the policy ends each with CR LF
        return self._end(server)

    def _end(self, server: smtplib.SMTP) -> str:
        """Say that the mail is whole. From here on it may have been taken, whatever becomes of the answer."""
        try:
            server.send(b".\r\n")
            code, text = server.getreply()
        except OSError as error:
            self._drop()
            raise UnsureError(f"cut off before the server's answer ({_why(error)})") from error
        if not OK <= code < ASKS and code < LATER:
            self._drop()
            raise UnsureError(f"the server answered what can not be understood ({_answer(code, text)})")
        self._expect((code, text))
        return _answer(code, text)

    def _expect(self, reply: tuple[int, bytes], wanted: int = 0) -> None:
        """Nothing when the server goes along; else RefusedError or LaterError, with the connection ready for the next mail."""
        code, text = reply
        if code == wanted or (not wanted and OK <= code < ASKS):
            return
        self._reset(code)
        self._fail(code, _answer(code, text))

    def _fail(self, code: int, answer: str) -> NoReturn:
        raise (RefusedError if code >= NEVER else LaterError)(answer)

    def _reset(self, code: int) -> None:
        if code == CLOSING or code < LATER:  # it hangs up; or it answers what it was not asked, and can not be understood
            self._drop()
            return
        try:
            if self._server is not None:
                self._server.rset()
        except OSError:
            self._drop()

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = None

    def close(self) -> None:
        """Say good-bye."""
        if self._server is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._server.quit()
        self._drop()


def _log_in(server: smtplib.SMTP, login: Login) -> None:
    """Log in by PLAIN or LOGIN: smtplib's own way takes no password with å, ä or ö in it."""
    offered = server.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in offered:
        code, text = server.docmd("AUTH", f"PLAIN {_base64(f'{chr(0)}{login.user}{chr(0)}{login.password}')}")
    elif "LOGIN" in offered:
        code, text = server.docmd("AUTH", "LOGIN")
        for word in (login.user, login.password):
            if code == GO_ON:
                code, text = server.docmd(_base64(word))
    else:
        raise smtplib.SMTPNotSupportedError("takes no login by PLAIN or LOGIN")
    if not OK <= code < ASKS:
        raise smtplib.SMTPAuthenticationError(code, text)


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode()


def _context(settings: MailSettings) -> ssl.SSLContext:
    """A context that checks the certificate and the host's name; with the kommun's own authority when it has one."""
    try:
        return ssl.create_default_context(cafile=settings.ca_file or None)
    except (OSError, ssl.SSLError) as error:
        raise DeliveryError(f"the certificates in {settings.ca_file} can not be read ({_why(error)})") from error


def _answer(code: int, text: bytes | str) -> str:
    """The server's answer on one line, without signs that could play tricks on a terminal."""
    shown = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return f"{code} {' '.join(''.join(c if c.isprintable() else ' ' for c in shown).split())}"[:200]


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError) or "timed out" in str(error):  # smtplib tells of it as a connection that was closed
        return "no answer in time"
    return str(getattr(error, "strerror", "") or error).lower()
