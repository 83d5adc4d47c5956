"""A figure or table in an area of a slide: caption above, the thing itself, note and source below, and its text alternative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.parts.image import Image

from ojreport.compose.document import Figure, FigurePair, Run, Table
from ojreport.render.pptx.charts import Canvas, native_chart, natural_height
from ojreport.render.pptx.metrics import TABLE_SIZES, Metrics, OverfullError
from ojreport.render.pptx.package import Package, Relations, beside
from ojreport.render.pptx.rooms import Area, Box
from ojreport.render.pptx.tables import plan, table_xml
from ojreport.render.pptx.text import Ink, Kind, Para, add_text_box, height
from ojreport.render.pptx.units import INCH, MM, POINT

if TYPE_CHECKING:
    from ojreport.compose.document import FigureSpec
    from ojreport.render.pptx.page import Page
    from ojreport.render.theme import Logo, Theme

Charts = Literal["native", "picture"]
_DPI = 240
_ENLARGED = 1.35  # figures are lettered for a page; from a screen they are read at a distance
_LEAST = 120.0  # points: a chart that is lower shows nothing
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_SVG_TYPE = "image/svg+xml"
_SVG_URI = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_GAP = 6.0  # points between caption, thing and note


@dataclass(frozen=True, slots=True)
class Placer:
    """What every figure and table on a deck is placed with."""

    ink: Ink
    metrics: Metrics
    theme: Theme
    charts: Charts
    package: Package

    def place(self, page: Page, area: Area, block: Figure | FigurePair | Table, heading: str) -> None:
        """Fill the area; *heading* is the slide's title, which a caption does not repeat."""
        if isinstance(block, FigurePair):
            left, right = area.box.columns(1, 1, gap=0.04)
            self.place(page, Area(left, area.holder), block.left, heading)
            self.place(page, Area(right), block.right, heading)
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
            add_text_box(page, Box(box.left, box.top, box.width, round((above - _GAP) * POINT)), caption, self.ink)
        bottom = self._thing(page, Area(box.trimmed(above=round(above * POINT), below=round(under * POINT)), area.holder), block)
        if small:
            place = Box(box.left, bottom + round(_GAP * POINT), box.width, round((under - _GAP) * POINT))
            add_text_box(page, place, small, self.ink)

    @staticmethod
    def _paras(*lines: tuple[str, Kind], heading: str = "") -> tuple[Para, ...]:
        return tuple(Para((Run(text),), kind) for text, kind in lines if text and text != heading)

    def _thing(self, page: Page, area: Area, block: Figure | Table) -> int:
        """Set the figure or table at the top of the area; how far down it reaches, where its small print can follow."""
        box = area.box
        room = (box.width / POINT, box.height / POINT)
        if isinstance(block, Table):
            planned = plan(block, room, TABLE_SIZES, self.metrics)
            box = Box(box.left, box.top, *planned.extent)
            _frame(page, Area(box, area.holder), table_xml(block, planned, self.ink), "Table", block.summary or block.title)
            return box.bottom
        if room[1] < _LEAST:
            raise OverfullError(f"the figure {block.spec.title!r} has no room beside its caption and note")
        if self.charts == "picture":
            self._picture(page, block, box)
            if area.holder:
                page.give_up(area.holder)
        else:
            box = box.trimmed(below=round(max(0.0, room[1] - natural_height(block.spec)) * POINT))
            canvas = Canvas(room[0], box.height / POINT, self.ink.palette, self.metrics, self.ink.language)
            _frame(page, Area(box, area.holder), self._chart(page, block.spec, canvas), "Chart", block.alt)
        return box.bottom

    def _chart(self, page: Page, spec: FigureSpec, canvas: Canvas) -> str:
        """``a:graphicData`` of a native chart with its data in an embedded workbook."""
        content, sheet = native_chart(spec, canvas)
        book = self.package.free("/ppt/embeddings/Microsoft_Excel_Sheet%d.xlsx")
        self.package.add(book, sheet.xlsx(), CT.SML_SHEET)
        relations = Relations()
        relations.add(RT.PACKAGE, beside(book))  # the first, as the chart has it
        chart = self.package.free("/ppt/charts/chart%d.xml")
        self.package.add(chart, content, CT.DML_CHART, relations)
        relation = page.relations.add(RT.CHART, beside(chart))
        return f'<a:graphicData uri="{_CHART}"><c:chart xmlns:c="{_CHART}" r:id="{relation}"/></a:graphicData>'

    def _picture(self, page: Page, block: Figure, box: Box) -> None:
        """The figure as SVG, with a PNG for programs that know no SVG."""
        from ojreport.render.charts import as_png, as_svg, draw  # noqa: PLC0415 - matplotlib is heavy, and native charts do without

        figure = draw(block.spec, self.theme, (box.width / MM / _ENLARGED, box.height / MM / _ENLARGED))
        image = self._image(page, Image.from_blob(as_png(figure, _DPI)))
        vector = self.package.free("/ppt/media/vector%d.svg")
        self.package.add(vector, as_svg(figure), _SVG_TYPE)
        relation = page.relations.add(RT.IMAGE, beside(vector))
        extension = (
            f'<a:extLst><a:ext uri="{_SVG_URI}"><asvg:svgBlip xmlns:asvg="{_SVG}" r:embed="{relation}"/></a:ext></a:extLst>'
        )
        page.picture(box, block.alt, image, extension)

    def logo(self, page: Page, logo: Logo) -> None:
        """The logo, as large as the layout's picture placeholder allows, at its right edge; nothing where there is none."""
        holder = next((holder for holder in page.blank.holders if holder.kind == "pic"), None)
        if holder is None:
            return
        image = Image.from_file(logo.read())
        width, height = (int(INCH * pixels / dpi) for pixels, dpi in zip(image.size, image.dpi, strict=True))
        scale = min(holder.box.width / width, holder.box.height / height)
        width, height = round(width * scale), round(height * scale)
        box = Box(holder.box.left + holder.box.width - width, holder.box.top, width, height)
        page.picture(box, logo.alt, self._image(page, image))

    def _image(self, page: Page, image: Image) -> str:
        """The id of the page's relation to a new part for *image*."""
        name = self.package.free(f"/ppt/media/image%d.{image.ext}")
        self.package.add(name, image.blob, image.content_type)
        return page.relations.add(RT.IMAGE, beside(name))


def _frame(page: Page, area: Area, graphic: str, named: str, alt: str) -> None:
    """A table or chart, in the placeholder's stead on the slide; as its content where the placeholder is of its kind."""
    holder = area.holder
    own = {"Table": "tbl", "Chart": "chart"}[named]
    page.frame(area.box, graphic, named, alt, holder.mark if holder and holder.kind in (own, "obj") else "")
    if holder:
        page.give_up(holder)
