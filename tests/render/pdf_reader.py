"""Reads a tagged PDF the way a screen reader does: the structure tree, with the text of its marked content."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass
class Node:
    """A structure element: its kids in reading order are elements and texts."""

    role: str
    alt: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list[Node | str] = field(default_factory=list)
    annotations: list[Any] = field(default_factory=list)
    ident: str = ""

    @property
    def text(self) -> str:
        """All words inside, figures left out, white space evened."""
        parts = (kid if isinstance(kid, str) else "" if kid.role == "Figure" else kid.text for kid in self.kids)
        return " ".join(" ".join(parts).split()) if self.role != "P" else " ".join("".join(parts).split())

    def all(self, *roles: str) -> Iterator[Node]:
        """Every element below with one of *roles*, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Node):
                if kid.role in roles or not roles:
                    yield kid
                yield from kid.all(*roles)


def read(data: bytes) -> Node:
    """The Document element."""
    with pikepdf.open(BytesIO(data)) as pdf:
        marked = {page.objgen: _marked_text(page) for page in pdf.pages}
        return _node(pdf.Root.StructTreeRoot.K, marked)


def _node(element: Any, marked: dict[Any, dict[int, str]]) -> Node:
    made = Node(str(element.S)[1:], str(element.get("/Alt", "")), ident=str(element.get("/ID", "")))
    if "/A" in element:
        made.attributes = dict(element.A.items())
    home = element.get("/Pg")
    for kid in element.K:
        if isinstance(kid, int):
            made.kids.append(marked[home.objgen][kid])
        elif kid.get("/Type") == "/MCR":
            made.kids.append(marked[kid.Pg.objgen][int(kid.MCID)])
        elif kid.get("/Type") == "/OBJR":
            made.annotations.append(str(kid.Obj.Contents))
        else:
            made.kids.append(_node(kid, marked))
    return made


def _marked_text(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked-content sequence of a page; what stands in a Span with ActualText reads as that."""
    maps = {name: _unicode(font) for name, font in page.Resources.Font.items()}
    found: dict[int, str] = {}
    open_marks: list[tuple[int | None, bool]] = []
    font: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in {"BDC", "BMC"}:
            entries = operands[1] if name == "BDC" else {}
            number = int(entries["/MCID"]) if "/MCID" in entries else None
            actual = "/ActualText" in entries
            open_marks.append((number, actual))
            current = _current(open_marks)
            if number is not None:
                found[number] = ""
            if actual and current is not None:
                found[current] += str(entries["/ActualText"])
        elif name == "EMC":
            open_marks.pop()
        elif name == "Tf":
            font = maps[str(operands[0])]
        elif name == "Tj":
            current = _current(open_marks)
            if current is not None and not any(actual for _, actual in open_marks):
                found[current] += "".join(font[code] for code in bytes(operands[0]))
            assert open_marks, "text outside marked content"
    return found


def _current(marks: list[tuple[int | None, bool]]) -> int | None:
    numbers = [number for number, _ in marks if number is not None]
    return numbers[-1] if numbers else None


def _unicode(font: Any) -> dict[int, str]:
    cmap = font.ToUnicode.read_bytes().decode("ascii")
    return {int(code, 16): chr(int(char, 16)) for code, char in re.findall(r"<([0-9A-F]{2})> <([0-9A-F]{4})>", cmap)}
