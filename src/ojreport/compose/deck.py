"""What a deck says: slides in sections, each with a layout's role, its message as title, blocks, and notes for the speaker."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ojreport.compose.document import Block, Meta


class Layout(StrEnum):
    """A slide's layout role, which a template maps to a layout of its own."""

    TITLE = "title"  # title, subtitle (first block: Paragraph)
    TEXT = "text"  # title and one body of lists, paragraphs
    TWO = "two"  # title and two bodies: one Columns block, or two blocks
    FIGURE = "figure"  # title, text at the left (4.2 in), figure at the right (7.5 in)
    WIDE = "wide"  # title and one wide object: table or figure
    NUMBERS = "numbers"  # title, key figures in a row, then two lists


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide: its title is its message. Notes hold what the speaker needs: exact figures, denominators, cells."""

    layout: Layout
    title: str
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeckSection:
    """Slides that belong together."""

    name: str
    slides: tuple[Slide, ...]


@dataclass(frozen=True, slots=True)
class Deck:
    """A report on slides."""

    meta: Meta
    sections: tuple[DeckSection, ...] = field(default=())
