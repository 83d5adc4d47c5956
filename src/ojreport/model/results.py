"""Results: everything that was read, looked up by (indicator, area, year)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ojreport.model.area import Area, Level
from ojreport.model.indicator import Indicator
from ojreport.model.kolada import KoladaSeries
from ojreport.model.objection import Objection
from ojreport.model.value import Missing, Observation, Origin, Reason, Value


class Severity(StrEnum):
    """How much a finding matters: an error makes a result wrong, a warning may, a note does not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a workbook that was not understood or does not add up, and where it stands."""

    severity: Severity
    kind: str
    message: str
    file: str
    sheet: str = ""
    cell: str = ""


NO_CELL = Missing(Reason.EJ_I_FILEN)

Cell = tuple[int, int, str]  # index into Edition.values, index into Edition.sheets, A1 reference


@dataclass(frozen=True, slots=True)
class Edition:
    """One year's workbook as read.

    ``cells`` maps indicator id → area code → cell; ``areas`` has a row each in the file; ``units`` are the codes that shares
    are counted over, also those that the file lacks a row for.
    """

    year: int
    file: str
    sha256: str
    example: bool
    areas: tuple[Area, ...]
    units: tuple[str, ...]
    sheets: tuple[str, ...]
    values: tuple[Value, ...]
    cells: Mapping[str, Mapping[str, Cell]]
    titles: Mapping[str, str] = field(default_factory=dict)  # indicator id → heading as it stands in the file
    findings: tuple[Finding, ...] = ()


class Results:
    """All editions together; immutable. Observations are made when they are asked for."""

    __slots__ = ("_areas", "_editions", "_objections", "_parts", "_places", "indicators", "kolada")

    def __init__(
        self,
        editions: Iterable[Edition],
        indicators: Mapping[str, Indicator],
        objections: Iterable[Objection] = (),
        kolada: Iterable[KoladaSeries] = (),
    ) -> None:
        self._editions = {e.year: e for e in sorted(editions, key=lambda e: e.year)}
        self._areas = {year: {a.code: a for a in e.areas} for year, e in self._editions.items()}
        self._parts = {year: _stadsdelar(e.areas) for year, e in self._editions.items()}
        self._places = {year: _places(e.units) for year, e in self._editions.items()}
        self._objections = {(o.indicator, o.area, o.year): o for o in objections}
        self.indicators = indicators
        self.kolada = tuple(kolada)  # another source, which stands beside these results and is never mixed with them

    def with_beside(self, objections: Iterable[Objection], kolada: Iterable[KoladaSeries]) -> Results:
        """The same results with local objections, and Kolada's figures, beside them."""
        return Results(self._editions.values(), self.indicators, objections, kolada)

    @property
    def objections(self) -> tuple[Objection, ...]:
        """All local objections, in the order that they were given."""
        return tuple(self._objections.values())

    def objection(self, indicator: str, area: str, year: int) -> Objection | None:
        """What the area says against its value, if anything."""
        return self._objections.get((indicator, area, year))

    @property
    def years(self) -> tuple[int, ...]:
        """The editions' years, oldest first."""
        return tuple(self._editions)

    @property
    def example(self) -> bool:
        """Whether any edition is example data."""
        return any(e.example for e in self._editions.values())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the reader did not understand, all editions."""
        return tuple(f for e in self._editions.values() for f in e.findings)

    def edition(self, year: int) -> Edition:
        """The edition of *year* (KeyError when there is none)."""
        return self._editions[year]

    def asked(self, indicator: str, year: int) -> bool:
        """Whether the edition of *year* exists and has the indicator."""
        return year in self._editions and indicator in self._editions[year].cells

    def years_of(self, indicator: str) -> tuple[int, ...]:
        """The years that have the indicator, oldest first."""
        return tuple(y for y in self._editions if self.asked(indicator, y))

    def indicators_of(self, year: int) -> tuple[Indicator, ...]:
        """The edition's indicators in the catalogue's order, unknown ones last."""
        cells = self._editions[year].cells
        return tuple(i for i in self.indicators.values() if i.id in cells)

    def observation(self, indicator: str, area: str, year: int) -> Observation:
        """The observation; missing ("ej i filen") where the file has no cell for it. KeyError when it was not asked that year."""
        e = self._editions[year]
        found = e.cells[indicator].get(area)
        if found is None:
            return Observation(indicator, area, year, NO_CELL, Origin(e.file, e.sha256, "", ""))
        value, sheet, cell = found
        return Observation(indicator, area, year, e.values[value], Origin(e.file, e.sha256, e.sheets[sheet], cell))

    def value(self, indicator: str, area: str, year: int) -> Value:
        """The observation's value alone, for counting."""
        e = self._editions[year]
        found = e.cells[indicator].get(area)
        return NO_CELL if found is None else e.values[found[0]]

    def values(self, indicator: str, areas: Iterable[str], year: int) -> list[tuple[Value, int]]:
        """The values of *areas*, each with how many have it: an edition has few different ones. KeyError as for `observation`."""
        e = self._editions[year]
        cells = e.cells[indicator]
        places = [cell and cell[0] for cell in map(cells.get, areas)]
        return [(NO_CELL if place is None else e.values[place], places.count(place)) for place in dict.fromkeys(places)]

    def has_area(self, code: str, year: int) -> bool:
        """Whether the edition has a row for the area, or for the stadsdelar of a kommun."""
        return code in self._areas[year] or code in self._parts[year]

    def area(self, code: str, year: int) -> Area:
        """The area as the edition names it, also a kommun that has rows for its stadsdelar alone (KeyError without any)."""
        found = self._areas[year].get(code)
        return found or Area(code, self._parts[year][code][0].name.split(", ", 1)[0], Level.KOMMUN)

    def units(self, year: int, members: Iterable[str] | None = None) -> tuple[str, ...]:
        """Codes of the counted units, all or those in *members*: a kommun that reports by stadsdel stands for its stadsdelar.

        A member is a kommun, a stadsdel, or a län (two digits).
        """
        units = self._editions[year].units
        if members is None:
            return units
        places = self._places[year]
        return tuple([units[place] for place in sorted({place for member in members for place in places.get(member, ())})])

    def stadsdelar(self, kommun: str, year: int) -> tuple[Area, ...]:
        """The stadsdelar that *kommun* reports by that year; empty for nearly every kommun."""
        return self._parts[year].get(kommun, ())


def _places(units: Iterable[str]) -> dict[str, list[int]]:
    """Where each unit stands in *units*, by its own code and by those of its kommun and its län."""
    found: dict[str, list[int]] = {}
    for place, unit in enumerate(units):
        for code in {unit, unit[:4], unit[:2]}:
            found.setdefault(code, []).append(place)
    return found


def _stadsdelar(areas: Iterable[Area]) -> dict[str, tuple[Area, ...]]:
    """The stadsdelar among *areas* by their kommun."""
    found: dict[str, tuple[Area, ...]] = {}
    for area in areas:
        if area.level is Level.STADSDEL:
            found[area.kommun] = (*found.get(area.kommun, ()), area)
    return found
