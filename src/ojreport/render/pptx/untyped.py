"""Names for what python-pptx hands out. Its own types leave out placeholders' inheritance, and all XML."""

from __future__ import annotations

from typing import Any

PptxDeck = Any  # pptx.presentation.Presentation
PptxSlide = Any  # pptx.slide.Slide, SlideLayout or SlideMaster
Xml = Any  # an element of lxml with python-pptx's own classes


def xml(thing: Any) -> Xml:  # noqa: ANN401 - a slide, a part, a paragraph
    """The element behind it: what python-pptx has no words for is said there."""
    return thing._element  # noqa: SLF001 - the one way in
