"""What a finished file says, statement by statement, and how it differs from what it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from ojreport.compose.document import Meta

NOTHING = ""
_SHORT = 60  # characters of a text in a message
_BEFORE = 20  # of them before the first character that differs
# Characters that look the same and are set for the sake of line breaks: soft hyphens, hyphens that do not break.
_SAME = (("\u00ad", ""), ("\u2010", "-"), ("\u2011", "-"))
# What a template, a program or a layout leaves behind when it was not filled in.
_LEFT_OVER = re.compile(
    r"\{\{|\}\}|\{%|%\}|\b(?:None|nan|NaN|[Uu]ndefined)\b|(?i:\bclick to add|\bklicka (?:här )?för att lägga till|\blorem\b)"
)
_TRACES = ("{", "}", "none", "undefined", "click to add", "klicka ", "lorem")  # one is in each of them, or _NAN
_NAN = re.compile(r"nan(?<!\wnan)\b")


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where a file of *kind* (pdf, pptx, xlsx) does not say what it must. *expected* or *found* may be empty: nothing."""

    kind: str
    where: str
    what: str
    expected: str
    found: str

    def __str__(self) -> str:
        """One clause: where, what, and both texts cut down to where they differ."""
        if not self.found:
            return f"{self.where}: {self.what} {_quoted(self.expected)} is missing"
        if not self.expected:
            return f"{self.where}: {self.what} {_quoted(self.found)} should not be there"
        same = min(len(self.expected), len(self.found))  # where one text is only the longer one
        start = next((n for n, (a, b) in enumerate(zip(self.expected, self.found, strict=False)) if a != b), same)
        return f"{self.where}: {self.what} is {_quoted(self.found, start)} and should be {_quoted(self.expected, start)}"


def _quoted(text: str, start: int = 0) -> str:
    """At most a line of *text*, around the place where it differs."""
    begin = max(0, start - _BEFORE) if len(text) > _SHORT else 0
    cut = text[begin : begin + _SHORT]
    return f"“{'…' if begin else ''}{cut}{'…' if begin + _SHORT < len(text) else ''}”"


class Statement(NamedTuple):
    """Something said: its *role* (H2, paragraph, cell), its text evened, the page, slide or cell, and what it is a part of."""

    role: str
    text: str
    place: str = ""
    within: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What is compared."""
        return self.role, self.text


@lru_cache(maxsize=2_000)  # what a file says is said in the document too, and most of it in the other formats
def even(text: str) -> str:
    """*text* with one ordinary space between words, and without soft hyphens: what else differs is a difference."""
    if not text.isascii():
        for character, ordinary in _SAME:
            text = text.replace(character, ordinary)
    return " ".join(text.split())


def compare(kind: str, expected: Sequence[Statement], found: Sequence[Statement]) -> Iterator[Difference]:
    """The differences between two sequences, in the order of the file; what is missing or added in one piece is one of them."""
    wanted, there = [s[:2] for s in expected], [s[:2] for s in found]  # what s.key is, and twice as fast
    if wanted == there:
        return
    for change, a, b, c, d in SequenceMatcher(None, wanted, there, autojunk=False).get_opcodes():
        if change == "equal":
            continue
        if b - a == d - c:
            for wish, thing in zip(expected[a:b], found[c:d], strict=True):
                yield _between(kind, (wish,), (thing,), thing.place)
        else:
            near = found[min(c, len(found) - 1)] if found else None
            yield _between(kind, expected[a:b], found[c:d], near.place if near else "file")


def _between(kind: str, expected: Sequence[Statement], found: Sequence[Statement], place: str) -> Difference:
    within = next((s.within for s in (*expected, *found) if s.within), "")
    where = ", ".join(part for part in (place, within) if part)
    roles = [" ".join(dict.fromkeys(s.role for s in side)) for side in (found, expected)]
    texts = [" ".join(s.text for s in side if s.text) for side in (found, expected)]
    if texts[0] == texts[1]:  # the same words in another part: a TH that became a TD
        return Difference(kind, where, f"what holds “{texts[0]}”" if texts[0] else "a part", roles[1], roles[0])
    return Difference(kind, where, roles[1] or roles[0], texts[1], texts[0])


def same(kind: str, where: str, what: str, expected: str, found: str) -> Iterator[Difference]:
    """A difference when two texts are not the same, white space evened."""
    if even(expected) != even(found):
        yield Difference(kind, where, what, even(expected), even(found))


def left_overs(kind: str, statements: Sequence[Statement]) -> Iterator[Difference]:
    """A difference for each statement that holds what was never filled in."""
    every = "\n".join(statement.text for statement in statements).lower()
    if not any(trace in every for trace in _TRACES) and _NAN.search(every) is None:
        return
    for statement in statements:
        found = _LEFT_OVER.search(statement.text)
        if found is not None:
            where = ", ".join(part for part in (statement.place, statement.within) if part)
            yield Difference(kind, where, f"what was not filled in in {statement.role}", NOTHING, statement.text[found.start() :])


def file_title(meta: Meta) -> str:
    """What an Office file is called in its properties: the title, with the kommun where that does not name it."""
    return meta.title if meta.area in meta.title else f"{meta.title} – {meta.area}"


def example_word(meta: Meta) -> str:
    """The word that every foot must hold on example data (Exempeldata): the first of the mark; "" when there is no mark."""
    return meta.mark.split()[0].strip(":.,") if meta.mark else ""


def names_its_subject(kind: str, where: str, text: str, meta: Meta) -> Iterator[Difference]:
    """Differences unless *text*, the file's first page, says which kommun and year it is about and that it is example data."""
    text = even(text)
    for what, needed in (("the name", meta.area), ("the code", meta.code), ("the year", str(meta.year)), ("the mark", meta.mark)):
        if even(needed) not in text:
            yield Difference(kind, where, what, even(needed), NOTHING)


def foot_is_whole(kind: str, where: str, text: str, meta: Meta) -> Iterator[Difference]:
    """Differences unless a foot says which edition it is, and on example data that it is that."""
    for what, needed in (("the edition in the foot", meta.edition), ("the mark in the foot", example_word(meta))):
        if even(needed) not in even(text):
            yield Difference(kind, where, what, even(needed), NOTHING)
