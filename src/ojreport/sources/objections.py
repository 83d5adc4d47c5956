"""Local objections from a TOML file, one table for each under ``[[objections]]``."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path

from ojreport.catalogue import Catalogue
from ojreport.catalogue.reading import Table, read_toml, shown
from ojreport.errors import UsageError
from ojreport.model.area import Area, Level
from ojreport.model.objection import Objection
from ojreport.model.results import Results

KEY = "objections"
SETTINGS = ("area", "indicator", "year", "text", "by", "date")


def read_objections(path: Path, catalogue: Catalogue, results: Results) -> tuple[Objection, ...]:
    """The objections in *path*, each against a value that *results* can have.

    Raises CatalogueError, with file and line, for an area, an indicator or a year that there is none of, and for two
    objections against one value.
    """
    file = read_toml(path)
    file.allow(KEY)
    found: dict[tuple[str, str, int], Objection] = {}
    for table in file.array(KEY):
        table.allow(*SETTINGS)
        objection = _objection(table, catalogue, results)
        key = objection.indicator, objection.area, objection.year
        if key in found:
            table.fail("area", f"there is an objection against {objection.indicator} of {objection.year} for it already.")
        found[key] = objection
    return tuple(found.values())


def _objection(table: Table, catalogue: Catalogue, results: Results) -> Objection:
    year, indicator = table.integer("year"), table.text("indicator")
    if year not in results.years:
        table.fail("year", f"there is no edition of {year}; the workbooks hold {', '.join(map(str, results.years))}.")
    if not results.asked(indicator, year):
        near = get_close_matches(indicator, [i.id for i in results.indicators_of(year)], n=1)
        table.fail("indicator", f"the edition of {year} has no {indicator}" + (f"; did you mean {near[0]}?" if near else "."))
    area = _area(table, catalogue, results, year)
    return Objection(area.code, indicator, year, table.braced("text"), table.braced("by"), _date(table))


def _area(table: Table, catalogue: Catalogue, results: Results, year: int) -> Area:
    try:
        area = catalogue.find(table.braced("area"), year)
    except UsageError as error:
        table.fail("area", str(error))
    if area.level not in (Level.KOMMUN, Level.STADSDEL):
        table.fail("area", f"{area.name} is neither a kommun nor a stadsdel.")
    if not results.has_area(area.code, year):
        table.fail("area", f"{area.name} has no row in {results.edition(year).file}.")
    return area


def _date(table: Table) -> str:
    found = table.data.get("date", "")
    if isinstance(found, date):
        return found.isoformat()[:10]
    if not isinstance(found, str):
        table.fail("date", f"date must be a date such as 2019-10-01, not {shown(found)}.")
    return found
