"""What is true of a group of kommuner in an edition: the group beside its län, the other regions and riket, unit by unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ojreport.analysis.compare import (
    GroupNumber,
    GroupResult,
    GroupShare,
    Hidden,
    NotShown,
    ReadShare,
    Shown,
    group_result,
    group_units,
    response,
)
from ojreport.analysis.own import HALF, Own, OwnAnswer, OwnMissing, Verdict, own_result, verdict_of_number, verdict_of_share
from ojreport.analysis.profile import COMMON, Why
from ojreport.analysis.trend import ShareChange, comparable_years, cut_between, same_division, share_change
from ojreport.model.area import Area, Group
from ojreport.model.indicator import Break, Direction, Indicator, Part
from ojreport.model.results import Results
from ojreport.model.value import Answer, Count, Reason, Sign

LETTERS = str.maketrans("åäö", "{|}")  # the three characters after z


@dataclass(frozen=True, slots=True)
class Unit:
    """A kommun or a stadsdel of the group: its Ja among the judged questions it answered, and the parts it left unanswered."""

    area: Area
    ja: Count | NotShown
    silent: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """One indicator: the group beside its *lan*, other *regions* and *riket*, and each unit's own answer in the units' order.

    *change* is absent where there is no earlier edition to compare with; *broken* are the breaks that are why.
    """

    indicator: Indicator
    own: GroupResult
    lan: tuple[GroupResult, ...]
    regions: tuple[GroupResult, ...]
    riket: GroupResult
    answers: tuple[Own, ...]
    change: ShareChange | None
    broken: tuple[Break, ...]
    paired: int  # units more that answer Ja now than then, of those that answered both times
    verdict: Verdict
    reasons: tuple[Why, ...]

    @property
    def judged(self) -> bool:
        """Whether it is a strength or an improvement area of the group."""
        return self.verdict in (Verdict.STRENGTH, Verdict.IMPROVEMENT)

    @property
    def groups(self) -> tuple[GroupResult, ...]:
        """Every group: the group itself, its län, the other regions, riket."""
        return (self.own, *self.lan, *self.regions, self.riket)

    @property
    def gap(self) -> Decimal:
        """The group's share less riket's, in points; less the half of all where riket is not shown."""
        level = self.riket.value.percent if isinstance(self.riket.value, Shown) else Decimal(HALF)
        return self.own.value.percent - level if isinstance(self.own.value, Shown) else Decimal(0)

    @property
    def below(self) -> bool:
        """Whether the group's share is below riket's as both are printed."""
        own, riket = self.own.value, self.riket.value
        return isinstance(own, Shown) and isinstance(riket, Shown) and own.whole < riket.whole

    @property
    def few(self) -> bool:
        """Whether fewer than half of the units answered: a share of few units is named after the others."""
        return 2 * self.own.tally.answered < self.own.tally.units


@dataclass(frozen=True, slots=True)
class Register:
    """A register indicator, which has results for län and riket alone."""

    indicator: Indicator
    lan: tuple[GroupResult, ...]
    riket: GroupResult


@dataclass(frozen=True, slots=True)
class Teacher:
    """A unit that answers Ja to *indicators*, all of which are improvement areas of the group."""

    area: Area
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Compilation:
    """A group in one edition. *units* stand in the matrix's order: by share of Ja, then by name, the silent ones last."""

    group: Group
    year: int
    units: tuple[Unit, ...]
    lan: tuple[Group, ...]  # those that have a member, most members first; the group itself is not among them
    regions: tuple[Group, ...]
    riket: Group
    comparisons: tuple[Comparison, ...]  # in the catalogue's order
    register: tuple[Register, ...]
    strengths: tuple[Comparison, ...]
    improvements: tuple[Comparison, ...]  # in order of priority
    teachers: tuple[Teacher, ...]
    responses: Mapping[Part, Count]
    divided: bool  # its stadsdelar are others than in the edition before, so that nothing is compared over the years

    @property
    def judged(self) -> tuple[Comparison, ...]:
        """The strengths and improvement areas together, in the catalogue's order."""
        return tuple(c for c in self.comparisons if c.judged)

    @property
    def unknown(self) -> tuple[Comparison, ...]:
        """What would be judged if the group's result were shown."""
        return tuple(c for c in self.comparisons if c.indicator.judged and c.verdict is Verdict.MISSING)

    @property
    def matrix(self) -> tuple[Comparison, ...]:
        """What the matrix has a column for: every judged question that can be answered Ja."""
        return tuple(c for c in self.comparisons if _counts(c.indicator))

    @property
    def others(self) -> tuple[Comparison, ...]:
        """What the matrix has no column for: numbers, scales without Ja and bakgrundsmått."""
        return tuple(c for c in self.comparisons if not _counts(c.indicator))

    @property
    def silent(self) -> tuple[Area, ...]:
        """The units that have not answered: sekretess keeps an answer back, and ej tillämplig is one."""
        return tuple(area for n, area in enumerate(u.area for u in self.units) if self._mute(n))

    def _mute(self, place: int) -> bool:
        missing = (OwnMissing(Reason.BORTFALL), OwnMissing(Reason.EJ_I_FILEN))
        return all(c.answers[place].value in missing for c in self.comparisons)

    @property
    def better(self) -> tuple[Comparison, ...]:
        """Shares that have moved the wished way since the last comparable edition, the most first."""
        return tuple(sorted((c for c in self.comparisons if _moved(c) > 0), key=lambda c: (-_moved(c), c.indicator.id)))

    @property
    def worse(self) -> tuple[Comparison, ...]:
        """Shares that have moved the other way, the most first."""
        return tuple(sorted((c for c in self.comparisons if _moved(c) < 0), key=lambda c: (_moved(c), c.indicator.id)))

    @property
    def broken(self) -> tuple[Comparison, ...]:
        """Those that can not be compared with any earlier edition, since a break lies between."""
        return tuple(c for c in self.comparisons if c.broken)

    @property
    def comparable(self) -> bool:
        """Whether anything at all can be compared with an earlier edition."""
        return any(c.change for c in self.comparisons)

    def where(self, comparison: Comparison, sign: Sign) -> tuple[Area, ...]:
        """The units whose answer has that sign, by name."""
        return self._areas(comparison, lambda own: isinstance(own.value, OwnAnswer) and own.value.option.sign is sign)

    def missing(self, comparison: Comparison, *reasons: Reason) -> tuple[Area, ...]:
        """The units without an answer for one of *reasons*."""
        return self._areas(comparison, lambda own: isinstance(own.value, OwnMissing) and own.value.reason in reasons)

    def _areas(self, comparison: Comparison, holds: Callable[[Own], bool]) -> tuple[Area, ...]:
        found = (u.area for u, own in zip(self.units, comparison.answers, strict=True) if holds(own))
        return tuple(sorted(found, key=by_name))


def compile_region(  # noqa: PLR0913 - the group, all it is held against, and what is asked of it
    results: Results,
    group: Group,
    year: int,
    *,
    lan: Sequence[Group],
    regions: Sequence[Group],
    riket: Group,
    area_of: Callable[[str], Area],
    breaks: Sequence[Break],
    only: Sequence[str] = (),
) -> Compilation:
    """The compilation of *group*, which has at least one unit in the edition of *year*.

    *lan* are all län and *regions* those to compare with: such as are the group itself are left out. *area_of* names a unit
    that the edition lacks a row for. With *only* (ids), other indicators are left out.
    """
    codes = group_units(results, group, year)
    own_lan, others = lan_of(results, codes, lan, year), _other(results, codes, regions, year)
    indicators = [i for i in results.indicators_of(year) if not only or i.id in only]
    asked = [i for i in indicators if i.part is not Part.REGISTER]
    areas = [results.area(code, year) if results.has_area(code, year) else area_of(code) for code in codes]
    answers = {area: tuple(own_result(results, i, area, year) for i in asked) for area in areas}
    units = tuple(sorted((_unit(results, area, asked, answers[area], year) for area in areas), key=_order))
    found = tuple(
        _comparison(results, i, tuple(answers[u.area][n] for u in units), (group, own_lan, others, riket), year, breaks)
        for n, i in enumerate(asked)
    )
    improvements = tuple(sorted((c for c in found if c.verdict is Verdict.IMPROVEMENT), key=_priority))
    register_lan = own_lan or tuple(g for g in lan if group_units(results, g, year) == codes)
    register = (
        Register(i, tuple(group_result(results, i, g, year) for g in register_lan), group_result(results, i, riket, year))
        for i in indicators
        if i.part is Part.REGISTER
    )
    parts = ((part, response(results, part, codes, year)) for part in (Part.GENERELL, Part.MISSBRUK))
    return Compilation(
        group=group,
        year=year,
        units=units,
        lan=own_lan,
        regions=others,
        riket=riket,
        comparisons=found,
        register=tuple(register),
        strengths=tuple(sorted((c for c in found if c.verdict is Verdict.STRENGTH), key=_distinction)),
        improvements=improvements,
        teachers=_teachers(units, improvements),
        responses={part: count for part, count in parts if isinstance(count, Count)},
        divided=any(not same_division(results, group, before, year) for before in [y for y in results.years if y < year][-1:]),
    )


def lan_of(results: Results, units: Iterable[str], lan: Iterable[Group], year: int) -> tuple[Group, ...]:
    """The län that *units* lie in, most of them first; a län that is those very units is left out."""
    lie_in = Counter(code[:2] for code in units)
    found = [g for g in lan if lie_in[g.id] and group_units(results, g, year) != tuple(units)]
    return tuple(sorted(found, key=lambda g: (-lie_in[g.id], g.id)))


def _other(results: Results, units: tuple[str, ...], regions: Iterable[Group], year: int) -> tuple[Group, ...]:
    """The regions that are not these very units, nor without a unit."""
    return tuple(g for g in regions if group_units(results, g, year) not in (units, ()))


def _counts(indicator: Indicator) -> bool:
    """Whether a Ja to it is a Ja in a unit's total."""
    return indicator.judged and indicator.scale.has_ja


def _unit(results: Results, area: Area, asked: Sequence[Indicator], answers: Sequence[Own], year: int) -> Unit:
    given = [own.value for i, own in zip(asked, answers, strict=True) if _counts(i)]
    signs = [value.option.sign for value in given if isinstance(value, OwnAnswer)]
    ja = Count(sum(sign is Sign.JA for sign in signs), len(signs)) if signs else NotShown(Hidden.NO_ANSWERS)
    parts = {part: response(results, part, (area.code,), year) for part in (Part.GENERELL, Part.MISSBRUK)}
    return Unit(area, ja, tuple(p for p, count in parts.items() if isinstance(count, Count) and not count.numerator))


def _order(unit: Unit) -> tuple[bool, Decimal, tuple[str, str]]:
    share = unit.ja.percent if isinstance(unit.ja, Count) else Decimal(0)
    return not isinstance(unit.ja, Count), -share, by_name(unit.area)


def by_name(area: Area) -> tuple[str, str]:
    """Where *area* stands among others in Swedish: å, ä and ö last and in that order."""
    return area.name.casefold().translate(LETTERS), area.code


def _comparison(
    results: Results,
    indicator: Indicator,
    answers: tuple[Own, ...],
    held: tuple[Group, tuple[Group, ...], tuple[Group, ...], Group],
    year: int,
    breaks: Sequence[Break],
) -> Comparison:
    group, lan, regions, country = held
    own, riket = group_result(results, indicator, group, year), group_result(results, indicator, country, year)
    change = share_change(results, own, breaks)
    asked = [y for y in results.years_of(indicator.id) if y < year]
    shown = isinstance(own.value, Shown)
    cut = shown and asked and not comparable_years(results, indicator.id, year, breaks)
    common = isinstance(riket.value, Shown) and riket.value.whole >= COMMON
    reasons = ((Why.RECOMMENDED, indicator.recommended), (Why.COMMON, common))
    return Comparison(
        indicator=indicator,
        own=own,
        lan=tuple(group_result(results, indicator, g, year) for g in lan),
        regions=tuple(group_result(results, indicator, g, year) for g in regions),
        riket=riket,
        answers=answers,
        change=change,
        broken=cut_between(breaks, indicator.id, asked[-1], year) if cut else (),
        paired=_paired(results, change) if change else 0,
        verdict=group_verdict(own, riket),
        reasons=tuple(why for why, holds in reasons if holds),
    )


def _paired(results: Results, change: ShareChange) -> int:
    """How many more of the units that answered both times say Ja now."""
    indicator = change.after.indicator
    more = 0
    for unit in change.after.units:
        values = [results.value(indicator.id, unit, r.year) for r in (change.before, change.after)]
        then, now = (indicator.scale.option(v).sign is Sign.JA if isinstance(v, Answer) else None for v in values)
        more += now - then if then is not None and now is not None else 0
    return more


def group_verdict(own: GroupResult, riket: GroupResult) -> Verdict:
    """How a group's result is to be taken, as it is printed in whole percent.

    A strength where at least half answer Ja and the share is not below riket's, else an improvement area; a number is held
    against riket's in the wished direction. A bakgrundsmått is never judged.
    """
    if isinstance(own.value, NotShown):
        return Verdict.MISSING
    if not own.indicator.judged:
        return Verdict.UNJUDGED
    match own.value, riket.value:
        case (GroupShare() | ReadShare()) as share, level:
            return verdict_of_share(share.whole, level)
        case GroupNumber(amount=amount), GroupNumber(amount=level):
            return verdict_of_number(own.indicator, amount, level)
    return Verdict.UNJUDGED


def _priority(comparison: Comparison) -> tuple[bool, bool, int, Decimal, str]:
    """Questions that most units answered, most reasons first, then the furthest below riket; numbers last."""
    number = comparison.indicator.scale.is_number
    return number, comparison.few, -len(comparison.reasons), comparison.gap, comparison.indicator.id


def _distinction(comparison: Comparison) -> tuple[bool, bool, bool, Decimal, str]:
    """Questions that most units answered, recommended ones first, then the furthest above riket; numbers last."""
    indicator = comparison.indicator
    return indicator.scale.is_number, comparison.few, not indicator.recommended, -comparison.gap, indicator.id


def _moved(comparison: Comparison) -> int:
    """Points moved the wished way; a bakgrundsmått never moves so, nor a share that only other units' silence has moved."""
    if comparison.change is None or not comparison.indicator.judged or comparison.paired * comparison.change.points <= 0:
        return 0
    return comparison.change.points if comparison.indicator.direction is Direction.HIGHER else -comparison.change.points


def _teachers(units: Sequence[Unit], improvements: Sequence[Comparison]) -> tuple[Teacher, ...]:
    """The units that answer Ja to an improvement area of the group, most such areas first."""
    found = []
    for n, unit in enumerate(units):
        good = tuple(c.indicator for c in improvements if _says_ja(c.answers[n]))
        if good:
            found.append(Teacher(unit.area, good))
    return tuple(sorted(found, key=lambda t: -len(t.indicators)))


def _says_ja(own: Own) -> bool:
    return isinstance(own.value, OwnAnswer) and own.value.option.sign is Sign.JA
