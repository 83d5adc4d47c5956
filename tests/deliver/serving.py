"""A real mail server in the test's own process, which can be told to fail."""
# ruff: noqa: N802, ARG002, D102 - aiosmtpd says what its hooks are called and handed

import asyncio
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "ojreport", "hemligt-ö"
Fault = Callable[[Any, int], Awaitable[str | None]]  # the connection and how often it was asked: an answer, or None to go on


@dataclass
class Server:
    """What a server got, as (recipients, bytes), and which faults it has: by command, and by recipient where one is meant."""

    port: int = 0
    got: list[tuple[tuple[str, ...], bytes]] = field(default_factory=list)
    faults: dict[tuple[str, str], Fault] = field(default_factory=dict)
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    connections: int = 0

    @property
    def addresses(self) -> list[str]:
        return [address for recipients, _ in self.got for address in recipients]

    async def _fault(self, server: Any, command: str, address: str = "") -> str | None:
        for key in ((command, address), (command, "")):
            if key in self.faults:
                self.asked[key] += 1
                return await self.faults[key](server, self.asked[key])
        return None

    async def handle_EHLO(
        self, server: Any, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += session.ssl is not None
        return responses

    async def handle_MAIL(self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if answer := await self._fault(server, "MAIL"):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if answer := await self._fault(server, "RCPT", address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        answer = await self._fault(server, "DATA", envelope.rcpt_tos[0])
        if answer is None or answer.startswith("250"):
            self.got.append((tuple(envelope.rcpt_tos), bytes(envelope.content or b"")))
        return answer or "250 queued"


class Hanging(SMTP):
    """Hangs up when the mail's content is asked for, the first time."""

    times = 1

    async def smtp_DATA(self, arg: str) -> None:
        if Hanging.times:
            Hanging.times -= 1
            cut(self)
        else:
            await super().smtp_DATA(arg)


def cut(server: Any) -> None:
    """Cut the connection without a word."""
    server.transport.abort()


def answers(*said: str) -> Fault:
    """A fault that gives these answers, one after the other, and then none."""

    async def fault(_: Any, times: int) -> str | None:
        return said[times - 1] if times <= len(said) else None

    return fault


def hangs_up(*, taken: bool = True, times: int = 1) -> Fault:
    """A fault that cuts the connection; *taken*: having kept the mail."""

    async def fault(server: Any, count: int) -> str | None:
        if count > times:
            return None
        cut(server)
        return "250 queued" if taken else "451 no"

    return fault


def sleeps(seconds: float) -> Fault:
    """A fault that answers too late, the first time."""

    async def fault(_: Any, times: int) -> str | None:
        if times == 1:
            await asyncio.sleep(seconds)
        return None

    return fault


def _authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _Controller(Controller):
    """Our own kind of connection, where there is one."""

    kind: type[SMTP] = SMTP

    def factory(self) -> SMTP:
        return self.kind(self.handler, **self.SMTP_kwargs)


@contextmanager
def serving(context: ssl.SSLContext | None, *, auth: bool = True, kind: type[SMTP] = SMTP, tls: bool = False) -> Iterator[Server]:
    """A server on a free port of 127.0.0.1, with STARTTLS when it has a *context* (or *tls* from the start)."""
    server = Server(port=free_port())
    options: dict[str, Any] = {"enable_SMTPUTF8": True, "timeout": 30, "data_size_limit": 30_000_000}
    if context is not None and not tls:
        options |= {"tls_context": context, "require_starttls": True}
    if auth and context is not None:
        options |= {"authenticator": _authenticate, "auth_required": True, "auth_require_tls": not tls}
    controller = _Controller(server, "127.0.0.1", server.port, ssl_context=context if tls else None, **options)
    controller.kind = kind
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


@contextmanager
def talking(**answers: str) -> Iterator[tuple[int, list[str]]]:
    """A server that says what it is told to: by the first word it hears (``GREETING`` first, ``END`` after a mail), else 250.

    Gives its port, and the lines that it hears, mails left out. Without TLS.
    """
    heard: list[str] = []
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(5)

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection, suppress(OSError):
                    _talk(connection, answers, heard)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], heard
    finally:
        listener.close()
        thread.join(1)


def _talk(connection: socket.socket, answers: dict[str, str], heard: list[str]) -> None:
    file = connection.makefile("rwb")

    def say(key: str, default: str = "250 OK") -> None:
        file.write(answers.get(key, default).encode() + b"\r\n")
        file.flush()

    say("GREETING", "220 hello")
    for line in file:
        text = line.decode(errors="replace").strip()
        heard.append(text)
        word = text.upper().split()[0] if text else ""
        say(word, "354 go on" if word == "DATA" else "250 OK")
        if word == "QUIT":
            return
        if word == "DATA" and "DATA" not in answers:
            for content in file:
                if content == b".\r\n":
                    break
            say("END")
