"""Fonts for the PDF: each file is parsed once per process, and each document embeds one subset of it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import count
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from ojreport.errors import TemplateError

if TYPE_CHECKING:
    from pathlib import Path

SOFT_HYPHEN = "\u00ad"
STAND_INS = str.maketrans({"\u2011": "-", "\u2010": "-", "\u00a0": " ", "\u2009": "\u202f"})  # same look, other character
PAIR = re.compile(r"<[0-9A-F]{2}> <[0-9A-F]{4}>")  # a code and its character in a ToUnicode map
_numbers = count(1)


class _Font(TTFont):  # type: ignore[misc]  # reportlab has no types
    """A TrueType font whose ToUnicode map leaves out the code that stands for no character (PDF/UA-1, 7.21.7)."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802, ANN401 - reportlab's name, and it has no types
        super().addObjects(doc)
        for name, thing in doc.idToObject.items():
            if name.startswith("toUnicodeCMap:"):
                kept = [line for line in thing.content.split("\n") if not line.endswith("> <0000>")]
                pairs = sum(1 for line in kept if PAIR.fullmatch(line))
                thing.content = "\n".join(f"{pairs} beginbfchar" if line.endswith("beginbfchar") else line for line in kept)


@lru_cache(maxsize=64)
def font_name(path: Path) -> str:
    """The name under which the font of *path* can be used on a canvas; TemplateError when the file is no usable font."""
    name = f"ojreport-{next(_numbers)}"
    try:
        pdfmetrics.registerFont(_Font(name, str(path), asciiReadable=False))
    except Exception as error:  # reportlab raises several kinds for a broken file
        raise TemplateError(f"{path}: the font can not be used in a PDF ({error}). Choose another .ttf file.") from error
    return name


@lru_cache(maxsize=2_500)  # the words of a few reports: most come again, whole lines do not
def _unit_width(text: str, font: str) -> float:
    return float(pdfmetrics.stringWidth(text.translate(STAND_INS), font, 1000)) / 1000


def width(text: str, font: str, size: float) -> float:
    """The width in points of *text* set in *font*."""
    return _unit_width(text, font) * size


def hyphen_of(font: str) -> str:
    """The soft hyphen, which is left out when text is taken from the file, or where *font* lacks it the ordinary one."""
    return "-" if lacking(SOFT_HYPHEN, font) else SOFT_HYPHEN


def lacking(text: str, font: str) -> str:
    """The characters of *text* that *font* has no glyph for."""
    known = pdfmetrics.getFont(font).face.charToGlyph
    shown = text.translate(STAND_INS)
    if known.keys() >= set(map(ord, shown)):
        return ""
    return "".join(c for c in shown if ord(c) not in known and not c.isspace())
