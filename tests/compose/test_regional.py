"""The regional compilation of the bundled editions, and of small ones where something is missing."""

import functools
import re
from pathlib import Path

import pytest
from build import BORTFALL, EJ_TILLAMPLIG, JA, JA_NEJ, NEJ, edition, number, share
from bundled import example
from words import of_block, words

from ojreport.catalogue import load_catalogue
from ojreport.compose import build_report
from ojreport.compose.definitions import load_definition
from ojreport.compose.document import BarChart, Figure, Mark, Paragraph, Role, Table
from ojreport.compose.regional import find_region
from ojreport.compose.texts import Texts
from ojreport.compose.trace import facts_of
from ojreport.errors import CatalogueError, UsageError
from ojreport.model.indicator import Direction, Indicator, Part
from ojreport.model.results import Results

ROOT = Path(__file__).parents[2]
GROUPS = ["GR", "STOR-STHLM", "STOR-MALMO", "Gotlands län", "Jönköpings län", "Västra Götalands län", "Storstäder"]
NBSP = "\u00a0"


@functools.cache
def region(name, year=2019):
    catalogue = load_catalogue()
    definition = load_definition("regional", ROOT / "reports")
    return build_report(definition, example(), catalogue, find_region(catalogue, name, year), year, Texts([ROOT / "templates"]))


def small(*editions, group="GR", toml=""):
    catalogue, definition = load_catalogue(), load_definition(toml or "regional", ROOT / "reports")
    known = Results(editions, catalogue.indicators)
    year = editions[-1].year
    return build_report(definition, known, catalogue, find_region(catalogue, group, year), year, Texts([ROOT / "templates"]))


def both(report):
    return words(report.document), words(report.deck)


def tables(report):
    return [b for b in report.document.blocks if isinstance(b, Table)]


def matrices(report):
    return [t for t in tables(report) if t.columns[1].upright]


def slides(report):
    return [slide for section in report.deck.sections for slide in section.slides]


@pytest.mark.parametrize("name", GROUPS)
def test_no_text_is_left_unfilled_and_no_number_parts_from_its_unit(name):
    for product in (region(name).document, region(name).deck):
        told = words(product).replace("   ", " ")  # between the signs of the legend
        assert not re.search(r"\bNone\b|\bnan\b|\{\{|\}\}|\{%|\(\)|\.\.|  |,,| \.| ,", told)
        blocks = product.blocks if hasattr(product, "blocks") else [b for s in slides(region(name)) for b in s.blocks]
        assert not re.search(r"\d (procent|procentenheter|%)", "\n".join(t for b in blocks for t in of_block(b)))


@pytest.mark.parametrize("name", GROUPS)
def test_slide_titles_are_unique(name):
    titles = [slide.title for slide in slides(region(name))]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("name", GROUPS)
def test_every_share_in_text_has_its_denominator(name):
    """Of numbers (socionomexamen is a share of staff) there is none, nor of the rule about bortfall."""
    told = [t.replace(NBSP, " ") for b in region(name).document.blocks if isinstance(b, Paragraph) for t in of_block(b)]
    found = 0
    for text in told:
        if "socionomexamen" in text and "Värdet är" in text:
            continue
        for match in re.finditer(r"(?<!högre än )\b\d+ procent\b(?! i riket)", text):
            after = text[match.end() :]
            assert re.match(r"( av kommunerna( och stadsdelarna)? i [\w\- ]+)? \((räknat: )?\d+ av \d+\)", after), (
                match[0],
                text,
            )
            found += 1
    assert found > 100


def test_kungsbacka_is_in_hallands_lan_and_the_group_is_held_against_both():
    text = words(region("GR").document)
    assert "I Hallands län: Kungsbacka." in text
    charts = [b.spec for b in region("GR").document.blocks if isinstance(b, Figure) and isinstance(b.spec, BarChart)]
    first = {bar.label: bar.role for bar in charts[0].bars}
    assert first == {
        "Göteborgsregionen": Role.SELF,
        "Västra Götalands län": Role.OWN,
        "Hallands län": Role.OWN,
        "Stor-Stockholm": Role.OTHER,
        "Stor-Malmö": Role.OTHER,
    }
    assert charts[0].reference.label.startswith("Riket")


def test_stor_goteborg_is_the_group_itself_and_is_no_comparison():
    assert "Stor-Göteborg" not in words(region("GR").document)
    assert "Stor-Göteborg" in words(region("STOR-STHLM").document)


def test_goteborg_is_counted_as_its_stadsdelar_and_never_twice():
    rows = [row.cells[0].text for row in matrices(region("GR"))[0].rows if not row.total]
    assert len(rows) == len(set(rows)) == 22
    assert "Göteborg" not in rows
    assert sum(name.startswith("Göteborg, ") for name in rows) == 10
    assert "Göteborg svarar genom sina stadsdelar." in words(region("GR").document)


def test_stor_stockholm_has_14_stadsdelar_that_year():
    rows = [row.cells[0].text for row in matrices(region("STOR-STHLM"))[0].rows if not row.total]
    assert sum(name.startswith("Stockholm, ") for name in rows) == 14
    assert len(rows) == 39


def test_vastra_gotaland_has_58_units():
    assert all(sum(not row.total for row in t.rows) == 58 for t in matrices(region("Västra Götalands län")))


def test_the_matrix_has_a_sign_and_its_words_in_every_cell_and_totals_that_add_up():
    for table in matrices(region("GR")):
        units, totals = table.rows[:-2], table.rows[-2:]
        assert all(cell.mark_only and cell.text for row in units for cell in row.cells[1:-1])
        for n in range(1, len(table.columns) - 1):
            marks = [row.cells[n].mark for row in units]
            assert totals[0].cells[n].text == str(marks.count(Mark.JA))
            assert totals[1].cells[n].text == str(sum(m is not Mark.MISSING for m in marks))


def test_the_matrix_is_sorted_by_share_of_ja_and_the_silent_stand_last():
    shares = [row.cells[-1].text.replace(NBSP, " ") for row in matrices(region("GR"))[0].rows if not row.total]
    counted = [tuple(map(int, s.split(" av "))) for s in shares if s != "–"]
    assert counted == sorted(counted, key=lambda pair: -pair[0] / pair[1])
    assert shares[-1] == "–"


def test_the_matrix_on_slides_has_at_most_eight_indicators_and_repeats_its_headings():
    found = [
        b
        for s in slides(region("Västra Götalands län"))
        for b in s.blocks
        if isinstance(b, Table) and b.columns[0].heading.startswith("Kommun")
    ]
    assert all(len(t.columns) <= 10 and len(t.rows) <= 24 for t in found)
    units = {row.cells[0].text for t in found for row in t.rows if not row.total}
    assert len(units) == 58
    assert len({c.heading for t in found for c in t.columns}) == 32


def test_a_lan_that_is_not_shown_says_why_and_is_not_judged():
    report = region("Jönköpings län")
    for text in both(report):
        assert "Jönköpings län redovisas inte på grund av bortfall högre än 20 procent." in text
    charts = [b.spec for b in report.document.blocks if isinstance(b, Figure) and isinstance(b.spec, BarChart)]
    assert not any(bar.role is Role.SELF for chart in charts for bar in chart.bars if "bortfall" in chart.title)


def test_what_is_not_shown_of_a_lan_is_not_counted_out_in_totals_titles_or_the_workbook():
    report = region("Jönköpings län")
    first = matrices(report)[0]
    assert [c.text for c in first.rows[-2].cells[1:8]] == ["–"] * 7  # the part on missbruk, which 9 of 13 answered
    assert "29 indikatorer kan inte bedömas" in words(report.document)
    assert "Inga förbättringsområden återstår" not in words(report.document)
    assert any(slide.title.endswith("svaren från varje kommun") for slide in slides(report))
    row = next(r for r in report.workbook.sheets[1].rows if r[0] == "U35513" and r[3] == "Jönköpings län")
    assert row[4:8] == ("", "", "", "")


def test_a_scale_without_ja_is_shown_for_the_other_groups_where_the_group_itself_is_not():
    report = region("Jönköpings län")
    table = next(t for t in tables(report) if t.columns[0].heading == "Svar")
    assert [c.heading for c in table.columns[1:]] == ["Stor-Stockholm", "Stor-Göteborg", "Stor-Malmö", "Riket"]
    assert all(re.fullmatch(r"\d+ % \(\d+ av \d+\)", c.text.replace(NBSP, " ")) for row in table.rows for c in row.cells[1:])


def test_a_group_of_one_is_told_as_the_kommun_that_it_is():
    for text in both(region("Gotlands län")):
        assert "Gotlands län består av en enda kommun, Gotland." in text
        assert "procent av kommunerna i Gotlands län" not in text
        assert "andra och lära av varandra" not in text


def test_no_change_is_worded_across_a_break():
    for text in both(region("GR")):
        told = [line for line in text.splitlines() if "stödprogram" in line.lower()]
        assert any("CRAFT" in line for line in told) or "Serien är bruten 2019" in text
        assert not any("2018" in line and "ökat" in line for line in told)


def test_a_question_that_nobody_in_the_group_answered_is_said_to_be_so():
    rows = dict.fromkeys(("1401", "1402", "1384"), BORTFALL) | {"0880": JA, "0821": NEJ, "00": share("50")}
    units = ("0821", "0880", "1384", "1401", "1402")
    for text in both(small(edition(2019, {"U35513": rows}, units))):
        assert "Ingen i Göteborgsregionen har svarat på frågan." in text or "0 av 3 har svarat på enkäten" in text
        assert "Resultaten för Göteborgsregionen" in text
    document = words(small(edition(2019, {"U35513": rows}, units)).document)
    assert "0 procent" not in document.replace("20 procent", "").replace("50 procent", "")


def test_a_missing_answer_keeps_its_reason():
    rows = {"1401": JA, "1402": EJ_TILLAMPLIG, "1384": BORTFALL, "00": share("50")}
    report = small(edition(2019, {"U35513": rows}))
    cells = {row.cells[0].text: row.cells[1].text for row in matrices(report)[0].rows}
    assert cells["Namn 1402"] == "Ej tillämplig"
    assert cells["Namn 1384"] == "Uppgift saknas (bortfall)"


def test_stadsdelar_are_those_of_the_edition():
    new = edition(2021, {"U35513": {"148011": JA, "148012": NEJ, "1401": JA}})
    assert {row.cells[0].text for row in matrices(small(new))[0].rows if not row.total} == {
        "Namn 148011",
        "Namn 148012",
        "Namn 1401",
    }


def test_a_group_of_ones_own_is_told_by_its_name(tmp_path):
    path = tmp_path / "norrlandet.csv"
    path.write_text("kommun\nKalmar\nKungsbacka\nGöteborg, Angered\n", encoding="utf-8")
    for text in both(region(str(path))):
        assert "Norrlandet når upp i" in text
    text = words(region(str(path)).document)
    assert "I Kalmar län: Kalmar." in text
    assert "i Göteborg stadsdelen Angered" in text


def test_riket_is_told_by_the_faktablad_and_an_area_is_no_group():
    catalogue = load_catalogue()
    with pytest.raises(UsageError, match="faktablad"):
        find_region(catalogue, "riket", 2019)
    definition = load_definition("regional", ROOT / "reports")
    with pytest.raises(UsageError, match="is made for a group"):
        build_report(definition, example(), catalogue, catalogue.find("Kalmar", 2019), 2019, Texts([ROOT / "templates"]))


def test_a_group_without_a_row_in_the_file_is_no_report():
    with pytest.raises(UsageError, match=r"has no row in oj-2019\.xlsx"):
        small(edition(2019, {"U35513": {"0880": JA}}))


def test_a_region_that_there_is_none_of_is_named_with_the_definition(tmp_path):
    path = tmp_path / "egen.toml"
    path.write_text((ROOT / "reports" / "regional.toml").read_text(encoding="utf-8").replace('"STOR-STHLM"', '"STOR-X"'), "utf-8")
    with pytest.raises(CatalogueError, match=r"STOR-X.*under regions"):
        small(edition(2019, {"U35513": {"1401": JA}}), toml=str(path))


def test_the_definition_chooses_indicators_regions_and_sections(tmp_path):
    path = tmp_path / "egen.toml"
    path.write_text(
        'kind = "regional"\ntext = "regional.jinja"\nformats = ["pdf"]\n'
        'pages = ["results", "matrix"]\nslides = ["title", "focus"]\n'
        'indicators = ["U35519", "U35513"]\nfocus = ["U35519"]\nregions = []\n',
        encoding="utf-8",
    )
    catalogue = load_catalogue()
    report = build_report(
        load_definition(str(path), ROOT / "reports"),
        example(),
        catalogue,
        find_region(catalogue, "GR", 2019),
        2019,
        Texts([ROOT / "templates"]),
    )
    assert len(matrices(report)[0].columns) == 4
    assert "Stor-Malmö" not in words(report.document)
    assert [s.title.split(":")[0] for s in slides(report)][1:] == ["Stödprogram för närstående"]


@pytest.mark.parametrize("name", ["GR", "Gotlands län"])
def test_every_fact_names_a_cell(name):
    report = region(name)
    for product in (report.document, report.deck, report.workbook):
        for fact in facts_of(product):
            assert fact.origins, fact
            assert all(origin.sheet for origin in fact.origins if origin.cell), fact


def test_the_workbook_has_the_matrix_every_figure_and_every_answer():
    matrix, figures, answers = region("GR").workbook.sheets
    assert (matrix.name, figures.name, answers.name) == ("Matris", "Resultat", "Svar")
    assert len(matrix.rows) == 22
    assert len(answers.rows) == 22 * 34
    place = {column.heading: n for n, column in enumerate(figures.columns)}
    row = next(r for r in figures.rows if r[0] == "U35513" and r[place["Grupp"]] == "Göteborgsregionen")
    assert (row[place["Svarar Ja"]], row[place["Har svarat"]], row[place["Läst eller räknad"]]) == ("8", "21", "Räknad")
    assert row[place["Celler"]]
    tjorn = next(r for r in answers.rows if r[1] == "Tjörn")
    assert (tjorn[5], tjorn[6]) == ("", "Bortfall")
    assert tjorn[-1]


def test_a_kommungrupp_with_kommuner_in_many_lan_shows_those_with_most_of_them():
    report = region("Landsbygdskommun")
    assert all(
        len(t.columns) <= 9
        for s in slides(report)
        for t in s.blocks
        if isinstance(t, Table) and t.columns[0].heading == "Indikator"
    )


def test_a_file_with_registers_alone_shows_them_for_the_lan():
    report = small(edition(2019, {"OJR01": {"14": number("12"), "00": number("14"), "1401": EJ_TILLAMPLIG}}), group="14")
    document, deck = both(report)
    assert "har inga frågor som kommuner eller stadsdelar har svarat på" in document
    assert "Registerbaserade indikatorer" in document
    assert "kan inte bedömas" in deck


def test_unknown_indicators_are_told_and_not_judged():
    unknown = Indicator("ny", "En ny fråga", "En ny fråga", JA_NEJ, Direction.NONE, "", Part.MISSBRUK, (2019,), known=False)
    file = edition(2019, {"ny": {"1401": JA, "1402": NEJ, "0880": NEJ}})
    catalogue, definition = load_catalogue(), load_definition("regional", ROOT / "reports")
    known = Results((file,), {"ny": unknown})
    report = build_report(definition, known, catalogue, find_region(catalogue, "GR", 2019), 2019, Texts([ROOT / "templates"]))
    for text in both(report):
        assert "kan inte bedömas" in text
        assert "En ny fråga" in text
    assert "50 procent av kommunerna i Göteborgsregionen (1 av 2)" in words(report.document)
