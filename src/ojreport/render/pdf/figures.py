"""Figures in the PDF: the artists of a drawing as the canvas's own operators, as vectors, with the document's own fonts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.path import Path
from matplotlib.text import Text
from reportlab.lib.utils import ImageReader

from ojreport.render import charts
from ojreport.render.pdf.fonts import font_name
from ojreport.render.pdf.styles import MM
from ojreport.render.pdf.tree import attributes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.patches import PathPatch

    from ojreport.compose.document import FigureSpec
    from ojreport.render.pdf.canvas import TaggedCanvas
    from ojreport.render.pdf.tree import Element
    from ojreport.render.theme import Logo, Theme

JOINS = {"miter": 0, "round": 1, "bevel": 2}
CAPS = {"butt": 0, "round": 1, "projecting": 2}
CONSTRUCTION = {Path.MOVETO: "m", Path.LINETO: "l", Path.CURVE4: "c"}
LOGO_WIDTH, LOGO_HEIGHT, LOGO_ABOVE = 60 * MM, 12 * MM, 3 * MM  # at most, and its distance from the text


class Words(NamedTuple):
    """A text of a drawing: where its baseline begins, and how it is set."""

    x: float
    y: float
    text: str
    font: str
    size: float
    colour: str


def _words(text: Text) -> Words:
    """Text on its baseline, with a space after it that keeps it apart from the next when it is copied."""
    x, y = text.get_position()
    font = text.get_fontproperties()
    where = _font(str(font.get_file()))
    return Words(x, y, text.get_text() + " ", where, font.get_size_in_points(), str(text.get_color()))


@lru_cache(maxsize=100)
def _font(file: str) -> str:
    return font_name(FilePath(file))


def _operators(artist: PathPatch) -> str:
    """The path, filled, stroked or both. Colours are opaque."""
    face, edge = to_rgba(artist.get_facecolor()), to_rgba(artist.get_edgecolor())
    thick = artist.get_linewidth() if edge[3] else 0.0
    code = ["q"]
    if thick:
        join, cap = JOINS[artist.get_joinstyle()], CAPS[artist.get_capstyle()]
        code.append(f"{_numbers(edge[:3])} RG {thick:.4g} w {join} j {cap} J")
        style = artist.get_linestyle()
        if not isinstance(style, str):  # dashes, as multiples of the line's thickness
            offset, dashes = style
            code.append(f"[{_numbers(thick * dash for dash in dashes)}] {thick * offset:.4g} d")
    if face[3]:
        code.append(f"{_numbers(face[:3])} rg")
    code += _construction(artist.get_path())
    code += ["B" if thick and face[3] else "f" if face[3] else "S", "Q"]
    return " ".join(code)


def _numbers(values: Iterable[float]) -> str:
    return " ".join(f"{value:.4g}" for value in values)


def _construction(path: Path) -> list[str]:
    """The operators that construct *path*: straight lines, cubic curves."""
    code: list[str] = []
    points = zip(np.asarray(path.vertices).tolist(), np.asarray(path.codes).tolist(), strict=True)
    for (x, y), kind in points:
        if kind == Path.CLOSEPOLY:
            code.append("h")
            continue
        code.append(f"{x:.2f} {y:.2f}")
        if kind == Path.CURVE4:  # two points of control, and where it ends
            code += [f"{x:.2f} {y:.2f}" for (x, y), _ in islice(points, 2)]
        code.append(CONSTRUCTION[kind])
    return code


def _whole(element: Element, x: float, bottom: float, wide: float, high: float) -> None:
    """Say where on the page the figure stands."""
    corners = tuple(round(v, 2) for v in (x, bottom, x + wide, bottom + high))
    element.entries["A"] = attributes("Layout", Placement="Block", BBox=corners)


@dataclass(frozen=True, slots=True)
class DrawingBox:
    """A drawing as one Figure element with its text alternative."""

    marks: tuple[str | Words, ...]
    element: Element
    width: float
    height: float

    @property
    def least(self) -> float:
        """All of it."""
        return self.height

    def split(self, room: float) -> None:
        """Never."""

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw the figure in its own coordinates."""
        _whole(self.element, x, top - self.height, self.width, self.height)
        with canvas.content(self.element):
            canvas.saveState()
            canvas.translate(x, top - self.height)
            for mark in self.marks:
                if isinstance(mark, Words):
                    canvas.words(*mark)
                else:
                    canvas.operators([mark])
            canvas.restoreState()


@lru_cache(maxsize=40)  # the kommuner of a län share their charts of all län
def _drawn(spec: FigureSpec, theme: Theme, wide: float, high: float) -> tuple[str | Words, ...]:
    """The drawing of *spec* from the lowest of its artists to the topmost.

    They are read and not drawn by matplotlib: a sheet's points are the canvas's, and its measuring of texts takes long.
    """
    ground = f"q 1 1 1 rg 0.00 0.00 m {wide:.2f} 0.00 l {wide:.2f} {high:.2f} l 0.00 {high:.2f} l h f Q"  # white
    drawing = charts.artists(spec, theme, (wide / MM, high / MM))
    return (ground, *(_words(artist) if isinstance(artist, Text) else _operators(artist) for artist in drawing))


def drawing_box(spec: FigureSpec, alt: str, parent: Element, theme: Theme, wide: float, high: float) -> DrawingBox:
    """The drawing of *spec*, *wide* × *high* points, as the last kid of *parent*."""
    return DrawingBox(_drawn(spec, theme, wide, high), parent.add("Figure", Alt=alt), wide, high)


@dataclass(frozen=True, slots=True)
class LogoBox:
    """The logo at the right of the upper margin: it takes no height from the text."""

    logo: Logo
    element: Element
    width: float
    height: float = 0.0

    @property
    def least(self) -> float:
        """Nothing."""
        return self.height

    def split(self, room: float) -> None:
        """Never."""

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it as large as the margin allows."""
        image = ImageReader(self.logo.read())
        wide, high = image.getSize()
        scale = min(LOGO_WIDTH / wide, LOGO_HEIGHT / high)
        left, bottom = x + self.width - wide * scale, top + LOGO_ABOVE
        _whole(self.element, left, bottom, wide * scale, high * scale)
        with canvas.content(self.element):
            canvas.drawImage(image, left, bottom, wide * scale, high * scale, mask="auto")
