"""The council briefing: two pages as a tjänsteskrivelse and a few slides, from the same profile as the kommunprofil."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ojreport.catalogue import Catalogue
from ojreport.compose.deck import Layout, Slide
from ojreport.compose.definitions import Definition, check_sections
from ojreport.compose.document import Block, BulletList, Column, Heading, Paragraph, Style, Table, TableCell, TableRow
from ojreport.compose.figures import dimension_chart, lan_chart, lan_of
from ojreport.compose.kind import Kind
from ojreport.compose.kommunprofil import tell_profile
from ojreport.compose.pages import document_of, key_figures, some, strengths_and_areas
from ojreport.compose.plan import plan_rows, plan_slide_table
from ojreport.compose.slides import deck_of, speaker_notes
from ojreport.compose.story import Story, item, text
from ojreport.compose.texts import Texts
from ojreport.compose.worksheet import Report
from ojreport.model.area import Area, Group
from ojreport.model.results import Results

TEXT_FILES = ("namndunderlag.jinja", "kommunprofil.jinja")
FIELDS = ("datum", "diarienummer", "handlaggare", "till", "undertecknare", "sands_till")
IN_HEAD, IN_FOOT = FIELDS[:4], ("undertecknare", "handlaggare", "sands_till")


def make_namndunderlag(
    definition: Definition, results: Results, catalogue: Catalogue, subject: Area | Group, year: int, texts: Texts
) -> Report:
    """The briefing about a kommun or a stadsdel; raises as `tell_profile` does. What only the user knows is a marked blank."""
    check_sections(definition, PAGES, SLIDES)
    story = tell_profile(definition, results, catalogue, subject, year, texts, *TEXT_FILES)
    document = document_of(story, (PAGES[name](story) for name in definition.pages))
    return Report(document, deck_of(story, ((name, SLIDES[name](story)) for name in definition.slides)))


# --------------------------------------------------------------------------------------------------------------- pages


def _head(story: Story) -> tuple[Block, ...]:
    say = story.say
    columns = tuple(Column(say("falt_namn", name)) for name in IN_HEAD)
    row = TableRow(tuple(TableCell(say("falt_text", name)) for name in IN_HEAD))
    return (Table("", columns, (row,), say("huvud_sammanfattning")),)


def _proposal(story: Story) -> tuple[Block, ...]:
    items = tuple(item(line) for line in story.say.lines("beslut", story.profile))
    return Heading(2, story.say("beslut_rubrik")), BulletList(items, numbered=True)


def _summary(story: Story) -> tuple[Block, ...]:
    lead = story.paragraph("sammanfattning_text", story.profile)
    return Heading(2, story.say("sammanfattning_rubrik_nu")), lead, strengths_and_areas(story)


def _matter(story: Story) -> tuple[Block, ...]:
    say = story.say
    facts = tuple(f for s in story.focus for f in story.facts(s, s.riket, lan_of(s), short=True))
    compared = (say("par", s) + " " + say("lan_text", lan_of(s), s.riket) for s in story.focus)
    told = " ".join((*compared, say("forandring_nu", story.profile)))
    heading, about = Heading(2, say("arendet_rubrik")), story.paragraph("arendet", story.profile)
    return some(heading, about, Paragraph(text(told), facts=facts), dimension_chart(story))


def _areas(story: Story) -> tuple[Block, ...]:
    say = story.say
    heading, rows = Heading(2, say("plan_rubrik_nu")), plan_rows(story)
    return (heading, _plan_table(story)) if rows else (heading, story.paragraph("plan_ingress", 0, 0))


def _plan_table(story: Story) -> Table:
    """The most urgent areas with a goal and a first step; who and when is for the nämnd and the förvaltning."""
    say = story.say
    headings = ("plan_omrade", "plan_nulage_rubrik", "plan_mal", "plan_aktivitet")
    columns = tuple(Column(say(h), w) for h, w in zip(headings, (1.9, 0.9, 2.5, 2.5), strict=True))
    rows = tuple(
        TableRow((TableCell(r.area, bold=True), TableCell(r.answer), TableCell(r.goal), TableCell(r.first)))
        for r in plan_rows(story)
    )
    facts = tuple(f for s in story.profile.improvements[: story.definition.plan_rows] for f in story.facts(s, s.riket))
    return Table(say("plan_titel"), columns, rows, say("plan_sammanfattning_nu", len(rows)), facts=facts)


def _documents(story: Story) -> tuple[Block, ...]:
    files = [story.results.edition(story.year).file]
    items = tuple(item(line) for line in story.say.lines("underlag", files))
    return Heading(2, story.say("underlag_rubrik")), BulletList(items)


def _signatures(story: Story) -> tuple[Block, ...]:
    say = story.say
    columns = tuple(Column(say("falt_namn", name)) for name in IN_FOOT)
    row = TableRow(tuple(TableCell(say("falt_text", name)) for name in IN_FOOT))
    return Heading(2, say("underskrift_rubrik")), Table("", columns, (row,), say("underskrift_sammanfattning"))


PAGES: Mapping[str, Callable[[Story], tuple[Block, ...]]] = {
    "head": _head,
    "proposal": _proposal,
    "summary": _summary,
    "matter": _matter,
    "areas": _areas,
    "documents": _documents,
    "signatures": _signatures,
}


# -------------------------------------------------------------------------------------------------------------- slides


def _title_slide(story: Story) -> tuple[Slide, ...]:
    return (Slide(Layout.TITLE, story.meta.title, (story.paragraph("undertitel"),), (story.say("ingen_helhet"),)),)


def _summary_slide(story: Story) -> tuple[Slide, ...]:
    profile, most = story.profile, story.definition.at_most
    notes = speaker_notes(story, (*profile.strengths[:most], *profile.improvements[:most]))
    title = story.say("sammanfattning_rubrik", profile)
    return (Slide(Layout.NUMBERS, title, (key_figures(story), strengths_and_areas(story)), notes),)


def _picture_slide(story: Story) -> tuple[Slide, ...]:
    """One picture: the länet's bars for the indicator in focus, or the own answers where there is none."""
    for standing in story.focus[:1]:
        figure = lan_chart(story, standing.indicator, story.profile.area.lan)
        if figure is not None:
            pair = (story.paragraph("par_riket", standing), story.paragraph("par_lokal", standing))
            notes = speaker_notes(story, (standing,))
            return (Slide(Layout.FIGURE, story.say("fokus_titel", standing), (*pair, figure), notes),)
    figure = dimension_chart(story)
    if figure is None:
        return ()
    words = story.paragraph("sammanfattning_text", story.profile)
    return (Slide(Layout.FIGURE, story.say("oversikt_rubrik", story.profile), (words, figure)),)


def _plan_slide(story: Story) -> tuple[Slide, ...]:
    rows = plan_rows(story)
    if not rows:
        return ()
    notes = tuple(f"{r.area}: {' '.join(r.activities)}" for r in rows)
    table = plan_slide_table(story, story.definition.plan_rows)
    return (Slide(Layout.WIDE, story.say("plan_bildrubrik", len(rows)), (table,), notes),)


def _proposal_slide(story: Story) -> tuple[Slide, ...]:
    items = tuple(item(line) for line in story.say.lines("beslut", story.profile))
    body: list[Block] = [BulletList(items, numbered=True), story.paragraph("ingen_helhet", style=Style.CAVEAT)]
    return (Slide(Layout.TEXT, story.say("beslut_bildrubrik"), tuple(body)),)


SLIDES: Mapping[str, Callable[[Story], tuple[Slide, ...]]] = {
    "title": _title_slide,
    "summary": _summary_slide,
    "picture": _picture_slide,
    "plan": _plan_slide,
    "proposal": _proposal_slide,
}


KIND = Kind(make_namndunderlag, Catalogue.find, "Kalmar", fields=FIELDS)
