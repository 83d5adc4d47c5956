"""A figure or table in an area of a slide: caption above, the thing itself, note and source below, and its text alternative."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pptx.enum.shapes import PP_PLACEHOLDER as PH
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.parts.chart import ChartPart

from ojreport.compose.document import Figure, FigurePair, Run, Table
from ojreport.render.pptx.charts import Canvas, native_chart, natural_height
from ojreport.render.pptx.metrics import TABLE_SIZES, Metrics, OverfullError
from ojreport.render.pptx.rooms import Area, Box, box_of
from ojreport.render.pptx.tables import add_table, plan
from ojreport.render.pptx.text import Ink, Kind, Para, add_text_box, height
from ojreport.render.pptx.units import MM, POINT
from ojreport.render.pptx.untyped import xml

if TYPE_CHECKING:
    from ojreport.compose.document import FigureSpec
    from ojreport.render.pptx.untyped import PptxSlide, Shape
    from ojreport.render.theme import Logo, Theme

Charts = Literal["native", "picture"]
_DPI = 240
_ENLARGED = 1.35  # figures are lettered for a page; from a screen they are read at a distance
_LEAST = 120.0  # points: a chart that is lower shows nothing
_SVG_TYPE = "image/svg+xml"
_SVG_URI = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_GAP = 6.0  # points between caption, thing and note


@dataclass(frozen=True, slots=True)
class Placer:
    """What every figure and table on a deck is placed with."""

    ink: Ink
    metrics: Metrics
    theme: Theme
    charts: Charts

    def place(self, slide: PptxSlide, area: Area, block: Figure | FigurePair | Table, heading: str) -> None:
        """Fill the area; *heading* is the slide's title, which a caption does not repeat."""
        if isinstance(block, FigurePair):
            left, right = area.box.columns(1, 1, gap=0.04)
            self.place(slide, Area(left, area.shape), block.left, heading)
            self.place(slide, Area(right), block.right, heading)
            return
        if isinstance(block, Table):
            caption = self._paras((block.title, Kind.CAPTION), heading=heading)
            small = self._paras((block.note, Kind.SOURCE), (block.source, Kind.SOURCE))
        else:
            spec = block.spec
            caption = self._paras((spec.title, Kind.CAPTION), (spec.subtitle, Kind.SUBTITLE), heading=heading)
            small = self._paras((spec.note, Kind.SOURCE), (spec.source, Kind.SOURCE))
        box, width = area.box, area.box.width / POINT
        above, under = (height(paras, 18, width, self.metrics) + _GAP if paras else 0.0 for paras in (caption, small))
        if caption:
            add_text_box(slide, Box(box.left, box.top, box.width, round((above - _GAP) * POINT)), caption, self.ink)
        bottom = self._thing(slide, Area(box.trimmed(above=round(above * POINT), below=round(under * POINT)), area.shape), block)
        if small:
            place = Box(box.left, bottom + round(_GAP * POINT), box.width, round((under - _GAP) * POINT))
            add_text_box(slide, place, small, self.ink)

    @staticmethod
    def _paras(*lines: tuple[str, Kind], heading: str = "") -> tuple[Para, ...]:
        return tuple(Para((Run(text),), kind) for text, kind in lines if text and text != heading)

    def _thing(self, slide: PptxSlide, area: Area, block: Figure | Table) -> int:
        """Set the figure or table at the top of the area; how far down it reaches, where its small print can follow."""
        box = area.box
        room = (box.width / POINT, box.height / POINT)
        if isinstance(block, Table):
            planned = plan(block, room, TABLE_SIZES, self.metrics)
            frame = add_table(slide, block, box, planned, self.ink)
            _settle(frame, area, block.summary or block.title)
            return int(frame.top + frame.height)
        if room[1] < _LEAST:
            raise OverfullError(f"the figure {block.spec.title!r} has no room beside its caption and note")
        if self.charts == "picture":
            shape = _add_picture(slide, block.spec, box, self.theme)
        else:
            box = box.trimmed(below=round(max(0.0, room[1] - natural_height(block.spec)) * POINT))
            canvas = Canvas(room[0], box.height / POINT, self.ink.palette, self.metrics, self.ink.language)
            shape = _add_chart(slide, block.spec, box, canvas)
        _settle(shape, area, block.alt)
        return box.bottom


def add_logo(slide: PptxSlide, logo: Logo) -> None:
    """The logo, as large as the layout's picture placeholder allows, at its right edge; nothing where there is none."""
    holder = next((p for p in slide.placeholders if p.placeholder_format.type == PH.PICTURE), None)
    if holder is None:
        return
    box = box_of(holder)
    picture = slide.shapes.add_picture(logo.read(), box.left, box.top)
    scale = min(box.width / picture.width, box.height / picture.height)
    picture.width, picture.height = round(picture.width * scale), round(picture.height * scale)
    picture.left = box.left + box.width - picture.width
    _settle(picture, Area(box), logo.alt)


def _settle(shape: Shape, area: Area, alt: str) -> None:
    """Give the shape its text alternative, and the placeholder's part on the slide where the placeholder is of its kind."""
    element = xml(shape)
    element.find(".//{*}cNvPr").set("descr", alt)
    if area.shape is None:
        return
    holder = xml(area.shape)
    mark = holder.find(".//{*}nvPr/{*}ph")
    own = "chart" if shape.has_chart else "tbl" if shape.has_table else "pic"
    if mark.get("type", own) == own and own != "pic":
        element.find(".//{*}nvPr").insert(0, mark)
    holder.getparent().remove(holder)


def _add_chart(slide: PptxSlide, spec: FigureSpec, box: Box, canvas: Canvas) -> Shape:
    """A native chart with its data in an embedded workbook."""
    xml, sheet = native_chart(spec, canvas)
    package = slide.part.package
    part = ChartPart.load(package.next_partname(ChartPart.partname_template), CT.DML_CHART, package, xml)
    part.chart_workbook.update_from_xlsx_blob(sheet.xlsx())
    rid = slide.part.relate_to(part, RT.CHART)
    slide.shapes._add_chart_graphicFrame(rid, box.left, box.top, box.width, box.height)  # noqa: SLF001 - the part is ours
    return slide.shapes[-1]


def _add_picture(slide: PptxSlide, spec: FigureSpec, box: Box, theme: Theme) -> Shape:
    """The figure as SVG, with a PNG for programs that know no SVG."""
    from ojreport.render.charts import as_png, as_svg, draw  # noqa: PLC0415 - matplotlib is heavy, and native charts do without

    figure = draw(spec, theme, (box.width / MM / _ENLARGED, box.height / MM / _ENLARGED))
    picture = slide.shapes.add_picture(io.BytesIO(as_png(figure, _DPI)), box.left, box.top, box.width, box.height)
    package = slide.part.package
    name = package.next_partname("/ppt/media/vector%d.svg")
    rid = slide.part.relate_to(Part(PackURI(str(name)), _SVG_TYPE, package, as_svg(figure)), RT.IMAGE)
    extension = (
        f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{_SVG_URI}"><asvg:svgBlip '
        f'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{rid}"/></a:ext></a:extLst>'
    )
    xml(picture).blipFill.find("{*}blip").append(parse_xml(extension))
    return picture
