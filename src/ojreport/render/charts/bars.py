"""Horizontal bars, in the order given, their values at their ends; riket is a line with its label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ojreport.compose.document import Role
from ojreport.render.charts.sheet import CAPITAL, MM, SMALLEST
from ojreport.render.theme import role_colour

if TYPE_CHECKING:
    from ojreport.compose.document import Bar, BarChart
    from ojreport.render.charts.sheet import Sheet

TALLEST = 95 * MM  # a chart of all län
LOOSE, TIGHT = 18.0, 11.2  # points from bar to bar
THICKEST = 13.0
TWO_LINES = 1.85  # times the type size: what a label of two lines needs
HEAD = 17.0  # where the reference line has its label
FOOT = 2.0  # under the last bar
GAP = 4.0  # between a bar's end, its value and the reference line
WIDEST_LABEL = 0.42  # of the sheet


def _pitch(count: int, room: float) -> float:
    return max(TIGHT, min(LOOSE, room / max(count, 1)))


def natural_height(spec: BarChart) -> float:
    """In millimetres: as loose as reads well, at most 95 mm unless the bars would touch."""
    head = HEAD if spec.reference is not None else 2.0
    return (head + len(spec.bars) * _pitch(len(spec.bars), TALLEST - head - FOOT) + FOOT) / MM


def draw(spec: BarChart, sheet: Sheet) -> None:
    """Draw the chart from the top of the sheet."""
    theme = sheet.theme
    head = HEAD if spec.reference is not None else 2.0
    pitch = min((sheet.height - head - FOOT) / max(len(spec.bars), 1), LOOSE * 1.6)
    size = max(SMALLEST, min(9.5, pitch * 0.74))
    thick = min(THICKEST, pitch * 0.68)
    labels = {
        bar: sheet.wrap(bar.label, size, sheet.width * WIDEST_LABEL, 2 if pitch > TWO_LINES * size else 1) for bar in spec.bars
    }
    left = max((sheet.measure(line, size, strong=_strong(b)) for b, lines in labels.items() for line in lines), default=0.0) + 6
    room = max((sheet.measure(bar.text, size, strong=True) for bar in spec.bars), default=0.0) + 2 * GAP + 2
    scale = (sheet.width - left - room) / (spec.maximum or 1.0)
    top = sheet.height - head
    bottom = top - pitch * len(spec.bars)
    line = left + scale * min(spec.reference.value, spec.maximum) if spec.reference is not None else None
    for n, bar in enumerate(spec.bars):
        middle = top - (n + 0.5) * pitch
        for k, text in enumerate(labels[bar]):
            lower = (len(labels[bar]) - 1) / 2 - k
            sheet.text(left - 6, middle - CAPITAL * size / 2 + lower * size * 1.1, text, size, strong=_strong(bar), align="right")
        length = scale * max(0.0, min(bar.value, spec.maximum))
        sheet.bar(left, middle - thick / 2, length, thick, role_colour(bar.role, theme))
        start = _clear_of(line, left + length + GAP, sheet.measure(bar.text, size, strong=_strong(bar)))
        sheet.text(start, middle - CAPITAL * size / 2, bar.text, size, strong=_strong(bar), name="value")
    sheet.line([(left, bottom), (left, top)], theme.muted, 0.6, name="axis")
    if spec.reference is not None and line is not None:
        sheet.line([(line, bottom - 1), (line, top + 4)], theme.ink, 1.1, name="reference")
        wide = sheet.measure(spec.reference.label, size, strong=True)
        x = min(max(line - wide / 2, left), sheet.width - wide)
        sheet.text(x, top + 4 + GAP, spec.reference.label, size, strong=True, name="reference label")


def _strong(bar: Bar) -> bool:
    return bar.role in (Role.SELF, Role.OWN)


def _clear_of(line: float | None, start: float, wide: float) -> float:
    """Where a value begins so that the reference line does not run through it: beyond the line when it would."""
    if line is not None and start - GAP / 2 < line < start + wide + GAP / 2:
        return line + GAP
    return start
