"""The file around the slides: its parts and how they relate to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.serialized import PackageWriter
from pptx.opc.spec import default_content_types

from ojreport.render.package import pack
from ojreport.render.pptx.untyped import xml
from ojreport.render.pptx.wording import XML, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pptx.opc.packuri import PackURI
    from pptx.presentation import Presentation

    from ojreport.render.package import Packed

_FIRST = ("[Content_Types].xml", "_rels/.rels")
_DATED = ("created", "modified", "lastModifiedBy", "lastPrinted", "revision", "version", "contentStatus", "identifier")
_OPC = "http://schemas.openxmlformats.org/package/2006"


Relation = tuple[str, str, bool]  # kind, target, and whether that is outside the file


class Relations:
    """What a part relates to; some of it may be *given*, by its ids."""

    def __init__(self, given: Mapping[str, Relation] | None = None) -> None:
        self._known = dict(given or {})

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        """The id of a relation, which is made where there is none of the kind to *target*."""
        relation = kind, target, external
        found = next((known for known, other in self._known.items() if other == relation), None)
        if found is None:
            free = (f"rId{n}" for n in range(len(self._known) + 1, 0, -1))
            found = next(known for known in free if known not in self._known)
            self._known[found] = relation
        return found

    def xml(self) -> bytes:
        """The part that they stand in."""
        ordered = sorted(self._known.items(), key=lambda item: _number(item[0]))
        said = "".join(
            f'<Relationship Id="{known}" Type={quoted(kind)} Target={quoted(target)}{_EXTERNAL * external}/>'
            for known, (kind, target, external) in ordered
        )
        return f'{XML}<Relationships xmlns="{_OPC}/relationships">{said}</Relationships>'.encode()


_EXTERNAL = ' TargetMode="External"'


def _number(known: str) -> int:
    return int(known[3:]) if known.startswith("rId") and known[3:].isdigit() else 0


class Package:
    """A deck's parts, of which *parts* and their content *types* are given; names begin with a stroke."""

    def __init__(self, parts: Mapping[str, bytes | Packed], types: Mapping[str, str]) -> None:
        self._parts = dict(parts)
        self._types = dict(types)

    def free(self, pattern: str) -> str:
        """The first name that is free; *pattern* has a %d for its number."""
        number = 1
        while pattern % number in self._parts:
            number += 1
        return pattern % number

    def add(self, name: str, content: bytes, kind: str, relations: Relations | None = None) -> None:
        """Add a part, or write one anew; *kind* is its content type."""
        self._parts[name] = content
        self._types[name] = kind
        if relations is not None:
            folder, _, own = name.rpartition("/")
            self._parts[f"{folder}/_rels/{own}.rels"] = relations.xml()

    def to_bytes(self) -> bytes:
        """The whole file."""
        return pack(in_order({"/[Content_Types].xml": _types_xml(self._types), **self._parts}))


def beside(name: str) -> str:
    """The part *name* in a folder of ``/ppt`` as it is seen from another of them."""
    return f"..{name.removeprefix('/ppt')}"


def in_order(parts: Mapping[str, bytes | Packed]) -> Iterator[tuple[str, bytes | Packed]]:
    """Names without their stroke, and contents: those that a reader needs first in front, the others by name."""
    stripped = {name.removeprefix("/"): content for name, content in parts.items()}
    return ((name, stripped[name]) for name in sorted(stripped, key=lambda n: (n not in _FIRST, n)))


def _types_xml(types: Mapping[str, str]) -> bytes:
    """``[Content_Types].xml``: kinds by a part's ending where they are known by it, else by its name."""
    endings = {"rels": CT.OPC_RELATIONSHIPS, "xml": CT.XML}
    named = {}
    for name, kind in types.items():
        ending = name.rpartition(".")[2]
        known = (ending.lower(), kind) in default_content_types
        if not known or endings.setdefault(ending.lower(), kind) != kind:
            named[name] = kind
    said = [f"<Default Extension={quoted(ending)} ContentType={quoted(kind)}/>" for ending, kind in sorted(endings.items())]
    said += [f"<Override PartName={quoted(name)} ContentType={quoted(kind)}/>" for name, kind in sorted(named.items())]
    return f'{XML}<Types xmlns="{_OPC}/content-types">{"".join(said)}</Types>'.encode()


# ------------------------------------------------------------------------------------------------- from python-pptx's own


def set_properties(
    presentation: Presentation,
    *,
    title: str,
    author: str,
    language: str,
    subject: str,
    keywords: str,
    category: str,
) -> None:
    """Set the core properties, and take away what tells of another file: dates, editor, revision."""
    core: Any = presentation.core_properties
    for element in list(xml(core)):
        if element.tag.rpartition("}")[2] in (*_DATED, "description"):
            xml(core).remove(element)
    core.title, core.author, core.language = title, author, language
    core.subject, core.keywords, core.category = subject, keywords, category


def parts_of(presentation: Presentation) -> tuple[dict[str, bytes], dict[str, str]]:
    """All that python-pptx would save but the list of content types, and the types, by the parts' names."""
    package: Any = presentation.part.package
    parts = _Kept()
    every = tuple(package.iter_parts())
    writer = PackageWriter("", package._rels, every)  # noqa: SLF001 - as python-pptx's own save gives them
    writer._write_pkg_rels(parts)  # type: ignore[arg-type]  # noqa: SLF001 - it writes a zip, which then had to be packed anew
    writer._write_parts(parts)  # type: ignore[arg-type]  # noqa: SLF001 - the same
    return parts, {str(part.partname): part.content_type for part in every}


class _Kept(dict[str, bytes]):
    """What python-pptx writes, by name."""

    def write(self, name: PackURI, content: bytes) -> None:
        """Keep it."""
        self[str(name)] = content
