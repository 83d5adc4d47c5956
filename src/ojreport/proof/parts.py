"""The parts of an Office file (OPC, ECMA-376 part 2): their bytes, their XML, and how they refer to each other.

Only what a proof needs, since the libraries that write such files make an object of everything they read: each part that can be
reached is there whole, has a content type and, where it is XML, is well-formed.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from functools import cached_property, lru_cache
from io import BytesIO
from typing import Any, NamedTuple
from weakref import proxy

from lxml import etree  # type: ignore[import-untyped]  # it has no types

CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
R = f"{{{OFFICE}}}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_VENDOR = "application/vnd.openxmlformats-"
_FAMILIES = {  # of the content types that parts must have, by what they are to the parts that refer to them
    "officedocument.presentationml": ("slide", "notesSlide", "slideLayout", "slideMaster", "notesMaster"),
    "officedocument.spreadsheetml": ("worksheet", "sharedStrings", "styles"),
    "officedocument.drawingml": ("chart",),
    "officedocument": ("theme",),
    "package": ("core-properties",),
}
_TYPE_OF = {kind: f"{_VENDOR}{family}.{kind}+xml" for family, kinds in _FAMILIES.items() for kind in kinds}
_DC = "{http://purl.org/dc/elements/1.1/}"
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DIFFERENT = ("slide", "notesSlide", "slideLayout", "slideMaster", "chart", "worksheet", "core-properties")  # in each file
_OWN = ("main+xml", *(f".{kind}+xml" for kind in _DIFFERENT))
_LOCAL = 30  # bytes of a file's own header in a zip, before its name
_PARSER = etree.XMLParser(resolve_entities=False)
Xml = Any  # an element of lxml, which has no types
UNREADABLE = (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError)  # what a damaged file raises


class Link(NamedTuple):
    """A relationship: its type, and the name of a part or, when *external*, an address."""

    kind: str
    target: str
    external: bool


class Part:
    """A part of a file."""

    def __init__(self, package: Package, name: str) -> None:
        self._package: Package = proxy(package)  # no ring: its XML is let go of with the package, and not with later garbage
        self.name, self.content = name, package.files[name]

    @cached_property
    def xml(self) -> Xml:
        """Its outermost element."""
        return etree.fromstring(self.content, _PARSER)

    @cached_property
    def links(self) -> dict[str, Link]:
        """Its relationships by their ids."""
        return self._package.links(self.name)

    def related(self, ident: str | None) -> Part:
        """The part that it refers to by *ident*."""
        return self._package.part(self.links[ident or ""].target)

    def of(self, kind: str) -> list[Part]:
        """The parts that it refers to as *kind* (slide, chart) of an Office document, in the order of the file."""
        return [self._package.part(link.target) for link in self.links.values() if link.kind == f"{OFFICE}/{kind}"]


class Package:
    """An Office file; raises one of UNREADABLE when it is not whole."""

    def __init__(self, data: bytes, kind: str) -> None:
        """*kind* is what its main part's content type must say that it is, as in spreadsheetml.sheet."""
        with zipfile.ZipFile(BytesIO(data)) as opened:
            self.files = {info.filename: _file(data, info) for info in opened.infolist()}
        self._parts: dict[str, Part] = {}
        self._root = self.links("")
        self.main = self.part({link.kind: link.target for link in self._root.values()}[f"{OFFICE}/officeDocument"])
        types = _types(self.files["[Content_Types].xml"])
        main = f"{_VENDOR}officedocument.{kind}.main+xml"
        for link in self._reached():
            name = link.target
            given = types.get(f"/{name}") or types[name.rpartition(".")[2].lower()]
            if given != (main if name == self.main.name else _TYPE_OF.get(link.kind.rpartition("/")[2], given)):
                raise ValueError(f"the content type of {name} is {given}")
            if given.endswith(_OWN):
                self.part(name).xml  # noqa: B018 - it is read now, which must not fail, and used later
            elif given.endswith("xml"):
                _well_formed(self.part(name).content)

    def part(self, name: str) -> Part:
        """The part of that name."""
        if name not in self._parts:
            self._parts[name] = Part(self, name)
        return self._parts[name]

    def links(self, name: str) -> dict[str, Link]:
        """The relationships of a part, or of the file ("")."""
        folder, _, own = name.rpartition("/")
        listed = self.files.get(f"{folder}/_rels/{own}.rels".lstrip("/"))
        return {} if listed is None else _links(listed, folder)

    def _reached(self) -> Iterator[Link]:
        """To every part that another refers to, the first link; the file itself refers to the first part."""
        waiting, seen = list(self._root.values()), set[str]()
        while waiting:
            link = waiting.pop()
            if not link.external and link.target not in seen:
                seen.add(link.target)
                yield link
                waiting += self.part(link.target).links.values()

    @property
    def properties(self) -> dict[str, str]:
        """What the file says about itself: title, subject, creator, keywords and language."""
        core = next((self.part(link.target).xml for link in self._root.values() if link.kind == CORE), None)
        names = {name: f"{_DC}{name}" for name in ("title", "subject", "creator", "language")} | {"keywords": f"{_CP}keywords"}
        return {name: "" if core is None else core.findtext(tag) or "" for name, tag in names.items()}


def _file(data: bytes, info: zipfile.ZipInfo) -> bytes:
    """A file in a zip, held against its length and sum; several times as fast as the library's way, which reads in pieces."""
    start = info.header_offset
    name, extra = (int.from_bytes(data[start + at : start + at + 2], "little") for at in (26, 28))
    begin = start + _LOCAL + name + extra
    packed = data[begin : begin + info.compress_size]
    try:
        content = zlib.decompress(packed, -zlib.MAX_WBITS) if info.compress_type == zipfile.ZIP_DEFLATED else packed
    except zlib.error as error:
        raise zipfile.BadZipFile(f"{info.filename}: {error}") from error
    if data[start : start + 4] != b"PK\3\4" or len(content) != info.file_size or zlib.crc32(content) != info.CRC:
        raise zipfile.BadZipFile(f"{info.filename} is not whole")
    return content


# Parts that files have in common are read once.


@lru_cache(maxsize=256)
def _links(listed: bytes, folder: str) -> dict[str, Link]:
    found = {}
    for link in etree.fromstring(listed, _PARSER).iterchildren("*"):
        ident, kind, target = _entries(link, _RELATIONSHIP, "Id", "Type", "Target")
        external = link.get("TargetMode") == "External"
        inside = target.lstrip("/") if external or target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[ident] = Link(kind, target if external else inside, external)
    return found


@lru_cache(maxsize=16)
def _types(listed: bytes) -> dict[str, str]:
    """Content types by the name of a part ("/ppt/…") or by the ending of names ("xml")."""
    found = {}
    for entry in etree.fromstring(listed, _PARSER).iterchildren("*"):
        if entry.tag == f"{_TYPES}Override":
            name, given = _entries(entry, entry.tag, "PartName", "ContentType")
            found[name] = given
        else:
            ending, given = _entries(entry, f"{_TYPES}Default", "Extension", "ContentType")
            found[ending.lower()] = given
    return found


def _entries(element: Xml, tag: str, *names: str) -> tuple[str, ...]:
    """The attributes of those *names*, which an element of that *tag* must have."""
    if element.tag != tag or not all(name in element.attrib for name in names):
        raise ValueError(f"{element.tag} stands where {tag} with {', '.join(names)} should")
    return tuple(element.get(name) for name in names)


@lru_cache(maxsize=32)
def _well_formed(content: bytes) -> None:
    """Nothing; raises XMLSyntaxError where XML is not well-formed."""
    etree.fromstring(content, _PARSER)
