"""What no checker sees in a PDF: that its structure tree holds all of the document, in order, and nothing stands outside it.

A checker knows the rules and not the report: it passes a file whose tree lacks half of the text, or whose header cells are
called data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import zip_longest

import pikepdf

from ojreport.compose.document import (
    Block,
    BulletList,
    Columns,
    Contents,
    Document,
    Figure,
    FigurePair,
    Heading,
    Item,
    KeyFigures,
    Paragraph,
    Table,
    plain,
)
from ojreport.proof.structure import Node, read, read_words

SOFT_HYPHEN = "\u00ad"  # how a hyphen that divides a word reads where nothing says what the word is
_BULLETS = "•–•"


def tree_faults(data: bytes, document: Document, logo: str = "") -> list[str]:
    """Each way, in a sentence, in which the PDF's tree differs from *document*; *logo* is the alternative text of the logo."""
    tree = read(data)
    if not tree.role:
        return ["there is no structure tree"]
    meta = document.meta
    said = [meta.title, meta.subtitle, meta.mark, *(text for block in document.blocks for text in _said(block, document))]
    return [
        *_differing_words(" ".join(said).split(), tree.text.split()),
        *_table_faults(tree, [block for block in document.blocks if isinstance(block, Table)]),
        *_figure_faults(tree, [logo] * bool(logo) + [figure.alt for figure in _figures(document)]),
        *_artifact_faults(data, document),
    ]


# --------------------------------------------------------------------------------------------- what the document says


def _said(block: Block, document: Document) -> Iterator[str]:
    """The words of a block in the order in which they are to be read."""
    match block:
        case Heading():
            yield block.text
        case Contents():
            headings = (b for b in document.blocks if isinstance(b, Heading))
            yield from (block.title, *(heading.text for heading in headings if 1 < heading.level <= block.level))
        case Paragraph():
            yield plain(block.text)
        case BulletList():
            yield block.title
            yield from _said_in_list(block.items, numbered=block.numbered)
        case Columns():
            yield from (*_said(block.left, document), *_said(block.right, document))
        case KeyFigures():
            yield from (text for item in block.items for text in (item.figure, item.label))
        case Table():
            yield from (block.title, *(column.heading for column in block.columns))
            yield from (cell.text for row in block.rows for cell in row.cells)
            yield from (block.note, block.source)
        case Figure():
            yield from (block.spec.title, block.spec.subtitle, block.spec.note, block.spec.source)
        case FigurePair():
            yield from (*_said(block.left, document), *_said(block.right, document))


def _said_in_list(items: tuple[Item, ...], *, numbered: bool, depth: int = 0) -> Iterator[str]:
    for n, item in enumerate(items, 1):
        yield f"{n}." if numbered else _BULLETS[depth]
        yield plain(item.text)
        yield from _said_in_list(item.items, numbered=False, depth=depth + 1)


def _figures(document: Document) -> Iterator[Figure]:
    for block in document.blocks:
        if isinstance(block, Figure):
            yield block
        elif isinstance(block, FigurePair):
            yield from (block.left, block.right)


# --------------------------------------------------------------------------------------------------- what the tree holds


def _differing_words(said: list[str], read_: list[str]) -> Iterator[str]:
    """The first place where they part; no more, since all that follows is then shifted."""
    for n, (wanted, found) in enumerate(zip_longest(said, read_, fillvalue="")):
        if wanted != found:
            after = " ".join(said[max(0, n - 4) : n])
            yield f"after “{after}” the document says “{wanted}” and the tree “{found}”"
            return


def _table_faults(tree: Node, tables: list[Table]) -> Iterator[str]:
    found = list(tree.all("Table"))
    if len(found) != len(tables):
        yield f"the document has {len(tables)} tables and the tree {len(found)}"
    for node, table in zip(found, tables, strict=False):
        headers, cells = list(node.all("TH")), list(node.all("TD"))
        wanted = len(table.columns) + len(table.rows)  # each column and each row has one
        if len(headers) != wanted:
            yield f"{table.title!r} has {wanted} header cells and the tree {len(headers)}"
        data = sum(len(row.cells) - 1 for row in table.rows)
        if len(cells) != data:
            yield f"{table.title!r} has {data} data cells and the tree {len(cells)}"
        scopes = Counter(str(header.attributes.get("/Scope")) for header in headers)
        groups = sum(row.group for row in table.rows)
        if scopes != Counter({"/Column": len(table.columns) + groups, "/Row": len(table.rows) - groups}):
            yield f"the header cells of {table.title!r} are not for their columns and rows: {dict(scopes)}"


def _figure_faults(tree: Node, alts: list[str]) -> Iterator[str]:
    found = [figure.alt for figure in tree.all("Figure")]
    if len(found) != len(alts):
        yield f"the document has {len(alts)} figures and the tree {len(found)}"
    yield from (
        f"the figure “{wanted}” has the text alternative “{alt}”"
        for wanted, alt in zip(alts, found, strict=False)
        if wanted != alt
    )


# ------------------------------------------------------------------------------------------------ what stands outside it


def _artifact_faults(data: bytes, document: Document) -> Iterator[str]:
    """Head, foot and page numbers, and table headings where they are repeated, are all that may be said outside the tree."""
    meta = document.meta
    headings = {" ".join(c.heading.split()) for block in document.blocks if isinstance(block, Table) for c in block.columns}
    with pikepdf.open(BytesIO(data)) as pdf:
        pages = list(read_words(pdf).values())
    listed = any(isinstance(block, Contents) for block in document.blocks)
    contents = [str(n + 1) for n in range(len(pages))] if listed else []  # a table of contents is followed by its links
    for number, page in enumerate(pages, 1):
        running = {meta.head, meta.foot, meta.page_of.format(page=number, pages=len(pages)), meta.mark}
        words = " ".join([*running, *headings]).split()
        for text in (page.loose, *(text for _, text in page.artifacts)):
            said = text.replace(SOFT_HYPHEN, "").strip()
            if not set(said.split()) <= {*words, *contents}:
                yield f"page {number} says “{said}” outside the tree"
