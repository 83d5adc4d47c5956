"""Län, kommuner and stadsdelar (lan.csv, kommuner.csv, stadsdelar.csv), and which of them exist in a year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ojreport.catalogue.reading import Row, read_csv
from ojreport.model.area import Area, Level


@dataclass(frozen=True, slots=True)
class Kommun:
    """A kommun, the names that it goes by, and its SKR kommungrupp."""

    area: Area
    names: tuple[str, ...]
    kommungrupp: str


@dataclass(frozen=True, slots=True)
class Stadsdel:
    """A stadsdel and the editions that have it; ``last`` is absent while it exists."""

    area: Area
    first: int
    last: int | None

    def exists(self, year: int) -> bool:
        """Whether results are given for it in *year*."""
        return self.first <= year and (self.last is None or year <= self.last)

    @property
    def years(self) -> str:
        """``2011–2020``, or ``from 2021`` for one that still exists."""
        return f"from {self.first}" if self.last is None else f"{self.first}–{self.last}"


@dataclass(frozen=True, slots=True)
class Areas:
    """Every area that there is or was, each kind by code."""

    lan: Mapping[str, Area]
    kommuner: Mapping[str, Kommun]
    stadsdelar: Mapping[str, Stadsdel]
    kommungrupper: Mapping[str, str]  # their names

    def stadsdelar_of(self, year: int) -> tuple[Area, ...]:
        """The stadsdelar of *year*, all kommuner."""
        return tuple(s.area for s in self.stadsdelar.values() if s.exists(year))

    def units(self, year: int) -> tuple[str, ...]:
        """The codes that shares are counted over: each kommun, or its stadsdelar where it reports by them."""
        stadsdelar = self.stadsdelar_of(year)
        split = {s.kommun for s in stadsdelar}
        return tuple(sorted([k for k in self.kommuner if k not in split] + [s.code for s in stadsdelar]))


def load_areas(folder: Path) -> Areas:
    """The areas, read and checked against each other (raises CatalogueError)."""
    lan = {row["code"]: _area(row, Level.LAN, 2) for row in _once(read_csv(folder / "lan.csv", ("code", "name")))}
    grupper = {row["code"]: row["name"] for row in _once(read_csv(folder / "kommungrupper.csv", ("code", "name")))}
    kommuner = _kommuner(folder, lan, grupper)
    return Areas(lan, kommuner, _stadsdelar(folder, kommuner), grupper)


def _once(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    seen: set[str] = set()
    for row in rows:
        if row["code"] in seen:
            row.fail(f"the code {row['code']} is used twice.")
        seen.add(row["code"])
    return rows


def _area(row: Row, level: Level, digits: int) -> Area:
    if not re.fullmatch(rf"[0-9]{{{digits}}}", row["code"]):
        row.fail(f"code must have {digits} digits, not {row['code']!r}.")
    return Area(row["code"], row["name"], level)


def _kommuner(folder: Path, lan: Mapping[str, Area], grupper: Mapping[str, str]) -> dict[str, Kommun]:
    columns = ("code", "name", "official_name", "also_called", "lan", "kommungrupp")
    found = {}
    for row in _once(read_csv(folder / "kommuner.csv", columns, optional=("also_called",))):
        area = _area(row, Level.KOMMUN, 4)
        if row["lan"] not in lan or row["lan"] != area.lan:
            row.fail(f"{area.name} has the code {area.code}, but its län is given as {row['lan']}.")
        if row["kommungrupp"] not in grupper:
            row.fail(f"the kommungrupp {row['kommungrupp']} is not in kommungrupper.csv.")
        names = tuple(row[column] for column in columns[1:4] if row[column])
        found[area.code] = Kommun(area, names, row["kommungrupp"])
    return found


def _stadsdelar(folder: Path, kommuner: Mapping[str, Kommun]) -> dict[str, Stadsdel]:
    columns = ("code", "parent", "name", "first_year", "last_year")
    found: dict[str, Stadsdel] = {}
    for row in _once(read_csv(folder / "stadsdelar.csv", columns, optional=("last_year",))):
        area = _area(row, Level.STADSDEL, 6)
        if row["parent"] not in kommuner or row["parent"] != area.kommun:
            row.fail(f"{area.code} does not begin with the code of a kommun, or parent is another one.")
        stadsdel = Stadsdel(area, row.year("first_year"), row.year("last_year") if row["last_year"] else None)
        for other in found.values():
            if other.area.name == area.name and (other.exists(stadsdel.first) or stadsdel.exists(other.first)):
                row.fail(f"{area.name} stands twice for the same year.")
        found[area.code] = stadsdel
    return found
