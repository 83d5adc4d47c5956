"""Lists: L, LI, Lbl and LBody, with lists inside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ojreport.compose.document import Run
from ojreport.render.pdf.fonts import width
from ojreport.render.pdf.tree import attributes

if TYPE_CHECKING:
    from ojreport.compose.document import BulletList, Item
    from ojreport.render.pdf.boxes import Box, Words
    from ojreport.render.pdf.canvas import TaggedCanvas
    from ojreport.render.pdf.lines import Face
    from ojreport.render.pdf.styles import Styles
    from ojreport.render.pdf.tree import Element

BULLETS = ("•", "–", "•")
BETWEEN = 3.0  # points between items
UNDER_TITLE = 4.0


@dataclass(frozen=True, slots=True)
class ItemBox:
    """An item: its label hangs to the left of its words."""

    words: Words
    label: str
    label_element: Element
    indent: float

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.words.height

    @property
    def least(self) -> float:
        """As of a paragraph."""
        return self.words.least

    def split(self, room: float) -> tuple[ItemBox, Box] | None:
        """As a paragraph; the label stays with the first part."""
        parts = self.words.split(room)
        return None if parts is None else (replace(self, words=parts[0]), replace(self, words=parts[1], label=""))

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Label, then words."""
        face = self.words.face
        if self.label:
            with canvas.content(self.label_element):
                canvas.words(x, top - face.drop, self.label + " ", face.regular, face.size, self.words.theme.primary)
        self.words.draw(canvas, x + self.indent, top)


def list_boxes(
    block: BulletList, parent: Element, styles: Styles, room: float, face: Face
) -> tuple[tuple[float, float, Box], ...]:
    """Title and items, each with the space above it and its indent."""
    element = parent.add("L", A=attributes("List", ListNumbering="Decimal" if block.numbered else "Disc"))
    boxes: list[tuple[float, float, Box]] = []
    if block.title:
        boxes.append((0.0, 0.0, styles.words((Run(block.title),), styles.caption, element.add("Caption"), room)))
    boxes += _items(block.items, element, styles, room, face, numbered=block.numbered, depth=0)
    if block.title and len(boxes) > 1:
        boxes[1] = (UNDER_TITLE, *boxes[1][1:])
    return tuple(boxes)


def _items(
    items: tuple[Item, ...], element: Element, styles: Styles, room: float, face: Face, *, numbered: bool, depth: int
) -> list[tuple[float, float, Box]]:
    """The boxes of *items* and of the lists inside them."""
    labels = [f"{n}." if numbered else BULLETS[min(depth, len(BULLETS) - 1)] for n in range(1, len(items) + 1)]
    hang = max(width(label, face.regular, face.size) for label in labels) + 5 if labels else 0.0
    boxes: list[tuple[float, float, Box]] = []
    for label, item in zip(labels, items, strict=True):
        entry = element.add("LI")
        label_element, body = entry.add("Lbl"), entry.add("LBody")
        words = styles.words(item.text, face, body.add("P") if item.items else body, room - hang)
        boxes.append((BETWEEN, 0.0, ItemBox(words, label, label_element, hang)))
        if item.items:
            inner = body.add("L", A=attributes("List", ListNumbering="Disc"))
            nested = _items(item.items, inner, styles, room - hang, face, numbered=False, depth=depth + 1)
            boxes += [(before, indent + hang, box) for before, indent, box in nested]
    return boxes
