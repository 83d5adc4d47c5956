"""The faktablad on pages: one function for each section that a report definition can name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ojreport.analysis.compare import GroupShare, Shown
from ojreport.analysis.factsheet import National
from ojreport.compose.document import (
    Block,
    BulletList,
    Document,
    Fact,
    Heading,
    Item,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Run,
    Style,
)
from ojreport.compose.faktablad_story import Faktablad, fact, gap_facts, is_shown, lan_figure, told_series
from ojreport.compose.faktablad_tables import change_table, lan_table, size_table, trend_table
from ojreport.compose.pages import document_of, references, some
from ojreport.compose.story import item, text


def document(story: Faktablad) -> Document:
    """The report on pages, its sections in the definition's order."""
    return document_of(story, (SECTIONS[name](story) for name in story.definition.pages))


# ------------------------------------------------------------------------------------------------------------- summary


def key_figures(story: Faktablad) -> KeyFigures | None:
    """Riket's share for each indicator in focus; None where riket has none."""
    say = story.say
    shown = [(n, n.riket.value) for n in story.found.focus if isinstance(n.riket.value, Shown)]
    items = tuple(KeyFigure(say("procent", v.whole), say("nyckel", n)) for n, v in shown)
    return KeyFigures(items[:3], tuple(fact(story, n.riket) for n, _ in shown[:3])) if items else None


def brief_items(story: Faktablad) -> tuple[Item, ...]:
    """The results in brief: those in focus, the largest change, the widest differences."""
    found, say = story.found, story.say
    lines = [say("resultat", n) for n in found.focus if is_shown(n)]
    lines.append(say("storst_forandring", found.rises[:1], found.falls[:1]))
    lines.append(say("svarsfrekvens", found.responses))
    return tuple(item(line) for line in lines if line)


def brief_facts(story: Faktablad) -> tuple[Fact, ...]:
    """The facts behind the results in brief."""
    found = story.found
    changes = (*found.rises[:1], *found.falls[:1])
    return (
        *(fact(story, n.riket) for n in found.focus if is_shown(n)),
        *(fact(story, r) for c in changes for r in (c.before, c.after)),
    )


def _summary(story: Faktablad) -> tuple[Block, ...]:
    items = brief_items(story)
    brief = BulletList(items, title=story.say("i_korthet"), facts=brief_facts(story)) if items else None
    return some(key_figures(story), brief, story.paragraph("avsandare", style=Style.CAVEAT))


# --------------------------------------------------------------------------------------------------------------- focus


def _focus(story: Faktablad) -> tuple[Block, ...]:
    if not story.found.focus:
        return (Heading(2, story.say("fokus_rubrik")), story.paragraph("fokus_inga"))
    return (Heading(2, story.say("fokus_rubrik")), *(block for n in story.found.focus for block in _about(story, n)))


def _about(story: Faktablad, national: National) -> tuple[Block, ...]:
    """What the indicator is and why, under a heading with its result, then its series; the sentence stands in the summary."""
    explanation = national.indicator.explanation
    about = Paragraph(text(explanation)) if explanation else None
    return some(Heading(3, story.say("fokus_titel", national)), about, told_series(story, national))


# ----------------------------------------------------------------------------------------- trends, changes and groups


def _trends(story: Faktablad) -> tuple[Block, ...]:
    found = [n for n in story.found.focus if n.series.points]
    return (trend_table(story, found),) if found else ()


def _changes(story: Faktablad) -> tuple[Block, ...]:
    found = story.found
    heading = Heading(2, story.say("forandring_rubrik"))
    if not (found.rises or found.falls or found.unjudged):
        return heading, story.paragraph("forandring_inga", found.comparable)
    return heading, change_table(story)


def _groups(story: Faktablad) -> tuple[Block, ...]:
    """Large and small kommuner, and the widest difference between SKR's kommungrupper."""
    found = story.found
    heading = Heading(2, story.say("storlek_rubrik"))
    if not found.size_gaps:
        return heading, story.paragraph("storlek_inga")
    widest = found.group_gaps[0] if found.group_gaps else None
    told = story.paragraph("storlek_ingress", widest, facts=gap_facts(story, widest))
    return heading, told, size_table(story, found.size_gaps[: story.definition.at_most])


# ------------------------------------------------------------------------------------------------------ län and method


def _lan(story: Faktablad) -> tuple[Block, ...]:
    """The indicator in focus that differs the most between län as a figure, then all in focus and the registers, län by län."""
    focus = story.found.focus
    if not (focus or story.found.register):
        return ()
    drawn = max(focus, key=lambda n: n.lan_gap.points if n.lan_gap else -1, default=None)
    figure = lan_figure(story, drawn) if drawn else None
    told = story.paragraph("lan_ingress", figure is not None, bool(story.found.register))
    return some(Heading(2, story.say("lan_rubrik")), told, figure, lan_table(story))


def method_items(story: Faktablad) -> tuple[Item, ...]:
    """What is counted and how, what words mean, and where to find more."""
    say = story.say
    lines = [*say.lines("metod", story.results.edition(story.year))]
    differing = sum(isinstance(r.value, GroupShare) and not r.value.agrees for n in story.found.asked for r in (n.riket, *n.lan))
    lines.append(say("metod_avvikelser", differing) if differing else "")
    return tuple(_bold_start(line) for line in lines if line)


def _bold_start(words: str) -> Item:
    """The words up to the first colon in bold."""
    term, colon, rest = words.partition(":")
    return Item((Run(term + colon, bold=True), Run(rest))) if colon else item(words)


def _method(story: Faktablad) -> tuple[Block, ...]:
    say = story.say
    return some(
        Heading(2, say("metod_rubrik")),
        BulletList(method_items(story)),
        BulletList(references(story), numbered=True, title=say("referenser_rubrik")),
    )


SECTIONS: Mapping[str, Callable[[Faktablad], tuple[Block, ...]]] = {
    "summary": _summary,
    "focus": _focus,
    "trends": _trends,
    "changes": _changes,
    "groups": _groups,
    "lan": _lan,
    "method": _method,
}
