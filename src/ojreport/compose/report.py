"""From results to a report: what is true, then what is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from ojreport.analysis.focus import choose_focus
from ojreport.analysis.profile import Profile, make_profile
from ojreport.catalogue import Catalogue
from ojreport.compose.definitions import Definition
from ojreport.compose.document import Deck, Document, Meta, WorkBook
from ojreport.compose.pages import SECTIONS as PAGE_SECTIONS
from ojreport.compose.pages import document
from ojreport.compose.plan import plan_workbook
from ojreport.compose.slides import SECTIONS as SLIDE_SECTIONS
from ojreport.compose.slides import deck
from ojreport.compose.story import Story
from ojreport.compose.texts import Texter, Texts
from ojreport.errors import CatalogueError, UsageError
from ojreport.model.area import Area, Group, GroupKind, Level
from ojreport.model.results import Results


@dataclass(frozen=True, slots=True)
class Report:
    """A report, ready to be rendered."""

    document: Document
    deck: Deck
    workbook: WorkBook


def build_report(definition: Definition, results: Results, catalogue: Catalogue, area: Area, year: int, texts: Texts) -> Report:
    """The report on *area* in the edition of *year*.

    Raises UsageError when the report is not made for such an area or the edition has no row for it, CatalogueError when the
    definition names a section that does not exist, TemplateError when a text can not be filled in.
    """
    if definition.kind not in KINDS:
        raise CatalogueError(f"{definition.file}: the kind “{definition.kind}” is not one of {', '.join(KINDS)}")
    return KINDS[definition.kind](definition, results, catalogue, area, year, texts)


def _kommunprofil(definition: Definition, results: Results, catalogue: Catalogue, area: Area, year: int, texts: Texts) -> Report:
    _check_sections(definition)
    _check_focus(definition, results)
    if area.level not in (Level.KOMMUN, Level.STADSDEL):
        raise UsageError(f"{area.name}: a {definition.id} is made for a kommun or a stadsdel, not for a {area.level}")
    if not results.has_area(area.code, year):
        raise UsageError(f"{area.name} ({area.code}) has no row in {results.edition(year).file}; choose another year")
    groups = comparison_groups(definition, catalogue, area)
    profile = make_profile(results, area, year, groups, catalogue.breaks)
    say = texts.open(definition.text, **_context(results, catalogue, profile))
    meta = _meta(definition, profile, say, example=results.example)
    focus = choose_focus(profile, definition.focus, definition.focus_count)
    story = Story(profile, focus, definition, results, catalogue, meta, say)
    return Report(document(story), deck(story), plan_workbook(story))


def _check_sections(definition: Definition) -> None:
    for setting, names, known in (
        ("pages", definition.pages, PAGE_SECTIONS),
        ("slides", definition.slides, SLIDE_SECTIONS),
    ):
        if not names:
            raise CatalogueError(f"{definition.file}: {setting} is empty; name at least one of {', '.join(known)}")
        for name in names:
            if name not in known:
                raise CatalogueError(f"{definition.file}: “{name}” under {setting} is not one of {', '.join(known)}")
            if names.count(name) > 1:
                raise CatalogueError(f"{definition.file}: “{name}” stands twice under {setting}")


def _check_focus(definition: Definition, results: Results) -> None:
    for id_ in definition.focus:
        if id_ not in results.indicators:
            near = get_close_matches(id_, results.indicators, n=1)
            hint = f"did you mean {near[0]}?" if near else "ojreport list indicators shows them all"
            raise CatalogueError(f"{definition.file}: there is no indicator “{id_}” (under focus); {hint}")
        if not results.indicators[id_].scale.has_ja:
            raise CatalogueError(f"{definition.file}: {id_} (under focus) has no share of Ja; choose another indicator")


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


def _context(results: Results, catalogue: Catalogue, profile: Profile) -> dict[str, object]:
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
    }


def _meta(definition: Definition, profile: Profile, say: Texter, *, example: bool) -> Meta:
    return Meta(
        report=definition.id,
        title=say("titel"),
        subtitle=say("undertitel"),
        area=profile.area.short,
        code=profile.area.code,
        year=profile.year,
        edition=say("upplaga"),
        author=say("upphov"),
        subject=say("amne"),
        head=say("huvud"),
        foot=say("fot"),
        mark=say("exempelmarke") if example else "",
        keywords=say.lines("nyckelord"),
        page_of=say("sidnummer"),
    )


KINDS: Mapping[str, Callable[[Definition, Results, Catalogue, Area, int, Texts], Report]] = {"kommunprofil": _kommunprofil}
