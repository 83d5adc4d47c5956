"""Comparison groups: riket, län, regions, SKR kommungrupper and liknande kommuner, each with its edition and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ojreport.catalogue.areas import Areas
from ojreport.catalogue.reading import Row, Table, read_csv, read_toml
from ojreport.model.area import RIKET, Area, Group, GroupKind, Level

FILE = "comparisons.toml"
NAMED = (GroupKind.RIKET, GroupKind.LIKNANDE)  # the other kinds' groups have a name each in their CSV file


@dataclass(frozen=True, slots=True)
class Groups:
    """All groups: ``lan`` and ``kommungrupper`` by code, ``regions`` by id, ``liknande`` by the kommun that they are like.

    A kommun that liknande.csv does not have has a group without members.
    """

    riket: Group
    lan: Mapping[str, Group]
    regions: Mapping[str, Group]
    kommungrupper: Mapping[str, Group]
    liknande: Mapping[str, Group]

    @property
    def riket_area(self) -> Area:
        """Riket as an area."""
        return Area(RIKET, self.riket.name, Level.RIKET)


def load_groups(folder: Path, areas: Areas) -> Groups:
    """The groups of groups.csv, kommungrupper.csv and liknande.csv, named by comparisons.toml (raises CatalogueError)."""
    file = read_toml(folder / FILE)
    kinds = (GroupKind.RIKET, GroupKind.LAN, GroupKind.KOMMUNGRUPP, GroupKind.LIKNANDE, GroupKind.REGION)
    file.allow(*kinds)
    about = {kind: _About.read(file.table(kind), named=kind in NAMED) for kind in kinds}
    members: dict[str, list[str]] = {code: [] for code in areas.lan}
    for code, kommun in areas.kommuner.items():
        members[kommun.area.lan].append(code)
    return Groups(
        riket=about[GroupKind.RIKET].group(RIKET, about[GroupKind.RIKET].name, GroupKind.RIKET, areas.kommuner),
        lan={c: about[GroupKind.LAN].group(c, areas.lan[c].name, GroupKind.LAN, members[c]) for c in areas.lan},
        regions=_regions(folder, areas, about[GroupKind.REGION]),
        kommungrupper=_kommungrupper(areas, about[GroupKind.KOMMUNGRUPP]),
        liknande=_liknande(folder, areas, about[GroupKind.LIKNANDE]),
    )


@dataclass(frozen=True, slots=True)
class _About:
    """What comparisons.toml says of a kind of group."""

    name: str
    edition: str
    source: str

    @classmethod
    def read(cls, table: Table, *, named: bool) -> _About:
        table.allow(*(("name",) if named else ()), "edition", "source")
        edition, source = (table.text(key, optional=True) for key in ("edition", "source"))
        return cls(table.text("name", optional=not named), edition, source)

    def group(self, code: str, name: str, kind: GroupKind, members: Mapping[str, object] | list[str]) -> Group:
        return Group(code, name, kind, tuple(members), self.edition, self.source)


def _kommun(row: Row, column: str, areas: Areas) -> str:
    if row[column] not in areas.kommuner:
        row.fail(f"{row[column]} is not the code of a kommun in kommuner.csv.")
    return row[column]


def _regions(folder: Path, areas: Areas, about: _About) -> dict[str, Group]:
    members: dict[str, list[str]] = {}
    names: dict[str, str] = {}
    for row in read_csv(folder / "groups.csv", ("group", "name", "kommun")):
        code = _kommun(row, "kommun", areas)
        if names.setdefault(row["group"], row["name"]) != row["name"]:
            row.fail(f"{row['group']} has two names, {names[row['group']]} and {row['name']}.")
        if code in members.setdefault(row["group"], []):
            row.fail(f"{row['group']} has {code} twice.")
        members[row["group"]].append(code)
    return {g: about.group(g, names[g], GroupKind.REGION, members[g]) for g in members}


def _kommungrupper(areas: Areas, about: _About) -> dict[str, Group]:
    members: dict[str, list[str]] = {code: [] for code in areas.kommungrupper}
    for code, kommun in areas.kommuner.items():
        members[kommun.kommungrupp].append(code)
    return {g: about.group(g, name, GroupKind.KOMMUNGRUPP, members[g]) for g, name in areas.kommungrupper.items()}


def _liknande(folder: Path, areas: Areas, about: _About) -> dict[str, Group]:
    members: dict[str, list[str]] = {code: [] for code in areas.kommuner}
    for row in read_csv(folder / "liknande.csv", ("kommun", "liknande")):
        own, other = _kommun(row, "kommun", areas), _kommun(row, "liknande", areas)
        if other == own or other in members[own]:
            row.fail(f"{other} is {own} itself, or stands twice in its list.")
        members[own].append(other)
    return {k: about.group(f"liknande-{k}", about.name, GroupKind.LIKNANDE, members[k]) for k in members}
