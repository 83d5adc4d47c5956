"""The regional compilation on slides: one function for each section; a slide's title is its message."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ojreport.analysis.compare import NotShown, Shown
from ojreport.analysis.region import Comparison
from ojreport.compose.deck import Layout, Slide
from ojreport.compose.document import BulletList, Columns, Paragraph, Style, Table, plain
from ojreport.compose.pages import some
from ojreport.compose.regional_figures import group_chart, told
from ojreport.compose.regional_pages import (
    TEACHERS,
    change_list,
    key_figures,
    learning_text,
    members,
    method_items,
    reading_items,
    reliability,
    strengths_and_areas,
)
from ojreport.compose.regional_story import LAN_SHOWN, RegionStory
from ojreport.compose.regional_tables import group_table, learning_table, matrix, spans, standing_table, to_learn
from ojreport.compose.story import item, text
from ojreport.model.value import Count

TABLE_ROWS = 15
MATRIX_COLUMNS, MATRIX_ROWS = 8, 17
LIST_ITEMS = 7
AREAS = 8
LEARNING_ROWS, LEARNING_NAMES = 6, 6


def _title(story: RegionStory) -> tuple[Slide, ...]:
    return (Slide(Layout.TITLE, story.meta.title, (story.paragraph("undertitel"),), (story.say("ingen_helhet"),)),)


def _notes(story: RegionStory, comparisons: tuple[Comparison, ...]) -> tuple[str, ...]:
    return tuple(story.note(c) for c in comparisons)


def _summary(story: RegionStory) -> tuple[Slide, ...]:
    found, most = story.compilation, story.definition.at_most
    named = (*found.strengths[:most], *found.improvements[:most])
    notes = (story.say("ingress", found), *_notes(story, named))
    blocks = (key_figures(story), strengths_and_areas(story))
    return (Slide(Layout.NUMBERS, story.say("sammanfattning_rubrik", found), blocks, notes),)


def _introduction(story: RegionStory) -> tuple[Slide, ...]:
    found = story.compilation
    held = (*found.lan[:LAN_SHOWN], *found.regions)
    items = tuple(item(line) for line in story.say.lines("lasa_bild", found, held))
    notes = (members(story), *(plain(i.text) for i in reading_items(story)))
    return (Slide(Layout.TEXT, story.say("svarande_bildrubrik", story.compilation), (BulletList(items),), notes),)


def _results(story: RegionStory) -> tuple[Slide, ...]:
    slides = []
    for groups in _together(story):
        comparisons = tuple(c for _, found in groups for c in found)
        pairs = [(c.own.value, c.riket.value) for c in comparisons if c.indicator.judged]
        compared = [(a, b) for a, b in pairs if isinstance(a, Shown) and isinstance(b, Shown)]
        level = sum(a.whole >= b.whole for a, b in compared)
        title = story.say("resultat_bildrubrik", [name for name, _ in groups], level, len(compared))
        slides.append(Slide(Layout.WIDE, title, (group_table(story, groups),), _notes(story, comparisons)))
    return tuple(slides)


def _together(story: RegionStory) -> list[list[tuple[str, tuple[Comparison, ...]]]]:
    """Kvalitetsdimensioner put together, or one of them divided, so that each slide has a table that can be read."""
    slides: list[list[tuple[str, tuple[Comparison, ...]]]] = []
    room = 0
    for name, found in story.by_dimension(story.compilation.comparisons):
        if len(found) > TABLE_ROWS:
            slides += [[(name, found[span.start : span.stop])] for span in spans(len(found), TABLE_ROWS)]
            room = 0
            continue
        needed = len(found) + 1  # a row that names the kvalitetsdimension
        if needed > room:
            slides.append([])
            room = TABLE_ROWS
        slides[-1].append((name, found))
        room -= needed
    return slides


def _focus(story: RegionStory) -> tuple[Slide, ...]:
    slides = []
    for c in story.focus:
        figure, words = group_chart(story, c), told(story, c)
        title = f"{c.indicator.short}: {story.say('grupp_titel', c)}"
        short = Paragraph(text(story.say("fokus_text", c)), facts=words.facts)
        change = story.say("forandring_bild", c)
        body = (short, *((Paragraph(text(change)),) if change else ()))
        layout = Layout.TEXT if figure is None else Layout.FIGURE
        notes = tuple(n for n in (plain(words.text), story.who(c), story.note(c)) if n)
        slides.append(Slide(layout, title, some(*body, figure), notes))
    return tuple(slides)


def _matrix(story: RegionStory) -> tuple[Slide, ...]:
    """The matrix in parts: at most eight indicators, and as many rows as can be read. One unit alone has none."""
    found, slides = story.compilation, []
    if len(found.units) == 1:
        return ()
    for span in spans(len(found.matrix), MATRIX_COLUMNS) if found.matrix else ():
        part = found.matrix[span.start : span.stop]
        tallies = [c.own.tally for c in part if not isinstance(c.own.value, NotShown)]
        names = [name for name, _ in story.by_dimension(part)]
        title = story.say("matris_bildrubrik", names, sum(t.ja for t in tallies), sum(t.answered for t in tallies))
        for rows in spans(len(found.units), MATRIX_ROWS):
            table = _bare(matrix(story, "", part, rows, upright=False))
            slides.append(Slide(Layout.WIDE, title, (table,), (*_unit_notes(story, rows), *_notes(story, part))))
    return tuple(slides)


def _bare(table: Table) -> Table:
    """The table without its source line, which stands in the slide's foot."""
    return Table(table.title, table.columns, table.rows, table.summary, table.note, facts=table.facts)


def _unit_notes(story: RegionStory, rows: range) -> tuple[str, ...]:
    units = (story.compilation.units[n] for n in rows)
    said = (story.say("not_enhet", u.area, u.ja.numerator, u.ja.denominator) for u in units if isinstance(u.ja, Count))
    return (f"{'; '.join(said)}.",)


def _whole(story: RegionStory) -> tuple[Slide, ...]:
    found, slides = story.compilation, []
    if found.improvements:
        shown = found.improvements[:AREAS]
        title = story.say("omraden_bildrubrik", found)
        table = standing_table(story, title, shown, why=True, short=True)
        slides.append(Slide(Layout.WIDE, title, (table,), (story.say("helhet_ordning"), *_notes(story, shown))))
    if found.strengths:
        shown = found.strengths[:AREAS]
        title = story.say("styrkor_bildrubrik", found)
        table = standing_table(story, title, shown, why=False, short=True)
        slides.append(Slide(Layout.WIDE, title, (table,), _notes(story, shown)))
    if found.comparable:
        lists = Columns(
            change_list(story, "forandring_upp", found.better, LIST_ITEMS),
            change_list(story, "forandring_ner", found.worse, LIST_ITEMS),
        )
        rows = tuple(story.say("forandring_rad", c) for c in (*found.better, *found.worse))
        broken = tuple(story.say("brott_rad", c) for c in found.broken)
        notes = (story.say("forandring_ingress", found), *rows, *broken)
        slides.append(Slide(Layout.TWO, story.say("forandring_bildrubrik", found), (lists,), notes))
    return tuple(slides)


def _discussion(story: RegionStory) -> tuple[Slide, ...]:
    say, found = story.say, story.compilation
    steps = "arbeta" if len(found.units) > 1 else "arbeta_ensam"
    items = tuple(item(line) for line in say.lines(steps))
    notes = (*(plain(p.text) for p in reliability(story)), say("giltig", len(found.broken), found.divided))
    return (Slide(Layout.TEXT, say("diskussion_bildrubrik"), (BulletList(items, numbered=True),), notes),)


def _learning(story: RegionStory) -> tuple[Slide, ...]:
    rows = to_learn(story, LEARNING_ROWS)
    if not rows:
        return ()
    teachers = story.compilation.teachers
    most = [t.area.name for t in teachers if len(t.indicators) == len(teachers[0].indicators)]
    title = story.say("lara_bildrubrik", most) if len(most) <= TEACHERS else story.say("lara_titel")
    table = learning_table(story, rows, LEARNING_NAMES)
    notes = (plain(learning_text(story).text), *(f"{c.indicator.short}: {story.who(c)}" for c in rows))
    return (Slide(Layout.WIDE, title, (table,), notes),)


def _method(story: RegionStory) -> tuple[Slide, ...]:
    short = tuple(item(line) for line in story.say.lines("metod_bild"))
    notes = tuple(plain(i.text) for i in method_items(story))
    caveat = story.paragraph("ingen_helhet", style=Style.CAVEAT)
    return (Slide(Layout.TEXT, story.say("metod_bildrubrik"), (BulletList(short), caveat), notes),)


SECTIONS: Mapping[str, Callable[[RegionStory], tuple[Slide, ...]]] = {
    "title": _title,
    "summary": _summary,
    "introduction": _introduction,
    "results": _results,
    "focus": _focus,
    "matrix": _matrix,
    "whole": _whole,
    "discussion": _discussion,
    "learning": _learning,
    "method": _method,
}
