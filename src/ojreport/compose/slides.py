"""The kommunprofil on slides: one function for each section; a slide's title is its message."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from ojreport.analysis.compare import Shown
from ojreport.analysis.own import Verdict
from ojreport.analysis.profile import Standing
from ojreport.compose.beside import kolada_slides
from ojreport.compose.deck import Deck, DeckSection, Layout, Slide
from ojreport.compose.document import Block, BulletList, Columns, Figure, Paragraph, StackedChart, Style, plain
from ojreport.compose.figures import dimension_chart, lan_chart, lan_of, own_trend, riket_series
from ojreport.compose.pages import (
    change_list,
    even_chunks,
    key_figures,
    method_items,
    reading_items,
    series_facts,
    series_sentences,
    some,
    strengths_and_areas,
)
from ojreport.compose.plan import plan_rows, plan_slide_table, plan_standings
from ojreport.compose.story import Story, Telling, item, once, text
from ojreport.compose.tables import by_dimension, learning_table, most_taught, parts_table, result_table
from ojreport.model.area import RIKET
from ojreport.model.value import Missing

ROWS_PER_SLIDE = 16
MOVED_ENOUGH = 8  # procentenheter from a series' first to its last comparable edition that earn a slide of their own
LIST_ITEMS = 6
TEACHERS = 3  # that a title names


def deck(story: Story) -> Deck:
    """The report on slides, its sections in the definition's order."""
    return deck_of(story, ((name, SECTIONS[name](story)) for name in story.definition.slides))


def deck_of(story: Telling, made: Iterable[tuple[str, tuple[Slide, ...]]]) -> Deck:
    """The deck with the sections that were *made*, each under its id: no section without slides, no title twice."""
    found = [(name, slides) for name, slides in made if slides]
    titled = iter(_numbered(story, [slide for _, slides in found for slide in slides]))
    sections = tuple(DeckSection(story.say("avsnitt", name), tuple(next(titled) for _ in slides)) for name, slides in found)
    return Deck(replace(story.meta, foot=story.say("bildfot")), sections)


def _title(story: Story) -> tuple[Slide, ...]:
    subtitle = story.paragraph("undertitel")
    return (Slide(Layout.TITLE, story.meta.title, (subtitle,), (story.say("ingen_helhet"),)),)


def _summary(story: Story) -> tuple[Slide, ...]:
    profile = story.profile
    title = story.say("sammanfattning_rubrik", profile)
    named = (*profile.strengths[: story.definition.at_most], *profile.improvements[: story.definition.at_most])
    notes = (story.say("ingress", profile), *speaker_notes(story, named))
    return (Slide(Layout.NUMBERS, title, (key_figures(story), strengths_and_areas(story)), notes),)


def speaker_notes(story: Story, standings: tuple[Standing, ...]) -> tuple[str, ...]:
    """The exact figures for the speaker: own answer with its cell, then each group with numerator and denominator."""
    return tuple(_note(story, s) for s in standings)


@once
def _note(story: Story, standing: Standing) -> str:
    own = story.say("not_cell", standing, [str(o.origin) for o in standing.own.observations[:1]])
    return f"{own}. {'; '.join(story.say('not_grupp', r, story.group_text(r)) for r in standing.groups)}."


def _reading(story: Story) -> tuple[Slide, ...]:
    """The questions alone on the slide's left and right; the whole answers are the speaker's."""
    items = tuple(item(line) for line in story.say.lines("lasa_bild", story.profile))
    notes = tuple(plain(i.text) for i in reading_items(story))
    return (Slide(Layout.TEXT, story.say("lasa_rubrik"), (BulletList(items),), notes),)


def _overview(story: Story) -> tuple[Slide, ...]:
    """The own answers by kvalitetsdimension, as a chart and in words."""
    profile, figure = story.profile, dimension_chart(story)
    if figure is None:
        return ()
    bars = figure.spec.bars if isinstance(figure.spec, StackedChart) else ()
    words = tuple(item(story.say("oversikt_rad", bar)) for bar in bars)
    title = story.say("oversikt_rubrik", profile)
    return (Slide(Layout.FIGURE, title, (BulletList(words), figure), (story.say("lasa_bedomning"),)),)


def _results(story: Story) -> tuple[Slide, ...]:
    slides = list(_overview(story))
    for groups in _slide_groups(story):
        standings = tuple(s for _, found in groups for s in found)
        good = sum(s.verdict is Verdict.STRENGTH for s in standings)
        of = sum(s.judged for s in standings)
        names = [name for name, _ in groups]
        title = story.say("resultat_bildrubrik", names, good, of)
        table = result_table(story, story.say("resultat_tabell"), groups, short=True)
        slides.append(Slide(Layout.WIDE, title, (table,), speaker_notes(story, standings)))
    return tuple(slides)


def _slide_groups(story: Story) -> list[list[tuple[str, tuple[Standing, ...]]]]:
    """Kvalitetsdimensioner put together, or one of them divided, so that each slide has a table that can be read."""
    slides: list[list[tuple[str, tuple[Standing, ...]]]] = []
    room = 0
    for name, standings in by_dimension(story, story.profile.standings):
        if len(standings) > ROWS_PER_SLIDE:
            slides += [[(name, chunk)] for chunk in even_chunks(standings, ROWS_PER_SLIDE)]
            room = 0
            continue
        needed = len(standings) + 1  # a row that names the kvalitetsdimension
        if needed > room:
            slides.append([])
            room = ROWS_PER_SLIDE
        slides[-1].append((name, standings))
        room -= needed
    return slides


def _numbered(story: Telling, slides: list[Slide]) -> tuple[Slide, ...]:
    """Slides that share a title get their place in the row added."""
    totals = {s.title: sum(o.title == s.title for o in slides) for s in slides}
    seen: dict[str, int] = {}
    done = []
    for slide in slides:
        seen[slide.title] = seen.get(slide.title, 0) + 1
        title, of = slide.title, totals[slide.title]
        if of > 1:
            title = f"{title} {story.say('bildsida', seen[title], of)}"
        done.append(Slide(slide.layout, title, slide.blocks, slide.notes))
    return tuple(done)


def _parts(story: Story) -> tuple[Slide, ...]:
    """The stadsdelar one by one, for the indicators in focus and the most urgent improvement areas."""
    if not story.profile.parts:
        return ()
    shown = tuple(dict.fromkeys((*story.focus, *plan_standings(story))))[:6]
    table = parts_table(story, story.say("delar_rubrik"), shown, "")
    notes = speaker_notes(story, shown)
    return (Slide(Layout.WIDE, story.say("delar_bildrubrik"), (table,), notes),)


def _focus(story: Story) -> tuple[Slide, ...]:
    return tuple(slide for standing in story.focus for slide in _focus_slides(story, standing))


def _focus_slides(story: Story, standing: Standing) -> tuple[Slide, ...]:
    """The län bar chart with the sentence pair, and the trend where there is something to see or to explain."""
    say = story.say
    national = Paragraph(text(say("par_riket", standing)), facts=story.facts(standing, standing.riket, short=True)[1:])
    local = Paragraph(text(say("par_lokal", standing)), facts=story.facts(standing)[:1])
    lan = say("lan_text", lan_of(standing), standing.riket)
    told = series_sentences(story, standing.indicator)
    notes = (lan, *told, *speaker_notes(story, (standing,)), _riket_cell(story, standing))
    found = riket_series(story, standing.indicator)
    last = [p.value.whole for p in found.run_to(story.year) if isinstance(p.value, Shown)]
    trend_earned = found.breaks or (len(last) > 1 and abs(last[-1] - last[0]) >= MOVED_ENOUGH)
    series_text = () if trend_earned or not told else (Paragraph(text(told[0]), facts=series_facts(story, standing.indicator)),)
    figure = lan_chart(story, standing.indicator, story.profile.area.lan)
    slides = [_pictured(say("fokus_titel", standing), (national, local, *series_text), figure, notes)]
    trend = own_trend(story, standing.indicator) if trend_earned else None
    if trend is not None:
        body = tuple(Paragraph(text(s), facts=series_facts(story, standing.indicator)) for s in told[:2])
        slides.append(_pictured(trend.spec.title, body, trend, (*told, *speaker_notes(story, (standing,)))))
    return tuple(slides)


def _pictured(title: str, body: tuple[Paragraph, ...], figure: Figure | None, notes: tuple[str, ...]) -> Slide:
    """A slide with text and figure, or with the text alone where there is nothing to draw."""
    layout = Layout.TEXT if figure is None else Layout.FIGURE
    return Slide(layout, title, some(*body, figure), tuple(note for note in notes if note))


def _riket_cell(story: Story, standing: Standing) -> str:
    """Where riket's own figure stands; empty where it is counted."""
    cell = story.results.observation(standing.indicator.id, RIKET, story.year)
    return "" if isinstance(cell.value, Missing) else story.say("not_riket_cell", str(cell.origin))


def _changes(story: Story) -> tuple[Slide, ...]:
    profile = story.profile
    up, down = profile.better, profile.worse
    if profile.silent or not profile.comparable:
        return ()
    title = story.say("forandring_bildrubrik", profile)
    lists: Block = Columns(
        change_list(story, "forandring_upp", up, LIST_ITEMS), change_list(story, "forandring_ner", down, LIST_ITEMS)
    )
    layout = Layout.TWO
    if profile.moved and not up and not down:
        lists, layout = change_list(story, "forandring_annat", profile.moved, LIST_ITEMS), Layout.TEXT
    broken = tuple(story.say("brott_rad", s) for s in profile.broken)
    rows = tuple(story.say("forandring_rad", s) for s in profile.changed)
    return (Slide(layout, title, (lists,), (*rows, *broken)),)


def _learning(story: Story) -> tuple[Slide, ...]:
    profile = story.profile
    if not profile.teachers:
        return ()
    table = learning_table(story, profile.improvements, LIST_ITEMS)
    names, count = most_taught(story, profile.improvements, LIST_ITEMS)
    title = story.say("lara_bildrubrik", names if len(names) <= TEACHERS else (), count, len(table.rows))
    return (Slide(Layout.WIDE, title, (table,), (story.say("lara_ingress"),)),)


def _plan(story: Story) -> tuple[Slide, ...]:
    count = min(len(plan_standings(story)), LIST_ITEMS)
    title = story.say("plan_bildrubrik", count)
    notes = (story.say("plan_ingress", count, len(story.profile.improvements)), story.say("plan_ordning"))
    if not plan_rows(story):
        return (Slide(Layout.TEXT, title, (story.paragraph("plan_ingress", 0, 0),), notes),)
    activities = tuple(f"{r.area}: {' '.join(r.activities)}" for r in plan_rows(story))
    return (Slide(Layout.WIDE, title, (plan_slide_table(story, LIST_ITEMS),), (*notes, *activities)),)


def _method(story: Story) -> tuple[Slide, ...]:
    short = tuple(item(line) for line in story.say.lines("metod_bild"))
    notes = tuple(plain(i.text) for i in method_items(story))
    caveat = story.paragraph("ingen_helhet", style=Style.CAVEAT)
    return (Slide(Layout.TEXT, story.say("metod_bildrubrik"), (BulletList(short), caveat), notes),)


SECTIONS: Mapping[str, Callable[[Story], tuple[Slide, ...]]] = {
    "title": _title,
    "summary": _summary,
    "reading": _reading,
    "results": _results,
    "parts": _parts,
    "focus": _focus,
    "changes": _changes,
    "learning": _learning,
    "plan": _plan,
    "kolada": kolada_slides,
    "method": _method,
}
