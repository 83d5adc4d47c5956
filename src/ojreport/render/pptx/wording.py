"""Words in a deck's XML."""

from __future__ import annotations

import re

XML = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def escaped(text: str) -> str:
    """*text* between tags; what XML can not hold is written as a spreadsheet writes it, ``_x0007_``."""
    if _UNWRITABLE.search(text):
        text = _UNWRITABLE.sub(lambda c: f"_x{ord(c[0]):04X}_", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def quoted(text: str) -> str:
    """*text* as an attribute, in its quotation marks."""
    said = escaped(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{said}"'


def element(start: str, content: str) -> str:
    """An element whose tag and attributes are *start*, closed at once where it is empty, as lxml writes it."""
    return f"<{start}>{content}</{start.partition(' ')[0]}>" if content else f"<{start}/>"
