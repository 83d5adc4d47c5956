"""A workbook that was read."""

from __future__ import annotations

from collections.abc import Collection

from formats import Sheets, place

from ojreport.model.results import Finding, Results
from ojreport.model.value import Value


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


# Findings that are about a whole column; all others are about a cell, and about its row.
_OF_COLUMN = frozenset(["no-heading", "column-skipped", "heading-twice", "unknown-codes", "error-cell"])
_OF_CELL = frozenset(
    ["not-understood", "fraction-or-percent", "unclear-missing", "true-false", "two-values", "heading-year", "similar-title"]
)


def accounts(results: Results, sheets: Sheets, headings: Collection[str]) -> None:
    """Asserts that every filled cell below the headings is where an observation stands, or is reported.

    *headings* may stand again, over a table below another.
    """
    read = {name: _observed(results, name) for name in sheets}
    for name, sheet in sheets.items():
        findings = [f for f in results.findings if f.sheet == name]
        kinds = {f.kind for f in findings}
        if kinds & {"sheet-skipped", "sheet-not-understood"} or not read[name]:
            assert kinds, f"{name} is passed over in silence"
            continue
        turned = "turned" in kinds
        spots = [(f.kind, place(f.cell)) for f in findings if f.cell]
        rows = {at[turned] for kind, at in spots if kind not in _OF_COLUMN | _OF_CELL}
        columns = {at[not turned] for kind, at in spots if kind in _OF_COLUMN}
        told = {at for _, at in spots}
        own = _observed(results, name, known=True) or read[name]
        first, left = min(r for r, _ in own), min(c for _, c in own)
        for r, row in enumerate(sheet.rows[first:], first):
            for c, value in enumerate(row[left:], left):
                if value is None or not str(value).strip() or value in headings or (r, c) in read[name] or (r, c) in told:
                    continue
                along, across = (c, r) if turned else (r, c)
                assert along in rows or across in columns, f"{name}: {value!r} at {r, c} is neither read nor reported"


def _observed(results: Results, sheet: str, *, known: bool = False) -> set[tuple[int, int]]:
    """The cells of the sheet that were read, all or those of indicators that the catalogue has."""
    editions = [results.edition(year) for year in results.years]
    return {
        place(cell)
        for e in editions
        for indicator, column in e.cells.items()
        if not known or results.indicators[indicator].known
        for _, index, cell in column.values()
        if e.sheets[index] == sheet
    }
