"""Kolada's figures beside the results: a table of their own, with its own source line, and never in a chart with shares."""

from __future__ import annotations

from ojreport.compose.deck import Layout, Slide
from ojreport.compose.document import Align, Block, Column, Fact, Heading, Table, TableCell, TableRow
from ojreport.compose.story import Story
from ojreport.model.area import RIKET, GroupKind
from ojreport.model.kolada import KoladaSeries, unweighted_mean
from ojreport.model.value import Missing, Number

COMPARED = (GroupKind.LAN, GroupKind.LIKNANDE)


def kolada_pages(story: Story) -> tuple[Block, ...]:
    """A heading and the table, where a file of Kolada's was given and has anything about the kommun or riket."""
    table = kolada_table(story)
    return (Heading(2, story.say("kolada_rubrik")), story.paragraph("kolada_ingress"), table) if table else ()


def kolada_slides(story: Story) -> tuple[Slide, ...]:
    """The same table on a slide."""
    table = kolada_table(story)
    return (Slide(Layout.WIDE, story.say("kolada_bildrubrik"), (table,), (story.say("kolada_ingress"),)),) if table else ()


def kolada_table(story: Story) -> Table | None:
    """The newest year of each KPI: the kommun, the unweighted means of the groups that it is compared with, and riket."""
    say, code = story.say, story.profile.area.code
    groups = [g for g in story.profile.groups if g.kind in COMPARED]
    rows, facts = [], []
    for series in story.results.kolada:
        year = next((y for y in reversed(series.years) if isinstance(series.value(code, y), Number)), None)
        if year is None:
            continue
        own, riket = series.value(code, year), series.value(RIKET, year)
        means = [unweighted_mean(series, g.members, year) for g in groups]
        cells = [say("kolada_titel", series, year), _text(story, series, own)]
        cells += [say("kolada_medel", _text(story, series, m.value), m.count, m.members) for m in means]
        cells.append(_text(story, series, riket))
        rows.append(TableRow(tuple(TableCell(text, bold=n == 1) for n, text in enumerate(cells))))
        stated = ((cells[1], code), (cells[-1], RIKET))
        facts += [Fact(text, series.kpi, area, year, (series.origin,)) for text, area in stated]
    if not rows:
        return None
    columns = (
        Column(say("kolada_kolumn"), 3.0),
        Column(story.profile.area.short, 1.0, Align.RIGHT, own=True),
        *(Column(say("gruppnamn", group), 1.4, Align.RIGHT) for group in groups),
        Column(say("riket_rubrik"), 1.0, Align.RIGHT),
    )
    note, source = say("kolada_not"), say("kolada_kalla", [s.published for s in story.results.kolada if s.published])
    return Table(say("kolada_tabell"), columns, tuple(rows), say("kolada_sammanfattning", len(rows)), note, source, tuple(facts))


def _text(story: Story, series: KoladaSeries, value: Number | Missing) -> str:
    return story.say("kolada_tal", value.amount, series.unit) if isinstance(value, Number) else story.say("kolada_saknas")
