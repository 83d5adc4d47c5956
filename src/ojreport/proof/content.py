"""The words in a page's content stream, by the marks that they stand in, read through the fonts' ToUnicode maps.

A general parser of content streams takes as long as making the page. This one looks for marks, fonts, strings and where they
stand alone, and steps over all else that draws. What is drawn where a mark says what is to be read (ActualText) is held against
that here, since both are known nowhere else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pikepdf

from ojreport.proof.actual import drawn_sign, misread
from ojreport.proof.codes import Codes, codes_of, from_hex, unescaped
from ojreport.proof.tokens import ACTUAL, ANY, KIND, MCID, PIECE, PLAIN

_APART = "\n"  # between texts that are drawn each by itself


class Label(NamedTuple):
    """A text in a drawing: its left edge and baseline in points, as the drawing measures them."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure as drawn: its texts in their order, and the operators that draw them and the rest."""

    labels: tuple[Label, ...] = ()
    code: bytes = b""


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page: of each marked-content sequence, of artifacts by their kind ("" for what has none), and unmarked.

    ``misread`` is what is read and what is drawn instead, where these differ; ``signs`` are those (● ◐ ○) that are drawn as
    shapes without words; ``drawings`` are the figures by the number of their marked content. ``plain``: each text is written in
    the one manner that leaves nothing to be read in another way.
    """

    marked: dict[int, str]
    artifacts: tuple[tuple[str, str], ...]
    loose: str
    misread: tuple[tuple[str, str], ...] = ()
    signs: tuple[str, ...] = ()
    drawings: dict[int, Drawing] = field(default_factory=dict)
    plain: bool = False

    @property
    def all(self) -> str:
        """Every word on the page, content first."""
        return " ".join((*self.marked.values(), *(text for _, text in self.artifacts), self.loose))


def _actual_text(entries: bytes) -> str | None:
    """What a mark says that its content reads as; None when it says nothing."""
    found = ACTUAL.search(entries)
    if found is None:
        return None
    raw = unescaped(found["string"]) if found["hex"] is None else from_hex(found["hex"])
    return raw[2:].decode("utf-16-be", "replace") if raw[:2] == b"\xfe\xff" else raw.decode("latin-1")


def _is_sized(stream: bytes) -> bool:
    """Whether nothing is drawn narrower or in another size than its font's: other programs leave out what can not be seen."""
    moved = (part[-99:].split()[-6:-2] for part in stream.split(b"cm")[:-1])
    widths = (part[-9:].split()[-1:] for part in stream.split(b"Tz")[:-1])
    return all(step == [b"1", b"0", b"0", b"1"] for step in moved) and all(
        width and width[0][:1] in b"123456789" for width in widths
    )


class Reader:
    """Reads pages; a font that several pages share is read once."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], Codes] = {}

    def page(self, page: pikepdf.Page) -> PageWords:
        """The words of *page*."""
        contents: Any = page.obj.get("/Contents")
        streams = tuple(contents) if isinstance(contents, pikepdf.Array) else () if contents is None else (contents,)
        stream, resources = b"\n".join(stream.read_bytes() for stream in streams), page.resources
        fonts: Any = resources.get("/Font", {})
        codes: dict[bytes, Codes] = defaultdict(lambda: Codes(""))  # a font that the page does not have knows no codes
        codes.update({name[1:].encode("latin-1"): self._codes(font) for name, font in fonts.items()})
        if _is_sized(stream) and all(str(thing.get("/Subtype", "")) == "/Image" for thing in _things(resources)):
            words = _Stream(stream, codes).plain()
            if words is not None:
                return words
        return _Stream(stream, codes).words()

    def _codes(self, font: Any) -> Codes:  # noqa: ANN401 - pikepdf's objects are whatever the file says
        place = font.objgen
        if place not in self._fonts or place == (0, 0):
            self._fonts[place] = codes_of(font)
        return self._fonts[place]


def _things(resources: Any) -> tuple[Any, ...]:  # noqa: ANN401 - the same
    """What a page may show that is not in its own content: pictures, and content that could hold words."""
    return tuple(resources.get("/XObject", {}).values())


@dataclass(slots=True)
class _Mark:
    """An open mark: where words inside it go, where in the stream it begins, and what it is."""

    words: list[str]
    start: int = 0
    actual: str | None = None  # what it reads as
    outer: list[str] | None = None  # where that is to go
    figure: int | None = None
    starts: list[tuple[int, float, float]] | None = None  # of a figure's texts: their first word and place
    artifact: bool = False


class _Stream:
    """Takes in one content stream."""

    def __init__(self, stream: bytes, fonts: dict[bytes, Codes]) -> None:
        self._stream, self._fonts = stream, fonts
        self._marked: dict[int, list[str]] = {}
        self._artifacts: list[tuple[str, list[str]]] = []
        self._misread: list[tuple[str, str]] = []
        self._signs: list[str] = []
        self._drawings: dict[int, Drawing] = {}
        self._open = [_Mark([])]

    def plain(self) -> PageWords | None:
        """All of it; None when a part is written in another way than pages are here."""
        fonts, marks = self._fonts, self._open
        mark = marks[-1]
        for token in PLAIN.finditer(self._stream):
            kind = token.lastgroup
            if kind == "said":
                name, written = token.group("font", "said")
                if mark.actual is not None or mark.starts is not None:
                    _begin(mark, token)
                mark.words.append(fonts[name].string(written))
            elif kind in {"whole", "said_first"}:
                number, name, written = token.group("number", "font_first", "said_first")
                words = self._marked.setdefault(int(number), [])
                words.append(fonts[name].string(written))
                if kind != "whole":
                    mark = _Mark(words)
                    marks.append(mark)
            elif kind == "drawn":
                self._artifacts.append(("", []))
                self._sign(token["drawn"])
            elif kind in {"mcid", "entries", "bare"}:
                mark = self._opened(token, mark)
                marks.append(mark)
            elif kind == "end" and len(marks) > 1:
                self._close(marks.pop(), token.start())
                mark = marks[-1]
            elif kind not in {"name", "dashes", "paint"}:
                return None
        return self._all(plain=all(font.ordinary for font in fonts.values())) if len(marks) == 1 else None

    def words(self) -> PageWords:
        """All of it, however it is written."""
        font = Codes("")
        saved, mark = [font], self._open[-1]
        for token in ANY.finditer(self._stream):
            match token.lastgroup:
                case "string" | "hex" | "strings":
                    mark.words.append(_drawn(token, font))
                case "begin":
                    _begin(mark, token)
                case "font":
                    font = self._fonts[token["font"]]
                case "mcid" | "entries" | "bare":
                    mark = self._opened(token, mark)
                    self._open.append(mark)
                case "end" if len(self._open) > 1:
                    self._close(self._open.pop(), token.start())
                    mark = self._open[-1]
                case "save":
                    saved.append(font)
                case "restore" if len(saved) > 1:
                    font = saved.pop()
                case _:
                    pass
        while len(self._open) > 1:  # in a damaged file
            self._close(self._open.pop(), len(self._stream))
        return self._all(plain=False)

    def _all(self, *, plain: bool) -> PageWords:
        return PageWords(
            {number: "".join(parts) for number, parts in self._marked.items()},
            tuple((kind, "".join(parts)) for kind, parts in self._artifacts),
            "".join(self._open[0].words),
            tuple(self._misread),
            tuple(self._signs),
            self._drawings,
            plain,
        )

    def _content(self, number: int, tag: bytes, start: int) -> _Mark:
        """The mark of a part of the structure."""
        words = self._marked.setdefault(number, [])
        return _Mark(words, start, None, None, number, []) if tag == b"Figure" else _Mark(words, start)

    def _opened(self, token: re.Match[bytes], outer: _Mark) -> _Mark:
        """Any mark, that *token* begins inside *outer*."""
        tag, number, entries = token.group("tag", "mcid", "entries")
        if number:
            return self._content(int(number), tag, token.end())
        tag, entries = tag or token["bare"], entries or b""
        found = MCID.search(entries)
        if found is not None:
            mark = self._content(int(found[1]), tag, token.end())
        elif tag == b"Artifact":
            kind = KIND.search(entries)
            mark = _Mark([], token.end(), artifact=True)
            self._artifacts.append(("" if kind is None else kind[1].decode("latin-1"), mark.words))
        else:
            mark = _Mark(outer.words, token.end())
        mark.actual = _actual_text(entries)
        if mark.actual is not None:
            mark.words, mark.outer = [], mark.words
        return mark

    def _close(self, mark: _Mark, end: int) -> None:
        """Take down what the mark held, now that all of it is known."""
        if mark.actual is not None and mark.outer is not None:
            mark.outer.append(mark.actual)
            drawn = misread("".join(mark.words).split(_APART), self._stream[mark.start : end], mark.actual)
            self._misread += [] if drawn is None else [(mark.actual, drawn)]
        elif mark.figure is not None and mark.starts is not None:
            starts = [*mark.starts, (len(mark.words), 0.0, 0.0)]
            labels = (Label(x, y, "".join(mark.words[start:stop])) for (start, x, y), (stop, _, _) in pairwise(starts))
            self._drawings[mark.figure] = Drawing(tuple(labels), self._stream[mark.start : end])
        elif mark.artifact and not mark.words:
            self._sign(self._stream[mark.start : end])

    def _sign(self, code: bytes) -> None:
        """Take down the sign that an artifact without words may be."""
        sign = drawn_sign(code)
        self._signs += [sign] if sign else []


def _drawn(token: re.Match[bytes], font: Codes) -> str:
    """The characters that an operator draws in *font*."""
    if token["strings"] is not None:
        return "".join(
            font.string(p["string"]) if p["hex"] is None else font.hex(p["hex"]) for p in PIECE.finditer(token["strings"])
        )
    return font.string(token["string"]) if token["hex"] is None else font.hex(token["hex"])


def _begin(mark: _Mark, token: re.Match[bytes]) -> None:
    """A text begins: in a mark that has other words, it is apart from the text before it."""
    if mark.actual is not None:
        mark.words.append(_APART)
    elif mark.starts is not None:
        mark.starts.append((len(mark.words), float(token["x"] or 0), float(token["y"] or 0)))
