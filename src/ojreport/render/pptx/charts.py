"""Native charts: bars with riket's line, and bars stacked Ja / Delvis / Nej. Trends stand in ``trend``."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ojreport.compose.document import GLYPHS, Bar, BarChart, FigureSpec, Mark, Role, StackedChart, TrendChart
from ojreport.render.pptx import chartxml as cx
from ojreport.render.pptx.datasheet import Sheet
from ojreport.render.pptx.palette import role_colour
from ojreport.render.pptx.trend import trend_chart

if TYPE_CHECKING:
    from ojreport.render.pptx.metrics import Metrics
    from ojreport.render.pptx.palette import Colour, Palette

MIN_SIZE, MAX_SIZE = 9.0, 12.0  # of a chart's words, in points
ROW = 40.0  # no bar with its gap is higher than this, in points
LINE_WIDTH = 1.75  # of riket's line, in points
_SHARPEST = 99_400  # of 100 000 along a bar: LibreOffice counts a gradient in whole percent
_GAP = 8.0  # between label and bar, in points
_BLANK = "\u00a0"
LEGEND = 30.0  # the height of the words for the marks


@dataclass(frozen=True, slots=True)
class Canvas:
    """What a chart is drawn for: its size in points, and how words look and measure there."""

    width: float
    height: float
    palette: Palette
    metrics: Metrics
    language: str

    def type(self, size: float, colour: Colour | None = None, *, bold: bool = False) -> cx.Type:
        """Words in *size*, in ink where no colour is given."""
        return cx.Type(size, colour or self.palette.ink, self.language, bold)


def native_chart(spec: FigureSpec, canvas: Canvas) -> tuple[bytes, Sheet]:
    """The chart part's XML, and the data that it shows."""
    if isinstance(spec, BarChart):
        return bar_chart(spec, canvas)
    if isinstance(spec, TrendChart):
        return trend_chart(spec, canvas)
    return stacked_chart(spec, canvas)


def natural_height(spec: FigureSpec) -> float:
    """The height in points beyond which a chart would only be stretched."""
    if isinstance(spec, BarChart):
        return ROW * max(1, len(spec.bars) + (spec.reference is not None))
    return math.inf if isinstance(spec, TrendChart) else ROW * max(1, len(spec.bars)) + LEGEND


# ----------------------------------------------------------------------------------------------------------------- bars


def bar_chart(spec: BarChart, canvas: Canvas) -> tuple[bytes, Sheet]:
    """Horizontal bars; riket is a line through all of them.

    The line is a series of its own on hidden axes of the same scale: bars without gaps, each as long as riket's value and unseen
    but for its very end. So it is data (change riket in the chart's sheet and the line moves), and PowerPoint and LibreOffice
    both draw it at its place, which LibreOffice does not with points or error bars laid over horizontal bars. A first, empty
    category leaves room for its label.
    """
    reference = spec.reference
    shift = 1 if reference or not spec.bars else 0  # a chart without a category can not be opened
    labels = (_BLANK,) * shift + tuple(bar.label for bar in spec.bars)
    values: tuple[float | None, ...] = (None,) * shift + tuple(bar.value for bar in spec.bars)
    series: tuple[tuple[str, tuple[float | None, ...]], ...] = ((spec.unit or spec.subtitle, values),)
    if reference:
        series += ((reference.label, (reference.value,) * len(labels)),)
    sheet = Sheet(labels, series)

    used = min(canvas.height, ROW * len(labels))
    size = _size(used / len(labels))
    inner = _inner(labels, [bar.text for bar in spec.bars], size, canvas, used)
    main = _main_bars(spec, sheet, shift, canvas.type(size), canvas, inner.w * canvas.width)
    plots, axes = _plot(main, 35, "clustered", 1, 2, overlap=100), _axes(spec.maximum, canvas.type(size), canvas, 1, 2)
    if reference:
        plots += _plot(
            _line_bars(sheet, reference.value, spec.maximum, size, canvas, inner.w * canvas.width),
            0,
            "clustered",
            3,
            4,
            overlap=100,
        )
        axes += _hidden_axes(spec.maximum, 3, 4)
    return cx.chart_space(inner, plots + axes, canvas.type(size)), sheet


def _size(pitch: float) -> float:
    """The type for rows that are *pitch* points apart."""
    return max(MIN_SIZE, min(MAX_SIZE, int(pitch / 1.25 * 2) / 2))


def _inner(labels: tuple[str, ...], texts: list[str], size: float, canvas: Canvas, used: float) -> cx.Inner:
    """Room for the longest label at the left (at most 42 percent, then it wraps) and for the longest value at the right."""
    widest = max(canvas.metrics.width(label, size) for label in labels)
    left = min(widest + _GAP, 0.42 * canvas.width)
    right = max((canvas.metrics.width(text, size, bold=True) for text in texts), default=0.0) + _GAP
    return cx.Inner(left / canvas.width, 0.0, 1 - (left + right) / canvas.width, used / canvas.height)


def _main_bars(spec: BarChart, sheet: Sheet, shift: int, type_: cx.Type, canvas: Canvas, width: float) -> str:
    palette = canvas.palette
    code = cx.number_format((bar.value, bar.text) for bar in spec.bars)
    points, labels = "", {}
    for n, bar in enumerate(spec.bars, start=shift):
        marked = bar.role is not Role.OTHER
        if marked:
            points += cx.point_xml(n, cx.shape_xml(role_colour(bar.role, palette)))
        crossed = _meets_line(bar, spec, canvas, type_.size, width)
        if marked or crossed or not code:
            own = canvas.type(type_.size, bold=marked)
            labels[n] = cx.Label(
                own, "outEnd", code or "0", () if code else (bar.text,), ground=palette.paper if crossed else None
            )
    default = cx.Label(type_, "outEnd", code) if code else None
    bars = f'{cx.shape_xml(palette.bar)}<c:invertIfNegative val="0"/>{points}{cx.labels_xml(labels, default)}'
    return sheet.series_xml(0, bars)


def _meets_line(bar: Bar, spec: BarChart, canvas: Canvas, size: float, width: float) -> bool:
    """Whether riket's line would run through the bar's label; the label then stands on a patch of paper."""
    if spec.reference is None:
        return False
    room = (canvas.metrics.width(bar.text, size, bold=True) + _GAP) / width * spec.maximum
    return bar.value <= spec.reference.value <= bar.value + room


def _line_bars(sheet: Sheet, value: float, maximum: float, size: float, canvas: Canvas, width: float) -> str:
    """Bars that are clear all along and have ink at their end; the label stands beside the line, where there is room."""
    start = min(_SHARPEST, max(0, round((1 - LINE_WIDTH / width * maximum / value) * 100_000))) if value else 0
    ink = canvas.palette.ink
    clear = ink.xml(alpha=0)
    stops = "".join(
        f'<a:gs pos="{p}">{c}</a:gs>' for p, c in ((0, clear), (start, clear), (start, ink.xml()), (100_000, ink.xml()))
    )
    fill = f'<a:gradFill rotWithShape="1"><a:gsLst>{stops}</a:gsLst><a:lin ang="0" scaled="0"/></a:gradFill>'
    position = "outEnd" if value < 0.8 * maximum else "inEnd"
    label = cx.Label(canvas.type(size, bold=True), position, name=True, value=False)
    shape = f"<c:spPr>{fill}<a:ln><a:noFill/></a:ln></c:spPr>"
    return sheet.series_xml(1, f'{shape}<c:invertIfNegative val="0"/>{cx.labels_xml({0: label})}')


def _plot(series: str, gap: int, grouping: str, category: int, value: int, *, overlap: int | None = None) -> str:
    over = "" if overlap is None else f'<c:overlap val="{overlap}"/>'
    return (
        f'<c:barChart><c:barDir val="bar"/><c:grouping val="{grouping}"/>'
        f'<c:varyColors val="0"/>{series}<c:gapWidth val="{gap}"/>{over}'
        f'<c:axId val="{category}"/><c:axId val="{value}"/></c:barChart>'
    )


def _axes(maximum: float, type_: cx.Type, canvas: Canvas, category: int, value: int) -> str:
    line = cx.line_xml(canvas.palette.muted)
    return cx.Axis(category, value, "l", type_, line).category(reverse=True) + cx.Axis(value, category, "t").value(maximum)


def _hidden_axes(maximum: float, category: int, value: int) -> str:
    return cx.Axis(value, category, "b").value(maximum, crosses="max") + cx.Axis(category, value, "r").category(reverse=True)


# --------------------------------------------------------------------------------------------------------------- stacked


def stacked_chart(spec: StackedChart, canvas: Canvas) -> tuple[bytes, Sheet]:
    """Bars parted as the answers are, all on one scale, with how many answered so in each part."""
    marks = [mark for mark, _ in spec.legend if any(s.mark is mark and s.count for bar in spec.bars for s in bar.segments)]
    words = dict(spec.legend)
    labels = tuple(bar.label for bar in spec.bars) or (_BLANK,)
    counts = [{s.mark: float(s.count) for s in bar.segments if s.count} for bar in spec.bars] or [{}]
    sheet = Sheet(labels, tuple((f"{GLYPHS[m]} {words[m]}", tuple(c.get(m) for c in counts)) for m in marks))
    used = min(canvas.height - LEGEND, ROW * len(labels))
    size = _size(used / len(labels))
    left = min(max(canvas.metrics.width(label, size) for label in labels) + _GAP, 0.42 * canvas.width)
    inner = cx.Inner(left / canvas.width, LEGEND / canvas.height, 0.99 - left / canvas.width, used / canvas.height)
    series = "".join(_part(sheet, k, mark, canvas.type(size), canvas) for k, mark in enumerate(marks))
    most = max(sum(c.values()) for c in counts) or 1.0
    plots = _plot(series, 35, "stacked", 1, 2, overlap=100) + _axes(most, canvas.type(size), canvas, 1, 2)
    place = cx.Inner(inner.x, 0.0, inner.w, 0.9 * LEGEND / canvas.height).xml().replace('<c:layoutTarget val="inner"/>', "")
    legend = f'<c:legend><c:legendPos val="t"/>{place}<c:overlay val="0"/>{canvas.type(MAX_SIZE).xml()}</c:legend>'
    return cx.chart_space(inner, plots, canvas.type(size), legend=legend), sheet


def _part(sheet: Sheet, k: int, mark: Mark, type_: cx.Type, canvas: Canvas) -> str:
    """One answer's series: Ja dark, Delvis in between, Nej light with an edge, missing empty with a dashed one."""
    p = canvas.palette
    looks = {
        Mark.JA: (cx.shape_xml(p.primary), p.on_primary),
        Mark.DELVIS: (cx.shape_xml(p.bar), p.on_bar),
        Mark.NEJ: (cx.shape_xml(p.panel, cx.line_xml(p.primary)), p.ink),
        Mark.MISSING: (cx.shape_xml(None, cx.line_xml(p.muted, 0.75, "sysDash")), p.muted),
    }
    shape, words = looks[mark]
    labels = cx.labels_xml({}, cx.Label(canvas.type(type_.size, words, bold=True), "ctr"))
    return sheet.series_xml(k, f'{shape}<c:invertIfNegative val="0"/>{labels}')
