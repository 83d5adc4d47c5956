"""Tables: a header that is repeated on each page, rows that are never divided, groups, and the signs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ojreport.compose.document import Align, Run
from ojreport.render.pdf.boxes import SHIFT
from ojreport.render.pdf.signs import SIZE, draw_sign
from ojreport.render.pdf.styles import FAINT
from ojreport.render.pdf.tree import attributes, string
from ojreport.render.theme import tint

if TYPE_CHECKING:
    from ojreport.compose.document import Table, TableCell, TableRow
    from ojreport.render.pdf.boxes import Box, Words
    from ojreport.render.pdf.canvas import TaggedCanvas
    from ojreport.render.pdf.lines import Face
    from ojreport.render.pdf.styles import Styles
    from ojreport.render.pdf.tree import Element

PAD_X, PAD_Y = 4.0, 3.2
UPRIGHT = 150.0  # points: a longer upright heading has two lines
SIGN_GAP = 4.0
COMPANY = 2  # rows at least under a header, and with what stands under the table


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell ready to draw: its words and, in a row of the table's own, the cell that they come from.

    The words of an *upright* one read upwards, in the middle of the cell's width.
    """

    words: Words
    source: TableCell | None
    x: float
    width: float
    styles: Styles
    upright: bool = False

    @property
    def height(self) -> float:
        """With its padding; a cell of a sign alone is one line tall."""
        if self.upright:
            return max(line.width for line in self.words.lines) + 2 * PAD_Y
        lines = 1 if self.source is not None and self.source.mark_only else len(self.words.lines)
        return max(1, lines) * self.words.face.leading + 2 * PAD_Y

    def draw(self, canvas: TaggedCanvas, x: float, top: float, height: float, *, repeated: bool, bottom: bool) -> None:
        """Draw the cell in a row of *height*; a *repeated* one is an artifact, a *bottom* one stands at the row's foot."""
        if self.upright:
            self._draw_upright(canvas, x + self.x + self.width / 2, top - height + PAD_Y, repeated=repeated)
            return
        left, theme, face = x + self.x + PAD_X, self.styles.theme, self.words.face
        inner = self.width - 2 * PAD_X
        first = top - (height - self.height if bottom else 0) - PAD_Y
        mark = self.source.mark if self.source is not None else None
        if mark is not None and self.source is not None:
            shift = SHIFT[self.words.align] if self.source.mark_only else 0.0
            with canvas.artifact():
                draw_sign(canvas, mark, left + shift * (inner - SIZE * face.size), first - face.drop, face.size, theme)
            if self.source.mark_only:
                with canvas.content(self.words.element):
                    canvas.hidden_words(left, first - face.drop, self.source.text + " ", face.regular, face.size, inner)
                return
            left += SIZE * face.size + SIGN_GAP
        if repeated:
            self.words.draw_repeated(canvas, left, first)
        elif self.words.lines:
            self.words.draw(canvas, left, first)

    def _draw_upright(self, canvas: TaggedCanvas, middle: float, foot: float, *, repeated: bool) -> None:
        canvas.saveState()
        canvas.translate(middle, foot)
        canvas.rotate(90)
        draw = self.words.draw_repeated if repeated else self.words.draw
        draw(canvas, 0, self.words.height / 2)
        canvas.restoreState()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells."""

    cells: tuple[Cell, ...]
    group: bool = False
    total: bool = False
    height: float = field(init=False)  # of its tallest cell; asked for each time that a table is placed

    def __post_init__(self) -> None:
        """Measure it."""
        object.__setattr__(self, "height", max(cell.height for cell in self.cells))

    def cut(self, room: float) -> tuple[Row, Row]:
        """The row's words above and below *room*: only for a row that is taller than a page."""
        parts = [cell.words.cut(room - 2 * PAD_Y) for cell in self.cells]
        return (
            replace(self, cells=tuple(replace(c, words=p[0]) for c, p in zip(self.cells, parts, strict=True))),
            replace(self, cells=tuple(replace(c, words=p[1], source=None) for c, p in zip(self.cells, parts, strict=True))),
        )


@dataclass(frozen=True, slots=True)
class TableBox:
    """A table, or the part of it that stands on one page. *title* stands above, *foot* below, neither apart from its rows."""

    title: Box | None
    head: Row
    rows: tuple[Row, ...]
    foot: Box | None
    width: float
    styles: Styles
    own: tuple[tuple[float, float], ...]  # left edge and width of tinted columns
    page: float  # the height of a page: a row that is taller is divided
    continued: bool = False

    TITLE_GAP = 5.0
    FOOT_GAP = 5.0

    @property
    def _over(self) -> float:
        return (self.title.height + self.TITLE_GAP if self.title is not None else 0.0) + self.head.height

    @property
    def _under(self) -> float:
        return self.foot.height + self.FOOT_GAP if self.foot is not None else 0.0

    @property
    def height(self) -> float:
        """From the title to the foot."""
        return self._over + sum(row.height for row in self.rows) + self._under

    @property
    def least(self) -> float:
        """Title, header and the first two rows (three under a group); all of a short table."""
        count = COMPANY + (1 if self.rows and self.rows[0].group else 0)
        if len(self.rows) <= count + 1:
            return min(self.height, self.page)
        return min(self._over + sum(row.height for row in self.rows[:count]), self.page)

    def with_foot(self, foot: Box | None) -> TableBox:
        """The table with its note and source, which are made after it so that they are read after it."""
        return replace(self, foot=foot)

    def split(self, room: float) -> tuple[TableBox, TableBox] | None:
        """Between two rows: never just under a group's heading, and with two rows left for the next page."""
        left = room - self._over
        fit = 0
        while fit < len(self.rows) and self.rows[fit].height <= left + 0.01:
            left -= self.rows[fit].height
            fit += 1
        if fit == 0 and self.rows and self._over + self.rows[0].height > self.page:
            head, tail = self.rows[0].cut(room - self._over)
            return self._parts((head,), (tail, *self.rows[1:]))
        totals = sum(row.total for row in self.rows[-COMPANY:])
        fit = min(fit, max(len(self.rows) - COMPANY - totals, 1))
        while fit > 0 and self.rows[fit - 1].group:
            fit -= 1
        return self._parts(self.rows[:fit], self.rows[fit:]) if fit else None

    def _parts(self, here: tuple[Row, ...], there: tuple[Row, ...]) -> tuple[TableBox, TableBox]:
        return replace(self, rows=here, foot=None), replace(self, rows=there, title=None, continued=True)

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Title, header, rows, foot."""
        if self.title is not None:
            self.title.draw(canvas, x, top)
            top -= self.title.height + self.TITLE_GAP
        high = self.head.height + sum(row.height for row in self.rows)
        theme = self.styles.theme
        with canvas.artifact():
            for left, wide in self.own:
                canvas.area(x + left, top - high, wide, high, theme.panel)
            canvas.rule(x, top - self.head.height, self.width, 1.0, theme.primary)
        self._draw_row(canvas, self.head, x, top, head=True)
        top -= self.head.height
        for n, row in enumerate(self.rows):
            self._ground(canvas, row, x, top, first=n == 0)
            self._draw_row(canvas, row, x, top)
            top -= row.height
        with canvas.artifact():
            canvas.rule(x, top, self.width, 0.6, theme.bar)
        if self.foot is not None:
            self.foot.draw(canvas, x, top - self.FOOT_GAP)

    def _ground(self, canvas: TaggedCanvas, row: Row, x: float, top: float, *, first: bool) -> None:
        theme = self.styles.theme
        with canvas.artifact():
            if row.group:
                canvas.area(x, top - row.height, self.width, row.height, theme.panel)
            elif not first:
                canvas.rule(x, top, self.width, 0.8 if row.total else 0.5, theme.ink if row.total else tint(theme.bar, FAINT))

    def _draw_row(self, canvas: TaggedCanvas, row: Row, x: float, top: float, *, head: bool = False) -> None:
        repeated = head and self.continued
        for cell in row.cells:
            cell.draw(canvas, x, top, row.height, repeated=repeated, bottom=head)


def table_box(table: Table, parent: Element, styles: Styles, width: float, page: float) -> TableBox:
    """The table with its structure: Caption, THead, and a TBody for each group of rows."""
    about = {"A": attributes("Table", Summary=string(table.summary))} if table.summary else {}
    element = parent.add("Table", **about)
    title = styles.words((Run(table.title),), styles.caption, element.add("Caption"), width) if table.title else None
    total = sum(column.width for column in table.columns)
    widths = [width * column.width / total for column in table.columns]
    lefts = [sum(widths[:n]) for n in range(len(widths))]

    tr = element.add("THead").add("TR")
    head = Row(
        tuple(
            Cell(
                styles.words(
                    (Run(column.heading, bold=True),),
                    styles.own_head if column.own else styles.table_head,
                    tr.add("TH", A=attributes("Table", Scope="Column")),
                    UPRIGHT if column.upright else wide - 2 * PAD_X,
                    Align.LEFT if column.upright else column.align,
                ),
                None,
                left,
                wide,
                styles,
                column.upright,
            )
            for column, left, wide in zip(table.columns, lefts, widths, strict=True)
        )
    )
    body: Element | None = None
    rows: list[Row] = []
    for row in table.rows:
        if body is None or row.group:
            body = element.add("TBody")
        rows.append(_row(table, row, body.add("TR"), styles, lefts, widths))
    own = tuple((left, wide) for column, left, wide in zip(table.columns, lefts, widths, strict=True) if column.own)
    return TableBox(title, head, tuple(rows), None, width, styles, own, page)


def _row(table: Table, row: TableRow, tr: Element, styles: Styles, lefts: list[float], widths: list[float]) -> Row:
    if row.group:
        spans = attributes("Table", Scope="Column", ColSpan=len(widths))
        words = styles.words((Run(row.cells[0].text, bold=True),), styles.group, tr.add("TH", A=spans), sum(widths) - 2 * PAD_X)
        return Row((Cell(words, None, 0.0, sum(widths), styles),), group=True)
    cells: list[Cell] = []
    for n, (cell, column, left, wide) in enumerate(zip(row.cells, table.columns, lefts, widths, strict=True)):
        element = tr.add("TH", A=attributes("Table", Scope="Row")) if n == 0 else tr.add("TD")
        face: Face = styles.table
        sign = SIZE * face.size + SIGN_GAP if cell.mark is not None and not cell.mark_only else 0.0
        run = (Run(cell.text, bold=cell.bold or row.total or column.own),)
        words = styles.words(run, face, element, wide - 2 * PAD_X - sign, column.align if not sign else Align.LEFT)
        cells.append(Cell(words, cell, left, wide, styles))
    return Row(tuple(cells), total=row.total)
