"""A figure or table in an area of a slide: caption above, the thing itself, note and source below, and its text alternative."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.parts.chart import ChartPart

from ojreport.compose.document import Figure, FigurePair, Run, Table
from ojreport.render.pptx.charts import Canvas, native_chart, natural_height
from ojreport.render.pptx.metrics import Metrics, OverfullError
from ojreport.render.pptx.tables import add_table, plan
from ojreport.render.pptx.template import Area, Box
from ojreport.render.pptx.text import Ink, Kind, Para, add_text_box, height

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ojreport.compose.document import FigureSpec
    from ojreport.render.theme import Theme

Charts = Literal["native", "picture"]
_EMU = 12700
_MM = 36000
_DPI = 200
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
    table_sizes: tuple[float, ...]

    def place(self, slide: Any, area: Area, block: Figure | FigurePair | Table, heading: str) -> None:
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
        inner, below = self._around(slide, area.box, caption, small, block)
        self._thing(slide, Area(inner, area.shape), block)
        if small:
            add_text_box(slide, below, small, self.ink)

    @staticmethod
    def _paras(*lines: tuple[str, Kind], heading: str = "") -> tuple[Para, ...]:
        return tuple(Para((Run(text),), kind) for text, kind in lines if text and text != heading)

    def _around(
        self, slide: Any, box: Box, caption: Sequence[Para], small: Sequence[Para], block: Figure | Table
    ) -> tuple[Box, Box]:
        """Set the caption; the boxes for the thing and for the small print under it."""
        width = box.width / _EMU
        above, under = (height(paras, 18, width, self.metrics) + _GAP if paras else 0.0 for paras in (caption, small))
        inner = box.trimmed(above=round(above * _EMU), below=round(under * _EMU))
        if isinstance(block, Figure) and self.charts == "native":
            inner = inner.trimmed(below=max(0, inner.height - round(min(natural_height(block.spec), 1e5) * _EMU)))
        if inner.height < _LEAST * _EMU and isinstance(block, Figure):
            raise OverfullError(f"the figure {block.spec.title!r} has no room beside its caption and note")
        if caption:
            add_text_box(slide, Box(box.left, box.top, box.width, round((above - _GAP) * _EMU)), caption, self.ink)
        bottom = inner.bottom
        if isinstance(block, Table):  # a table is as high as its rows; what belongs to it follows close
            bottom = inner.top + round(plan(block, (width, inner.height / _EMU), self.table_sizes, self.metrics).height * _EMU)
        gap = round(_GAP * _EMU)
        return inner, Box(box.left, bottom + gap, box.width, round(under * _EMU) - gap)

    def _thing(self, slide: Any, area: Area, block: Figure | Table) -> None:
        box = area.box
        if isinstance(block, Table):
            planned = plan(block, (box.width / _EMU, box.height / _EMU), self.table_sizes, self.metrics)
            _settle(add_table(slide, block, box, planned, self.ink), area, block.summary or block.title)
        elif self.charts == "picture":
            _settle(_add_picture(slide, block.spec, box, self.theme), area, block.alt)
        else:
            size = (box.width / _EMU, box.height / _EMU)
            canvas = Canvas(*size, self.ink.palette, self.metrics, self.ink.language)
            _settle(_add_chart(slide, block.spec, box, canvas), area, block.alt)


def _settle(shape: Any, area: Area, alt: str) -> None:
    """Give the shape its text alternative, and the placeholder's part on the slide where there is one."""
    shape._element._nvXxPr.cNvPr.set("descr", alt)  # noqa: SLF001 - python-pptx has no text alternatives
    if area.shape is None:
        return
    holder = area.shape._element  # noqa: SLF001 - the same for placeholders
    if shape._element.tag.endswith("}graphicFrame"):  # noqa: SLF001 - a picture can not stand for a chart
        mark = holder.find(".//{*}nvPr/{*}ph")
        properties = shape._element._nvXxPr.nvPr  # noqa: SLF001 - as above
        properties.insert(0, mark)
    holder.getparent().remove(holder)


def _add_chart(slide: Any, spec: FigureSpec, box: Box, canvas: Canvas) -> Any:
    """A native chart with its data in an embedded workbook."""
    xml, sheet = native_chart(spec, canvas)
    package = slide.part.package
    part = ChartPart.load(package.next_partname(ChartPart.partname_template), CT.DML_CHART, package, xml)
    part.chart_workbook.update_from_xlsx_blob(sheet.xlsx())
    rid = slide.part.relate_to(part, RT.CHART)
    slide.shapes._add_chart_graphicFrame(rid, box.left, box.top, box.width, box.height)  # noqa: SLF001 - the part is ours
    return slide.shapes[-1]


def _add_picture(slide: Any, spec: FigureSpec, box: Box, theme: Theme) -> Any:
    """The figure as SVG, with a PNG for programs that know no SVG."""
    from ojreport.render.charts import as_png, as_svg, draw  # noqa: PLC0415 - matplotlib is heavy, and native charts do without

    figure = draw(spec, theme, (box.width / _MM, box.height / _MM))
    picture = slide.shapes.add_picture(io.BytesIO(as_png(figure, _DPI)), box.left, box.top, box.width, box.height)
    package = slide.part.package
    name = package.next_partname("/ppt/media/vector%d.svg")
    rid = slide.part.relate_to(Part(PackURI(str(name)), _SVG_TYPE, package, as_svg(figure)), RT.IMAGE)
    extension = (
        f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{_SVG_URI}"><asvg:svgBlip '
        f'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{rid}"/></a:ext></a:extLst>'
    )
    picture._element.blipFill.find("{*}blip").append(parse_xml(extension))  # noqa: SLF001 - python-pptx knows no SVG
    return picture
