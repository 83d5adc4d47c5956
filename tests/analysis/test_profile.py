import pytest
from build import BORTFALL, EJ_TILLAMPLIG, JA, JA_DELVIS, NEJ, PROCENT, SEKRETESS, edition, indicator, number, results, share

from ojreport.analysis.compare import Spread
from ojreport.analysis.focus import choose_focus
from ojreport.analysis.own import Moved, OwnMissing, OwnShare, Verdict
from ojreport.analysis.profile import Why, make_profile, says_ja
from ojreport.model.area import Area, Group, GroupKind, Level
from ojreport.model.indicator import Break, Direction, Option, Scale
from ojreport.model.value import Answer, Count, Missing, Reason

KALMAR = Area("0880", "Kalmar", Level.KOMMUN)
RIKET = Group("00", "Riket", GroupKind.RIKET, ())
LAN = Group("08", "Kalmar län", GroupKind.LAN, ("0880", "0821", "0834"))
SIMILAR = Group("liknande", "Liknande kommuner", GroupKind.LIKNANDE, ("1290", "1780"))
GROUPS = (LAN, SIMILAR, RIKET)


def profile_of(*editions, indicators, area=KALMAR, groups=GROUPS, breaks=()):
    return make_profile(results(*editions, indicators=indicators), area, editions[-1].year, groups, breaks)


def verdicts(own, kind=None, riket=None, **about):
    i = indicator("A", **({"scale": kind} if kind else {}), **about)
    rows = {"0880": own, "0821": own} | ({"00": riket} if riket else {})
    return profile_of(edition(2019, {"A": rows}), indicators=(i,)).standings[0].verdict


def test_ja_is_a_strength_and_nej_or_delvis_an_improvement_area():
    assert verdicts(JA) is Verdict.STRENGTH
    assert verdicts(NEJ) is Verdict.IMPROVEMENT
    assert verdicts(Answer(1), kind=JA_DELVIS) is Verdict.IMPROVEMENT


def test_a_bakgrundsmatt_is_never_good_or_bad():
    assert verdicts(NEJ, direction=Direction.NONE) is Verdict.UNJUDGED
    assert verdicts(number("5"), kind=PROCENT, riket=number("90"), direction=Direction.NONE) is Verdict.UNJUDGED


@pytest.mark.parametrize("reason", list(Reason))
def test_a_missing_answer_is_no_improvement_area_whatever_its_reason(reason):
    assert verdicts(Missing(reason)) is Verdict.MISSING


def test_a_number_is_held_against_riket_in_the_wished_direction():
    assert verdicts(number("80"), kind=PROCENT, riket=number("70")) is Verdict.STRENGTH
    assert verdicts(number("80"), kind=PROCENT, riket=number("70"), direction=Direction.LOWER) is Verdict.IMPROVEMENT
    assert verdicts(number("70.2"), kind=PROCENT, riket=number("69.9")) is Verdict.LEVEL


def test_improvement_areas_come_in_the_order_of_their_reasons_then_of_how_common_ja_is():
    few, common, urged, lost = indicator("FEW"), indicator("COMMON"), indicator("URGED", recommended=True), indicator("LOST")
    before = edition(2018, {"LOST": {"0880": JA}})
    now = edition(
        2019,
        {
            "FEW": {"0880": NEJ, "00": share("10")},
            "COMMON": {"0880": NEJ, "00": share("80")},
            "URGED": {"0880": NEJ, "00": share("60")},
            "LOST": {"0880": NEJ, "00": share("90")},
        },
    )
    found = profile_of(before, now, indicators=(few, common, urged, lost)).improvements
    assert [s.indicator.id for s in found] == ["LOST", "URGED", "COMMON", "FEW"]
    assert found[0].reasons == (Why.COMMON, Why.LOST)
    assert found[1].reasons == (Why.RECOMMENDED, Why.COMMON)
    assert found[3].reasons == ()


def test_what_was_gained_and_lost_is_held_against_the_last_comparable_edition():
    a, b, c = indicator("A"), indicator("B"), indicator("C")
    old = edition(2017, {"A": {"0880": NEJ}, "B": {"0880": JA}, "C": {"0880": NEJ}})
    gap = edition(2018, {"A": {"0880": BORTFALL}, "B": {"0880": JA}, "C": {"0880": NEJ}})
    now = edition(2019, {"A": {"0880": JA}, "B": {"0880": NEJ}, "C": {"0880": JA}})
    cut = Break("C", 2018, 2019, "Ny definition.", "ny definition")
    changes = [s.change for s in profile_of(old, gap, now, indicators=(a, b, c), breaks=(cut,)).standings]
    assert [(x.moved, x.before_year) for x in changes] == [(Moved.GAINED, 2017), (Moved.LOST, 2018), (Moved.BROKEN, 2019)]
    assert changes[2].breaks == (cut,)


def test_similar_kommuner_that_answer_ja_are_those_to_learn_from():
    a, b = indicator("A"), indicator("B")
    file = edition(
        2019,
        {
            "A": {"0880": NEJ, "1290": JA, "1780": JA, "0821": JA},
            "B": {"0880": NEJ, "1290": NEJ, "1780": JA, "0821": JA},
        },
    )
    profile = profile_of(file, indicators=(a, b))
    assert [t.area.code for t in profile.teachers] == ["1780", "1290"]  # the one with more first; 0821 is not similar
    assert [x.code for x in says_ja(profile.teachers, b)] == ["1780"]


def test_a_kommun_that_reports_by_stadsdel_is_a_share_of_its_stadsdelar():
    goteborg = Area("1480", "Göteborg", Level.KOMMUN)
    group = Group("14", "Västra Götalands län", GroupKind.LAN, ("1480",))
    rows = {"1480": Missing(Reason.EJ_TILLAMPLIG), "148001": JA, "148002": NEJ, "148003": BORTFALL, "00": share("40")}
    file = edition(2019, {"A": rows})
    profile = profile_of(file, indicators=(indicator(),), area=goteborg, groups=(group, RIKET))
    standing = profile.standings[0]
    assert standing.own.value == OwnShare(Count(1, 2))
    assert standing.verdict is Verdict.STRENGTH  # half of them, and above riket
    assert [o.area for o in standing.own.observations] == ["148001", "148002", "148003"]
    assert len(profile.parts) == 3


def test_a_kommun_that_answered_nothing_has_neither_strengths_nor_improvement_areas():
    profile = profile_of(edition(2019, {"A": {"0880": BORTFALL, "0821": JA}}), indicators=(indicator(),))
    assert profile.strengths == profile.improvements == profile.teachers == ()
    assert profile.standings[0].own.value == OwnMissing(Reason.BORTFALL)
    assert profile.own_answers == Count(0, 1)


def test_focus_is_what_the_edition_highlights_then_the_most_urgent():
    star, bad, good = indicator("STAR", highlighted=(2019,)), indicator("BAD"), indicator("GOOD")
    file = edition(2019, {"GOOD": {"0880": JA}, "BAD": {"0880": NEJ}, "STAR": {"0880": JA}})
    profile = profile_of(file, indicators=(good, bad, star))
    assert [s.indicator.id for s in choose_focus(profile, (), 2)] == ["STAR", "BAD"]
    assert [s.indicator.id for s in choose_focus(profile, ("GOOD", "NOT-ASKED"), 2)] == ["GOOD"]


def test_stadsdelar_that_answer_on_a_scale_without_ja_are_a_spread_and_not_missing():
    days = Scale("nybesok", (Option(1, "Inom 3 dagar"), Option(0, "Senare")))
    rows = {"148001": Answer(0), "148002": Answer(1), "148003": Answer(1), "148004": BORTFALL}
    file = edition(2019, {"A": rows})
    group = Group("14", "Västra Götalands län", GroupKind.LAN, ("1480",))
    goteborg = Area("1480", "Göteborg", Level.KOMMUN)
    profile = profile_of(file, indicators=(indicator("A", days, Direction.NONE),), area=goteborg, groups=(group, RIKET))
    assert profile.standings[0].own.value == Spread(("Inom 3 dagar", "Senare"), (1, 2))
    assert profile.standings[0].verdict is Verdict.UNJUDGED


GOTEBORG = Area("1480", "Göteborg", Level.KOMMUN)
VG = Group("14", "Västra Götalands län", GroupKind.LAN, ("1480",))


def change_of(before, now, about):
    editions = (edition(2020, {"A": before}), edition(2021, {"A": now}))
    profile = profile_of(*editions, indicators=(about,), area=GOTEBORG, groups=(VG, RIKET))
    return profile.standings[0].change


def test_no_change_is_claimed_over_a_new_division_into_stadsdelar():
    """Göteborg's ten stadsnämnder became four in 2021: a mean or a share of other areas is no change."""
    n = indicator("A", PROCENT)
    assert change_of({"148001": number("60")}, {"148021": number("80")}, n).moved is Moved.UNKNOWN
    assert change_of({"1480": number("60")}, {"148021": number("80")}, n).moved is Moved.UNKNOWN
    assert change_of({"148001": NEJ}, {"148021": JA}, indicator()).moved is Moved.UNKNOWN


def test_a_mean_is_compared_over_the_stadsdelar_that_answered_both_years():
    n = indicator("A", PROCENT)
    change = change_of({"148001": number("60"), "148002": number("90")}, {"148001": number("70"), "148002": BORTFALL}, n)
    assert (change.moved, change.before.value.amount, change.after.value.amount) == (Moved.UP, 60, 70)


def test_a_share_of_stadsdelar_is_judged_as_it_is_printed():
    """2 of 3 are 67 percent, and so is riket's 66.9."""
    rows = {"148001": JA, "148002": JA, "148003": NEJ, "00": share("66.9")}
    profile = profile_of(edition(2019, {"A": rows}), indicators=(indicator(),), area=GOTEBORG, groups=(VG, RIKET))
    assert profile.standings[0].verdict is Verdict.STRENGTH


def test_what_is_level_with_riket_is_neither_on_a_side_nor_in_the_sum():
    n = indicator("N", PROCENT)
    rows = {"A": {"0880": JA}, "N": {"0880": number("70.2"), "00": number("69.9")}}
    profile = profile_of(edition(2019, rows), indicators=(indicator(), n))
    assert [s.indicator.id for s in profile.judged] == ["A"]
    assert [s.indicator.id for s in profile.level] == ["N"]


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ((BORTFALL, BORTFALL), Reason.BORTFALL),
        ((BORTFALL, EJ_TILLAMPLIG), Reason.BORTFALL),
        ((BORTFALL, SEKRETESS), Reason.SEKRETESS),
        ((EJ_TILLAMPLIG, EJ_TILLAMPLIG), Reason.EJ_TILLAMPLIG),
        ((BORTFALL, NEJ), None),
    ],
)
def test_silence_has_its_reason(answers, why):
    rows = {id_: {"0880": value} for id_, value in zip("AB", answers, strict=True)}
    profile = profile_of(edition(2019, rows), indicators=(indicator("A"), indicator("B")))
    assert profile.silent is why


def test_a_similar_kommun_that_has_rows_for_its_stadsdelar_alone_can_be_learnt_from():
    rows = {"0880": NEJ, "148001": JA, "148002": JA}
    similar = Group("liknande", "Liknande kommuner", GroupKind.LIKNANDE, ("1480",))
    profile = profile_of(edition(2019, {"A": rows}), indicators=(indicator(),), groups=(LAN, similar, RIKET))
    assert [t.area.code for t in profile.teachers] == ["1480"]


def test_a_bakgrundsmatt_that_has_changed_is_told_and_is_neither_better_nor_worse():
    about = indicator("A", direction=Direction.NONE)
    profile = profile_of(edition(2018, {"A": {"0880": NEJ}}), edition(2019, {"A": {"0880": JA}}), indicators=(about,))
    assert profile.better == profile.worse == ()
    assert [s.indicator.id for s in profile.moved] == ["A"]
