"""Reports on editions that lack what most have: each is still whole, and says nothing that is not so."""

from decimal import Decimal
from pathlib import Path

import pytest
from build import BORTFALL, EJ_TILLAMPLIG, JA, JA_NEJ, NEJ, SEKRETESS, edition, number, share
from words import words

from ojreport.catalogue import load_catalogue
from ojreport.compose import build_report
from ojreport.compose.definitions import load_definition
from ojreport.compose.document import Figure, FigurePair
from ojreport.compose.texts import Texts
from ojreport.model.indicator import Direction, Indicator, Part
from ojreport.model.results import Results
from ojreport.model.value import Answer

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def ids():
    """Indicators of the catalogue by what they are: Ja/Nej, number, scale without Ja, register."""
    found = {}
    for i in load_catalogue().indicators.values():
        kind = "register" if i.part is Part.REGISTER else "number" if i.scale.is_number else "ja" if i.scale.has_ja else "spread"
        if kind != "ja" or i.judged:
            found.setdefault(kind, i.id)
    return found


def report_of(*editions, name="Kalmar", year=2019, indicators=()):
    catalogue = load_catalogue()
    known = dict(catalogue.indicators) | {i.id: i for i in indicators}
    definition = load_definition("kommunprofil", ROOT / "reports")
    return build_report(
        definition, Results(editions, known), catalogue, catalogue.find(name, year), year, Texts([ROOT / "templates"])
    )


def both(report):
    return words(report.document), words(report.deck)


def drawn(report):
    return [b for b in report.document.blocks if isinstance(b, Figure | FigurePair)]


def test_an_extract_with_the_own_row_alone_makes_a_report_without_figures_of_the_lan(ids):
    report = report_of(edition(2019, {ids["ja"]: {"0880": NEJ}}, units=load_catalogue().units(2019)))
    assert all("Kalmars län" not in text for text in both(report))
    assert not any(isinstance(b, FigurePair) for b in report.document.blocks)


def test_a_file_with_unknown_indicators_alone_judges_nothing():
    unknown = Indicator("ny", "En ny fråga", "En ny fråga", JA_NEJ, Direction.NONE, "", Part.MISSBRUK, (2019,), known=False)
    for text in both(report_of(edition(2019, {"ny": {"0880": JA, "0821": NEJ}}), indicators=(unknown,))):
        assert "Inget av Kalmars svar 2019 kan bedömas som styrka eller förbättringsområde." in text
        assert "En ny fråga" in text


def test_a_file_with_registers_alone_shows_them(ids):
    rows = {"08": number("12"), "00": number("14"), "0880": EJ_TILLAMPLIG}
    document, _ = both(report_of(edition(2019, {ids["register"]: rows})))
    assert "Källfilen har inga svar från Kalmar 2019" in document
    assert "har inte svarat" not in document


def test_an_answer_under_sekretess_is_not_called_silence(ids):
    for text in both(report_of(edition(2019, {ids["ja"]: {"0880": SEKRETESS, "0821": JA}}))):
        assert "Inget svar från Kalmar 2019 visas, på grund av sekretess" in text
        assert "har inte svarat" not in text


def test_two_answers_that_are_as_common_are_both_named(ids):
    rows = {"0880": Answer(0), "0821": Answer(1), "0834": BORTFALL, "0840": Answer(0), "0860": Answer(1)}
    document, _ = both(report_of(edition(2019, {ids["spread"]: rows})))
    labels = [o.label for o in load_catalogue().indicators[ids["spread"]].scale.options[:2]]
    assert f"{labels[0]} och {labels[1]} vanligast" in document


def test_all_and_none_are_said_of_the_exact_share_alone():
    say = Texts([ROOT / "templates"]).open("gemensamt.jinja", exempel=False)
    assert [say("mangd", p) for p in map(Decimal, ("100", "99.7", "0.3", "0"))] == ["alla", "nästan alla", "få", "ingen"]


def test_a_series_that_ended_earlier_is_not_told_as_if_it_went_on(ids):
    """Riket is under sekretess in the report's own edition, so the change up to last year is no news of this one."""
    editions = [
        edition(year, {ids["ja"]: {"0880": NEJ, "0821": JA, "00": row}})
        for year, row in ((2017, share("20")), (2018, share("60")), (2019, SEKRETESS))
    ]
    for text in both(report_of(*editions)):
        assert "40 procentenheter" not in text


def test_a_lan_that_the_publisher_withholds_is_said_to_be_withheld_and_no_limit_is_blamed(ids):
    rows = {"0880": NEJ, "0821": JA, "0834": JA, "0840": JA, "0860": JA, "08": BORTFALL, "00": share("60")}
    units = ("0821", "0834", "0840", "0860", "0880")
    for text in both(report_of(edition(2019, {ids["ja"]: rows}, units))):
        assert "Kalmar län redovisas inte i källfilen (bortfall)." in text
        assert "högre än 20 procent" not in text.split("Kalmar län redovisas inte")[1][:80]


def test_a_kommun_that_changed_a_number_alone_has_not_the_same_answers(ids):
    editions = [
        edition(year, {ids["number"]: {"0880": number(own), "0821": number("50")}}) for year, own in ((2018, "50"), (2019, "60"))
    ]
    for text in both(report_of(*editions)):
        assert "har samma svar" not in text
        assert "Inget svar som bedöms har ändrats" in text
