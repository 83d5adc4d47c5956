"""The zip that a .pptx or an .xlsx is, the same at each run: no dates, nothing of the system that it was made on."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can hold


def pack(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of *parts*, names and contents, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # else the bytes tell Windows from Unix
            target.writestr(info, content)
    return out.getvalue()


def unpack(blob: bytes) -> dict[str, bytes]:
    """The names and contents of a zip, in its order."""
    with zipfile.ZipFile(io.BytesIO(blob)) as source:
        return {name: source.read(name) for name in source.namelist()}
