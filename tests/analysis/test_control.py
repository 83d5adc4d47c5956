import functools

import pytest
from build import BORTFALL, EJ_TILLAMPLIG, JA, JA_DELVIS, NEJ, PROCENT, SEKRETESS, edition, indicator, number, results, share

from ojreport.analysis.compare import GroupShare, group_result
from ojreport.analysis.control import share_findings
from ojreport.catalogue import load_catalogue
from ojreport.model.area import RIKET as CODE
from ojreport.model.area import Group, GroupKind
from ojreport.model.indicator import Part
from ojreport.model.results import Edition, Results, Severity
from ojreport.model.value import Answer, Share
from ojreport.sources import example_folder, load_results

RIKET = Group(CODE, "Riket", GroupKind.RIKET, ())
UNITS = tuple(f"08{n}" for n in range(21, 41))
KALMAR_LAN = Group("08", "Kalmar län", GroupKind.LAN, UNITS)


def findings(stated, *answers, row=CODE, groups=(RIKET, KALMAR_LAN), **about):
    """What is found where *row* states a share of the units that gave *answers*."""
    column = {row: share(stated), **dict(zip(UNITS, answers, strict=False))}
    found = results(edition(2019, {"A": column}), indicators=(indicator(**about),))
    return share_findings(found, groups, 2019)


def test_a_share_that_its_units_add_up_to_is_not_spoken_of():
    assert findings("67", JA, JA, NEJ) == ()


def test_a_share_that_its_units_do_not_add_up_to_is_one_warning_that_names_its_cell():
    (found,) = findings("70", JA, JA, NEJ)
    assert (found.severity, found.file, found.sheet, found.cell) == (Severity.WARNING, "oj-2019.xlsx", "Resultat", "B2")
    assert found.message == "Riket, A Kort A: the file states 70 percent, but 2 of 3 units answer Ja, which is 67 percent"


def test_the_row_of_a_lan_is_held_against_its_own_units():
    answers = {"08": share("50"), "0821": JA, "0834": JA, "0114": NEJ, "0115": NEJ}
    found = results(edition(2019, {"A": answers}))
    (one,) = share_findings(found, (RIKET, KALMAR_LAN), 2019)
    assert one.message.startswith("Kalmar län, A Kort A: the file states 50 percent, but 2 of 2 units answer Ja")
    assert one.cell == "B4"


@pytest.mark.parametrize(("stated", "many"), [("66.7", 0), ("66.67", 0), ("66.6", 1), ("66.666666666666667", 0)])
def test_a_share_with_decimals_is_held_to_them(stated, many):
    assert len(findings(stated, JA, JA, NEJ)) == many


def test_both_figures_are_told_with_the_decimals_of_the_file():
    (found,) = findings("66.6", JA, JA, NEJ)
    assert "66.6 percent, but 2 of 3 units answer Ja, which is 66.7 percent" in found.message


@pytest.mark.parametrize("stated", ["12", "13"])
def test_half_a_percent_may_have_been_rounded_either_way(stated):
    assert findings(stated, JA, *(NEJ for _ in range(7))) == ()  # 12.5


def test_what_is_kept_back_or_not_answered_is_left_out_of_the_count():
    answers = (JA, JA, NEJ, SEKRETESS, EJ_TILLAMPLIG, BORTFALL)
    assert findings("67", *answers) == ()
    (found,) = findings("40", *answers)
    assert found.message.endswith("2 of 3 units answer Ja, which is 67 percent; 1 more kept back (sekretess)")


def test_only_ja_counts_and_not_partly():
    assert findings("50", Answer(0), Answer(1), scale=JA_DELVIS) == ()


def test_a_lan_that_is_not_shown_for_its_bortfall_is_not_controlled_and_riket_is():
    assert findings("10", JA, NEJ, JA, BORTFALL, row="08") == ()
    assert len(findings("10", JA, NEJ, JA, JA, BORTFALL, row="08")) == 1  # exactly 20 percent
    assert len(findings("10", JA, NEJ, JA, BORTFALL, row=CODE)) == 1


def test_the_limit_of_bortfall_is_not_for_registers():
    assert len(findings("10", JA, BORTFALL, row="08", part=Part.REGISTER)) == 1


def test_a_unit_without_a_row_is_bortfall():
    file = edition(2019, {"A": {"08": share("10"), "0821": JA, "0822": JA}}, units=UNITS[:3])
    assert share_findings(results(file), (KALMAR_LAN,), 2019) == ()


def test_a_share_that_no_unit_answered_is_taken_as_it_is():
    assert findings("40", BORTFALL, SEKRETESS) == ()


def test_a_share_where_a_units_answer_should_stand_is_no_answer():
    assert findings("100", JA, share("30")) == ()


def test_numbers_and_groups_without_a_row_of_their_own_are_not_controlled():
    n = indicator("A", PROCENT)
    file = edition(2019, {"A": {CODE: number("71"), "0821": number("60")}})
    assert share_findings(results(file, indicators=(n,)), (RIKET,), 2019) == ()
    assert findings("10", JA, groups=(Group("GR", "GR", GroupKind.REGION, UNITS),)) == ()


@functools.cache
def example():
    return load_results([example_folder()], load_catalogue())


def groups():
    return load_catalogue().riket(), *load_catalogue().lan_groups


def test_the_shares_of_the_bundled_example_add_up():
    assert [f for year in example().years for f in share_findings(example(), groups(), year)] == []


def test_it_finds_what_the_reports_find():
    """Each stated share is moved by three: control, which counts by value, and the reports then differ in the same cells."""
    moved = Results([_moved(example().edition(year)) for year in example().years], example().indicators)
    for year in moved.years:
        shown = (group_result(moved, i, g, year) for g in groups() for i in moved.indicators_of(year))
        differing = [r for r in shown if isinstance(r.value, GroupShare) and not r.value.agrees]
        cells = [moved.observation(r.indicator.id, r.group.id, year).origin.cell for r in differing]
        assert len(cells) > 100
        assert [f.cell for f in share_findings(moved, groups(), year)] == cells


def _moved(one: Edition) -> Edition:
    values = tuple(Share(abs(v.percent - 3)) if isinstance(v, Share) else v for v in one.values)
    return Edition(one.year, one.file, one.sha256, one.example, one.areas, one.units, one.sheets, values, one.cells)
