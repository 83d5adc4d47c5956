"""A tagged PDF as a screen reader meets it: the structure tree, with the words of its marked content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO
from typing import Any

import pikepdf

from ojreport.proof.content import Drawing, PageWords, Reader

Place = tuple[int, int]  # an object's number and generation
_DESCRIBED = {"Figure", "Note"}  # elements that have a text alternative or a name of their own


@dataclass(slots=True)
class Node:
    """A structure element: its kids in reading order are elements and texts. ``page`` is where it begins, 0 when it is empty.

    ``addresses`` are where its links lead: a web address, or a page of this file. A figure's ``drawing`` is what it shows.
    """

    role: str
    alt: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list[Node | str] = field(default_factory=list)
    annotations: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    ident: str = ""
    page: int = 0
    drawing: Drawing = field(default_factory=Drawing)

    @property
    def text(self) -> str:
        """All words inside, figures left out, white space evened."""
        parts = (kid if isinstance(kid, str) else "" if kid.role == "Figure" else kid.text for kid in self.kids)
        return " ".join(("" if self.role == "P" else " ").join(parts).split())

    def all(self, *roles: str) -> Iterator[Node]:
        """Every element below with one of *roles*, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Node):
                if kid.role in roles or not roles:
                    yield kid
                yield from kid.all(*roles)


def read(data: bytes) -> Node:
    """The Document element of a file."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return read_tree(pdf, read_words(pdf))


def read_words(pdf: pikepdf.Pdf) -> dict[Place, PageWords]:
    """The words of each page, in their order, by the page's place in the file."""
    reader = Reader()
    return {page.obj.objgen: reader.page(page) for page in pdf.pages}


def read_tree(pdf: pikepdf.Pdf, words: Mapping[Place, PageWords]) -> Node:
    """The Document element; a node without a role when the file has no structure tree."""
    tree: Any = pdf.Root.get("/StructTreeRoot")
    top: Any = None if tree is None else tree.get("/K")
    if isinstance(top, pikepdf.Array):
        top = top[0] if len(top) == 1 else None
    if top is None:
        return Node("")
    return _Tree(words).node(top)


class _Tree:
    """Reads elements; pages are numbered in their order."""

    def __init__(self, words: Mapping[Place, PageWords]) -> None:
        self._words = {place: (n, page) for n, (place, page) in enumerate(words.items(), 1)}
        self._nowhere = (0, PageWords({}, (), ""))

    def node(self, element: Any) -> Node:  # noqa: ANN401 - pikepdf's objects are whatever the file says
        """The element and all below it."""
        get = element.get
        made = Node(str(get("/S", ""))[1:])
        if made.role in _DESCRIBED:
            made.alt, made.ident = str(get("/Alt", "")), str(get("/ID", ""))
        attributes = get("/A")
        if attributes is not None:
            made.attributes = {name: _plain(value) for name, value in attributes.items()}
        home, kids = get("/Pg"), get("/K", ())
        for kid in kids if isinstance(kids, pikepdf.Array) else (kids,):
            self._take(made, kid, home)
        made.page = made.page or next((k.page for k in made.kids if isinstance(k, Node) and k.page), 0)
        return made

    def _take(self, made: Node, kid: Any, home: Any) -> None:  # noqa: ANN401 - the same
        if isinstance(kid, int):
            self._text(made, home, kid)
            return
        kind = str(kid.get("/Type", ""))
        if kind == "/MCR":
            self._text(made, kid.get("/Pg", home), int(kid.MCID))
        elif kind == "/OBJR":
            made.annotations.append(str(kid.Obj.get("/Contents", "")))
            made.addresses.append(self._address(kid.Obj))
        else:
            made.kids.append(self.node(kid))

    def _address(self, link: Any) -> str:  # noqa: ANN401 - the same
        """Where a link leads: its address, or the page in this file ("page 3"); empty when it leads nowhere."""
        target = link.get("/Dest")
        if isinstance(target, pikepdf.Array) and len(target) and isinstance(target[0], pikepdf.Object):
            page, _ = self._words.get(target[0].objgen, self._nowhere)
            return f"page {page}" if page else ""
        return str(link.get("/A", {}).get("/URI", ""))

    def _text(self, made: Node, page: Any, number: int) -> None:  # noqa: ANN401 - the same
        at, words = self._nowhere if page is None else self._words.get(page.objgen, self._nowhere)
        made.page = made.page or at
        made.kids.append(words.marked.get(number, ""))
        made.drawing = words.drawings.get(number, made.drawing)


def _plain(value: Any) -> Any:  # noqa: ANN401 - the same
    """An attribute as a number, a tuple or a str (a name keeps its slash)."""
    if isinstance(value, pikepdf.Array):
        return tuple(_plain(v) for v in value)
    return float(value) if isinstance(value, (int, Decimal)) else str(value)
