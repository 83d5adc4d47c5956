"""Report definitions: which sections, which indicators, which comparisons and formats. One TOML file each in reports/."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ojreport.catalogue.reading import Table, read_toml
from ojreport.errors import CatalogueError, UsageError
from ojreport.model.indicator import Indicator

FORMATS = ("pptx", "pdf", "xlsx")
COMPARISONS = ("stadsdelar", "lan", "kommungrupp", "liknande", "riket")

TEXTS = ("kind", "text")
LISTS = ("formats", "pages", "slides", "compare", "regions", "indicators", "focus")
COUNTS = {"focus_count": 10, "at_most": 10, "plan_rows": 20}  # and the most of each that a report has room for
FIELDS = "fields"
REQUIRED = ("kind", "text", "formats")


@dataclass(frozen=True, slots=True)
class Definition:
    """A report as its TOML file describes it."""

    id: str
    file: str
    kind: str
    text: str
    formats: tuple[str, ...]
    pages: tuple[str, ...] = ()
    slides: tuple[str, ...] = ()
    compare: tuple[str, ...] = ("lan", "kommungrupp", "liknande", "riket")
    regions: tuple[str, ...] = ()  # groups that a regional compilation is held against
    indicators: tuple[str, ...] = ()  # none: all that the edition has
    focus: tuple[str, ...] = ()
    focus_count: int = 3
    at_most: int = 3  # strengths and improvement areas in the summary, each
    plan_rows: int = 6
    fields: Mapping[str, str] = field(default_factory=dict)  # what only the user knows: a diarienummer, whom a text is to


def list_definitions(folder: Path) -> tuple[str, ...]:
    """The names of the reports in *folder*."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def load_definition(report: str, folder: Path) -> Definition:
    """The definition named *report* in *folder*, or the file at that path.

    Raises UsageError with a suggestion when there is none, CatalogueError that names file, line and setting when it holds
    something that it can not hold.
    """
    path = Path(report) if report.endswith(".toml") else folder / f"{report}.toml"
    if not os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises on a name that is too long
        known = list_definitions(folder)
        if report.endswith(".toml"):
            raise UsageError(f"the report file {report} does not exist")
        near = get_close_matches(report.lower(), known, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
        raise UsageError(f"there is no report “{report}”. {hint}")
    file = read_toml(path)
    table = file.top
    _check_names(table)
    values: dict[str, Any] = {key: table.braced(key) for key in TEXTS}
    values |= {key: _list(table, key) for key in LISTS if key in table.data}
    values |= {key: _count(table, key) for key in COUNTS if key in table.data}
    if FIELDS in table.data:
        own = file.table(FIELDS)
        values[FIELDS] = {name: own.text(name, optional=True) for name in own.data}
    _check_known(table, "formats", values["formats"], FORMATS)
    _check_known(table, "compare", values.get("compare", ()), COMPARISONS)
    return Definition(id=path.stem, file=str(path), **values)


def _check_names(table: Table) -> None:
    known = (*TEXTS, *LISTS, *COUNTS, FIELDS)
    for key in table.data:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}."
            table.fail(key, f"“{key}” is no setting of a report; {hint}")
    for key in REQUIRED:
        if key not in table.data:
            table.fail(key, f"the setting “{key}” is missing.")


def _list(table: Table, key: str) -> tuple[str, ...]:
    found = table.words(key)
    for value in found:
        if found.count(value) > 1:
            table.fail(key, f"“{value}” stands twice under {key}.")
    return found


def _count(table: Table, key: str) -> int:
    found = table.integer(key)
    if not 1 <= found <= COUNTS[key]:
        table.fail(key, f"{key} must be a whole number from 1 to {COUNTS[key]}, not {found}.")
    return found


def _check_known(table: Table, key: str, found: Iterable[str], known: tuple[str, ...]) -> None:
    for value in found:
        if value not in known:
            table.fail(key, f"“{value}” under {key} is not one of {', '.join(known)}.")
    if key in REQUIRED and not found:
        table.fail(key, f"{key} is empty; name at least one of {', '.join(known)}.")


def check_sections(definition: Definition, pages: Collection[str], slides: Collection[str]) -> None:
    """CatalogueError when the definition names a section that a report of its kind does not have, or none."""
    for setting, names, known in (("pages", definition.pages, pages), ("slides", definition.slides, slides)):
        if not names:
            raise CatalogueError(f"{definition.file}: {setting} is empty; name at least one of {', '.join(known)}")
        for name in names:
            if name not in known:
                raise CatalogueError(f"{definition.file}: “{name}” under {setting} is not one of {', '.join(known)}")


def check_indicators(definition: Definition, known: Mapping[str, Indicator]) -> None:
    """CatalogueError when the definition names an indicator that there is none of, or puts one in focus without a share of Ja."""
    for setting, ids in (("indicators", definition.indicators), ("focus", definition.focus)):
        for id_ in ids:
            if id_ not in known:
                near = get_close_matches(id_, known, n=1)
                hint = f"did you mean {near[0]}?" if near else "ojreport list indicators shows them all"
                raise CatalogueError(f"{definition.file}: there is no indicator “{id_}” (under {setting}); {hint}")
    for id_ in definition.focus:
        if not known[id_].scale.has_ja:
            raise CatalogueError(f"{definition.file}: {id_} (under focus) has no share of Ja; choose another indicator")
