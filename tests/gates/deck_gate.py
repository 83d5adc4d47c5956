"""What openxml-audit does not see in a deck: its zip, its content types, its sections, and what a screen reader needs."""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPES = "[Content_Types].xml"
_DECK = "ppt/presentation.xml"
_SPOKEN = ("ppt/slides/", "ppt/notesSlides/", "ppt/charts/")  # parts whose text is read aloud
_TITLES = ("title", "ctrTitle")
_RID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def deck_faults(data: bytes) -> list[str]:
    """Each fault of a .pptx in a sentence; none when it is whole."""
    with zipfile.ZipFile(BytesIO(data)) as opened:
        names = opened.namelist()
        parts = {name: opened.read(name) for name in names}
    trees = {name: etree.fromstring(blob) for name, blob in parts.items() if name.endswith((".xml", ".rels"))}
    return [
        *(f"{name} stands in the zip {n} times" for name, n in Counter(names).items() if n > 1),
        *_content_types(parts, trees),
        *_relationships(parts, trees),
        *_slides(trees),
        *_titles([tree for name, tree in trees.items() if name.startswith("ppt/slides/") and name.endswith(".xml")]),
        *(fault for name, tree in trees.items() if name.startswith("ppt/slides/") for fault in _shapes(name, tree)),
        *(fault for name, tree in trees.items() if name.startswith(_SPOKEN) for fault in _languages(name, tree)),
        *(fault for name, tree in trees.items() if name.startswith("ppt/charts/") for fault in _axes(name, tree)),
    ]


def _content_types(parts: dict[str, bytes], trees: dict[str, Any]) -> Iterator[str]:
    """A part of XML needs an Override: the Default of its extension does not say what it holds."""
    types = trees[_TYPES]
    defaults = {entry.get("Extension").lower() for entry in types.iterfind("{*}Default")}
    overrides = {entry.get("PartName").lstrip("/") for entry in types.iterfind("{*}Override")}
    for name in parts:
        extension = name.rpartition(".")[2].lower()
        if name != _TYPES and name not in overrides and (extension == "xml" or extension not in defaults):
            yield f"{name} has no content type"
    yield from (f"the content types name {name}, which is not there" for name in overrides - parts.keys())


def _relationships(parts: dict[str, bytes], trees: dict[str, Any]) -> Iterator[str]:
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder, file = name.removesuffix(".rels").split("_rels/")
        for entry in tree.iterfind("{*}Relationship[@Target]"):
            target = posixpath.normpath(posixpath.join("/", folder, entry.get("Target"))).lstrip("/")
            if entry.get("TargetMode") != "External" and target not in parts:
                yield f"{folder}{file} leads to {target}, which is not there"


def _slides(trees: dict[str, Any]) -> Iterator[str]:
    """Slides have ids of their own, and each stands in one section."""
    deck = trees[_DECK]
    slides = [entry.get("id") for entry in deck.iterfind("{*}sldIdLst/{*}sldId")]
    sections = [entry.get("id") for entry in deck.iterfind(".//{*}sectionLst/{*}section/{*}sldIdLst/{*}sldId")]
    if not slides:
        yield "the deck has no slides"
    yield from (f"{n} slides have the id {ident}" for ident, n in Counter(slides).items() if n > 1)
    yield from (f"a section names the slide {ident}, which is not there" for ident in sorted(set(sections) - set(slides)))
    yield from (f"the slide {ident} stands in {sections.count(ident)} sections" for ident in slides if sections.count(ident) != 1)
    targets = {entry.get("Id") for entry in trees["ppt/_rels/presentation.xml.rels"]}
    yield from (
        f"the slide {entry.get('id')} has no part"
        for entry in deck.iterfind("{*}sldIdLst/{*}sldId")
        if entry.get(_RID) not in targets
    )


def _titles(slides: list[Any]) -> Iterator[str]:
    """Each slide has one title, its own: a screen reader lists the slides by it."""
    titles = Counter()
    for slide in slides:
        shapes = [shape for shape in slide.iterfind(".//{*}sp") if _placeholder(shape) in _TITLES]
        if len(shapes) != 1:
            yield f"a slide has {len(shapes)} titles"
        titles.update(_words(shape) for shape in shapes)
    yield from (f"{n} slides are called “{title}”" for title, n in titles.items() if n > 1)


def _placeholder(shape: Any) -> str:
    """The kind of a placeholder; no words when the shape is none."""
    place = shape.find("{*}nvSpPr/{*}nvPr/{*}ph")
    return "" if place is None else place.get("type", "obj")


def _words(shape: Any) -> str:
    return "".join(shape.itertext("{*}t")).strip()


def _shapes(name: str, slide: Any) -> Iterator[str]:
    """A picture, chart or table says what it shows, or that it is there for the looks; shapes have ids of their own."""
    ids = Counter(about.get("id") for about in slide.iterfind(".//{*}cNvPr"))
    yield from (f"{name}: {n} shapes have the id {ident}" for ident, n in ids.items() if n > 1)
    for shape in slide.iterfind(".//{*}sp"):
        if _placeholder(shape) and not _words(shape):
            yield f"{name}: {shape.find('.//{*}cNvPr').get('name')} is left empty"
    for kind in ("graphicFrame", "pic"):
        for shape in slide.iterfind(f".//{{*}}{kind}"):
            about = shape.find(".//{*}cNvPr")
            if not about.get("descr", "").strip() and about.find(".//{*}decorative[@val='1']") is None:
                yield f"{name}: {about.get('name')} has no alternative text"


def _languages(name: str, tree: Any) -> Iterator[str]:
    for kind in ("r", "fld"):
        for run in tree.iterfind(f".//{{http://schemas.openxmlformats.org/drawingml/2006/main}}{kind}"):
            manner = run.find("{*}rPr")
            if manner is None or not manner.get("lang"):
                yield f"{name}: “{run.findtext('{*}t')}” has no language"


def _axes(name: str, chart: Any) -> Iterator[str]:
    """The number of an axis is unsigned, and each that is named is there."""
    axes = [axis for axis in chart.iterfind(".//{*}plotArea/*") if axis.tag.endswith("Ax")]
    there = {axis.find("{*}axId").get("val") for axis in axes}
    named = {entry.get("val") for entry in chart.iterfind(".//{*}axId")} | {e.get("val") for e in chart.iterfind(".//{*}crossAx")}
    yield from (f"{name}: the axis {ident} has no unsigned number" for ident in sorted(named) if not ident.isdigit())
    yield from (f"{name}: the axis {ident} is not there" for ident in sorted(named - there))
