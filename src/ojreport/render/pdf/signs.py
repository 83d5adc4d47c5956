"""The signs for Ja, Delvis, Nej and missing, drawn: Source Sans has no glyphs for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ojreport.compose.document import GLYPHS, Mark
from ojreport.render.theme import rgb

if TYPE_CHECKING:
    from ojreport.render.pdf.canvas import TaggedCanvas
    from ojreport.render.theme import Theme

SIZE = 0.74  # the sign's diameter, as a part of the type size
MIDDLE = 0.32  # its centre above the baseline, likewise


@dataclass(frozen=True, slots=True)
class SignGlyph:
    """A sign that stands in running text, and how far it takes the text, as a part of the type size."""

    mark: Mark
    advance: float = SIZE + 0.06


SIGNS = {GLYPHS[mark]: SignGlyph(mark) for mark in (Mark.JA, Mark.DELVIS, Mark.NEJ)}


def draw_sign(canvas: TaggedCanvas, mark: Mark, x: float, baseline: float, size: float, theme: Theme) -> None:
    """The sign with its left edge at *x*, for text of *size* points on *baseline*."""
    radius, line = SIZE * size / 2, 0.09 * size
    cx, cy = x + radius, baseline + MIDDLE * size
    canvas.saveState()
    canvas.setLineWidth(line)
    canvas.setStrokeColorRGB(*rgb(theme.muted if mark is Mark.MISSING else theme.primary))
    canvas.setFillColorRGB(*rgb(theme.primary))
    if mark is Mark.MISSING:
        canvas.line(cx - radius * 0.8, cy, cx + radius * 0.8, cy)
    else:
        canvas.circle(cx, cy, radius - line / 2, stroke=1, fill=int(mark is Mark.JA))
        if mark is Mark.DELVIS:
            inner = radius - line / 2
            canvas.wedge(cx - inner, cy - inner, cx + inner, cy + inner, 90, 180, stroke=0, fill=1)
    canvas.restoreState()
