"""More than one thing in a sheet: years side by side or below each other, a row or a sheet for each indicator, three shares."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from made_workbooks import EKONOMI, MED_BARN, METODER, NARSTAENDE, write_book
from openpyxl import load_workbook
from read_back import Read

from ojreport.catalogue import Catalogue
from ojreport.errors import SourceError
from ojreport.model.value import Missing, Reason, Share
from ojreport.sources import load_results

HEAD = ["Kommunkod", "Kommun"]


def words(found: Read, *asked: tuple[str, str, int]) -> list[str]:
    return [found.word(*which) for which in asked]


def test_a_row_for_each_kommun_and_indicator_is_read(read: Callable[..., Read]) -> None:
    rows = [
        [*HEAD, "Indikator", "Svar", "Kommentar"],
        ["0880", "Kalmar", f"1. {NARSTAENDE}", "Ja", None],
        ["0880", "Kalmar", EKONOMI, "Nej", "ny rutin i höst"],
        ["0881", "Nybro", f"1. {NARSTAENDE}", "Nej", None],
        ["0881", "Nybro", "Har en helt ny fråga", "Ja", None],
        ["08", "Kalmar län", EKONOMI, 63, None],
        ["0882", "Oskarshamn", EKONOMI, "Ja", None],
    ]
    found = read(rows)
    expected = [("U35519", "0880", 2019), ("U35505", "0880", 2019), ("U35519", "0881", 2019)]
    assert words(found, *expected) == ["Ja", "Nej", "Nej"]
    assert found.cell("U35505", "08") == "Resultat!D6"
    assert found.word("x-har-en-helt-ny-fraga", "0881") == "Ja"
    assert not found.errors


def test_a_column_of_years_makes_an_edition_of_each(read: Callable[..., Read]) -> None:
    rows = [
        ["År", *HEAD, NARSTAENDE],
        [2018, "0880", "Kalmar", "Nej"],
        [2019, "0880", "Kalmar", "Ja"],
        [2019, "0881", "Nybro", "Nej"],
    ]
    found = read(rows)
    assert words(found, ("U35519", "0880", 2018), ("U35519", "0880", 2019)) == ["Nej", "Ja"]
    assert not found.findings("unit-twice")


def test_a_column_with_one_year_is_no_indicator(read: Callable[..., Read]) -> None:
    found = read([["År", *HEAD, NARSTAENDE], [2019, "0880", "Kalmar", "Nej"], [2019, "0881", "Nybro", "Nej"]])
    assert set(found.results.edition(2019).cells) == {"U35519"}


@pytest.mark.parametrize("merged", [["C1:D1", "E1:F1"], []])
def test_years_may_stand_above_the_titles(read: Callable[..., Read], merged: list[str]) -> None:
    rows = [
        [None, None, "År 2018", None, "År 2019"],
        [*HEAD, *[NARSTAENDE, EKONOMI] * 2],
        ["0880", "Kalmar", "Nej", "Nej", "Ja", "Nej"],
    ]
    found = read([[*rows[0], None], *rows[1:]], merged={"Resultat": merged})
    assert words(found, ("U35519", "0880", 2018), ("U35519", "0880", 2019)) == ["Nej", "Ja"]


def test_sheets_by_year_are_editions(read: Callable[..., Read]) -> None:
    sheets = {f"Resultat {y}": [[*HEAD, NARSTAENDE], ["0880", "Kalmar", answer]] for y, answer in ((2018, "Nej"), (2019, "Ja"))}
    found = read(sheets, name="oj-2018-2019.xlsx")
    assert words(found, ("U35519", "0880", 2018), ("U35519", "0880", 2019)) == ["Nej", "Ja"]


def test_a_file_named_by_two_years_must_hold_both(read: Callable[..., Read]) -> None:
    with pytest.raises(SourceError, match="does not tell which year"):
        read([[*HEAD, NARSTAENDE], ["0880", "Kalmar", "Ja"]], name="oj-2018-2019.xlsx")


def test_a_sheet_may_be_about_one_indicator_that_its_title_names(read: Callable[..., Read]) -> None:
    def sheet(title: str, answer: str) -> list[list[Any]]:
        return [[f"3b. {title}"], [], [*HEAD, "Svar", "Antal svar"], ["0880", "Kalmar", answer, 1], ["0881", "Nybro", "Ja", 1]]

    found = read({"Fråga 1": sheet(NARSTAENDE, "Ja"), "Fråga 2": sheet(EKONOMI, "Nej")})
    assert words(found, ("U35519", "0880", 2019), ("U35505", "0880", 2019)) == ["Ja", "Nej"]


def test_of_the_shares_of_each_answer_only_that_of_ja_is_the_result(read: Callable[..., Read]) -> None:
    rows = [
        ["Länskod", "Län", METODER, None, None, MED_BARN, None, None],
        [None, None, "Ja, för alla", "Ja, men inte för vissa", "Nej", "Ja", "Nej, men fattat beslut", "Nej"],
        ["08", "Kalmar län", 20, 30, 50, 8, 12, 80],
    ]
    found = read(rows, merged={"Resultat": ["C1:E1", "F1:H1"]})
    assert (found.value("U35522", "08"), found.value("U35523", "08")) == (Share(Decimal(20)), Share(Decimal(8)))


@pytest.mark.parametrize("tail", [", andel Nej", " (andel Nej)", " – antal svar", " (antal)"])
def test_a_title_that_says_it_is_beside_the_result_is_not_read_as_it(read: Callable[..., Read], tail: str) -> None:
    found = read([["Länskod", "Län", NARSTAENDE, NARSTAENDE + tail], ["08", "Kalmar län", 63, 37]])
    assert found.value("U35519", "08") == Share(Decimal(63))
    assert [f.cell for f in found.findings("column-skipped")] == ["D1"]


def test_two_long_unknown_titles_that_differ_in_the_last_word_are_two_indicators(read: Callable[..., Read]) -> None:
    title = "Har en aktuell handlingsplan för arbetet tillsammans med frivilliga organisationer kring "
    found = read([[*HEAD, title + "alkohol", title + "spel"], ["0880", "Kalmar", "Ja", "Nej"], ["0881", "Nybro", "Ja", "Ja"]])
    assert len(found.results.edition(2019).cells) == 2
    assert not found.errors


def test_why_no_column_could_be_read_is_said(read: Callable[..., Read]) -> None:
    with pytest.raises(SourceError, match=r"Resultat!C1: .* stands here and in D1"):
        read([[*HEAD, NARSTAENDE, f"2. {NARSTAENDE}"], ["0880", "Kalmar", "Ja", "Nej"]])


def test_hidden_rows_columns_and_sheets_are_read_and_noted(tmp_path: Any, catalogue: Catalogue) -> None:
    rows = [[*HEAD, NARSTAENDE, EKONOMI], ["0880", "Kalmar", "Ja", "Nej"]]
    path = write_book(
        tmp_path / "oj-2019.xlsx", {"Om": [["Om"]], "Resultat": rows, "Mer": [rows[0], ["0881", "Nybro", "Nej", "Ja"]]}
    )
    book = load_workbook(path)
    book["Resultat"].row_dimensions[2].hidden = True
    book["Resultat"].column_dimensions.group("D", "XFD", hidden=True)
    book["Mer"].sheet_state = "veryHidden"
    book.save(path)
    found = Read(load_results([path], catalogue, cache=False))
    assert words(found, ("U35505", "0880", 2019), ("U35505", "0881", 2019)) == ["Nej", "Ja"]
    said = {f.sheet: f.message for f in found.findings("hidden")}
    assert said["Resultat"].endswith(": row 2, column D")
    assert said["Mer"].endswith(": the sheet")


def test_a_row_for_each_indicator_and_a_column_for_each_kommun_is_read(read: Callable[..., Read]) -> None:
    rows = [
        ["Öppna jämförelser 2019", None, None, None],
        [None, "0880", "0881", "08"],
        ["Indikator", "Kalmar", "Nybro", "Kalmar län"],
        [f"1. {NARSTAENDE}", "Ja", "Nej", 63],
        [EKONOMI, "-", "Kanske", 50],
    ]
    found = read(rows)
    assert words(found, ("U35519", "0880", 2019), ("U35519", "0881", 2019)) == ["Ja", "Nej"]
    assert (found.value("U35505", "08"), found.cell("U35505", "08")) == (Share(Decimal(50)), "Resultat!D5")
    assert [f.cell for f in found.findings("not-understood")] == ["C5"]
    assert found.findings("turned")


def test_a_kommun_with_two_columns_in_a_turned_sheet_is_named_by_them(read: Callable[..., Read]) -> None:
    found = read([["Indikator", "Kalmar", "Nybro", "Kalmar"], [NARSTAENDE, "Ja", "Nej", "Nej"], [EKONOMI, "Ja", "Ja", "Ja"]])
    assert [(f.cell, "column B" in f.message) for f in found.findings("unit-twice")] == [("D1", True)]


def test_a_lan_without_a_value_in_long_form_is_no_heading(read: Callable[..., Read]) -> None:
    rows = [[*HEAD, "Indikator", "Svar"]]
    rows += [
        [code, name, title, None if code == "08" else "Ja"]
        for title in (NARSTAENDE, EKONOMI)
        for code, name in (("0880", "Kalmar"), ("08", "Kalmar län"))
    ]
    assert read(rows).value("U35519", "08") == Missing(Reason.BORTFALL)


def test_a_sheet_about_one_indicator_may_have_names_alone(read: Callable[..., Read]) -> None:
    sheets = {str(n): [[title], ["Kommun", "Svar"], ["Kalmar", "Ja"]] for n, title in enumerate((NARSTAENDE, EKONOMI))}
    assert words(read(sheets), ("U35519", "0880", 2019), ("U35505", "0880", 2019)) == ["Ja", "Ja"]


def test_fractions_in_a_sheet_of_few_are_told_by_the_other_sheets(read: Callable[..., Read]) -> None:
    many = [["Länskod", "Län", NARSTAENDE], *(["08", "Kalmar", 0.63], ["07", "Kronoberg", 0.5], ["10", "Blekinge", 0.4])]
    found = read({"Län": many, "Riket": [["Namn", NARSTAENDE], ["Riket", 0.47]]})
    assert found.value("U35519", "00") == Share(Decimal(47))
    assert [(f.severity, f.sheet, f.cell) for f in found.findings("fraction-or-percent")] == [("warning", "Riket", "B2")]
