"""What is found out about a workbook before it is parsed, for each sheet of each format, and the limits that it must keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from ojreport.errors import SourceError

UNCALCULATED = "#="  # stands for a formula that no program has calculated
MOST_FILE = 100_000_000  # bytes on the disk; an edition has some 70 000
MOST_BYTES = 200_000_000  # of all parts, unpacked
MOST_TEXTS = 50_000_000  # bytes of the texts that a file keeps apart from its sheets; the parser holds them all
MOST_CELLS = 1_000_000  # of all sheets, each from A1 on; an edition has some 40 000
MOST_STYLED = 20_000_000  # cells that may hold a colour alone
MOST_UNKNOWN = 10_000  # rows with values that are about no area
MOST_MARKS = 100_000  # cells that can not be read, hidden rows and merged ranges of a sheet

# What the binary formats write for an error.
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#GETTING_DATA"}

Marks = Mapping[tuple[int, int], str]  # (row, column) from zero → ``#N/A``, or the mark of a formula that was never calculated
Range = tuple[tuple[int, int], tuple[int, int]]  # first and last (row, column)


@dataclass(frozen=True, slots=True)
class Look:
    """Of a sheet: the cells that can not be read, the hidden rows and columns, and merged ranges that the parser does not tell.

    All is counted from zero.
    """

    marks: Marks
    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    merged: tuple[Range, ...] = ()


def damaged(path: Path) -> SourceError:
    """The error of a file that can not be parsed."""
    return SourceError(
        f"{path} is damaged or no workbook that can be read; open it in Excel and save it as .xlsx, or fetch it again"
    )


def protected(path: Path) -> SourceError:
    """The error of a file that has a password."""
    return SourceError(f"{path} is protected by a password; open it in Excel, remove the password and save it")


def too_large(path: Path) -> SourceError:
    """The error of a file that no edition can be as large as."""
    return SourceError(f"{path} unpacks to far more than an edition holds; open it in Excel and save only its result sheets")


@dataclass(slots=True)
class Gathering:
    """What is found out about a sheet while its cells are met."""

    path: Path
    sheet: str
    marks: dict[tuple[int, int], str] = field(default_factory=dict)
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)
    _low: tuple[int, int] = (-1, -1)
    _wide: tuple[int, int] = (-1, -1)

    def fill(self, row: int, column: int) -> None:
        """A cell that is not blank."""
        self._low = max(self._low, (row, column))
        self._wide = max(self._wide, (row, column), key=lambda cell: cell[1])

    def mark(self, row: int, column: int, text: str) -> None:
        """A cell that holds an error or a formula without a value."""
        self.marks[row, column] = text

    def check(self) -> None:
        """SourceError if the sheet is larger than any edition's, or has more faults than can be told."""
        rows, columns = self._low[0] + 1, self._wide[1] + 1
        if rows * columns > MOST_CELLS:
            row, column = max(self._low, self._wide, key=lambda cell: (cell[0] + 1) * (cell[1] + 1))
            far = f"{letters(column)}{row + 1}"
            message = (
                f"the sheet “{self.sheet}” of {self.path} reaches to {far}, far beyond its results; clear that cell and save"
            )
            raise SourceError(message)
        if len(self.marks) + len(self.rows) + len(self.merged) > MOST_MARKS:
            what = "more error cells, hidden rows or merged cells than an edition can have"
            raise SourceError(f"the sheet “{self.sheet}” of {self.path} has {what}; open it in Excel and mend it")

    def look(self) -> Look:
        """What was found, once it is checked."""
        self.check()
        return Look(self.marks, frozenset(self.rows), frozenset(self.columns), tuple(self.merged))


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """The letters of a column that is counted from zero: 27 → ``AB``."""
    text, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def number(text: str) -> int:
    """A column's letters counted from zero: ``AB`` → 27."""
    found = 0
    for letter in text.upper():
        found = found * 26 + ord(letter) - 64
    return found - 1
