"""Pages that are written in another way than ours: what another program would read there is held against what was read here."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from damage import changed_pdf
from finished import Made

from ojreport.proof.pdf import proof_pdf
from ojreport.proof.structure import read_words

Damage = Callable[[pikepdf.Pdf], object]
PAGES = (3, 6)  # one of them is not the page that is read twice in any case


def _content(page: int, pattern: bytes, new: bytes) -> Damage:
    def damage(pdf: pikepdf.Pdf) -> None:
        old = pdf.pages[page - 1].Contents.read_bytes()
        changed = re.sub(pattern, new, old, count=1, flags=re.DOTALL)
        assert changed != old
        pdf.pages[page - 1].Contents = pdf.make_stream(changed)

    return damage


def _form(page: int) -> Damage:
    """The first text of the page is drawn once more, from outside its content."""

    def damage(pdf: pikepdf.Pdf) -> None:
        where = pdf.pages[page - 1]
        content = where.Contents.read_bytes()
        text = re.search(rb"BT .*? ET", content, re.DOTALL)
        assert text is not None
        names = {"Type": pikepdf.Name.XObject, "Subtype": pikepdf.Name.Form, "BBox": [0, 0, 600, 900]}
        form = pdf.make_stream(text[0], Resources=where.Resources, **names)
        where.Resources.XObject = pikepdf.Dictionary(X1=form)
        where.Contents = pdf.make_stream(content + b" /Artifact BMC /X1 Do EMC")

    return damage


def _fonts(change: Callable[[Any], None]) -> Callable[[int], Damage]:
    return lambda _: lambda pdf: [change(font) for font in pdf.pages[0].Resources.Font.values()]


def _no_width(font: Any) -> None:
    font.Widths = pikepdf.Array([0] * len(font.Widths))


UNSEEN: dict[str, Callable[[int], Damage]] = {
    "a text of no size": lambda page: _content(page, rb"(Tm [^/()]*/F\S+) [\d.]+ Tf", rb"\1 0 Tf"),
    "a text too small to see": lambda page: _content(page, rb"(Tm [^/()]*/F\S+) [\d.]+ Tf", rb"\1 0.0001 Tf"),
    "texts of no width": lambda page: _content(page, rb"^", b"0 Tz "),
    "a text of no width": lambda page: _content(page, rb"( /F\S+ [\d.]+ Tf)", rb" 0 Tz\1"),
    "a page drawn at no size": lambda page: _content(page, rb"^", b"0 0 0 1 0 0 cm "),
    "a text without a place": lambda page: _content(page, rb"1 0 0 1( \S+ \S+ Tm)", rb"0 0 0 0\1"),
    "a text that is left out by a comment": lambda page: _content(page, rb"BT", b"% BT"),
    "words from outside the page's content": _form,
    "letters of no width": _fonts(_no_width),
}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("damage", UNSEEN.values(), ids=UNSEEN)
def test_what_another_reader_does_not_read_as_we_do_is_found(damage: Callable[[int], Damage], page: int, kalmar: Made) -> None:
    found = proof_pdf(changed_pdf(kalmar.pdf, damage(page)), kalmar.report.document)
    assert (f"page {page}", "what a reader copies from the page") in {(d.where, d.what) for d in found}


def _cut(font: Any) -> None:
    program = font.FontDescriptor.FontFile2
    program.write(program.read_bytes()[:100])


def _other_bytes(font: Any) -> None:
    program = font.FontDescriptor.FontFile2
    whole = program.read_bytes()
    program.write(whole[:-40] + bytes(40))


def _gone(font: Any) -> None:
    del font.FontDescriptor.FontFile2


@pytest.mark.parametrize("change", [_cut, _other_bytes, _gone, _no_width])
def test_pages_in_a_font_that_is_not_whole_are_read_twice(change: Callable[[Any], None], kalmar: Made) -> None:
    def look(pdf: pikepdf.Pdf) -> None:
        assert all(words.plain for words in read_words(pdf).values())
        _fonts(change)(1)(pdf)
        assert not any(words.plain for words in read_words(pdf).values())

    changed_pdf(kalmar.pdf, look)
