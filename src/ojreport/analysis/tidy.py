"""Results as tidy rows: one for each cell that was read, that is for each area, indicator and year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from ojreport.analysis.compare import group_units, tally
from ojreport.model.area import Area, Group, Level
from ojreport.model.indicator import Indicator
from ojreport.model.results import Results
from ojreport.model.value import Answer, Missing, Number, Share, Value

STATES = ("answer", "share", "number", "missing")


class Row(NamedTuple):
    """One cell. None stands where a state has no such field; *share* is in percent, as the workbook gives it.

    *numerator* and *denominator* are counted: the units that answered Ja, and those that answered, where riket or a län states a
    share and any of its units answered.
    """

    area_code: str
    area: str
    level: str
    indicator: str
    title: str
    year: int
    state: str
    answer: str | None
    share: Decimal | None
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    reason: str | None
    file: str
    sheet: str
    cell: str


def tidy_rows(
    results: Results,
    year: int,
    groups: Iterable[Group],
    indicators: Collection[str] | None = None,
    areas: Collection[str] | None = None,
    levels: Collection[Level] | None = None,
) -> Iterator[Row]:
    """The cells of one edition, by indicator in the catalogue's order and by area code.

    An area that the file has no cell for has no row here. *groups* are riket and the län, whose shares are counted;
    *indicators*, *areas* and *levels* choose by id, code and level, None takes all.
    """
    known = {g.id: g for g in groups}
    chosen = [
        a for a in results.edition(year).areas if (areas is None or a.code in areas) and (levels is None or a.level in levels)
    ]
    for indicator in results.indicators_of(year):
        if indicators is None or indicator.id in indicators:
            yield from _of_indicator(results, indicator, year, chosen, known)


def _of_indicator(
    results: Results, indicator: Indicator, year: int, areas: Iterable[Area], groups: Mapping[str, Group]
) -> Iterator[Row]:
    edition = results.edition(year)
    cells, sheets, file = edition.cells[indicator.id], edition.sheets, edition.file
    fields = [_fields(value, indicator) for value in edition.values]
    id_, title = indicator.id, indicator.title
    for area in areas:
        found = cells.get(area.code)
        if found is None:
            continue
        value, sheet, cell = found
        state, answer, share, number, reason = fields[value]
        numerator = denominator = None
        if share is not None and area.code in groups:
            numerator, denominator = _counted(results, indicator, groups[area.code], year)
        yield Row(
            area.code,
            area.name,
            area.level.value,
            id_,
            title,
            year,
            state,
            answer,
            share,
            numerator,
            denominator,
            number,
            reason,
            file,
            sheets[sheet],
            cell,
        )


_Fields = tuple[str, str | None, Decimal | None, Decimal | None, str | None]  # state, answer, share, value, reason


def _fields(value: Value, indicator: Indicator) -> _Fields:
    """What *value* puts into a row. An edition's answers are shared by its indicators, and mean what each one's scale says."""
    match value:
        case Answer(option):
            options = indicator.scale.options
            return "answer", options[option].label if option < len(options) else None, None, None, None
        case Share(percent):
            return "share", None, percent, None, None
        case Number(amount):
            return "number", None, None, amount, None
        case Missing(reason):
            return "missing", None, None, None, reason.value


def _counted(results: Results, indicator: Indicator, group: Group, year: int) -> tuple[int, int] | tuple[None, None]:
    counted = tally(results, indicator, group_units(results, group, year), year)
    return (counted.ja, counted.answered) if counted.answered else (None, None)
