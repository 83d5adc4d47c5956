"""Which indicator a heading names.

A heading is compared letter by letter with the catalogue's titles, without question numbers, scales in brackets, footnote marks,
spaces and punctuation. Where that fails, words are compared one by one and in order: a word may be inflected or misspelt by a
letter, but none may be missing, added or another, and no second indicator may fit. Some titles differ in one word only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ojreport.model.indicator import Indicator
from ojreport.sources.symbols import key_to_codes
from ojreport.sources.text import clean, distance, squeeze, unmarked

_NUMBER = re.compile(
    r"^(?:(?i:fråga|indikator|bakgrundsmått|mått|nr)\s*)?"
    r"(?:\d{1,3}(?:[.:]\d{1,2})*(?:\s?[a-zåäö])?(?:\s+(?:-\s+)?|-)(?=[A-ZÅÄÖ])"
    r"|[A-ZÅÄÖ]{0,2}\d{1,3}(?:[.:]\d{1,2})*[.\s]?[a-zåäö]?[.):]+\s*)"
)
_BRACKET = re.compile(r"\(([^()]*)\)")
_SCALE_WORDS = re.compile(r"[\s,/;-]*(?:(?:ja|nej|delvis|andel|procent|antal|%|19\d\d|20\d\d)[\s,/;-]*)+", re.IGNORECASE)
_HEAD_AND_TAIL = re.compile(r"(.+?)(?:[,;:]\s*|\s+-\s*)([^,;:]+)")
_SOURCE = re.compile(r"[.,;]?\s*källa:.*$", re.IGNORECASE)
_YEAR = re.compile(r"(?<![,(\s])[,(\s]+(?:år\s*)?(20\d\d)\)?$")
_YEAR_ALONE = re.compile(r"(?:(?:år|öj|öppna jämförelser|enkät)\s*)?(20\d\d)(?:\s*års?)?", re.IGNORECASE)
_REGION = re.compile(r"\b(?:landsting(?:et|en|ets|ens)?|region(?:en|er|erna|ens)?)\b", re.IGNORECASE)
_TWICE = re.compile(r"\bregion(?:\s*(?:/|och|eller)\s*region)+\b")
_STOP_WORDS = "och eller samt i på av för till med som den det de att en ett är inom om har"
_STOP = frozenset(_STOP_WORDS.split())
_ENDING_WORDS = "s n en et ens ets na nas ar er or arna erna orna e t a r"
_ENDINGS = frozenset(_ENDING_WORDS.split())
_ENOUGH = 3  # words: one or two are too few to recognise a misspelt title by, or to stand without their group heading
_EXACT_BELOW = 6  # letters: in shorter words a changed letter makes another word (barn, vuxna, kön)

_OPTION = re.compile(  # an answer of a scale, over the share that gave it
    r"(?:andel\s+)?(?:ja,?\s+(?:för\s+)?(?:alla|samtliga)"
    r"|(?P<beside>ja,?\s+(?:men|delvis|för vissa)\b[^/=]{0,40}|nej,?\s+men\b[^/=]{0,40}))"
    r"(?:\s*\(?%\)?)?",
    re.IGNORECASE,
)
_EDGE = " ,.;:*-–"

# Words that a heading under a title is made of. Those of _BESIDE say that the column holds something beside the result.
_MEASURE_WORDS = """
    andel procent svar resultat värde ja index dagar per 100 000 100000 invånare indikator bakgrundsmått kommun kommuner stadsdel
    stadsdelar län riket år enkät register skala fråga
"""
_BESIDE_WORDS = """
    nej delvis antal täljare nämnare kvinnor kvinna män man bortfall svarsfrekvens svarande konfidensintervall undre övre gräns
    differens förändring rang platser personer ärenden kommentar
"""
_MEASURE, _BESIDE = frozenset(_MEASURE_WORDS.split()), frozenset(_BESIDE_WORDS.split())


class How(StrEnum):
    """How sure it is that a heading names its indicator."""

    EXACT = "exact"
    SIMILAR = "similar"  # one indicator fits word by word; always reported
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Heading:
    """What a column's heading says: ``codes`` from its bracket, a ``year`` in or under it, whether the column has the *value*."""

    title: str
    how: How = How.UNKNOWN
    indicator: str = ""
    codes: Mapping[int, str] = field(default_factory=dict)
    year: int | None = None
    value: bool = True


def bare(title: str) -> str:
    """The title without question number, footnote marks, year, scale in brackets, source, and ``Andel (%):`` around it."""
    text = _NUMBER.sub("", _SOURCE.sub("", unmarked(title)), count=1)
    text = _BRACKET.sub(lambda m: " " if "=" in m[1] or (_SCALE_WORDS.fullmatch(m[1]) and not _is_beside(m[1])) else m[0], text)
    text = unmarked(_YEAR.sub("", clean(text))).strip(_EDGE)
    before, _, after = text.partition(": ")
    if after and _is_measure(before):
        text = after
    while (parts := _HEAD_AND_TAIL.fullmatch(text)) and _is_measure(parts[2]):
        text = parts[1].strip(_EDGE)
    return text


def key(title: str) -> str:
    """What two spellings of one title have in common."""
    return squeeze(_TWICE.sub("region", _REGION.sub("region", bare(title).casefold())))


def words(title: str) -> tuple[str, ...]:
    """The title's words that carry meaning, in order."""
    text = _TWICE.sub("region", _REGION.sub("region", bare(title).casefold()))
    return tuple(w for w in re.findall(r"[^\W_]+", text) if w not in _STOP)


def same_word(a: str, b: str) -> bool:
    """Whether *a* and *b* are one word, inflected or misspelt. Numbers and short words must be equal, but for an ending."""
    if a == b:
        return True
    if any(c.isdigit() for c in a + b):
        return False
    short, long = sorted((a, b), key=len)
    if long.startswith(short):
        return len(short) >= 4 and long[len(short) :] in _ENDINGS  # noqa: PLR2004 - a stem is at least four letters
    return len(short) >= _EXACT_BELOW and distance(a, b, 1) <= 1


class Titles:
    """The headings that are known: titles, short titles, questions and aliases of the catalogue, and the user's pins."""

    def __init__(self, indicators: Iterable[Indicator], pins: Mapping[str, str] | None = None) -> None:
        """*pins* maps a heading as it stands in a file to the id of its indicator, and goes before the catalogue."""
        self._pins = {squeeze(heading): indicator for heading, indicator in (pins or {}).items()}
        self._ids: set[str] = set()
        self._by_key: dict[str, set[str]] = {}
        self._by_length: dict[int, list[tuple[tuple[str, ...], str]]] = {}
        for indicator in indicators:
            self._ids.add(indicator.id)
            for title in (indicator.title, indicator.short, indicator.question, *indicator.aliases):
                if title:
                    self._by_key.setdefault(key(title), set()).add(indicator.id)
                    found = words(title)
                    self._by_length.setdefault(len(found), []).append((found, indicator.id))

    def exact(self, title: str) -> str:
        """The id of the one indicator that is called so; empty if there is none, or more than one."""
        pinned = self._pins.get(squeeze(title))
        if pinned is not None:
            return pinned
        if (first := clean(title).partition(" ")[0].strip(".:,")) in self._ids:
            return first
        own = key(title)
        # A raised footnote number reads as a plain one: "vuxna¹" becomes "vuxna1".
        found = self._by_key.get(own) or self._by_key.get(re.sub(r"(?<=\D)\d$", "", own)) or set()
        return next(iter(found)) if len(found) == 1 else ""

    def similar(self, title: str) -> str:
        """The id of the one indicator whose title fits word by word; empty if none fits, or more than one."""
        own = words(title)
        if len(own) < _ENOUGH:
            return ""
        fitting = {i for other, i in self._by_length.get(len(own), ()) if all(map(same_word, own, other))}
        return fitting.pop() if len(fitting) == 1 else ""

    def read(self, parts: tuple[str, ...]) -> Heading:
        """What the heading says that stands in *parts*, top to bottom: group heading, title, sub-headings."""
        rest = [p for p in map(clean, parts) if p]
        codes: dict[int, str] = {}
        for part in rest:
            for bracket in (m for m in _BRACKET.findall(part) if "=" in m):
                codes.update(key_to_codes(bracket))
        if rest and not codes:
            codes.update(key_to_codes(rest[-1]) if "=" in rest[-1] else {})
        year, value = _strip_sub_headings(rest)
        if not rest:
            return Heading(" ".join(map(clean, parts)).strip(), codes=codes, year=year, value=value)
        above = [alone for part in rest if (alone := _YEAR_ALONE.fullmatch(unmarked(part)))]
        rest = [part for part in rest if not _YEAR_ALONE.fullmatch(unmarked(part))]
        year = year or (int(above[-1][1]) if above else None)
        in_title = _YEAR.search(unmarked(rest[-1]))
        year = year or (int(in_title[1]) if in_title else None)
        title = " – ".join(map(unmarked, rest[-1 if len(words(rest[-1])) >= _ENOUGH else -2 :]))
        for count in range(1, len(rest) + 1):
            joined = " ".join(rest[-count:])
            if found := self.exact(joined):
                return Heading(unmarked(joined), How.EXACT, found, codes, year, value)
        if (main := _without_beside(rest[-1])) and self.exact(main):
            return Heading(title, codes=codes, year=year, value=False)
        if found := self.similar(rest[-1]):
            return Heading(title, How.SIMILAR, found, codes, year, value)
        return Heading(title, How.UNKNOWN, "", codes, year, value)


def is_sub_heading(part: str) -> bool:
    """Whether the text only says what a column under a title holds: a year, Andel, Ja/Nej, a question number."""
    text = unmarked(part)
    if not bare(text) or is_year(text) or _is_key(text) or _OPTION.fullmatch(text):
        return True
    return _tokens(text) <= _MEASURE | _BESIDE


def is_year(text: str) -> bool:
    """Whether the text is a year and nothing else: ``2018``, ``År 2018``, ``ÖJ 2018``."""
    return bool(_YEAR_ALONE.fullmatch(unmarked(text)))


def _tokens(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", text.casefold()))


def _is_beside(text: str) -> bool:
    """Whether a sub-heading is about something else than the result: ``Nej``, ``Antal svar``, ``Kvinnor``; not ``Ja/Nej``."""
    if option := _OPTION.fullmatch(text):
        return bool(option["beside"])
    tokens = _tokens(text)
    beside = tokens & _BESIDE - ({"antal"} if tokens & {"dagar", "per"} else set()) - (
        {"nej", "delvis"} if "ja" in tokens else set()
    )
    return bool(beside) and not _is_key(text)


def _is_measure(text: str) -> bool:
    """Whether the text says how the result is given, and nothing of what it is: ``Andel (%)``, ``andel Ja``, ``Ja/Nej``."""
    said = _tokens(text)
    return (
        bool(said or "%" in text) and said <= _MEASURE | {"nej", "delvis", "som", "svarat", "och", "av"} and not _is_beside(text)
    )


def _without_beside(title: str) -> str:
    """``Bostad först`` for ``Bostad först, andel Nej`` and ``Bostad först (antal)``; empty for other titles."""
    parts = _HEAD_AND_TAIL.fullmatch(unmarked(title)) or re.fullmatch(r"(.+?)\s*\(([^()=]*)\)", unmarked(title))
    return parts[1] if parts and _tokens(parts[2]) <= _MEASURE | _BESIDE and _is_beside(parts[2]) else ""


def _is_key(text: str) -> bool:
    inner = text.strip("() ")
    return "=" in inner and "(" not in inner and bool(key_to_codes(inner))


def _strip_sub_headings(parts: list[str]) -> tuple[int | None, bool]:
    """Take the sub-headings off the end of *parts*: the year that they name, and whether the column holds the value itself."""
    year: int | None = None
    value = True
    while parts and is_sub_heading(parts[-1]):
        text = unmarked(parts.pop())
        if alone := _YEAR_ALONE.fullmatch(text):
            year = int(alone[1])
        value = value and not _is_beside(text)
    return year, value
