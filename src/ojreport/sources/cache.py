"""Editions that were parsed before, kept as JSON beside a checksum. A file that is broken or foreign is not used.

They lie in the user's cache folder (``platformdirs``); the environment variable OJREPORT_CACHE names another. A file's name is
made from all that its content depends on: the workbook's bytes and name, the reader's code, the catalogue, the pinned columns.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any

from ojreport.catalogue import Catalogue
from ojreport.model.area import Area, level_of
from ojreport.model.indicator import Direction, Indicator, Option, Part, Scale
from ojreport.model.results import Cell, Edition, Finding, Severity
from ojreport.model.value import Answer, Missing, Number, Reason, Share, Sign, Value
from ojreport.resources import cache_folder
from ojreport.sources.edition import Reading
from ojreport.sources.workbook import File

_HEAD = "ojreport-cache"
_PACKAGE = Path(__file__).resolve().parents[1]


def fingerprint(catalogue: Catalogue, pins: Mapping[str, str]) -> str:
    """A hash of what a reading depends on beside the file: the reader's code, the catalogue and the pinned columns."""
    parts = [_code_hash(), json.dumps(dict(pins), sort_keys=True)]
    parts += [repr((i.id, i.title, i.short, i.question, i.aliases, i.scale, i.years)) for i in catalogue.indicators.values()]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def key_of(file: File, setting: str) -> str:
    """The name of the file's cache entry; *setting* is a fingerprint."""
    return hashlib.sha256(f"{file.sha256}\n{file.name}\n{setting}".encode()).hexdigest()[:40]


@cache
def _code_hash() -> str:
    """A hash of the reader's code and of the catalogue's files, so that neither can change without a new reading."""
    found = hashlib.sha256()
    for folder in ("sources", "model", "catalogue"):
        for path in sorted((_PACKAGE / folder).iterdir()):
            if path.suffix in (".py", ".toml", ".csv"):
                found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def load(key: str) -> tuple[Reading, ...] | None:
    """The readings kept under *key*; None if there is none that is whole."""
    try:
        head, _, body = (cache_folder() / f"{key}.json").read_bytes().partition(b"\n")
        if head.decode() != _headline(key, body):
            return None
        return tuple(map(_reading, json.loads(body))) or None
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def save(key: str, readings: Iterable[Reading]) -> None:
    """Keep the readings under *key*. A folder that can not be written is no fault: the next run parses again."""
    body = json.dumps([_plain(r) for r in readings], ensure_ascii=False, separators=(",", ":")).encode()
    folder = cache_folder()
    temporary = folder / f"{key}.{secrets.token_hex(4)}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(_headline(key, body).encode() + b"\n" + body)
        temporary.replace(folder / f"{key}.json")
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _headline(key: str, body: bytes) -> str:
    return f"{_HEAD} {key} {hashlib.sha256(body).hexdigest()}"


# ----------------------------------------------------------------------------------------------------------- to JSON


def _plain(reading: Reading) -> dict[str, Any]:
    return {"edition": _plain_edition(reading.edition), "unknown": [_plain_indicator(i) for i in reading.unknown]}


def _plain_edition(e: Edition) -> dict[str, Any]:
    runs: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}  # (areas, row numbers) of a column, shared by a table's columns
    cells: dict[str, list[Any]] = {}
    for indicator, column in e.cells.items():
        parts: dict[tuple[int, str], list[tuple[str, str, int]]] = {}
        for area, (value, sheet, cell) in column.items():
            row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            parts.setdefault((sheet, cell.removesuffix(row)), []).append((area, row, value))
        cells[indicator] = [
            [
                sheet,
                letters,
                runs.setdefault((tuple(p[0] for p in part), tuple(p[1] for p in part)), len(runs)),
                [p[2] for p in part],
            ]
            for (sheet, letters), part in parts.items()
        ]
    return {
        "year": e.year,
        "file": e.file,
        "sha256": e.sha256,
        "example": e.example,
        "areas": [[a.code, a.name] for a in e.areas],
        "units": e.units,
        "sheets": e.sheets,
        "values": [_plain_value(v) for v in e.values],
        "runs": list(runs),
        "cells": cells,
        "titles": dict(e.titles),
        "findings": [[f.severity, f.kind, f.message, f.sheet, f.cell] for f in e.findings],
    }


def _plain_value(value: Value) -> list[str | int]:
    match value:
        case Answer(option):
            return ["a", option]
        case Share(percent):
            return ["s", str(percent)]
        case Number(amount):
            return ["n", str(amount)]
        case Missing(reason):
            return ["m", reason.value]


def _plain_indicator(i: Indicator) -> dict[str, Any]:
    options = [[o.code, o.label, o.sign] for o in i.scale.options]
    return {
        "id": i.id,
        "title": i.title,
        "short": i.short,
        "scale": [i.scale.name, options, i.scale.unit],
        "part": i.part,
        "years": i.years,
    }


# --------------------------------------------------------------------------------------------------------- from JSON


def _reading(plain: dict[str, Any]) -> Reading:
    return Reading(_edition(plain["edition"]), tuple(map(_indicator, plain["unknown"])))


def _edition(plain: dict[str, Any]) -> Edition:
    values = tuple(_value(kind, content) for kind, content in plain["values"])
    runs = plain["runs"]
    return Edition(
        year=plain["year"],
        file=plain["file"],
        sha256=plain["sha256"],
        example=plain["example"],
        areas=tuple(Area(code, name, level_of(code)) for code, name in plain["areas"]),
        units=tuple(plain["units"]),
        sheets=tuple(plain["sheets"]),
        values=values,
        cells={i: _column(parts, runs) for i, parts in plain["cells"].items()},
        titles=plain["titles"],
        findings=tuple(
            Finding(Severity(s), kind, text, plain["file"], sheet, cell) for s, kind, text, sheet, cell in plain["findings"]
        ),
    )


def _column(parts: Iterable[tuple[int, str, int, list[int]]], runs: list[tuple[list[str], list[str]]]) -> dict[str, Cell]:
    column: dict[str, Cell] = {}
    for sheet, letters, run, values in parts:
        areas, rows = runs[run]
        column.update(zip(areas, zip(values, repeat(sheet), [letters + row for row in rows], strict=False), strict=False))
    return column


def _value(kind: str, content: str | int) -> Value:
    match kind:
        case "a":
            return Answer(int(content))
        case "s":
            return Share(Decimal(content))
        case "n":
            return Number(Decimal(content))
        case "m":
            return Missing(Reason(str(content)))
    raise ValueError(kind)


def _indicator(plain: dict[str, Any]) -> Indicator:
    name, options, unit = plain["scale"]
    return Indicator(
        id=plain["id"],
        title=plain["title"],
        short=plain["short"],
        scale=Scale(name, tuple(Option(c, label, sign and Sign(sign)) for c, label, sign in options), unit),
        direction=Direction.NONE,
        dimension="",
        part=Part(plain["part"]),
        years=tuple(plain["years"]),
        known=False,
    )
