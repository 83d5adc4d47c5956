"""Proof of a worksheet to work in: each cell, the drop-downs, and that nothing in it is a formula."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from ojreport.compose.document import Field, Meta, SheetColumn, WorkBook, WorkSheet
from ojreport.proof.difference import (
    NOTHING,
    Difference,
    Statement,
    compare,
    even,
    file_title,
    foot_is_whole,
    left_overs,
    names_its_subject,
    same,
)
from ojreport.render.foot import foot_of

KIND = "xlsx"
_RULE_OF = {Field.CHOICE: "list", Field.DATE: "date"}
Book = Any  # openpyxl's workbook
Sheet = Any  # openpyxl's worksheet


def proof_xlsx(data: bytes, book: WorkBook) -> tuple[Difference, ...]:
    """Where the workbook in *data* differs from *book*."""
    try:
        opened = load_workbook(BytesIO(data))
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        return (Difference(KIND, "file", "what opens it", "no error", str(error)),)
    return tuple(_differences(opened, book))


def _differences(opened: Book, book: WorkBook) -> Iterator[Difference]:
    names = [Statement("sheet", even(sheet.name)) for sheet in book.sheets]
    shown = [Statement("sheet", even(ws.title), "file") for ws in opened if ws.sheet_state == "visible"]
    yield from compare(KIND, names, shown)
    yield from _formulas(opened)
    for sheet in book.sheets:
        if sheet.name in opened.sheetnames:
            yield from _sheet(opened, opened[sheet.name], sheet, book.meta)
    core, meta = opened.properties, book.meta
    for name, text in {"title": file_title(meta), "subject": meta.subject, "creator": meta.author}.items():
        yield from same(KIND, "properties", f"the {name}", text, getattr(core, name) or "")


def _formulas(opened: Book) -> Iterator[Difference]:
    for ws in opened:
        for row in ws.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield Difference(KIND, f"sheet {ws.title}, cell {cell.coordinate}", "the formula", NOTHING, str(cell.value))


def _sheet(opened: Book, ws: Sheet, sheet: WorkSheet, meta: Meta) -> Iterator[Difference]:
    found = tuple(
        Statement(cell.coordinate, even(str(cell.value)), f"sheet {ws.title}")
        for row in ws.iter_rows()
        for cell in row
        if cell.value is not None
    )
    lines = (sheet.title, *sheet.intro, *((meta.mark,) if meta.mark and meta.mark not in sheet.intro else ()))
    header = len(lines) + 2  # an empty row above it
    yield from compare(KIND, tuple(_cells(lines, header, sheet)), found)
    yield from left_overs(KIND, found)
    yield from names_its_subject(KIND, f"sheet {ws.title}", " ".join(s.text for s in found[: len(lines)]), meta)
    foot = foot_of(meta)
    yield from same(KIND, f"sheet {ws.title}", "the printed foot", foot, (ws.oddFooter.left.text or "").replace("&&", "&"))
    yield from foot_is_whole(KIND, f"sheet {ws.title}", foot, meta)
    last = header + len(sheet.rows) + sheet.spare_rows
    for n, column in enumerate(sheet.columns, 1):
        if column.field in _RULE_OF and last > header:
            yield from _rule(opened, ws, column, f"{get_column_letter(n)}{header + 1}:{get_column_letter(n)}{last}")


def _cells(lines: tuple[str, ...], header: int, sheet: WorkSheet) -> Iterator[Statement]:
    """Each cell that must hold something, by its place."""
    yield from (Statement(f"A{row}", even(text)) for row, text in enumerate(lines, 1) if text)
    rows = (tuple(column.heading for column in sheet.columns), *sheet.rows)
    for r, row in enumerate(rows, header):
        yield from (Statement(f"{get_column_letter(n)}{r}", even(text)) for n, text in enumerate(row, 1) if text)


def _rule(opened: Book, ws: Sheet, column: SheetColumn, area: str) -> Iterator[Difference]:
    """A drop-down with the column's choices, or a check of dates, over all of its cells."""
    kind = _RULE_OF[column.field]
    rules = [rule for rule in ws.data_validations.dataValidation if str(rule.sqref) == area and rule.type == kind]
    where = f"sheet {ws.title}, {area}"
    if not rules:
        yield Difference(
            KIND, where, f"the {'drop-down' if kind == 'list' else 'check of dates'} of", even(column.heading), NOTHING
        )
    elif kind == "list":
        yield from same(
            KIND, where, "the drop-down's words", " | ".join(column.choices), " | ".join(_choices(opened, rules[0].formula1))
        )


def _choices(opened: Book, formula: str) -> tuple[str, ...]:
    """The words of a drop-down: its own list, or the cells of another sheet."""
    if formula.startswith('"'):
        return tuple(formula.strip('"').split(","))
    name, _, cells = formula.rpartition("!")
    name = name.strip("'")
    if name not in opened.sheetnames:
        return ()
    left, top, right, bottom = range_boundaries(cells.replace("$", ""))
    rows = opened[name].iter_rows(top, bottom, left, right, values_only=True)
    return tuple(str(value) for row in rows for value in row if value is not None)
