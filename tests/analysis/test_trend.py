from build import BORTFALL, JA, NEJ, edition, indicator, results
from hypothesis import given
from hypothesis import strategies as st

from ojreport.analysis.compare import group_result
from ojreport.analysis.trend import comparable_years, cut_between, notes_between, series, share_change
from ojreport.model.area import Group, GroupKind
from ojreport.model.indicator import Break

A = indicator()
RIKET = Group("00", "Riket", GroupKind.RIKET, ())
CUT = Break("A", 2018, 2019, "Definitionen ändrades.", "ny definition")
NOTE = Break("A", 2018, 2019, "Frågan fick ett tillägg.", "tillägg", note_only=True)


def asked(**years):
    """Two kommuner that answer as told each year: "JJ" for Ja and Ja."""
    words = {"J": JA, "N": NEJ, "-": BORTFALL}
    codes = ("0821", "0834")
    return results(
        *(edition(int(y[1:]), {"A": dict(zip(codes, (words[a] for a in answers), strict=True))}) for y, answers in years.items())
    )


def test_points_are_joined_only_inside_comparable_runs():
    found = series(asked(y2017="JN", y2018="JN", y2019="JJ", y2020="JJ"), A, RIKET, 2020, (CUT,))
    assert [[p.year for p in run] for run in found.runs] == [[2017, 2018], [2019, 2020]]
    assert found.breaks == (CUT,)


def test_an_edition_that_is_not_shown_is_a_hole_and_not_a_line():
    found = series(asked(y2017="JN", y2018="--", y2019="JJ"), A, RIKET, 2019, ())
    assert [[p.year for p in run] for run in found.runs] == [[2017], [2019]]
    assert [h.year for h in found.hidden] == [2018]


def test_no_change_is_computed_across_a_break():
    found = asked(y2018="NN", y2019="JJ")
    after = group_result(found, A, RIKET, 2019)
    assert share_change(found, after, (CUT,)) is None
    assert share_change(found, after, ()).points == 100


def test_a_note_is_told_and_does_not_cut():
    found = asked(y2018="JN", y2019="JJ")
    assert comparable_years(found, "A", 2019, (NOTE,)) == (2018,)
    assert notes_between((NOTE,), "A", 2018, 2019) == (NOTE,)
    assert series(found, A, RIKET, 2019, (NOTE,)).breaks == ()


def test_the_last_comparable_edition_is_the_newest_in_which_the_group_is_shown():
    found = asked(y2016="JN", y2017="--", y2018="JJ")
    change = share_change(found, group_result(found, A, RIKET, 2018), ())
    assert (change.before.year, change.points) == (2016, 50)


def test_a_break_for_all_indicators_cuts_each_of_them():
    everything = Break("*", 2015, 2016, "Insamlingen ändrades.", "ny insamling")
    assert cut_between((everything,), "A", 2014, 2016) == (everything,)
    assert cut_between((everything,), "A", 2016, 2017) == ()


@given(st.integers(2010, 2024), st.integers(2010, 2024), st.integers(2010, 2023))
def test_a_break_cuts_exactly_the_pairs_that_lie_on_its_two_sides(first, last, before):
    found = cut_between((Break("A", before, before + 1, "r", "s"),), "A", first, last)
    assert bool(found) == (first <= before < last)
