"""Where a sheet's results stand: header, code and name columns, indicator columns, data rows. By content, never by position."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ojreport.model.area import Level
from ojreport.sources.rows import Areas, digits
from ojreport.sources.symbols import is_error, key_to_codes
from ojreport.sources.text import is_blank, shown, squeeze
from ojreport.sources.titles import Heading, Titles, is_sub_heading
from ojreport.sources.workbook import Raw, Sheet

HEADER_WITHIN = 40  # rows from the top
_ABOVE, _BELOW = 3, 3  # header rows above and below the one that names the code column
_BESIDE = 2  # columns between the codes and a name column without a heading
_SHORT = 3  # letters: a shorter text is no title
_SAMPLE = 40  # rows that are looked at to tell what a column holds

_PLACE = r"läns?|länet|kommun(?:s|er|erna)?|stadsdel(?:s|ar|arna)?|region(?:s|er)?|område(?:s|ts?)?|rikets?|och|eller|nämnds?"
_CODE = re.compile(rf"(?:{_PLACE}|k|l)*(?:kod|koder)|(?:{_PLACE}|k)+(?:nr|nummer|id)")
_NAME = re.compile(rf"(?:{_PLACE}|geografi|rapporteringsenhet|redovisningsenhet|namn)+")
_HEADING_AT_MOST = 60  # letters; a longer text that speaks of codes is a note


@dataclass(frozen=True, slots=True)
class Column:
    """A column of results."""

    index: int
    heading: Heading


@dataclass(frozen=True, slots=True)
class Table:
    """A block of results: rows *first* to before *end*. Code columns stand most specific first; *names* the best first."""

    header: int
    first: int
    end: int
    codes: tuple[int, ...]
    names: tuple[int, ...]
    stadsdel: int | None  # a name column for stadsdelar beside the kommun's
    hint: Level | None
    columns: tuple[Column, ...]
    unheaded: tuple[int, ...]  # columns that hold something under no heading
    keys: tuple[Mapping[int, str], ...]  # legends: what numbers stand for

    def code(self, row: Sequence[Raw]) -> Raw:
        """The row's most specific code; a short stadsdel number is put behind its kommun's code."""
        given = [row[c] for c in self.codes if not is_blank(row[c]) and not is_error(row[c])]
        if len(given) > 1 and len(inner := digits(given[0]) or "") <= 3 and len(outer := digits(given[1]) or "") in (3, 4):  # noqa: PLR2004
            return outer + inner.zfill(2)  # three or four digits are a kommun, so fewer before it are a number inside it
        return given[0] if given else ""

    def name(self, row: Sequence[Raw]) -> str:
        """The row's name; ``Göteborg, Angered`` where kommun and stadsdel stand in columns of their own."""
        given = [
            shown(row[c], 200) for c in self.names if isinstance(row[c], str) and not is_blank(row[c]) and not is_error(row[c])
        ]
        inner = row[self.stadsdel] if self.stadsdel is not None else ""
        if isinstance(inner, str) and not is_blank(inner):
            return f"{given[0]}, {shown(inner, 200)}" if given else shown(inner, 200)
        return given[0] if given else ""


def find_tables(sheet: Sheet, areas: Areas, titles: Titles) -> tuple[Table, ...]:
    """The sheet's blocks of results, top to bottom; none on a sheet that holds something else."""
    anchors: list[tuple[int, tuple[int, ...]]] = []
    for r, row in enumerate(sheet.rows):
        codes = tuple(c for c, raw in enumerate(row) if isinstance(raw, str) and _is_code_heading(raw))
        if codes and (anchors or r < HEADER_WITHIN):
            anchors.append((r, codes))
        elif not (codes or anchors or r >= HEADER_WITHIN) and _names_only(sheet.rows, r, areas, titles):
            anchors.append((r, ()))
    if not anchors:
        return ()
    ends = [r for r, _ in anchors[1:]] + [len(sheet.rows)]
    built = (_Block(sheet, areas, titles, r, codes, end).table() for (r, codes), end in zip(anchors, ends, strict=True))
    return tuple(table for table in built if table is not None)


@lru_cache(maxsize=4096)
def _is_code_heading(text: str) -> bool:
    return len(text) <= _HEADING_AT_MOST and bool(_CODE.fullmatch(squeeze(text)))


@lru_cache(maxsize=4096)
def _is_name_heading(text: str) -> bool:
    return len(text) <= _HEADING_AT_MOST and bool(_NAME.fullmatch(squeeze(text))) and squeeze(text) not in ("riket", "och")


def _names_only(rows: Sequence[Sequence[Raw]], r: int, areas: Areas, titles: Titles) -> bool:
    """Whether row *r* is the header of a table that has names and no codes."""
    texts = [raw for raw in rows[r] if isinstance(raw, str) and not is_blank(raw)]
    if any(map(_is_name_heading, texts)) and any(titles.exact(t) for t in texts if not _is_name_heading(t)):
        return True
    return bool(_unnamed(rows, r, areas, titles))


def _unnamed(rows: Sequence[Sequence[Raw]], r: int, areas: Areas, titles: Titles) -> tuple[int, ...]:
    """The column before the first title of row *r* that holds areas' names under no heading, or under ``Riket``."""
    title = next((c for c, raw in enumerate(rows[r]) if isinstance(raw, str) and len(raw) > _SHORT and titles.exact(raw)), 0)
    for c in range(title):
        free = is_blank(rows[r][c]) or squeeze(str(rows[r][c])) == "riket"
        under = [row[c] for row in rows[r + 1 : r + 1 + _SAMPLE] if isinstance(row[c], str) and not is_blank(row[c])]
        if free and any(areas.find("", str(name)).area for name in under):
            return (c,)
    return ()


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
        header = rows[self.anchor]
        named = tuple(c for c, raw in enumerate(header) if isinstance(raw, str) and c not in self.codes and _is_name_heading(raw))
        named = named or _unnamed(rows, self.anchor, self.areas, self.titles)
        first = self._first_data_row(named)
        if first is None:
            return None
        codes = tuple(sorted(self.codes, key=lambda c: -_specific(str(header[c]))))
        hint = self._hint(codes, named)
        names, stadsdel = self._name_columns(first, codes, named, hint)
        if not names and (not codes or all(squeeze(str(header[c])) in ("kod", "koder") for c in codes)):
            return None  # numbers under "Kod" without a single area's name are something else
        taken = {*codes, *named, *names}
        parts = self._parts(first, taken)
        width = max((len(row) for row in rows[: first + 1]), default=0)
        columns = tuple(Column(c, self.titles.read(parts[c])) for c in range(width) if c not in taken and parts.get(c))
        unheaded = tuple(c for c in range(width) if c not in taken and not parts.get(c) and self._holds_something(c, first))
        keys = tuple(_keys(rows[: self.anchor])) + tuple(_keys(rows[max(first, self.end - HEADER_WITHIN) : self.end]))
        return Table(self.anchor, first, self.end, codes, names, stadsdel, hint, columns, unheaded, keys) if columns else None

    def _first_data_row(self, named: tuple[int, ...]) -> int | None:
        for r in range(self.anchor + 1, self.end):
            row = self.sheet.rows[r]
            if any(digits(row[c]) is not None for c in self.codes):
                return r
            texts = [row[c] for c in (*self.codes, *named) if isinstance(row[c], str)]
            if any(self.areas.find("", str(t)).area for t in texts):
                return r
        return None

    def _hint(self, codes: tuple[int, ...], named: tuple[int, ...]) -> Level | None:
        header = self.sheet.rows[self.anchor]
        headings = [squeeze(str(header[c])) for c in (*codes, *named)]
        if any("kommun" in h or "stadsdel" in h or h == "kkod" for h in headings):
            return None
        sheet = squeeze(self.sheet.name)
        return Level.LAN if any("län" in h for h in headings) or ("län" in sheet and "kommun" not in sheet) else None

    def _name_columns(
        self, first: int, codes: tuple[int, ...], named: tuple[int, ...], hint: Level | None
    ) -> tuple[tuple[int, ...], int | None]:
        """Name columns whose cells agree with the codes, a kommun's before a län's; and one of stadsdelar beside them."""
        rows = self.sheet.rows[first : min(self.end, first + _SAMPLE)]
        header = self.sheet.rows[self.anchor]
        blank = tuple(
            c for c in range(len(header)) if is_blank(header[c]) and c not in codes and abs(c - (codes or (0,))[0]) <= _BESIDE
        )

        def agreeing(column: int) -> int:
            found = set()
            for row in rows:
                if isinstance(row[column], str) and not is_blank(row[column]):
                    code = next((row[c] for c in codes if not is_blank(row[c])), "")
                    at = self.areas.find(code, str(row[column]), hint)
                    found |= {at.area.code} if at.area and not at.doubt else set()
            return len(found)

        heading = {c: squeeze(str(header[c])) for c in (*named, *blank)}
        kommun = any("kommun" in text for text in heading.values())
        inner = next((c for c, text in heading.items() if kommun and "stadsdel" in text and "kommun" not in text), None)
        score = {c: agreeing(c) for c in heading if c != inner}
        best = (c for c in score if c in named or score[c])
        return tuple(sorted(best, key=lambda c: (not score[c], -_specific(heading[c]), -score[c]))), inner

    def _holds_something(self, column: int, first: int) -> bool:
        return any(not is_blank(row[column]) for row in self.sheet.rows[first : self.end])

    # ---------------------------------------------------------------------------------------------------------- headings

    def _parts(self, first: int, taken: set[int]) -> dict[int, tuple[str, ...]]:
        """For each column that is no code or name, what its header rows say, top to bottom."""
        lines = self._header_lines(first, taken)
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

    def _header_lines(self, first: int, taken: set[int]) -> list[list[str]]:
        rows = self.sheet.rows
        top = bottom = self.anchor
        while top > 0 and self.anchor - top < _ABOVE and self._has_heading(top - 1, taken):
            top -= 1
        while bottom + 1 < first and bottom - self.anchor < _BELOW and self._has_heading(bottom + 1, taken):
            bottom += 1
        lines = [[_text(raw) for raw in rows[r]] for r in range(top, bottom + 1)]
        for (r1, c1), (r2, c2) in self.sheet.merged:
            inside = top <= r1 and r2 <= bottom and c2 < len(lines[0])
            if inside and c2 > c1 and taken.isdisjoint(range(c1, c2 + 1)):  # a range over the code column is no group heading
                lines[r1 - top][c1 : c2 + 1] = [lines[r1 - top][c1]] * (c2 - c1 + 1)
        return lines

    def _has_heading(self, r: int, taken: set[int]) -> bool:
        return any(not is_blank(raw) for c, raw in enumerate(self.sheet.rows[r]) if c not in taken)

    @staticmethod
    def _to_the_left(lines: list[list[str]], line: int, column: int, taken: set[int]) -> str:
        """The group heading that stands only over the first of its columns; those between have sub-headings alone."""
        for c in range(column - 1, -1, -1):
            if c in taken or not any(below[c] and is_sub_heading(below[c]) for below in lines[line + 1 :]):
                return ""
            if lines[line][c]:
                return lines[line][c]
        return ""


def _specific(heading: str) -> int:
    text = squeeze(heading)
    return 2 * ("stadsdel" in text) + ("kommun" in text or text == "kkod") - ("län" in text or text == "lkod")


def _text(raw: Raw) -> str:
    return "" if is_blank(raw) or isinstance(raw, bool) or is_error(raw) else shown(raw, 10_000)


def _keys(rows: Sequence[Sequence[Raw]]) -> Iterator[Mapping[int, str]]:
    """The legends in *rows*: ``1 = Ja, 2 = Nej`` in one cell, or a pair a cell."""
    loose: dict[int, str] = {}
    for row in rows:
        for raw in row:
            if isinstance(raw, str) and "=" in raw:
                pairs = key_to_codes(raw)
                if len(pairs) > 1:
                    yield pairs
                loose.update(pairs if len(pairs) == 1 else {})
    if len(loose) > 1:
        yield loose
