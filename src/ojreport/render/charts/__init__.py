"""Figures in the house style, drawn with matplotlib from data: bars, trends, stacked bars.

A figure holds the drawing alone: its title, subtitle, note and source are text, and stand around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ojreport.compose.document import BarChart, TrendChart
from ojreport.render.charts import bars, stacked, trend
from ojreport.render.charts.pictures import as_figure, as_png, as_svg
from ojreport.render.charts.sheet import Sheet

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.patches import PathPatch
    from matplotlib.text import Text

    from ojreport.compose.document import FigureSpec
    from ojreport.render.theme import Theme

__all__ = ["artists", "as_png", "as_svg", "draw", "natural_height"]


def draw(spec: FigureSpec, theme: Theme, size: tuple[float, float]) -> Figure:
    """The drawing of *spec* on *size*, width and height in millimetres."""
    return as_figure(artists(spec, theme, size), size)


def artists(spec: FigureSpec, theme: Theme, size: tuple[float, float]) -> list[PathPatch | Text]:
    """What the drawing of *spec* consists of, placed in points, from the lowest to the topmost."""
    sheet = Sheet(size, theme)
    if isinstance(spec, BarChart):
        bars.draw(spec, sheet)
    elif isinstance(spec, TrendChart):
        trend.draw(spec, sheet)
    else:
        stacked.draw(spec, sheet)
    return sorted(sheet.artists, key=lambda artist: artist.get_zorder())


def natural_height(spec: FigureSpec) -> float:
    """The height in millimetres at which *spec* is neither cramped nor empty."""
    if isinstance(spec, BarChart):
        return bars.natural_height(spec)
    if isinstance(spec, TrendChart):
        return trend.natural_height(spec)
    return stacked.natural_height(spec)
