"""What a cell of the workbook says, and where it stands.

A value is an answer, a share, a number, or missing with a reason; nothing else can be built. A missing answer is never
Nej and never 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class Sign(StrEnum):
    """How an answer counts: only Ja is in a share's numerator."""

    JA = "ja"
    DELVIS = "delvis"
    NEJ = "nej"


class Reason(StrEnum):
    """Why there is no answer."""

    BORTFALL = "bortfall"
    EJ_TILLAMPLIG = "ej_tillamplig"
    SEKRETESS = "sekretess"
    EJ_I_FILEN = "ej_i_filen"  # the area has no row, or the sheet no cell, where the answer should stand


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer on the indicator's own scale, by its place in ``Scale.options``."""

    option: int


@dataclass(frozen=True, slots=True)
class Share:
    """A share of the units in percent (0–100), exactly as the workbook gives it."""

    percent: Decimal

    def __post_init__(self) -> None:
        if not 0 <= self.percent <= 100:  # noqa: PLR2004 - a share is a part of a hundred
            raise ValueError(f"a share lies between 0 and 100 percent, not {self.percent}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the indicator's own unit."""

    amount: Decimal

    def __post_init__(self) -> None:
        if not self.amount.is_finite():
            raise ValueError("a number is finite")


@dataclass(frozen=True, slots=True)
class Missing:
    """No value, and why."""

    reason: Reason


Value = Answer | Share | Number | Missing


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value stands: ``cell`` is an A1 reference, empty when the file has no such cell."""

    file: str
    sha256: str
    sheet: str
    cell: str

    def __str__(self) -> str:
        place = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"{self.file}: {place}" if place else self.file


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of one indicator for one area and year, with its origin."""

    indicator: str
    area: str
    year: int
    value: Value
    origin: Origin


@dataclass(frozen=True, slots=True)
class Count:
    """A share counted by us: *numerator* units of *denominator* that answered."""

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator or self.denominator == 0:
            raise ValueError(f"{self.numerator} of {self.denominator} is not a share")

    @property
    def percent(self) -> Decimal:
        """The exact share, not rounded."""
        return Decimal(100 * self.numerator) / self.denominator


def whole(number: Decimal) -> int:
    """Round half up (away from zero), as the publisher does; never to the nearest even number."""
    return int(number.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def tenth(number: Decimal) -> str:
    """With at most one decimal, rounded half up: ``12.3``, ``12``."""
    return str(number.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)).removesuffix(".0")
