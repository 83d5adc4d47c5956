"""A sheet to draw a figure on: matplotlib artists placed in points, without axes.

Axes, ticks and their layout cost more time than all the rest of a chart, and every label here is placed by us anyway.
Texts stand on their baseline, so that they come out at the same place in PDF, PNG and SVG. All else is a path in points, so
that whoever draws the artists needs no transform of theirs. A sheet does without ``matplotlib.figure``, which is slow to import.
"""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, sin
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text

from ojreport.compose.document import Mark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path as FilePath

    from ojreport.render.theme import Theme

MM = 72 / 25.4
SMALLEST = 8.0  # points
CAPITAL = 0.66  # the height of a capital or a figure, as a part of the type size
_MEASURE = 100  # points: text is measured large, and without the hinting that no file of ours is drawn with
_OVER = 2  # the place of lines in the order of drawing: over areas, whose place is 1, and under texts, 3
Dashes = tuple[float, float]  # their length and that of the gaps between them, in points
_CIRCLE, _LEFT_HALF = Path.unit_circle(), Path.wedge(90, 270)


@lru_cache(maxsize=2_000)
def _unit_width(text: str, file: str) -> float:
    font = get_font(file)
    font.set_size(_MEASURE, 72)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0]) / 64 / _MEASURE


@lru_cache(maxsize=100)
def _font(file: str, size: float) -> FontProperties:
    return FontProperties(fname=file, size=size)


class Sheet:
    """A figure in the making: lengths in points from its lower left corner."""

    def __init__(self, size: tuple[float, float], theme: Theme) -> None:
        self.theme = theme
        self.width, self.height = size[0] * MM, size[1] * MM
        self.artists: list[PathPatch | Text] = []

    def _file(self, *, strong: bool) -> FilePath:
        return self.theme.fonts.semibold if strong else self.theme.fonts.regular

    def measure(self, text: str, size: float, *, strong: bool = False) -> float:
        """The width of *text*."""
        return _unit_width(text, str(self._file(strong=strong))) * size

    def wrap(self, text: str, size: float, room: float, most: int = 2) -> list[str]:
        """*text* on one line, or where it is wider than *room* on two of much the same width, divided at a space."""
        places = [n for n, character in enumerate(text) if character == " "]
        if most == 1 or not places or self.measure(text, size) <= room:
            return [text]
        at = min(places, key=lambda n: max(self.measure(text[:n], size), self.measure(text[n + 1 :], size)))
        return [text[:at], text[at + 1 :]]

    def _add(self, artist: PathPatch | Text, name: str) -> None:
        artist.set_gid(name)
        self.artists.append(artist)

    def _shape(
        self, path: Path, name: str, *, fill: str = "none", rim: str = "none", thick: float = 0.0, dashes: Dashes | None = None
    ) -> PathPatch:
        style = (0, (dashes[0] / thick, dashes[1] / thick)) if dashes is not None else "solid"  # matplotlib's are multiples
        shape = PathPatch(path, facecolor=fill, edgecolor=rim, linewidth=thick, linestyle=style)
        self._add(shape, name)
        return shape

    def text(  # noqa: PLR0913 - a place and a manner
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        colour: str = "",
        strong: bool = False,
        align: str = "left",
        name: str = "label",
    ) -> None:
        """Text on the baseline *y*, beginning, centred or ending at *x*."""
        x -= {"left": 0.0, "center": 0.5, "right": 1.0}[align] * self.measure(text, size, strong=strong)
        font = _font(str(self._file(strong=strong)), size)
        self._add(Text(x, y, text, color=colour or self.theme.ink, fontproperties=font, parse_math=False), name)

    def bar(self, x: float, y: float, wide: float, high: float, colour: str, name: str = "bar") -> None:
        """A filled rectangle."""
        self._shape(_rectangle(x, y, wide, high), name, fill=colour)

    def frame(  # noqa: PLR0913 - a place and a manner
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        colour: str,
        *,
        fill: str = "none",
        thick: float = 0.8,
        dashed: bool = False,
    ) -> None:
        """An outlined rectangle, its line inside its edges."""
        half = thick / 2
        box = _rectangle(x + half, y + half, max(wide - thick, 0), max(high - thick, 0))
        self._shape(box, "bar", fill=fill, rim=colour, thick=thick, dashes=(2.5, 2) if dashed else None)

    def hatch(self, x: float, y: float, wide: float, high: float, colour: str, step: float = 3.2) -> None:
        """Diagonal lines inside a rectangle."""
        points: list[tuple[float, float]] = []
        start = step / 2 - high
        while start < wide:
            low, stop = max(0.0, -start), min(high, wide - start)
            if stop > low:
                points += [(x + start + low, y + low), (x + start + stop, y + stop)]
            start += step
        if points:
            path = Path(points, [Path.MOVETO, Path.LINETO] * (len(points) // 2))
            self._shape(path, "hatch", rim=colour, thick=0.7)

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        thick: float,
        *,
        dashes: Dashes | None = None,
        name: str = "line",
    ) -> None:
        """A line through *points*."""
        path = Path(points, [Path.MOVETO] + [Path.LINETO] * (len(points) - 1))
        line = self._shape(path, name, rim=colour, thick=thick, dashes=dashes)
        line.set_joinstyle("round")
        line.set_zorder(_OVER)

    def dot(self, x: float, y: float, radius: float, colour: str, corners: int = 0) -> None:
        """A point of a line: round, or with *corners*, on a thin white rim that sets it off from other lines."""
        path = _closed(_polygon(x, y, radius * 1.25, corners)) if corners else _around(_CIRCLE, x, y, radius)
        self._shape(path, "point", fill=colour, rim="white", thick=0.8)

    def sign(self, mark: Mark, x: float, y: float, size: float) -> None:
        """The sign of *mark* around a centre, *size* wide."""
        radius, colour = size / 2, self.theme.primary
        if mark is Mark.MISSING:
            self.line([(x - radius * 0.8, y), (x + radius * 0.8, y)], self.theme.muted, 1.2, name="sign")
            return
        fill = colour if mark is Mark.JA else "none"
        self._shape(_around(_CIRCLE, x, y, radius), "sign", fill=fill, rim=colour, thick=1.1)
        if mark is Mark.DELVIS:
            self._shape(_around(_LEFT_HALF, x, y, radius), "sign", fill=colour)


def _around(unit: Path, x: float, y: float, radius: float) -> Path:
    """A path around the origin, moved and enlarged."""
    return Path(np.asarray(unit.vertices) * radius + (x, y), unit.codes)


def _closed(corners: list[tuple[float, float]]) -> Path:
    return Path([*corners, corners[0]], closed=True)


def _rectangle(x: float, y: float, wide: float, high: float) -> Path:
    return _closed([(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)])


def _polygon(x: float, y: float, radius: float, corners: int) -> list[tuple[float, float]]:
    """The corners of a regular polygon on its side, or with a negative number on its tip."""
    turn = pi / 2 + (pi / corners if corners > 0 and corners % 2 == 0 else 0)
    angles = (turn + 2 * pi * n / corners for n in range(abs(corners)))
    return [(x + radius * cos(angle), y + radius * sin(angle)) for angle in angles]


def spread(wanted: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """Places near the *wanted* ones, in their order, at least *apart* and from *low* to *high* (the last where there is room)."""
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    placed = [wanted[n] for n in order]
    for n in range(len(placed)):
        placed[n] = max(placed[n], low if n == 0 else placed[n - 1] + apart)
    ceiling = high
    for n in reversed(range(len(placed))):
        placed[n] = min(placed[n], ceiling)
        ceiling = placed[n] - apart
    found = [0.0] * len(wanted)
    for place, n in zip(placed, order, strict=True):
        found[n] = place
    return found
