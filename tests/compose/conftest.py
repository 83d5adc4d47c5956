"""The bundled example, read once, and a way to build the kommunprofil of any of its areas."""

import functools
from pathlib import Path

import pytest
from bundled import example

from ojreport.catalogue import load_catalogue
from ojreport.compose import build_report
from ojreport.compose.definitions import load_definition
from ojreport.compose.texts import Texts

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def profile_of():
    texts = Texts([ROOT / "templates"])
    definition = load_definition("kommunprofil", ROOT / "reports")

    @functools.cache
    def build(name, year=2019):
        catalogue = load_catalogue()
        return build_report(definition, example(), catalogue, catalogue.find(name, year), year, texts)

    return build
