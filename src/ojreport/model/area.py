"""Areas: riket, län, kommuner and stadsdelar, and groups of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

RIKET = "00"
GOTLAND = "09"  # a län of one kommun, so that its share is 0 or 100


class Level(StrEnum):
    """What kind of area a row is about."""

    RIKET = "riket"
    LAN = "lan"
    KOMMUN = "kommun"
    STADSDEL = "stadsdel"


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """An area with its official code: riket ``00``, län ``08``, kommun ``0880``, stadsdel ``148001``."""

    code: str
    name: str
    level: Level

    def __post_init__(self) -> None:
        if not self.code.isdigit() or not self.name.strip():
            raise ValueError(f"an area needs a numeric code and a name, not {self.code!r} {self.name!r}")
        if self.level is not level_of(self.code):
            raise ValueError(f"{self.code} can not be the code of a {self.level}")

    @property
    def lan(self) -> str:
        """Two digits: the län that the area lies in (``00`` for riket)."""
        return self.code[:2]

    @property
    def kommun(self) -> str:
        """Four digits: the kommun, for a stadsdel the one that it is part of."""
        return self.code[:4]

    @property
    def short(self) -> str:
        """The name on its own: ``Angered`` for ``Göteborg, Angered``, ``Kalmar`` for ``Kalmar``."""
        return self.name.split(", ", 1)[-1]


def level_of(code: str) -> Level:
    """The level that a code's length tells (raises ValueError on a length that no level has)."""
    if code == RIKET:
        return Level.RIKET
    by_length = {2: Level.LAN, 4: Level.KOMMUN}
    if len(code) in by_length:
        return by_length[len(code)]
    if len(code) > max(by_length):
        return Level.STADSDEL
    raise ValueError(f"{code} is not the code of an area")


class GroupKind(StrEnum):
    """What a comparison group is."""

    RIKET = "riket"
    LAN = "lan"
    KOMMUNGRUPP = "kommungrupp"
    LIKNANDE = "liknande"
    STADSDELAR = "stadsdelar"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class Group:
    """An explicit list of kommuner (or stadsdelar) by code, with the edition of the list where it has one."""

    id: str
    name: str
    kind: GroupKind
    members: tuple[str, ...]
    edition: str = ""
    source: str = ""

    @property
    def code(self) -> str:
        """What stands for the group where an area has its code: ``GR``, ``08``."""
        return self.id

    def __hash__(self) -> int:
        return hash(self.id)  # the members can be hundreds

    def __post_init__(self) -> None:
        if len(set(self.members)) != len(self.members):
            raise ValueError(f"{self.name} has a member twice")
