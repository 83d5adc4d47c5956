"""Proof of a deck: what stands on its slides, in its charts and in its notes, against the Deck."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ojreport.compose.deck import Deck
from ojreport.compose.document import Meta
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
from ojreport.proof.parts import UNREADABLE, Package, Part, R, Xml
from ojreport.proof.pictures import picture_differences
from ojreport.proof.shapes import P, placeholder, read_slide, without_language, words
from ojreport.proof.slides import deck_statements, figures
from ojreport.render.foot import foot_of

KIND = "pptx"
_P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"


def proof_pptx(data: bytes, deck: Deck, *, native: bool = True, logo: str = "") -> tuple[Difference, ...]:
    """Where the deck in *data* differs from *deck*.

    With *native*, charts hold their data, else they are pictures. *logo* is the text alternative of the theme's logo, which the
    title slide may show.
    """
    try:
        opened = Package(data, "presentationml.presentation")
        slides = [opened.main.related(entry.get(f"{R}id")) for entry in opened.main.xml.iterfind(f"{P}sldIdLst/{P}sldId")]
    except UNREADABLE as error:
        return (Difference(KIND, "file", "what opens it", "no error", str(error) or type(error).__name__),)
    return tuple(_differences(opened, slides, deck, native=native, logo=logo))


def _differences(opened: Package, slides: Sequence[Part], deck: Deck, *, native: bool, logo: str) -> Iterator[Difference]:
    meta = deck.meta
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


def _languages(slides: Sequence[Part], meta: Meta) -> Iterator[Difference]:
    """Every word on slides, in notes and in charts is marked with its language."""
    for number, slide in enumerate(slides, 1):
        for part in (slide, *slide.of("notesSlide"), *slide.of("chart")):
            text = without_language(part.xml, meta.language)
            if text:
                yield Difference(KIND, f"slide {number}", f"the language of “{text}”", meta.language, NOTHING)


def _around(opened: Package, meta: Meta) -> Iterator[Difference]:
    """What the file says about itself, and the foot that slides get that are added later."""
    expected = {
        "title": file_title(meta),
        "creator": meta.author,
        "subject": meta.subject,
        "keywords": ", ".join(meta.keywords),
        "language": meta.language,
    }
    stated = opened.properties
    for name, text in expected.items():
        yield from same(KIND, "properties", f"the {name}", text, stated[name])
    masters = opened.main.of("slideMaster")
    for owner in (*masters, *(layout for master in masters for layout in master.of("slideLayout"))):
        for name, foot in _feet(owner.xml):
            yield from same(KIND, f"layout “{name}”", "the foot", foot_of(meta), foot)


def _feet(layout: Xml) -> Iterator[tuple[str, str]]:
    """The words of the feet in a layout or master, each with its name."""
    slide = layout.find(f"{P}cSld")
    for shape in slide.iterfind(f"{P}spTree/{P}sp"):
        text = words(shape) if placeholder(shape) == "ftr" else ""
        if text:
            yield slide.get("name", ""), text


def _sections(deck: Deck) -> Iterator[Statement]:
    """Each section with the numbers of its slides."""
    first = 1
    for section in deck.sections:
        numbers = range(first, first + len(section.slides))
        yield Statement("section", f"{even(section.name)}: {', '.join(map(str, numbers))}", "sections")
        first += len(section.slides)


def _sections_of(opened: Package) -> Iterator[Statement]:
    numbers = {entry.get("id"): str(n) for n, entry in enumerate(opened.main.xml.iterfind(f"{P}sldIdLst/{P}sldId"), 1)}
    for section in opened.main.xml.iter(f"{_P14}section"):
        slides = (numbers.get(entry.get("id"), "none") for entry in section.iter(f"{_P14}sldId"))
        yield Statement("section", f"{even(section.get('name', ''))}: {', '.join(slides)}", "sections")
