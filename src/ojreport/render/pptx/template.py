"""A deck template: opened, emptied of its slides, and all that decks have from it, found once."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml

from ojreport.errors import TemplateError
from ojreport.render.pptx.layouts import rooms_of
from ojreport.render.pptx.legible import Ground
from ojreport.render.pptx.metrics import Metrics, metrics_of
from ojreport.render.pptx.palette import OWN, OWN_THEME, foreign, scheme_colours
from ojreport.render.pptx.skeleton import Skeleton, drop_slides, skeleton_of
from ojreport.render.pptx.text import Ink
from ojreport.render.pptx.untyped import xml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ojreport.compose.deck import Layout
    from ojreport.render.pptx.rooms import Rooms
    from ojreport.render.pptx.untyped import PptxDeck, Xml
    from ojreport.render.theme import Theme

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TEMPLATE_TYPE = b"presentationml.template.main+xml"
_DECK_TYPE = b"presentationml.presentation.main+xml"
_WITH_MACROS = b".macroEnabled.main+xml"


@dataclass(frozen=True, slots=True)
class Template:
    """What decks have from a template: the rooms of each role, how words look and measure, and the parts around the slides."""

    path: Path
    rooms: Mapping[Layout, Rooms]
    ink: Ink
    metrics: Metrics
    width: int  # of a slide, in English metric units
    height: int
    skeleton: Skeleton


def template_of(path: Path, theme: Theme, language: str) -> Template:
    """The template at *path* with our *theme* where it is our own; TemplateError when it lacks what a deck needs."""
    return _made(path, _read(path), theme, language)


@lru_cache(maxsize=4)
def _made(path: Path, blob: bytes, theme: Theme, language: str) -> Template:
    deck = _open(path, blob)
    _empty(deck)
    part = deck.slide_master.part.part_related_by(RT.THEME)
    root = parse_xml(part.blob)
    colours = deck.slide_master.element.find("{*}clrMap")
    light = colours is not None and (colours.get("bg1"), colours.get("tx1")) == ("lt1", "dk1")
    own = root.get("name") == OWN_THEME and light  # a copy of ours that was made dark is a template of its own
    if own:
        _recolour(root, theme)
        part._blob = serialize_part_xml(root)  # noqa: SLF001 - python-pptx keeps this part as bytes
    ground = Ground(_colours(root, deck), own)
    ink = Ink(OWN if own else foreign(ground.colours), language)
    deck.part.notes_master_part  # noqa: B018 - it is made where the template has none, before any slide
    rooms = rooms_of(deck, ground, path)
    skeleton = skeleton_of(deck, ink, path)
    return Template(path, rooms, ink, metrics_of(_face(root)), deck.slide_width, deck.slide_height, skeleton)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TemplateError(f"{path}: the deck template can not be read ({error.strerror}).") from error


def _open(path: Path, blob: bytes) -> PptxDeck:
    """The template as a presentation; a .potx becomes one by its content type."""
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as source:
            types = source.read("[Content_Types].xml")
        if _TEMPLATE_TYPE in types:
            blob = _retyped(blob, types.replace(_TEMPLATE_TYPE, _DECK_TYPE))
        opened = Presentation(io.BytesIO(blob))
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise TemplateError(f"{path} is no PowerPoint file that can be used as a template. Save it as .pptx or .potx.") from error
    if _WITH_MACROS in types:
        raise TemplateError(f"{path} has macros, which have no place in a report. Save it as .pptx or .potx.")
    return opened


def _retyped(blob: bytes, types: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blob)) as source, zipfile.ZipFile(out, "w") as target:
        for name in dict.fromkeys(source.namelist()):
            target.writestr(name, types if name == "[Content_Types].xml" else source.read(name))
    return out.getvalue()


def _empty(deck: PptxDeck) -> None:
    """Take away the template's own slides, its sections and shows of them, and what tells of another deck."""
    drop_slides(deck)
    element = xml(deck.part)
    for name in ("custShowLst", "extLst"):
        for old in element.findall(f"{{*}}{name}"):
            element.remove(old)
    rels = deck.part.package._rels  # noqa: SLF001 - no public way to drop what belongs to the package
    for rid in [rid for rid, rel in rels.items() if rel.reltype in (RT.EXTENDED_PROPERTIES, RT.THUMBNAIL)]:
        rels.pop(rid)


def _recolour(root: Xml, theme: Theme) -> None:
    """Put the tokens of ``theme.toml`` into our own master's theme."""
    for slot, colour in scheme_colours(theme).items():
        holder = root.find(f".//{_A}clrScheme/{_A}{slot}")
        holder[0].set("val", colour)


def _colours(root: Xml, presentation: PptxDeck) -> dict[str, str]:
    """The theme's slots as ``#RRGGBB``, and bg1, tx1 and the others as the master maps them."""
    slots = {}
    for slot in root.find(f".//{_A}clrScheme"):
        colour = slot[0]
        slots[slot.tag.rpartition("}")[2]] = "#" + (colour.get("lastClr") or colour.get("val")).upper()
    mapping = presentation.slide_master.element.find("{*}clrMap")
    return slots | {name: slots[slot] for name, slot in mapping.attrib.items()}


def _face(root: Xml) -> str:
    latin = root.find(f".//{_A}minorFont/{_A}latin")
    return "" if latin is None else str(latin.get("typeface"))
