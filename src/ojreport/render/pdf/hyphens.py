"""Where a Swedish word may be divided: Liang's algorithm with the patterns that pyphen brings.

A pattern is letters with numbers between them (``.ab1ol``). Pyphen parses all 15,000 before it divides a first word, which
takes as long as a whole warm PDF. Here a pattern is parsed when a word has its letters.
"""

from __future__ import annotations

from functools import lru_cache

import pyphen

BEFORE, AFTER = 3, 4  # letters at least before and after a hyphen


@lru_cache(maxsize=1)
def _patterns() -> tuple[dict[str, str], int]:
    """Swedish patterns by their letters, and how many letters the longest has."""
    file: bytes = pyphen.LANGUAGES["sv"].read_bytes()
    encoding = file.split(b"\n", 1)[0].decode("ascii")
    letters, lines = (text.decode(encoding).split("\n") for text in (file.translate(None, b"0123456789"), file))
    patterns = dict(zip(letters, lines, strict=True))
    del patterns[""]  # what the last line ends with
    return patterns, max(map(len, patterns))


def positions(word: str) -> tuple[int, ...]:
    """Offsets where *word*, which is of letters alone, may be divided with a hyphen."""
    patterns, longest = _patterns()
    dotted = f".{word.lower()}."
    levels = [0] * (len(dotted) + 1)  # before each character, the highest number of a pattern; an odd one allows a hyphen
    for start in range(len(dotted)):
        for end in range(start + 1, min(start + longest, len(dotted)) + 1):
            place = start
            for character in patterns.get(dotted[start:end], ""):
                if character.isdecimal():
                    levels[place] = max(levels[place], int(character))
                else:
                    place += 1
    return tuple(at for at in range(BEFORE, len(word) - AFTER + 1) if levels[at + 1] % 2)
