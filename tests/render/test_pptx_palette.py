"""Colours of somebody else's template, chosen by how they are seen on its ground."""

from __future__ import annotations

from itertools import product

import pytest

from ojreport.render.pptx.palette import Colour, foreign
from ojreport.render.theme import GRAPHICS_CONTRAST, TEXT_CONTRAST, contrast

LOUD = ("#FF0000", "#00AA00", "#0000FF", "#FFC000", "#888888", "#111111")
PALE = ("#FFEEDD", "#DDEEFF", "#EEFFDD", "#F0F0F0", "#FFF0F0", "#F0FFF0")
GROUNDS = (("#FFFFFF", "#000000"), ("#F4ECD8", "#3B2F2F"), ("#E0E0E0", "#222222"), ("#5A5A5A", "#FFFFFF"), ("#101820", "#F2F2F2"))


def _colours(paper: str, ink: str, accents: tuple[str, ...]) -> dict[str, str]:
    return {"bg1": paper, "tx1": ink} | {f"accent{n}": accent for n, accent in enumerate(accents, 1)}


@pytest.mark.parametrize(("ground", "accents"), list(product(GROUNDS, (LOUD, PALE))))
def test_everything_can_be_read_where_it_stands(ground: tuple[str, str], accents: tuple[str, ...]) -> None:
    colours = _colours(*ground, accents)
    p = foreign(colours)
    words = (
        *((word, p.paper) for word in (p.ink, p.muted, p.heading, p.own_words)),
        *((word, p.panel) for word in (p.ink, p.heading)),
        (p.on_primary, p.primary),
        (p.on_bar, p.bar),
    )
    drawn = ((p.primary, p.paper), (p.highlight, p.paper), (p.bar, p.paper))
    for pairs, least in ((words, TEXT_CONTRAST), (drawn, GRAPHICS_CONTRAST)):
        assert all(contrast(one.seen(colours), under.seen(colours)) >= least for one, under in pairs)


def test_a_heading_keeps_the_accents_hue_in_a_shade_that_can_be_read() -> None:
    colours = _colours("#FFFFFF", "#000000", ("#4472C4", *LOUD[1:]))
    assert foreign(colours).primary == Colour("accent1")
    assert foreign(colours).heading == Colour("accent1", 75)


def test_highlight_is_never_the_colour_that_primary_has() -> None:
    p = foreign(_colours("#222222", "#E0E0E0", ("#005A9C", "#A4343A", "#5B8C5A", "#8A8D8F", "#6D3580", "#B58500")))
    assert p.primary.scheme != p.highlight.scheme
