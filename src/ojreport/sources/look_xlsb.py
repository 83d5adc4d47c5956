"""An .xlsb file before it is parsed: its records are walked, for error cells, hidden rows and columns, and how far sheets reach.

The format is [MS-XLSB]: a record's number and length take one or more bytes, seven bits of each counting. A formula that was
never calculated holds 0, and mostly asks to be calculated when the file is opened; only that tells it from a real 0.
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from ojreport.sources.look import ERRORS, UNCALCULATED, Gathering, Look, damaged
from ojreport.sources.look_xlsx import inside, relationships

_ROW, _COLUMN, _SHEET, _MERGED = 0, 60, 156, 176
_FIRST_CELL, _LAST_CELL, _RICH, _BLANK, _FORMULA, _ERRORS = 1, 11, 62, 1, 9, (3, 11)
_HIDDEN_ROW, _HIDDEN_COLUMN, _WAITING = 0x10, 0x01, 0x02
_OFTEN = 10_000  # records


def look_at_xlsb(path: Path, archive: zipfile.ZipFile) -> Mapping[str, Look]:
    """What is to be known of each sheet, by its name (SourceError if one reaches too far)."""
    try:
        there = {name.casefold(): name for name in archive.namelist()}
        targets = relationships(archive, there, "xl/_rels/workbook.bin.rels")
        found = {}
        for name, target in _sheets(archive.read(there["xl/workbook.bin"])):
            part = there.get(inside(targets.get(target, "")).casefold())
            if part is not None:
                found[name] = _look(path, name, archive.read(part))
    except (IndexError, KeyError, UnicodeDecodeError, struct.error) as error:
        raise damaged(path) from error
    return found


def _records(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Number, start and length of each record."""
    at = 0
    while at < len(content):
        kind, at = _varying(content, at, 2)
        length, at = _varying(content, at, 4)
        if at + length > len(content):
            raise IndexError
        yield kind, at, length
        at += length


def _varying(content: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of at most *most* bytes, and where it ends; a record's number keeps the bit that says that it goes on."""
    number = 0
    for i in range(most):
        byte = content[at + i]
        number |= (byte & 0x7F) << (7 * i)
        if not byte & 0x80:
            return number, at + i + 1
    return number, at + most


def _sheets(workbook: bytes) -> Iterator[tuple[str, str]]:
    """The name and the relationship of each sheet."""
    for kind, at, length in _records(workbook):
        if kind == _SHEET:
            own = workbook[at : at + length]
            id_length = int.from_bytes(own[8:12], "little")
            names = 12 + 2 * id_length
            end = names + 4 + 2 * int.from_bytes(own[names : names + 4], "little")
            yield own[names + 4 : end].decode("utf-16-le"), own[12:names].decode("utf-16-le")


def _look(path: Path, name: str, sheet: bytes) -> Look:
    own, row = Gathering(path, name), -1
    for n, (kind, at, length) in enumerate(_records(sheet)):
        if kind == _ROW:
            row = int.from_bytes(sheet[at : at + 4], "little")
            if length > 11 and sheet[at + 11] & _HIDDEN_ROW:  # noqa: PLR2004 - flags after number, format and height
                own.rows.add(row)
        elif _FIRST_CELL <= kind <= _LAST_CELL or kind == _RICH:
            _cell(own, sheet, kind, at, row)
        elif kind == _COLUMN and sheet[at + 16] & _HIDDEN_COLUMN:
            first, last = struct.unpack_from("<II", sheet, at)
            own.columns.update(range(first, min(last + 1, 1 << 14)))
        elif kind == _MERGED and length >= 16:  # noqa: PLR2004 - four numbers
            r1, r2, c1, c2 = struct.unpack_from("<IIII", sheet, at)
            own.merged.append(((r1, c1), (r2, c2)))
        if n % _OFTEN == 0:
            own.check()
    return own.look()


def _cell(own: Gathering, sheet: bytes, kind: int, at: int, row: int) -> None:
    column = int.from_bytes(sheet[at : at + 4], "little")
    if kind != _BLANK:
        own.fill(row, column)
    if kind in _ERRORS:
        own.mark(row, column, ERRORS.get(sheet[at + 8], UNCALCULATED))
    elif kind == _FORMULA and sheet[at + 8 : at + 16] == bytes(8) and sheet[at + 16] & _WAITING:
        own.mark(row, column, UNCALCULATED)
