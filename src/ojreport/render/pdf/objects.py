"""The file that a PDF's objects make: small ones packed together, and a table of where each stands (ISO 32000-1, 7.5).

A structure tree has a thousand small objects. Each packs badly alone, so that all are compressed as one *object stream*
(7.5.7), and a *cross-reference stream* (7.5.8) says where an object stands: in the file, or within that stream.
"""

from __future__ import annotations

import zlib
from hashlib import sha256
from itertools import accumulate
from operator import sub
from struct import pack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"  # bytes above 127 tell that the file is not text
_STREAM_END = b"endstream"
_FREE, _IN_FILE, _IN_STREAM = range(3)  # kinds of entry in the cross-reference stream
_WIDTHS = (1, 4, 2)  # bytes of an entry (struct's BIH): its kind, its offset or stream, its place in the stream
_LEVEL = 4  # of zlib: half the time of its default for a twentieth more bytes
_UP = 2  # PNG's predictor: a row as what differs from the row above it
_MOST = 256 ** _WIDTHS[2]  # objects that one stream can hold


def pdf_file(bodies: Sequence[bytes], root: int, info: int) -> bytes:
    """The file of *bodies*, which are the objects 1, 2, …; the same bodies give the same bytes, and the same /ID.

    ``root`` and ``info`` are the numbers of the catalog and of the document information.
    """
    streams = {n: body for n, body in enumerate(bodies, 1) if body.rstrip().endswith(_STREAM_END)}
    small = {n: body for n, body in enumerate(bodies, 1) if n not in streams}
    if len(small) > _MOST:
        raise ValueError(f"{len(small)} objects are more than one object stream can hold")
    pack, table = len(bodies) + 1, len(bodies) + 2
    streams[pack] = _object_stream(small)
    parts = [_HEADER, *(_in_file(n, body) for n, body in streams.items())]
    starts = dict(zip(streams, accumulate(map(len, parts)), strict=False))
    entries = [(_FREE, 0, 256 ** _WIDTHS[2] - 1)]
    entries += [(_IN_FILE, starts[n], 0) if n in starts else (_IN_STREAM, pack, 0) for n in range(1, table)]
    for place, n in enumerate(small):
        entries[n] = (_IN_STREAM, pack, place)
    start = sum(map(len, parts))
    entries.append((_IN_FILE, start, 0))
    mark = sha256(b"".join(parts)).hexdigest()[:32]
    about = f"/Type/XRef/Size {table + 1}/Root {root} 0 R/Info {info} 0 R/ID[<{mark}><{mark}>]/W[{' '.join(map(str, _WIDTHS))}]"
    about += f"/DecodeParms<</Predictor {10 + _UP}/Columns {sum(_WIDTHS)}>>"
    parts += [_in_file(table, _stream(about, _differences(entries))), b"startxref\n%d\n%%%%EOF\n" % start]
    return b"".join(parts)


def packed(content: bytes) -> bytes:
    """*content* for a stream with the filter FlateDecode."""
    return zlib.compress(content, _LEVEL)


def _object_stream(small: dict[int, bytes]) -> bytes:
    """The objects of *small* in their order, after a list of their numbers and where each begins."""
    bodies = [body.strip() + b"\n" for body in small.values()]
    begins = accumulate(map(len, bodies[:-1]), initial=0)
    index = b" ".join(b"%d %d" % pair for pair in zip(small, begins, strict=True)) + b"\n"
    return _stream(f"/Type/ObjStm/N {len(small)}/First {len(index)}", index + b"".join(bodies))


def _stream(about: str, content: bytes) -> bytes:
    data = packed(content)
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%bendstream" % (about.encode("ascii"), len(data), data)


def _in_file(number: int, body: bytes) -> bytes:
    """A stream as an object of the file; the end of its data stands on a line of its own (7.3.8.1)."""
    return b"%d 0 obj\n%b\nendstream\nendobj\n" % (number, body.rstrip().removesuffix(_STREAM_END))


def _differences(entries: list[tuple[int, int, int]]) -> bytes:
    """The rows of the table, each byte less the one above it: nearly all are then the same, and pack to nothing.

    A row begins with the predictor's number. It is written as twice the row's own, so that what it differs by is that number.
    """
    rows = [number for n, entry in enumerate(entries, 1) for number in (n * _UP % 256, *entry)]
    plain = pack(">" + "BBIH" * len(entries), *rows)
    return bytes(map((255).__and__, map(sub, plain, bytes(1 + sum(_WIDTHS)) + plain)))
