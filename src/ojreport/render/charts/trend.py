"""Lines over the editions: joined inside comparable runs, a labelled gap at a break, the kommun's own answers as signs below."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10
from typing import TYPE_CHECKING

from ojreport.compose.document import Role
from ojreport.render.charts.sheet import CAPITAL, MM, spread
from ojreport.render.theme import role_colour, tint

if TYPE_CHECKING:
    from ojreport.compose.document import Line, Point, TrendChart
    from ojreport.render.charts.sheet import Sheet

PLOT = 52 * MM  # the height of the lines' own area in a chart of natural height
SIZE = 8.5
LEAD = 10.5  # from line to line of small text
YEARS = 16.0  # the row of years
CORNERS = {Role.SELF: 0, Role.OWN: 4, Role.RIKET: -4, Role.OTHER: 3}  # of the points: 0 round, -4 a diamond
MOST_LINES = 2
INSET = 22.0  # from the edges of the lines' own area to the first and the last year
OFF = CAPITAL * SIZE / 2 + 7  # from a point to the middle of its value
CLOSE = 26.0  # points nearer than this to each other share the room above and below them
WORDS = 15.0  # a value with air beside it
STEEP, ASIDE = 0.6, 8.0  # a slope, and how far a value moves from it
BESIDE = 10.0  # from a line's last point to its name
GRID = 0.3  # of the bars' colour
HIGH = 0.85  # of the maximum: what is higher may have its value above the lines' own area
SHORT = 14  # characters: an own answer that takes one line


def _above(spec: TrendChart) -> float:
    """The room above the lines' own area: for values that stand over it, and over them for the labels of breaks."""
    highest = max((p.value for line in spec.lines for run in line.runs for p in run), default=0.0)
    return (LEAD if highest > HIGH * spec.maximum else 0.0) + (MOST_LINES * LEAD + 4 if spec.breaks else 0.0)


def _own_height(spec: TrendChart) -> float:
    lines = MOST_LINES if any(len(answer.text) > SHORT for answer in spec.own) else 1
    return 14 + 14 + lines * LEAD if spec.own else 0.0


def natural_height(spec: TrendChart) -> float:
    """In millimetres."""
    return (PLOT + YEARS + 8 + _above(spec) + _own_height(spec)) / MM


@dataclass(frozen=True, slots=True)
class _Plot:
    """The lines' own area."""

    left: float
    right: float
    bottom: float
    top: float
    first: int
    last: int
    maximum: float

    def x(self, year: float) -> float:
        span = max(self.last - self.first, 1)
        if self.last == self.first:
            return (self.left + self.right) / 2
        return self.left + INSET + (self.right - self.left - 2 * INSET) * (year - self.first) / span

    def y(self, value: float) -> float:
        return self.bottom + (self.top - self.bottom) * max(0.0, min(value, self.maximum)) / (self.maximum or 1.0)


def draw(spec: TrendChart, sheet: Sheet) -> None:
    """Draw the chart on the whole sheet; nothing where it has no years."""
    if not spec.years:
        return
    ticks = _ticks(spec.maximum)
    left = max(sheet.measure(_number(tick), SIZE) for tick in ticks) + 5
    names = max((sheet.measure(line.label, SIZE, strong=True) for line in spec.lines), default=0.0)
    right = sheet.width - max(names + BESIDE - INSET, 0.0)  # a name begins beside its last point, inside the lines' own area
    plot = _Plot(
        left,
        right,
        _own_height(spec) + YEARS,
        sheet.height - 6 - _above(spec),
        min(spec.years),
        max(spec.years),
        spec.maximum,
    )
    for tick in ticks:
        y = plot.y(tick)
        sheet.line(
            [(left, y), (right, y)],
            sheet.theme.muted if tick == 0 else tint(sheet.theme.bar, GRID),
            0.7 if tick == 0 else 0.5,
            name="grid",
        )
        sheet.text(left - 5, y - CAPITAL * SIZE / 2, _number(tick), SIZE, colour=sheet.theme.muted, align="right", name="tick")
    for year in spec.years:
        sheet.text(plot.x(year), plot.bottom - 12, str(year), SIZE, colour=sheet.theme.muted, align="center", name="tick")
    _breaks(spec, sheet, plot)
    for line in spec.lines:
        _line(line, sheet, plot)
    _values(spec, sheet, plot)
    _ends(spec, sheet, plot)
    _own(spec, sheet, plot)


def _ticks(maximum: float) -> list[float]:
    """From zero to at most *maximum*, three to five round steps."""
    if maximum <= 0:
        return [0.0]
    rough = maximum / 4
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    return [n * step for n in range(ceil(maximum / step) + 1) if n * step <= maximum * 1.001]


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _line(line: Line, sheet: Sheet, plot: _Plot) -> None:
    colour = role_colour(line.role, sheet.theme)
    for run in line.runs:
        points = [(plot.x(p.year), plot.y(p.value)) for p in run]
        if len(points) > 1:
            sheet.line(points, colour, 1.8 if line.role is not Role.OTHER else 1.3, name="run")
        for x, y in points:
            sheet.dot(x, y, 3.0, colour, CORNERS[line.role])


def _breaks(spec: TrendChart, sheet: Sheet, plot: _Plot) -> None:
    """A dashed line between the editions on each side of a break, and why above it."""
    places = [plot.x((mark.before + mark.after) / 2) for mark in spec.breaks]
    labels = sheet.height - 2 - MOST_LINES * LEAD  # the lowest label's baseline, above all values
    for n, (mark, x) in enumerate(zip(spec.breaks, places, strict=True)):
        sheet.line([(x, plot.bottom), (x, labels - 4)], sheet.theme.muted, 0.9, dashes=(3, 2.5), name="break")
        low = (places[n - 1] + x) / 2 + 3 if n else 0.0
        high = (places[n + 1] + x) / 2 - 3 if n + 1 < len(places) else sheet.width
        room = min(high - low, 150.0)
        lines = sheet.wrap(mark.label, SIZE, room, MOST_LINES)
        for k, text in enumerate(lines):
            wide = sheet.measure(text, SIZE)
            start = min(max(x - wide / 2, low), max(high - wide, low))
            y = labels + (len(lines) - 1 - k) * LEAD
            sheet.text(start, y, text, SIZE, colour=sheet.theme.muted, name="break label")


def _values(spec: TrendChart, sheet: Sheet, plot: _Plot) -> None:
    """Each year's values beside their points: above, and where points lie close the lowest below, the others stacked above."""
    points = [(line, run, n) for line in spec.lines for run in line.runs for n in range(len(run))]
    for year in spec.years:
        here = sorted((p for p in points if p[1][p[2]].year == year), key=lambda p: p[1][p[2]].value)
        ys = [plot.y(run[n].value) for _, run, n in here]
        for (line, run, n), y, centre in zip(here, ys, _beside(ys, plot), strict=True):
            strong = line.role in (Role.SELF, Role.OWN)
            colour = sheet.theme.muted if line.role is Role.OTHER else role_colour(line.role, sheet.theme)
            x = plot.x(year) + _aside(run, n, plot, above=centre > y)
            sheet.text(
                x, centre - CAPITAL * SIZE / 2, run[n].text, SIZE, colour=colour, strong=strong, align="center", name="value"
            )


def _beside(ys: list[float], plot: _Plot) -> list[float]:
    """The middle of each value's text for points at *ys*, lowest first."""
    clusters: list[list[float]] = []
    for y in ys:
        if clusters and y - clusters[-1][-1] < CLOSE:
            clusters[-1].append(y)
        else:
            clusters.append([y])
    wanted: list[float] = []
    for cluster in clusters:
        below = len(cluster) > 1 and cluster[0] - OFF > plot.bottom + LEAD / 2
        stacked = len(cluster) - below
        wanted += [cluster[0] - OFF] * below + [cluster[-1] + OFF + k * LEAD for k in range(stacked)]
    return spread(wanted, LEAD, plot.bottom + LEAD / 2, plot.top + LEAD)


def _aside(run: tuple[Point, ...], n: int, plot: _Plot, *, above: bool) -> float:
    """How far a value moves sideways from its point so that its own steep line does not run through it."""

    def rise(other: Point) -> float:
        slope = (plot.y(other.value) - plot.y(run[n].value)) / abs(plot.x(other.year) - plot.x(run[n].year))
        return slope if above else -slope

    left = n > 0 and run[n].year != plot.last and rise(run[n - 1]) > STEEP  # at the last the line's name stands at the right
    right = n + 1 < len(run) and rise(run[n + 1]) > STEEP
    near = min((abs(plot.x(other.year) - plot.x(run[n].year)) for other in run if other is not run[n]), default=0.0)
    return (left - right) * min(ASIDE, max(0.0, (near - WORDS) / 2))  # two that come towards each other do not meet


def _ends(spec: TrendChart, sheet: Sheet, plot: _Plot) -> None:
    """Each line's name at its last point, none on another."""
    last = [(line, max((p for run in line.runs for p in run), key=lambda p: p.year)) for line in spec.lines if any(line.runs)]
    for year in sorted({p.year for _, p in last}):
        here = [(line, p) for line, p in last if p.year == year]
        places = spread([plot.y(p.value) for _, p in here], LEAD, plot.bottom + LEAD / 2, plot.top)
        for (line, _), y in zip(here, places, strict=True):
            colour = sheet.theme.muted if line.role is Role.OTHER else role_colour(line.role, sheet.theme)
            sheet.text(
                plot.x(year) + BESIDE, y - CAPITAL * SIZE / 2, line.label, SIZE, colour=colour, strong=True, name="line label"
            )


def _own(spec: TrendChart, sheet: Sheet, plot: _Plot) -> None:
    """The kommun's own answers: a sign under each year, its words below the sign where all of them have room."""
    if not spec.own:
        return
    top = plot.bottom - YEARS
    sheet.text(0, top - 10, spec.own_label, SIZE, strong=True, name="own label")
    room = (plot.x(plot.last) - plot.x(plot.first)) / max(plot.last - plot.first, 1) - 6
    words = [sheet.wrap(answer.text, SIZE, room, MOST_LINES) for answer in spec.own]
    fits = len(spec.years) == 1 or all(sheet.measure(line, SIZE) <= room for lines in words for line in lines)
    for answer, lines in zip(spec.own, words, strict=True):
        x = plot.x(answer.year)
        sheet.sign(answer.mark, x, top - 20, 8)
        for k, line in enumerate(lines if fits else ()):
            sheet.text(x, top - 34 - k * LEAD, line, SIZE, align="center", name="own answer")
