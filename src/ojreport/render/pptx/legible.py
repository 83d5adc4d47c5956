"""Whether words in a template's own colour can be read where they stand: a foot that was made for another ground can not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ojreport.render.pptx.inherited import levels, place
from ojreport.render.pptx.palette import Colour
from ojreport.render.pptx.untyped import xml
from ojreport.render.theme import TEXT_CONTRAST, contrast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ojreport.render.pptx.untyped import PptxSlide, Shape, Xml

_PERCENT = 1000  # DrawingML counts in thousandths of a percent


def legible(shape: Shape, layout: PptxSlide, colours: Mapping[str, str]) -> bool:
    """Whether a placeholder's words stand out from the slide's ground; so taken where either can not be told.

    *colours* are the theme's slots, mapped. The ground can not be told where the layout or its master has drawn something.
    """
    fills = (level.find("{*}defRPr/{*}solidFill") for level in levels(shape, 0, "otherStyle"))
    words = next((fill for fill in fills if fill is not None), None)
    said = colours["tx1"] if words is None else _seen(words, colours)
    ground = _ground(layout, colours)
    if said is None or ground is None or any(_under(shape, owner) for owner in (layout, layout.slide_master)):
        return True
    return contrast(said, ground) >= TEXT_CONTRAST


def _ground(layout: PptxSlide, colours: Mapping[str, str]) -> str | None:
    """The colour of the layout's background, or of its master's; None for a picture or a gradient."""
    for owner in (layout, layout.slide_master):
        background = xml(owner).find("{*}cSld/{*}bg")
        if background is not None:
            fill = background.find("{*}bgPr/{*}solidFill")
            fill = background.find("{*}bgRef") if fill is None else fill
            return None if fill is None else _seen(fill, colours)
    return colours["bg1"]


def _seen(holder: Xml, colours: Mapping[str, str]) -> str | None:
    """``#RRGGBB`` of the colour inside *holder*; None for one that is given in another way than ours are."""
    if not len(holder):
        return None
    colour = holder[0]
    changes = {change.tag.rpartition("}")[2]: int(change.get("val")) // _PERCENT for change in colour}
    if colour.tag.endswith("}srgbClr") and not changes:
        return "#" + str(colour.get("val")).upper()
    if not colour.tag.endswith("}schemeClr") or colour.get("val") not in colours or not changes.keys() <= {"lumMod", "lumOff"}:
        return None
    return Colour(colour.get("val"), changes.get("lumMod", 100), changes.get("lumOff", 0)).seen(colours)


def _under(shape: Shape, owner: PptxSlide) -> bool:
    """Whether something that is drawn on every slide reaches into the place of *shape*."""
    left, top, wide, high = place(shape)
    for drawn in owner.shapes:
        if drawn.is_placeholder or drawn.left is None:
            continue
        x, y, w, h = place(drawn)
        if x < left + wide and left < x + w and y < top + high and top < y + h:
            return True
    return False
