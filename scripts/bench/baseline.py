"""What a good analyst would write: the same slides, pages, figures and plan, with the libraries as their manuals show them.

pandas and openpyxl read the workbooks once; a figure is drawn once with pyplot and stands as PNG in both the deck and the PDF.
The deck is plain python-pptx, the PDF plain ReportLab (platypus), the plan plain openpyxl. It takes the sentences, tables and
numbers from our composed report, so composing costs it nothing; and it makes no tags, native charts, trace or proof-reading.

Run as a script it prints JSON with its seconds: baseline.py CODES OUT
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Iterable
from functools import singledispatch
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import matplotlib as mpl

mpl.use("Agg")
import pandas as pd
from matplotlib import pyplot as plt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from pptx import Presentation
from pptx.util import Inches, Pt
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Image, ListFlowable, ListItem, PageBreak, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as PdfTable

from ojreport import batch
from ojreport.compose import build_report
from ojreport.compose import document as doc
from ojreport.compose.deck import Deck, Layout
from ojreport.compose.worksheet import WorkBook
from ojreport.sources import example_folder

COLOURS = {"self": "#C2410C", "own": "#14406B", "riket": "#1B2733", "other": "#7C8FA1"}
SHADES = {doc.Mark.JA: "#14406B", doc.Mark.DELVIS: "#7C8FA1", doc.Mark.NEJ: "#C9D3DC", doc.Mark.MISSING: "#EEF3F7"}
WIDE = Layout.WIDE
Pictures = dict[int, bytes]


# ---------------------------------------------------------------------------------------------------------------- figures


@singledispatch
def draw(spec: Any, axes: Any) -> None:  # noqa: ANN401 - pyplot has no types
    """Draw *spec* on *axes*."""
    raise TypeError(f"{type(spec).__name__} on {axes}")


@draw.register
def _bars(spec: doc.BarChart, axes: Any) -> None:  # noqa: ANN401
    places = range(len(spec.bars))
    drawn = axes.barh(places, [b.value for b in spec.bars], color=[COLOURS[b.role] for b in spec.bars], height=0.7)
    axes.bar_label(drawn, labels=[b.text for b in spec.bars], padding=3, fontsize=8)
    axes.set_yticks(places, [b.label for b in spec.bars], fontsize=8)
    axes.invert_yaxis()
    axes.set_xlim(0, spec.maximum)
    if spec.reference is not None:
        axes.axvline(spec.reference.value, color=COLOURS["riket"], linewidth=1)
        axes.text(spec.reference.value, -0.9, spec.reference.label, fontsize=8, ha="center")


@draw.register
def _trend(spec: doc.TrendChart, axes: Any) -> None:  # noqa: ANN401
    for line in spec.lines:
        for n, run in enumerate(line.runs):
            axes.plot(
                [p.year for p in run],
                [p.value for p in run],
                color=COLOURS[line.role],
                marker="o",
                label=line.label if n == 0 else None,
            )
            axes.annotate(run[-1].text, (run[-1].year, run[-1].value), xytext=(4, 4), textcoords="offset points", fontsize=8)
    for mark in spec.breaks:
        axes.axvline((mark.before + mark.after) / 2, color="#7C8FA1", linestyle="--", linewidth=0.8)
        axes.text((mark.before + mark.after) / 2, spec.maximum, mark.label, fontsize=7, ha="center")
    axes.set_xticks(spec.years)
    axes.set_ylim(0, spec.maximum)
    if spec.lines:
        axes.legend(fontsize=8, frameon=False)
    for own in spec.own:
        axes.text(own.year, spec.maximum * 0.03, f"{doc.GLYPHS[own.mark]} {own.text}", fontsize=7, ha="center")


@draw.register
def _stacked(spec: doc.StackedChart, axes: Any) -> None:  # noqa: ANN401
    places = range(len(spec.bars))
    left = [0] * len(spec.bars)
    for mark, label in spec.legend:
        counts = [sum(s.count for s in bar.segments if s.mark is mark) for bar in spec.bars]
        drawn = axes.barh(places, counts, left=left, color=SHADES[mark], label=label)
        axes.bar_label(drawn, labels=[str(c) if c else "" for c in counts], label_type="center", fontsize=8)
        left = [a + b for a, b in zip(left, counts, strict=True)]
    axes.set_yticks(places, [bar.label for bar in spec.bars], fontsize=8)
    axes.invert_yaxis()
    axes.legend(fontsize=8, frameon=False, loc="lower right")


def picture(spec: doc.FigureSpec) -> bytes:
    """The figure as PNG, 150 dots an inch."""
    figure, axes = plt.subplots(figsize=(6.0, 4.0))
    draw(spec, axes)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_title(spec.title, fontsize=10, loc="left")
    figure.tight_layout()
    png = io.BytesIO()
    figure.savefig(png, dpi=150)
    plt.close(figure)
    return png.getvalue()


class Album:
    """The figures of one report, each drawn once."""

    def __init__(self) -> None:
        self._pictures: dict[doc.FigureSpec, bytes] = {}

    def __call__(self, spec: doc.FigureSpec) -> io.BytesIO:
        """The figure's PNG, as a file."""
        if spec not in self._pictures:
            self._pictures[spec] = picture(spec)
        return io.BytesIO(self._pictures[spec])


def cell_text(cell: doc.TableCell) -> str:
    """A cell's sign and words."""
    sign = doc.GLYPHS[cell.mark] if cell.mark else ""
    return sign if cell.mark_only else f"{sign} {cell.text}".strip()


# -------------------------------------------------------------------------------------------------------------------- PDF


def styles() -> dict[str, ParagraphStyle]:
    """The paragraph styles; fonts that hold the signs of the tables."""
    folder = Path(mpl.get_data_path()) / "fonts" / "ttf"
    for name, file in (("Sans", "DejaVuSans.ttf"), ("Sans-Bold", "DejaVuSans-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, folder / file))
    pdfmetrics.registerFontFamily("Sans", normal="Sans", bold="Sans-Bold")
    body = ParagraphStyle("body", fontName="Sans", fontSize=9, leading=13, spaceAfter=6)
    made = {"body": body, "lead": ParagraphStyle("lead", body, fontSize=11, leading=15)}
    made["note"] = ParagraphStyle("note", body, fontSize=7.5, leading=10, textColor="#5A6772")
    made["caveat"] = ParagraphStyle("caveat", body, backColor="#EEF3F7", borderPadding=6)
    made["cell"] = ParagraphStyle("cell", body, fontSize=7.5, leading=10, spaceAfter=0)
    for level, size in ((1, 20), (2, 15), (3, 11)):
        made[f"h{level}"] = ParagraphStyle(
            f"h{level}", body, fontName="Sans-Bold", fontSize=size, leading=size * 1.3, spaceBefore=10
        )
    return made


def marked(text: doc.Text) -> str:
    """The text with the marks of platypus."""
    runs = (f"<b>{escape(r.text)}</b>" if r.bold else escape(r.text) for r in text)
    return "".join(f'<link href="{escape(r.link)}">{t}</link>' if r.link else t for r, t in zip(text, runs, strict=True))


class Pages:
    """Blocks as flowables."""

    def __init__(self, album: Album, look: dict[str, ParagraphStyle]) -> None:
        self._album, self._look = album, look

    def of(self, block: doc.Block, width: float = 170 * mm) -> list[Any]:  # noqa: PLR0911 - one for each kind
        """The flowables of a block."""
        look = self._look
        match block:
            case doc.Heading():
                return [Paragraph(escape(block.text), look[f"h{block.level}"])]
            case doc.Paragraph():
                return [Paragraph(marked(block.text), look[block.style.value])]
            case doc.PageBreak():
                return [PageBreak()]
            case doc.BulletList():
                title = [Paragraph(escape(block.title), look["h3"])] if block.title else []
                return [*title, self._list(block.items, numbered=block.numbered)]
            case doc.Columns():
                sides = [self.of(side, width / 2) for side in (block.left, block.right)]
                return [PdfTable([sides], colWidths=[width / 2] * 2, style=[("VALIGN", (0, 0), (-1, -1), "TOP")])]
            case doc.KeyFigures():
                cells = [[Paragraph(escape(k.figure), look["h1"]), Paragraph(escape(k.label), look["body"])] for k in block.items]
                return [PdfTable([cells], colWidths=[width / len(cells)] * len(cells))]
            case doc.Table():
                return self._table(block, width)
            case doc.Figure():
                notes = [Paragraph(escape(t), look["note"]) for t in (block.spec.note, block.spec.source) if t]
                return [Image(self._album(block.spec), width, width * 2 / 3), *notes]
            case doc.FigurePair():
                sides = [self.of(side, width / 2 - 4 * mm) for side in (block.left, block.right)]
                return [PdfTable([sides], colWidths=[width / 2] * 2, style=[("VALIGN", (0, 0), (-1, -1), "TOP")])]
        return []

    def _list(self, items: tuple[doc.Item, ...], *, numbered: bool) -> ListFlowable:
        inner = (
            [Paragraph(marked(i.text), self._look["body"]), *([self._list(i.items, numbered=False)] if i.items else [])]
            for i in items
        )
        return ListFlowable([ListItem(i) for i in inner], bulletType="1" if numbered else "bullet", leftIndent=12)

    def _table(self, block: doc.Table, width: float) -> list[Any]:
        look = self._look
        columns = block.columns
        rows = [[Paragraph(f"<b>{escape(c.heading)}</b>", look["cell"]) for c in columns]]
        manner: list[Any] = [
            ("BACKGROUND", (0, 0), (-1, 0), colors.HexColor("#EEF3F7")),
            ("LINEBELOW", (0, 0), (-1, -1), 0.25, colors.grey),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
        for n, row in enumerate(block.rows, 1):
            cells = [
                Paragraph(f"<b>{escape(cell_text(c))}</b>" if c.bold or row.group else escape(cell_text(c)), look["cell"])
                for c in row.cells
            ]
            rows.append(cells + [""] * (len(columns) - len(cells)))
            if row.group:
                manner.append(("SPAN", (0, n), (-1, n)))
        whole = sum(c.width for c in columns)
        table = PdfTable(rows, colWidths=[width * c.width / whole for c in columns], repeatRows=1, style=manner)
        notes = [Paragraph(escape(t), look["note"]) for t in (block.note, block.source) if t]
        return [Paragraph(escape(block.title), look["h3"]), table, *notes, Spacer(1, 6)]


def make_pdf(document: doc.Document, album: Album, look: dict[str, ParagraphStyle]) -> bytes:
    """The document as PDF, with head and foot on each page."""
    meta, file = document.meta, io.BytesIO()
    pages = Pages(album, look)
    story: list[Any] = [Paragraph(escape(meta.title), look["h1"]), Paragraph(escape(meta.subtitle), look["lead"])]
    story += [Paragraph(escape(meta.mark), look["caveat"])] if meta.mark else []
    for block in document.blocks:
        story += pages.of(block)

    def furniture(canvas: Any, template: Any) -> None:  # noqa: ANN401 - ReportLab has no types
        canvas.setFont("Sans", 7.5)
        canvas.drawString(20 * mm, 287 * mm, meta.head)
        canvas.drawString(20 * mm, 10 * mm, f"{meta.foot} · {template.page}")

    margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 20 * mm)
    template = SimpleDocTemplate(file, pagesize=A4, title=meta.title, author=meta.author, subject=meta.subject, **margins)
    template.build(story, onFirstPage=furniture, onLaterPages=furniture)
    return file.getvalue()


# ------------------------------------------------------------------------------------------------------------------- deck


def fill(frame: Any, block: doc.Block) -> None:  # noqa: ANN401, C901 - python-pptx has no types
    """Add the block's words to a text frame."""

    def line(text: doc.Text, level: int = 0) -> None:
        paragraph = frame.paragraphs[0] if not frame.text else frame.add_paragraph()
        paragraph.level = level
        for run in text:
            added = paragraph.add_run()
            added.text, added.font.size, added.font.bold = run.text, Pt(16), run.bold
            if run.link:
                added.hyperlink.address = run.link

    def items(some: Iterable[doc.Item], level: int) -> None:
        for item in some:
            line(item.text, level)
            items(item.items, level + 1)

    match block:
        case doc.Paragraph():
            line(block.text)
        case doc.BulletList():
            if block.title:
                line((doc.Run(block.title, bold=True),))
            items(block.items, 0)
        case doc.KeyFigures():
            for key in block.items:
                line((doc.Run(f"{key.figure} ", bold=True), doc.Run(key.label)))


def add_table(slide: Any, block: doc.Table) -> None:  # noqa: ANN401
    """A table over the slide's width."""
    shape = slide.shapes.add_table(len(block.rows) + 1, len(block.columns), Inches(0.6), Inches(1.6), Inches(12.1), Inches(4.8))
    table, whole = shape.table, sum(c.width for c in block.columns)
    for n, column in enumerate(block.columns):
        table.columns[n].width = Inches(12.1 * column.width / whole)
        table.cell(0, n).text = column.heading
    for number, row in enumerate(block.rows, 1):
        for n, cell in enumerate(row.cells):
            table.cell(number, n).text = cell_text(cell)
        if row.group:
            table.cell(number, 0).merge(table.cell(number, len(block.columns) - 1))
    for row in table.rows:
        for cell in row.cells:
            for paragraph in cell.text_frame.paragraphs:
                for run in paragraph.runs:
                    run.font.size = Pt(11)


def make_deck(deck: Deck, album: Album) -> bytes:
    """The deck as .pptx in python-pptx's own template."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Inches(13.333), Inches(7.5)
    for section in deck.sections:
        for content in section.slides:
            slide = presentation.slides.add_slide(presentation.slide_layouts[5])
            title = slide.shapes.title
            title.left, title.top, title.width, title.height = Inches(0.6), Inches(0.4), Inches(12.1), Inches(1.0)
            title.text = content.title
            beside = any(isinstance(b, doc.Figure) for b in content.blocks)
            blocks = [s for b in content.blocks for s in ((b.left, b.right) if isinstance(b, doc.Columns) else (b,))]
            words = [b for b in blocks if not isinstance(b, doc.Figure | doc.Table)]
            columns = 1 if beside else max(1, len(words))
            for n, block in enumerate(words):
                if n == 0 or not beside:
                    width = 4.2 if beside else 12.1 / columns
                    box = slide.shapes.add_textbox(Inches(0.6 + n * width), Inches(1.6), Inches(width), Inches(5))
                    box.text_frame.word_wrap = True
                fill(box.text_frame, block)
            for block in blocks:
                if isinstance(block, doc.Table):
                    add_table(slide, block)
                elif isinstance(block, doc.Figure):
                    shape = slide.shapes.add_picture(album(block.spec), Inches(5.2), Inches(1.6), Inches(7.5))
                    shape._element._nvXxPr.cNvPr.set("descr", block.alt)  # noqa: SLF001 - as the manuals' answers have it
            slide.notes_slide.notes_text_frame.text = "\n".join(content.notes)
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


# ------------------------------------------------------------------------------------------------------------------- plan


def make_plan(workbook: WorkBook) -> bytes:
    """The plan as .xlsx with drop-downs."""
    book = Workbook()
    book.remove(book.active)
    for content in workbook.sheets:
        sheet = book.create_sheet(content.name)
        sheet.append([content.title])
        sheet["A1"].font = Font(bold=True, size=16)
        for line in content.intro:
            sheet.append([line])
        sheet.append([c.heading for c in content.columns])
        head = sheet.max_row
        for cell in sheet[head]:
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="EEF3F7")
        for row in content.rows:
            sheet.append(list(row))
        last = sheet.max_row + content.spare_rows
        for n, column in enumerate(content.columns, 1):
            letter = sheet.cell(head, n).column_letter
            sheet.column_dimensions[letter].width = column.width
            if column.choices:
                choice = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
                sheet.add_data_validation(choice)
                choice.add(f"{letter}{head + 1}:{letter}{last}")
        for row in sheet.iter_rows(min_row=head + 1):
            for cell in row:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.freeze_panes = sheet.cell(head + 1, 1)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


# ----------------------------------------------------------------------------------------------------------------- the run


def main(codes: list[str], out: Path) -> dict[str, float]:
    """Seconds to read all editions once, and to make and write the files of each area; wall and this process's own (CPU)."""
    begun = time.perf_counter(), time.process_time()
    for path in sorted(example_folder().glob("*.xlsx")):
        pd.read_excel(path, sheet_name=None, header=None, engine="openpyxl")
    read = time.perf_counter(), time.process_time()
    chain = batch.prepare(batch.Order("kommunprofil"))
    names = {code: chain.results.area(code, chain.year) for code in codes}
    reports = {  # not on the clock
        code: build_report(chain.definition, chain.results, chain.catalogue, area, chain.year, chain.texts)
        for code, area in names.items()
    }
    start = time.perf_counter(), time.process_time()
    look = styles()
    for code, report in reports.items():
        album, folder = Album(), out / code
        folder.mkdir(parents=True)
        (folder / "kommunprofil.pdf").write_bytes(make_pdf(report.document, album, look))
        (folder / "kommunprofil.pptx").write_bytes(make_deck(report.deck, album))
        if report.workbook is not None:
            (folder / "kommunprofil.xlsx").write_bytes(make_plan(report.workbook))
    end = time.perf_counter(), time.process_time()
    return {
        "read": read[0] - begun[0],
        "read_cpu": read[1] - begun[1],
        "each": (end[0] - start[0]) / len(codes),
        "each_cpu": (end[1] - start[1]) / len(codes),
    }


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1].split(","), Path(sys.argv[2]))))
