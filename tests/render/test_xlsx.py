"""The worksheet, opened again."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator
from sample_deck import META

from ojreport.compose.worksheet import Field, SheetColumn, WorkBook, WorkSheet
from ojreport.errors import TemplateError
from ojreport.render.theme import Theme
from ojreport.render.xlsx import render_xlsx

LONG = "Aktuell rutin för samordning mellan missbruks- och beroendevård och ekonomiskt bistånd. " * 3
SHEET = WorkSheet(
    name="Handlingsplan",
    title="Handlingsplan för Malung-Sälen",
    intro=("Fyll i en rad för varje förbättringsområde.", "Planen följs upp när nästa edition kommer."),
    columns=(
        SheetColumn("Förbättringsområde", 30),
        SheetColumn("Nuläge", 30),
        SheetColumn("Klart senast", 14, Field.DATE, prompt="Skriv datum som 2020-12-31."),
        SheetColumn("Status", 16, Field.CHOICE, ("Ej påbörjad", "Pågår", "Klar"), prompt="Välj i listan."),
    ),
    rows=(("Stödperson", "=1+1", "", "Ej påbörjad"), (LONG, "+46 70 123 45 67", "", ""), ("-", "@någon", "", "#N/A")),
    spare_rows=4,
)
BOOK = WorkBook(META, (SHEET,))


@pytest.fixture(scope="module")
def sheet() -> Any:
    return load_workbook(io.BytesIO(render_xlsx(BOOK, Theme())))["Handlingsplan"]


def test_it_has_title_introduction_and_says_that_it_is_example_data(sheet: Any) -> None:
    assert [sheet.cell(n, 1).value for n in range(1, 5)] == [SHEET.title, *SHEET.intro, META.mark]


def test_an_introduction_that_says_example_data_says_it_once() -> None:
    twice = replace(SHEET, intro=(META.mark,))
    sheet = load_workbook(io.BytesIO(render_xlsx(replace(BOOK, sheets=(twice,)), Theme())))["Handlingsplan"]
    assert [c.value for c in sheet["A"][1:4]] == [META.mark, None, "Förbättringsområde"]


def test_the_header_is_frozen_and_has_a_filter(sheet: Any) -> None:
    assert [c.value for c in sheet[6]] == [c.heading for c in SHEET.columns]
    assert sheet.freeze_panes == "A7"
    assert sheet.auto_filter.ref == "A6:D13"


def test_rows_and_spare_rows_follow(sheet: Any) -> None:
    assert sheet["A7"].value == "Stödperson"
    assert sheet["D7"].value == "Ej påbörjad"
    assert sheet["A13"].value is None
    assert sheet["A13"].border.bottom.style == "thin"
    assert sheet["A14"].border.bottom.style is None


@pytest.mark.parametrize("cell", ["B7", "B8", "A9", "B9"])
def test_what_looks_like_a_formula_is_text(sheet: Any, cell: str) -> None:
    assert sheet[cell].data_type == "s"
    assert sheet[cell].quotePrefix


def test_an_error_words_is_text_as_well(sheet: Any) -> None:
    assert (sheet["D9"].value, sheet["D9"].data_type) == ("#N/A", "s")


def test_statuses_are_chosen_from_a_list(sheet: Any) -> None:
    check = next(v for v in sheet.data_validations.dataValidation if v.type == "list")
    assert check.formula1 == '"Ej påbörjad,Pågår,Klar"'
    assert str(check.sqref) == "D7:D13"
    assert check.prompt == "Välj i listan."


def test_a_choice_with_a_comma_is_listed_on_a_hidden_sheet() -> None:
    columns = (*SHEET.columns[:3], replace(SHEET.columns[3], choices=("Ja, för alla", "Nej")))
    book = load_workbook(io.BytesIO(render_xlsx(replace(BOOK, sheets=(replace(SHEET, columns=columns),)), Theme())))
    check = next(v for v in book["Handlingsplan"].data_validations.dataValidation if v.type == "list")
    assert check.formula1 == "'Val'!$A$1:$A$2"
    assert [c.value for c in book["Val"]["A"]] == ["Ja, för alla", "Nej"]
    assert book["Val"].sheet_state == "hidden"


def test_columns_are_as_wide_as_they_are_asked_for(sheet: Any) -> None:
    assert [sheet.column_dimensions[letter].width for letter in "ACD"] == [30, 14, 16]


def test_dates_are_written_in_the_swedish_manner_and_checked(sheet: Any) -> None:
    assert sheet["C7"].number_format == sheet["C13"].number_format == "yyyy-mm-dd"
    check = next(v for v in sheet.data_validations.dataValidation if v.type == "date")
    assert str(check.sqref) == "C7:C13"


def test_a_row_is_as_high_as_its_longest_text(sheet: Any) -> None:
    assert sheet["A8"].alignment.wrap_text
    assert sheet.row_dimensions[8].height > 3 * sheet.row_dimensions[7].height


def test_it_prints_on_a4_across_with_its_header_and_foot(sheet: Any) -> None:
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)  # one page wide where nothing else is said
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$6:$6"
    assert META.foot in sheet.oddFooter.left.text
    assert sheet.oddFooter.right.text == "&P (&N)"


def test_the_same_book_is_the_same_bytes_without_dates() -> None:
    blob = render_xlsx(BOOK, Theme())
    assert render_xlsx(BOOK, Theme()) == blob
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"W3CDTF" not in package.read("docProps/core.xml")
        assert len(package.namelist()) == len(set(package.namelist()))


def test_openxml_audit_finds_nothing(tmp_path: Path) -> None:
    columns = (*SHEET.columns[:3], replace(SHEET.columns[3], choices=("Ja, för alla", "Nej")))
    for n, book in enumerate((BOOK, replace(BOOK, sheets=(replace(SHEET, columns=columns),)))):
        file = tmp_path / f"{n}.xlsx"
        file.write_bytes(render_xlsx(book, Theme()))
        assert [str(error) for error in OpenXmlValidator().validate(file).errors] == []


def test_core_properties_tell_of_the_report() -> None:
    core = load_workbook(io.BytesIO(render_xlsx(BOOK, Theme()))).properties
    assert core.title == "Missbruks- och beroendevården i Malung-Sälen"
    assert (core.creator, core.language, core.category) == ("ojreport", "sv-SE", "kommunprofil")


@pytest.mark.parametrize("name", ["", "Plan: 2019", "Vem/när", "'Plan'", "Handlingsplan för socialnämnden 2019", "History"])
def test_a_name_that_no_sheet_can_have_is_told(name: str) -> None:
    with pytest.raises(TemplateError, match=f"a worksheet can not be named “{name}”"):
        render_xlsx(WorkBook(META, (replace(SHEET, name=name),)), Theme())


def test_a_table_of_one_column_has_its_title_in_it() -> None:
    narrow = WorkSheet("Blad", "Rubrik", (), (SheetColumn("Tal", 10, Field.NUMBER),), (("12.5",), ("-3",), ("",)))
    sheet = load_workbook(io.BytesIO(render_xlsx(WorkBook(replace(META, mark=""), (narrow,)), Theme())))["Blad"]
    assert [cell.value for cell in sheet["A"]] == ["Rubrik", None, "Tal", 12.5, -3, None]
    assert (sheet["A4"].alignment.horizontal, sheet["A5"].quotePrefix) == ("right", False)


def test_two_sheets_with_one_name_are_told() -> None:
    with pytest.raises(TemplateError, match="“HANDLINGSPLAN”"):
        render_xlsx(WorkBook(META, (SHEET, replace(SHEET, name="HANDLINGSPLAN"))), Theme())


def test_a_foot_that_is_too_long_to_print_is_told() -> None:
    with pytest.raises(TemplateError, match=r"the foot “Kommun .*…” is too long for a worksheet by \d+ characters"):
        render_xlsx(WorkBook(replace(META, foot="Kommun " * 50), (SHEET,)), Theme())
