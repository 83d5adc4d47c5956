"""Cells as hands write them: signs for no value in many words, TRUE and FALSE, slips among codes; and years in many places."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from made_workbooks import MED_BARN, METODER, NARSTAENDE, NYBESOK
from read_back import Read

from ojreport.model.value import Missing, Reason

HEAD = ["Kommunkod", "Kommun"]
NAMES = [("0880", "Kalmar"), ("0881", "Nybro"), ("0882", "Oskarshamn"), ("0883", "Västervik")]
CODES = [
    "0114",
    "0139",
    "0305",
    "0643",
    "0680",
    "0821",
    "0834",
    "0840",
    "0860",
    "0861",
    "0862",
    "0884",
    "0885",
    "0980",
    "1438",
    "1490",
]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("(-)", "bortfall"),
        ("--", "bortfall"),
        ("Uppgift saknas.", "bortfall"),
        ("Har ej deltagit", "bortfall"),
        ("Redovisas ej p.g.a. bortfall", "bortfall"),
        ("Inga uppgifter", "bortfall"),
        ("Ej aktuellt", "ej_tillamplig"),
        (". .", "sekretess"),
        ("(x)", "sekretess"),
        ("Skyddas av sekretess", "sekretess"),
    ],
)
def test_no_value_is_said_in_many_ways(read: Callable[..., Read], raw: str, reason: str) -> None:
    found = read([[*HEAD, NARSTAENDE, METODER], ["0880", "Kalmar", raw, "Nej"], ["0881", "Nybro", "Ja", "Nej"]])
    assert found.value("U35519", "0880") == Missing(Reason(reason))
    assert not found.errors


@pytest.mark.parametrize("raw", ["#", "…", "n/a", "*", "Redovisas ej", "Vet ej"])
def test_a_sign_that_does_not_say_why_is_bortfall_with_a_warning(read: Callable[..., Read], raw: str) -> None:
    found = read([[*HEAD, NARSTAENDE, METODER], ["0880", "Kalmar", raw, "Nej"], ["0881", "Nybro", "Ja", "Nej"]])
    assert found.value("U35519", "0880") == Missing(Reason.BORTFALL)
    assert [(f.severity.value, f.cell) for f in found.findings("unclear-missing")] == [("warning", "C2")]


@pytest.mark.parametrize("raw", ["Nej, sekretess hindrar", "Ja, trots bortfall", "?", "ca hälften"])
def test_a_text_that_is_more_than_a_sign_is_left_out_and_reported(read: Callable[..., Read], raw: str) -> None:
    found = read([[*HEAD, NARSTAENDE, METODER], ["0880", "Kalmar", raw, "Nej"], ["0881", "Nybro", "Ja", "Nej"]])
    assert found.value("U35519", "0880") == Missing(Reason.EJ_I_FILEN)
    assert [f.cell for f in found.findings("not-understood")] == ["C2"]


@pytest.mark.parametrize(("yes", "no"), [(True, False), ("SANT", "FALSKT")])
def test_true_and_false_are_ja_and_nej_with_a_warning(read: Callable[..., Read], yes: object, no: object) -> None:
    found = read([[*HEAD, NARSTAENDE, METODER], ["0880", "Kalmar", yes, "Nej"], ["0881", "Nybro", no, "Nej"]])
    assert [found.word("U35519", c) for c in ("0880", "0881")] == ["Ja", "Nej"]
    assert len(found.findings("true-false")) == 1


def test_true_is_no_answer_where_there_are_two_kinds_of_ja(read: Callable[..., Read]) -> None:
    assert read([[*HEAD, METODER], ["0880", "Kalmar", True], ["0881", "Nybro", "Nej"]]).findings("not-understood")


@pytest.mark.parametrize(
    ("title", "indicator", "raw", "label"),
    [
        (METODER, "U35522", "Ja för alla", "Ja, för alla"),
        (METODER, "U35522", "Ja, delvis", "Ja, men inte för vissa"),
        (METODER, "U35522", "Ja, för vissa", "Ja, men inte för vissa"),
        (MED_BARN, "U35523", "Nej – men har fattat beslut", "Nej, men fattat beslut"),
        (NYBESOK, "U35537", "inom tre dagar", "Inom 3 dagar"),
        (NYBESOK, "U35537", "0-3 dgr", "Inom 3 dagar"),
        (NYBESOK, "U35537", "4 till 7 dagar", "4–7 dagar"),
        (NYBESOK, "U35537", ">15 dagar", "Mer än 15 dagar"),
        (NARSTAENDE, "U35519", "1 = Ja", "Ja"),
        (NARSTAENDE, "U35519", "Nej (0)", "Nej"),
    ],
)
def test_an_answer_may_be_worded_otherwise(read: Callable[..., Read], title: str, indicator: str, raw: str, label: str) -> None:
    assert read([[*HEAD, title], ["0880", "Kalmar", raw], ["0881", "Nybro", "-"]]).word(indicator, "0880") == label


def test_a_slip_among_codes_that_the_heading_explains_costs_one_cell(read: Callable[..., Read]) -> None:
    rows = [[*area, value] for area, value in zip(NAMES, (1, 2, 7, 2), strict=True)]
    found = read([[*HEAD, f"{NARSTAENDE} (Ja=1, Nej=2)"], *rows])
    assert [found.word("U35519", c) for c in ("0880", "0881", "0883")] == ["Ja", "Nej", "Nej"]
    assert [(f.kind, f.cell) for f in found.errors] == [("not-understood", "C4")]


def test_a_slip_among_many_codes_costs_one_cell(read: Callable[..., Read]) -> None:
    rows = [[code, None, n % 2] for n, code in enumerate([*CODES, *(c for c, _ in NAMES)])]
    rows[3][2] = 7
    found = read([[*HEAD, NARSTAENDE], *rows])
    assert (found.word("U35519", CODES[0]), found.word("U35519", CODES[1])) == ("Nej", "Ja")
    assert [(f.kind, f.cell) for f in found.errors] == [("not-understood", "C5")]


def test_a_third_code_in_a_short_column_may_be_another_scale_and_nothing_is_read(read: Callable[..., Read]) -> None:
    rows = [[*area, value] for area, value in zip(NAMES, (0, 1, 2, 1), strict=True)]
    assert [f.kind for f in read([[*HEAD, NARSTAENDE], *rows]).errors] == ["unknown-codes"]


def test_a_legend_may_have_its_codes_in_cells_of_their_own(read: Callable[..., Read]) -> None:
    rows = [[*area, value] for area, value in zip(NAMES, (1, 2, 2, 1), strict=True)]
    found = read([["Svar"], [1, "Ja"], [2, "Nej"], [], [*HEAD, NARSTAENDE], *rows])
    assert [found.word("U35519", c) for c, _ in NAMES] == ["Ja", "Nej", "Nej", "Ja"]


def test_the_same_row_twice_is_a_warning_and_with_other_values_an_error(read: Callable[..., Read]) -> None:
    rows = [["0880", "Kalmar", "Ja"], ["0880", "Kalmar", "Ja"], ["0881", "Nybro", "Ja"], ["0881", "Nybro", "Nej"]]
    found = read([[*HEAD, NARSTAENDE], *rows])
    assert [(f.severity.value, f.cell) for f in found.findings("unit-twice")] == [("warning", "A3"), ("error", "A5")]


# --------------------------------------------------------------------------------------------------------------- years


@pytest.mark.parametrize(
    "title",
    [
        ["ÖJ 2019"],
        ["2019 års öppna jämförelser"],
        ["Publicerad 2020-06-12", "Öppna jämförelser 2019"],
        ["Enkät 2019 – socialtjänstens öppna jämförelser", "Uppgifterna avser 2018"],
        ["2018-06-12: öppna jämförelser för missbruks- och beroendevården", "ÖJ, 2019"],
        ["Öppna\njämförelser av missbruks- och beroendevården, våren 2019"],
    ],
)
def test_the_title_tells_the_year_in_many_ways(read: Callable[..., Read], title: list[str]) -> None:
    sheets = {"Om": [[t] for t in title], "Resultat": [[*HEAD, NARSTAENDE], ["0880", "Kalmar", "Ja"]]}
    assert read(sheets, name="resultat.xlsx").year == 2019


def test_the_title_may_stand_on_a_later_sheet(read: Callable[..., Read]) -> None:
    sheets = {name: [["Om"]] for name in ("A", "B", "C", "D")} | {"Titel": [["Öppna jämförelser 2019"]]}
    assert read({**sheets, "R": [[*HEAD, NARSTAENDE], ["0880", "Kalmar", "Ja"]]}, name="resultat.xlsx").year == 2019


def test_a_year_in_a_cell_of_its_own_is_taken_with_a_warning(read: Callable[..., Read]) -> None:
    sheets = {"Om": [["Öppna jämförelser"], ["År", 2019]], "R": [[*HEAD, NARSTAENDE], ["0880", "Kalmar", "Ja"]]}
    found = read(sheets, name="resultat.xlsx")
    assert (found.year, len(found.findings("year"))) == (2019, 1)
