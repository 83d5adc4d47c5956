"""Tables: results per kvalitetsdimension, stadsdelar one by one, whom to learn from, the plan, and every indicator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ojreport.analysis.compare import GroupResult
from ojreport.analysis.own import own_result
from ojreport.analysis.profile import Standing, says_ja
from ojreport.compose.document import Align, Column, Fact, Table, TableCell, TableRow
from ojreport.compose.facts import group_fact, own_fact, ranges
from ojreport.compose.story import Story, once, own_mark
from ojreport.model.area import Area, GroupKind
from ojreport.model.indicator import Direction
from ojreport.model.value import Sign

GROUP_WIDTHS = {GroupKind.RIKET: 1.45, GroupKind.LAN: 1.3}  # 100 % (287 av 287) takes more room than 100 % (7 av 7)
NAMES = 7  # as many as there are similar kommuner; more only where they report by stadsdel


def result_table(story: Story, title: str, groups: Sequence[tuple[str, Sequence[Standing]]], *, short: bool = False) -> Table:
    """Own answer and comparison groups per indicator; *groups* name their rows where there is more than one.

    *short*: shares without numerator and denominator, for a slide whose notes have them, and with the kommungrupp, for
    which a page lacks room.
    """
    say, standings = story.say, [s for _, found in groups for s in found]
    kinds = [r.group.kind for r in standings[0].groups if short or r.group.kind is not GroupKind.KOMMUNGRUPP]
    rows: list[TableRow] = []
    facts: list[Fact] = []
    for name, found in groups:
        if len(groups) > 1:
            rows.append(TableRow((TableCell(name, bold=True),), group=True))
        for s in found:
            own, against = story.own_cell(s, short=True), [s.against(kind) for kind in kinds]
            stated = [group_fact(story.results, r, story.group_text(r, short=short)) for r in against]
            rows.append(TableRow((TableCell(named(story, s, s.indicator.short)), own, *(TableCell(f.text) for f in stated))))
            facts += own_fact(s, story.profile.area.code, story.year, own.text), *stated
    columns = (
        Column(say("kolumn_indikator"), 2.7),
        Column(story.profile.area.short, 1.4, own=True),
        *(Column(story.group_label(standings[0].against(kind)), GROUP_WIDTHS.get(kind, 1.15)) for kind in kinds),
    )
    summary = say("resultat_sammanfattning", ", ".join(name for name, _ in groups), len(standings))
    return Table(title, columns, tuple(rows), summary, source="" if short else story.source(), facts=tuple(facts))


def named(story: Story, standing: Standing, title: str) -> str:
    """*title*, marked when the indicator is a bakgrundsmått."""
    background = standing.indicator.direction is Direction.NONE and standing.indicator.known
    return story.say("bakgrund", title) if background else title


def parts_table(story: Story, title: str, standings: Sequence[Standing], name: str) -> Table:
    """A row for each stadsdel, a column for each indicator, signs in the cells and a total with its denominator."""
    say, results, year = story.say, story.results, story.year
    columns = (Column(say("kolumn_stadsdel"), 2.2), *(Column(s.indicator.short, 1.0, Align.CENTER) for s in standings))
    rows, facts = [], []
    for part in story.profile.parts:
        cells = [TableCell(part.short)]
        for s in standings:
            own = own_result(results, s.indicator, part, year)
            words = story.own_text(s.indicator, own)
            mark = own_mark(own)
            cells.append(TableCell(words, mark=mark, mark_only=mark is not None))
            facts.append(Fact(words, s.indicator.id, part.code, year, tuple(o.origin for o in own.observations)))
        rows.append(TableRow(tuple(cells)))
    totals = (TableCell(say("delar_total", s.own.value, s.indicator.scale.unit), bold=True) for s in standings)
    rows.append(TableRow((TableCell(say("delar_summa"), bold=True), *totals), total=True))
    note = f"{say('teckenforklaring')}."
    return Table(title, columns, tuple(rows), say("delar_sammanfattning", name), note, story.source(), tuple(facts))


def learning_table(story: Story, standings: Iterable[Standing], at_most: int) -> Table:
    """For the most urgent improvement areas that somebody answers Ja to: who does."""
    say = story.say
    columns = (Column(say("lara_kolumn_forbattring"), 1.6), Column(say("lara_kolumn"), 3.0))
    found = _taught_by(story, standings)
    taught = [_taught(story, s, areas) for s, areas in found[:at_most]]
    rows, facts = tuple(row for row, _ in taught), tuple(fact for _, stated in taught for fact in stated)
    note = say("lara_not", len(taught), len(found)) if len(found) > len(taught) else ""
    return Table(say("lara_titel"), columns, rows, say("lara_sammanfattning"), note, story.source(), facts)


def most_taught(story: Story, standings: Iterable[Standing], at_most: int) -> tuple[tuple[str, ...], int]:
    """Who stands in the most rows of the learning table of the same arguments, and in how many.

    Nobody where a row has more names than it shows: the reader could not count them.
    """
    rows = [areas for _, areas in _taught_by(story, standings)[:at_most]]
    count = Counter(area.short for areas in rows for area in areas)
    most = max(count.values(), default=0)
    told = all(len(areas) <= NAMES for areas in rows)
    return tuple(name for name, n in count.items() if n == most and told), most


def _taught_by(story: Story, standings: Iterable[Standing]) -> list[tuple[Standing, tuple[Area, ...]]]:
    """The improvement areas that somebody answers Ja to, with who does."""
    found = ((s, says_ja(story.profile.teachers, s.indicator)) for s in standings)
    return [(s, areas) for s, areas in found if areas]


@once
def _taught(story: Story, standing: Standing, areas: tuple[Area, ...]) -> tuple[TableRow, tuple[Fact, ...]]:
    """The row of an improvement area with the facts behind it: *areas* answer Ja."""
    names = story.say("lara_namn", [a.short for a in areas[:NAMES]], max(0, len(areas) - NAMES))
    row = TableRow((TableCell(standing.indicator.short), TableCell(names)))
    return row, tuple(_ja_fact(story, standing, a, story.year) for a in areas)


def _ja_fact(story: Story, standing: Standing, area: Area, year: int) -> Fact:
    seen = own_result(story.results, standing.indicator, area, year).observations
    ja = next(o.label for o in standing.indicator.scale.options if o.sign is Sign.JA)
    return Fact(ja, standing.indicator.id, area.code, year, tuple(o.origin for o in seen))


def appendix_table(story: Story) -> Table:
    """Every indicator with its official title, the own answer, and the cell where the answer stands."""
    say = story.say
    columns = (
        Column(say("kolumn_fraga"), 6.3),
        Column(story.profile.area.short, 1.6, own=True),
        Column(say("kolumn_cell"), 1.25 if story.profile.parts else 0.95),
    )
    sheets = dict.fromkeys(o.origin.sheet for s in story.profile.standings for o in s.own.observations if o.origin.cell)
    number = {sheet: n for n, sheet in enumerate(sheets, 1)}
    rows: list[TableRow] = []
    for dimension, found in by_dimension(story, story.profile.standings):
        rows.append(TableRow((TableCell(dimension, bold=True),), group=True))
        rows += [_appendix_row(story, s, number) for s in found]
    facts = tuple(f for s in story.profile.standings for f in story.facts(s))
    summary = say("bilaga_sammanfattning", len(story.profile.standings))
    note = say("bilaga_not", story.results.edition(story.year).file, number)
    return Table(say("bilaga_titel"), columns, tuple(rows), summary, note, story.source(), facts)


def _appendix_row(story: Story, standing: Standing, sheets: Mapping[str, int]) -> TableRow:
    name = named(story, standing, standing.indicator.title)
    origins = [o.origin for o in standing.own.observations if o.origin.cell]
    places = ranges(o.cell for o in origins)
    if len(places) == 1 and len({o.sheet for o in origins}) == 1:
        place = story.say("blad_cell", sheets[origins[0].sheet], places[0], len(sheets))
    else:
        place = story.say("flera_celler", len(origins))
    return TableRow((TableCell(name), story.own_cell(standing), TableCell(place)))


def register_table(story: Story) -> Table:
    """Register indicators: länet and riket only."""
    say, register = story.say, story.profile.register
    groups: tuple[GroupResult, ...] = register[0].groups
    columns = (Column(say("kolumn_indikator"), 3.0), *(Column(story.group_label(r), 1.2) for r in groups))
    rows = tuple(TableRow((TableCell(s.indicator.title), *(TableCell(story.group_text(r)) for r in s.groups))) for s in register)
    facts = tuple(f for s in register for f in story.facts(s, *s.groups)[1:])
    summary = say("register_sammanfattning", len(rows))
    return Table(say("register_titel"), columns, rows, summary, say("register_not"), story.source(), facts)


def by_dimension(story: Story, standings: Sequence[Standing]) -> tuple[tuple[str, tuple[Standing, ...]], ...]:
    """The standings under their kvalitetsdimension's name, in the catalogue's order; those without one last."""
    names = {d.id: d.name for d in story.catalogue.dimensions}
    found = {id_: tuple(s for s in standings if s.indicator.dimension == id_) for id_ in names}
    rest = tuple(s for s in standings if s.indicator.dimension not in names)
    ordered = [(names[id_], group) for id_, group in found.items() if group]
    return (*ordered, (story.say("ovriga"), rest)) if rest else tuple(ordered)
