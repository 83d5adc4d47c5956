"""Every PDF that the program makes conforms to PDF/UA-1, by two checkers, and its tree says what its document says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import breaking
import page
import pytest
from made import AREAS, LOGO, REPORTS
from render.sample_document import sample_document
from tree_gate import tree_faults

from ojreport.compose.document import Contents
from ojreport.render.pdf import render_pdf
from ojreport.render.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

    import pikepdf
    from made import Made
    from verapdf import VeraPdf

    from ojreport.compose.document import Document

pytestmark = pytest.mark.gate

RULES_OF_VERAPDF = 106
RULES_OF_PAGE = 104
OWN_THEME = " in a theme of its own"
THEMED = [name + OWN_THEME for name in ("Kalmar", "regional: GR", "namndunderlag: Kalmar", "faktablad: Riket")]
SAMPLE, SAMPLE_THEMED = "a document with every kind of block", "a document with every kind of block in a theme of its own"


@pytest.fixture(scope="session", params=[*AREAS, *REPORTS, *THEMED, SAMPLE, SAMPLE_THEMED])
def made_pdf(request: pytest.FixtureRequest, made: Made) -> tuple[bytes, Document, str]:
    """A PDF, what it was made from, and the text alternative of its logo."""
    if request.param in THEMED:
        name = request.param.removesuffix(OWN_THEME)
        return made.pdf(name, own_theme=True), made.report(name).document, LOGO
    if request.param in (SAMPLE, SAMPLE_THEMED):
        sample = sample_document()
        sample = replace(sample, blocks=(Contents("Innehåll", 3), *sample.blocks))
        theme, logo = (made.own_theme, LOGO) if request.param == SAMPLE_THEMED else (Theme(), "")
        return render_pdf(sample, theme), sample, logo
    return made.pdf(request.param), made.report(request.param).document, ""


def test_verapdf_finds_that_every_pdf_conforms(verapdf: VeraPdf, made_pdf: tuple[bytes, Document, str]) -> None:
    """It has all its rules, and held the file against them: an empty profile passes everything."""
    verdict = verapdf.check(made_pdf[0])
    assert verapdf.rules == RULES_OF_VERAPDF
    assert verdict.assertions > 1000
    assert not verdict.failed
    assert verdict.conforms


def test_page_validation_finds_that_every_pdf_conforms(made_pdf: tuple[bytes, Document, str]) -> None:
    report = page.validate_pdf_bytes(made_pdf[0], profile="ua1")
    assert report.rules.total == RULES_OF_PAGE
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
    assert report.is_compliant


def test_the_tree_of_every_pdf_says_what_its_document_says(made_pdf: tuple[bytes, Document, str]) -> None:
    assert tree_faults(*made_pdf) == []


# ------------------------------------------------------------------------------------------------ the gates can say no


AGAINST_THE_RULES = [
    (breaking.without_alternative_text, "7.3-1", "PDFUA1-FIGURE-ALTERNATIVE-TEXT-001"),
    (breaking.without_structure, "7.1-11", "PDFUA1-STRUCT-TREE-ROOT-001"),
    (breaking.with_a_font_left_out, "7.21.4.1-1", "PDFUA1-FONT-EMBEDDING-001"),
    (breaking.without_language, "7.2-34", "PDFUA1-ALT-TEXT-LANGUAGE-001"),
    (breaking.without_the_mark_of_pdf_ua, "5-1", "PDFUA1-ID-"),
]
UNSEEN_BY_CHECKERS = [
    (breaking.with_a_paragraph_dropped_from_the_tree, "outside the tree"),
    (breaking.with_a_paragraph_dropped_from_the_tree, "the document says"),
    (breaking.with_two_paragraphs_swapped, "the document says"),
    (breaking.with_a_header_cell_made_data, "header cells"),
    (breaking.with_another_alternative_text, "text alternative"),
]


@pytest.mark.parametrize(("break_it", "clause"), [(b, clause) for b, clause, _ in AGAINST_THE_RULES])
def test_verapdf_refuses_a_broken_pdf(verapdf: VeraPdf, made: Made, break_it: Callable[[pikepdf.Pdf], None], clause: str) -> None:
    verdict = verapdf.check(breaking.broken_pdf(made.pdf("Kalmar"), break_it))
    assert not verdict.conforms
    assert any(fault.startswith(f"{clause}: ") for fault in verdict.failed)


@pytest.mark.parametrize(("break_it", "rule"), [(b, rule) for b, _, rule in AGAINST_THE_RULES])
def test_page_validation_refuses_a_broken_pdf(made: Made, break_it: Callable[[pikepdf.Pdf], None], rule: str) -> None:
    report = page.validate_pdf_bytes(breaking.broken_pdf(made.pdf("Kalmar"), break_it), profile="ua1")
    assert not report.is_compliant
    assert any(failure.rule_id.startswith(rule) for failure in report.failures)


@pytest.mark.parametrize(("break_it", "says"), [*UNSEEN_BY_CHECKERS, (breaking.without_structure, "no structure tree")])
def test_our_own_gate_refuses_a_pdf_whose_tree_is_not_its_document(
    made: Made, break_it: Callable[[pikepdf.Pdf], None], says: str
) -> None:
    faults = tree_faults(breaking.broken_pdf(made.pdf("Kalmar"), break_it), made.report("Kalmar").document)
    assert any(says in fault for fault in faults), faults


@pytest.mark.parametrize("break_it", [b for b, _ in UNSEEN_BY_CHECKERS[1:]])
def test_the_checkers_do_not_see_what_our_own_gate_is_for(
    verapdf: VeraPdf, made: Made, break_it: Callable[[pikepdf.Pdf], None]
) -> None:
    """If one day they do, these assertions of ours can go."""
    data = breaking.broken_pdf(made.pdf("Kalmar"), break_it)
    assert verapdf.check(data).conforms
    assert page.is_pdf_compliant_bytes(data, profile="ua1")


def test_breaking_nothing_breaks_nothing(verapdf: VeraPdf, made: Made) -> None:
    """So that it is the damage that is caught, and not that the file was saved again."""
    data = breaking.broken_pdf(made.pdf("Kalmar"), lambda _: None)
    assert verapdf.check(data).conforms
    assert page.is_pdf_compliant_bytes(data, profile="ua1")
    assert tree_faults(data, made.report("Kalmar").document) == []
