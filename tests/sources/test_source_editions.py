"""What makes an edition: its year, its units, and sheets that must agree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from made_workbooks import METODER, NARSTAENDE, write_book

from ojreport.catalogue import Catalogue
from ojreport.errors import SourceError
from ojreport.sources import load_results

HEAD = ["Kod", "Namn", NARSTAENDE]
KALMAR = ["0880", "Kalmar", "Ja"]
GOTEBORG = ["1480", "Göteborg", "Ja"]


def test_the_title_tells_the_year_before_the_files_name(read: Callable[..., Any]) -> None:
    found = read(
        {"Om": [["Öppna jämförelser av missbruks- och beroendevården 2017"]], "Resultat": [HEAD, KALMAR]}, name="oj-2019.xlsx"
    )
    assert found.results.years == (2017,)
    assert len(found.findings("year")) == 1


def test_the_name_tells_the_year_where_the_title_does_not(read: Callable[..., Any]) -> None:
    assert read([HEAD, KALMAR], name="resultat_2018_slutlig.xlsx").results.years == (2018,)


def test_a_file_without_a_year_is_an_error_that_says_what_to_do(read: Callable[..., Any]) -> None:
    with pytest.raises(SourceError, match=r"resultat\.xlsx.*put the year in the file's name"):
        read([HEAD, KALMAR], name="resultat.xlsx")


def test_example_data_is_known_by_its_first_sheet(read: Callable[..., Any]) -> None:
    assert read(
        {"Om": [["Öppna jämförelser 2019"], [None, "EXEMPELDATA, gjort för visning"]], "R": [HEAD, KALMAR]}
    ).results.example
    assert not read([HEAD, KALMAR]).results.example


def test_a_unit_that_stands_twice_is_an_error_and_the_first_row_is_kept(read: Callable[..., Any]) -> None:
    found = read([HEAD, KALMAR, ["0880", "Kalmar", "Nej"]])
    assert found.word("U35519", "0880") == "Ja"
    assert [(f.kind, f.cell) for f in found.errors] == [("unit-twice", "A3")]
    assert "other values" in found.errors[0].message


def test_two_sheets_that_differ_about_an_answer_are_an_error(read: Callable[..., Any]) -> None:
    found = read({"A": [HEAD, KALMAR], "B": [HEAD, ["0880", "Kalmar", "Nej"]]})
    assert found.word("U35519", "0880") == "Ja"
    assert [(f.kind, f.sheet, f.cell) for f in found.errors] == [("two-values", "B", "C2")]
    assert "A!C2" in found.errors[0].message


def test_two_sheets_that_agree_are_no_finding(read: Callable[..., Any]) -> None:
    assert not read({"A": [HEAD, KALMAR], "B": [HEAD, KALMAR]}).errors


def test_units_without_a_row_are_counted_as_bortfall_and_listed_once(read: Callable[..., Any]) -> None:
    found = read([HEAD, KALMAR, ["148001", "Göteborg, Angered", "Ja"], ["018001", "Stockholm, Rinkeby-Kista", "Nej"]])
    assert len(found.results.units(2019)) == 312
    (finding,) = found.findings("units-missing")
    assert finding.message.startswith("309 of 312 units")
    assert finding.message.endswith("and 299 more")


def test_a_kommun_with_stadsdelar_is_no_unit_itself(read: Callable[..., Any]) -> None:
    units = read([HEAD, GOTEBORG, ["148001", "Göteborg, Angered", "Ja"]]).results.units(2019, ["1480"])
    assert "1480" not in units
    assert len(units) == 10


def test_a_kommun_whose_stadsdelar_have_no_rows_is_the_unit(read: Callable[..., Any]) -> None:
    assert read([HEAD, GOTEBORG]).results.units(2019, ["1480"]) == ("1480",)


def test_stadsdelar_that_the_catalogue_lacks_are_units(read: Callable[..., Any]) -> None:
    found = read([HEAD, ["148091", "Göteborg, Nya Varvet", "Ja"], ["148092", "Göteborg, Gamla Varvet", "Nej"]])
    assert found.results.units(2019, ["1480"]) == ("148091", "148092")
    assert len(found.findings("unknown-stadsdel")) == 2


def test_a_row_whose_code_and_name_differ_is_left_out_with_an_error(read: Callable[..., Any]) -> None:
    found = read([HEAD, ["0880", "Nybro", "Ja"], ["0881", "Nybro", "Nej"]])
    assert not found.results.has_area("0880", 2019)
    assert [(f.kind, f.cell) for f in found.errors] == [("code-name", "A2")]


def test_what_the_year_should_have_and_lacks_is_said(read: Callable[..., Any]) -> None:
    (finding,) = read([HEAD, KALMAR]).findings("indicators-missing")
    assert "of 2019 are not in the file" in finding.message


def test_two_files_of_the_same_year_are_an_error_that_names_both(tmp_path: Path, catalogue: Catalogue) -> None:
    for name in ("oj-2019.xlsx", "oj-2019-ny.xlsx"):
        write_book(tmp_path / name, {"R": [HEAD, KALMAR]})
    with pytest.raises(SourceError, match=r"oj-2019-ny\.xlsx and .*oj-2019\.xlsx both hold the edition of 2019"):
        load_results([tmp_path], catalogue)


def test_an_unknown_indicator_with_another_scale_next_year_is_another_indicator(tmp_path: Path, catalogue: Catalogue) -> None:
    head = ["Kod", "Namn", NARSTAENDE, "Ny fråga"]
    write_book(tmp_path / "oj-2018.xlsx", {"R": [head, [*KALMAR, "Ja"], ["0881", "Nybro", "Nej", "Nej"]]})
    write_book(tmp_path / "oj-2019.xlsx", {"R": [head, [*KALMAR, 12], ["0881", "Nybro", "Nej", 7]]})
    write_book(tmp_path / "oj-2020.xlsx", {"R": [head, [*KALMAR, "Nej"], ["0881", "Nybro", "Nej", "Nej"]]})
    results = load_results([tmp_path], catalogue)
    assert results.years_of("x-ny-fraga") == (2018, 2020)
    assert results.indicators["x-ny-fraga"].years == (2018, 2020)
    assert results.years_of("x-ny-fraga-2019") == (2019,)


def test_headings_are_kept_as_they_stand_in_the_file(read: Callable[..., Any]) -> None:
    found = read([["Kod", "Namn", f"7b. {METODER}*"], ["0880", "Kalmar", "Nej"]])
    assert found.results.edition(2019).titles["U35522"] == f"7b. {METODER}"
