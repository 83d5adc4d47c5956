"""Decks with pictures for charts, and files in a kommun's theme with a logo, are proof-read like all others."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from damage import change_part, changed_pdf, elements, swap
from finished import Made
from PIL import Image
from pptx import Presentation

from ojreport.proof.pdf import proof_pdf
from ojreport.proof.pptx import proof_pptx
from ojreport.render.pdf import render_pdf
from ojreport.render.pptx import render_pptx
from ojreport.render.theme import Theme, load_theme

LOGO = "Kommunens vapen: en röd fyrkant"
_THEME = f'[colours]\nprimary = "#0B5D1E"\nhighlight = "#9C1C6B"\n\n[logo]\nfile = "logo.png"\nalt = "{LOGO}"\n'


@pytest.fixture(scope="session")
def own_theme(tmp_path_factory: pytest.TempPathFactory) -> Theme:
    """A kommun's theme, with other colours and a logo."""
    folder: Path = tmp_path_factory.mktemp("theme")
    Image.new("RGB", (120, 60), "#B00020").save(folder / "logo.png")
    (folder / "theme.toml").write_text(_THEME, encoding="utf-8")
    return load_theme(folder / "theme.toml")


@pytest.fixture(scope="session")
def pictured(kalmar: Made) -> bytes:
    return render_pptx(kalmar.report.deck, kalmar.chain.theme, kalmar.chain.deck_template, "picture")


@pytest.fixture(scope="session")
def own_deck(kalmar: Made, own_theme: Theme) -> bytes:
    return render_pptx(kalmar.report.deck, own_theme, kalmar.chain.deck_template)


@pytest.fixture(scope="session")
def own_pdf(kalmar: Made, own_theme: Theme) -> bytes:
    return render_pdf(kalmar.report.document, own_theme)


# --------------------------------------------------------------------------------------------------- pictures for charts


def test_a_whole_deck_with_pictures_has_no_difference(pictured: bytes, kalmar: Made) -> None:
    assert proof_pptx(pictured, kalmar.report.deck, native=False) == ()


def test_pictures_where_charts_were_ordered_are_told(pictured: bytes, kalmar: Made) -> None:
    found = "\n".join(map(str, proof_pptx(pictured, kalmar.report.deck)))
    assert "slide 8, figure “" in found
    assert "chart" in found


def test_charts_where_pictures_were_ordered_are_told(kalmar: Made) -> None:
    found = "\n".join(map(str, proof_pptx(kalmar.pptx, kalmar.report.deck, native=False)))
    assert "slide 8, figure “" in found
    assert "picture" in found


def _number(text: str) -> str:
    """The last number in the drawing is another one."""
    return re.sub(r"(.*<!-- )\d+( -->)", r"\g<1>1234\2", text, count=1, flags=re.DOTALL)


SLIDES: dict[str, tuple[str, Callable[[str], str], tuple[str, ...]]] = {
    "a number in a picture": (r"ppt/media/vector\d+\.svg", _number, ("figure “", "the drawing's words", "1234")),
    "a picture's words": (r"ppt/slides/slide8\.xml", swap('descr="', 'descr="Nybro: '), ("slide 8, figure “", "Nybro: ")),
    "a picture without words": (
        r"ppt/slides/slide8\.xml",
        lambda text: re.sub(r' descr="[^"]+"', "", text),
        ("slide 8, figure “", "picture “", "is missing"),
    ),
    "a caption": (r"ppt/slides/slide2\.xml", swap("har 12", "har 21"), ("slide 2: title", "har 21", "har 12")),
}


@pytest.mark.parametrize(("part", "change", "said"), SLIDES.values(), ids=SLIDES)
def test_damage_to_a_deck_with_pictures_is_found(
    part: str, change: Callable[[str], str], said: tuple[str, ...], pictured: bytes, kalmar: Made
) -> None:
    found = "\n".join(map(str, proof_pptx(change_part(pictured, part, change), kalmar.report.deck, native=False)))
    assert [word for word in said if word not in found] == [], found


def _changed(data: bytes, damage: Callable[[Any], None]) -> bytes:
    deck, out = Presentation(BytesIO(data)), BytesIO()
    damage(deck)
    deck.save(out)
    return out.getvalue()


def _vectors(deck: Any) -> list[Any]:
    return [
        slide.part.related_part(mark.get(f"{{{mark.nsmap['r']}}}embed"))
        for slide in deck.slides
        for mark in slide.element.iter("{*}svgBlip")
    ]


def test_two_pictures_that_changed_places_are_found(pictured: bytes, kalmar: Made) -> None:
    def damage(deck: Any) -> None:
        one, other = _vectors(deck)[:2]
        one._blob, other._blob = other._blob, one._blob

    found = [str(d) for d in proof_pptx(_changed(pictured, damage), kalmar.report.deck, native=False)]
    assert len([d for d in found if "the drawing's words" in d]) == 2, found


def test_a_picture_without_its_drawing_is_found(pictured: bytes, kalmar: Made) -> None:
    def damage(deck: Any) -> None:
        mark = next(m for slide in reversed(list(deck.slides)) for m in slide.element.iter("{*}svgBlip"))
        mark.getparent().remove(mark)

    (found,) = proof_pptx(_changed(pictured, damage), kalmar.report.deck, native=False)
    assert found.what == "the drawing of the figure"


# ------------------------------------------------------------------------------------------------------ a theme of one's own


def test_whole_files_in_a_theme_with_a_logo_have_no_difference(own_pdf: bytes, own_deck: bytes, kalmar: Made) -> None:
    assert proof_pdf(own_pdf, kalmar.report.document, LOGO) == ()
    assert proof_pptx(own_deck, kalmar.report.deck, logo=LOGO) == ()


def test_a_logo_that_nobody_ordered_is_found(own_pdf: bytes, own_deck: bytes, kalmar: Made) -> None:
    assert f"page 1: Figure “{LOGO}” should not be there" in map(str, proof_pdf(own_pdf, kalmar.report.document))
    assert f"slide 1: picture “{LOGO}” should not be there" in map(str, proof_pptx(own_deck, kalmar.report.deck))


def test_a_logo_that_is_not_there_is_found(kalmar: Made) -> None:
    assert f"Figure “{LOGO}” is missing" in str(proof_pdf(kalmar.pdf, kalmar.report.document, LOGO)[0])


def _logo_alt(pdf: pikepdf.Pdf) -> None:
    next(elements(pdf, "Figure")).Alt = pikepdf.String("Nybro kommuns vapen")


def _second_figure(pdf: pikepdf.Pdf) -> None:
    figures = list(elements(pdf, "Figure"))
    figures[1].Alt, figures[2].Alt = str(figures[2].Alt), str(figures[1].Alt)


def _logo_twice(pdf: pikepdf.Pdf) -> None:
    section = next(e for e in elements(pdf, "Sect", "Document") if str(e.K[0].get("/S", "")) == "/Figure")
    section.K.append(section.K[0])


def _h1(pdf: pikepdf.Pdf) -> None:
    next(elements(pdf, "H1")).S = pikepdf.Name.P


PAGES: dict[str, tuple[Callable[[pikepdf.Pdf], object], tuple[str, ...]]] = {
    "another logo's words": (_logo_alt, ("page 1: Figure is “Nybro kommuns vapen”", LOGO)),
    "two figures' words": (_second_figure, ("page", "figure “", "Figure")),
    "the logo twice": (_logo_twice, (f"Figure “{LOGO}” should not be there",)),
    "the title below the logo": (_h1, ("page 1", "is “P” and should be “H1”")),
}


@pytest.mark.parametrize(("damage", "said"), PAGES.values(), ids=PAGES)
def test_damage_to_a_pdf_in_a_theme_is_found(
    damage: Callable[[pikepdf.Pdf], object], said: tuple[str, ...], own_pdf: bytes, kalmar: Made
) -> None:
    found = "\n".join(map(str, proof_pdf(changed_pdf(own_pdf, damage), kalmar.report.document, LOGO)))
    assert [word for word in said if word not in found] == [], found


def test_a_logo_with_other_words_on_a_deck_is_found(own_deck: bytes, kalmar: Made) -> None:
    damaged = change_part(own_deck, r"ppt/slides/slide1\.xml", swap(LOGO, "Nybro kommuns vapen"))
    found = "\n".join(map(str, proof_pptx(damaged, kalmar.report.deck, logo=LOGO)))
    assert "slide 1: picture “Nybro kommuns vapen” should not be there" in found
