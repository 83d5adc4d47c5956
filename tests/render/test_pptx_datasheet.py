"""The workbook behind a chart, as a spreadsheet program opens it."""

from __future__ import annotations

import io
import zipfile

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from ojreport.render.pptx.datasheet import Sheet

HARD = ("Mål & <medel>", "2019\n● Ja", "  luft  ", "=1+1", "_x0041_", "klocka\x07", "\u00a0")
SHEET = Sheet(HARD, (("Andel", (1.5, None, 0.1 + 0.2, 100.0, None, 7.0, 1e-9)), ("Riket 63", (63.2,) * 7)))


def test_a_cell_holds_what_the_chart_shows() -> None:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(SHEET.xlsx())).get_sheet_by_name("Data").to_python()
    assert rows[0] == ["", "Andel", "Riket 63"]
    assert [row[1] for row in rows[1:]] == [1.5, "", 0.1 + 0.2, 100.0, "", 7.0, 1e-9]
    assert [row[2] for row in rows[1:]] == [63.2] * 7


def test_words_stay_words() -> None:
    sheet = load_workbook(io.BytesIO(SHEET.xlsx())).active
    assert sheet is not None
    cells = [sheet.cell(n, 1) for n in range(2, 9)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells[:4]] == list(HARD[:4])


def test_what_a_spreadsheet_would_take_for_a_written_character_is_marked() -> None:
    with zipfile.ZipFile(io.BytesIO(SHEET.xlsx())) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
    assert ">_x005F_x0041_<" in strings
    assert ">klocka_x0007_<" in strings


def test_a_sheet_tells_how_far_it_reaches() -> None:
    sheet = load_workbook(io.BytesIO(SHEET.xlsx())).active
    assert sheet is not None
    assert sheet.dimensions == "A1:C8"
    assert sheet.column_dimensions["A"].width > 30


def test_a_chart_without_series_has_a_sheet_of_categories() -> None:
    sheet = load_workbook(io.BytesIO(Sheet(("Kalmar",), ()).xlsx())).active
    assert sheet is not None
    assert [row[0].value for row in sheet.iter_rows()] == [None, "Kalmar"]


def test_a_workbook_tells_nothing_of_the_last_one() -> None:
    before = SHEET.xlsx()
    Sheet(("Annat",), (("Hemligt", (1.0,)),)).xlsx()
    assert SHEET.xlsx() == before
    assert b"Hemligt" not in before
