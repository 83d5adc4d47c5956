"""The faktablad: what is true of riket, told on four pages and on slides."""

from __future__ import annotations

from ojreport.analysis.factsheet import Groups, make_factsheet
from ojreport.catalogue import Catalogue
from ojreport.compose.definitions import Definition, check_indicators, check_sections
from ojreport.compose.faktablad_pages import SECTIONS as PAGE_SECTIONS
from ojreport.compose.faktablad_pages import document
from ojreport.compose.faktablad_slides import SECTIONS as SLIDE_SECTIONS
from ojreport.compose.faktablad_slides import deck
from ojreport.compose.faktablad_story import Faktablad
from ojreport.compose.kind import Kind
from ojreport.compose.story import meta_of
from ojreport.compose.texts import Texts
from ojreport.compose.worksheet import Report
from ojreport.errors import UsageError
from ojreport.model.area import RIKET, Area, Group, GroupKind
from ojreport.model.results import Results

TEXT = "faktablad.jinja"
NAMES = ("riket", "sverige", RIKET)


def find_riket(catalogue: Catalogue, name: str, year: int) -> Group:  # noqa: ARG001 - what each kind of report is handed
    """Riket, which is all that a faktablad is about (UsageError for anything else)."""
    if name.strip().lower() not in NAMES:
        raise UsageError(f"{name}: the faktablad is about riket; leave the area out")
    return catalogue.riket()


def make_faktablad(
    definition: Definition, results: Results, catalogue: Catalogue, subject: Area | Group, year: int, texts: Texts
) -> Report:
    """The faktablad of riket.

    Raises UsageError when *subject* is not riket, CatalogueError when the definition names a section or an indicator that there
    is none of, TemplateError when a text file can not be used.
    """
    if subject.code != RIKET:
        raise UsageError(f"{subject.name}: the faktablad is about riket; leave the area out")
    check_sections(definition, PAGE_SECTIONS, SLIDE_SECTIONS)
    check_indicators(definition, results.indicators)
    riket = catalogue.riket()
    found = make_factsheet(
        results,
        year,
        Groups(riket, catalogue.lan_groups, kommungrupper(catalogue)),
        catalogue.breaks,
        only=definition.indicators,
        focus=definition.focus,
        focus_count=definition.focus_count,
    )
    context = {"namn": riket.name, "kod": RIKET, "ar": year, "exempel": results.example, "falt": definition.fields}
    say = texts.open(definition.text, TEXT, **context)
    meta = meta_of(definition, say, riket.name, RIKET, year)
    story = Faktablad(definition, results, catalogue, year, meta, say, found)
    return Report(document(story), deck(story))


def kommungrupper(catalogue: Catalogue) -> tuple[Group, ...]:
    """SKR's kommungrupper, by code."""
    found = {g.id: g for g in map(catalogue.kommungrupp, catalogue.riket().members) if g.kind is GroupKind.KOMMUNGRUPP}
    return tuple(found[id_] for id_ in sorted(found))


KIND = Kind(make_faktablad, find_riket, "", of_kommuner=False, default="Riket")
