"""Pages: boxes are placed under each other, then each page is drawn with its head and foot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ojreport.compose.document import Run
from ojreport.errors import TemplateError
from ojreport.render.pdf.fonts import width
from ojreport.render.pdf.lines import break_lines
from ojreport.render.pdf.styles import FAINT, MARGIN, MM, PAGE_HEIGHT, TEXT_HEIGHT, TEXT_WIDTH
from ojreport.render.theme import tint

if TYPE_CHECKING:
    from ojreport.compose.document import Meta
    from ojreport.render.pdf.boxes import Box
    from ojreport.render.pdf.canvas import TaggedCanvas
    from ojreport.render.pdf.styles import Styles

HEAD = PAGE_HEIGHT - 15 * MM  # the baseline of the running head
FOOT = 17 * MM  # the rule above the foot
PAGE_NUMBER = 32 * MM  # the width that the page number has
TOLERANCE = 0.01  # points


@dataclass(frozen=True, slots=True)
class Placing:
    """A box in the flow: the space above and below it, and whether it stays with the next. ``bookmark``: title and level."""

    box: Box | None  # None begins a new page
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    indent: float = 0.0
    bookmark: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A box on a page: its top, measured from the top of the text."""

    top: float
    placing: Placing
    box: Box


Page = tuple[Placed, ...]


def paginate(flow: list[Placing]) -> list[Page]:
    """The pages of *flow*: what must stay together does, and what can be split fills the page."""
    pages: list[list[Placed]] = [[]]
    queue = list(reversed(flow))
    y, after = 0.0, 0.0  # where the last box ended, and the space that it asks for
    while queue:
        placing = queue.pop()
        if placing.box is None:
            if pages[-1]:
                pages.append([])
            y = after = 0.0
            continue
        top = y + (max(placing.before, after) if pages[-1] else 0.0)
        room = TEXT_HEIGHT - top
        box: Box = placing.box
        rest: Box | None = None
        if pages[-1] and _needed(placing, queue) > room + TOLERANCE:
            queue.append(placing)
            pages.append([])
            y = after = 0.0
            continue
        if box.height > room + TOLERANCE and (parts := box.split(room)) is not None:
            box, rest = parts
        elif box.height > room + TOLERANCE and pages[-1]:
            queue.append(placing)
            pages.append([])
            y = after = 0.0
            continue
        pages[-1].append(Placed(top, placing, box))
        y, after = top + box.height, placing.after
        if rest is not None:
            queue.append(replace(placing, box=rest, before=0.0, bookmark=None))
            pages.append([])
            y = after = 0.0
    return [tuple(page) for page in pages if page]


def _needed(placing: Placing, queue: list[Placing]) -> float:
    """The height that *placing* and those that it must not be parted from take at least."""
    total, current = 0.0, placing
    for following in reversed(queue):
        if not current.keep or following.box is None or current.box is None:
            break
        total += current.box.height + max(current.after, following.before)
        current = following
    total += current.box.least if current.box is not None else 0.0
    return total if total <= TEXT_HEIGHT else (placing.box.least if placing.box is not None else 0.0)


def draw_pages(canvas: TaggedCanvas, pages: list[Page], meta: Meta, styles: Styles) -> None:
    """Draw every page: its boxes in reading order, then head and foot."""
    for number, page in enumerate(pages, 1):
        for placed in page:
            top = PAGE_HEIGHT - MARGIN - placed.top
            if placed.placing.bookmark is not None:
                title, level = placed.placing.bookmark
                canvas.bookmark(title, level, top + 6)
            placed.box.draw(canvas, MARGIN + placed.placing.indent, top)
        if number > 1:
            _head(canvas, meta, styles)
        _foot(canvas, meta, styles, number, len(pages))
        canvas.showPage()


def _head(canvas: TaggedCanvas, meta: Meta, styles: Styles) -> None:
    face = styles.note
    with canvas.artifact("Header"):
        canvas.words(MARGIN, HEAD, meta.head, face.regular, face.size, face.colour)
        canvas.rule(MARGIN, HEAD - 5, TEXT_WIDTH, 0.5, tint(styles.theme.bar, FAINT))


def _page_of(meta: Meta, number: int, total: int) -> str:
    try:
        return meta.page_of.format(page=number, pages=total)
    except (LookupError, ValueError, AttributeError) as error:
        raise TemplateError(f"the text “{meta.page_of}” can hold {{page}} and {{pages}} in braces, and nothing else") from error


def _foot(canvas: TaggedCanvas, meta: Meta, styles: Styles, number: int, total: int) -> None:
    """The foot's words and the page's number."""
    face = styles.note
    lines = break_lines((Run(meta.foot),), face, TEXT_WIDTH - PAGE_NUMBER)
    page = _page_of(meta, number, total)
    with canvas.artifact("Footer"):
        canvas.rule(MARGIN, FOOT, TEXT_WIDTH, 0.5, tint(styles.theme.bar, FAINT))
        for n, line in enumerate(lines):
            words = "".join(piece.text for piece in line.pieces)
            canvas.words(MARGIN, FOOT - 12 - n * face.leading, words, face.regular, face.size, face.colour)
        right = MARGIN + TEXT_WIDTH - width(page, face.regular, face.size)
        canvas.words(right, FOOT - 12, page, face.regular, face.size, face.colour)
