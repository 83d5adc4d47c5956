"""What a finished file says of itself: report, code and year, from its metadata and from the words on its pages."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

NAMESPACE = "urn:ojreport:report#"  # of the properties report, code, year and example in a PDF's XMP
MARK = "Exempeldata"
HEAD = re.compile(r"^(?P<area>.+) \((?P<code>[^()]+)\) · (?P<report>.+)$")  # Kalmar (0880) · Kommunprofil
NAMED = re.compile(r"\((?P<code>00|\d{4}|\d{6}|[A-ZÅÄÖ]+(?:-[A-ZÅÄÖ]+)*)\)")
TITLED = re.compile(r"\((?P<code>00|\d{4}|\d{6})\)")  # in the words of a page, where an abbreviation can stand in parentheses
TOP = 400  # signs of the first page that its title and subtitle stand within
YEAR = re.compile(r"\b20\d\d\b")
EDITION = re.compile(r"Öppna jämförelser (?P<year>\d{4})")
CORE = "docProps/core.xml"
DC, CP = "{http://purl.org/dc/elements/1.1/}", "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
BIGGEST = 1_000_000  # bytes of a file's properties; what is larger is none of ours


@dataclass(frozen=True, slots=True)
class Stated:
    """Which report a file is: its id, what it is about, and its year."""

    report: str
    code: str
    year: int


@dataclass(frozen=True, slots=True)
class Read:
    """What was read from a file; a value that it states twice, and not alike, stands twice. *fault*: it could not be opened.

    *report* is from the metadata; *headed* is what the report is called in words, and is asked only where they say nothing.
    """

    report: str = ""
    headed: str = ""
    codes: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    example: bool = False
    title: str = ""
    words: str = ""
    fault: str = ""

    def differences(self, expected: Stated) -> Iterator[str]:
        """Where it is not the file that is expected, as what goes on after its name."""
        if self.fault:
            yield self.fault
            return
        in_words = not self.report and letters(expected.report) in letters(self.headed)
        pairs = (
            ("report", (expected.report,) if in_words else tuple(filter(None, (self.report or self.headed,))), expected.report),
            ("area", self.codes, expected.code),
            ("year", self.years, expected.year),
        )
        for what, found, wanted in pairs:
            if set(found) != {wanted}:
                said = " and ".join(map(str, dict.fromkeys(found))) or f"no {what} that can be read"
                yield f"says {said} where the recipient is to get {what} {wanted}; it is not sent"


def letters(text: str) -> str:
    """The letters and digits alone, without their dots and rings: how lines are broken and words divided makes no difference."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKD", text))).casefold()


# ------------------------------------------------------------------------------------------------------------------- PDF


def read_pdf(data: bytes) -> Read:
    """What the PDF in *data* says of itself.

    Its metadata, where they have our properties, and its words are both read, and must agree. Without such properties the
    running head on each page from the second (on a single page: what looks like one) tells all three.
    """
    import pikepdf  # noqa: PLC0415 - the list is read, and its mistakes told, without them
    import pypdfium2  # type: ignore[import-untyped]  # noqa: PLC0415 - the same; it has no types

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            xmp = pdf.open_metadata()
            own = {name: str(xmp.get(f"{{{NAMESPACE}}}{name}") or "") for name in ("report", "code", "year", "example")}
            info: Any = pdf.trailer.get("/Info")
            title = str(info.get("/Title", "")) if isinstance(info, pikepdf.Dictionary) else ""
        opened = pypdfium2.PdfDocument(data)
        try:
            pages = [page.get_textpage().get_text_range() for page in opened]
        finally:
            opened.close()
    except (pikepdf.PdfError, pypdfium2.PdfiumError, ET.ParseError, ValueError) as error:
        return Read(fault=f"can not be opened as a PDF ({error}); build it again")
    words = "\n".join(pages)
    heads = _heads(pages)
    stated_year = (int(own["year"]),) if own["year"].isdigit() else ()
    return Read(
        report=own["report"],
        headed=heads[0]["report"] if heads else "",
        codes=(*filter(None, (own["code"],)), *_codes(pages, heads)),
        years=(*stated_year, *_years(pages, title)),
        example=MARK.casefold() in words.casefold() or own["example"] == "true",
        title=title,
        words=words,
    )


def _heads(pages: Sequence[str]) -> tuple[re.Match[str], ...]:
    """The running heads, which stand from the second page on; on a single page what looks like one."""
    lines = (line.strip() for page in pages[1:] or pages for line in page.splitlines())
    return tuple(match for match in map(HEAD.match, lines) if match)


def _codes(pages: Sequence[str], heads: Sequence[re.Match[str]]) -> Iterator[str]:
    yield from (head["code"] for head in heads)
    if titled := TITLED.search(_top(pages)):
        yield titled["code"]


def _years(pages: Sequence[str], title: str) -> Iterator[int]:
    """The edition's year under the title, and the years in the title itself."""
    if edition := EDITION.search(_top(pages)):
        yield int(edition["year"])
    yield from map(int, YEAR.findall(title))


def _top(pages: Sequence[str]) -> str:
    return " ".join(next(iter(pages), "")[:TOP].split())


# ---------------------------------------------------------------------------------------------------------- pptx and xlsx


def read_deck(data: bytes) -> Read:
    """What the properties of the .pptx or .xlsx in *data* say of it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if package.getinfo(CORE).file_size > BIGGEST:
                return Read(fault="has properties that are not ours; build it again")
            core = ET.fromstring(package.read(CORE))  # noqa: S314 - the file's hash is in our own manifest, its size is bounded
    except (zipfile.BadZipFile, KeyError, ET.ParseError, OSError) as error:
        return Read(fault=f"can not be opened ({error}); build it again")
    title, subject = (core.findtext(f"{DC}{name}") or "" for name in ("title", "subject"))
    code = NAMED.search(subject)
    years = tuple(map(int, YEAR.findall(title)))
    return Read(core.findtext(f"{CP}category") or "", "", (code["code"],) if code else (), years, title=title)
