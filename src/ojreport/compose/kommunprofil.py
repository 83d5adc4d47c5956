"""The kommunprofil: what is true of a kommun or a stadsdel, told on pages, on slides and as an action plan."""

from __future__ import annotations

from collections.abc import Callable

from ojreport.analysis.focus import choose_focus
from ojreport.analysis.profile import Profile, make_profile
from ojreport.catalogue import Catalogue
from ojreport.compose.definitions import Definition, check_indicators, check_sections
from ojreport.compose.kind import Kind
from ojreport.compose.pages import SECTIONS as PAGE_SECTIONS
from ojreport.compose.pages import document
from ojreport.compose.plan import plan_workbook
from ojreport.compose.slides import SECTIONS as SLIDE_SECTIONS
from ojreport.compose.slides import deck
from ojreport.compose.story import Story, meta_of
from ojreport.compose.texts import Texts
from ojreport.compose.worksheet import Report
from ojreport.errors import UsageError
from ojreport.model.area import Area, Group, GroupKind, Level
from ojreport.model.results import Results

TEXT = "kommunprofil.jinja"


def make_kommunprofil(
    definition: Definition, results: Results, catalogue: Catalogue, subject: Area | Group, year: int, texts: Texts
) -> Report:
    """The kommunprofil of a kommun or a stadsdel; raises as `tell_profile` does."""
    check_sections(definition, PAGE_SECTIONS, SLIDE_SECTIONS)
    story = tell_profile(definition, results, catalogue, subject, year, texts, TEXT)
    return Report(document(story), deck(story), plan_workbook(story))


def tell_profile(
    definition: Definition,
    results: Results,
    catalogue: Catalogue,
    area: Area | Group,
    year: int,
    texts: Texts,
    *text_files: str,
) -> Story:
    """The profile of *area* with all that is needed to tell it; *text_files* are asked after the definition's own.

    Raises UsageError when *area* is no kommun or stadsdel, or the edition has no row for it, CatalogueError when the definition
    names an indicator that there is none of, TemplateError when a text file can not be used.
    """
    check_indicators(definition, results.indicators)
    if isinstance(area, Group) or area.level not in (Level.KOMMUN, Level.STADSDEL):
        raise UsageError(f"{area.name}: a {definition.id} is made for a kommun or a stadsdel; name one of them")
    if not results.has_area(area.code, year):
        raise UsageError(f"{area.name} ({area.code}) has no row in {results.edition(year).file}; choose another year")
    groups = comparison_groups(definition, catalogue, area)
    profile = make_profile(results, area, year, groups, catalogue.breaks, definition.indicators)
    say = texts.open(definition.text, *text_files, **_context(definition, results, catalogue, profile))
    meta = meta_of(definition, say, area.short, area.code, year)
    focus = choose_focus(profile, definition.focus, definition.focus_count)
    return Story(definition, results, catalogue, year, meta, say, profile, focus)


def comparison_groups(definition: Definition, catalogue: Catalogue, area: Area) -> tuple[Group, ...]:
    """The groups to compare with, in the definition's order; länet and riket are always among them.

    Kommungrupp and liknande kommuner are groups of kommuner, so a stadsdel has its sisters in their stead.
    """
    stadsdel = area.level is Level.STADSDEL
    makers: dict[str, Callable[[], Group]] = {
        "lan": lambda: catalogue.group_of_lan(area.lan),
        "riket": catalogue.riket,
    }
    if stadsdel:
        parent = catalogue.area(area.kommun)
        makers["stadsdelar"] = lambda: Group(parent.code, parent.name, GroupKind.STADSDELAR, (parent.code,))
    else:
        makers["kommungrupp"] = lambda: catalogue.kommungrupp(area.code)
        makers["liknande"] = lambda: catalogue.similar(area.code)
    wanted = dict.fromkeys((*definition.compare, "lan", "riket"))
    groups = (makers[name]() for name in wanted if name in makers)
    return tuple(g for g in groups if g.members or g.kind is GroupKind.RIKET)  # a new kommun may be like no other yet


def _context(definition: Definition, results: Results, catalogue: Catalogue, profile: Profile) -> dict[str, object]:
    area = profile.area
    return {
        "namn": area.short,
        "kod": area.code,
        "ar": profile.year,
        "lan": catalogue.lan_name(area.lan),
        "delar": len(profile.parts),
        "ar_stadsdel": area.level is Level.STADSDEL,
        "moder": catalogue.area(area.kommun).name,
        "exempel": results.example,
        "tyst": profile.silent or "",
        "falt": definition.fields,
    }


KIND = Kind(make_kommunprofil, Catalogue.find, "Kalmar")
