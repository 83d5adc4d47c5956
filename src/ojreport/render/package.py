"""The zip that a .pptx or an .xlsx is, the same at each run: no dates, nothing of the system that it was made on."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_EPOCH = 0, 1 << 5 | 1  # time and date: midnight of 1980-01-01, the first that a zip can hold
_OWNER = 0o600 << 16  # who unpacks it may read and write
_VERSION, _DEFLATED = 20, zipfile.ZIP_DEFLATED
_UTF8 = 0x800  # flag: how a name is written that is not ASCII


@dataclass(frozen=True, slots=True)
class Packed:
    """A part's content, deflated once for the many zips that have it alike."""

    deflated: bytes
    check: int
    size: int


def packed(content: bytes) -> Packed:
    """*content* deflated, with its checksum and size."""
    return Packed(zlib.compress(content, wbits=-zlib.MAX_WBITS), zlib.crc32(content), len(content))


def pack(parts: Iterable[tuple[str, bytes | Packed]]) -> bytes:
    """A zip of *parts*, names and contents, in their order.

    It is written here because a deck is a hundred and fifty small parts, over which zipfile takes as long as packing them does,
    and half of them are in every deck.
    """
    written: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for name, content in parts:
        part = packed(content) if isinstance(content, bytes) else content
        said = name.encode()
        flags = 0 if name.isascii() else _UTF8
        sizes = part.check, len(part.deflated), part.size, len(said), 0
        about = struct.pack("<5H3L2H", _VERSION, flags, _DEFLATED, *_EPOCH, *sizes)
        written += [b"PK\3\4", about, said, part.deflated]
        directory += [b"PK\1\2", struct.pack("<H", _VERSION), about, struct.pack("<3H2L", 0, 0, 0, _OWNER, at), said]
        at += 4 + len(about) + len(said) + len(part.deflated)
    count, size = len(written) // 4, sum(map(len, directory))
    return b"".join((*written, *directory, b"PK\5\6", struct.pack("<4H2LH", 0, 0, count, count, size, at, 0)))


def unpack(blob: bytes) -> dict[str, bytes]:
    """The names and contents of a zip, in its order."""
    with zipfile.ZipFile(io.BytesIO(blob)) as source:
        return {name: source.read(name) for name in source.namelist()}
