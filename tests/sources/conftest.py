"""Fixtures for the tests of the reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from made_workbooks import Rows, write_book

from ojreport.catalogue import Catalogue, load_catalogue
from ojreport.model.results import Finding, Results
from ojreport.model.value import Value
from ojreport.sources import load_results


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or fills the user's own cache."""
    monkeypatch.setenv("OJREPORT_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


class Read:
    """A workbook that was read, as a test asks about it."""

    def __init__(self, results: Results) -> None:
        self.results = results
        self.year = results.years[-1]

    def value(self, indicator: str, area: str, year: int | None = None) -> Value:
        """The value, of the newest year unless another is given."""
        return self.results.value(indicator, area, year or self.year)

    def word(self, indicator: str, area: str, year: int | None = None) -> str:
        """The answer's label, or the value as it is."""
        value = self.value(indicator, area, year)
        options = self.results.indicators[indicator].scale.options
        return options[value.option].label if hasattr(value, "option") else str(value)

    def cell(self, indicator: str, area: str) -> str:
        """Where the value stands: ``Resultat!C2``."""
        origin = self.results.observation(indicator, area, self.year).origin
        return f"{origin.sheet}!{origin.cell}"

    def findings(self, kind: str) -> list[Finding]:
        """The findings of one kind."""
        return [f for f in self.results.findings if f.kind == kind]

    @property
    def errors(self) -> list[Finding]:
        """The findings that make a result wrong or leave one out."""
        return [f for f in self.results.findings if f.severity == "error"]


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
