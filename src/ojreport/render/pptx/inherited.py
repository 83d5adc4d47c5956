"""What a placeholder on a slide has from its layout and its master: place, borders, type size, bullets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ojreport.render.pptx.rooms import INSETS, Box, Holder, Insets
from ojreport.render.pptx.untyped import xml
from ojreport.render.pptx.wording import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ojreport.render.pptx.untyped import PptxSlide, Xml

_PH = "{*}nvPr/{*}ph"
_OWN_KIND = ("title", "dt", "ftr", "sldNum")  # placeholders that a master has one each of; all others are bodies there
_STYLES = {"title": ("titleStyle", 28.0), "ftr": ("otherStyle", 12.0), "sldNum": ("otherStyle", 12.0)}
_LEVELS = 9


def holder_of(element: Xml, layout: PptxSlide) -> Holder:
    """The placeholder *element*, which stands on the layout or on a new slide of it."""
    named, mark = element[0].find("{*}cNvPr"), element[0].find(_PH)
    bases = bases_of(mark, layout)
    style, usual = _STYLES.get(_kind(mark), ("bodyStyle", 18.0))
    styles = styles_of(bases, layout, style)
    said = "".join(f" {name}={quoted(value)}" for name, value in mark.attrib.items())
    return Holder(
        number=int(named.get("id")),
        name=named.get("name"),
        mark=f"<p:ph{said}/>",
        idx=int(mark.get("idx", "0")),
        kind=mark.get("type", "obj"),
        box=_place(bases),
        insets=_insets(bases),
        size=_size(styles, usual),
        bullets=tuple(_bullet(styles, level) for level in range(_LEVELS)),
    )


def bases_of(mark: Xml, layout: PptxSlide) -> tuple[Xml, ...]:
    """Whom a placeholder with the ``p:ph`` *mark* follows: the layout's and then the master's; none for one of no layout."""
    idx = mark.get("idx", "0")
    own = next(((element, holder) for element, holder in placeholders(layout) if holder.get("idx", "0") == idx), None)
    if own is None:
        return ()
    kind = _kind(own[1])
    wanted = kind if kind in _OWN_KIND else "body"
    return own[0], *[element for element, holder in placeholders(layout.slide_master) if _kind(holder) == wanted][:1]


def _kind(mark: Xml) -> str:
    return str(mark.get("type", "obj")).replace("ctrTitle", "title")


def placeholders(owner: PptxSlide) -> Iterator[tuple[Xml, Xml]]:
    """The placeholders on a slide, layout or master: each element with its ``p:ph``."""
    for element in xml(owner).find("{*}cSld/{*}spTree"):
        holder = element[0].find(_PH) if len(element) else None
        if holder is not None:
            yield element, holder


def styles_of(bases: tuple[Xml, ...], layout: PptxSlide, style: str) -> list[Xml]:
    """What levels of text inherit, nearest first: list styles of *bases*, then the master's text style of that name."""
    found = [element.find(".//{*}lstStyle") for element in bases]
    if bases:
        found.append(xml(layout.slide_master).find(f"{{*}}txStyles/{{*}}{style}"))
    return [element for element in found if element is not None]


def level_of(styles: list[Xml], level: int) -> Iterator[Xml]:
    """The properties of a level in each style that has it."""
    for style in styles:
        yield from style.iterfind(f"{{*}}lvl{level + 1}pPr")


def box_of(frame: Xml) -> Box | None:
    """The box that an ``xfrm`` gives; None for one that says nothing of place and size."""
    if frame.off is None or frame.ext is None:
        return None
    return Box(int(frame.off.x), int(frame.off.y), int(frame.ext.cx), int(frame.ext.cy))


def _place(bases: tuple[Xml, ...]) -> Box:
    for element in bases:
        frame = element.find("{*}spPr/{*}xfrm")
        box = None if frame is None else box_of(frame)
        if box is not None:
            return box
    return Box(0, 0, 0, 0)  # which has no room for anything, as is then said


def _insets(bases: tuple[Xml, ...]) -> Insets:
    found = list(INSETS)
    for element in reversed(bases):
        body = element.find(".//{*}bodyPr")
        for n, name in enumerate(("lIns", "tIns", "rIns", "bIns")):
            if body is not None and body.get(name) is not None:
                found[n] = int(body.get(name))
    return found[0], found[1], found[2], found[3]


def _size(styles: list[Xml], usual: float) -> float:
    for properties in level_of(styles, 0):
        run = properties.find("{*}defRPr")
        if run is not None and run.get("sz"):
            return int(run.get("sz")) / 100
    return usual


def _bullet(styles: list[Xml], level: int) -> bool:
    for properties in level_of(styles, level):
        for tag in ("buNone", "buChar", "buAutoNum", "buBlip"):
            if properties.find(f"{{*}}{tag}") is not None:
                return tag != "buNone"
    return False
