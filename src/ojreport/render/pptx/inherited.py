"""What a placeholder on a slide has from its layout and its master: place, borders, type size, bullets.

python-pptx looks for it anew each time, through all shapes of the layout. A deck has a hundred placeholders of a dozen kinds, so
whom each kind follows is kept as long as the deck's package lives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from ojreport.render.pptx.untyped import xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ojreport.render.pptx.untyped import PptxSlide, Shape, Xml

_DEFAULT_INSETS = (91440, 45720, 91440, 45720)
_PH = "{*}nvPr/{*}ph"
_OWN_KIND = ("title", "dt", "ftr", "sldNum")  # placeholders that a master has one each of; all others are bodies there
_kept: WeakKeyDictionary[Any, dict[tuple[object, ...], tuple[Xml, ...]]] = WeakKeyDictionary()


def _bases(shape: Shape) -> tuple[Xml, ...]:
    """The placeholder of the layout and that of the master that a slide's placeholder follows, nearest first; none for others."""
    holder = xml(shape)[0].find(_PH)
    if holder is None or not hasattr(shape.part, "slide_layout"):
        return ()
    layout = shape.part.slide_layout
    known = _kept.setdefault(shape.part.package, {})
    key = (layout.part.partname, holder.get("idx", "0"))
    if key not in known:
        known[key] = tuple(_found(layout, holder.get("idx", "0")))
    return known[key]


def _found(layout: PptxSlide, idx: str) -> Iterator[Xml]:
    for element, holder in placeholders(layout):
        if holder.get("idx", "0") == idx:
            yield element
            kind = holder.get("type", "obj").replace("ctrTitle", "title")
            wanted = kind if kind in _OWN_KIND else "body"
            yield from [e for e, h in placeholders(layout.slide_master) if h.get("type", "obj") == wanted][:1]
            return


def placeholders(owner: PptxSlide) -> Iterator[tuple[Xml, Xml]]:
    """The placeholders on a slide, layout or master: each element with its ``p:ph``."""
    for element in xml(owner).find("{*}cSld/{*}spTree"):
        holder = element[0].find(_PH) if len(element) else None
        if holder is not None:
            yield element, holder


def place(shape: Shape) -> tuple[int, int, int, int]:
    """Left, top, width and height in EMU, its own or as its layout has it."""
    for element in (xml(shape), *_bases(shape)):
        frame = element.find("{*}spPr/{*}xfrm")
        if frame is not None:
            return int(frame.off.x), int(frame.off.y), int(frame.ext.cx), int(frame.ext.cy)
    return int(shape.left), int(shape.top), int(shape.width), int(shape.height)


def insets(shape: Shape) -> tuple[int, int, int, int]:
    """The empty border inside a text shape (left, top, right, bottom), its own or as its layout has it, in EMU."""
    found = list(_DEFAULT_INSETS)
    for element in reversed((xml(shape), *_bases(shape))):
        body = element.find(".//{*}bodyPr")
        for n, name in enumerate(("lIns", "tIns", "rIns", "bIns")):
            if body is not None and body.get(name) is not None:
                found[n] = int(body.get(name))
    return found[0], found[1], found[2], found[3]


def inherited_size(shape: Shape, style: str = "bodyStyle", default: float = 18) -> float:
    """The size in points that text in a placeholder has when nothing is said."""
    for properties in levels(shape, 0, style):
        run = properties.find("{*}defRPr")
        if run is not None and run.get("sz"):
            return int(run.get("sz")) / 100
    return default


def inherits_bullet(shape: Shape, level: int) -> bool:
    """Whether a paragraph of that level has a bullet when nothing is said."""
    for properties in levels(shape, level, "bodyStyle"):
        for tag in ("buNone", "buChar", "buAutoNum", "buBlip"):
            if properties.find(f"{{*}}{tag}") is not None:
                return tag != "buNone"
    return False


def levels(shape: Shape, level: int, style: str) -> Iterator[Xml]:
    """What a level of a placeholder inherits, nearest first: list styles, then the master's text style."""
    name = f"{{*}}lvl{level + 1}pPr"
    bases = _bases(shape)
    for element in bases:
        found = element.find(f".//{{*}}lstStyle/{name}")
        if found is not None:
            yield found
    if bases:
        found = xml(shape.part.slide_layout.slide_master).find(f"{{*}}txStyles/{{*}}{style}/{name}")
        if found is not None:
            yield found
