"""A linked table of contents: a line for each heading, with its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ojreport.render.pdf.fonts import width
from ojreport.render.theme import tint

if TYPE_CHECKING:
    from ojreport.render.pdf.canvas import TaggedCanvas
    from ojreport.render.pdf.lines import Face
    from ojreport.render.pdf.page import Page
    from ojreport.render.pdf.tree import Element
    from ojreport.render.theme import Theme

GAP = 5.0  # points between a heading, its rule and its page


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading's line, content of *element* (a Link in a TOCI). *pages* is filled in when all pages are known."""

    text: str
    target: int  # the heading's place among the bookmarks
    pages: dict[int, int]
    element: Element
    face: Face
    theme: Theme
    room: float
    indent: float = 0.0

    @property
    def height(self) -> float:
        """One line with air below it."""
        return self.face.leading * 1.2

    @property
    def least(self) -> float:
        """All of it: a line is not split."""
        return self.height

    def split(self, _room: float) -> None:
        """None: a line is not split."""

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """The heading as a link; its page and the rule that leads there are seen, and read by the link's own target."""
        face, y = self.face, top - self.face.drop
        left, page = x + self.indent, str(self.pages[self.target])
        with canvas.content(self.element):
            canvas.words(left, y, self.text, face.regular, face.size, face.colour)
        start = left + width(self.text, face.regular, face.size) + GAP
        end = x + self.room - width(page, face.regular, face.size)
        with canvas.artifact():
            canvas.words(end, y, page, face.regular, face.size, face.colour)
            if end - GAP > start:
                canvas.rule(start, y, end - GAP - start, 0.4, tint(self.theme.bar, 0.5))
        canvas.link_to(self.element, (left, y - 0.25 * face.size, x + self.room, y + 0.8 * face.size), self.target, self.text)


def page_numbers(pages: list[Page]) -> dict[int, int]:
    """The page of each bookmark, by its place in reading order."""
    marked = [number for number, page in enumerate(pages, 1) for placed in page if placed.placing.bookmark is not None]
    return dict(enumerate(marked))
