"""Text on a slide: blocks become paragraphs, a size is found that they fit in, and they are written with their language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from ojreport.compose.document import BulletList, Heading, Paragraph, Run, Style, Text, plain
from ojreport.render.pptx.metrics import LINE, Metrics, OverfullError
from ojreport.render.pptx.page import NO_FILL
from ojreport.render.pptx.units import POINT
from ojreport.render.pptx.wording import element, escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ojreport.compose.document import Block, Item
    from ojreport.render.pptx.page import Page
    from ojreport.render.pptx.palette import Colour, Palette
    from ojreport.render.pptx.rooms import Box, Holder, Insets

BODY = 18.0  # the smallest size of text to be read from a screen, in points
PANEL_PADDING = 8.0  # points inside a panel
_INDENT, _NUMBER_INDENT = 228600, 320040
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


def room(box: Box, insets: Insets) -> tuple[float, float]:
    """Width and height in points for text in a shape as large as *box*."""
    left, top, right, bottom = insets
    return (box.width - left - right) / POINT, (box.height - top - bottom) / POINT


# -------------------------------------------------------------------------------------------------------------- writing


@dataclass(frozen=True, slots=True)
class Ink:
    """What every run needs: colours and the language."""

    palette: Palette
    language: str


def run_xml(
    text: str, ink: Ink, *, size: float | None = None, bold: bool = False, colour: Colour | None = None, link: str = ""
) -> str:
    """``a:r`` in its language; what is None is inherited. *link* is the id of a relation."""
    sized = "" if size is None else f' sz="{round(size * 100)}"'
    filled = "" if colour is None else colour.fill()
    linked = f'<a:hlinkClick r:id="{link}"/>' if link else ""
    properties = element(f'a:rPr{sized}{_BOLD * bold} lang="{ink.language}"', f"{filled}{linked}")
    return f"<a:r>{properties}<a:t>{escaped(text)}</a:t></a:r>"


def paragraphs_xml(
    paras: Sequence[Para],
    ink: Ink,
    page: Page,
    *,
    size: float,
    holder: Holder | None = None,
) -> str:
    """``a:p`` for each. Only what differs from what *holder* inherits is written, so that a template goes on ruling."""
    written = []
    for n, para in enumerate(paras):
        own = para.kind.size(size)
        said = None if holder is not None and own == holder.size else own
        colour = _colour(para.kind, ink.palette)
        runs = "".join(
            run_xml(
                run.text,
                ink,
                size=said,
                bold=para.kind.bold or run.bold,
                colour=colour,
                link=page.link(run.link) if run.link else "",
            )
            for run in para.text
        )
        written.append(f"<a:p>{_properties(para, holder, first=n == 0)}{runs}</a:p>")
    return "".join(written)


def _colour(kind: Kind, palette: Palette) -> Colour | None:
    if kind in (Kind.HEADING, Kind.CAPTION):
        return palette.heading
    return palette.muted if kind in (Kind.NOTE, Kind.SOURCE, Kind.SUBTITLE) else None


def _properties(para: Para, holder: Holder | None, *, first: bool) -> str:
    """``a:pPr``: space before, and bullet. A bullet that the placeholder has of its own is left as it is."""
    before = f'<a:spcBef><a:spcPts val="{0 if first else 100 * para.kind.before}"/></a:spcBef>'
    if para.kind is not Kind.ITEM:
        return f'<a:pPr marL="0" indent="0">{before}<a:buNone/></a:pPr>'
    level = f' lvl="{para.level}"' if para.level else ""
    if not para.numbered and holder is not None and holder.bullets[para.level]:
        return f"<a:pPr{level}>{before}</a:pPr>"
    indent = _NUMBER_INDENT if para.numbered else _INDENT
    mark = '<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"/>' if para.numbered else '<a:buChar char="•"/>'
    return f'<a:pPr{level} marL="{para.level * _INDENT + indent}" indent="{-indent}">{before}{mark}</a:pPr>'


def add_text_box(
    page: Page, box: Box, paras: Sequence[Para], ink: Ink, *, size: float = BODY, ground: Colour | None = None
) -> None:
    """A text box for words that belong to a figure or table, or that stand over or under the areas; on a panel with *ground*."""
    inset = round(PANEL_PADDING * POINT) if ground else 0
    insets = "".join(f' {side}Ins="{inset}"' for side in "ltrb")
    fill = ground.fill() if ground else NO_FILL
    page.text_box(box, paragraphs_xml(paras, ink, page, size=size), insets=insets, fill=fill)
