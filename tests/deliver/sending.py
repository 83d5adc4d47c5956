"""What is needed to send to the server of a test: an authority to trust, a login, settings, and time that does not pass."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass

import trustme
from serving import PASSWORD, USER, Server

from ojreport.deliver.send import Result
from ojreport.deliver.settings import MailSettings
from ojreport.deliver.smtp import Login

LOGIN = Login(USER, PASSWORD)
Send = Callable[..., Result]


@dataclass(frozen=True)
class Authority:
    """An authority that the program is told to trust, and what it vouches for."""

    ca: trustme.CA
    ca_file: str
    context: ssl.SSLContext


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        """The time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.now += seconds


def context_of(certificate: trustme.LeafCert) -> ssl.SSLContext:
    """A server's side of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def settings_for(authority: Authority, server: Server, **more: object) -> MailSettings:
    """How *server* is reached."""
    known = {"host": "127.0.0.1", "port": server.port, "ca_file": authority.ca_file, "sender": "Ö <oj@kalmar.se>", "timeout": 1}
    return MailSettings(**{**known, **more})  # type: ignore[arg-type]
