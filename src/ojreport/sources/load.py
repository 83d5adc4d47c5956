"""The door: files and folders in, Results out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ojreport.catalogue import Catalogue
from ojreport.errors import SourceError
from ojreport.model.indicator import Indicator
from ojreport.model.results import Edition, Results
from ojreport.sources import cache as kept
from ojreport.sources.edition import Reading, read_workbook
from ojreport.sources.workbook import File, find_files, read_file, read_sheets


def example_folder() -> Path:
    """The folder of the example workbooks that come with the program, one per edition 2016–2020."""
    return Path(__file__).resolve().parents[1] / "example"


def load_results(
    paths: Sequence[Path], catalogue: Catalogue, *, cache: bool = True, layout: Mapping[str, str] | None = None
) -> Results:
    """All that the workbooks in *paths* (files or folders) hold.

    *layout* pins headings, as they stand in a file, to ids of the catalogue. With *cache*, a workbook that was parsed before is
    taken from the cache folder, which the environment variable OJREPORT_CACHE can name. ``Results.findings`` has what was not
    understood.
    Raises SourceError where a file can not be read at all, holds no results, or has the same year as another.
    """
    pins = layout or {}
    files = [read_file(path) for path in find_files(paths)]
    setting = kept.fingerprint(catalogue, pins) if cache else ""
    readings = [(file, reading) for file in files for reading in _read(file, catalogue, pins, setting)]
    by_year: dict[int, File] = {}
    for file, reading in readings:
        other = by_year.setdefault(reading.edition.year, file)
        if other is not file:
            raise SourceError(
                f"{other.path} and {file.path} both hold the edition of {reading.edition.year}; give only one of them"
            )
    editions, unknown = _merge(reading for _, reading in readings)
    return Results(editions, {**catalogue.indicators, **unknown})


def _read(file: File, catalogue: Catalogue, pins: Mapping[str, str], setting: str) -> tuple[Reading, ...]:
    """What the file holds, from the cache where *setting* (a fingerprint) is given."""
    key = kept.key_of(file, setting) if setting else ""
    found = kept.load(key) if key else None
    if found is None:
        found = read_workbook(file, read_sheets(file), catalogue, pins)
        if key:
            kept.save(key, found)
    return found


def _merge(readings: Iterable[Reading]) -> tuple[list[Edition], dict[str, Indicator]]:
    """The editions, and the indicators that the catalogue lacks. One that has another scale another year gets another id."""
    editions: list[Edition] = []
    unknown: dict[str, Indicator] = {}
    for reading in readings:
        edition = reading.edition
        for indicator in reading.unknown:
            own, before = indicator, unknown.get(indicator.id)
            if before is not None and before.scale != own.scale:
                own, before = replace(own, id=f"{own.id}-{edition.year}"), None
                edition = _renamed(edition, indicator.id, own.id)
            unknown[own.id] = own if before is None else replace(before, years=(*before.years, *own.years))
        editions.append(edition)
    return editions, unknown


def _renamed(edition: Edition, old: str, new: str) -> Edition:
    cells = {new if i == old else i: column for i, column in edition.cells.items()}
    return replace(edition, cells=cells, titles={new if i == old else i: title for i, title in edition.titles.items()})
