"""What is attached: the finished files, held against their manifest, and the PDF asked itself what it is about."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ojreport.deliver.identity import Stated, letters, read_deck, read_pdf

MANIFEST = "manifest.json"
ENCODED = 78 / 57  # what base64 and its line ends make of a size
BODY = 20_000  # bytes, room for the text and the heads


@dataclass(frozen=True, slots=True)
class File:
    """A file to attach, and its sha-256 when it was judged."""

    path: Path
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Part:
    """A short list in the mail's text: a heading and what stands under it."""

    title: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A report's files in one folder, judged. With *faults* it is not sent."""

    faults: tuple[str, ...]
    title: str = ""
    example: bool = False
    files: tuple[File, ...] = ()
    summary: tuple[Part, ...] = ()

    @property
    def digest(self) -> str:
        """One sha-256 for all the files: the PDF's own when it goes alone."""
        if len(self.files) == 1:
            return self.files[0].sha256
        return hashlib.sha256("".join(file.sha256 for file in self.files).encode()).hexdigest()

    @property
    def mail_size(self) -> int:
        """About how many bytes the mail becomes."""
        return BODY + round(sum(file.size for file in self.files) * ENCODED)


def enclose(folder: Path, expected: Stated, formats: Collection[str] = ("pdf",)) -> Enclosure:
    """The files of the report that *expected* names, in *folder*, with all that speaks against sending them.

    The PDF is always among them; *formats* can add ``pptx`` and ``xlsx``.
    """
    names = tuple(f"{expected.report}.{kind}" for kind in dict.fromkeys(("pdf", *formats)))
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        return Enclosure(tuple(f"{folder / name} does not exist; build it first" for name in missing))
    contents = {name: (folder / name).read_bytes() for name in names}
    listed, faults = _entry(folder, expected)
    faults += [fault for name, data in contents.items() for fault in _unlisted(folder / name, data, listed)]
    pdf = read_pdf(contents[names[0]])
    faults += [f"{folder / names[0]} {fault}" for fault in pdf.differences(expected)]
    for name in names[1:]:
        faults += [f"{folder / name} {fault}" for fault in read_deck(contents[name]).differences(expected)]
    files = tuple(File(folder / name, sha256(data), len(data)) for name, data in contents.items())
    summary, doubts = _summary(folder, expected, listed, pdf.words) if listed and not faults else ((), ())
    return Enclosure((*faults, *doubts), pdf.title, pdf.example, files, summary)


def sha256(data: bytes) -> str:
    """The sha-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _entry(folder: Path, expected: Stated) -> tuple[Mapping[str, str] | None, list[str]]:
    """The hashes in the report's part of the manifest (None when it can not be used), and what is wrong with it."""
    path = folder / MANIFEST
    try:
        entry = json.loads(path.read_text(encoding="utf-8"))["reports"][expected.report]
        listed = {str(each["file"]): str(each["sha256"]) for each in entry["files"]}
    except FileNotFoundError:
        return None, [f"{path} does not exist, so nothing says that the report was proof-read; build it again"]
    except (OSError, ValueError, KeyError, TypeError):
        return None, [f"{path} says nothing about {expected.report} that can be used; build it again"]
    faults = []
    if entry.get("year") != expected.year:
        faults.append(f"{path} says that {expected.report} is about {entry.get('year')}, not {expected.year}")
    if entry.get("proof") is not True:
        faults.append(f"{path} does not say that {expected.report} was proof-read; build it again, without --no-proof")
    return listed, faults


def _unlisted(path: Path, data: bytes, listed: Mapping[str, str] | None) -> Iterator[str]:
    if listed is None:
        return
    if path.name not in listed:
        yield f"{path} is not in {MANIFEST}, or was made from other input; build it again"
    elif sha256(data) != listed[path.name]:
        yield f"{path} has been changed since it was made: it is not the file that {MANIFEST} knows; build it again"


def _summary(folder: Path, expected: Stated, listed: Mapping[str, str], words: str) -> tuple[tuple[Part, ...], tuple[str, ...]]:
    """The short lists in the report's trace, when it has them and the PDF says the same; else why they can not be trusted."""
    path = folder / f"{expected.report}.trace.json"
    try:
        data = path.read_bytes()
    except OSError:
        return (), ()  # the mail does without
    if sha256(data) != listed.get(path.name):
        return (), (f"{path} is not the file that {MANIFEST} knows; build the report again",)
    try:
        trace = json.loads(data)
        parts = tuple(Part(str(part["title"]), tuple(map(str, part["points"]))) for part in trace.get("summary", ()))
    except (ValueError, KeyError, TypeError, AttributeError):
        return (), (f"{path} can not be read; build the report again",)
    said = letters(words)
    unsaid = [text for part in parts for text in part.points if letters(text) not in said]
    if unsaid or (parts and (trace.get("code"), trace.get("year")) != (expected.code, expected.year)):
        what = f"“{unsaid[0]}”" if unsaid else "its area and year"
        return (), (f"{path} says {what}, which the PDF does not; build the report again",)
    return parts, ()
