"""The contrast of what stands on slides, measured in the finished file: each colour against the ground that it really has."""

from __future__ import annotations

import colorsys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from ojreport.render.theme import GRAPHICS_CONTRAST, TEXT_CONTRAST, contrast

Xml = Any
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_INSIDE = {"ctr", "inEnd", "inBase"}
_STYLES = {"title": "titleStyle", "ctrTitle": "titleStyle", "dt": "otherStyle", "ftr": "otherStyle", "sldNum": "otherStyle"}


@dataclass(frozen=True)
class Pair:
    """A colour and its ground, and the ratio that they need; *chosen* by us, or left as the template has it."""

    slide: int
    what: str
    colour: str
    ground: str
    needed: float
    chosen: bool = True

    @property
    def ratio(self) -> float:
        """1–21."""
        return contrast(self.colour, self.ground)

    def __str__(self) -> str:
        return f"slide {self.slide}: {self.what}: {self.colour} on {self.ground} is {self.ratio:.2f}, and needs {self.needed}"


class _Slide:
    """A slide with the colours of its master's theme."""

    def __init__(self, slide: Any, number: int) -> None:
        self.slide, self.number = slide, number
        self.layout, self.master = slide.slide_layout, slide.slide_layout.slide_master
        theme = self.master.part.part_related_by(RT.THEME).blob
        scheme = etree.fromstring(theme).find(f".//{_A}clrScheme")
        colours = {
            etree.QName(slot).localname: f"#{(slot[0].get('lastClr') or slot[0].get('val')).upper()}"
            for slot in scheme
            if len(slot)
        }
        self.colours = colours | {to: colours[slot] for to, slot in self.master.element.find(f"{_P}clrMap").attrib.items()}

    def colour(self, holder: Xml) -> str | None:
        """The colour of ``a:solidFill`` inside *holder*, its changes made; None when it has none of its own."""
        fill = None if holder is None else holder.find(f"{_A}solidFill")
        return None if fill is None else self._resolved(fill[0])

    def _resolved(self, element: Xml) -> str:
        base = self.colours[element.get("val")] if element.tag == f"{_A}schemeClr" else f"#{element.get('val').upper()}"
        hue, light, full = colorsys.rgb_to_hls(*(int(base[n : n + 2], 16) / 255 for n in (1, 3, 5)))
        for change in element:
            amount = int(change.get("val")) / 100_000
            if change.tag == f"{_A}lumMod":
                light *= amount
            elif change.tag == f"{_A}lumOff":
                light += amount
        red, green, blue = colorsys.hls_to_rgb(hue, max(0.0, min(light, 1.0)), full)
        return f"#{round(red * 255):02X}{round(green * 255):02X}{round(blue * 255):02X}"

    @property
    def ground(self) -> str:
        """The slide's own background, or its layout's, or its master's."""
        for owner in (self.slide, self.layout, self.master):
            background = owner.element.find(f"{_P}cSld/{_P}bg")
            if background is not None:
                own = self.colour(background.find(f"{_P}bgPr"))
                reference = background.find(f"{_P}bgRef")
                return own or self._resolved(reference[0])
        return self.colours["bg1"]

    # ------------------------------------------------------------------------------------------------------ shapes

    def pairs(self) -> Iterator[Pair]:
        """Every pair on the slide."""
        for shape in self.slide.shapes:
            if shape.has_chart:
                yield from self._chart(shape.chart.element)
            elif shape.has_table:
                yield from self._table(shape.element)
            elif shape.has_text_frame:
                own = self.colour(shape.element.find(f"{_P}spPr"))
                inherited = self._inherited(shape) if shape.is_placeholder else self.colours["tx1"]
                yield from self._runs(shape.element, own or self.ground, inherited, shape.name)

    def _runs(self, element: Xml, ground: str, inherited: str, what: str) -> Iterator[Pair]:
        for run in (*element.iter(f"{_A}r"), *element.iter(f"{_A}fld")):
            text = run.findtext(f"{_A}t") or ""
            if text.strip():
                own = self.colour(run.find(f"{_A}rPr"))
                yield Pair(self.number, f"{what} “{text[:30]}”", own or inherited, ground, TEXT_CONTRAST, chosen=own is not None)

    def _inherited(self, shape: Any) -> str:
        """The colour of a placeholder's first level: from its layout's, its master's, or the master's text styles."""
        about = shape.placeholder_format
        kind = shape.element.find(f".//{_P}nvPr/{_P}ph").get("type", "body")
        layout = next((p for p in self.layout.placeholders if p.placeholder_format.idx == about.idx), None)
        master = next((p for p in self.master.placeholders if p.placeholder_format.type == about.type), None)
        style = self.master.element.find(f"{_P}txStyles/{_P}{_STYLES.get(kind, 'bodyStyle')}")
        lists = [owner.element.find(f".//{_A}lstStyle") for owner in (shape, layout, master) if owner is not None]
        for holder in (*lists, style):
            found = None if holder is None else self.colour(holder.find(f"{_A}lvl1pPr/{_A}defRPr"))
            if found:
                return found
        return self.colours["tx1"]

    def _table(self, element: Xml) -> Iterator[Pair]:
        for cell in element.iter(f"{_A}tc"):
            ground = self.colour(cell.find(f"{_A}tcPr")) or self.ground
            yield from self._runs(cell, ground, self.colours["tx1"], "a cell")

    # ------------------------------------------------------------------------------------------------------ charts

    def _chart(self, chart: Xml) -> Iterator[Pair]:
        for series in chart.iter(f"{_C}ser"):
            yield from self._series(series)
        for owner in (*chart.iter(f"{_C}catAx"), *chart.iter(f"{_C}valAx"), *chart.iter(f"{_C}legend")):
            if owner.find(f"{_C}delete[@val='1']") is None:
                yield from self._words(owner, self.ground, f"a chart's {owner.tag.removeprefix(_C)}")

    def _series(self, series: Xml) -> Iterator[Pair]:
        name = f"a chart's “{series.findtext(f'{_C}tx//{_C}v')}”"
        points = {p.find(f"{_C}idx").get("val"): p.find(f"{_C}spPr") for p in series.iterfind(f"{_C}dPt")}
        own = series.find(f"{_C}spPr")
        for look in (own, *points.values()):
            seen = [c for c in (self.colour(look), self.colour(None if look is None else look.find(f"{_A}ln"))) if c]
            if seen:  # a fill or its outline must stand out
                colour = max(seen, key=lambda c: contrast(c, self.ground))
                yield Pair(self.number, name, colour, self.ground, GRAPHICS_CONTRAST)
        labels = series.find(f"{_C}dLbls")
        for label in () if labels is None else (labels, *labels.iterfind(f"{_C}dLbl")):
            number, place = label.find(f"{_C}idx"), label.find(f"{_C}dLblPos")
            under = own if number is None else points.get(number.get("val"), own)
            inside = place is not None and place.get("val") in _INSIDE
            ground = self.colour(label.find(f"{_C}spPr")) or (self.colour(under) if inside else None) or self.ground
            yield from self._words(label, ground, f"a label of {name}")

    def _words(self, owner: Xml, ground: str, what: str) -> Iterator[Pair]:
        """The words' own manner of *owner*, a chart's title inside it too."""
        for part in (owner.find(f"{_C}txPr"), owner.find(f"{_C}tx"), owner.find(f"{_C}title")):
            for manner in () if part is None else (*part.iter(f"{_A}defRPr"), *part.iter(f"{_A}rPr")):
                colour = self.colour(manner)
                if colour:
                    yield Pair(self.number, what, colour, ground, TEXT_CONTRAST)


def pairs(deck: Any) -> list[Pair]:
    """Every pair on every slide, each once."""
    return list(dict.fromkeys(p for n, slide in enumerate(deck.slides, 1) for p in _Slide(slide, n).pairs()))
