"""What a workbook says: sheets with lines above a table, the table, and rows to fill in; and the report that holds it all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ojreport.compose.deck import Deck
from ojreport.compose.document import Document, Fact, Meta


class Field(StrEnum):
    """What a worksheet column holds."""

    TEXT = "text"
    NUMBER = "number"  # a whole or decimal number, with a point in the rows
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A worksheet column; *width* in characters; *choices* for a drop-down."""

    heading: str
    width: float
    field: Field = Field.TEXT
    choices: tuple[str, ...] = ()
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class WorkSheet:
    """A sheet to work in: lines above the table, the table, and empty rows to fill in below it."""

    name: str
    title: str
    intro: tuple[str, ...]
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    spare_rows: int = 0
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkBook:
    """An .xlsx to work in."""

    meta: Meta
    sheets: tuple[WorkSheet, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A report, ready to be rendered: on pages, on slides and, where it has one, as a workbook."""

    document: Document
    deck: Deck
    workbook: WorkBook | None = None
