"""An .xlsx or .xlsm file before it is parsed: how far its sheets reach, and which cells have no value to read.

A sheet is looked through as bytes. Only one that holds a sign of something that the parser does not tell is read as XML.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from ojreport.sources.look import MOST_CELLS, MOST_STYLED, UNCALCULATED, Gathering, Look, damaged, number

_CHUNK = 1 << 20
_PLACES = re.compile(rb' r="([A-Za-z]{1,3})\d{1,7}"'), re.compile(rb' r="[A-Za-z]{1,3}(\d{1,7})"')  # columns, rows
_FILLED = re.compile(rb"""<c [^<>]*?\br="([A-Za-z]{1,3})(\d{1,7})"[^<>/]*>\s*<(?:v|is)\b""")
_SUSPECT = (b't="e"', b"t='e'", b"<f", b":f", b"hidden", b"<c>", b":c>", b"<!DOCTYPE", b"<!ENTITY", b"\x00")
_TAG = re.compile(r"<(?:\w+:)?(?:sheet|Relationship)\s([^<>]*)>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*["']([^"']*)["']""")
_PLACE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_SPANS = 1000  # ranges of hidden columns; more are no table
_WIDTH = 16_384
_TRUE = ("1", "true")


def look_at_xlsx(path: Path, archive: zipfile.ZipFile) -> Mapping[str, Look]:
    """What is to be known of each worksheet (SourceError if one reaches too far)."""
    return {name: _look(path, archive, part, name) for name, part in sheets_of(archive)}


def sheets_of(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name and the part of each worksheet; a part that the workbook does not name is called as it is."""
    there = {name.casefold(): name for name in archive.namelist()}
    targets = relationships(archive, there, "xl/_rels/workbook.xml.rels")
    left = {name for low, name in there.items() if low.startswith("xl/worksheets/") and low.endswith(".xml")}
    for tag in _tags(archive, there, "xl/workbook.xml"):
        target = next((targets[v] for k, v in tag.items() if k.endswith(":id") and v in targets), "")
        part = there.get(inside(target).casefold())
        if part is not None and "name" in tag:
            left.discard(part)
            yield tag["name"], part
    yield from ((posixpath.basename(part), part) for part in sorted(left))


def relationships(archive: zipfile.ZipFile, there: Mapping[str, str], part: str) -> Mapping[str, str]:
    """What a workbook's relationships point to, by their ids."""
    return {t["Id"]: t["Target"] for t in _tags(archive, there, part) if {"Id", "Target"} <= t.keys()}


def inside(target: str) -> str:
    """The name in the archive of what a workbook's relationship points to."""
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _tags(archive: zipfile.ZipFile, there: Mapping[str, str], part: str) -> list[dict[str, str]]:
    if part not in there:
        return []
    text = archive.read(there[part]).decode("utf-8")
    return [{k: unescape(v) for k, v in _ATTRIBUTE.findall(inner)} for inner in _TAG.findall(text)]


def _look(path: Path, archive: zipfile.ZipFile, part: str, name: str) -> Look:
    columns, rows, cells = set[bytes](), set[bytes](), 0
    plain, rest = True, b""
    with archive.open(part) as stream:
        while plain and (chunk := stream.read(_CHUNK)):
            text = rest + chunk
            cut = max(text.rfind(b"<"), 0)  # between tags
            text, rest = text[:cut], text[cut:]
            found = _PLACES[0].findall(text)
            columns.update(found)
            rows.update(_PLACES[1].findall(text))
            cells += len(found)
            plain = len(found) == text.count(b"<c ") and len(rest) < _CHUNK and not any(sign in text for sign in _SUSPECT)
    widest, lowest = max((number(c.decode()) for c in columns), default=-1), max(map(int, rows), default=0)
    if plain and lowest * (widest + 1) <= MOST_CELLS:
        return Look({})
    if plain and cells <= MOST_STYLED and _reach(archive, part) <= MOST_CELLS:
        return Look({})
    with archive.open(part) as stream:
        return _Exact(path, name).read(iter(lambda: stream.read(_CHUNK), b""))


def _reach(archive: zipfile.ZipFile, part: str) -> int:
    """How many cells lie between A1 and the farthest ones that are not only coloured, where all is written plainly."""
    columns, rows = set[str](), {0}
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            cut = max(text.rfind(b"<c "), 0)
            found = _FILLED.findall(text[:cut])
            columns.update(letters.decode() for letters, _ in found)
            rows.update(int(row) for _, row in found)
            rest = text[cut:][:_CHUNK]
    found = _FILLED.findall(rest)
    columns.update(letters.decode() for letters, _ in found)
    rows.update(int(row) for _, row in found)
    return max(rows) * (max(map(number, columns), default=-1) + 1)


class _Exact:
    """Reads a sheet as XML: its filled cells, errors, formulas without a value, and what is hidden."""

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.own = path, Gathering(path, name)
        self.spans: set[tuple[int, int]] = set()
        self.row = self.column = -1
        self.kind = ""
        self.formula = self.valued = False
        self.text: list[str] | None = None

    def read(self, pieces: Iterator[bytes]) -> Look:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.CharacterDataHandler = self.said
        parser.StartDoctypeDeclHandler = self.refuse
        try:
            for piece in pieces:
                parser.Parse(piece, False)  # noqa: FBT003 - expat's own signature
                self.own.check()
            parser.Parse(b"", True)  # noqa: FBT003 - the same
        except expat.ExpatError as error:
            raise damaged(self.path) from error
        self.own.columns.update(c for low, high in self.spans for c in range(low, high))
        return self.own.look()

    def refuse(self, *_: object) -> NoReturn:
        raise damaged(self.path)

    def start(self, tag: str, given: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            place = _PLACE.fullmatch(given.get("r", ""))
            self.column = number(place[1]) if place else self.column + 1
            if place:
                self.row = int(place[2]) - 1
            self.kind, self.formula, self.valued = given.get("t", ""), False, False
        elif tag == "row":
            self.row = int(given["r"]) - 1 if given.get("r", "").isdecimal() else self.row + 1
            self.column = -1
            if given.get("hidden") in _TRUE:
                self.own.rows.add(self.row)
        elif tag in ("v", "is"):
            self.text, self.valued = [], True
        elif tag == "f":
            self.formula = True
        elif tag == "col" and given.get("hidden") in _TRUE and len(self.spans) < _SPANS:
            low, high = (min(int(v), _WIDTH) if (v := given.get(k, "")).isdecimal() else 0 for k in ("min", "max"))
            self.spans.add((max(low, 1) - 1, high))

    def said(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] != "c":
            return
        said = "".join(self.text or ())
        self.text = None
        if self.valued or self.formula:
            self.own.fill(self.row, self.column)
        if self.kind == "e" and self.valued:
            self.own.mark(self.row, self.column, said if said.startswith("#") else UNCALCULATED)
        elif self.formula and not said.strip() and not (self.kind == "str" and self.valued):
            self.own.mark(self.row, self.column, UNCALCULATED)
