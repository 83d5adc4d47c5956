"""A finished slide as it is read aloud: its shapes in their order as statements, its charts with their data."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]  # it has no types

from ojreport.proof.charts import Chart, read_chart
from ojreport.proof.difference import Statement, even
from ojreport.proof.parts import Part, R, Xml
from ojreport.proof.slides import item_role

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_T, _BR, _PARAGRAPH, _RUN, _FIELD, _ROW, _CELL = (f"{A}{name}" for name in ("t", "br", "p", "r", "fld", "tr", "tc"))
_TITLES = {"title", "ctrTitle"}
_RUNS = etree.XPath(".//a:r[not(a:rPr/@lang=$said)]|.//a:fld[not(a:rPr/@lang=$said)]", namespaces={"a": A[1:-1]})


def read_slide(slide: Part, number: int, foot: str) -> Iterator[Statement | Chart]:
    """What the slide says, then its notes; a chart's data follow the statement that it is there.

    *foot* is the text by which a foot is known where the template has no placeholder for it.
    """
    place = f"slide {number}"
    for shape in slide.xml.iterfind(f"{P}cSld/{P}spTree/*"):
        yield from _shape(slide, shape, place, foot)
    for notes in slide.of("notesSlide")[:1]:
        shapes = notes.xml.iterfind(f"{P}cSld/{P}spTree/{P}sp")
        body = next((s for s in shapes if s.find(f"{P}nvSpPr/{P}nvPr/{P}ph[@type='body']") is not None), None)
        for paragraph in () if body is None else body.iterfind(f"{P}txBody/{A}p"):
            if text := words(paragraph):
                yield Statement("note", text, place)


def words(element: Xml) -> str:
    """All words in a shape, paragraph or cell; a line break is a space."""
    return even("".join([part.text or ("" if part.tag == _T else " ") for part in element.iter(_T, _BR, _PARAGRAPH)]))


def without_language(element: Xml, language: str) -> str:
    """The first words in *element* that are not marked as being in *language*; empty when all are."""
    unmarked = _RUNS(element, said=language)
    return unmarked[0].findtext(f"{A}t") or "a field" if unmarked else ""


def _shape(slide: Part, shape: Xml, place: str, foot: str) -> Iterator[Statement | Chart]:
    kind = shape.tag.removeprefix(P)
    if kind in {"nvGrpSpPr", "grpSpPr", "extLst"}:
        return
    about = shape.find(f".//{P}cNvPr")
    alt = even(about.get("descr", ""))
    if kind == "grpSp":
        for inner in shape.iterchildren("*"):
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


def _text(slide: Part, shape: Xml, place: str, foot: str) -> Iterator[Statement]:
    holder = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
    kind = "box" if holder is None else holder.get("type", "")
    text = words(shape)
    if kind in _TITLES:
        yield Statement("title", text, place)
    elif any(field.get("type") == "slidenum" for field in shape.iter(_FIELD)):
        yield Statement("slide number", text, place)
    elif kind == "ftr" or (kind == "box" and text == foot):
        yield Statement("foot", text, place)
    else:
        for paragraph in shape.iterfind(f"{P}txBody/{A}p"):
            yield from _paragraph(slide, paragraph, place)


def _paragraph(slide: Part, paragraph: Xml, place: str) -> Iterator[Statement]:
    text, properties = words(paragraph), paragraph.find(f"{A}pPr")
    if not text:
        return
    role = "paragraph"
    if properties is not None and properties.find(f"{A}buNone") is None:
        role = item_role(int(properties.get("lvl", 0)), numbered=properties.find(f"{A}buAutoNum") is not None)
    yield Statement(role, text, place)
    for run in paragraph.iterchildren(_RUN):
        link = run.find(f"{A}rPr/{A}hlinkClick")
        if link is not None:
            leads = slide.links.get(link.get(f"{R}id"))
            yield Statement("link", f"{even(run.findtext(f'{A}t') or '')} → {'' if leads is None else leads.target}", place)


def _frame(slide: Part, frame: Xml, alt: str, place: str) -> Iterator[Statement | Chart]:
    """A table row by row, or a chart."""
    table, chart = frame.find(f".//{A}tbl"), frame.find(f".//{_C}chart")
    if table is not None:
        properties = table.find(f"{A}tblPr")
        headed = properties is not None and properties.get("firstRow") in {"1", "true"}
        yield Statement("table with a header row" if headed else "table without a header row", alt, place)
        for row in table.iterchildren(_ROW):
            yield Statement("row", "", place)
            for cell in row.iterchildren(_CELL):
                span, text = int(cell.get("gridSpan", 1)), words(cell)
                if text or cell.get("hMerge") not in {"1", "true"}:
                    yield Statement(f"cell over {span} columns" if span > 1 else "cell", text, place)
    elif chart is not None:
        yield Statement("chart", alt, place)
        part = slide.related(chart.get(f"{R}id"))
        data = part.xml.find(f"{_C}externalData")
        yield read_chart(part.xml, b"" if data is None else part.related(data.get(f"{R}id")).content, place)
    else:
        yield Statement("object", alt, place)
