"""What must be known of an .xlsx file before it is parsed: how far its sheets reach, and which cells have no value to read.

The parser makes room for every cell between A1 and the farthest one, and hands on error cells, and formulas that were never
calculated, as blank cells. So the sheets' XML is looked through first, as bytes and in one pass.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from ojreport.errors import SourceError

UNCALCULATED = "#="  # stands for a formula that no program has calculated
MOST_CELLS = 5_000_000  # of a sheet, from A1 on; an edition has some 20 000
MOST_BYTES = 500_000_000  # of all parts, unpacked
MOST_PACKED = 500  # times: what a part of more than _SMALL may grow when it is unpacked
_SMALL = 20_000_000
_CHUNK = 1 << 20
_CELL_AT_MOST = 1 << 16  # bytes of a cell with its formula; what is cut off at a chunk's end is carried over

_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r=["']([A-Za-z]{1,3})(\d{1,7})["'][^>/]*>(?=\s*<(?:\w+:)?(?:v|f|is)\b)""")
_UNREADABLE = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^>]*\br=["']([A-Za-z]{1,3})(\d{1,7})["'])(?:"""
    rb"""(?=[^>]*\bt=["']e["'])[^>/]*>.*?<(?:\w+:)?v>([^<]*)<"""
    rb"""|(?![^>]*\bt=["']str["'])[^>/]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^<]*</(?:\w+:)?f>)\s*"""
    rb"""(?:</(?:\w+:)?c>|<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</)"""
    rb"""|[^>/]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^<]*</(?:\w+:)?f>)\s*</(?:\w+:)?c>)""",
    re.DOTALL,
)
_ROW, _COLUMN = re.compile(rb'row r="(\d{1,7})"'), re.compile(rb'r="([A-Za-z]{1,3})\d')
_SUSPECT = (b't="e"', b"t='e'", b"<f", b":f")
_TAG = re.compile(r"<(?:\w+:)?(?:sheet|Relationship)\s([^>]*)>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*["']([^"']*)["']""")

_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\s(?=[^>]*\bhidden=["'](?:1|true)["'])(?=[^>]*\br=["'](\d{1,7})["'])""")
_HIDDEN_COLUMNS = re.compile(
    rb"""<(?:\w+:)?col\s(?=[^>]*\bhidden=["'](?:1|true)["'])(?=[^>]*\bmin=["'](\d{1,5})["'])(?=[^>]*\bmax=["'](\d{1,5})["'])"""
)

Marks = Mapping[tuple[int, int], str]  # (row, column) from zero → ``#N/A``, or the mark of a formula that was never calculated


@dataclass(frozen=True, slots=True)
class Look:
    """Of a sheet: the cells that can not be read, and the hidden rows and columns, counted from zero."""

    marks: Marks
    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


def look_through(path: Path, content: bytes) -> Mapping[str, Look]:
    """What is to be known of each sheet, by its name; nothing for other formats than .xlsx and .xlsm.

    Raises SourceError if the file is damaged, or larger than any edition can be.
    """
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return {}  # the parser says what is wrong with it
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_size(path, archive)
            return {name: _look(path, archive, part, name) for name, part in _sheets(archive)}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        message = f"{path} is damaged or no workbook that can be read; open it in Excel and save it as .xlsx, or fetch it again"
        raise SourceError(message) from error


def _check_size(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    large = sum(p.file_size for p in parts) > MOST_BYTES
    if large or any(p.file_size > max(_SMALL, MOST_PACKED * p.compress_size) for p in parts):
        raise SourceError(f"{path} unpacks to far more than an edition holds; open it in Excel and save only its result sheets")


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name and the part of each worksheet; a part that the workbook does not name is called as it is."""
    there = {name.casefold(): name for name in archive.namelist()}
    targets = {t["Id"]: t["Target"] for t in _tags(archive, there, "xl/_rels/workbook.xml.rels") if {"Id", "Target"} <= t.keys()}
    left = {name for low, name in there.items() if low.startswith("xl/worksheets/") and low.endswith(".xml")}
    for tag in _tags(archive, there, "xl/workbook.xml"):
        target = next((targets[v] for k, v in tag.items() if k.endswith(":id") and v in targets), "")
        inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        part = there.get(inside.casefold())
        if part in left and "name" in tag:
            left.discard(part)
            yield tag["name"], part
    yield from ((posixpath.basename(part), part) for part in sorted(left))


def _tags(archive: zipfile.ZipFile, there: Mapping[str, str], part: str) -> list[dict[str, str]]:
    if part not in there:
        return []
    text = archive.read(there[part]).decode("utf-8")
    return [{k: unescape(v) for k, v in _ATTRIBUTE.findall(inner)} for inner in _TAG.findall(text)]


def _look(path: Path, archive: zipfile.ZipFile, part: str, name: str) -> Look:
    """Looks through one sheet (SourceError if it reaches too far)."""
    rows, columns = 0, set[bytes]()
    found: dict[tuple[int, int], str] = {}
    hidden_rows, hidden_columns = set[int](), set[int]()
    for text in _pieces(archive, part):
        rows = max(rows, *map(int, _ROW.findall(text)), 0)
        columns.update(_COLUMN.findall(text))
        if b"hidden=" in text:
            hidden_rows.update(int(r) - 1 for r in _HIDDEN_ROW.findall(text))
            hidden_columns.update(c for low, high in _HIDDEN_COLUMNS.findall(text) for c in range(int(low) - 1, int(high)))
        if any(sign in text for sign in _SUSPECT):
            for match in _UNREADABLE.finditer(text):
                at = int(match[2]) - 1, _number(match[1]) - 1
                found[at] = unescape(match[3].decode()) if match[3] else UNCALCULATED
    if not rows or rows * max(map(_number, columns), default=0) > MOST_CELLS:
        _check_extent(path, archive, part, name)
    return Look(found, frozenset(hidden_rows), frozenset(hidden_columns))


def _check_extent(path: Path, archive: zipfile.ZipFile, part: str, name: str) -> None:
    """The same, cell by cell: a cell that is only coloured does not count."""
    low: tuple[bytes, bytes] = (b"A", b"1")
    wide = low
    for text in _pieces(archive, part):
        cells: list[tuple[bytes, bytes]] = _CELL.findall(text)
        low = max([low, *cells], key=lambda cell: int(cell[1]))
        wide = max([wide, *cells], key=lambda cell: _number(cell[0]))
    if int(low[1]) * _number(wide[0]) > MOST_CELLS:
        letters, number = max(low, wide, key=lambda cell: int(cell[1]) * _number(cell[0]))
        far = f"{letters.decode()}{int(number)}".upper()
        raise SourceError(f"the sheet “{name}” of {path} reaches to {far}, far beyond its results; clear that cell and save")


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part's bytes, cut between cells."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            text = rest + chunk
            cut = max(text.rfind(b"</row>"), text.rfind(b"</c>"), len(text) - _CELL_AT_MOST if len(text) > 4 * _CHUNK else 0)
            yield text[:cut]
            rest = text[cut:]
    yield rest


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
