"""Rooms on a slide: boxes, and the placeholders that stand there, as every deck of a template has them."""

from __future__ import annotations

from dataclasses import dataclass

Insets = tuple[int, int, int, int]  # the empty border inside a text shape: left, top, right, bottom

INSETS: Insets = (91440, 45720, 91440, 45720)  # where nothing else is said
NO_INSETS: Insets = (0, 0, 0, 0)


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

    def meets(self, other: Box) -> bool:
        """Whether the two have some room in common."""
        beside = self.left < other.left + other.width and other.left < self.left + self.width
        return beside and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, slots=True)
class Holder:
    """A placeholder on each new slide of a layout, and what it has from the layout and its master."""

    number: int  # among the shapes; 0 for one that takes the next free
    name: str
    mark: str  # its ``p:ph``
    idx: int  # which of the layout's it is
    kind: str  # title, body, chart and so on, "obj" where anything can stand
    box: Box
    insets: Insets
    size: float  # of its words when nothing is said, in points
    bullets: tuple[bool, ...]  # whether a paragraph of each level has one when nothing is said
    readable: bool = True  # whether words in the template's colour stand out from the ground


@dataclass(frozen=True, slots=True)
class Area:
    """Room on a slide, and the placeholder that it belongs to where there is one."""

    box: Box
    holder: Holder | None = None


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty slide of a layout."""

    layout: str  # the layout's name
    target: str  # where the layout is, seen from a slide
    holders: tuple[Holder, ...]  # by their idx
    foot: Holder | None
    page: Holder | None  # for the slide's number
    drawn: tuple[Box, ...]  # what layout and master draw on every slide
    readable: bool  # whether words in the theme's text colour stand out from the ground


@dataclass(frozen=True, slots=True)
class Rooms:
    """A role's rooms on a slide: ``areas`` in reading order, ``numbers`` as pairs of figure and label."""

    blank: Blank
    title: Holder
    areas: tuple[Area, ...]
    numbers: tuple[tuple[Area, Area], ...] = ()
