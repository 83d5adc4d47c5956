"""Proof of a PDF: its structure and words against the Document, and its words against what a reader copies from the pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any
from zlib import crc32

import pikepdf
import pypdfium2  # type: ignore[import-untyped]  # it has no types

from ojreport.compose.document import GLYPHS, Document, Mark, Meta, Table
from ojreport.proof.content import PageWords
from ojreport.proof.difference import (
    NOTHING,
    Difference,
    Statement,
    compare,
    even,
    foot_is_whole,
    left_overs,
    names_its_subject,
    same,
)
from ojreport.proof.drawn import drawn_fault
from ojreport.proof.placed import misplaced
from ojreport.proof.said import figures, headings, said
from ojreport.proof.structure import Node, Place, read_tree, read_words

KIND = "pdf"
_HEADINGS = {"H1", "H2", "H3"}
_INLINE = {"Link", "Span"}
_GROUPS = {"Document", "Sect", "Div", "THead", "TBody", "LI"}


def proof_pdf(data: bytes, document: Document, logo: str = "") -> tuple[Difference, ...]:
    """Where the PDF in *data* differs from *document*; *logo* is the text alternative of the theme's logo, where it has one."""
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            return tuple(_differences(pdf, data, document, logo))
    except (pikepdf.PdfError, pypdfium2.PdfiumError) as error:
        return (Difference(KIND, "file", "what opens it", "no error", str(error)),)


def _differences(pdf: pikepdf.Pdf, data: bytes, document: Document, logo: str) -> Iterator[Difference]:
    words, meta = read_words(pdf), document.meta
    tree = read_tree(pdf, words)
    found: list[Statement] = []
    _flatten(tree, 1, found)
    nodes = tuple(tree.all())
    expected = said(document, logo, tuple(node.page for node in nodes if node.role in _HEADINGS))
    yield from same(KIND, "file", "the top of the structure tree", "Document", tree.role)
    yield from compare(KIND, expected, found)
    yield from left_overs(KIND, found)
    yield from _drawings(nodes, document, skip=bool(logo))
    pages = tuple(words.values())
    drawn = tuple(Statement("sign", sign, f"page {number}") for number, page in enumerate(pages, 1) for sign in page.signs)
    yield from compare(KIND, tuple(_signs(document)), drawn)
    yield from names_its_subject(KIND, "page 1", " ".join(pages[0].marked.values()) if pages else "", meta)
    headers = {even(column.heading) for block in document.blocks if isinstance(block, Table) for column in block.columns}
    listed = _targets(nodes)
    for number, page in enumerate(pages, 1):
        yield from _page(number, len(pages), page, meta, headers | {*listed.get(number, ())})
        yield from _listed(number, page, listed.get(number, ()))
    yield from _copied(data, words)
    yield from _catalog(pdf, meta)
    titles = tuple(_bookmarks(pdf.Root.get("/Outlines")))
    yield from compare(KIND, _marks(headings(expected)), _marks(titles))


def _marks(titles: tuple[str, ...]) -> tuple[Statement, ...]:
    return tuple(Statement("bookmark", even(title), "bookmarks") for title in titles)


# ------------------------------------------------------------------------------------------------------- the structure


def _flatten(node: Node, page: int, found: list[Statement]) -> None:
    """Add to *found* the element's own words, then what stands below it; elements that group say nothing themselves."""
    words: list[str] = []
    links: list[Node] = []
    below: list[Node] = []
    for kid in node.kids:
        if isinstance(kid, str):
            words.append(kid)
        elif kid.role in _INLINE:
            words.append(_inside(kid))
            if kid.role == "Link":
                links.append(kid)
        else:
            below.append(kid)
    own, page = even("".join(words)), node.page or page
    place = f"page {page}"
    if node.role == "Figure":
        own = even(node.alt)
    elif node.role == "Table":
        own = even(f"{node.attributes.get('/Summary', '')} {own}")
    if own or node.role not in _GROUPS:
        found.append(Statement(_role(node), own, place))
    for link in links:
        addresses = ", ".join(dict.fromkeys(link.addresses))
        found += [Statement("Link", f"{even(_inside(link))} → {addresses}", place)]
    for kid in below:
        _flatten(kid, page, found)


def _inside(node: Node) -> str:
    return "".join(kid if isinstance(kid, str) else _inside(kid) for kid in node.kids)


def _role(node: Node) -> str:
    """The element's role, with what its attributes add to it."""
    if node.role == "TH":
        span = int(node.attributes.get("/ColSpan", 1))
        return f"TH{node.attributes.get('/Scope', '')}" + (f" over {span} columns" if span > 1 else "")
    if node.role == "L":
        return f"L{node.attributes.get('/ListNumbering', '')}"
    return node.role


def _drawings(nodes: Iterable[Node], document: Document, *, skip: bool) -> Iterator[Difference]:
    """The words drawn in each figure, and where they stand; a logo (*skip*) comes before all of them and has none."""
    drawn = [node for node in nodes if node.role == "Figure"][1 if skip else 0 :]
    for figure, node in zip(figures(document), drawn, strict=False):  # a figure too few was said above
        where = f"page {node.page}, figure “{even(figure.spec.title)}”"
        fault = drawn_fault(figure.spec, even(_inside(node)).split())
        place = misplaced(figure.spec, node.drawing) if fault is None else ("the drawing's words", *fault)
        if place is not None:
            yield Difference(KIND, where, *place)
        if "/BBox" not in node.attributes:
            yield Difference(KIND, where, "its place on the page (BBox)", "BBox", NOTHING)


def _signs(document: Document) -> Iterator[Statement]:
    """The signs that stand in tables, as shapes without words."""
    for table in (block for block in document.blocks if isinstance(block, Table)):
        for n, row in enumerate(table.rows, 1):
            for k, cell in enumerate(row.cells, 1):
                if cell.mark is not None and cell.mark is not Mark.MISSING:
                    yield Statement("sign", GLYPHS[cell.mark], within=f"table “{even(table.title)}”, row {n}, column {k}")


# ------------------------------------------------------------------------------------------------------------- the pages


def _targets(nodes: Iterable[Node]) -> dict[int, tuple[str, ...]]:
    """By page, the numbers of the pages that its entries in a table of contents lead to."""
    found: dict[int, tuple[str, ...]] = {}
    for toc in (node for node in nodes if node.role == "TOC"):
        for link in toc.all("Link"):
            found[link.page] = (*found.get(link.page, ()), *(address.removeprefix("page ") for address in link.addresses))
    return found


def _listed(number: int, page: PageWords, targets: tuple[str, ...]) -> Iterator[Difference]:
    """The page numbers that are drawn beside the entries of a table of contents, and that are read as links."""
    drawn = (even(text) for kind, text in page.artifacts if not kind) if targets else ()
    shown = " ".join(text for text in drawn if text.isdigit())
    yield from same(KIND, f"page {number}", "the contents' page numbers", " ".join(targets), shown)


def _page(number: int, total: int, page: PageWords, meta: Meta, other: set[str]) -> Iterator[Difference]:
    """Head, foot and number; what else is drawn without being content can only be one of *other*: a table's header, repeated."""
    where = f"page {number}"
    by_kind: dict[str, list[str]] = {"Header": [], "Footer": [], "": []}
    for kind, text in page.artifacts:
        if even(text):
            by_kind.setdefault(kind, []).append(even(text))
    head, foot = " ".join(by_kind["Header"]), " ".join(by_kind["Footer"])
    yield from same(KIND, where, "the running head", meta.head if number > 1 else NOTHING, head)
    if number > 1:
        for what, needed in (("the name in the head", meta.area), ("the code in the head", meta.code)):
            if even(needed) not in head:
                yield Difference(KIND, where, what, even(needed), head)
    yield from same(KIND, where, "the foot", f"{meta.foot} {meta.page_of.format(page=number, pages=total)}", foot)
    yield from foot_is_whole(KIND, where, foot, meta)
    yield from same(KIND, where, "what no part of the structure holds", NOTHING, page.loose)
    yield from (Difference(KIND, where, f"what is drawn and read as “{a}”", a, found) for a, found in page.misread)
    for kind, texts in by_kind.items():
        for text in texts if kind not in {"Header", "Footer"} else ():
            if text not in other:
                yield Difference(KIND, where, "what is drawn and not read", NOTHING, text)


def _copied(data: bytes, words: Mapping[Place, PageWords]) -> Iterator[Difference]:
    """The letters and digits that pdfium, another reader, finds on a page must be those that were read here.

    Only they are compared: readers differ in how they order a page's columns and where they set spaces. It reads each page that
    is not plain, where the two could part, and of the others one, by chance another in each file.
    """
    opened = pypdfium2.PdfDocument(data)
    try:
        yield from same(KIND, "file", "the number of pages", str(len(words)), str(len(opened)))
        chosen = crc32(data) % max(len(words), 1) + 1
        for number, page in enumerate(words.values(), 1):
            if number > len(opened):
                return
            if not page.plain or number == chosen:
                yield from _read_by_another(opened[number - 1], number, page)
    finally:
        opened.close()


def _read_by_another(opened: Any, number: int, page: PageWords) -> Iterator[Difference]:  # noqa: ANN401 - pdfium has no types
    copied = opened.get_textpage().get_text_range()
    here, there = (Counter(filter(str.isalnum, text)) for text in (page.all, copied))
    if here != there:
        missing, added = ("".join(sorted(letters.elements())) for letters in (here - there, there - here))
        yield Difference(KIND, f"page {number}", "what a reader copies from the page", missing, added)


# --------------------------------------------------------------------------------------------------------------- the file


def _catalog(pdf: pikepdf.Pdf, meta: Meta) -> Iterator[Difference]:
    """Language, title and what the file says about itself."""
    root: Any = pdf.Root
    info: Any = pdf.trailer.get("/Info", {})
    yield from same(KIND, "file", "the language", meta.language, str(root.get("/Lang", "")))
    for what, owner, name in (
        ("the mark that it is tagged", "/MarkInfo", "/Marked"),
        ("the title in the window", "/ViewerPreferences", "/DisplayDocTitle"),
    ):
        yield from same(KIND, "file", what, "True", str(root.get(owner, {}).get(name, "")))
    expected = {"Title": meta.title, "Subject": meta.subject, "Author": meta.author, "Keywords": ", ".join(meta.keywords)}
    for name, text in expected.items():
        yield from same(KIND, "properties", name, text, str(info.get(f"/{name}", "")))
    xmp = pdf.open_metadata()  # not as a context, which would write it back
    stated = {"pdfuaid:part": "1", "dc:title": meta.title, "dc:description": meta.subject}
    for name, text in stated.items():
        yield from same(KIND, "metadata", name, text, str(xmp.get(name) or ""))


def _bookmarks(node: Any) -> Iterator[str]:  # noqa: ANN401 - pikepdf's objects are whatever the file says
    """The titles of the bookmarks below *node*, from the first to the last."""
    entry = None if node is None else node.get("/First")
    while entry is not None:
        yield str(entry.get("/Title", ""))
        yield from _bookmarks(entry)
        entry = entry.get("/Next")
