"""Where a drawing's words, bars and lines stand, held against the figure's data: right words in the wrong place mislead.

The words themselves have been compared before (``drawn``): here they are known to be there, in the order in which they are drawn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, pairwise
from math import inf

from ojreport.compose.document import BarChart, FigureSpec, Point, TrendChart
from ojreport.proof.content import Drawing, Label
from ojreport.proof.difference import NOTHING, even

Fault = tuple[str, str, str]  # what is wrong, what was expected and what was found
_ROW = 1.5  # points that a value may stand above or below its row's name
_ASIDE = 15.0  # points from a year to the middle of its values, which move aside for steep lines
_OFF, _LEAD = 14.0, 11.0  # points from a point to its value, and for each other value of the year that is in the way
_EXACT = 0.3  # points: coordinates are rounded
_HALF = 6.0  # points: more than half the height of a text that stands beside a line of the scale
_DIGIT = 4.3  # points: a digit in a trend's type, near enough
_NUMBER = rb"[-+.\d]+"
_POINT = re.compile(rb"\s%b (%b)$" % ((_NUMBER,) * 2))
_STEPS = re.compile(rb"(?:%b %b l ?)+" % ((_NUMBER,) * 2))
_BOX = re.compile(rb"rg (%b) (%b) m (%b) \2 l \3 (%b) l \1 \4 l h f" % ((_NUMBER,) * 4))


def misplaced(spec: FigureSpec, drawing: Drawing) -> Fault | None:
    """What stands in the wrong place in the drawing of *spec*, the first of it; None when nothing does."""
    if isinstance(spec, TrendChart):
        return next(_trend(spec, drawing), None)
    texts = _Texts(drawing.labels)
    if isinstance(spec, BarChart):
        rows = [(bar.label, texts.take(bar.label), texts.take(bar.text)) for bar in spec.bars]
        return next(chain(_rows(rows), _lengths(spec, rows, drawing.code)), None)
    used = {segment.mark for bar in spec.bars for segment in bar.segments if segment.count}
    for _, words in (entry for entry in spec.legend if entry[0] in used):
        texts.take(words)
    counts = [(bar.label, [s.text for s in bar.segments if s.count]) for bar in spec.bars]
    return next(
        _rows([(name, texts.take(name), [label for t in said for label in texts.take(t)]) for name, said in counts]), None
    )


class _Texts:
    """The texts of a drawing, taken one after the other."""

    def __init__(self, labels: Sequence[Label]) -> None:
        self._left = [label for label in reversed(labels) if label.text.strip()]

    def take(self, text: str) -> list[Label]:
        """The next labels, when together they say *text*; none when they do not."""
        words = even(text).split()
        taken: list[Label] = []
        said: list[str] = []
        while len(said) < len(words) and len(taken) < len(self._left):
            taken.append(self._left[-1 - len(taken)])
            said += even(taken[-1].text).split()
        if not words or said != words:
            return []
        del self._left[-len(taken) :]
        return taken

    def next(self) -> Label | None:
        """The next label, if any is left."""
        return self._left.pop() if self._left else None


# ---------------------------------------------------------------------------------------------------------------- bars


def _rows(rows: Sequence[tuple[str, list[Label], list[Label]]]) -> Iterator[Fault]:
    """Names below each other, each with its values beside it from left to right."""
    middles = [sum(label.y for label in names) / max(len(names), 1) for _, names, _ in rows]
    for (above, _), (below, name) in pairwise(zip(middles, (name for name, _, _ in rows), strict=True)):
        if below >= above:
            yield f"the place of “{even(name)}”", "below the row before it", "above it"
    every = [value for _, _, values in rows for value in values]
    for middle, (name, _, values) in zip(middles, rows, strict=True):
        here = sorted((value for value in every if abs(value.y - middle) < _ROW), key=lambda value: value.x)
        expected, found = (" ".join(even(value.text) for value in side) for side in (values, here))
        if expected != found:
            yield f"what is drawn beside “{even(name)}”", expected, found


def _lengths(spec: BarChart, rows: Sequence[tuple[str, list[Label], list[Label]]], code: bytes) -> Iterator[Fault]:
    """Bars as long as their values, each in its own row."""
    boxes = [tuple(map(float, box)) for box in _BOX.findall(code)][1:]  # the first is the ground
    if len(boxes) != len(spec.bars):
        yield "the number of bars drawn", str(len(spec.bars)), str(len(boxes))
        return
    values = [max(0.0, min(bar.value, spec.maximum)) for bar in spec.bars]
    longest = max(range(len(values)), key=values.__getitem__, default=0)
    scale = (boxes[longest][2] - boxes[longest][0]) / values[longest] if boxes and values[longest] else 0.0
    for (left, low, right, high), bar, value, (_, _, beside) in zip(boxes, spec.bars, values, rows, strict=True):
        if abs(right - left - value * scale) > _EXACT:
            yield f"the length of the bar “{even(bar.label)}”", bar.text, f"{(right - left) / scale if scale else 0:.0f}"
        if any(not low < label.y < high for label in beside):
            yield f"the bar beside “{even(bar.label)}”", bar.text, NOTHING


# -------------------------------------------------------------------------------------------------------------- trends


def _trend(spec: TrendChart, drawing: Drawing) -> Iterator[Fault]:
    """Values at their years and heights, the lines' names at the heights of their ends, and lines through their points."""
    if not spec.years:  # nothing is drawn
        return
    labels = [label for label in drawing.labels if label.text.strip()]
    said, years = [even(label.text) for label in labels], [str(year) for year in spec.years]
    at = next((n for n in range(1, len(said)) if said[n : n + len(years)] == years), 0)
    if not at:
        yield "the years below the lines", " ".join(years), NOTHING
        return
    zero, high = labels[0].y, float(said[at - 1].replace(",", "."))
    unit = (labels[at - 1].y - zero) / (high or 1.0)
    places = {year: labels[at + n].x + len(years[n]) * _DIGIT / 2 for n, year in enumerate(spec.years)}
    texts = _Texts(labels[at + len(years) :])
    for mark in spec.breaks:
        texts.take(mark.label)

    def height(p: Point) -> float:
        return zero + unit * max(0.0, min(p.value, spec.maximum))

    yield from _values(spec, texts, places, height)
    yield from _names(spec, texts, height)
    strokes = list(_strokes(drawing.code))
    for line in spec.lines:
        for run in (run for run in line.runs if len(run) > 1):
            heights = [height(p) for p in run]
            if not any(_parallel(heights, stroke) for stroke in strokes):
                yield f"the line “{even(line.label)}” through its points", f"{run[0].year}–{run[-1].year}", NOTHING


def _strokes(code: bytes) -> Iterator[list[float]]:
    """The heights of each line that is drawn from point to point."""
    for path in code.split(b" S Q")[:-1]:
        before, _, after = path.rpartition(b" m ")
        start = _POINT.search(before[-40:])
        if start and _STEPS.fullmatch(after):
            yield [float(start[1]), *map(float, after.split()[1::3])]


def _parallel(heights: list[float], stroke: list[float]) -> bool:
    """Whether a stroke goes through *heights*, or as high above all of them as a point stands above a text's baseline."""
    above = [y - wanted for y, wanted in zip(stroke, heights, strict=False)]
    return len(stroke) == len(heights) and max(above) - min(above) < _EXACT and 0 <= min(above) < _HALF


def _values(spec: TrendChart, texts: _Texts, places: dict[int, float], height: Callable[[Point], float]) -> Iterator[Fault]:
    """The values, year by year from the lowest to the highest."""
    points = [(line, p) for line in spec.lines for run in line.runs for p in run]
    for year in spec.years:
        here = sorted((entry for entry in points if entry[1].year == year), key=lambda entry: entry[1].value)
        below = -inf
        for line, p in here:
            what = f"the value of “{even(line.label)}” at {year}"
            label = texts.next()
            if label is None or even(label.text) != even(p.text):
                yield what, even(p.text), NOTHING if label is None else even(label.text)
                return
            if abs(label.x + len(even(p.text)) * _DIGIT / 2 - places[year]) > _ASIDE:
                nearest = min(places, key=lambda other: abs(places[other] - label.x))
                yield what, f"{p.text} at {year}", f"{p.text} at {nearest}"
            if label.y < below or abs(label.y - height(p)) > _OFF + _LEAD * len(here):
                yield what, f"{p.text} beside its point", f"{p.text} at another height"
            below = label.y


def _names(spec: TrendChart, texts: _Texts, height: Callable[[Point], float]) -> Iterator[Fault]:
    """The name of each line at its last point."""
    last = [(line, max((p for run in line.runs for p in run), key=lambda p: p.year)) for line in spec.lines if any(line.runs)]
    for year in sorted({p.year for _, p in last}):
        here = [(line, p) for line, p in last if p.year == year]
        found = [(height(p), label.y, line) for line, p in here for label in texts.take(line.label)]
        if len(found) != len(here):
            yield "the lines' names", ", ".join(even(line.label) for line, _ in here), NOTHING
            return
        for (low, y, line), (high, above, _) in pairwise(sorted(found, key=lambda entry: entry[:2])):
            if low < high and y >= above:
                yield f"the name “{even(line.label)}”", "at the end of its line", "at another line"
