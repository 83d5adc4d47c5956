"""Local objections: what a kommun says against a value that the publisher gives. They stand beside the value and in no count."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Objection:
    """What *area* says against its value of *indicator* in an edition: who says it, and when (an ISO date, or empty)."""

    area: str
    indicator: str
    year: int
    text: str
    by: str
    date: str = ""
