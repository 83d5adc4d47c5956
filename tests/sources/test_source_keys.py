"""Which columns and rows name an area, where headings are misspelt, lacking, or hold more than one thing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from made_workbooks import EKONOMI, NARSTAENDE, OVERENSKOMMELSE
from read_back import Read

from ojreport.model.value import Share

KALMAR, NYBRO = ["Kalmar", "Ja", "Nej"], ["Nybro", "Nej", "Ja"]
TITLES = [NARSTAENDE, EKONOMI]


@pytest.mark.parametrize(
    "heading", ["Kommunkåd", "Kommunkodd", "SCB-kod", "Kom-kod", "Kommunkod (4 siffror)", "Kommunkod 2019", "Nr"]
)
def test_a_code_column_is_known_whatever_its_heading_says(read: Callable[..., Read], heading: str) -> None:
    rows = [[heading, "Kommun", *TITLES], ["0880", *KALMAR], ["0881", *NYBRO], ["0882", "Oskarshamn", "Ja", "Ja"]]
    found = read(rows)
    assert set(found.results.edition(2019).cells) == {"U35519", "U35505"}
    assert found.word("U35519", "0882") == "Ja"


@pytest.mark.parametrize("heading", ["Enhet", "Huvudman", "Kommun (och stadsdel i Stockholm och Göteborg)", None])
def test_a_column_of_names_is_known_by_the_names(read: Callable[..., Read], heading: str | None) -> None:
    assert read([[heading, *TITLES], KALMAR, NYBRO]).word("U35505", "0881") == "Ja"


def test_names_are_held_against_codes_also_under_a_heading_that_is_not_known(read: Callable[..., Read]) -> None:
    found = read([["Kommunkod", "Huvudman", *TITLES], ["0880", *KALMAR], ["0881", *NYBRO], ["0882", *NYBRO]])
    assert [(f.kind, f.cell) for f in found.errors] == [("code-name", "A4")]


@pytest.mark.parametrize("between", [" ", "\u00a0", " - ", ", ", ". ", ": ", "\n"])
def test_code_and_name_may_stand_in_one_cell(read: Callable[..., Read], between: str) -> None:
    found = read([["Kommun", *TITLES], [f"0880{between}Kalmar", "Ja", "Nej"], [f"08{between}Kalmar län", 63, 40]])
    assert (found.word("U35519", "0880"), found.value("U35519", "08")) == ("Ja", Share(Decimal(63)))


def test_a_rank_before_a_name_is_no_code(read: Callable[..., Read]) -> None:
    """8 is Kalmar län's code, and 1 Stockholms län's; in "8. Kalmar" it is a place in a list."""
    found = read([["Kommun", *TITLES], ["8. Kalmar", "Ja", "Nej"], ["9. Nybro", "Ja", "Nej"], KALMAR])
    assert {a.code for a in found.results.edition(2019).areas} == {"0880"}
    assert len(found.findings("row-not-understood")) == 2


def test_stadsdelar_may_stand_under_their_kommun_by_their_own_names(read: Callable[..., Read]) -> None:
    rows = [
        ["Stadsdel", *TITLES],
        ["Göteborg"],
        ["Angered", "Ja", "Nej"],
        ["SDN Lundby", "Nej", "Nej"],
        ["Stockholm"],
        ["Farsta", "Ja"],
    ]
    found = read({"Stadsdelar": [[*r, *[None] * (3 - len(r))] for r in rows]})
    assert [found.word("U35519", c) for c in ("148001", "148009", "018011")] == ["Ja", "Nej", "Ja"]
    assert not found.errors


@pytest.mark.parametrize("name", ["Gbg, Angered", "Göteborgs stad: Angered", "Angereds stadsdelsnämnd", "Angered (Göteborg)"])
def test_a_stadsdel_has_many_ways_to_be_named(read: Callable[..., Read], name: str) -> None:
    found = read([["Kommunkod", "Kommun", *TITLES], ["0880", *KALMAR], ["1480", name, "Ja", "Nej"]])
    assert found.word("U35519", "148001") == "Ja"


def test_a_file_that_numbers_its_stadsdelar_otherwise_is_read_by_name_and_noted(read: Callable[..., Read]) -> None:
    found = read(
        [["Kod", "Namn", *TITLES], ["148001", "Göteborg, Lundby", "Ja", "Nej"], ["148009", "Göteborg, Angered", "Nej", "Ja"]]
    )
    assert (found.word("U35519", "148009"), found.word("U35519", "148001")) == ("Ja", "Nej")
    assert {f.severity.value for f in found.findings("stadsdel-code")} == {"note"}


def test_a_stadsdel_of_another_year_is_kept_and_reported(read: Callable[..., Read]) -> None:
    found = read([["Kommun", *TITLES], KALMAR, ["Stockholm, Hägersten-Älvsjö", "Ja", "Nej"]], name="oj-2020.xlsx")
    assert found.word("U35519", "018015") == "Ja"
    assert found.findings("stadsdel-year")


def test_a_column_for_stadsdelar_may_say_that_the_row_is_the_whole_kommun(read: Callable[..., Read]) -> None:
    rows = [["0880", "Kalmar", "Hela kommunen", "Ja"], ["1480", "Göteborg", "Angered", "Nej"], ["1480", None, "Lundby", "Ja"]]
    found = read([["Kommunkod", "Kommun", "Stadsdel", NARSTAENDE], *rows])
    assert [found.word("U35519", c) for c in ("0880", "148001", "148009")] == ["Ja", "Nej", "Ja"]


def test_the_code_of_its_lan_does_not_make_a_row_the_lan(read: Callable[..., Read]) -> None:
    head = ["Länskod", "Län", "Kommunkod", "Kommun", NARSTAENDE]
    rows = [["08", "Kalmar län", None, "Nybro", "Ja"], ["14", "Västra Götalands län", None, "Göteborg, Angered", "Nej"]]
    found = read([head, ["08", "Kalmar län", "0880", "Kalmar", "Ja"], *rows, ["08", "Kalmar län", None, None, 63]])
    assert (found.word("U35519", "0881"), found.word("U35519", "148001")) == ("Ja", "Nej")
    assert found.value("U35519", "08") == Share(Decimal(63))


def test_a_name_that_is_a_kommuns_and_a_lans_is_told_by_the_rows_around_it(read: Callable[..., Read]) -> None:
    kommuner = [["0880", "Kalmar", "Ja"], ["0881", "Nybro", "Nej"], [None, "Uppsala", "Ja"], ["2584", "Kiruna", "Nej"]]
    lan = [[None, "Jönköping", 40], [None, "Kalmar", 63], [None, "Skåne", 55], [None, "Riket", 60]]
    found = read([["Kommunkod", "Kommun", NARSTAENDE], *kommuner, *lan])
    assert [found.word("U35519", c) for c in ("0380", "0880")] == ["Ja", "Ja"]
    assert [found.value("U35519", c) for c in ("06", "08", "12")] == [Share(Decimal(n)) for n in (40, 63, 55)]
    assert not found.errors


def test_a_sheet_for_each_lan_is_a_sheet_of_its_kommuner(read: Callable[..., Read]) -> None:
    found = read({"Kalmar län": [["Namn", NARSTAENDE], ["Kalmar", "Ja"], ["Nybro", "Nej"]]})
    assert found.word("U35519", "0880") == "Ja"


def test_a_misspelt_name_without_a_code_is_read_and_reported_only_if_no_other_is_near(read: Callable[..., Read]) -> None:
    found = read([["Kommun", *TITLES], KALMAR, ["Oskarhamn", "Ja", "Nej"], ["Hbo", "Ja", "Nej"]])
    assert found.word("U35519", "0882") == "Ja"
    assert [f.cell for f in found.findings("name-spelling")] == ["A3"]
    assert [f.cell for f in found.findings("row-not-understood")] == ["A4"]


def test_a_first_row_that_is_no_area_is_no_heading(read: Callable[..., Read]) -> None:
    found = read([["Kommun", *TITLES], ["Pendlingskommuner", 63, 41], KALMAR, NYBRO])
    assert found.word("U35505", "0881") == "Ja"
    assert [f.cell for f in found.findings("row-not-understood")] == ["A2"]


def test_a_note_that_speaks_of_codes_ends_no_table(read: Callable[..., Read]) -> None:
    found = read([["Kommunkod", "Kommun", *TITLES], ["0880", *KALMAR], [], ["Kommunkod"], ["se SCB"], ["0881", *NYBRO]])
    assert found.word("U35505", "0881") == "Ja"


def test_a_stray_heading_among_the_rows_begins_no_table(read: Callable[..., Read]) -> None:
    found = read([["Kommunkod", "Kommun", *TITLES], ["0880", *KALMAR], ["Kommunkod", "Oskarshamn", "Ja", "Ja"], ["0881", *NYBRO]])
    assert [found.word("U35505", c) for c in ("0880", "0882", "0881")] == ["Nej", "Ja", "Ja"]


def test_a_list_of_indicators_that_names_kommuner_is_no_table(read: Callable[..., Read]) -> None:
    about = [["Publicerade svar"], [OVERENSKOMMELSE, "Kalmar", "Ja"], [NARSTAENDE, "Kalmar", "Nej"], [EKONOMI, "Nybro", "Ja"]]
    found = read({"Om filen": about, "Resultat": [["Kommun", *TITLES], KALMAR, NYBRO]})
    assert (found.word("U35519", "0880"), found.results.asked("U35513", 2019)) == ("Ja", False)
    assert [f.sheet for f in found.findings("sheet-skipped")] == ["Om filen"]


def test_a_sheet_that_names_many_areas_and_is_not_understood_is_a_warning(read: Callable[..., Read]) -> None:
    turned = [["Mått", "Kalmar", "Nybro", "Oskarshamn"], ["Ett", 1, 2, 3]]
    found = read({"Vriden": turned, "Resultat": [["Kommun", *TITLES], KALMAR]})
    assert [(f.sheet, f.severity.value) for f in found.findings("sheet-not-understood")] == [("Vriden", "warning")]


def test_columns_about_the_kommun_are_no_indicators(read: Callable[..., Read]) -> None:
    head = ["Kommunkod", "Kommun", "Kommungrupp", "Folkmängd 2018", "Svarat på enkäten", NARSTAENDE]
    found = read([head, ["0880", "Kalmar", "B3", 68510, "Ja", "Ja"], ["0881", "Nybro", "C6", 20000, "Ja", "Nej"]])
    assert set(found.results.edition(2019).cells) == {"U35519"}
    assert [f.cell for f in found.findings("column-skipped")] == ["C1", "D1", "E1"]
