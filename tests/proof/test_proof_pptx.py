"""The proof-reader of decks: silent on one that is whole, and able to name the slide that is not."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from damage import change_part, swap
from finished import Made, Make
from openpyxl import load_workbook
from pptx import Presentation

from ojreport.proof.pptx import proof_pptx

Deck = Any  # python-pptx's presentation
Shape = Any  # python-pptx's shape


def _changed(data: bytes, damage: Callable[[Deck], None]) -> bytes:
    """The deck, changed and saved anew."""
    deck, out = Presentation(BytesIO(data)), BytesIO()
    damage(deck)
    deck.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", ["Kalmar", "Göteborg", "Åsele", "Stockholm"])
def test_a_whole_deck_has_no_difference(name: str, made: Make) -> None:
    """Stockholm's charts have numbers with 17 significant digits, one more than their workbooks hold."""
    assert proof_pptx(made(name).pptx, made(name).report.deck) == ()


def test_saving_it_anew_does_no_damage(kalmar: Made) -> None:
    assert proof_pptx(_changed(kalmar.pptx, lambda _: None), kalmar.report.deck) == ()


# ------------------------------------------------------------------------------------- damage to a part of the file, as text


def _point(text: str) -> str:
    """The first value that the chart's XML keeps is one higher."""
    return re.sub(r"(<c:val>.*?<c:v>)([\d.]+)", lambda m: f"{m[1]}{float(m[2]) + 1:g}", text, count=1, flags=re.DOTALL)


PARTS: dict[str, tuple[str, Callable[[str], str], tuple[str, ...]]] = {
    "a number in a title": ("slides/slide2", swap("har 12", "har 21"), ("slide 2: title", "har 21", "har 12")),
    "a chart's point": ("charts/chart2", _point, ("slide 8, figure “", "bar is", "slide 8, figure", "of the chart's workbook")),
    "the kommun on the title slide": (
        "slides/slide1",
        lambda text: text.replace("Kalmar", "Nybro").replace("0880", "0881"),
        ("slide 1: title", "Nybro", "slide 1: the name “Kalmar” is missing", "slide 1: the code “0880” is missing"),
    ),
    "a foot": ("slides/slide9", lambda text: "2018".join(text.rsplit("2019", 1)), ("slide 9: foot", "2018")),
    "the speaker's notes": ("notesSlides/notesSlide8", swap("26", "62"), ("slide 8: note", "62", "26")),
    "a language": ("slides/slide3", swap('lang="sv-SE"', 'lang="en-US"'), ("slide 3: the language of “", "sv-SE")),
    "the value axis": ("charts/chart2", swap('<c:max val="100', '<c:max val="50'), ("slide 8, figure “", "scale", "0 to 50")),
}


@pytest.mark.parametrize(("part", "change", "said"), PARTS.values(), ids=PARTS)
def test_a_part_that_was_changed_is_found(part: str, change: Callable[[str], str], said: tuple[str, ...], kalmar: Made) -> None:
    damaged = change_part(kalmar.pptx, rf"ppt/{part}\.xml", change)
    found = "\n".join(map(str, proof_pptx(damaged, kalmar.report.deck)))
    assert [word for word in said if word not in found] == [], found


# ------------------------------------------------------------------------------------------- damage done as PowerPoint would


def _shape(deck: Deck, slide: int, has: str) -> Shape:
    """The first shape of the slide that has a chart, a table or a text_frame (a body, not the title)."""
    shapes = (s for s in deck.slides[slide - 1].shapes if s != deck.slides[slide - 1].shapes.title)
    return next(s for s in shapes if getattr(s, f"has_{has}"))


def _workbook(deck: Deck) -> None:
    part = _shape(deck, 8, "chart").chart.part.chart_workbook.xlsx_part
    book, out = load_workbook(BytesIO(part.blob)), BytesIO()
    next(cell for row in book.active.iter_rows() for cell in row if isinstance(cell.value, float | int)).value = 1
    book.save(out)
    part.blob = out.getvalue()


def _row(deck: Deck) -> None:
    table = _shape(deck, 5, "table").table._tbl
    table.remove(table.tr_lst[3])


def _cell(deck: Deck) -> None:
    cell = _shape(deck, 5, "table").table.cell(2, 1)
    cell.text_frame.paragraphs[0].runs[0].text = "○ Nej?"


def _alt(deck: Deck) -> None:
    del _shape(deck, 8, "chart")._element.nvGraphicFramePr.cNvPr.attrib["descr"]


def _emptied(deck: Deck) -> None:
    _shape(deck, 3, "text_frame").text_frame.clear()


def _prompt(deck: Deck) -> None:
    deck.slides[4].shapes.title.text_frame.text = "Click to add title"


def _slide(deck: Deck) -> None:
    ids = deck.slides._sldIdLst
    deck.part.drop_rel(ids[6].rId)
    ids.remove(ids[6])


def _moved(deck: Deck) -> None:
    ids = deck.slides._sldIdLst
    ids.append(ids[6])


def _left(deck: Deck) -> None:
    _shape(deck, 3, "text_frame").text_frame.paragraphs[0].runs[0].text = "Svar från {{ namn }}"


def _trend(deck: Deck) -> None:
    """A value that is written at a trend's point as fixed words."""
    chart = _shape(deck, 11, "chart").chart
    chart.plots[0].series[0].points[0].data_label.text_frame.text = "99"


def _properties(deck: Deck) -> None:
    deck.core_properties.title = "Nybro: missbruks- och beroendevård 2019"


def _sections(deck: Deck) -> None:
    section = next(e for e in deck.element.iter() if str(e.tag).endswith("}section"))
    section.set("name", "Något annat")


DAMAGE: dict[str, tuple[Callable[[Deck], None], tuple[str, ...]]] = {
    "the workbook behind a chart": (
        _workbook,
        ("slide 8, figure “", "cell C2 of the chart's workbook is “1.0” and should be “"),
    ),
    "a row is gone": (_row, ("slide 5, table “", "row 3", "is missing")),
    "a cell": (_cell, ("slide 5, table “", "row 2, column 2: cell is “○ Nej?”")),
    "a chart without alt text": (_alt, ("slide 8, figure “", ": chart “", "is missing")),
    "a placeholder was emptied": (_emptied, ("slide 3: ", "empty placeholder")),
    "a title that nobody filled in": (_prompt, ("slide 5: title is “Click to add title”", "not filled in in title")),
    "a slide is gone": (_slide, ("file: the number of slides is “14” and should be “15”", "slide 7", "sections: section")),
    "a slide was moved": (_moved, ("slide 7", "slide number", "sections: section")),
    "a place that was not filled in": (_left, ("slide 3: ", "what was not filled in in item “{{ namn }}”")),
    "a label on a trend": (_trend, ("slide 11, figure “", "the label at ", "is “99”")),
    "another kommun in the properties": (_properties, ("properties: the title is “Nybro", "“Kalmar")),
    "a section": (_sections, ("sections: section is “Något annat",)),
}


@pytest.mark.parametrize(("damage", "said"), DAMAGE.values(), ids=DAMAGE)
def test_damage_is_found_and_its_place_is_named(damage: Callable[[Deck], None], said: tuple[str, ...], kalmar: Made) -> None:
    found = "\n".join(map(str, proof_pptx(_changed(kalmar.pptx, damage), kalmar.report.deck)))
    assert [word for word in said if word not in found] == [], found


def test_the_deck_of_another_kommun_is_told_at_its_title(kalmar: Made, made: Make) -> None:
    found = [d for d in proof_pptx(made("Göteborg").pptx, kalmar.report.deck) if d.what == "title"]
    assert found[0].where == "slide 1"
    assert (found[0].expected[:6], found[0].found[:8]) == ("Kalmar", "Göteborg")


@pytest.mark.parametrize("cut", [0, 100, 50_000])
def test_half_a_file_is_a_difference_and_no_crash(cut: int, kalmar: Made) -> None:
    assert proof_pptx(kalmar.pptx[:cut], kalmar.report.deck)


def _without(data: bytes, name: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.namelist():
            if part != name:
                target.writestr(part, source.read(part))
    return out.getvalue()


@pytest.mark.parametrize(
    "name", ["ppt/theme/theme1.xml", "ppt/slides/slide3.xml", "ppt/_rels/presentation.xml.rels", "_rels/.rels"]
)
def test_a_part_that_is_not_there_is_a_difference(name: str, kalmar: Made) -> None:
    (found,) = proof_pptx(_without(kalmar.pptx, name), kalmar.report.deck)
    assert found.what == "what opens it"


@pytest.mark.parametrize(
    ("part", "change"),
    [
        (r"\[Content_Types\]\.xml", swap("presentationml.slide+xml", "presentationml.slyde+xml")),
        (r"\[Content_Types\]\.xml", swap("PartName=", "PartNamn=")),
        (r"\[Content_Types\]\.xml", swap("presentation.main+xml", "template.main+xml")),
        (r"ppt/slides/_rels/slide3\.xml\.rels", swap("Target=", "Tarjet=")),
        (r"ppt/slideLayouts/slideLayout2\.xml", swap("</p:sldLayout>", "")),
        (r"ppt/slides/slide3\.xml", swap("</p:sld>", "")),
    ],
)
def test_a_part_that_no_program_would_take_is_a_difference(part: str, change: Callable[[str], str], kalmar: Made) -> None:
    (found,) = proof_pptx(change_part(kalmar.pptx, part, change), kalmar.report.deck)
    assert found.what == "what opens it"


def test_a_byte_that_was_lost_on_the_way_is_a_difference(kalmar: Made) -> None:
    with zipfile.ZipFile(BytesIO(kalmar.pptx)) as opened:
        at = opened.getinfo("ppt/slides/slide5.xml").header_offset + 200
    damaged = kalmar.pptx[:at] + bytes([kalmar.pptx[at] ^ 1]) + kalmar.pptx[at + 1 :]
    (found,) = proof_pptx(damaged, kalmar.report.deck)
    assert found.what == "what opens it"
