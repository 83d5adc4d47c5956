"""A worksheet to work in, as .xlsx: headings, drop-downs, dates and a print set-up; what looks like a formula is text."""

from __future__ import annotations

import io
import math
import re
from copy import copy
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from ojreport.compose.worksheet import Field
from ojreport.errors import TemplateError
from ojreport.render.foot import foot_of, title_of
from ojreport.render.package import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from ojreport.compose.document import Meta
    from ojreport.compose.worksheet import SheetColumn, WorkBook, WorkSheet
    from ojreport.render.theme import Theme

DATE_FORMAT = "yyyy-mm-dd"
_RISKY = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet may take for a formula
_LINE = 15.0  # a line's height in points, 11 pt type
_MOST = 409.0  # no row can be higher
_CHOICES = "Val"  # the hidden sheet that drop-downs with long lists take their words from
_LIST_LIMIT = 255  # characters of a drop-down's own list
_NAME_LIMIT, _NOT_IN_NAMES = 31, "[]:*?/\\"
_PAPER_A4 = 9
_EARLIEST = "DATE(2000,1,1)"


def render_xlsx(book: WorkBook, theme: Theme) -> bytes:
    """The workbook, the same bytes at each run."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet in book.sheets:
        _check_name(sheet.name, workbook)
        _Sheet(workbook, sheet, book.meta, theme).write()
    _properties(workbook, book.meta)
    stream = io.BytesIO()
    workbook.save(stream)
    return _undated(stream.getvalue())


def _check_name(name: str, workbook: Workbook) -> None:
    """TemplateError for a name that Excel gives no sheet, or that one has already."""
    taken = {_CHOICES.casefold(), "history", *(sheet.casefold() for sheet in workbook.sheetnames)}
    if (
        not 0 < len(name) <= _NAME_LIMIT
        or set(name) & set(_NOT_IN_NAMES)
        or "'" in (name[0], name[-1])
        or name.casefold() in taken
    ):
        raise TemplateError(
            f"a worksheet can not be named “{name}”: it needs a name of its own of at most {_NAME_LIMIT} characters, "
            f"without {' '.join(_NOT_IN_NAMES)}"
        )


class _Sheet:
    """Writes one sheet: title, lines of introduction, table, empty rows to fill in."""

    def __init__(self, workbook: Workbook, sheet: WorkSheet, meta: Meta, theme: Theme) -> None:
        self.workbook, self.sheet, self.meta = workbook, sheet, meta
        self.ws: Worksheet = workbook.create_sheet(sheet.name)
        colours = {name: getattr(theme, name).lstrip("#") for name in ("ink", "primary", "muted", "panel", "bar")}
        self.ink, self.primary, self.muted = colours["ink"], colours["primary"], colours["muted"]
        self.head = PatternFill("solid", fgColor=colours["primary"])
        rule = Side(style="thin", color=colours["bar"])
        self._styles: dict[tuple[Field, bool], Any] = {}
        self.border = Border(left=rule, right=rule, top=rule, bottom=rule)

    def write(self) -> None:
        """Everything, from the top."""
        width = sum(column.width for column in self.sheet.columns)
        row = self._line(1, self.sheet.title, _font(16, self.primary, bold=True), width)
        mark = self.meta.mark
        for text in (*self.sheet.intro, *((mark,) if mark and mark not in self.sheet.intro else ())):
            row = self._line(row, text, _font(11, self.ink if text == mark else self.muted), width)
        header = row + 1
        self._header(header)
        blank = tuple("" for _ in self.sheet.columns)
        for n, values in enumerate((*self.sheet.rows, *(blank,) * self.sheet.spare_rows), start=header + 1):
            self._row(n, values)
        last = header + len(self.sheet.rows) + self.sheet.spare_rows
        for n, column in enumerate(self.sheet.columns, start=1):
            self.ws.column_dimensions[get_column_letter(n)].width = column.width
            if last > header:
                self._validate(n, column, header + 1, last)
        self._view(header, last)

    def _line(self, row: int, text: str, font: Font, width: float) -> int:
        """A line above the table, over all of its columns; the next row's number."""
        cell = _put(self.ws, row, 1, text)
        cell.font = font
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        self.ws.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(self.sheet.columns))
        scale = font.size / 11
        self.ws.row_dimensions[row].height = min(_MOST, _lines(text, width / scale) * _LINE * scale + 3)
        return row + 1

    def _header(self, row: int) -> None:
        for n, column in enumerate(self.sheet.columns, start=1):
            cell = _put(self.ws, row, n, column.heading)
            cell.font, cell.fill, cell.border = _font(11, "FFFFFF", bold=True), self.head, self.border
            cell.alignment = Alignment(wrap_text=True, vertical="center")
        lines = max(
            _lines(column.heading, column.width * 0.9 - 3) for column in self.sheet.columns
        )  # bold, and the filter's button
        self.ws.row_dimensions[row].height = lines * _LINE + 6

    def _row(self, row: int, values: Sequence[str]) -> None:
        lines = 2 if self.sheet.spare_rows else 1  # room to write in
        for n, (column, text) in enumerate(zip(self.sheet.columns, values, strict=True), start=1):
            cell = _put(self.ws, row, n, text)
            self._dress(cell, column.field, number=column.field is Field.NUMBER and bool(text))
            if column.field is Field.NUMBER and text:
                cell.value = float(text) if "." in text else int(text)
            lines = max(lines, _lines(text, column.width))
        self.ws.row_dimensions[row].height = min(_MOST, lines * _LINE + 4)

    def _dress(self, cell: Cell, field: Field, *, number: bool) -> None:
        """The style of a cell in the table. Each kind is put together once: openpyxl takes long to find what it has already."""
        quoted, known = cell.quotePrefix, self._styles.get((field, number))
        if known is not None:
            cell._style = copy(known)  # noqa: SLF001 - as openpyxl itself copies cells; there is no public way
        else:
            cell.font, cell.border = _font(11, self.ink), self.border
            cell.alignment = (
                Alignment(horizontal="right", vertical="top") if number else Alignment(wrap_text=True, vertical="top")
            )
            if field is Field.DATE:
                cell.number_format = DATE_FORMAT
            self._styles[field, number] = copy(cell._style)  # noqa: SLF001 - the same
        cell.quotePrefix = quoted

    def _validate(self, n: int, column: SheetColumn, first: int, last: int) -> None:
        """A drop-down or a check of dates. A choice may be left empty; other words are warned of and not refused."""
        if column.field in (Field.TEXT, Field.NUMBER) and not column.prompt:
            return
        if column.field is Field.CHOICE:
            check = DataValidation(type="list", formula1=self._choices(column.choices), allow_blank=True, errorStyle="warning")
        elif column.field is Field.DATE:
            check = DataValidation(type="date", operator="greaterThanOrEqual", formula1=_EARLIEST, allow_blank=True)
        else:
            check = DataValidation(allow_blank=True)
        check.showErrorMessage = column.field in (Field.CHOICE, Field.DATE)
        if column.prompt:
            check.showInputMessage, check.promptTitle, check.prompt = True, column.heading[:32], column.prompt[:255]
            check.errorTitle, check.error = column.heading[:32], column.prompt[:255]
        letter = get_column_letter(n)
        check.add(f"{letter}{first}:{letter}{last}")
        self.ws.add_data_validation(check)

    def _choices(self, choices: Sequence[str]) -> str:
        """The list itself, or cells of a hidden sheet where a comma or the length does not allow that."""
        joined = ",".join(choices)
        if len(joined) <= _LIST_LIMIT and not any("," in c or '"' in c for c in choices):
            return f'"{joined}"'
        hidden = self.workbook[_CHOICES] if _CHOICES in self.workbook.sheetnames else self.workbook.create_sheet(_CHOICES)
        hidden.sheet_state = "hidden"
        column = 1 if hidden.max_column == 1 and hidden["A1"].value is None else hidden.max_column + 1
        for row, choice in enumerate(choices, start=1):
            _put(hidden, row, column, choice)
        letter = get_column_letter(column)
        return f"{quote_sheetname(_CHOICES)}!${letter}$1:${letter}${len(choices)}"

    def _view(self, header: int, last: int) -> None:
        """Frozen header with filters, and A4 across with the header repeated on each page."""
        ws, columns = self.ws, get_column_letter(len(self.sheet.columns))
        ws.freeze_panes = f"A{header + 1}"
        ws.auto_filter.ref = f"A{header}:{columns}{last}"
        ws.sheet_view.showGridLines = False
        ws.print_area = f"A1:{columns}{last}"
        ws.print_title_rows = f"{header}:{header}"
        ws.page_setup.orientation, ws.page_setup.paperSize = "landscape", _PAPER_A4
        ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 1, 0
        ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        ws.page_margins.left = ws.page_margins.right = 0.5
        ws.page_margins.top, ws.page_margins.bottom = 0.6, 0.8
        ws.oddFooter.left.text, ws.oddFooter.left.size = foot_of(self.meta).replace("&", "&&"), 8
        ws.oddFooter.right.text, ws.oddFooter.right.size = "&P (&N)", 8


def _font(size: float, colour: str, *, bold: bool = False) -> Font:
    """A font that follows the workbook's theme."""
    return Font(name="Calibri", scheme="minor", size=size, bold=bold, color=colour)


def _put(ws: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write text as text: never a formula, never an error value, and with the mark that keeps it so when it is edited."""
    cell = ws.cell(row, column)
    if text:
        cell.value = text
        cell.data_type = "s"
        if text.startswith(_RISKY):
            cell.quotePrefix = True
    return cell


def _lines(text: str, width: float) -> int:
    """The number of lines in a column *width* characters wide, on the safe side."""
    room = max(1.0, width * 0.92)
    return sum(max(1, math.ceil(len(part) * 1.05 / room)) for part in text.split("\n"))


def _properties(workbook: Workbook, meta: Meta) -> None:
    core: Any = workbook.properties
    core.title, core.creator, core.subject = title_of(meta), meta.author, meta.subject
    core.keywords, core.category, core.language = ", ".join(meta.keywords), meta.report, meta.language


def _undated(blob: bytes) -> bytes:
    """The same file without the dates that openpyxl puts into its zip and its core properties."""
    parts = unpack(blob)
    parts["docProps/core.xml"] = _without_dates(parts["docProps/core.xml"])
    return pack(parts.items())


def _without_dates(core: bytes) -> bytes:
    return re.sub(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>", b"", core)
