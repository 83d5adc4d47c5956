"""Which area a row is about. The code decides, and the name must agree with it; a row in doubt is kept out and reported."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ojreport.model.area import RIKET, Area, Level
from ojreport.model.results import Severity
from ojreport.sources.stadsdelar import Stadsdelar, without_parent
from ojreport.sources.text import clean, distance, shown, squeeze, unmarked
from ojreport.sources.workbook import Raw

_RIKET_AREA = Area(RIKET, "Riket", Level.RIKET)
_COUNTRY = frozenset(["riket", "rikets", "sverige", "landet", "rikssnitt", "riksgenomsnitt"])
_WHOLE_WORDS = (
    "hela alla samtliga totalt total totalen totalsumma kommuner kommunerna stadsdelar stadsdelarna i och andel procent"
)
_WHOLE = frozenset([*_WHOLE_WORDS.split(), "ja", "medel", "medelvärde", "genomsnitt", "snitt", "värde", "resultat"])
_AROUND = re.compile(r"\s+(?:kommun|stad)$|^region\s+", re.IGNORECASE)
_REGION = re.compile(r"^region\s+", re.IGNORECASE)
_GOTLAND = "0980"  # the only kommun that calls itself a region
_ALSO = {"Falun": ("falu",)}  # "Falu kommun"
_CODE_FIRST = re.compile(r"(\d{1,10}|\d{4}[-.]\d{1,3})(?:[\s.,:;)/-]+|(?<=\d{4}))(?=[^\W\d])(.+)")
_CODE_LAST = re.compile(r"(.*[^\W\d].*?)[\s,;:(/-]+(\d{4,10})\)?")
_NAME_AT_MOST = 200  # letters; a longer text is a note
_SURE = 6  # letters: a shorter name is another name when a letter is another
_VERY_SURE = 10


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is wrong with a row's code or name."""

    severity: Severity
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Found:
    """The area of a row, or none. ``by_name``: the row has no code. ``other``: a län that has the kommun's name, too."""

    area: Area | None = None
    doubt: Doubt | None = None
    by_name: bool = False
    other: Area | None = None


NOTHING = Found()


def digits(raw: Raw) -> str | None:
    """A code's digits as they stand: ``880``, 880.0, ``" 0880 "`` and ``1480-01`` give ``880``, ``880``, ``0880``, ``148001``."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        return str(int(raw)) if raw >= 0 and float(raw).is_integer() else None
    if not isinstance(raw, str):
        return None
    text = unmarked(raw).strip("'’`´").replace(" ", "")
    found = re.fullmatch(r"(\d{4})[-.](\d{1,3})", text)
    if found is not None and found[2] != "0":
        return found[1] + found[2].zfill(2)
    text = re.sub(r"[.,]0$", "", text)
    return text if text.isdecimal() and len(text) <= 10 else None  # noqa: PLR2004 - no area's code is longer


def code_of(text: str) -> str:
    """The official code behind a code's digits: ``880`` → ``0880``, ``8`` → ``08``, ``0000`` → ``00``; a stadsdel's stays."""
    if not text.strip("0"):
        return RIKET
    return text.zfill(2) if len(text) <= 2 else text.zfill(4)  # noqa: PLR2004 - two digits are a län, three a kommun without its 0


def code_and_name(text: str) -> tuple[str, str]:
    """A code and a name that stand in one cell: ``0880 Kalmar``, ``Kalmar (0880)``; else no code, and the text."""
    if first := _CODE_FIRST.fullmatch(text):
        return digits(first[1]) or "", first[2]
    if last := _CODE_LAST.fullmatch(text):
        return last[2], last[1]
    return "", text


def is_riket(name: str) -> bool:
    """Whether the name is the whole country's: ``Riket``, ``RIKET totalt``, ``Hela landet``; not ``Riket exkl. storstäder``."""
    said = set(re.findall(r"[^\W\d_]+", unmarked(name).casefold()))
    return bool(said & _COUNTRY) and said <= _COUNTRY | _WHOLE and said not in ({"landet"}, {"i", "landet"})


class Areas:
    """The areas of a year, found by code and by name."""

    def __init__(self, areas: Iterable[Area], others: Iterable[Area] = ()) -> None:
        """*others* are stadsdelar of other years, for a file that still, or already, has them."""
        self._by_code = {RIKET: _RIKET_AREA} | {a.code: a for a in areas}
        self._by_name: dict[Level, dict[str, Area]] = {level: {} for level in Level}
        self._stadsdelar = Stadsdelar(self._by_code.values(), others)
        self._found: dict[tuple[type, Raw, str, Level | None], Found] = {}
        for area in self._by_code.values():
            if area.level in (Level.LAN, Level.KOMMUN):
                for name in _names(area):
                    self._by_name[area.level].setdefault(name, area)

    def find(self, code: Raw, name: str, hint: Level | None = None) -> Found:
        """The area of a row that has *code* and *name* (either may be blank); *hint* is what the sheet's rows are."""
        asked = (type(code), code, name, hint)  # the rows of one sheet stand in the next again
        if asked not in self._found:
            self._found[asked] = self._find(code, name, hint)
        return self._found[asked]

    def _find(self, code: Raw, name: str, hint: Level | None) -> Found:
        text, name = digits(code), unmarked(name)
        if text is None and not name and isinstance(code, str):
            name = unmarked(code)  # "Riket", or "0880 Kalmar", in the code column
        if len(name) > _NAME_AT_MOST:
            return NOTHING
        said, own = code_and_name(name)
        if text is not None:
            return self._by_digits(text, own if said and code_of(text).startswith(code_of(said)) else name)
        if said and (len(said) > 2 or hint is Level.LAN or squeeze(own).endswith("län") or is_riket(own)):  # noqa: PLR2004 - "1. Ale" is a rank
            found = self._by_digits(said, own)
            if found.area is not None:
                return found
        return self._named(name, hint)

    def closest(self, name: str) -> Found:
        """The one kommun or län whose name is a slip away from *name*; for a row that has values, but no code."""
        said = squeeze(_AROUND.sub("", unmarked(name)))
        most = 0 if len(said) < _SURE or any(c.isdigit() for c in said) else 1 if len(said) < _VERY_SURE else 2
        near = {
            a.code: a for names in self._by_name.values() for n, a in names.items() if distance(n, said, most + 1) <= most + 1
        }
        best = [a for a in near.values() if most and min(distance(n, said, most) for n in _names(a)) <= most]
        if len(best) != 1 or len(near) != 1:
            return NOTHING
        return Found(best[0], _misspelt(name, best[0]), by_name=True)

    # --------------------------------------------------------------------------------------------------------- by code

    def _by_digits(self, text: str, name: str) -> Found:
        code = code_of(text)
        if len(code) > 4:  # noqa: PLR2004 - a kommun's code has four digits
            return self._stadsdel(text, name)
        if code not in self._by_code and code.endswith("00"):
            code = code[:2]  # a län's code filled up to four digits
        area = self._by_code.get(code)
        if area is None:
            return _error("unknown-code", f"no kommun or län has the code {code} ({_quoted(name)}); the row is left out")
        return self._agreeing(area, name)

    def _agreeing(self, area: Area, name: str) -> Found:
        if not name or _is_called(area, name):
            return Found(area)
        if area.code in self._stadsdelar and (inner := self._stadsdelar.of(area.code, name)) is not None:
            return self._of_year(Found(inner))  # the kommun's code in the rows of its stadsdelar
        other = self._named(name, area.level).area
        if other is None or other == area:
            close = min(distance(a, b, 3) for a in _names(area) for b in _reduced(name))
            if close <= (1 if len(squeeze(name)) < _SURE else 2):
                return Found(area, _misspelt(name, area))
        return _error("code-name", f"the code {area.code} is {area.name}, but the row says {_quoted(name)}; the row is left out")

    def _stadsdel(self, text: str, name: str) -> Found:
        parents = [code[:4] for code in (text, f"0{text}") if code[:4] in self._by_code]
        known = [p for p in parents if p in self._stadsdelar]
        parent = next(iter(known or parents), "")
        code = text if text.startswith(parent) and parent else f"0{text}"
        if not parent:
            return _error("unknown-code", f"no stadsdel has the code {text} ({_quoted(name)}); the row is left out")
        if not name:
            area = self._by_code.get(code)
            if area is None:
                return _error("unknown-code", f"the stadsdel {code} has no name; the row is left out")
            said = f"the stadsdel {code} has no name; it is taken for {area.name}, as the catalogue numbers them"
            return Found(area, Doubt(Severity.WARNING, "stadsdel-code", said))
        return self._in_kommun(parent, name, code)

    def _in_kommun(self, parent: str, name: str, code: str) -> Found:
        area = self._stadsdelar.of(parent, name)
        if area is not None:
            if code in self._by_code and code != area.code:
                said = f"{_quoted(name)} has the code {code} here and {area.code} in the catalogue; the name decides"
                return Found(area, Doubt(Severity.NOTE, "stadsdel-code", said))
            return self._of_year(Found(area))
        area = self._stadsdelar.like(parent, name)
        if area is not None:
            return Found(area, _misspelt(name, area))
        kommun = self._by_code[parent]
        own = without_parent(name, kommun.name)
        elsewhere = self._named(name, Level.KOMMUN).area
        if code in self._by_code or not own or (elsewhere is not None and elsewhere.code != parent):
            return _error("code-name", f"the code {code} does not go with the name {_quoted(name)}; the row is left out")
        area = Area(code, f"{kommun.name}, {own}", Level.STADSDEL)
        said = f"the catalogue has no {area.name} ({code}); it is kept as it stands"
        return Found(area, Doubt(Severity.WARNING, "unknown-stadsdel", said))

    def _of_year(self, found: Found) -> Found:
        """The stadsdel, with a warning if it is another year's."""
        if found.area is None or self._stadsdelar.known(found.area):
            return found
        said = f"{found.area.name} ({found.area.code}) is a stadsdel of other years by the catalogue; it is kept"
        return replace(found, doubt=Doubt(Severity.WARNING, "stadsdel-year", said))

    # --------------------------------------------------------------------------------------------------------- by name

    def _named(self, name: str, hint: Level | None) -> Found:
        if is_riket(name):
            return Found(self._by_code[RIKET], by_name=True)
        said = _reduced(name)
        kommun, lan = (self._called(level, said) for level in (Level.KOMMUN, Level.LAN))
        as_lan = hint is Level.LAN or (_REGION.match(clean(name)) and kommun is not None and kommun.code != _GOTLAND)
        if lan is not None and (as_lan or kommun is None):
            return Found(lan, by_name=True)
        if kommun is not None:
            return Found(kommun, by_name=True, other=lan)
        area = self._stadsdelar.anywhere(name)
        return self._of_year(Found(area, by_name=True)) if area else NOTHING

    def _called(self, level: Level, said: Iterable[str]) -> Area | None:
        return next((a for s in said if (a := self._by_name[level].get(s)) is not None), None)


def _error(kind: str, message: str) -> Found:
    return Found(None, Doubt(Severity.ERROR, kind, message))


def _misspelt(name: str, area: Area) -> Doubt:
    return Doubt(Severity.WARNING, "name-spelling", f"{_quoted(name)} is read as {area.name} ({area.code})")


def _quoted(name: str) -> str:
    return f"“{shown(name)}”" if name else "no name"


def _is_called(area: Area, name: str) -> bool:
    """Whether *name* can stand beside the area's code. Beside riket's code, "Samtliga kommuner" is riket."""
    if area.level is Level.RIKET:
        said = set(re.findall(r"[^\W\d_]+", name.casefold()))
        return is_riket(name) or said <= _WHOLE
    return not _names(area).isdisjoint(_reduced(name))


def _names(area: Area) -> frozenset[str]:
    """The forms in which a row can name the area: ``kalmarlän`` and ``kalmar``; ``stockholmslän``, ``stockholm``."""
    full = squeeze(area.name)
    if area.level is not Level.LAN:
        return frozenset({full, *_ALSO.get(area.name, ())})
    short = full.removesuffix("län")
    return frozenset({full, short, short.removesuffix("s"), f"{short}regionen"})


def _reduced(name: str) -> tuple[str, ...]:
    """The name as it stands, and without what stands around it: ``Borås stad``, ``Kalmars kommun``, ``Region Gotland``."""
    text = squeeze(name)
    bare = squeeze(_AROUND.sub("", clean(name)))
    return (text,) if bare == text else (text, bare, bare.removesuffix("s"))
