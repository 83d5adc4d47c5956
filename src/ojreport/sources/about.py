"""What a workbook says of itself: its year, and whether it is example data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ojreport.errors import SourceError
from ojreport.sources.findings import Findings
from ojreport.sources.text import clean, shown
from ojreport.sources.workbook import File, Sheet

_TITLES = (  # the surest first
    re.compile(r"\böppna\s+jämförelser\b[^\d]{0,120}?\b(20\d\d)\b", re.IGNORECASE),
    re.compile(r"\böj\b[^\d]{0,40}?\b(20\d\d)\b", re.IGNORECASE),
    re.compile(r"\b(20\d\d)\b(?![-./]\d)[^\d]{0,60}?(?:\böppna\s+jämförelser\b|\böj\b)", re.IGNORECASE),
)
_SIGNS = ("öppna", "öj")
_YEAR_SAID = re.compile(r"(?:år|årtal|mätår|undersökningsår|upplaga|edition)\W*", re.IGNORECASE)
_IN_NAME = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_UNTIL = re.compile(r"\(\s*-\s*20\d\d\)")  # a question's last year, in its title
_SHORT = 120  # letters of a title; longer texts are notes
_SHEETS, _ROWS = 3, 15  # where a workbook's title stands


@dataclass(frozen=True, slots=True)
class Said:
    """The edition's year. It is not *sure* where the file's name has several: then each must have results of its own."""

    year: int
    sure: bool = True


def year_of(file: File, sheets: Sequence[Sheet], findings: Findings) -> Said:
    """The edition's year: from the title, else from the file's name, else the only year that stands above the results.

    Raises SourceError if none of them tells.
    """
    in_name = {int(y) for y in _IN_NAME.findall(unicodedata.normalize("NFC", file.path.stem))}
    said = _in_titles(sheets)
    if said is not None:
        if in_name and said not in in_name:
            findings.warning("year", f"the title says {said}, the file's name {listed_years(in_name)}; it is read as {said}")
        return Said(said)
    if in_name:
        return Said(max(in_name), sure=len(in_name) == 1)
    above = {int(y) for text in _titles(sheets[:_SHEETS]) if len(text) <= _SHORT for y in _IN_NAME.findall(_UNTIL.sub("", text))}
    above |= set(_numbers(sheets[:_SHEETS]))
    if len(above) == 1:
        only = above.pop()
        findings.warning("year", f"no title says which edition it is; it is read as {only}, the only year that is named")
        return Said(only)
    raise SourceError(no_year(file))


def no_year(file: File) -> str:
    """What a user reads whose file does not tell its year."""
    return f"{file.path} does not tell which year's results it holds; put the year in the file's name, as in oj-2019.xlsx"


def _in_titles(sheets: Sequence[Sheet]) -> int | None:
    texts = [text for text in _titles(sheets) if any(sign in text.casefold() for sign in _SIGNS)]
    return next((int(m[1]) for pattern in _TITLES for text in texts if (m := pattern.search(text))), None)


def _numbers(sheets: Sequence[Sheet]) -> Iterator[int]:
    """Years in a cell of their own, behind one that says ``År``."""
    for sheet in sheets:
        for row in sheet.rows[:_ROWS]:
            for before, raw in pairwise(row):
                if isinstance(before, str) and _YEAR_SAID.fullmatch(clean(before)) and re.fullmatch(r"20\d\d", shown(raw)):
                    yield int(shown(raw))


def years_of_sheets(sheets: Sequence[Sheet]) -> Mapping[str, int]:
    """The year that each sheet's name has, where they have different ones: a sheet for each year; else nothing."""
    found = {s.name: years.pop() for s in sheets if len(years := {int(y) for y in _IN_NAME.findall(s.name)}) == 1}
    return found if len(set(found.values())) > 1 else {}


def listed_years(years: set[int]) -> str:
    """The years, oldest first."""
    return ", ".join(map(str, sorted(years)))


def is_example(sheets: Sequence[Sheet]) -> bool:
    """Whether the first sheet says that the figures are example data."""
    return (
        any("exempeldata" in raw.casefold() for row in sheets[0].rows for raw in row if isinstance(raw, str)) if sheets else False
    )


def _titles(sheets: Sequence[Sheet]) -> Iterator[str]:
    for sheet in sheets:
        yield clean(sheet.name)
        for row in sheet.rows[:_ROWS]:
            yield from (clean(raw) for raw in row if isinstance(raw, str) and raw)
