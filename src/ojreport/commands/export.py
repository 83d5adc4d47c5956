"""``ojreport export``: the results as tidy rows, in a file that other programs read."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ojreport.commands.options import Fresh, Layout, Workbooks, path_of, year_of
from ojreport.errors import UsageError
from ojreport.model.area import Level
from ojreport.model.results import Results, Severity
from ojreport.terminal import print_table, progress, size

if TYPE_CHECKING:
    from ojreport.analysis.tidy import Row
    from ojreport.catalogue import Catalogue

EXAMPLES = """\b
Examples:
  ojreport export --to results.csv
      all that the bundled example holds, one row for each cell
  ojreport export Kalmar Nybro GR --year 2019 --year 2020 --to results.xlsx --workbook editions/
      two kommuner and the members of a group, two editions, for Excel
  ojreport export --level lan --level riket --indicator U35513 --to shares.csv --excel-csv
      the shares of one indicator, as a Swedish Excel opens a csv
"""


def _level(text: str) -> Level:
    name = text.casefold().replace("ä", "a")
    try:
        return Level(name)
    except ValueError as error:
        raise UsageError(f"--level takes one of {', '.join(Level)}, not “{text}”") from error


def export(  # noqa: PLR0913 - one parameter for each option
    area: Annotated[
        list[str] | None,
        typer.Argument(metavar="AREA", help="A name, Kalmar, a code, 0880, or a group, GR. Without it: all areas."),
    ] = None,
    *,
    to: Annotated[Path, typer.Option(parser=path_of, metavar="FILE", help="The file: .csv, .json, .xlsx or .parquet.")],
    workbook: Workbooks = None,
    year: Annotated[
        list[int] | None,
        typer.Option(parser=year_of, metavar="YEAR", help="An edition; repeat for more. Without it: all that were read."),
    ] = None,
    indicator: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="An indicator by id or title; repeat for more. Without it: all.")
    ] = None,
    level: Annotated[
        list[Level] | None,
        typer.Option(parser=_level, metavar="LEVEL", help="riket, lan, kommun or stadsdel; repeat for more. Without it: all."),
    ] = None,
    excel_csv: Annotated[
        bool,
        typer.Option("--excel-csv", "--semicolon", help="A csv as a Swedish Excel opens it: semicolons and decimal commas."),
    ] = False,
    layout: Layout = None,
    no_cache: Fresh = False,
) -> None:
    """Write the results as tidy rows, one for each area, indicator and year that a workbook has a cell for."""
    from ojreport.render.tidy import FORMATS, render_rows

    suffix = to.suffix.lower()
    if suffix not in FORMATS:
        raise UsageError(f"{to} does not say which format; end it with one of {', '.join(FORMATS)}")
    if excel_csv and suffix != ".csv":
        raise UsageError(f"--excel-csv is for a .csv file, and not for {to.name}")
    with progress(3) as step:
        step("reading the workbooks")
        from ojreport.catalogue import load_catalogue
        from ojreport.files import write_all
        from ojreport.sources import example_folder, load_results
        from ojreport.sources.pins import read_layout

        catalogue = load_catalogue()
        pins = read_layout(layout, catalogue) if layout else None
        results = load_results(tuple(workbook or ()) or (example_folder(),), catalogue, cache=not no_cache, layout=pins)
        step("gathering the rows")
        rows = _rows(results, catalogue, _years(results, year), area or (), indicator or (), frozenset(level or Level))
        step(f"writing {to.name}")
        written = write_all(to.parent, {to.name: render_rows(rows, suffix, excel=excel_csv)})
    _tell(results, bundled=not workbook)
    print_table((w.path, size(w.size)) for w in written)


def _tell(results: Results, *, bundled: bool) -> None:
    """On stderr, what one should know of the rows before one uses them."""
    doubtful = sum(f.severity is not Severity.NOTE for f in results.findings)
    if doubtful and not bundled:
        print(f"Errors and warnings about the workbooks: {doubtful}; ojreport check tells them.", file=sys.stderr)
    if results.example:
        print("The numbers are example data (Exempeldata); give your own with --workbook.", file=sys.stderr)


def _years(results: Results, wanted: Iterable[int] | None) -> tuple[int, ...]:
    """The editions that are *wanted*, oldest first; UsageError for one that was not read."""
    chosen = sorted(set(wanted or results.years))
    for year in chosen:
        if year not in results.years:
            raise UsageError(f"there is no edition of {year}; the workbooks hold {', '.join(map(str, results.years))}")
    return tuple(chosen)


def _rows(
    results: Results,
    catalogue: Catalogue,
    years: Iterable[int],
    areas: Iterable[str],
    indicators: Iterable[str],
    levels: frozenset[Level],
) -> list[Row]:
    """The rows that were asked for; UsageError when there is none."""
    from ojreport.analysis.tidy import tidy_rows

    groups = (catalogue.riket(), *catalogue.lan_groups)
    chosen = frozenset(_indicator(results, text) for text in indicators) or None
    by_year = _codes(results, catalogue, tuple(years), tuple(areas))
    rows = [row for year, codes in by_year.items() for row in tidy_rows(results, year, groups, chosen, codes, levels)]
    if not rows:
        raise UsageError("the workbooks hold nothing of what was asked for; choose other areas, years, indicators or levels")
    return rows


def _indicator(results: Results, text: str) -> str:
    """The id of the indicator that *text* names by id or title (UsageError with what may be meant)."""
    from ojreport.catalogue.names import exact, one_of, suggest

    named = [(name, i.id) for i in results.indicators.values() for name in (i.id, i.title, i.short)]
    found = next((id_ for name, id_ in named if exact(name) == exact(text)), None)
    if found is None:
        meant = suggest(text, named)
        hint = f"Did you mean {one_of(meant)}?" if meant else "`ojreport list indicators` shows them all."
        raise UsageError(f"There is no indicator “{text.strip()}”. {hint}")
    return found


def _codes(
    results: Results, catalogue: Catalogue, years: tuple[int, ...], names: tuple[str, ...]
) -> dict[int, frozenset[str] | None]:
    """For each year the codes that *names* stand for, None for all; UsageError for a name that no year knows."""
    if not names:
        return dict.fromkeys(years)
    found: dict[int, set[str]] = {year: set() for year in years}
    for name in names:
        unknown: UsageError | None = None
        known = False
        for year in years:
            try:
                found[year] |= _named(results, catalogue, name, year)
                known = True
            except UsageError as error:
                unknown = error
        if unknown and not known:
            raise unknown
    return {year: frozenset(codes) for year, codes in found.items()}


def _named(results: Results, catalogue: Catalogue, name: str, year: int) -> set[str]:
    """An area's code, and those of a kommun's stadsdelar; for a group, those of its members and their stadsdelar."""
    try:
        members = {catalogue.find(name, year).code}
    except UsageError as not_an_area:
        try:
            members = set(catalogue.find_group(name, year).members)
        except UsageError:
            raise not_an_area from None
    return members | {a.code for a in results.edition(year).areas if a.level is Level.STADSDEL and a.kommun in members}
