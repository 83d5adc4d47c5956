"""Charts: what is drawn, where, and that nothing collides."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from sample_document import LAN_CHART, SMALL_CHART, STACKED, TREND

from ojreport.compose.document import Bar, BarChart, BreakMark, Line, Point, Reference, Role, TrendChart
from ojreport.render.charts import as_png, as_svg, draw, natural_height
from ojreport.render.charts.sheet import spread
from ojreport.render.theme import Theme

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

    from ojreport.compose.document import FigureSpec

THEME = Theme()
ALL = (LAN_CHART, SMALL_CHART, TREND, STACKED)


def _trend(*values: int) -> TrendChart:
    """One line of *values* from 2016 on, cut at the break of TREND."""
    points = tuple(Point(2016 + n, value, str(value)) for n, value in enumerate(values))
    return replace(TREND, lines=(Line("Västernorrlands län", Role.OWN, (points[:3], points[3:])),))


STEEP = (_trend(100, 100, 100, 100, 100), _trend(86, 100, 83, 100, 100), replace(_trend(0, 0, 0, 100, 0), breaks=()))
VALLEY = replace(
    TREND,
    breaks=(),
    lines=(Line("Län", Role.OWN, (tuple(Point(2016 + n, v, str(v)) for n, v in enumerate((86, 100, 83, 83, 100))),)),),
)
HAIR = 1.0  # points


def _draw(spec: FigureSpec, width: float = 160) -> Figure:
    return draw(spec, THEME, (width, natural_height(spec)))


def _named(figure: Figure, name: str) -> list[Artist]:
    return [artist for artist in figure.get_children() if artist.get_gid() == name]


def _boxes(figure: Figure, *names: str) -> list[Bbox]:
    """Boxes in points, measured large, where hinting does not count."""
    figure.set_dpi(720)
    renderer = FigureCanvasAgg(figure).get_renderer()
    chosen = [a for a in figure.get_children() if a.get_gid() in names or (not names and isinstance(a, Text))]
    return [Bbox(artist.get_window_extent(renderer).get_points() / 10) for artist in chosen]


def _texts(figure: Figure, name: str) -> list[str]:
    return [artist.get_text() for artist in _named(figure, name) if isinstance(artist, Text)]


def test_a_chart_of_all_lan_fits_160_by_95_millimetres_in_readable_type() -> None:
    figure = _draw(LAN_CHART)
    assert len(LAN_CHART.bars) == 21
    assert natural_height(LAN_CHART) <= 95.01
    assert min(artist.get_fontsize() for artist in figure.texts + figure.get_children() if isinstance(artist, Text)) >= 8


def test_bars_keep_their_order_and_say_their_values() -> None:
    assert _texts(_draw(LAN_CHART), "value") == [bar.text for bar in LAN_CHART.bars]


def test_bars_of_a_short_chart_are_not_thick() -> None:
    """Two bars on a tall sheet stay bars and do not become blocks."""
    two = replace(SMALL_CHART, bars=SMALL_CHART.bars[:2])
    heights = [box.height for box in _boxes(draw(two, THEME, (160, 80)), "bar")]
    assert heights == pytest.approx([13, 13])


def test_the_own_lan_is_primary_the_kommun_highlight_and_the_rest_bar() -> None:
    colours = [tuple(round(c * 255) for c in artist.get_facecolor()[:3]) for artist in _named(_draw(SMALL_CHART), "bar")]  # type: ignore[attr-defined]
    assert ["#{:02X}{:02X}{:02X}".format(*colour) for colour in colours] == [THEME.highlight, THEME.primary, THEME.bar]


@pytest.mark.parametrize("riket", [0, 11, 37, 47, 58, 60, 62, 63, 64, 80, 83, 96, 100])
@pytest.mark.parametrize("width", [77, 160])
def test_no_value_stands_on_the_line_of_riket_wherever_it_runs(riket: int, width: float) -> None:
    figure = _draw(replace(LAN_CHART, reference=Reference(f"Riket {riket}", riket)), width)
    (line,) = _boxes(figure, "reference")
    for value in _boxes(figure, "value", "reference label"):
        beside = value.x0 > line.x1 or value.x1 < line.x0
        above = value.y0 > line.y1
        assert beside or above


@pytest.mark.parametrize("spec", [*ALL, *STEEP, VALLEY], ids=lambda spec: type(spec).__name__)
@pytest.mark.parametrize("width", [77, 160])
def test_no_text_runs_over_another_or_out_of_the_sheet(spec: FigureSpec, width: float) -> None:
    figure = _draw(spec, width)
    boxes = _boxes(figure)
    for box in boxes:
        assert box.x0 >= -HAIR
        assert box.x1 <= figure.bbox.width / 10 + HAIR
        assert box.y0 >= -HAIR
        assert box.y1 <= figure.bbox.height / 10 + HAIR
    for one, other in combinations(boxes, 2):
        wide = min(one.x1, other.x1) - max(one.x0, other.x0)
        high = min(one.y1, other.y1) - max(one.y0, other.y0)
        assert wide <= HAIR or high <= 4  # boxes reach from ascender to descender: letters are lower


def test_a_long_label_is_divided_and_stays_on_the_sheet() -> None:
    long = "Kommuner och stadsdelar i Stockholm och Göteborg som liknar kommunen"
    figure = _draw(replace(SMALL_CHART, bars=(Bar(long, 50, "50"), *SMALL_CHART.bars)), 77)
    assert " ".join(_texts(figure, "label")[:2]) == long


def test_points_are_joined_inside_a_run_and_never_across_a_break() -> None:
    figure = _draw(TREND)
    runs = _named(figure, "run")
    (mark,) = _boxes(figure, "break")
    assert len(runs) == sum(len(run) > 1 for line in TREND.lines for run in line.runs)
    for box in _boxes(figure, "run"):
        assert box.x1 < mark.x0 or box.x0 > mark.x1
    assert " ".join(_texts(figure, "break label")) == "Ny definition: CRAFT tillkom som fjärde program"


def test_breaks_beside_each_other_have_labels_apart() -> None:
    spec = replace(TREND, breaks=(BreakMark(2017, 2018, "Ny fråga ställdes"), BreakMark(2018, 2019, "Ny definition av program")))
    boxes = _boxes(_draw(spec), "break label")
    rows = {round(box.y0) for box in boxes}
    for row in rows:
        here = sorted((box for box in boxes if round(box.y0) == row), key=lambda box: box.x0)
        assert all(left.x1 <= right.x0 for left, right in pairwise(here))


def test_the_kommuns_own_answers_stand_under_their_years_in_words() -> None:
    figure = _draw(TREND)
    assert _texts(figure, "own label") == ["Kalmars eget svar"]
    assert _texts(figure, "own answer") == [answer.text for answer in TREND.own]


def test_each_line_is_named_and_each_point_valued() -> None:
    figure = _draw(TREND)
    assert sorted(_texts(figure, "line label")) == ["Kalmar län", "Riket"]
    assert sorted(_texts(figure, "value")) == sorted(p.text for line in TREND.lines for run in line.runs for p in run)


def test_a_trend_of_one_edition_is_a_point() -> None:
    one = replace(TREND, years=(2019,), breaks=(), own=(), lines=(replace(TREND.lines[0], runs=(TREND.lines[0].runs[1],)),))
    figure = _draw(one)
    assert not _named(figure, "run")
    assert len(_named(figure, "point")) == 1


def test_a_stacked_bar_says_its_counts_and_words_each_mark_that_it_has() -> None:
    figure = _draw(STACKED)
    assert _texts(figure, "count") == ["6", "3", "2", "1", "9", "3", "4", "4", "4"]
    assert _texts(figure, "legend") == ["Ja", "Delvis", "Nej", "Uppgift saknas (bortfall)"]


def test_a_bar_without_a_reference_has_no_line() -> None:
    assert not _named(_draw(replace(SMALL_CHART, reference=None)), "reference")


def test_a_number_axis_takes_its_own_maximum() -> None:
    spec = BarChart("t", "s", (Bar("Riket", 31.5, "31,5", Role.RIKET),), "per 100 000", "", "", maximum=40)
    figure = _draw(spec)
    assert _texts(figure, "value") == ["31,5"]


def test_places_are_spread_without_changing_their_order() -> None:
    assert spread([10, 11, 30], 10, 0, 100) == [10, 20, 30]
    assert spread([98, 99], 10, 0, 100) == [90, 100]


@pytest.mark.parametrize("as_bytes", [as_png, as_svg])
def test_the_same_figure_gives_the_same_bytes(as_bytes: object) -> None:
    assert callable(as_bytes)
    assert as_bytes(_draw(SMALL_CHART)) == as_bytes(_draw(SMALL_CHART))


def test_pictures_are_png_and_svg() -> None:
    assert as_png(_draw(SMALL_CHART), 100).startswith(b"\x89PNG")
    assert b"<svg" in as_svg(_draw(SMALL_CHART))


def test_the_drawing_for_a_pdf_does_without_matplotlibs_figure() -> None:
    """Importing it takes a quarter of a second of a single report."""
    program = (
        "import sys; import ojreport.render.pdf.document; print('matplotlib.figure' in sys.modules, 'matplotlib' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=True)
    assert shown.stdout == "False True\n"
