"""Kontrollräkning: the shares that a workbook states, held against the shares that its units add up to."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP

from ojreport.analysis.compare import GroupResult, GroupShare, group_result, official_row
from ojreport.model.area import Group
from ojreport.model.results import Finding, Results, Severity

KIND = "stated-share"


def share_findings(results: Results, groups: Iterable[Group], year: int) -> tuple[Finding, ...]:
    """A warning for each share of riket or a län that differs by more than rounding from what its units add up to.

    It names the cell that states the share. A län that is not shown for its bortfall has none, nor has one whose units have no
    answer at all.
    """
    asked = tuple(i for i in results.indicators_of(year) if i.scale.has_ja)
    stated = (group_result(results, i, group, year) for group in groups if official_row(group) for i in asked)
    return tuple(_finding(results, r, r.value) for r in stated if isinstance(r.value, GroupShare) and not r.value.agrees)


def _finding(results: Results, result: GroupResult, share: GroupShare) -> Finding:
    origin = results.observation(result.indicator.id, official_row(result.group), result.year).origin
    about = f"{result.group.name}, {result.indicator.id} {result.indicator.short}"
    return Finding(
        Severity.WARNING,
        KIND,
        f"{about}: {_difference(share, result.tally.sekretess)}",
        origin.file,
        origin.sheet,
        origin.cell,
    )


def _difference(share: GroupShare, sekretess: int) -> str:
    """Both figures, with the decimals that the file states."""
    count = share.count
    sums = count.percent.quantize(share.percent, rounding=ROUND_HALF_UP)
    kept_back = f"; {sekretess} more kept back (sekretess)" if sekretess else ""
    return (
        f"the file states {share.percent} percent, but {count.numerator} of {count.denominator} units answer Ja, "
        f"which is {sums} percent{kept_back}"
    )
