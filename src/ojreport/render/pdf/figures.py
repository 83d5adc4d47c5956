"""Figures in the PDF: matplotlib draws its artists as the canvas's own operators, as vectors, with the document's own fonts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_rgba
from matplotlib.path import Path
from matplotlib.text import Text
from reportlab.lib.utils import ImageReader

from ojreport.render import charts
from ojreport.render.pdf.fonts import font_name
from ojreport.render.pdf.styles import MM
from ojreport.render.pdf.tree import attributes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from matplotlib.transforms import Transform
    from matplotlib.typing import ColorType

    from ojreport.compose.document import FigureSpec
    from ojreport.render.pdf.canvas import TaggedCanvas
    from ojreport.render.pdf.tree import Element
    from ojreport.render.theme import Logo, Theme

JOINS = {"miter": 0, "round": 1, "bevel": 2}
CAPS = {"butt": 0, "round": 1, "projecting": 2}
LOGO_WIDTH, LOGO_HEIGHT, LOGO_ABOVE = 60 * MM, 12 * MM, 3 * MM  # at most, and its distance from the text


class Words(NamedTuple):
    """A text of a drawing: where its baseline begins, and how it is set."""

    x: float
    y: float
    text: str
    font: str
    size: float
    colour: str


class Recorder(RendererBase):
    """Takes down paths, as operators, and texts, which is all that our figures hold, at 72 dpi: one pixel is one point.

    Colours are opaque: a figure that needs transparency needs a renderer that has it.
    """

    def __init__(self, wide: float, high: float) -> None:
        super().__init__()
        self.marks: list[str | Words] = []
        self._size = wide, high

    def flipy(self) -> bool:
        """The origin is at the lower left, as in PDF."""
        return False

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Width and height in points."""
        return self._size

    def points_to_pixels(self, points: float) -> float:  # type: ignore[override]  # the base class also takes arrays, which nothing here gives
        """The same: one pixel is one point."""
        return points

    def draw_path(self, gc: GraphicsContextBase, path: Path, transform: Transform, rgbFace: ColorType | None = None) -> None:  # noqa: N803 - matplotlib's name
        """Fill, stroke or both."""
        face = to_rgba(rgbFace) if rgbFace is not None else None
        edge = to_rgba(gc.get_rgb())
        fill = face is not None and face[3] > 0
        stroke = gc.get_linewidth() > 0 and edge[3] > 0
        if not (fill or stroke):
            return
        code = ["q"]
        if stroke:
            offset, dashes = gc.get_dashes()
            code.append(
                f"{_numbers(edge[:3])} RG {gc.get_linewidth():.4g} w {JOINS[gc.get_joinstyle()]} j {CAPS[gc.get_capstyle()]} J"
            )
            if dashes is not None:
                code.append(f"[{_numbers(np.asarray(dashes, dtype=float))}] {offset or 0:.4g} d")
        if face is not None:
            code.append(f"{_numbers(face[:3])} rg")
        code += _operators(path, transform)
        code += ["B" if fill and stroke else "f" if fill else "S", "Q"]
        self.marks.append(" ".join(code))

    def put(self, text: Text) -> None:
        """Text on its baseline, with a space after it that keeps it apart from the next when it is copied."""
        red, green, blue = (round(255 * c) for c in to_rgba(text.get_color())[:3])
        x, y = text.get_position()  # a sheet's points, which are the canvas's
        font = text.get_fontproperties()
        said = text.get_text() + " "
        where = _font(str(font.get_file()))
        self.marks.append(Words(x, y, said, where, font.get_size_in_points(), f"#{red:02X}{green:02X}{blue:02X}"))


def _numbers(values: Iterable[float]) -> str:
    return " ".join(f"{value:.4g}" for value in values)


@lru_cache(maxsize=100)
def _font(file: str) -> str:
    return font_name(FilePath(file))


def _operators(path: Path, transform: Transform) -> Iterator[str]:
    """The path's construction operators; quadratic curves become cubic ones."""
    last = (0.0, 0.0)
    for found, code in path.iter_segments(transform, remove_nans=True, simplify=False, curves=True):
        p = [float(v) for v in found]
        if code == Path.MOVETO:
            yield f"{p[0]:.2f} {p[1]:.2f} m"
        elif code == Path.LINETO:
            yield f"{p[0]:.2f} {p[1]:.2f} l"
        elif code == Path.CURVE3:
            ends = [last[0], last[1], p[2], p[3]]
            controls = [end + 2 / 3 * (p[n % 2] - end) for n, end in enumerate(ends)]
            yield " ".join(f"{v:.2f}" for v in (*controls, p[2], p[3])) + " c"
        elif code == Path.CURVE4:
            yield " ".join(f"{v:.2f}" for v in p) + " c"
        else:
            yield "h"
            continue
        last = p[-2], p[-1]


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


@lru_cache(maxsize=100)  # the kommuner of a län share their charts of all län
def _drawn(spec: FigureSpec, theme: Theme, wide: float, high: float) -> tuple[str | Words, ...]:
    """The artists of the drawing of *spec* from the lowest to the topmost, as a figure draws them.

    A text is put where it says: it stands on its baseline, and matplotlib's measuring of it would take half of the time.
    """
    drawing = charts.draw(spec, theme, (wide / MM, high / MM))
    recorder = Recorder(wide, high)
    for artist in sorted(drawing.get_children(), key=lambda found: found.get_zorder()):
        if isinstance(artist, Text):
            recorder.put(artist)
        else:
            artist.draw(recorder)
    return tuple(recorder.marks)


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
