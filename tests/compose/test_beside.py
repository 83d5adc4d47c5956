"""Kolada's figures stand in a table of their own, as another source, and change nothing else."""

from decimal import Decimal
from pathlib import Path

import pytest
from bundled import example
from words import words

from ojreport.catalogue import load_catalogue
from ojreport.compose import build_report
from ojreport.compose.definitions import load_definition
from ojreport.compose.document import Figure, Table
from ojreport.compose.texts import Texts
from ojreport.compose.trace import facts_of
from ojreport.model.kolada import KoladaSeries
from ojreport.model.value import Origin

ROOT = Path(__file__).parents[2]
VALUES = {("0880", 2022): "81.25", ("0880", 2023): "83.34", ("0881", 2023): "70", ("0882", 2023): "71", ("00", 2023): "77.7"}
SERIES = KoladaSeries(
    kpi="U35548",
    title="Handläggare med socionomexamen, andel (%)",
    unit="procent",
    description="",
    values={key: Decimal(value) for key, value in VALUES.items()},
    groups=(),
    origin=Origin("kolada.json", "a" * 64, "", ""),
    source="https://api.kolada.se/v3",
    published="2024-06-22",
)


@pytest.fixture(scope="module")
def told():
    catalogue, texts = load_catalogue(), Texts([ROOT / "templates"])
    definition = load_definition("kommunprofil", ROOT / "reports")

    def build(name, *series):
        results = example().with_beside((), series)
        return build_report(definition, results, catalogue, catalogue.find(name, 2019), 2019, texts)

    return build


def test_the_newest_year_stands_with_unweighted_means_riket_and_its_own_source(told):
    report = told("Kalmar", SERIES)
    table = next(b for b in report.document.blocks if isinstance(b, Table) and "U35548" in b.rows[0].cells[0].text)
    assert [cell.text.replace("\u00a0", " ") for cell in table.rows[0].cells] == [
        "Handläggare med socionomexamen, andel (%) (U35548, 2023)",
        "83,3 %",
        "74,8 % (3 av 12 kommuner)",  # 83.34, 70 and 71, each counted once
        "Uppgift saknas (0 av 7 kommuner)",
        "77,7 %",
    ]
    assert table.source.startswith("Källa: Kolada; ovägt medel")
    assert "Källa: Kolada; ovägt medel" in words(report.deck)


def test_it_changes_nothing_else_and_is_in_no_figure(told):
    with_it, without = told("Kalmar", SERIES), told("Kalmar")
    assert set(facts_of(without.document)) <= set(facts_of(with_it.document))
    figures = [b for b in with_it.document.blocks if isinstance(b, Figure)]
    assert figures == [b for b in without.document.blocks if isinstance(b, Figure)]
    assert "Kolada; ovägt medel" not in words(without.document)


def test_a_kommun_that_kolada_has_nothing_about_gets_no_table(told):
    assert "Nyckeltal från Kolada" not in words(told("Gotland", SERIES).document)
