"""Kontrollräkning: the shares that a workbook states, held against the shares that its units add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP

from ojreport.analysis.compare import BORTFALL_LIMIT, GroupShare, group_units, official_row
from ojreport.model.area import Group, GroupKind
from ojreport.model.indicator import Indicator, Part
from ojreport.model.results import Edition, Finding, Results, Severity
from ojreport.model.value import Answer, Count, Missing, Reason, Share, Sign

KIND = "stated-share"


def share_findings(results: Results, groups: Iterable[Group], year: int) -> tuple[Finding, ...]:
    """A warning for each share of riket or a län that differs by more than rounding from what its units add up to.

    It names the cell that states the share. A län that is not shown for its bortfall has none, nor has one whose units have no
    answer at all. All groups of an edition are gone through at once, so the units are counted here by value, and not one by one.
    """
    asked = tuple(i for i in results.indicators_of(year) if i.scale.has_ja)
    return tuple(f for group in groups if official_row(group) for f in _of_group(results, asked, group, year))


@dataclass(frozen=True, slots=True)
class _Counted:
    """What the units of a group answered."""

    units: int
    answered: int
    ja: int
    sekretess: int
    bortfall: int

    @property
    def bortfall_too_high(self) -> bool:
        return 100 * self.bortfall > BORTFALL_LIMIT * self.units


def _of_group(results: Results, asked: Iterable[Indicator], group: Group, year: int) -> Iterator[Finding]:
    edition, row = results.edition(year), official_row(group)
    units = group_units(results, group, year)
    for indicator in asked:
        stated = results.value(indicator.id, row, year)
        if not isinstance(stated, Share):
            continue
        counted = _count(edition, indicator, units)
        hidden = group.kind is GroupKind.LAN and indicator.part is not Part.REGISTER and counted.bortfall_too_high
        if hidden or not counted.answered:
            continue
        share = GroupShare(stated.percent, Count(counted.ja, counted.answered), official=True)
        if not share.agrees:
            origin = results.observation(indicator.id, row, year).origin
            message = f"{group.name}, {indicator.id} {indicator.short}: {_difference(share, counted)}"
            yield Finding(Severity.WARNING, KIND, message, origin.file, origin.sheet, origin.cell)


def _count(edition: Edition, indicator: Indicator, units: tuple[str, ...]) -> _Counted:
    """The answers of *units*; an edition has few different values, so each is looked at once."""
    cells = edition.cells[indicator.id]
    signs = [option.sign for option in indicator.scale.options]
    places = Counter([cells[unit][0] for unit in units if unit in cells])
    answered = ja = sekretess = 0
    bortfall = len(units) - places.total()  # without a row, or a cell in it
    for place, number in places.items():
        match edition.values[place]:
            case Answer(option):
                answered += number
                ja += number if signs[option] is Sign.JA else 0
            case Missing(Reason.SEKRETESS):
                sekretess += number
            case Missing(Reason.EJ_TILLAMPLIG):
                pass
            case _:  # a share or a number, which is no answer of a unit, is told of by the reader
                bortfall += number
    return _Counted(len(units), answered, ja, sekretess, bortfall)


def _difference(share: GroupShare, counted: _Counted) -> str:
    """Both figures, with the decimals that the file states."""
    sums = share.count.percent.quantize(share.percent, rounding=ROUND_HALF_UP)
    kept_back = f"; {counted.sekretess} more kept back (sekretess)" if counted.sekretess else ""
    return (
        f"the file states {share.percent} percent, but {counted.ja} of {counted.answered} units answer Ja, "
        f"which is {sums} percent{kept_back}"
    )
