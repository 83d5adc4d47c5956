"""A worksheet to work in, as .xlsx: headings, drop-downs, dates and a print set-up; what looks like a formula is text."""

from __future__ import annotations

import html
import io
import math
import re
from typing import TYPE_CHECKING, Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs

from ojreport.compose.worksheet import Field
from ojreport.errors import TemplateError
from ojreport.render.foot import foot_of, properties_of
from ojreport.render.package import pack, unpack

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from ojreport.compose.document import Meta
    from ojreport.compose.worksheet import SheetColumn, WorkBook, WorkSheet
    from ojreport.render.theme import Theme

DATE_FORMAT = "yyyy-mm-dd"
_RISKY = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet may take for a formula
_LINE = 15.0  # a line's height in points, 11 pt type
_MOST = 409.0  # no row can be higher
_DIGIT = 7  # pixels: a digit's width, in which columns are measured
_CHOICES = "Val"  # the hidden sheet that drop-downs with long lists take their words from
_LIST_LIMIT = 255  # characters of a drop-down's own list
_FOOT_LIMIT = 255  # characters of what is printed below a page
_NAME_LIMIT, _NOT_IN_NAMES = 31, "[]:*?/\\"
_PAPER_A4 = 9
_EARLIEST = "=DATE(2000,1,1)"
_DATES = re.compile(rb"<dcterms:created.*</dcterms:modified>")


def render_xlsx(book: WorkBook, theme: Theme) -> bytes:
    """The workbook, the same bytes at each run."""
    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as workbook:
        workbook.set_properties(properties_of(book.meta))
        for sheet in book.sheets:
            _check_name(sheet.name, workbook)
            _Sheet(workbook, sheet, book.meta, theme).write()
    return _undated(stream.getvalue(), book.meta.language)


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
    """Writes one sheet: title, lines of introduction, table, empty rows to fill in. Rows and columns are counted from 0."""

    def __init__(self, workbook: Workbook, sheet: WorkSheet, meta: Meta, theme: Theme) -> None:
        self.workbook, self.sheet, self.meta, self.theme = workbook, sheet, meta, theme
        self.ws: Worksheet = workbook.add_worksheet(sheet.name)
        self.last_column = len(sheet.columns) - 1
        self._looks: dict[tuple[Field, bool, bool], Format] = {}

    def write(self) -> None:
        """Everything, from the top."""
        sheet, theme, mark = self.sheet, self.theme, self.meta.mark
        self._line(0, sheet.title, 16, theme.primary, bold=True)
        lines = (*sheet.intro, *((mark,) if mark and mark not in sheet.intro else ()))
        for row, text in enumerate(lines, start=1):
            self._line(row, text, 11, theme.ink if text == mark else theme.muted)
        header = len(lines) + 2
        self._header(header)
        blank = tuple("" for _ in sheet.columns)
        for row, values in enumerate((*sheet.rows, *(blank,) * sheet.spare_rows), start=header + 1):
            self._row(row, values)
        last = header + len(sheet.rows) + sheet.spare_rows
        for n, column in enumerate(sheet.columns):
            self.ws.set_column_pixels(n, n, round(column.width * _DIGIT))
            if last > header:
                self._validate(n, column, header + 1, last)
        self._view(header, last)

    def _line(self, row: int, text: str, size: int, colour: str, *, bold: bool = False) -> None:
        """A line above the table, over all of its columns."""
        look = self._look(font_size=size, font_color=colour, bold=bold, quote_prefix=text.startswith(_RISKY))
        if self.last_column:
            self.ws.merge_range(row, 0, row, self.last_column, "", look)
        self.ws.write_string(row, 0, text, look)
        scale = size / 11
        width = sum(column.width for column in self.sheet.columns)
        self.ws.set_row(row, min(_MOST, _lines(text, width / scale) * _LINE * scale + 3))

    def _header(self, row: int) -> None:
        look = self._look(
            bold=True, font_color="#FFFFFF", bg_color=self.theme.primary, border=1, border_color=self.theme.bar, valign="vcenter"
        )
        for n, column in enumerate(self.sheet.columns):
            self.ws.write_string(row, n, column.heading, look)
        # bold, and the filter's button
        lines = max(_lines(column.heading, column.width * 0.9 - 3) for column in self.sheet.columns)
        self.ws.set_row(row, lines * _LINE + 6)

    def _row(self, row: int, values: Sequence[str]) -> None:
        lines = 2 if self.sheet.spare_rows else 1  # room to write in
        for n, (column, text) in enumerate(zip(self.sheet.columns, values, strict=True)):
            number = column.field is Field.NUMBER and bool(text)
            look = self._cell_look(column.field, number=number, quoted=text.startswith(_RISKY) and not number)
            if number:
                self.ws.write_number(row, n, float(text), look)
            elif text:
                self.ws.write_string(row, n, text, look)
                lines = max(lines, _lines(text, column.width))
            else:
                self.ws.write_blank(row, n, None, look)
        self.ws.set_row(row, min(_MOST, lines * _LINE + 4))

    def _cell_look(self, field: Field, *, number: bool, quoted: bool) -> Format:
        """The format of a cell in the table; each kind is put together once."""
        key = field, number, quoted
        if key not in self._looks:
            look = self._look(font_color=self.theme.ink, border=1, border_color=self.theme.bar, quote_prefix=quoted)
            if number:
                look.set_align("right")
                look.set_text_wrap(False)
            if field is Field.DATE:
                look.set_num_format(DATE_FORMAT)
            self._looks[key] = look
        return self._looks[key]

    def _look(self, **properties: object) -> Format:
        """A format: text as a rule runs over several lines and begins at the top."""
        return self.workbook.add_format({"text_wrap": True, "valign": "top", **properties})

    def _validate(self, n: int, column: SheetColumn, first: int, last: int) -> None:
        """A drop-down or a check of dates. A choice may be left empty; other words are warned of and not refused."""
        check: dict[str, Any] = {"validate": "any", "show_error": False, "show_input": bool(column.prompt)}
        if column.field is Field.CHOICE:
            source = self._choices(column.choices)
            check |= {"validate": "list", "source": source, "error_type": "warning", "show_error": True}
        elif column.field is Field.DATE:
            check |= {"validate": "date", "criteria": ">=", "value": _EARLIEST, "show_error": True}
        if column.prompt:
            title, message = column.heading[:32], column.prompt[:255]
            check |= {"input_title": title, "input_message": message, "error_title": title, "error_message": message}
        if column.prompt or column.field in (Field.CHOICE, Field.DATE):
            self.ws.data_validation(first, n, last, n, check)

    def _choices(self, choices: Sequence[str]) -> str | list[str]:
        """The list itself, or cells of a hidden sheet where a comma or the length does not allow that."""
        if len(",".join(choices)) <= _LIST_LIMIT and not any("," in c or '"' in c for c in choices):
            return list(choices)
        hidden = self.workbook.get_worksheet_by_name(_CHOICES)
        if hidden is None:
            hidden = self.workbook.add_worksheet(_CHOICES)
            hidden.hide()
        column = 0 if hidden.dim_colmax is None else hidden.dim_colmax + 1
        for row, choice in enumerate(choices):
            hidden.write_string(row, column, choice)
        return f"='{_CHOICES}'!{xl_range_abs(0, column, len(choices) - 1, column)}"

    def _view(self, header: int, last: int) -> None:
        """Frozen header with filters, and A4 across with the header repeated on each page."""
        ws = self.ws
        ws.freeze_panes(header + 1, 0)
        ws.autofilter(header, 0, last, self.last_column)
        ws.hide_gridlines(2)
        ws.print_area(0, 0, last, self.last_column)
        ws.repeat_rows(header)
        ws.set_landscape()
        ws.set_paper(_PAPER_A4)
        ws.fit_to_pages(1, 0)
        ws.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.8)
        foot = foot_of(self.meta).replace("&", "&&")
        footer = f"&L&8 {foot}&R&8 &P (&N)"
        if len(footer) > _FOOT_LIMIT:
            raise TemplateError(f"the foot “{foot[:40]}…” is too long for a worksheet by {len(footer) - _FOOT_LIMIT} characters")
        ws.set_footer(footer, {"margin": 0.5})


def _lines(text: str, width: float) -> int:
    """The number of lines in a column *width* characters wide, on the safe side."""
    room = max(1.0, width * 0.92)
    return sum(max(1, math.ceil(len(part) * 1.05 / room)) for part in text.split("\n"))


def _undated(blob: bytes, language: str) -> bytes:
    """The same file, with its language where XlsxWriter puts the time of day."""
    parts = unpack(blob)
    core = "docProps/core.xml"
    parts[core] = _DATES.sub(f"<dc:language>{html.escape(language)}</dc:language>".encode(), parts[core])
    return pack(parts.items())
