"""One KPI of Kolada's as it was fetched: figures by area and year, and the groups that they can be compared with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ojreport.model.value import Missing, Number, Origin, Reason


@dataclass(frozen=True, slots=True)
class KoladaGroup:
    """A group of kommuner as Kolada has it: ``G35793``, its title and its members' codes."""

    id: str
    title: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mean:
    """An unweighted mean in the KPI's unit (missing where no member has a figure), the members counted, and all of them."""

    value: Number | Missing
    count: int
    members: int


@dataclass(frozen=True, slots=True, eq=False)  # the figures can be thousands
class KoladaSeries:
    """A KPI's figures, in ``unit`` (empty where the title names none).

    ``values`` maps (area, year) to the figure that Kolada gives: an area is a kommun (``0880``), riket (``00``, which Kolada
    weights by population) or a group whose figures were fetched (``G35793``, which it does not weight). No figure, no key.
    Neither is a share of reporting units, so that none of them may stand in one chart with those unsaid.
    """

    kpi: str
    title: str
    unit: str
    description: str
    values: Mapping[tuple[str, int], Decimal]
    groups: tuple[KoladaGroup, ...]
    origin: Origin
    source: str  # the address that the figures were fetched from
    published: str = ""  # the date that Kolada gives, 2024-06-22

    @property
    def years(self) -> tuple[int, ...]:
        """The years with a figure for any area, oldest first."""
        return tuple(sorted({year for _, year in self.values}))

    def value(self, area: str, year: int) -> Number | Missing:
        """The figure; missing ("ej i filen") where Kolada has none."""
        found = self.values.get((area, year))
        return Missing(Reason.EJ_I_FILEN) if found is None else Number(found)

    def groups_of(self, area: str) -> tuple[KoladaGroup, ...]:
        """The groups that a kommun is a member of."""
        return tuple(group for group in self.groups if area in group.members)


def unweighted_mean(series: KoladaSeries, members: Iterable[str], year: int) -> Mean:
    """The mean over those of *members* that have a figure that year; each counts once and as much as another.

    It is our own calculation: Kolada's terms let nobody name Kolada as the source of a figure that others have worked out. A
    group's own published figure is ``series.value(group.id, year)``.
    """
    every = set(members)
    found = [series.values[area, year] for area in sorted(every) if (area, year) in series.values]
    mean = Number(sum(found, Decimal(0)) / len(found)) if found else Missing(Reason.EJ_I_FILEN)
    return Mean(mean, len(found), len(every))
