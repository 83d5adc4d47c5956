"""A mail: its words from the templates, its heads safe to send, its attachments as they were judged."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any, Protocol

from ojreport.deliver import heads
from ojreport.deliver.attachment import File, sha256
from ojreport.deliver.letter import Letter
from ojreport.errors import OutputError

TEXT_FILE = "brev.jinja"
NOWHERE = "ojreport.invalid"  # the right side of a Message-ID while nobody is named as the sender
TYPES = {
    ".pdf": ("application", "pdf"),
    ".pptx": ("application", "vnd.openxmlformats-officedocument.presentationml.presentation"),
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
UNSAFE_IN_NAMES = '<>:"/\\|?*'


class Say(Protocol):
    """The texts: what :class:`ojreport.compose.texts.Texter` is."""

    def __call__(self, macro: str, /, *args: object) -> str:
        """The text on one line."""

    def lines(self, macro: str, /, *args: object) -> tuple[str, ...]:
        """The text's lines."""


def message_of(letter: Letter, sender: Address | None, say: Say, now: datetime) -> EmailMessage:
    """The mail to the letter's recipient; without a *sender* it is a draft.

    Raises OutputError when a file is no longer the one that was judged, TemplateError when a text can not be filled in.
    """
    words = _words(letter)
    to = letter.recipient
    plain_ascii = to.address.addr_spec.isascii() and (sender is None or sender.addr_spec.isascii())
    message = EmailMessage(heads.ASCII if plain_ascii else heads.UTF8)
    if sender is not None:
        message["From"] = sender
    message["To"] = Address(to.name, to.address.username, to.address.domain)
    message["Subject"] = say("amne", words)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id(letter.key, sender)
    message["Auto-Submitted"] = "auto-generated"  # nobody's out-of-office answers it (RFC 3834)
    message.set_content(_plain(say.lines("brev_text", words)), cte="quoted-printable")
    marked_up = "\n".join(say.lines("brev_html", _escaped(words))) + "\n"
    message.add_alternative(marked_up, subtype="html", cte="quoted-printable")
    for file in letter.enclosure.files:
        _attach(message, file, say("filnamn", words))
    return message


def message_id(key: str, sender: Address | None) -> str:
    """The Message-ID of the mail with that key, by which a server's log can be matched with the ledger."""
    return f"<{key[:40]}@{sender.domain if sender else NOWHERE}>"


def _attach(message: EmailMessage, file: File, stem: str) -> None:
    try:
        data = file.path.read_bytes()
    except OSError as error:
        raise OutputError(f"{file.path} can not be read any more ({(error.strerror or str(error)).lower()})") from error
    if sha256(data) != file.sha256:
        raise OutputError(f"{file.path} was changed while mails were sent, so it is not sent")
    suffix = file.path.suffix.lower()
    kind, sub = TYPES[suffix]
    name = "".join(" " if c in UNSAFE_IN_NAMES or not c.isprintable() else c for c in stem)
    message.add_attachment(data, kind, sub, filename=" ".join(name.split()) + suffix)


def _words(letter: Letter) -> dict[str, Any]:
    """What the texts can speak of."""
    to, enclosure = letter.recipient, letter.enclosure
    return {
        "namn": to.name,
        "roll": to.role,
        "sprak": to.language,
        "omrade": to.subject.name,
        "kod": to.subject.code,
        "ar": letter.year,
        "rapport": to.report,
        "titel": enclosure.title,
        "exempel": enclosure.example,
        "bilagor": tuple(file.path.suffix.lower().lstrip(".") for file in enclosure.files),
        "sammanfattning": tuple({"rubrik": part.title, "punkter": part.points} for part in enclosure.summary),
    }


def _escaped(value: Any) -> Any:  # noqa: ANN401 - texts, and texts in tuples and dicts
    """*value* with every text in it made safe in HTML, so that no template can forget to."""
    match value:
        case str():
            return html.escape(value)
        case tuple():
            return tuple(_escaped(each) for each in value)
        case Mapping():
            return {key: _escaped(each) for key, each in value.items()}
    return value


def _plain(lines: tuple[str, ...]) -> str:
    """Paragraphs with a blank line between them; those that begin with a dash stand close, as a list under their heading."""
    joined = "".join(("\n" if line.startswith("– ") else "\n\n") + line for line in lines)
    return joined.strip() + "\n"
