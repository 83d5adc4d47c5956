"""The regional compilation: what is true of a group of kommuner, told on pages, on slides and as a workbook."""

from __future__ import annotations

from collections.abc import Iterable

from ojreport.analysis.own import Verdict
from ojreport.analysis.region import Comparison, Compilation, compile_region
from ojreport.catalogue import Catalogue
from ojreport.compose.definitions import Definition, check_indicators, check_sections
from ojreport.compose.kind import Kind
from ojreport.compose.regional_pages import SECTIONS as PAGE_SECTIONS
from ojreport.compose.regional_pages import document
from ojreport.compose.regional_slides import SECTIONS as SLIDE_SECTIONS
from ojreport.compose.regional_story import RegionStory
from ojreport.compose.regional_workbook import workbook
from ojreport.compose.slides import deck_of
from ojreport.compose.story import meta_of
from ojreport.compose.texts import Texts
from ojreport.compose.worksheet import Report
from ojreport.errors import CatalogueError, UsageError
from ojreport.model.area import Area, Group, GroupKind, Level
from ojreport.model.results import Results

TEXT = "regional.jinja"


def find_region(catalogue: Catalogue, text: str, year: int) -> Group:
    """The group with that id, name or file; UsageError for riket too, which has a report of its own."""
    group = catalogue.find_group(text, year)
    if group.kind is GroupKind.RIKET:
        raise UsageError("riket is told by the faktablad: ojreport build faktablad; a regional is made for a part of the country")
    return group


def make_regional(
    definition: Definition, results: Results, catalogue: Catalogue, subject: Area | Group, year: int, texts: Texts
) -> Report:
    """The compilation of the group *subject*.

    Raises UsageError when it is no group or the edition has no unit of it, CatalogueError when the definition names a section,
    an indicator or a region that there is none of, TemplateError when a text file can not be used.
    """
    check_sections(definition, PAGE_SECTIONS, SLIDE_SECTIONS)
    check_indicators(definition, results.indicators)
    if isinstance(subject, Area):
        raise UsageError(f"{subject.name}: a {definition.id} is made for a group; name one (ojreport list groups)")
    if not results.units(year, subject.members):
        raise UsageError(f"{subject.name} has no row in {results.edition(year).file}; choose another year")
    compilation = compile_region(
        results,
        subject,
        year,
        lan=catalogue.lan_groups,
        regions=_regions(definition, catalogue, year),
        riket=catalogue.riket(),
        area_of=catalogue.area,
        breaks=catalogue.breaks,
        only=definition.indicators,
    )
    say = texts.open(definition.text, TEXT, **_context(definition, results, compilation))
    meta = meta_of(definition, say, subject.name, subject.code, year)
    focus = choose_focus(compilation, definition.focus, definition.focus_count)
    story = RegionStory(definition, results, catalogue, year, meta, say, compilation, focus)
    deck = deck_of(story, ((name, SLIDE_SECTIONS[name](story)) for name in definition.slides))
    return Report(document(story), deck, workbook(story))


def _regions(definition: Definition, catalogue: Catalogue, year: int) -> tuple[Group, ...]:
    try:
        return tuple(catalogue.find_group(name, year) for name in definition.regions)
    except UsageError as error:
        raise CatalogueError(f"{definition.file}: {error} (under regions)") from error


def choose_focus(compilation: Compilation, wanted: Iterable[str], count: int) -> tuple[Comparison, ...]:
    """The *wanted* indicators that were asked; where none is wanted, *count* that are chosen so.

    First what the edition's publisher highlights, then the most urgent improvement areas, then strengths.
    """
    by_id = {c.indicator.id: c for c in compilation.comparisons}
    chosen = tuple(by_id[i] for i in wanted if i in by_id)
    if chosen:
        return chosen
    highlighted = [c for c in compilation.comparisons if compilation.year in c.indicator.highlighted]
    hidden = [c for c in compilation.comparisons if c.verdict is Verdict.MISSING and c.indicator.judged]
    order = dict.fromkeys((*highlighted, *compilation.improvements, *compilation.strengths, *hidden))
    return tuple(c for c in order if c.indicator.scale.has_ja)[:count]


def _context(definition: Definition, results: Results, compilation: Compilation) -> dict[str, object]:
    areas = [u.area for u in compilation.units]
    levels = {area.level for area in areas}
    names = {frozenset({Level.KOMMUN}): "kommuner", frozenset({Level.STADSDEL}): "stadsdelar"}
    return {
        "namn": compilation.group.name,
        "kod": compilation.group.code,
        "ar": compilation.year,
        "antalet": len(areas),
        "enheter": names.get(frozenset(levels), "kommuner och stadsdelar"),
        "ensam": areas[0].name if len(areas) == 1 else "",
        "moder": "",
        "ar_lan": compilation.group.kind is GroupKind.LAN,
        "inget_bedomt": not compilation.judged,
        "exempel": results.example,
        "falt": definition.fields,
    }


KIND = Kind(make_regional, find_region, "GR", of_kommuner=False)
