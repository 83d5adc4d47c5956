"""An .xls file before it is parsed: its records are walked, for error cells, hidden rows and columns, and how far sheets reach.

The format is [MS-CFB] (the file's own little file system) and [MS-XLS] (records of two bytes' number, two bytes' length). A
formula that was never calculated holds 0, and mostly asks to be calculated when the file is opened; only that tells it from a 0.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

from ojreport.errors import SourceError
from ojreport.sources.look import ERRORS, UNCALCULATED, Gathering, Look, damaged, protected

_END = 0xFFFFFFFA  # sector numbers from here on are no sectors
_MINI = 64
_BOOLERR, _FORMULAS, _MULRK = (0x205, 0x05), (0x06, 0x206, 0x406), 0xBD
_CELLS = frozenset([*_BOOLERR, *_FORMULAS, _MULRK, 0x203, 0x27E, 0x204, 0xFD, 0xD6, 0x02, 0x03, 0x04, 0x07])
_ROW, _COLINFO, _SHEET, _PASSWORD, _EOF = (0x208, 0x08), 0x7D, 0x85, 0x2F, 0x0A
_HIDDEN_ROW, _WAITING = 0x20, 0x03  # flags of a row, and of a formula that is to be calculated
_OFTEN = 10_000  # records
_DIMENSIONS, _ROWS, _COLUMNS = 0x200, 1 << 16, 1 << 8
_TEXTS = 0xFC
_BEGIN = (0x809, 0x409, 0x209, 0x09)


def look_at_xls(path: Path, content: bytes) -> Mapping[str, Look]:
    """What is to be known of each sheet, by its name (SourceError if the file is damaged, protected, or no workbook)."""
    try:
        stream = _stream(path, content)
        return {name: _look(path, name, stream, at) for name, at in _sheets(path, stream)}
    except (struct.error, IndexError, ValueError) as error:
        raise damaged(path) from error


# ---------------------------------------------------------------------------------------------------------- file system


def _stream(path: Path, content: bytes) -> bytes:
    """The stream that holds the workbook."""
    power, mini_power = struct.unpack_from("<HH", content, 30)
    if power not in (9, 12) or mini_power != 6:  # noqa: PLR2004 - sectors of 512 or 4096 bytes; small ones of 64
        raise damaged(path)
    size = 1 << power
    directory, cutoff, mini_fat = struct.unpack_from("<I4xII", content, 48)
    _check_header(path, content, size)
    table = _table(path, content, size)

    def sectors(first: int) -> bytes:
        own = list(_chain(first, table, path))
        if own and (max(own) + 1) * size >= len(content):
            raise damaged(path)  # it is cut off
        return b"".join(content[(s + 1) * size : (s + 2) * size] for s in own)

    entries = _entries(sectors(directory))
    if "EncryptedPackage" in entries:
        raise protected(path)
    first, length = entries.get("Workbook") or entries.get("Book") or (0, 0)
    root, shorts = entries.get("Root Entry", (_END, 0))
    if max(length, shorts) > len(content):
        raise damaged(path)
    small = sectors(root)
    if not length and len(content) % size:
        raise damaged(path)  # it is cut off within its list of streams
    if not length:
        raise SourceError(f"{path} holds no workbook, whatever its name says; open it in Excel and save it as .xlsx")
    if length >= cutoff:
        return sectors(first)[:length]
    mini = struct.unpack(f"<{len(raw) // 4}I", raw) if (raw := sectors(mini_fat)) else ()
    return b"".join(small[s * _MINI : (s + 1) * _MINI] for s in _chain(first, mini, path))[:length]


def _check_header(path: Path, content: bytes, size: int) -> None:
    """SourceError for counts of sectors that the file can not hold: the parser makes room for as many as it is told."""
    counts = (*struct.unpack_from("<II", content, 40), *struct.unpack_from("<I4xI", content, 64))
    if any(count > len(content) // size + 1 for count in counts):
        raise damaged(path)


def _table(path: Path, content: bytes, size: int) -> list[int]:
    """The sector that follows each sector."""
    more = struct.unpack_from("<I", content, 68)[0]
    places = list(struct.unpack_from("<109I", content, 76))
    met = set[int]()
    while more < _END:
        if more in met:
            raise damaged(path)  # it bites its own tail
        met.add(more)
        *own, more = struct.unpack_from(f"<{size // 4}I", content, (more + 1) * size)
        places += own
    table: list[int] = []
    for place in dict.fromkeys(places):
        if place < _END:
            table += struct.unpack_from(f"<{size // 4}I", content, (place + 1) * size)
    return table


def _chain(first: int, table: list[int] | tuple[int, ...], path: Path) -> Iterator[int]:
    met = 0
    while first < _END:
        yield first
        first, met = table[first], met + 1
        if met > len(table):
            raise damaged(path)  # it bites its own tail


def _entries(directory: bytes) -> dict[str, tuple[int, int]]:
    """The first sector and the length of each stream, by its name."""
    found: dict[str, tuple[int, int]] = {}
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        found.setdefault(name, struct.unpack_from("<II", directory, at + 116))
    return found


# -------------------------------------------------------------------------------------------------------------- records


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Number, start and length of each record from *at* to the end of its substream."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind in _BEGIN) - (kind == _EOF)  # a chart in a sheet is a substream of its own
        if depth <= 1 or kind in _BEGIN:
            yield kind, at + 4, length if depth == 1 else 0
        if depth < 1:
            return
        at += 4 + length


def _sheets(path: Path, stream: bytes) -> Iterator[tuple[str, int]]:
    if struct.unpack_from("<H", stream)[0] not in _BEGIN:
        raise damaged(path)
    biff8 = struct.unpack_from("<H", stream, 4)[0] >= 0x600  # noqa: PLR2004 - the version since Excel 97
    for kind, at, length in _records(stream, 0):
        if kind == _PASSWORD:
            raise protected(path)
        if kind == _TEXTS and struct.unpack_from("<I", stream, at + 4)[0] > len(stream):
            raise damaged(path)
        if kind == _SHEET and length > 8:  # noqa: PLR2004 - where a name begins
            place, _, size = struct.unpack_from("<IHB", stream, at)
            if not biff8:
                yield stream[at + 7 : at + 7 + size].decode("cp1252", "replace"), place
            elif stream[at + 7] & 1:
                yield stream[at + 8 : at + 8 + 2 * size].decode("utf-16-le", "replace"), place
            else:
                yield stream[at + 8 : at + 8 + size].decode("latin-1"), place


def _look(path: Path, name: str, stream: bytes, start: int) -> Look:
    own = Gathering(path, name)
    _check_dimensions(path, stream, start)
    for n, (kind, at, length) in enumerate(_records(stream, start)):
        if kind in _CELLS:
            _cell(own, stream, kind, at, length)
        elif kind in _ROW and length >= 14 and stream[at + 12] & _HIDDEN_ROW:  # noqa: PLR2004 - flags at the twelfth byte
            own.rows.add(struct.unpack_from("<H", stream, at)[0])
        elif kind == _COLINFO and length >= 9 and stream[at + 8] & 1:  # noqa: PLR2004 - flags at the eighth byte
            first, end = struct.unpack_from("<HH", stream, at)
            own.columns.update(range(first, min(end, 255) + 1))
        if n % _OFTEN == 0:
            own.check()
    return own.look()


def _check_dimensions(path: Path, stream: bytes, start: int) -> None:
    """SourceError where a sheet is said to be larger than any can be: the parser makes room for as much as it is told."""
    for kind, at, length in _records(stream, start):
        if kind == _DIMENSIONS:
            first, last, left, right = struct.unpack_from("<IIHH" if length >= 14 else "<HHHH", stream, at)  # noqa: PLR2004
            if not (first <= last <= _ROWS and left <= right <= _COLUMNS):
                raise damaged(path)


def _cell(own: Gathering, stream: bytes, kind: int, at: int, length: int) -> None:
    if length < 6:  # noqa: PLR2004 - row, column and format
        raise ValueError
    row, column = struct.unpack_from("<HH", stream, at)
    own.fill(row, column if kind != _MULRK else struct.unpack_from("<H", stream, at + length - 2)[0])
    if kind in _BOOLERR and length >= 8 and stream[at + 7]:  # noqa: PLR2004 - value and kind
        own.mark(row, column, ERRORS.get(stream[at + 6], UNCALCULATED))
    elif kind in _FORMULAS:
        value = stream[at + 6 : at + 14]
        if value[6:] == b"\xff\xff" and value[0] == 2:  # noqa: PLR2004 - an error
            own.mark(row, column, ERRORS.get(value[2], UNCALCULATED))
        elif value == bytes(8) and stream[at + 14] & _WAITING:
            own.mark(row, column, UNCALCULATED)
