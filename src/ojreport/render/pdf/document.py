"""From a Document to a PDF: each block becomes elements of the structure tree and boxes in the flow of pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import singledispatchmethod
from itertools import zip_longest
from typing import TYPE_CHECKING

from ojreport.compose.document import (
    BulletList,
    Columns,
    Contents,
    Figure,
    FigurePair,
    Heading,
    KeyFigures,
    PageBreak,
    Paragraph,
    Run,
    Style,
    Table,
)
from ojreport.render import charts
from ojreport.render.pdf.boxes import Beside, Panel, Stack
from ojreport.render.pdf.canvas import TaggedCanvas
from ojreport.render.pdf.contents import Entry, page_numbers
from ojreport.render.pdf.figures import DrawingBox, LogoBox, drawing_box
from ojreport.render.pdf.fonts import font_name
from ojreport.render.pdf.keyfigures import key_figures
from ojreport.render.pdf.lists import list_boxes
from ojreport.render.pdf.page import Placing, draw_pages, paginate
from ojreport.render.pdf.styles import GUTTER, HALF, MM, TEXT_HEIGHT, TEXT_WIDTH, Styles
from ojreport.render.pdf.tables import table_box
from ojreport.render.pdf.tree import attributes

if TYPE_CHECKING:
    from ojreport.compose.document import Block, Document, Meta
    from ojreport.render.pdf.boxes import Box
    from ojreport.render.pdf.tree import Element
    from ojreport.render.theme import Theme

AFTER = 8.0  # a paragraph
AFTER_OBJECT = 6 * MM  # from a figure's note to what follows
BEFORE_HEADING = {1: 30.0, 2: 26.0, 3: 16.0}  # twice the space after


def render_pdf(document: Document, theme: Theme) -> bytes:
    """The document as tagged PDF (PDF/UA-1) on A4. The same document and theme give the same bytes."""
    styles = Styles(theme)
    canvas = TaggedCanvas(document.meta, font_name(theme.fonts.regular))
    writer = _Writer(canvas.root, styles)
    writer.title(document.meta)
    for block, following in zip_longest(document.blocks, document.blocks[1:]):
        writer.leads = isinstance(following, Table | Figure | FigurePair)
        writer.add(block)
    pages = paginate(writer.finished())
    writer.pages.update(page_numbers(pages))
    draw_pages(canvas, pages, document.meta, styles)
    return canvas.finish()


@dataclass(slots=True)
class _Writer:
    """Takes blocks in order; ``flow`` is what comes of them. ``_sections`` are the open ones, each with its heading's level."""

    root: Element
    styles: Styles
    flow: list[Placing] = field(default_factory=list)
    leads: bool = False  # whether the block that is added stands just before a table or a figure
    pages: dict[int, int] = field(default_factory=dict)
    _sections: list[tuple[int, Element]] = field(default_factory=list)
    _contents: list[tuple[int, int, Element]] = field(default_factory=list)  # place in the flow, deepest level, TOC
    _level: int = 0
    _notes: int = 0

    @property
    def here(self) -> Element:
        """The innermost open section."""
        return self._sections[-1][1] if self._sections else self.root

    def title(self, meta: Meta) -> None:
        """Title and subtitle, and on example data a panel that says so."""
        styles, room = self.styles, TEXT_WIDTH
        section = self._open(1)
        if styles.theme.logo is not None:
            element = section.add("Figure", Alt=styles.theme.logo.alt)
            self.flow.append(Placing(LogoBox(styles.theme.logo, element, room), keep=True))
        heading = styles.words((Run(meta.title),), styles.title, section.add("H1"), room)
        self.flow.append(Placing(heading, 0, 4, keep=True, bookmark=(meta.title, 0)))
        self._level = 1
        if meta.subtitle:
            words = styles.words((Run(meta.subtitle),), styles.subtitle, section.add("P"), room)
            self.flow.append(Placing(words, 0, 14, keep=True))
        if meta.mark:
            self._panel((Run(meta.mark, bold=True),), section, 14, bar=styles.theme.primary)

    def _open(self, level: int) -> Element:
        while self._sections and self._sections[-1][0] >= level:
            self._sections.pop()
        self._sections.append((level, self.here.add("Sect")))
        return self.here

    def _panel(self, text: tuple[Run, ...], parent: Element, after: float, bar: str = "") -> None:
        styles = self.styles
        words = styles.words(text, styles.small, parent.add("P"), TEXT_WIDTH - 22)
        self.flow.append(Placing(Panel(words, TEXT_WIDTH, styles.theme.panel, bar=bar), after, after))

    @singledispatchmethod
    def add(self, block: Block) -> None:
        """Add a block."""
        raise TypeError(f"a PDF has no place for {type(block).__name__}")

    @add.register
    def _heading(self, block: Heading) -> None:
        level = min(block.level, self._level + 1)  # no level is jumped over
        self._level = level
        parent = self._open(level) if level < 3 else self.here  # noqa: PLR2004 - H3 stays in its H2's section
        words = self.styles.words((Run(block.text),), self.styles.heading(level), parent.add(f"H{level}"), TEXT_WIDTH)
        follows = bool(self.flow) and self.flow[-1].bookmark is not None  # a heading just under another
        space = BEFORE_HEADING[level]
        self.flow.append(
            Placing(words, space / (2 if follows else 1), space / 2 - 3, keep=True, bookmark=(block.text, level - 1))
        )

    @add.register
    def _table_of_contents(self, block: Contents) -> None:
        element = self.here.add("TOC")
        words = self.styles.words((Run(block.title),), self.styles.caption, element.add("Caption").add("P"), TEXT_WIDTH)
        self.flow.append(Placing(words, 14, 6, keep=True))
        self._contents.append((len(self.flow), block.level, element))

    def finished(self) -> list[Placing]:
        """The whole flow, with the entries of each table of contents in their place."""
        marks = [placing.bookmark for placing in self.flow if placing.bookmark is not None]
        for place, deepest, toc in reversed(self._contents):
            entries = [
                Placing(self._entry(toc, target, title, level), after=0)
                for target, (title, level) in enumerate(marks)
                if 0 < level < deepest
            ]
            self.flow[place:place] = entries
        return self.flow

    def _entry(self, toc: Element, target: int, title: str, level: int) -> Entry:
        link = toc.add("TOCI").add("Reference").add("Link")
        return Entry(title, target, self.pages, link, self.styles.body, self.styles.theme, TEXT_WIDTH, (level - 1) * 14.0)

    @add.register
    def _paragraph(self, block: Paragraph) -> None:
        styles = self.styles
        if block.style is Style.CAVEAT:
            self._panel(block.text, self.here, 12)
            return
        face = {Style.BODY: styles.body, Style.LEAD: styles.lead, Style.NOTE: styles.note}[block.style]
        words = styles.words(block.text, face, self.here.add("P"), TEXT_WIDTH)
        introduces = self.leads and bool(self.flow) and self.flow[-1].bookmark is not None
        self.flow.append(Placing(words, 0, AFTER, keep=introduces))

    @add.register
    def _list(self, block: BulletList) -> None:
        boxes = list_boxes(block, self.here, self.styles, TEXT_WIDTH, self.styles.body)
        for n, (before, indent, box) in enumerate(boxes):
            last = n == len(boxes) - 1
            keep = n == 0 and bool(block.title)
            self.flow.append(Placing(box, before, AFTER if last else 0, keep=keep, indent=indent))

    @add.register
    def _key_figures(self, block: KeyFigures) -> None:
        self.flow.append(Placing(key_figures(block, self.here, self.styles, TEXT_WIDTH), 10, 18))

    @add.register
    def _columns(self, block: Columns) -> None:
        styles, padding = self.styles, 11.0
        stacks = [
            Stack(list_boxes(side, self.here, styles, HALF - 2 * padding, styles.small)) for side in (block.left, block.right)
        ]
        tallest = max(stack.height for stack in stacks) + 2 * padding
        panels = [Panel(stack, HALF, styles.theme.panel, padding, tallest) for stack in stacks]
        self.flow.append(Placing(Beside(((0.0, panels[0]), (HALF + GUTTER, panels[1]))), 10, 16))

    @add.register
    def _table(self, block: Table) -> None:
        group = self.here.add("Div") if block.note or block.source else self.here
        table = table_box(block, group, self.styles, TEXT_WIDTH, TEXT_HEIGHT)
        foot = self._remarks(block.note, block.source, group, TEXT_WIDTH)
        self.flow.append(Placing(table.with_foot(foot), 14, AFTER_OBJECT))

    @add.register
    def _figure(self, block: Figure) -> None:
        head, drawing, foot = self._figure_parts(block, TEXT_WIDTH, charts.natural_height(block.spec) * MM)
        parts = [(0.0, 0.0, head), (8.0, 0.0, drawing)] + ([(7.0, 0.0, foot)] if foot is not None else [])
        self.flow.append(Placing(Stack(tuple(parts)), 14, AFTER_OBJECT))

    @add.register
    def _pair(self, block: FigurePair) -> None:
        height = max(charts.natural_height(figure.spec) for figure in (block.left, block.right)) * MM
        sides = [self._figure_parts(figure, HALF, height) for figure in (block.left, block.right)]
        tallest = max(head.height for head, _, _ in sides)
        columns: list[tuple[float, Box]] = []
        for n, (head, drawing, foot) in enumerate(sides):
            parts = [(0.0, 0.0, head), (8.0 + tallest - head.height, 0.0, drawing)] + (
                [(7.0, 0.0, foot)] if foot is not None else []
            )
            columns.append((n * (HALF + GUTTER), Stack(tuple(parts))))
        self.flow.append(Placing(Beside(tuple(columns)), 14, AFTER_OBJECT))

    @add.register
    def _page_break(self, _block: PageBreak) -> None:
        self.flow.append(Placing(None))

    def _figure_parts(self, block: Figure, room: float, height: float) -> tuple[Box, DrawingBox, Box | None]:
        """What stands above the drawing, the drawing, what stands below it."""
        styles, spec = self.styles, block.spec
        group = self.here.add("Div")
        caption = group.add("Caption")
        head: list[tuple[float, float, Box]] = [(0, 0, styles.words((Run(spec.title),), styles.caption, caption.add("P"), room))]
        if spec.subtitle:
            head.append((1.0, 0, styles.words((Run(spec.subtitle),), styles.about, caption.add("P"), room)))
        drawing = drawing_box(spec, block.alt, group, styles.theme, room, height)
        return Stack(tuple(head)), drawing, self._remarks(spec.note, spec.source, group, room)

    def _remarks(self, note: str, source: str, parent: Element, room: float) -> Box | None:
        """The note and the source line, where there are any."""
        parts: list[tuple[float, float, Box]] = []
        if note:
            self._notes += 1
            element = parent.add("Note", ID=f"note{self._notes}", A=attributes("Layout", Placement="Block"))
            parts.append((0, 0, self.styles.words((Run(note),), self.styles.note, element, room)))
        if source:
            parts.append((1.5, 0, self.styles.words((Run(source),), self.styles.note, parent.add("P"), room)))
        return Stack(tuple(parts)) if parts else None
