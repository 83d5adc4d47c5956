"""Figures as data: the län bar chart, the trend, and the own answers by kvalitetsdimension."""

from __future__ import annotations

from ojreport.analysis.compare import GroupResult, GroupShare, Hidden, NotShown, ReadShare, group_result
from ojreport.analysis.own import OwnAnswer, OwnMissing, OwnShare, own_result
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
from ojreport.compose.story import Story, own_mark
from ojreport.model.area import GroupKind
from ojreport.model.indicator import Indicator

GOTLAND = "09"
Shown = GroupShare | ReadShare


def lan_results(story: Story, indicator: Indicator) -> tuple[GroupResult, ...]:
    """Every län's result in the report's edition, highest first, those that are not shown last."""
    groups = story.catalogue.lan_groups
    found = [group_result(story.results, indicator, group, story.year) for group in groups]
    return tuple(sorted(found, key=lambda r: (-r.value.percent if isinstance(r.value, Shown) else 1, r.group.name)))


def lan_chart(story: Story, standing: Standing) -> Figure | None:
    """The share of Ja per län, the own län marked, and riket's line; who is not shown is in the note. None without a bar."""
    say, indicator = story.say, standing.indicator
    results = lan_results(story, indicator)
    own = story.profile.area.lan
    shown = [(r, r.value) for r in results if isinstance(r.value, Shown)]
    bars = tuple(
        Bar(r.group.name, float(v.percent), str(v.whole), Role.OWN if r.group.id == own else Role.OTHER) for r, v in shown
    )
    if not bars:
        return None
    riket = standing.riket.value
    reference = Reference(say("riket_linje", str(riket.whole)), float(riket.percent)) if isinstance(riket, Shown) else None
    own_lan = next(r for r in results if r.group.id == own)
    spec = BarChart(
        title=say("lan_titel", own_lan, standing.riket),
        subtitle=say("lan_undertitel", indicator),
        bars=bars,
        unit=say("enhet_procent"),
        note=_lan_note(story, results),
        source=say("kalla", [story.year]),
        reference=reference,
    )
    alt = say("lan_alt", indicator, bars, str(riket.whole) if isinstance(riket, Shown) else "")
    facts = tuple(group_fact(story.results, r, str(v.whole)) for r, v in shown)
    return Figure(spec, alt, (*facts, group_fact(story.results, standing.riket, story.group_text(standing.riket, short=True))))


def _lan_note(story: Story, results: tuple[GroupResult, ...]) -> str:
    hidden = [(r.group.name, r.value.why) for r in results if isinstance(r.value, NotShown)]
    by_bortfall = [name for name, why in hidden if why is Hidden.BORTFALL]
    others = [name for name, why in hidden if why is not Hidden.BORTFALL]
    gotland = any(r.group.id == GOTLAND and isinstance(r.value, Shown) for r in results)
    note = story.say("lan_not", by_bortfall, gotland)
    return f"{note} {story.say('lan_not_ovriga', others)}".strip() if others else note


def riket_series(story: Story, indicator: Indicator) -> Series:
    """Riket's series up to the report's edition."""
    return series(story.results, indicator, story.catalogue.riket(), story.year, story.catalogue.breaks)


def trend_chart(story: Story, standing: Standing) -> Figure | None:
    """Riket and länet over the editions, cut at breaks, with the own answers under them. None without a point to draw."""
    say, indicator = story.say, standing.indicator
    lan = story.catalogue.group_of_lan(story.profile.area.lan)
    both = (riket_series(story, indicator), series(story.results, indicator, lan, story.year, story.catalogue.breaks))
    years = tuple(y for y in story.results.years_of(indicator.id) if y <= story.year)
    lines = [
        Line(name, role, tuple(_points(run) for run in found.runs))
        for name, role, found in ((say("riket"), Role.RIKET, both[0]), (lan.name, Role.OWN, both[1]))
        if found.points
    ]
    own, own_line = _own(story, indicator, years)
    lines += [own_line] if own_line else []
    if not lines:
        return None
    breaks = both[0].breaks
    notes = notes_between(story.catalogue.breaks, indicator.id, years[0], years[-1])
    spec = TrendChart(
        title=say("trend_titel", indicator, both[0].run_to(story.year), breaks),
        subtitle=say("trend_undertitel" if own else "trend_undertitel_delar", years[0], years[-1]),
        years=years,
        lines=tuple(lines),
        breaks=tuple(BreakMark(b.before, b.after, b.short) for b in breaks),
        unit=say("enhet_procent"),
        note=say("trend_not", breaks, notes, [h for found in both for h in found.hidden]),
        source=say("kalla", list(years)),
        own_label=story.profile.area.short if own else "",
        own=own,
    )
    alt = say("trend_alt", indicator, lines, breaks, own)
    facts = [group_fact(story.results, p, story.group_text(p, short=True)) for found in both for p in found.points]
    facts += _own_facts(story, standing, years)
    return Figure(spec, alt, tuple(facts))


def _points(run: tuple[GroupResult, ...]) -> tuple[Point, ...]:
    return tuple(Point(p.year, float(p.value.percent), str(p.value.whole)) for p in run if isinstance(p.value, Shown))


def _own(story: Story, indicator: Indicator, years: tuple[int, ...]) -> tuple[tuple[OwnSign, ...], Line | None]:
    """The own answers as signs, and the shares of the kommun's stadsdelar as a line.

    The line is cut at breaks, where a year is missing, and where the kommun was divided anew.
    """
    area, signs = story.profile.area, []
    runs: list[list[Point]] = [[]]
    last, counted = years[0], frozenset[str]()
    for year in years:
        own = own_result(story.results, indicator, area, year)
        parts = frozenset(o.area for o in own.observations)
        if parts != counted or cut_between(story.catalogue.breaks, indicator.id, last, year):
            runs.append([])
        match own.value:
            case OwnShare(count):
                runs[-1].append(Point(year, float(count.percent), story.say("andel_text", count)))
            case OwnAnswer() | OwnMissing() if story.results.has_area(area.code, year):
                runs.append([])
                signs.append(OwnSign(year, own_mark(own) or Mark.MISSING, story.own_text(indicator, own)))
            case _:
                runs.append([])
        last, counted = year, parts
    found = tuple(tuple(run) for run in runs if run)
    return tuple(signs), Line(area.short, Role.SELF, found) if found else None


def _own_facts(story: Story, standing: Standing, years: tuple[int, ...]) -> list[Fact]:
    area = story.profile.area
    facts = []
    for year in years:
        if story.results.has_area(area.code, year):
            own = own_result(story.results, standing.indicator, area, year)
            origins = tuple(o.origin for o in own.observations)
            facts.append(Fact(story.own_text(standing.indicator, own), standing.indicator.id, area.code, year, origins))
    return facts


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
        note=say("dimensioner_not", missing),
        source=say("kalla", [story.year]),
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
