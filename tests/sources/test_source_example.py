"""The five example workbooks, five layouts: what was published comes out, and what is counted is what is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from published import ANSWERED, KALMAR, RIKET

from ojreport.catalogue import Catalogue
from ojreport.model.indicator import Part
from ojreport.model.results import Results
from ojreport.model.value import Answer, Count, Missing, Number, Reason, Share, Sign, whole
from ojreport.sources import example_folder, load_results

PUBLISHED = [(year, name, *limits) for year, given in RIKET.items() for name, limits in given.items()]
ANSWERS = [(year, name, word) for year, given in KALMAR.items() for name, word in given.items()]


@pytest.fixture(scope="module")
def results(catalogue: Catalogue) -> Results:
    return load_results([example_folder()], catalogue, cache=False)


@cache
def sheet(file: str, name: str) -> Any:
    """A sheet as openpyxl reads it, which is not how the program reads it."""
    from openpyxl import load_workbook  # noqa: PLC0415 - only here

    return load_workbook(example_folder() / file)[name]


def ja(results: Results, indicator: str, year: int, members: tuple[str, ...] | None = None) -> Count | None:
    """How many of the units that answered said Ja."""
    options = results.indicators[indicator].scale.options
    given = [v for u in results.units(year, members) if isinstance(v := results.value(indicator, u, year), Answer)]
    return Count(sum(options[v.option].sign is Sign.JA for v in given), len(given)) if given else None


def ja_indicators(results: Results) -> Iterator[tuple[int, str]]:
    """Every (year, indicator) of which a share of Ja can be counted."""
    for year in results.years:
        yield from ((year, i.id) for i in results.indicators_of(year) if i.scale.has_ja)


@pytest.mark.parametrize(("year", "indicator", "lowest", "highest"), PUBLISHED)
def test_each_published_share_is_read(results: Results, year: int, indicator: str, lowest: int, highest: int) -> None:
    value = results.value(indicator, "00", year)
    assert isinstance(value, Share)
    assert lowest <= whole(value.percent) <= highest


@pytest.mark.parametrize(("year", "indicator", "lowest", "highest"), PUBLISHED)
def test_each_published_share_is_counted_from_the_units(
    results: Results, year: int, indicator: str, lowest: int, highest: int
) -> None:
    count = ja(results, indicator, year)
    assert count
    assert lowest <= whole(count.percent) <= highest


@pytest.mark.parametrize(("year", "indicator", "word"), ANSWERS)
def test_each_published_answer_of_kalmar_is_read(results: Results, year: int, indicator: str, word: str) -> None:
    value = results.value(indicator, "0880", year)
    assert isinstance(value, Answer)
    assert results.indicators[indicator].scale.option(value).label == word


@pytest.mark.parametrize(("year", "part"), list(ANSWERED))
def test_the_published_share_of_units_answered(results: Results, year: int, part: str) -> None:
    asked = [i.id for i in results.indicators_of(year) if i.part is Part(part)]
    bortfall = Missing(Reason.BORTFALL)
    answered = sum(any(results.value(i, u, year) != bortfall for i in asked) for u in results.units(year))
    assert whole(Count(answered, len(results.units(year))).percent) == ANSWERED[year, part]


def test_riket_counted_is_riket_read_for_every_indicator_with_ja(results: Results) -> None:
    seen = 0
    for year, indicator in ja_indicators(results):
        read, count = results.value(indicator, "00", year), ja(results, indicator, year)
        assert isinstance(read, Share)
        assert count
        assert whole(count.percent) == whole(read.percent), (year, indicator)
        seen += 1
    assert seen == sum(i.scale.has_ja and year in i.years for i in results.indicators.values() for year in results.years)


def test_every_lan_counted_is_the_lan_read_unless_its_bortfall_is_over_20_percent(results: Results) -> None:
    for year, indicator in ja_indicators(results):
        for area in (a for a in results.edition(year).areas if a.level == "lan"):
            read = results.value(indicator, area.code, year)
            units = results.units(year, (area.code,))
            gone = sum(results.value(indicator, u, year) == Missing(Reason.BORTFALL) for u in units)
            count = ja(results, indicator, year, (area.code,))
            if isinstance(read, Share):
                assert count
                assert whole(count.percent) == whole(read.percent), (year, indicator, area)
            else:
                assert 100 * gone > 20 * len(units) or count is None


def test_every_indicator_of_the_year_is_in_its_edition_and_nothing_else(results: Results) -> None:
    for year in results.years:
        assert set(results.edition(year).cells) == {i.id for i in results.indicators.values() if year in i.years}


def test_312_units_21_lan_and_riket_in_every_edition(results: Results) -> None:
    for year in results.years:
        assert len(results.units(year)) == 312
        assert len([a for a in results.edition(year).areas if a.level == "lan"]) == 21
        assert results.has_area("00", year)


def test_nothing_in_the_examples_is_misunderstood(results: Results) -> None:
    assert [f for f in results.findings if f.severity == "error"] == []
    assert {f.kind for f in results.findings if f.severity == "warning"} <= {"similar-title"}
    assert results.example


def test_every_value_is_what_stands_in_the_cell_that_it_names(results: Results) -> None:
    """Each 29th value is looked up with openpyxl."""
    places = [(y, i, code) for y in results.years for i, column in results.edition(y).cells.items() for code in column][::29]
    for year, indicator, code in places:
        seen = results.observation(indicator, code, year)
        raw = sheet(seen.origin.file, seen.origin.sheet)[seen.origin.cell].value
        text = re.sub(r"[\s\u00a0]+", " ", str("" if raw is None else raw)).strip().casefold()
        match seen.value:
            case Missing():
                assert text in ("", "-", "–", "—", ".", "..", "x")
            case Answer(option):
                label = results.indicators[indicator].scale.options[option].label.casefold()
                assert text.replace("-", "–") == label.replace("-", "–") or text.isdigit()
            case Share(number) | Number(number):
                plain = float(text.replace(",", ".").replace("%", ""))
                assert float(number) in (pytest.approx(plain), pytest.approx(100 * plain))


def test_the_sheet_of_the_areas_name_is_the_row_of_its_values(results: Results) -> None:
    """The row that Kalmar's answers stand in begins with Kalmar's code and name."""
    for year in results.years:
        for indicator in results.edition(year).cells:
            origin = results.observation(indicator, "0880", year).origin
            if origin.cell:
                row = int(re.sub(r"\D", "", origin.cell))
                cells = [str(c.value) for c in sheet(origin.file, origin.sheet)[row][:3]]
                assert "Kalmar" in cells
                assert {"0880", "880"} & set(cells)
