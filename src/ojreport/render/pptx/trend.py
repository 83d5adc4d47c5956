"""A trend as a native line chart: one series per comparable run, and a break as an empty slot with a labelled, dashed line."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ojreport.compose.document import GLYPHS, BreakMark, Line, OwnAnswer, Point, Role, TrendChart
from ojreport.render.pptx import chartxml as cx
from ojreport.render.pptx.datasheet import Sheet
from ojreport.render.pptx.metrics import LINE
from ojreport.render.pptx.palette import role_colour

if TYPE_CHECKING:
    from ojreport.render.pptx.charts import Canvas

_SIZE = 12.0
_PLOT = 0.65  # of the chart's height, about, is between the axis' ends
_BLANK = "\u00a0"
_LOW = 0.06  # of the maximum: a point from which to the axis there is no room for its value
_BREAK_CHARS = 16  # in a line of a break's label
_CHAR = 0.52  # of the type size, about, is a character's width
_SMALLEST = 9.0


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place along the axis: an edition's year, or the break before the next one; with neither, of a trend without years."""

    year: int = 0
    mark: BreakMark | None = None


@dataclass(frozen=True, slots=True)
class _Run:
    """A series: part of a line. The last of a line carries its name."""

    line: Line
    values: tuple[float | None, ...]
    last: bool


def trend_chart(spec: TrendChart, canvas: Canvas) -> tuple[bytes, Sheet]:
    """Years along the axis with the kommun's own answers under them, lines with a name at their end, breaks as gaps."""
    slots = _slots(spec) or (_Slot(),)
    runs = [_Run(line, _values(run, slots), run is line.runs[-1]) for line in spec.lines for run in line.runs if run]
    breaks = [n for n, slot in enumerate(slots) if slot.mark]
    series: list[tuple[str, tuple[float | None, ...]]] = [(run.line.label, run.values) for run in runs]
    if breaks:
        series.append(("¦", tuple(spec.maximum if slot.mark else None for slot in slots)))
    room = 0.8 * canvas.width / len(slots)
    axis = _axis_size(spec, room, canvas)
    sheet = Sheet(tuple(_category(slot, spec, room, axis) for slot in slots), tuple(series))

    inner = _inner(spec, canvas, sheet.categories, breaks=bool(breaks))
    place = {slot.year: n for n, slot in enumerate(slots)}
    texts = {(line.label, place[p.year]): p.text for line in spec.lines for run in line.runs for p in run}
    xml = "".join(_line_series(sheet, n, _labels(spec, runs, n, texts, canvas), run, canvas) for n, run in enumerate(runs))
    if breaks:
        xml += _break_series(sheet, len(runs), slots, canvas)
    plot = (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{xml}<c:marker val="1"/>'
        f'<c:axId val="1"/><c:axId val="2"/></c:lineChart>'
    )
    return cx.chart_space(inner, plot + _axes(spec, canvas, axis), canvas.type(_SIZE), blanks="span"), sheet


def _slots(spec: TrendChart) -> tuple[_Slot, ...]:
    """The years, with an empty slot where a break cuts; a break that a run goes across gets none and stands in the note."""
    slots: list[_Slot] = []
    for n, year in enumerate(spec.years):
        before = spec.years[n - 1] if n else 0
        between = (mark for mark in spec.breaks if n and mark.before >= before and mark.after <= year)
        slots.extend(_Slot(mark=mark) for mark in between if not _crossed(spec, mark))
        slots.append(_Slot(year))
    return tuple(slots)


def _crossed(spec: TrendChart, mark: BreakMark) -> bool:
    runs = (run for line in spec.lines for run in line.runs if run)
    return any(run[0].year <= mark.before and run[-1].year >= mark.after for run in runs)


def _values(run: tuple[Point, ...], slots: tuple[_Slot, ...]) -> tuple[float | None, ...]:
    by_year = {p.year: p.value for p in run}
    return tuple(None if slot.mark else by_year.get(slot.year) for slot in slots)


def _category(slot: _Slot, spec: TrendChart, room: float, axis: float) -> str:
    """A year, and under it the kommun's own answer in lines *room* points wide; a blank where the break is."""
    if not slot.year:
        return _BLANK
    own = {answer.year: answer for answer in spec.own}
    if slot.year not in own:
        return str(slot.year)
    chars = max(6, int(room / (_CHAR * axis)))
    return "\n".join((str(slot.year), *textwrap.wrap(_answer(own[slot.year]), chars, break_long_words=False)))


def _answer(own: OwnAnswer) -> str:
    return f"{GLYPHS[own.mark]}\u00a0{own.text}"


def _axis_size(spec: TrendChart, room: float, canvas: Canvas) -> float:
    """The type under the axis: smaller where the longest word of an answer has no room under its year."""
    longest = max((canvas.metrics.longest_word(_answer(own), _SIZE) for own in spec.own), default=0.0)
    return _SIZE if longest <= room else max(_SMALLEST, int(2 * _SIZE * room / longest) / 2)


def _inner(spec: TrendChart, canvas: Canvas, categories: tuple[str, ...], *, breaks: bool) -> cx.Inner:
    """Room for the value axis at the left, line names at the right, break labels above, years and answers below."""
    names = [f"{line.label} {line.runs[-1][-1].text}" for line in spec.lines if line.runs and line.runs[-1]]
    right = max((canvas.metrics.width(name, _SIZE, bold=True) for name in names), default=0) + 6
    left = canvas.metrics.width(f"{spec.maximum:g}", _SIZE) + 12
    top = 3.2 * _SIZE if breaks else 1.5 * _SIZE
    lines = max(category.count("\n") for category in categories) + 1
    bottom = _SIZE * (0.7 + LINE * lines + (1.6 if spec.own_label and spec.own else 0))
    width, height = canvas.width, canvas.height
    return cx.Inner(left / width, top / height, 1 - (left + right) / width, 1 - (top + bottom) / height)


def _labels(spec: TrendChart, runs: list[_Run], n: int, texts: dict[tuple[str, int], str], canvas: Canvas) -> str:
    """Each point's value, above the highest line and under the lowest; at a line's end its name as well, at the right."""
    run = runs[n]
    code = cx.number_format((point.value, point.text) for part in run.line.runs for point in part)
    p = canvas.palette
    colour = {Role.SELF: p.own_words, Role.OWN: p.heading}.get(run.line.role, p.ink)
    labels: dict[int, cx.Label] = {}
    for i, value in enumerate(run.values):
        if value is None:
            continue
        named = run.last and i == _end(run)
        others = [v for other in runs if other is not run and (v := other.values[i]) is not None]
        position = "r" if named else "t" if all(value >= v for v in others) else "b" if all(value <= v for v in others) else ""
        if position == "b" and value < _LOW * spec.maximum:  # below it are the years
            position = "t" if all(v - value > 2 * _LOW * spec.maximum for v in others) else "r"
        if not position:
            continue
        text = texts[run.line.label, i]
        fixed = () if code else ((f"{run.line.label} {text}",) if named else (text,))
        lift = _lift(spec, run, runs, canvas) if named else 0.0
        labels[i] = cx.Label(canvas.type(_SIZE, colour, bold=named), position, code or "0", fixed, name=named, lift=lift)
    return cx.labels_xml(labels)


def _end(run: _Run) -> int:
    return max(i for i, v in enumerate(run.values) if v is not None)


def _lift(spec: TrendChart, run: _Run, runs: list[_Run], canvas: Canvas) -> float:
    """How far a line's name is moved up, as a part of the chart's height, so that no two names at the same end touch."""
    end = _end(run)
    here = sorted((r for r in runs if r.last and _end(r) == end), key=lambda r: r.values[end] or 0.0)
    plot = _PLOT * canvas.height
    wanted = [(r.values[end] or 0.0) / (spec.maximum or 1.0) * plot for r in here]
    return (_spread(wanted, _SIZE * 1.25)[here.index(run)] - wanted[here.index(run)]) / canvas.height


def _spread(places: list[float], apart: float) -> list[float]:
    """Places from low to high, moved as little as needed to stand *apart*: touching ones share what they must move."""
    groups = [[place] for place in places]
    centres = list(places)
    n = 1
    while n < len(groups):
        reach = (len(groups[n - 1]) + len(groups[n])) / 2 * apart
        if centres[n] - centres[n - 1] < reach:
            groups[n - 1 : n + 1] = [groups[n - 1] + groups[n]]
            centres[n - 1 : n + 1] = [sum(groups[n - 1]) / len(groups[n - 1])]
            n = max(1, n - 1)
        else:
            n += 1
    return [c + (k - (len(g) - 1) / 2) * apart for c, g in zip(centres, groups, strict=True) for k in range(len(g))]


def _line_series(sheet: Sheet, n: int, labels: str, run: _Run, canvas: Canvas) -> str:
    colour = role_colour(run.line.role, canvas.palette)
    thick = 2.75 if run.line.role is not Role.OTHER else 1.75
    symbol = {Role.SELF: "diamond", Role.OWN: "circle", Role.RIKET: "square", Role.OTHER: "circle"}[run.line.role]
    marker = (
        f'<c:marker><c:symbol val="{symbol}"/>'
        f'<c:size val="8"/>{cx.shape_xml(colour, cx.line_xml(canvas.palette.paper, 0.75))}</c:marker>'
    )
    return sheet.series_xml(n, f"<c:spPr>{cx.line_xml(colour, thick)}</c:spPr>{marker}{labels}", '<c:smooth val="0"/>')


def _break_series(sheet: Sheet, n: int, slots: tuple[_Slot, ...], canvas: Canvas) -> str:
    """An unseen point at the top of each break's slot; its error bar is the dashed line down to the axis."""
    muted = canvas.palette.muted
    type_ = canvas.type(_SIZE, muted)
    labels = {
        i: cx.Label(type_, "t", lines=tuple(textwrap.wrap(slot.mark.label, _BREAK_CHARS, break_on_hyphens=False)))
        for i, slot in enumerate(slots)
        if slot.mark
    }
    bars = (
        '<c:errBars><c:errDir val="y"/><c:errBarType val="minus"/><c:errValType val="percentage"/>'
        '<c:noEndCap val="1"/><c:val val="100"/>'
        f"<c:spPr>{cx.line_xml(muted, 1.25, 'dash')}</c:spPr></c:errBars>"
    )
    unseen = '<c:spPr><a:ln><a:noFill/></a:ln></c:spPr><c:marker><c:symbol val="none"/></c:marker>'
    return sheet.series_xml(n, f"{unseen}{cx.labels_xml(labels)}{bars}", '<c:smooth val="0"/>')


def _axes(spec: TrendChart, canvas: Canvas, axis: float) -> str:
    muted, faint = canvas.palette.muted, canvas.palette.panel
    title = ""
    if spec.own and spec.own_label:
        words = canvas.type(_SIZE, canvas.palette.own_words, bold=True).rich((spec.own_label,))
        title = f'<c:title><c:tx>{words}</c:tx><c:overlay val="0"/></c:title>'
    years = cx.Axis(1, 2, "b", canvas.type(axis), cx.line_xml(muted), title).category()
    return years + cx.Axis(2, 1, "l", canvas.type(_SIZE, muted)).value(
        spec.maximum, unit=spec.maximum / 2, grid=cx.line_xml(faint, 1)
    )
