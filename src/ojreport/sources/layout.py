"""Where a sheet's results stand: header, code and name columns, indicator columns, data rows. By content, never by position."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ojreport.sources.facets import Column, Table, is_facet_heading, split
from ojreport.sources.keys import Keys, find_keys, is_code_heading, is_data, is_name_heading, is_named
from ojreport.sources.rows import Areas, digits
from ojreport.sources.symbols import is_error, key_to_codes
from ojreport.sources.text import clean, is_blank, shown
from ojreport.sources.titles import Titles, is_sub_heading, is_year
from ojreport.sources.workbook import Raw, Sheet

HEADER_WITHIN = 40  # rows from the top
_ABOVE, _BELOW = 3, 3  # header rows above and below the one that names the code column
_BESIDE = 8  # columns from the left
_HEADING = 10  # letters; a shorter text can be anything
_WORDS = frozenset(["ja", "nej", "delvis", "x"])  # what stands among data, and never as a heading


def find_tables(sheet: Sheet, areas: Areas, titles: Titles) -> tuple[Sheet, tuple[Table, ...]]:
    """The sheet's blocks of results, top to bottom; none on a sheet that holds something else.

    The sheet comes back turned where it has a row for each indicator and a column for each area.
    """
    found = _upright(sheet, areas, titles)
    if any(c.heading.indicator for t in found for c in t.columns) or not _has_title_beside(sheet, titles):
        return sheet, found
    turned = sheet.turn()
    others = _upright(turned, areas, titles)
    if not any(c.heading.indicator for t in others for c in t.columns):
        return sheet, found
    legends = tuple(_legends(sheet.rows))
    return turned, tuple(replace(t, legends=legends) for t in others)


def _has_title_beside(sheet: Sheet, titles: Titles) -> bool:
    """Whether a title of an indicator stands in one of the first columns."""
    texts = {raw for row in sheet.rows for raw in row[:_BESIDE] if isinstance(raw, str) and len(raw) > _HEADING}
    return any(map(titles.exact, texts))


def _upright(sheet: Sheet, areas: Areas, titles: Titles) -> tuple[Table, ...]:
    anchors: list[tuple[int, tuple[int, ...]]] = []
    for r, row in enumerate(sheet.rows):
        if not anchors and r >= HEADER_WITHIN:
            break
        codes = tuple(c for c, raw in enumerate(row) if isinstance(raw, str) and is_code_heading(raw))
        if codes or _names_and_titles(row, titles):
            anchors.append((r, codes))
    found = _tables(sheet, areas, titles, anchors)
    if not found:  # no heading that is known stands over the areas: a row of titles is enough
        count = [_titles_in(row, titles) for row in sheet.rows[:HEADER_WITHIN]]
        anchors = [(count.index(max(count)), ())] if any(count) else []
        found = tuple(t for t in _tables(sheet, areas, titles, anchors) if not _lists_titles(sheet, t, titles))
    if not found:  # or, in a sheet about one indicator, a name's heading beside "Svar"
        beside = [r for r, row in enumerate(sheet.rows[:HEADER_WITHIN]) if _names_and_measures(row)]
        anchors = [(beside[0], ())] if beside else []
        found = tuple(t for t in _tables(sheet, areas, titles, anchors) if any(c.heading.indicator for c in t.columns))
    return found


def _tables(sheet: Sheet, areas: Areas, titles: Titles, anchors: Sequence[tuple[int, tuple[int, ...]]]) -> tuple[Table, ...]:
    found: list[Table] = []
    end = len(sheet.rows)
    for r, codes in reversed(anchors):
        table = _Block(sheet, areas, titles, r, codes, end).table()
        if table is not None and (r == anchors[0][0] or _is_header(sheet.rows[r], table)):
            found += reversed(split(table, sheet, titles))
            end = r
    return tuple(reversed(found))


def _is_header(row: Sequence[Raw], table: Table) -> bool:
    """Whether a row below another table is a header of its own, and no row of data with a stray word in it."""
    if is_data(row, table.keys, _WORDS):
        return False
    texts = [raw for c, raw in enumerate(row) if c not in table.keys.all and isinstance(raw, str) and len(clean(raw)) > _HEADING]
    return bool(texts) or any(c.heading.indicator for c in table.columns)


def _names_and_titles(row: Sequence[Raw], titles: Titles) -> bool:
    texts = [raw for raw in row if isinstance(raw, str) and raw]
    if not any(map(is_name_heading, texts)):
        return False
    return any(titles.exact(t) or is_facet_heading(t) for t in texts if not is_name_heading(t))


def _names_and_measures(row: Sequence[Raw]) -> bool:
    texts = [shown(raw) for raw in row if not is_blank(raw)]
    rest = [t for t in texts if not is_name_heading(t)]
    return 0 < len(rest) < len(texts) and all(map(is_sub_heading, rest))


def _titles_in(row: Sequence[Raw], titles: Titles) -> int:
    return sum(isinstance(raw, str) and not is_blank(raw) and bool(titles.exact(raw)) for raw in row)


def _lists_titles(sheet: Sheet, table: Table, titles: Titles) -> bool:
    """Whether titles stand in the rows, too: a list of indicators, with a word on some kommun in each line."""
    return any(_titles_in(row, titles) for row in sheet.rows[table.first : table.end])


@dataclass(slots=True)
class _Block:
    """One header and what stands under it, while it is being understood."""

    sheet: Sheet
    areas: Areas
    titles: Titles
    anchor: int
    codes: tuple[int, ...]
    end: int

    def table(self) -> Table | None:
        rows = self.sheet.rows
        keys = find_keys(self.sheet, self.anchor, self.codes, self.end, self.areas, self.titles)
        first = self._first_data_row(keys) if keys else None
        if keys is None or first is None:
            return None
        taken = keys.all
        parts = self._under_sheet_title(self._parts(first, keys))
        width = max((len(row) for row in rows[: first + 1]), default=0)
        columns = tuple(Column(c, self.titles.read(parts[c])) for c in range(width) if c not in taken and parts.get(c))
        unheaded = tuple(c for c in range(width) if c not in taken and not parts.get(c) and self._holds_something(c, first, keys))
        legends = tuple(_legends(rows[: self.anchor])) + tuple(_legends(rows[max(first, self.end - HEADER_WITHIN) : self.end]))
        return Table(self.anchor, first, self.end, keys, columns, unheaded, legends) if columns else None

    def _first_data_row(self, keys: Keys) -> int | None:
        """The first row under the header that names an area, or holds values; None if no row names one."""
        unknown: int | None = None
        for r in range(self.anchor + 1, self.end):
            row = self.sheet.rows[r]
            texts = [str(row[c]) for c in (*keys.codes, *keys.names) if isinstance(row[c], str)]
            if not is_named(row, keys) and len(given := [raw for raw in row if not is_blank(raw)]) == 1:
                texts = [str(given[0])]  # a län's name over its kommuner, outside the column of names
            if any(digits(row[c]) is not None for c in keys.codes) or any(self.areas.find("", t, keys.hint).area for t in texts):
                return r if unknown is None else unknown
            if unknown is None and is_data(row, keys, _WORDS):
                unknown = r
        return None

    def _holds_something(self, column: int, first: int, keys: Keys) -> bool:
        return any(not is_blank(row[column]) and is_named(row, keys) for row in self.sheet.rows[first : self.end])

    # ---------------------------------------------------------------------------------------------------------- headings

    def _parts(self, first: int, keys: Keys) -> dict[int, tuple[str, ...]]:
        """For each column that is no code or name, what its header rows say, top to bottom."""
        taken = keys.all
        lines = self._header_lines(first, keys)
        parts: dict[int, tuple[str, ...]] = {}
        for c in range(max(map(len, lines), default=0)):
            if c in taken:
                continue
            own = [line[c] for line in lines]
            said = [text for text in own if text]
            if said and all(map(is_sub_heading, said)):
                said = [text or self._to_the_left(lines, i, c, taken) for i, text in enumerate(own)]
            if any(said):
                parts[c] = tuple(text for text in said if text)
        return parts

    def _under_sheet_title(self, parts: dict[int, tuple[str, ...]]) -> dict[int, tuple[str, ...]]:
        """The same; below the title that the sheet has as a whole, where no column has one: a sheet for each indicator."""
        if not all(is_sub_heading(text) for said in parts.values() for text in said):
            return parts
        above = [raw for row in self.sheet.rows[: self.anchor] for raw in row if isinstance(raw, str) and not is_blank(raw)]
        known = {i: text for text in (*above, self.sheet.name) if (i := self.titles.exact(text))}
        return {c: (*known.values(), *said) for c, said in parts.items()} if len(known) == 1 else parts

    def _header_lines(self, first: int, keys: Keys) -> list[list[str]]:
        rows, taken = self.sheet.rows, keys.all
        top = bottom = self.anchor
        while top > 0 and self.anchor - top < _ABOVE and self._has_heading(top - 1, taken) and not self._is_row(top - 1, keys):
            top -= 1
        while bottom + 1 < first and bottom - self.anchor < _BELOW and self._has_heading(bottom + 1, taken):
            bottom += 1
        lines = [[_text(raw) for raw in rows[r]] for r in range(top, bottom + 1)]
        for (r1, c1), (r2, c2) in self.sheet.merged:
            inside = top <= r1 and r2 <= bottom and c2 < len(lines[0])
            if inside and c2 > c1 and taken.isdisjoint(range(c1, c2 + 1)):  # a range over the code column is no group heading
                lines[r1 - top][c1 : c2 + 1] = [lines[r1 - top][c1]] * (c2 - c1 + 1)
        for line in lines:
            _spread_years(line, taken)
        return lines

    def _is_row(self, r: int, keys: Keys) -> bool:
        """Whether the row belongs to a table above."""
        return any(digits(self.sheet.rows[r][c]) is not None for c in keys.codes) or is_data(self.sheet.rows[r], keys, _WORDS)

    def _has_heading(self, r: int, taken: frozenset[int]) -> bool:
        return any(not is_blank(raw) for c, raw in enumerate(self.sheet.rows[r]) if c not in taken)

    @staticmethod
    def _to_the_left(lines: list[list[str]], line: int, column: int, taken: frozenset[int]) -> str:
        """The group heading that stands only over the first of its columns; those between have sub-headings alone."""
        for c in range(column - 1, -1, -1):
            if c in taken or not any(below[c] and is_sub_heading(below[c]) for below in lines[line + 1 :]):
                return ""
            if lines[line][c]:
                return lines[line][c]
        return ""


def _spread_years(line: list[str], taken: frozenset[int]) -> None:
    """Where a line holds years and nothing else, each stands for the columns up to the next."""
    years = [c for c, text in enumerate(line) if text and c not in taken]
    if len(years) > 1 and all(is_year(line[c]) for c in years):
        for c, end in pairwise([*years, len(line)]):
            line[c:end] = [line[c]] * (end - c)


def _text(raw: Raw) -> str:
    return "" if is_blank(raw) or isinstance(raw, bool) or is_error(raw) else shown(raw, 10_000)


def _legends(rows: Sequence[Sequence[Raw]]) -> Iterator[Mapping[int, str]]:
    """The legends in *rows*: ``1 = Ja, 2 = Nej`` in one cell, or a pair a cell."""
    loose: dict[int, str] = {}
    for row in rows:
        for raw in row:
            if isinstance(raw, str) and "=" in raw:
                pairs = key_to_codes(raw)
                if len(pairs) > 1:
                    yield pairs
                loose.update(pairs if len(pairs) == 1 else {})
        loose.update(_pair(row))
    if len(loose) > 1:
        yield loose


def _pair(row: Sequence[Raw]) -> Mapping[int, str]:
    """``1 | Ja`` or ``Ja | 1`` in two cells of a row that holds nothing else."""
    given = [raw for raw in row if not is_blank(raw)]
    if len(given) != 2:  # noqa: PLR2004 - a pair
        return {}
    for number, word in (given, given[::-1]):
        if (
            isinstance(word, str)
            and re.match(r"(?:ja|nej|delvis)\b", clean(word).casefold())
            and re.fullmatch(r"\d", shown(number))
        ):
            return {int(shown(number)): clean(word)}
    return {}
