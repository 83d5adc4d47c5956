"""The charts of a finished deck: what their XML says, and whether the workbook behind each says the same."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from io import BytesIO
from typing import NamedTuple

from python_calamine import CalamineError, CalamineWorkbook

from ojreport.compose.document import BarChart, FigureSpec, TrendChart
from ojreport.proof.chartdata import point, scale, trend_labels
from ojreport.proof.difference import Difference, Statement, even
from ojreport.proof.parts import Xml

KIND = "pptx"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_PLOT, _T, _V = f"{_C}chart/{_C}plotArea", f"{_A}t", f"{_C}v"
_NAME, _CATEGORIES, _VALUES, _LABELS = _SERIES = tuple(f"{_C}{name}" for name in ("tx", "cat", "val", "dLbls"))
_FORMAT, _NAMED, _VALUED = (f"{_C}{name}" for name in ("numFmt", "showSerName", "showVal"))
_CODE = re.compile(r'0(?:\.(0+))?(?:"(.*)")?', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Series:
    """A series as the chart's XML has it; ``labels`` are what is written at its points, by their number."""

    name: str
    categories: tuple[str, ...]
    values: dict[int, float]
    labels: dict[int, str]

    def point(self, n: int) -> str:
        """The point *n* in words."""
        return point(self.categories[n], self.values[n], self.labels.get(n, ""))


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in a finished deck."""

    place: str
    series: tuple[Series, ...]
    maxima: tuple[float, ...]
    axis_title: str
    workbook: bytes

    def statements(self, spec: FigureSpec) -> Iterator[Statement]:
        """What the chart says, in the words in which *spec* must say it."""
        said = self._trend() if isinstance(spec, TrendChart) else self._bars(stacked=not isinstance(spec, BarChart))
        return (Statement(role, even(text), self.place) for role, text in said)

    def _bars(self, *, stacked: bool) -> Iterator[tuple[str, str]]:
        for n, series in enumerate(self.series):
            if n and not stacked:
                values = sorted({*series.values.values()}) if len(series.values) == len(series.categories) else []
                label = " ".join(series.labels.values())
                text = point("all", values[0], label) if len(values) == 1 else f"{values}, written {label}"
                yield "line across the bars", text
                continue
            yield "series", series.name
            yield from (("bar", series.point(i)) for i in series.values)
        if stacked and self.series:
            yield from (("category", category) for category in self.series[0].categories)
        yield scale(*self.maxima)

    def _trend(self) -> Iterator[tuple[str, str]]:
        for series in self.series:
            at_breaks = all(not series.categories[i].strip() for i in series.values)
            if at_breaks:
                yield from (("break", series.labels.get(i, "")) for i in series.values)
                continue
            yield "series", series.name
            yield from (("point", f"{series.categories[i].split()[0]}: {value!r}") for i, value in series.values.items())
        categories = self.series[0].categories if self.series else ()
        yield from (("category", _unwrapped(category)) for category in categories if category.strip())
        if self.axis_title:
            yield "axis title", self.axis_title
        yield scale(*self.maxima)


def _unwrapped(text: str) -> str:
    """A text that was broken into lines at spaces and after hyphens."""
    return re.sub(r"(?<=-)\n", "", text)


def read_chart(space: Xml, workbook: bytes, place: str) -> Chart:
    """The chart of a ``c:chartSpace``."""
    maxima = tuple(float(m.get("val")) for m in space.iterfind(f"{_PLOT}/{_C}valAx/{_C}scaling/{_C}max"))
    title = " ".join(t.text or "" for title in space.iterfind(f"{_PLOT}/{_C}catAx/{_C}title") for t in title.iter(_T))
    return Chart(place, tuple(_series(ser) for ser in space.iter(f"{_C}ser")), maxima, title, workbook)


def _series(ser: Xml) -> Series:
    parts = {part.tag: part for part in ser.iterchildren(*_SERIES)}
    name = "".join(v.text or "" for v in _in(parts, _NAME, _V))
    categories = _points(_in(parts, _CATEGORIES, _V))
    count = max(categories, default=-1) + 1
    values = {n: float(text) for n, text in _points(_in(parts, _VALUES, _V)).items() if n < count}
    labels = _labels(parts[_LABELS], name, values) if _LABELS in parts else {}
    return Series(name, tuple(categories.get(n, "") for n in range(count)), values, labels)


def _in(parts: dict[str, Xml], part: str, tag: str) -> Iterable[Xml]:
    """The elements of that *tag* in one of a series' *parts*, where it has that."""
    return parts[part].iter(tag) if part in parts else ()


def _points(cells: Iterable[Xml]) -> dict[int, str]:
    return {int(value.getparent().get("idx")): value.text or "" for value in cells}


def _labels(labels: Xml, name: str, values: dict[int, float]) -> dict[int, str]:
    """What is written at each point: fixed words, or its value in the label's number format."""
    manners = {int(label.find(f"{_C}idx").get("val")): _manner(label) for label in labels.iterchildren(f"{_C}dLbl")}
    common = _manner(labels)
    found = {n: manners.get(n, common).label(name, value) for n, value in values.items()}
    return {n: text for n, text in found.items() if text}


class _Manner(NamedTuple):
    """How a label is written: in fixed words, or as the series' name, the value in a number format or both."""

    fixed: str | None
    named: bool
    valued: bool
    code: str

    def label(self, name: str, value: float) -> str:
        """The label at a point of the series of that *name*."""
        if self.fixed is not None:
            return self.fixed
        return " ".join([name] * self.named + [_written(value, self.code)] * self.valued)


def _manner(label: Xml) -> _Manner:
    parts = {part.tag: part for part in label.iterchildren(_NAME, _FORMAT, _NAMED, _VALUED)}
    fixed = [t.text or "" for t in _in(parts, _NAME, _T)]
    named, valued = (flag in parts and parts[flag].get("val") in {"1", "true"} for flag in (_NAMED, _VALUED))
    code = parts[_FORMAT].get("formatCode", "") if _FORMAT in parts else ""
    return _Manner(" ".join(fixed) if fixed else None, named, valued, code)


def _written(value: float, code: str) -> str:
    """*value* in a number format as a Swedish PowerPoint shows it."""
    found = _CODE.fullmatch(code)
    if found is None:
        return f"{value!r} as {code}"
    step = Decimal(1).scaleb(-len(found[1] or ""))
    return f"{Decimal(repr(value)).quantize(step, ROUND_HALF_UP)}".replace(".", ",") + (found[2] or "")


# ------------------------------------------------------------------------------------------------------------ differences

_DIGITS = 1e-14  # a workbook holds a number with 16 significant digits, and the chart's XML with up to 17


def _same_cell(expected: str | float, found: object) -> bool:
    """Whether a cell of the chart's workbook holds what the chart says."""
    if isinstance(expected, float) and isinstance(found, float):
        return math.isclose(expected, found, rel_tol=_DIGITS)
    return expected == found


def chart_differences(chart: Chart, spec: FigureSpec) -> Iterator[Difference]:
    """What no statement says: labels along a trend, and the workbook that the chart is edited in."""
    where = f"{chart.place}, figure “{even(spec.title)}”"
    if isinstance(spec, TrendChart):
        yield from _trend_label_differences(chart, spec, where)
    yield from _workbook_differences(chart, where)


def _trend_label_differences(chart: Chart, spec: TrendChart, where: str) -> Iterator[Difference]:
    """Not every point has room for its label, but those that have one must be right."""
    allowed = trend_labels(spec)
    for series in chart.series:
        for n, label in series.labels.items():
            year = series.categories[n].split()[:1]
            right = allowed.get((series.name, int(year[0])), ()) if year and year[0].isdigit() else ()
            if right and even(label) not in right:
                yield Difference(KIND, where, f"the label at {year[0]}", right[0], even(label))


@lru_cache(maxsize=32)  # kommuner of one län have most charts in common
def _cells(workbook: bytes) -> dict[tuple[int, int], object]:
    """What stands in the first sheet, by row and column."""
    rows = CalamineWorkbook.from_filelike(BytesIO(workbook)).get_sheet_by_index(0).to_python()
    return {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row) if value != ""}


def _workbook_differences(chart: Chart, where: str) -> Iterator[Difference]:
    """The chart's cached data and the embedded workbook's, cell by cell."""
    try:
        there = _cells(chart.workbook)
    except (CalamineError, OSError) as error:
        yield Difference(KIND, where, "the chart's workbook", "a workbook", str(error) or "none")
        return
    here: dict[tuple[int, int], str | float] = {}
    for column, series in enumerate(chart.series, 1):
        here |= {(0, column): series.name}
        here |= {(n, 0): category for n, category in enumerate(series.categories, 1)}
        here |= {(n + 1, column): value for n, value in series.values.items()}
        if series.categories != chart.series[0].categories:
            yield Difference(KIND, where, "the categories", str(chart.series[0].categories), str(series.categories))
    for row, column in sorted({*here, *there}):
        expected, found = here.get((row, column), ""), there.get((row, column), "")
        if not _same_cell(expected, found):
            yield Difference(KIND, where, f"cell {chr(65 + column)}{row + 1} of the chart's workbook", str(expected), str(found))
