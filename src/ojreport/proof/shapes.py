"""A finished slide as it is read aloud: its shapes in their order as statements, its charts with their data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ojreport.proof.charts import Chart, read_chart
from ojreport.proof.difference import Statement, even
from ojreport.proof.slides import item_role

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TITLES = {"title", "ctrTitle"}
Xml = Any  # an element of lxml, which has no types
PptxSlide = Any  # python-pptx's slide


def read_slide(slide: PptxSlide, number: int, foot: str) -> Iterator[Statement | Chart]:
    """What the slide says, then its notes; a chart's data follow the statement that it is there.

    *foot* is the text by which a foot is known where the template has no placeholder for it.
    """
    place = f"slide {number}"
    for shape in slide.element.iterfind(f"{P}cSld/{P}spTree/*"):
        yield from _shape(slide, shape, place, foot)
    if slide.has_notes_slide:
        body = slide.notes_slide.notes_text_frame
        for paragraph in () if body is None else body.paragraphs:
            if text := even(paragraph.text):
                yield Statement("note", text, place)


def words(element: Xml) -> str:
    """All words in a shape, paragraph or cell; a line break is a space."""
    return even("".join(t.text or "" if t.tag == f"{A}t" else " " for t in element.iter(f"{A}t", f"{A}br", f"{A}p")))


def without_language(element: Xml, language: str) -> str:
    """The first words in *element* that are not marked as being in *language*; empty when all are."""
    for run in element.iter(f"{A}r", f"{A}fld"):
        properties = run.find(f"{A}rPr")
        if properties is None or properties.get("lang") != language:
            return run.findtext(f"{A}t") or "a field"
    return ""


def _shape(slide: PptxSlide, shape: Xml, place: str, foot: str) -> Iterator[Statement | Chart]:
    kind = shape.tag.removeprefix(P)
    if kind in {"nvGrpSpPr", "grpSpPr", "extLst"}:
        return
    about = shape.find(f".//{P}cNvPr")
    alt = even(about.get("descr", ""))
    if kind == "grpSp":
        for inner in shape:
            yield from _shape(slide, inner, place, foot)
    elif kind == "graphicFrame":
        yield from _frame(slide, shape, alt, place)
    elif kind == "pic":
        yield from () if _decorative(about) else (Statement("picture", alt, place),)
    elif words(shape):
        yield from _text(slide, shape, place, foot)
    elif shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph") is not None:
        yield Statement("placeholder", f"empty placeholder {about.get('name', '')}", place)
    elif not _decorative(about):
        yield Statement("shape without words", about.get("name", ""), place)


def _decorative(about: Xml) -> bool:
    """Whether a shape is marked as there for the looks."""
    return any(mark.get("val") in {"1", "true"} for mark in about.iterfind(".//{*}decorative"))


def _text(slide: PptxSlide, shape: Xml, place: str, foot: str) -> Iterator[Statement]:
    holder = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
    kind = "box" if holder is None else holder.get("type", "")
    text = words(shape)
    if kind in _TITLES:
        yield Statement("title", text, place)
    elif any(field.get("type") == "slidenum" for field in shape.iter(f"{A}fld")):
        yield Statement("slide number", text, place)
    elif kind == "ftr" or (kind == "box" and text == foot):
        yield Statement("foot", text, place)
    else:
        for paragraph in shape.iterfind(f"{P}txBody/{A}p"):
            yield from _paragraph(slide, paragraph, place)


def _paragraph(slide: PptxSlide, paragraph: Xml, place: str) -> Iterator[Statement]:
    text, properties = words(paragraph), paragraph.find(f"{A}pPr")
    if not text:
        return
    role = "paragraph"
    if properties is not None and properties.find(f"{A}buNone") is None:
        role = item_role(int(properties.get("lvl", 0)), numbered=properties.find(f"{A}buAutoNum") is not None)
    yield Statement(role, text, place)
    for run in paragraph.iterfind(f"{A}r"):
        link = run.find(f"{A}rPr/{A}hlinkClick")
        if link is not None:
            rel = slide.part.rels.get(link.get(f"{_R}id"))
            yield Statement("link", f"{even(run.findtext(f'{A}t') or '')} → {rel.target_ref if rel is not None else ''}", place)


def _frame(slide: PptxSlide, frame: Xml, alt: str, place: str) -> Iterator[Statement | Chart]:
    """A table row by row, or a chart."""
    table, chart = frame.find(f".//{A}tbl"), frame.find(f".//{_C}chart")
    if table is not None:
        properties = table.find(f"{A}tblPr")
        headed = properties is not None and properties.get("firstRow") in {"1", "true"}
        yield Statement("table with a header row" if headed else "table without a header row", alt, place)
        for row in table.iterfind(f"{A}tr"):
            yield Statement("row", "", place)
            for cell in row.iterfind(f"{A}tc"):
                span = int(cell.get("gridSpan", 1))
                if cell.get("hMerge") not in {"1", "true"} or words(cell):
                    yield Statement(f"cell over {span} columns" if span > 1 else "cell", words(cell), place)
    elif chart is not None:
        yield Statement("chart", alt, place)
        part = slide.part.related_part(chart.get(f"{_R}id"))
        workbook = part.chart_workbook.xlsx_part
        yield read_chart(part.chart.element, b"" if workbook is None else workbook.blob, place)
    else:
        yield Statement("object", alt, place)
