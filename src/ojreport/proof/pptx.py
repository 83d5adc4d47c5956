"""Proof of a deck: what stands on its slides, in its charts and in its notes, against the Deck."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.exc import PackageNotFoundError
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from ojreport.compose.document import Deck, Meta
from ojreport.proof.charts import Chart, chart_differences
from ojreport.proof.difference import (
    NOTHING,
    Difference,
    Statement,
    compare,
    even,
    file_title,
    foot_is_whole,
    left_overs,
    names_its_subject,
    same,
)
from ojreport.proof.pictures import picture_differences
from ojreport.proof.shapes import P, read_slide, without_language, words
from ojreport.proof.slides import deck_statements, figures
from ojreport.render.foot import foot_of

KIND = "pptx"
_P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
PptxDeck = Any  # python-pptx's presentation


def proof_pptx(data: bytes, deck: Deck, *, native: bool = True, logo: str = "") -> tuple[Difference, ...]:
    """Where the deck in *data* differs from *deck*.

    With *native*, charts hold their data, else they are pictures. *logo* is the text alternative of the theme's logo, which the
    title slide may show.
    """
    try:
        opened = Presentation(BytesIO(data))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        return (Difference(KIND, "file", "what opens it", "no error", str(error)),)
    return tuple(_differences(opened, deck, native=native, logo=logo))


def _differences(opened: PptxDeck, deck: Deck, *, native: bool, logo: str) -> Iterator[Difference]:
    meta, slides = deck.meta, list(opened.slides)
    total = sum(len(section.slides) for section in deck.sections)
    yield from same(KIND, "file", "the number of slides", str(total), str(len(slides)))
    specs = [figure.spec for figure in figures(deck)]
    found: list[Statement] = []
    charts: list[Chart] = []
    for number, slide in enumerate(slides, 1):
        for said in read_slide(slide, number, even(foot_of(meta))):
            if isinstance(said, Chart):
                charts.append(said)
                found += said.statements(specs[len(charts) - 1]) if len(charts) <= len(specs) else ()
            elif not (logo and number == 1 and said.key == ("picture", even(logo))):
                found.append(said)
    yield from compare(KIND, deck_statements(deck, native=native), found)
    yield from left_overs(KIND, found)
    for chart, spec in zip(charts, specs, strict=False):  # a chart too few was said above
        yield from chart_differences(chart, spec)
    if not native:
        yield from picture_differences(slides, figures(deck))
    title = " ".join(s.text for s in found if s.place == "slide 1" and s.role != "foot")
    yield from names_its_subject(KIND, "slide 1", title, meta)
    yield from foot_is_whole(KIND, "every slide", foot_of(meta), meta)
    yield from _languages(slides, meta)
    yield from _around(opened, meta)
    yield from compare(KIND, tuple(_sections(deck)), tuple(_sections_of(opened)))


def _languages(slides: list[Any], meta: Meta) -> Iterator[Difference]:
    """Every word on slides, in notes and in charts is marked with its language."""
    for number, slide in enumerate(slides, 1):
        elements = [slide.element]
        if slide.has_notes_slide:
            elements.append(slide.notes_slide.element)
        elements += [rel.target_part.chart.element for rel in slide.part.rels.values() if rel.reltype == RT.CHART]
        for element in elements:
            text = without_language(element, meta.language)
            if text:
                yield Difference(KIND, f"slide {number}", f"the language of “{text}”", meta.language, NOTHING)


def _around(opened: PptxDeck, meta: Meta) -> Iterator[Difference]:
    """What the file says about itself, and the foot that slides get that are added later."""
    core = opened.core_properties
    expected = {
        "title": file_title(meta),
        "author": meta.author,
        "subject": meta.subject,
        "keywords": ", ".join(meta.keywords),
        "language": meta.language,
    }
    for name, text in expected.items():
        yield from same(KIND, "properties", f"the {name}", text, getattr(core, name))
    master = opened.slide_master
    for owner in (master, *master.slide_layouts):
        for shape in owner.element.iterfind(f"{P}cSld/{P}spTree/{P}sp"):
            if shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph[@type='ftr']") is not None and words(shape):
                yield from same(KIND, f"layout “{owner.name}”", "the foot", foot_of(meta), words(shape))


def _sections(deck: Deck) -> Iterator[Statement]:
    """Each section with the numbers of its slides."""
    first = 1
    for section in deck.sections:
        numbers = range(first, first + len(section.slides))
        yield Statement("section", f"{even(section.name)}: {', '.join(map(str, numbers))}", "sections")
        first += len(section.slides)


def _sections_of(opened: PptxDeck) -> Iterator[Statement]:
    numbers = {str(slide.slide_id): str(n) for n, slide in enumerate(opened.slides, 1)}
    for section in opened.element.iter(f"{_P14}section"):
        slides = (numbers.get(entry.get("id"), "none") for entry in section.iter(f"{_P14}sldId"))
        yield Statement("section", f"{even(section.get('name', ''))}: {', '.join(slides)}", "sections")
