"""What a workbook says of itself: its year, and whether it is example data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ojreport.errors import SourceError
from ojreport.sources.findings import Findings
from ojreport.sources.text import clean
from ojreport.sources.workbook import File, Sheet

_TITLE = re.compile(r"\böppna\s+jämförelser\b[^\d]{0,120}?\b(20\d\d)\b", re.IGNORECASE)
_IN_NAME = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_UNTIL = re.compile(r"\(\s*-\s*20\d\d\)")  # a question's last year, in its title
_SHORT = 120  # letters of a title; longer texts are notes
_SHEETS, _ROWS = 3, 15  # where a workbook's title stands


def year_of(file: File, sheets: Sequence[Sheet], findings: Findings) -> int:
    """The edition's year: from the title in the first sheets, else from the file's name.

    Raises SourceError if neither tells, or if the name has several years and the title none.
    """
    in_name = {int(y) for y in _IN_NAME.findall(file.path.stem)}
    said = next((int(m[1]) for text in _titles(sheets) if (m := _TITLE.search(text))), None)
    if said is not None:
        if in_name and said not in in_name:
            findings.warning("year", f"the title says {said}, the file's name {listed_years(in_name)}; it is read as {said}")
        return said
    if len(in_name) == 1:
        return in_name.pop()
    in_titles = {int(y) for text in _titles(sheets) if len(text) <= _SHORT for y in _IN_NAME.findall(_UNTIL.sub("", text))}
    if not in_name and len(in_titles) == 1:
        only = in_titles.pop()
        findings.warning("year", f"no title says which edition it is; it is read as {only}, the only year that is named")
        return only
    raise SourceError(
        f"{file.path} does not tell which year's results it holds; put the year in the file's name, as in oj-2019.xlsx"
    )


def listed_years(years: set[int]) -> str:
    """The years, oldest first."""
    return ", ".join(map(str, sorted(years)))


def is_example(sheets: Sequence[Sheet]) -> bool:
    """Whether the first sheet says that the figures are example data."""
    return (
        any("exempeldata" in raw.casefold() for row in sheets[0].rows for raw in row if isinstance(raw, str)) if sheets else False
    )


def _titles(sheets: Sequence[Sheet]) -> Iterator[str]:
    for sheet in sheets[:_SHEETS]:
        yield clean(sheet.name)
        for row in sheet.rows[:_ROWS]:
            yield from (clean(raw) for raw in row if isinstance(raw, str) and raw)
