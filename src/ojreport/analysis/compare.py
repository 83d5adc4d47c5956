"""Shares: counted over units with numerator and denominator, read where the workbook has them, or not shown and why."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from ojreport.model.area import Group, GroupKind
from ojreport.model.indicator import Indicator, Part
from ojreport.model.results import Results
from ojreport.model.value import Answer, Count, Missing, Number, Reason, Share, Sign, whole

BORTFALL_LIMIT = 20
"""A län whose bortfall is higher than this many percent is not shown; exactly as much is (Socialstyrelsen, faktablad ÖJ 2019)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How a set of units answered one question: answers per option of the scale, numbers, and the missing by reason."""

    options: tuple[int, ...]
    ja: int
    delvis: int
    numbers: tuple[Decimal, ...]
    bortfall: int  # asked, did not answer, or has no row in the file
    ej_tillamplig: int
    sekretess: int

    @property
    def answered(self) -> int:
        """The denominator of every share: the units that answered the question."""
        return sum(self.options) + len(self.numbers)

    @property
    def units(self) -> int:
        """All units. One that the question does not apply to has answered the survey, so it is no bortfall."""
        return self.answered + self.bortfall + self.sekretess + self.ej_tillamplig

    @property
    def bortfall_too_high(self) -> bool:
        """Whether bortfall is higher than the limit."""
        return 100 * self.bortfall > BORTFALL_LIMIT * self.units


def tally(results: Results, indicator: Indicator, units: tuple[str, ...], year: int) -> Tally:
    """The answers of *units* to *indicator*; nothing is counted when it was not asked that year."""
    scale = indicator.scale
    options = [0] * len(scale.options)
    numbers: list[Decimal] = []
    ja = delvis = bortfall = ej_tillamplig = sekretess = 0
    for value, count in results.values(indicator.id, units, year) if results.asked(indicator.id, year) else ():
        if isinstance(value, Answer):
            options[value.option] += count
            sign = scale.options[value.option].sign
            ja += count if sign is Sign.JA else 0
            delvis += count if sign is Sign.DELVIS else 0
        elif isinstance(value, Number) and scale.is_number:
            numbers += [value.amount] * count
        elif isinstance(value, Missing) and value.reason is Reason.EJ_TILLAMPLIG:
            ej_tillamplig += count
        elif isinstance(value, Missing) and value.reason is Reason.SEKRETESS:
            sekretess += count
        else:  # what is on no scale of the unit's is reported by the reader, and stands for no answer
            bortfall += count
    return Tally(tuple(options), ja, delvis, tuple(numbers), bortfall, ej_tillamplig, sekretess)


class Hidden(StrEnum):
    """Why a group's result is not shown."""

    BORTFALL = "bortfall"  # bortfall higher than the limit
    WITHHELD = "withheld"  # the workbook marks the group's own row as bortfall
    NO_ANSWERS = "no_answers"
    SEKRETESS = "sekretess"
    EJ_TILLAMPLIG = "ej_tillamplig"
    NOT_ASKED = "not_asked"


@lru_cache(maxsize=50)
def _rounding(exponent: int | str) -> Decimal:
    """What a figure with that exponent may differ by from what it was rounded from."""
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return Decimal(1).scaleb(-decimals) / 2 + Decimal("1e-9")


@dataclass(frozen=True, slots=True)
class GroupShare:
    """The share of Ja in a group. *percent* is the workbook's own where it has one, else counted; *count* is ours."""

    percent: Decimal
    count: Count
    official: bool

    @property
    def agrees(self) -> bool:
        """Whether what the workbook states is what its units add up to, within its own rounding.

        The workbook's figure may be cut at any number of decimals; half of its last decimal is allowed.
        """
        return not self.official or abs(self.percent - self.count.percent) <= _rounding(self.percent.as_tuple().exponent)

    @property
    def whole(self) -> int:
        """Whole percent, rounded half up."""
        return whole(self.percent)

    @property
    def exact(self) -> Decimal:
        """The share before anybody rounded it: 311 of 312 are not all, though the workbook says 100."""
        return self.count.percent if self.agrees else self.percent


@dataclass(frozen=True, slots=True)
class ReadShare:
    """A share that the workbook states and that no unit's answer can be counted for."""

    percent: Decimal

    @property
    def whole(self) -> int:
        """Whole percent, rounded half up."""
        return whole(self.percent)

    @property
    def exact(self) -> Decimal:
        """The share as the workbook gives it."""
        return self.percent


Shown = GroupShare | ReadShare  # a share that can be printed


@dataclass(frozen=True, slots=True)
class Spread:
    """How many units gave each answer of a scale without Ja, in the scale's order."""

    labels: tuple[str, ...]
    counts: tuple[int, ...]

    @property
    def answered(self) -> int:
        """The units that answered."""
        return sum(self.counts)

    @property
    def most(self) -> tuple[str, ...]:
        """The most common answer; several where they are as common."""
        return tuple(label for label, n in zip(self.labels, self.counts, strict=True) if n == max(self.counts))


@dataclass(frozen=True, slots=True)
class GroupNumber:
    """A group's number: the workbook's own, or the unweighted mean of *units* numbers."""

    amount: Decimal
    units: int
    official: bool


@dataclass(frozen=True, slots=True)
class NotShown:
    """No result for the group, and why."""

    why: Hidden


GroupValue = GroupShare | ReadShare | Spread | GroupNumber | NotShown


@dataclass(frozen=True, slots=True)
class GroupResult:
    """What a group answered to one question in one edition, and the *units* that it is counted over."""

    group: Group
    indicator: Indicator
    year: int
    value: GroupValue
    tally: Tally
    units: tuple[str, ...]


def official_row(group: Group) -> str:
    """The code of the group's own row in the workbook; empty for a group that the workbook knows nothing of."""
    return group.id if group.kind in (GroupKind.RIKET, GroupKind.LAN) else ""


@lru_cache(maxsize=2_000)
def group_units(results: Results, group: Group, year: int) -> tuple[str, ...]:
    """The units that a group's share is counted over: all of them for riket, else those of its members."""
    return results.units(year) if group.kind is GroupKind.RIKET else results.units(year, group.members)


@lru_cache(maxsize=1_000)  # riket's, a län's and a kommungrupp's results are the same in every kommun's report
def group_result(results: Results, indicator: Indicator, group: Group, year: int) -> GroupResult:
    """The group's result: read where the workbook has it, else counted; a län with too high bortfall is not shown."""
    units = group_units(results, group, year)
    counted = tally(results, indicator, units, year)
    return GroupResult(group, indicator, year, group_value(results, indicator, group, year, counted), counted, units)


def group_value(results: Results, indicator: Indicator, group: Group, year: int, counted: Tally) -> GroupValue:
    """What a group whose units are *counted* answered: see `group_result`."""
    if not results.asked(indicator.id, year):
        return NotShown(Hidden.NOT_ASKED)
    if group.kind is GroupKind.LAN and counted.bortfall_too_high and indicator.part is not Part.REGISTER:
        return NotShown(Hidden.BORTFALL)
    row = official_row(group)
    read = results.value(indicator.id, row, year) if row else Missing(Reason.EJ_I_FILEN)
    match read:
        case Share(percent) if indicator.scale.has_ja:
            return _stated(percent, counted)
        case Number(amount):
            return GroupNumber(amount, len(counted.numbers), official=True)
        case Missing(reason) if why := _withheld(indicator, group, reason):
            return NotShown(why)
    return _counted(indicator, counted)


def _stated(percent: Decimal, counted: Tally) -> GroupValue:
    if not counted.answered:
        return ReadShare(percent)
    return GroupShare(percent, Count(counted.ja, counted.answered), official=True)


def _withheld(indicator: Indicator, group: Group, reason: Reason) -> Hidden | None:
    """Why the publisher shows no result in the group's own row, which is then not counted out from its units.

    On a scale without Ja the row has no share to give, so only sekretess says something there.
    """
    if reason is Reason.SEKRETESS:
        return Hidden.SEKRETESS
    if not (indicator.scale.has_ja or indicator.scale.is_number):
        return None
    if reason is Reason.EJ_TILLAMPLIG:
        return Hidden.EJ_TILLAMPLIG
    return Hidden.WITHHELD if reason is Reason.BORTFALL and group.kind is GroupKind.LAN else None


def _counted(indicator: Indicator, counted: Tally) -> GroupValue:
    if not counted.answered:
        return NotShown(Hidden.NO_ANSWERS)
    if indicator.scale.is_number:
        mean = sum(counted.numbers, Decimal(0)) / len(counted.numbers)
        return GroupNumber(mean, len(counted.numbers), official=False)
    if indicator.scale.has_ja:
        count = Count(counted.ja, counted.answered)
        return GroupShare(count.percent, count, official=False)
    return Spread(tuple(o.label for o in indicator.scale.options), counted.options)


@lru_cache(maxsize=2_000)
def response(results: Results, part: Part, units: tuple[str, ...], year: int) -> Count | NotShown:
    """How many of *units* answered a part of the survey: those that are not missing by bortfall in all of its questions."""
    asked = [i.id for i in results.indicators_of(year) if i.part is part]
    if not asked or not units:
        return NotShown(Hidden.NOT_ASKED)
    silent = (Reason.BORTFALL, Reason.EJ_I_FILEN)
    answered = sum(any(_reason(results, i, unit, year) not in silent for i in asked) for unit in units)
    return Count(answered, len(units))


def _reason(results: Results, indicator: str, unit: str, year: int) -> Reason | None:
    value = results.value(indicator, unit, year)
    return value.reason if isinstance(value, Missing) else None
