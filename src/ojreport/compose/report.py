"""From results to a report: what is true, then what is said."""

from __future__ import annotations

from importlib import import_module

from ojreport.catalogue import Catalogue
from ojreport.compose.definitions import Definition
from ojreport.compose.kind import Kind, Subject
from ojreport.compose.texts import Texts
from ojreport.compose.worksheet import Report
from ojreport.errors import CatalogueError
from ojreport.model.results import Results

KINDS = ("faktablad", "kommunprofil", "namndunderlag", "regional")


def kind_of(definition: Definition) -> Kind:
    """The kind of report that *definition* describes (CatalogueError where there is no such kind)."""
    if definition.kind not in KINDS:
        raise CatalogueError(f"{definition.file}: the kind “{definition.kind}” is not one of {', '.join(KINDS)}")
    kind: Kind = import_module(f"ojreport.compose.{definition.kind}").KIND  # a run rarely makes more than one kind
    return kind


def build_report(
    definition: Definition, results: Results, catalogue: Catalogue, subject: Subject, year: int, texts: Texts
) -> Report:
    """The report on *subject* in the edition of *year*.

    Raises UsageError when the report is not made for such a subject or the edition has no row for it, CatalogueError when the
    definition names a section that does not exist, TemplateError when a text can not be filled in.
    """
    return kind_of(definition).make(definition, results, catalogue, subject, year, texts)
