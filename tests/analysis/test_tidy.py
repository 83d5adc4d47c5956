"""Tidy rows of hand-made editions: what each state puts into which column."""

from decimal import Decimal

import pytest
from build import BORTFALL, EJ_TILLAMPLIG, JA, JA_DELVIS, NEJ, PROCENT, SEKRETESS, edition, indicator, number, results, share

from ojreport.analysis.tidy import Row, tidy_rows
from ojreport.model.area import RIKET as CODE
from ojreport.model.area import Group, GroupKind, Level

RIKET = Group(CODE, "Riket", GroupKind.RIKET, ())
KALMAR_LAN = Group("08", "Kalmar län", GroupKind.LAN, ("0821", "0834", "0840"))


def rows(answers, known=(), **chosen):
    known = known or tuple(indicator(name) for name in answers)
    found = results(edition(2019, answers), indicators=known)
    return list(tidy_rows(found, 2019, (RIKET, KALMAR_LAN), **chosen))


def test_the_columns_are_these_in_this_order():
    first = "area_code area level indicator title year state answer share numerator denominator value reason"
    assert " ".join(Row._fields) == f"{first} file sheet cell"


def test_an_answer_is_in_the_words_of_its_own_scale():
    """Two indicators share the edition's value for their second option, which is Nej in one and partly in the other."""
    found = rows({"A": {"0821": NEJ}, "B": {"0821": NEJ}}, (indicator("A"), indicator("B", JA_DELVIS)))
    assert [(r.state, r.answer) for r in found] == [("answer", "Nej"), ("answer", "Ja, men inte för vissa")]
    assert all((r.share, r.value, r.reason, r.numerator) == (None,) * 4 for r in found)


def test_a_row_tells_where_its_cell_is():
    (row,) = rows({"A": {"0821": JA}})
    assert row[:6] == ("0821", "Namn 0821", "kommun", "A", "Titel A", 2019)
    assert (row.file, row.sheet, row.cell) == ("oj-2019.xlsx", "Resultat", "B2")


def test_a_number_is_in_value():
    (row,) = rows({"A": {"0821": number("-4.5")}}, (indicator("A", PROCENT),))
    assert (row.state, row.value, row.share) == ("number", Decimal("-4.5"), None)


@pytest.mark.parametrize(
    ("value", "reason"), [(BORTFALL, "bortfall"), (EJ_TILLAMPLIG, "ej_tillamplig"), (SEKRETESS, "sekretess")]
)
def test_what_is_missing_has_its_reason_and_nothing_else(value, reason):
    (row,) = rows({"A": {"0821": value}})
    assert (row.state, row.reason, row.answer, row.share, row.value) == ("missing", reason, None, None, None)


def test_a_share_of_riket_and_of_a_lan_has_the_counted_units_beside_it():
    column = {CODE: share("67"), "08": share("50"), "0114": JA, "0821": JA, "0834": NEJ, "0840": BORTFALL}
    by_code = {r.area_code: r for r in rows({"A": column})}
    riket, lan = by_code.pop(CODE), by_code.pop("08")
    assert (riket.share, riket.numerator, riket.denominator) == (Decimal(67), 2, 3)
    assert (lan.share, lan.numerator, lan.denominator) == (Decimal(50), 1, 2)
    assert {(r.numerator, r.denominator) for r in by_code.values()} == {(None, None)}


def test_a_share_that_no_unit_answered_is_counted_from_nothing():
    (row, _) = rows({"A": {CODE: share("40"), "0821": BORTFALL}})
    assert (row.share, row.numerator, row.denominator) == (Decimal(40), None, None)


def test_an_area_without_a_cell_has_no_row():
    found = rows({"A": {"0821": JA}, "B": {"0821": JA, "0834": JA}})
    assert [(r.indicator, r.area_code) for r in found] == [("A", "0821"), ("B", "0821"), ("B", "0834")]


def test_areas_indicators_and_levels_choose():
    answers = {"A": {CODE: share("50"), "0821": JA, "0834": NEJ}, "B": {"0821": JA}}
    assert [(r.indicator, r.area_code) for r in rows(answers, areas={"0821"})] == [("A", "0821"), ("B", "0821")]
    assert [(r.indicator, r.area_code) for r in rows(answers, indicators={"A"}, levels={Level.RIKET})] == [("A", CODE)]
