"""Tables in which a row is about an area and an indicator (long form), or a year: each of these becomes a table of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ojreport.sources.keys import Keys
from ojreport.sources.text import clean, is_blank, shown, squeeze
from ojreport.sources.titles import Heading, Titles, is_sub_heading, is_year
from ojreport.sources.workbook import Raw, Sheet

_HEADINGS = frozenset(["indikator", "indikatornamn", "indikatorer", "fråga", "frågor", "mått", "nyckeltal"])
_MOST = 0.8  # of a column's cells, to call it a column of titles
_SAMPLE = 60  # rows


@dataclass(frozen=True, slots=True)
class Column:
    """A column of results."""

    index: int
    heading: Heading


@dataclass(frozen=True, slots=True)
class Table:
    """A block of results: rows *first* to before *end*, or those of them in *rows*, and the columns that name their areas."""

    header: int
    first: int
    end: int
    keys: Keys
    columns: tuple[Column, ...]
    unheaded: tuple[int, ...]  # columns that hold something under no heading
    legends: tuple[Mapping[int, str], ...]  # what numbers stand for
    rows: tuple[int, ...] = ()
    year: int | None = None
    labels: tuple[int, ...] = ()  # columns that say which indicator or year a row is about: a row with one is no heading

    @property
    def indices(self) -> Sequence[int]:
        """The numbers of its rows, from zero."""
        return self.rows or range(self.first, self.end)


def is_facet_heading(text: str) -> bool:
    """Whether a column under this heading can hold titles of indicators."""
    return squeeze(text) in _HEADINGS


def split(table: Table, sheet: Sheet, titles: Titles) -> tuple[Table, ...]:
    """The table itself, or a table for each year and each indicator that its rows name."""
    return tuple(part for year in _by_year(table, sheet) for part in _by_indicator(year, sheet, titles))


def _by_year(table: Table, sheet: Sheet) -> tuple[Table, ...]:
    if table.keys.year is None:
        return (table,)
    groups = _groups(table, sheet, table.keys.year)
    if len(groups) == 1 or not all(map(is_year, groups)):
        return (table,)
    labels = (*table.labels, table.keys.year)
    return tuple(replace(table, rows=rows, year=int(re.sub(r"\D", "", text)), labels=labels) for text, rows in groups.items())


def _by_indicator(table: Table, sheet: Sheet, titles: Titles) -> tuple[Table, ...]:
    facet = next((c for c in table.columns if _holds_titles(c, table, sheet, titles)), None)
    if facet is None:
        return (table,)
    rest = [c for c in table.columns if c is not facet]
    table = replace(table, labels=(*table.labels, facet.index))
    return tuple(
        replace(table, rows=rows, columns=tuple(_under(title, c, titles) for c in rest))
        for title, rows in _groups(table, sheet, facet.index).items()
    )


def _under(title: str, column: Column, titles: Titles) -> Column:
    """The column as it is read in the rows of *title*: ``Svar`` is the result, ``Kommentar`` stands beside it."""
    own = column.heading.title
    heading = titles.read((title, own)) if is_sub_heading(own) else replace(column.heading, value=False)
    return replace(column, heading=heading)


def _holds_titles(column: Column, table: Table, sheet: Sheet, titles: Titles) -> bool:
    if column.heading.indicator:
        return False
    given = [raw for r in table.indices[:_SAMPLE] if isinstance(raw := sheet.rows[r][column.index], str) and not is_blank(raw)]
    kinds = {text: titles.exact(text) for text in set(given)}
    known = sum(bool(kinds[text]) for text in given)
    return len(set(kinds.values()) - {""}) > 1 and known >= _MOST * len(given)


def _groups(table: Table, sheet: Sheet, column: int) -> dict[str, tuple[int, ...]]:
    """Rows by what they hold in *column*; those that hold nothing there, headings and notes, go with the first."""
    found: dict[str, list[int]] = {}
    loose: list[int] = []
    for r in table.indices:
        raw: Raw = sheet.rows[r][column]
        if is_blank(raw):
            loose.append(r)
        else:
            found.setdefault(clean(shown(raw, 10_000)), []).append(r)
    first = next(iter(found), "")
    return {text: tuple(sorted(rows + loose)) if text == first else tuple(rows) for text, rows in found.items()}
