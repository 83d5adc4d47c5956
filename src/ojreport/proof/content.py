"""The words in a page's content stream, by the marks that they stand in, read through the fonts' ToUnicode maps.

A general parser of content streams takes as long as making the page. This one looks for marks, fonts and strings alone, and
steps over all that draws.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pikepdf

UNKNOWN = "\ufffd"  # a code that the font's ToUnicode map does not have
_NAME = rb"[^\s/<>()\[\]]+"
_STRING = rb"\((?:[^\\()]++|\\.|\((?:[^\\()]++|\\.)*\))*+\)"
_TOKEN = re.compile(
    rb"/(?P<tag>%(name)s)\s*<<(?P<entries>(?:[^<>()]++|<[^<>]*>|%(string)s)*)>>\s*BDC\b"
    rb"|/(?P<bare>%(name)s)\s*(?:/%(name)s\s*BDC|BMC)\b"
    rb"|/(?P<font>%(name)s)\s+[-+.\d]+\s+Tf\b"
    rb"|(?P<string>%(string)s)\s*(?:Tj\b|'|\")"
    rb"|\[(?P<strings>(?:[^\[\]()<>]++|<[^<>]*>|%(string)s)*)\]\s*TJ\b"
    rb"|<(?P<hex>[0-9A-Fa-f\s]*)>\s*(?:Tj\b|'|\")"
    rb"|(?P<end>EMC)\b|(?P<save>q)\b|(?P<restore>Q)\b"
    rb"|%(string)s|/%(name)s" % {b"name": _NAME, b"string": _STRING},
    re.DOTALL,
)
_PIECE = re.compile(rb"(?P<string>%s)|<(?P<hex>[0-9A-Fa-f\s]*)>" % _STRING, re.DOTALL)
_CODE = re.compile(rb"\\(?:[0-7]{1,3}|\r\n|.)|[^\\]", re.DOTALL)
_MCID = re.compile(rb"/MCID\s+(\d+)")
_KIND = re.compile(rb"/Subtype\s*/(\w+)")
_ACTUAL = re.compile(rb"/ActualText\s*(?:<(?P<hex>[0-9A-Fa-f\s]*)>|(?P<string>%s))" % _STRING, re.DOTALL)
_SECTION = re.compile(r"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX = re.compile(r"<([0-9A-Fa-f\s]*)>")
_ESCAPED = {b"n": 10, b"r": 13, b"t": 9, b"b": 8, b"f": 12}


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page: of each marked-content sequence, of artifacts by their kind ("" for what has none), and unmarked."""

    marked: dict[int, str]
    artifacts: tuple[tuple[str, str], ...]
    loose: str

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
        return _words(b"\n".join(stream.read_bytes() for stream in streams), self._of(page))

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
    """An open mark, and where words inside it go; None when they are not read, because of what the mark says instead."""

    words: list[str] | None


def _words(stream: bytes, fonts: dict[bytes, Codes]) -> PageWords:
    nothing = Codes("")
    font, saved = nothing, [nothing]
    loose: list[str] = []
    marked: dict[int, list[str]] = {}
    artifacts: list[tuple[str, list[str]]] = []
    open_marks = [_Mark(loose)]
    for token in _TOKEN.finditer(stream):
        words = open_marks[-1].words
        match token.lastgroup:
            case "string" if words is not None:
                words.append(font.string(token["string"]))
            case "hex" if words is not None:
                words.append(font.hex(token["hex"]))
            case "strings" if words is not None:
                words += (
                    font.string(p["string"]) if p["hex"] is None else font.hex(p["hex"])
                    for p in _PIECE.finditer(token["strings"])
                )
            case "font":
                font = fonts.get(token["font"], nothing)
            case "entries" | "bare":
                open_marks.append(_Mark(_opened(token, words, marked, artifacts)))
            case "end" if len(open_marks) > 1:
                open_marks.pop()
            case "save":
                saved.append(font)
            case "restore" if len(saved) > 1:
                font = saved.pop()
            case _:
                pass
    return PageWords(
        {number: "".join(parts) for number, parts in marked.items()},
        tuple((kind, "".join(parts)) for kind, parts in artifacts),
        "".join(loose),
    )


def _opened(
    token: re.Match[bytes], words: list[str] | None, marked: dict[int, list[str]], artifacts: list[tuple[str, list[str]]]
) -> list[str] | None:
    """Where the words go in the mark that *token* begins, when outside it they go to *words*."""
    entries = token["entries"] or b""
    number = _MCID.search(entries)
    if number is not None:
        words = marked.setdefault(int(number[1]), [])
    elif b"Artifact" in (token["tag"], token["bare"]):
        kind = _KIND.search(entries)
        words = []
        artifacts.append(("" if kind is None else kind[1].decode("latin-1"), words))
    actual = _actual_text(entries)
    if actual is None or words is None:
        return words
    words.append(actual)
    return None
