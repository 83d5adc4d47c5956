"""Boxes: what stands on a page. Each has a height, can perhaps be split, and draws itself from its top left corner."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from ojreport.compose.document import Align
from ojreport.render.pdf.lines import advance
from ojreport.render.pdf.signs import SIGNS, draw_sign

if TYPE_CHECKING:
    from ojreport.compose.document import Text
    from ojreport.render.pdf.canvas import TaggedCanvas
    from ojreport.render.pdf.lines import Face, Line, Piece
    from ojreport.render.pdf.tree import Element
    from ojreport.render.theme import Theme

SHIFT = {Align.LEFT: 0.0, Align.CENTER: 0.5, Align.RIGHT: 1.0}  # of the room that is left, what stands before the text
ALONE = 2  # lines of a paragraph that may stand alone at the foot or the head of a page: at least two


class Box(Protocol):
    """Something of a certain height; lengths in points."""

    @property
    def height(self) -> float:
        """From top to bottom."""

    @property
    def least(self) -> float:
        """The height of the smallest part that can stand on a page of its own: all of it when it can not be split."""

    def split(self, room: float) -> tuple[Box, Box] | None:
        """A part no taller than *room*, and the rest; None when nothing fits."""

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw with the top left corner at (x, top)."""


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of text that are content of *element*. A link becomes an element at its first piece."""

    lines: tuple[Line, ...]
    text: Text
    face: Face
    element: Element
    theme: Theme
    width: float
    align: Align = Align.LEFT
    links: dict[int, Element] = field(default_factory=dict)

    @property
    def height(self) -> float:
        """From top to bottom."""
        return len(self.lines) * self.face.leading

    @property
    def least(self) -> float:
        """Two lines, or all where the rest would be one."""
        return self.face.leading * (len(self.lines) if len(self.lines) < 2 * ALONE else ALONE)

    def split(self, room: float) -> tuple[Words, Words] | None:
        """At a line, so that no line stands alone and no word is divided between pages, where it would be read in two."""
        fit = self._whole_words(min(int((room + 0.01) / self.face.leading), len(self.lines) - ALONE))
        if fit < ALONE:
            return None
        return replace(self, lines=self.lines[:fit]), replace(self, lines=self.lines[fit:])

    def cut(self, room: float) -> tuple[Words, Words]:
        """At the last line that fits, even when a line then stands alone; either part may be empty."""
        fit = self._whole_words(int((room + 0.01) / self.face.leading))
        return replace(self, lines=self.lines[:fit]), replace(self, lines=self.lines[fit:])

    def _whole_words(self, fit: int) -> int:
        """At most *fit* lines, the last of which does not end inside a word."""
        while 0 < fit < len(self.lines) and self.lines[fit - 1].pieces[-1].divided and not self.lines[fit - 1].pieces[-1].last:
            fit -= 1
        return fit

    def _placed(self, x: float, top: float) -> list[tuple[float, float, Piece]]:
        """Each piece with its left edge and its baseline."""
        shift, leading, drop = SHIFT[self.align], self.face.leading, self.face.drop
        return [
            (x + shift * (self.width - line.width) + piece.x, top - n * leading - drop, piece)
            for n, line in enumerate(self.lines)
            for piece in line.pieces
        ]

    def draw_repeated(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw all lines as an artifact: they were content on an earlier page."""
        with canvas.artifact():
            self._draw_pieces(canvas, self._placed(x, top))

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw all lines, in as few marked-content sequences as the links allow."""
        placed = self._placed(x, top)
        if placed and not any(run.link for run in self.text):
            with canvas.content(self.element):
                self._draw_pieces(canvas, placed)
            return
        for link, pieces in groupby(placed, key=lambda p: p[2].run if self.text[p[2].run].link else -1):
            together = list(pieces)
            if link >= 0 and link not in self.links:
                self.links[link] = self.element.add("Link")
            with canvas.content(self.element if link < 0 else self.links[link]):
                self._draw_pieces(canvas, together)
            if link >= 0:
                self._annotate(canvas, link, together)

    def _draw_pieces(self, canvas: TaggedCanvas, placed: list[tuple[float, float, Piece]]) -> None:
        spanning = False
        for n, (x, y, piece) in enumerate(placed):
            if piece.divided and not spanning and any(p.last for _, _, p in placed[n:] if p.divided == piece.divided):
                canvas.begin_actual(piece.divided)
                spanning = True
            self._draw_piece(canvas, x, y, piece)
            if spanning and piece.last:
                canvas.end_actual()
                spanning = False

    def _draw_piece(self, canvas: TaggedCanvas, x: float, y: float, piece: Piece) -> None:
        run, face = self.text[piece.run], self.face
        font = face.strong if run.bold else face.regular
        colour = self.theme.primary if run.link else face.colour
        if SIGNS.keys().isdisjoint(piece.text):
            canvas.words(x, y, piece.text, font, face.size, colour)
        else:
            self._draw_signs(canvas, x, y, piece.text, font, colour)
        if run.link:
            canvas.rule(x, y - 1.5, advance(piece.text.rstrip(" "), font, face.size), 0.5, colour)

    def _draw_signs(self, canvas: TaggedCanvas, x: float, y: float, text: str, font: str, colour: str) -> None:
        """Words with signs among them, which are drawn, and read as what they stand for."""
        size = self.face.size
        for sign, characters in groupby(text, key=lambda c: c if c in SIGNS else ""):
            part = "".join(characters)
            if sign:
                canvas.begin_actual(part)
                draw_sign(canvas, SIGNS[sign].mark, x, y, size, self.theme)
                canvas.hidden_words(x, y, "•", font, size, SIGNS[sign].advance * size)
                canvas.end_actual()
            else:
                canvas.words(x, y, part, font, size, colour)
            x += advance(part, font, size)

    def _annotate(self, canvas: TaggedCanvas, link: int, placed: list[tuple[float, float, Piece]]) -> None:
        run, face = self.text[link], self.face
        font = face.strong if run.bold else face.regular
        for y, pieces in groupby(placed, key=lambda p: p[1]):
            line = list(pieces)
            right = line[-1][0] + advance(line[-1][2].text.rstrip(), font, face.size)
            canvas.link(self.links[link], (line[0][0], y - 0.25 * face.size, right, y + 0.8 * face.size), run.link, run.text)


@dataclass(frozen=True, slots=True)
class Stack:
    """Boxes under each other, kept together: each with the space above it (but the first) and how far it is indented."""

    parts: tuple[tuple[float, float, Box], ...]

    @property
    def height(self) -> float:
        """From top to bottom."""
        return sum(before for before, _, _ in self.parts[1:]) + sum(box.height for _, _, box in self.parts)

    @property
    def least(self) -> float:
        """All of it."""
        return self.height

    def split(self, room: float) -> None:
        """Never."""

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw from the first to the last."""
        for n, (before, indent, box) in enumerate(self.parts):
            top -= before if n else 0
            box.draw(canvas, x + indent, top)
            top -= box.height


@dataclass(frozen=True, slots=True)
class Panel:
    """A box on a ground of its own, padded; *least_height* makes panels equally tall. A *bar* marks its left edge."""

    inside: Box
    width: float
    colour: str
    padding: float = 11.0
    least_height: float = 0.0
    bar: str = ""

    @property
    def height(self) -> float:
        """From top to bottom."""
        return max(self.least_height, self.inside.height + 2 * self.padding)

    @property
    def least(self) -> float:
        """All of it."""
        return self.height

    def split(self, room: float) -> None:
        """Never."""

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw the ground as an artifact, then what stands on it."""
        with canvas.artifact():
            canvas.area(x, top - self.height, self.width, self.height, self.colour)
            if self.bar:
                canvas.area(x, top - self.height, 2.5, self.height, self.bar)
        self.inside.draw(canvas, x + self.padding, top - self.padding)


@dataclass(frozen=True, slots=True)
class Beside:
    """Boxes beside each other, each with its distance from the left edge."""

    parts: tuple[tuple[float, Box], ...]

    @property
    def height(self) -> float:
        """The tallest of them."""
        return max(box.height for _, box in self.parts)

    @property
    def least(self) -> float:
        """All of it."""
        return self.height

    def split(self, room: float) -> None:
        """Never."""

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw from left to right."""
        for offset, box in self.parts:
            box.draw(canvas, x + offset, top)
