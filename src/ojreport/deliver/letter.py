"""Letters: one recipient and one report each, with the key by which the ledger knows that it has been sent."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ojreport.deliver.address import normal
from ojreport.deliver.attachment import Enclosure, enclose
from ojreport.deliver.identity import Stated
from ojreport.deliver.listed import Mistake
from ojreport.deliver.recipients import Recipient, Subject

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that can be sent: everything about it has been judged."""

    recipient: Recipient
    year: int
    enclosure: Enclosure

    @property
    def key(self) -> str:
        """One key, in hexadecimal, for the address, the report, the area, the year and the files' contents."""
        to = self.recipient
        parts = (normal(to.address), to.report, to.subject.code, str(self.year), self.enclosure.digest)
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What may be attached."""

    year: int
    formats: tuple[str, ...] = ()
    example: bool = False  # whether example data may be sent
    max_size: int = 10  # megabytes


def write_letters(
    recipients: Iterable[Recipient], wanted: Wanted, folder_of: Callable[[Subject], Path]
) -> tuple[tuple[Letter, ...], tuple[Mistake, ...]]:
    """A letter to each recipient, and why some can have none. Each report is opened once."""
    enclosures: dict[tuple[Path, str], Enclosure] = {}
    letters, mistakes = [], []
    for each in recipients:
        at = folder_of(each.subject), each.report
        if at not in enclosures:
            enclosures[at] = enclose(at[0], Stated(each.report, each.subject.code, wanted.year), wanted.formats)
        enclosure = enclosures[at]
        faults = (*enclosure.faults, *_limits(enclosure, wanted)) if not enclosure.faults else enclosure.faults
        mistakes += [Mistake(each.place, fault) for fault in faults]
        if not faults:
            letters.append(Letter(each, wanted.year, enclosure))
    return tuple(letters), tuple(mistakes)


def _limits(enclosure: Enclosure, wanted: Wanted) -> Iterable[str]:
    path = enclosure.files[0].path
    if enclosure.example and not wanted.example:
        yield f"{path} is made from example data (Exempeldata); build it from your workbooks, or say --allow-example"
    if enclosure.mail_size > wanted.max_size * MEGABYTE:
        megabytes = f"{enclosure.mail_size / MEGABYTE:.1f}"
        yield f"the mail with {path} becomes {megabytes} MB, more than {wanted.max_size}; attach fewer files or raise --max-size"
