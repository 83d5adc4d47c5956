"""What a Deck must say: statements in reading order, slide by slide, with the data of its charts and the speaker's notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ojreport.compose.deck import Deck, Layout, Slide
from ojreport.compose.document import (
    GLYPHS,
    Block,
    BulletList,
    Columns,
    Figure,
    FigurePair,
    Heading,
    Item,
    KeyFigures,
    Meta,
    Paragraph,
    Style,
    Table,
    TableCell,
    Text,
    plain,
)
from ojreport.proof.chartdata import chart_statements
from ojreport.proof.difference import Statement, even
from ojreport.render.foot import foot_of

_THINGS = (Table, Figure, FigurePair)
_SMALL = (Style.NOTE, Style.CAVEAT)


def deck_statements(deck: Deck, *, native: bool) -> tuple[Statement, ...]:
    """Every statement of *deck*; with *native*, its charts hold their data, else they are pictures."""
    foot = foot_of(deck.meta)
    found: list[Statement] = []
    for number, slide in enumerate((slide for section in deck.sections for slide in section.slides), 1):
        found.append(Statement("title", even(slide.title)))
        found += _title_slide(slide, deck.meta) if slide.layout is Layout.TITLE else _body(slide, native=native)
        found += (Statement("foot", even(foot)), Statement("slide number", str(number)))
        found += (Statement("note", even(note)) for note in slide.notes)
    return tuple(found)


def figures(deck: Deck) -> tuple[Figure, ...]:
    """The figures in reading order."""
    blocks = (block for section in deck.sections for slide in section.slides for block in _in_order(slide))
    pairs = ((block.left, block.right) if isinstance(block, FigurePair) else (block,) for block in blocks)
    return tuple(figure for pair in pairs for figure in pair if isinstance(figure, Figure))


def cell_words(cell: TableCell) -> str:
    """What a cell says on a slide: its sign before its words, or alone."""
    if cell.mark is None:
        return cell.text
    return GLYPHS[cell.mark] if cell.mark_only else f"{GLYPHS[cell.mark]} {cell.text}"


def _title_slide(slide: Slide, meta: Meta) -> Iterator[Statement]:
    """Subtitle and more on the title slide, and on example data the mark, once."""
    statements = [s for block in slide.blocks for s in _text_block(block)]
    yield from statements
    if meta.mark and not any(even(meta.mark) in s.text for s in statements):
        yield Statement("paragraph", even(meta.mark))


def _body(slide: Slide, *, native: bool) -> Iterator[Statement]:
    for block in _in_order(slide):
        match block:
            case KeyFigures():
                yield from (Statement("paragraph", even(text)) for i in block.items for text in (i.figure, i.label))
            case Columns():
                yield from (*_text_block(block.left), *_text_block(block.right))
            case Table():
                yield from _table(block, slide.title)
            case Figure():
                yield from _figure(block, slide.title, native=native)
            case FigurePair():
                yield from _figure(block.left, slide.title, native=native)
                yield from _figure(block.right, slide.title, native=native)
            case _:
                yield from _text_block(block)


def _in_order(slide: Slide) -> Iterable[Block]:
    """The blocks as they are read: key figures first, text beside a figure before it, small print last."""
    main, below = list(slide.blocks), list[Block]()
    while len(main) > 1 and isinstance(main[-1], Paragraph) and main[-1].style in _SMALL:
        below.insert(0, main.pop())
    if slide.layout is Layout.NUMBERS:
        main.sort(key=lambda block: not isinstance(block, KeyFigures))
    elif slide.layout is Layout.FIGURE:
        main.sort(key=lambda block: isinstance(block, _THINGS))
    return (*main, *below)


def _text_block(block: Block) -> Iterator[Statement]:
    match block:
        case Heading():
            yield Statement("paragraph", even(block.text))
        case Paragraph():
            yield from _text("paragraph", block.text)
        case BulletList():
            if block.title:
                yield Statement("paragraph", even(block.title))
            yield from _items(block.items, numbered=block.numbered, level=0)
        case _:
            raise ValueError(f"a {type(block).__name__} can not stand among text on a slide")


def _items(items: tuple[Item, ...], *, numbered: bool, level: int) -> Iterator[Statement]:
    for item in items:
        yield from _text(item_role(level, numbered=numbered and level == 0), item.text)
        yield from _items(item.items, numbered=numbered, level=level + 1)


def item_role(level: int, *, numbered: bool) -> str:
    """The role of a list item."""
    return ("numbered item" if numbered else "item") + (f" of level {level + 1}" if level else "")


def _text(role: str, text: Text) -> Iterator[Statement]:
    yield Statement(role, even(plain(text)))
    yield from (Statement("link", f"{even(run.text)} → {run.link}") for run in text if run.link)


def _lines(*texts: str, heading: str = "") -> Iterator[Statement]:
    """What stands around a table or figure; a caption does not repeat the slide's title."""
    yield from (Statement("paragraph", even(text)) for text in texts if text and text != heading)


def _table(table: Table, heading: str) -> Iterator[Statement]:
    name = f"table “{even(table.title)}”"
    yield from _lines(table.title, heading=heading)
    yield Statement("table with a header row", even(table.summary or table.title), within=name)
    yield Statement("row", "", within=f"{name}, header row")
    yield from (Statement("cell", even(column.heading), within=f"{name}, header row") for column in table.columns)
    span = f" over {len(table.columns)} columns" if len(table.columns) > 1 else ""
    for n, row in enumerate(table.rows, 1):
        yield Statement("row", "", within=f"{name}, row {n}")
        for k, cell in enumerate(row.cells, 1):
            yield Statement(f"cell{span if row.group else ''}", even(cell_words(cell)), within=f"{name}, row {n}, column {k}")
    yield from _lines(table.note, table.source)


def _figure(figure: Figure, heading: str, *, native: bool) -> Iterator[Statement]:
    spec = figure.spec
    name = f"figure “{even(spec.title)}”"
    yield from _lines(spec.title, spec.subtitle, heading=heading)
    yield Statement("chart" if native else "picture", even(figure.alt), within=name)
    if native:
        yield from chart_statements(spec, name)
    yield from _lines(spec.note, spec.source)
