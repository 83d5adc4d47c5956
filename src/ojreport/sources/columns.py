"""From a column's cells to values: answers through the scale's own codes, shares and percentages brought to 0–100."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from ojreport.model.area import Area, Level
from ojreport.model.indicator import Scale
from ojreport.model.results import Severity
from ojreport.model.value import Missing, Number, Share, Value
from ojreport.sources.findings import listed
from ojreport.sources.look import UNCALCULATED
from ojreport.sources.symbols import (
    Codes,
    amount,
    answer,
    code,
    codes_from_key,
    codes_of,
    is_error,
    is_unclear,
    label_key,
    labels,
    missing,
    tidy,
    truth,
)
from ojreport.sources.text import shown
from ojreport.sources.workbook import Raw

_FEW = 20  # one in twenty
_ENOUGH = 3  # values between 0 and 1 before a column is taken to hold fractions


class Cell(NamedTuple):  # a tuple, since a workbook has tens of thousands of them
    """A cell of a column: the area of its row, what it holds, and its place in the sheet from zero."""

    area: Area
    raw: Raw
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Cells of one kind that are not understood; *cell* is where the first stands."""

    kind: str
    message: str
    cell: Cell
    severity: Severity = Severity.ERROR


class Form(StrEnum):
    """How shares are written in a column."""

    PERCENT = "percent"
    FRACTION = "fraction"


def form_of(numbers: Iterable[Decimal]) -> Form | None:
    """Percent as soon as one number is over 1; fractions when several lie between 0 and 1; else it can not be told."""
    given = list(numbers)
    if any(n > 1 for n in given):
        return Form.PERCENT
    return Form.FRACTION if sum(0 < n < 1 for n in given) >= _ENOUGH else None


def form_of_sheet(columns: Iterable[Sequence[Decimal]]) -> Form | None:
    """What the columns of a sheet that can be told have in common, or else what all their numbers together tell."""
    given = [list(c) for c in columns]
    told = {form for c in given if (form := form_of(c))}
    if not told:
        return form_of(n for c in given for n in c)
    return told.pop() if len(told) == 1 else None


@dataclass(frozen=True, slots=True)
class ColumnReader:
    """Reads the cells of one column of one indicator.

    *key* says what numbers stand for, as the heading has it; *legends* as the sheet has it. *parents* are the kommuner that have
    rows for their stadsdelar: their own row holds a share.
    """

    scale: Scale
    key: Mapping[int, str]
    legends: Sequence[Mapping[int, str]]
    parents: frozenset[str]

    def plain_shares(self, cells: Iterable[Cell]) -> list[Decimal]:
        """The numbers that stand where shares (or percentages) are expected, without those that have a percent sign."""
        if self.scale.is_number and self.scale.unit != "procent":
            return []
        found = [amount(c.raw) for c in cells if self.scale.is_number or not self._is_unit(c.area)]
        return [a.number for a in found if a is not None and not a.percent]

    def read(
        self, cells: Sequence[Cell], sheet: Form | None, elsewhere: Form | None = None
    ) -> tuple[list[tuple[Cell, Value]], list[Problem]]:
        """The values, and what was not understood; *sheet* is how the sheet's other columns write shares.

        Where neither the column nor its sheet tells, *elsewhere* does: how all other sheets write them. It is told.
        """
        errors = {raw for raw in {c.raw for c in cells} if is_error(raw)}
        wrong = [c for c in cells if c.raw in errors] if errors else []
        given = [c for c in cells if c.raw not in errors] if errors else cells
        numbers = self.plain_shares(given) if elsewhere and not sheet else []
        taken = [n for n in numbers if n != 0] if form_of(numbers) is None else []
        values, problems = self._read(given, elsewhere if taken else sheet)
        if taken:
            problems.append(_as_elsewhere(given, taken[0]))
        return values, problems + _errors(wrong) + _remarks(cells, self.scale)

    def _read(self, cells: Sequence[Cell], sheet: Form | None) -> tuple[list[tuple[Cell, Value]], list[Problem]]:
        if self.scale.is_number:
            return self._numbers(cells, sheet)
        units = [c for c in cells if c.area.level in (Level.KOMMUN, Level.STADSDEL)]
        totals = [c for c in cells if c.area.level in (Level.LAN, Level.RIKET)]
        values, rest, problems = self._answers(units)
        shares, more = self._shares([*rest, *totals], sheet)
        return values + shares, problems + more

    def _is_unit(self, area: Area) -> bool:
        return area.level is Level.STADSDEL or (area.level is Level.KOMMUN and area.code not in self.parents)

    # --------------------------------------------------------------------------------------------------------- answers

    def _answers(self, cells: Sequence[Cell]) -> tuple[list[tuple[Cell, Value]], list[Cell], list[Problem]]:
        """Answers; the rows of kommuner that hold a share instead; problems."""
        words = labels(self.scale)
        codes = self._codes()
        values: list[tuple[Cell, Value]] = []
        shares: list[Cell] = []
        problems: list[Problem] = []
        kinds = Counter((type(c.raw), c.raw) for c in cells if c.area.code not in self.parents)
        coded = Counter[int]()
        for (_, raw), count in kinds.items():
            if (number := code(raw)) is not None:
                coded[number] += count
        used = coded.keys()
        strange = [] if self._only_strays(coded, codes) else sorted(used - codes.keys())
        usable: Codes = {} if strange else codes
        read: dict[tuple[type, Raw], Value | None] = {}  # a column has few different cells
        for cell in cells:
            raw = cell.raw
            if cell.area.code in self.parents and missing(raw) is None and amount(raw) is not None:
                if used and code(raw) in usable:
                    problems.append(_not_understood(cell, "can be a share or the code of an answer"))
                else:
                    shares.append(cell)
                continue
            kind = (type(raw), raw)
            if kind not in read:
                read[kind] = missing(raw) or answer(raw, words, usable)
            value = read[kind]
            if value is not None:
                values.append((cell, value))
            elif not (strange and code(raw) is not None):
                problems.append(_not_understood(cell, "is no answer of the scale " + _options(self.scale)))
        if strange:
            first = next(c for c in cells if code(c.raw) == strange[0])
            text = ", ".join(map(str, strange))
            what = f"no answer has the code {text}; none of the column's codes is read (scale: {_options(self.scale)})"
            problems.append(Problem("unknown-codes", what, first))
        return values, shares, problems

    def _only_strays(self, coded: Counter[int], codes: Codes) -> bool:
        """Whether numbers that stand for no answer are slips in a column whose other codes are beyond doubt.

        The heading or the sheet says what its codes are, or all of the catalogue's own stand there; and slips are few.
        """
        strays = sum(n for c, n in coded.items() if c not in codes)
        few = coded.total() // _FEW
        if self.key or codes != codes_of(self.scale):
            return strays <= max(1, few)
        return codes.keys() <= coded.keys() and strays <= few

    def _codes(self) -> Codes:
        """What numbers stand for: by the heading's key, else by the sheet's legend for this scale, else by the catalogue."""
        if self.key:
            return codes_from_key(self.key, self.scale) or {}
        own = {label_key(o.label) for o in self.scale.options}
        fitting = [c for k in self.legends if {label_key(w) for w in k.values()} == own and (c := codes_from_key(k, self.scale))]
        if fitting:
            return fitting[0] if all(c == fitting[0] for c in fitting) else {}
        codes = codes_of(self.scale)
        words = labels(self.scale)
        said = [(words[label_key(w)], codes.get(n)) for k in self.legends for n, w in k.items() if label_key(w) in words]
        return (
            codes if all(a == b for a, b in said) else {}
        )  # a legend for another scale that gives one of our words another code

    # ---------------------------------------------------------------------------------------------- shares and numbers

    def _shares(self, cells: Sequence[Cell], sheet: Form | None) -> tuple[list[tuple[Cell, Value]], list[Problem]]:
        values: list[tuple[Cell, Value]] = []
        problems: list[Problem] = []
        own = form_of(self.plain_shares(cells))
        form = own or sheet
        for cell in cells:
            given = missing(cell.raw)
            found = amount(cell.raw)
            if given is not None:
                values.append((cell, given))
            elif found is None:
                problems.append(_not_understood(cell, "is no share"))
            elif not self.scale.has_ja:
                problems.append(_not_understood(cell, "can be no share, since the scale has no Ja"))
            elif found.percent or found.number == 0:
                _place_share(cell, found.number, values, problems)
            elif form is None or (own is None and sheet is Form.PERCENT and found.number < 1):
                problems.append(_ambiguous(cell))
            elif form is Form.PERCENT and found.number < 1:
                problems.append(_not_understood(cell, "looks like a fraction among percentages"))
            else:
                _place_share(cell, found.number * (100 if form is Form.FRACTION else 1), values, problems)
        return values, problems

    def _numbers(self, cells: Sequence[Cell], sheet: Form | None) -> tuple[list[tuple[Cell, Value]], list[Problem]]:
        values: list[tuple[Cell, Value]] = []
        problems: list[Problem] = []
        own = form_of(self.plain_shares(cells))
        doubtful = own is Form.FRACTION and sheet is Form.PERCENT
        form = None if doubtful else own or sheet
        in_percent = self.scale.unit == "procent"
        for cell in cells:
            value: Missing | None = missing(cell.raw)
            found = amount(cell.raw)
            if value is not None:
                values.append((cell, value))
            elif found is None or (found.percent and not in_percent):
                problems.append(_not_understood(cell, "is no number" + (f" of {self.scale.unit}" if self.scale.unit else "")))
            elif not in_percent or found.percent or found.number == 0 or form is Form.PERCENT:
                values.append((cell, Number(found.number)))
            elif form is None:
                problems.append(_ambiguous(cell))
            else:
                values.append((cell, Number(tidy(found.number * 100))))
        return values, problems


def _place_share(cell: Cell, percent: Decimal, values: list[tuple[Cell, Value]], problems: list[Problem]) -> None:
    if 0 <= percent <= 100:  # noqa: PLR2004 - a share is a part of a hundred
        values.append((cell, Share(tidy(percent))))
    else:
        problems.append(_not_understood(cell, "is no share between 0 and 100 percent"))


def _errors(cells: Sequence[Cell]) -> list[Problem]:
    """One problem for each kind of error in the column."""
    kinds = {c.raw: [o for o in cells if o.raw == c.raw] for c in cells}
    problems = []
    for raw, own in kinds.items():
        what = "a formula that was never calculated" if raw == UNCALCULATED else f"the error {raw}"
        where = listed([c.area.name for c in own], 5)
        fix = "open the file in Excel, mend it and save"
        problems.append(Problem("error-cell", f"{what} stands instead of a result ({where}); left out: {fix}", own[0]))
    return problems


def _remarks(cells: Sequence[Cell], scale: Scale) -> list[Problem]:
    """What was read, and should be looked at: signs for no value that do not say why, TRUE and FALSE for Ja and Nej."""
    found = []
    kinds = {c.raw for c in cells if isinstance(c.raw, str | bool)}
    if not any(is_unclear(k) or truth(k) is not None for k in kinds):
        return []
    unclear = [c for c in cells if is_unclear(c.raw)]
    if unclear:
        signs = listed(sorted({f"“{shown(c.raw)}”" for c in unclear}))
        what = f"{signs} ({len(unclear)} cells) does not say why there is no value; it is taken for bortfall"
        found.append(Problem("unclear-missing", what, unclear[0], Severity.WARNING))
    truths = [] if scale.is_number else [c for c in cells if truth(c.raw) is not None]
    if truths and len(scale.options) == 2:  # noqa: PLR2004 - Ja and Nej
        what = f"TRUE and FALSE ({len(truths)} cells) are read as Ja and Nej"
        found.append(Problem("true-false", what, truths[0], Severity.WARNING))
    return found


def _not_understood(cell: Cell, why: str) -> Problem:
    return Problem("not-understood", f"“{shown(cell.raw)}” ({cell.area.name}) {why}; the cell is left out", cell)


def _as_elsewhere(cells: Sequence[Cell], number: Decimal) -> Problem:
    cell = next(c for c in cells if (a := amount(c.raw)) and a.number == number)
    what = f"“{shown(cell.raw)}” ({cell.area.name}) is read as a fraction of 1, as in the other sheets; its own does not tell"
    return Problem("fraction-or-percent", what, cell, Severity.WARNING)


def _ambiguous(cell: Cell) -> Problem:
    why = "can be a fraction or a percentage, and neither its column nor its sheet tells which"
    return Problem("fraction-or-percent", f"“{shown(cell.raw)}” ({cell.area.name}) {why}; the cell is left out", cell)


def _options(scale: Scale) -> str:
    return " / ".join(o.label for o in scale.options)
