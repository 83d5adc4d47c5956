"""The bench's parts run; what they measure is nobody's test."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[1] / "scripts" / "bench"


def told(script: str, *arguments: object) -> dict[str, object]:
    """What a part of the bench prints."""
    run = subprocess.run(
        [sys.executable, str(BENCH / script), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found: dict[str, object] = json.loads(run.stdout.splitlines()[-1])
    return found


def test_the_baseline_makes_the_same_kinds_of_files(tmp_path: Path) -> None:
    assert set(told("baseline.py", "0880", tmp_path)) == {"read", "read_cpu", "each", "each_cpu"}
    assert {path.suffix for path in (tmp_path / "0880").iterdir()} == {".pdf", ".pptx", ".xlsx"}


def test_each_stage_of_a_report_is_clocked(tmp_path: Path) -> None:
    stages = told("single.py", 1, tmp_path)
    assert {"compose", "deck", "PDF", "plan", "proof pptx", "proof pdf", "proof xlsx", "trace", "whole"} <= set(stages)


@pytest.mark.parametrize("processes", ["1", "2"])
def test_many_reports_are_clocked(tmp_path: Path, processes: str) -> None:
    many = told("many.py", 4, processes, 1, tmp_path)
    assert many["reports"] == 4
    assert len(list(tmp_path.rglob("*.pdf"))) == 4
