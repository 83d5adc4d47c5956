"""Horizontal bars stacked Ja / Delvis / Nej / missing: filled, hatched, outlined, dashed, so that they differ without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ojreport.compose.document import Mark
from ojreport.render.charts.bars import TWO_LINES
from ojreport.render.charts.sheet import CAPITAL, MM, SMALLEST

if TYPE_CHECKING:
    from ojreport.compose.document import StackedChart
from ojreport.render.charts.sheet import Sheet

LOOSE, TIGHT, TALLEST = 21.0, 12.5, 95 * MM
THICKEST = 15.0
HEAD = 20.0  # the words for the marks
WIDEST_LABEL = 0.42  # of the sheet
LEGEND = SMALLEST + 0.5  # points
SWATCH, AFTER_SWATCH, BETWEEN, ROW = 9.0, 4.0, 14.0, 13.0  # of the words for the marks


def natural_height(spec: StackedChart) -> float:
    """In millimetres."""
    return (HEAD + len(spec.bars) * max(TIGHT, min(LOOSE, (TALLEST - HEAD) / max(len(spec.bars), 1))) + 2) / MM


def draw(spec: StackedChart, sheet: Sheet) -> None:
    """Draw the chart from the top of the sheet; all bars on one scale, from zero to the most units that a bar has."""
    head = HEAD + ROW * (len(_legend_rows(spec, sheet)) - 1)
    pitch = min((sheet.height - head - 2) / max(len(spec.bars), 1), LOOSE * 1.6)
    size = max(SMALLEST, min(9.5, pitch * 0.66))
    thick = min(THICKEST, pitch * 0.72)
    labels = [sheet.wrap(bar.label, size, sheet.width * WIDEST_LABEL, 2 if pitch > TWO_LINES * size else 1) for bar in spec.bars]
    left = max((sheet.measure(line, size) for lines in labels for line in lines), default=0.0) + 6
    most = max((sum(segment.count for segment in bar.segments) for bar in spec.bars), default=1) or 1
    scale = (sheet.width - left - 1) / most
    _legend(spec, sheet, left)
    for n, (bar, lines) in enumerate(zip(spec.bars, labels, strict=True)):
        middle = sheet.height - head - (n + 0.5) * pitch
        for k, line in enumerate(lines):
            lower = (len(lines) - 1) / 2 - k
            sheet.text(left - 6, middle - CAPITAL * size / 2 + lower * size * 1.1, line, size, align="right")
        x = left
        for segment in bar.segments:
            wide = scale * segment.count
            if segment.count:
                _segment(sheet, segment.mark, x, middle - thick / 2, wide, thick)
                _count(sheet, segment.mark, segment.text, x, middle, wide, size)
            x += wide


def _segment(sheet: Sheet, mark: Mark, x: float, y: float, wide: float, high: float) -> None:
    theme = sheet.theme
    gap = min(0.6, wide / 4)  # a thin white line between segments
    x, wide = x + gap, wide - 2 * gap
    if mark is Mark.JA:
        sheet.bar(x, y, wide, high, theme.primary)
    elif mark is Mark.DELVIS:
        sheet.bar(x, y, wide, high, theme.panel)
        sheet.hatch(x, y, wide, high, theme.primary)
        sheet.frame(x, y, wide, high, theme.primary)
    elif mark is Mark.NEJ:
        sheet.frame(x, y, wide, high, theme.primary, fill="white")
    else:
        sheet.frame(x, y, wide, high, theme.muted, thick=0.7, dashed=True)


def _count(sheet: Sheet, mark: Mark, text: str, x: float, middle: float, wide: float, size: float) -> None:
    """The number in the middle of its segment, on a ground of its own where that is hatched; none where it does not fit."""
    needed = sheet.measure(text, size, strong=True)
    if needed + 5 > wide:
        return
    centre = x + wide / 2
    if mark is Mark.DELVIS:
        sheet.bar(centre - needed / 2 - 2, middle - size * 0.48, needed + 4, size * 0.96, sheet.theme.panel, name="ground")
    colour = "#FFFFFF" if mark is Mark.JA else sheet.theme.muted if mark is Mark.MISSING else sheet.theme.ink
    sheet.text(centre, middle - CAPITAL * size / 2, text, size, colour=colour, strong=True, align="center", name="count")


def _legend_rows(spec: StackedChart, sheet: Sheet) -> list[list[tuple[Mark, str, float]]]:
    """The marks that the chart has, each with its words and the width of both, on as many rows as they need."""
    used = {segment.mark for bar in spec.bars for segment in bar.segments if segment.count}
    rows: list[list[tuple[Mark, str, float]]] = [[]]
    for mark, words in spec.legend:
        wide = SWATCH + AFTER_SWATCH + sheet.measure(words, LEGEND)
        if mark in used:
            if rows[-1] and sum(w + BETWEEN for _, _, w in rows[-1]) + wide > sheet.width:
                rows.append([])
            rows[-1].append((mark, words, wide))
    return rows


def _legend(spec: StackedChart, sheet: Sheet, left: float) -> None:
    """A swatch and its words for each mark above the bars, from their left edge where there is room."""
    for n, row in enumerate(_legend_rows(spec, sheet)):
        total = sum(wide + BETWEEN for _, _, wide in row) - BETWEEN
        x = max(0.0, min(left, sheet.width - total))
        y = sheet.height - SWATCH - 1 - n * ROW
        for mark, words, wide in row:
            _segment(sheet, mark, x, y, SWATCH, SWATCH)
            sheet.text(x + SWATCH + AFTER_SWATCH, y + (SWATCH - CAPITAL * LEGEND) / 2, words, LEGEND, name="legend")
            x += wide + BETWEEN
