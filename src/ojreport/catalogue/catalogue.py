"""The catalogue as a whole: one frozen object that answers what the rest of the program asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ojreport.catalogue import names
from ojreport.catalogue.areas import Areas, load_areas
from ojreport.catalogue.breaks import load_breaks
from ojreport.catalogue.groups import Groups, load_groups
from ojreport.catalogue.indicators import Dimension, load_indicators
from ojreport.catalogue.own_group import SUFFIXES, read_group
from ojreport.model.area import RIKET, Area, Group
from ojreport.model.indicator import Break, Indicator

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, eq=False)  # one per folder, compared by identity
class Catalogue:
    """Indicators, breaks, areas and groups. Plain dicts inside, so that it can be handed to another process."""

    dimensions: tuple[Dimension, ...]
    indicators: Mapping[str, Indicator]
    breaks: tuple[Break, ...]
    _areas: Areas
    _groups: Groups

    def areas(self, year: int) -> tuple[Area, ...]:
        """Riket, the län, the kommuner and the stadsdelar of *year*, each kind by code."""
        kommuner = (kommun.area for kommun in self._areas.kommuner.values())
        return (self._groups.riket_area, *self._areas.lan.values(), *kommuner, *self._areas.stadsdelar_of(year))

    def area(self, code: str) -> Area:
        """The area with that code, in whichever year it exists (KeyError when there is none)."""
        if code == RIKET:
            return self._groups.riket_area
        if code in self._areas.lan:
            return self._areas.lan[code]
        if code in self._areas.kommuner:
            return self._areas.kommuner[code].area
        return self._areas.stadsdelar[code].area

    def lan_name(self, code: str) -> str:
        """``Kalmar län`` for ``08`` (KeyError when there is no such län)."""
        return self._areas.lan[code].name

    def units(self, year: int) -> tuple[str, ...]:
        """The codes that shares of *year* are counted over: kommuner, and stadsdelar for those that report by them."""
        return self._areas.units(year)

    def find(self, text: str, year: int) -> Area:
        """The area of *year* with that name or code; UsageError, with suggestions, when there is none."""
        return names.find_area(text, year, self._areas, self._groups)

    @property
    def groups(self) -> Mapping[str, Group]:
        """The regions by id (``GR``, ``STOR-STHLM``)."""
        return self._groups.regions

    @property
    def lan_groups(self) -> tuple[Group, ...]:
        """The 21 län as groups, by code."""
        return tuple(self._groups.lan.values())

    @property
    def kommungrupper(self) -> tuple[Group, ...]:
        """SKR's kommungrupper, by code."""
        return tuple(self._groups.kommungrupper.values())

    def group_of_lan(self, code: str) -> Group:
        """The kommuner of a län; the group's id is the län's code (KeyError when there is no such län)."""
        return self._groups.lan[code]

    def riket(self) -> Group:
        """All kommuner."""
        return self._groups.riket

    def kommungrupp(self, kommun: str) -> Group:
        """The SKR kommungrupp that the kommun (four digits) is in; KeyError when there is no such kommun."""
        return self._groups.kommungrupper[self._areas.kommuner[kommun].kommungrupp]

    def similar(self, kommun: str) -> Group:
        """The seven kommuner that Kolada calls like this one (four digits), without itself; KeyError as above.

        The group has no members where liknande.csv has no line for the kommun.
        """
        return self._groups.liknande[kommun]

    def find_group(self, text: str, year: int) -> Group:
        """The group with that id or name, or in that .toml or .csv file, whose members are areas of *year*.

        UsageError, with suggestions, when there is none; CatalogueError, with file and line, when the file can not be used.
        """
        if text.lower().endswith(SUFFIXES):
            return read_group(Path(text), lambda name: self.find(name, year))
        return names.find_group(text, self._groups)


@lru_cache(maxsize=4)
def load_catalogue(folder: Path = FOLDER) -> Catalogue:
    """The catalogue in *folder*, read once; the first fault in it is a CatalogueError that names file and line."""
    dimensions, indicators = load_indicators(folder)
    areas = load_areas(folder)
    return Catalogue(dimensions, indicators, load_breaks(folder, indicators), areas, load_groups(folder, areas))
