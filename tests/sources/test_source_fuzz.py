"""A damaged workbook is read as it is, or refused with one sentence; ``scripts/fuzz.py`` does the same with thousands."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from ojreport.catalogue import Catalogue

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "fuzz.py"


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fuzz"] = module  # its dataclass looks itself up there
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_fifty_damaged_workbooks_are_read_or_refused(fuzz: ModuleType, tmp_path: Path, catalogue: Catalogue, seed: int) -> None:
    verdicts = [fuzz.judge(*mutant, catalogue, tmp_path) for mutant in fuzz.mutants(fuzz.samples(), 50, seed)]
    assert {v.kind for v in verdicts} <= {"read", "refused"}, [v for v in verdicts if v.kind not in ("read", "refused")]
    assert sum(v.kind == "read" for v in verdicts) > 10


def test_a_value_that_is_not_in_its_cell_is_found(fuzz: ModuleType, tmp_path: Path, catalogue: Catalogue) -> None:
    """The test of the test: the results of one file held against another."""
    from ojreport.sources import load_results  # noqa: PLC0415 - only here

    files = fuzz.samples()
    path = tmp_path / "oj-2019.xlsx"
    path.write_bytes(files["grouped.xlsx"])
    other = files["grouped.xlsx"] and files["wide.xlsx"]
    assert list(fuzz.differences(load_results([path], catalogue, cache=False), other))
