"""A finished slide as it is read aloud: its shapes in their order as statements, its charts with their data."""

from __future__ import annotations

from collections.abc import Iterator

from ojreport.proof.charts import Chart, read_chart
from ojreport.proof.difference import Statement, even
from ojreport.proof.parts import Part, R, Xml
from ojreport.proof.slides import item_role

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_T, _BR, _PARAGRAPH, _RUN, _FIELD = (f"{A}{name}" for name in ("t", "br", "p", "r", "fld"))
_MARKS, _LINK, _ROW, _CELL = (f"{A}{name}" for name in ("rPr", "hlinkClick", "tr", "tc"))
_TITLES = {"title", "ctrTitle"}


def read_slide(slide: Part, number: int, foot: str) -> Iterator[Statement | Chart]:
    """What the slide says, then its notes; a chart's data follow the statement that it is there.

    *foot* is the text by which a foot is known where the template has no placeholder for it.
    """
    place = f"slide {number}"
    for shape in slide.xml.iterfind(f"{P}cSld/{P}spTree/*"):
        yield from _shape(slide, shape, place, foot)
    for notes in slide.of("notesSlide")[:1]:
        shapes = notes.xml.iterfind(f"{P}cSld/{P}spTree/{P}sp")
        body = next((shape for shape in shapes if placeholder(shape) == "body"), None)
        yield from () if body is None else (Statement("note", text, place) for _, text in _divided(body, _PARAGRAPH) if text)


def words(element: Xml) -> str:
    """All words in a shape, paragraph or cell; a line break is a space."""
    return " ".join(text for _, text in _divided(element, _PARAGRAPH) if text)


def _divided(element: Xml, *tags: str) -> list[tuple[Xml, str]]:
    """The words of *element*, divided where one with one of *tags* begins: first its own, then each of those with its words.

    All are found in one walk: to ask each cell or paragraph for its words takes several times as long.
    """
    said: list[str] = []
    found = [(element, said)]
    for part in element.iter(_T, _BR, _PARAGRAPH, *tags):
        tag = part.tag
        if tag == _T:
            said.append(part.text or "")
        elif tag in tags:
            said = []
            found.append((part, said))
        else:
            said.append(" ")
    return [(owner, even("".join(parts))) for owner, parts in found]


def placeholder(shape: Xml) -> str | None:
    """Which of the layout's placeholders a shape fills (title, body, ftr; "" for content); None when it fills none."""
    return next((holder.get("type", "") for holder in shape[0].iter(f"{P}ph")), None)  # what a shape is comes first in it


def without_language(element: Xml, language: str) -> str:
    """The first words in *element* that are not marked as being in *language*; empty when all are."""
    for run in element.iter(_RUN, _FIELD):
        marks = next(run.iterchildren(_MARKS), None)
        if marks is None or marks.get("lang") != language:
            return run.findtext(_T) or "a field"
    return ""


def _shape(slide: Part, shape: Xml, place: str, foot: str) -> Iterator[Statement | Chart]:
    kind = shape.tag.removeprefix(P)
    if kind in {"nvGrpSpPr", "grpSpPr", "extLst"}:
        return
    about = next(shape[0].iter(f"{P}cNvPr"))
    alt = even(about.get("descr", ""))
    if kind == "grpSp":
        for inner in shape.iterchildren("*"):
            yield from _shape(slide, inner, place, foot)
    elif kind == "graphicFrame":
        yield from _frame(slide, shape, alt, place)
    elif kind == "pic":
        yield from () if _decorative(about) else (Statement("picture", alt, place),)
    elif paragraphs := [(paragraph, text) for paragraph, text in _divided(shape, _PARAGRAPH) if text]:
        yield from _text(slide, shape, paragraphs, place, foot)
    elif placeholder(shape) is not None:
        yield Statement("placeholder", f"empty placeholder {about.get('name', '')}", place)
    elif not _decorative(about):
        yield Statement("shape without words", about.get("name", ""), place)


def _decorative(about: Xml) -> bool:
    """Whether a shape is marked as there for the looks."""
    return any(mark.get("val") in {"1", "true"} for mark in about.iterfind(".//{*}decorative"))


def _text(slide: Part, shape: Xml, paragraphs: list[tuple[Xml, str]], place: str, foot: str) -> Iterator[Statement]:
    kind, text = placeholder(shape), " ".join(text for _, text in paragraphs)
    if kind in _TITLES:
        yield Statement("title", text, place)
    elif any(field.get("type") == "slidenum" for field in shape.iter(_FIELD)):
        yield Statement("slide number", text, place)
    elif kind == "ftr" or (kind is None and text == foot):
        yield Statement("foot", text, place)
    else:
        for paragraph, words_in_it in paragraphs:
            yield Statement(_role(paragraph), words_in_it, place)
            yield from _links(slide, paragraph, place)


def _role(paragraph: Xml) -> str:
    properties = next(paragraph.iterchildren(f"{A}pPr"), None)
    bullets = () if properties is None else {mark.tag for mark in properties.iterchildren(f"{A}buNone", f"{A}buAutoNum")}
    if properties is None or f"{A}buNone" in bullets:
        return "paragraph"
    return item_role(int(properties.get("lvl", 0)), numbered=f"{A}buAutoNum" in bullets)


def _links(slide: Part, paragraph: Xml, place: str) -> Iterator[Statement]:
    for link in paragraph.iter(_LINK):
        run = link.getparent().getparent()
        if run.tag == _RUN:
            leads = slide.links.get(link.get(f"{R}id"))
            yield Statement("link", f"{even(run.findtext(f'{A}t') or '')} → {'' if leads is None else leads.target}", place)


def _frame(slide: Part, frame: Xml, alt: str, place: str) -> Iterator[Statement | Chart]:
    """A table row by row, or a chart."""
    holds = {thing.tag: thing for thing in frame.iterfind(f"{A}graphic/{A}graphicData/*")}
    table, chart = holds.get(f"{A}tbl"), holds.get(f"{_C}chart")
    if table is not None:
        properties = table.find(f"{A}tblPr")
        headed = properties is not None and properties.get("firstRow") in {"1", "true"}
        yield Statement("table with a header row" if headed else "table without a header row", alt, place)
        for part, text in _divided(table, _ROW, _CELL)[1:]:
            if part.tag == _ROW:
                yield Statement("row", text, place)
            elif text or part.get("hMerge") not in {"1", "true"}:
                span = int(part.get("gridSpan", 1))
                yield Statement(f"cell over {span} columns" if span > 1 else "cell", text, place)
    elif chart is not None:
        yield Statement("chart", alt, place)
        part = slide.related(chart.get(f"{R}id"))
        data = part.xml.find(f"{_C}externalData")
        yield read_chart(part.xml, b"" if data is None else part.related(data.get(f"{R}id")).content, place)
    else:
        yield Statement("object", alt, place)
