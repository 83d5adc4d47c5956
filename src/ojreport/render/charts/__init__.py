"""Figures in the house style, drawn with matplotlib from data: bars, trends, stacked bars.

A figure holds the drawing alone: its title, subtitle, note and source are text, and stand around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ojreport.compose.document import BarChart, TrendChart
from ojreport.render.charts import bars, stacked, trend
from ojreport.render.charts.sheet import Sheet, as_png, as_svg

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from ojreport.compose.document import FigureSpec
    from ojreport.render.theme import Theme

__all__ = ["as_png", "as_svg", "draw", "natural_height"]


def draw(spec: FigureSpec, theme: Theme, size: tuple[float, float]) -> Figure:
    """The drawing of *spec* on *size*, width and height in millimetres."""
    sheet = Sheet(size, theme)
    if isinstance(spec, BarChart):
        bars.draw(spec, sheet)
    elif isinstance(spec, TrendChart):
        trend.draw(spec, sheet)
    else:
        stacked.draw(spec, sheet)
    return sheet.figure


def natural_height(spec: FigureSpec) -> float:
    """The height in millimetres at which *spec* is neither cramped nor empty."""
    if isinstance(spec, BarChart):
        return bars.natural_height(spec)
    if isinstance(spec, TrendChart):
        return trend.natural_height(spec)
    return stacked.natural_height(spec)
