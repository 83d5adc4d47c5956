"""What a report says, before anyone decides where it stands: blocks in reading order.

A renderer only places blocks. It computes no figure and phrases no sentence; every word that a reader meets is here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ojreport.model.value import Origin, Sign


@dataclass(frozen=True, slots=True)
class Fact:
    """A number that a block states, as printed, and the cells that it comes from."""

    text: str
    indicator: str
    area: str
    year: int
    origins: tuple[Origin, ...]

    def __hash__(self) -> int:
        return hash((self.text, self.indicator, self.area, self.year))  # the cells follow from these, and are many


# ---------------------------------------------------------------------------------------------------------------- text


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one manner; with *link*, a link to that address."""

    text: str
    bold: bool = False
    link: str = ""


Text = tuple[Run, ...]


def plain(text: Text) -> str:
    """The words alone."""
    return "".join(run.text for run in text)


class Style(StrEnum):
    """What a paragraph is for."""

    BODY = "body"
    LEAD = "lead"  # the first sentence under a title, a little larger
    NOTE = "note"  # notes and sources: small, muted
    CAVEAT = "caveat"  # set off in a panel


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1–3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: Text
    style: Style = Style.BODY
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A list item, with a list inside it where it has one."""

    text: Text
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list; ``numbered`` where the order means something. ``title`` is a short heading set close above it (may be empty)."""

    items: tuple[Item, ...]
    numbered: bool = False
    title: str = ""
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A large figure with its label under it."""

    figure: str
    label: str


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Key figures in a row, three as a rule."""

    items: tuple[KeyFigure, ...]
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Two lists side by side, in equal space (strengths and improvement areas)."""

    left: BulletList
    right: BulletList


@dataclass(frozen=True, slots=True)
class Contents:
    """A linked table of contents of the headings from level 2 down to *level*."""

    title: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


# -------------------------------------------------------------------------------------------------------------- tables


class Align(StrEnum):
    """How a column is set."""

    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


class Mark(StrEnum):
    """The sign beside (or instead of) a cell's words: ● ◐ ○ –."""

    JA = "ja"
    DELVIS = "delvis"
    NEJ = "nej"
    MISSING = "missing"


MARK_OF = {Sign.JA: Mark.JA, Sign.DELVIS: Mark.DELVIS, Sign.NEJ: Mark.NEJ}
GLYPHS = {Mark.JA: "●", Mark.DELVIS: "◐", Mark.NEJ: "○", Mark.MISSING: "–"}


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell. With *mark*, the sign stands before the text; with *mark_only* alone, and the text is what a screen reader says."""

    text: str
    mark: Mark | None = None
    mark_only: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its share of the width and how it is set; ``own`` is the kommun's own column.

    ``upright``: the heading reads upwards, so that a column of signs can be narrow.
    """

    heading: str
    width: float = 1.0
    align: Align = Align.LEFT
    own: bool = False
    upright: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row; its first cell is its header. ``group``: one cell over the whole width that names the rows below it."""

    cells: tuple[TableCell, ...]
    group: bool = False
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row. ``title`` is its caption, ``summary`` says in a sentence what it shows."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    summary: str = ""
    note: str = ""
    source: str = ""
    facts: tuple[Fact, ...] = ()

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != (1 if row.group else len(self.columns)):
                raise ValueError(f"a row of {self.title!r} has {len(row.cells)} cells for {len(self.columns)} columns")


# ------------------------------------------------------------------------------------------------------------- figures


class Role(StrEnum):
    """Whom a bar or a line stands for, which decides its colour."""

    SELF = "self"  # the kommun itself: highlight
    OWN = "own"  # its län or region: primary
    OTHER = "other"  # everybody else: bar
    RIKET = "riket"  # ink


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its length in *value*, its label, and the value as written at its end."""

    label: str
    value: float
    text: str
    role: Role = Role.OTHER


@dataclass(frozen=True, slots=True)
class Reference:
    """A line across the bars, with its label ("Riket 63")."""

    label: str
    value: float


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars, already in order, from zero to *maximum*."""

    title: str
    subtitle: str
    bars: tuple[Bar, ...]
    unit: str
    note: str
    source: str
    reference: Reference | None = None
    maximum: float = 100.0


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a trend, with its value as written."""

    year: int
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A trend: points are joined inside a run and never between runs."""

    label: str
    role: Role
    runs: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class BreakMark:
    """A break in the series between two editions, with a short label."""

    before: int
    after: int
    label: str


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """The kommun's own answer a year, shown as a sign under the trend."""

    year: int
    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class TrendChart:
    """Lines over *years* (every edition in the span), zero-based, with breaks as labelled gaps."""

    title: str
    subtitle: str
    years: tuple[int, ...]
    lines: tuple[Line, ...]
    breaks: tuple[BreakMark, ...]
    unit: str
    note: str
    source: str
    own_label: str = ""
    own: tuple[OwnAnswer, ...] = ()
    maximum: float = 100.0


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a stacked bar: how many answered so."""

    mark: Mark
    count: int
    text: str


@dataclass(frozen=True, slots=True)
class StackedBar:
    """One bar of a stacked chart."""

    label: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class StackedChart:
    """Horizontal bars stacked Ja / Delvis / Nej / missing, each summing to its units; ``legend`` words each mark."""

    title: str
    subtitle: str
    bars: tuple[StackedBar, ...]
    legend: tuple[tuple[Mark, str], ...]
    unit: str
    note: str
    source: str


FigureSpec = BarChart | TrendChart | StackedChart


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as data. Title, subtitle, note and source are set as text around it; *alt* says what the drawing shows."""

    spec: FigureSpec
    alt: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class FigurePair:
    """Two figures side by side (stacked where there is no room)."""

    left: Figure
    right: Figure


Block = Heading | Paragraph | BulletList | KeyFigures | Columns | Table | Figure | FigurePair | Contents | PageBreak


# ----------------------------------------------------------------------------------------------------------- documents


@dataclass(frozen=True, slots=True)
class Meta:
    """What is true of the whole document. ``mark`` says on the first page that example data is used, and is else empty.

    ``head`` and ``foot`` stand on every page; on example data the foot says so too.
    """

    report: str  # the report's id: kommunprofil
    title: str
    subtitle: str
    area: str
    code: str
    year: int
    edition: str
    author: str
    subject: str
    head: str
    foot: str
    mark: str = ""
    keywords: tuple[str, ...] = ()
    language: str = "sv-SE"
    page_of: str = "sida {page} ({pages})"


@dataclass(frozen=True, slots=True)
class Document:
    """A report on pages."""

    meta: Meta
    blocks: tuple[Block, ...]
