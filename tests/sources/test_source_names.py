"""Rows and tables that name areas without codes, and in other words than the catalogue's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from made_workbooks import EKONOMI, NARSTAENDE
from read_back import Read

ROWS = [["Kalmar", "Ja", "Nej"], ["Mönsterås", "Nej", "Ja"]]


@pytest.mark.parametrize("between", [", ", " ", " - ", " – ", ": ", "/", "s stad, "])
def test_a_stadsdel_is_known_behind_its_kommun_whatever_stands_between(read: Callable[..., Read], between: str) -> None:
    found = read([["Kommun/stadsdel", NARSTAENDE, EKONOMI], *ROWS, [f"Göteborg{between}Angered", "Ja", "Nej"]])
    assert found.word("U35519", "148001") == "Ja"


def test_a_stadsdel_of_another_kommun_is_left_out_and_reported(read: Callable[..., Read]) -> None:
    found = read([["Kommun/stadsdel", NARSTAENDE, EKONOMI], *ROWS, ["Stockholm Angered", "Ja", "Nej"]])
    assert found.findings("row-not-understood")


@pytest.mark.parametrize("name", ["Totalt", "Samtliga kommuner", "RIKET", "Hela riket"])
def test_the_code_of_riket_goes_with_any_word_for_the_whole(read: Callable[..., Read], name: str) -> None:
    found = read([["Kod", "Namn", NARSTAENDE], ["0880", "Kalmar", "Ja"], ["00", name, 63]])
    assert str(found.value("U35519", "00").percent) == "63"


@pytest.mark.parametrize("heading", [None, "Riket"])
def test_a_table_whose_names_have_no_heading_is_found(read: Callable[..., Read], heading: str | None) -> None:
    found = read({"Riket": [[heading, NARSTAENDE], ["Riket", 63]], "Kommuner": [["Kommun", NARSTAENDE, EKONOMI], *ROWS]})
    assert str(found.value("U35519", "00").percent) == "63"


def test_the_only_year_that_is_named_is_the_edition_s_and_is_reported(read: Callable[..., Read]) -> None:
    found = read(
        [["Resultat för missbruks- och beroendevården 2018"], ["Kommun", NARSTAENDE, EKONOMI], *ROWS], name="resultat.xlsx"
    )
    assert found.year == 2018
    assert found.findings("year")
