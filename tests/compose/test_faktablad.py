"""The faktablad: point by point against the one that Socialstyrelsen published in 2019, and on editions that lack something."""

import functools
import io
import re
from pathlib import Path

import pikepdf
import pytest
from build import EJ_TILLAMPLIG, JA, NEJ, SEKRETESS, edition, number, share
from words import words

from ojreport.catalogue import load_catalogue
from ojreport.compose import build_report, kind_of
from ojreport.compose.definitions import load_definition
from ojreport.compose.document import BarChart, Figure, Table
from ojreport.compose.texts import Texts
from ojreport.compose.trace import facts_of
from ojreport.errors import UsageError
from ojreport.model.results import Results
from ojreport.render.pdf import render_pdf
from ojreport.render.theme import load_theme
from ojreport.sources import example_folder, load_results

ROOT = Path(__file__).parents[2]
YEARS = [2016, 2017, 2018, 2019, 2020]
SUPPORT, ESCORT, AGREEMENT, REGISTER = "U35519", "U35529", "U35513", "OJR01"


def made(results, year):
    catalogue = load_catalogue()
    definition = load_definition("faktablad", ROOT / "reports")
    return build_report(definition, results, catalogue, catalogue.riket(), year, Texts([ROOT / "templates"]))


@functools.cache
def example():
    return load_results([example_folder()], load_catalogue())


@functools.cache
def published(year=2019):
    return made(example(), year)


def of(*editions, year=2019):
    return made(Results(editions, load_catalogue().indicators), year)


def both(report):
    return words(report.document), words(report.deck)


def tables(report):
    return [b for b in report.document.blocks if isinstance(b, Table)]


def row_of(table, name):
    return next([c.text.replace("\u00a0", " ") for c in r.cells] for r in table.rows if r.cells[0].text == name)


def trend(report):
    return next(t for t in tables(report) if t.columns[1].heading == "2016")


# --------------------------------------------------------------- what Socialstyrelsen's faktablad for 2019 says, point by point


@pytest.mark.parametrize(
    "point",
    [
        "(63 procent, 180 av 285) erbjuder minst ett stödprogram för vuxna närstående.",
        "(11 procent, 31 av 283) har en aktuell rutin för att erbjuda enskilda att ta med en stödperson på möten.",
        "Knappt hälften av kommunerna och stadsdelarna (47 procent, 134 av 285) har en aktuell överenskommelse med regionen.",
        "Gotland motsvarar en kommun.",
        "Jönköpings län redovisas inte på grund av bortfall högre än 20 procent.",
        "95 procent av kommunerna och stadsdelarna (296 av 312) besvarade enkätens generella del",
        "92 procent (287 av 312) besvarade delen om missbruk",
    ],
)
def test_the_points_of_2019_stand_on_pages_and_slides(point):
    for text in both(published()):
        assert point in text


def test_9_10_11_is_a_row_and_an_increase_of_2_since_2017():
    assert row_of(trend(published()), "Stödperson på möten")[2:] == ["9 % (286)", "10 % (292)", "Jämförbart", "11 % (283)"]
    for text in both(published()):
        assert "9 procent 2017, 10 procent 2018 och 11 procent 2019: en ökning med 2 procentenheter sedan 2017." in text


def test_56_53_47_is_one_series_with_its_note():
    assert row_of(trend(published()), "Överenskommelse med regionen")[2:] == [
        "56 % (289)",
        "53 % (291)",
        "Jämförbart",
        "47 % (285)",
    ]
    assert "spel om pengar lades till i frågan" in trend(published()).note


def test_craft_explains_37_to_63_and_no_rise_is_claimed():
    row = row_of(trend(published()), "Stödprogram för närstående")
    assert row[3:] == ["37 % (291)", "‖ Brott: CRAFT räknas in", "63 % (285)"]
    assert "CRAFT" in trend(published()).note
    for text in both(published()):
        assert "2018 var andelen i riket 37 procent. Att den är 63 procent 2019 förklaras av den nya definitionen." in text
        assert "26 procentenheter" not in text
        assert not re.search(r"37 procent 2018[^.]*63 procent 2019", text)
        assert "+26" not in text


def test_jonkoping_is_left_out_of_the_figure_and_marked_in_the_table():
    figure = next(b for b in published().document.blocks if isinstance(b, Figure))
    assert isinstance(figure.spec, BarChart)
    labels = [bar.label for bar in figure.spec.bars]
    assert len(labels) == 20
    assert not any(label.startswith("Jönköping") for label in labels)
    assert "Blekinge län (4)" in labels
    lan = tables(published())[-1]
    assert row_of(lan, "Jönköpings län")[1:4] == ["Bortfall"] * 3
    assert row_of(lan, "Gotlands län")[1:4] == ["0 % (1)", "0 % (1)", "100 % (1)"]
    assert len(lan.rows) == 22


# ------------------------------------------------------------------------------------------------------- what always holds


@pytest.mark.parametrize("year", YEARS)
def test_it_is_at_most_four_pages(year):
    pdf = render_pdf(published(year).document, load_theme(ROOT / "templates" / "theme.toml"))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) <= 4


@pytest.mark.parametrize("year", YEARS)
def test_no_text_is_left_unfilled_and_titles_are_unique(year):
    report = published(year)
    for text in both(report):
        assert not re.search(r"\bNone\b|\bnan\b|\{\{|\}\}|\{%|\(\)|\.\.|  ", text)
    titles = [s.title for section in report.deck.sections for s in section.slides]
    assert len(set(titles)) == len(titles)
    assert len(titles) <= 11


@pytest.mark.parametrize("year", YEARS)
def test_every_share_in_a_table_has_its_denominator(year):
    for table in tables(published(year)):
        for row in table.rows:
            shares = [c.text for c in row.cells[1:] if "%" in c.text]
            assert all(re.search(r"\((\d+\u00a0av\u00a0)?\d+\)", s) for s in shares), shares


@pytest.mark.parametrize("year", YEARS)
def test_every_fact_names_a_cell(year):
    report = published(year)
    for fact in (*facts_of(report.document), *facts_of(report.deck)):
        assert fact.origins, fact


@pytest.mark.parametrize("year", YEARS)
def test_no_change_is_told_across_a_break(year):
    breaks = load_catalogue().breaks
    by_short = {i.short: i.id for i in load_catalogue().indicators.values()}
    for table in tables(published(year)):
        if table.columns[-1].heading != "Procentenheter":
            continue
        for row in table.rows:
            before = int(row.cells[1].text[:4])
            indicator = by_short[row.cells[0].text.partition(" (bakgrundsmått)")[0]]
            assert not any(b.cuts(indicator, before, year) for b in breaks)


def test_the_groups_are_skrs_and_no_number_of_inhabitants_is_named():
    for text in both(published()):
        assert "Storstäder och storstadsnära" in text
        assert "SKR:s kommungruppsindelning 2023" in text
        assert "invånare" not in text.replace("per 100 000 invånare", "").replace("per 100\u00a0000 invånare", "")


def test_it_says_that_it_is_not_made_by_socialstyrelsen():
    assert "Gjort med ojreport ur Socialstyrelsens data, inte av Socialstyrelsen." in words(published().document)


def test_it_is_about_riket_and_nothing_else():
    catalogue = load_catalogue()
    kind = kind_of(load_definition("faktablad", ROOT / "reports"))
    assert [kind.find(catalogue, name, 2019).code for name in ("riket", "Sverige", "00", kind.default)] == ["00"] * 4
    with pytest.raises(UsageError, match="about riket; leave the area out"):
        kind.find(catalogue, "Kalmar", 2019)
    definition, kalmar, texts = (
        load_definition("faktablad", ROOT / "reports"),
        catalogue.find("Kalmar", 2019),
        Texts([ROOT / "templates"]),
    )
    with pytest.raises(UsageError, match="about riket"):
        build_report(definition, example(), catalogue, kalmar, 2019, texts)


# ------------------------------------------------------------------------------------------- editions that lack something


def test_the_oldest_edition_compares_with_nothing():
    document, deck = both(published(2016))
    assert "Det finns ingen tidigare mätning att jämföra med." in document
    assert "Det finns ingen tidigare mätning att jämföra med" in deck
    assert "sedan 2016" not in document


def test_an_edition_without_registers_has_no_register_columns():
    report = of(edition(2019, {SUPPORT: {"0880": JA, "0821": NEJ, "0580": JA, "00": share("67"), "08": share("50")}}))
    assert "register" not in "".join(both(report)).lower()
    assert [c.heading for c in tables(report)[-1].columns] == ["Län", "Stödprogram för närstående"]


def test_an_edition_with_registers_alone_shows_them():
    report = of(edition(2019, {REGISTER: {"08": number("12"), "07": number("14"), "00": number("13"), "0880": EJ_TILLAMPLIG}}))
    assert row_of(tables(report)[-1], "Kalmar län") == ["Kalmar län", "12"]
    for text in both(report):
        assert "None" not in text


def test_an_edition_that_highlights_nothing_takes_what_has_changed_the_most():
    editions = (edition(y, {ESCORT: {"0880": JA, "0821": NEJ, "00": share(p)}}) for y, p in ((2017, "40"), (2018, "50")))
    document, _ = both(of(*editions, year=2018))
    assert "Stödperson på möten: hälften i riket (50 procent)" in document
    assert "från 40 procent 2017 till 50 procent 2018" in document


def test_riket_under_sekretess_is_said_and_gets_no_figure():
    report = of(
        edition(2018, {AGREEMENT: {"0880": JA, "0821": NEJ, "00": share("50")}}),
        edition(2019, {AGREEMENT: {"0880": JA, "0821": NEJ, "00": SEKRETESS}}),
    )
    document, deck = both(report)
    assert "Överenskommelse med regionen: inget resultat för riket" in document
    assert "Det finns inget resultat för riket 2019 (sekretess)." in deck
    assert "procentenheter" not in deck


def test_an_edition_where_riket_has_no_result_at_all_still_names_who_answered():
    report = of(edition(2019, {AGREEMENT: {"0880": JA, "0821": NEJ, "00": SEKRETESS}}))
    _, deck = both(report)
    assert "Resultat i riket 2019" in deck
    assert not any(section.name == "Utveckling" for section in report.deck.sections)
