"""What is drawn where the file says what is to be read instead (ActualText): a word that is divided between lines, or a sign.

Programs and screen readers take the words, people see what is drawn. Both must be the same but for what a renderer may do to a
word: a hyphen where a line ends inside it, and ● ◐ ○ drawn as shapes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

SOFT_HYPHEN = "\u00ad"
UNREAD = "•"  # the letter that stands, unseen, for a sign that is drawn
_SAME = str.maketrans("\u2010\u2011", "--")
_PAINT = re.compile(rb"(?<=\s)([BbFfSs])\*?(?=\s|$)")
_MOVED = re.compile(rb"\s*q 1 0 0 1 [-.\d]+ [-.\d]+ cm(?=\s)")
_CURVE = re.compile(rb"\d\s+c\s")
_SIGNS = {b"B": "●", b"Sf": "◐", b"S": "○"}  # how each is painted: a disc, a ring and a half of it, a ring
OTHER_SIGN = "\ufffd"


def misread(drawn: Sequence[str], code: bytes, actual: str) -> str | None:
    """What is *drawn*, one text after the other, if that can not be read as *actual*; None when all is well."""
    shape = drawn_sign(code)
    if actual in _SIGNS.values() or shape:
        right = shape == actual and "".join(drawn).strip() == UNREAD
        return None if right else f"{shape}{''.join(drawn).replace(UNREAD, '', 1)}".strip() or UNREAD
    left = _letters(actual)
    parts = [part for text in drawn if (part := _letters(text))]
    for n, part in enumerate(parts, 1):
        added = n < len(parts) and part[-1] in {"-", SOFT_HYPHEN} and not left.startswith(part)
        letters = part[:-1] if added else part
        if not left.startswith(letters):
            return "".join(parts)
        left = left[len(letters) :]
    return "".join(parts) if left else None


def _letters(text: str) -> str:
    """*text* without white space, hyphens that look the same made the same."""
    return "".join(text.translate(_SAME).split())


def drawn_sign(code: bytes) -> str:
    """The sign that operators draw before any text, known by how its curves are painted; "" when they draw no curve."""
    shapes = code.partition(b"BT")[0]
    if b"c" not in shapes:  # a rule or a ground: there are many, and each in a place of its own
        return ""
    moved = _MOVED.match(shapes)
    return _sign(shapes[moved.end() :] if moved else shapes)


@lru_cache(maxsize=64)  # signs of one size differ by their places alone
def _sign(shapes: bytes) -> str:
    if _CURVE.search(shapes) is None:
        return ""
    return _SIGNS.get(b"".join(_PAINT.findall(shapes)), OTHER_SIGN)
