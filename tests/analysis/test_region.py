import pytest
from build import BORTFALL, EJ_TILLAMPLIG, JA, JA_DELVIS, NEJ, PROCENT, SEKRETESS, edition, indicator, number, results, share

from ojreport.analysis.compare import Hidden, NotShown
from ojreport.analysis.own import Verdict
from ojreport.analysis.region import by_name, compile_region
from ojreport.model.area import Area, Group, GroupKind, level_of
from ojreport.model.indicator import Break, Direction, Part
from ojreport.model.value import Answer, Count, Reason, Sign

REGION = Group("R", "Regionen", GroupKind.REGION, ("1380", "1480", "1481"))
HALLAND = Group("13", "Hallands län", GroupKind.LAN, ("1380", "1381"))
VASTRA = Group("14", "Västra Götalands län", GroupKind.LAN, ("1480", "1481", "1482"))
KALMAR = Group("08", "Kalmar län", GroupKind.LAN, ("0880",))
TWIN = Group("T", "Tvillingen", GroupKind.REGION, ("1481", "1480", "1380"))
OTHER = Group("O", "En annan", GroupKind.REGION, ("0880", "1381"))
EMPTY = Group("E", "Utan enheter", GroupKind.REGION, ("9999",))
RIKET = Group("00", "Riket", GroupKind.RIKET, ())
A = indicator("A")
ROWS = {"1380": JA, "1381": NEJ, "148001": JA, "148002": NEJ, "1481": BORTFALL, "1482": NEJ, "0880": JA, "00": share("50")}


def compiled(*editions, group=REGION, indicators=(A,), breaks=(), regions=(TWIN, OTHER, EMPTY), only=()):
    return compile_region(
        results(*editions, indicators=indicators),
        group,
        editions[-1].year,
        lan=(KALMAR, HALLAND, VASTRA),
        regions=regions,
        riket=RIKET,
        area_of=lambda code: Area(code, f"Katalogens {code}", level_of(code)),
        breaks=breaks,
        only=only,
    )


def test_a_group_across_a_border_is_held_against_every_lan_that_has_a_member_the_most_members_first():
    found = compiled(edition(2019, {"A": ROWS}))
    assert [g.name for g in found.lan] == ["Västra Götalands län", "Hallands län"]


def test_a_region_with_the_same_units_is_the_group_itself_and_one_without_units_is_nothing():
    assert compiled(edition(2019, {"A": ROWS})).regions == (OTHER,)


def test_a_lan_is_not_held_against_itself():
    found = compiled(edition(2019, {"A": ROWS}), group=VASTRA)
    assert found.lan == ()


def test_a_kommun_that_reports_by_stadsdel_is_counted_as_its_stadsdelar_and_never_twice():
    rows = ROWS | {"1480": JA}
    found = compiled(edition(2019, {"A": rows}))
    assert {u.area.code for u in found.units} == {"1380", "148001", "148002", "1481"}
    assert found.comparisons[0].own.value.count == Count(2, 3)


def test_stadsdelar_are_those_of_the_year():
    old = edition(2020, {"A": {"148001": JA, "148002": JA}})
    new = edition(2021, {"A": {"148011": NEJ}})
    assert [u.area.code for u in compiled(old, group=VASTRA).units] == ["148001", "148002"]
    assert [u.area.code for u in compiled(old, new, group=VASTRA).units] == ["148011"]


def test_units_stand_by_share_of_ja_then_by_name_and_the_silent_last():
    b = indicator("B")
    rows_a = {"0801": BORTFALL, "0802": JA, "0803": JA, "0804": NEJ, "0805": JA}
    rows_b = {"0801": BORTFALL, "0802": NEJ, "0803": JA, "0804": NEJ, "0805": EJ_TILLAMPLIG}
    group = Group("R", "R", GroupKind.REGION, tuple(rows_a))
    found = compiled(edition(2019, {"A": rows_a, "B": rows_b}), group=group, indicators=(A, b))
    assert [(u.area.code, u.ja) for u in found.units] == [
        ("0803", Count(2, 2)),
        ("0805", Count(1, 1)),
        ("0802", Count(1, 2)),
        ("0804", Count(0, 2)),
        ("0801", NotShown(Hidden.NO_ANSWERS)),
    ]
    assert [a.code for a in found.silent] == ["0801"]
    assert found.units[-1].silent == (Part.MISSBRUK,)


def test_names_are_sorted_in_swedish():
    names = [Area(f"08{n:02}", name, level_of("0801")) for n, name in enumerate(("Öckerö", "Älvsbyn", "Åmål", "Zinkgruvan"))]
    assert [a.name for a in sorted(names, key=by_name)] == ["Zinkgruvan", "Åmål", "Älvsbyn", "Öckerö"]


def test_a_bakgrundsmatt_is_in_no_total_and_never_judged():
    background = indicator("B", direction=Direction.NONE)
    found = compiled(edition(2019, {"A": ROWS, "B": ROWS}), indicators=(A, background))
    assert [c.indicator.id for c in found.matrix] == ["A"]
    assert [c.indicator.id for c in found.others] == ["B"]
    assert found.others[0].verdict is Verdict.UNJUDGED
    assert all(u.ja.denominator == 1 for u in found.units if isinstance(u.ja, Count))


@pytest.mark.parametrize(
    ("ja", "riket", "verdict"),
    [
        (2, "50", Verdict.STRENGTH),  # exactly half, level with riket
        (2, "51", Verdict.IMPROVEMENT),  # half, but below riket
        (1, "10", Verdict.IMPROVEMENT),  # above riket, but fewer than half
        (4, "100", Verdict.STRENGTH),
    ],
)
def test_a_strength_is_at_least_half_and_at_least_as_much_as_riket(ja, riket, verdict):
    rows = {f"148{n}": JA if n < ja else NEJ for n in range(4)} | {"00": share(riket)}
    group = Group("R", "R", GroupKind.REGION, ("1480", "1481", "1482", "1483"))
    assert compiled(edition(2019, {"A": rows}), group=group).comparisons[0].verdict is verdict


def test_a_number_is_held_against_riket_in_the_wished_direction():
    low = indicator("L", PROCENT, Direction.LOWER)
    rows = {"1481": number("20"), "1380": number("40"), "00": number("35")}
    group = Group("R", "R", GroupKind.REGION, ("1481", "1380"))
    assert compiled(edition(2019, {"L": rows}), group=group, indicators=(low,)).comparisons[0].verdict is Verdict.STRENGTH
    rows["00"] = number("30.4")
    assert compiled(edition(2019, {"L": rows}), group=group, indicators=(low,)).comparisons[0].verdict is Verdict.LEVEL


def test_improvement_areas_stand_by_reasons_then_by_how_far_below_riket_and_few_answers_last():
    far, near, urged, few = indicator("FAR"), indicator("NEAR"), indicator("URGED", recommended=True), indicator("FEW")
    codes = ("0801", "0802", "0803")
    nej = dict.fromkeys(codes, NEJ)
    file = edition(
        2019,
        {
            "FAR": nej | {"00": share("40")},
            "NEAR": nej | {"00": share("20")},
            "URGED": nej | {"00": share("10")},
            "FEW": dict.fromkeys(codes, EJ_TILLAMPLIG) | {"0801": NEJ, "00": share("90")},
        },
    )
    found = compiled(file, group=Group("R", "R", GroupKind.REGION, codes), indicators=(near, far, few, urged))
    assert [c.indicator.id for c in found.improvements] == ["URGED", "FAR", "NEAR", "FEW"]


def test_a_lan_with_too_high_bortfall_is_no_strength_and_no_area():
    found = compiled(edition(2019, {"A": {"1480": JA, "1481": BORTFALL, "1482": JA}}), group=VASTRA)
    assert found.comparisons[0].own.value == NotShown(Hidden.BORTFALL)
    assert (found.strengths, found.improvements, found.comparisons[0].change) == ((), (), None)


def test_a_group_where_nobody_answered_has_no_result_and_no_zero():
    rows = {"1480": BORTFALL, "1481": EJ_TILLAMPLIG, "1380": SEKRETESS, "00": share("40")}
    found = compiled(edition(2019, {"A": rows}))
    assert found.comparisons[0].own.value == NotShown(Hidden.NO_ANSWERS)
    assert found.judged == ()
    assert [a.code for a in found.missing(found.comparisons[0], Reason.SEKRETESS)] == ["1380"]


def test_a_group_of_one_is_a_group():
    found = compiled(edition(2019, {"A": ROWS}), group=KALMAR)
    assert found.comparisons[0].own.value.count == Count(1, 1)
    assert (found.lan, len(found.units)) == ((), 1)


def test_a_share_is_held_against_the_last_comparable_edition_and_never_over_a_break():
    before = edition(2018, {"A": {"1380": NEJ, "1481": NEJ}})
    now = edition(2019, {"A": {"1380": JA, "1481": NEJ}})
    group = Group("R", "R", GroupKind.REGION, ("1380", "1481"))
    found = compiled(before, now, group=group)
    assert found.better[0].change.points == 50
    cut = Break("A", 2018, 2019, "Ny definition.", "ny definition")
    found = compiled(before, now, group=group, breaks=(cut,))
    assert (found.better, found.comparable) == ((), False)
    assert found.broken[0].broken == (cut,)


def test_it_is_known_who_has_what_the_other_lacks():
    c = indicator("C", JA_DELVIS)
    rows = {"1380": JA, "148001": Answer(1), "148002": Answer(2), "1481": JA, "00": share("90")}
    found = compiled(edition(2019, {"C": rows}), indicators=(c,))
    only = found.improvements[0]
    assert [[a.code for a in found.where(only, sign)] for sign in Sign] == [["1380", "1481"], ["148001"], ["148002"]]
    assert [t.area.code for t in found.teachers] == ["1380", "1481"]


def test_a_register_has_results_for_the_lan_and_riket_alone_also_where_the_group_is_a_lan():
    r = indicator("REG", PROCENT, part=Part.REGISTER)
    rows = {"08": number("12"), "14": number("9"), "00": number("14")}
    found = compiled(edition(2019, {"A": ROWS, "REG": rows}), indicators=(A, r))
    assert [c.indicator.id for c in found.comparisons] == ["A"]
    assert [g.group.id for g in found.register[0].lan] == ["14", "13"]
    assert [
        g.group.id for g in compiled(edition(2019, {"A": ROWS, "REG": rows}), indicators=(A, r), group=KALMAR).register[0].lan
    ] == ["08"]


def test_a_unit_without_a_row_is_named_by_the_catalogue():
    found = compiled(edition(2019, {"A": {"1380": JA}}, units=("1380", "1481")))
    assert [u.area.name for u in found.units] == ["Namn 1380", "Katalogens 1481"]


def test_only_the_indicators_that_are_wanted_are_told():
    file = edition(2019, {"A": ROWS, "B": ROWS})
    assert [c.indicator.id for c in compiled(file, indicators=(A, indicator("B")), only=("B",)).comparisons] == ["B"]
