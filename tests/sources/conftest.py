"""Fixtures for the tests of the reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from made_workbooks import Rows, write_book
from read_back import Read

from ojreport.catalogue import Catalogue, load_catalogue
from ojreport.sources import load_results


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or fills the user's own cache."""
    monkeypatch.setenv("OJREPORT_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def read(tmp_path: Path, catalogue: Catalogue) -> Callable[..., Read]:
    """A function that writes sheets to a workbook, reads it and hands back what was read."""

    def reading(
        sheets: Rows | Mapping[str, Rows],
        *,
        name: str = "oj-2019.xlsx",
        merged: Mapping[str, Sequence[str]] | None = None,
        pins: Mapping[str, str] | None = None,
    ) -> Read:
        given = sheets if isinstance(sheets, Mapping) else {"Resultat": sheets}
        path = write_book(tmp_path / name, given, merged)
        return Read(load_results([path], catalogue, cache=False, layout=pins))

    return reading
