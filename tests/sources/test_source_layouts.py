"""Header, columns and rows are found by what they say, wherever they stand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from made_workbooks import EKONOMI, MED_BARN, METODER, NARSTAENDE, OVERENSKOMMELSE

from ojreport.model.area import Level
from ojreport.model.value import Number, Share

KALMAR = ["0880", "Kalmar", "Ja"]


@pytest.mark.parametrize("heading", ["K-kod", "Kommunkod", "Kommun-kod", "Kommun-/stadsdels-kod", "Kod", "KOMMUNKOD *"])
def test_the_code_column_is_known_by_its_heading(read: Callable[..., Any], heading: str) -> None:
    assert read([[heading, "Namn", NARSTAENDE], KALMAR]).word("U35519", "0880") == "Ja"


@pytest.mark.parametrize("above", [0, 1, 3, 10, 38])
def test_the_header_may_stand_below_a_preamble(read: Callable[..., Any], above: int) -> None:
    rows = [["Kontakt: någon"] for _ in range(above)] + [["Kommunkod", "Kommun", NARSTAENDE], KALMAR]
    found = read(rows)
    assert found.word("U35519", "0880") == "Ja"
    assert found.cell("U35519", "0880") == f"Resultat!C{above + 2}"


def test_cells_keep_their_address_where_the_sheet_begins_below_and_right_of_a1(read: Callable[..., Any]) -> None:
    blank: list[list[None]] = [[], [], [], []]
    found = read([*blank, [None, None, None, "Kommunkod", "Namn", NARSTAENDE], [None, None, None, *KALMAR]])
    assert found.cell("U35519", "0880") == "Resultat!F6"


def test_columns_stand_in_any_order(read: Callable[..., Any]) -> None:
    found = read([[NARSTAENDE, "Kommun", OVERENSKOMMELSE, "Kommunkod"], ["Nej", "Kalmar", "Ja", "0880"]])
    assert (found.word("U35519", "0880"), found.word("U35513", "0880")) == ("Nej", "Ja")


def test_group_headings_and_sub_headings_are_told_from_titles(read: Callable[..., Any]) -> None:
    found = read(
        [
            ["Öppna jämförelser 2019"],
            [None, None, "Helhetssyn och samordning", None, "Kunskapsbaserad verksamhet"],
            ["Kommunkod", "Kommun", f"1a. {OVERENSKOMMELSE}", f"1b. {EKONOMI}", f"2. {NARSTAENDE}"],
            [None, None, "Ja/Nej", "Svar – Indikator", "Andel Ja, procent"],
            ["0880", "Kalmar", "Ja", "Nej", "Ja"],
        ],
        merged={"Resultat": ["C2:D2", "A3:A4", "B3:B4"]},
    )
    assert [found.word(i, "0880") for i in ("U35513", "U35505", "U35519")] == ["Ja", "Nej", "Ja"]
    assert not found.findings("unknown-indicator")


def test_the_code_heading_may_stand_on_the_lowest_header_row(read: Callable[..., Any]) -> None:
    found = read([[None, None, NARSTAENDE, METODER], ["Kommunkod", "Kommun", "Ja/Nej", "Ja/Delvis/Nej"], [*KALMAR, "Nej"]])
    assert (found.word("U35519", "0880"), found.word("U35522", "0880")) == ("Ja", "Nej")


def test_a_title_that_is_split_over_a_merged_heading_and_its_columns_is_put_together(read: Callable[..., Any]) -> None:
    group = "Aktuell rutin för samordning mellan missbruk- och beroendevård och"
    found = read(
        [["Kommunkod", "Kommun", group, None], [None, None, "LSS", "äldreomsorg"], ["0880", "Kalmar", "Ja", "Nej"]],
        merged={"Resultat": ["C1:D1"]},
    )
    assert (found.word("U35511", "0880"), found.word("U35512", "0880")) == ("Ja", "Nej")


def test_only_the_value_is_read_where_counts_stand_beside_it(read: Callable[..., Any]) -> None:
    found = read(
        [
            ["Länskod", "Län", NARSTAENDE, None, None],
            [None, None, "Antal svar", "Andel Ja", "Andel Nej"],
            ["08", "Kalmar län", 12, 75, 25],
        ],
        merged={"Resultat": ["C1:E1"]},
    )
    assert found.value("U35519", "08") == Share(Decimal(75))
    assert len(found.findings("column-skipped")) == 2


def test_a_group_heading_does_not_make_another_column_its_indicator(read: Callable[..., Any]) -> None:
    """A column "Antal lägenheter totalt" under the heading "Bostad först" is not the answer about Bostad först."""
    found = read(
        [
            ["Kommunkod", "Kommun", "Bostad först", None],
            [None, None, "Ja/Nej", "Hur många lägenheter totalt"],
            ["0880", "Kalmar", "Ja", 1],
        ],
        merged={"Resultat": ["C1:D1"]},
    )
    assert found.word("U35520", "0880") == "Ja"
    assert found.value("x-hur-manga-lagenheter-totalt", "0880") == Number(Decimal(1))


def test_years_side_by_side_are_editions_of_their_own(read: Callable[..., Any]) -> None:
    found = read(
        [
            ["Kommunkod", "Kommun", NARSTAENDE, None, METODER, None],
            [None, None, 2018, 2019, "2018", "2019"],
            ["0880", "Kalmar", "Nej", "Ja", "Nej", "Ja, för alla"],
        ],
        merged={"Resultat": ["C1:D1"]},
    )
    assert found.results.years == (2018, 2019)
    assert [found.word("U35519", "0880", y) for y in (2018, 2019)] == ["Nej", "Ja"]
    assert [found.word("U35522", "0880", y) for y in (2018, 2019)] == ["Nej", "Ja, för alla"]


def test_a_year_in_one_heading_alone_is_no_edition(read: Callable[..., Any]) -> None:
    found = read([["Kommunkod", "Kommun", f"{NARSTAENDE}, 2018"], KALMAR])
    assert found.results.years == (2019,)
    assert found.findings("heading-year")


def test_sheets_by_dimension_and_by_level_are_merged(read: Callable[..., Any]) -> None:
    found = read(
        {
            "Om filen": [["Öppna jämförelser 2019"], ["Exempeldata"]],
            "Kommuner": [["Kommunkod", "Kommun", NARSTAENDE], KALMAR],
            "Kunskap": [["Kommunkod", "Kommun", METODER], ["0880", "Kalmar", "Nej"]],
            "Län": [["Länskod", "Län", NARSTAENDE], [8, "Kalmar län", 63]],
            "Riket": [["Namn", NARSTAENDE], ["Riket", 62]],
        }
    )
    assert found.word("U35519", "0880") == "Ja"
    assert found.word("U35522", "0880") == "Nej"
    assert (found.value("U35519", "08"), found.value("U35519", "00")) == (Share(Decimal(63)), Share(Decimal(62)))
    assert [f.sheet for f in found.findings("sheet-skipped")] == ["Om filen"]
    assert found.results.example


def test_a_sheet_without_codes_is_read_by_its_names(read: Callable[..., Any]) -> None:
    found = read(
        {"Kommuner": [["Kommun", NARSTAENDE], ["Kalmar", "Ja"]], "Län": [["Län", NARSTAENDE], ["Kalmar", 63], ["Riket", 62]]}
    )
    assert (found.word("U35519", "0880"), found.value("U35519", "08"), found.value("U35519", "00")) == (
        "Ja",
        Share(Decimal(63)),
        Share(Decimal(62)),
    )


def test_a_list_of_indicators_with_a_column_kod_is_no_result_sheet(read: Callable[..., Any]) -> None:
    listing = [["Kod", "Indikator", "Beskrivning"], [1, NARSTAENDE, "Ja eller Nej"], [3, METODER, "Tre svar"]]
    found = read({"Indikatorer": listing, "Resultat": [["Kod", "Namn", NARSTAENDE], KALMAR]})
    assert [f.sheet for f in found.findings("sheet-skipped")] == ["Indikatorer"]
    assert {a.code for a in found.results.edition(2019).areas} == {"0880"}


def test_a_second_block_with_a_header_of_its_own_is_read(read: Callable[..., Any]) -> None:
    found = read(
        [
            ["Kommunkod", "Kommun", NARSTAENDE, METODER],
            [*KALMAR, "Nej"],
            [],
            ["Länskod", "Län", METODER, NARSTAENDE],
            ["08", "Kalmar län", 20, 63],
        ]
    )
    assert found.word("U35519", "0880") == "Ja"
    assert found.value("U35519", "08") == Share(Decimal(63))


def test_headings_notes_and_summaries_among_the_rows_are_reported_and_not_read(read: Callable[..., Any]) -> None:
    found = read(
        [
            ["Kommunkod", "Kommun", NARSTAENDE],
            [None, "Kalmar län", None],
            KALMAR,
            [None, None, None],
            [None, "Antal svarande kommuner", 12],
            [None, "Pendlingskommuner", 61],
            ["1) Avser vuxna.", None, None],
        ]
    )
    assert [a.code for a in found.results.edition(2019).areas] == ["0880"]
    assert [len(found.findings(k)) for k in ("heading-row", "summary-row", "row-not-understood", "row-skipped")] == [1, 1, 1, 1]
    assert found.findings("row-not-understood")[0].cell == "B6"


def test_kommun_and_stadsdel_may_stand_in_columns_of_their_own(read: Callable[..., Any]) -> None:
    rows = [
        ["Länskod", "Län", "Kommunkod", "Kommun", "Stadsdelskod", "Stadsdel", NARSTAENDE],
        ["08", "Kalmar län", "0880", "Kalmar", None, None, "Ja"],
        ["14", "Västra Götalands län", "1480", "Göteborg", 1, "Angered", "Nej"],
        ["14", "Västra Götalands län", "1480", "Göteborg", 4, "Centrum", "Ja"],
        ["08", "Kalmar län", None, None, None, None, 63],
    ]
    found = read(rows)
    assert [found.word("U35519", code) for code in ("0880", "148001", "148004")] == ["Ja", "Nej", "Ja"]
    assert found.value("U35519", "08") == Share(Decimal(63))
    assert not found.errors


def test_the_same_heading_twice_is_an_error_and_neither_column_is_read(read: Callable[..., Any]) -> None:
    found = read([["Kommunkod", "Kommun", NARSTAENDE, METODER, f"2. {NARSTAENDE}"], ["0880", "Kalmar", "Ja", "Nej", "Nej"]])
    assert not found.results.asked("U35519", 2019)
    assert {f.cell for f in found.findings("heading-twice")} == {"C1", "E1"}


def test_a_column_without_a_heading_is_reported(read: Callable[..., Any]) -> None:
    found = read([["Kommunkod", "Kommun", MED_BARN, None], ["0880", "Kalmar", "Ja", "Nej"]])
    assert [f.cell for f in found.findings("no-heading")] == ["D1"]


def test_a_heading_that_the_user_pinned_goes_before_the_catalogue(read: Callable[..., Any]) -> None:
    found = read([["Kommunkod", "Kommun", "Stöd åt dem som står nära"], KALMAR], pins={"Stöd åt dem som står nära": "U35519"})
    assert found.word("U35519", "0880") == "Ja"


def test_levels_are_told_from_the_codes(read: Callable[..., Any]) -> None:
    rows = [
        ["Kod", "Namn", NARSTAENDE],
        ["00", "Riket", 63],
        ["08", "Kalmar län", 50],
        KALMAR,
        ["148001", "Göteborg, Angered", "Ja"],
    ]
    areas = read(rows).results.edition(2019).areas
    assert {a.code: a.level for a in areas} == {
        "00": Level.RIKET,
        "08": Level.LAN,
        "0880": Level.KOMMUN,
        "148001": Level.STADSDEL,
    }


def test_a_group_heading_may_stand_over_its_first_column_only(read: Callable[..., Any]) -> None:
    """As in formats that have no merged cells: the title once, a sub-heading over each of its columns."""
    found = read(
        [
            ["Länskod", "Län", NARSTAENDE, None, METODER, None],
            [None, None, "Andel Ja", "Antal svar", "Andel Ja", "Antal svar"],
            ["08", "Kalmar län", 75, 12, 25, 12],
            ["00", "Riket", 63, 300, 24, 300],
        ]
    )
    assert (found.value("U35519", "00"), found.value("U35522", "00")) == (Share(Decimal(63)), Share(Decimal(24)))
    assert len(found.findings("column-skipped")) == 2


def test_the_title_of_a_group_reaches_its_later_columns(read: Callable[..., Any]) -> None:
    rows = [["Länskod", "Län", NARSTAENDE, None], [None, None, "Antal svar", "Andel Ja"], ["08", "Kalmar län", 12, 75]]
    assert read(rows).value("U35519", "08") == Share(Decimal(75))


def test_a_name_column_without_a_heading_is_found_by_its_names(read: Callable[..., Any]) -> None:
    found = read([["Kommunkod", None, NARSTAENDE], ["0880", "Nybro", "Ja"], ["0881", "Nybro", "Nej"]])
    assert [f.kind for f in found.errors] == ["code-name"]


def test_a_sheet_of_codes_without_names_is_read(read: Callable[..., Any]) -> None:
    assert read([["Kommunkod", NARSTAENDE], ["0880", "Ja"]]).word("U35519", "0880") == "Ja"


def test_a_similar_heading_is_read_and_reported(read: Callable[..., Any]) -> None:
    found = read([["Kod", "Namn", NARSTAENDE.replace("stödprogram", "stödprogam")], KALMAR])
    assert found.word("U35519", "0880") == "Ja"
    assert [(f.severity.value, f.cell) for f in found.findings("similar-title")] == [("warning", "C1")]
