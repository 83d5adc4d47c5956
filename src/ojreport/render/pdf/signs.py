"""The signs for Ja, Delvis, Nej and missing, drawn: Source Sans has no glyphs for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
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
    radius = SIZE * size / 2
    colour = theme.muted if mark is Mark.MISSING else theme.primary
    canvas.operators([f"q 1 0 0 1 {x + radius:.2f} {baseline + MIDDLE * size:.2f} cm", _sign(mark, size, colour), "Q"])


@lru_cache(maxsize=100)
def _sign(mark: Mark, size: float, colour: str) -> str:
    """The operators that draw a sign around the origin."""
    radius, line = SIZE * size / 2, 0.09 * size
    paint = " ".join(f"{part:.4g}" for part in rgb(colour))
    begin = f"{line:.4g} w {paint} RG {paint} rg"
    if mark is Mark.MISSING:
        return f"{begin} {-0.8 * radius:.3f} 0 m {0.8 * radius:.3f} 0 l S"
    r, k = radius - line / 2, 0.5523 * (radius - line / 2)  # of a quarter's control points, as usual for a circle
    left = f"0 {r:.3f} m {-k:.3f} {r:.3f} {-r:.3f} {k:.3f} {-r:.3f} 0 c {-r:.3f} {-k:.3f} {-k:.3f} {-r:.3f} 0 {-r:.3f} c"
    right = f"{k:.3f} {-r:.3f} {r:.3f} {-k:.3f} {r:.3f} 0 c {r:.3f} {k:.3f} {k:.3f} {r:.3f} 0 {r:.3f} c h"
    half = f" {left} h f" if mark is Mark.DELVIS else ""
    return f"{begin} {left} {right} {'B' if mark is Mark.JA else 'S'}{half}"
