"""The deck: a slide per ``Slide``, its blocks in its layout's placeholders."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ojreport.compose.deck import Deck, Layout
from ojreport.compose.document import Columns, Figure, FigurePair, KeyFigures, Paragraph, Run, Style, Table, plain
from ojreport.errors import TemplateError
from ojreport.render.foot import foot_of, title_of
from ojreport.render.pptx.figures import Charts, Placer, add_logo
from ojreport.render.pptx.furniture import add_foot, add_notes, add_sections, spread_foot
from ojreport.render.pptx.inherited import inherited_size, placeholders
from ojreport.render.pptx.metrics import BODY_SIZES, LABEL_SIZES, TITLE_SIZES, OverfullError
from ojreport.render.pptx.package import set_properties, to_bytes
from ojreport.render.pptx.rooms import Area, Box, Frames, box_of
from ojreport.render.pptx.template import Template
from ojreport.render.pptx.text import (
    BODY,
    PANEL_PADDING,
    Ink,
    Kind,
    Para,
    add_run,
    add_text_box,
    fit,
    height,
    paragraphs,
    room,
    write,
)
from ojreport.render.pptx.units import POINT
from ojreport.render.pptx.untyped import xml

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ojreport.compose.deck import Slide
    from ojreport.compose.document import Block, Meta
    from ojreport.render.pptx.untyped import Shape
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
    opened = Template(template, theme)
    writer = _Writer(opened, deck.meta, charts, theme)
    sections = [(section.name, [writer.add(slide) for slide in section.slides]) for section in deck.sections]
    writer.finish()
    add_sections(opened.presentation, sections)
    meta = deck.meta
    set_properties(
        opened.presentation,
        title=title_of(meta),
        author=meta.author,
        language=meta.language,
        subject=meta.subject,
        keywords=", ".join(meta.keywords),
        category=meta.report,
    )
    return to_bytes(opened.presentation)


@dataclass(frozen=True, slots=True)
class _Parts:
    """A slide's blocks by where they stand."""

    above: tuple[Block, ...]
    main: tuple[Block, ...]
    below: tuple[Block, ...]


class _Writer:
    """Adds slides to an opened template."""

    def __init__(self, template: Template, meta: Meta, charts: Charts, theme: Theme) -> None:
        self.template = template
        self.meta = meta
        self.ink = Ink(template.palette, meta.language)
        self.titles: list[tuple[Slide, Any, float, float]] = []
        self.foot = foot_of(meta)
        spread_foot(template.presentation, self.foot, self.ink)
        self.placer = Placer(self.ink, template.metrics, theme, charts)

    def add(self, slide: Slide) -> int:
        """Add a slide; its id."""
        frames = self.template.frames(slide.layout)
        try:
            self._fill(slide, frames)
        except OverfullError as error:
            raise TemplateError(
                f"{self.template.path}: the layout {frames.slide.slide_layout.name!r} is too small for the slide "
                f"{slide.title!r}: {error}. Give its placeholders more room, or the slide less text."
            ) from error
        number = len(self.template.presentation.slides)
        add_foot(frames.slide, self.foot, number, self.ink, self.template)
        add_notes(frames.slide, slide.notes, self.ink)
        for element, _ in list(placeholders(frames.slide)):
            said = "".join(part.text or "" for part in element.iter("{*}t"))
            if element.tag.endswith("}sp") and not said.strip() and element is not xml(frames.title):
                element.getparent().remove(element)
        return int(frames.slide.slide_id)

    def _fill(self, slide: Slide, frames: Frames) -> None:
        self._title(slide, frames)
        if slide.layout is Layout.TITLE:
            self._title_slide(slide, frames)
            return
        parts = _parts(slide)
        areas, under = self._strips(frames, parts)
        main = parts.main
        if slide.layout is Layout.NUMBERS:
            figures = [block for block in main if isinstance(block, KeyFigures)]
            for block in figures:
                self._numbers(block, frames)
            main = tuple(block for block in main if not isinstance(block, KeyFigures))
        shares = _shares(slide, areas, main)
        sizes = [self._text_size(area, blocks) for area, blocks in shares]
        for area, blocks in shares:
            self._area(slide, frames, area, blocks, min(sizes))
        if under:
            paras = paragraphs(parts.below)
            ground = self.ink.palette.panel if any(p.kind is Kind.CAVEAT for p in paras) else None
            add_text_box(frames.slide, under, paras, self.ink, ground=ground)

    # ------------------------------------------------------------------------------------------------------------ titles

    def _title(self, slide: Slide, frames: Frames) -> None:
        """Find the title's size and remember it; ``finish`` writes it."""
        box = box_of(frames.title)
        usual = inherited_size(frames.title, "titleStyle", 28)
        steps = _TITLE_SLIDE_SIZES if slide.layout is Layout.TITLE else TITLE_SIZES
        para = Para((Run(slide.title, bold=True),), Kind.BODY)
        size = fit((para,), room(frames.title, box), _steps(usual, steps), self.template.metrics)
        self.titles.append((slide, frames.title, usual, size))
        _last(frames.title)

    def finish(self) -> None:
        """Write the titles, all but the title slide's in the size that every one of them has room in."""
        common = min((size for slide, _, _, size in self.titles if slide.layout is not Layout.TITLE), default=0.0)
        for slide, shape, usual, size in self.titles:
            chosen = size if slide.layout is Layout.TITLE else common
            add_run(shape.text_frame.paragraphs[0], Run(slide.title), self.ink, size=None if chosen == usual else chosen)

    def _title_slide(self, slide: Slide, frames: Frames) -> None:
        """Subtitle, and on example data what says so in clear text; the theme's logo where the layout has a place for it."""
        if self.placer.theme.logo:
            add_logo(frames.slide, self.placer.theme.logo)
        paras = paragraphs(slide.blocks)
        if self.meta.mark and not any(self.meta.mark in plain(p.text) for p in paras):
            paras = (*paras, Para((Run(self.meta.mark, bold=True),), Kind.BODY))
        if not paras:
            return
        if not frames.areas:
            raise OverfullError("the title layout has no place for a subtitle")
        area = frames.areas[0]
        usual = inherited_size(area.shape)
        paras = tuple(replace(p, kind=Kind.BODY) for p in paras)
        size = fit(paras, room(area.shape, area.box), _steps(usual, BODY_SIZES), self.template.metrics)
        write(area.shape, paras, self.ink, size=size, inherited=usual)
        _last(area.shape)

    # ------------------------------------------------------------------------------------------------------------ strips

    def _strips(self, frames: Frames, parts: _Parts) -> tuple[tuple[Area, ...], Box | None]:
        """Set what stands over the areas; the areas that are left, and the box for what stands under them."""
        whole = frames.areas[0].box
        for area in frames.areas[1:]:
            whole = whole.joined(area.box)
        above, below = (self._strip_height(blocks, whole) for blocks in (parts.above, parts.below))
        if above:
            add_text_box(frames.slide, whole.trimmed(below=whole.height - above), paragraphs(parts.above), self.ink)
        gap = round(_STRIP_GAP * POINT)
        over, under = (high + gap if high else 0 for high in (above, below))
        areas = tuple(Area(a.box.trimmed(above=over, below=under), a.shape) for a in frames.areas)
        return areas, whole.trimmed(above=whole.height - below) if below else None

    def _strip_height(self, blocks: Sequence[Block], whole: Box) -> int:
        paras = paragraphs(blocks)
        if not paras:
            return 0
        pad = PANEL_PADDING if any(p.kind is Kind.CAVEAT for p in paras) else 0
        return round((height(paras, BODY, whole.width / POINT - 2 * pad, self.template.metrics) + 2 * pad) * POINT)

    # ------------------------------------------------------------------------------------------------------------- areas

    def _text_size(self, area: Area, blocks: Sequence[Block]) -> float:
        """The size at which the text of an area fits; columns beside each other then take the smallest."""
        if not blocks or any(isinstance(block, _THINGS) for block in blocks):
            return math.inf
        usual = BODY if area.shape is None else inherited_size(area.shape)
        within = room(area.shape, area.box) if area.shape is not None else (area.box.width / POINT, area.box.height / POINT)
        return fit(paragraphs(blocks), within, _steps(usual, BODY_SIZES), self.template.metrics)

    def _area(self, slide: Slide, frames: Frames, area: Area, blocks: Sequence[Block], size: float) -> None:
        things = [block for block in blocks if isinstance(block, _THINGS)]
        if things:
            if len(blocks) > 1:
                raise ValueError(f"slide {slide.title!r}: a table or figure needs an area of its own")
            self.placer.place(frames.slide, area, things[0], slide.title)
            return
        paras = paragraphs(blocks)
        if paras and area.shape is None:
            add_text_box(frames.slide, area.box, paras, self.ink, size=size)
        elif paras:
            write(area.shape, paras, self.ink, size=size, inherited=inherited_size(area.shape))
            _move(area.shape, area.box)
            _last(area.shape)

    def _numbers(self, block: KeyFigures, frames: Frames) -> None:
        if len(block.items) > len(frames.numbers):
            raise ValueError(f"a slide has room for {len(frames.numbers)} key figures, not {len(block.items)}")
        for item, (figure, label) in zip(block.items, frames.numbers, strict=False):
            self._number(frames, figure, item.figure, _FIGURE_SIZES, strong=True)
            self._number(frames, label, item.label, LABEL_SIZES, strong=False)

    def _number(self, frames: Frames, area: Area, text: str, sizes: Sequence[float], *, strong: bool) -> None:
        shape = area.shape
        usual = None if shape is None else inherited_size(shape)
        if shape is None:
            shape = frames.slide.shapes.add_textbox(area.box.left, area.box.top, area.box.width, area.box.height)
            shape.text_frame.word_wrap = True
        steps = sizes if usual is None or not strong else (usual, *(s for s in sizes if s < usual))
        para = Para((Run(text, bold=strong),), Kind.BODY)
        size = fit((para,), room(shape, area.box), steps, self.template.metrics)
        if usual is not None:
            para = Para((Run(text),), Kind.BODY)
        write(shape, (para,), self.ink, size=size, inherited=usual)
        _last(shape)


def _steps(usual: float, sizes: tuple[float, ...]) -> tuple[float, ...]:
    """Sizes to try: the template's own and then the smaller ones of *sizes*."""
    return (usual, *(size for size in sizes if size < usual)) if usual > sizes[-1] else sizes[-1:]


def _move(shape: Shape, box: Box) -> None:
    """Place a placeholder on its own only where it differs from its layout."""
    if box_of(shape) != box:
        shape.left, shape.top, shape.width, shape.height = box.left, box.top, box.width, box.height


def _last(shape: Shape) -> None:
    """Put a placeholder last among the shapes: they are read in the order in which they are written."""
    tree = xml(shape).getparent()
    tree.append(xml(shape))


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
            return [(Area(areas[0].box.joined(areas[1].box), areas[1].shape), things)]
        return [(areas[0], texts), (areas[1], things)]
    if len(areas) == 1:
        return [(areas[0], main)]
    if len(main) > len(areas):
        raise ValueError(f"slide {slide.title!r} has {len(main)} blocks for {len(areas)} areas")
    return [(area, [block]) for area, block in zip(areas, main, strict=False)]
