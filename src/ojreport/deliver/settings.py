"""The settings of a mailing: a table [mail] in TOML, and what the command line says instead. Never a password."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from email.headerregistry import Address
from pathlib import Path
from typing import Any, Literal

from ojreport.deliver.address import allowed, parse_sender
from ojreport.errors import UsageError

KINDS = {str: "a text", int: "a whole number", tuple: "a list of texts"}
SECRETS = ("password", "losenord", "lösenord", "secret", "token")
IMPLICIT_TLS = 465


@dataclass(frozen=True, slots=True)
class MailSettings:
    """How mails are sent. *domains* are those that may get any; *keep_days* is how long the ledger knows an address."""

    host: str = ""
    port: int = 587
    tls: str = ""  # starttls or tls; empty: what the port is for
    ca_file: str = ""  # certificates of the kommun's own authority
    sender: str = ""
    domains: tuple[str, ...] = ()
    rate: int = 30  # mails a minute
    max_size: int = 10  # megabytes
    keep_days: int = 365
    timeout: int = 60  # seconds
    insecure: bool = False  # from the command line only

    def __post_init__(self) -> None:
        for name, least in (("port", 1), ("rate", 1), ("max_size", 1), ("keep_days", 1), ("timeout", 1)):
            if getattr(self, name) < least:
                raise UsageError(f"{name} is {getattr(self, name)}; it must be {least} or more")
        if self.tls not in ("", "starttls", "tls"):
            raise UsageError(f"tls is “{self.tls}”; it is starttls or tls")
        if self.insecure and not _is_loopback(self.host):
            raise UsageError(f"--insecure is only for this computer itself (127.0.0.1), not for {self.host or 'no host'}")
        for domain in self.domains:
            try:
                allowed("", (domain,))
            except ValueError as error:
                raise UsageError(f"the allowed domain {error}") from error
        if self.sender:
            _ = self.address

    @property
    def address(self) -> Address:
        """The sender (UsageError when the text can not be one)."""
        try:
            return parse_sender(self.sender)
        except ValueError as error:
            raise UsageError(f"the sender “{self.sender}” {error}") from error

    @property
    def security(self) -> Literal["starttls", "tls", "none"]:
        """How the connection is made safe; *none* only to this computer, when asked for."""
        if self.insecure:
            return "none"
        return "tls" if self.tls == "tls" or (not self.tls and self.port == IMPLICIT_TLS) else "starttls"


IN_FILES = {field.name: type(field.default) for field in fields(MailSettings) if field.name != "insecure"}


def read_settings(table: Mapping[str, Any], file: Path, base: MailSettings) -> MailSettings:
    """*base* with what the [mail] *table* of *file* says; UsageError that names the file and the setting."""
    changed: dict[str, Any] = {}
    for name, value in table.items():
        if name.lower() in SECRETS:
            raise UsageError(f"{file.name}: a password has no place in a file; take “{name}” away and set OJREPORT_SMTP_PASSWORD")
        if name not in IN_FILES:
            raise UsageError(f"{file.name}: “{name}” is no setting of [mail]; there are {', '.join(IN_FILES)}")
        changed[name] = _value(name, value, file)
    if "ca_file" in changed:
        changed["ca_file"] = str(file.parent / changed["ca_file"])
    try:
        return replace(base, **changed)
    except UsageError as error:
        raise UsageError(f"{file.name}: {error}") from error


def _value(name: str, value: object, file: Path) -> object:
    kind = IN_FILES[name]
    if kind is tuple and isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    if kind is tuple or not isinstance(value, kind) or isinstance(value, bool):
        raise UsageError(f"{file.name}: {name} under [mail] must be {KINDS[kind]}")
    return value


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
