"""Which indicator a heading names. A wrong column is the worst fault that a reader can have."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojreport.catalogue import load_catalogue
from ojreport.sources.titles import How, Titles, key

INDICATORS = load_catalogue().indicators
TITLES = Titles(INDICATORS.values())
IDS = st.sampled_from(sorted(INDICATORS))


def test_no_two_titles_of_the_catalogue_are_the_same_when_spaces_and_marks_are_gone() -> None:
    keys = [(key(i.title), i.id) for i in INDICATORS.values()]
    assert all(a[0] != b[0] for a, b in itertools.combinations(keys, 2))


@given(
    name=IDS,
    number=st.sampled_from(["", "1a. ", "12b) ", "3. ", "1.2 ", "Fråga 7: ", "4 "]),
    mark=st.sampled_from(["", "*", "¹", " (Ja=1, Nej=2)", ", (Ja=1, Nej=0) (-2021)", " 2019"]),
)
def test_a_title_is_known_with_a_question_number_and_marks(name: str, number: str, mark: str) -> None:
    found = TITLES.read((f"{number}{INDICATORS[name].title}{mark}",))
    assert (found.how, found.indicator) == (How.EXACT, name)


@given(name=IDS, data=st.data())
def test_a_title_is_known_with_any_kind_of_space_in_it(name: str, data: st.DataObject) -> None:
    spaces = st.sampled_from([" ", "\u00a0", "  ", "\n", " \u00ad", "\r\n"])
    title = "".join(data.draw(spaces) if c == " " else c for c in INDICATORS[name].title)
    assert TITLES.read((title,)).indicator == name


@given(name=IDS, data=st.data())
def test_a_title_with_a_word_left_out_or_changed_is_never_read_as_another(name: str, data: st.DataObject) -> None:
    parts = INDICATORS[name].title.split()
    at = data.draw(st.integers(0, len(parts) - 1))
    other = data.draw(st.sampled_from(["", "LSS", "äldreomsorg", "barn", "inte"]))
    heading = " ".join([*parts[:at], other, *parts[at + 1 :]])
    found = TITLES.read((heading,))
    if found.indicator and found.indicator != name:  # then it is the other's own title, letter by letter
        assert key(INDICATORS[found.indicator].title) == key(heading)


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Aktuell rutin för samordning mellan missbruks- och beroendevården och LSS", "U35511"),
        ("Aktuella rutiner för samordning mellan missbruk- och beroendevård och äldreomsorg", "U35512"),
        ("Aktuell rutin för samordning mellan missbruk- och beroendevård och socialpsykiatrin", "U35506"),
        ("Sammanställt resultat för att utveckla verksamheten för klienter inom missbruksvård som bor med barn", "U35523"),
        ("Aktuell överenskommelse om samverkan mellan missbruk- och beroendevård och landsting", "U35513"),
        ("Aktuell överenskommelse om samverkan mellan missbruk- och beroendevård och landstinget/regionen", "U35513"),
    ],
)
def test_a_reworded_title_is_read_as_the_one_that_fits_word_by_word(heading: str, expected: str) -> None:
    assert TITLES.read((heading,)).indicator == expected


@pytest.mark.parametrize(
    "heading",
    [
        "Aktuell rutin för samordning mellan äldreomsorg och missbruk",  # asked of äldreomsorgen, another question
        "Aktuell rutin för samordning mellan missbruk- och beroendevård och hemsjukvård",
        "Ingen aktuell rutin för samordning mellan missbruk- och beroendevård och LSS",
        "Aktuell rutin för samordning mellan missbruk- och beroendevård",
        "Sammanställt resultat för att utveckla verksamheten för klienter inom missbruksvården som är 18 år och äldre",
        "Utredningstid i antal dagar från påbörjad till avslutad utredning för vuxna med missbruksproblem 21+, medelvärde",
        "Case management till personer med missbruk och beroende",
        "Erbjuder inte Bostad först till hemlösa personer med missbruk eller beroende och/eller psykisk sjukdom",
        "Andel",
    ],
)
def test_a_title_that_differs_in_a_word_of_meaning_is_unknown(heading: str) -> None:
    assert TITLES.read((heading,)).indicator == ""


def test_a_similar_title_is_told_from_an_exact_one() -> None:
    assert TITLES.read(("Aktuell rutin för samordning mellan missbruk- och beroendevården och LSS",)).how is How.SIMILAR


def test_the_id_in_a_heading_names_the_indicator() -> None:
    assert TITLES.read(("U35519 Stöd till anhöriga",)).indicator == "U35519"


def test_the_key_in_a_heading_is_kept() -> None:
    found = TITLES.read(("1a. Bostad först (Ja=1, Nej=2)",))
    assert (found.indicator, dict(found.codes)) == ("U35520", {1: "Ja", 2: "Nej"})


def test_the_key_may_stand_under_the_title() -> None:
    found = TITLES.read(("Bostad först", "(Ja=1, Nej=2)"))
    assert (found.indicator, dict(found.codes), found.value) == ("U35520", {1: "Ja", 2: "Nej"}, True)


@pytest.mark.parametrize(
    ("under", "value"),
    [
        ("Andel Ja (%)", True),
        ("Ja/Nej", True),
        ("Antal svar", False),
        ("Andel Nej", False),
        ("Kvinnor", False),
        ("Antal dagar", True),
    ],
)
def test_a_sub_heading_says_whether_the_column_has_the_value(under: str, value: bool) -> None:  # noqa: FBT001 - what is expected, as data
    found = TITLES.read(("Bostad först", under))
    assert (found.indicator, found.value) == ("U35520", value)
