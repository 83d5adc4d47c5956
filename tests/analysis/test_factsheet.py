import pytest
from build import BORTFALL, JA, NEJ, PROCENT, SEKRETESS, edition, indicator, number, results, share

from ojreport.analysis.compare import Hidden, NotShown
from ojreport.analysis.factsheet import Groups, main_groups, make_factsheet
from ojreport.catalogue import load_catalogue
from ojreport.compose.faktablad import kommungrupper
from ojreport.model.area import Group, GroupKind
from ojreport.model.indicator import Break, Direction, Part

KNOWN = (indicator(),)
RIKET = Group("00", "Riket", GroupKind.RIKET, ())
LAN = (Group("07", "Ett län", GroupKind.LAN, ("0701",)), Group("09", "Gotlands län", GroupKind.LAN, ("0980",)))
LARGE = tuple(f"01{n}" for n in range(10, 22))
SMALL = tuple(f"25{n}" for n in range(10, 22))


def kinds(*groups):
    return tuple(Group(id_, f"Grupp {id_}", GroupKind.KOMMUNGRUPP, members, "2023", "SKR") for id_, members in groups)


def sheet(*editions, indicators=KNOWN, year=2019, lan=LAN, groups=(), breaks=(), **kw):
    return make_factsheet(results(*editions, indicators=indicators), year, Groups(RIKET, lan, groups), breaks, **kw)


def year_with(year, **shares):
    return edition(year, {id_: {"00": share(percent), "0701": JA} for id_, percent in shares.items()})


def test_the_main_groups_are_made_of_the_kommungrupper_by_their_letter():
    groups = main_groups(kommungrupper(load_catalogue()))
    assert [g.id for g in groups] == ["A", "B", "C"]
    assert sum(len(g.members) for g in groups) == 290
    assert len(kommungrupper(load_catalogue())) == 9
    assert groups[0].edition == "2023"


def test_a_change_is_the_difference_of_the_printed_whole_percents_and_the_largest_is_first():
    known = (indicator("A"), indicator("B"), indicator("C"))
    found = sheet(year_with(2018, A="10.4", B="50", C="30"), year_with(2019, A="14.5", B="40", C="37"), indicators=known)
    assert [(c.after.indicator.id, c.points) for c in found.rises] == [("C", 7), ("A", 5)]
    assert [(c.after.indicator.id, c.points) for c in found.falls] == [("B", -10)]


def test_no_change_is_found_across_a_break():
    cut = Break("A", 2018, 2019, "ny definition", "ny")
    found = sheet(year_with(2018, A="37"), year_with(2019, A="63"), breaks=(cut,))
    assert (found.rises, found.falls, found.unjudged) == ((), (), ())
    assert not found.comparable


def test_what_has_no_wished_direction_is_apart():
    known = (indicator("A"), indicator("B", direction=Direction.NONE))
    found = sheet(year_with(2018, A="10", B="10"), year_with(2019, A="10", B="20"), indicators=known)
    assert found.rises == ()
    assert [c.after.indicator.id for c in found.unjudged] == ["B"]


def test_the_oldest_edition_has_nothing_to_compare_with():
    assert not sheet(year_with(2019, A="10")).comparable


def test_gotland_stands_in_no_comparison_between_lan():
    lan = (*LAN, Group("08", "Ett annat län", GroupKind.LAN, ("0801",)))
    found = sheet(edition(2019, {"A": {"0701": JA, "0801": NEJ, "0980": NEJ, "00": share("33")}}), lan=lan)
    between = found.asked[0].lan_gap
    assert [r.group.id for r in between.results] == ["07", "08"]
    assert between.points == 100


def test_a_group_with_few_answers_is_not_compared():
    few = edition(2019, {"A": dict.fromkeys(LARGE, JA) | dict.fromkeys(SMALL[:9], NEJ)})
    enough = edition(2019, {"A": dict.fromkeys(LARGE, JA) | dict.fromkeys(SMALL[:10], NEJ)})
    groups = kinds(("A1", LARGE), ("C6", SMALL))
    assert sheet(few, groups=groups).size_gaps == ()
    (between,) = sheet(enough, groups=groups).size_gaps
    assert between.points == 100
    assert between.highest[0].value.count.denominator == 12


def test_groups_that_are_level_are_both_the_highest():
    groups = kinds(("A1", LARGE), ("B3", SMALL), ("C6", tuple(f"20{n}" for n in range(10, 22))))
    answers = dict.fromkeys((*LARGE, *SMALL), JA) | dict.fromkeys(groups[2].members, NEJ)
    between = sheet(edition(2019, {"A": answers}), groups=groups).asked[0].group_gap
    assert [r.group.id for r in between.highest] == ["A1", "B3"]
    assert [r.group.id for r in between.lowest] == ["C6"]


def test_the_edition_decides_what_is_in_focus_and_the_user_before_it():
    known = (indicator("A", highlighted=(2019,)), indicator("B"))
    year = year_with(2019, A="10", B="20")
    assert [n.indicator.id for n in sheet(year, indicators=known).focus] == ["A"]
    assert [n.indicator.id for n in sheet(year, indicators=known, focus=("B",)).focus] == ["B"]


def test_without_a_highlighted_one_what_has_changed_the_most_is_in_focus():
    known = (indicator("A"), indicator("B"))
    found = sheet(year_with(2018, A="10", B="20"), year_with(2019, A="11", B="30"), indicators=known, focus_count=1)
    assert [n.indicator.id for n in found.focus] == ["B"]
    assert [n.indicator.id for n in sheet(year_with(2019, A="10", B="20"), indicators=known).focus] == ["A", "B"]


def test_riket_under_sekretess_has_no_result_and_no_change():
    found = sheet(year_with(2018, A="10"), edition(2019, {"A": {"00": SEKRETESS, "0701": JA}}))
    assert found.asked[0].riket.value == NotShown(Hidden.SEKRETESS)
    assert found.asked[0].change is None


def test_register_indicators_are_apart_and_are_compared_between_lan_alone():
    known = (indicator("R", PROCENT, part=Part.REGISTER),)
    found = sheet(edition(2019, {"R": {"00": number("20"), "07": number("22")}}), indicators=known)
    assert found.asked == ()
    assert found.register[0].kommungrupper == ()


@pytest.mark.parametrize(("answers", "counted"), [((JA, NEJ), 2), ((JA, BORTFALL), 1)])
def test_responses_are_counted_per_part(answers, counted):
    found = sheet(edition(2019, {"A": dict(zip(("0701", "0980"), answers, strict=True))}))
    assert found.responses[Part.MISSBRUK].numerator == counted
    assert Part.GENERELL not in found.responses
