"""An edition's workbook: first sheet, result sheets in the layout's manner, and, where it has one, the describing sheet."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from example.about import about, described
from example.cells import Writer, heading, numbers
from example.facts import Indicator
from example.layouts import Key, Layout, Shares, Sheet
from example.rows import Edition, Kind, Row, SheetRows
from example.style import CENTRED, HEAD, HEAD_BORDER, HEAD_FILL, PANEL_FILL, SMALL, STRONG, WRAPPED
from example.tally import Share

_WIDTHS = {Key.CODE: 14, Key.NAME: 34, Key.LAN: 24}
_RESULT_WIDTH, _HEADING_HEIGHT = 19, 135
_STILL = datetime(2021, 4, 7)  # noqa: DTZ001 - openpyxl takes times without a zone; a fixed one keeps the bytes the same


def workbook_bytes(edition: Edition, layout: Layout, texts: Mapping[str, Any]) -> bytes:
    """The whole xlsx file, the same bytes for the same answers."""
    book = Workbook()
    book.properties.creator = "ojreport"
    book.properties.title = f"{texts['edition'].format(year=layout.year)} – {texts['example']}"
    book.properties.created = _STILL
    first = book.active
    first.title = layout.about
    about(first, edition, layout, texts)
    if layout.described:
        described(book.create_sheet(layout.described), edition, texts)
    asked = edition.facts.asked(layout.year)
    writer, question = Writer(layout), numbers(layout, asked)
    for sheet in layout.sheets:
        indicators = tuple(i for i in asked if _belongs(i, sheet))
        _ResultSheet(book.create_sheet(sheet.name), edition, layout, sheet, indicators, texts).fill(writer, question)
    return _same_bytes(book)


def _belongs(indicator: Indicator, sheet: Sheet) -> bool:
    return indicator.part in (sheet.parts or (indicator.part,)) and indicator.dimension in (
        sheet.dimensions or (indicator.dimension,)
    )


@dataclass(frozen=True, slots=True)
class _ResultSheet:
    page: Worksheet
    edition: Edition
    layout: Layout
    sheet: Sheet
    indicators: tuple[Indicator, ...]
    texts: Mapping[str, Any]

    @property
    def _first_column(self) -> int:
        return len(self.layout.keys) + 1

    def fill(self, writer: Writer, question: Mapping[str, str]) -> None:
        """Everything on the sheet, from the preamble to the footnotes."""
        for at, line in enumerate(self.texts["preamble"][str(self.layout.year)], 1):
            self.page.cell(at, 1, line or None).font = STRONG if at == 1 else SMALL
        self._head(question)
        first = self.sheet.header_row + self.sheet.sub_heads + 1
        rows = list(SheetRows(self.edition, self.layout, self.indicators, self.texts).of(self.sheet))
        for at, row in enumerate(rows, first):
            self._row(at, row, writer)
        for at, line in enumerate(self._footnotes(), first + len(rows) + 1):
            self.page.cell(at, 1, line).font = SMALL
        self._set_up()

    def _head(self, question: Mapping[str, str]) -> None:
        head, wordings = self.sheet.header_row, self.texts["wordings"][str(self.layout.year)]
        for column, (_, text) in enumerate(self.layout.keys, 1):
            self._style_head(head, column, text)
            if self.sheet.sub_heads:
                self.page.merge_cells(start_row=head, end_row=head + self.sheet.sub_heads, start_column=column, end_column=column)
        for column, indicator in enumerate(self.indicators, self._first_column):
            title = wordings.get(indicator.id, indicator.title)
            self._style_head(head, column, heading(self.layout, indicator, title, question[indicator.id]))
            for below, text in enumerate(self._sub_heads(indicator)[: self.sheet.sub_heads], 1):
                self._style_head(head + below, column, text)
        if self.sheet.group_heads:
            self._group_heads(head - 1)
        self.page.row_dimensions[head].height = _HEADING_HEIGHT

    def _group_heads(self, row: int) -> None:
        column = self._first_column
        for dimension, members in groupby(i.dimension for i in self.indicators):
            width = len(list(members))
            self._style_head(row, column, self.edition.facts.dimensions[dimension])
            if width > 1:
                self.page.merge_cells(start_row=row, end_row=row, start_column=column, end_column=column + width - 1)
            column += width

    def _sub_heads(self, indicator: Indicator) -> Sequence[str]:
        totals_only = len(self.sheet.blocks) == len(("län", "riket"))
        answer = self.texts["shared"] if totals_only else self.texts["answer"]
        kind = self.texts["bakgrundsmatt"] if indicator.background else self.texts["indikator"]
        return (indicator.unit.capitalize() or answer, kind)

    def _style_head(self, row: int, column: int, text: str) -> None:
        cell = self.page.cell(row, column, text)
        cell.font, cell.fill, cell.alignment, cell.border = HEAD, HEAD_FILL, WRAPPED, HEAD_BORDER

    def _row(self, at: int, row: Row, writer: Writer) -> None:
        if row.kind is Kind.COUNTY_HEAD:
            self.page.cell(at, 1, row.name).font = STRONG
            return
        keys = {Key.CODE: row.code, Key.NAME: row.name, Key.LAN: row.lan}
        for column, (key, _) in enumerate(self.layout.keys, 1):
            self.page.cell(at, column, keys[key])
        for column, (indicator, value) in enumerate(zip(self.indicators, row.values, strict=False), self._first_column):
            text = value if isinstance(value, int) else writer.write(indicator, value, as_text=row.stadsdel)
            cell = self.page.cell(at, column, text)
            cell.alignment = CENTRED
            if isinstance(value, Share) and self.layout.shares in (Shares.EXACT, Shares.FRACTION):
                cell.number_format = "0%" if self.layout.shares is Shares.EXACT else "0.00"
        if row.kind in (Kind.TOTAL, Kind.COUNTS):
            for column in range(1, self._first_column + len(row.values)):
                cell = self.page.cell(at, column)
                cell.font, cell.fill = STRONG, PANEL_FILL

    def _footnotes(self) -> list[str]:
        symbols = {
            gap.name.lower(): " ".join(s or self.texts["blank"] for s in signs) for gap, signs in self.layout.missing.items()
        }
        lines = [self.texts["symbols"].format(**symbols), self.texts["gotland"]]
        shown = any(i.part == "missbruk" for i in self.indicators)
        return [*lines, self.texts["not_shown"]] if shown and self.layout.year == 2019 else lines  # noqa: PLR2004 - the edition

    def _set_up(self) -> None:
        for column, (key, _) in enumerate(self.layout.keys, 1):
            self.page.column_dimensions[get_column_letter(column)].width = _WIDTHS[key]
        for column in range(self._first_column, self._first_column + len(self.indicators)):
            self.page.column_dimensions[get_column_letter(column)].width = _RESULT_WIDTH
        below = self.sheet.header_row + self.sheet.sub_heads + 1
        self.page.freeze_panes = self.page.cell(below, self._first_column)
        self.page.page_setup.orientation, self.page.page_setup.paperSize = "landscape", Worksheet.PAPERSIZE_A3
        self.page.print_title_rows = f"{self.sheet.header_row}:{below - 1}"


def _same_bytes(book: Workbook) -> bytes:
    """The file without the times of its making: those of the zip's entries, and the one that openpyxl writes when saving."""
    made, still = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(still, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + f"{_STILL:%Y-%m-%dT%H:%M:%SZ}".encode(), content)
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            target.writestr(entry, content, compresslevel=9)
    return still.getvalue()
