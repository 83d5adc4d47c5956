"""Report definitions: which sections, which indicators, which comparisons and formats. One TOML file each in reports/."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ojreport.errors import CatalogueError, UsageError

FORMATS = ("pptx", "pdf", "xlsx")
COMPARISONS = ("stadsdelar", "lan", "kommungrupp", "liknande", "riket")


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
    focus: tuple[str, ...] = ()
    focus_count: int = 3
    at_most: int = 3  # strengths and improvement areas in the summary, each
    plan_rows: int = 6
    settings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, known in (("formats", FORMATS), ("compare", COMPARISONS)):
            for value in getattr(self, name):
                if value not in known:
                    raise CatalogueError(f"{self.file}: “{value}” under {name} is not one of {', '.join(known)}")
        for name in ("focus_count", "at_most", "plan_rows"):
            value = getattr(self, name)
            if not isinstance(value, int) or value < 1:
                raise CatalogueError(f"{self.file}: {name} must be a whole number from 1, not {value!r}")


def list_definitions(folder: Path) -> tuple[str, ...]:
    """The names of the reports in *folder*."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def load_definition(report: str, folder: Path) -> Definition:
    """The definition named *report* in *folder*, or the file at that path; UsageError with a suggestion when there is none."""
    path = Path(report) if report.endswith(".toml") else folder / f"{report}.toml"
    if not path.is_file():
        known = list_definitions(folder)
        if report.endswith(".toml"):
            raise UsageError(f"the report file {report} does not exist")
        near = get_close_matches(report.lower(), known, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(known)}."
        raise UsageError(f"there is no report “{report}”. {hint}")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path}: {error}") from error
    return _from(data, path)


def _from(data: dict[str, Any], path: Path) -> Definition:
    known = {f.name for f in fields(Definition)} - {"id", "file"}
    for key in data:
        if key not in known:
            near = get_close_matches(key, sorted(known), n=1)
            raise CatalogueError(f"{path}: “{key}” is no setting of a report" + (f"; did you mean {near[0]}?" if near else ""))
    for key in ("kind", "text", "formats"):
        if key not in data:
            raise CatalogueError(f"{path}: the setting “{key}” is missing")
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}
    return Definition(id=path.stem, file=str(path), **values)  # type: ignore[arg-type]  # __post_init__ checks what a TOML holds
