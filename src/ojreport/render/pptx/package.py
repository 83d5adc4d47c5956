"""The file around the slides: core properties, and a zip that is the same at each run."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from ojreport.render.pptx.untyped import xml

if TYPE_CHECKING:
    from pptx.presentation import Presentation

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can hold
_FIRST = ("[Content_Types].xml", "_rels/.rels")
_DATED = ("created", "modified", "lastModifiedBy", "lastPrinted", "revision", "version", "contentStatus", "identifier")


def set_properties(
    presentation: Presentation,
    *,
    title: str,
    author: str,
    language: str,
    subject: str = "",
    keywords: str = "",
    category: str = "",
) -> None:
    """Set the core properties, and take away what tells of another file: dates, editor, revision."""
    core: Any = presentation.core_properties
    for element in list(xml(core)):
        if element.tag.rpartition("}")[2] in (*_DATED, "description"):
            xml(core).remove(element)
    core.title, core.author, core.language = title, author, language
    core.subject, core.keywords, core.category = subject, keywords, category


def to_bytes(presentation: Presentation) -> bytes:
    """The saved presentation, zipped anew."""
    stream = io.BytesIO()
    presentation.save(stream)
    return repack(stream.getvalue())


def repack(blob: bytes) -> bytes:
    """The same zip with sorted names (those that a reader needs first in front) and without dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blob)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n not in _FIRST, n)):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # else the bytes tell Windows from Unix
            target.writestr(info, source.read(name))
    return out.getvalue()
