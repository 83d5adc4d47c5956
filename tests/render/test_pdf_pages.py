"""The pages of a finished PDF: what stands where, and what the file holds besides."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from sample_document import sample_document

from ojreport.compose.document import BulletList as List
from ojreport.compose.document import Column, Document, Heading, Item, Paragraph, Run, Table, TableCell, TableRow
from ojreport.errors import TemplateError
from ojreport.proof.structure import read
from ojreport.render.pdf import render_pdf
from ojreport.render.theme import Fonts, Logo, Theme

if TYPE_CHECKING:
    from pathlib import Path

    from ojreport.compose.document import Block

DOCUMENT = sample_document()
SENTENCE = "Kalmar erbjuder stödprogram för vuxna närstående. "


@pytest.fixture(scope="module")
def data() -> bytes:
    return render_pdf(DOCUMENT, Theme())


def _pages(data: bytes) -> list[str]:
    """The words of each page as a reader copies them."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


def _only(*blocks: Block) -> Document:
    return replace(DOCUMENT, blocks=blocks)


def _body(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def test_every_page_is_a4_and_has_its_number_and_foot(data: bytes) -> None:
    pages = _pages(data)
    assert len(pages) == 6
    for number, text in enumerate(pages, 1):
        assert f"sida {number} (6)" in text
        assert DOCUMENT.meta.foot in text
        assert (DOCUMENT.meta.head in text) == (number > 1)
    with pypdfium2.PdfDocument(data) as pdf:
        assert {tuple(round(side) for side in page.get_size()) for page in pdf} == {(595, 842)}


def test_without_a_mark_nothing_speaks_of_example_data() -> None:
    assert not any("Exempeldata" in text for text in _pages(render_pdf(sample_document(mark=""), Theme())))


def test_copied_text_holds_whole_words_also_where_a_line_divides_them(data: bytes) -> None:
    text = " ".join(_pages(data))
    for word in ("Överenskommelse", "Brukarrevision", "bedömningsinstrument", "Hägersten-Liljeholmen"):
        assert word in text
    assert not any(c in text for c in "\u00ad\ufffe\ufffd\x02")


def test_a_table_repeats_its_header_on_the_next_page_but_is_read_once(data: bytes) -> None:
    pages = _pages(data)
    assert all("Indikator Kalmar Kalmar län" in pages[n] for n in (1, 2))
    assert read(data).text.count("Indikator Kalmar Kalmar län") == 1


def test_each_font_is_embedded_once_and_subset(data: bytes) -> None:
    with pikepdf.open(BytesIO(data)) as pdf:
        fonts = {font.objgen: font for page in pdf.pages for font in page.Resources.Font.values()}
        names = [str(font.BaseFont) for font in fonts.values()]
        assert all("/FontFile2" in font.FontDescriptor for font in fonts.values())
    assert len(names) == len(set(names)) == 3
    assert all("+SourceSansPro" in name for name in names)


def test_the_same_document_gives_the_same_bytes_without_dates(data: bytes) -> None:
    assert render_pdf(sample_document(), Theme()) == data
    assert b"CreationDate" not in data
    assert b"ModDate" not in data
    assert b"ModifyDate" not in data
    assert len(data) < 250_000


def test_a_heading_never_stands_alone_at_the_foot() -> None:
    """However much text comes before, a heading is on the page where its paragraph begins."""
    for lines in range(30, 46):
        before = [_body("Rad.") for _ in range(lines)]
        pages = _pages(render_pdf(_only(*before, Heading(2, "Rubriken"), _body(SENTENCE * 6)), Theme()))
        (page,) = (text for text in pages if "Rubriken" in text)
        assert "Rubriken Kalmar erbjuder" in page


def test_a_long_paragraph_goes_on_over_pages_as_one_element() -> None:
    data = render_pdf(_only(_body(SENTENCE * 150)), Theme())
    assert len(_pages(data)) == 2
    paragraphs = [p.text for p in read(data).all("P")]
    assert paragraphs[-1] == (SENTENCE * 150).strip()


def test_a_long_list_goes_on_over_pages() -> None:
    data = render_pdf(_only(List(tuple(Item((Run(SENTENCE * 8),)) for _ in range(20)), title="Många punkter")), Theme())
    assert len(_pages(data)) == 3
    assert len([item for item in read(data).all("LI") if item.text == f"• {SENTENCE * 8}".strip()]) == 20


def test_a_row_is_whole_on_one_page() -> None:
    rows = tuple(TableRow((TableCell(f"Rad {n} {SENTENCE * 3}slut{n}"), TableCell("x"))) for n in range(40))
    pages = _pages(render_pdf(_only(Table("Lång", (Column("Indikator"), Column("Svar")), rows)), Theme()))
    for n in range(40):
        assert sum(f"Rad {n} Kalmar" in text and f"slut{n} " in text for text in pages) == 1


def test_a_row_taller_than_a_page_is_divided_and_read_as_one_cell() -> None:
    rows = (TableRow((TableCell("Kort"), TableCell(SENTENCE * 120))), TableRow((TableCell("Sist"), TableCell("Nej"))))
    data = render_pdf(_only(Table("Hög", (Column("Indikator"), Column("Svar")), rows)), Theme())
    assert len(_pages(data)) >= 2
    assert next(read(data).all("TD")).text == (SENTENCE * 120).strip()


def test_a_groups_heading_is_never_the_last_row_of_a_page() -> None:
    for extra in range(12):
        rows = [TableRow((TableCell(f"Rad {n}"), TableCell("Ja"))) for n in range(24 + extra)]
        rows += [TableRow((TableCell("Gruppens namn"),), group=True)]
        rows += [TableRow((TableCell(f"Efter {n}"), TableCell("Ja"))) for n in range(12)]
        pages = _pages(render_pdf(_only(Table("T", (Column("I"), Column("S")), tuple(rows))), Theme()))
        assert any("Gruppens namn Efter 0" in text for text in pages)


def test_a_word_without_a_place_to_divide_stays_inside_its_column() -> None:
    rows = (TableRow((TableCell("Q" * 80), TableCell("W" * 40))),)
    data = render_pdf(_only(Table("Smal", (Column("A", 1), Column("B", 6)), rows)), Theme())
    assert "Q" * 80 in _pages(data)[0]


def test_a_character_that_the_font_lacks_is_named() -> None:
    with pytest.raises(TemplateError, match="漢"):
        render_pdf(_only(_body("Kalmar 漢")), Theme())


def test_a_font_that_is_none_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "trasig.ttf"
    broken.write_bytes(b"\x00\x01\x00\x00")
    with pytest.raises(TemplateError, match=r"trasig\.ttf"):
        render_pdf(_only(), replace(Theme(), fonts=Fonts(regular=broken)))


def test_the_logo_stands_on_the_first_page_with_its_words(tmp_path: Path) -> None:
    file = tmp_path / "logo.png"
    Image.new("RGB", (40, 20), "#14406B").save(file)
    figures = list(read(render_pdf(_only(), replace(Theme(), logo=Logo(file, "Kalmar kommuns logotyp")))).all("Figure"))
    assert [figure.alt for figure in figures] == ["Kalmar kommuns logotyp"]


def test_a_logo_that_is_no_picture_is_named(tmp_path: Path) -> None:
    file = tmp_path / "vapen.svg"
    file.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"vapen\.svg: the logo is no picture that can be used"):
        render_pdf(_only(), replace(Theme(), logo=Logo(file, "Vapen")))


@pytest.mark.parametrize("wrong", ["sida {sida}", "sida {0}", "sida {", "sida {page.x}"])
def test_a_page_number_that_can_not_be_filled_in_is_told(wrong: str) -> None:
    document = _only()
    with pytest.raises(TemplateError, match=r"can hold \{page\} and \{pages\}"):
        render_pdf(replace(document, meta=replace(document.meta, page_of=wrong)), Theme())
