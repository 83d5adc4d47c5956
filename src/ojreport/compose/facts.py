"""Facts: each printed number with the cells that it was read or counted from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ojreport.analysis.compare import GroupResult, group_units, official_row
from ojreport.analysis.profile import Standing
from ojreport.compose.document import Fact
from ojreport.model.area import Group
from ojreport.model.results import Results
from ojreport.model.value import Origin

A1 = re.compile(r"([A-Z]+)(\d+)")


def ranges(cells: Iterable[str]) -> tuple[str, ...]:
    """Cells of one sheet as few ranges: F3, F4, F5, F8 → F3:F5, F8."""
    found: list[tuple[str, int, int]] = []
    for column, row in sorted((m[1], int(m[2])) for m in map(A1.fullmatch, cells) if m):
        if found and found[-1][0] == column and found[-1][2] == row - 1:
            found[-1] = (column, found[-1][1], row)
        else:
            found.append((column, row, row))
    return tuple(f"{c}{first}" if first == last else f"{c}{first}:{c}{last}" for c, first, last in found)


@lru_cache(maxsize=1_000)  # as analysis.compare.group_result
def group_origins(results: Results, indicator: str, group: Group, year: int) -> tuple[Origin, ...]:
    """The group's own cell, where it has one, then the ranges of the units that it is counted over."""
    if not results.asked(indicator, year):
        return ()
    edition = results.edition(year)
    cells = edition.cells[indicator]
    by_sheet: dict[int, list[str]] = {}
    for unit in group_units(results, group, year):
        if unit in cells:
            _, sheet, cell = cells[unit]
            by_sheet.setdefault(sheet, []).append(cell)
    row = official_row(group)
    own = [(cells[row][1], cells[row][2])] if row in cells else []
    counted = [(sheet, place) for sheet, found in by_sheet.items() for place in ranges(found)]
    return tuple(Origin(edition.file, edition.sha256, edition.sheets[sheet], place) for sheet, place in (*own, *counted))


def group_fact(results: Results, result: GroupResult, text: str) -> Fact:
    """A group's result as printed."""
    origins = group_origins(results, result.indicator.id, result.group, result.year)
    return Fact(text, result.indicator.id, result.group.id, result.year, origins)


def own_fact(standing: Standing, area: str, year: int, text: str) -> Fact:
    """The area's own result as printed."""
    return Fact(text, standing.indicator.id, area, year, tuple(o.origin for o in standing.own.observations))
