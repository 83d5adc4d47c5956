"""Text broken into lines: ragged right, Swedish hyphenation where the column is narrow, numbers never apart from their unit.

A line is a stretch of the text by offsets, so that what is drawn is always the text itself. A space ends each line, and a
word that is divided reads as one word (see ``Piece.divided``), so that text taken out of the file keeps its words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import pyphen

from ojreport.compose.document import plain
from ojreport.errors import TemplateError
from ojreport.render.pdf.fonts import hyphen_of, lacking, width
from ojreport.render.pdf.signs import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ojreport.compose.document import Text

WORD = re.compile(r"[^ \t\r\n]+")
LETTERS = re.compile(r"[^\W\d_]+")
OWN_BREAK = re.compile(r"(?<=\w[-/–])(?=\w)")  # after a hyphen or a slash that the word has itself
LONG = 7  # letters: shorter words are never hyphenated
BEFORE, AFTER = 3, 4  # letters at least before and after a hyphen
ENGLISH = frozenset(
    ("coping", "employment", "management", "strengths", "supported", "training")
)  # Swedish patterns divide them wrongly
WORTH = 0.25  # a word is only hyphenated where that fills this part of the line, or where it must be


@dataclass(frozen=True, slots=True)
class Face:
    """How text is set: fonts by their names on the canvas, size and leading in points, colour as ``#RRGGBB``."""

    regular: str
    strong: str
    size: float
    leading: float
    colour: str

    @property
    def drop(self) -> float:
        """From the top of a line to its baseline."""
        return (self.leading - self.size) / 2 + 0.78 * self.size


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line in one run. ``divided``: the whole word, when the piece is a part of one; ``last``: its last part."""

    text: str
    run: int
    x: float
    divided: str = ""
    last: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line, and its width without the space that ends it."""

    pieces: tuple[Piece, ...]
    width: float


@lru_cache(maxsize=1)
def _hyphenator() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="sv", left=BEFORE, right=AFTER)


@lru_cache(maxsize=2_000)
def _soft_breaks(word: str) -> tuple[int, ...]:
    """Offsets where the letters of *word* may be divided with a hyphen; none beside a non-breaking space."""
    if "\u00a0" in word:
        return ()
    found: list[int] = []
    for part in LETTERS.finditer(word):
        if len(part.group()) >= LONG and part.group().lower() not in ENGLISH:
            found += [part.start() + int(at) for at in _hyphenator().positions(part.group())]
    return tuple(found)


def advance(text: str, font: str, size: float) -> float:
    """The width of *text*, where a sign (●) is as wide as it is drawn."""
    if not SIGNS.keys().isdisjoint(text):
        return sum(SIGNS[c].advance * size if c in SIGNS else width(c, font, size) for c in text)
    return width(text, font, size)


class _Setting:
    """A text that can be measured by offsets."""

    def __init__(self, text: Text, face: Face) -> None:
        self.text = plain(text)
        self.face = face
        self.fonts = tuple(face.strong if run.bold else face.regular for run in text)
        self._starts = [0, *accumulate(len(run.text) for run in text)][:-1]
        for run, font in zip(text, self.fonts, strict=True):
            if missing := "".join(c for c in lacking(run.text, font) if c not in SIGNS):
                raise TemplateError(
                    f"The PDF's font has no sign for {missing!r} in {run.text[:60]!r}. "
                    f"Take it out of the text, or choose another font in theme.toml."
                )

    def parts(self, start: int, end: int) -> Iterator[tuple[int, str]]:
        """The runs between two offsets, each by its number and its text there."""
        while start < end:
            run = bisect_right(self._starts, start) - 1
            stop = min(end, self._starts[run + 1] if run + 1 < len(self._starts) else end)
            yield run, self.text[start:stop]
            start = stop

    def width(self, start: int, end: int) -> float:
        if len(self.fonts) == 1:
            return advance(self.text[start:end], self.fonts[0], self.face.size)
        return sum(advance(part, self.fonts[run], self.face.size) for run, part in self.parts(start, end))


@dataclass(frozen=True, slots=True)
class _Cut:
    """A line's stretch of the text, and whether a hyphen is added."""

    start: int
    end: int
    hyphen: bool = False


@lru_cache(maxsize=1_000)  # the reports of a batch share most of their texts
def break_lines(text: Text, face: Face, room: float, *, hyphenate: bool = False) -> tuple[Line, ...]:
    """The lines of *text* in a column of *room* points; no line for an empty text."""
    setting = _Setting(text, face)
    words = [m.span() for m in WORD.finditer(setting.text)]
    return _pieces(setting, _cuts(setting, words, room, hyphenate=hyphenate), words)


def _cuts(setting: _Setting, words: list[tuple[int, int]], room: float, *, hyphenate: bool) -> list[_Cut]:
    cuts: list[_Cut] = []
    begin, end, used = -1, -1, 0.0  # the line that is being filled
    for start, stop in words:
        at = start
        while True:
            gap = setting.width(end, at) if begin >= 0 else 0.0
            left = room - used - gap
            wide = setting.width(at, stop)
            if wide <= left + 0.01:
                begin, end, used = (begin if begin >= 0 else at), stop, used + gap + wide
                break
            alone = begin < 0
            cut = _divide(
                setting, at, stop, left, alone=alone, must=alone or wide > room, soft=hyphenate and (alone or left > WORTH * room)
            )
            if cut is not None:
                cuts.append(_Cut(begin if begin >= 0 else at, cut.end, cut.hyphen))
                at = cut.end
            elif alone:  # a single character is wider than the column
                begin, end, used = at, stop, wide
                break
            else:
                cuts.append(_Cut(begin, end))
            begin, used = -1, 0.0
    if begin >= 0:
        cuts.append(_Cut(begin, end))
    return cuts


def _divide(setting: _Setting, start: int, stop: int, left: float, *, alone: bool, must: bool, soft: bool) -> _Cut | None:
    """The longest beginning of a word that fits: after its own hyphen, with a hyphen, or (*alone* on its line) anywhere."""
    word = setting.text[start:stop]
    hyphen = width("-", setting.face.regular, setting.face.size)
    own = [start + m.start() for m in OWN_BREAK.finditer(word)]
    for at in reversed(own):
        if setting.width(start, at) <= left:
            return _Cut(start, at)
    fitting = [start + n for n in _soft_breaks(word) if setting.width(start, start + n) + hyphen <= left] if soft or must else []
    if (
        fitting and must and setting.width(fitting[-1], stop) <= left
    ):  # two lines do: as even as can be, stöd-program and not stödpro-gram
        fitting = [at for at in fitting if setting.width(at, stop) <= left]
        return _Cut(start, min(fitting, key=lambda at: abs(2 * at - start - stop)), hyphen=True)
    if fitting:
        return _Cut(start, fitting[-1], hyphen=True)
    if alone:
        for at in range(stop - 1, start, -1):
            if setting.width(start, at) + hyphen <= left:
                return _Cut(start, at, hyphen=True)
    return None


def _pieces(setting: _Setting, cuts: list[_Cut], words: list[tuple[int, int]]) -> tuple[Line, ...]:
    """Lines of pieces: the parts of a divided word are pieces of their own."""
    starts = [start for start, _ in words]
    lines: list[Line] = []
    for cut in cuts:
        head = words[bisect_right(starts, cut.start) - 1]
        tail = words[bisect_right(starts, cut.end - 1) - 1]
        inner = {cut.start, cut.end}
        if head[0] < cut.start:
            inner.add(min(head[1], cut.end))
        if tail[1] > cut.end:
            inner.add(max(tail[0], cut.start))
        edges = sorted(inner)
        pieces: list[Piece] = []
        x = 0.0
        for a, b in pairwise(edges):
            word = words[bisect_right(starts, a) - 1]
            divided = setting.text[slice(*word)] if word[1] > a and (word[0] < cut.start or word[1] > cut.end) else ""
            if divided and len({run for run, _ in setting.parts(*word)}) > 1:
                divided = ""  # a word of several runs can not be wrapped in one span
            for run, part in setting.parts(a, b):
                added = hyphen_of(setting.fonts[run]) if cut.hyphen and b == cut.end else ""
                pieces.append(Piece(part + added, run, x, divided, last=bool(divided) and b == word[1]))
                x += advance(part + added, setting.fonts[run], setting.face.size)
        if tail[1] == cut.end:
            last = pieces[-1]
            # The space after a divided word stands by itself: what reads as one word would swallow it.
            pieces[-1:] = [last, Piece(" ", last.run, x)] if last.divided else [Piece(last.text + " ", last.run, last.x)]
        lines.append(Line(tuple(pieces), x))
    return tuple(lines)
