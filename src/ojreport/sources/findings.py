"""What was not understood, gathered while a workbook is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from ojreport.model.results import Finding, Severity


@dataclass(slots=True)
class Findings:
    """Findings about one file, in the order in which they were met; the same one is listed once."""

    file: str
    _found: dict[Finding, None] = field(default_factory=dict)

    def error(self, kind: str, message: str, sheet: str = "", cell: str = "") -> None:
        """Something that makes a result wrong or leaves one out."""
        self.add(Severity.ERROR, kind, message, sheet, cell)

    def warning(self, kind: str, message: str, sheet: str = "", cell: str = "") -> None:
        """Something that was understood, but should be looked at."""
        self.add(Severity.WARNING, kind, message, sheet, cell)

    def note(self, kind: str, message: str, sheet: str = "", cell: str = "") -> None:
        """Something that is no result and was passed over."""
        self.add(Severity.NOTE, kind, message, sheet, cell)

    def add(self, severity: Severity, kind: str, message: str, sheet: str = "", cell: str = "") -> None:
        """A finding of the given severity."""
        self._found[Finding(severity, kind, message, self.file, sheet, cell)] = None

    @property
    def all(self) -> tuple[Finding, ...]:
        """All of them."""
        return tuple(self._found)


def listed(names: list[str], most: int = 10) -> str:
    """The names in a sentence, at most *most* of them: ``a, b, c and 4 more``."""
    text = ", ".join(names[:most])
    return f"{text} and {len(names) - most} more" if len(names) > most else text
