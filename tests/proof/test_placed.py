"""Words, bars and lines of a drawing in their places, on drawings that are written by hand."""

from __future__ import annotations

import pytest

from ojreport.compose.document import Bar, BarChart, Line, Mark, Point, Role, Segment, StackedBar, StackedChart, TrendChart
from ojreport.proof.content import Drawing, Label
from ojreport.proof.placed import misplaced

BARS = BarChart("Titel", "", (Bar("Kalmar län", 50.0, "50"), Bar("Riket", 25.0, "25")), "procent", "", "")
STACK = StackedChart(
    "Titel",
    "",
    (
        StackedBar("Kalmar", (Segment(Mark.JA, 6, "6"), Segment(Mark.NEJ, 3, "3"))),
        StackedBar("Riket", (Segment(Mark.JA, 4, "4"), Segment(Mark.NEJ, 5, "5"))),
    ),
    ((Mark.JA, "Ja"), (Mark.NEJ, "Nej")),
    "kommuner",
    "",
    "",
)
TREND = TrendChart(
    "Titel",
    "",
    (2018, 2019),
    (
        Line("Kalmar", Role.OWN, ((Point(2018, 40.0, "40"), Point(2019, 60.0, "60")),)),
        Line("Riket", Role.RIKET, ((Point(2018, 20.0, "20"), Point(2019, 30.0, "30")),)),
    ),
    (),
    "procent",
    "",
    "",
)
GROUND = "q 1 1 1 rg 0.00 0.00 m 200.00 0.00 l 200.00 100.00 l 0.00 100.00 l h f Q "


def _bars(*boxes: tuple[float, float, float]) -> bytes:
    """Bars by their bottom, top and length."""
    drawn = (
        f"q 0 0 0 rg 50.00 {low:.2f} m {50 + long:.2f} {low:.2f} l {50 + long:.2f} {high:.2f} l 50.00 {high:.2f} l h f Q "
        for low, high, long in boxes
    )
    return (GROUND + "".join(drawn)).encode()


def _line(*heights: float) -> bytes:
    points = (f"{100 * n:.2f} {y:.2f} {'l' if n else 'm'} " for n, y in enumerate(heights))
    return f"q 0 0 0 RG 1 w 1 j 0 J {''.join(points)}S Q ".encode()


def _labels(*placed: tuple[float, float, str]) -> tuple[Label, ...]:
    return tuple(Label(x, y, text) for x, y, text in placed)


_BAR_TEXTS = _labels((0, 83, "Kalmar län "), (104, 83, "50 "), (0, 63, "Riket "), (79, 63, "25 "))
_WHOLE = _bars((80, 90, 50), (60, 70, 25))


def test_bars_in_their_places_are_right() -> None:
    assert misplaced(BARS, Drawing(_BAR_TEXTS, _WHOLE)) is None


def test_a_name_on_two_lines_has_its_value_between_them() -> None:
    texts = _labels((0, 87, "Kalmar "), (0, 79, "län "), (104, 83, "50 "), (0, 63, "Riket "), (79, 63, "25 "))
    assert misplaced(BARS, Drawing(texts, _WHOLE)) is None


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (_bars((80, 90, 50)), ("the number of bars drawn", "2", "1")),
        (_bars((80, 90, 50), (60, 70, 40)), ("the length of the bar “Riket”", "25", "40")),
        (_bars((80, 90, 50), (40, 50, 25)), ("the bar beside “Riket”", "25", "")),
        (_bars((60, 70, 50), (80, 90, 25)), ("the bar beside “Kalmar län”", "50", "")),
    ],
    ids=["one too few", "too long", "in no row", "changed rows"],
)
def test_bars_that_do_not_fit_their_values_are_told(code: bytes, fault: tuple[str, str, str]) -> None:
    assert misplaced(BARS, Drawing(_BAR_TEXTS, code)) == fault


_STACK_TEXTS = (
    (0, 95, "Ja "),
    (40, 95, "Nej "),
    (0, 80, "Kalmar "),
    (60, 80, "6 "),
    (90, 80, "3 "),
    (0, 60, "Riket "),
    (55, 60, "4 "),
)


@pytest.mark.parametrize("last", [(), ((80, 60, "5 "),)])
def test_a_stacked_bar_may_leave_out_a_number(last: tuple[tuple[float, float, str], ...]) -> None:
    assert misplaced(STACK, Drawing(_labels(*_STACK_TEXTS, *last))) is None


@pytest.mark.parametrize(
    ("n", "place", "fault"),
    [
        (3, (95, 80, "6 "), ("what is drawn beside “Kalmar”", "6 3", "3 6")),
        (4, (90, 60, "3 "), ("what is drawn beside “Kalmar”", "6 3", "6")),
        (5, (0, 85, "Riket "), ("the place of “Riket”", "below the row before it", "above it")),
    ],
)
def test_a_number_of_a_stacked_bar_in_another_place_is_told(
    n: int, place: tuple[float, float, str], fault: tuple[str, str, str]
) -> None:
    texts = (*_STACK_TEXTS[:n], place, *_STACK_TEXTS[n + 1 :])
    assert misplaced(STACK, Drawing(_labels(*texts))) == fault


_SCALE = ((0, 17, "0 "), (0, 117, "100 "), (20, 5, "2018 "), (120, 5, "2019 "))
_VALUES = ((24, 27, "20 "), (24, 67, "40 "), (124, 37, "30 "), (124, 87, "60 "))
_NAMES = ((140, 77, "Kalmar "), (140, 47, "Riket "))
_LINES = _line(60, 80) + _line(40, 50)


def test_a_trend_in_its_places_is_right() -> None:
    assert misplaced(TREND, Drawing(_labels(*_SCALE, *_VALUES, *_NAMES), _LINES)) is None


@pytest.mark.parametrize(
    ("texts", "code", "what"),
    [
        ((*_SCALE[2:], *_VALUES, *_NAMES), _LINES, "the years below the lines"),
        ((*_SCALE, *_VALUES[:3]), _LINES, "the value of “Kalmar” at 2019"),
        ((*_SCALE, _VALUES[0], (24, 167, "40 "), *_VALUES[2:], *_NAMES), _LINES, "the value of “Kalmar” at 2018"),
        ((*_SCALE, _VALUES[0], (124, 67, "40 "), *_VALUES[2:], *_NAMES), _LINES, "the value of “Kalmar” at 2018"),
        ((*_SCALE, *_VALUES), _LINES, "the lines' names"),
        ((*_SCALE, *_VALUES, (140, 37, "Kalmar "), _NAMES[1]), _LINES, "the name “Riket”"),
        ((*_SCALE, *_VALUES, *_NAMES), _line(60, 80) + _line(40, 60), "the line “Riket” through its points"),
        ((*_SCALE, *_VALUES, *_NAMES), _line(60, 80), "the line “Riket” through its points"),
    ],
    ids=["no scale", "no value", "too high", "another year", "no names", "another line's name", "another line", "no line"],
)
def test_what_is_out_of_place_in_a_trend_is_told(texts: tuple[tuple[float, float, str], ...], code: bytes, what: str) -> None:
    found = misplaced(TREND, Drawing(_labels(*texts), code))
    assert found is not None
    assert found[0] == what


def test_a_trend_without_years_draws_nothing() -> None:
    assert misplaced(TrendChart("Titel", "", (), (), (), "", "", ""), Drawing()) is None
