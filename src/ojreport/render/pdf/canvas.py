"""A ReportLab canvas that builds a structure tree: everything drawn belongs to an element or is an artifact (PDF/UA-1).

The tree is made first, in reading order; drawing only adds marked content to its elements. Marked-content sequences are
flat: one ends before the next begins. Lengths are in points from the lower left corner of the page.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING, Any

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.rl_accel import escapePDF, fp_str
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFInfo,
    PDFName,
    PDFObject,
    PDFObjectReference,
    PDFPage,
    PDFStream,
    PDFString,
)
from reportlab.pdfbase.pdfdoc import format as formatted
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas

from ojreport.render.pdf.fonts import STAND_INS, width
from ojreport.render.pdf.objects import packed, pdf_file
from ojreport.render.pdf.tree import Annotation, Content, Element, Tree
from ojreport.render.pdf.xmp import metadata
from ojreport.render.theme import rgb

if TYPE_CHECKING:
    from ojreport.compose.document import Meta

FULL = 100  # percent: text at its own width
HIDDEN = 3  # text rendering mode: neither filled nor stroked
rl_config.useA85 = 0  # a stream is bytes: as ASCII it would be a quarter larger
rl_config.pdfComments = rl_config.pdfMultiLine = 0  # nobody reads what is packed

_numbers = lru_cache(maxsize=1000)(fp_str)  # sizes and colours, of which there are few


@lru_cache(maxsize=100)
def _paint(colour: str) -> str:
    """Red, green and blue as operands."""
    return str(fp_str(*rgb(colour)))


class _Written(PDFObject):  # type: ignore[misc]  # reportlab has no types
    """An object that is written by us: ReportLab only gives it a number."""

    def format(self, _document: object) -> bytes:
        """What stands in its place until then."""
        return b"null"


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


class _Packed:
    """FlateDecode at our level, as a filter for ReportLab's streams."""

    pdfname = "FlateDecode"

    @staticmethod
    def encode(content: str | bytes) -> bytes:
        """The content as it stands in the file."""
        return packed(content.encode("ascii") if isinstance(content, str) else content)


class _Glyphs(dict[int, str]):
    """What stands in a content stream for a character of a font, for ``str.translate``. Codes are given as characters come."""

    def __init__(self, font: str, doc: Any) -> None:  # noqa: ANN401 - reportlab has no types
        super().__init__()
        self.face, self._doc = getFont(font), doc
        self.several = False  # whether the document has more characters of the font than one subset holds
        self.name = ""  # of the font on a page

    def __missing__(self, code: int) -> str:
        ((subset, codes),) = self.face.splitString(chr(code).translate(STAND_INS), self._doc)
        self.several = self.several or subset > 0
        if not self.name:
            self.name = self.face.getSubsetInternalName(0, self._doc)
        self[code] = escapePDF(codes)
        return self[code]


class _Sequence:
    """A marked-content sequence around what is drawn inside. A class, since a page has hundreds and generators are slower."""

    __slots__ = ("_begin", "_canvas")

    def __init__(self, canvas: TaggedCanvas, begin: str) -> None:
        self._canvas, self._begin = canvas, begin

    def __enter__(self) -> None:
        if self._canvas.marking:
            raise RuntimeError("marked content can not stand inside marked content")
        self._canvas.marking = True
        self._canvas._code.append(self._begin)  # noqa: SLF001 - the two are one, and this is done a thousand times

    def __exit__(self, *_: object) -> None:
        self._canvas._code.append("EMC")  # noqa: SLF001 - the same
        self._canvas.marking = False


class TaggedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """An A4 canvas for one document; ``finish`` gives the file."""

    def __init__(self, meta: Meta, font: str) -> None:
        super().__init__(
            BytesIO(), pagesize=A4, pdfVersion=(1, 7), lang=meta.language, invariant=1, pageCompression=1, initialFontName=font
        )
        self.root = Element("Document")
        self._marks: list[Element] = []
        self._glyphs: dict[str, _Glyphs] = {}
        self._parents: dict[int, Element | list[Element]] = {}
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
        element.kids.append(Content(self._doc.pageCounter, number))
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
        """Text on a baseline, as ReportLab's own text object sets it, but without the measuring that nobody needs."""
        shown = self._shown(text, font, size)
        self._code.append(f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {_paint(colour)} rg {shown} ET")

    def hidden_words(self, x: float, y: float, text: str, font: str, size: float, room: float) -> None:
        """Text that is read but not seen, no wider than *room*."""
        wide = width(text, font, size)
        scale = min(FULL, FULL * room / wide) if wide else FULL
        shown = self._shown(text, font, size)
        self._code.append(f"q BT 1 0 0 1 {x:.2f} {y:.2f} Tm {HIDDEN} Tr {scale:.2f} Tz {shown} ET Q")

    def _shown(self, text: str, font: str, size: float) -> str:
        """The operators that show *text*, or what looks the same."""
        glyphs = self._glyphs.get(font) or self._glyphs.setdefault(font, _Glyphs(font, self._doc))
        said = text.translate(glyphs)
        if not glyphs.several:
            return f"{glyphs.name} {_numbers(size)} Tf ({said}) Tj"
        named, runs = glyphs.face.getSubsetInternalName, glyphs.face.splitString(text.translate(STAND_INS), self._doc)
        return " ".join(f"{named(subset, self._doc)} {_numbers(size)} Tf ({self._escape(codes)}) Tj" for subset, codes in runs)

    def operators(self, code: list[str]) -> None:
        """Content-stream operators as they are."""
        self._code.append(" ".join(code))

    def area(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        """A filled rectangle."""
        self._code.append(f"{_paint(colour)} rg {x:.2f} {y:.2f} {wide:.2f} {high:.2f} re f")

    def rule(self, x: float, y: float, length: float, thickness: float, colour: str) -> None:
        """A horizontal line."""
        self._code.append(f"{_paint(colour)} RG {_numbers(thickness)} w {x:.2f} {y:.2f} m {x + length:.2f} {y:.2f} l S")

    # ------------------------------------------------------------------------------------------- links and bookmarks

    def link(self, element: Element, box: tuple[float, float, float, float], address: str, text: str) -> None:
        """A link over *box* that belongs to *element* and is described by its *text*."""
        key = next(self._keys)
        self._parents[key] = element
        self.linkURL(address, box, Contents=PDFString(text), StructParent=key, F=4)
        element.kids.append(Annotation(self._doc.pageCounter, self._number(self._annotationrefs[-1])))

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
        element.kids.append(Annotation(self._doc.pageCounter, self._number(self._annotationrefs[-1])))

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
        doc, place = self._doc, _Written()
        doc.Catalog.StructTreeRoot = place
        for font in doc.delayedFonts:
            font.addObjects(doc)
        home, root, info = (self._number(doc.Reference(thing)) for thing in (place, doc.Catalog, doc.info))
        doc.Outlines.prepare(doc, self)
        if doc.Outlines.ready < 0:
            doc.Catalog.Outlines = None
        bodies: list[bytes] = []
        while (name := doc.numberToId.get(len(bodies) + 1)) is not None:  # an object can bring others while it is formatted
            thing = doc.idToObject[name]
            if isinstance(thing, PDFStream) and thing.filters:
                thing.filters = [_Packed]
            bodies.append(formatted(thing, doc, toplevel=1))
        pages = [self._number(PDFObjectReference(f"Page{n}")) for n in range(1, doc.pageCounter)]
        tree = Tree(self.root, home, len(bodies) + 1, pages)
        bodies[home - 1] = tree.root(self._parents)
        return pdf_file([*bodies, *tree.elements], root, info)

    def _number(self, reference: PDFObjectReference) -> int:
        """The number of an object."""
        number: int = self._doc.idToObjectNumberAndVersion[reference.name][0]
        return number
