"""Kontrollräkning: the shares that a workbook states, held against the shares that its units add up to."""

from __future__ import annotations

from collections.abc import Iterable

from ojreport.analysis.compare import GroupResult, GroupShare, group_result, official_row
from ojreport.model.area import Group
from ojreport.model.results import Finding, Results, Severity


def differing(results: Results, groups: Iterable[Group], year: int) -> tuple[GroupResult, ...]:
    """The results of riket and län whose stated share differs from the counted one by more than rounding."""
    compared = (
        group_result(results, indicator, group, year)
        for group in groups
        for indicator in results.indicators_of(year)
        if indicator.scale.has_ja
    )
    return tuple(r for r in compared if isinstance(r.value, GroupShare) and not r.value.agrees)


def share_findings(results: Results, groups: Iterable[Group], year: int) -> tuple[Finding, ...]:
    """A warning for each stated share that its units do not add up to, with the cell that states it."""
    return tuple(_finding(results, r) for r in differing(results, groups, year))


def _finding(results: Results, result: GroupResult) -> Finding:
    value = result.value
    if not isinstance(value, GroupShare):
        raise TypeError(value)
    origin = results.observation(result.indicator.id, official_row(result.group), result.year).origin
    message = (
        f"{result.group.name}, {result.indicator.id} {result.indicator.short}: the file states {value.whole} percent, but "
        f"{value.count.numerator} of {value.count.denominator} units answer Ja"
    )
    return Finding(Severity.WARNING, "share", message, origin.file, origin.sheet, origin.cell)
