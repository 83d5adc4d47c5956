"""Indicators that the catalogue lacks: read and shown as the file has them, without a direction, never dropped."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from ojreport.files import slug
from ojreport.model.indicator import Direction, Indicator, Option, Part, Scale
from ojreport.model.value import Sign
from ojreport.sources.symbols import amount, is_error, label_key, labels, missing, truth
from ojreport.sources.text import clean
from ojreport.sources.workbook import Raw

_OPTIONS = 6  # more different texts than this, or long ones, are comments and not answers
_LABEL = 60
_SLUG = 60
_SHORT = 40


def unknown_id(title: str) -> str:
    """The id of an indicator that only a workbook knows."""
    name = slug(title) or "utan-rubrik"
    if len(name) > _SLUG:  # long titles often differ in their last word alone
        name = f"{name[:_SLUG].rstrip('-')}-{hashlib.sha256(name.encode()).hexdigest()[:6]}"
    return f"x-{name}"


def holds_results(cells: Iterable[Raw]) -> bool:
    """Whether a column's cells look like answers, shares or numbers, and not like comments or dates."""
    given = [c for c in cells if missing(c) is None and not is_error(c)]
    texts = [c for c in given if amount(c) is None]
    if not given or not all(isinstance(t, bool) or (isinstance(t, str) and len(t) <= _LABEL) for t in texts):
        return False
    kinds = {_word(t) for t in texts}
    return len(kinds) <= max(2, min(_OPTIONS, len(texts) // 3))


def make_unknown(
    title: str, key: Mapping[int, str], units: Sequence[Raw], totals: Sequence[Raw], known: Iterable[Scale]
) -> Indicator:
    """An indicator for the column *title*; its scale is told by the heading's *key*, else by the cells.

    *units* are the cells of kommuner and stadsdelar, *totals* those of län and riket, *known* the catalogue's scales.
    """
    return Indicator(
        id=unknown_id(title),
        title=title,
        short=title if len(title) <= _SHORT else f"{title[: _SHORT - 1].rstrip()}…",
        scale=_scale(title, key, units, totals, known),
        direction=Direction.NONE,
        dimension="",
        part=Part.MISSBRUK if units else Part.REGISTER,
        years=(),
        known=False,
    )


def _scale(title: str, key: Mapping[int, str], units: Sequence[Raw], totals: Sequence[Raw], known: Iterable[Scale]) -> Scale:
    if key:
        return _own([key[n] for n in sorted(key, reverse=True)], tuple(sorted(key, reverse=True)))
    texts = {_word(c): clean(str(c)) for c in units if missing(c) is None and amount(c) is None and not is_error(c)}
    if texts:
        fitting = [s for s in known if texts.keys() <= labels(s).keys()]
        if fitting:
            return min(fitting, key=lambda s: (len(s.options), s.name))
        return _own([texts[k] for k in sorted(texts, key=_ja_first)], tuple(range(len(texts) - 1, -1, -1)))
    amounts = [a for c in (*units, *totals) if (a := amount(c)) is not None]
    words = title.casefold()
    in_percent = any(a.percent for a in amounts) or "%" in words or "procent" in words or words.startswith("andel")
    return Scale("procent", unit="procent") if in_percent else Scale("tal")


def _word(raw: Raw) -> str:
    said = truth(raw)
    return label_key(str(raw)) if said is None else "ja" if said else "nej"


def _own(words: Sequence[str], codes: tuple[int, ...]) -> Scale:
    """A scale of its own. Only a single answer in Ja counts as Ja: of two it can not be told."""
    keys = [label_key(w) for w in words]
    one_ja = sum(k.startswith("ja") for k in keys) == 1

    def sign(key: str) -> Sign | None:
        if not one_ja:
            return None
        return Sign.JA if key.startswith("ja") else Sign.NEJ if key.startswith("nej") else None

    options = tuple(Option(c, w, sign(k)) for c, w, k in zip(codes, words, keys, strict=True))
    return Scale("-".join(keys), options)


def _ja_first(key: str) -> tuple[int, str]:
    return (0 if key.startswith("ja") else 2 if key.startswith("nej") else 1), key
