"""A workbook that was read."""

from __future__ import annotations

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
