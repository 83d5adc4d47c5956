"""The file around the slides: core properties, and its zip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.opc.serialized import PackageWriter

from ojreport.render.package import pack
from ojreport.render.pptx.untyped import xml

if TYPE_CHECKING:
    from pptx.opc.packuri import PackURI
    from pptx.presentation import Presentation

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
    """The saved presentation: names in order, those that a reader needs first in front."""
    package: Any = presentation.part.package
    parts = _Kept()
    writer = PackageWriter("", package._rels, tuple(package.iter_parts()))  # noqa: SLF001 - as python-pptx's own save gives them
    writer._write_content_types_stream(parts)  # type: ignore[arg-type]  # noqa: SLF001 - it writes a zip, which then had to be packed anew
    writer._write_pkg_rels(parts)  # type: ignore[arg-type]  # noqa: SLF001 - the same
    writer._write_parts(parts)  # type: ignore[arg-type]  # noqa: SLF001 - the same
    return pack((name, parts[name]) for name in sorted(parts, key=lambda n: (n not in _FIRST, n)))


class _Kept(dict[str, bytes]):
    """What python-pptx writes, by name."""

    def write(self, name: PackURI, content: bytes) -> None:
        """Keep it."""
        self[name.membername] = content
