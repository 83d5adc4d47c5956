"""Finished reports as a build leaves them, small and quick to make, and letters about them."""

import hashlib
import io
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from ojreport.catalogue import load_catalogue
from ojreport.compose.texts import Texts
from ojreport.deliver.attachment import enclose
from ojreport.deliver.identity import Stated
from ojreport.deliver.letter import Letter
from ojreport.deliver.message import TEXT_FILE, message_of
from ojreport.deliver.recipients import Recipient
from ojreport.files import folder_of
from ojreport.model.area import Area
from ojreport.resources import template_folders

YEAR = 2019
CATALOGUE = load_catalogue()
KALMAR = CATALOGUE.find("Kalmar", YEAR)
NYBRO = CATALOGUE.find("Nybro", YEAR)
SUMMARY = (("Styrkor", ("Vårdkedja (30 procent i riket)",)), ("Förbättringsområden", ("Skyddade personuppgifter (57 procent)",)))
SENDER = Address("Förvaltningen för Ö", "oj", "kalmar.se")
SAY = Texts(template_folders()).open(TEXT_FILE)
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def pdf_of(area: Area, year: int = YEAR, *, example: bool = False, name: str = "Kommunprofil") -> bytes:
    """Two pages with the words that tell a report, as the real one has them."""
    paper = io.BytesIO()
    canvas = Canvas(paper, invariant=True)
    canvas.setTitle(f"{area.name}: missbruks- och beroendevård {year}")
    top = (f"{area.name}: missbruks- och beroendevård {year}", f"{name} för {area.name} ({area.code}) · Öppna jämförelser {year}")
    told = tuple(text for title, points in SUMMARY for text in (title, *points))
    for page in ((*top, "Exempeldata" if example else "", *told), (f"{area.name} ({area.code}) · {name}",)):
        for n, line in enumerate(page):
            canvas.drawString(50, 780 - 20 * n, line)
        canvas.showPage()
    canvas.save()
    return paper.getvalue()


def finished(
    out: Path, area: Area = KALMAR, *, pdf: bytes | None = None, report: str = "kommunprofil", **changed: object
) -> Path:
    """The folder of a report that was built and proof-read; *changed* goes into its part of the manifest."""
    folder = folder_of(out, area, YEAR)
    folder.mkdir(parents=True, exist_ok=True)
    summary = [{"title": title, "points": points} for title, points in SUMMARY]
    trace = json.dumps({"report": report, "code": area.code, "year": YEAR, "summary": summary}).encode()
    contents = {f"{report}.pdf": pdf or pdf_of(area), f"{report}.trace.json": trace}
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    files = [{"file": n, "sha256": hashlib.sha256(d).hexdigest(), "size": len(d)} for n, d in contents.items()]
    entry = {"year": YEAR, "proof": True, "files": files} | changed
    (folder / "manifest.json").write_text(json.dumps({"reports": {report: entry}}), encoding="utf-8")
    return folder


def letter(out: Path, address: str = "anna@kalmar.se", area: Area = KALMAR, name: str = "Anna Åkesson") -> Letter:
    """A letter about *area*, whose report stands finished in *out*."""
    folder = folder_of(out, area, YEAR)
    if not folder.is_dir():
        finished(out, area)
    enclosure = enclose(folder, Stated("kommunprofil", area.code, YEAR))
    assert enclosure.faults == ()
    local, _, domain = address.partition("@")
    return Letter(Recipient("line 2", name, Address(username=local, domain=domain), area, "kommunprofil"), YEAR, enclosure)


def letters(out: Path, count: int) -> tuple[Letter, ...]:
    """Letters about one report to as many people."""
    return tuple(letter(out, f"chef{n}@kalmar.se") for n in range(count))


def compose(each: Letter) -> EmailMessage:
    """The mail of a letter, from a sender with ö in the name."""
    return message_of(each, SENDER, SAY, NOW)


def everybody(areas: Iterable[Area]) -> dict[str, Area]:
    """An address in each area's own domain."""
    return {f"chef@{area.code}.se": area for area in areas}
