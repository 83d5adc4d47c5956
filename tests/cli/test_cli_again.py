"""``ojreport build`` into a folder that holds an earlier build."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from running import Run, Said

from ojreport.sources import example_folder

PLAN = "kommunprofil.xlsx"


@pytest.fixture
def folder(kalmar: Path, tmp_path: Path) -> Path:
    """A folder with a full build for Kalmar 2019, in an output folder of its own."""
    copy = tmp_path / "2019" / "0880-kalmar"
    shutil.copytree(kalmar, copy)
    return copy


def _build(run: Run, folder: Path, *arguments: object) -> Said:
    return run("build", "kommunprofil", "Kalmar", "--year", 2019, "--out", folder.parents[1], *arguments)


def _entry(folder: Path) -> dict[str, Any]:
    entry: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["reports"]["kommunprofil"]
    return entry


def _content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("known", [True, False])
def test_a_plan_that_somebody_has_filled_in_is_never_replaced(
    known: bool,  # noqa: FBT001 - pytest names it
    folder: Path,
    run: Run,
) -> None:
    """Neither one that the manifest gives another sha-256 for, nor one that no manifest knows."""
    (folder / PLAN).write_bytes(b"filled in")
    if not known:
        (folder / "manifest.json").unlink()
    before = _content(folder)
    code, out, err = _build(run, folder, "--format", "pdf,xlsx")
    assert (code, out) == (2, "")
    assert f"ojreport: {folder / PLAN} has been changed since it was made; move it, or choose another --out" in err
    assert _content(folder) == before


def test_a_filled_in_plan_does_not_stop_a_build_of_the_other_formats(folder: Path, run: Run) -> None:
    (folder / PLAN).write_bytes(b"filled in")
    assert _build(run, folder, "--format", "pdf").code == 0
    assert (folder / PLAN).read_bytes() == b"filled in"
    assert PLAN not in {entry["file"] for entry in _entry(folder)["files"]}
    assert _build(run, folder, "--format", "xlsx").code == 2


def test_one_format_anew_leaves_trace_and_manifest_whole(folder: Path, run: Run) -> None:
    before = _content(folder)
    assert _build(run, folder, "--format", "xlsx").code == 0
    assert _content(folder) == before


def test_the_trace_is_about_all_formats_also_when_one_is_made(kalmar: Path, tmp_path: Path, run: Run) -> None:
    new = tmp_path / "2019" / "0880-kalmar"
    assert _build(run, new, "--format", "xlsx").code == 0
    name = "kommunprofil.trace.json"
    assert (new / name).read_bytes() == (kalmar / name).read_bytes()


def test_files_of_other_inputs_are_listed_apart_and_an_untouched_plan_of_them_is_replaced(folder: Path, run: Run) -> None:
    other = ["--workbook", example_folder() / "oj-missbruk-2019.xlsx"]
    assert _build(run, folder, *other, "--format", "pdf").code == 0
    for _ in range(2):  # a second build does not take them for its own
        entry = _entry(folder)
        assert [file["file"] for file in entry["files"]] == ["kommunprofil.pdf", "kommunprofil.trace.json"]
        assert [file["file"] for file in entry["older"]] == ["kommunprofil.pptx", PLAN]
        assert _build(run, folder, *other, "--format", "pdf").code == 0
    assert _build(run, folder, *other, "--format", "xlsx").code == 0
    assert [file["file"] for file in _entry(folder)["older"]] == ["kommunprofil.pptx"]


def test_a_changed_file_leaves_the_manifest(folder: Path, run: Run) -> None:
    (folder / "kommunprofil.pptx").write_bytes(b"changed")
    assert _build(run, folder, "--format", "xlsx").code == 0
    assert [file["file"] for file in _entry(folder)["files"]] == ["kommunprofil.pdf", "kommunprofil.trace.json", PLAN]
