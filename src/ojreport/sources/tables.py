"""What a table's columns and rows are: each column's indicator and year, each row's area; all else is reported."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ojreport.errors import SourceError
from ojreport.model.area import Area, Level
from ojreport.model.indicator import Indicator
from ojreport.model.results import Severity
from ojreport.sources.columns import Cell
from ojreport.sources.facets import Column, Table
from ojreport.sources.findings import Findings
from ojreport.sources.keys import is_named
from ojreport.sources.look import MOST_UNKNOWN, letters
from ojreport.sources.rows import NOTHING, Areas, Found
from ojreport.sources.text import is_blank, shown
from ojreport.sources.titles import How
from ojreport.sources.unknown import holds_results, unknown_id
from ojreport.sources.workbook import Raw, Sheet

_SUMMARY = re.compile(
    r"\W*(?:antal|andel|summa|totalt?|medel|median|genomsnitt|samtliga|svarsfrekvens|svarande|min|max)", re.IGNORECASE
)


_BACKGROUND = re.compile(
    r"(?:skr|skl|sveriges)?\W*kommungrupp.*|folkmängd.*|(?:antal )?invånare(?: \d+.*)?|befolkning(?:smängd)?.*|kommuntyp.*"
    r"|landsting|region|läns?(?:kod|namn)?|storleks(?:grupp|klass).*"
    r"|(?:har )?(?:be)?svarat(?: på)?.*|deltagit.*|svarsdatum|kontaktperson.*|e-?post.*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A table and the sheet that it stands in."""

    sheet: Sheet
    index: int
    table: Table


@dataclass(frozen=True, slots=True)
class Series:
    """A column that is read: whose indicator it holds, and for which year."""

    placed: Placed
    column: Column
    indicator: str
    year: int

    def cell(self, area: Area, row: int) -> Cell:
        """The column's cell in the row of *area*."""
        return Cell(area, self.placed.sheet.rows[row][self.column.index], row, self.column.index)


# ------------------------------------------------------------------------------------------------------------- columns


def series_of(placed: Placed, year: int, indicators: Mapping[str, Indicator], findings: Findings) -> list[Series]:
    """The table's columns with their indicators. What is no result, or stands there twice, is reported and left out."""
    sheet, table = placed.sheet, placed.table
    for c in table.unheaded:
        findings.warning("no-heading", "the column has no heading and is not read", sheet.name, sheet.at(table.header, c))
    found = [(column, i) for column in table.columns if (i := _indicator_of(placed, column, indicators, findings))]
    series = []
    for column, indicator in found:
        same = [c for c, i in found if i == indicator]
        years = [c.heading.year for c in same]
        beside = len(same) > 1 and None not in years and len(set(years)) == len(same)
        where = sheet.at(table.header, column.index)
        if len(same) > 1 and not beside:
            others = ", ".join(sheet.at(table.header, c.index) for c in same if c is not column)
            message = f"“{shown(column.heading.title)}” stands here and in {others} as {indicator}; none of the columns is read"
            findings.error("heading-twice", message, sheet.name, where)
            continue
        own = column.heading.year
        if own not in (None, year) and not beside:
            findings.note(
                "heading-year",
                f"“{shown(column.heading.title)}” names {own}; it is kept with the edition of {year}",
                sheet.name,
                where,
            )
        series.append(Series(placed, column, indicator, table.year or (own if beside and own else year)))
    return series


def _indicator_of(placed: Placed, column: Column, indicators: Mapping[str, Indicator], findings: Findings) -> str:
    """The id of the column's indicator, empty if it holds no results."""
    sheet, table, heading = placed.sheet, placed.table, column.heading
    where = sheet.at(table.header, column.index)
    title = f"“{shown(heading.title, 120)}”"
    if not heading.value:
        findings.note("column-skipped", f"{title} is beside the result and is not read", sheet.name, where)
        return ""
    if heading.how is How.EXACT:
        return heading.indicator
    if heading.how is How.SIMILAR:
        official = indicators[heading.indicator].title
        findings.warning("similar-title", f"{title} is read as {heading.indicator}, “{official}”", sheet.name, where)
        return heading.indicator
    if _BACKGROUND.fullmatch(heading.title):
        findings.note("column-skipped", f"{title} is about the kommun and no result; it is not read", sheet.name, where)
        return ""
    if not holds_results(row[column.index] for r in table.indices if is_named(row := sheet.rows[r], table.keys)):
        findings.note("column-skipped", f"{title} holds neither answers nor numbers and is not read", sheet.name, where)
        return ""
    findings.warning(
        "unknown-indicator", f"{title} is not in the catalogue; it is shown as it stands, without a direction", sheet.name, where
    )
    return unknown_id(heading.title)


# ---------------------------------------------------------------------------------------------------------------- rows


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table that is not blank, what it is about, and whether it holds values."""

    index: int
    code: Raw
    name: str
    at: Found
    filled: bool


def read_rows(placed: Placed, areas: Areas, findings: Findings) -> dict[str, tuple[Area, int]]:
    """The table's areas by code, with their rows. Rows that are not read are reported, unless they are blank."""
    sheet, table = placed.sheet, placed.table
    found: dict[str, tuple[Area, int]] = {}
    for row in _settled(_rows_of(placed, areas, findings.file)):
        at, where = row.at, sheet.at(row.index, table.keys.first)
        if at.area is None and _is_summary(sheet.rows[row.index]):
            at = NOTHING
        if at.doubt:
            findings.add(at.doubt.severity, at.doubt.kind, at.doubt.message, sheet.name, where)
        if at.area is None:
            if not at.doubt:
                _pass_over(sheet.rows[row.index], row.index, sheet, findings, filled=row.filled)
        elif not row.filled and (at.area.code in found or _is_heading(at.area, table, by_name=at.by_name)):
            findings.note("heading-row", f"“{shown(row.name or row.code)}” is a heading among the rows", sheet.name, where)
        elif at.area.code in found:
            _twice(at.area, row.index, found[at.area.code][1], placed, findings)
        else:
            found[at.area.code] = at.area, row.index
    return found


def _rows_of(placed: Placed, areas: Areas, file: str) -> list[_Row]:
    sheet, table = placed.sheet, placed.table
    said = (*(c.index for c in table.columns), *table.labels)
    rows: list[_Row] = []
    unknown = 0
    for r in table.indices:
        row = sheet.rows[r]
        filled = any(not is_blank(row[c]) for c in said)
        if not filled and all(map(is_blank, row)):
            continue
        code, name = table.keys.code(row), table.keys.name(row)
        at = areas.find(code, name, table.keys.hint)
        if at is NOTHING and filled and name and not _SUMMARY.match(name):
            at = areas.closest(name)
        unknown += filled and at.area is None
        if unknown > MOST_UNKNOWN:
            what = f"more than {MOST_UNKNOWN} rows with values that are about no area"
            raise SourceError(f"the sheet “{sheet.name}” of {file} has {what}; is it an edition? Save only its result sheets")
        rows.append(_Row(r, code, name, at, filled))
    return rows


def _settled(rows: list[_Row]) -> list[_Row]:
    """The rows; a name that is a kommun's and a län's (Kalmar) is the län among län, and else the kommun.

    Among län: in an unbroken run of rows with values whose names can all be a län's, and one can be nothing else.
    """
    settled, run = list(rows), list[int]()
    for i, row in enumerate([*rows, None]):
        if row is not None and not row.filled:
            continue
        if row is not None and row.at.by_name and (row.at.other or (row.at.area and row.at.area.level is Level.LAN)):
            run.append(i)
            continue
        if any(rows[k].at.other is None for k in run):
            for k in run:
                if (lan := rows[k].at.other) is not None:
                    settled[k] = replace(rows[k], at=Found(lan, by_name=True))
        run = []
    return settled


def _is_heading(area: Area, table: Table, *, by_name: bool) -> bool:
    """Whether a row without values is a heading over the rows below it, and not an area that did not answer."""
    return by_name or (area.level in (Level.LAN, Level.RIKET) and table.keys.hint is not Level.LAN)


def _is_summary(row: Sequence[Raw]) -> bool:
    """Whether the row's first words are those of a summary: ``Antal svar``."""
    return bool(_SUMMARY.match(str(next((raw for raw in row if not is_blank(raw)), ""))))


def _pass_over(row: Sequence[Raw], r: int, sheet: Sheet, findings: Findings, *, filled: bool) -> None:
    first = next(c for c, raw in enumerate(row) if not is_blank(raw))
    text = f"“{shown(row[first])}”"
    if _is_summary(row):
        findings.note("summary-row", f"{text} is a summary among the rows", sheet.name, sheet.at(r, first))
        return
    if filled and sum(not is_blank(raw) for raw in row) > 1:
        findings.warning(
            "row-not-understood",
            f"{text} is no area that is known; the row's values are not read",
            sheet.name,
            sheet.at(r, first),
        )
    else:
        findings.note("row-skipped", f"{text} is a heading or a note among the rows", sheet.name, sheet.at(r, first))


def _twice(area: Area, r: int, first: int, placed: Placed, findings: Findings) -> None:
    rows, columns = placed.sheet.rows, [c.index for c in placed.table.columns]
    same = all(rows[r][c] == rows[first][c] for c in columns)
    how = "with the same values" if same else "with other values"
    severity = Severity.WARNING if same else Severity.ERROR
    sheet, key = placed.sheet, placed.table.keys.first
    line = f"column {letters(first)}" if sheet.turned else f"row {first + 1}"
    message = f"{area.name} ({area.code}) stands also in {line}, {how}; the first is kept"
    findings.add(severity, "unit-twice", message, sheet.name, sheet.at(r, key))
