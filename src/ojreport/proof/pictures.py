"""Charts that stand in a deck as pictures: the words in each SVG, held against the figure's data.

Its letters are drawn as outlines, and each text is named in a comment beside them. The PNG, for programs that know no SVG, is a
copy of the same drawing and can not be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from ojreport.compose.document import Figure
from ojreport.proof.difference import NOTHING, Difference, even
from ojreport.proof.drawn import drawn_fault
from ojreport.proof.parts import Part, R

KIND = "pptx"
_COMMENT = re.compile(r"<!-- (.*?) -->", re.DOTALL)
_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"


def picture_differences(slides: Sequence[Part], figures: Sequence[Figure]) -> Iterator[Difference]:
    """Where the drawings on *slides* say something else than *figures*, in their order."""
    drawn = [(number, svg) for number, slide in enumerate(slides, 1) for svg in _vectors(slide)]
    for n, figure in enumerate(figures):
        if n >= len(drawn):
            yield Difference(KIND, "file", "the drawing of the figure", even(figure.spec.title), NOTHING)
            continue
        number, svg = drawn[n]
        fault = drawn_fault(figure.spec, [word for text in _COMMENT.findall(svg) for word in even(unescape(text)).split()])
        if fault is not None:
            yield Difference(KIND, f"slide {number}, figure “{even(figure.spec.title)}”", "the drawing's words", *fault)


def _vectors(slide: Part) -> Iterator[str]:
    for mark in slide.xml.iter(_SVG):
        yield slide.related(mark.get(f"{R}embed")).content.decode("utf-8", "replace")
