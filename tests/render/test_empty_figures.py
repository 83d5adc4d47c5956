"""Figures without data: what is left of them is drawn, and no renderer stops."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from pptx import Presentation
from sample_deck import META
from sample_document import LAN_CHART, STACKED, TREND

from ojreport.compose.deck import Deck, DeckSection, Layout, Slide
from ojreport.compose.document import Bar, Document, Figure, FigureSpec, Line, Role
from ojreport.proof.structure import read
from ojreport.render.pdf import render_pdf
from ojreport.render.pptx import render_pptx
from ojreport.render.pptx.figures import Charts
from ojreport.render.theme import Theme

TEMPLATE = Path(__file__).parents[2] / "templates" / "ojreport.pptx"
EMPTY = {
    "no bars": replace(LAN_CHART, bars=(), reference=None),
    "riket's line alone": replace(LAN_CHART, bars=()),
    "a scale to zero": replace(LAN_CHART, bars=(Bar("Kalmar", 0.0, "0"),), maximum=0.0),
    "no years": replace(TREND, years=(), lines=(), breaks=(), own=()),
    "no lines": replace(TREND, lines=()),
    "lines without points": replace(TREND, lines=(Line("Riket", Role.RIKET, ()), Line("Kalmar län", Role.OWN, ((),)))),
    "no stacked bars": replace(STACKED, bars=()),
    "stacked bars without parts": replace(STACKED, bars=tuple(replace(bar, segments=()) for bar in STACKED.bars)),
}


@pytest.fixture(params=EMPTY.values(), ids=EMPTY)
def spec(request: pytest.FixtureRequest) -> FigureSpec:
    found: FigureSpec = request.param
    return found


def test_an_empty_figure_is_a_figure_in_the_pdf(spec: FigureSpec) -> None:
    data = render_pdf(Document(META, (Figure(spec, "Inget att visa"),)), Theme())
    assert [figure.alt for figure in read(data).all("Figure")] == ["Inget att visa"]


@pytest.mark.parametrize("charts", ["native", "picture"])
def test_an_empty_figure_has_its_place_on_a_slide(spec: FigureSpec, charts: Charts) -> None:
    slide = Slide(Layout.WIDE, "Tom", (Figure(spec, "Inget att visa"),))
    deck = Presentation(io.BytesIO(render_pptx(Deck(META, (DeckSection("Del", (slide,)),)), Theme(), TEMPLATE, charts)))
    alts = [shape.element.find(".//{*}cNvPr").get("descr") for shape in deck.slides[0].shapes]
    assert "Inget att visa" in alts
