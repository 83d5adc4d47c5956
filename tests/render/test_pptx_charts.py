"""Native charts: what PowerPoint's user sees in them, and in their data sheets."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from sample_deck import LAN, bars, sample_deck, stacked, trend
from test_pptx import TEMPLATE, one

from ojreport.compose.deck import Layout, Slide
from ojreport.compose.document import Bar, Figure, FigureSpec, Line, Point, Reference, Role
from ojreport.render.pptx import render_pptx
from ojreport.render.pptx.chartxml import number_format
from ojreport.render.theme import Theme

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def chart_of(spec: FigureSpec) -> Any:
    blob = render_pptx(one(Slide(Layout.WIDE, "Bilden", (Figure(spec, "Alt."),))), Theme(), TEMPLATE)
    return next(s for s in Presentation(io.BytesIO(blob)).slides[0].shapes if s.has_chart).chart


def sheet_of(chart: Any) -> list[tuple[Any, ...]]:
    book = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    return list(book.active.iter_rows(values_only=True))


def test_bars_have_the_values_and_labels_of_the_figure() -> None:
    plot = chart_of(bars()).plots[0]
    assert list(plot.categories) == ["\u00a0", *(name for name, _ in LAN)]
    assert list(plot.series[0].values) == [None, *(value + 0.25 for _, value in LAN)]


def test_the_data_sheet_says_what_the_chart_says() -> None:
    chart = chart_of(bars())
    rows = sheet_of(chart)
    assert rows[0] == (None, "Procent", "Riket 63")
    assert rows[2] == ("Gotlands län", 100.25, 63.2)
    assert len(rows) == len(LAN) + 2


def test_rikets_line_is_data_on_the_same_scale() -> None:
    chart = chart_of(bars())
    line = chart.plots[1].series[0]
    assert line.name == "Riket 63"
    assert set(line.values) == {63.2}
    scales = [
        (a.find(f"{C}scaling/{C}min").get("val"), a.find(f"{C}scaling/{C}max").get("val"))
        for a in chart._chartSpace.iter(f"{C}valAx")
    ]
    assert scales == [("0", "100"), ("0", "100")]


def test_only_the_own_lan_has_the_primary_colour() -> None:
    series = chart_of(bars()).plots[0].series[0]._element
    points = {int(p.find(f"{C}idx").get("val")): p.find(f".//{A}schemeClr").get("val") for p in series.iterfind(f"{C}dPt")}
    assert points == {1 + [name for name, _ in LAN].index("Dalarnas län"): "accent1"}
    assert series.find(f"{C}spPr//{A}schemeClr").get("val") == "accent3"


def test_the_kommun_itself_is_highlighted() -> None:
    own = replace(bars(), bars=(Bar("Kalmar", 60, "60", Role.SELF), *bars().bars))
    point = chart_of(own).plots[0].series[0]._element.find(f"{C}dPt//{A}schemeClr")
    assert point.get("val") == "accent2"


def test_labels_follow_when_a_value_is_edited() -> None:
    series = chart_of(bars()).plots[0].series[0]._element
    assert not list(series.iter(f"{C}rich"))
    assert {f.get("formatCode") for f in series.iterfind(f".//{C}dLbls//{C}numFmt")} == {"0"}


@pytest.mark.parametrize(
    ("pairs", "code"),
    [
        ([(62.5, "63"), (10.0, "10")], "0"),
        ([(62.5, "63\u00a0%")], '0"\u00a0%"'),
        ([(12.25, "12,3")], "0.0"),
        ([(62.4, "63")], ""),
        ([(50.0, "5 av 10")], ""),
        ([(1.0, "1"), (2.0, "2 st")], ""),
    ],
)
def test_a_number_format_is_found_where_it_writes_the_very_text(pairs: list[tuple[float, str]], code: str) -> None:
    assert number_format(pairs) == code


def test_a_text_that_no_format_writes_is_written_as_it_is() -> None:
    spec = replace(bars(), bars=(Bar("Göteborg", 50.0, "5 av 10"),))
    series = chart_of(spec).plots[0].series[0]._element
    assert [t.text for t in series.iter(f"{A}t")] == ["5 av 10"]


def test_bars_without_a_reference_have_one_plot() -> None:
    chart = chart_of(replace(bars(), reference=None))
    assert len(list(chart.plots)) == 1
    assert next(iter(chart.plots[0].categories)) == "Gotlands län"


def test_riket_at_zero_is_drawn_without_a_fault() -> None:
    assert chart_of(replace(bars(), reference=Reference("Riket 0", 0.0))).plots[1].series[0].values[0] == 0


def test_axis_ids_are_unsigned_and_agree() -> None:
    for spec in (bars(), trend(), stacked()):
        space = chart_of(spec)._chartSpace
        axes = [a.find(f"{C}axId").get("val") for a in space.iter(f"{C}catAx", f"{C}valAx")]
        assert len(axes) == len(set(axes))
        assert {a.get("val") for a in space.iter(f"{C}axId")} == set(axes)
        assert all(int(a) > 0 for a in axes)


def test_a_trend_is_a_series_for_each_comparable_run() -> None:
    plot = chart_of(trend()).plots[0]
    assert [c.split("\n")[0] for c in plot.categories] == ["2016", "2017", "2018", "\u00a0", "2019", "2020"]
    riket = [list(s.values) for s in plot.series if s.name == "Riket"]
    assert riket == [[31, 34, 37, None, None, None], [None, None, None, None, 63, 66]]


def test_a_break_is_a_labelled_gap() -> None:
    last = chart_of(trend()).plots[0].series[-1]
    assert list(last.values) == [None, None, None, 100, None, None]
    assert " ".join(t.text for t in last._element.iter(f"{A}t")) == "CRAFT räknas från 2019"
    assert last._element.find(f"{C}errBars") is not None


def test_a_break_that_a_run_goes_across_is_no_gap() -> None:
    spec = trend()
    joined = tuple(replace(line, runs=(sum(line.runs, ()),)) for line in spec.lines)
    plot = chart_of(replace(spec, lines=joined)).plots[0]
    assert len(plot.categories) == 5
    assert len(plot.series) == 2


def test_own_answers_stand_under_their_years_with_sign_and_word() -> None:
    categories = list(chart_of(trend()).plots[0].categories)
    assert categories[0] == "2016\n○\u00a0Nej"
    assert categories[1].replace("\n", " ") == "2017 –\u00a0Uppgift saknas"
    assert categories[2].replace("\n", " ") == "2018 ◐\u00a0Ja, men inte för vissa"


def test_no_value_stands_on_the_years_below_a_low_point() -> None:
    runs = ((Point(2016, 0, "0"), Point(2017, 2, "2"), Point(2018, 40, "40")), (Point(2019, 41, "41"), Point(2020, 42, "42")))
    low, first = Line("Län", Role.OWN, runs), trend().lines[0]
    series = next(s for s in chart_of(replace(trend(), lines=(first, low))).plots[0].series if s.name == "Län")
    places = {int(p.find(f"{C}idx").get("val")): p.find(f"{C}dLblPos").get("val") for p in series._element.iter(f"{C}dLbl")}
    assert places[0] == places[1] == places[2] == "t"


def test_names_at_the_ends_of_close_lines_are_moved_apart() -> None:
    plot = chart_of(trend()).plots[0]
    shifts = [float(y.get("val")) for s in plot.series for y in s._element.iterfind(f".//{C}dLbl/{C}layout//{C}y")]
    assert len(shifts) == 2
    assert shifts[0] < 0 < shifts[1]


def test_stacked_bars_hold_the_counts_and_no_zero() -> None:
    plot = chart_of(stacked()).plots[0]
    assert [s.name for s in plot.series] == ["● Ja", "◐ Delvis", "○ Nej", "– Uppgift saknas"]
    assert list(plot.series[1].values) == [1, None, None, 2, None]


def test_charts_survive_a_save_by_another_program_with_their_sheets() -> None:
    deck = Presentation(io.BytesIO(render_pptx(sample_deck(), Theme(), TEMPLATE)))
    again = io.BytesIO()
    deck.save(again)
    charts = [s.chart for slide in Presentation(again).slides for s in slide.shapes if s.has_chart]
    assert len(charts) == 6
    assert all(len(sheet_of(chart)) > 4 for chart in charts)


def test_a_label_like_a_formula_stays_text_in_the_data_sheet() -> None:
    chart = chart_of(replace(bars(), bars=(Bar("=1+1", 5.0, "5"),)))
    assert sheet_of(chart)[2][0] == "=1+1"
    book = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert book.active["A3"].data_type == "s"
