"""A ReportLab canvas that builds a structure tree: everything drawn belongs to an element or is an artifact (PDF/UA-1).

The tree is made first, in reading order; drawing only adds marked content to its elements. Marked-content sequences are
flat: one ends before the next begins. Lengths are in points from the lower left corner of the page.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Any

import pikepdf
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFInfo, PDFName, PDFObject, PDFPage, PDFString
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas

from ojreport.render.pdf.fonts import STAND_INS
from ojreport.render.pdf.xmp import metadata
from ojreport.render.theme import rgb

if TYPE_CHECKING:
    from ojreport.compose.document import Meta

FULL = 100  # percent: text at its own width
HIDDEN = 3  # text rendering mode: neither filled nor stroked
LEADING = 1.2  # of the type size: what ReportLab writes with a font; no line of ours is set by it
rl_config.useA85 = 0  # streams are packed anew at the end, so that turning them into ASCII first is work for nothing

_numbers = lru_cache(maxsize=1000)(fp_str)  # sizes and colours, of which there are few


class Element:
    """A structure element. Its kids, in reading order: elements, marked content (page, number), annotations (page, reference)."""

    __slots__ = ("entries", "kids", "ref", "role")

    def __init__(self, role: str, **entries: object) -> None:
        self.role = role
        self.entries = entries
        self.kids: list[Element | tuple[Any, Any]] = []
        self.ref: Any = None

    def add(self, role: str, **entries: object) -> Element:
        """A new last kid."""
        kid = Element(role, **entries)
        self.kids.append(kid)
        return kid


class _Written(PDFObject):  # type: ignore[misc]  # reportlab has no types
    """An object as it stands in the file."""

    def __init__(self, content: str) -> None:
        self._content = content.encode("ascii")

    def format(self, _document: object) -> bytes:
        """What it was made of."""
        return self._content


def attributes(owner: str, **values: object) -> PDFObject:
    """An attribute object; a str is a name (``Scope="Row"``), a text is given as PDFString."""
    simple = tuple((name, value) for name, value in values.items() if isinstance(value, str | int))
    if len(simple) == len(values):
        return _names(owner, simple)
    return PDFDictionary({"O": PDFName(owner)} | {k: PDFName(v) if isinstance(v, str) else v for k, v in values.items()})


@lru_cache(maxsize=100)
def _names(owner: str, values: tuple[tuple[str, str | int], ...]) -> _Written:
    """An attribute object of names and numbers; tables have hundreds that are alike."""
    said = " ".join(f"/{name} {'/' if isinstance(value, str) else ''}{value}" for name, value in values)
    return _Written(f"<</O /{owner} {said}>>")


class _Node(PDFObject):  # type: ignore[misc]  # reportlab has no types
    """A structure element as an object of the file. There are a thousand, which ReportLab's own dictionaries write too slowly."""

    def __init__(self, element: Element, parent: Any) -> None:  # noqa: ANN401 - reportlab has no types
        self.element, self.parent = element, parent
        self.page: Any = None
        self.kids: list[Any] = []  # numbers of marked content, references, dictionaries

    def format(self, document: Any) -> bytes:  # noqa: ANN401 - reportlab has no types
        """The dictionary."""
        parts = [f"/Type /StructElem /S /{self.element.role} /P ".encode(), self.parent.format(document)]
        if self.page is not None:
            parts += [b" /Pg ", self.page.format(document)]
        for name, value in self.element.entries.items():
            entry: Any = PDFString(value) if isinstance(value, str) else value
            parts += [f" /{name} ".encode(), entry.format(document)]
        kids = (b"%d" % kid if isinstance(kid, int) else kid.format(document) for kid in self.kids)
        return b"<<%b /K [%b]>>" % (b"".join(parts), b" ".join(kids))


class _Info(PDFInfo):  # type: ignore[misc]  # reportlab has no types
    """Document information without dates, so that the same report gives the same bytes."""

    def format(self, document: Any) -> Any:  # noqa: ANN401 - reportlab has no types
        values = {
            "Title": self.title,
            "Author": self.author,
            "Subject": self.subject,
            "Keywords": self.keywords,
            "Creator": self.creator,
        }
        entries = {name: PDFString(value) for name, value in values.items() if value}
        return PDFDictionary(entries | {"Producer": PDFString(self.producer)}).format(document)


class _Sequence:
    """A marked-content sequence around what is drawn inside. A class, since a page has hundreds and generators are slower."""

    __slots__ = ("_begin", "_canvas")

    def __init__(self, canvas: TaggedCanvas, begin: str) -> None:
        self._canvas, self._begin = canvas, begin

    def __enter__(self) -> None:
        if self._canvas.marking:
            raise RuntimeError("marked content can not stand inside marked content")
        self._canvas.marking = True
        self._canvas.operators([self._begin])

    def __exit__(self, *_: object) -> None:
        self._canvas.operators(["EMC"])
        self._canvas.marking = False


class TaggedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """An A4 canvas for one document; ``finish`` gives the file."""

    def __init__(self, meta: Meta, font: str) -> None:
        self._file = BytesIO()
        super().__init__(
            self._file, pagesize=A4, pdfVersion=(1, 7), lang=meta.language, invariant=1, pageCompression=1, initialFontName=font
        )
        self.root = Element("Document")
        self._marks: list[Element] = []
        self._parents: dict[int, Any] = {}
        self._keys = count()
        self.marking = False  # whether a marked-content sequence is open
        self._bookmarks = count()
        info = _Info()
        info.title, info.author, info.subject, info.keywords = meta.title, meta.author, meta.subject, ", ".join(meta.keywords)
        info.creator = info.producer = "ojreport"
        self._doc.info = info
        self._doc.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        self._doc.Catalog.Metadata = metadata(meta)
        self.setViewerPreference("DisplayDocTitle", "true")
        self.showOutline()

    # ------------------------------------------------------------------------------------------------- marked content

    def content(self, element: Element) -> _Sequence:
        """What is drawn inside is content of *element*."""
        number = len(self._marks)
        element.kids.append((self._doc.thisPageRef(), number))
        self._marks.append(element)
        return _Sequence(self, f"/{element.role} <</MCID {number}>> BDC")

    def artifact(self, kind: str = "") -> _Sequence:
        """What is drawn inside is no content; *kind* is Header or Footer for what repeats on each page."""
        return _Sequence(self, f"/Artifact <</Type /Pagination /Subtype /{kind}>> BDC" if kind else "/Artifact BMC")

    def begin_actual(self, text: str) -> None:
        """What is drawn until ``end_actual`` reads as *text* (a word that is divided between lines, a sign)."""
        self._code.append(f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex().upper()}>>> BDC")

    def end_actual(self) -> None:
        """End what ``begin_actual`` began."""
        self._code.append("EMC")

    # -------------------------------------------------------------------------------------------------------- drawing

    def words(self, x: float, y: float, text: str, font: str, size: float, colour: str) -> None:
        """Text on a baseline, as ReportLab's own text object writes it, but without the measuring that nobody needs."""
        face = getFont(font)
        parts = [f"BT 1 0 0 1 {fp_str(x, y)} Tm {_numbers(*rgb(colour))} rg"]
        current = -1
        for subset, codes in face.splitString(text.translate(STAND_INS), self._doc):
            if subset != current:
                name = face.getSubsetInternalName(subset, self._doc)
                parts.append(f"{name} {_numbers(size)} Tf {_numbers(LEADING * size)} TL")
                current = subset
            parts.append(f"({self._escape(codes)}) Tj")
        self._code.append(" ".join((*parts, "ET")))

    def hidden_words(self, x: float, y: float, text: str, font: str, size: float, room: float) -> None:
        """Text that is read but not seen, no wider than *room*."""
        text = text.translate(STAND_INS)
        wide = self.stringWidth(text, font, size)
        self.saveState()
        run = self.beginText(x, y)
        run.setFont(font, size)
        run.setTextRenderMode(HIDDEN)
        run.setHorizScale(min(FULL, FULL * room / wide) if wide else FULL)
        run.textOut(text)
        self.drawText(run)
        self.restoreState()

    def operators(self, code: list[str]) -> None:
        """Content-stream operators as they are."""
        self._code.append(" ".join(code))

    def area(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        """A filled rectangle."""
        self.setFillColorRGB(*rgb(colour))
        self.rect(x, y, wide, high, stroke=0, fill=1)

    def rule(self, x: float, y: float, length: float, thickness: float, colour: str) -> None:
        """A horizontal line."""
        self.setStrokeColorRGB(*rgb(colour))
        self.setLineWidth(thickness)
        self.line(x, y, x + length, y)

    # ------------------------------------------------------------------------------------------- links and bookmarks

    def link(self, element: Element, box: tuple[float, float, float, float], address: str, text: str) -> None:
        """A link over *box* that belongs to *element* and is described by its *text*."""
        key = next(self._keys)
        self._parents[key] = element
        self.linkURL(address, box, Contents=PDFString(text), StructParent=key, F=4)
        element.kids.append((self._doc.thisPageRef(), self._annotationrefs[-1]))

    def link_to(self, element: Element, box: tuple[float, float, float, float], target: int, text: str) -> None:
        """A link over *box* to the bookmark with that place in reading order."""
        key = next(self._keys)
        self._parents[key] = element
        self._addAnnotation(
            PDFDictionary(
                {
                    "Type": PDFName("Annot"),
                    "Subtype": PDFName("Link"),
                    "Rect": PDFArray([round(edge, 2) for edge in box]),
                    "Border": PDFArray([0, 0, 0]),
                    "Dest": self._bookmarkReference(f"h{target}"),
                    "Contents": PDFString(text),
                    "StructParent": key,
                    "F": 4,
                }
            )
        )
        element.kids.append((self._doc.thisPageRef(), self._annotationrefs[-1]))

    def bookmark(self, title: str, level: int, top: float) -> None:
        """A bookmark of level 0, 1, … to *top* of this page."""
        name = f"h{next(self._bookmarks)}"
        self.bookmarkHorizontalAbsolute(name, top)
        self.addOutlineEntry(title, name, level)

    # ------------------------------------------------------------------------------------------------ pages and file

    def _setAnnotations(self, page: Any) -> None:  # noqa: N802, ANN401 - reportlab's name, called as each page ends
        super()._setAnnotations(page)
        if isinstance(page, PDFPage):
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.Tabs, page.StructParents = PDFName("S"), next(self._keys)
            self._parents[page.StructParents], self._marks = self._marks, []

    def finish(self) -> bytes:
        """The file, once every page has been shown."""
        tree = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        tree["K"] = self._build(self.root, self._doc.Reference(tree))
        numbers: list[object] = []
        for key, owner in sorted(self._parents.items()):
            numbers += [key, PDFArray([e.ref for e in owner]) if isinstance(owner, list) else owner.ref]
        tree["ParentTree"] = self._doc.Reference(PDFDictionary({"Nums": PDFArray(numbers)}))
        tree["ParentTreeNextKey"] = next(self._keys)
        self._doc.Catalog.StructTreeRoot = tree
        self._doc.SaveToFile(self._file, self)
        return _packed(self._file)

    def _build(self, element: Element, parent: Any) -> Any:  # noqa: ANN401 - reportlab has no types
        node = _Node(element, parent)
        element.ref = self._doc.Reference(node)
        kids = node.kids
        home = None
        for kid in element.kids:
            if isinstance(kid, Element):
                kids.append(self._build(kid, element.ref))
                continue
            page, item = kid
            if home is None:
                home = node.page = page
            elsewhere = {} if page.name == home.name else {"Pg": page}
            if not isinstance(item, int):
                kids.append(PDFDictionary({"Type": PDFName("OBJR"), "Obj": item} | elsewhere))
            elif elsewhere:
                kids.append(PDFDictionary({"Type": PDFName("MCR"), "MCID": item} | elsewhere))
            else:
                kids.append(item)
        return element.ref


def _packed(file: BytesIO) -> bytes:
    """The file with its small objects in compressed streams: a structure tree has thousands, half the bytes."""
    out = BytesIO()
    with pikepdf.open(file) as pdf:
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()
