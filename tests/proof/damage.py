"""Finished files, damaged: a zip's parts and a PDF's objects changed after the fact."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pikepdf

Words = dict[int, str]


def change_part(data: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The zip with the first part whose name matches *part* changed, and which must change."""
    out = BytesIO()
    done = False
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if not done and re.fullmatch(part, name):
                changed = change(content.decode()).encode()
                done, content = changed != content, changed
            target.writestr(name, content)
    assert done, f"nothing was changed in {part}"
    return out.getvalue()


def swap(old: str, new: str, count: int = 1) -> Callable[[str], str]:
    """A change of the first *count* places."""
    return lambda text: text.replace(old, new, count)


def changed_pdf(data: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """The PDF, changed and saved anew."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def elements(pdf: pikepdf.Pdf, *roles: str) -> Iterator[Any]:
    """The structure elements with one of *roles*, in reading order."""

    def below(element: Any) -> Iterator[Any]:
        if str(element.get("/S", ""))[1:] in roles:
            yield element
        for kid in element.get("/K", []):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from below(kid)

    yield from below(pdf.Root.StructTreeRoot.K)


def characters(font: Any) -> Words:
    """What each code of a font stands for."""
    unicode_map = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"<([0-9A-F]{2})> <([0-9A-F]{4})>", unicode_map)
    return {int(code, 16): chr(int(char, 16)) for code, char in pairs}


def rewrite(pdf: pikepdf.Pdf, page: int, change: Callable[[str], str], within: str = "") -> None:
    """Change the strings of a page's content, each as text in the font that it is set in; only those in marks *within*."""
    fonts = {name: characters(font) for name, font in pdf.pages[page].Resources.Font.items()}
    made, font, changed = [], Words(), False
    marks: list[str] = []
    for operands, operator in pikepdf.parse_content_stream(pdf.pages[page]):
        given = list(operands)
        if str(operator) == "Tf":
            font = fonts[str(given[0])]
        elif str(operator) in {"BDC", "BMC"}:
            marks.append(str(given[0])[1:])
        elif str(operator) == "EMC":
            marks.pop()
        elif str(operator) == "Tj" and (not within or within in marks):
            codes = {char: code for code, char in font.items()}
            text = "".join(font[code] for code in bytes(given[0]))
            wanted = change(text)
            if wanted != text:
                changed = True
                given = [pikepdf.String(bytes(codes[char] for char in wanted))]
        made.append((given, operator))
    assert changed, f"nothing was changed on page {page + 1}"
    pdf.pages[page].Contents = pdf.make_stream(pikepdf.unparse_content_stream(made))


# ------------------------------------------------------------------------------------------------- what is drawn, and where


def disguise(pdf: pikepdf.Pdf, page: int, old: str, new: str) -> None:
    """The first drawn text with *old* is drawn with *new*, and the file says that it reads as before."""
    code = list(pikepdf.parse_content_stream(pdf.pages[page]))
    fonts = {name: characters(font) for name, font in pdf.pages[page].Resources.Font.items()}
    font = Words()
    for n, (operands, operator) in enumerate(code):
        if str(operator) == "Tf":
            font = fonts[str(operands[0])]
        text = "".join(font[c] for c in bytes(operands[0])) if str(operator) == "Tj" else ""
        if old in text:
            codes = {char: c for c, char in font.items()}
            drawn = pikepdf.String(bytes(codes[char] for char in text.replace(old, new, 1)))
            says = pikepdf.Dictionary(ActualText=pikepdf.String(text))
            begin = ([pikepdf.Name.Span, says], pikepdf.Operator("BDC"))
            code[n : n + 1] = [begin, ([drawn], operator), ([], pikepdf.Operator("EMC"))]  # type: ignore[list-item]
            pdf.pages[page].Contents = pdf.make_stream(pikepdf.unparse_content_stream(code))
            return
    raise AssertionError(f"{old} is not on page {page + 1}")


def recode(pdf: pikepdf.Pdf, pattern: bytes, change: Callable[[re.Match[bytes]], bytes]) -> int:
    """The content of the first page with *pattern* has the first place changed; the page's number is returned."""
    for number, page in enumerate(pdf.pages, 1):
        content = page.Contents.read_bytes()
        changed = re.sub(pattern, change, content, count=1, flags=re.DOTALL)
        if changed != content:
            page.Contents = pdf.make_stream(changed)
            return number
    raise AssertionError(f"{pattern!r} is nowhere, or was not changed")


def exchange(pdf: pikepdf.Pdf, page: int, texts: tuple[int, int], *, places: bool) -> None:
    """Two texts of the page's figures, by their numbers in order, change *places*; else the words alone change places."""
    code: list[Any] = list(pikepdf.parse_content_stream(pdf.pages[page - 1]))
    found: list[dict[str, int]] = []
    marks: list[str] = []
    for n, (operands, operator) in enumerate(code):
        if str(operator) in {"BDC", "BMC"}:
            marks.append(str(operands[0])[1:])
        elif str(operator) == "EMC":
            marks.pop()
        elif str(operator) == "BT" and "Figure" in marks:
            found.append({})
        elif str(operator) in {"Tm", "Tf", "Tj"} and "Figure" in marks:
            found[-1][str(operator)] = n
    for operator in ("Tm",) if places else ("Tf", "Tj"):
        one, other = (found[text][operator] for text in texts)
        code[one], code[other] = code[other], code[one]
    pdf.pages[page - 1].Contents = pdf.make_stream(pikepdf.unparse_content_stream(code))
