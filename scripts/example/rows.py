"""The rows of a result sheet, in order: whose they are, and the value for each of the sheet's questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from example.draw import Answers, Drawn, Gap
from example.facts import RIKET, Facts, Indicator, Place
from example.layouts import Layout, Rows, Sheet
from example.tally import Total, Totals


class Kind(Enum):
    """What a row is about."""

    AREA = auto()
    TOTAL = auto()  # län or riket
    COUNTS = auto()
    COUNTY_HEAD = auto()
    BLANK = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """A row; ``code`` is as the layout writes it (None: no code), ``values`` one for each question (empty: no cells)."""

    kind: Kind
    code: str | int | None = None
    name: str | None = None
    lan: str | None = None
    stadsdel: bool = False
    values: tuple[Drawn | Total | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """What was drawn and counted for a year."""

    facts: Facts
    year: int
    answers: Answers
    totals: Totals


@dataclass(frozen=True, slots=True)
class SheetRows:
    """Makes the rows of one sheet."""

    edition: Edition
    layout: Layout
    indicators: tuple[Indicator, ...]
    labels: Mapping[str, str]

    def of(self, sheet: Sheet) -> Iterator[Row]:
        """All rows of the sheet, block by block."""
        for block in sheet.blocks:
            yield from self._block(block)

    def _block(self, block: Rows) -> Iterator[Row]:
        facts, year = self.edition.facts, self.edition.year
        match block:
            case Rows.RIKET:
                yield self._total(RIKET, "Riket", self.layout.riket_code or None, None)
            case Rows.LAN:
                yield from (self._total(p.code, p.name, p.code if self.layout.lan_codes else None, p.name) for p in facts.lan)
            case Rows.KOMMUNER:
                yield from (self._area(place) for place in facts.kommuner)
            case Rows.STADSDELAR:
                yield from (self._area(place) for place in facts.stadsdelar[year])
            case Rows.UNITS:
                for lan in facts.lan:
                    yield from self._county(lan)
            case Rows.COUNTS:
                yield Row(Kind.COUNTS, name=self.labels["answered"], values=tuple(self._answered(i) for i in self.indicators))
            case Rows.BLANK:
                yield Row(Kind.BLANK)

    def _county(self, lan: Place) -> Iterator[Row]:
        facts = self.edition.facts
        if self.layout.county_heads:
            yield Row(Kind.COUNTY_HEAD, name=lan.name)
        for kommun in facts.kommuner:
            if kommun.code.startswith(lan.code):
                yield self._area(kommun)
                yield from (self._area(s) for s in facts.stadsdelar[self.edition.year] if s.code.startswith(kommun.code))

    def _area(self, place: Place) -> Row:
        values = tuple(self.edition.answers[i.id].get(place.code, Gap.EJ_TILLAMPLIG) for i in self.indicators)
        code = int(place.code) if self.layout.numeric_codes else place.code
        lan = next(p.name for p in self.edition.facts.lan if place.code.startswith(p.code))
        return Row(Kind.AREA, code, place.name, lan, stadsdel=len(place.code) > len("0880"), values=values)

    def _total(self, key: str, name: str, code: str | None, lan: str | None) -> Row:
        return Row(Kind.TOTAL, code, name, lan, values=tuple(self.edition.totals[i.id][key] for i in self.indicators))

    def _answered(self, indicator: Indicator) -> int:
        given = self.edition.answers[indicator.id].items()
        units = {u.code for u in self.edition.facts.units(self.edition.year)}
        return sum(code in units and not isinstance(v, Gap) for code, v in given)
