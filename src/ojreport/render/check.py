"""A check of workbooks as tables to read and as JSON for machines (its keys are described in docs/kontroll-och-export.md)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ojreport.analysis.check import Column, Differences, EditionCheck, Match
from ojreport.model.results import Finding, Severity

FEW, SOME = 6, 3  # notes of a kind: so many are all shown, of more only some
SCHEMA = 1  # counted up when a key goes away or gets another meaning

_STATES = ("answers", "shares", "numbers", "bortfall", "ej tillämplig", "sekretess")  # as STATES of the check
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")  # what could steer a terminal


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and a table under it; without *columns* the table has no head."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sections(checks: Iterable[EditionCheck], others: Sequence[Finding], *, everything: bool) -> Iterator[Section]:
    """The report; *others* are findings about no edition. Without *everything*, sure headings and notes are only counted."""
    if others:
        yield _findings("files that could not be read", others, everything=True)
    for check in checks:
        edition = check.edition
        example = " (example data)" if edition.example else ""
        yield Section(f"{edition.year}: {_plain(edition.file)}{example}", (), tuple(_overview(check)))
        columns = [c for c in check.columns if everything or c.match is not Match.EXACT]
        if columns:
            title = "indicators" if everything else "indicators that were not matched letter by letter"
            yield Section(title, ("id", "match", *_STATES, "heading in the file"), tuple(_column(c) for c in columns))
        if check.findings:
            yield _findings("findings", check.findings, everything=everything)


def _overview(check: EditionCheck) -> Iterator[tuple[str, str]]:
    edition = check.edition
    yield "sheets", ", ".join(map(_plain, edition.sheets))
    yield "areas", ", ".join(f"{n} {level}" for level, n in check.levels.items())
    yield "units", f"{len(edition.units)} counted, {len(check.lacking)} without a row"
    matches = Counter(c.match for c in check.columns)
    yield "indicators", f"{len(check.columns)}: " + ", ".join(f"{matches[m]} {m}" for m in Match)
    counted = ", ".join(f"{n} {name}" for n, name in zip(check.cells.values(), _STATES, strict=True))
    yield "cells", f"{sum(check.cells.values())}: {counted}"
    if (found := check.differences) is not None:
        yield f"since {found.previous}", _since(found)
    severities = Counter(f.severity for f in check.findings)
    yield "findings", counts(severities)


def _since(found: Differences) -> str:
    what = {
        "new": found.new,
        "gone": found.gone,
        "reworded indicators": found.renamed,
        "units with half of their answers changed": found.turned,
    }
    return ", ".join(f"{len(those)} {name}" for name, those in what.items())


def counts(severities: Counter[Severity]) -> str:
    """``2 errors, 1 warning, 30 notes``."""
    return ", ".join(f"{severities[s]} {s}{'' if severities[s] == 1 else 's'}" for s in Severity)


def _column(column: Column) -> tuple[str, ...]:
    return (column.indicator.id, column.match, *map(str, column.cells.values()), _plain(column.heading))


def _findings(title: str, findings: Iterable[Finding], *, everything: bool) -> Section:
    """Findings, the gravest first; without *everything* a few notes or warnings of a kind stand for the rest."""
    found = sorted(findings, key=lambda f: list(Severity).index(f.severity))
    rows = [_finding(f) for f in found if everything or f.severity is Severity.ERROR]
    kinds: dict[tuple[Severity, str], list[Finding]] = {}
    for f in found:
        if f.severity is not Severity.ERROR and not everything:
            kinds.setdefault((f.severity, f.kind), []).append(f)
    for (severity, kind), own in kinds.items():
        shown = len(own) if len(own) <= FEW else SOME
        rows += map(_finding, own[:shown])
        if own[shown:]:
            rows.append((severity, kind, "…", f"and {len(own) - shown} more such; --all shows them"))
    return Section(title, ("severity", "kind", "where", "what"), tuple(rows))


def _finding(f: Finding) -> tuple[str, str, str, str]:
    place = "!".join(part for part in (f.sheet, f.cell) if part) or f.file
    return f.severity, f.kind, _plain(place), _plain(f.message)


def _plain(text: str) -> str:
    """*text* from a workbook, on one line and without what a terminal would obey."""
    return _UNSEEN.sub("\ufffd", " ".join(text.split()))


# ---------------------------------------------------------------------------------------------------------------- JSON


def check_json(checks: Iterable[EditionCheck], others: Sequence[Finding]) -> str:
    """The whole check as one JSON object, in ASCII: a pipe on Windows has an encoding of its own."""
    checks = tuple(checks)
    every = [*others, *(f for check in checks for f in check.findings)]
    severities = Counter(f.severity for f in every)
    whole = {
        "schema": SCHEMA,
        "errors": severities[Severity.ERROR],
        "warnings": severities[Severity.WARNING],
        "notes": severities[Severity.NOTE],
        "editions": [_edition(check) for check in checks],
        "findings": [_json_finding(f, None) for f in others]
        + [_json_finding(f, check.edition.year) for check in checks for f in check.findings],
    }
    return json.dumps(whole, indent=1)


def _json_finding(f: Finding, year: int | None) -> dict[str, Any]:
    return {
        "severity": f.severity,
        "kind": f.kind,
        "message": f.message,
        "year": year,
        "file": f.file,
        "sheet": f.sheet,
        "cell": f.cell,
    }


def _edition(check: EditionCheck) -> dict[str, Any]:
    edition = check.edition
    return {
        "year": edition.year,
        "file": edition.file,
        "sha256": edition.sha256,
        "example": edition.example,
        "sheets": list(edition.sheets),
        "areas": {level.value: n for level, n in check.levels.items()},
        "units": {"counted": len(edition.units), "without_row": list(check.lacking)},
        "cells": dict(check.cells),
        "indicators": [_json_column(c) for c in check.columns],
        "bortfall": [
            {"code": w.lan.id, "name": w.lan.name, "part": w.part, "indicators": list(w.indicators), "whole_part": w.whole}
            for w in check.withheld
        ],
        "differences": _json_differences(check.differences) if check.differences else None,
    }


def _json_column(c: Column) -> dict[str, Any]:
    return {
        "id": c.indicator.id,
        "title": c.indicator.title,
        "heading": c.heading,
        "match": c.match,
        "part": c.indicator.part,
        "cells": dict(c.cells),
    }


def _json_differences(found: Differences) -> dict[str, Any]:
    return {
        "previous": found.previous,
        "new": [i.id for i in found.new],
        "gone": [i.id for i in found.gone],
        "renamed": [
            {"before": r.before, "after": r.after, "heading_before": r.heading_before, "heading": r.heading}
            for r in found.renamed
        ],
        "turned": [
            {"code": t.area.code, "name": t.area.name, "indicators": list(t.indicators), "compared": t.compared}
            for t in found.turned
        ],
    }
