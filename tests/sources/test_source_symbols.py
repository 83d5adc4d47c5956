"""What a cell can say, and that nothing else is made of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojreport.catalogue import load_catalogue
from ojreport.model.indicator import Scale
from ojreport.model.value import Answer, Missing, Reason
from ojreport.sources.symbols import amount, answer, codes_from_key, codes_of, key_to_codes, labels, missing

SCALES = {i.scale.name: i.scale for i in load_catalogue().indicators.values()}
JA_NEJ, DELVIS, BESLUT, NYBESOK = (SCALES[n] for n in ("ja_nej", "ja_delvis", "ja_beslut", "nybesok"))
AROUND = st.sampled_from(["", " ", "\u00a0", "\n", "\u00ad", "\u200b"])
SIGNS = {"-": "bortfall", "–": "bortfall", "—": "bortfall", "": "bortfall", ".": "ej_tillamplig", "..": "sekretess"}
WORDS = {
    "x": "sekretess",
    "X": "sekretess",
    "Uppgift saknas": "bortfall",
    "Ej svar": "bortfall",
    "Ej tillämplig": "ej_tillamplig",
}


def said(raw: object, scale: Scale) -> str | None:
    """The label of the answer that *raw* is on *scale*."""
    found = answer(raw, labels(scale), codes_of(scale))  # type: ignore[arg-type]
    return scale.options[found.option].label if found else None


@given(sign=st.sampled_from([*SIGNS, *WORDS]), before=AROUND, after=AROUND)
def test_a_missing_sign_has_its_reason_whatever_blanks_stand_around_it(sign: str, before: str, after: str) -> None:
    assert missing(before + sign + after) == Missing(Reason({**SIGNS, **WORDS}[sign]))


@given(
    sign=st.sampled_from([*SIGNS, *WORDS]), before=AROUND, after=AROUND, scale=st.sampled_from([JA_NEJ, DELVIS, BESLUT, NYBESOK])
)
def test_a_missing_sign_is_never_an_answer_and_never_a_number(sign: str, before: str, after: str, scale: Scale) -> None:
    raw = before + sign + after
    assert said(raw, scale) is None
    assert amount(raw) is None


@given(
    label=st.sampled_from([(s, o) for s in (JA_NEJ, DELVIS, BESLUT, NYBESOK) for o in s.options]),
    after=AROUND,
    mark=st.sampled_from(["", "*", "¹", " 1)"]),
)
def test_an_answer_is_known_in_any_case_and_with_a_footnote_mark(label: tuple[Scale, object], after: str, mark: str) -> None:
    scale, option = label
    text = option.label  # type: ignore[attr-defined]
    for spelling in (text, text.upper(), text.lower(), text.replace("–", "-")):
        assert said(spelling + mark + after, scale) == text
        assert missing(spelling + mark + after) is None


@given(st.text(max_size=12))
def test_what_is_no_label_of_the_scale_is_no_answer(text: str) -> None:
    found = said(text, JA_NEJ)
    if found is not None:
        assert (
            found.casefold() in text.casefold().replace("\u00ad", "")
            or text.strip() in ("0", "1", "+1", "-0", "+0")
            or amount(text)
        )
    assert not (found and missing(text))


@pytest.mark.parametrize("raw", ["kanske", "Ja/Nej", "Jaa", "?", "J", "T", dt.date(2019, 7, 4), 0.5, 7, "1,5", "1 %", "Ja Nej"])
def test_nothing_is_guessed(raw: object) -> None:
    assert said(raw, JA_NEJ) is None


def test_ja_alone_is_no_answer_where_there_are_two_kinds_of_ja() -> None:
    assert said("Ja", DELVIS) is None
    assert said("Ja för alla", DELVIS) == "Ja, för alla"
    assert said("Delvis", DELVIS) == "Ja, men inte för vissa"


def test_the_code_for_nej_differs_between_scales() -> None:
    assert (said(0, JA_NEJ), said(1, JA_NEJ), said(2, JA_NEJ)) == ("Nej", "Ja", None)
    assert (said(0.0, BESLUT), said("1", BESLUT), said(2, BESLUT)) == ("Nej", "Nej, men fattat beslut", "Ja")


def test_4_to_7_days_are_not_47() -> None:
    assert said("4-7 dagar", NYBESOK) == "4–7 dagar"
    assert said("47 dagar", NYBESOK) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ja=1, Nej=2", {1: 0, 2: 1}),
        ("(Ja=1, Nej=0)", {1: 0, 0: 1}),
        ("1 = Ja, 2 = Nej", {1: 0, 2: 1}),
        ("Svar: Ja = 1; Nej = 2.", {1: 0, 2: 1}),
    ],
)
def test_a_key_says_what_numbers_stand_for(text: str, expected: dict[int, int]) -> None:
    assert codes_from_key(key_to_codes(text), JA_NEJ) == expected


def test_a_key_with_commas_in_its_labels_is_understood() -> None:
    key = key_to_codes("(Ja, för alla=3, Ja, men inte för vissa=2, Nej=1)")
    assert codes_from_key(key, DELVIS) == {3: 0, 2: 1, 1: 2}
    assert codes_from_key(key_to_codes("Inom 3 dagar=3, 4-7 dagar=2, 8-14 dagar=1, mer än 15 dagar=0"), NYBESOK) == {
        3: 0,
        2: 1,
        1: 2,
        0: 3,
    }


def test_a_key_with_words_of_another_scale_is_not_used() -> None:
    assert codes_from_key({1: "Ja", 2: "Vet inte"}, JA_NEJ) is None


@pytest.mark.parametrize(
    ("raw", "number", "percent"),
    [
        (0.63, "0.63", False),
        (63, "63", False),
        ("63 %", "63", True),
        ("63\u00a0%", "63", True),
        ("63,2", "63.2", False),
        ("63 procent", "63", True),
        ("1 234,5", "1234.5", False),
        ("0,5*", "0.5", False),
        (0.1 + 0.2, "0.3", False),
        (60.0, "60", False),
        ("-3", "-3", False),
    ],
)
def test_numbers_are_exact(raw: object, number: str, percent: bool) -> None:  # noqa: FBT001 - what the cell says, as data
    found = amount(raw)  # type: ignore[arg-type]
    assert found is not None
    assert (str(found.number), found.percent) == (number, percent)


@given(st.decimals(min_value=0, max_value=1, places=8))
def test_a_fraction_comes_through_a_spreadsheet_unchanged(number: Decimal) -> None:
    found = amount(float(number))
    assert found is not None
    assert found.number == number


@pytest.mark.parametrize("raw", ["ca 60", "<5", "60-70", "1,2,3", "", "60 st", "%", True, 1e300, "9" * 40, float("inf")])
def test_what_is_no_number_is_not_made_one(raw: object) -> None:
    assert amount(raw) is None  # type: ignore[arg-type]


def test_an_answer_is_its_place_on_the_scale() -> None:
    assert answer("Nej", labels(BESLUT), {}) == Answer(2)
