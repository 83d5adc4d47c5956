"""What is true of riket in an edition: its results, their changes, and how they differ between län and between kommuner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ojreport.analysis.compare import GroupNumber, GroupResult, GroupShare, NotShown, ReadShare, group_result, response
from ojreport.analysis.trend import Series, ShareChange, series, share_change
from ojreport.model.area import GOTLAND, Group, GroupKind
from ojreport.model.indicator import Break, Indicator, Part
from ojreport.model.results import Results
from ojreport.model.value import Count, whole

LEAST_ANSWERS = 10
"""A group of kommuner with fewer answers than this is not compared: a single answer would move its share by over ten percent."""


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups that the facts are about."""

    riket: Group
    lan: tuple[Group, ...]
    kommungrupper: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """How an indicator differs between groups that are compared: *points* is the difference of two printed whole numbers."""

    indicator: Indicator
    results: tuple[GroupResult, ...]  # those that are compared, highest first
    points: int

    @property
    def highest(self) -> tuple[GroupResult, ...]:
        """The group with the highest printed value; several where they are level."""
        return tuple(r for r in self.results if _printed(r) == _printed(self.results[0]))

    @property
    def lowest(self) -> tuple[GroupResult, ...]:
        """The group with the lowest printed value; several where they are level."""
        return tuple(r for r in self.results if _printed(r) == _printed(self.results[-1]))


@dataclass(frozen=True, slots=True)
class National:
    """One indicator: riket's result and series, its change since the last comparable edition, and the groups'."""

    indicator: Indicator
    riket: GroupResult
    series: Series
    change: ShareChange | None
    lan: tuple[GroupResult, ...]  # by code
    kommungrupper: tuple[GroupResult, ...]  # by code; counted by us
    sizes: tuple[GroupResult, ...]  # SKR's main groups A, B, C; counted by us

    @property
    def lan_gap(self) -> Gap | None:
        """The difference between the län that are shown, Gotland apart; None where there are not two of them."""
        return gap(self.indicator, (r for r in self.lan if r.group.id != GOTLAND))

    @property
    def group_gap(self) -> Gap | None:
        """The difference between SKR's kommungrupper, those with few answers apart."""
        return gap(self.indicator, (r for r in self.kommungrupper if r.tally.answered >= LEAST_ANSWERS))

    @property
    def size_gap(self) -> Gap | None:
        """The difference between SKR's three main groups; None unless all three have enough answers."""
        few = any(r.tally.answered < LEAST_ANSWERS for r in self.sizes)
        return None if few else gap(self.indicator, self.sizes)


@dataclass(frozen=True, slots=True)
class Factsheet:
    """Riket in one edition."""

    year: int
    asked: tuple[National, ...]  # the survey's indicators in the catalogue's order
    register: tuple[National, ...]
    focus: tuple[National, ...]  # what the edition highlights
    rises: tuple[ShareChange, ...]  # the largest first; bakgrundsmått apart
    falls: tuple[ShareChange, ...]
    unjudged: tuple[ShareChange, ...]  # changes of indicators without a wished direction
    responses: Mapping[Part, Count]  # per part of the survey

    @property
    def comparable(self) -> bool:
        """Whether anything can be compared with an earlier edition."""
        return any(n.change is not None for n in self.asked)

    @property
    def group_gaps(self) -> tuple[Gap, ...]:
        """Differences between kommungrupper, the widest first."""
        return _widest(n.group_gap for n in self.asked if n.indicator.judged)

    @property
    def size_gaps(self) -> tuple[Gap, ...]:
        """Differences between the main groups, the widest first."""
        return _widest(n.size_gap for n in self.asked if n.indicator.judged)


def gap(indicator: Indicator, results: Iterable[GroupResult]) -> Gap | None:
    """The difference between those of *results* that are shown as shares, or as numbers; None where there are not two."""
    shown = [r for r in results if isinstance(r.value, GroupShare | ReadShare | GroupNumber)]
    if len(shown) < 2:  # noqa: PLR2004 - a difference is between two
        return None
    shown.sort(key=lambda r: (-_exact(r), r.group.id))
    return Gap(indicator, tuple(shown), _printed(shown[0]) - _printed(shown[-1]))


def main_groups(kommungrupper: Sequence[Group]) -> tuple[Group, ...]:
    """SKR's main groups, made of its kommungrupper by the letter in their code (A1, A2 → A): A is the large cities' group.

    The catalogue has no numbers of inhabitants, so this is what stands for large and small kommuner.
    """
    letters = sorted({g.id[:1] for g in kommungrupper})
    return tuple(_joined(letter, [g for g in kommungrupper if g.id[:1] == letter]) for letter in letters)


def _joined(letter: str, groups: Sequence[Group]) -> Group:
    members = tuple(code for g in groups for code in g.members)
    return Group(letter, letter, GroupKind.KOMMUNGRUPP, members, groups[0].edition, groups[0].source)


def make_factsheet(
    results: Results,
    year: int,
    groups: Groups,
    breaks: Sequence[Break],
    *,
    only: Sequence[str] = (),
    focus: Sequence[str] = (),
    focus_count: int = 3,
) -> Factsheet:
    """The facts about riket; with *only* (ids), other indicators are left out.

    *focus* (ids) are looked at more closely; none: those that the edition highlights, or where it highlights none, those that
    have changed the most.
    """
    sizes = main_groups(groups.kommungrupper)

    def national(indicator: Indicator) -> National:
        def of(compared: Sequence[Group]) -> tuple[GroupResult, ...]:
            return tuple(group_result(results, indicator, g, year) for g in compared)

        result = group_result(results, indicator, groups.riket, year)
        found = series(results, indicator, groups.riket, year, breaks)
        change = share_change(results, result, breaks)
        if indicator.part is Part.REGISTER:
            return National(indicator, result, found, change, of(groups.lan), (), ())
        return National(indicator, result, found, change, of(groups.lan), of(groups.kommungrupper), of(sizes))

    everything = [national(i) for i in results.indicators_of(year) if not only or i.id in only]
    asked = tuple(n for n in everything if n.indicator.part is not Part.REGISTER)
    changes = [n.change for n in asked if n.change is not None and n.change.points]
    judged = [c for c in changes if c.after.indicator.judged]
    counts = ((part, response(results, part, results.units(year), year)) for part in (Part.GENERELL, Part.MISSBRUK))
    return Factsheet(
        year=year,
        asked=asked,
        register=tuple(n for n in everything if n.indicator.part is Part.REGISTER),
        focus=_focus(asked, year, focus, focus_count),
        rises=tuple(sorted((c for c in judged if c.points > 0), key=lambda c: -c.points)),
        falls=tuple(sorted((c for c in judged if c.points < 0), key=lambda c: c.points)),
        unjudged=tuple(sorted((c for c in changes if c not in judged), key=lambda c: -abs(c.points))),
        responses={part: count for part, count in counts if isinstance(count, Count)},
    )


def _focus(asked: Sequence[National], year: int, wanted: Sequence[str], count: int) -> tuple[National, ...]:
    shares = [n for n in asked if n.indicator.scale.has_ja]
    if wanted:
        by_id = {n.indicator.id: n for n in shares}
        return tuple(by_id[id_] for id_ in wanted if id_ in by_id)[:count]
    highlighted = tuple(n for n in shares if year in n.indicator.highlighted)
    if highlighted:
        return highlighted[:count]
    moved = sorted((n for n in shares if n.change and n.indicator.judged), key=lambda n: -abs(n.change.points if n.change else 0))
    return tuple(moved or (n for n in shares if not isinstance(n.riket.value, NotShown)))[:count]


def _widest(gaps: Iterable[Gap | None]) -> tuple[Gap, ...]:
    shares = (g for g in gaps if g is not None and g.indicator.scale.has_ja and g.points)
    return tuple(sorted(shares, key=lambda g: -g.points))


def _exact(result: GroupResult) -> float:
    value = result.value
    if isinstance(value, GroupNumber):
        return float(value.amount)
    return float(value.percent) if isinstance(value, GroupShare | ReadShare) else 0.0


def _printed(result: GroupResult) -> int:
    value = result.value
    if isinstance(value, GroupNumber):
        return whole(value.amount)
    return value.whole if isinstance(value, GroupShare | ReadShare) else 0
