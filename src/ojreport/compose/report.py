"""From results to a report: what is true, then what is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ojreport.catalogue import Catalogue
from ojreport.compose.definitions import Definition
from ojreport.compose.faktablad import find_riket, make_faktablad
from ojreport.compose.kommunprofil import make_kommunprofil
from ojreport.compose.namndunderlag import FIELDS, make_namndunderlag
from ojreport.compose.regional import find_region, make_regional
from ojreport.compose.texts import Texts
from ojreport.compose.worksheet import Report
from ojreport.errors import CatalogueError
from ojreport.model.area import Area, Group
from ojreport.model.results import Results

Subject = Area | Group


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of report: how it is made, and what the user's words for its subject stand for.

    *find* raises UsageError; *default* is what it is about when nothing is said, empty where something must be; *fields* are
    what its texts leave blank for the user.
    """

    make: Callable[[Definition, Results, Catalogue, Subject, int, Texts], Report]
    find: Callable[[Catalogue, str, int], Subject]
    example: str
    of_kommuner: bool = True
    default: str = ""
    fields: tuple[str, ...] = ()


def kind_of(definition: Definition) -> Kind:
    """The kind of report that *definition* describes (CatalogueError where there is no such kind)."""
    if definition.kind not in KINDS:
        raise CatalogueError(f"{definition.file}: the kind “{definition.kind}” is not one of {', '.join(KINDS)}")
    return KINDS[definition.kind]


def build_report(
    definition: Definition, results: Results, catalogue: Catalogue, subject: Subject, year: int, texts: Texts
) -> Report:
    """The report on *subject* in the edition of *year*.

    Raises UsageError when the report is not made for such a subject or the edition has no row for it, CatalogueError when the
    definition names a section that does not exist, TemplateError when a text can not be filled in.
    """
    return kind_of(definition).make(definition, results, catalogue, subject, year, texts)


KINDS: Mapping[str, Kind] = {
    "faktablad": Kind(make_faktablad, find_riket, "", of_kommuner=False, default="Riket"),
    "kommunprofil": Kind(make_kommunprofil, Catalogue.find, "Kalmar"),
    "namndunderlag": Kind(make_namndunderlag, Catalogue.find, "Kalmar", fields=FIELDS),
    "regional": Kind(make_regional, find_region, "GR", of_kommuner=False),
}
