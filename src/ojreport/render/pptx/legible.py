"""Whether words in a template's own colour can be read where they stand: a foot that was made for another ground can not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ojreport.render.pptx.inherited import box_of, level_of, placeholders, styles_of
from ojreport.render.pptx.palette import Colour
from ojreport.render.pptx.untyped import xml
from ojreport.render.theme import TEXT_CONTRAST, contrast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ojreport.render.pptx.rooms import Box
    from ojreport.render.pptx.untyped import PptxSlide, Xml

_FRAMES = ("{*}spPr/{*}xfrm", "{*}grpSpPr/{*}xfrm", "{*}xfrm")  # of a shape, a group, a table or chart
_ABOUT = ("nvGrpSpPr", "grpSpPr", "extLst")  # what the tree of shapes says of itself
_PERCENT = 1000  # DrawingML counts in thousandths of a percent


@dataclass(frozen=True, slots=True)
class Ground:
    """What a template's words stand on. *colours* are the theme's slots, mapped; in our *own* theme all words can be read."""

    colours: Mapping[str, str]
    own: bool

    def shows(self, bases: tuple[Xml, ...], layout: PptxSlide) -> bool:
        """Whether the words of a placeholder that follows *bases* stand out; so taken where words or ground can not be told."""
        if self.own:
            return True
        fills = (level.find("{*}defRPr/{*}solidFill") for level in level_of(styles_of(bases, layout, "otherStyle"), 0))
        words = next((fill for fill in fills if fill is not None), None)
        said = self.colours["tx1"] if words is None else _seen(words, self.colours)
        ground = _ground(layout, self.colours)
        return said is None or ground is None or contrast(said, ground) >= TEXT_CONTRAST


def drawn(layout: PptxSlide) -> tuple[Box, ...]:
    """Where layout and master draw something on every slide: the ground there can not be told."""
    found = []
    for owner in (layout, layout.slide_master):
        held = {element for element, _ in placeholders(owner)}
        for element in xml(owner).iterfind("{*}cSld/{*}spTree/*"):
            frame = next((f for path in _FRAMES if (f := element.find(path)) is not None), None)
            if frame is None or element in held or element.tag.rpartition("}")[2] in _ABOUT:
                continue
            box = box_of(frame)
            if box is not None:
                found.append(box)
    return tuple(found)


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
