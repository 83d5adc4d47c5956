"""The manifest beside an area's files: what they were made from and what they hold, so that nothing is made or lost twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ojreport.errors import OutputError
from ojreport.files import Written

MANIFEST = "manifest.json"
KEPT = ("files", "older")  # a report's files in the manifest: those of its inputs, and those of other inputs


def spare_the_plan(path: Path, contents: Mapping[str, bytes], report: Any) -> None:  # noqa: ANN401 - see _entries
    """OutputError when the plan at *path* would be replaced, and is not the one that the manifest's *report* knows."""
    if path.name in contents and path.is_file():
        known = {str(e["sha256"]) for key in KEPT for e in _entries(report, key) if e["file"] == path.name}
        if digest(path) not in known | {sha256(contents[path.name])}:
            raise OutputError(f"{path} has been changed since it was made; move it, or choose another --out")


def manifest(report: str, source: Mapping[str, Any], contents: Mapping[str, bytes], folder: Path) -> bytes:
    """What went in (*source*) and what came out, by report; without times, so that the same build gives the same bytes.

    A file that this build leaves alone keeps its place as long as it stands unchanged: under ``files`` if it was made from the
    same, else under ``older``, so that a plan which nobody has touched is known as ours and may be replaced.
    """
    earlier = entries_in(folder)
    made = [{"file": name, "sha256": sha256(data), "size": len(data)} for name, data in contents.items()]
    before: Any = earlier.get(report)
    files, older = ([e for e in _entries(before, key) if e["file"] not in contents and _stands(folder, e)] for key in KEPT)
    if files and any(before.get(key) != value for key, value in source.items()):
        files, older = [], files + older
    entry: dict[str, Any] = {**source, "files": sorted(made + files, key=lambda e: str(e["file"]))}
    if older:
        entry["older"] = sorted(older, key=lambda e: str(e["file"]))
    reports = {**earlier, report: entry}
    return (json.dumps({"reports": dict(sorted(reports.items()))}, ensure_ascii=False, indent=1) + "\n").encode()


def entries_in(folder: Path) -> dict[str, Any]:
    """The manifest's entries of all reports in *folder*; none when it is missing or not ours."""
    try:
        reports = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["reports"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return reports if isinstance(reports, dict) else {}


def _entries(report: Any, key: str) -> tuple[dict[str, Any], ...]:  # noqa: ANN401 - anybody may have written that file
    """The files that a report's part of a manifest lists under *key*; none when it is not ours."""
    try:
        return tuple({name: file[name] for name in ("file", "sha256", "size")} for file in report.get(key, ()))
    except (KeyError, TypeError, AttributeError):
        return ()


def unchanged(report: str, source: Mapping[str, Any], names: Iterable[str], folder: Path) -> tuple[Written, ...]:
    """The files *names* in *folder*, if all that the report has there stand as made from the same *source*; else none."""
    entry: Any = entries_in(folder).get(report)
    files = {str(e["file"]): e for e in _entries(entry, "files")}
    if not isinstance(entry, dict) or any(entry.get(key) != value for key, value in source.items()):
        return ()
    if not all(name in files for name in names) or not all(_stands(folder, e) for e in files.values()):
        return ()
    return tuple(Written(folder / name, int(files[name]["size"]), str(files[name]["sha256"])) for name in names)


def _stands(folder: Path, entry: Mapping[str, Any]) -> bool:
    """Whether the file of *entry* is in *folder* as it was made."""
    return digest(folder / str(entry["file"])) == str(entry["sha256"])


def digest(path: Path) -> str:
    """The sha-256 of the file at *path*, empty when there is none that can be read."""
    try:
        return sha256(path.read_bytes())
    except OSError:
        return ""


def sha256(data: bytes) -> str:
    """The SHA-256 of *data*, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()
