"""The words inside a drawing, held against the figure's data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ojreport.compose.document import BarChart, FigureSpec, Mark, StackedChart, TrendChart
from ojreport.proof.difference import even

_NEAR = 1e-6


def drawn_fault(spec: FigureSpec, words: Sequence[str]) -> tuple[str, str] | None:
    """The words that the drawing of *spec* should hold and those that it does; None when they agree.

    A number that has no room in its part of a stacked bar may be left out, and so may the kommun's own answers under a trend.
    """
    if isinstance(spec, BarChart):
        expected = _words(*(f"{bar.label} {bar.text}" for bar in spec.bars), spec.reference.label if spec.reference else "")
        return None if expected == list(words) else (" ".join(expected), " ".join(words))
    if isinstance(spec, StackedChart):
        return _stacked_fault(spec, words)
    return _trend_fault(spec, words)


def _words(*texts: str) -> list[str]:
    return [word for text in texts for word in even(text).split()]


def _stacked_fault(spec: StackedChart, words: Sequence[str]) -> tuple[str, str] | None:
    """In the order in which they stand: the words for the marks, then each bar's name and its numbers."""
    used = {segment.mark for bar in spec.bars for segment in bar.segments if segment.count}
    left = list(reversed(words))
    expected: list[str] = []
    for text, must in _stacked(spec, used):
        parts = _words(text)
        there = left[: -len(parts) - 1 : -1] == parts
        if must or there:
            expected += parts
        if there:
            del left[-len(parts) :]
        elif must:
            break
    else:
        if not left:
            return None
    return " ".join(expected), " ".join(words)


def _stacked(spec: StackedChart, used: set[Mark]) -> Iterator[tuple[str, bool]]:
    """Each text of the drawing, and whether it must be there."""
    yield from ((text, True) for mark, text in spec.legend if mark in used)
    for bar in spec.bars:
        yield bar.label, True
        yield from ((segment.text, False) for segment in bar.segments if segment.count)


def _trend_fault(spec: TrendChart, words: Sequence[str]) -> tuple[str, str] | None:
    """The scale, then the years, then in any order what stands at breaks, points and the lines' ends; nothing without years."""
    if not spec.years and not words:
        return None
    years = [str(year) for year in spec.years]
    at = next((n for n in range(len(words)) if list(words[n : n + len(years)]) == years), None)
    points = (point.text for line in spec.lines for run in line.runs for point in run)
    names = (line.label for line in spec.lines if any(line.runs))
    stated = _words(*(mark.label for mark in spec.breaks), *points, *names, spec.own_label if spec.own else "")
    answers = _words(*(answer.text for answer in spec.own))
    if at is not None and _is_scale(words[:at], spec.maximum):
        rest = Counter(words[at + len(years) :])
        if rest in (Counter(stated), Counter([*stated, *answers])):
            return None
    return " ".join([*years, *stated]), " ".join(words)


def _is_scale(words: Sequence[str], maximum: float) -> bool:
    """Whether *words* are even steps from zero to at most *maximum*."""
    try:
        steps = [float(word.replace(",", ".")) for word in words]
    except ValueError:
        return False
    return (
        bool(steps)
        and steps[-1] <= maximum * (1 + _NEAR)
        and all(abs(v - n * steps[-1] / max(len(steps) - 1, 1)) < _NEAR for n, v in enumerate(steps))
    )
