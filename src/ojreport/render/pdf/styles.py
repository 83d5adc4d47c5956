"""How each kind of text is set in the PDF: one place for every size, and for the grid. Lengths in points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ojreport.compose.document import Align
from ojreport.render.pdf.boxes import Words
from ojreport.render.pdf.fonts import font_name
from ojreport.render.pdf.lines import Face, break_lines

if TYPE_CHECKING:
    from ojreport.compose.document import Text
    from ojreport.render.pdf.tree import Element
    from ojreport.render.theme import Theme

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
MARGIN = 25 * MM
TEXT_WIDTH, TEXT_HEIGHT = 160 * MM, 247 * MM
GUTTER = 6 * MM
HALF = (TEXT_WIDTH - GUTTER) / 2
FAINT = 0.5  # of the bars' colour: the rules between rows, under the head and above the foot
NARROW = 100 * MM  # columns up to this width are hyphenated


@dataclass(frozen=True)  # without slots, so that a face is made once: a table asks for it in each cell
class Styles:
    """The faces of a theme, and the way from text to words."""

    theme: Theme

    def _face(self, size: float, leading: float, colour: str, *, strong: bool = False) -> Face:
        fonts = self.theme.fonts
        heavy = font_name(fonts.semibold)
        return Face(heavy if strong else font_name(fonts.regular), heavy, size, leading, colour)

    @cached_property
    def title(self) -> Face:
        """The document's title."""
        bold = font_name(self.theme.fonts.bold)
        return Face(bold, bold, 26, 30, self.theme.primary)

    @cached_property
    def subtitle(self) -> Face:
        """What stands under the title."""
        return self._face(13, 18, self.theme.muted)

    def heading(self, level: int) -> Face:
        """A heading of level 1–3."""
        size, leading = {1: (20, 25), 2: (15.5, 20), 3: (12, 16)}[level]
        return self._face(size, leading, self.theme.primary, strong=True)

    @cached_property
    def body(self) -> Face:
        """Running text."""
        return self._face(10.5, 15, self.theme.ink)

    @cached_property
    def lead(self) -> Face:
        """The first sentence under a title."""
        return self._face(12.5, 18, self.theme.ink)

    @cached_property
    def small(self) -> Face:
        """Lists in panels and other text set close."""
        return self._face(10, 14, self.theme.ink)

    @cached_property
    def caption(self) -> Face:
        """The title of a table, a figure or a list."""
        return self._face(11, 14.5, self.theme.primary, strong=True)

    @cached_property
    def about(self) -> Face:
        """What a figure shows."""
        return self._face(9.5, 12.5, self.theme.muted)

    @cached_property
    def note(self) -> Face:
        """Notes, sources, head and foot."""
        return self._face(9, 12, self.theme.muted)

    @cached_property
    def key_label(self) -> Face:
        """The label under a key figure."""
        return self._face(9.5, 12.5, self.theme.muted)

    @cached_property
    def table(self) -> Face:
        """A table's cells."""
        return self._face(9.5, 12.5, self.theme.ink)

    @cached_property
    def table_head(self) -> Face:
        """A table's header."""
        return self._face(9, 11.5, self.theme.ink, strong=True)

    @cached_property
    def own_head(self) -> Face:
        """The header of the kommun's own column."""
        return self._face(9, 11.5, self.theme.primary, strong=True)

    @cached_property
    def group(self) -> Face:
        """The heading of a group of rows."""
        return self._face(9.5, 12.5, self.theme.primary, strong=True)

    def words(self, text: Text, face: Face, element: Element, width: float, align: Align = Align.LEFT) -> Words:
        """*text* broken into lines of *width*, as content of *element*; hyphenated in a narrow column."""
        lines = break_lines(text, face, width, hyphenate=width < NARROW)
        return Words(lines, text, face, element, self.theme, width, align)
