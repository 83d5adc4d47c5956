"""Figures and sentences of a regional compilation: the group beside its län, the other regions and riket."""

from __future__ import annotations

from decimal import Decimal

from ojreport.analysis.compare import GroupNumber, GroupResult, GroupShare, NotShown, ReadShare
from ojreport.analysis.own import OwnNumber
from ojreport.analysis.region import Comparison, by_name
from ojreport.compose.document import Bar, BarChart, Figure, Mark, Paragraph, Reference, Role, Segment, StackedBar, StackedChart
from ojreport.compose.facts import group_fact
from ojreport.compose.regional_story import RegionStory, mark_of
from ojreport.compose.story import text
from ojreport.compose.texts import number
from ojreport.model.area import Area

AIR = Decimal("1.15")  # the longest bar of a chart without a maximum of its own leaves room for its value


def group_chart(story: RegionStory, comparison: Comparison) -> Figure | None:
    """A bar for the group, its län and the other regions, highest first, with riket as a line; None where none is shown."""
    say, indicator = story.say, comparison.indicator
    results = story.held(comparison)[:-1]
    shown = sorted(((r, amount) for r in results if (amount := _amount(r)) is not None), key=lambda pair: -pair[1])
    if not shown:
        return None
    roles = {comparison.own.group: Role.SELF} | {r.group: Role.OWN for r in comparison.lan}
    bars = tuple(Bar(story.group_label(r), float(amount), _written(r), roles.get(r.group, Role.OTHER)) for r, amount in shown)
    level = _amount(comparison.riket)
    reference = Reference(say("riket_linje", _written(comparison.riket)), float(level)) if level is not None else None
    most = max(*(amount for _, amount in shown), level or Decimal(0), Decimal(1))
    percent = indicator.scale.has_ja or indicator.scale.unit == "procent"
    spec = BarChart(
        title=say("grupp_titel", comparison),
        subtitle=say("grupp_undertitel", indicator),
        bars=bars,
        unit=say("enhet_procent") if indicator.scale.has_ja else indicator.scale.unit,
        note=say("grupp_not", [r for r in results if isinstance(r.value, NotShown)]),
        source=story.source(),
        reference=reference,
        maximum=100.0 if percent else float(most * AIR),
    )
    alt = say("grupp_alt", indicator, bars, reference.label if reference else "")
    facts = tuple(group_fact(story.results, r, _written(r)) for r, _ in shown)
    return Figure(spec, alt, (*facts, *story.group_facts((comparison.riket,), short=True)))


def _amount(result: GroupResult) -> Decimal | None:
    """How long a bar is; nothing for what is not shown and for a scale without Ja."""
    match result.value:
        case GroupShare() | ReadShare() as share:
            return share.percent
        case GroupNumber(amount=amount):
            return amount
    return None


def _written(result: GroupResult) -> str:
    amount = _amount(result)
    return "" if amount is None else number(amount)


def answers_chart(story: RegionStory) -> Figure | None:
    """All answers of all units per kvalitetsdimension; None when the matrix has no column."""
    say, compilation = story.say, story.compilation
    bars = []
    for name, found in story.by_dimension(compilation.matrix):
        marks = [mark_of(own) for c in found for own in c.answers]
        bars.append(StackedBar(name, tuple(Segment(m, marks.count(m), str(marks.count(m))) for m in Mark)))
    if not bars:
        return None
    missing = sum(s.count for bar in bars for s in bar.segments if s.mark is Mark.MISSING)
    spec = StackedChart(
        title=say("svar_titel"),
        subtitle=say("svar_undertitel"),
        bars=tuple(bars),
        legend=tuple((mark, say("tecken", mark.value)) for mark in Mark),
        unit=say("svar_enhet"),
        note=say("svar_not", missing),
        source=story.source(),
    )
    return Figure(spec, say("svar_alt", bars), story.unit_facts(compilation.matrix))


def told(story: RegionStory, comparison: Comparison) -> Paragraph:
    """The comparison in words, and the change since the last comparable edition; every share with its denominator."""
    say, shown = story.say, story.shown(comparison)
    words = [say("jamforelse", shown), _extremes(story, comparison), say("forandring", comparison)]
    change = comparison.change
    before = story.group_facts((change.before,)) if change else ()
    return Paragraph(text(" ".join(w for w in words if w)), facts=(*story.group_facts(story.held(comparison)), *before))


def _extremes(story: RegionStory, comparison: Comparison) -> str:
    """Of a number: who has the highest and who the lowest."""
    numbers: dict[Decimal, list[Area]] = {}
    for unit, own in zip(story.compilation.units, comparison.answers, strict=True):
        if isinstance(own.value, OwnNumber):
            numbers.setdefault(own.value.amount, []).append(unit.area)
    if len(numbers) < 2:  # noqa: PLR2004 - one and the same is neither highest nor lowest
        return ""
    high, low = max(numbers), min(numbers)
    ends = ((amount, sorted(numbers[amount], key=by_name)) for amount in (high, low))
    return story.say("hogst_lagst", *ends, comparison.indicator.scale.unit)
