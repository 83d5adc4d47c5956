"""The structure tree: what a page's content is, in reading order (ISO 32000-1, 14.7), and its objects in the file."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportlab.pdfbase.pdfdoc import DummyDoc, PDFName, PDFString

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PLAIN = DummyDoc()  # a document without encryption, which is all that reportlab's objects ask about


class Content(NamedTuple):
    """Marked content: its page, from 1, and its number there."""

    page: int
    number: int


class Annotation(NamedTuple):
    """An annotation: its page, from 1, and the number of its object."""

    page: int
    object: int


class Element:
    """A structure element with its kids in reading order. An entry is a text, or bytes as they stand in the file."""

    __slots__ = ("entries", "kids", "number", "role")

    def __init__(self, role: str, **entries: str | bytes) -> None:
        self.role = role
        self.entries = entries
        self.kids: list[Element | Content | Annotation] = []
        self.number = 0  # of its object, once it is written

    def add(self, role: str, **entries: str | bytes) -> Element:
        """A new last kid."""
        kid = Element(role, **entries)
        self.kids.append(kid)
        return kid


def string(text: str) -> bytes:
    """*text* as a string object."""
    said: bytes = PDFString(text).format(_PLAIN)
    return said


@lru_cache(maxsize=64)  # few are unlike, but for the summaries of tables, which do not come again
def attributes(owner: str, **values: str | float | bytes | tuple[float, ...]) -> bytes:
    """An attribute object; a str is a name (``Scope="Row"``), a tuple an array, bytes are as they stand in the file."""
    entries = (b" /%b %b" % (name.encode("ascii"), _value(value)) for name, value in values.items())
    return b"<</O /%b%b>>" % (owner.encode("ascii"), b"".join(entries))


def _value(value: str | float | bytes | tuple[float, ...]) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, tuple):
        return b"[%b]" % b" ".join(map(_value, value))
    return (PDFName(value) if isinstance(value, str) else f"{value:g}").encode("ascii")


class Tree:
    """The objects of a tree: its root has the number *home*, its elements have *first* and those after it.

    *pages* are the pages' objects, the first page's first.
    """

    def __init__(self, root: Element, home: int, first: int, pages: Sequence[int]) -> None:
        self._root, self._home, self._first, self._pages = root, home, first, pages
        self._named: dict[bytes, int] = {}
        self.elements: list[bytes] = []
        self._write(root, home)

    def _write(self, element: Element, parent: int) -> None:
        """Write *element* and all under it, each before its kids."""
        place = len(self.elements)
        number = element.number = self._first + place
        self.elements.append(b"")
        kids: list[bytes] = []
        home = 0
        for kid in element.kids:
            if isinstance(kid, Element):
                self._write(kid, number)
                kids.append(b"%d 0 R" % kid.number)
                continue
            home = home or kid.page
            page = b"" if kid.page == home else b"/Pg %d 0 R" % self._pages[kid.page - 1]
            if isinstance(kid, Annotation):
                kids.append(b"<</Type/OBJR/Obj %d 0 R%b>>" % (kid.object, page))
            else:
                kids.append(b"<</Type/MCR/MCID %d%b>>" % (kid.number, page) if page else b"%d" % kid.number)
        parts = [b"<</Type/StructElem/S/%b/P %d 0 R" % (element.role.encode("ascii"), parent)]
        if home:
            parts.append(b"/Pg %d 0 R" % self._pages[home - 1])
        for name, value in element.entries.items():
            said = string(value) if isinstance(value, str) else value
            parts.append(b"/%b %b" % (name.encode("ascii"), said))
            if name == "ID":
                self._named[said] = number
        parts.append(b"/K[%b]>>" % b" ".join(kids))
        self.elements[place] = b"".join(parts)

    def root(self, owners: Mapping[int, Element | Sequence[Element]]) -> bytes:
        """The object *home*, with the parent tree: which elements own an annotation or the marked content of a page, by key."""
        numbers = (b"%d %b" % (key, _owned(owner)) for key, owner in sorted(owners.items()))
        names = (b"%b %d 0 R" % named for named in sorted(self._named.items()))
        return b"<</Type/StructTreeRoot/K %d 0 R/ParentTree<</Nums[%b]>>/ParentTreeNextKey %d/IDTree<</Names[%b]>>>>" % (
            self._root.number,
            b" ".join(numbers),
            max(owners, default=-1) + 1,
            b" ".join(names),
        )


def _owned(owner: Element | Sequence[Element]) -> bytes:
    if isinstance(owner, Element):
        return b"%d 0 R" % owner.number
    return b"[%b]" % b" ".join(b"%d 0 R" % element.number for element in owner)
