"""What a Document must say in a tagged PDF: statements in reading order, each with the role of its structure element.

Elements that only group (Sect, Div, THead, TBody, LI) are left out on both sides: what they hold says what they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    Text,
    plain,
)
from ojreport.proof.difference import Statement, even

BULLETS = ("•", "–", "•")  # by depth; deeper lists take the last


def said(document: Document, logo: str = "", pages: tuple[int, ...] = ()) -> tuple[Statement, ...]:
    """Every statement of *document* in its PDF.

    *logo* is the text alternative of the theme's logo, where it has one. *pages* are where the headings stand in the file, the
    title first: a table of contents must lead there.
    """
    meta = document.meta
    found = [Statement("Figure", even(logo))] if logo else []
    found.append(Statement("H1", even(meta.title)))
    found += [Statement("P", even(text)) for text in (meta.subtitle, meta.mark) if text]
    titles = _headings(document)
    remaining = iter(titles)
    for block in document.blocks:
        if isinstance(block, Heading):
            found.append(next(remaining))
        elif isinstance(block, Contents):
            found += _contents(block, titles, pages[1:])
        else:
            found += _block(block)
    return tuple(found)


def _headings(document: Document) -> tuple[Statement, ...]:
    """The headings below the title."""
    found, level = [], 1
    for block in document.blocks:
        if isinstance(block, Heading):
            level = min(block.level, level + 1)  # no level is jumped over (PDF/UA-1, 7.4.2)
            found.append(Statement(f"H{level}", even(block.text)))
    return tuple(found)


def _contents(block: Contents, titles: tuple[Statement, ...], pages: tuple[int, ...]) -> Iterator[Statement]:
    """Each heading as a link to the page where it stands."""
    within = f"contents “{even(block.title)}”"
    for role, text in (("TOC", ""), ("Caption", ""), ("P", even(block.title))):
        yield Statement(role, text, within=within)
    for n, title in enumerate(titles):
        if title.role <= f"H{block.level}":
            page = pages[n] if n < len(pages) else 0  # a heading too few is said where it is missing
            yield Statement("TOCI", "", within=within)
            yield Statement("Reference", title.text, within=within)
            yield Statement("Link", f"{title.text} → page {page}", within=within)


def headings(statements: Iterable[Statement]) -> tuple[str, ...]:
    """The headings among *statements*, which the bookmarks name."""
    return tuple(s.text for s in statements if s.role in {"H1", "H2", "H3"})


def figures(document: Document) -> tuple[Figure, ...]:
    """The figures in reading order."""
    return tuple(
        figure
        for block in document.blocks
        for figure in (
            (block,) if isinstance(block, Figure) else (block.left, block.right) if isinstance(block, FigurePair) else ()
        )
    )


def _block(block: Block) -> Iterator[Statement]:
    match block:
        case Paragraph():
            yield from _text("P", block.text)
        case BulletList():
            yield from _list(block)
        case Columns():
            yield from (*_list(block.left), *_list(block.right))
        case KeyFigures():
            yield from (Statement("P", even(f"{item.figure} {item.label}")) for item in block.items)
        case Table():
            yield from _table(block)
        case Figure():
            yield from _figure(block)
        case FigurePair():
            yield from (*_figure(block.left), *_figure(block.right))
        case _:  # a page break says nothing
            pass


def _text(role: str, text: Text, within: str = "") -> Iterator[Statement]:
    """The text, and then its links."""
    yield Statement(role, even(plain(text)), within=within)
    yield from (Statement("Link", f"{even(run.text)} → {run.link}", within=within) for run in text if run.link)


def _list(block: BulletList) -> Iterator[Statement]:
    within = f"list “{even(block.title)}”" if block.title else "list"
    yield Statement("L/Decimal" if block.numbered else "L/Disc", "", within=within)
    if block.title:
        yield Statement("Caption", even(block.title), within=within)
    yield from _items(block.items, within, numbered=block.numbered, depth=0)


def _items(items: tuple[Item, ...], within: str, *, numbered: bool, depth: int) -> Iterator[Statement]:
    for n, item in enumerate(items, 1):
        yield Statement("Lbl", f"{n}." if numbered else BULLETS[min(depth, len(BULLETS) - 1)], within=within)
        if not item.items:
            yield from _text("LBody", item.text, within)
            continue
        yield Statement("LBody", "", within=within)
        yield from _text("P", item.text, within)
        yield Statement("L/Disc", "", within=within)
        yield from _items(item.items, within, numbered=False, depth=depth + 1)


def _table(table: Table) -> Iterator[Statement]:
    name = f"table “{even(table.title)}”"
    yield Statement("Table", even(table.summary), within=name)
    if table.title:
        yield Statement("Caption", even(table.title), within=name)
    yield Statement("TR", "", within=f"{name}, header row")
    yield from (Statement("TH/Column", even(column.heading), within=f"{name}, header row") for column in table.columns)
    span = f" over {len(table.columns)} columns" if len(table.columns) > 1 else ""
    for n, row in enumerate(table.rows, 1):
        yield Statement("TR", "", within=f"{name}, row {n}")
        for k, cell in enumerate(row.cells, 1):
            role = f"TH/Column{span}" if row.group else "TH/Row" if k == 1 else "TD"
            yield Statement(role, even(cell.text), within=f"{name}, row {n}, column {k}")
    yield from _remarks(table.note, table.source, name)


def _figure(figure: Figure) -> Iterator[Statement]:
    spec = figure.spec
    name = f"figure “{even(spec.title)}”"
    yield Statement("Caption", "", within=name)
    yield from (Statement("P", even(text), within=name) for n, text in enumerate((spec.title, spec.subtitle)) if text or n == 0)
    yield Statement("Figure", even(figure.alt), within=name)
    yield from _remarks(spec.note, spec.source, name)


def _remarks(note: str, source: str, within: str) -> Iterator[Statement]:
    if note:
        yield Statement("Note", even(note), within=within)
    if source:
        yield Statement("P", even(source), within=within)
