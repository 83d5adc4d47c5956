"""Indicators: the question, its scale, its direction, and how its result is worded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ojreport.model.value import Answer, Sign


class Direction(StrEnum):
    """Which way is better; a bakgrundsmått has none and is never called good or bad."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"


class Part(StrEnum):
    """The part of the survey that the question stands in: bortfall differs between them."""

    GENERELL = "generell"
    MISSBRUK = "missbruk"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a scale: the number that stands for it in this indicator, its words, and how it counts.

    ``sign`` is absent on a scale that has no Ja (time to a first visit).
    """

    code: int
    label: str
    sign: Sign | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """The answers that can be given, best first; empty for an indicator that is a number in *unit*."""

    name: str
    options: tuple[Option, ...] = ()
    unit: str = ""

    @property
    def is_number(self) -> bool:
        """Whether the indicator is a number and not an answer."""
        return not self.options

    @property
    def has_ja(self) -> bool:
        """Whether a share of Ja can be counted."""
        return Sign.JA in [o.sign for o in self.options]

    def option(self, answer: Answer) -> Option:
        """The option that *answer* is."""
        return self.options[answer.option]


@dataclass(frozen=True, slots=True)
class Sentences:
    """Swedish predicates, each without its subject and without the full stop.

    ``all`` follows "63 procent av kommunerna och stadsdelarna"; ``ja``, ``delvis`` and ``nej`` follow a kommun's name. ``number``
    follows "I Kalmar" or "I riket" and holds ``{tal}`` where the number stands. ``options`` has a predicate for an option (by its
    code) that needs one of its own: "Nej, men fattat beslut", each of the options of a scale without Ja.
    """

    all: str = ""
    ja: str = ""
    delvis: str = ""
    nej: str = ""
    number: str = ""
    options: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator of the catalogue, or one that only a workbook knows (``known`` is False: no direction, no wording)."""

    id: str
    title: str
    short: str
    scale: Scale
    direction: Direction
    dimension: str
    part: Part
    years: tuple[int, ...]
    question: str = ""
    explanation: str = ""
    recommended: bool = False
    highlighted: tuple[int, ...] = ()
    sentences: Sentences = Sentences()
    activities: tuple[str, ...] = ()
    goal: str = ""
    aliases: tuple[str, ...] = ()
    known: bool = True

    def __hash__(self) -> int:
        return hash(self.id)  # the words are many, and are hashed at each look into a cache

    @property
    def judged(self) -> bool:
        """Whether a result can be called a strength or an improvement area."""
        return self.direction is not Direction.NONE


@dataclass(frozen=True, slots=True)
class Break:
    """A point in time that no change may be computed, drawn or worded across.

    It lies between *before* and *after* (two editions' years). ``indicator`` is an id, or ``*`` for all.
    ``note_only``: the publisher prints one series across it; the text is shown, the series is not cut. ``explains``: the
    publisher says that it is what explains the difference between the two sides.
    """

    indicator: str
    before: int
    after: int
    reason: str
    short: str
    note_only: bool = False
    explains: bool = False

    def cuts(self, indicator: str, first: int, last: int) -> bool:
        """Whether it lies between the editions *first* and *last* of *indicator*."""
        return not self.note_only and self.lies_between(indicator, first, last)

    def lies_between(self, indicator: str, first: int, last: int) -> bool:
        """Whether *first* is before and *last* after it, cut or note."""
        return self.indicator in (indicator, "*") and first <= self.before and last >= self.after
