"""What a cell says: an answer, an amount, a sign for a missing value, or nothing that is understood.

The signs and their meanings are Socialstyrelsen's and SCB's: ``-`` bortfall, ``.`` ej tillämplig, ``..`` and ``x`` sekretess.
A blank is bortfall. Nothing here guesses: what is not understood comes back as None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from ojreport.model.indicator import Scale
from ojreport.model.value import Answer, Missing, Reason, Sign
from ojreport.sources.text import clean, is_blank, unmarked
from ojreport.sources.workbook import Raw

BORTFALL, EJ_TILLAMPLIG, SEKRETESS = (Missing(r) for r in (Reason.BORTFALL, Reason.EJ_TILLAMPLIG, Reason.SEKRETESS))

_MISSING: Mapping[str, Missing] = {
    **dict.fromkeys(("-", "saknas", "saknar svar", "deltar ej", "deltar inte"), BORTFALL),
    ".": EJ_TILLAMPLIG,
    **dict.fromkeys(("..", "x"), SEKRETESS),
}
_MISSING_SAID: tuple[tuple[re.Pattern[str], Missing], ...] = (
    (re.compile(r"(?!ja\b|nej\b).*\bsekretess.*"), SEKRETESS),
    (re.compile(r"(?:ej|inte) (?:tillämp|aktuell|relevan)\w*"), EJ_TILLAMPLIG),
    (re.compile(r"(?!ja\b|nej\b).*\bbortfall\b.*|(?:svar|uppgift|uppgifter|data|värde) saknas\b.*"), BORTFALL),
    (re.compile(r"(?:har )?(?:ej|inte|inget|ingen|inga) (?:svar|besvar|delta|inkom|inläm|lämna|uppgift|data)\w*\b.*"), BORTFALL),
)
_UNCLEAR = frozenset(["", "#", "…", "...", "n/a", "na", "vet ej", "vet inte", "redovisas ej", "ej redovisad", "ej redovisat"])
_AMOUNT = re.compile(r"([+-]?(?:\d{1,3}(?: \d{3})+|\d+)(?:[.,]\d+)?)\s*(%|procent)?", re.IGNORECASE)
_ERROR = re.compile(
    r"#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|GETTING_DATA|SPILL!|CALC!|BLOCKED!|FIELD!|CONNECT!|UNKNOWN!|BUSY!|="
    r"|SAKNAS!|DIVISION/0!|REFERENS!|VÄRDEFEL!|NAMN\?|OGILTIGT!|SKÄRNING!)",  # as a Swedish Excel shows them
    re.IGNORECASE,
)
_TOO_LARGE = 10**12  # no result is; beyond it a float is no longer exact
_DECIMALS = 10  # what a float of a spreadsheet holds safely; beyond it stands binary noise

Codes = Mapping[int, int]  # a workbook's number for an answer → the option's index in the scale


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as it stands, and whether it has a percent sign of its own."""

    number: Decimal
    percent: bool = False


def missing(raw: Raw) -> Missing | None:
    """Why the cell has no value, or None if it has one (or is not understood)."""
    if is_blank(raw):
        return BORTFALL
    return _missing_in(raw) if isinstance(raw, str) else None


@lru_cache(maxsize=1 << 14)
def _missing_in(text: str) -> Missing | None:
    said = _sign(text)
    if said in _UNCLEAR:
        return BORTFALL
    found = _MISSING.get(said)
    return found or next((reason for pattern, reason in _MISSING_SAID if pattern.fullmatch(said)), None)


def is_unclear(raw: Raw) -> bool:
    """Whether the cell says that there is no value, and not why: ``#``, ``n/a``, a footnote mark alone. It is bortfall."""
    return isinstance(raw, str) and not is_blank(raw) and _sign(raw) in _UNCLEAR


def _sign(text: str) -> str:
    """A sign as it is compared: ``(-)``, ``--`` and ``Uppgift saknas.`` like ``-`` and ``uppgift saknas``."""
    said = unmarked(text).casefold().strip("()[] ")
    if any(c.isalpha() for c in said):
        return said.strip(".!")
    return re.sub(r"^-+$", "-", re.sub(r"(?<=\.) (?=\.)", "", said))


def is_error(raw: Raw) -> bool:
    """Whether the cell holds an error such as ``#N/A`` or a formula that was never calculated, instead of what it should hold."""
    return isinstance(raw, str) and raw.startswith("#") and bool(_ERROR.fullmatch(raw.strip()))


def amount(raw: Raw) -> Amount | None:
    """The number in the cell, exact: ``0.63``, ``63``, ``"63 %"``, ``"63,2"``, ``"1 234"``; None if it holds neither."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, str):
        return _amount_in(raw)
    return _amount_of(raw) if isinstance(raw, int | float) else None


@lru_cache(maxsize=1 << 14)
def _amount_of(number: float) -> Amount | None:
    return Amount(tidy(Decimal(repr(round(number, _DECIMALS))))) if abs(number) < _TOO_LARGE else None


@lru_cache(maxsize=1 << 14)
def _amount_in(text: str) -> Amount | None:
    found = _AMOUNT.fullmatch(unmarked(text))
    number = Decimal(found[1].replace(" ", "").replace(",", ".")) if found else None
    return Amount(tidy(number), bool(found and found[2])) if number is not None and abs(number) < _TOO_LARGE else None


def tidy(number: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent."""
    whole = number.to_integral_value()
    return whole.quantize(Decimal(1)) if number == whole else number.normalize()


@lru_cache(maxsize=1 << 14)
def label_key(text: str) -> str:
    """An answer's words for comparison, without its code (``1 = Ja``, ``1. Ja``, ``Ja (1)``).

    Dashes between numbers stay, so that ``4–7`` is never ``47``; "tre dgr" is "3 dagar".
    """
    said = re.sub(r"\s", "", unmarked(text).casefold())
    said = re.sub(r"^\(?\d{1,2}[.=:)-]+(?=[^\W\d])|(?<=[^\W\d])(?:\(\d\)|=\d)$", "", said)
    said = re.sub(r"[,.;]", "", said)
    said = re.sub(r"(?<!\d)-|-(?!\d)", "", said)
    return _in_days(said) if "dag" in said or "dgr" in said else said


def _in_days(said: str) -> str:
    for word, number in (("femton", "15"), ("fjorton", "14"), ("fyra", "4"), ("sju", "7"), ("åtta", "8"), ("tre", "3")):
        said = said.replace(word, number)
    said = re.sub(r"dgr|dagars?$", "dagar", re.sub(r"(?<=\d)till(?=\d)", "-", said))
    said = re.sub(r"^(?:0-|högst|max|≤)(?=3dagar)", "inom", said)
    return re.sub(
        r"^(?:>15|>14|≥15|över15|merän14|flerän15|längreän15)(?=dagar)|^15dagarellermer$", "merän15", said
    ).removesuffix("dagar")


def labels(scale: Scale) -> Mapping[str, int]:
    """The words for the scale's options, as keys, with the option's index: its own, and those that can mean no other."""
    found: dict[str, int] = {}
    partly = [i for i, o in enumerate(scale.options) if o.sign is Sign.DELVIS]
    for i, option in enumerate(scale.options):
        own = label_key(option.label)
        if own.startswith("nejmen"):
            found |= dict.fromkeys(_reordered(option.label), i)
        if own == "jaföralla":
            found |= dict.fromkeys(("jaalla", "jaförsamtliga", "jasamtliga"), i)
    if len(partly) == 1:
        found |= dict.fromkeys(("delvis", "jadelvis", "jaförvissa", "jamenintealla", "jameninteföralla"), partly[0])
    return {**found, **{label_key(o.label): i for i, o in enumerate(scale.options)}}


def _reordered(label: str) -> tuple[str, ...]:
    """Other ways to say ``Nej, men fattat beslut``: with "har", or with the noun first."""
    *before, verb, noun = ("", *label.casefold().split())
    if len(before) < 3:  # noqa: PLR2004 - "Nej, men" and two words after it
        return ()
    return tuple(f"nejmen{rest}" for rest in (f"har{verb}{noun}", f"{noun}{verb}", f"{noun}är{verb}", f"{noun}har{verb}s"))


def truth(raw: Raw) -> bool | None:
    """What ``TRUE``, ``SANT``, ``FALSE`` or ``FALSKT`` says; None for all else."""
    if isinstance(raw, bool):
        return raw
    return (
        {"true": True, "sant": True, "false": False, "falskt": False}.get(unmarked(raw).casefold())
        if isinstance(raw, str)
        else None
    )


def code(raw: Raw) -> int | None:
    """The whole number that the cell holds, as number or as text; None if it holds something else."""
    found = amount(raw)
    if found is None or found.percent or found.number != found.number.to_integral_value():
        return None
    return int(found.number)


def answer(raw: Raw, words: Mapping[str, int], codes: Codes) -> Answer | None:
    """The answer in words or as a number; None if the cell holds neither."""
    if isinstance(raw, str):
        key = label_key(raw)
        found = words.get(key, words.get(re.sub(r"(?<=[^\W\d])\d$", "", key)))  # a footnote's number that lost its raised form
        if found is not None:
            return Answer(found)
    said = truth(raw)
    if said is not None and len(words) == 2 and {"ja", "nej"} == words.keys():  # noqa: PLR2004 - Ja and Nej
        return Answer(words["ja" if said else "nej"])
    number = code(raw)
    return Answer(codes[number]) if number is not None and number in codes else None


# ------------------------------------------------------------------------------------------------------ what codes stand for

_CODE_FIRST = re.compile(r"(\d+)\s*=\s*(.+?)(?=[,;]?\s*\d+\s*=|$)")
_LABEL_FIRST = re.compile(r"([^=]+?)\s*=\s*(\d+)(?=[\s,;.)]|$)[\s,;.]*")


def key_to_codes(text: str) -> Mapping[int, str]:
    """What numbers stand for, from ``Ja=1, Nej=2`` or ``1 = Ja, 2 = Nej``; empty if *text* says no such thing."""
    text = clean(text).strip("() ")
    if re.match(r"\d+\s*=", text):
        return {int(number): words.strip(" ,;.") for number, words in _CODE_FIRST.findall(text)}
    return {int(number): words.split(":")[-1].strip(" ,;.") for words, number in _LABEL_FIRST.findall(text)}


def codes_from_key(key: Mapping[int, str], scale: Scale) -> Codes | None:
    """The key's numbers on *scale*; None if some of its words are not on the scale."""
    words = labels(scale)
    found = {number: words.get(label_key(text)) for number, text in key.items()}
    return {n: i for n, i in found.items() if i is not None} if None not in found.values() else None


def codes_of(scale: Scale) -> Codes:
    """The numbers that the catalogue gives the scale's options."""
    return {o.code: i for i, o in enumerate(scale.options)}
