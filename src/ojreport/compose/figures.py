"""Figures as data: the län bar chart, the trend, and the own answers by kvalitetsdimension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ojreport.analysis.compare import GroupResult, Hidden, NotShown, Shown, group_result
from ojreport.analysis.own import OwnShare, own_result
from ojreport.analysis.profile import Standing
from ojreport.analysis.trend import Series, cut_between, notes_between, series
from ojreport.compose.document import (
    Bar,
    BarChart,
    BreakMark,
    Fact,
    Figure,
    Line,
    Mark,
    Point,
    Reference,
    Role,
    Segment,
    StackedBar,
    StackedChart,
    TrendChart,
)
from ojreport.compose.document import OwnAnswer as OwnSign
from ojreport.compose.facts import group_fact, own_fact
from ojreport.compose.story import Story, Telling, once, own_mark
from ojreport.model.area import GOTLAND, Group, GroupKind
from ojreport.model.indicator import Indicator


def lan_results(story: Telling, indicator: Indicator) -> tuple[GroupResult, ...]:
    """Every län's result in the report's edition, highest first, those that are not shown last."""
    groups = story.catalogue.lan_groups
    found = [group_result(story.results, indicator, group, story.year) for group in groups]
    return tuple(sorted(found, key=lambda r: (-r.value.percent if isinstance(r.value, Shown) else 1, r.group.name)))


@once
def lan_chart(story: Telling, indicator: Indicator, own: str = "") -> Figure | None:
    """The share of Ja per län, the län *own* (a code) marked, and riket's line; who is not shown is in the note.

    None when no län is shown.
    """
    say = story.say
    results = lan_results(story, indicator)
    shown = [(r, r.value) for r in results if isinstance(r.value, Shown)]
    bars = tuple(
        Bar(r.group.name, float(v.percent), str(v.whole), Role.OWN if r.group.id == own else Role.OTHER) for r, v in shown
    )
    if not bars:
        return None
    riket = group_result(story.results, indicator, story.catalogue.riket(), story.year)
    value = riket.value
    reference = Reference(say("riket_linje", str(value.whole)), float(value.percent)) if isinstance(value, Shown) else None
    marked = next((r for r in results if r.group.id == own), None)
    compared = marked and (len(marked.group.members) > 1 or not isinstance(marked.value, Shown))  # Gotland is its own län
    spec = BarChart(
        title=say("lan_titel", marked, riket) if compared else say("lan_titel_alla", [r for r, _ in shown]),
        subtitle=say("lan_undertitel", indicator),
        bars=bars,
        unit=say("enhet_procent"),
        note=_lan_note(story, results),
        source=story.source(),
        reference=reference,
    )
    alt = say("lan_alt", indicator, bars, str(value.whole) if isinstance(value, Shown) else "")
    facts = tuple(group_fact(story.results, r, str(v.whole)) for r, v in shown)
    return Figure(spec, alt, (*facts, group_fact(story.results, riket, story.group_text(riket, short=True))))


def _lan_note(story: Telling, results: tuple[GroupResult, ...]) -> str:
    hidden = [(r.group.name, r.value.why) for r in results if isinstance(r.value, NotShown)]
    by_bortfall = [name for name, why in hidden if why is Hidden.BORTFALL]
    others = [name for name, why in hidden if why is not Hidden.BORTFALL]
    gotland = any(r.group.id == GOTLAND and isinstance(r.value, Shown) for r in results)
    note = story.say("lan_not", by_bortfall, gotland)
    return f"{note} {story.say('lan_not_ovriga', others)}".strip() if others else note


@once
def group_series(story: Telling, indicator: Indicator, group: Group) -> Series:
    """A group's series up to the report's edition."""
    return series(story.results, indicator, group, story.year, story.catalogue.breaks)


def riket_series(story: Telling, indicator: Indicator) -> Series:
    """Riket's series up to the report's edition."""
    return group_series(story, indicator, story.catalogue.riket())


@dataclass(frozen=True, slots=True)
class OwnSeries:
    """An area's own answers over the years as signs, and the shares of a kommun's stadsdelar as a line."""

    label: str = ""
    signs: tuple[OwnSign, ...] = ()
    line: Line | None = None
    facts: tuple[Fact, ...] = ()


def trend_chart(
    story: Telling, indicator: Indicator, followed: Sequence[tuple[Role, Series]], own: OwnSeries | None = None
) -> Figure | None:
    """The share of Ja over the editions in the groups that are *followed*, the first of which the title is about.

    Lines are cut at breaks; the *own* answers stand under them. None without a point to draw.
    """
    say, own = story.say, own or OwnSeries()
    years = tuple(y for y in story.results.years_of(indicator.id) if y <= story.year)
    lines = [
        Line(say("linjenamn", found.group), role, tuple(_points(run) for run in found.runs))
        for role, found in followed
        if found.points
    ]
    lines += [own.line] if own.line else []
    if not lines:
        return None
    main = followed[0][1]
    notes = notes_between(story.catalogue.breaks, indicator.id, years[0], years[-1])
    note = say("trend_not", main.breaks, notes, [h for _, s in followed for h in s.hidden], _divisions(followed))
    spec = TrendChart(
        title=say("trend_titel", indicator, main.group, main.run_to(story.year), main.breaks),
        subtitle=say("trend_undertitel" if own.signs else "trend_undertitel_delar", years[0], years[-1]),
        years=years,
        lines=tuple(lines),
        breaks=tuple(BreakMark(b.before, b.after, b.short) for b in main.breaks),
        unit=say("enhet_procent"),
        note=f"{note} {say('trend_delar')}".strip() if own.line else note,
        source=story.source(*years),
        own_label=own.label if own.signs else "",
        own=own.signs,
    )
    alt = say("trend_alt", indicator, lines, main.breaks, own.signs)
    facts = [group_fact(story.results, p, story.group_text(p, short=True)) for _, found in followed for p in found.points]
    return Figure(spec, alt, (*facts, *own.facts))


def _divisions(followed: Sequence[tuple[Role, Series]]) -> list[tuple[str, int]]:
    """The groups whose stadsdelar became others, with the year."""
    return [(found.group.name, year) for _, found in followed for year in found.divided]


@once
def own_trend(story: Story, indicator: Indicator) -> Figure | None:
    """The share of Ja in riket and länet over the editions, with the own answers under them.

    A län of one kommun is no line: it would say what the answers say.
    """
    lan = story.catalogue.group_of_lan(story.profile.area.lan)
    followed = [(Role.RIKET, riket_series(story, indicator))]
    if len(lan.members) > 1:
        followed.append((Role.OWN, group_series(story, indicator, lan)))
    return trend_chart(story, indicator, followed, _own(story, indicator))


def _points(run: tuple[GroupResult, ...]) -> tuple[Point, ...]:
    return tuple(Point(p.year, float(p.value.percent), str(p.value.whole)) for p in run if isinstance(p.value, Shown))


def _own(story: Story, indicator: Indicator) -> OwnSeries:
    """The line is cut at breaks, where a year is missing, and where the kommun was divided anew."""
    area = story.profile.area
    years = tuple(y for y in story.results.years_of(indicator.id) if y <= story.year)
    signs, facts = [], []
    runs: list[list[Point]] = [[]]
    last, counted = years[0], frozenset[str]()
    for year in years:
        own = own_result(story.results, indicator, area, year)
        parts = frozenset(o.area for o in own.observations)
        if parts != counted or cut_between(story.catalogue.breaks, indicator.id, last, year):
            runs.append([])
        last, counted = year, parts
        if not story.results.has_area(area.code, year):
            runs.append([])
            continue
        words = story.own_text(indicator, own)
        facts.append(Fact(words, indicator.id, area.code, year, tuple(o.origin for o in own.observations)))
        if isinstance(own.value, OwnShare):
            runs[-1].append(Point(year, float(own.value.count.percent), story.say("andel_text", own.value.count)))
        else:
            runs.append([])
            signs += [OwnSign(year, mark, words)] if (mark := own_mark(own)) else []
    found = tuple(tuple(run) for run in runs if run)
    line = Line(area.short, Role.SELF, found) if found else None
    return OwnSeries(area.short, tuple(signs), line, tuple(facts))


@once
def dimension_chart(story: Story) -> Figure | None:
    """The own answers per kvalitetsdimension: Ja, delvis, Nej and missing, each bar summing to its indicators.

    None when no indicator of a kvalitetsdimension can be answered with Ja.
    """
    say = story.say
    bars, counted = [], []
    for dimension in story.catalogue.dimensions:
        marks = [
            (s, _mark_of(s))
            for s in story.profile.standings
            if s.indicator.dimension == dimension.id and s.indicator.judged and s.indicator.scale.has_ja and s.applies
        ]
        counted += [s for s, _ in marks]
        if marks:
            counts = {mark: sum(m is mark for _, m in marks) for mark in Mark}
            bars.append(StackedBar(dimension.name, tuple(Segment(m, n, str(n)) for m, n in counts.items())))
    if not bars:
        return None
    missing = sum(_mark_of(s) is Mark.MISSING for s in counted)
    spec = StackedChart(
        title=say("dimensioner_titel", story.profile),
        subtitle=say("dimensioner_undertitel"),
        bars=tuple(bars),
        legend=tuple((mark, say("tecken", mark.value)) for mark in Mark),
        unit=say("indikatorer"),
        note=say("dimensioner_not", missing, sum(not s.indicator.scale.has_ja for s in story.profile.judged)),
        source=story.source(),
    )
    area = story.profile.area.code
    facts = tuple(own_fact(s, area, story.year, story.own_text(s.indicator, s.own)) for s in counted)
    return Figure(spec, say("dimensioner_alt", bars), facts)


def _mark_of(standing: Standing) -> Mark:
    """The sign of an own result; stadsdelar count as Ja when all that answered say Ja, as delvis when some do."""
    match standing.own.value:
        case OwnShare(count):
            return Mark.JA if count.numerator == count.denominator else Mark.DELVIS if count.numerator else Mark.NEJ
    return own_mark(standing.own) or Mark.MISSING


def lan_of(standing: Standing) -> GroupResult:
    """Länet's result."""
    return standing.against(GroupKind.LAN)
