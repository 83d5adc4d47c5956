"""A local objection stands beside the official value wherever that stands, and is in no count."""

from pathlib import Path

import pytest
from words import words

from ojreport.catalogue import load_catalogue
from ojreport.compose import build_report
from ojreport.compose.definitions import load_definition
from ojreport.compose.texts import Texts
from ojreport.compose.trace import facts_of
from ojreport.errors import CatalogueError
from ojreport.sources import example_folder, load_results
from ojreport.sources.objections import read_objections

ROOT = Path(__file__).parents[2]
FILE = """[[objections]]
area = "Kalmar"
indicator = "U35529"
year = 2019
text = "Vi rapporterade Ja."
by = "Anna Ek, socialförvaltningen"
date = 2019-10-01

[[objections]]
area = "Göteborg, Angered"
indicator = "U35519"
year = 2019
text = "Programmet startade i mars."
by = "Stadsdelen"
"""
SAID = "”Vi rapporterade Ja.” (Anna Ek, socialförvaltningen, 2019-10-01)"


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    path = tmp_path_factory.mktemp("objections") / "invandningar.toml"
    path.write_text(FILE, encoding="utf-8")
    catalogue = load_catalogue()
    plain = load_results([example_folder()], catalogue)
    results = plain.with_beside(read_objections(path, catalogue, plain), ())

    def build(report, name, *, with_them=True):
        definition, texts = load_definition(report, ROOT / "reports"), Texts([ROOT / "templates"])
        find = catalogue.find_group if report == "regional" else catalogue.find
        return build_report(definition, results if with_them else plain, catalogue, find(name, 2019), 2019, texts)

    return build


def test_it_stands_in_text_tables_notes_and_method_of_the_profile(told):
    report = told("kommunprofil", "Kalmar")
    document, deck = words(report.document), words(report.deck)
    for text in (document, deck):
        assert f"Kalmar invänder: {SAID}." in text
        assert "Invändning: Kalmar säger mot sitt värde för stödperson på möten 2019" in text
    assert document.count("Nej (invändning)") >= 2  # the table of results and the appendix
    assert "Stödperson på möten: Nej (invändning)" in deck  # the speaker's notes


def test_a_stadsdels_objection_stands_with_its_kommun_and_its_own_row(told):
    assert words(told("kommunprofil", "Göteborg").document).count("(invändning)") >= 2
    assert "Angered invänder: ”Programmet startade i mars.” (Stadsdelen)." in words(
        told("namndunderlag", "Göteborg, Angered").document
    ) + words(told("kommunprofil", "Göteborg, Angered").document)


def test_it_stands_in_the_matrix_and_the_text_of_the_region(told):
    document = words(told("regional", "GR").document)
    assert "Göteborg, Angered *" in document
    assert "Göteborg, Angered säger mot sitt värde för stödprogram för närstående 2019: ”Programmet startade i mars.”" in document
    assert "En invändning mot officiella uppgifter har lämnats." in document


@pytest.mark.parametrize(("report", "name"), [("kommunprofil", "Kalmar"), ("regional", "GR"), ("kommunprofil", "Nybro")])
def test_it_changes_no_number(told, report, name):
    def numbers(built):
        return [(f.indicator, f.area, f.year, f.text.replace(" (invändning)", ""), f.origins) for f in facts_of(built.document)]

    assert numbers(told(report, name)) == numbers(told(report, name, with_them=False))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('"Kalmar"', '"Kalmer"'), "line 2: .*Did you mean Kalmar"),
        (('"Kalmar"', '"Kalmar län"'), "line 2: Kalmar län is neither a kommun nor a stadsdel"),
        (('"U35529"', '"U3552"'), "line 3: the edition of 2019 has no U3552; did you mean"),
        (("year = 2019", "year = 2011"), "line 4: there is no edition of 2011"),
        (("text =", "texten ="), "the key texten is not known"),
        (('by = "Anna Ek, socialförvaltningen"', "by = 3"), "line 6: by must be a text"),
    ],
)
def test_a_fault_in_the_file_is_told_with_its_line(tmp_path, change, said):
    path = tmp_path / "invandningar.toml"
    path.write_text(FILE.replace(*change, 1), encoding="utf-8")
    catalogue = load_catalogue()
    with pytest.raises(CatalogueError, match=said):
        read_objections(path, catalogue, load_results([example_folder()], catalogue))
