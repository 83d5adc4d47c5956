"""The proof-reader of worksheets: silent on one that is whole, and able to name the cell that is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from damage import change_part, swap
from finished import Made, Make
from openpyxl import load_workbook

from ojreport.proof.xlsx import proof_xlsx
from ojreport.render.theme import Theme
from ojreport.render.xlsx import render_xlsx

Book = Any  # openpyxl's workbook


def _changed(data: bytes, damage: Callable[[Book], None]) -> bytes:
    """The workbook, changed and saved anew."""
    book, out = load_workbook(BytesIO(data)), BytesIO()
    damage(book)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["Kalmar", "Göteborg", "Åsele"])
def test_a_whole_worksheet_has_no_difference(name: str, made: Make) -> None:
    assert proof_xlsx(made(name).xlsx, made(name).report.workbook) == ()


@pytest.mark.parametrize("text", ["två\r\nrader", "_x0041_", "ett\x07tecken"])
def test_signs_that_are_written_in_code_are_read(text: str, kalmar: Made) -> None:
    book = kalmar.report.workbook
    sheet = replace(book.sheets[0], intro=(*book.sheets[0].intro, text))
    changed = replace(book, sheets=(sheet, *book.sheets[1:]))
    assert proof_xlsx(render_xlsx(changed, Theme()), changed) == ()


def test_saving_it_anew_does_no_damage(kalmar: Made) -> None:
    assert proof_xlsx(_changed(kalmar.xlsx, lambda _: None), kalmar.report.workbook) == ()


def _cell(book: Book) -> None:
    book.active["A8"] = "Något annat"


def _row(book: Book) -> None:
    book.active.delete_rows(9)


def _drop_down(book: Book) -> None:
    rules = book.active.data_validations
    rules.dataValidation = [rule for rule in rules.dataValidation if rule.type != "list"]


def _choices(book: Book) -> None:
    rule = next(r for r in book.active.data_validations.dataValidation if r.type == "list")
    rule.formula1 = '"Ja,Nej"'


def _short(book: Book) -> None:
    """The drop-down no longer reaches the empty rows."""
    rule = next(r for r in book.active.data_validations.dataValidation if r.type == "list")
    rule.sqref = "I8:I9"


def _formula(book: Book) -> None:
    book.active["F8"] = '=HYPERLINK("https://example.org","Ansvarig")'


def _title(book: Book) -> None:
    for row in (1, 2):
        book.active.cell(row, 1).value = book.active.cell(row, 1).value.replace("Kalmar", "Nybro").replace("0880", "0881")


def _foot(book: Book) -> None:
    book.active.oddFooter.left.text = "Öppna jämförelser 2018"


def _sheet(book: Book) -> None:
    book.create_sheet("Blad2")


def _left(book: Book) -> None:
    book.active["C8"] = "{{ nulage }}"


DAMAGE: dict[str, tuple[Callable[[Book], None], tuple[str, ...]]] = {
    "a cell": (_cell, ("sheet Handlingsplan: A8 is “Något annat” and should be “FREDA-kortfrågor”",)),
    "a row is gone": (_row, ("sheet Handlingsplan: A9", "Skyddade personuppgifter")),
    "no drop-down": (_drop_down, ("sheet Handlingsplan, I8:I", "the drop-down of “Status” is missing")),
    "other words in the drop-down": (_choices, ("sheet Handlingsplan, I8:I", "the drop-down's words is “Ja | Nej”")),
    "a drop-down that ends too soon": (_short, ("the drop-down of “Status” is missing",)),
    "a formula": (_formula, ("sheet Handlingsplan, cell F8: the formula “=HYPERLINK",)),
    "another kommun": (_title, ("sheet Handlingsplan: A1", "the name “Kalmar” is missing", "the code “0880” is missing")),
    "another edition in the foot": (_foot, ("sheet Handlingsplan: the printed foot", "2018")),
    "a sheet too many": (_sheet, ("file: sheet “Blad2” should not be there",)),
    "a place that was not filled in": (_left, ("what was not filled in in C8 “{{ nulage }}”",)),
}


@pytest.mark.parametrize(("damage", "said"), DAMAGE.values(), ids=DAMAGE)
def test_damage_is_found_and_its_cell_is_named(damage: Callable[[Book], None], said: tuple[str, ...], kalmar: Made) -> None:
    found = "\n".join(map(str, proof_xlsx(_changed(kalmar.xlsx, damage), kalmar.report.workbook)))
    assert [word for word in said if word not in found] == [], found


def test_the_plan_of_another_kommun_is_told_at_its_title(kalmar: Made, made: Make) -> None:
    first = proof_xlsx(made("Göteborg").xlsx, kalmar.report.workbook)[0]
    assert (first.where, first.what) == ("sheet Handlingsplan", "A1")
    assert "Göteborg" in first.found


@pytest.mark.parametrize("cut", [0, 100, 5_000])
def test_half_a_file_is_a_difference_and_no_crash(cut: int, kalmar: Made) -> None:
    assert proof_xlsx(kalmar.xlsx[:cut], kalmar.report.workbook)


@pytest.mark.parametrize(
    ("part", "change"),
    [
        (r"xl/styles\.xml", swap("fontId=", "fontNo=")),
        (r"xl/workbook\.xml", swap("localSheetId=", "localSheetNo=")),
        (r"xl/worksheets/sheet1\.xml", swap("customWidth=", "custonWidth=")),
        (r"xl/worksheets/sheet1\.xml", swap(' s="1"', ' s="999"')),
        (r"\[Content_Types\]\.xml", swap("sheet.main+xml", "template.main+xml")),
    ],
)
def test_a_part_that_no_program_would_take_is_a_difference(part: str, change: Callable[[str], str], kalmar: Made) -> None:
    (found,) = proof_xlsx(change_part(kalmar.xlsx, part, change), kalmar.report.workbook)
    assert found.what == "what opens it"
