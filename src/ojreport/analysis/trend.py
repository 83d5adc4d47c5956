"""Series over the editions: cut at every break, with the last comparable edition found and nothing said across a break."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ojreport.analysis.compare import GroupResult, GroupShare, NotShown, ReadShare, group_result, group_units
from ojreport.model.area import Group, GroupKind
from ojreport.model.indicator import Break, Indicator
from ojreport.model.results import Results

KOMMUN = 4  # digits of a kommun's code; a stadsdel has more


def cut_between(breaks: Iterable[Break], indicator: str, first: int, last: int) -> tuple[Break, ...]:
    """The breaks that lie between two editions, oldest first; empty when the two may be compared."""
    return tuple(sorted((b for b in breaks if b.cuts(indicator, first, last)), key=lambda b: b.after))


def notes_between(breaks: Iterable[Break], indicator: str, first: int, last: int) -> tuple[Break, ...]:
    """The changes that are told but do not cut the series."""
    return tuple(b for b in breaks if b.note_only and b.lies_between(indicator, first, last))


def comparable_years(results: Results, indicator: str, year: int, breaks: Sequence[Break]) -> tuple[int, ...]:
    """The earlier editions that *year* may be compared with, newest first."""
    earlier = (y for y in reversed(results.years_of(indicator)) if y < year)
    return tuple(y for y in earlier if not cut_between(breaks, indicator, y, year))


@dataclass(frozen=True, slots=True)
class Series:
    """A group's results from its first to its last edition: *runs* may each be drawn as a line, and nothing between them."""

    indicator: Indicator
    group: Group
    runs: tuple[tuple[GroupResult, ...], ...]
    breaks: tuple[Break, ...]
    hidden: tuple[GroupResult, ...]  # asked, but not shown
    divided: tuple[int, ...] = ()  # editions whose stadsdelar are other areas than those of the edition before

    @property
    def points(self) -> tuple[GroupResult, ...]:
        """All results that are shown, oldest first."""
        return tuple(point for run in self.runs for point in run)

    def run_to(self, year: int) -> tuple[GroupResult, ...]:
        """The run that ends with the edition of *year*; empty when the group is not shown in it."""
        return self.runs[-1] if self.runs and self.runs[-1][-1].year == year else ()


def series(results: Results, indicator: Indicator, group: Group, until: int, breaks: Sequence[Break]) -> Series:
    """The group's series up to and with the edition *until*.

    A result that is not shown cuts the line too, and so does a new division into stadsdelar, or a stated share beside a counted
    one where the two ways do not agree.
    """
    years = tuple(y for y in results.years_of(indicator.id) if y <= until)
    runs: list[list[GroupResult]] = [[]]
    hidden: list[GroupResult] = []
    divided = tuple(b for a, b in pairwise(years) if not same_division(results, group, a, b))
    last = 0
    for year in years:
        result = group_result(results, indicator, group, year)
        if year in divided or (last and cut_between(breaks, indicator.id, last, year)):
            runs.append([])
        if runs[-1] and not same_way(runs[-1][-1], result):
            runs.append([])
        if isinstance(result.value, NotShown):
            hidden.append(result)
            runs.append([])
        else:
            runs[-1].append(result)
        last = year
    found = cut_between(breaks, indicator.id, years[0], years[-1]) if years else ()
    return Series(indicator, group, tuple(tuple(run) for run in runs if run), found, tuple(hidden), divided)


def same_division(results: Results, group: Group, first: int, last: int) -> bool:
    """Whether the group's kommuner are divided into the same stadsdelar in two editions.

    Riket is not asked: its publisher prints one series of it.
    """
    if group.kind is GroupKind.RIKET:
        return True
    before, after = ({u for u in group_units(results, group, y) if len(u) > KOMMUN} for y in (first, last))
    return before == after


def same_way(before: GroupResult, after: GroupResult) -> bool:
    """Whether two shares were come by in the same way, or in ways that give the same: stated, or counted by us."""
    a, b = before.value, after.value
    if not (isinstance(a, GroupShare) and isinstance(b, GroupShare)):
        return True
    return a.official == b.official or (a.agrees and b.agrees)


@dataclass(frozen=True, slots=True)
class ShareChange:
    """A group's share now and in the last comparable edition; *points* is the difference of the two printed whole percents."""

    before: GroupResult
    after: GroupResult
    points: int


def share_change(results: Results, after: GroupResult, breaks: Sequence[Break]) -> ShareChange | None:
    """The change since the last comparable edition in which the group is shown, or None when there is none to speak of."""
    if not isinstance(after.value, GroupShare | ReadShare):
        return None
    for year in comparable_years(results, after.indicator.id, after.year, breaks):
        if not same_division(results, after.group, year, after.year):
            return None
        before = group_result(results, after.indicator, after.group, year)
        if isinstance(before.value, GroupShare | ReadShare) and same_way(before, after):
            return ShareChange(before, after, after.value.whole - before.value.whole)
    return None
