"""What a native chart must say: its categories, series and points as statements."""

from __future__ import annotations

from collections.abc import Iterator

from ojreport.compose.document import GLYPHS, BarChart, BreakMark, FigureSpec, StackedChart, TrendChart
from ojreport.proof.difference import Statement, even


def chart_statements(spec: FigureSpec, within: str) -> Iterator[Statement]:
    """The chart's data in the order in which the file holds them."""
    made = _bars(spec) if isinstance(spec, BarChart) else _trend(spec) if isinstance(spec, TrendChart) else _stacked(spec)
    return (Statement(role, even(text), within=within) for role, text in made)


def point(label: str, value: float, text: str) -> str:
    """A point, its value and how it is written beside it."""
    return f"{label}: {float(value)!r}, written {text}"


def scale(*maxima: float) -> tuple[str, str]:
    """The value axes: from zero to the highest value that each has room for."""
    return "scale", " and ".join(f"0 to {m:g}" for m in sorted(set(maxima)))


def _bars(spec: BarChart) -> Iterator[tuple[str, str]]:
    yield "series", spec.unit or spec.subtitle
    yield from (("bar", point(bar.label, bar.value, bar.text)) for bar in spec.bars)
    if spec.reference is not None:
        yield "line across the bars", point("all", spec.reference.value, spec.reference.label)
    yield scale(spec.maximum)


def _stacked(spec: StackedChart) -> Iterator[tuple[str, str]]:
    used = {s.mark for bar in spec.bars for s in bar.segments if s.count}
    for mark, words in spec.legend:
        if mark in used:
            yield "series", f"{GLYPHS[mark]} {words}"
            segments = ((bar.label, s) for bar in spec.bars for s in bar.segments if s.mark is mark and s.count)
            yield from (("bar", point(label, s.count, s.text)) for label, s in segments)
    yield from (("category", bar.label) for bar in spec.bars)
    yield scale(max(sum(s.count for s in bar.segments) for bar in spec.bars))


def _trend(spec: TrendChart) -> Iterator[tuple[str, str]]:
    answers = {answer.year: f" {GLYPHS[answer.mark]} {answer.text}" for answer in spec.own}
    for line in spec.lines:
        for run in line.runs:
            if run:
                yield "series", line.label
                yield from (("point", f"{p.year}: {float(p.value)!r}") for p in run)
    yield from (("break", mark.label) for mark in sorted(spec.breaks, key=lambda b: b.after) if not _crossed(spec, mark))
    yield from (("category", f"{year}{answers.get(year, '')}") for year in spec.years)
    if spec.own and spec.own_label:
        yield "axis title", spec.own_label
    yield scale(spec.maximum)


def _crossed(spec: TrendChart, mark: BreakMark) -> bool:
    """Whether a run goes on across the break, which is then told of in the note alone."""
    runs = (run for line in spec.lines for run in line.runs if run)
    return any(run[0].year <= mark.before and run[-1].year >= mark.after for run in runs)


def trend_labels(spec: TrendChart) -> dict[tuple[str, int], tuple[str, str]]:
    """What may be written at a point, by its line and year: the value, or at the line's end its name as well."""
    return {
        (line.label, p.year): (even(p.text), even(f"{line.label} {p.text}"))
        for line in spec.lines
        for run in line.runs
        for p in run
    }
