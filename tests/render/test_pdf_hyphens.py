"""Where words are divided: as pyphen itself would."""

from __future__ import annotations

from itertools import pairwise

import pyphen
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojreport.render.pdf.hyphens import AFTER, BEFORE, positions

SWEDISH = pyphen.Pyphen(lang="sv", left=BEFORE, right=AFTER)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("stödprogram", "stöd-pro-gram"),
        ("UPPFÖLJNING", "UPP-FÖLJ-NING"),
        ("insats", "insats"),
        ("a", "a"),
    ],
)
def test_a_word_is_divided_where_swedish_divides_it(word: str, parts: str) -> None:
    edges = [0, *positions(word), len(word)]
    assert "-".join(word[start:end] for start, end in pairwise(edges)) == parts


@given(st.text("abcdefghijklmnoprstuvyåäöéABCÅÄÖ", min_size=1, max_size=25))
def test_any_letters_are_divided_as_pyphen_divides_them(word: str) -> None:
    assert list(positions(word)) == SWEDISH.positions(word)
