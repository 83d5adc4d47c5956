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


def changed_pdf(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
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
