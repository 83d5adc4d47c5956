"""The words in a page's content stream, by the marks that they stand in, read through the fonts' ToUnicode maps.

A general parser of content streams takes as long as making the page. This one looks for marks, fonts, strings and where they
stand alone, and steps over all else that draws. What is drawn where a mark says what is to be read (ActualText) is held against
that here, since both are known nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pikepdf

from ojreport.proof.actual import drawn_sign, misread

UNKNOWN = "\ufffd"  # a code that the font's ToUnicode map does not have
_NAME = rb"[^\s/<>()\[\]]+"
_STRING = rb"\((?:[^\\()]++|\\.|\((?:[^\\()]++|\\.)*\))*+\)"
_TOKEN = re.compile(
    rb"(?=[/([<BEqQ])(?:"  # what none of these begin with is stepped over fast
    rb"/(?P<tag>%(name)s)\s*<<(?P<entries>(?:[^<>()]++|<[^<>]*>|%(string)s)*)>>\s*BDC\b"
    rb"|/(?P<bare>%(name)s)\s*(?:/%(name)s\s*BDC|BMC)\b"
    rb"|\b(?P<begin>BT\b(?:(?:\s+[-+.\d]+){4}\s+(?P<x>[-+.\d]+)\s+(?P<y>[-+.\d]+)\s+Tm\b)?)"
    rb"|/(?P<font>%(name)s)\s+[-+.\d]+\s+Tf\b"
    rb"|(?P<string>%(string)s)\s*(?:Tj\b|'|\")"
    rb"|\[(?P<strings>(?:[^\[\]()<>]++|<[^<>]*>|%(string)s)*)\]\s*TJ\b"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>\s*(?:Tj\b|'|\")"
    rb"|(?P<end>EMC)\b|(?P<save>q)\b|(?P<restore>Q)\b"
    rb"|%(string)s|/%(name)s)" % {b"name": _NAME, b"string": _STRING},
    re.DOTALL,
)
_PIECE = re.compile(rb"(?P<string>%s)|<(?P<hex>[0-9A-Fa-f\s]*)>" % _STRING, re.DOTALL)
_CODE = re.compile(rb"\\(?:[0-7]{1,3}|\r\n|.)|[^\\]", re.DOTALL)
_MCID = re.compile(rb"/MCID\s+(\d+)")
_KIND = re.compile(rb"/Subtype\s*/(\w+)")
_ACTUAL = re.compile(rb"/ActualText\s*(?:<(?P<hex>[0-9A-Fa-f\s]*)>|(?P<string>%s))" % _STRING, re.DOTALL)
_SECTION = re.compile(r"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX = re.compile(r"<([0-9A-Fa-f\s]*)>")
_APART = "\n"  # between texts that are drawn each by itself
_ESCAPED = {b"n": 10, b"r": 13, b"t": 9, b"b": 8, b"f": 12}


@dataclass(frozen=True, slots=True)
class Label:
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
    shapes without words; ``drawings`` are the figures by the number of their marked content.
    """

    marked: dict[int, str]
    artifacts: tuple[tuple[str, str], ...]
    loose: str
    misread: tuple[tuple[str, str], ...] = ()
    signs: tuple[str, ...] = ()
    drawings: dict[int, Drawing] = field(default_factory=dict)

    @property
    def all(self) -> str:
        """Every word on the page, content first."""
        return " ".join((*self.marked.values(), *(text for _, text in self.artifacts), self.loose))


class Codes(dict[bytes, str]):
    """From a character's code, as it may be written in a string, to the character: what a font's ToUnicode map says."""

    def __init__(self, unicode_map: str) -> None:
        super().__init__()
        self._characters: dict[int, str] = {}
        for kind, body in _SECTION.findall(unicode_map):
            codes = _HEX.findall(body)
            if kind == "bfchar":
                self._characters |= {int(code, 16): _utf16(text) for code, text in zip(codes[::2], codes[1::2], strict=False)}
                continue
            for first, last, text in zip(codes[::3], codes[1::3], codes[2::3], strict=False):
                start = _utf16(text)
                for n in range(int(last, 16) - int(first, 16) + 1):
                    self._characters[int(first, 16) + n] = start[:-1] + chr(ord(start[-1]) + n)

    def __missing__(self, written: bytes) -> str:
        code = _code(written)
        self[written] = found = "" if code is None else self._characters.get(code, UNKNOWN)
        return found

    def string(self, written: bytes) -> str:
        """The characters of a string in parentheses."""
        return "".join(map(self.__getitem__, _CODE.findall(written, 1, len(written) - 1)))

    def hex(self, written: bytes) -> str:
        """The characters of a string in hexadecimal."""
        return "".join(self._characters.get(code, UNKNOWN) for code in _bytes(written))


def _code(written: bytes) -> int | None:
    """The code of one character; None for a line end that is escaped away."""
    if written[:1] != b"\\" or len(written) == 1:
        return written[0]
    body = written[1:]
    if body.isdigit():
        return int(body, 8) & 255
    return None if body in {b"\n", b"\r", b"\r\n"} else _ESCAPED.get(body, body[0])


def _bytes(hexadecimal: bytes) -> bytes:
    digits = b"".join(hexadecimal.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _utf16(hexadecimal: str) -> str:
    return _bytes(hexadecimal.encode("ascii")).decode("utf-16-be", "replace")


def _actual_text(entries: bytes) -> str | None:
    """What a mark says that its content reads as; None when it says nothing."""
    found = _ACTUAL.search(entries)
    if found is None:
        return None
    if found["hex"] is not None:
        raw = _bytes(found["hex"])
    else:
        raw = bytes(code for token in _CODE.findall(found["string"][1:-1]) if (code := _code(token)) is not None)
    return raw[2:].decode("utf-16-be", "replace") if raw[:2] == b"\xfe\xff" else raw.decode("latin-1")


class Reader:
    """Reads pages; a font that several pages share is read once."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], Codes] = {}

    def page(self, page: pikepdf.Page) -> PageWords:
        """The words of *page*."""
        contents: Any = page.obj.get("/Contents")
        streams = tuple(contents) if isinstance(contents, pikepdf.Array) else () if contents is None else (contents,)
        return _Stream(b"\n".join(stream.read_bytes() for stream in streams), self._of(page)).words()

    def _of(self, page: pikepdf.Page) -> dict[bytes, Codes]:
        fonts: Any = page.resources.get("/Font", {})
        return {name[1:].encode("latin-1"): self._codes(font) for name, font in fonts.items()}

    def _codes(self, font: Any) -> Codes:  # noqa: ANN401 - pikepdf's objects are whatever the file says
        if font.objgen not in self._fonts or font.objgen == (0, 0):
            stream = font.get("/ToUnicode")
            self._fonts[font.objgen] = Codes("" if stream is None else stream.read_bytes().decode("latin-1"))
        return self._fonts[font.objgen]


@dataclass(slots=True)
class _Mark:
    """An open mark: where words inside it go, where in the stream it begins, and what it is."""

    words: list[str]
    start: int = 0
    actual: str | None = None  # what it reads as
    outer: list[str] = field(default_factory=list)  # where that is to go
    figure: int | None = None
    starts: list[tuple[int, float, float]] = field(default_factory=list)  # of a figure's texts: their first word and place
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

    def words(self) -> PageWords:
        """All of it."""
        nothing = Codes("")
        font, saved, mark = nothing, [nothing], self._open[-1]
        for token in _TOKEN.finditer(self._stream):
            match token.lastgroup:
                case "string" | "hex" | "strings":
                    mark.words.append(_drawn(token, font))
                case "begin":
                    _begin(mark, token)
                case "font":
                    font = self._fonts.get(token["font"], nothing)
                case "entries" | "bare":
                    self._open.append(self._opened(token, mark))
                    mark = self._open[-1]
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
        return PageWords(
            {number: "".join(parts) for number, parts in self._marked.items()},
            tuple((kind, "".join(parts)) for kind, parts in self._artifacts),
            "".join(self._open[0].words),
            tuple(self._misread),
            tuple(self._signs),
            self._drawings,
        )

    def _opened(self, token: re.Match[bytes], outer: _Mark) -> _Mark:
        """The mark that *token* begins inside *outer*."""
        entries, tag = token["entries"] or b"", token["tag"] or token["bare"]
        mark = _Mark(outer.words, token.end())
        number = _MCID.search(entries)
        if number is not None:
            mark.words = self._marked.setdefault(int(number[1]), [])
            mark.figure = int(number[1]) if tag == b"Figure" else None
        elif tag == b"Artifact":
            kind = _KIND.search(entries)
            mark.words, mark.artifact = [], True
            self._artifacts.append(("" if kind is None else kind[1].decode("latin-1"), mark.words))
        mark.actual = _actual_text(entries)
        if mark.actual is not None:
            mark.words, mark.outer = [], mark.words
        return mark

    def _close(self, mark: _Mark, end: int) -> None:
        """Take down what the mark held, now that all of it is known."""
        code = self._stream[mark.start : end]
        if mark.actual is not None:
            mark.outer.append(mark.actual)
            drawn = misread("".join(mark.words).split(_APART), code, mark.actual)
            self._misread += [] if drawn is None else [(mark.actual, drawn)]
        elif mark.figure is not None:
            starts = [*mark.starts, (len(mark.words), 0.0, 0.0)]
            labels = (Label(x, y, "".join(mark.words[start:stop])) for (start, x, y), (stop, _, _) in pairwise(starts))
            self._drawings[mark.figure] = Drawing(tuple(labels), code)
        elif mark.artifact and not mark.words:
            sign = drawn_sign(code)
            self._signs += [sign] if sign else []


def _drawn(token: re.Match[bytes], font: Codes) -> str:
    """The characters that an operator draws in *font*."""
    if token["strings"] is not None:
        return "".join(
            font.string(p["string"]) if p["hex"] is None else font.hex(p["hex"]) for p in _PIECE.finditer(token["strings"])
        )
    return font.string(token["string"]) if token["hex"] is None else font.hex(token["hex"])


def _begin(mark: _Mark, token: re.Match[bytes]) -> None:
    """A text begins: in a mark that has other words, it is apart from the text before it."""
    if mark.actual is not None:
        mark.words.append(_APART)
    elif mark.figure is not None:
        mark.starts.append((len(mark.words), float(token["x"] or 0), float(token["y"] or 0)))
