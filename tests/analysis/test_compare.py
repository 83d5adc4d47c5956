from decimal import Decimal

import pytest
from build import BORTFALL, EJ_TILLAMPLIG, JA, NEJ, PROCENT, SEKRETESS, edition, indicator, number, results, share
from hypothesis import given
from hypothesis import strategies as st

from ojreport.analysis.compare import (
    GroupNumber,
    GroupShare,
    Hidden,
    NotShown,
    ReadShare,
    Spread,
    group_result,
    response,
    tally,
)
from ojreport.model.area import Group, GroupKind
from ojreport.model.indicator import Direction, Option, Part, Scale
from ojreport.model.value import Answer, Count, whole

A = indicator()
LAN = Group("08", "Kalmar län", GroupKind.LAN, ("0821", "0834", "0840", "0860", "0861"))
RIKET = Group("00", "Riket", GroupKind.RIKET, ())


def lan_of(*answers):
    """Kalmar län with as many kommuner as there are answers."""
    codes = ("0821", "0834", "0840", "0860", "0861", "0862")[: len(answers)]
    group = Group("08", "Kalmar län", GroupKind.LAN, codes)
    return results(edition(2019, {"A": dict(zip(codes, answers, strict=True))})), group


def test_the_denominator_is_the_units_that_answered_the_question():
    found, group = lan_of(JA, NEJ, JA, BORTFALL)
    assert group_result(found, A, group, 2019).value == NotShown(Hidden.BORTFALL)  # 25 percent
    found, group = lan_of(JA, NEJ, JA, EJ_TILLAMPLIG)
    assert group_result(found, A, group, 2019).value.count == Count(2, 3)


def test_exactly_twenty_percent_bortfall_is_shown_and_more_is_not():
    found, group = lan_of(JA, JA, NEJ, NEJ, BORTFALL)
    assert group_result(found, A, group, 2019).value.count == Count(2, 4)
    found, group = lan_of(JA, JA, NEJ, BORTFALL, BORTFALL)
    assert group_result(found, A, group, 2019).value == NotShown(Hidden.BORTFALL)


def test_a_lan_with_too_high_bortfall_is_not_shown_even_where_the_file_states_a_share():
    found = results(edition(2019, {"A": {"08": share("50"), "0821": JA, "0834": BORTFALL}}))
    group = Group("08", "Kalmar län", GroupKind.LAN, ("0821", "0834"))
    assert group_result(found, A, group, 2019).value == NotShown(Hidden.BORTFALL)


def test_sekretess_and_ej_tillamplig_are_in_no_count_and_are_no_bortfall():
    found, group = lan_of(JA, NEJ, SEKRETESS, EJ_TILLAMPLIG)
    counted = tally(found, A, found.units(2019, group.members), 2019)
    assert (counted.answered, counted.bortfall, counted.sekretess, counted.ej_tillamplig) == (2, 0, 1, 1)


def test_a_unit_without_a_row_is_bortfall():
    found = results(edition(2019, {"A": {"0821": JA, "0834": JA}}, units=("0821", "0834", "0840", "0860", "0861")))
    assert group_result(found, A, LAN, 2019).value == NotShown(Hidden.BORTFALL)


def test_a_kommun_that_reports_by_stadsdel_stands_for_its_stadsdelar_in_every_group():
    found = results(edition(2019, {"A": {"1480": EJ_TILLAMPLIG, "148001": JA, "148002": NEJ, "1481": JA}}))
    group = Group("GR", "GR", GroupKind.REGION, ("1480", "1481"))
    assert group_result(found, A, group, 2019).value.count == Count(2, 3)


def test_the_share_that_the_file_states_is_shown_beside_the_count():
    found = results(edition(2019, {"A": {"00": share("67"), "0821": JA, "0834": JA, "0840": NEJ}}))
    value = group_result(found, A, RIKET, 2019).value
    assert value == GroupShare(Decimal(67), Count(2, 3), official=True)
    assert value.agrees


@pytest.mark.parametrize(("stated", "agrees"), [("66", False), ("66.7", True), ("66.6", False), ("66.67", True), ("67", True)])
def test_a_stated_share_agrees_when_it_differs_by_no_more_than_its_own_rounding(stated, agrees):
    found = results(edition(2019, {"A": {"00": share(stated), "0821": JA, "0834": JA, "0840": NEJ}}))
    assert group_result(found, A, RIKET, 2019).value.agrees is agrees


def test_a_number_is_read_for_riket_and_averaged_for_a_group_that_the_file_lacks():
    n = indicator("N", PROCENT)
    file = edition(2019, {"N": {"00": number("71.5"), "0821": number("60"), "0834": number("70"), "0840": SEKRETESS}})
    found = results(file, indicators=(n,))
    assert group_result(found, n, RIKET, 2019).value == GroupNumber(Decimal("71.5"), 2, official=True)
    similar = Group("s", "Liknande", GroupKind.LIKNANDE, ("0821", "0834", "0840"))
    assert group_result(found, n, similar, 2019).value == GroupNumber(Decimal(65), 2, official=False)


def test_a_question_that_was_not_asked_has_no_result():
    found, group = lan_of(JA)
    assert group_result(found, indicator("B"), group, 2019).value == NotShown(Hidden.NOT_ASKED)


def test_nobody_answered_is_said_and_is_no_zero():
    found = results(edition(2019, {"A": {"0821": BORTFALL, "0834": EJ_TILLAMPLIG}}))
    assert group_result(found, A, RIKET, 2019).value == NotShown(Hidden.NO_ANSWERS)


@pytest.mark.parametrize(
    ("row", "why"), [(BORTFALL, Hidden.WITHHELD), (EJ_TILLAMPLIG, Hidden.EJ_TILLAMPLIG), (SEKRETESS, Hidden.SEKRETESS)]
)
def test_what_the_publisher_does_not_show_of_a_lan_is_not_counted_out_from_its_kommuner(row, why):
    found = results(edition(2019, {"A": {"08": row, "0821": JA, "0834": JA}}))
    group = Group("08", "Kalmar län", GroupKind.LAN, ("0821", "0834"))
    assert group_result(found, A, group, 2019).value == NotShown(why)


def test_a_lan_without_a_row_is_counted_from_its_kommuner():
    found, group = lan_of(JA, NEJ)
    assert group_result(found, A, group, 2019).value == GroupShare(Decimal(50), Count(1, 2), official=False)


DAYS = Scale("nybesok", (Option(1, "Inom 3 dagar"), Option(2, "4–7 dagar"), Option(3, "Senare")))


def test_a_scale_without_ja_is_a_spread_in_which_two_answers_can_be_as_common():
    days = indicator("D", DAYS, Direction.NONE)
    rows = {"00": BORTFALL, "0821": Answer(0), "0834": Answer(1), "0840": Answer(1), "0860": Answer(0), "0861": Answer(2)}
    value = group_result(results(edition(2019, {"D": rows}), indicators=(days,)), days, RIKET, 2019).value
    assert value == Spread(("Inom 3 dagar", "4–7 dagar", "Senare"), (2, 2, 1))
    assert value.most == ("Inom 3 dagar", "4–7 dagar")


def test_a_share_on_a_scale_without_ja_is_not_read_for_nobody_knows_of_what():
    days = indicator("D", DAYS, Direction.NONE)
    found = results(edition(2019, {"D": {"00": share("40"), "0821": BORTFALL}}), indicators=(days,))
    assert group_result(found, days, RIKET, 2019).value == NotShown(Hidden.NO_ANSWERS)


def test_a_share_that_no_unit_answered_is_read():
    found = results(edition(2019, {"A": {"00": share("40"), "0821": BORTFALL}}))
    assert group_result(found, A, RIKET, 2019).value == ReadShare(Decimal(40))


def test_nearly_all_is_not_all_though_the_file_rounds_it_to_100():
    value = GroupShare(Decimal(100), Count(311, 312), official=True)
    assert (value.whole, value.exact < 100) == (100, True)
    assert GroupShare(Decimal(90), Count(1, 2), official=True).exact == 90  # where they differ, what the file says


def test_a_unit_has_answered_a_part_when_it_answered_one_of_its_questions():
    b = indicator("B")
    file = edition(2019, {"A": {"0821": BORTFALL, "0834": BORTFALL}, "B": {"0821": NEJ, "0834": BORTFALL}})
    found = results(file, indicators=(A, b))
    assert response(found, Part.MISSBRUK, found.units(2019), 2019) == Count(1, 2)
    assert response(found, Part.GENERELL, found.units(2019), 2019) == NotShown(Hidden.NOT_ASKED)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_whole_percent_is_rounded_half_up(count):
    ja, answered = count
    assert whole(Count(ja, answered).percent) == (200 * ja + answered) // (2 * answered)


def test_half_a_percent_goes_up_and_never_to_the_nearest_even():
    assert [whole(Decimal(x)) for x in ("0.5", "1.5", "2.5", "62.5", "62.49")] == [1, 2, 3, 63, 62]
