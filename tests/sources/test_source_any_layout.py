"""The same results come back from any layout and format: each way of writing alone, and any of them together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from any_layout import RESULTS, TITLES, WAYS, heading_of, keys_of
from any_shape import BY_YEAR, ONE, TWO, Way, dimension_sheets, indicator_sheets, level_sheets
from formats import WRITERS, Made, Sheets
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from read_back import Read, accounts

from ojreport.catalogue import Catalogue, load_catalogue
from ojreport.errors import SourceError
from ojreport.sources import load_results

PLAIN = {kind: ways[0] for kind, ways in WAYS.items()}
ALONE = [(kind, way) for kind, ways in WAYS.items() for way in ways[1:]]
SHAPES = {shape.__name__: shape for shape in (*ONE, *TWO)}
ANY_WAY = st.fixed_dictionaries({kind: st.sampled_from(ways) for kind, ways in WAYS.items()})
ANY_FORM = st.sampled_from(["xlsx"] * 4 + ["xlsm", "ods", "xlsb", "xls"])
FEW = (dimension_sheets, indicator_sheets, level_sheets)  # sheets with too few shares to tell how they are written

# What stands wrongly in a cell.
WRONG = ["Kanske", "ca 60", "<5", 17, 250.5, -3, "2019-05-01", "Ja/Nej", "1,2,3", "#N/A", "Kalmar", "0880", 1e300, "?"]
PROPERTY = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=500
)


def read(folder: Path, shape: Callable[[Way], Sheets], sheets: Sheets, form: str = "xlsx") -> Read:
    """What is read of *sheets*, in a file that is named as one of that shape is."""
    catalogue: Catalogue = load_catalogue()
    path = folder / f"oj-{'2018-2019' if shape in TWO else '2019'}.{form}"
    path.write_bytes(WRITERS[form](sheets))
    return Read(load_results([path], catalogue, cache=False))


def is_whole(found: Read, shape: Callable[[Way], Sheets], way: Way) -> None:
    """Every result is there, none is another, none is added, and there is no finding but what must be said.

    Stadsdelar without names are told by the catalogue's own numbers, and shares in a sheet of few by the other sheets.
    """
    for year, results in (BY_YEAR if shape in TWO else {2019: RESULTS}).items():
        for code, (_, values) in results.items():
            assert [found.value(i, code, year) for i in TITLES] == list(values), (year, code)
        assert sum(map(len, found.results.edition(year).cells.values())) == len(RESULTS) * len(TITLES)
    kinds = {f.kind for f in found.results.findings if f.severity != "note"} - {"units-missing", "indicators-missing"}
    kinds -= {"stadsdel-code"} if way["keys"] == "code" else set()
    assert kinds <= ({"fraction-or-percent"} if shape in FEW else set())


def fitting(shape: Callable[[Way], Sheets], way: Way) -> Way:
    """*way*, but that a län without a value is no heading: where it is the row's only cell, that can not be told."""
    return {**way, "missing": PLAIN["missing"]} if shape is indicator_sheets else way


@pytest.mark.parametrize("shape", SHAPES)
def test_each_way_of_writing_is_understood_alone(tmp_path: Path, shape: str) -> None:
    for kind, way in ALONE:
        own = fitting(SHAPES[shape], {**PLAIN, kind: way})
        is_whole(read(tmp_path, SHAPES[shape], SHAPES[shape](own)), SHAPES[shape], own)


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_is_understood_in_each_format(tmp_path: Path, shape: str, form: str) -> None:
    is_whole(read(tmp_path, SHAPES[shape], SHAPES[shape](PLAIN), form), SHAPES[shape], PLAIN)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("layouts")


@PROPERTY
@given(shape=st.sampled_from(list(SHAPES.values())), way=ANY_WAY, form=ANY_FORM)
def test_any_ways_of_writing_are_understood_together(
    folder: Path, shape: Callable[[Way], Sheets], way: Mapping[str, str], form: str
) -> None:
    way = fitting(shape, way)
    is_whole(read(folder, shape, shape(way), form), shape, way)


@settings(PROPERTY, max_examples=250)
@given(shape=st.sampled_from(list(SHAPES.values())), way=ANY_WAY, data=st.data())
def test_what_is_not_understood_is_reported_and_never_lost(
    folder: Path, shape: Callable[[Way], Sheets], way: Mapping[str, str], data: st.DataObject
) -> None:
    """Every cell below the headings is an observation of that cell, or its own, its row's or its column's finding."""
    sheets = dict(shape(fitting(shape, way)))
    name = data.draw(st.sampled_from(list(sheets)))
    rows = [list(row) for row in sheets[name].rows]
    filled = [(r, c) for r, row in enumerate(rows) for c, v in enumerate(row) if v is not None]
    for r, c in data.draw(st.lists(st.sampled_from(filled), max_size=4)):
        rows[r][c] = data.draw(st.sampled_from(WRONG))
    for at in data.draw(st.lists(st.integers(0, len(rows)), max_size=2)):
        rows.insert(
            at, list(data.draw(st.sampled_from([["Ankeborg", None, "Ja", "Nej"], ["Totalt", None, 12], ["", 9999, "Ja"]])))
        )
    sheets[name] = Made(rows)
    try:
        found = read(folder, shape, sheets)
    except SourceError:
        return
    accounts(found.results, sheets, {*keys_of(way), *(heading_of(i, way) for i in TITLES)})
