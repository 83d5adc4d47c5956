"""Files broken on purpose, each in one way: a gate that lets its own pass is no gate."""

from __future__ import annotations

import re
import warnings
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# ------------------------------------------------------------------------------------------------------------------ PDF


def broken_pdf(data: bytes, break_it: Callable[[pikepdf.Pdf], None]) -> bytes:
    """A copy of a PDF after *break_it*."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        break_it(pdf)
        pdf.save(out)
    return out.getvalue()


def _elements(pdf: pikepdf.Pdf, role: str) -> Iterator[Any]:
    return (o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == role and "/P" in o)


def without_alternative_text(pdf: pikepdf.Pdf) -> None:
    del next(e for e in _elements(pdf, "/Figure"))["/Alt"]


def with_a_header_cell_made_data(pdf: pikepdf.Pdf) -> None:
    cell = next(_elements(pdf, "/TH"))
    cell.S = Name("/TD")
    del cell["/A"]


def without_structure(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/StructTreeRoot"]


def with_a_font_left_out(pdf: pikepdf.Pdf) -> None:
    del next(o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/FontFile2" in o)["/FontFile2"]


def without_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


def without_the_mark_of_pdf_ua(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
        del xmp["pdfuaid:part"]


def with_a_paragraph_dropped_from_the_tree(pdf: pikepdf.Pdf) -> None:
    """Its words become an artifact, as a program does that forgets to tag them: the page looks the same."""
    element = next(e for e in _elements(pdf, "/P") if "/Pg" in e and isinstance(e.K[0], int))
    page, number = pikepdf.Page(element.Pg), int(element.K[0])
    _untag(pdf, page, number)
    parent = element.P
    parent.K = Array([kid for kid in parent.K if not _same(kid, element)])
    entries = pdf.Root.StructTreeRoot.ParentTree.Nums
    owners = entries[list(entries).index(page.obj.StructParents) + 1]
    owners[number] = pikepdf.Object.parse(b"null")


def _untag(pdf: pikepdf.Pdf, page: pikepdf.Page, number: int) -> None:
    code = list(pikepdf.parse_content_stream(page))
    for n, (operands, operator) in enumerate(code):
        if str(operator) == "BDC" and operands[1].get("/MCID") == number:
            code[n] = pikepdf.ContentStreamInstruction([Name("/Artifact")], pikepdf.Operator("BMC"))
    page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(code))


def _same(one: Any, other: Any) -> bool:
    return isinstance(one, pikepdf.Dictionary) and bool(one.objgen == other.objgen)


def with_two_paragraphs_swapped(pdf: pikepdf.Pdf) -> None:
    parent = next(e for e in _elements(pdf, "/Sect") if len(e.K) > 3)
    parent.K = Array([parent.K[0], parent.K[2], parent.K[1], *list(parent.K)[3:]])


def with_another_alternative_text(pdf: pikepdf.Pdf) -> None:
    next(_elements(pdf, "/Figure")).Alt = "Diagram"


# ----------------------------------------------------------------------------------------------------------------- deck


def broken_deck(data: bytes, part: str, old: str, new: str) -> bytes:
    """A copy of a deck with *old*, a pattern, made *new* once in each part whose name has *part* in it, in at least one."""
    changed = 0
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            blob = source.read(name)
            if part in name:
                text, n = re.subn(old, new, blob.decode("utf-8"), count=1)
                changed, blob = changed + n, text.encode("utf-8")
            target.writestr(name, blob)
    assert changed, f"{part} does not hold {old}: the deck is not broken"
    return out.getvalue()


def with_a_part_twice(data: bytes) -> bytes:
    """A copy of a deck whose zip has the first slide two times."""
    out = BytesIO(data)
    with zipfile.ZipFile(out, "a") as opened, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # zipfile warns of just this
        opened.writestr("ppt/slides/slide1.xml", opened.read("ppt/slides/slide1.xml"))
    return out.getvalue()


def without_a_part(data: bytes, part: str) -> bytes:
    """A copy of a deck without one of its parts."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name != part:
                target.writestr(name, source.read(name))
    return out.getvalue()
