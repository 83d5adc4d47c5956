"""What a font's codes stand for: its ToUnicode map, strings that are written in it, and whether it is a font like any other."""

from __future__ import annotations

import codecs
import re
import struct
from typing import Any

UNKNOWN = "\ufffd"  # a code that the font's ToUnicode map does not have
_CODE = re.compile(rb"\\(?:[0-7]{1,3}|\r\n|.)|[^\\]", re.DOTALL)
_RARE = re.compile(rb"\\[^0-3nrtbf\n]")  # what Python reads otherwise in its own strings, or not at all
_SECTION = re.compile(r"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_HEX = re.compile(r"<([0-9A-Fa-f\s]*)>")
_OCTAL = frozenset(b"%d" % digit for digit in range(8))
_ESCAPED = {b"n": 10, b"r": 13, b"t": 9, b"b": 8, b"f": 12}
_WHOLE = 0xFFFFFFFF
_HEAD = 12  # bytes before a font program's directory of tables
_ENTRY = struct.Struct(">4sIII")


class Codes:
    """From codes to characters. ``ordinary`` says that other programs have no reason to read the font in another way."""

    __slots__ = ("_read", "_table", "ordinary")

    def __init__(self, unicode_map: str, *, ordinary: bool = False) -> None:
        characters = _characters(unicode_map)
        single = all(len(character) == 1 for character in characters.values())
        every = {code: characters.get(code, UNKNOWN) for code in range(256)}
        self._table: Any = "".join(every.values()) if single else every  # as the codecs module takes them
        self._read: dict[bytes, str] = {}
        self.ordinary = ordinary

    def string(self, written: bytes) -> str:
        """The characters of a string, as it is written between its parentheses; what stands in many places is read once."""
        found = self._read.get(written)
        if found is None:
            found = self._read[written] = codecs.charmap_decode(unescaped(written), "replace", self._table)[0]
        return found

    def hex(self, written: bytes) -> str:
        """The characters of a string in hexadecimal."""
        return codecs.charmap_decode(from_hex(written), "replace", self._table)[0]


def _characters(unicode_map: str) -> dict[int, str]:
    found: dict[int, str] = {}
    for kind, body in _SECTION.findall(unicode_map):
        codes = _HEX.findall(body)
        if kind == "bfchar":
            found |= {int(code, 16): _utf16(text) for code, text in zip(codes[::2], codes[1::2], strict=False)}
            continue
        for first, last, text in zip(codes[::3], codes[1::3], codes[2::3], strict=False):
            start = _utf16(text)
            for n in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + n] = start[:-1] + chr(ord(start[-1]) + n)
    return found


def unescaped(written: bytes) -> bytes:
    """The codes of a string in parentheses."""
    if b"\\" not in written:
        return written
    simple, rare = written, _RARE.search(written)
    if rare is not None:
        simple = written.replace(rb"\\", rb"\134").replace(rb"\(", rb"\050").replace(rb"\)", rb"\051")
        rare = _RARE.search(simple)
    if rare is None:
        return simple.decode("unicode_escape").encode("latin-1")
    return bytes(code for token in _CODE.findall(written) if (code := _code(token)) is not None)


def _code(written: bytes) -> int | None:
    """The code of one character; None for a line end that is escaped away."""
    if written[:1] != b"\\" or len(written) == 1:
        return written[0]
    body = written[1:]
    if body[:1] in _OCTAL:
        return int(body, 8) & 255
    return None if body in {b"\n", b"\r", b"\r\n"} else _ESCAPED.get(body, body[0])


def from_hex(hexadecimal: bytes) -> bytes:
    """The codes of a string in hexadecimal."""
    digits = b"".join(hexadecimal.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _utf16(hexadecimal: str) -> str:
    return from_hex(hexadecimal.encode("ascii")).decode("utf-16-be", "replace")


def codes_of(font: Any) -> Codes:  # noqa: ANN401 - pikepdf's objects are whatever the file says
    """What the codes of a font in a file stand for."""
    stream = font.get("/ToUnicode")
    unicode_map = "" if stream is None else stream.read_bytes().decode("latin-1")
    program = font.get("/FontDescriptor", {}).get("/FontFile2")
    ordinary = (
        str(font.get("/Subtype", "")) == "/TrueType"
        and program is not None
        and all(width > 0 for width in font.get("/Widths", (0,)))
        and _is_whole(program.read_bytes())
    )
    return Codes(unicode_map, ordinary=ordinary)


def _is_whole(program: bytes) -> bool:
    """Whether each table of a TrueType program is there, with the sum that the directory gives for it."""
    if len(program) < _HEAD:
        return False
    end = _HEAD + _ENTRY.size * int.from_bytes(program[4:6], "big")
    if not _HEAD < end <= len(program):
        return False
    return all(
        tag == b"head"  # its sum leaves out a part of it
        or (start + length <= len(program) and _sum(program[start : start + length]) == total)
        for tag, total, start, length in _ENTRY.iter_unpack(program[_HEAD:end])
    )


def _sum(table: bytes) -> int:
    padded = table + bytes(-len(table) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & _WHOLE
