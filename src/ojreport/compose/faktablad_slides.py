"""The faktablad on slides: one function for each section; a slide's title is its message."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ojreport.analysis.compare import GroupNumber, GroupResult, Spread
from ojreport.analysis.factsheet import National
from ojreport.analysis.trend import ShareChange
from ojreport.compose.deck import Deck, Layout, Slide
from ojreport.compose.document import BulletList, Columns, Paragraph, Style, plain
from ojreport.compose.faktablad_pages import brief_facts, brief_items, key_figures, method_items
from ojreport.compose.faktablad_story import (
    Faktablad,
    fact,
    gap_facts,
    group_figure,
    lan_figure,
    sentence,
    series_sentences,
)
from ojreport.compose.faktablad_tables import register_summary, size_table, trend_table
from ojreport.compose.pages import some
from ojreport.compose.slides import deck_of
from ojreport.compose.story import item, text

LIST_ITEMS = 4


def deck(story: Faktablad) -> Deck:
    """The report on slides, its sections in the definition's order."""
    return deck_of(story, ((name, SECTIONS[name](story)) for name in story.definition.slides))


def _title(story: Faktablad) -> tuple[Slide, ...]:
    notes = (story.say("avsandare"),)
    return (Slide(Layout.TITLE, story.meta.title, (story.paragraph("undertitel"),), notes),)


def _summary(story: Faktablad) -> tuple[Slide, ...]:
    say, found, figures = story.say, story.found, key_figures(story)
    told = brief_items(story)
    notes = tuple(plain(i.text) for i in told)
    up, down = _changed(story, "okat", found.rises[:2]), _changed(story, "minskat", found.falls[:2])
    if figures is None:
        return (Slide(Layout.TEXT, say("korthet_titel", found), (BulletList(told, facts=brief_facts(story)),), notes),)
    return (Slide(Layout.NUMBERS, say("korthet_titel", found), (figures, Columns(up, down)), notes),)


def _changed(story: Faktablad, title: str, changes: Sequence[ShareChange]) -> BulletList:
    items = tuple(item(story.say("forandring_rad", c)) for c in changes) or (item(story.say("inget", story.found.comparable)),)
    facts = tuple(fact(story, r) for c in changes for r in (c.before, c.after))
    return BulletList(items, title=story.say(title), facts=facts)


def _notes(story: Faktablad, results: Sequence[GroupResult]) -> tuple[str, ...]:
    """The exact figures with numerator and denominator, each with its own cell where the workbook has one."""
    lines = []
    for r in results:
        origins = fact(story, r).origins[:1]
        cell = str(origins[0]) if origins else ""
        lines.append(story.say("not_rad", r, story.group_text(r), cell))
    return tuple(lines)


def _focus(story: Faktablad) -> tuple[Slide, ...]:
    return tuple(_focus_slide(story, n) for n in story.found.focus)


def _focus_slide(story: Faktablad, national: National) -> Slide:
    told = series_sentences(story, national)
    body = [sentence(story, national)]
    if told:
        body.append(
            Paragraph(text(story.say("serie_kort", national)), facts=tuple(fact(story, p) for p in national.series.points))
        )
    figure = lan_figure(story, national)
    gap = national.lan_gap
    notes = (*told, story.say("lan_spridning", gap), *_notes(story, (national.riket, *national.lan)))
    layout = Layout.TEXT if figure is None else Layout.FIGURE
    return Slide(layout, story.say("fokus_titel", national), some(*body, figure), tuple(n for n in notes if n))


def _trends(story: Faktablad) -> tuple[Slide, ...]:
    found = [n for n in story.found.focus if n.series.points]
    if len({p.year for n in found for p in n.series.points}) < 2:  # noqa: PLR2004 - a series has two years or more
        return ()
    table = trend_table(story, found, short=True)
    points = tuple(p for n in found for p in n.series.points)
    notes = (*(s for n in found for s in series_sentences(story, n)), *_notes(story, points))
    return (Slide(Layout.WIDE, story.say("trend_bild", found), (story.paragraph("trend_ingress"), table), notes),)


def _changes(story: Faktablad) -> tuple[Slide, ...]:
    found, say = story.found, story.say
    if not (found.rises or found.falls):
        return ()
    lists = Columns(_changed(story, "okat", found.rises[:LIST_ITEMS]), _changed(story, "minskat", found.falls[:LIST_ITEMS]))
    told = tuple(say("forandring_rad", c) for c in (*found.rises, *found.falls, *found.unjudged))
    title = say("forandring_bild", len(found.rises), len(found.falls))
    return (Slide(Layout.TWO, title, (lists,), (say("forandring_not", len(found.rises), len(found.falls), 0, 0), *told)),)


def _groups(story: Faktablad) -> tuple[Slide, ...]:
    found, say = story.found, story.say
    slides = []
    if found.size_gaps:
        shown = found.size_gaps[:LIST_ITEMS]
        by_id = {n.indicator.id: n for n in found.asked}
        notes = _notes(story, [r for g in shown for r in by_id[g.indicator.id].sizes])
        table = size_table(story, shown, short=True)
        told = story.paragraph("storlek_ingress", None)
        slides.append(Slide(Layout.WIDE, say("storlek_bild", shown[0]), (told, table), notes))
    if found.group_gaps:
        widest = found.group_gaps[0]
        national = next(n for n in found.asked if n.indicator is widest.indicator)
        body = Paragraph(text(say("grupp_mening", widest)), facts=gap_facts(story, widest))
        notes = (*(say("grupp_rad", g) for g in found.group_gaps[:LIST_ITEMS]), *_notes(story, national.kommungrupper))
        slides.append(Slide(Layout.FIGURE, say("grupp_bild", widest), some(body, group_figure(story, national)), notes))
    return tuple(slides)


def _register(story: Faktablad) -> tuple[Slide, ...]:
    if not story.found.register:
        return ()
    notes = tuple(s for n in story.found.register for s in _notes(story, (n.riket, *n.lan)))
    told = story.paragraph("register_ingress")
    return (Slide(Layout.WIDE, story.say("register_bild"), (told, register_summary(story)), notes),)


def _method(story: Faktablad) -> tuple[Slide, ...]:
    short = tuple(item(line) for line in story.say.lines("metod_bild", story.found.responses))
    others = [n for n in story.found.asked if isinstance(n.riket.value, GroupNumber | Spread)]
    told = (story.say("avsandare"), story.say("svarsfrekvens", story.found.responses), story.say("andra_matt", others))
    notes = (*(t for t in told if t), *(plain(i.text) for i in method_items(story)))
    caveat = story.paragraph("ingen_helhet", style=Style.CAVEAT)
    return (Slide(Layout.TEXT, story.say("metod_bildrubrik"), (BulletList(short), caveat), notes),)


SECTIONS: Mapping[str, Callable[[Faktablad], tuple[Slide, ...]]] = {
    "title": _title,
    "summary": _summary,
    "focus": _focus,
    "trends": _trends,
    "changes": _changes,
    "groups": _groups,
    "register": _register,
    "method": _method,
}
