"""The local file that Kolada's figures are kept in: tidy rows as JSON, under a checksum. The same figures, the same bytes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from ojreport.errors import SourceError
from ojreport.model.kolada import KoladaGroup, KoladaSeries
from ojreport.model.value import Origin

SUFFIX = ".json"
TOTAL = "T"  # both genders together; K is women, M is men
GENDERS = (TOTAL, "K", "M")
_VERSION = 1
_MARK = re.compile(rb'"kind"\s*:\s*"kolada"')
_HEAD = 4096  # bytes in which the mark stands
_LARGEST = 200_000_000  # bytes; all kommuner, 25 years and 25 KPIs are 15 MB


def is_kolada(path: Path) -> bool:
    """Whether *path* is a file that ``ojreport fetch kolada`` wrote, whole or not."""
    if path.suffix.lower() != SUFFIX:
        return False
    try:
        with path.open("rb") as file:
            return _MARK.search(file.read(_HEAD)) is not None
    except OSError:
        return False


def load_kolada(paths: Iterable[Path], gender: str = TOTAL) -> tuple[KoladaSeries, ...]:
    """The series in those of *paths* that are Kolada files, or folders with some, by KPI; other files are passed by.

    Raises SourceError where a file is broken, or two hold the same KPI.
    """
    found: dict[str, tuple[Path, KoladaSeries]] = {}
    files = dict.fromkeys(file.resolve() for path in paths for file in _files(path))
    for path in filter(is_kolada, files):
        for series in read_kolada(path, gender):
            other, _ = found.setdefault(series.kpi, (path, series))
            if other != path:
                raise SourceError(f"{other} and {path} both hold Kolada's {series.kpi}; give only one of them")
    return tuple(found[kpi][1] for kpi in sorted(found))


def _files(path: Path) -> list[Path]:
    try:
        return sorted(path.iterdir()) if path.is_dir() else [path]
    except OSError as error:
        raise SourceError(f"the folder {path} can not be read; check that you may open it") from error


def read_kolada(path: Path, gender: str = TOTAL) -> tuple[KoladaSeries, ...]:
    """The series of one file, by KPI, for T (all), K (women) or M (men).

    Raises SourceError where the file can not be read, is no Kolada file, or was changed since it was fetched.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise SourceError(f"{path} is larger than any file of Kolada's figures; fetch it again")
        content = path.read_bytes()
        whole = json.loads(content)
    except FileNotFoundError as error:
        raise SourceError(f"{path} does not exist; check the path") from error
    except OSError as error:
        raise SourceError(f"{path} can not be read; check that you may open it") from error
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{path} is broken; {_AGAIN}") from error
    if not isinstance(whole, dict) or whole.get("kind") != "kolada":
        raise SourceError(f"{path} holds no figures from Kolada; {_AGAIN}")
    if whole.get("version") != _VERSION:
        raise SourceError(f"{path} was written by another version of ojreport; {_AGAIN}")
    if whole.pop("sha256", None) != checksum(whole):
        raise SourceError(f"{path} was changed since it was fetched; {_AGAIN}")
    try:
        return _series(whole, Origin(path.name, hashlib.sha256(content).hexdigest(), "", ""), gender)
    except (LookupError, TypeError, ValueError, ArithmeticError) as error:
        raise SourceError(f"{path} does not hold what it must; {_AGAIN}") from error


_AGAIN = "fetch it again with ojreport fetch kolada"


def _series(whole: Mapping[str, Any], origin: Origin, gender: str) -> tuple[KoladaSeries, ...]:
    groups = tuple(KoladaGroup(g["id"], g["title"], tuple(g["members"])) for g in whole["groups"])
    values: dict[str, dict[tuple[str, int], Decimal]] = {kpi["id"]: {} for kpi in whole["kpis"]}
    for row in whole["rows"]:
        if row["gender"] == gender:
            values[row["kpi"]][row["area_code"], row["year"]] = Decimal(str(row["value"]))
    return tuple(
        KoladaSeries(
            kpi=kpi["id"],
            title=kpi["title"],
            unit=kpi["unit"],
            description=kpi["description"],
            values=values[kpi["id"]],
            groups=groups,
            origin=origin,
            source=kpi["source"],
            published=kpi["published"],
        )
        for kpi in whole["kpis"]
    )


def to_bytes(
    kpis: Sequence[Mapping[str, str]],
    groups: Sequence[Mapping[str, Any]],
    rows: Sequence[Mapping[str, Any]],
    left_out: Mapping[str, int],
) -> bytes:
    """The file's content, one line for each KPI, group and row. *left_out* counts the values that are no rows, by why."""
    whole = {
        "kind": "kolada",
        "version": _VERSION,
        "left_out": dict(left_out),
        "kpis": list(kpis),
        "groups": list(groups),
        "rows": list(rows),
    }
    head = {key: value for key, value in whole.items() if not isinstance(value, list)} | {"sha256": checksum(whole)}
    parts = [f"{_json(key)}: {_json(value)}" for key, value in head.items()]
    parts += [f"{_json(key)}: [{_lines(value)}]" for key, value in whole.items() if isinstance(value, list)]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode()


def checksum(whole: Mapping[str, Any]) -> str:
    """The SHA-256 of what a file says, whatever its spaces and the order of its keys."""
    return hashlib.sha256(json.dumps(whole, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _lines(values: Iterable[object]) -> str:
    return ",".join(f"\n{_json(value)}" for value in values)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
