"""The faktablad's tables: the series with their breaks, the largest changes, differences between groups, län by län."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ojreport.analysis.compare import Hidden, NotShown
from ojreport.analysis.factsheet import Gap, National, gap
from ojreport.analysis.trend import ShareChange, cut_between, notes_between
from ojreport.compose.document import Align, Column, Table, TableCell, TableRow
from ojreport.compose.faktablad_story import Faktablad, fact


def trend_table(story: Faktablad, nationals: Sequence[National], *, short: bool = False) -> Table:
    """Riket's share per year; where some series is broken, a column between the years says which may be compared.

    *short*: without the number of answers, for a slide whose notes have them.
    """
    say, breaks = story.say, story.catalogue.breaks
    asked = {y for n in nationals for y in story.results.years_of(n.indicator.id)}
    years = sorted(y for y in asked if y <= story.year)
    cut = [(a, b) for a, b in pairwise(years) if any(cut_between(breaks, n.indicator.id, a, b) for n in nationals)]
    columns = [Column(say("kolumn_indikator"), 2.2)]
    for year in years:
        columns += [Column(say("kolumn_mellan", *pair), 1.25) for pair in cut if pair[1] == year]
        columns.append(Column(str(year), 0.8 if short else 1.1))
    rows = tuple(_trend_row(story, n, years, cut, short=short) for n in nationals)
    first, last = years[0], years[-1]
    broken = [(n.indicator, b) for n in nationals for b in cut_between(breaks, n.indicator.id, first, last)]
    noted = [(n.indicator, b) for n in nationals for b in notes_between(breaks, n.indicator.id, first, last)]
    note = say("trend_tabell_not", broken, noted)
    facts = tuple(fact(story, p) for n in nationals for p in n.series.points)
    summary = say("trend_sammanfattning", len(rows), years)
    return Table(say("trend_tabell", short), tuple(columns), rows, summary, note, story.source(*years), facts)


def _trend_row(
    story: Faktablad, national: National, years: Sequence[int], cut: Sequence[tuple[int, int]], *, short: bool
) -> TableRow:
    say, id_ = story.say, national.indicator.id
    shown = {r.year: r for r in (*national.series.points, *national.series.hidden)}
    cells = [TableCell(national.indicator.short)]
    for year in years:
        for before, after in ((a, b) for a, b in cut if b == year):
            breaks = cut_between(story.catalogue.breaks, id_, before, after)
            started = any(y <= before for y in shown)
            cells.append(TableCell(say("mellan", breaks[0] if breaks else None, started), bold=bool(breaks)))
        result = shown.get(year)
        words = say("ej_stalld")
        if result:
            words = story.group_text(result, short=True) if short else say("andel_cell", result.value)
        cells.append(TableCell(words, bold=year == story.year))
    return TableRow(tuple(cells))


def change_table(story: Faktablad) -> Table:
    """The largest rises, then falls, since the last comparable edition; last what is not judged, which it is said to be."""
    say, n = story.say, story.definition.at_most
    columns = (
        Column(say("kolumn_indikator"), 2.3),
        Column(say("kolumn_fore"), 1.6),
        Column(str(story.year), 1.2),
        Column(say("kolumn_forandring"), 1.2, Align.RIGHT),
    )
    shown = [c for changes in (story.found.rises, story.found.falls, story.found.unjudged) for c in changes[:n]]
    rows = tuple(_change_row(story, c) for c in shown)
    facts = tuple(fact(story, r) for c in shown for r in (c.before, c.after))
    found = story.found
    note = say("forandring_not", len(found.rises), len(found.falls), _level(found.rises, n), _level(found.falls, n))
    years = sorted({c.before.year for c in shown} | {story.year})
    return Table("", columns, rows, say("forandring_sammanfattning"), note, story.source(*years), facts)


def _level(changes: Sequence[ShareChange], n: int) -> int:
    """How many changes that are not shown are as large as the last that is."""
    return sum(c.points == changes[n - 1].points for c in changes[n:])


def _change_row(story: Faktablad, change: ShareChange) -> TableRow:
    say, after = story.say, change.after
    before = say("ar_och_andel", change.before.year, story.group_text(change.before))
    words = (say("obedomd", after.indicator), before, story.group_text(after), say("plus_minus", change.points))
    return TableRow(tuple(TableCell(w) for w in words))


def size_table(story: Faktablad, gaps: Sequence[Gap], *, short: bool = False) -> Table:
    """SKR's three main groups side by side, for the indicators that differ the most between them."""
    say = story.say
    by_id = {n.indicator.id: n.sizes for n in story.found.asked}
    groups = by_id[gaps[0].indicator.id]
    columns = (
        Column(say("kolumn_indikator"), 3.25),
        *(Column(say("huvudgrupp", r.group.id), 1.75) for r in groups),
        Column(say("kolumn_skillnad"), 1.05, Align.RIGHT),
    )
    rows = []
    for g in gaps:
        cells = (story.group_text(r, short=short) for r in by_id[g.indicator.id])
        rows.append(TableRow(tuple(TableCell(w) for w in (g.indicator.short, *cells, str(g.points)))))
    facts = tuple(fact(story, r) for g in gaps for r in by_id[g.indicator.id])
    note = say("storlek_not", groups[0].group)
    return Table(say("storlek_tabell"), columns, tuple(rows), say("storlek_sammanfattning"), note, story.source(), facts)


def lan_table(story: Faktablad) -> Table:
    """A row per län and riket last: the shares of the indicators in focus, and the register indicators' numbers."""
    say, shares, register = story.say, story.found.focus, story.found.register
    columns = (
        Column(say("kolumn_lan"), 2.25),
        *(Column(n.indicator.short, 1.45, Align.RIGHT) for n in shares),
        *(Column(say("kolumn_register", n.indicator), 1.45, Align.RIGHT) for n in register),
    )
    areas = (*(r.group for r in (*shares, *register)[0].lan), (*shares, *register)[0].riket.group)
    rows = []
    for k, area in enumerate(areas):
        found = [((*n.lan, n.riket)[k], "andel_cell" if n in shares else "register_tal") for n in (*shares, *register)]
        cells = (TableCell(say(macro, r.value)) for r, macro in found)
        rows.append(TableRow((TableCell(area.name), *cells), total=area.id == story.meta.code))
    facts = tuple(fact(story, r) for n in (*shares, *register) for r in (*n.lan, n.riket))
    by_bortfall = dict.fromkeys(
        r.group.name for n in shares for r in n.lan if isinstance(r.value, NotShown) and r.value.why is Hidden.BORTFALL
    )
    note = say("lan_tabell_not", list(by_bortfall)) if shares else ""
    summary = say("lan_sammanfattning", len(shares), len(register))
    return Table("", columns, tuple(rows), summary, note, story.source(), facts)


def register_summary(story: Faktablad) -> Table:
    """Each register indicator's number in riket, and the län with the lowest and the highest, for a slide."""
    say = story.say
    columns = (
        Column(say("kolumn_register_kort"), 2.0),
        Column(story.meta.area, 0.8, Align.RIGHT),
        Column(say("kolumn_lagst"), 2.0),
        Column(say("kolumn_hogst"), 2.0),
    )
    rows, facts = [], []
    for n in story.found.register:
        between = gap(n.indicator, n.lan)
        ends = (say("andan", between.lowest), say("andan", between.highest)) if between else (say("ej_redovisad"),) * 2
        words = (say("kolumn_register", n.indicator), say("register_tal", n.riket.value), *ends)
        rows.append(TableRow(tuple(TableCell(w) for w in words)))
        facts += [fact(story, r) for r in (n.riket, *n.lan)]
    return Table(
        say("register_titel"),
        columns,
        tuple(rows),
        say("register_sammanfattning", len(rows)),
        source=story.source(),
        facts=tuple(facts),
    )
