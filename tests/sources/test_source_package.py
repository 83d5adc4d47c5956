"""What is found out about a file before it is parsed: sheets that reach too far, error cells, formulas without a value."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from made_workbooks import EKONOMI, NARSTAENDE, write_book
from openpyxl import load_workbook
from openpyxl.styles import Font
from read_back import Read

from ojreport.catalogue import Catalogue
from ojreport.errors import SourceError
from ojreport.model.value import Missing, Reason
from ojreport.sources import load_results

HEAD = ["Kommunkod", "Kommun", NARSTAENDE, EKONOMI]
ROWS = [HEAD, ["0880", "Kalmar", "Ja", "Nej"], ["0861", "Mönsterås", "Nej", "Ja"]]
ABSENT = Missing(Reason.EJ_I_FILEN)


def test_a_stray_cell_far_away_is_named_and_never_parsed(tmp_path: Path, catalogue: Catalogue) -> None:
    path = write_book(tmp_path / "oj-2019.xlsx", {"Resultat": ROWS, "Mer & annat": ROWS})
    book = load_workbook(path)
    book["Mer & annat"]["XFD1048576"] = "x"
    book.save(path)
    with pytest.raises(SourceError, match=r"“Mer & annat” of .*oj-2019\.xlsx reaches to XFD1048576"):
        load_results([path], catalogue, cache=False)


def test_a_cell_far_away_that_is_only_formatted_is_no_hindrance(tmp_path: Path, catalogue: Catalogue) -> None:
    path = write_book(tmp_path / "oj-2019.xlsx", {"Resultat": ROWS})
    book = load_workbook(path)
    book["Resultat"]["XFD1048576"].font = Font(bold=True)
    book.save(path)
    assert Read(load_results([path], catalogue, cache=False)).word("U35519", "0880") == "Ja"


def test_a_file_that_unpacks_to_too_much_is_refused(tmp_path: Path, catalogue: Catalogue) -> None:
    path = write_book(tmp_path / "oj-2019.xlsx", {"Resultat": ROWS})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/large.xml", bytes(210_000_000))
    with pytest.raises(SourceError, match=r"oj-2019\.xlsx unpacks to far more"):
        load_results([path], catalogue, cache=False)


@pytest.mark.parametrize("wrong", ["#N/A", "#DIV/0!", "#REF!", "=A1"])
def test_an_error_or_a_formula_without_a_value_is_reported_and_is_no_bortfall(read: Callable[..., Read], wrong: str) -> None:
    found = read([HEAD, ["0880", "Kalmar", wrong, "Nej"], ["0861", "Mönsterås", "Nej", "Ja"]])
    assert found.value("U35519", "0880") == ABSENT
    assert [(f.severity, f.cell) for f in found.findings("error-cell")] == [("error", "C2")]
    assert (found.word("U35505", "0880"), found.word("U35519", "0861")) == ("Nej", "Nej")


def test_an_error_in_the_name_column_leaves_the_row_to_its_code(read: Callable[..., Read]) -> None:
    assert read([HEAD, ["0880", "#N/A", "Ja", "Nej"], *ROWS[2:]]).word("U35519", "0880") == "Ja"


def test_an_error_makes_no_answer_of_an_unknown_indicator(read: Callable[..., Read]) -> None:
    found = read([[*HEAD, "Annat, antal"], ["0880", "Kalmar", "Ja", "Nej", "#N/A"], ["0861", "Mönsterås", "Nej", "Ja", 4]])
    assert found.results.indicators["x-annat-antal"].scale.is_number


def test_a_formula_whose_value_is_an_empty_text_is_bortfall(tmp_path: Path, catalogue: Catalogue) -> None:
    path = write_book(tmp_path / "oj-2019.xlsx", {"Resultat": [HEAD, ["0880", "Kalmar", "=B2", "Nej"], ROWS[2]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'<c r="C2"', b'<c r="C2" t="str"')
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    found = Read(load_results([path], catalogue, cache=False))
    assert found.value("U35519", "0880") == Missing(Reason.BORTFALL)
    assert not found.errors
