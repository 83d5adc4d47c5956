"""Native tables: header row, first column as row headings, the own column tinted, signs with their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Pt

from ojreport.compose.document import GLYPHS, Align, Run, Table, TableCell, TableRow
from ojreport.render.pptx.metrics import LINE, Metrics, OverfullError
from ojreport.render.pptx.text import Ink, add_run
from ojreport.render.pptx.untyped import xml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ojreport.render.pptx.palette import Colour
    from ojreport.render.pptx.template import Box
    from ojreport.render.pptx.untyped import Enumerated, PptxSlide, Shape

_PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # "No Style, No Grid": the lines and fills here are all there are
_EMU = 12700
_SIDE = 5.0  # points inside a cell, left and right
_ALIGN = {Align.LEFT: PP_ALIGN.LEFT, Align.RIGHT: PP_ALIGN.RIGHT, Align.CENTER: PP_ALIGN.CENTER}
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
    def height(self) -> float:
        """The whole table."""
        return sum(self.heights)


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
    columns = {size: _widths(table, size, width, metrics) for size in sizes}
    roomy = [(size, padding) for size in sizes if size >= _READABLE for padding in _ROOMY]
    for size, padding in (*roomy, *((size, padding) for size in sizes for padding in _TIGHT)):
        for widths in columns[size]:
            heights = (_header_height(table, widths, size, padding, metrics), *_heights(table, widths, size, padding, metrics))
            if sum(heights) <= height:
                return Plan(size, padding, widths, heights)
    raise OverfullError(
        f"the table {table.title!r} with {len(table.rows)} rows has no room on a slide at {sizes[-1]} pt; split it"
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


def _header_height(table: Table, widths: tuple[float, ...], size: float, padding: float, metrics: Metrics) -> float:
    lines = (metrics.lines(c.heading, size, w - 2 * _SIDE, bold=True) for c, w in zip(table.columns, widths, strict=True))
    return max(lines) * size * LINE + 2 * padding + 1


def _heights(table: Table, widths: tuple[float, ...], size: float, padding: float, metrics: Metrics) -> tuple[float, ...]:
    def lines(row: TableRow) -> int:
        if row.group:
            return metrics.lines(words(row.cells[0]), size, sum(widths) - 2 * _SIDE, bold=True)
        pairs = zip(row.cells, widths, strict=True)
        return max(metrics.lines(words(c), size, w - 2 * _SIDE, bold=c.bold or row.total) for c, w in pairs)

    return tuple(lines(row) * size * LINE + 2 * padding for row in table.rows)


# -------------------------------------------------------------------------------------------------------------- writing


def add_table(slide: PptxSlide, table: Table, box: Box, planned: Plan, ink: Ink) -> Shape:
    """The table as a graphic frame at the top of *box*."""
    rows, columns = len(table.rows) + 1, len(table.columns)
    frame = slide.shapes.add_table(rows, columns, box.left, box.top, box.width, Emu(round(planned.height * _EMU)))
    native = frame.table
    native.first_row, native.first_col, native.horz_banding = True, True, False
    xml(frame).find(".//{*}tableStyleId").text = _PLAIN_STYLE
    for column, points in zip(native.columns, planned.widths, strict=True):
        column.width = Emu(round(points * _EMU))
    for row, points in zip(native.rows, planned.heights, strict=True):
        row.height = Emu(round(points * _EMU))
    p = ink.palette
    for n, column in enumerate(table.columns):
        look = Look(p.on_primary, p.primary, p.primary, bold=True) if column.own else Look(p.heading, None, p.primary, bold=True)
        _fill(native.cell(0, n), TableCell(column.heading), look, column.align, planned, ink, anchor=MSO_ANCHOR.BOTTOM)
    for r, row in enumerate(table.rows, start=1):
        _add_row(native, r, row, table, planned, ink)
    return frame


@dataclass(frozen=True, slots=True)
class Look:
    """A cell's colours, whether it is bold, and the rule under it."""

    colour: Colour | None
    fill: Colour | None
    rule: Colour
    bold: bool = False


def _add_row(native: Shape, r: int, row: TableRow, table: Table, planned: Plan, ink: Ink) -> None:
    p = ink.palette
    if row.group:
        for n in range(len(table.columns)):
            text = row.cells[0] if n == 0 else TableCell("")
            _fill(native.cell(r, n), text, Look(p.heading, p.panel, p.primary, bold=True), Align.LEFT, planned, ink)
        native.cell(r, 0).merge(native.cell(r, len(table.columns) - 1))
        return
    for n, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
        look = Look(None, p.panel if column.own else None, p.primary if row.total else p.panel, bold=cell.bold or row.total)
        _fill(native.cell(r, n), cell, look, column.align, planned, ink)


def _fill(
    native: Shape, cell: TableCell, look: Look, align: Align, planned: Plan, ink: Ink, *, anchor: Enumerated = MSO_ANCHOR.MIDDLE
) -> None:
    native.margin_left = native.margin_right = Pt(_SIDE)
    native.margin_top = native.margin_bottom = Pt(planned.padding)
    native.vertical_anchor = anchor
    paragraph = native.text_frame.paragraphs[0]
    paragraph.alignment = _ALIGN[align]
    text = words(cell)
    if text:
        add_run(paragraph, Run(text), ink, size=planned.size, bold=look.bold, colour=look.colour or ink.palette.ink)
    else:
        end = f'<a:endParaRPr {nsdecls("a")} lang="{ink.language}" sz="{round(planned.size * 100)}"/>'
        xml(paragraph).append(parse_xml(end))
    properties = xml(native.text_frame).getparent().get_or_add_tcPr()
    for side in ("lnL", "lnR", "lnT"):
        properties.append(parse_xml(f'<a:{side} {nsdecls("a")} w="0"><a:noFill/></a:{side}>'))
    properties.append(parse_xml(f'<a:lnB {nsdecls("a")} w="9525">{look.rule.fill()}</a:lnB>'))
    ground = look.fill.fill() if look.fill else "<a:noFill/>"
    properties.append(parse_xml(ground.replace(">", f" {nsdecls('a')}>", 1) if look.fill else f"<a:noFill {nsdecls('a')}/>"))
