"""Key figures: a large number, its unit smaller beside it, its label under it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ojreport.compose.document import Run
from ojreport.render.pdf.boxes import Beside
from ojreport.render.pdf.fonts import font_name, width
from ojreport.render.pdf.styles import GUTTER

if TYPE_CHECKING:
    from ojreport.compose.document import KeyFigure, KeyFigures
    from ojreport.render.pdf.boxes import Words
    from ojreport.render.pdf.canvas import TaggedCanvas
    from ojreport.render.pdf.styles import Styles
    from ojreport.render.pdf.tree import Element

LARGE, UNIT = 28.0, 14.0  # points
LINE = 36.0  # from the rule above to the label
IN_A_ROW = 3
NUMBER = re.compile(r"([−-]?\d+(?:[\u00a0\u202f]\d{3})*(?:,\d+)?)([ \u00a0].*)?")  # and what it counts


@dataclass(frozen=True, slots=True)
class KeyFigureBox:
    """One key figure: a paragraph of its own, the number and then the label."""

    figure: str
    label: Words
    element: Element
    width: float
    styles: Styles

    @property
    def height(self) -> float:
        """From the rule to the last line of the label."""
        return LINE + 4 + self.label.height

    @property
    def least(self) -> float:
        """All of it."""
        return self.height

    def split(self, room: float) -> None:
        """Never."""

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """A rule, the number with its unit, the label."""
        theme = self.styles.theme
        bold = font_name(theme.fonts.bold)
        found = NUMBER.fullmatch(self.figure)
        number, unit = found.groups("") if found is not None else (self.figure, "")
        size = min(LARGE, LARGE * self.width / (width(number, bold, LARGE) + width(unit, bold, UNIT)))
        with canvas.artifact():
            canvas.rule(x, top, self.width, 1.2, theme.primary)
        with canvas.content(self.element):
            canvas.words(x, top - LINE + 4, number + ("" if unit else " "), bold, size, theme.primary)
            if unit:
                canvas.words(x + width(number, bold, size), top - LINE + 4, unit + " ", bold, UNIT * size / LARGE, theme.primary)
        self.label.draw(canvas, x, top - LINE - 4)


def key_figures(block: KeyFigures, parent: Element, styles: Styles, room: float) -> Beside:
    """The figures in a row, three as a rule; fewer take the same width each."""
    count = max(IN_A_ROW, len(block.items))
    wide = (room - (count - 1) * GUTTER) / count

    def box(item: KeyFigure) -> KeyFigureBox:
        element = parent.add("P")
        return KeyFigureBox(item.figure, styles.words((Run(item.label),), styles.key_label, element, wide), element, wide, styles)

    return Beside(tuple((n * (wide + GUTTER), box(item)) for n, item in enumerate(block.items)))
