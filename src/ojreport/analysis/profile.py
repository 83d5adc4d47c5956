"""What is true of a kommun in an edition: standings, strengths, improvement areas, changes, whom to learn from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ojreport.analysis.compare import (
    GroupNumber,
    GroupResult,
    GroupShare,
    Hidden,
    NotShown,
    ReadShare,
    group_result,
    response,
)
from ojreport.analysis.own import (
    Change,
    Moved,
    Own,
    OwnAnswer,
    OwnMissing,
    OwnNumber,
    OwnShare,
    Verdict,
    gravest,
    own_change,
    own_result,
    verdict,
)
from ojreport.model.area import Area, Group, GroupKind
from ojreport.model.indicator import Break, Indicator, Part
from ojreport.model.results import Results
from ojreport.model.value import Count, Reason, Sign

COMMON = 50
"""An answer is common where at least this many whole percent of the units in riket give it."""


class Why(StrEnum):
    """A reason for the place of an improvement area in the order of priority."""

    RECOMMENDED = "recommended"  # recommended in the national guidelines
    COMMON = "common"  # at least half of the units in riket answer Ja
    LOST = "lost"  # was in place in the last comparable edition


@dataclass(frozen=True, slots=True)
class Standing:
    """One indicator: the own result beside those of the comparison groups (*groups* in the profile's order), and its verdict."""

    indicator: Indicator
    own: Own
    groups: tuple[GroupResult, ...]
    verdict: Verdict
    change: Change
    reasons: tuple[Why, ...] = ()

    def __hash__(self) -> int:
        return hash(self.indicator)  # a profile has one for each; all that it holds would be hashed at each look

    def against(self, kind: GroupKind) -> GroupResult:
        """The result of the group of that kind (KeyError when the profile has none)."""
        for result in self.groups:
            if result.group.kind is kind:
                return result
        raise KeyError(kind)

    @property
    def judged(self) -> bool:
        """Whether it is a strength or an improvement area: what is missing, or level with riket, is in no such sum."""
        return self.verdict in (Verdict.STRENGTH, Verdict.IMPROVEMENT)

    @property
    def applies(self) -> bool:
        """Whether the question applies to the area: "ej tillämplig" is neither an answer nor bortfall."""
        return self.own.value != OwnMissing(Reason.EJ_TILLAMPLIG)

    @property
    def riket(self) -> GroupResult:
        """Riket's result."""
        return self.against(GroupKind.RIKET)


@dataclass(frozen=True, slots=True)
class Teacher:
    """A kommun to learn from: it answers Ja to *indicators*, all of which are improvement areas here."""

    area: Area
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A kommun or stadsdel in one edition."""

    area: Area
    year: int
    groups: tuple[Group, ...]
    parts: tuple[Area, ...]  # the stadsdelar that it reports by; empty for nearly every kommun
    standings: tuple[Standing, ...]  # in the catalogue's order, register indicators apart
    register: tuple[Standing, ...]  # län and riket only
    strengths: tuple[Standing, ...]  # the rarest in riket first, recommended ones before the others
    improvements: tuple[Standing, ...]  # in order of priority
    teachers: tuple[Teacher, ...]
    responses: Mapping[Part, Count]  # riket's answers per part of the survey
    own_answers: Count | NotShown  # questions answered, of those that apply to the area

    @property
    def changed(self) -> tuple[Standing, ...]:
        """Standings that have moved since the last comparable edition."""
        still = (Moved.SAME, Moved.UNKNOWN, Moved.BROKEN)
        return tuple(s for s in self.standings if s.change.moved not in still)

    @property
    def judged(self) -> tuple[Standing, ...]:
        """The strengths and improvement areas together, in the catalogue's order."""
        return tuple(s for s in self.standings if s.judged)

    @property
    def level(self) -> tuple[Standing, ...]:
        """Numbers that are neither better nor worse than riket's."""
        return tuple(s for s in self.standings if s.verdict is Verdict.LEVEL)

    @property
    def silent(self) -> Reason | None:
        """Why not a single answer of the area is shown; None where one is.

        Sekretess where an answer is kept back, ej tillämplig where no question applies, ej i filen where there is no cell at all,
        else bortfall.
        """
        reasons = [s.own.value.reason for s in self.standings if isinstance(s.own.value, OwnMissing)]
        return None if len(reasons) < len(self.standings) else gravest(reasons)

    @property
    def comparable(self) -> bool:
        """Whether anything at all can be compared with an earlier edition."""
        return any(s.change.moved not in (Moved.UNKNOWN, Moved.BROKEN) for s in self.standings)

    @property
    def better(self) -> tuple[Standing, ...]:
        """Those that have moved the wished way; bakgrundsmått never do."""
        return tuple(s for s in self.changed if s.indicator.judged and _goodness(s) > 0)

    @property
    def worse(self) -> tuple[Standing, ...]:
        """Those that have moved the other way."""
        return tuple(s for s in self.changed if s.indicator.judged and _goodness(s) < 0)

    @property
    def moved(self) -> tuple[Standing, ...]:
        """Those that have moved neither way: bakgrundsmått and numbers."""
        told = (*self.better, *self.worse)
        return tuple(s for s in self.changed if s not in told)

    @property
    def broken(self) -> tuple[Standing, ...]:
        """Standings that can not be compared with any earlier edition, since a break lies between."""
        return tuple(s for s in self.standings if s.change.moved is Moved.BROKEN)

    @property
    def missing(self) -> tuple[Standing, ...]:
        """Standings without an own answer."""
        return tuple(s for s in self.standings if s.verdict is Verdict.MISSING)


def _goodness(standing: Standing) -> int:
    """1 for the better, -1 for the worse. A number that has moved is told, but not judged: a day more is no worsening."""
    if isinstance(standing.own.value, OwnNumber):
        return 0
    good = {Moved.GAINED: 1, Moved.CLOSER: 1, Moved.UP: 1, Moved.LOST: -1, Moved.FURTHER: -1, Moved.DOWN: -1}
    return good.get(standing.change.moved, 0)


def make_profile(
    results: Results, area: Area, year: int, groups: Sequence[Group], breaks: Sequence[Break], only: Sequence[str] = ()
) -> Profile:
    """The profile of *area*; *groups* hold riket and länet, and the others to compare with, in the order they are shown.

    With *only* (ids), other indicators are left out.
    """
    indicators = [i for i in results.indicators_of(year) if not only or i.id in only]
    asked = [i for i in indicators if i.part is not Part.REGISTER]
    standings = tuple(_standing(results, i, area, year, groups, breaks) for i in asked)
    register = tuple(
        _standing(results, i, area, year, [g for g in groups if g.kind in (GroupKind.LAN, GroupKind.RIKET)], breaks)
        for i in indicators
        if i.part is Part.REGISTER
    )
    improvements = tuple(sorted((s for s in standings if s.verdict is Verdict.IMPROVEMENT), key=_priority))
    parts = ((part, response(results, part, results.units(year), year)) for part in (Part.GENERELL, Part.MISSBRUK))
    return Profile(
        area=area,
        year=year,
        groups=tuple(groups),
        parts=results.stadsdelar(area.code, year),
        standings=standings,
        register=register,
        strengths=tuple(sorted((s for s in standings if s.verdict is Verdict.STRENGTH), key=_distinction)),
        improvements=improvements,
        teachers=_teachers(results, area, year, groups, improvements),
        responses={part: count for part, count in parts if isinstance(count, Count)},
        own_answers=_own_answers(standings),
    )


def _standing(
    results: Results, indicator: Indicator, area: Area, year: int, groups: Sequence[Group], breaks: Sequence[Break]
) -> Standing:
    own = own_result(results, indicator, area, year)
    compared = tuple(group_result(results, indicator, group, year) for group in groups)
    riket = next(r for r in compared if r.group.kind is GroupKind.RIKET)
    judged = verdict(indicator, own, riket)
    change = own_change(results, indicator, area, year, breaks)
    return Standing(indicator, own, compared, judged, change, _reasons(indicator, riket, change))


def _reasons(indicator: Indicator, riket: GroupResult, change: Change) -> tuple[Why, ...]:
    tests = {
        Why.RECOMMENDED: indicator.recommended,
        Why.COMMON: isinstance(riket.value, GroupShare | ReadShare) and riket.value.whole >= COMMON,
        Why.LOST: change.moved is Moved.LOST,
    }
    return tuple(why for why, holds in tests.items() if holds)


def share_percent(result: GroupResult) -> Decimal:
    """The share of Ja in percent for ordering; a number or nothing shown comes after every share."""
    return result.value.percent if isinstance(result.value, GroupShare | ReadShare) else Decimal(-1)


def _priority(standing: Standing) -> tuple[int, Decimal, str]:
    """Most reasons first, then how common Ja is in riket."""
    return -len(standing.reasons), -share_percent(standing.riket), standing.indicator.id


def _distinction(standing: Standing) -> tuple[bool, bool, Decimal, str]:
    """Recommended first, then what few others have; numbers last."""
    number = isinstance(standing.riket.value, GroupNumber)
    return number, not standing.indicator.recommended, share_percent(standing.riket), standing.indicator.id


def _own_answers(standings: Iterable[Standing]) -> Count | NotShown:
    apply = [s for s in standings if s.applies]
    if not apply:
        return NotShown(Hidden.NOT_ASKED)
    return Count(sum(s.verdict is not Verdict.MISSING for s in apply), len(apply))


def _teachers(
    results: Results, area: Area, year: int, groups: Sequence[Group], improvements: Sequence[Standing]
) -> tuple[Teacher, ...]:
    """Similar kommuner that answer Ja where the area does not, most such indicators first.

    A stadsdel learns from its kommun's other stadsdelar. A kommun that reports by stadsdel answers Ja when all of them do.
    """
    found = []
    for code in _similar(results, area, year, groups):
        if results.has_area(code, year):
            other = results.area(code, year)
            good = tuple(s.indicator for s in improvements if _says_ja(results, s.indicator, other, year))
            if good:
                found.append(Teacher(other, good))
    return tuple(sorted(found, key=lambda t: -len(t.indicators)))


def _similar(results: Results, area: Area, year: int, groups: Sequence[Group]) -> tuple[str, ...]:
    codes: list[str] = []
    for group in groups:
        if group.kind is GroupKind.STADSDELAR:
            codes += results.units(year, group.members)
        elif group.kind is GroupKind.LIKNANDE:
            codes += group.members
    return tuple(dict.fromkeys(code for code in codes if code != area.code))


def _says_ja(results: Results, indicator: Indicator, area: Area, year: int) -> bool:
    match own_result(results, indicator, area, year).value:
        case OwnAnswer(option):
            return option.sign is Sign.JA
        case OwnShare(count):
            return count.numerator == count.denominator
    return False


def says_ja(teachers: Iterable[Teacher], indicator: Indicator) -> tuple[Area, ...]:
    """Those of *teachers* that answer Ja to *indicator*."""
    return tuple(t.area for t in teachers if indicator in t.indicators)
