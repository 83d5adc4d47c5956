"""The proof-reader of PDFs: silent on a file that is whole, and able to say what is wrong with one that is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from damage import changed_pdf, elements, rewrite, swap
from finished import Made, Make
from render.sample_document import sample_document

from ojreport.compose.document import Contents, Document, Heading, Paragraph, Run
from ojreport.proof.pdf import proof_pdf
from ojreport.render.pdf import render_pdf
from ojreport.render.theme import Theme

ROW = "Stödprogram till närstående"


@pytest.mark.parametrize("name", ["Kalmar", "Göteborg", "Åsele"])
def test_a_whole_pdf_has_no_difference(name: str, made: Make) -> None:
    assert proof_pdf(made(name).pdf, made(name).report.document) == ()


@pytest.mark.parametrize("mark", [True, False])
def test_every_kind_of_block_can_be_proof_read(mark: bool) -> None:  # noqa: FBT001 - pytest hands it over by name
    document = _sample() if mark else sample_document(mark="")
    assert proof_pdf(render_pdf(document, Theme()), document) == ()


@pytest.mark.parametrize("level", [2, 3])
def test_a_table_of_contents_is_read_with_the_pages_that_it_leads_to(level: int, listed: Document) -> None:
    document = replace(listed, blocks=(Contents("Innehåll", level), *listed.blocks[1:]))
    assert proof_pdf(render_pdf(document, Theme()), document) == ()


def _leads_elsewhere(pdf: pikepdf.Pdf) -> None:
    link: Any = next(a for page in pdf.pages for a in page.obj.get("/Annots", []) if "/Dest" in a)
    link.Dest[0] = pdf.pages[-1].obj


def _shows_another_page(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, 0, lambda text: "6" if text == "5" else text, within="Artifact")


def _entry_is_gone(pdf: pikepdf.Pdf) -> None:
    del next(elements(pdf, "TOC")).K[2]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_leads_elsewhere, ("page 1, contents “Innehåll”: Link", "→ page 3", "→ page 7")),
        (_shows_another_page, ("page 1: the contents' page numbers", "3 6 6 7”", "3 5 6 7”")),
        (_entry_is_gone, ("page 1, contents “Innehåll”: ", "is missing")),
    ],
)
def test_damage_to_a_table_of_contents_is_found(
    damage: Callable[[pikepdf.Pdf], None], said: tuple[str, ...], listed: Document
) -> None:
    found = "\n".join(map(str, proof_pdf(changed_pdf(render_pdf(listed, Theme()), damage), listed)))
    assert [word for word in said if word not in found] == [], found


def _sample() -> Document:
    """The sample with a foot that says what a composed report's foot says on example data."""
    document = sample_document()
    return replace(document, meta=replace(document.meta, foot=f"{document.meta.foot} Exempeldata."))


@pytest.fixture(scope="module")
def listed() -> Document:
    """The sample, with a table of contents first."""
    document = _sample()
    return replace(document, blocks=(Contents("Innehåll", 3), *document.blocks))


def _digit(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, 1, swap("95 procent", "96 procent"))


def _drawn_number(page: int) -> Callable[[pikepdf.Pdf], None]:
    """In the page's drawings, the first number that is not the one before it becomes the same as that."""

    def damage(pdf: pikepdf.Pdf) -> None:
        seen: list[str] = []

        def once(text: str) -> str:
            if text.strip().isdigit():
                seen.append(text)
                if len(set(seen[:-1])) == 1 and len(set(seen)) > 1:
                    return seen[0]
            return text

        rewrite(pdf, page - 1, once, within="Figure")

    return damage


def _head(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, 2, swap("Kalmar (0880) · Kommunprofil", "Kalmar (0088) · Kommunprofil"))


def _foot(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, 2, lambda text: text.replace("2019", "2010") if "Socialstyrelsen" in text else text)


def _page_number(pdf: pikepdf.Pdf) -> None:
    rewrite(pdf, 2, swap("sida 3", "sida 1"))


def _drop_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[4]


def _loose_words(pdf: pikepdf.Pdf) -> None:
    content = pdf.pages[1].Contents.read_bytes()
    words = next(line for line in content.split(b"\n") if line.startswith(b"BT"))
    pdf.pages[1].Contents = pdf.make_stream(content + b"\n" + words)


def _unread(pdf: pikepdf.Pdf) -> None:
    """A heading that is drawn, but that no screen reader is told of."""
    content = pdf.pages[1].Contents.read_bytes()
    pdf.pages[1].Contents = pdf.make_stream(content.replace(b"/H2 <</MCID 0>> BDC", b"/Artifact BMC", 1))


def _alt(pdf: pikepdf.Pdf) -> None:
    del next(elements(pdf, "Figure")).Alt


def _th(pdf: pikepdf.Pdf) -> None:
    next(elements(pdf, "TH")).S = pikepdf.Name.TD


def _scope(pdf: pikepdf.Pdf) -> None:
    next(elements(pdf, "TH")).A.Scope = pikepdf.Name.Row


def _heading(pdf: pikepdf.Pdf) -> None:
    next(elements(pdf, "H2")).S = pikepdf.Name.P


def _jump(pdf: pikepdf.Pdf) -> None:
    next(elements(pdf, "H2")).S = pikepdf.Name.H3


def _row(pdf: pikepdf.Pdf) -> None:
    body = next(e for e in elements(pdf, "TBody") if len(e.K) > 3)
    del body.K[2]


def _order(pdf: pikepdf.Pdf) -> None:
    row = next(e for e in elements(pdf, "TR") if len(e.K) > 2 and str(e.K[1].S) == "/TD")
    row.K = pikepdf.Array([row.K[0], row.K[2], row.K[1], *list(row.K)[3:]])


def _twice(pdf: pikepdf.Pdf) -> None:
    section = next(e for e in elements(pdf, "Sect"))
    section.K.append(section.K[1])


def _tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def _lang(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = pikepdf.String("en-US")


def _untagged(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def _title(pdf: pikepdf.Pdf) -> None:
    pdf.trailer.Info.Title = pikepdf.String("Borås: missbruks- och beroendevård 2019")


def _xmp(pdf: pikepdf.Pdf) -> None:
    old = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata = pdf.make_stream(old.replace(b"Kalmar", b"Nybro!"), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)


def _bookmark(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.First.Title = pikepdf.String("Något annat")


def _to_unicode(pdf: pikepdf.Pdf) -> None:
    """A letter that looks right and is read as another one."""
    font: Any = next(f for f in pdf.pages[1].Resources.Font.values() if b"<0065>" in f.ToUnicode.read_bytes())
    font.ToUnicode = pdf.make_stream(font.ToUnicode.read_bytes().replace(b"<0065>", b"<0078>"))


def _to_nothing(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[1].Resources.Font.values():
        del font.ToUnicode


def _actual(pdf: pikepdf.Pdf) -> None:
    page = next(n for n, p in enumerate(pdf.pages) if b"/ActualText <FEFF00" in p.Contents.read_bytes())
    content = pdf.pages[page].Contents.read_bytes()
    pdf.pages[page].Contents = pdf.make_stream(content.replace(b"/ActualText <FEFF00", b"/ActualText <FEFF01", 1))


DAMAGE: dict[str, tuple[Callable[[pikepdf.Pdf], None], tuple[str, ...]]] = {
    "a digit in a sentence": (_digit, ("page 2", "95 procent", "96 procent")),
    "a number in a drawing of stacked bars": (_drawn_number(1), ("page 1, figure “", "the drawing's words")),
    "a number in a drawing of bars": (_drawn_number(4), ("page 4, figure “", "the drawing's words")),
    "the code in the head": (_head, ("page 3", "the running head", "0088", "0880")),
    "the year in the foot": (_foot, ("page 3", "the foot", "2010", "2019")),
    "a page's number": (_page_number, ("page 3", "the foot", "sida 1", "sida 3")),
    "a page is missing": (_drop_page, ("page 4: H3", "is missing", "(11)", "(10)")),
    "words outside the structure": (_loose_words, ("page 2", "no part of the structure")),
    "words that are drawn and not read": (_unread, ("page 2", "drawn and not read", "Så läser du")),
    "a figure without Alt": (_alt, ("page 1, figure", "Figure")),
    "TH became TD": (_th, ("table", "header row", "is “TD”", "TH/Column")),
    "a wrong Scope": (_scope, ("table", "header row", "TH/Row", "TH/Column")),
    "a heading became a paragraph": (_heading, ("page", "is “P” and should be “H2”")),
    "a level is jumped over": (_jump, ("page", "is “H3” and should be “H2”")),
    "a row is gone": (_row, ("table", "row", "is missing")),
    "cells changed places": (_order, ("table", "row", "column")),
    "something is said twice": (_twice, ("should not be there",)),
    "no structure": (_tree, ("the top of the structure tree", "Document")),
    "another language": (_lang, ("the language", "en-US", "sv-SE")),
    "not marked as tagged": (_untagged, ("the mark that it is tagged",)),
    "another kommun in the properties": (_title, ("properties: Title", "Borås", "Kalmar")),
    "another kommun in the metadata": (_xmp, ("metadata: dc:title", "Nybro!", "Kalmar")),
    "a bookmark": (_bookmark, ("bookmark", "Något annat")),
    "a letter is read as another": (_to_unicode, ("page 1", "x", "e")),
    "a page that can not be read": (_to_nothing, ("page 1", "\ufffd")),
    "a divided word reads as another": (_actual, ("page",)),
}


@pytest.mark.parametrize(("damage", "said"), DAMAGE.values(), ids=DAMAGE)
def test_damage_is_found_and_its_place_is_named(
    damage: Callable[[pikepdf.Pdf], None], said: tuple[str, ...], kalmar: Made
) -> None:
    found = "\n".join(map(str, proof_pdf(changed_pdf(kalmar.pdf, damage), kalmar.report.document)))
    assert [word for word in said if word not in found] == [], found


def test_another_kommuns_page_is_found_by_its_head_and_by_what_it_says(kalmar: Made, made: Make) -> None:
    other = pikepdf.open(BytesIO(made("Göteborg").pdf))

    def exchange(pdf: pikepdf.Pdf) -> None:
        pdf.pages[4] = other.pages[4]

    found = proof_pdf(changed_pdf(kalmar.pdf, exchange), kalmar.report.document)
    head = next(d for d in found if d.what == "the running head")
    assert (head.where, head.expected[:13], head.found[:15]) == ("page 5", "Kalmar (0880)", "Göteborg (1480)")


def test_the_pdf_of_another_kommun_is_told_at_its_title(kalmar: Made, made: Make) -> None:
    first = proof_pdf(made("Göteborg").pdf, kalmar.report.document)[0]
    assert (first.where, first.what) == ("page 1", "H1")
    assert first.expected.startswith("Kalmar")
    assert first.found.startswith("Göteborg")


@pytest.mark.parametrize("cut", [0, 100, 50_000])
def test_half_a_file_is_a_difference_and_no_crash(cut: int, kalmar: Made) -> None:
    assert proof_pdf(kalmar.pdf[:cut], kalmar.report.document)


def _with(document: Document, *blocks: Heading | Paragraph) -> Document:
    return replace(document, blocks=(*document.blocks, *blocks))


@pytest.mark.parametrize("left", ["{{ namn }}", "None", "nan", "{% if %}", "Click to add text", "Lorem ipsum"])
def test_what_was_never_filled_in_is_found_even_where_the_document_says_it(left: str, kalmar: Made) -> None:
    document = _with(kalmar.report.document, Paragraph((Run(f"Andelen är {left} i länet."),)))
    (found,) = proof_pdf(render_pdf(document, Theme()), document)
    assert found.found.startswith(left)
    assert "not filled in" in found.what


def test_ordinary_words_are_not_taken_for_something_left() -> None:
    document = _with(sample_document(), Paragraph((Run("Annan nanoteknik, Nonetheless och Hernandez."),)))
    assert not [d for d in proof_pdf(render_pdf(document, Theme()), document) if "filled" in d.what]
