"""What every section of a regional compilation needs: what is true of the group, and how its answers and facts are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from ojreport.analysis.compare import GroupResult, NotShown
from ojreport.analysis.own import Own, OwnAnswer, OwnMissing
from ojreport.analysis.region import Comparison, Compilation
from ojreport.compose.document import Align, Column, Fact, Mark, TableCell
from ojreport.compose.facts import group_fact, group_origins
from ojreport.compose.story import Telling, own_mark
from ojreport.model.area import Area
from ojreport.model.indicator import Indicator
from ojreport.model.objection import Objection
from ojreport.model.value import Reason, Sign

LAN_SHOWN = 3  # a kommungrupp has kommuner in most län; those with most of them are shown
MISSING = (Reason.BORTFALL, Reason.EJ_I_FILEN)


@dataclass(frozen=True, slots=True)
class RegionStory(Telling):
    """A compilation with everything that is needed to tell it."""

    compilation: Compilation
    focus: tuple[Comparison, ...]
    _words: dict[object, str] = field(default_factory=dict)  # an answer is worded once, however many give it
    _facts: dict[tuple[str, str], Fact] = field(default_factory=dict)

    def unit_text(self, indicator: Indicator, own: Own, *, short: bool = False) -> str:
        """A unit's answer in words; *short*: a missing answer is named by its reason alone."""
        key = (own.value, indicator.scale.unit, short, bool(own.objections))
        if key not in self._words:
            self._words[key] = self.own_text(indicator, own, short=short)
        return self._words[key]

    def unit_cell(self, indicator: Indicator, own: Own) -> TableCell:
        """A unit's answer as a sign alone, with the words for who can not see it."""
        return TableCell(self.unit_text(indicator, own), mark=own_mark(own), mark_only=True)

    def objections(self, comparison: Comparison) -> tuple[Objection, ...]:
        """What the group's kommuner and stadsdelar say against their answers."""
        return tuple(o for own in comparison.answers for o in own.objections)

    def unit_fact(self, indicator: Indicator, area: Area, own: Own) -> Fact:
        """A unit's answer with its cell."""
        key = (indicator.id, area.code)
        if key not in self._facts:
            origins = tuple(o.origin for o in own.observations)
            self._facts[key] = Fact(self.unit_text(indicator, own), indicator.id, area.code, self.year, origins)
        return self._facts[key]

    def unit_facts(self, comparisons: Iterable[Comparison], places: Sequence[int] | None = None) -> tuple[Fact, ...]:
        """Every unit's answer to *comparisons*, or those of the units in *places*."""
        units = self.compilation.units
        rows = range(len(units)) if places is None else places
        return tuple(self.unit_fact(c.indicator, units[n].area, c.answers[n]) for c in comparisons for n in rows)

    def held(self, comparison: Comparison) -> tuple[GroupResult, ...]:
        """The groups that a table or a figure shows: the group, its län, the other regions, riket."""
        return (comparison.own, *comparison.lan[:LAN_SHOWN], *comparison.regions, comparison.riket)

    def shown(self, comparison: Comparison) -> Comparison:
        """The comparison without the län that there is no room for."""
        return replace(comparison, lan=comparison.lan[:LAN_SHOWN])

    def group_facts(self, results: Iterable[GroupResult], *, short: bool = False) -> tuple[Fact, ...]:
        """The facts behind the results of groups that are shown."""
        return tuple(
            group_fact(self.results, r, self.group_text(r, short=short)) for r in results if not isinstance(r.value, NotShown)
        )

    def own_words(self, comparison: Comparison, *, short: bool) -> str:
        """The group's own result; of a group of one it is that unit's answer."""
        answer = comparison.answers[0]
        if len(comparison.answers) == 1 and isinstance(answer.value, OwnAnswer):
            return self.unit_text(comparison.indicator, answer)
        return self.group_text(comparison.own, short=short)

    def names(self, areas: Iterable[Area]) -> str:
        """Kommuner by name, then stadsdelar under their kommun."""
        return self.say("enhetsnamn", tuple(areas))

    def group_columns(self, comparison: Comparison, width: float) -> tuple[Column, ...]:
        """A column for each group that is shown, the group's own first."""
        results = self.held(comparison)
        return tuple(Column(self.group_label(r), width, Align.LEFT, own=n == 0) for n, r in enumerate(results))

    def cells(self, result: GroupResult) -> str:
        """The cells that a group's result was read or counted from, each sheet named once."""
        by_sheet: dict[tuple[str, str], list[str]] = {}
        for origin in group_origins(self.results, result.indicator.id, result.group, result.year):
            by_sheet.setdefault((origin.file, origin.sheet), []).append(origin.cell)
        return "; ".join(f"{file}: {sheet}!{', '.join(found)}" for (file, sheet), found in by_sheet.items())

    def note(self, comparison: Comparison) -> str:
        """The exact figures for the speaker, and where the group's own stand."""
        parts = [(self.group_label(r), self.group_text(r)) for r in self.held(comparison)]
        cells = self.cells(comparison.own)
        return f"{self.say('not_resultat', comparison, parts)} {self.say('not_celler', cells) if cells else ''}".strip()

    def who(self, comparison: Comparison) -> str:
        """Who answers what, by name, and why the others have no answer."""
        found = self.compilation
        by_sign = [found.where(comparison, sign) for sign in (Sign.JA, Sign.DELVIS, Sign.NEJ)]
        missing = (MISSING, (Reason.SEKRETESS,), (Reason.EJ_TILLAMPLIG,))
        return self.say("vilka", comparison, *by_sign, *(found.missing(comparison, *reasons) for reasons in missing))

    def by_dimension(self, comparisons: Sequence[Comparison]) -> tuple[tuple[str, tuple[Comparison, ...]], ...]:
        """The comparisons under their kvalitetsdimension's name, in the catalogue's order; those without one last."""
        names = {d.id: d.name for d in self.catalogue.dimensions}
        found: dict[str, list[Comparison]] = {name: [] for name in (*names.values(), self.say("ovriga"))}
        for c in comparisons:
            found[names.get(c.indicator.dimension, self.say("ovriga"))].append(c)
        return tuple((name, tuple(group)) for name, group in found.items() if group)


def mark_of(own: Own) -> Mark | None:
    """The sign of an answer on a scale with Ja; none for a question that does not apply, nor for a number."""
    match own.value:
        case OwnMissing(Reason.EJ_TILLAMPLIG):
            return None
        case OwnMissing() | OwnAnswer():
            return own_mark(own)
    return None
