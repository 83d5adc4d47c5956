"""Names for what python-pptx hands out. Its own types leave out placeholders' inheritance, text frames of shapes, and all XML."""

from __future__ import annotations

from typing import Any

PptxDeck = Any  # pptx.presentation.Presentation
PptxSlide = Any  # pptx.slide.Slide, SlideLayout or SlideMaster
Shape = Any  # pptx.shapes.base.BaseShape and all below it, tables and cells
Xml = Any  # an element of lxml with python-pptx's own classes
Enumerated = Any  # a member of one of python-pptx's enumerations


def xml(thing: Shape) -> Xml:
    """The element behind a shape, paragraph, font or part: what python-pptx has no words for is said there."""
    return thing._element  # noqa: SLF001 - the one way in
