"""The council briefing: what a nämnd needs, on two pages and a few slides, and no more than is known."""

import functools
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from words import words

from ojreport.catalogue import load_catalogue
from ojreport.compose import build_report
from ojreport.compose.definitions import load_definition
from ojreport.compose.document import Figure, Table
from ojreport.compose.texts import Texts
from ojreport.render.pdf import render_pdf
from ojreport.render.theme import load_theme
from ojreport.sources import example_folder, load_results

ROOT = Path(__file__).parents[2]
AREAS = [
    "Kalmar",
    "Gotland",
    "Göteborg",
    "Stockholm",
    "Göteborg, Angered",
    "Åsele",
    "Örnsköldsvik",
    "Stockholm, Enskede-Årsta-Vantör",
]


@functools.cache
def briefing_of(name, year=2019, **fields):
    catalogue, texts = load_catalogue(), Texts([ROOT / "templates"])
    definition = replace(load_definition("namndunderlag", ROOT / "reports"), fields=dict(fields))
    return build_report(
        definition, load_results([example_folder()], catalogue), catalogue, catalogue.find(name, year), year, texts
    )


@pytest.mark.parametrize("name", AREAS)
@pytest.mark.parametrize("year", [2016, 2019, 2020])
def test_it_is_two_pages_and_at_most_six_slides(name, year):
    report = briefing_of(name, year)
    pdf = render_pdf(report.document, load_theme(ROOT / "templates" / "theme.toml"))
    assert len(pikepdf.open(BytesIO(pdf)).pages) <= 2
    assert sum(len(section.slides) for section in report.deck.sections) <= 6


def test_what_only_the_user_knows_is_a_marked_blank():
    text = words(briefing_of("Kalmar").document)
    for blank in (
        "[datum fylls i]",
        "[diarienummer fylls i]",
        "[nämnd fylls i]",
        "[namn och titel fylls i]",
        "[mottagare fylls i]",
    ):
        assert blank in text


def test_what_the_user_gives_stands_in_the_place_of_the_blank():
    text = words(briefing_of("Kalmar", diarienummer="SN 2020/12", till="Socialnämnden").document)
    assert "SN 2020/12" in text
    assert "[diarienummer fylls i]" not in text
    assert "Socialnämnden tar del av resultaten i Socialstyrelsens Öppna jämförelser 2019." in text


def test_it_has_the_parts_of_a_tjansteskrivelse_in_their_order():
    text = words(briefing_of("Kalmar").document)
    parts = [
        "Diarienummer",
        "Förslag till beslut",
        "Sammanfattning",
        "Ärendet\n",
        "Förbättringsområden och förslag",
        "Beslutsunderlag",
    ]
    parts += ["Underskrift", "Beslutet sänds till"]
    places = [text.index(f"\n{part}") for part in parts]
    assert places == sorted(places)


def test_it_has_one_picture_three_strengths_and_three_areas():
    report = briefing_of("Kalmar")
    assert sum(isinstance(b, Figure) for b in report.document.blocks) == 1
    plan = next(b for b in report.document.blocks if isinstance(b, Table) and b.title.startswith("Handlingsplan"))
    assert [row.cells[0].text for row in plan.rows] == [
        "FREDA-kortfrågor",
        "Skyddade personuppgifter",
        "Rutin vid våld mot vuxna",
    ]
    assert words(report.document).count("procent i riket)") == 6


def test_a_kommun_that_did_not_answer_is_asked_to_answer_and_is_not_judged():
    text = words(briefing_of("Åsele").document)
    assert "Åsele har inte svarat på enkäten 2019." in text
    assert "ger förvaltningen i uppdrag att se till att enkäten besvaras i nästa mätning." in text


def test_every_report_carries_the_caveat_and_says_that_it_is_example_data():
    for product in (briefing_of("Kalmar").document, briefing_of("Kalmar").deck):
        assert "inte hela dess kvalitet" in words(product)
        assert "Exempeldata" in words(product)
