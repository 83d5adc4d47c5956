"""The regional compilation on pages: one function for each section that a report definition can name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ojreport.analysis.compare import GroupShare, NotShown, Spread, group_units
from ojreport.analysis.region import Comparison, by_name
from ojreport.compose.document import (
    Block,
    BulletList,
    Columns,
    Contents,
    Document,
    Heading,
    Item,
    KeyFigure,
    KeyFigures,
    PageBreak,
    Paragraph,
    Run,
    Style,
)
from ojreport.compose.pages import document_of, objection_lines, references, some
from ojreport.compose.regional_figures import answers_chart, group_chart, told
from ojreport.compose.regional_story import LAN_SHOWN, RegionStory
from ojreport.compose.regional_tables import (
    bortfall_table,
    change_table,
    learning_table,
    matrix,
    other_answers,
    register_table,
    response_table,
    spans,
    spread_table,
    standing_table,
    to_learn,
    unanswered,
)
from ojreport.compose.story import item, text
from ojreport.model.area import Area
from ojreport.model.indicator import Part

MATRIX_COLUMNS = 16  # signs in narrow columns, with room for two digits under them
MATRIX_ROWS = 25  # as many fill a page; a longer matrix runs over several, and the next follows it
OTHER_COLUMNS = 5
LEARNING_ROWS = 10
TEACHERS = 3


def document(story: RegionStory) -> Document:
    """The report on pages, its sections in the definition's order."""
    return document_of(story, (SECTIONS[name](story) for name in story.definition.pages))


# ------------------------------------------------------------------------------------------------------------- summary


def key_figures(story: RegionStory) -> KeyFigures:
    """Strengths of what is judged, who answered the part on missbruk, and how many shares have changed."""
    say, found = story.say, story.compilation
    items = [KeyFigure(say("av", len(found.strengths), len(found.judged)), say("nyckel_styrkor"))] if found.judged else []
    part = Part.MISSBRUK if Part.MISSBRUK in found.responses else Part.GENERELL
    if part in found.responses:
        count = found.responses[part]
        items.append(KeyFigure(say("av", count.numerator, count.denominator), say("nyckel_svar", part)))
    if found.comparable:
        up, down = len(found.better), len(found.worse)
        items.append(KeyFigure(str(up + down), say("nyckel_forandring", up, down)))
    return KeyFigures(tuple(items), story.group_facts(c.own for c in found.judged))


def strengths_and_areas(story: RegionStory) -> Columns:
    """Strengths and improvement areas in equal space, as many of each at the most."""
    found, n = story.compilation, story.definition.at_most
    left = _short_list(story, "styrkor_rubrik", found.strengths[:n], "inga_styrkor")
    right = _short_list(story, "forbattring_rubrik", found.improvements[:n], "inga_forbattringar")
    return Columns(left, right)


def _short_list(story: RegionStory, title: str, found: Sequence[Comparison], empty: str) -> BulletList:
    items = tuple(item(story.say("kort_rad", c)) for c in found) or (item(story.say(empty)),)
    facts = tuple(f for c in found for f in (*story.group_facts((c.own,)), *story.group_facts((c.riket,), short=True)))
    return BulletList(items, title=story.say(title), facts=facts)


def _summary(story: RegionStory) -> tuple[Block, ...]:
    lead = story.paragraph("ingress", story.compilation, style=Style.LEAD)
    caveat = story.paragraph("ingen_helhet", style=Style.CAVEAT)
    return some(lead, key_figures(story), strengths_and_areas(story), caveat, answers_chart(story))


def _contents(story: RegionStory) -> tuple[Block, ...]:
    return (PageBreak(), Contents(story.say("innehall_rubrik")))


# -------------------------------------------------------------------------------------------------------- introduction


def members(story: RegionStory) -> str:
    """Who the group is: its units by name, under their län where they lie in several, each stadsdel under its kommun."""
    units = sorted((u.area for u in story.compilation.units), key=by_name)
    by_lan: dict[str, list[Area]] = {}
    for area in units:
        by_lan.setdefault(area.lan, []).append(area)
    ordered = sorted(by_lan.items(), key=lambda pair: -len(pair[1]))
    named = [(story.catalogue.lan_name(code), areas) for code, areas in ordered]
    divided = dict.fromkeys(a.kommun for a in units if a.kommun != a.code and a.kommun in story.compilation.group.members)
    return story.say("medlemmar", named, [story.catalogue.area(code).name for code in divided])


def reading_items(story: RegionStory) -> tuple[Item, ...]:
    """How to read the results; each item's question is set in bold."""
    say, found = story.say, story.compilation
    shown = (found.group, *found.lan[:LAN_SHOWN], *found.regions, found.riket)
    groups = [(g, len(group_units(story.results, g, story.year))) for g in shown]
    texts = (
        say("lasa_ja"),
        say("lasa_bortfall"),
        say("lasa_jamfor", groups, max(0, len(found.lan) - LAN_SHOWN)),
        say("lasa_ar"),
        say("lasa_bedomning"),
    )
    split = (words.partition("?") for words in texts)
    return tuple(Item((Run(question + mark, bold=True), Run(answer))) for question, mark, answer in split)


def _introduction(story: RegionStory) -> tuple[Block, ...]:
    say, found = story.say, story.compilation
    by_dimension = [(name, len(comparisons)) for name, comparisons in story.by_dimension(found.comparisons)]
    counts = (by_dimension, sum(c.indicator.judged for c in found.comparisons), len(found.comparisons))
    earlier = [y for y in story.results.years if y < story.year]
    blocks: list[Block] = [PageBreak(), Heading(2, say("inledning_rubrik"))]
    blocks += [Heading(3, say("syfte_rubrik")), story.paragraph("syfte")]
    if found.comparisons:
        blocks += [Heading(3, say("indikatorer_rubrik")), story.paragraph("indikatorer_text", *counts)]
    file = story.results.edition(story.year).file
    blocks += [Heading(3, say("kallor_rubrik")), story.paragraph("kallor", file, bool(found.register))]
    blocks += [Heading(3, say("period_rubrik")), story.paragraph("period", earlier)]
    blocks += [Heading(3, say("svarande_rubrik")), Paragraph(text(members(story)))]
    if found.responses:
        blocks.append(response_table(story))
    blocks += [Heading(3, say("lasa_rubrik")), BulletList(reading_items(story))]
    return tuple(blocks)


# -------------------------------------------------------------------------------------------------------------- results


def _results(story: RegionStory) -> tuple[Block, ...]:
    say, comparisons = story.say, story.compilation.comparisons
    blocks: list[Block] = [PageBreak(), Heading(2, say("resultat_rubrik"))]
    if not comparisons:
        return (*blocks, story.paragraph("resultat_inga"))
    blocks.append(story.paragraph("resultat_ingress"))
    for name, found in story.by_dimension(comparisons):
        blocks.append(Heading(2, name))
        for c in found:
            blocks += indicator_blocks(story, c)
    return tuple(blocks)


def indicator_blocks(story: RegionStory, comparison: Comparison) -> tuple[Block, ...]:
    """One indicator: the group beside the others as a picture, which stays with its heading, then in words and by name."""
    spread = any(isinstance(r.value, Spread) for r in story.held(comparison))
    picture = spread_table(story, comparison) if spread else group_chart(story, comparison)
    heading, who = Heading(3, story.say("rubrik", comparison.indicator)), story.who(comparison)
    named = Paragraph(text(who), facts=story.unit_facts((comparison,))) if who else None
    against = " ".join(objection_lines(story, story.objections(comparison)))
    return some(heading, picture, told(story, comparison), named, Paragraph(text(against)) if against else None)


# -------------------------------------------------------------------------------------------------------------- matrix


def _matrix(story: RegionStory) -> tuple[Block, ...]:
    say, found = story.say, story.compilation
    whole = len(found.units) <= MATRIX_ROWS
    blocks: list[Block] = [*([PageBreak()] if whole else []), Heading(2, say("matris_rubrik"))]
    parts = spans(len(found.matrix), MATRIX_COLUMNS) if found.matrix else []
    for n, span in enumerate(parts, 1):
        title = say("matris_titel", n, len(parts)) if n > 1 else ""  # the heading stands just over the first
        blocks += [PageBreak()] if n > 1 and whole else []
        blocks.append(matrix(story, title, found.matrix[span.start : span.stop], range(len(found.units)), upright=True))
    parts = spans(len(found.others), OTHER_COLUMNS) if found.others else []
    for n, span in enumerate(parts, 1):
        title = f"{say('ovrigt_titel')} {say('bildsida', n, len(parts)) if len(parts) > 1 else ''}".strip()
        blocks.append(other_answers(story, title, found.others[span.start : span.stop]))
    return tuple(blocks)


# ---------------------------------------------------------------------------------------------------- the group as a whole


def change_list(story: RegionStory, title: str, found: Sequence[Comparison], at_most: int) -> BulletList:
    """What each share was and is, in short, and the rest counted in a last item."""
    say, shown = story.say, found[:at_most]
    items = [item(say("forandring_kort", c)) for c in shown]
    if len(shown) < len(found):
        items.append(item(say("forandring_fler", len(found) - len(shown))))
    facts = tuple(f for c in shown if c.change for f in story.group_facts((c.change.before, c.change.after)))
    return BulletList(tuple(items) or (item(say("inget_upp")),), title=say(title), facts=facts)


def _whole(story: RegionStory) -> tuple[Block, ...]:
    say, found = story.say, story.compilation
    blocks: list[Block] = [PageBreak()] if len(found.units) <= MATRIX_ROWS else []
    blocks += [Heading(2, say("helhet_rubrik")), story.paragraph("helhet_ingress", found)]
    if found.strengths:
        title = say("styrkor_titel", len(found.strengths))
        blocks.append(standing_table(story, title, found.strengths, why=False))
    if found.improvements:
        title = say("forbattringar_titel", len(found.improvements))
        blocks.append(standing_table(story, title, found.improvements, why=True))
    blocks += [Heading(3, say("forandring_rubrik")), story.paragraph("forandring_ingress", found)]
    if found.better or found.worse:
        blocks.append(change_table(story))
    if found.broken:
        broken = tuple(item(say("brott_rad", c)) for c in found.broken)
        blocks += [Heading(3, say("brott_rubrik")), BulletList(broken)]
    return tuple(blocks)


# ---------------------------------------------------------------------------------------------------------- discussion


def reliability(story: RegionStory) -> tuple[Paragraph, ...]:
    """Who answered, which questions fewest did, and which shares few units stand behind."""
    found = story.compilation
    lines = [story.paragraph("tillforlitliga", found)]
    worst = max((unanswered(c) for c in found.comparisons), default=0)
    if worst and len({unanswered(c) for c in found.comparisons}) > 1:
        names = [c.indicator.short for c in found.comparisons if unanswered(c) == worst]
        lines.append(story.paragraph("bortfall_text", names[:4], worst))
    few = [c.indicator.short for c in found.comparisons if c.few and c.own.tally.answered]
    if few:
        lines.append(story.paragraph("lagt_antal", few))
    count = sum(len(story.objections(c)) for c in found.comparisons)
    if count:
        lines.append(story.paragraph("invandningar_text", count))
    return tuple(lines)


def _discussion(story: RegionStory) -> tuple[Block, ...]:
    say, found = story.say, story.compilation
    blocks: list[Block] = [Heading(2, say("diskussion_rubrik"))]
    blocks += [Heading(3, say("tillforlitliga_rubrik")), *reliability(story)]
    blocks += [Heading(3, say("giltig_rubrik")), story.paragraph("giltig", len(found.broken), found.divided)]
    if len(found.units) > 1:
        rows = to_learn(story, LEARNING_ROWS)
        blocks.append(Heading(3, say("lara_rubrik")))
        blocks += [learning_text(story), learning_table(story, rows)] if rows else [story.paragraph("lara_inga")]
    steps = "arbeta" if len(found.units) > 1 else "arbeta_ensam"
    blocks += [Heading(3, say("arbeta_rubrik")), BulletList(tuple(item(line) for line in say.lines(steps)), numbered=True)]
    return tuple(blocks)


def learning_text(story: RegionStory) -> Paragraph:
    """Who answers Ja to most of the group's improvement areas."""
    found = story.compilation
    best = [(t.area, len(t.indicators)) for t in found.teachers[:TEACHERS]]
    return story.paragraph("lara_ingress", best, len(found.improvements))


# ---------------------------------------------------------------------------------------------------- method, appendix


def method_items(story: RegionStory) -> tuple[Item, ...]:
    """Method and sources as list items."""
    say, found = story.say, story.compilation
    editions = [story.results.edition(year) for year in story.results.years if year <= story.year]
    lines = [*say.lines("metod"), *(say("metod_grupp", g) for g in (found.group, *found.regions)), say("metod_filer", editions)]
    values = (r.value for c in found.comparisons for r in c.groups)
    differing = sum(isinstance(value, GroupShare) and not value.agrees for value in values)
    if differing:
        lines.append(say("metod_avvikelser", differing))
    return tuple(item(line) for line in lines)


def _method(story: RegionStory) -> tuple[Block, ...]:
    say = story.say
    return (
        Heading(2, say("metod_rubrik")),
        BulletList(method_items(story)),
        Heading(3, say("referenser_rubrik")),
        BulletList(references(story)),
    )


def _appendix(story: RegionStory) -> tuple[Block, ...]:
    say, found = story.say, story.compilation
    blocks: list[Block] = [Heading(2, say("bilaga_rubrik")), story.paragraph("bilaga_ingress")]
    if found.comparisons:
        blocks.append(bortfall_table(story))
    if any(not isinstance(r.value, NotShown) for row in found.register for r in (*row.lan, row.riket)):
        blocks.append(register_table(story))
    return tuple(blocks)


SECTIONS: Mapping[str, Callable[[RegionStory], tuple[Block, ...]]] = {
    "summary": _summary,
    "contents": _contents,
    "introduction": _introduction,
    "results": _results,
    "matrix": _matrix,
    "whole": _whole,
    "discussion": _discussion,
    "method": _method,
    "appendix": _appendix,
}
