"""What a check says of hand-made editions: what they hold, and how one differs from the one before."""

from dataclasses import replace

import pytest
from build import BORTFALL, EJ_TILLAMPLIG, JA, JA_DELVIS, NEJ, PROCENT, SEKRETESS, edition, indicator, number, results, share

from ojreport.analysis.check import Match, check_edition
from ojreport.model.area import RIKET as CODE
from ojreport.model.area import Group, GroupKind, Level
from ojreport.model.indicator import Break, Part
from ojreport.model.results import Finding, Severity
from ojreport.model.value import Answer

UNITS = tuple(f"08{n}" for n in range(21, 31))
RIKET = Group(CODE, "Riket", GroupKind.RIKET, ())
KALMAR_LAN = Group("08", "Kalmar län", GroupKind.LAN, UNITS)
ABCDEF = tuple("ABCDEF")


def check(*editions, year=2019, indicators=None, breaks=()):
    known = indicators or tuple(indicator(name) for name in ABCDEF)
    return check_edition(results(*editions, indicators=known), year, (RIKET, KALMAR_LAN), breaks)


def answers(*given, unit="0821"):
    """An edition's columns A, B, …, each with one answer of one unit."""
    return {name: {unit: answer} for name, answer in zip(ABCDEF, given, strict=False)}


def kinds(found):
    return {f.kind for f in found.findings}


def test_cells_are_counted_by_state_and_reason_and_areas_by_level():
    column = {CODE: share("50"), "08": BORTFALL, "0821": JA, "0834": NEJ, "0840": EJ_TILLAMPLIG, "0860": SEKRETESS}
    found = check(edition(2019, {"A": column, "B": {"0821": number("4")}}), indicators=(indicator(), indicator("B", PROCENT)))
    assert found.cells == {"answer": 2, "share": 1, "number": 1, "bortfall": 1, "ej_tillamplig": 1, "sekretess": 1}
    assert found.levels == {Level.RIKET: 1, Level.LAN: 1, Level.KOMMUN: 4, Level.STADSDEL: 0}
    assert [c.cells["number"] for c in found.columns] == [0, 1]


def test_a_unit_without_a_row_is_named():
    assert check(edition(2019, answers(JA), units=("0821", "0834"))).lacking == ("0834",)


def test_a_heading_is_told_as_it_stands_and_how_it_was_matched():
    similar = Finding(Severity.WARNING, "similar-title", "“2. Titl B” is read as B, “Titel B”", "oj-2019.xlsx", "Resultat", "C1")
    file = edition(2019, answers(JA, JA, JA))
    file = replace(file, titles={"A": "1. Titel A", "B": "2. Titl B"}, findings=(similar,))
    found = check(file, indicators=(indicator("A"), indicator("B"), replace(indicator("C"), known=False)))
    assert [(c.heading, c.match) for c in found.columns] == [
        ("1. Titel A", Match.EXACT),
        ("2. Titl B", Match.SIMILAR),
        ("Titel C", Match.UNKNOWN),
    ]
    assert similar in found.findings


def test_a_lan_over_the_limit_in_every_question_of_a_part_is_told_once():
    silent = dict.fromkeys(UNITS[:3], BORTFALL) | dict.fromkeys(UNITS[3:], JA)
    found = check(edition(2019, {"A": silent, "B": silent}))
    (one,) = found.withheld
    assert (one.lan.id, one.part, one.indicators, one.whole) == ("08", Part.MISSBRUK, ("A", "B"), True)
    assert [f.message for f in found.findings if f.kind == "lan-bortfall"] == [
        "bortfall over 20 percent in the missbruk part, so not shown there: Kalmar län"
    ]


def test_a_lan_over_the_limit_in_some_questions_has_them_named_and_exactly_20_percent_is_shown():
    three, two = (dict.fromkeys(UNITS[:n], BORTFALL) | dict.fromkeys(UNITS[n:], JA) for n in (3, 2))
    found = check(edition(2019, {"A": three, "B": two}))
    (one,) = found.withheld
    assert (one.indicators, one.whole) == (("A",), False)
    assert "1 of the missbruk part's questions (A)" in found.findings[0].message


def test_lan_that_are_over_the_limit_in_the_same_questions_are_one_note():
    both = (KALMAR_LAN, Group("10", "Blekinge län", GroupKind.LAN, ("1060",)))
    silent = results(edition(2019, {"A": dict.fromkeys((*UNITS, "1060"), BORTFALL)}))
    (told,) = check_edition(silent, 2019, both, ()).findings
    assert told.message.endswith(": Kalmar län, Blekinge län")


def test_a_stated_share_that_does_not_add_up_is_among_the_findings():
    assert "stated-share" in kinds(check(edition(2019, {"A": {CODE: share("70"), "0821": JA, "0834": NEJ}})))


def test_the_first_edition_is_compared_with_nothing():
    assert check(edition(2019, answers(JA))).differences is None


def test_new_and_gone_indicators_are_notes():
    before, after = edition(2018, answers(JA, JA)), edition(2019, {"A": {"0821": JA}, "C": {"0821": JA}})
    found = check(before, after)
    assert found.differences
    assert (found.differences.previous, found.differences.new[0].id, found.differences.gone[0].id) == (2018, "C", "B")
    assert {"indicator-new", "indicator-gone"} <= kinds(found)
    assert {f.severity for f in found.findings} == {Severity.NOTE}


@pytest.mark.parametrize(
    ("before", "after", "many"),
    [
        ("1a. Bostad först", "3 b) Bostad  först (Ja=1, Nej=0)", 0),
        ("1a. Överenskommelse med landsting", "1a. Överenskommelse med region", 1),
    ],
)
def test_a_heading_is_renamed_when_its_words_differ_and_not_its_number_or_bracket(before, after, many):
    old, new = (edition(year, answers(JA)) for year in (2018, 2019))
    found = check(replace(old, titles={"A": before}), replace(new, titles={"A": after})).differences
    assert found
    assert len(found.renamed) == many


def test_an_unknown_heading_that_is_like_one_that_went_away_may_be_it():
    old = replace(edition(2018, answers(JA)), titles={"A": "Aktuell rutin för samordning med skolan"})
    new = replace(edition(2019, {"x-new": {"0821": JA}}), titles={"x-new": "Aktuell rutin för samordning med skola"})
    found = check(old, new, indicators=(indicator("A"), replace(indicator("x-new"), known=False)))
    (told,) = [f for f in found.findings if f.kind == "indicator-renamed"]
    assert told.severity is Severity.WARNING
    assert told.message.endswith("(A); the two may be one question")


def test_two_that_the_catalogue_knows_are_never_taken_for_one():
    old = replace(edition(2018, {"A": {"0821": JA}}), titles={"A": "Rutin för skolan"})
    new = replace(edition(2019, {"B": {"0821": JA}}), titles={"B": "Rutin för skola"})
    found = check(old, new).differences
    assert found
    assert found.renamed == ()


def test_a_unit_that_turned_half_of_its_answers_is_a_warning_at_its_first_changed_cell():
    found = check(edition(2018, answers(*[JA] * 6)), edition(2019, answers(JA, JA, JA, NEJ, NEJ, NEJ)))
    assert found.differences
    (one,) = found.differences.turned
    assert (one.area.code, one.indicators, one.compared) == ("0821", ("D", "E", "F"), 6)
    (told,) = [f for f in found.findings if f.kind == "unit-turned"]
    assert (told.severity, told.sheet, told.cell) == (Severity.WARNING, "Resultat", "E2")
    assert "3 of 6 questions otherwise than in 2018" in told.message


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([JA] * 6, [JA, JA, JA, JA, NEJ, NEJ]),  # less than half
        ([JA] * 4, [NEJ] * 4),  # too few to say anything
        ([JA] * 6, [BORTFALL] * 6),  # who did not answer has turned nothing
    ],
)
def test_few_changes_few_answers_and_bortfall_are_not_told(before, after):
    found = check(edition(2018, answers(*before)), edition(2019, answers(*after))).differences
    assert found
    assert found.turned == ()


def test_no_answer_is_compared_across_a_break():
    broken = tuple(Break(name, 2018, 2019, "changed", "changed") for name in "DEF")
    found = check(edition(2018, answers(*[JA] * 6)), edition(2019, answers(JA, JA, JA, NEJ, NEJ, NEJ)), breaks=broken)
    assert found.differences
    assert found.differences.turned == ()


def test_partly_instead_of_for_all_is_another_answer():
    scaled = tuple(indicator(name, JA_DELVIS) for name in ABCDEF)
    found = check(edition(2018, answers(*[JA] * 6)), edition(2019, answers(*[Answer(1)] * 6)), indicators=scaled)
    assert found.differences
    assert found.differences.turned[0].compared == 6
