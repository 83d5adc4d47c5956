"""The kommunprofil on pages: one function for each section that a report definition can name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

from ojreport.analysis.compare import GroupShare, group_units
from ojreport.analysis.profile import Standing
from ojreport.compose.beside import kolada_pages
from ojreport.compose.document import (
    Block,
    BulletList,
    Columns,
    Contents,
    Document,
    Fact,
    FigurePair,
    Heading,
    Item,
    KeyFigure,
    KeyFigures,
    PageBreak,
    Paragraph,
    Run,
    Style,
)
from ojreport.compose.facts import group_fact
from ojreport.compose.figures import dimension_chart, lan_chart, lan_of, own_trend, riket_series
from ojreport.compose.plan import plan_standings, plan_table
from ojreport.compose.story import Story, Telling, item, once, text
from ojreport.compose.tables import (
    appendix_table,
    by_dimension,
    learning_table,
    parts_table,
    register_table,
    result_table,
)
from ojreport.model.area import GroupKind
from ojreport.model.indicator import Indicator
from ojreport.model.objection import Objection
from ojreport.model.value import Count

MATRIX_COLUMNS = 6
LEARNING_ROWS = 10


def document(story: Story) -> Document:
    """The report on pages, its sections in the definition's order."""
    return document_of(story, (SECTIONS[name](story) for name in story.definition.pages))


def document_of(story: Telling, made: Iterable[tuple[Block, ...]]) -> Document:
    """The sections that were *made*, one after the other."""
    blocks: list[Block] = []
    for block in (block for section in made for block in section):
        if not (isinstance(block, PageBreak) and blocks and isinstance(blocks[-1], Contents)):  # it has its page to share
            blocks.append(block)
    return Document(story.meta, tuple(blocks))


# ------------------------------------------------------------------------------------------------------------- summary


@once
def key_figures(story: Story) -> KeyFigures:
    """Three figures: strengths, recommended ones in place, and what has changed; or who answered, when nothing was."""
    say, profile = story.say, story.profile
    if not profile.judged:
        answers = profile.own_answers
        of = (answers.numerator, answers.denominator) if isinstance(answers, Count) else (0, 0)
        items = [KeyFigure(say("av", *of), say("nyckel_svar"))]
        items += [
            KeyFigure(say("procent", say("andel_text", c)), say("nyckel_riket", part)) for part, c in profile.responses.items()
        ]
        return KeyFigures(tuple(items))
    recommended = [s for s in profile.judged if s.indicator.recommended]
    in_place = [s for s in profile.strengths if s.indicator.recommended]
    up, down = profile.better, profile.worse
    third = KeyFigure(str(len(up) + len(down)), say("nyckel_forandring", len(up), len(down)))
    if not profile.comparable and isinstance(profile.own_answers, Count):
        answered = say("av", profile.own_answers.numerator, profile.own_answers.denominator)
        third = KeyFigure(answered, say("nyckel_besvarade"))
    figures = (
        KeyFigure(say("av", len(profile.strengths), len(profile.judged)), say("nyckel_styrkor")),
        KeyFigure(say("av", len(in_place), len(recommended)), say("nyckel_rekommenderade")),
        third,
    )
    return KeyFigures(figures, tuple(story.facts(s)[0] for s in profile.judged))


@once
def strengths_and_areas(story: Story) -> Columns:
    """Strengths and improvement areas in equal space, as many of each at the most."""
    profile, n = story.profile, story.definition.at_most
    left = _list(story, "styrkor_rubrik", "styrka", profile.strengths[:n], "inga_styrkor")
    right = _list(story, "forbattring_rubrik", "forbattring", profile.improvements[:n], "inga_forbattringar")
    return Columns(left, right)


def _list(story: Story, title: str, macro: str, standings: Iterable[Standing], empty: str) -> BulletList:
    found = tuple(standings)
    items = tuple(item(story.say(macro, s)) for s in found) or (item(story.say(empty)),)
    facts = tuple(f for s in found for f in story.facts(s, s.riket, short=True))
    return BulletList(items, title=story.say(title), facts=facts)


def _summary(story: Story) -> tuple[Block, ...]:
    lead = story.paragraph("ingress", story.profile, style=Style.LEAD)
    caveat = story.paragraph("ingen_helhet", style=Style.CAVEAT)
    return some(lead, key_figures(story), strengths_and_areas(story), caveat, dimension_chart(story))


def some(*blocks: Block | None) -> tuple[Block, ...]:
    """The blocks that there are: a figure with nothing to draw is left out."""
    return tuple(block for block in blocks if block is not None)


# ---------------------------------------------------------------------------------------------------- how to read, results


@once
def reading_items(story: Story) -> tuple[Item, ...]:
    """How to read the results, each item a question and its answer; the question is set in bold."""
    say = story.say
    texts = (
        say("lasa_svar", story.profile),
        say("lasa_ja"),
        say("lasa_bortfall"),
        say("lasa_jamfor", [(g, len(group_units(story.results, g, story.year))) for g in story.profile.groups]),
        say("lasa_ar"),
        say("lasa_bedomning"),
    )
    return tuple(_question(words) for words in texts)


def _question(words: str) -> Item:
    question, mark, answer = words.partition("?")
    return Item((Run(question + mark, bold=True), Run(answer))) if mark else item(words)


def _contents(story: Story) -> tuple[Block, ...]:
    return (PageBreak(), Contents(story.say("innehall_rubrik")))


def _reading(story: Story) -> tuple[Block, ...]:
    return (
        PageBreak(),
        Heading(2, story.say("lasa_rubrik")),
        BulletList(reading_items(story)),
        story.paragraph("lasa_tecken", style=Style.NOTE),
    )


def _results(story: Story) -> tuple[Block, ...]:
    say, standings = story.say, story.profile.standings
    if not standings:
        return Heading(2, say("resultat_rubrik")), story.paragraph("resultat_inga")
    table = result_table(story, say("resultat_tabell"), by_dimension(story, standings))
    return Heading(2, say("resultat_rubrik")), story.paragraph("resultat_ingress"), table


def _parts(story: Story) -> tuple[Block, ...]:
    if not story.profile.parts:
        return ()
    say = story.say
    blocks: list[Block] = [Heading(2, say("delar_rubrik")), story.paragraph("delar_ingress")]
    for name, standings in by_dimension(story, story.profile.standings):
        chunks = even_chunks(standings, MATRIX_COLUMNS)
        for n, chunk in enumerate(chunks, 1):
            title = say("delar_titel", name)
            title = f"{title} {say('bildsida', n, len(chunks))}" if len(chunks) > 1 else title
            blocks.append(parts_table(story, title, chunk, name))
    return tuple(blocks)


def even_chunks(items: tuple[Standing, ...], at_most: int) -> list[tuple[Standing, ...]]:
    """*items* in order, in as few parts as *at_most* allows, as equal as can be."""
    count = -(-len(items) // at_most)
    edges = [round(n * len(items) / count) for n in range(count + 1)]
    return [items[a:b] for a, b in pairwise(edges)]


# --------------------------------------------------------------------------------------------------------------- focus


@once
def series_sentences(story: Story, indicator: Indicator) -> tuple[str, ...]:
    """Riket's comparable run up to this edition in words, then what each break means. No change is worded across a break."""
    found = riket_series(story, indicator)
    sentences = [story.say("serie_text", indicator, found.run_to(story.year))]
    for b in found.breaks:
        before = [p for p in found.points if p.year <= b.before]
        after = [p for p in found.points if p.year >= b.after]
        sentences.append(story.say("brott_text", b, before[-1] if before else None, after[0] if after else None))
    return tuple(s for s in sentences if s)


@once
def series_facts(story: Story, indicator: Indicator) -> tuple[Fact, ...]:
    """The facts behind the series in words."""
    points = riket_series(story, indicator).points
    return tuple(group_fact(story.results, p, story.group_text(p, short=True)) for p in points)


def _focus(story: Story) -> tuple[Block, ...]:
    if not story.focus:
        return ()
    blocks: list[Block] = [PageBreak(), Heading(2, story.say("fokus_rubrik"))]
    for n, standing in enumerate(story.focus):
        blocks += [PageBreak()] if n else []
        blocks += _focus_indicator(story, standing)
    return tuple(blocks)


def _focus_indicator(story: Story, standing: Standing) -> tuple[Block, ...]:
    say = story.say
    lan = lan_of(standing)
    pair = Paragraph(text(say("par", standing)), Style.LEAD, story.facts(standing, standing.riket, short=True))
    others = [r for r in standing.groups if r.group.kind in (GroupKind.KOMMUNGRUPP, GroupKind.LIKNANDE, GroupKind.STADSDELAR)]
    told = (say("lan_text", lan, standing.riket), say("grupper_text", others), *series_sentences(story, standing.indicator))
    beside = " ".join(sentence for sentence in told if sentence)
    facts = (*story.facts(standing, lan, *others)[1:], *series_facts(story, standing.indicator))
    about = standing.indicator.explanation
    if standing.indicator.recommended:
        about = f"{about} {say('rekommenderad', standing.indicator)}"
    blocks: list[Block] = [Heading(3, standing.indicator.short), pair, Paragraph(text(beside), facts=facts)]
    if about.strip():
        blocks.append(Paragraph(text(about.strip())))
    left, right = lan_chart(story, standing.indicator, story.profile.area.lan), own_trend(story, standing.indicator)
    return (*blocks, FigurePair(left, right)) if left and right else some(*blocks, left, right)


# ------------------------------------------------------------------------------------------- changes, learning, plan


def change_list(story: Story, title: str, standings: tuple[Standing, ...], at_most: int = 0) -> BulletList:
    """What each was and is, as a list; with *at_most*, the rest is counted in a last item."""
    say = story.say
    shown = standings[:at_most] if at_most else standings
    items = [item(say("forandring_rad", s)) for s in shown]
    if len(shown) < len(standings):
        items.append(item(say("forandring_fler", len(standings) - len(shown))))
    facts = tuple(change_fact for s in shown for change_fact in _change_facts(story, s))
    return BulletList(tuple(items) or (item(say("inget_upp")),), title=say(title), facts=facts)


def _change_facts(story: Story, standing: Standing) -> tuple[Fact, ...]:
    change, area = standing.change, story.profile.area.code
    pairs = ((change.before, change.before_year), (change.after, story.year))
    return tuple(
        Fact(
            story.own_text(standing.indicator, own), standing.indicator.id, area, year, tuple(o.origin for o in own.observations)
        )
        for own, year in pairs
    )


def _changes(story: Story) -> tuple[Block, ...]:
    say, profile = story.say, story.profile
    up, down = profile.better, profile.worse
    blocks: list[Block] = [PageBreak(), Heading(2, say("forandring_rubrik")), story.paragraph("forandring_ingress", profile)]
    if up or down:
        blocks.append(Columns(change_list(story, "forandring_upp", up), change_list(story, "forandring_ner", down)))
    if profile.moved:
        blocks.append(change_list(story, "forandring_annat", profile.moved))
    if profile.broken:
        broken = tuple(item(say("brott_rad", s)) for s in profile.broken)
        blocks += [Heading(3, say("brott_rubrik")), BulletList(broken)]
    blocks += cannot_say(story)
    return tuple(blocks)


def cannot_say(story: Story) -> tuple[Block, ...]:
    """The questions without an answer, each with its reason."""
    say, missing = story.say, story.profile.missing
    if story.profile.silent:
        return (story.paragraph("saknas_allt", len(missing), style=Style.CAVEAT),) if missing else ()
    if not missing:
        return ()
    return (Heading(3, say("saknas_rubrik")), BulletList(tuple(item(say("saknas_rad", s)) for s in missing)))


def _learning(story: Story) -> tuple[Block, ...]:
    say, profile = story.say, story.profile
    blocks: list[Block] = [Heading(2, say("lara_rubrik")), story.paragraph("lara_ingress")]
    if profile.teachers:
        blocks.append(learning_table(story, profile.improvements, LEARNING_ROWS))
    elif profile.improvements:
        blocks.append(story.paragraph("lara_inga"))
    return tuple(blocks)


def _plan(story: Story) -> tuple[Block, ...]:
    say = story.say
    count = len(plan_standings(story))
    ingress = story.paragraph("plan_ingress", count, len(story.profile.improvements))
    blocks: list[Block] = [Heading(2, say("plan_rubrik")), ingress]
    return (*blocks, plan_table(story)) if count or story.profile.silent else tuple(blocks)


# ---------------------------------------------------------------------------------------------------- method, appendix


@once
def method_items(story: Story) -> tuple[Item, ...]:
    """Method and sources as list items."""
    say = story.say
    years = sorted({point.year for s in story.focus for point in riket_series(story, s.indicator).points} | {story.year})
    editions = [story.results.edition(year) for year in years]
    lines = [*say.lines("metod", editions), say("metod_filer", editions)]
    similar = [g for g in story.profile.groups if g.kind == "liknande"]
    if similar:
        names = [story.catalogue.area(code).name for code in similar[0].members]
        lines.append(say("metod_liknande", names))
    values = (r.value for s in story.profile.standings for r in s.groups)
    differing = sum(isinstance(value, GroupShare) and not value.agrees for value in values)
    if differing:
        lines.append(say("metod_avvikelser", differing))
    codes = (story.profile.area.code, *(part.code for part in story.profile.parts))
    lines += objection_lines(story, (o for o in story.results.objections if o.area in codes and o.year in years))
    return tuple(item(line) for line in lines)


def objection_lines(story: Telling, objections: Iterable[Objection]) -> list[str]:
    """What kommuner say against their official values, a sentence each."""
    found = [(o, story.results.indicators[o.indicator], story.catalogue.area(o.area)) for o in objections]
    return [story.say("metod_invandning", o, indicator, area) for o, indicator, area in found]


def references(story: Telling) -> tuple[Item, ...]:
    """Where to read more, each a link."""
    split = (line.partition("|") for line in story.say.lines("referenser"))
    return tuple(Item((Run(words, link=link),)) for words, _, link in split)


def _method(story: Story) -> tuple[Block, ...]:
    say = story.say
    return (
        Heading(2, say("metod_rubrik")),
        BulletList(method_items(story)),
        Heading(3, say("referenser_rubrik")),
        BulletList(references(story)),
    )


def _appendix(story: Story) -> tuple[Block, ...]:
    say = story.say
    blocks: list[Block] = [Heading(2, say("bilaga_rubrik")), story.paragraph("bilaga_ingress")]
    if story.profile.register:
        blocks.append(register_table(story))
    return (*blocks, appendix_table(story)) if story.profile.standings else tuple(blocks)


SECTIONS: Mapping[str, Callable[[Story], tuple[Block, ...]]] = {
    "summary": _summary,
    "contents": _contents,
    "reading": _reading,
    "results": _results,
    "parts": _parts,
    "focus": _focus,
    "changes": _changes,
    "learning": _learning,
    "plan": _plan,
    "kolada": kolada_pages,
    "method": _method,
    "appendix": _appendix,
}
