"""What stands in one cell: an answer, share, number or gap in an edition's own way of writing, and headings."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import cycle
from random import Random

from example.draw import Drawn, Gap
from example.facts import Indicator, Option
from example.layouts import Answers, Layout, Shares, Spaces
from example.tally import Share, Total

NBSP, SOFT_HYPHEN = "\N{NO-BREAK SPACE}", "\N{SOFT HYPHEN}"
CellValue = str | int | float | None
_COMPOUNDS = (("beroende", "vård"), ("bedömnings", "metod"), ("kompetens", "utveckling"), ("verksamhets", "området"))


class Writer:
    """Writes values as a layout has them. It holds a stream of chance, so the order of calls decides what comes out."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._random = Random(f"ojreport cells {layout.year}")  # noqa: S311 - drawn for show, not for secrecy
        self._symbols = {gap: cycle(symbols) for gap, symbols in layout.missing.items()}
        self._blanks = cycle((" ", NBSP))

    def write(self, indicator: Indicator, value: Drawn | Total, *, as_text: bool = False) -> CellValue:
        """The cell; *as_text* makes number codes text."""
        if isinstance(value, Gap):
            return next(self._symbols[value]) or None
        if isinstance(value, Share):
            return self._share(value)
        if isinstance(value, Decimal):
            return self._number(indicator, value)
        return self._answer(indicator, value, as_text=as_text)

    def _share(self, share: Share) -> CellValue:
        match self._layout.shares:
            case Shares.FRACTION:
                return share.whole / 100
            case Shares.PERCENT:
                return share.whole
            case Shares.SIGNED:
                return f"{share.whole}{next(self._blanks)}%"
            case Shares.COMMA:
                return f"{share.percent:.2f}".replace(".", ",")
            case Shares.EXACT:
                return share.ja / share.answered

    def _number(self, indicator: Indicator, number: Decimal) -> CellValue:
        text = str(number).replace(".", ",")
        if self._layout.shares is Shares.SIGNED and indicator.unit == "procent":
            return f"{text}{next(self._blanks)}%"
        if self._layout.shares is Shares.COMMA:
            return text
        return int(number) if number == number.to_integral_value() else float(number)

    def _answer(self, indicator: Indicator, option: Option, *, as_text: bool) -> CellValue:
        match self._layout.answers:
            case Answers.WORDS:
                return option.label
            case Answers.TRAILING:
                return option.label + self._random.choice(("", "", "", " ", NBSP))
            case Answers.CARELESS:
                return self._careless(option.label)
            case Answers.CODES:
                code = codes(self._layout, indicator)[indicator.options.index(option)]
                return str(code) if as_text else code

    def _careless(self, label: str) -> str:
        plain = label.replace("–", "-")
        return self._random.choice(
            (label, label, label, f"{label} ", label.upper(), label.lower(), f" {plain}", f"{plain}{NBSP}")
        )


def codes(layout: Layout, indicator: Indicator) -> tuple[int, ...]:
    """The number codes of the indicator's options in this edition."""
    return layout.codes.get(indicator.id, tuple(o.code for o in indicator.options))


def heading(layout: Layout, indicator: Indicator, title: str, number: str) -> str:
    """The column heading: question number, title, the scale's codes where they are told, with the edition's odd spaces."""
    random = Random(f"ojreport heading {layout.year} {indicator.id}")  # noqa: S311 - as above
    text = f"{number}. {title}{_scale(layout, indicator)}"
    if layout.spaces in (Spaces.NBSP, Spaces.ALL):
        for first, second in _COMPOUNDS:
            text = text.replace(first + second, first + SOFT_HYPHEN + second)
    odd = {Spaces.DOUBLE: ("  ",), Spaces.NBSP: (NBSP,), Spaces.BREAKS: ("\n",), Spaces.ALL: ("  ", NBSP, "\n", f"{NBSP} ")}
    words = text.split(" ")
    spaces = [random.choice(odd[layout.spaces]) if random.random() < 0.2 else " " for _ in words]  # noqa: PLR2004 - a fifth
    return "".join(word + space for word, space in zip(words, spaces, strict=True)).rstrip(" ")


def _scale(layout: Layout, indicator: Indicator) -> str:
    """The scale in brackets, for the codes that differ from the usual ones and for scales of more than two answers."""
    told = layout.answers is Answers.CODES and (indicator.id in layout.codes or len(indicator.options) > 2)  # noqa: PLR2004
    pairs = zip(indicator.options, codes(layout, indicator), strict=True)
    return " (" + ", ".join(f"{option.label}={code}" for option, code in pairs) + ")" if told else ""


def numbers(layout: Layout, indicators: Sequence[Indicator]) -> dict[str, str]:
    """Question numbers by indicator: by dimension 1a, 1b, 2a and so on, or simply 1, 2, 3."""
    if not layout.letters:
        return {indicator.id: str(n) for n, indicator in enumerate(indicators, 1)}
    dimensions = list(dict.fromkeys(i.dimension for i in indicators))
    members = {d: [i.id for i in indicators if i.dimension == d] for d in dimensions}
    return {i: f"{n}{chr(ord('a') + at)}" for n, d in enumerate(dimensions, 1) for at, i in enumerate(members[d])}
