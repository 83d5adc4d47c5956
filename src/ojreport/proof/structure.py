"""A tagged PDF as a screen reader meets it: the structure tree, with the words of its marked content."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf

from ojreport.proof.content import Drawing, PageWords, Reader

Place = str  # an object's number and generation, as the file refers to it: "12 0 R"
_DESCRIBED = {"Figure", "Note"}  # elements that have a text alternative or a name of their own
_NO_DRAWING = Drawing()


@dataclass(slots=True, eq=False)
class Node:
    """A structure element: its kids in reading order are elements and texts. ``page`` is where it begins, 0 when it is empty.

    ``addresses`` are where its links lead: a web address, or a page of this file. A figure's ``drawing`` is what it shows.
    """

    role: str
    alt: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list[Node | str] = field(default_factory=list)
    annotations: Sequence[str] = ()
    addresses: Sequence[str] = ()
    ident: str = ""
    page: int = 0
    drawing: Drawing = _NO_DRAWING

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
    return {_place(page.obj): reader.page(page) for page in pdf.pages}


def read_tree(pdf: pikepdf.Pdf, words: Mapping[Place, PageWords]) -> Node:
    """The Document element; a node without a role when the file has no structure tree."""
    return _Tree(_objects(pdf), words).top(_place(pdf.Root))


def _place(thing: pikepdf.Object) -> Place:
    number, generation = thing.objgen
    return f"{number} {generation} R"


def _objects(pdf: pikepdf.Pdf) -> dict[Place, Any]:
    """Every object of the file as plain values, at once: a thousand elements are too many to be asked for each entry.

    They are as in QPDF's JSON: a name has its slash, a text begins with "u:" and bytes with "b:", references are places.
    """
    every: Any = pdf.objects
    listed = list(every)
    values = json.loads(b"[%b]" % b",".join([thing.to_json(dereference=True) for thing in listed]))
    return dict(zip(map(_place, listed), values, strict=True))


class _Tree:
    """Reads elements; pages are numbered in their order."""

    def __init__(self, objects: Mapping[Place, Any], words: Mapping[Place, PageWords]) -> None:
        self._objects = objects
        self._words = {place: (n, page) for n, (place, page) in enumerate(words.items(), 1)}
        self._nowhere = (0, PageWords({}, (), ""))

    def top(self, root: Place) -> Node:
        """The element that holds all others, when there is one."""
        top = self._of(self._of(self._objects[root].get("/StructTreeRoot"), {}).get("/K"))
        if isinstance(top, list):
            top = self._of(top[0]) if len(top) == 1 else None
        return self.node(top) if isinstance(top, dict) else Node("")

    def _of(self, value: Any, missing: Any = None) -> Any:  # noqa: ANN401 - objects are whatever the file says
        """What *value* is, or refers to."""
        found = self._objects.get(value, value) if isinstance(value, str) else value
        return missing if found is None else found

    def node(self, element: dict[str, Any]) -> Node:
        """The element and all below it."""
        get = element.get
        made = Node(str(get("/S", ""))[1:])
        if made.role in _DESCRIBED:
            made.alt, made.ident = _text(self._of(get("/Alt", ""))), _text(self._of(get("/ID", "")))
        if "/A" in element:
            attributes = self._of(element["/A"])
            owners = attributes if isinstance(attributes, list) else (attributes,)
            entries = (entry for owner in owners for entry in self._of(owner, {}).items())
            made.attributes = {name: self._plain(value) for name, value in entries}
        home, kids = get("/Pg"), self._of(get("/K"), ())
        for kid in kids if isinstance(kids, list) else (kids,):
            if isinstance(kid, int):
                self._take(made, home, kid)
            elif isinstance(kid := self._of(kid), dict):
                self._below(made, kid, home)
        made.page = made.page or next((k.page for k in made.kids if isinstance(k, Node) and k.page), 0)
        return made

    def _below(self, made: Node, kid: dict[str, Any], home: Place | None) -> None:
        kind = kid.get("/Type")
        if kind == "/MCR":
            self._take(made, kid.get("/Pg", home), int(kid["/MCID"]))
        elif kind == "/OBJR":
            link = self._of(kid.get("/Obj"), {})
            made.annotations = [*made.annotations, _text(self._of(link.get("/Contents", "")))]
            made.addresses = [*made.addresses, self._address(link)]
        else:
            made.kids.append(self.node(kid))

    def _address(self, link: dict[str, Any]) -> str:
        """Where a link leads: its address, or the page in this file ("page 3"); empty when it leads nowhere."""
        target = self._of(link.get("/Dest"))
        if isinstance(target, list) and target and target[0] in self._objects:
            page, _ = self._words.get(target[0], self._nowhere)
            return f"page {page}" if page else ""
        return _text(self._of(self._of(link.get("/A"), {}).get("/URI", "")))

    def _take(self, made: Node, page: Place | None, number: int) -> None:
        """The words of a piece of marked content."""
        at, words = self._nowhere if page is None else self._words.get(page, self._nowhere)
        made.page = made.page or at
        made.kids.append(words.marked.get(number, ""))
        if number in words.drawings:
            made.drawing = words.drawings[number]

    def _plain(self, value: Any) -> Any:  # noqa: ANN401 - the same
        """An attribute as a number, a tuple or a str (a name keeps its slash)."""
        if isinstance(value, str) and value[:1] == "/":
            return value
        value = self._of(value, "")
        if isinstance(value, list):
            return tuple(self._plain(v) for v in value)
        return float(value) if isinstance(value, (int, float)) else _text(value)


def _text(value: Any) -> str:  # noqa: ANN401 - the same
    """A text or a name; bytes that are no text are taken letter by letter."""
    said = str(value)
    return said[2:] if said[:2] == "u:" else bytes.fromhex(said[2:]).decode("latin-1") if said[:2] == "b:" else said
