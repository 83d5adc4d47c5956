"""How much room text takes, estimated on the safe side: a slide is laid out by whoever opens it, with fonts we do not have."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

LINE = 1.22  # a line's height in ems, as Calibri and most text faces have it
_SAFETY = 1.03
_BOLD = 1.05
_DEFAULT = 0.72
# Widths in ems of a plain sans serif (Helvetica and what is drawn to the same measure); what is not here takes _DEFAULT.
_EMS = {
    "ijl'|": 0.23,
    " !,./:;I[]ft\u00a0": 0.285,
    "()-r`": 0.333,
    "csvxyzkJ": 0.5,
    "abdeghnopquLäåöéü0123456789_–": 0.556,
    "FTZ": 0.611,
    "ABEKPSVXYÄÅ&": 0.667,
    "CDHNRUw": 0.722,
    "GOQÖ": 0.778,
    "Mm": 0.84,
    "%W": 0.92,
    "—…●◐○": 1.0,
}
_WIDTHS = {char: ems for chars, ems in _EMS.items() for char in chars}
# Faces that are clearly narrower or wider than that; their names come from the template.
_FACES = {"calibri": 0.92, "carlito": 0.92, "aptos": 1.0, "verdana": 1.18, "segoe ui": 1.0, "georgia": 1.05}


class OverfullError(ValueError):
    """What should stand in a box has no room there at the smallest size that is allowed."""


@lru_cache(maxsize=1_000)  # a deck has 1,000 texts to measure, many of them again and again
def _ems(text: str) -> float:
    return sum(_WIDTHS.get(char, _DEFAULT) for char in text)


# Type sizes in points to try, the largest first, where the template's own does not fit. A report is written for a body of 18 and
# a table of 12; what goes below that is a long text of the user's or a narrow template of hers: better small than no deck.
TITLE_SIZES = (28.0, 26.0, 24.0, 22.0, 20.0)
BODY_SIZES = (24.0, 22.0, 20.0, 18.0, 16.0, 14.0, 12.0, 11.0, 10.0)
LABEL_SIZES = (18.0, 16.0, 14.0, 12.0)
TABLE_SIZES = (14.0, 13.0, 12.0, 11.0, 10.0, 9.0)


@dataclass(frozen=True, slots=True)
class Metrics:
    """Measures of text in one face, in points."""

    scale: float = 1.0

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width of *text* on one line."""
        return _ems(text) * size * self.scale * _SAFETY * (_BOLD if bold else 1)

    def lines(self, text: str, size: float, room: float, *, bold: bool = False) -> int:
        """The number of lines in a box that is *room* wide; words are never parted unless one is wider than the box."""
        return sum(self._lines(part, size, room, bold=bold) for part in text.split("\n"))

    def _lines(self, text: str, size: float, room: float, *, bold: bool) -> int:
        if self.width(text, size, bold=bold) <= room:
            return 1
        space = self.width(" ", size, bold=bold)
        count, used = 1, 0.0
        for word in text.split(" "):
            width = self.width(word, size, bold=bold)
            if used and used + space + width > room:
                count, used = count + 1, 0.0
            elif used:
                used += space
            used += width
            if used > room:
                extra = math.ceil(used / room) - 1
                count, used = count + extra, used - extra * room
        return count

    def longest_word(self, text: str, size: float, *, bold: bool = False) -> float:
        """The width of the widest word: what a column must have. A hyphen is a place to part at."""
        words = text.replace("-", "- ").replace("\n", " ").split(" ")
        return max((self.width(word, size, bold=bold) for word in words), default=0.0)


def metrics_of(face: str) -> Metrics:
    """The measures for a face by its name; an unknown one is taken to be as wide as Helvetica."""
    return Metrics(_FACES.get(face.casefold(), 1.0))
