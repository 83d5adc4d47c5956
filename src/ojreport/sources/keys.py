"""Which columns name the area of a row: codes, names, or both in one. Told by their headings, or else by their cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from ojreport.model.area import Level
from ojreport.sources.rows import Areas, digits
from ojreport.sources.symbols import amount, is_error, missing
from ojreport.sources.text import distance, is_blank, shown, squeeze
from ojreport.sources.titles import Titles
from ojreport.sources.workbook import Raw, Sheet

_SAMPLE = 40  # rows that are looked at to tell what a column holds
_MOST = 0.8  # of a column's cells, to call it a column of codes or of names
_SEVERAL = 3  # cells that agree, where nothing else speaks for it
_COUNTRY_AND_LAN = 25  # numbers up to this are no codes of kommuner

_PLACE = (
    r"läns?|länet|kommun(?:s|er|erna|ens|ernas)?|kom|stadsdel(?:s|ar|arna|ens)?|region(?:s|er)?|område(?:s|ts?)?|rikets?|och|eller"
    r"|nämnds?|geografisk|geografiskt|scb"
)
_CODE = re.compile(rf"(?:{_PLACE}|k|l|kn)*(?:kod|koder)(?:scb|20\d\d|\dsiffror)?|(?:{_PLACE}|k|kn)+(?:nr|nummer|id)")
_NAME = re.compile(rf"(?:{_PLACE}|i|geografi|rapporteringsenhet|redovisningsenhet|namn|enhet|stockholm|göteborg)+")
_NO_NAME = frozenset(["riket", "och", "kod", "i", "scb", "stockholm", "göteborg", "kom"])
_WHOLE = frozenset(["helakommunen", "kommunen", "totalt", "hela", "alla", "samtliga"])  # in a column of stadsdelar
_YEAR_HEADINGS = frozenset(["år", "årtal", "mätår", "undersökningsår", "enkätår", "redovisningsår"])
_HEADING_AT_MOST = 60  # letters; a longer text that speaks of codes is a note


@dataclass(frozen=True, slots=True)
class Keys:
    """Code columns stand most specific first, names the best first; *stadsdel* is a name column beside the kommun's."""

    codes: tuple[int, ...]
    names: tuple[int, ...]
    stadsdel: int | None = None
    hint: Level | None = None
    year: int | None = None  # a column that says which year a row is about
    lan_code: int | None = None  # the one of *codes* that says which län a row lies in
    beside: frozenset[int] = frozenset()  # columns under a name's heading that hold no names that are known

    @property
    def all(self) -> frozenset[int]:
        """Columns that hold no results."""
        inner, year = ({c for c in (self.stadsdel,) if c is not None}, {c for c in (self.year,) if c is not None})
        return frozenset((*self.codes, *self.names)) | self.beside | inner | year

    @property
    def first(self) -> int:
        """The column that a finding about a row names."""
        return (self.codes or self.names)[0]

    def code(self, row: Sequence[Raw]) -> Raw:
        """The row's most specific code; a short stadsdel number is put behind its kommun's code."""
        columns = [c for c in self.codes if not is_blank(row[c]) and not is_error(row[c])]
        if len(self.codes) > 1 and columns == [self.lan_code] and self.name(row):
            return ""  # the län that the row lies in, and not what it is about
        given = [row[c] for c in columns]
        if len(given) > 1 and len(inner := digits(given[0]) or "") <= 3 and len(outer := digits(given[1]) or "") in (3, 4):  # noqa: PLR2004
            return outer + inner.zfill(2)  # three or four digits are a kommun, so fewer before it are a number inside it
        return given[0] if given else ""

    def name(self, row: Sequence[Raw]) -> str:
        """The row's name; ``Göteborg, Angered`` where kommun and stadsdel stand in columns of their own."""
        given = [
            shown(raw, 200) for c in self.names if isinstance(raw := row[c], str) and not is_blank(raw) and not is_error(raw)
        ]
        inner = row[self.stadsdel] if self.stadsdel is not None else ""
        if isinstance(inner, str) and missing(inner) is None and not is_error(inner) and squeeze(inner) not in _WHOLE:
            return f"{given[0]}, {shown(inner, 200)}" if given else shown(inner, 200)
        return given[0] if given else ""


@lru_cache(maxsize=4096)
def is_code_heading(text: str) -> bool:
    """Whether a column under this heading holds codes: ``K-kod``, ``Kommun-/stadsdels-kod``, and ``Komunkod`` by a slip."""
    said = squeeze(text)
    if len(text) > _HEADING_AT_MOST or not said:
        return False
    return bool(_CODE.fullmatch(said)) or min(distance(said, word, 1) for word in ("kommunkod", "stadsdelskod")) <= 1


@lru_cache(maxsize=4096)
def is_name_heading(text: str) -> bool:
    """Whether a column under this heading holds names of areas: ``Kommun``, ``Kommun/stadsdel``, ``Namn``."""
    said = squeeze(text)
    return len(text) <= _HEADING_AT_MOST and bool(_NAME.fullmatch(said)) and said not in _NO_NAME


def find_keys(sheet: Sheet, anchor: int, codes: tuple[int, ...], end: int, areas: Areas, titles: Titles) -> Keys | None:
    """The key columns of the table whose header is row *anchor* (*codes* by their heading); None where none holds an area."""
    return _Finder(sheet, anchor, codes, end, areas, titles).keys()


@dataclass(slots=True)
class _Finder:
    sheet: Sheet
    anchor: int
    codes: tuple[int, ...]
    end: int
    areas: Areas
    titles: Titles

    @property
    def header(self) -> Sequence[Raw]:
        return self.sheet.rows[self.anchor]

    @property
    def sample(self) -> list[Sequence[Raw]]:
        """The rows under the header that hold something."""
        rows = (self.sheet.rows[r] for r in range(self.anchor + 1, self.end))
        filled = (row for row in rows if not all(map(is_blank, row)))
        return [row for row, _ in zip(filled, range(_SAMPLE), strict=False)]

    def keys(self) -> Keys | None:
        header, sample = self.header, self.sample
        if any(map(self._is_title, header)):
            self.codes = tuple(c for c in self.codes if self._is_of_codes(c, sample))
        named = tuple(c for c, raw in enumerate(header) if isinstance(raw, str) and c not in self.codes and is_name_heading(raw))
        hint = self._hint(self.codes, named)
        heading = {c: squeeze(str(header[c])) for c in named}
        kommun = any("kommun" in text for text in heading.values())
        inner = next((c for c, text in heading.items() if kommun and "stadsdel" in text and "kommun" not in text), None)
        codes = self.codes or self._codes_by_content(sample, named, hint)
        score = {c: len(self._areas_in(c, sample, codes, hint)) for c in named if c != inner and c not in codes}
        if not any(score.values()):
            score |= self._names_by_content(sample, codes, {*named, *codes}, hint)
        if not codes and not any(score.values()) and inner is not None:
            score[inner], inner = len(self._areas_in(inner, sample, codes, hint)), None
        year = next((c for c, raw in enumerate(header) if squeeze(str(raw)) in _YEAR_HEADINGS and _holds_years(c, sample)), None)
        names = tuple(sorted(score, key=lambda c: (not score[c], -_specific(squeeze(str(header[c]))), -score[c])))
        unnamed = not names and not any(map(self._is_title, header))
        if unnamed and (not codes or (self._only_kod(codes) and not self._kommuner(codes[0], sample))):
            return None  # numbers under "Kod" without an area's name and an indicator's title can be something else
        if not codes and not any(score.values()):
            return None
        ordered = tuple(sorted(codes, key=lambda c: -_specific(str(header[c]))))
        lan = next((c for c in codes if _specific(str(header[c])) < 0), None)
        return Keys(ordered, names, inner, hint, year, lan, frozenset(named) - {*names, *codes})

    def _hint(self, codes: tuple[int, ...], named: tuple[int, ...]) -> Level | None:
        headings = [squeeze(str(self.header[c])) for c in (*codes, *named)]
        if any("kommun" in h or "stadsdel" in h or h == "kkod" for h in headings):
            return None
        telling = headings[: len(codes)] or headings  # a column "Län" beside one of names does not say what the names are
        if telling and all("län" in h for h in telling):
            return Level.LAN
        sheet = squeeze(self.sheet.name)
        of_one = self.areas.find("", self.sheet.name).area is not None  # "Kalmar län": a sheet of its kommuner
        return Level.LAN if "län" in sheet and "kommun" not in sheet and not of_one else None

    def _is_of_codes(self, column: int, sample: Sequence[Sequence[Raw]]) -> bool:
        """Whether a column under a code's heading holds codes, or names, and not something else by a slip in its heading."""
        rows = [row for row in sample if sum(not is_blank(raw) for raw in row) > 1]  # no notes
        given = [row[column] for row in rows if not is_blank(row[column]) and not is_error(row[column])]
        return 2 * sum(digits(raw) is not None or self.areas.find(raw, "").area is not None for raw in given) >= len(given)

    def _only_kod(self, codes: tuple[int, ...]) -> bool:
        return all(squeeze(str(self.header[c])) in ("kod", "koder") for c in codes)

    # ------------------------------------------------------------------------------------------------------- by content

    def _kommuner(self, column: int, sample: Sequence[Sequence[Raw]]) -> bool:
        """Whether the column's numbers are all codes of areas, several of them kommuner's."""
        given = [text for row in sample if (text := digits(row[column])) is not None]
        return sum(int(t) > _COUNTRY_AND_LAN for t in given) >= _SEVERAL and all(self.areas.find(t, "").area for t in given)

    def _areas_in(self, column: int, sample: Sequence[Sequence[Raw]], codes: tuple[int, ...], hint: Level | None) -> set[str]:
        """The areas that the column's texts name, and the codes beside them bear out."""
        found = set()
        for row in sample:
            if isinstance(row[column], str) and missing(row[column]) is None and squeeze(str(row[column])):
                code = next((row[c] for c in codes if not is_blank(row[c])), "")
                at = self.areas.find(code, str(row[column]), hint)
                found |= {at.area.code} if at.area and (not at.doubt or at.doubt.kind == "stadsdel-code") else set()
        return found

    def _codes_by_content(self, sample: Sequence[Sequence[Raw]], named: tuple[int, ...], hint: Level | None) -> tuple[int, ...]:
        """A column of codes under a heading that says nothing of it, borne out by the names beside it or by their number."""

        def fits(row: Sequence[Raw], column: int) -> bool:
            text = digits(row[column])
            if text is None:
                return False
            name = next((str(row[c]) for c in named if c != column and isinstance(row[c], str) and not is_blank(row[c])), "")
            at = self.areas.find(row[column], name, hint)
            return at.area is not None and (bool(name) or int(text) > _COUNTRY_AND_LAN)

        return tuple(c for c in self._free({*named} if not named else set()) if self._mostly(c, sample, fits))[:1]

    def _names_by_content(
        self, sample: Sequence[Sequence[Raw]], codes: tuple[int, ...], taken: set[int], hint: Level | None
    ) -> dict[int, int]:
        """The column that has most names of areas, under a heading that says nothing of it, or under none."""
        found = {c: len(self._areas_in(c, sample, codes, hint)) for c in self._free(taken)}

        def is_text(row: Sequence[Raw], column: int) -> int:
            return isinstance(row[column], str) and missing(row[column]) is None

        share = {c: n / max(1, sum(is_text(row, c) for row in sample)) for c, n in found.items() if n}
        enough = [c for c in share if 2 * share[c] >= 1]
        best = max(enough, key=lambda c: found[c], default=None)
        return {} if best is None else {best: found[best]}

    def _free(self, taken: set[int]) -> list[int]:
        """Columns whose own heading is no title of an indicator."""
        width = max((len(self.header), *(len(row) for row in self.sheet.rows[self.anchor : self.anchor + 2])))
        return [c for c in range(width) if c not in taken and not self._is_title(self.header[c])]

    def _is_title(self, raw: Raw) -> bool:
        return isinstance(raw, str) and not is_blank(raw) and bool(self.titles.exact(raw))

    @staticmethod
    def _mostly(column: int, sample: Sequence[Sequence[Raw]], fits: Callable[[Sequence[Raw], int], bool]) -> bool:
        given = [row for row in sample if missing(row[column]) is None]
        fitting = sum(fits(row, column) for row in given)
        return fitting >= min(_SEVERAL, len(sample)) and fitting >= _MOST * len(given)


def is_named(row: Sequence[Raw], keys: Keys) -> bool:
    """Whether the row has a code or a name, and is no footnote or blank row."""
    return not all(is_blank(row[c]) for c in (*keys.codes, *keys.names))


def is_data(row: Sequence[Raw], keys: Keys, values: frozenset[str]) -> bool:
    """Whether the row, which names no area that is known, holds values and no headings: ``Samtliga | 63 | 40``."""
    if not is_named(row, keys):
        return False
    rest = [raw for c, raw in enumerate(row) if c not in keys.all and not is_blank(raw)]
    amounts = [a.number for raw in rest if (a := amount(raw))]
    numbered = len(amounts) > 1 and all(b - a == 1 for a, b in pairwise(amounts))
    words = sum(isinstance(raw, str) and squeeze(raw) in values for raw in rest)
    return bool(rest) and not numbered and 2 * (len(amounts) + words) > len(rest)


def _holds_years(column: int, sample: Sequence[Sequence[Raw]]) -> bool:
    given = [shown(row[column]) for row in sample if not is_blank(row[column])]
    return bool(given) and all(re.fullmatch(r"20\d\d", text) for text in given)


def _specific(heading: str) -> int:
    text = squeeze(heading)
    return 2 * ("stadsdel" in text) + ("kommun" in text or text == "kkod") - ("län" in text or text == "lkod")
