"""Answers, shares and numbers as a whole column tells them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from made_workbooks import EKONOMI, MED_BARN, METODER, NARSTAENDE, NYBESOK, OVERENSKOMMELSE, SOCIONOM, UTREDNING

from ojreport.model.value import Missing, Number, Reason, Share

HEAD = ["Kod", "Namn"]
LAN = [("01", "Stockholms län"), ("03", "Uppsala län"), ("08", "Kalmar län"), ("00", "Riket")]


def shares(*values: object) -> list[list[object]]:
    """Rows of four areas with one share each."""
    return [[*HEAD, NARSTAENDE], *([*area, value] for area, value in zip(LAN, values, strict=True))]


def percents(found: Any) -> list[Decimal]:
    return [found.value("U35519", code).percent for code, _ in LAN]


@pytest.mark.parametrize(
    "written",
    [
        (0.635, 0.5, 1, 0.63),
        (63.5, 50, 100, 63),
        ("63,5 %", "50 %", "100 %", "63 %"),
        ("63,5", "50", "100", "63"),
        ("0,635", "0,5", "1", "0,63"),
        ("63,5\u00a0%", 50, "100", 63.0),
    ],
)
def test_a_share_is_the_same_however_it_is_written(read: Callable[..., Any], written: tuple[object, ...]) -> None:
    found = read(shares(*written))
    assert percents(found) == [Decimal("63.5"), Decimal(50), Decimal(100), Decimal(63)]
    assert not found.errors


def test_a_percent_of_a_fraction_leaves_no_binary_noise(read: Callable[..., Any]) -> None:
    assert [str(p) for p in percents(read(shares(0.29, 0.57, 0.58, 0.1)))] == ["29", "57", "58", "10"]


def test_a_single_share_is_read_as_the_sheets_other_columns_are(read: Callable[..., Any]) -> None:
    fractions = read([[*HEAD, NARSTAENDE, METODER, EKONOMI, MED_BARN], ["00", "Riket", 0.63, 0.24, 0.72, 1]])
    assert fractions.value("U35523", "00") == Share(Decimal(100))
    percentages = read([[*HEAD, NARSTAENDE, METODER], ["00", "Riket", 63, 1]])
    assert percentages.value("U35522", "00") == Share(Decimal(1))


def test_a_share_that_can_be_either_is_left_out_and_reported(read: Callable[..., Any]) -> None:
    found = read([[*HEAD, NARSTAENDE], ["00", "Riket", 0.63]])
    assert found.value("U35519", "00") == Missing(Reason.EJ_I_FILEN)
    assert [f.cell for f in found.findings("fraction-or-percent")] == ["C2"]


def test_a_fraction_among_percentages_is_left_out_and_reported(read: Callable[..., Any]) -> None:
    found = read(shares(63, 0.5, 41, 62))
    assert found.value("U35519", "03") == Missing(Reason.EJ_I_FILEN)
    assert [f.cell for f in found.errors] == ["C3"]


def test_nought_percent_is_nought_in_both_ways_of_writing(read: Callable[..., Any]) -> None:
    assert read(shares(0, 0, 0, 0)).value("U35519", "00") == Share(Decimal(0))


@pytest.mark.parametrize("wrong", [101, -1, "många", "Ja", "120 %"])
def test_what_is_no_share_is_left_out_with_sheet_and_cell(read: Callable[..., Any], wrong: object) -> None:
    found = read(shares(63, wrong, 41, 62))
    assert found.value("U35519", "03") == Missing(Reason.EJ_I_FILEN)
    assert [(f.sheet, f.cell, f.severity.value) for f in found.errors] == [("Resultat", "C3", "error")]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [("-", "bortfall"), ("–", "bortfall"), (None, "bortfall"), (".", "ej_tillamplig"), ("..", "sekretess"), ("X", "sekretess")],
)
def test_a_missing_value_keeps_its_reason_at_every_level(read: Callable[..., Any], raw: str | None, reason: str) -> None:
    rows = [[*HEAD, NARSTAENDE, METODER], ["0880", "Kalmar", raw, "Nej"], ["08", "Kalmar län", raw, 20], ["00", "Riket", raw, 24]]
    found = read(rows)
    assert [found.value("U35519", code) for code in ("0880", "08", "00")] == [Missing(Reason(reason))] * 3


def test_an_answer_that_is_not_on_the_scale_is_left_out_with_its_cell(read: Callable[..., Any]) -> None:
    found = read([[*HEAD, NARSTAENDE, METODER], ["0880", "Kalmar", "Kanske", "Ja"], ["0881", "Nybro", "Ja", "Delvis"]])
    assert [(f.cell, f.kind) for f in found.errors] == [("C2", "not-understood"), ("D2", "not-understood")]
    assert found.value("U35519", "0880") == Missing(Reason.EJ_I_FILEN)


@pytest.mark.parametrize(
    ("heading", "coded", "labels"),
    [
        (NARSTAENDE, (1, 0), ("Ja", "Nej")),
        (f"{NARSTAENDE} (Ja=1, Nej=2)", (1, 2), ("Ja", "Nej")),
        (f"{NARSTAENDE} (Ja=2, Nej=1)", ("2", "1"), ("Ja", "Nej")),
        (f"{METODER}, (Ja, för alla=1, Ja, men inte för vissa=2, Nej=3)", (1, 3.0), ("Ja, för alla", "Nej")),
        (MED_BARN, (2, 0), ("Ja", "Nej")),
    ],
)
def test_codes_are_read_through_the_indicators_own_key(
    read: Callable[..., Any], heading: str, coded: tuple[object, object], labels: tuple[str, str]
) -> None:
    found = read([[*HEAD, heading], ["0880", "Kalmar", coded[0]], ["0881", "Nybro", coded[1]]])
    (indicator,) = found.results.edition(2019).cells
    assert (found.word(indicator, "0880"), found.word(indicator, "0881")) == labels


def test_a_legend_in_the_sheet_goes_before_the_catalogue(read: Callable[..., Any]) -> None:
    found = read([["Svarskoder: Ja = 1, Nej = 2"], [], [*HEAD, NARSTAENDE], ["0880", "Kalmar", 1], ["0881", "Nybro", 2]])
    assert (found.word("U35519", "0880"), found.word("U35519", "0881")) == ("Ja", "Nej")


def test_a_legend_may_have_a_line_for_each_code(read: Callable[..., Any]) -> None:
    found = read([[*HEAD, NARSTAENDE], ["0880", "Kalmar", 1], ["0881", "Nybro", 2], [], ["1 = Ja"], ["2 = Nej"]])
    assert found.word("U35519", "0881") == "Nej"


def test_a_legend_that_speaks_against_the_catalogue_makes_codes_unreadable(read: Callable[..., Any]) -> None:
    """1 = Ja, 2 = Nej says nothing of "Nej, men fattat beslut", but that 2 can not be Ja."""
    found = read([["1 = Ja, 2 = Nej"], [*HEAD, MED_BARN], ["0880", "Kalmar", 2], ["0881", "Nybro", 1]])
    assert found.value("U35523", "0880") == Missing(Reason.EJ_I_FILEN)
    assert len(found.findings("unknown-codes")) == 1


def test_one_code_that_is_not_on_the_scale_makes_the_whole_columns_codes_doubtful(read: Callable[..., Any]) -> None:
    """1 and 2 without a key: Ja and Nej, or Nej and Ja? Nothing is guessed."""
    found = read([[*HEAD, NARSTAENDE], ["0880", "Kalmar", 1], ["0881", "Nybro", 2], ["0882", "Oskarshamn", "Nej"]])
    assert found.value("U35519", "0880") == Missing(Reason.EJ_I_FILEN)
    assert found.word("U35519", "0882") == "Nej"
    assert [f.kind for f in found.errors] == ["unknown-codes"]


def test_a_kommun_with_stadsdelar_has_a_share_in_its_own_row(read: Callable[..., Any]) -> None:
    rows = [[*HEAD, NARSTAENDE], ["1480", "Göteborg", 60], ["148001", "Göteborg, Angered", "Ja"], ["08", "Kalmar län", 41]]
    assert read(rows).value("U35519", "1480") == Share(Decimal(60))


def test_a_one_in_the_row_of_a_kommun_with_stadsdelar_is_not_guessed(read: Callable[..., Any]) -> None:
    rows = [[*HEAD, NARSTAENDE], ["1480", "Göteborg", 1], ["148001", "Göteborg, Angered", 1], ["148004", "Göteborg, Centrum", 0]]
    found = read(rows)
    assert found.value("U35519", "1480") == Missing(Reason.EJ_I_FILEN)
    assert [f.cell for f in found.errors] == ["C2"]


def test_numbers_are_numbers_at_every_level(read: Callable[..., Any]) -> None:
    rows = [
        [*HEAD, UTREDNING, SOCIONOM],
        ["0880", "Kalmar", 62, 83.3],
        ["08", "Kalmar län", "71,5", "80 %"],
        ["00", "Riket", 0.5, 82],
    ]
    found = read(rows)
    assert [found.value("U35401", c) for c in ("0880", "08", "00")] == [Number(Decimal(n)) for n in ("62", "71.5", "0.5")]
    assert [found.value("U35548", c) for c in ("0880", "08", "00")] == [Number(Decimal(n)) for n in ("83.3", "80", "82")]


def test_a_percentage_may_be_written_as_a_fraction(read: Callable[..., Any]) -> None:
    rows = [
        [*HEAD, SOCIONOM],
        ["0880", "Kalmar", 0.833],
        ["0881", "Nybro", 1],
        ["0882", "Oskarshamn", 0.5],
        ["00", "Riket", 0.82],
    ]
    found = read(rows)
    assert [found.value("U35548", c) for c in ("0880", "0881", "00")] == [Number(Decimal(n)) for n in ("83.3", "100", "82")]


def test_a_scale_without_ja_has_no_share(read: Callable[..., Any]) -> None:
    found = read([[*HEAD, NYBESOK], ["0880", "Kalmar", "4-7 dagar"], ["0881", "Nybro", 2], ["00", "Riket", 56]])
    assert (found.word("U35537", "0880"), found.word("U35537", "0881")) == ("4–7 dagar", "4–7 dagar")
    assert found.value("U35537", "00") == Missing(Reason.EJ_I_FILEN)
    assert [f.cell for f in found.errors] == ["C4"]


# ------------------------------------------------------------------------------------------------- unknown indicators


def test_an_indicator_that_the_catalogue_lacks_is_read_without_a_direction(read: Callable[..., Any]) -> None:
    found = read(
        [
            [*HEAD, OVERENSKOMMELSE, "9. Erbjuder stöd på distans"],
            ["0880", "Kalmar", "Ja", "Ja"],
            ["0881", "Nybro", "Ja", "Nej"],
            ["00", "Riket", 47, 31],
        ]
    )
    new = found.results.indicators["x-9-erbjuder-stod-pa-distans"]
    assert (new.known, new.judged, new.title, new.years) == (False, False, "9. Erbjuder stöd på distans", (2019,))
    assert (found.word(new.id, "0880"), found.word(new.id, "0881")) == ("Ja", "Nej")
    assert found.value(new.id, "00") == Share(Decimal(31))
    assert len(found.findings("unknown-indicator")) == 1


def test_an_unknown_indicator_has_the_scale_that_its_heading_or_its_cells_tell(read: Callable[..., Any]) -> None:
    head = [*HEAD, "Ny fråga ett (Mycket=2, Lite=1)", "Ny fråga två", "Ny fråga tre, antal", "Ny fråga fyra, andel (%)"]
    rows = [
        ["0880", "Kalmar", 2, "Ja, för alla", 12, 40],
        ["0881", "Nybro", 1, "Nej", 7, 55.5],
        ["0882", "Oskarshamn", 1, "Nej", 7, 55.5],
    ]
    found = read([head, *rows])
    assert [found.word(f"x-{i}", "0880") for i in ("ny-fraga-ett-mycket-2-lite-1", "ny-fraga-tva")] == ["Mycket", "Ja, för alla"]
    assert found.value("x-ny-fraga-tre-antal", "0880") == Number(Decimal(12))
    assert found.results.indicators["x-ny-fraga-fyra-andel"].scale.unit == "procent"


def test_comments_are_no_indicator(read: Callable[..., Any]) -> None:
    found = read(
        [
            [*HEAD, NARSTAENDE, "Kommentar"],
            *([f"088{n}", name, "Ja", f"Vi har {n} program"] for n, name in ((0, "Kalmar"), (1, "Nybro"), (2, "Oskarshamn"))),
        ]
    )
    assert set(found.results.edition(2019).cells) == {"U35519"}
    assert len(found.findings("column-skipped")) == 1
