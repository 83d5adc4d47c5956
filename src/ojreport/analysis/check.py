"""What an edition holds, and how it differs from the one before: what a reader looks at before she trusts the numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from ojreport.analysis.compare import BORTFALL_LIMIT, group_units, tally
from ojreport.analysis.control import share_findings
from ojreport.analysis.trend import cut_between
from ojreport.model.area import Area, Group, GroupKind, Level
from ojreport.model.indicator import Break, Indicator, Part
from ojreport.model.results import Edition, Finding, Results, Severity
from ojreport.model.value import Answer, Missing, Number, Reason, Share, Value

STATES = ("answer", "share", "number", Reason.BORTFALL.value, Reason.EJ_TILLAMPLIG.value, Reason.SEKRETESS.value)
SIMILAR = "similar-title"  # the reader's word for a heading that it matched word by word

ENOUGH = 5  # answers in both editions; fewer say nothing of a kommun
ALIKE = 0.8  # difflib's ratio: two headings that may be one question, worded anew


class Match(StrEnum):
    """How a heading was matched with the catalogue."""

    EXACT = "exact"
    SIMILAR = "similar"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Column:
    """An indicator of an edition, its heading as it stands in the file, and its cells by state (the keys are STATES)."""

    indicator: Indicator
    heading: str
    match: Match
    cells: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A län that reports do not show for its bortfall: in all questions of a part of the survey (*whole*), or in some."""

    lan: Group
    part: Part
    indicators: tuple[str, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Renamed:
    """A heading that reads otherwise than in the edition before; *before* and *after* are ids, the same for a sure match."""

    before: str
    after: str
    heading_before: str
    heading: str


@dataclass(frozen=True, slots=True)
class Turned:
    """A unit that gave another answer than in the edition before to *indicators*, of *compared* that it answered in both."""

    area: Area
    indicators: tuple[str, ...]
    compared: int


@dataclass(frozen=True, slots=True)
class Differences:
    """What an edition has that the *previous* one had not, and the other way round. No answer is compared across a break."""

    previous: int
    new: tuple[Indicator, ...]
    gone: tuple[Indicator, ...]
    renamed: tuple[Renamed, ...]
    turned: tuple[Turned, ...]


@dataclass(frozen=True, slots=True)
class EditionCheck:
    """What an edition holds. *lacking* are the units without a row; *findings* are all that there is to say about it."""

    edition: Edition
    levels: Mapping[Level, int]
    lacking: tuple[str, ...]
    columns: tuple[Column, ...]
    withheld: tuple[Withheld, ...]
    differences: Differences | None
    findings: tuple[Finding, ...]

    @property
    def cells(self) -> Mapping[str, int]:
        """The edition's cells by state."""
        return {state: sum(c.cells[state] for c in self.columns) for state in STATES}


def check_edition(results: Results, year: int, groups: Sequence[Group], breaks: Sequence[Break]) -> EditionCheck:
    """The check of one edition; *groups* are riket and the län."""
    edition = results.edition(year)
    levels = Counter(a.level for a in edition.areas)
    rows = {a.code for a in edition.areas}
    withheld = tuple(_withheld(results, year, groups))
    earlier = [y for y in results.years if y < year]
    differences = _differences(results, earlier[-1], year, breaks) if earlier else None
    findings = (*edition.findings, *share_findings(results, groups, year), *_of_bortfall(edition, withheld))
    return EditionCheck(
        edition,
        {level: levels[level] for level in Level},
        tuple(u for u in edition.units if u not in rows),
        tuple(_columns(results, edition)),
        withheld,
        differences,
        (*findings, *(_of_differences(results, year, differences) if differences else ())),
    )


# -------------------------------------------------------------------------------------------------------- what it holds


def _columns(results: Results, edition: Edition) -> Iterator[Column]:
    similar = {f.message.rpartition(" is read as ")[2].partition(",")[0] for f in edition.findings if f.kind == SIMILAR}
    states = [_state(value) for value in edition.values]
    for indicator in results.indicators_of(edition.year):
        count = Counter(states[value] for value, _, _ in edition.cells[indicator.id].values())
        match = Match.SIMILAR if indicator.id in similar else Match.EXACT if indicator.known else Match.UNKNOWN
        heading = edition.titles.get(indicator.id, indicator.title)
        yield Column(indicator, heading, match, {state: count[state] for state in STATES})


def _state(value: Value) -> str:
    match value:
        case Answer():
            return "answer"
        case Share():
            return "share"
        case Number():
            return "number"
        case Missing(reason):
            return reason.value


def _withheld(results: Results, year: int, groups: Iterable[Group]) -> Iterator[Withheld]:
    asked = [i for i in results.indicators_of(year) if i.part is not Part.REGISTER]
    for group in groups:
        units = group_units(results, group, year)
        if group.kind is not GroupKind.LAN or not units:
            continue
        for part in Part:
            own = [i for i in asked if i.part is part]
            silent = tuple(i.id for i in own if tally(results, i, units, year).bortfall_too_high)
            if silent:
                yield Withheld(group, part, silent, whole=len(silent) == len(own))


def _of_bortfall(edition: Edition, withheld: Iterable[Withheld]) -> Iterator[Finding]:
    """One note for all län that are over the limit in the same questions."""
    together: dict[tuple[str, ...], list[Withheld]] = {}
    for one in withheld:
        together.setdefault((one.part, *one.indicators), []).append(one)
    for (part, *indicators), own in together.items():
        where = (
            f"the {part} part" if own[0].whole else f"{len(indicators)} of the {part} part's questions ({', '.join(indicators)})"
        )
        names = ", ".join(one.lan.name for one in own)
        message = f"bortfall over {BORTFALL_LIMIT} percent in {where}, so not shown there: {names}"
        yield Finding(Severity.NOTE, "lan-bortfall", message, edition.file)


# --------------------------------------------------------------------------------------------------------- differences


def _differences(results: Results, previous: int, year: int, breaks: Sequence[Break]) -> Differences:
    before, after = results.edition(previous), results.edition(year)
    new = [i for i in results.indicators_of(year) if i.id not in before.cells]
    gone = [i for i in results.indicators_of(previous) if i.id not in after.cells]
    renamed = [
        Renamed(i.id, i.id, before.titles[i.id], after.titles[i.id])
        for i in results.indicators_of(year)
        if i.id in before.titles and i.id in after.titles and _said(before.titles[i.id]) != _said(after.titles[i.id])
    ]
    renamed += _worded_anew(before, after, new, gone)
    return Differences(
        previous,
        tuple(new),
        tuple(gone),
        tuple(renamed),
        tuple(_turned(results, previous, year, _comparable(results, previous, year, breaks))),
    )


def _worded_anew(before: Edition, after: Edition, new: Iterable[Indicator], gone: Iterable[Indicator]) -> Iterator[Renamed]:
    """Headings that the catalogue does not know to be one question, but that read so alike that they may be."""
    for i in new:
        for other in gone:
            if i.known and other.known:
                continue
            old, own = before.titles.get(other.id, other.title), after.titles.get(i.id, i.title)
            if SequenceMatcher(None, _said(old), _said(own)).ratio() >= ALIKE:
                yield Renamed(other.id, i.id, old, own)


def _said(heading: str) -> str:
    """A heading's letters without its question number and brackets, which differ each year."""
    text = re.sub(r"^\W*[a-zåäö]?\d+(?:[.:]\d+)*\s?[a-zåäö]?[.):]\s*|\([^()]*\)", "", heading.casefold())
    return "".join(c for c in text if c.isalnum())


def _comparable(results: Results, previous: int, year: int, breaks: Sequence[Break]) -> tuple[Indicator, ...]:
    both = (i for i in results.indicators_of(year) if results.asked(i.id, previous) and not i.scale.is_number)
    return tuple(i for i in both if not cut_between(breaks, i.id, previous, year))


def _turned(results: Results, previous: int, year: int, indicators: Sequence[Indicator]) -> Iterator[Turned]:
    """The units that gave another answer to half of the questions or more, where they answered enough of them."""
    for unit in results.units(year):
        pairs = [(i.id, results.value(i.id, unit, previous), results.value(i.id, unit, year)) for i in indicators]
        both = [(id_, a != b) for id_, a, b in pairs if isinstance(a, Answer) and isinstance(b, Answer)]
        changed = tuple(id_ for id_, other in both if other)
        if len(both) >= ENOUGH and 2 * len(changed) >= len(both):
            yield Turned(results.area(unit, year), changed, len(both))


def _of_differences(results: Results, year: int, found: Differences) -> Iterator[Finding]:
    file, previous = results.edition(year).file, found.previous
    for i in found.new:
        yield Finding(Severity.NOTE, "indicator-new", f"{i.id} “{i.short}” was not in the edition of {previous}", file)
    for i in found.gone:
        yield Finding(
            Severity.NOTE, "indicator-gone", f"{i.id} “{i.short}” was in the edition of {previous}, and is not here", file
        )
    for r in found.renamed:
        sure = r.before == r.after
        text = f"{r.after} reads “{r.heading}”, in {previous} “{r.heading_before}”"
        if sure:
            yield Finding(Severity.NOTE, "indicator-renamed", text, file)
        else:
            yield Finding(Severity.WARNING, "indicator-renamed", f"{text} ({r.before}); the two may be one question", file)
    for t in found.turned:
        origin = results.observation(t.indicators[0], t.area.code, year).origin
        message = (
            f"{t.area.name} ({t.area.code}) answers {len(t.indicators)} of {t.compared} questions otherwise than in {previous}"
        )
        yield Finding(Severity.WARNING, "unit-turned", message, file, origin.sheet, origin.cell)
