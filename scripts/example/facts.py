"""What the example is made from: areas and indicators of the catalogue, published figures, and what else is drawn."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CATALOGUE = HERE.parents[1] / "src" / "ojreport" / "catalogue"
YEARS = (2016, 2017, 2018, 2019, 2020)
RIKET = "00"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a scale, with the code that the catalogue gives it; ``sign`` is empty on a scale without Ja."""

    code: int
    label: str
    sign: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator as far as the example needs it; no options means a number in *unit*."""

    id: str
    title: str
    dimension: str
    part: str
    years: tuple[int, ...]
    background: bool
    options: tuple[Option, ...]
    unit: str

    @property
    def has_ja(self) -> bool:
        """Whether a share of Ja is counted."""
        return any(o.sign == "ja" for o in self.options)


@dataclass(frozen=True, slots=True)
class Place:
    """A kommun, stadsdel or län. ``reports`` is False for the two kommuner that answer through their stadsdelar."""

    code: str
    name: str
    reports: bool = True
    rural: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """A published figure, an answer (``answer`` is an option's label) or a response rate (``what`` is a part of the survey)."""

    what: str
    year: int
    area: str
    printed: str
    low: int | None
    high: int | None
    answer: str
    source: str
    note: str

    @property
    def exact(self) -> int | None:
        """The figure, or None where a range or an answer is published."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True)
class Facts:
    """All of it; ``units`` are the 312 that answer, by code."""

    indicators: tuple[Indicator, ...]
    dimensions: dict[str, str]
    kommuner: tuple[Place, ...]
    stadsdelar: dict[int, tuple[Place, ...]]
    lan: tuple[Place, ...]
    published: tuple[Published, ...]
    drawn: dict[str, Any]

    def asked(self, year: int) -> tuple[Indicator, ...]:
        """The edition's indicators, in the catalogue's order."""
        return tuple(i for i in self.indicators if year in i.years)

    def units(self, year: int) -> tuple[Place, ...]:
        """The kommuner and stadsdelar that answer, by code."""
        return tuple(sorted((*(k for k in self.kommuner if k.reports), *self.stadsdelar[year]), key=lambda p: p.code))

    @cached_property
    def shares(self) -> dict[tuple[str, int], int]:
        """The exact published share of Ja for riket (for a part of the survey: of answering units), by (what, year)."""
        return {(p.what, p.year): p.exact for p in self.published if p.area == RIKET and p.exact is not None}

    @cached_property
    def fixed(self) -> dict[tuple[str, str], str]:
        """A unit's published answer as an option's label, by (indicator, unit): it is kept in all editions."""
        return {(p.what, p.area): p.answer for p in self.published if p.answer}


def load(catalogue: Path = CATALOGUE) -> Facts:
    """The facts, read from the catalogue and from the files beside this one."""
    entries = tomllib.loads((catalogue / "indicators.toml").read_text("utf-8"))
    lan = tuple(Place(row["code"], row["name"]) for row in _rows(catalogue / "lan.csv"))
    stadsdelar = _rows(catalogue / "stadsdelar.csv")
    return Facts(
        indicators=tuple(_indicator(entry, entries["scales"][entry["scale"]]) for entry in entries["indicators"]),
        dimensions={d["id"]: d["name"] for d in entries["dimensions"]},
        kommuner=_kommuner(_rows(catalogue / "kommuner.csv"), {row["parent"] for row in stadsdelar}),
        stadsdelar={year: tuple(Place(r["code"], r["name"]) for r in stadsdelar if _exists(r, year)) for year in YEARS},
        lan=tuple(sorted(lan, key=lambda p: p.code)),
        published=tuple(_published(row) for row in _rows(HERE / "published.csv")),
        drawn=tomllib.loads((HERE / "drawn.toml").read_text("utf-8")),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _indicator(entry: dict[str, Any], scale: dict[str, Any]) -> Indicator:
    options = tuple(Option(o["code"], o["label"], o.get("sign", "")) for o in scale.get("options", ()))
    return Indicator(
        id=entry["id"],
        title=entry["title"],
        dimension=entry["dimension"],
        part=entry["part"],
        years=tuple(entry["years"]),
        background=entry["direction"] == "none",
        options=options,
        unit=scale.get("unit", ""),
    )


def _kommuner(rows: list[dict[str, str]], by_stadsdel: set[str]) -> tuple[Place, ...]:
    places = (Place(r["code"], r["name"], r["code"] not in by_stadsdel, r["kommungrupp"].startswith("C")) for r in rows)
    return tuple(sorted(places, key=lambda p: p.code))


def _exists(row: dict[str, str], year: int) -> bool:
    return int(row["first_year"]) <= year <= int(row["last_year"] or year)


def _published(row: dict[str, str]) -> Published:
    low, high = (int(row[key]) if row[key] else None for key in ("low", "high"))
    texts = {key: row[key] for key in ("what", "area", "printed", "answer", "source", "note")}
    return Published(year=int(row["year"]), low=low, high=high, **texts)
