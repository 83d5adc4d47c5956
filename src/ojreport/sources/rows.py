"""Which area a row is about. The code decides, and the name must agree with it; a row in doubt is kept out and reported."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ojreport.model.area import RIKET, Area, Level
from ojreport.model.results import Severity
from ojreport.sources.text import clean, distance, is_blank, shown, squeeze, unmarked
from ojreport.sources.workbook import Raw

_RIKET = frozenset(["riket", "helariket", "sverige", "rikettotalt", "totaltriket", "totalriket", "rikettotal", "helalandet"])
_ALL = frozenset(["totalt", "total", "alla", "samtliga", "allakommuner", "samtligakommuner", "landet"])  # riket, beside its code
_RIKET_AREA = Area(RIKET, "Riket", Level.RIKET)
_STADSDEL_WORDS = re.compile(
    r"\b(?:sdn|sdf|sdo|stadsdelsnämnds?|stadsdelsförvaltning|stadsdelsområde|stadsdel)\b\.?", re.IGNORECASE
)
_AROUND = re.compile(r"\s+(?:kommun|stad)$|^region\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is wrong with a row's code or name."""

    severity: Severity
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Found:
    """The area of a row, or none; ``by_name``: the row has no code."""

    area: Area | None = None
    doubt: Doubt | None = None
    by_name: bool = False


NOTHING = Found()


def digits(raw: Raw) -> str | None:
    """A code's digits as they stand: ``880``, 880.0, ``" 0880 "`` and ``1480-01`` give ``880``, ``880``, ``0880``, ``148001``."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int | float):
        return str(int(raw)) if raw >= 0 and float(raw).is_integer() else None
    if not isinstance(raw, str):
        return None
    text = unmarked(raw).lstrip("'").replace(" ", "")
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


class Areas:
    """The areas of a year, found by code and by name."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._by_code = {RIKET: _RIKET_AREA} | {a.code: a for a in areas}
        self._by_name: dict[Level, dict[str, Area]] = {level: {} for level in Level}
        self._stadsdelar: dict[str, dict[str, Area]] = {}
        for area in self._by_code.values():
            if area.level is Level.STADSDEL:
                self._stadsdelar.setdefault(area.kommun, {})[squeeze(area.short)] = area
            elif area.level is not Level.RIKET:
                for name in _names(area):
                    self._by_name[area.level].setdefault(name, area)

    def find(self, code: Raw, name: str, hint: Level | None = None) -> Found:
        """The area of a row that has *code* and *name* (either may be blank); *hint* is what the sheet's rows are."""
        text = digits(code)
        if text is not None:
            return self._by_digits(text, unmarked(name))
        if not is_blank(code) and not name:
            name = str(code)  # "Riket" in the code column
        return self._named(unmarked(name), hint)

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
        own = _names(area)
        said = _reduced(name)
        if not name or own & said or (area.level is Level.RIKET and squeeze(name) in _ALL):
            return Found(area)
        other = self._named(name, area.level).area
        if other is None or other == area:
            close = min(distance(a, b, 3) for a in own for b in said)
            if close <= (1 if len(squeeze(name)) < 6 else 2):  # noqa: PLR2004 - in a short name two letters make another name
                return Found(
                    area, Doubt(Severity.WARNING, "name-spelling", f"{_quoted(name)} is read as {area.name} ({area.code})")
                )
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
            return Found(area) if area else _error("unknown-code", f"the stadsdel {code} has no name; the row is left out")
        return self._in_kommun(parent, name, code)

    def _in_kommun(self, parent: str, name: str, code: str) -> Found:
        kommun = self._by_code[parent]
        own = _without_parent(name, kommun.name)
        known = self._stadsdelar.get(parent, {})
        said = squeeze(own)
        if said in known:
            return Found(known[said])
        close = [k for k in known if distance(k, said, 2) <= (2 if len(k) > 8 else 1)]  # noqa: PLR2004 - long names bear two slips
        if len(close) == 1:
            area = known[close[0]]
            return Found(area, Doubt(Severity.WARNING, "name-spelling", f"{_quoted(name)} is read as {area.name} ({area.code})"))
        elsewhere = self._named(name, Level.KOMMUN).area
        if code in self._by_code or not own or (elsewhere is not None and elsewhere.code != parent):
            return _error("code-name", f"the code {code} does not go with the name {_quoted(name)}; the row is left out")
        area = Area(code, f"{kommun.name}, {own}", Level.STADSDEL)
        return Found(
            area,
            Doubt(Severity.WARNING, "unknown-stadsdel", f"the catalogue has no {area.name} ({code}); it is kept as it stands"),
        )

    # --------------------------------------------------------------------------------------------------------- by name

    def _named(self, name: str, hint: Level | None) -> Found:
        text = squeeze(name)
        if text in _RIKET:
            return Found(self._by_code[RIKET], by_name=True)
        order = (Level.LAN, Level.KOMMUN) if hint is Level.LAN else (Level.KOMMUN, Level.LAN)
        for level in order:
            for said in _reduced(name):
                if (area := self._by_name[level].get(said)) is not None:
                    return Found(area, by_name=True)
        for code, known in self._stadsdelar.items():
            own = _without_parent(name, self._by_code[code].name)
            if (
                len(own) < len(clean(name))
                and (inner := known.get(squeeze(own))) is not None
                and _says(name, self._by_code[code])
            ):
                return Found(inner, by_name=True)
        return NOTHING


def _error(kind: str, message: str) -> Found:
    return Found(None, Doubt(Severity.ERROR, kind, message))


def _quoted(name: str) -> str:
    return f"“{shown(name)}”" if name else "no name"


def _says(name: str, kommun: Area) -> bool:
    """Whether *name* names the kommun, beside its stadsdel."""
    return squeeze(kommun.name) in squeeze(name)


def _names(area: Area) -> frozenset[str]:
    """The forms in which a row can name the area: ``kalmarlän`` and ``kalmar``; ``stockholmslän``, ``stockholm``."""
    if area.level is Level.RIKET:
        return _RIKET
    full = squeeze(area.name)
    if area.level is not Level.LAN:
        return frozenset({full})
    short = full.removesuffix("län")
    return frozenset({full, short, short.removesuffix("s"), f"{short}regionen"})


def _reduced(name: str) -> frozenset[str]:
    """The name as it stands, and without what stands around it: ``Borås stad``, ``Kalmars kommun``, ``Region Gotland``."""
    text = squeeze(name)
    bare = squeeze(_AROUND.sub("", clean(name)))
    return frozenset({text}) if bare == text else frozenset({text, bare, bare.removesuffix("s")})


def _without_parent(name: str, parent: str) -> str:
    """``Angered`` for ``Göteborg, Angered``, ``Göteborgs stad - Angered``, ``SDN Angered`` and ``Angered (Göteborg)``."""
    text = re.sub(rf"^{re.escape(parent)}s?(?:\s+(?:stad|kommun))?\b", "", clean(name), flags=re.IGNORECASE)
    text = re.sub(rf"\({re.escape(parent)}\)\s*$", "", text, flags=re.IGNORECASE)
    return _STADSDEL_WORDS.sub("", text).strip(" ,;:-–/()")
