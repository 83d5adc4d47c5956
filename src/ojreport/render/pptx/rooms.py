"""Rooms on a slide: boxes, and the placeholders that stand there. What each deck of a template has alike is found once."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.packuri import PackURI
from pptx.parts.slide import SlidePart

from ojreport.render.pptx.inherited import place
from ojreport.render.pptx.untyped import xml

if TYPE_CHECKING:
    from ojreport.compose.deck import Layout
    from ojreport.render.pptx.untyped import PptxDeck, PptxSlide, Shape, Xml

_Spot = tuple[int, Any] | None  # a shape's place among the shapes of its slide, and its class


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in English metric units."""

    left: int
    top: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """The lower edge."""
        return self.top + self.height

    def columns(self, *shares: float, gap: float = 0.033) -> tuple[Box, ...]:
        """Boxes side by side, with *gap* of the width between them."""
        room = self.width * (1 - gap * (len(shares) - 1)) / sum(shares)
        boxes, left = [], float(self.left)
        for share in shares:
            boxes.append(Box(round(left), self.top, round(share * room), self.height))
            left += share * room + gap * self.width
        return tuple(boxes)

    def trimmed(self, *, above: int = 0, below: int = 0) -> Box:
        """The box without a strip above or below."""
        return Box(self.left, self.top + above, self.width, self.height - above - below)

    def joined(self, other: Box) -> Box:
        """The smallest box that holds both."""
        left, top = min(self.left, other.left), min(self.top, other.top)
        right = max(self.left + self.width, other.left + other.width)
        return Box(left, top, right - left, max(self.bottom, other.bottom) - top)


@dataclass(frozen=True, slots=True)
class Area:
    """Room on a slide, and the placeholder that it belongs to where there is one."""

    box: Box
    shape: Shape = None


@dataclass(frozen=True, slots=True)
class Frames:
    """A new slide's rooms: ``areas`` in reading order, ``numbers`` as pairs of figure and label."""

    slide: PptxSlide
    title: Shape
    areas: tuple[Area, ...]
    numbers: tuple[tuple[Area, Area], ...] = ()


def box_of(shape: Shape) -> Box:
    """Where a shape stands."""
    return Box(*place(shape))


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms of a role without a slide: boxes, and where on each new slide their placeholders are."""

    title: _Spot
    areas: tuple[tuple[Box, _Spot], ...]
    numbers: tuple[tuple[tuple[Box, _Spot], tuple[Box, _Spot]], ...]

    def on(self, slide: PptxSlide) -> Frames:
        """The rooms of a slide."""

        def shape(spot: _Spot) -> Shape:
            return None if spot is None else spot[1](xml(shapes)[spot[0]], shapes)

        def area(box: Box, spot: _Spot) -> Area:
            return Area(box, shape(spot))

        shapes = slide.shapes
        pairs = tuple((area(*figure), area(*label)) for figure, label in self.numbers)
        return Frames(slide, shape(self.title), tuple(area(*room) for room in self.areas), pairs)


def rooms_of(frames: Frames) -> Rooms:
    """The rooms of a slide, for other slides of the same role."""

    def spot(shape: Shape) -> _Spot:
        return None if shape is None else (xml(shape).getparent().index(xml(shape)), type(shape))

    def room(area: Area) -> tuple[Box, _Spot]:
        return area.box, spot(area.shape)

    numbers = tuple((room(figure), room(label)) for figure, label in frames.numbers)
    return Rooms(spot(frames.title), tuple(map(room, frames.areas)), numbers)


@dataclass(frozen=True, slots=True)
class Kept:
    """What every deck of a template has alike: which layout a role has, its rooms, and the empty slides of the layouts."""

    layouts: dict[Layout, str] = field(default_factory=dict)
    rooms: dict[Layout, Rooms] = field(default_factory=dict)
    slides: dict[str, Xml] = field(default_factory=dict)

    def slide(self, presentation: PptxDeck, layout: PptxSlide) -> PptxSlide:
        """A new slide. python-pptx makes a layout's first one, which is the model of the others."""
        name = str(layout.part.partname)
        if name not in self.slides:
            slide = presentation.slides.add_slide(layout)
            self.slides[name] = copy.deepcopy(xml(slide))
            return slide
        deck = presentation.part
        number = PackURI(f"/ppt/slides/slide{len(presentation.slides) + 1}.xml")
        part: Any = SlidePart(number, CT.PML_SLIDE, deck.package, copy.deepcopy(self.slides[name]))
        part.relate_to(layout.part, RT.SLIDE_LAYOUT)
        xml(deck).get_or_add_sldIdLst().add_sldId(deck.relate_to(part, RT.SLIDE))
        return part.slide


@lru_cache(maxsize=4)
def kept(_template: bytes) -> Kept:
    """What is known of the template that is this file."""
    return Kept()


class Names:
    """Names for a package's new parts, instead of python-pptx's, which goes through the whole file for each."""

    def __init__(self, package: Any) -> None:  # noqa: ANN401 - python-pptx's own class
        self._taken = {str(part.partname) for part in package.iter_parts()}
        self._last: dict[str, int] = {}

    def __call__(self, pattern: str) -> PackURI:
        """The next free name; *pattern* has a %d for its number."""
        number = self._last.get(pattern, 0) + 1
        while pattern % number in self._taken:
            number += 1
        self._last[pattern] = number
        return PackURI(pattern % number)
