"""Kontrollräkning: the shares that a workbook states, held against the shares that its units add up to."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP

from ojreport.analysis.compare import GroupShare, group_units, group_value, official_row, tally
from ojreport.model.area import Group
from ojreport.model.results import Finding, Results, Severity

KIND = "stated-share"


def share_findings(results: Results, groups: Iterable[Group], year: int) -> tuple[Finding, ...]:
    """A warning for each share of riket or a län that differs by more than rounding from what its units add up to.

    It names the cell that states the share. A län that is not shown for its bortfall has none, nor has one whose units have no
    answer at all.
    """
    found = []
    asked = tuple(i for i in results.indicators_of(year) if i.scale.has_ja)
    for group in (group for group in groups if official_row(group)):
        units = group_units(results, group, year)
        for indicator in asked:
            counted = tally(results, indicator, units, year)
            share = group_value(results, indicator, group, year, counted)
            if isinstance(share, GroupShare) and not share.agrees:
                cell = results.observation(indicator.id, official_row(group), year).origin
                about = f"{group.name}, {indicator.id} {indicator.short}: {_difference(share, counted.sekretess)}"
                found.append(Finding(Severity.WARNING, KIND, about, cell.file, cell.sheet, cell.cell))
    return tuple(found)


def _difference(share: GroupShare, sekretess: int) -> str:
    """Both figures, with the decimals that the file states."""
    count = share.count
    sums = count.percent.quantize(share.percent, rounding=ROUND_HALF_UP)
    kept_back = f"; {sekretess} more kept back (sekretess)" if sekretess else ""
    return (
        f"the file states {share.percent} percent, but {count.numerator} of {count.denominator} units answer Ja, "
        f"which is {sums} percent{kept_back}"
    )
