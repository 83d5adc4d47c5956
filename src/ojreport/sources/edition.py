"""One workbook put together: sheets → tables → columns and rows → values → an Edition for each year that it holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from ojreport.catalogue import Catalogue
from ojreport.errors import SourceError
from ojreport.model.area import Area, Level
from ojreport.model.indicator import Indicator
from ojreport.model.results import Cell as Place
from ojreport.model.results import Edition, Severity
from ojreport.model.value import Value
from ojreport.sources.about import is_example, no_year, year_of, years_of_sheets
from ojreport.sources.columns import Cell, ColumnReader, Form, form_of_sheet
from ojreport.sources.findings import Findings, listed
from ojreport.sources.layout import find_tables
from ojreport.sources.look import letters
from ojreport.sources.package import wrong_suffix
from ojreport.sources.rows import Areas
from ojreport.sources.tables import Placed, Series, read_rows, series_of
from ojreport.sources.titles import Titles
from ojreport.sources.unknown import make_unknown
from ojreport.sources.workbook import File, Sheet


@dataclass(frozen=True, slots=True)
class Reading:
    """An edition, and its indicators that the catalogue lacks."""

    edition: Edition
    unknown: tuple[Indicator, ...] = ()


def read_workbook(file: File, sheets: Sequence[Sheet], catalogue: Catalogue, pins: Mapping[str, str]) -> tuple[Reading, ...]:
    """The file's edition, or editions where years stand side by side, oldest first.

    Raises SourceError if no sheet holds results, or the year can not be told.
    """
    findings = Findings(file.name)
    if suffix := wrong_suffix(file.path, file.content):
        findings.note("wrong-suffix", suffix)
    titles = Titles(catalogue.indicators.values(), pins)
    said = year_of(file, sheets, findings)
    year = said.year
    areas = areas_of(catalogue, year)
    tables = []
    for i, sheet in enumerate(sheets):
        own, found = find_tables(sheet, areas, titles)
        tables += [Placed(own, i, table) for table in found]
        if own.turned:
            findings.note("turned", "the sheet has a row for each indicator and a column for each area", sheet.name)
        if found and sheet.hidden:
            findings.note("hidden", f"hidden in the workbook, and read like the rest: {sheet.hidden}", sheet.name)
        if not found:
            _skip(sheet, areas, findings)
    by_name = years_of_sheets([placed.sheet for placed in tables])
    tables = [replace(p, table=replace(p.table, year=p.table.year or by_name.get(p.sheet.name))) for p in tables]
    series = [s for placed in tables for s in series_of(placed, year, catalogue.indicators, findings)]
    if not series:
        names = listed([f"“{s.name}”" for s in sheets]) or "none"
        need = "it needs a heading such as Kommunkod and a column for each indicator"
        wrong = next((f" ({f.sheet}!{f.cell}: {f.message})" for f in findings.all if f.severity is Severity.ERROR), "")
        raise SourceError(f"{file.path} has no result sheet (sheets: {names}); {need}{wrong}")
    if not said.sure and {s.year for s in series} == {year}:
        raise SourceError(no_year(file))
    years = sorted({s.year for s in series})
    main = year if year in years else years[-1]
    about = replace(_EMPTY, file=file.name, sha256=file.sha256, example=is_example(sheets), sheets=tuple(s.name for s in sheets))
    return tuple(
        _Builder(replace(about, year=y), catalogue, findings if y == main else Findings(file.name)).build(
            [s for s in series if s.year == y]
        )
        for y in years
    )


def areas_of(catalogue: Catalogue, year: int) -> Areas:
    """The areas that a file of *year* can have rows for: those of the year, and stadsdelar of the years about it."""
    near = range(year - _NEAR, year + _NEAR + 1)
    return Areas(catalogue.areas(year), {a.code: a for y in near for a in catalogue.areas(y)}.values())


def _skip(sheet: Sheet, areas: Areas, findings: Findings) -> None:
    """Say that the sheet is not read: as a warning if it names so many areas that it may hold results after all."""
    texts = {raw: None for row in sheet.rows for raw in row if isinstance(raw, str)}
    named = {at.area.code for raw in islice(texts, _LOOKED_AT) if (at := areas.find("", raw)).area}
    if len(named) < _MANY:
        findings.note("sheet-skipped", "no table of results was found in the sheet", sheet.name)
        return
    message = f"the sheet names {len(named)} areas, but no headings that are understood; it is not read"
    findings.warning("sheet-not-understood", message, sheet.name)


_NEAR = 4  # years
_MANY = 3  # areas
_LOOKED_AT = 5000  # texts of a sheet without a table
_EMPTY = Edition(year=0, file="", sha256="", example=False, areas=(), units=(), sheets=(), values=(), cells={})


@dataclass(slots=True)
class _Builder:
    """Puts one year's edition together."""

    about: Edition  # the edition as yet without results
    catalogue: Catalogue
    findings: Findings
    unknown: dict[str, Indicator] = field(default_factory=dict)
    _values: dict[Value, int] = field(default_factory=dict)
    _cells: dict[str, dict[str, Place]] = field(default_factory=dict)

    def build(self, series: Sequence[Series]) -> Reading:
        """The edition that *series* hold."""
        book = areas_of(self.catalogue, self.about.year)
        rows = {placed: read_rows(s.placed, book, self.findings) for placed, s in {id(s.placed): s for s in series}.items()}
        areas = {code: area for found in rows.values() for code, (area, _) in found.items()}
        parents = frozenset(a.kommun for a in areas.values() if a.level is Level.STADSDEL)
        cells = [[s.cell(area, r) for area, r in rows[id(s.placed)].values()] for s in series]
        self._meet_unknown(series, cells)
        self._read(series, cells, parents)
        units = self._units(areas)
        self._expected()
        edition = replace(
            self.about,
            areas=tuple(sorted(areas.values(), key=lambda a: a.code)),
            units=units,
            values=tuple(self._values),
            cells=self._cells,
            titles={s.indicator: s.column.heading.title for s in reversed(series)},
            findings=self.findings.all,
        )
        return Reading(edition, tuple(replace(i, years=(edition.year,)) for i in self.unknown.values()))

    def _indicator(self, name: str) -> Indicator:
        return self.catalogue.indicators.get(name) or self.unknown[name]

    def _meet_unknown(self, series: Sequence[Series], cells: Sequence[Sequence[Cell]]) -> None:
        """Make an indicator of each heading that the catalogue lacks, from all its columns together."""
        scales = {i.scale.name: i.scale for i in self.catalogue.indicators.values() if not i.scale.is_number}
        for s in series:
            if s.indicator in self.catalogue.indicators or s.indicator in self.unknown:
                continue
            own = [c for other, column in zip(series, cells, strict=True) if other.indicator == s.indicator for c in column]
            units = [c.raw for c in own if c.area.level in (Level.KOMMUN, Level.STADSDEL)]
            totals = [c.raw for c in own if c.area.level in (Level.LAN, Level.RIKET)]
            self.unknown[s.indicator] = make_unknown(
                s.column.heading.title, s.column.heading.codes, units, totals, scales.values()
            )

    def _read(self, series: Sequence[Series], cells: Sequence[Sequence[Cell]], parents: frozenset[str]) -> None:
        readers = [
            ColumnReader(self._indicator(s.indicator).scale, s.column.heading.codes, s.placed.table.legends, parents)
            for s in series
        ]
        numbers = [reader.plain_shares(column) for reader, column in zip(readers, cells, strict=True)]
        sheets = {s.placed.index for s in series}
        forms = {i: form_of_sheet(n for s, n in zip(series, numbers, strict=True) if s.placed.index == i) for i in sheets}
        told = {form for form in forms.values() if form}
        elsewhere = told.pop() if told == {Form.FRACTION} else None
        for s, reader, column in zip(series, readers, cells, strict=True):
            values, problems = reader.read(column, forms[s.placed.index], elsewhere)
            for problem in problems:
                where = s.placed.sheet.at(problem.cell.row, problem.cell.column)
                self.findings.add(
                    problem.severity, problem.kind, f"{problem.message} ({s.indicator})", s.placed.sheet.name, where
                )
            self._place(s, values)

    def _place(self, series: Series, values: Sequence[tuple[Cell, Value]]) -> None:
        own = self._cells.setdefault(series.indicator, {})
        sheet, column, turned = series.placed.index, letters(series.column.index), series.placed.sheet.turned
        indices: dict[int, int] = {}  # a column has few different values, and equal ones are mostly the same object
        for cell, value in values:
            index = indices.get(id(value))
            if index is None:
                index = indices[id(value)] = self._values.setdefault(value, len(self._values))
            where = f"{column}{cell.row + 1}" if not turned else series.placed.sheet.at(cell.row, cell.column)
            before = own.setdefault(cell.area.code, (index, sheet, where))
            if before[0] != index:
                other = f"{self.about.sheets[before[1]]}!{before[2]}"
                message = f"{series.indicator} for {cell.area.name} is another value in {other}; that one is kept"
                self.findings.error("two-values", message, series.placed.sheet.name, where)

    def _units(self, areas: Mapping[str, Area]) -> tuple[str, ...]:
        """The units that shares are counted over, also those that the file has no row for (they are bortfall).

        A kommun that has rows for stadsdelar is no unit itself; one whose stadsdelar all lack a row, while it has one, is.
        """
        given = {a.code for a in areas.values() if a.level is Level.STADSDEL}
        parents = {code[:4] for code in given}
        units: set[str] = set(given)
        for code in self.catalogue.units(self.about.year):
            kommun = code[:4]
            if code == kommun:
                units |= {code} if kommun not in parents else set()
            elif kommun in parents:
                units |= {code} if any(u in given for u in self.catalogue.units(self.about.year) if u[:4] == kommun) else set()
            else:
                units.add(kommun if kommun in areas else code)
        names = {a.code: a.name for a in self.catalogue.areas(self.about.year)} | {c: a.name for c, a in areas.items()}
        lacking = sorted(units - areas.keys())
        if lacking:
            text = listed([f"{names.get(c, '')} ({c})".strip() for c in lacking])
            self.findings.warning(
                "units-missing", f"{len(lacking)} of {len(units)} units have no row and count as bortfall: {text}"
            )
        return tuple(sorted(units))

    def _expected(self) -> None:
        """Say which of the year's indicators the file lacks, and which it has against the catalogue."""
        known = self.catalogue.indicators.values()
        lacking = [f"{i.id} {i.short}" for i in known if self.about.year in i.years and i.id not in self._cells]
        if lacking:
            message = f"{len(lacking)} indicators of {self.about.year} are not in the file: {listed(lacking)}"
            self.findings.add(Severity.WARNING, "indicators-missing", message)
        for i in known:
            if i.id in self._cells and self.about.year not in i.years:
                self.findings.note(
                    "indicator-year",
                    f"{i.id} “{i.short}” is in the file, but the catalogue does not have it for {self.about.year}",
                )
