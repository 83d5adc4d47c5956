"""Words in the structure tree stay whole, and apart from each other, wherever a line is broken."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from reportlab.pdfbase import pdfmetrics
from sample_document import sample_document

from ojreport.compose.document import Column, Paragraph, Run, Table, TableCell, TableRow
from ojreport.proof.structure import read
from ojreport.render.pdf import render_pdf
from ojreport.render.pdf.fonts import font_name
from ojreport.render.pdf.lines import Face, break_lines
from ojreport.render.theme import Theme

if TYPE_CHECKING:
    from ojreport.compose.document import Document

TEXT = "Använder brukarrevisionens resultat i stadsdelsförvaltningarnas verksamhetsutveckling för missbruks- och beroendevården"


def _in_columns_of_many_widths(text: str) -> Document:
    rows = (TableRow((TableCell(text), TableCell(text))),)
    tables = (Table("", (Column("I", 10 + n), Column("S", 60 - n)), rows) for n in range(50))
    return replace(sample_document(), blocks=tuple(tables))


@pytest.mark.parametrize("text", [TEXT, f"{TEXT} Ja"])
def test_a_divided_word_is_apart_from_the_word_after_it(text: str) -> None:
    tree = read(render_pdf(_in_columns_of_many_widths(text), Theme()))
    assert {cell.text for row in tree.all("TBody") for cell in row.all("TH", "TD")} == {text}


@pytest.mark.parametrize("room", range(60, 120, 2))
def test_no_word_leaves_a_letter_behind_and_no_english_word_is_divided(room: int) -> None:
    face = Face(font_name(Theme().fonts.regular), font_name(Theme().fonts.bold), 9, 12, "#000000")
    text = "Inflytande för brukarorganisationer, supported employment och case management"
    for line in break_lines((Run(text),), face, room, hyphenate=True):
        words = "".join(piece.text for piece in line.pieces).split()
        divided = [word.rstrip("\u00ad") for word in words if word.endswith("\u00ad")]
        assert all(len(word) > 2 for word in divided)
        assert not any(english.startswith(word) for english in ("supported", "employment", "management") for word in divided)


def test_no_word_is_divided_between_two_pages() -> None:
    """Paragraphs that begin anywhere on a line, so that one of them has "Stor-" as the last that has room on its page."""
    for n in range(1, 30):
        long = " ".join(["i" * n, *["Stor-Malmö"] * 600])
        tree = read(render_pdf(replace(sample_document(), blocks=(Paragraph((Run(long),)),)), Theme()))
        assert long in {p.text for p in tree.all("P")}


def test_more_characters_than_a_subset_holds_are_all_read_again() -> None:
    """A subset has at most 256; the font then stands in the file as two."""
    known = sorted(pdfmetrics.getFont(font_name(Theme().fonts.regular)).face.charToGlyph)
    text = " ".join(chr(code) for code in known if chr(code).isalpha() and unicodedata.is_normalized("NFKC", chr(code)))
    assert len(text) > 2 * 300
    tree = read(render_pdf(replace(sample_document(), blocks=(Paragraph((Run(text),)),)), Theme()))
    assert text in {p.text for p in tree.all("P")}
