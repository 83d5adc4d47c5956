"""The structure tree of a finished PDF: roles, order, and the document's own words in reading order."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

import pikepdf
import pytest
from sample_document import LINK, sample_document

from ojreport.compose.document import (
    Block,
    BulletList,
    Columns,
    Figure,
    FigurePair,
    Heading,
    Item,
    KeyFigures,
    Paragraph,
    Table,
    plain,
)
from ojreport.proof.structure import Node, read
from ojreport.render.pdf import render_pdf
from ojreport.render.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENT = sample_document()


@pytest.fixture(scope="module")
def data() -> bytes:
    return render_pdf(DOCUMENT, Theme())


@pytest.fixture(scope="module")
def tree(data: bytes) -> Node:
    return read(data)


def _said_in_list(items: tuple[Item, ...], *, numbered: bool, depth: int = 0) -> Iterator[str]:
    for n, item in enumerate(items, 1):
        yield f"{n}." if numbered else "•–•"[depth]
        yield plain(item.text)
        yield from _said_in_list(item.items, numbered=False, depth=depth + 1)


def _said(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield plain(block.text)
        case BulletList():
            yield block.title
            yield from _said_in_list(block.items, numbered=block.numbered)
        case Columns():
            yield from (*_said(block.left), *_said(block.right))
        case KeyFigures():
            yield from (text for item in block.items for text in (item.figure, item.label))
        case Table():
            yield from (block.title, *(column.heading for column in block.columns))
            yield from (cell.text for row in block.rows for cell in row.cells)
            yield from (block.note, block.source)
        case Figure():
            yield from (block.spec.title, block.spec.subtitle, block.spec.note, block.spec.source)
        case FigurePair():
            yield from (*_said(block.left), *_said(block.right))
        case _:
            pass


def _even(text: str) -> str:
    return " ".join(text.split())


def test_the_text_in_structure_order_is_the_text_of_the_document(tree: Node) -> None:
    meta = DOCUMENT.meta
    said = [meta.title, meta.subtitle, meta.mark, *(text for block in DOCUMENT.blocks for text in _said(block))]
    assert tree.text == _even(" ".join(said))


def test_headings_and_sections_nest_without_jumps(tree: Node) -> None:
    levels = [int(node.role[1]) for node in tree.all("H1", "H2", "H3")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    (top,) = (kid for kid in tree.kids if isinstance(kid, Node))
    assert top.role == "Sect"
    inner = [kid for kid in top.kids if isinstance(kid, Node) and kid.role == "Sect"]
    assert [next(s.all("H2")).text for s in inner] == [b.text for b in DOCUMENT.blocks if isinstance(b, Heading) and b.level == 2]


def test_a_heading_that_jumps_a_level_is_brought_up() -> None:
    jumping = replace(DOCUMENT, blocks=(Heading(3, "Direkt till nivå tre"), Heading(1, "Ny del"), Heading(2, "Avsnitt")))
    assert [node.role for node in read(render_pdf(jumping, Theme())).all("H1", "H2", "H3")] == ["H1", "H2", "H1", "H2"]


def test_a_list_in_a_list_stands_in_the_body_of_its_item(tree: Node) -> None:
    nested = next(body for body in tree.all("LBody") if any(body.all("L")))
    assert [kid.role for kid in nested.kids if isinstance(kid, Node)] == ["P", "L"]
    assert [item.text for item in nested.all("LI")] == ["– Kommuner", "– Stadsdelar"]
    assert all([k.role for k in item.kids if isinstance(k, Node)] == ["Lbl", "LBody"] for item in tree.all("LI"))


def test_every_header_cell_has_its_scope_and_every_group_its_body(tree: Node) -> None:
    tables = list(tree.all("Table"))
    assert len(tables) == 2
    for table, source in zip(tables, (b for b in DOCUMENT.blocks if isinstance(b, Table)), strict=True):
        assert [kid.role for kid in table.kids if isinstance(kid, Node)][:2] == ["Caption", "THead"]
        (head,) = table.all("THead")
        assert [(th.role, str(th.attributes["/Scope"])) for th in head.all("TH", "TD")] == [("TH", "/Column")] * len(
            source.columns
        )
        bodies = list(table.all("TBody"))
        assert len(bodies) == max(1, sum(row.group for row in source.rows))
        assert sum(len(list(body.all("TR"))) for body in bodies) == len(source.rows)
        for tr, row in zip((tr for body in bodies for tr in body.all("TR")), source.rows, strict=True):
            cells = list(tr.all("TH", "TD"))
            assert [cell.text for cell in cells] == [_even(cell.text) for cell in row.cells]
            assert [cell.role for cell in cells] == ["TH"] + ["TD"] * (len(row.cells) - 1)
            assert str(cells[0].attributes["/Scope"]) == ("/Column" if row.group else "/Row")
            assert int(cells[0].attributes.get("/ColSpan", 1)) == (len(source.columns) if row.group else 1)


def test_a_sign_alone_is_read_as_its_word(tree: Node) -> None:
    matrix = list(tree.all("Table"))[1]
    assert {cell.text for cell in matrix.all("TD")} >= {"Ja", "Delvis", "Nej", "Uppgift saknas (bortfall)"}


def test_every_figure_has_its_alternative_text_and_its_place(tree: Node) -> None:
    alts = [figure.alt for figure in tree.all("Figure")]
    figures = [
        f
        for b in DOCUMENT.blocks
        for f in ((b,) if isinstance(b, Figure) else (b.left, b.right) if isinstance(b, FigurePair) else ())
    ]
    assert alts == [figure.alt for figure in figures]
    for figure in tree.all("Figure"):
        left, bottom, right, top = (float(v) for v in figure.attributes["/BBox"])
        assert 70 < left < right < 525
        assert 70 < bottom < top < 772


def test_a_link_is_described_by_its_words(tree: Node) -> None:
    (link,) = tree.all("Link")
    words = "Socialstyrelsen, som samlar in och publicerar uppgifterna varje år tillsammans med SKR"
    assert link.text == words
    assert link.annotations == [words] * 2  # one on each line that the link takes


def test_the_link_leads_to_its_address(data: bytes) -> None:
    with pikepdf.open(BytesIO(data)) as pdf:
        addresses = [str(a.A.URI) for page in pdf.pages for a in page.get("/Annots", []) if a.Subtype == "/Link"]
    assert set(addresses) == {LINK}


def test_every_note_has_an_id_of_its_own(tree: Node) -> None:
    ids = [note.ident for note in tree.all("Note")]
    assert len(ids) == len(set(ids)) >= 4
    assert all(ids)


def test_head_and_foot_are_no_part_of_the_text(tree: Node) -> None:
    assert DOCUMENT.meta.head not in tree.text
    assert "sida 1" not in tree.text


def test_the_catalog_says_language_title_and_that_the_file_is_tagged(data: bytes) -> None:
    with pikepdf.open(BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == "sv-SE"
        assert pdf.Root.MarkInfo.Marked is True
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        with pdf.open_metadata() as xmp:
            assert xmp["pdfuaid:part"] == "1"
            assert xmp["dc:title"] == DOCUMENT.meta.title
        assert all(page.Tabs == "/S" for page in pdf.pages)


def test_bookmarks_follow_the_headings(data: bytes, tree: Node) -> None:
    def titles(items: list[pikepdf.OutlineItem]) -> list[str]:
        return [title for item in items for title in (item.title, *titles(list(item.children)))]

    with pikepdf.open(BytesIO(data)) as pdf, pdf.open_outline() as outline:
        assert titles(list(outline.root)) == [node.text for node in tree.all("H1", "H2", "H3")]
