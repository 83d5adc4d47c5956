"""Content streams as other programs write them: strings in pieces and in hexadecimal, maps in ranges, marks left open."""

from __future__ import annotations

import pikepdf
import pytest

from ojreport.proof.codes import unescaped
from ojreport.proof.content import PageWords, Reader

_MAP = b"1 beginbfrange <01> <1A> <0061> endbfrange 1 beginbfchar <20> <0020> endbfchar"


def _read(content: bytes) -> PageWords:
    """The words of a page in a font whose codes 1–26 are a–z."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, ToUnicode=pdf.make_stream(_MAP))
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(content)
        return Reader().page(page)


@pytest.mark.parametrize(
    "shown", [b"(\\001\\002\\003) Tj", b"<010203> Tj", b"[(\\001) -20 <0203>] TJ", b"[(\\001\\\n\\002) 3 (\\003)] TJ"]
)
def test_a_word_is_the_same_however_it_is_written(shown: bytes) -> None:
    assert _read(b"/P <</MCID 0>> BDC BT /F1 9 Tf " + shown + b" ET EMC").marked == {0: "abc"}


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        (rb"\050\0531\n", b"(+1\n"),
        (rb"\(\\\)\053", rb"(\)+"),
        (rb"\\053", rb"\053"),
        (rb"\N\x41\8\453", b"Nx418+"),
        (b"a\\\r\nb\\\nc", b"abc"),
    ],
)
def test_a_code_may_be_escaped_in_each_way_that_pdf_knows(written: bytes, codes: bytes) -> None:
    assert unescaped(written) == codes


@pytest.mark.parametrize("end", [b"EMC EMC", b"EMC", b""])
def test_a_mark_that_is_left_open_reads_as_it_says(end: bytes) -> None:
    words = _read(b"/P <</MCID 0>> BDC /Span <</ActualText (abc)>> BDC BT /F1 9 Tf <010203> Tj ET " + end)
    assert (words.marked, words.misread) == ({0: "abc"}, ())


def test_a_word_inside_a_word_that_reads_as_another_is_held_against_both() -> None:
    inner = b"/Span <</ActualText (x)>> BDC BT /F1 9 Tf <02> Tj ET EMC"
    words = _read(b"/P <</MCID 0>> BDC /Span <</ActualText (ab)>> BDC BT /F1 9 Tf <01> Tj ET " + inner + b" EMC EMC")
    assert (words.marked, words.misread) == ({0: "ab"}, (("x", "b"), ("ab", "ax")))


def test_a_drawing_holds_its_texts_with_their_places() -> None:
    drawn = b"q 1 0 0 1 5 5 cm BT 1 0 0 1 12.5 -3 Tm /F1 9 Tf <01> Tj <02> Tj ET BT /F1 9 Tf <03> Tj ET Q"
    drawing = _read(b"/Figure <</MCID 4>> BDC " + drawn + b" EMC").drawings[4]
    assert [(label.x, label.y, label.text) for label in drawing.labels] == [(12.5, -3.0, "ab"), (0.0, 0.0, "c")]
