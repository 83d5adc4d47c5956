"""An .ods file before it is parsed: repeated rows and cells are counted out, and what the parser does not tell is kept.

OpenDocument 1.3, part 3: 9.1 (tables, rows, columns and their repetition), 19.676 (``table:number-rows-repeated``).
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from ojreport.sources.look import MOST_MARKS, UNCALCULATED, Gathering, Look, damaged, protected

_CHUNK = 1 << 20
_HIDDEN = ("collapse", "filter")
_MOST_ROWS = 1 << 20
_VALUES = ("office:value", "office:string-value", "office:boolean-value", "office:date-value", "office:time-value")


def look_at_ods(path: Path, archive: zipfile.ZipFile) -> Mapping[str, Look]:
    """What is to be known of each sheet (SourceError if one reaches too far, or the file has a password)."""
    if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise protected(path)
    content = _Content(path)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = content.start, content.end
    parser.CharacterDataHandler = content.said
    parser.StartDoctypeDeclHandler = content.refuse
    try:
        with archive.open("content.xml") as stream:
            while piece := stream.read(_CHUNK):
                parser.Parse(piece, False)  # noqa: FBT003 - expat's own signature
            parser.Parse(b"", True)  # noqa: FBT003 - the same
    except expat.ExpatError as error:
        raise damaged(path) from error
    return content.found


class _Content:
    """Counts rows and cells as they are met in ``content.xml``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.found: dict[str, Look] = {}
        self.cell: dict[str, str] | None = None
        self.text: list[str] = []
        self._open("")

    def _open(self, name: str) -> None:
        self.own = Gathering(self.path, name)
        self.row, self.column, self.times = 0, 0, 1

    def refuse(self, *_: object) -> NoReturn:
        raise damaged(self.path)

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == "table:table":
            self._open(given.get("table:name", ""))
        elif tag == "table:table-column":
            times = _times(given, "table:number-columns-repeated")
            if given.get("table:visibility") in _HIDDEN:
                self.own.columns.update(range(self.column, min(self.column + times, 1 << 14)))
            self.column += times
        elif tag == "table:table-row":
            self.column, self.times = 0, _times(given, "table:number-rows-repeated")
            if given.get("table:visibility") in _HIDDEN:
                self.own.rows.update(range(self.row, min(self.row + self.times, MOST_MARKS)))
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self.cell, self.text = given, []

    def said(self, text: str) -> None:
        if self.cell is not None:
            self.text.append(text)

    def end(self, tag: str) -> None:
        if tag in ("table:table-cell", "table:covered-table-cell") and self.cell is not None:
            self._cell(self.cell, "".join(self.text).strip())
            self.cell = None
        elif tag == "table:table-row":
            self.row += self.times
        elif tag == "table:table":
            self.found[self.own.sheet] = self.own.look()

    def _cell(self, cell: Mapping[str, str], said: str) -> None:
        times = _times(cell, "table:number-columns-repeated")
        first, self.column = self.column, self.column + times
        formula = "table:formula" in cell
        if said or formula or any(cell.get(v) for v in _VALUES):
            self.own.fill(self.row + self.times - 1, first + times - 1)
            self.own.check()
        wrong = cell.get("calcext:value-type") == "error" or (formula and said.startswith("#"))
        if wrong or (formula and not said and not cell.get("office:value-type")):
            text = said if said.startswith("#") else UNCALCULATED
            for r in range(self.row, self.row + self.times):
                for c in range(first, first + times):
                    self.own.mark(r, c, text)
        down, across = (_times(cell, f"table:number-{kind}-spanned") for kind in ("rows", "columns"))
        if down > 1 or across > 1:
            self.own.merged.append(((self.row, first), (self.row + down - 1, first + across - 1)))


def _times(given: Mapping[str, str], name: str) -> int:
    text = given.get(name, "1")
    return max(1, min(int(text), _MOST_ROWS)) if text.isdecimal() and len(text) < 10 else 1  # noqa: PLR2004 - digits of a count
