"""The indicators' Swedish texts and the breaks."""

import re

import pytest

from ojreport.catalogue import Catalogue, load_catalogue
from ojreport.model.indicator import Direction, Indicator, Part
from ojreport.model.value import Sign

CATALOGUE = load_catalogue()
EVERY = [pytest.param(i, id=i.id) for i in CATALOGUE.indicators.values()]
SPACE = "\u00a0"


def predicates(indicator: Indicator) -> list[str]:
    """All sentences of an indicator that are not empty."""
    s = indicator.sentences
    return [t for t in (s.all, s.ja, s.delvis, s.nej, s.number, *(t for _, t in s.options)) if t]


@pytest.fixture
def catalogue() -> Catalogue:
    return CATALOGUE


@pytest.mark.parametrize("indicator", EVERY)
def test_an_answer_has_a_sentence_for_the_country_and_for_each_option(indicator: Indicator) -> None:
    own = dict(indicator.sentences.options)
    by_sign = {Sign.JA: indicator.sentences.ja, Sign.DELVIS: indicator.sentences.delvis, Sign.NEJ: indicator.sentences.nej}
    assert bool(indicator.sentences.all) == indicator.scale.has_ja
    assert bool(indicator.sentences.number) == indicator.scale.is_number
    for option in indicator.scale.options:
        assert own.get(option.code) or (option.sign and by_sign[option.sign])


@pytest.mark.parametrize("indicator", EVERY)
def test_a_judged_indicator_has_a_goal_and_a_choice_of_activities(indicator: Indicator) -> None:
    assert indicator.judged == bool(indicator.goal)
    assert len(indicator.activities) in ((2, 3) if indicator.judged else (0,))


@pytest.mark.parametrize("indicator", EVERY)
def test_a_predicate_can_stand_after_any_subject(indicator: Indicator) -> None:
    """It begins with a lower-case letter, ends without a full stop, and has no stray space."""
    for text in predicates(indicator):
        assert text[0].islower()
        assert not text.endswith((".", ",", " "))
        assert "  " not in text


@pytest.mark.parametrize("indicator", EVERY)
def test_other_texts_are_whole_sentences(indicator: Indicator) -> None:
    assert indicator.question.endswith("?")
    assert 2 <= len(re.findall(r"\.(?:\s|$)", indicator.explanation)) <= 3
    for text in (indicator.explanation, indicator.goal, *indicator.activities):
        assert not text or (text[0].isupper() and text.endswith("."))


@pytest.mark.parametrize("indicator", EVERY)
def test_a_number_never_parts_from_its_unit(indicator: Indicator) -> None:
    texts = (indicator.question, indicator.explanation, indicator.goal, *indicator.activities, *predicates(indicator))
    for text in texts:
        assert not re.search(r"(\d|\{tal\}) (procent|dagar|år|000|invånare)", text)


def test_the_published_sentences_read_as_they_should(catalogue: Catalogue) -> None:
    support, person, agreement = (catalogue.indicators[i].sentences for i in ("U35519", "U35529", "U35513"))
    assert f"63{SPACE}procent {support.all}." == f"63{SPACE}procent erbjuder minst ett stödprogram för vuxna närstående."
    assert f"Kalmar {person.nej}.".startswith("Kalmar har inte någon aktuell rutin för att erbjuda enskilda")
    assert agreement.ja == "har en aktuell överenskommelse med regionen"
    assert catalogue.indicators["U35522"].sentences.delvis.startswith("använder delvis ")


def test_an_answer_of_its_own_kind_has_its_own_sentence(catalogue: Catalogue) -> None:
    assert dict(catalogue.indicators["U35523"].sentences.options)[1].endswith(", men har fattat beslut om det")
    visits = catalogue.indicators["U35537"].sentences
    assert [code for code, _ in visits.options] == [3, 2, 1, 0]
    assert not visits.ja


def test_a_number_has_the_verb_first_so_that_it_can_follow_i_kalmar(catalogue: Catalogue) -> None:
    sentence = catalogue.indicators["U35548"].sentences.number
    assert f"I Kalmar {sentence.format(tal='80')}." == f"I Kalmar har 80{SPACE}procent av handläggarna socionomexamen."


def test_the_order_is_the_files_and_follows_the_dimensions(catalogue: Catalogue) -> None:
    order = [d.id for d in catalogue.dimensions]
    places = [order.index(i.dimension) for i in catalogue.indicators.values()]
    assert places == sorted(places)
    assert next(iter(catalogue.indicators)) == "U35513"


def test_a_title_or_alias_leads_to_one_indicator(catalogue: Catalogue) -> None:
    names = [name.casefold() for i in catalogue.indicators.values() for name in {i.title, *i.aliases}]
    assert len(names) == len(set(names))


def test_older_titles_are_known(catalogue: Catalogue) -> None:
    assert "Aktuell rutin att erbjuda stödperson på möten" in catalogue.indicators["U35529"].aliases
    assert any("FREDA inom missbruk" in alias for alias in catalogue.indicators["U37544"].aliases)
    assert any("landsting" in alias for alias in catalogue.indicators["U35513"].aliases)


def test_register_indicators_are_numbers(catalogue: Catalogue) -> None:
    register = [i for i in catalogue.indicators.values() if i.part is Part.REGISTER]
    assert register
    assert all(i.scale.is_number and i.dimension == "register" for i in register)


def test_background_measures_have_no_direction(catalogue: Catalogue) -> None:
    background = {i.id for i in catalogue.indicators.values() if i.direction is Direction.NONE}
    assert background == {"OJM01", "U35537", "U35341"}


def test_every_break_names_its_indicator_and_says_why(catalogue: Catalogue) -> None:
    for one in catalogue.breaks:
        assert one.indicator == "*" or one.indicator in catalogue.indicators
        assert one.reason[0].isupper()
        assert one.reason.endswith(".")


@pytest.mark.parametrize(
    ("indicator", "first", "last", "cut"),
    [
        ("U35505", 2015, 2016, True),
        ("U35505", 2016, 2020, False),
        ("U35519", 2018, 2019, True),
        ("U35519", 2019, 2020, False),
        ("U35536", 2016, 2017, True),
        ("U35518", 2016, 2018, True),
        ("U35518", 2018, 2019, True),
        ("U35523", 2021, 2022, True),
        ("U35531", 2021, 2022, True),
        ("U35513", 2017, 2019, False),
        ("U35529", 2017, 2019, False),
    ],
)
def test_a_series_is_cut_where_the_publisher_says(catalogue: Catalogue, indicator: str, first: int, last: int, cut: bool) -> None:  # noqa: FBT001 - a column of the table above
    assert any(b.cuts(indicator, first, last) for b in catalogue.breaks) == cut


def test_the_new_wording_of_the_agreement_is_a_note_and_no_cut(catalogue: Catalogue) -> None:
    notes = [b for b in catalogue.breaks if b.note_only]
    assert [(b.indicator, b.before, b.after) for b in notes] == [("U35513", 2018, 2019)]
    assert "spel om pengar" in notes[0].reason


def test_only_craft_is_said_to_explain_the_difference(catalogue: Catalogue) -> None:
    assert [(b.indicator, b.after) for b in catalogue.breaks if b.explains] == [("U35519", 2019)]
