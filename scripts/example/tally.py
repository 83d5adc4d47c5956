"""The rows of län and riket: shares counted and numbers averaged over the units, by the publisher's rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from example.draw import BORTFALL_LIMIT, Answers, Drawn, Gap, whole
from example.facts import RIKET, Facts, Indicator, Option


@dataclass(frozen=True, slots=True)
class Share:
    """*ja* of *answered* units."""

    ja: int
    answered: int

    @property
    def percent(self) -> Decimal:
        """The share, not rounded."""
        return Decimal(100 * self.ja) / self.answered

    @property
    def whole(self) -> int:
        """The share in whole percent."""
        return whole(self.percent)


Total = Share | Decimal | Gap
Totals = dict[str, dict[str, Total]]  # indicator id → code of län or riket → share, mean, or why there is none


def tally(facts: Facts, year: int, answers: Answers) -> Totals:
    """The totals of every län and of riket. Riket counts the units too, also those of a län that is not shown."""
    totals: Totals = {}
    for indicator in facts.asked(year):
        given = answers[indicator.id]
        totals[indicator.id] = {
            place.code: _total(indicator, [v for code, v in given.items() if code.startswith(place.code)]) for place in facts.lan
        }
        totals[indicator.id][RIKET] = _total(indicator, given.values())
    return totals


def answering(facts: Facts, year: int, answers: Answers, part: str) -> int:
    """How many units answered at least one question of the part."""
    asked = [i.id for i in facts.asked(year) if i.part == part]
    return sum(any(answers[i][u.code] is not Gap.BORTFALL for i in asked) for u in facts.units(year))


def _total(indicator: Indicator, values: Iterable[Drawn]) -> Total:
    members = list(values)
    if 100 * sum(v is Gap.BORTFALL for v in members) > BORTFALL_LIMIT * len(members):
        return Gap.SEKRETESS
    if indicator.options:
        answered = [v for v in members if isinstance(v, Option)]
        if not (indicator.has_ja and answered):
            return Gap.EJ_TILLAMPLIG
        return Share(sum(v.sign == "ja" for v in answered), len(answered))
    numbers = [v for v in members if isinstance(v, Decimal)]
    if not numbers:
        return Gap.SEKRETESS
    return (sum(numbers, Decimal(0)) / len(numbers)).quantize(Decimal("0.1"), ROUND_HALF_UP)
