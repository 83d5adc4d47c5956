"""A kommun's own result: one answer, or, where it reports by stadsdel, the answers of its stadsdelar."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from ojreport.analysis.compare import GroupNumber, GroupResult, GroupValue, Shown, Spread, Tally, tally
from ojreport.analysis.trend import comparable_years, cut_between
from ojreport.model.area import Area
from ojreport.model.indicator import Break, Direction, Indicator, Option
from ojreport.model.objection import Objection
from ojreport.model.results import Results
from ojreport.model.value import Answer, Count, Missing, Number, Observation, Reason, Share, Sign, whole

HALF = 50  # percent


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """The unit's answer, as an option of the indicator's scale."""

    option: Option


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """The unit's number; for a kommun that reports by stadsdel the unweighted mean of *parts* numbers."""

    amount: Decimal
    parts: int = 1


@dataclass(frozen=True, slots=True)
class OwnShare:
    """The share of the kommun's stadsdelar that answered Ja."""

    count: Count


@dataclass(frozen=True, slots=True)
class OwnMissing:
    """No answer, and why."""

    reason: Reason


OwnValue = OwnAnswer | OwnNumber | OwnShare | Spread | OwnMissing


@dataclass(frozen=True, slots=True)
class Own:
    """The area's own result with the observations behind it (one, or one for each stadsdel), and what is said against them."""

    value: OwnValue
    observations: tuple[Observation, ...]
    objections: tuple[Objection, ...] = ()


def own_result(results: Results, indicator: Indicator, area: Area, year: int) -> Own:
    """What *area* (a kommun or a stadsdel) answered in the edition of *year*; the indicator must have been asked."""
    parts = results.stadsdelar(area.code, year)
    if parts:
        codes = tuple(part.code for part in parts)
        seen = tuple(results.observation(indicator.id, code, year) for code in codes)
        value = _of_parts(indicator, tally(results, indicator, codes, year), seen)
        return Own(value, seen, _objections(results, indicator, (area.code, *codes), year))
    observation = results.observation(indicator.id, area.code, year)
    return Own(_of_unit(indicator, observation), (observation,), _objections(results, indicator, (area.code,), year))


def _objections(results: Results, indicator: Indicator, codes: Iterable[str], year: int) -> tuple[Objection, ...]:
    found = (results.objection(indicator.id, code, year) for code in codes)
    return tuple(o for o in found if o is not None)


def _of_unit(indicator: Indicator, observation: Observation) -> OwnValue:
    match observation.value:
        case Answer() as answer:
            return OwnAnswer(indicator.scale.option(answer))
        case Number(amount):
            return OwnNumber(amount)
        case Missing(reason):
            return OwnMissing(reason)
        case Share():
            return OwnMissing(Reason.EJ_I_FILEN)


def _of_parts(indicator: Indicator, counted: Tally, seen: tuple[Observation, ...]) -> OwnValue:
    if indicator.scale.has_ja and counted.answered:
        return OwnShare(Count(counted.ja, counted.answered))
    if counted.answered and not indicator.scale.is_number:
        return Spread(tuple(o.label for o in indicator.scale.options), counted.options)
    if counted.numbers:
        return OwnNumber(sum(counted.numbers, Decimal(0)) / len(counted.numbers), len(counted.numbers))
    return OwnMissing(gravest({o.value.reason for o in seen if isinstance(o.value, Missing)}))


def gravest(reasons: Collection[Reason]) -> Reason:
    """Why nothing at all is shown, of several reasons: sekretess keeps an answer back, and else somebody did not answer."""
    if Reason.SEKRETESS in reasons:
        return Reason.SEKRETESS
    for only in (Reason.EJ_I_FILEN, Reason.EJ_TILLAMPLIG):
        if set(reasons) <= {only}:
            return only
    return Reason.BORTFALL


class Verdict(StrEnum):
    """How a result is to be taken."""

    STRENGTH = "strength"
    IMPROVEMENT = "improvement"
    LEVEL = "level"  # a number no better and no worse than riket's
    UNJUDGED = "unjudged"  # a bakgrundsmått, or an indicator without a wished direction
    MISSING = "missing"


def verdict(indicator: Indicator, own: Own, riket: GroupResult) -> Verdict:
    """Ja is a strength, Delvis and Nej are improvement areas; a number is held against riket's.

    A kommun that reports by stadsdel has a strength where at least half of its stadsdelar answer Ja and the share is not
    below riket's, else an improvement area.
    """
    if isinstance(own.value, OwnMissing):
        return Verdict.MISSING
    if not indicator.judged:
        return Verdict.UNJUDGED
    match own.value, riket.value:
        case OwnAnswer(option), _:
            return Verdict.STRENGTH if option.sign is Sign.JA else Verdict.IMPROVEMENT if option.sign else Verdict.UNJUDGED
        case OwnShare(count), level:
            return verdict_of_share(whole(count.percent), level)
        case OwnNumber(amount), GroupNumber(amount=level):
            return verdict_of_number(indicator, amount, level)
    return Verdict.UNJUDGED


def verdict_of_share(percent: int, riket: GroupValue) -> Verdict:
    """A strength where at least half answer Ja and, as both are printed, no fewer than in riket."""
    level = riket.whole if isinstance(riket, Shown) else 0
    return Verdict.STRENGTH if percent >= max(HALF, level) else Verdict.IMPROVEMENT


def verdict_of_number(indicator: Indicator, amount: Decimal, level: Decimal) -> Verdict:
    """A number held against riket's *level* in the wished direction, as both are printed."""
    difference = whole(amount) - whole(level)
    if difference == 0:
        return Verdict.LEVEL
    better = difference > 0 if indicator.direction is Direction.HIGHER else difference < 0
    return Verdict.STRENGTH if better else Verdict.IMPROVEMENT


class Moved(StrEnum):
    """How the own result has changed since the last comparable edition."""

    GAINED = "gained"  # Ja now, not then
    LOST = "lost"  # Ja then, not now
    CLOSER = "closer"  # a better answer, still not Ja
    FURTHER = "further"  # a worse answer, and not Ja then either
    UP = "up"
    DOWN = "down"
    SAME = "same"
    BROKEN = "broken"  # only editions on the other side of a break
    UNKNOWN = "unknown"  # no earlier edition, or no answer then or now


@dataclass(frozen=True, slots=True)
class Change:
    """The own result then and now. ``before`` is the same as ``after`` where nothing can be compared (BROKEN, UNKNOWN)."""

    moved: Moved
    before: Own
    before_year: int
    after: Own
    breaks: tuple[Break, ...] = ()


def own_change(results: Results, indicator: Indicator, area: Area, year: int, breaks: Sequence[Break]) -> Change:
    """The change since the last comparable edition in which the area answered.

    Of a kommun that reports by stadsdel only those stadsdelar are compared that answered in both editions; over a new
    division into stadsdelar nothing is.
    """
    after = own_result(results, indicator, area, year)
    if isinstance(after.value, OwnMissing):
        return Change(Moved.UNKNOWN, after, year, after)
    for earlier in comparable_years(results, indicator.id, year, breaks):
        before, now = own_result(results, indicator, area, earlier), after
        both = _answered(before) & _answered(after)
        if both:
            if area.code not in both:
                before, now = (_of_parts_in(results, indicator, both, y) for y in (earlier, year))
            return Change(_moved(indicator, before.value, now.value), before, earlier, now)
    asked = [y for y in results.years_of(indicator.id) if y < year]
    cut = cut_between(breaks, indicator.id, asked[-1], year) if asked else ()
    return Change(Moved.BROKEN if cut else Moved.UNKNOWN, after, year, after, cut)


def _answered(own: Own) -> frozenset[str]:
    return frozenset(o.area for o in own.observations if isinstance(o.value, Answer | Number))


def _of_parts_in(results: Results, indicator: Indicator, codes: frozenset[str], year: int) -> Own:
    """The result of the stadsdelar in *codes* alone."""
    ordered = tuple(sorted(codes))
    seen = tuple(results.observation(indicator.id, code, year) for code in ordered)
    value = _of_parts(indicator, tally(results, indicator, ordered, year), seen)
    return Own(value, seen, _objections(results, indicator, ordered, year))


def _moved(indicator: Indicator, before: OwnValue, after: OwnValue) -> Moved:
    match before, after:
        case OwnAnswer(then), OwnAnswer(now):
            return _answer_moved(indicator, then, now)
        case OwnShare(then_count), OwnShare(now_count):
            return _direction(then_count.numerator, now_count.numerator)
        case OwnNumber(then_amount), OwnNumber(now_amount):
            return _direction(whole(then_amount), whole(now_amount))
    return Moved.UNKNOWN


def _answer_moved(indicator: Indicator, then: Option, now: Option) -> Moved:
    if then == now or not indicator.scale.has_ja:
        return Moved.SAME if then == now else Moved.UNKNOWN
    if Sign.JA in (then.sign, now.sign):
        return Moved.GAINED if now.sign is Sign.JA else Moved.LOST
    options = indicator.scale.options
    return Moved.CLOSER if options.index(now) < options.index(then) else Moved.FURTHER


def _direction(before: int, after: int) -> Moved:
    return Moved.SAME if before == after else Moved.UP if after > before else Moved.DOWN
