"""Text on a slide: blocks become paragraphs, a size is found that they fit in, and they are written with their language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Pt

from ojreport.compose.document import BulletList, Heading, Paragraph, Run, Style, Text, plain
from ojreport.render.pptx.inherited import inherits_bullet, insets
from ojreport.render.pptx.metrics import LINE, Metrics, OverfullError
from ojreport.render.pptx.units import POINT
from ojreport.render.pptx.untyped import xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ojreport.compose.document import Block, Item
    from ojreport.render.pptx.palette import Colour, Palette
    from ojreport.render.pptx.rooms import Box
    from ojreport.render.pptx.untyped import PptxSlide, Shape

BODY = 18.0  # the smallest size of text to be read from a screen, in points
PANEL_PADDING = 8.0  # points inside a panel
_INDENT, _NUMBER_INDENT = Emu(228600), Emu(320040)
_CONTROL = re.compile(r"[\x00-\x08\x0B\x0C\x0E-\x1F]")  # what XML can not hold, written as a spreadsheet writes it
_BOLD = ' b="1"'


class Kind(Enum):
    """What a paragraph is."""

    BODY = "body"
    LEAD = "lead"
    HEADING = "heading"
    ITEM = "item"
    NOTE = "note"
    CAVEAT = "caveat"
    SOURCE = "source"
    CAPTION = "caption"
    SUBTITLE = "subtitle"

    def size(self, body: float) -> float:
        """Its size where the body has *body* points; small print has a size of its own."""
        return _FIXED.get(self, body + 2 if self is Kind.LEAD else body)

    @property
    def before(self) -> int:
        """Space before it, in points."""
        return _BEFORE[self]

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return self in (Kind.HEADING, Kind.CAPTION)


_FIXED = {Kind.NOTE: 12.0, Kind.SOURCE: 12.0, Kind.CAPTION: 16.0, Kind.SUBTITLE: 14.0}
_BEFORE = {
    Kind.BODY: 10,
    Kind.LEAD: 10,
    Kind.HEADING: 12,
    Kind.ITEM: 6,
    Kind.NOTE: 8,
    Kind.CAVEAT: 10,
    Kind.SOURCE: 2,
    Kind.CAPTION: 0,
    Kind.SUBTITLE: 1,
}
_OF_STYLE = {Style.BODY: Kind.BODY, Style.LEAD: Kind.LEAD, Style.NOTE: Kind.NOTE, Style.CAVEAT: Kind.CAVEAT}


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph to be written; *level* and *numbered* are an item's."""

    text: Text
    kind: Kind
    level: int = 0
    numbered: bool = False


def paragraphs(blocks: Iterable[Block]) -> tuple[Para, ...]:
    """The blocks as paragraphs; ValueError for a block that is no text."""
    found: list[Para] = []
    for block in blocks:
        if isinstance(block, Heading):
            found.append(Para((Run(block.text),), Kind.HEADING))
        elif isinstance(block, Paragraph):
            found.append(Para(block.text, _OF_STYLE[block.style]))
        elif isinstance(block, BulletList):
            if block.title:
                found.append(Para((Run(block.title),), Kind.HEADING))
            found.extend(_items(block.items, 0, numbered=block.numbered))
        else:
            raise ValueError(f"a {type(block).__name__} can not stand among text on a slide")  # noqa: TRY004 - composing put it there
    return tuple(found)


def _items(items: Sequence[Item], level: int, *, numbered: bool) -> Iterable[Para]:
    for item in items:
        yield Para(item.text, Kind.ITEM, level, numbered and level == 0)
        yield from _items(item.items, level + 1, numbered=numbered)


# -------------------------------------------------------------------------------------------------------------- fitting


def height(paras: Sequence[Para], size: float, width: float, metrics: Metrics) -> float:
    """The height in points that *paras* take in a box *width* points wide."""
    total = 0.0
    for n, para in enumerate(paras):
        own = para.kind.size(size)
        bold = para.kind.bold or any(run.bold for run in para.text)
        indent = (para.level * _INDENT + _NUMBER_INDENT) / POINT if para.kind is Kind.ITEM else 0
        total += metrics.lines(plain(para.text), own, width - indent, bold=bold) * own * LINE + (para.kind.before if n else 0)
    return total


def fit(paras: Sequence[Para], room: tuple[float, float], sizes: Sequence[float], metrics: Metrics) -> float:
    """The first of *sizes* at which the paragraphs fit a box of (width, height) points; OverfullError when none does."""
    width, available = room
    for size in sizes:
        if height(paras, size, width, metrics) <= available:
            return size
    first = plain(paras[0].text) if paras else ""
    raise OverfullError(f"the text that begins with {first[:60]!r} has no room at {sizes[-1]:g} pt")


def room(shape: Shape, box: Box) -> tuple[float, float]:
    """Width and height in points for text in *shape*, were it as large as *box*."""
    left, top, right, bottom = insets(shape)
    return (box.width - left - right) / POINT, (box.height - top - bottom) / POINT


# -------------------------------------------------------------------------------------------------------------- writing


@dataclass(frozen=True, slots=True)
class Ink:
    """What every run needs: colours and the language."""

    palette: Palette
    language: str


def run_xml(text: str, ink: Ink, *, size: float | None = None, bold: bool = False, colour: Colour | None = None) -> str:
    """``a:r`` in its language; what is None is inherited."""
    sized = "" if size is None else f' sz="{round(size * 100)}"'
    filled = "" if colour is None else colour.fill()
    said = escape(_CONTROL.sub(lambda c: f"_x{ord(c[0]):04X}_", text), {"\r": "&#13;"})
    return f'<a:r><a:rPr{sized}{_BOLD * bold} lang="{ink.language}">{filled}</a:rPr><a:t>{said}</a:t></a:r>'


def add_run(
    paragraph: Shape, run: Run, ink: Ink, *, size: float | None = None, bold: bool = False, colour: Colour | None = None
) -> None:
    """Write one run; what is None is inherited."""
    written = run_xml(run.text, ink, size=size, bold=bold or run.bold, colour=colour)
    element = parse_xml(written.replace("<a:r>", f"<a:r {nsdecls('a')}>", 1))
    xml(paragraph).insert_element_before(element, "a:endParaRPr")
    if run.link:
        paragraph.runs[-1].hyperlink.address = run.link


def write(shape: Shape, paras: Sequence[Para], ink: Ink, *, size: float, inherited: float | None = None) -> None:
    """Fill a text shape. Sizes are written only where they differ from *inherited*, so that a template goes on ruling."""
    frame = shape.text_frame
    for n, para in enumerate(paras):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        _shape_paragraph(shape, paragraph, para, first=n == 0)
        own = para.kind.size(size)
        for run in para.text:
            add_run(
                paragraph,
                run,
                ink,
                size=None if own == inherited else own,
                bold=para.kind.bold,
                colour=_colour(para.kind, ink.palette),
            )


def _colour(kind: Kind, palette: Palette) -> Colour | None:
    if kind in (Kind.HEADING, Kind.CAPTION):
        return palette.heading
    return palette.muted if kind in (Kind.NOTE, Kind.SOURCE, Kind.SUBTITLE) else None


def _shape_paragraph(shape: Shape, paragraph: Shape, para: Para, *, first: bool) -> None:
    """Space before and bullet. A bullet that the placeholder has of its own is left as it is."""
    properties = xml(paragraph).get_or_add_pPr()
    paragraph.space_before = Pt(0 if first else para.kind.before)
    if para.kind is not Kind.ITEM:
        properties.set("marL", "0")
        properties.set("indent", "0")
        properties.append(parse_xml(f"<a:buNone {nsdecls('a')}/>"))
        return
    if para.level:
        properties.set("lvl", str(para.level))
    indent = _NUMBER_INDENT if para.numbered else _INDENT
    if para.numbered or not inherits_bullet(shape, para.level):
        properties.set("marL", str(para.level * _INDENT + indent))
        properties.set("indent", str(-indent))
        mark = (
            '<a:buFont {0} typeface="+mj-lt"/>|<a:buAutoNum {0} type="arabicPeriod"/>'
            if para.numbered
            else '<a:buChar {0} char="•"/>'
        )
        for part in mark.format(nsdecls("a")).split("|"):
            properties.append(parse_xml(part))


def add_text_box(
    slide: PptxSlide, box: Box, paras: Sequence[Para], ink: Ink, *, size: float = 18, ground: Colour | None = None
) -> Shape:
    """A text box for words that belong to a figure or table, or that stand over or under the areas; on a panel with *ground*."""
    shape = slide.shapes.add_textbox(box.left, box.top, box.width, box.height)
    frame = shape.text_frame
    frame.word_wrap = True
    inset = Pt(PANEL_PADDING if ground else 0)
    frame.margin_left = frame.margin_top = frame.margin_right = frame.margin_bottom = inset
    if ground:
        fill = parse_xml(f"<a:solidFill {nsdecls('a')}>{ground.xml()}</a:solidFill>")
        properties = xml(shape).spPr
        properties.replace(properties.find("{*}noFill"), fill)
    write(shape, paras, ink, size=size)
    return shape
