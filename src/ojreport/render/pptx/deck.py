"""The deck: a slide per ``Slide``, its blocks in its layout's placeholders."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pptx.opc.constants import CONTENT_TYPE as CT

from ojreport.compose.deck import Deck, Layout
from ojreport.compose.document import Columns, Figure, FigurePair, KeyFigures, Paragraph, Run, Style, Table, plain
from ojreport.errors import TemplateError
from ojreport.render.foot import foot_of, properties_of
from ojreport.render.pptx.figures import Charts, Placer
from ojreport.render.pptx.furniture import add_foot, add_listing, add_notes
from ojreport.render.pptx.metrics import BODY_SIZES, LABEL_SIZES, TITLE_SIZES, OverfullError
from ojreport.render.pptx.page import Page
from ojreport.render.pptx.rooms import INSETS, NO_INSETS, Area
from ojreport.render.pptx.template import template_of
from ojreport.render.pptx.text import (
    BODY,
    PANEL_PADDING,
    Kind,
    Para,
    add_text_box,
    fit,
    height,
    paragraphs,
    paragraphs_xml,
    room,
    run_xml,
)
from ojreport.render.pptx.units import POINT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ojreport.compose.deck import Slide
    from ojreport.compose.document import Block, Meta
    from ojreport.render.pptx.package import Package
    from ojreport.render.pptx.rooms import Box, Holder, Rooms
    from ojreport.render.pptx.template import Template
    from ojreport.render.theme import Theme

_TITLE_SLIDE_SIZES = (44, 40, 36, 32, 28, 24)
_FIGURE_SIZES = (40, 36, 32, 28, 24)
_STRIP_GAP = 10.0  # points between a strip of text and what it stands over or under
_THINGS = (Figure, FigurePair, Table)


def render_pptx(deck: Deck, theme: Theme, template: Path, charts: Charts = "native") -> bytes:
    """The deck as a .pptx, the same bytes at each run.

    *template* is our own master or a kommun's .pptx or .potx; its slides are left out, its layouts are matched by name and then
    by their placeholders. Raises TemplateError when it lacks what the deck needs, when text or a table has no room at the
    smallest size, and when two slides have one title.
    """
    slides = [slide for section in deck.sections for slide in section.slides]
    doubled = [title for title, n in Counter(slide.title for slide in slides).items() if n > 1]
    if doubled:
        raise TemplateError(f"two slides have the title {doubled[0]!r}; make the texts for their titles say what differs")
    meta = deck.meta
    opened = template_of(template, theme, meta.language)
    package = opened.skeleton.package({**properties_of(meta), "foot": foot_of(meta)})
    writer = _Writer(opened, meta, package, Placer(opened.ink, opened.metrics, theme, charts, package), slides)
    sections = [(section.name, [writer.add(slide) for slide in section.slides]) for section in deck.sections]
    add_listing(package, opened.skeleton, sections)
    return package.to_bytes()


@dataclass(frozen=True, slots=True)
class _Parts:
    """A slide's blocks by where they stand."""

    above: tuple[Block, ...]
    main: tuple[Block, ...]
    below: tuple[Block, ...]


class _Writer:
    """Adds slides to the parts of a template. All titles but the title slide's have the size in which each of them has room."""

    def __init__(self, template: Template, meta: Meta, package: Package, placer: Placer, slides: Sequence[Slide]) -> None:
        self.template = template
        self.meta = meta
        self.ink = template.ink
        self.foot = foot_of(meta)
        self.package = package
        self.placer = placer
        self.count = 0
        sizes = (self._title_size(slide) for slide in slides if slide.layout is not Layout.TITLE)
        self.title_size = min(sizes, default=0.0)

    def add(self, slide: Slide) -> str:
        """Add a slide; its part's name."""
        self.count += 1
        rooms = self.template.rooms[slide.layout]
        page = Page(rooms.blank)
        with self._named(slide):
            self._fill(slide, page, rooms)
        add_foot(page, self.foot, self.count, rooms.title, self.template)
        name = f"/ppt/slides/slide{self.count}.xml"
        add_notes(self.package, page, name, slide.notes, self.template)
        self.package.add(name, page.xml(), CT.PML_SLIDE, page.relations)
        return name

    @contextmanager
    def _named(self, slide: Slide) -> Iterator[None]:
        """Say of what has no room on which slide it should have stood."""
        try:
            yield
        except OverfullError as error:
            layout = self.template.rooms[slide.layout].blank.layout
            raise TemplateError(
                f"{self.template.path}: the layout {layout!r} is too small for the slide "
                f"{slide.title!r}: {error}. Give its placeholders more room, or the slide less text."
            ) from error

    def _fill(self, slide: Slide, page: Page, rooms: Rooms) -> None:
        self._title(slide, page, rooms.title)
        if slide.layout is Layout.TITLE:
            self._title_slide(slide, page, rooms)
            return
        parts = _parts(slide)
        areas, under = self._strips(page, rooms, parts)
        main = parts.main
        if slide.layout is Layout.NUMBERS:
            figures = [block for block in main if isinstance(block, KeyFigures)]
            for block in figures:
                self._numbers(block, page, rooms)
            main = tuple(block for block in main if not isinstance(block, KeyFigures))
        contents = [(area, _content(slide, blocks)) for area, blocks in _shares(slide, areas, main)]
        texts = [(area, content) for area, content in contents if isinstance(content, tuple) and content]
        size = min((self._text_size(area, paras) for area, paras in texts), default=0.0)  # columns beside each other have one
        for area, content in contents:
            if isinstance(content, tuple):
                self._write(page, area, content, size)
            else:
                self.placer.place(page, area, content, slide.title)
        if under:
            paras = paragraphs(parts.below)
            ground = self.ink.palette.panel if any(p.kind is Kind.CAVEAT for p in paras) else None
            add_text_box(page, under, paras, self.ink, ground=ground)

    # ------------------------------------------------------------------------------------------------------------ titles

    def _title_size(self, slide: Slide) -> float:
        """The size in which the slide's title has room."""
        holder = self.template.rooms[slide.layout].title
        steps = _TITLE_SLIDE_SIZES if slide.layout is Layout.TITLE else TITLE_SIZES
        para = Para((Run(slide.title, bold=True),), Kind.BODY)
        with self._named(slide):
            return fit((para,), room(holder.box, holder.insets), _steps(holder.size, steps), self.template.metrics)

    def _title(self, slide: Slide, page: Page, holder: Holder) -> None:
        size = self._title_size(slide) if slide.layout is Layout.TITLE else self.title_size
        run = run_xml(slide.title, self.ink, size=None if size == holder.size else size)
        page.fill(holder, f"<a:p>{run}</a:p>")

    def _title_slide(self, slide: Slide, page: Page, rooms: Rooms) -> None:
        """Subtitle, and on example data what says so in clear text; the theme's logo where the layout has a place for it."""
        if self.placer.theme.logo:
            self.placer.logo(page, self.placer.theme.logo)
        paras = paragraphs(slide.blocks)
        if self.meta.mark and not any(self.meta.mark in plain(p.text) for p in paras):
            paras = (*paras, Para((Run(self.meta.mark, bold=True),), Kind.BODY))
        if not paras:
            return
        if not rooms.areas:
            raise OverfullError("the title layout has no place for a subtitle")
        area = rooms.areas[0]
        paras = tuple(replace(p, kind=Kind.BODY) for p in paras)
        self._write(page, area, paras, self._text_size(area, paras))

    # ------------------------------------------------------------------------------------------------------------ strips

    def _strips(self, page: Page, rooms: Rooms, parts: _Parts) -> tuple[tuple[Area, ...], Box | None]:
        """Set what stands over the areas; the areas that are left, and the box for what stands under them."""
        whole = rooms.areas[0].box
        for area in rooms.areas[1:]:
            whole = whole.joined(area.box)
        above, below = (self._strip_height(blocks, whole) for blocks in (parts.above, parts.below))
        if above:
            add_text_box(page, whole.trimmed(below=whole.height - above), paragraphs(parts.above), self.ink)
        gap = round(_STRIP_GAP * POINT)
        over, under = (high + gap if high else 0 for high in (above, below))
        areas = tuple(Area(a.box.trimmed(above=over, below=under), a.holder) for a in rooms.areas)
        return areas, whole.trimmed(above=whole.height - below) if below else None

    def _strip_height(self, blocks: Sequence[Block], whole: Box) -> int:
        paras = paragraphs(blocks)
        if not paras:
            return 0
        pad = PANEL_PADDING if any(p.kind is Kind.CAVEAT for p in paras) else 0
        return round((height(paras, BODY, whole.width / POINT - 2 * pad, self.template.metrics) + 2 * pad) * POINT)

    # ------------------------------------------------------------------------------------------------------------- areas

    def _text_size(self, area: Area, paras: Sequence[Para]) -> float:
        """The size at which the text of an area fits."""
        usual, insets = (area.holder.size, area.holder.insets) if area.holder else (BODY, NO_INSETS)
        return fit(paras, room(area.box, insets), _steps(usual, BODY_SIZES), self.template.metrics)

    def _write(self, page: Page, area: Area, paras: Sequence[Para], size: float) -> None:
        """Text in an area's placeholder, which is left out where nothing is said; in a text box where the area has none."""
        if not any(run.text.strip() for para in paras for run in para.text):
            return
        if area.holder is None:
            add_text_box(page, area.box, paras, self.ink, size=size)
        else:
            page.fill(area.holder, paragraphs_xml(paras, self.ink, page, size=size, holder=area.holder), area.box)

    def _numbers(self, block: KeyFigures, page: Page, rooms: Rooms) -> None:
        if len(block.items) > len(rooms.numbers):
            raise ValueError(f"a slide has room for {len(rooms.numbers)} key figures, not {len(block.items)}")
        for item, (figure, label) in zip(block.items, rooms.numbers, strict=False):
            self._number(page, figure, item.figure, _FIGURE_SIZES, strong=True)
            self._number(page, label, item.label, LABEL_SIZES, strong=False)

    def _number(self, page: Page, area: Area, text: str, sizes: Sequence[float], *, strong: bool) -> None:
        holder = area.holder
        steps = (holder.size, *(s for s in sizes if s < holder.size)) if holder and strong else sizes
        para = Para((Run(text, bold=strong),), Kind.BODY)
        size = fit((para,), room(area.box, holder.insets if holder else INSETS), steps, self.template.metrics)
        if holder is None:
            page.text_box(area.box, paragraphs_xml((para,), self.ink, page, size=size))
        else:
            self._write(page, area, (Para((Run(text),), Kind.BODY),), size)


def _content(slide: Slide, blocks: Sequence[Block]) -> Figure | FigurePair | Table | tuple[Para, ...]:
    """What stands in an area: one figure or table, or text."""
    thing = next((block for block in blocks if isinstance(block, _THINGS)), None)
    if thing is None:
        return paragraphs(blocks)
    if len(blocks) > 1:
        raise ValueError(f"slide {slide.title!r}: a table or figure needs an area of its own")
    return thing


def _steps(usual: float, sizes: tuple[float, ...]) -> tuple[float, ...]:
    """Sizes to try: the template's own and then the smaller ones of *sizes*."""
    return (usual, *(size for size in sizes if size < usual)) if usual > sizes[-1] else sizes[-1:]


def _parts(slide: Slide) -> _Parts:
    """Notes and caveats at the end become a strip below, paragraphs before a wide object or columns a strip above."""
    blocks = list(slide.blocks)
    below: list[Block] = []
    small = (Style.NOTE, Style.CAVEAT)
    while len(blocks) > 1 and isinstance(blocks[-1], Paragraph) and blocks[-1].style in small:
        below.insert(0, blocks.pop())
    above: list[Block] = []
    if slide.layout in (Layout.WIDE, Layout.TWO) and any(isinstance(b, (*_THINGS, Columns)) for b in blocks):
        while len(blocks) > 1 and isinstance(blocks[0], Paragraph):
            above.append(blocks.pop(0))
    return _Parts(tuple(above), tuple(blocks), tuple(below))


def _shares(slide: Slide, areas: tuple[Area, ...], main: Sequence[Block]) -> list[tuple[Area, Sequence[Block]]]:
    """Which blocks stand in which area."""
    columns = next((block for block in main if isinstance(block, Columns)), None)
    if columns is not None:
        main = [part for block in main for part in ((block.left, block.right) if isinstance(block, Columns) else (block,))]
    if slide.layout is Layout.FIGURE:
        things = [block for block in main if isinstance(block, _THINGS)]
        texts = [block for block in main if not isinstance(block, _THINGS)]
        if not texts:
            return [(Area(areas[0].box.joined(areas[1].box), areas[1].holder), things)]
        return [(areas[0], texts), (areas[1], things)]
    if len(areas) == 1:
        return [(areas[0], main)]
    if len(main) > len(areas):
        raise ValueError(f"slide {slide.title!r} has {len(main)} blocks for {len(areas)} areas")
    return [(area, [block]) for area, block in zip(areas, main, strict=False)]
