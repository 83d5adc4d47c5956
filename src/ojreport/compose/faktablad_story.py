"""What every section of a faktablad needs, and the sentences that its pages and slides share."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ojreport.analysis.compare import GroupResult, NotShown, Shown
from ojreport.analysis.factsheet import Factsheet, Gap, National
from ojreport.compose.document import Bar, BarChart, Fact, Figure, Paragraph, Reference, Role, Style
from ojreport.compose.facts import group_fact
from ojreport.compose.figures import lan_chart
from ojreport.compose.story import Telling, text


@dataclass(frozen=True, slots=True)
class Faktablad(Telling):
    """The facts about riket with everything that is needed to tell them."""

    found: Factsheet


def fact(story: Faktablad, result: GroupResult) -> Fact:
    """The fact behind a group's result, as it is printed in short."""
    return group_fact(story.results, result, story.group_text(result, short=True))


def gap_facts(story: Faktablad, gap: Gap | None) -> tuple[Fact, ...]:
    """The facts behind the highest and the lowest of *gap*."""
    return tuple(fact(story, r) for r in (*gap.highest, *gap.lowest)) if gap else ()


def series_sentences(story: Faktablad, national: National) -> tuple[str, ...]:
    """Riket's comparable run up to this edition in words, then what each break means. No change is worded across a break."""
    found = national.series
    sentences = [story.say("serie_text", national.indicator, found.run_to(story.year))]
    for b in found.breaks:
        before = [p for p in found.points if p.year <= b.before]
        after = [p for p in found.points if p.year >= b.after]
        sentences.append(story.say("brott_text", b, before[-1] if before else None, after[0] if after else None))
    return tuple(s for s in sentences if s)


def sentence(story: Faktablad, national: National, style: Style = Style.BODY) -> Paragraph:
    """The national result as a sentence with quantity words, the figure and its denominator."""
    return Paragraph(text(story.say("resultat", national)), style, (fact(story, national.riket),))


def told_series(story: Faktablad, national: National) -> Paragraph | None:
    """The series in words; None where there is nothing to say."""
    words = " ".join(series_sentences(story, national))
    return Paragraph(text(words), facts=tuple(fact(story, p) for p in national.series.points)) if words else None


def lan_figure(story: Faktablad, national: National) -> Figure | None:
    """The share of Ja per län, each län with the number of units that answered; None when no län is shown."""
    figure = lan_chart(story, national.indicator)
    if figure is None or not isinstance(figure.spec, BarChart):
        return None
    answered = {r.group.name: r.tally.answered for r in national.lan}
    bars = tuple(replace(b, label=story.say("stapel", b.label, answered[b.label])) for b in figure.spec.bars)
    value = national.riket.value
    alt = story.say("lan_alt", national.indicator, bars, str(value.whole) if isinstance(value, Shown) else "")
    return replace(figure, spec=replace(figure.spec, bars=bars), alt=alt)


def group_figure(story: Faktablad, national: National) -> Figure | None:
    """The share of Ja per kommungrupp, highest first, with riket's line; None where there are not two groups to compare."""
    gap, say = national.group_gap, story.say
    if gap is None:
        return None
    bars = tuple(
        Bar(say("stapel", r.group.name, r.tally.answered), float(r.value.percent), str(r.value.whole), Role.OTHER)
        for r in gap.results
        if isinstance(r.value, Shown)
    )
    riket = national.riket.value
    shown = isinstance(riket, Shown)
    few = [r.group.name for r in national.kommungrupper if r not in gap.results]
    spec = BarChart(
        title=say("grupp_titel", gap),
        subtitle=say("grupp_undertitel", national.indicator),
        bars=bars,
        unit=say("enhet_procent"),
        note=say("grupp_not", gap.results[0].group, few),
        source=story.source(),
        reference=Reference(say("riket_linje", str(riket.whole)), float(riket.percent)) if isinstance(riket, Shown) else None,
    )
    alt = say("grupp_alt", national.indicator, bars, str(riket.whole) if isinstance(riket, Shown) else "")
    facts = (*(group_fact(story.results, r, str(r.value.whole)) for r in gap.results if isinstance(r.value, Shown)),)
    return Figure(spec, alt, (*facts, fact(story, national.riket)) if shown else facts)


def is_shown(national: National) -> bool:
    """Whether riket has a result."""
    return not isinstance(national.riket.value, NotShown)
