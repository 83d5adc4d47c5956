"""Tables of a regional compilation: the matrix, groups side by side, whom to learn from, answers and bortfall."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ojreport.analysis.compare import GroupNumber, GroupShare, Hidden, NotShown, ReadShare, Spread
from ojreport.analysis.own import OwnMissing
from ojreport.analysis.region import Comparison, Unit, by_name
from ojreport.compose.document import Align, Column, Fact, Table, TableCell, TableRow
from ojreport.compose.facts import group_fact
from ojreport.compose.pages import objection_lines
from ojreport.compose.regional_story import MISSING, RegionStory
from ojreport.model.area import Area
from ojreport.model.indicator import Part
from ojreport.model.value import Reason, Sign, whole

NAMES = 12  # in a cell that says who


def spans(count: int, at_most: int) -> list[range]:
    """The places from 0 to *count*, in as few runs as *at_most* allows, as equal as can be."""
    runs = max(1, -(-count // at_most))
    edges = [round(n * count / runs) for n in range(runs + 1)]
    return [range(a, b) for a, b in pairwise(edges)]


# -------------------------------------------------------------------------------------------------------------- matrix


def matrix(story: RegionStory, title: str, comparisons: Sequence[Comparison], places: range, *, upright: bool) -> Table:
    """Units × indicators in signs, for the units in *places*. Totals count the whole matrix, and all units.

    *upright*: narrow columns whose headings read upwards, and the totals in two rows, since "15 av 21" has no room there.
    """
    say = story.say
    units = story.compilation.units
    columns = (
        Column(say("kolumn_enhet"), 6.6 if upright else 2.4),
        *(Column(c.indicator.short, 1.0, Align.CENTER, upright=upright) for c in comparisons),
        Column(say("kolumn_ja"), 2.2 if upright else 0.9, Align.RIGHT),
    )
    rows = [_matrix_row(story, units[n], [(c, n) for c in comparisons]) for n in places]
    if places.stop == len(units):
        rows += _upright_totals(story, comparisons) if upright else _totals(story, comparisons)
    facts = (*story.unit_facts(comparisons, places), *story.group_facts(c.own for c in comparisons))
    summary = say("matris_sammanfattning", len(places), len(comparisons))
    against = [o for c in comparisons for n in places for o in c.answers[n].objections]
    note = " ".join((say("matris_not"), *objection_lines(story, against)))
    return Table(title, columns, tuple(rows), summary, note, story.source(), facts)


def _matrix_row(story: RegionStory, unit: Unit, cells: Sequence[tuple[Comparison, int]]) -> TableRow:
    signs = (story.unit_cell(c.indicator, c.answers[n]) for c, n in cells)
    against = any(c.answers[n].objections for c, n in cells)
    name = story.say("med_invandning", unit.area.name) if against else unit.area.name
    return TableRow((TableCell(name), *signs, TableCell(story.say("rad_summa", unit.ja))))


def _upright_totals(story: RegionStory, comparisons: Sequence[Comparison]) -> list[TableRow]:
    """How many answer Ja, and how many have answered; neither where the group's result is not shown."""
    rows = []
    for n, macro in enumerate(("summa_ja", "summa_svar")):
        numbers = (str((c.own.tally.ja, c.own.tally.answered)[n]) if _shown(c) else _nothing(story) for c in comparisons)
        rows.append(TableRow((TableCell(story.say(macro)), *(TableCell(text) for text in numbers), TableCell("")), total=True))
    return rows


def _totals(story: RegionStory, comparisons: Sequence[Comparison]) -> list[TableRow]:
    say = story.say
    counts = (say("av", c.own.tally.ja, c.own.tally.answered) if _shown(c) else _nothing(story) for c in comparisons)
    return [TableRow((TableCell(say("summa_andel")), *(TableCell(text) for text in counts), TableCell("")), total=True)]


def _shown(comparison: Comparison) -> bool:
    return not isinstance(comparison.own.value, NotShown)


def _nothing(story: RegionStory) -> str:
    """What stands where there is no result."""
    return story.say("rad_summa", NotShown(Hidden.NO_ANSWERS))


def other_answers(story: RegionStory, title: str, comparisons: Sequence[Comparison]) -> Table:
    """Units × what the matrix has no column for, each answer in words, and the group's own result last."""
    say, units = story.say, story.compilation.units
    columns = (Column(say("kolumn_enhet"), 2.0), *(Column(say("rubrik", c.indicator), 1.5) for c in comparisons))
    rows = [
        TableRow(
            (TableCell(u.area.name), *(TableCell(story.unit_text(c.indicator, c.answers[n], short=True)) for c in comparisons))
        )
        for n, u in enumerate(units)
    ]
    totals = (TableCell(story.group_text(c.own)) for c in comparisons)
    rows.append(TableRow((TableCell(say("ovrigt_summa")), *totals), total=True))
    facts = (*story.unit_facts(comparisons), *story.group_facts(c.own for c in comparisons))
    return Table(title, columns, tuple(rows), say("ovrigt_sammanfattning"), source=story.source(), facts=facts)


# --------------------------------------------------------------------------------------------------- groups side by side


def spread_table(story: RegionStory, comparison: Comparison) -> Table:
    """A scale without Ja: each answer's share in the group, its län, the other regions and riket."""
    say, results = story.say, [r for r in story.held(comparison) if isinstance(r.value, Spread)]
    columns = (
        Column(say("kolumn_svar"), 1.4),
        *(Column(story.group_label(r), 1.3, own=r is comparison.own) for r in results),
    )
    rows = []
    for n, option in enumerate(comparison.indicator.scale.options):
        counts = [(r.value.counts[n], r.value.answered) for r in results if isinstance(r.value, Spread)]
        rows.append(TableRow((TableCell(option.label), *(TableCell(say("spridning_cell", *pair)) for pair in counts))))
    title, facts = say("spridning_titel", comparison.indicator), story.group_facts(results)
    return Table(title, columns, tuple(rows), say("spridning_sammanfattning"), source=story.source(), facts=facts)


def group_table(story: RegionStory, groups: Sequence[tuple[str, Sequence[Comparison]]]) -> Table:
    """Each indicator's share in the group, its län, the other regions and riket, for a slide whose notes have the counts."""
    say, comparisons = story.say, [c for _, found in groups for c in found]
    rows: list[TableRow] = []
    for name, found in groups:
        if len(groups) > 1:
            rows.append(TableRow((TableCell(name, bold=True),), group=True))
        for c in found:
            own = TableCell(story.own_words(c, short=True), bold=True)
            cells = (TableCell(story.group_text(r, short=True)) for r in story.held(c)[1:])
            rows.append(TableRow((TableCell(say("rubrik", c.indicator)), own, *cells)))
    columns = (Column(say("kolumn_indikator"), 2.6), *story.group_columns(comparisons[0], 1.1))
    summary = say("resultat_sammanfattning", ", ".join(name for name, _ in groups), len(comparisons))
    facts = tuple(f for c in comparisons for f in story.group_facts(story.held(c), short=True))
    return Table(say("resultat_tabell"), columns, tuple(rows), summary, facts=facts)


def standing_table(story: RegionStory, title: str, comparisons: Sequence[Comparison], *, why: bool, short: bool = False) -> Table:
    """Strengths or improvement areas: the group's result, riket's, the difference and, with *why*, the reasons.

    *short*: shares without their counts, for a slide.
    """
    say, group = story.say, story.compilation.group
    columns = [
        Column(say("kolumn_indikator"), 2.5),
        Column(group.name, 1.5, own=True),
        Column(say("gruppnamn", story.compilation.riket), 1.5),
        Column(say("kolumn_skillnad"), 0.8, Align.RIGHT),
        Column(say("kolumn_varfor"), 2.3),
    ]
    one = len(story.compilation.units) == 1  # an answer has no difference
    kept = [0, 1, 2, *([] if one else [3]), *([4] if why else [])]
    rows = []
    for c in comparisons:
        said = (
            c.indicator.short,
            story.own_words(c, short=short),
            story.group_text(c.riket, short=short),
            difference(story, c),
            say("skal", c),
        )
        rows.append(TableRow(tuple(TableCell(said[n]) for n in kept)))
    facts = tuple(f for c in comparisons for f in story.group_facts((c.own, c.riket), short=short))
    note = say("helhet_ordning") if why and not short else ""
    source = "" if short else story.source()
    summary = say("helhet_sammanfattning", len(rows))
    return Table(title, tuple(columns[n] for n in kept), tuple(rows), summary, note, source, facts)


def change_table(story: RegionStory) -> Table:
    """What each share was in the last comparable edition and is now, those that have risen first."""
    say, found = story.say, story.compilation
    columns = (
        Column(say("kolumn_indikator"), 2.6),
        Column(say("kolumn_tidigare"), 1.9),
        Column(str(found.year), 1.3, own=True),
        Column(say("kolumn_skillnad"), 0.8, Align.RIGHT),
    )
    rows: list[TableRow] = []
    facts: list[Fact] = []
    for macro, comparisons in (("forandring_upp", found.better), ("forandring_ner", found.worse)):
        rows += [TableRow((TableCell(say(macro), bold=True),), group=True)] if comparisons else []
        for c, change in ((c, c.change) for c in comparisons if c.change):
            before, after = (story.group_text(r) for r in (change.before, change.after))
            cells = (c.indicator.short, say("tidigare", before, change.before.year), after, say("skillnad", change.points))
            rows.append(TableRow(tuple(TableCell(words) for words in cells)))
            facts += story.group_facts((change.before, change.after))
    title, summary = say("forandring_tabell"), say("forandring_sammanfattning")
    return Table(title, columns, tuple(rows), summary, source=story.source(*_years(story)), facts=tuple(facts))


def _years(story: RegionStory) -> list[int]:
    """The editions that changes are told between."""
    changes = (c.change for c in story.compilation.comparisons)
    return sorted({story.year, *(change.before.year for change in changes if change)})


def difference(story: RegionStory, comparison: Comparison) -> str:
    """The group's whole percent less riket's, with its sign; empty where either is missing."""
    match comparison.own.value, comparison.riket.value:
        case (GroupShare() | ReadShare()) as own, (GroupShare() | ReadShare()) as riket:
            return story.say("skillnad", own.whole - riket.whole)
        case GroupNumber(amount=amount), GroupNumber(amount=level):
            return story.say("skillnad", whole(amount) - whole(level))
    return ""


# ------------------------------------------------------------------------------------------------------------ learning


def to_learn(story: RegionStory, at_most: int) -> tuple[Comparison, ...]:
    """The most urgent improvement areas that somebody has in place and somebody has not."""
    found = story.compilation
    both = (
        c for c in found.improvements if found.where(c, Sign.JA) and (found.where(c, Sign.NEJ) or found.where(c, Sign.DELVIS))
    )
    return tuple(both)[:at_most]


def learning_table(story: RegionStory, comparisons: Sequence[Comparison], names: int = NAMES) -> Table:
    """Who has in place what the others lack, each side with its number."""
    say, found = story.say, story.compilation
    columns = (
        Column(say("lara_kolumn_forbattring"), 1.5),
        Column(say("lara_kolumn_ja"), 2.4),
        Column(say("lara_kolumn_nej"), 2.4),
    )
    rows = []
    for c in comparisons:
        others = tuple(sorted((*found.where(c, Sign.DELVIS), *found.where(c, Sign.NEJ)), key=by_name))
        sides = (_named(story, areas, names) for areas in (found.where(c, Sign.JA), others))
        rows.append(TableRow((TableCell(c.indicator.short), *(TableCell(side) for side in sides))))
    facts = story.unit_facts(comparisons)
    summary, source = say("lara_sammanfattning"), story.source()
    return Table(say("lara_titel"), columns, tuple(rows), summary, source=source, facts=facts)


def _named(story: RegionStory, areas: Sequence[Area], names: int) -> str:
    return story.say("lara_cell", areas[:names], max(0, len(areas) - names), len(areas))


# -------------------------------------------------------------------------------------------- answers, bortfall, register


def response_table(story: RegionStory) -> Table:
    """How many answered each part of the survey, and who did not."""
    say, found = story.say, story.compilation
    columns = (Column(say("kolumn_del"), 1.5), Column(say("kolumn_svarat"), 1.3), Column(say("kolumn_tysta"), 3.2))
    rows = []
    for part, count in found.responses.items():
        silent = sorted((u.area for u in found.units if part in u.silent), key=by_name)
        names = story.names(silent) if silent else say("alla_svarade")
        rows.append(TableRow((TableCell(say("del_rad", part)), TableCell(say("andel_svarat", count)), TableCell(names))))
    facts = tuple(_response_fact(story, part) for part in found.responses)
    summary, source = say("svar_sammanfattning"), story.source()
    return Table(say("svar_tabell"), columns, tuple(rows), summary, source=source, facts=facts)


def _response_fact(story: RegionStory, part: Part) -> Fact:
    """The response of a part, with the cells of the first of its questions."""
    first = next(c for c in story.compilation.comparisons if c.indicator.part is part)
    return group_fact(story.results, first.own, story.say("andel_svarat", story.compilation.responses[part]))


def bortfall_table(story: RegionStory) -> Table:
    """Every indicator with its official title: answers, bortfall, sekretess, ej tillämplig."""
    say, found = story.say, story.compilation
    headings = ("antal_svar", "kolumn_bortfall", "kolumn_sekretess", "kolumn_ej")
    columns = (Column(say("kolumn_fraga"), 5.0), *(Column(say(h), 1.0, Align.RIGHT) for h in headings))
    rows: list[TableRow] = []
    for name, comparisons in story.by_dimension(found.comparisons):
        rows.append(TableRow((TableCell(name, bold=True),), group=True))
        for c in comparisons:
            t = c.own.tally
            numbers = (str(n) for n in (t.answered, t.bortfall, t.sekretess, t.ej_tillamplig))
            title = c.indicator.title if c.indicator.judged or not c.indicator.known else say("bakgrund", c.indicator.title)
            rows.append(TableRow((TableCell(title), *(TableCell(n) for n in numbers))))
    facts = tuple(group_fact(story.results, c.own, str(c.own.tally.answered)) for c in found.comparisons)
    title, summary = say("bortfall_titel"), say("bortfall_sammanfattning", len(found.comparisons))
    return Table(title, columns, tuple(rows), summary, source=story.source(), facts=facts)


def register_table(story: RegionStory) -> Table:
    """Register indicators: länen and riket only."""
    say, register = story.say, story.compilation.register
    results = [(*r.lan[:3], r.riket) for r in register]
    columns = (Column(say("kolumn_indikator"), 3.0), *(Column(story.group_label(r), 1.2) for r in results[0]))
    rows = tuple(
        TableRow((TableCell(r.indicator.title), *(TableCell(story.group_text(result)) for result in found)))
        for r, found in zip(register, results, strict=True)
    )
    facts = tuple(f for found in results for f in story.group_facts(found))
    summary = say("register_sammanfattning", len(rows))
    return Table(say("register_titel"), columns, rows, summary, say("register_not"), story.source(), facts)


def unanswered(comparison: Comparison) -> int:
    """How many units did not answer, whichever way the file says so; a question that does not apply is no bortfall."""
    reasons = [own.value.reason for own in comparison.answers if isinstance(own.value, OwnMissing)]
    return sum(reason in (*MISSING, Reason.SEKRETESS) for reason in reasons)
