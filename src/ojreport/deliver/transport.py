"""Where mails go: one small protocol, and the transports that need no server."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path
from typing import Protocol

from ojreport.errors import DeliveryError, OutputError

DRAFTS = "[0-9][0-9][0-9][0-9]-{address}.eml"


class UnreachableError(DeliveryError):
    """The server can not be reached now; it is worth while to try again."""


class RefusedError(Exception):
    """The server said that it will never take this mail (5xx)."""


class LaterError(Exception):
    """The mail was certainly not taken, and can be tried again: a 4xx, or a connection cut before the mail was whole."""


class UnsureError(Exception):
    """The whole mail was handed over and no answer came: nobody knows."""


class Transport(Protocol):
    """A way out for mails."""

    def connect(self) -> None:
        """Be ready to send; at once when it is already. UnreachableError, or DeliveryError when it is no use to try again."""

    def send(self, message: EmailMessage, recipient: str) -> str:
        """Hand over a mail; the server's answer. RefusedError, LaterError or UnsureError."""

    def close(self) -> None:
        """End it; never raises."""


class Memory:
    """Keeps the mails, as (recipient, bytes). For tests."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, bytes]] = []

    def connect(self) -> None:
        """Nothing to do."""

    def send(self, message: EmailMessage, recipient: str) -> str:
        """Keep the mail."""
        self.mails.append((recipient, message.as_bytes()))
        return "250 kept"

    def close(self) -> None:
        """Nothing to do."""


class Folder:
    """Writes each mail as an .eml file, which a mail program opens as a draft. What earlier dry runs left there is taken away."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def connect(self) -> None:
        """Make the folder, empty of drafts."""
        if self._count:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for old in self._folder.glob(DRAFTS.format(address="*")):
                old.unlink()
        except OSError as error:
            raise OutputError(f"the folder {self._folder} can not be used ({(error.strerror or str(error)).lower()})") from error

    def send(self, message: EmailMessage, recipient: str) -> str:
        """Write the mail; the file's path."""
        self._count += 1
        path = self._folder / f"{self._count:04}-{_safe(recipient)}.eml"
        message["X-Unsent"] = "1"
        try:
            path.write_bytes(message.as_bytes())
        except OSError as error:
            raise OutputError(f"{path} can not be written ({(error.strerror or str(error)).lower()})") from error
        return str(path)

    def close(self) -> None:
        """Nothing to do."""


def forget_drafts(folder: Path, address: str) -> int:
    """Take away the drafts to *address* in *folder*, and give their number."""
    found = tuple(folder.glob(DRAFTS.format(address=_safe(address))))
    try:
        for path in found:
            path.unlink()
    except OSError as error:
        raise OutputError(f"a draft in {folder} can not be taken away ({(error.strerror or str(error)).lower()})") from error
    return len(found)


def _safe(address: str) -> str:
    """*address* as part of a file's name, the same on every system."""
    return "".join(c if c.isascii() and (c.isalnum() or c in ".-_@") else "_" for c in address.casefold())[:100]
