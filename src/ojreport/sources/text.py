"""Words as a workbook writes them, brought to a form in which they can be compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_KEPT = 1 << 14  # texts; a workbook has the same few again and again
_CONTROLS = (*range(9), *range(14, 28), *range(0x7F, 0x85), *range(0x86, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_INVISIBLE = dict.fromkeys((*map(ord, "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"), *_CONTROLS))
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_FOOTNOTE = re.compile(r"[*†‡\u00b9\u00b2\u00b3\u2070-\u2079]+|(?<=\w)\s*(?<!\d)\b\d\)$")


@lru_cache(maxsize=_KEPT)
def clean(text: str) -> str:
    """*text* on one line: no control characters, NBSP and breaks as single spaces, every dash a hyphen, å ä ö composed."""
    if text.isascii() and text.isprintable():  # most cells; nothing in them is invisible, or a dash of another kind
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", text.translate(_INVISIBLE).translate(_DASHES))
    return " ".join(composed.split())


@lru_cache(maxsize=_KEPT)
def unmarked(text: str) -> str:
    """*text*, cleaned and without footnote marks: ``Kalmar*``, ``Ja¹``, ``Ja 1)``."""
    cleaned = clean(text)
    if cleaned.isascii() and "*" not in cleaned and not cleaned.endswith(")"):
        return cleaned
    return _FOOTNOTE.sub("", cleaned).strip()


@lru_cache(maxsize=_KEPT)
def squeeze(text: str) -> str:
    """Letters and digits alone, in lower case: what is left when spaces, hyphens and punctuation do not count."""
    return "".join(filter(str.isalnum, unmarked(text).casefold()))


def is_blank(raw: object) -> bool:
    """Whether a cell holds nothing that can be seen."""
    return raw is None or (isinstance(raw, str) and (not raw or not clean(raw)))


def shown(raw: object, most: int = 60) -> str:
    """A cell's content as a message quotes it: whole numbers without ``.0``, long texts cut."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = clean(str(raw))
    return text if len(text) <= most else text[: most - 1] + "…"


def distance(a: str, b: str, most: int) -> int:
    """How many letters must be changed, added or removed to make *a* into *b*; *most* + 1 when it is more than *most*."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
        if min(row) > most:
            return most + 1
    return row[-1]
