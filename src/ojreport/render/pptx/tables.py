"""Native tables: header row, first column as row headings, the own column tinted, signs with their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ojreport.compose.document import GLYPHS, Align, Table, TableCell, TableRow
from ojreport.render.pptx.metrics import LINE, Metrics, OverfullError
from ojreport.render.pptx.text import Ink, run_xml
from ojreport.render.pptx.units import POINT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ojreport.render.pptx.palette import Colour

_PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # "No Style, No Grid": the lines and fills here are all there are
_TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
_SIDE = 5.0  # points inside a cell, left and right
_ALIGN = {Align.LEFT: "l", Align.RIGHT: "r", Align.CENTER: "ctr"}
_NO_LINES = "".join(f'<a:{side} w="0"><a:noFill/></a:{side}>' for side in ("lnL", "lnR", "lnT"))
_ROOMY, _TIGHT = (7.0, 5.0, 3.5, 2.0), (0.25,)  # points over and under the words
_READABLE = 12.0  # type is set tightly before it goes below this


@dataclass(frozen=True, slots=True)
class Plan:
    """A table as it fits: type size, padding, the columns' widths and the rows' heights, in points."""

    size: float
    padding: float
    widths: tuple[float, ...]
    heights: tuple[float, ...]

    @property
    def extent(self) -> tuple[int, int]:
        """Width and height of the whole table in English metric units."""
        return sum(round(w * POINT) for w in self.widths), sum(round(h * POINT) for h in self.heights)


def words(cell: TableCell) -> str:
    """What a cell shows."""
    if cell.mark is None:
        return cell.text
    return GLYPHS[cell.mark] if cell.mark_only else f"{GLYPHS[cell.mark]}\u00a0{cell.text}"


def plan(table: Table, room: tuple[float, float], sizes: Sequence[float], metrics: Metrics) -> Plan:
    """The largest type of *sizes* and the roomiest padding at which the table fits (width, height) points without a word parted.

    OverfullError when it does not at the smallest of *sizes*: composing then splits the table.
    """
    width, height = room
    known: dict[float, tuple[tuple[tuple[float, ...], tuple[int, ...]], ...]] = {}
    roomy = [(size, padding) for size in sizes if size >= _READABLE for padding in _ROOMY]
    for size, padding in (*roomy, *((size, padding) for size in sizes for padding in _TIGHT)):
        if (len(table.rows) + 1) * (size * LINE + 2 * padding) + 1 > height:
            continue  # not even with one line in each row: nothing needs to be measured
        if size not in known:
            known[size] = tuple((widths, _lines(table, widths, size, metrics)) for widths in _widths(table, size, width, metrics))
        for widths, lines in known[size]:
            heights = tuple(count * size * LINE + 2 * padding + (n == 0) for n, count in enumerate(lines))
            if sum(heights) <= height:
                return Plan(size, padding, widths, heights)
    raise OverfullError(
        f"the table {table.title!r} with {len(table.rows)} rows has no room on a slide at {sizes[-1]:g} pt; split it"
    )


def _widths(table: Table, size: float, width: float, metrics: Metrics) -> tuple[tuple[float, ...], ...]:
    """The columns by their shares of the width, and by what stands in them; nothing when there is no room for all words.

    No column is so narrow that a word would be parted. By what stands in them: where there is room, no cell has two lines.
    """
    least, whole = [], []
    for n, column in enumerate(table.columns):
        cells = [row.cells[n] for row in table.rows if not row.group]
        longest = [metrics.longest_word(words(c), size, bold=c.bold) for c in cells]
        least.append(max([metrics.longest_word(column.heading, size, bold=True), *longest]) + 2 * _SIDE)
        whole.append(max([least[-1] - 2 * _SIDE, *(metrics.width(words(c), size, bold=c.bold) for c in cells)]) + 2 * _SIDE)
    if sum(least) > width:
        return ()
    part = min(1.0, (width - sum(least)) / max(1e-6, sum(whole) - sum(least)))
    fitted = [low + part * (high - low) for low, high in zip(least, whole, strict=True)]
    return _shared([c.width for c in table.columns], least, width), tuple(w * width / sum(fitted) for w in fitted)


def _shared(shares: list[float], least: list[float], width: float) -> tuple[float, ...]:
    """*width* in shares, but to each at least what it needs."""
    fixed: set[int] = set()
    while True:  # each turn fixes a column, so it ends
        free = [n for n in range(len(shares)) if n not in fixed]
        rest = width - sum(least[n] for n in fixed)
        unit = rest / sum(shares[n] for n in free) if free else 0.0
        tight = {n for n in free if shares[n] * unit < least[n]}
        if not tight:
            return tuple(least[n] if n in fixed else shares[n] * unit for n in range(len(shares)))
        fixed |= tight


def _lines(table: Table, widths: tuple[float, ...], size: float, metrics: Metrics) -> tuple[int, ...]:
    """The lines that the header and each row need."""

    def lines(row: TableRow) -> int:
        if row.group:
            return metrics.lines(words(row.cells[0]), size, sum(widths) - 2 * _SIDE, bold=True)
        pairs = zip(row.cells, widths, strict=True)
        return max(metrics.lines(words(c), size, w - 2 * _SIDE, bold=c.bold or row.total) for c, w in pairs)

    header = (metrics.lines(c.heading, size, w - 2 * _SIDE, bold=True) for c, w in zip(table.columns, widths, strict=True))
    return (max(header), *map(lines, table.rows))


# -------------------------------------------------------------------------------------------------------------- writing


def table_xml(table: Table, planned: Plan, ink: Ink) -> str:
    """``a:graphicData`` of the table."""
    widths, heights = ([round(points * POINT) for points in lengths] for lengths in (planned.widths, planned.heights))
    grid = "".join(f'<a:gridCol w="{width}"/>' for width in widths)
    rows = "".join(
        f'<a:tr h="{height}">{cells}</a:tr>' for height, cells in zip(heights, _rows(table, planned, ink), strict=True)
    )
    return (
        f'<a:graphicData uri="{_TABLE}"><a:tbl><a:tblPr firstRow="1" firstCol="1"><a:tableStyleId>{_PLAIN_STYLE}</a:tableStyleId>'
        f"</a:tblPr><a:tblGrid>{grid}</a:tblGrid>{rows}</a:tbl></a:graphicData>"
    )


@dataclass(frozen=True, slots=True)
class Look:
    """A cell's colours, whether it is bold, and the rule under it."""

    colour: Colour | None
    fill: Colour | None
    rule: Colour
    bold: bool = False


def _rows(table: Table, planned: Plan, ink: Ink) -> Iterator[str]:
    """The cells of each row, from the header on."""
    p = ink.palette
    own, other = Look(p.on_primary, p.primary, p.primary, bold=True), Look(p.heading, None, p.primary, bold=True)
    yield "".join(_cell(c.heading, own if c.own else other, c.align, planned, ink, anchor="b") for c in table.columns)
    named = Look(p.heading, p.panel, p.primary, bold=True)
    for row in table.rows:
        if row.group:
            first = _cell(words(row.cells[0]), named, Align.LEFT, planned, ink, merged=f' gridSpan="{len(table.columns)}"')
            rest = _cell("", named, Align.LEFT, planned, ink, merged=' hMerge="1"')
            yield first + rest * (len(table.columns) - 1)
            continue
        rule = p.primary if row.total else p.panel
        yield "".join(
            _cell(words(cell), Look(None, p.panel if c.own else None, rule, bold=cell.bold or row.total), c.align, planned, ink)
            for c, cell in zip(table.columns, row.cells, strict=True)
        )


def _cell(text: str, look: Look, align: Align, planned: Plan, ink: Ink, *, anchor: str = "ctr", merged: str = "") -> str:
    """``a:tc``."""
    size, side, over = round(planned.size * 100), round(_SIDE * POINT), int(planned.padding * POINT)
    if text:
        said = run_xml(text, ink, size=planned.size, bold=look.bold, colour=look.colour or ink.palette.ink)
    else:
        said = f'<a:endParaRPr lang="{ink.language}" sz="{size}"/>'
    return (
        f"<a:tc{merged}><a:txBody><a:bodyPr/><a:lstStyle/>"
        f'<a:p><a:pPr algn="{_ALIGN[align]}"/>{said}</a:p></a:txBody>'
        f'<a:tcPr marL="{side}" marR="{side}" marT="{over}" marB="{over}" anchor="{anchor}">{_NO_LINES}'
        f'<a:lnB w="9525">{look.rule.fill()}</a:lnB>{look.fill.fill() if look.fill else "<a:noFill/>"}</a:tcPr></a:tc>'
    )
