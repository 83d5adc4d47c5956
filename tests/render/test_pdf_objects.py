"""The file that the PDF's objects make."""

from __future__ import annotations

import re
import zlib
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from sample_document import sample_document

from ojreport.render.pdf import render_pdf
from ojreport.render.pdf.objects import pdf_file
from ojreport.render.theme import Theme

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 90 90]/Contents 4 0 R>>"
DRAWN = b"<</Length 12>>\nstream\n0 0 30 30 reendstream\n"
INFO = b"<</Title (kort)>>"
SHORT = (CATALOG, PAGES, PAGE, DRAWN, INFO)


def _opened(file: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(file), attempt_recovery=False, suppress_warnings=False)


@pytest.fixture(scope="module")
def finished() -> bytes:
    return render_pdf(sample_document(), Theme())


def _faults(file: bytes) -> list[str]:
    """What qpdf has to say about the file's syntax and its table."""
    with _opened(file) as pdf:
        return [*pdf.check_pdf_syntax(), *map(str, pdf.get_warnings())]


def test_every_object_is_found_where_the_table_says() -> None:
    with _opened(pdf_file(SHORT, 1, 5)) as pdf:
        assert pdf.get_object(2, 0).Count == 1
        assert pdf.get_object(3, 0).MediaBox == [0, 0, 90, 90]
        assert pdf.get_object(4, 0).read_bytes() == b"0 0 30 30 re"
        assert pdf.docinfo.Title == "kort"


def test_a_finished_report_opens_without_a_repair_or_a_warning(finished: bytes) -> None:
    assert _faults(finished) == []
    assert len(pypdfium2.PdfDocument(finished)) > 1


def test_a_table_that_points_wrong_is_found(finished: bytes) -> None:
    """The check above sees something."""
    moved = re.sub(rb"startxref\n(\d+)", lambda found: b"startxref\n%d" % (int(found[1]) - 7), finished)
    with pytest.raises(pikepdf.PdfError):
        _faults(moved)


def test_no_object_of_a_report_is_lost(finished: bytes) -> None:
    """Each is there under its number, and what refers to it gets it."""
    with _opened(finished) as pdf:
        assert all(thing is not None for thing in pdf.objects)
        used = set(map(int, re.findall(rb"(\d+) 0 R\b", b" ".join(_unpacked(finished)))))
        assert all(pdf.get_object(number, 0) != pikepdf.Object.parse(b"null") for number in used)


def _unpacked(file: bytes) -> list[bytes]:
    """What the object streams hold."""
    found = re.finditer(rb"/Type/ObjStm.*?/Length (\d+)>>\nstream\n", file)
    return [zlib.decompress(file[start.end() : start.end() + int(start[1])]) for start in found]


def test_small_objects_are_packed_and_streams_are_not(finished: bytes) -> None:
    assert finished.count(b"endobj") == finished.count(b"\nendstream\nendobj")
    assert len(_unpacked(finished)) == 1
    assert b"stream\n" not in _unpacked(finished)[0]


def test_the_end_of_a_streams_data_stands_on_a_line_of_its_own(finished: bytes) -> None:
    assert finished.count(b"\nendstream\nendobj") == finished.count(b"endstream")


def test_the_same_objects_give_the_same_bytes_and_others_another_id() -> None:
    one, same, other = (pdf_file((*SHORT[:4], info), 1, 5) for info in (INFO, INFO, b"<</Title (annan)>>"))
    assert one == same
    with _opened(one) as first, _opened(other) as second:
        assert first.trailer.ID[0] == first.trailer.ID[1]
        assert bytes(first.trailer.ID[0]) != bytes(second.trailer.ID[0])


def test_more_objects_than_a_stream_can_hold_are_an_error() -> None:
    with pytest.raises(ValueError, match="more than one object stream can hold"):
        pdf_file([b"null"] * 70_000, 1, 2)
