"""Proof of a worksheet to work in: each cell, the drop-downs, and that nothing in it is a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from typing import NamedTuple

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from ojreport.compose.document import Meta
from ojreport.compose.worksheet import Field, SheetColumn, WorkBook, WorkSheet
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
from ojreport.proof.parts import UNREADABLE, Package, Part, R, Xml
from ojreport.render.foot import foot_of

KIND = "xlsx"
_RULE_OF = {Field.CHOICE: "list", Field.DATE: "date"}
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LEFT = re.compile(r"&L((?:[^&]|&[^LCR])*)", re.DOTALL)  # of a foot's three parts
_LOOKS = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|\d+ ?|(&))')  # type, colour and size, and an ampersand


_TAG = re.compile(rb"<[^/][^>]*>")
_DIGITS = re.compile(rb"(?<=[\"A-Z.:$])\d+")  # in places, sizes and numbers of styles


class Cell(NamedTuple):
    """A cell: its place, what it says and, where it has one, its formula."""

    place: str
    text: str
    formula: str | None


class Sheet(NamedTuple):
    """A worksheet of a finished file, with the cells that hold something in their order."""

    name: str
    visible: bool
    xml: Xml
    cells: tuple[Cell, ...]


Book = dict[str, Sheet]


def proof_xlsx(data: bytes, book: WorkBook) -> tuple[Difference, ...]:
    """Where the workbook in *data* differs from *book*."""
    try:
        opened = Package(data, "spreadsheetml.sheet")
        _opened_by_another(_Shape(opened, data))
        sheets = {sheet.name: sheet for sheet in _sheets(opened.main)}
    except (*UNREADABLE, IndexError, TypeError, InvalidFileException) as error:
        return (Difference(KIND, "file", "what opens it", "no error", str(error) or type(error).__name__),)
    return tuple(_differences(sheets, opened.properties, book))


class _Shape:
    """A file, the same as others that have the same parts, but for numbers and what stands in cells."""

    def __init__(self, opened: Package, data: bytes) -> None:
        self.data = data
        self._tags = frozenset(
            tag
            for name, content in opened.files.items()
            if name.startswith("xl/")
            for tag in _TAG.findall(content if name.endswith("styles.xml") else _DIGITS.sub(b"", content))
        )

    def __hash__(self) -> int:
        return hash(self._tags)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Shape) and self._tags == other._tags


@lru_cache(maxsize=32)
def _opened_by_another(shape: _Shape) -> None:
    """Nothing; raises openpyxl's error where it does not know what to make of a part. Only files of a new shape are tried."""
    load_workbook(BytesIO(shape.data))


# ------------------------------------------------------------------------------------------------------- reading the file


def _sheets(main: Part) -> Iterator[Sheet]:
    shared = [_words(entry) for part in main.of("sharedStrings") for entry in part.xml.iterfind(f"{_S}si")]
    styles = sum(len(list(part.xml.iterfind(f"{_S}cellXfs/{_S}xf"))) for part in main.of("styles"))
    for entry in main.xml.iterfind(f"{_S}sheets/{_S}sheet"):
        xml = main.related(entry.get(f"{R}id")).xml
        if any(int(cell.get("s", 0)) >= max(styles, 1) for cell in xml.iter(f"{_S}c")):
            raise ValueError(f"a cell of sheet {entry.get('name')} has a style that the file does not have")
        cells = tuple(cell for cell in _filled(xml, shared) if cell.text or cell.formula is not None)
        yield Sheet(entry.get("name"), entry.get("state", "visible") == "visible", xml, cells)


def _filled(xml: Xml, shared: list[str]) -> Iterator[Cell]:
    number = 0
    for row in xml.iterfind(f"{_S}sheetData/{_S}row"):
        number = int(row.get("r", number + 1))
        for n, cell in enumerate(row.iterfind(f"{_S}c"), 1):
            yield Cell(cell.get("r") or f"{get_column_letter(n)}{number}", _said(cell, shared), cell.findtext(f"{_S}f"))


def _said(cell: Xml, shared: list[str]) -> str:
    kind, value = cell.get("t", "n"), cell.findtext(f"{_S}v")
    if kind == "inlineStr":
        return _words(cell)
    if not value or kind not in {"s", "n"}:
        return value or ""
    if kind == "s":
        return shared[int(value)]
    return value if value.removeprefix("-").isdecimal() else str(float(value))


def _words(element: Xml) -> str:
    """Its text, with the signs that XML can not hold, which a spreadsheet writes as ``_x000D_``."""
    return _CODED.sub(lambda code: chr(int(code[1], 16)), "".join(text.text or "" for text in element.iter(f"{_S}t")))


def _foot(sheet: Sheet) -> str:
    """The left part of what is printed below each page."""
    found = _LEFT.search(sheet.xml.findtext(f"{_S}headerFooter/{_S}oddFooter") or "")
    return _LOOKS.sub(r"\1", found[1]) if found else ""


# ------------------------------------------------------------------------------------------------------------ differences


def _differences(opened: Book, properties: dict[str, str], book: WorkBook) -> Iterator[Difference]:
    names = [Statement("sheet", even(sheet.name)) for sheet in book.sheets]
    shown = [Statement("sheet", even(ws.name), "file") for ws in opened.values() if ws.visible]
    yield from compare(KIND, names, shown)
    yield from _formulas(opened)
    for sheet in book.sheets:
        if sheet.name in opened:
            yield from _sheet(opened, opened[sheet.name], sheet, book.meta)
    meta = book.meta
    for name, text in {"title": file_title(meta), "subject": meta.subject, "creator": meta.author}.items():
        yield from same(KIND, "properties", f"the {name}", text, properties[name])


def _formulas(opened: Book) -> Iterator[Difference]:
    for ws in opened.values():
        for cell in ws.cells:
            if cell.formula is not None:
                yield Difference(KIND, f"sheet {ws.name}, cell {cell.place}", "the formula", NOTHING, f"={cell.formula}")


def _sheet(opened: Book, ws: Sheet, sheet: WorkSheet, meta: Meta) -> Iterator[Difference]:
    place = f"sheet {ws.name}"
    found = tuple(Statement(cell.place, even(cell.text), place) for cell in ws.cells)
    lines = (sheet.title, *sheet.intro, *((meta.mark,) if meta.mark and meta.mark not in sheet.intro else ()))
    header = len(lines) + 2  # an empty row above it
    yield from compare(KIND, tuple(_cells(lines, header, sheet)), found)
    yield from left_overs(KIND, found)
    yield from names_its_subject(KIND, place, " ".join(s.text for s in found[: len(lines)]), meta)
    foot = foot_of(meta)
    yield from same(KIND, place, "the printed foot", foot, _foot(ws))
    yield from foot_is_whole(KIND, place, foot, meta)
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
    rules = [rule for rule in ws.xml.iter(f"{_S}dataValidation") if rule.get("sqref") == area and rule.get("type") == kind]
    where = f"sheet {ws.name}, {area}"
    if not rules:
        yield Difference(
            KIND, where, f"the {'drop-down' if kind == 'list' else 'check of dates'} of", even(column.heading), NOTHING
        )
    elif kind == "list":
        chosen = _choices(opened, rules[0].findtext(f"{_S}formula1") or "")
        yield from same(KIND, where, "the drop-down's words", " | ".join(column.choices), " | ".join(chosen))


def _choices(opened: Book, formula: str) -> tuple[str, ...]:
    """The words of a drop-down: its own list, or the cells of another sheet."""
    if formula.startswith('"'):
        return tuple(formula.strip('"').split(","))
    name, _, area = formula.rpartition("!")
    name = name.strip("'")
    if name not in opened:
        return ()
    left, top, right, bottom = range_boundaries(area.replace("$", ""))
    cells = {cell.place: cell.text for cell in opened[name].cells}
    places = (f"{get_column_letter(column)}{row}" for row in range(top, bottom + 1) for column in range(left, right + 1))
    return tuple(cells[place] for place in places if place in cells)
