"""Every deck is valid for PowerPoint, as far as can be told without it, and a screen reader has what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import breaking
import pytest
from deck_gate import deck_faults
from made import AREAS, REPORTS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from made import Made
    from openxml_audit import OpenXmlValidator

pytestmark = pytest.mark.gate

OTHERS: dict[str, Callable[[Made], bytes]] = {
    "Kalmar with pictures for charts": lambda made: made.deck("Kalmar", "picture"),
    "Kalmar in a theme of its own": lambda made: made.deck("Kalmar", own_theme=True),
    "Kalmar in a narrow template": lambda made: made.deck("Kalmar", template=made.narrow_template),
    "GR in a narrow template": lambda made: made.deck("regional: GR", template=made.narrow_template),
    "Riket in a theme of its own": lambda made: made.deck("faktablad: Riket", own_theme=True),
    "Göteborg in a dark template": lambda made: made.deck("Göteborg", template=made.dark_template),
}


@pytest.fixture(scope="session", params=[*AREAS, *REPORTS, *OTHERS])
def made_deck(request: pytest.FixtureRequest, made: Made) -> bytes:
    other = OTHERS.get(request.param)
    return other(made) if other else made.deck(request.param)


def _audit(auditor: OpenXmlValidator, data: bytes, folder: Path) -> list[str]:
    file = folder / "deck.pptx"
    file.write_bytes(data)
    return [str(error) for error in auditor.validate(file).errors]


def test_openxml_audit_finds_nothing_in_any_deck(auditor: OpenXmlValidator, made_deck: bytes, tmp_path: Path) -> None:
    assert _audit(auditor, made_deck, tmp_path) == []


def test_our_own_gate_finds_nothing_in_any_deck(made_deck: bytes) -> None:
    assert deck_faults(made_deck) == []


# ------------------------------------------------------------------------------------------------ the gates can say no


BROKEN = {
    "an Override is missing": ("[Content_Types]", r'<Override PartName="/ppt/slides/slide1\.xml"[^>]*/>', "", "no content type"),
    "an Override names no part": (
        "[Content_Types]",
        "/ppt/slides/slide1.xml",
        "/ppt/slides/slide99.xml",
        "the content types name",
    ),
    "a section names no slide": (
        "ppt/presentation.xml",
        r'(<p14:sldIdLst>.*?<p14:sldId id=")\d+"',
        r'\g<1>9999"',
        "a section names the slide 9999",
    ),
    "two slides have one id": (
        "ppt/presentation.xml",
        r'(<p:sldId [^>]*?id=")(\d+)("[^>]*><p:sldId [^>]*?id=")\d+"',
        r'\1\2\3\2"',
        "slides have the id",
    ),
    "an axis has a negative number": (
        "ppt/charts/chart",
        r'(<c:axId val=")\d+"',
        r'\1-2068027336"',
        "no unsigned number",
    ),
    "a chart or table says nothing": (
        "ppt/slides/slide",
        r'(<p:graphicFrame>.*?<p:cNvPr [^>]*?)descr="[^"]*"',
        r"\1",
        "no alternative text",
    ),
    "a run has no language": ("ppt/slides/slide1.xml", r'(<a:r><a:rPr [^>]*?)lang="[^"]*"', r"\1", "has no language"),
    "a placeholder is left empty": (
        "ppt/slides/slide2.xml",
        r'(<p:ph type="title"/>.*?)<a:r>.*?</a:r>',
        r"\1",
        "is left empty",
    ),
    "slides have the same title": (
        "ppt/slides/slide",
        r'(<p:ph type="title"/>.*?<a:t>)[^<]*',
        r"\1Resultat",
        "slides are called",
    ),
    "a relationship leads nowhere": (
        "ppt/slides/_rels/",
        r'Target="\.\./charts/chart\d+\.xml"',
        'Target="../charts/chart999.xml"',
        "which is not there",
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_our_own_gate_refuses_a_broken_deck(made: Made, kind: str) -> None:
    part, old, new, says = BROKEN[kind]
    faults = deck_faults(breaking.broken_deck(made.deck("Kalmar"), part, old, new))
    assert any(says in fault for fault in faults), faults


def test_our_own_gate_refuses_a_deck_with_a_part_twice(made: Made) -> None:
    assert "ppt/slides/slide1.xml stands in the zip 2 times" in deck_faults(breaking.with_a_part_twice(made.deck("Kalmar")))


def test_our_own_gate_refuses_a_picture_without_words(made: Made) -> None:
    broken = breaking.broken_deck(
        made.deck("Kalmar", "picture"), "ppt/slides/slide", r'(<p:pic>.*?<p:cNvPr [^>]*?)descr="[^"]*"', r"\1"
    )
    assert any("no alternative text" in fault for fault in deck_faults(broken))


@pytest.mark.parametrize("kind", ["an axis has a negative number", "a relationship leads nowhere", "two slides have one id"])
def test_openxml_audit_refuses_a_broken_deck(auditor: OpenXmlValidator, made: Made, kind: str, tmp_path: Path) -> None:
    part, old, new, _ = BROKEN[kind]
    assert _audit(auditor, breaking.broken_deck(made.deck("Kalmar"), part, old, new), tmp_path)


def test_openxml_audit_refuses_a_deck_that_lacks_a_part(auditor: OpenXmlValidator, made: Made, tmp_path: Path) -> None:
    assert _audit(auditor, breaking.without_a_part(made.deck("Kalmar"), "ppt/slides/slide1.xml"), tmp_path)
