"""The answers: drawn by chance, but so that the published figures come out when they are counted.

Each unit has a leaning to each question that stays with it over the years; the units with the strongest leaning answer Ja, as
many as the published share asks for. So a unit that answers Ja one year mostly does so the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from random import Random

from example.facts import Facts, Indicator, Option, Place

BORTFALL_LIMIT = 20  # percent; a län with more is not shown
UNANSWERED = 0.012  # how often a unit that answers a part leaves a question of it blank
YEARLY = 0.28  # how much a leaning moves from year to year, against a spread of about 1 between units


class Gap(Enum):
    """Why there is no answer."""

    BORTFALL = "bortfall"
    EJ_TILLAMPLIG = "ej tillämplig"
    SEKRETESS = "sekretess"


Drawn = Option | Decimal | Gap
Answers = dict[str, dict[str, Drawn]]  # indicator id → unit's code (for register indicators: län) → answer


def whole(number: Decimal) -> int:
    """Rounded half up, as the publisher does."""
    return int(number.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def draw(facts: Facts, year: int) -> Answers:
    """The answers of all units to all questions of the edition."""
    units = facts.units(year)
    silent = {part: _silent(facts, part, year) for part in ("generell", "missbruk")}
    answers: Answers = {}
    for indicator in facts.asked(year):
        if indicator.part == "register":
            answers[indicator.id] = _numbers(facts, indicator, year, facts.lan)
            continue
        blank = _blank(facts, indicator, year, silent[indicator.part])
        gaps: dict[str, Drawn] = dict.fromkeys(blank, Gap.BORTFALL)
        asked = [u for u in units if u.code not in blank]
        if indicator.options:
            drawn = _Question(facts, indicator, year, answers).draw(asked)
        else:
            drawn = _numbers(facts, indicator, year, asked)
        answers[indicator.id] = {u.code: gaps.get(u.code) or drawn[u.code] for u in units}
    return answers


@dataclass(frozen=True, slots=True)
class _Question:
    """One question of one edition; *answers* are those to the questions before it."""

    facts: Facts
    indicator: Indicator
    year: int
    answers: Answers

    def draw(self, units: list[Place]) -> dict[str, Drawn]:
        """An answer for each of the *units*, by code."""
        rule = self._rule()
        gaps: dict[str, Drawn] = {}
        fixed = self._fixed(units)
        if rule:
            for unit in units:
                parent = self.answers[rule["needs"]][unit.code]
                if parent is Gap.BORTFALL:
                    gaps[unit.code] = Gap.BORTFALL
                elif not (isinstance(parent, Option) and parent.sign == "ja"):
                    if rule["otherwise"] == "nej":
                        fixed[unit.code] = self.indicator.options[-1]
                    else:
                        gaps[unit.code] = Gap.EJ_TILLAMPLIG
        return {**gaps, **self._share_out([u for u in units if u.code not in gaps], fixed)}

    def _rule(self) -> dict[str, str] | None:
        rules = (r for r in self.facts.drawn["rules"] if r["indicator"] == self.indicator.id)
        return next((r for r in rules if self.year in r.get("years", (self.year,))), None)

    def _fixed(self, units: list[Place]) -> dict[str, Option]:
        labels = {u.code: self.facts.fixed.get((self.indicator.id, u.code)) for u in units}
        return {code: next(o for o in self.indicator.options if o.label == label) for code, label in labels.items() if label}

    def _percents(self) -> list[int]:
        """For each option but the last, the percent of the answering units that it is drawn to."""
        given = self.facts.drawn["shares"].get(self.indicator.id, {}).get(str(self.year), [])
        percents = [given] if isinstance(given, int) else list(given)
        published = self.facts.shares.get((self.indicator.id, self.year))
        return percents if published is None else [published, *percents[1:]]

    def _share_out(self, units: list[Place], fixed: dict[str, Option]) -> dict[str, Drawn]:
        """Option by option, best first, the units with the strongest leaning, until the option has its share."""
        drawn: dict[str, Drawn] = {u.code: fixed[u.code] for u in units if u.code in fixed}
        score = _leanings(self.facts, self.indicator.id, self.year, units)
        free = sorted((u.code for u in units if u.code not in fixed), key=lambda code: (-score[code], code))
        for option, percent in zip(self.indicator.options, self._percents(), strict=False):
            already = sum(1 for code in drawn if drawn[code] is option)
            wanted = max(0, whole(Decimal(percent * len(units)) / 100) - already)
            drawn.update(dict.fromkeys(free[:wanted], option))
            free = free[wanted:]
        return {**drawn, **dict.fromkeys(free, self.indicator.options[-1])}


def _normal(random: Random) -> float:
    """About standard normal, from uniform numbers only: those are the same in every version of Python."""
    return sum(random.random() for _ in range(12)) - 6


def _leanings(facts: Facts, topic: str, year: int, units: list[Place]) -> dict[str, float]:
    """How strongly each unit leans to Ja: its län, its general level, the question itself, and a little of the year."""
    everybody = facts.units(year)
    county = _spread("lan", [place.code for place in facts.lan])
    general = _spread("general", [u.code for u in everybody])
    own = _spread(topic, [u.code for u in everybody])
    own_county = _spread(f"lan {topic}", [place.code for place in facts.lan])
    moved = _spread(f"{topic} {year}", [u.code for u in everybody])
    return {
        u.code: 0.25 * county[u.code[:2]]
        + 0.3 * own_county[u.code[:2]]
        + 0.35 * general[u.code]
        + 0.85 * own[u.code]
        + YEARLY * moved[u.code]
        for u in units
    }


def _spread(topic: str, codes: list[str]) -> dict[str, float]:
    random = Random(f"ojreport {topic}")  # noqa: S311 - drawn for show, not for secrecy
    return {code: _normal(random) for code in codes}


def _silent(facts: Facts, part: str, year: int) -> frozenset[str]:
    """The units that answer nothing of the part: as many as the response rate says, in no län more than the limit.

    The units that the facts name come on top of the limit; that is how one län passes it.
    """
    units = facts.units(year)
    rate = facts.shares.get((part, year), facts.drawn["answered"][part][str(year)])
    wanted = len(units) - whole(Decimal(rate * len(units)) / 100)
    silent = set(facts.drawn["silent"].get(str(year), {}).get(part, ()))
    reluctance, moved = (_spread(topic, [u.code for u in units]) for topic in ("reluctance", f"reluctance {year}"))
    for code in sorted(reluctance, key=lambda code: (reluctance[code] + 1.5 * moved[code], code)):
        if len(silent) >= wanted:
            break
        if code not in facts.drawn["silent"]["always_answer"] and _room(units, silent, code):
            silent.add(code)
    return frozenset(silent)


def _blank(facts: Facts, indicator: Indicator, year: int, silent: frozenset[str]) -> frozenset[str]:
    """The units without an answer to the question: the silent ones, and a few that answered the others."""
    random = Random(f"ojreport blank {indicator.id} {year}")  # noqa: S311 - as above
    units, blank = facts.units(year), set(silent)
    for unit in units:
        skipped = random.random() < UNANSWERED and unit.code not in facts.drawn["silent"]["always_answer"]
        if skipped and _room(units, blank, unit.code):
            blank.add(unit.code)
    return frozenset(blank)


def _room(units: tuple[Place, ...], missing: set[str], code: str) -> bool:
    """Whether *code* can be missing too without its län passing the limit."""
    members = [u.code for u in units if u.code[:2] == code[:2]]
    return 100 * (len(missing.intersection(members) | {code})) <= BORTFALL_LIMIT * len(members)


def _numbers(facts: Facts, indicator: Indicator, year: int, places: tuple[Place, ...] | list[Place]) -> dict[str, Drawn]:
    """A number for each place, or sekretess for some small kommuner (few people are behind their numbers)."""
    model = facts.drawn["numbers"][indicator.id]
    everybody = [p.code for p in (*facts.lan, *facts.units(year))]
    open_handed = facts.drawn["silent"]["always_answer"]
    own, moved, secret = (_spread(f"{indicator.id} {topic}", everybody) for topic in ("own", str(year), "secret"))
    numbers: dict[str, Drawn] = {}
    for place in places:
        centre = model["mean"] + model["drift"] * (year - 2018)
        number = centre + model["spread"] * (0.9 * own[place.code] + 0.4 * moved[place.code])
        limited = Decimal(str(min(max(number, model["lowest"]), model["highest"])))
        hidden = model["secret"] and place.rural and secret[place.code] > 1 and place.code not in open_handed
        numbers[place.code] = Gap.SEKRETESS if hidden else limited.quantize(Decimal(10) ** -model["decimals"], ROUND_HALF_UP)
    return numbers
