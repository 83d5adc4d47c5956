"""What kind of workbook a file's content is, whatever its name says, and a look through it before it is parsed.

The parser makes room for every cell between A1 and the farthest one, takes a zip's sizes as they are given, and hands on error
cells, and formulas that were never calculated, as blank cells. So all that is looked through first.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path

from ojreport.errors import SourceError
from ojreport.sources.look import MOST_BYTES, MOST_TEXTS, Look, damaged, protected, too_large

ZIP, OLE = b"PK", bytes.fromhex("D0CF11E0A1B11AE1")
_CHUNK = 1 << 18
_LOCAL = 30  # bytes of the header before a part's name
_UNREAD = (
    "xl/media/",
    "thumbnails/",
    "pictures/",
    "docprops/",
    "xl/embeddings/",
    "xl/printersettings/",
)  # the parser passes over


class Kind(StrEnum):
    """What the content of a file is."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"


_SUFFIXES = {Kind.XLSX: (".xlsx", ".xlsm"), Kind.XLSB: (".xlsb",), Kind.ODS: (".ods",), Kind.XLS: (".xls",)}
_OTHER = {"word/document.xml": "a Word document", "ppt/presentation.xml": "a PowerPoint presentation"}


def kind_of(content: bytes) -> Kind:
    """The kind of a file that ``look_through`` has let pass."""
    if content.startswith(OLE):
        return Kind.XLS
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = {name.casefold() for name in archive.namelist()}
    return Kind.XLSB if "xl/workbook.bin" in names else Kind.XLSX if "xl/workbook.xml" in names else Kind.ODS


def wrong_suffix(path: Path, content: bytes) -> str:
    """What to say of a file whose name says another kind than its content is; empty where they agree."""
    kind = kind_of(content)
    given = path.suffix.lower()
    return "" if given in _SUFFIXES[kind] else f"the file is called “{given}”, but its content is .{kind}; it is read as such"


def look_through(path: Path, content: bytes) -> Mapping[str, Look]:
    """What is to be known of each sheet, by its name.

    Raises SourceError if the file is damaged, protected by a password, no workbook, or larger than any edition can be.
    """
    if content.startswith(OLE):
        from ojreport.sources.look_xls import look_at_xls  # noqa: PLC0415 - few files are of that kind

        return look_at_xls(path, content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_size(path, content, archive)
            return _look_inside(path, archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise damaged(path) from error


def _look_inside(path: Path, archive: zipfile.ZipFile) -> Mapping[str, Look]:
    names = {name.casefold() for name in archive.namelist()}
    if "xl/workbook.xml" in names:
        from ojreport.sources.look_xlsx import look_at_xlsx  # noqa: PLC0415 - one of three

        return look_at_xlsx(path, archive)
    if "xl/workbook.bin" in names:
        from ojreport.sources.look_xlsb import look_at_xlsb  # noqa: PLC0415 - one of three

        return look_at_xlsb(path, archive)
    if "content.xml" in names:
        from ojreport.sources.look_ods import look_at_ods  # noqa: PLC0415 - one of three

        return look_at_ods(path, archive)
    what = next((text for part, text in _OTHER.items() if part in names), "a zip archive")
    raise SourceError(f"{path} is {what} and no workbook; give the workbook itself")


def _check_size(path: Path, content: bytes, archive: zipfile.ZipFile) -> None:
    """SourceError for a zip that unpacks to too much, or to something else than it says: sizes are counted, not believed."""
    parts = archive.infolist()
    if len({p.filename for p in parts}) < len(parts):
        raise damaged(path)
    if sum(p.file_size for p in parts) > MOST_BYTES:
        raise too_large(path)
    total = 0
    for part in parts:
        if part.flag_bits & 1:
            raise protected(path)
        if part.filename.casefold().startswith(_UNREAD):
            continue
        size = 0
        limit = MOST_TEXTS if "sharedstrings" in part.filename.casefold() else MOST_BYTES
        for count in _unpacked(content, part):
            size, total = size + count, total + count
            if size > limit or total > MOST_BYTES:
                raise too_large(path)
        if size != part.file_size:
            raise damaged(path)


def _unpacked(content: bytes, part: zipfile.ZipInfo) -> Iterator[int]:
    """The sizes of the pieces that a part really unpacks to."""
    at = part.header_offset
    header = content[at : at + _LOCAL]
    start = at + _LOCAL + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    packed = memoryview(content)[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        yield len(packed)
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise NotImplementedError
    inflate = zlib.decompressobj(-15)
    piece = inflate.decompress(packed, _CHUNK)
    yield len(piece)
    while not inflate.eof and (piece := inflate.decompress(inflate.unconsumed_tail, _CHUNK)):
        yield len(piece)
