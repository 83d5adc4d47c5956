"""The same sheets written as .xlsx, .xlsb, .xls and .ods, by hand: fast, and faulty where a test wants it.

Only what a reader must have is written. LibreOffice opens the four, and shows in each what stands in the others.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ojreport.sources.look import ERRORS, letters, number


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell with a formula, and its value as it was last calculated: a text, a number, an Error, or none."""

    value: Any = None


@dataclass(frozen=True, slots=True)
class Error:
    """A cell with an error such as ``#N/A``."""

    text: str


@dataclass(frozen=True, slots=True)
class Made:
    """A sheet to write: None is an empty cell; rows and columns that are hidden count from zero."""

    rows: Sequence[Sequence[Any]]
    merged: Sequence[str] = ()
    hidden: bool = False
    rows_hidden: Sequence[int] = field(default=())
    columns_hidden: Sequence[int] = field(default=())


Sheets = Mapping[str, Made]
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_ROOT = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="%s"/></Relationships>'
)


def place(reference: str) -> tuple[int, int]:
    """Row and column of ``C5``, from zero."""
    text = reference.rstrip("0123456789")
    return int(reference[len(text) :]) - 1, number(text)


def corners(merged: str) -> tuple[int, int, int, int]:
    """First row and column, last row and column of ``C3:E4``."""
    first, last = map(place, merged.split(":"))
    return *first, *last


def packed(parts: Mapping[str, str | bytes], *, level: int = 1) -> bytes:
    """A zip archive."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return into.getvalue()


# ----------------------------------------------------------------------------------------------------------------- xlsx


def xlsx(sheets: Sheets) -> bytes:
    """An .xlsx file."""
    return packed(xlsx_parts(sheets))


def xlsx_parts(sheets: Sheets) -> dict[str, str | bytes]:
    """The parts of an .xlsx file."""
    numbered = list(enumerate(sheets.items(), 1))
    names = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{i}"{" state=" + quoteattr("hidden") if s.hidden else ""} r:id="r{i}"/>'
        for i, (name, s) in numbered
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    types = "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{kind}.worksheet+xml"/>' for i, _ in numbered)
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>{types}</Types>',
        "_rels/.rels": _ROOT % "xl/workbook.xml",
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations([f"worksheets/sheet{i}.xml" for i, _ in numbered]),
        **{f"xl/worksheets/sheet{i}.xml": _xlsx_sheet(s) for i, (_, s) in numbered},
    }


def _relations(targets: Sequence[str]) -> str:
    own = "".join(
        f'<Relationship Id="r{i}" Type="{_RELATIONS}/worksheet" Target="{target}"/>' for i, target in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{own}</Relationships>'


def _xlsx_sheet(sheet: Made) -> str:
    columns = "".join(f'<col min="{c + 1}" max="{c + 1}" width="9" hidden="1"/>' for c in sheet.columns_hidden)
    rows = []
    for r, row in enumerate(sheet.rows, 1):
        cells = "".join(_xlsx_cell(f"{letters(c)}{r}", value) for c, value in enumerate(row) if value is not None)
        rows.append(f'<row r="{r}"{" hidden=" + quoteattr("1") if r - 1 in sheet.rows_hidden else ""}>{cells}</row>')
    merged = "".join(f'<mergeCell ref="{m}"/>' for m in sheet.merged)
    return (
        f'<worksheet xmlns="{_MAIN}">{f"<cols>{columns}</cols>" if columns else ""}<sheetData>{"".join(rows)}</sheetData>'
        f"{f'<mergeCells>{merged}</mergeCells>' if merged else ''}</worksheet>"
    )


def _xlsx_cell(at: str, value: Any) -> str:
    formula, value = ("<f>1+1</f>", value.value) if isinstance(value, Formula) else ("", value)
    match value:
        case None:
            return f'<c r="{at}">{formula}</c>'
        case bool():
            return f'<c r="{at}" t="b">{formula}<v>{int(value)}</v></c>'
        case str() if formula:
            return f'<c r="{at}" t="str">{formula}<v>{escape(value)}</v></c>'
        case str():
            return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
        case Error(text):
            return f'<c r="{at}" t="e">{formula}<v>{text}</v></c>'
    return f'<c r="{at}">{formula}<v>{value!r}</v></c>'


# ------------------------------------------------------------------------------------------------------------------ ods


def ods(sheets: Sheets) -> bytes:
    """An .ods file; rows and cells that are alike are written once, as programs do."""
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
            "content.xml": ods_content("".join(_ods_table(name, s) for name, s in sheets.items())),
        }
    )


def ods_content(tables: str) -> str:
    """``content.xml`` around *tables*. A hidden sheet has the style ``dold``."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    return (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0" xmlns:style="{space}:style:1.0" office:version="1.3" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"><office:automatic-styles>'
        '<style:style style:name="dold" style:family="table"><style:table-properties table:display="false"/></style:style>'
        f"</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def _ods_table(name: str, sheet: Made) -> str:
    width = max((len(row) for row in sheet.rows), default=0)
    spans = {(r1, c1): (r2 - r1 + 1, c2 - c1 + 1) for r1, c1, r2, c2 in map(corners, sheet.merged)}
    covered = {
        (r, c) for r1, c1, r2, c2 in map(corners, sheet.merged) for r in range(r1, r2 + 1) for c in range(c1, c2 + 1)
    } - spans.keys()
    columns = "".join(f"<table:table-column{_collapsed(c in sheet.columns_hidden)}/>" for c in range(width))
    rows, blank = [], 0
    for r, row in enumerate(sheet.rows):
        if all(v is None for v in row) and r not in sheet.rows_hidden and not any(at[0] == r for at in covered):
            blank += 1
            continue
        rows += [f'<table:table-row table:number-rows-repeated="{blank}"><table:table-cell/></table:table-row>'] * bool(blank)
        blank = 0
        cells = "".join(_ods_cell(v, spans.get((r, c)), (r, c) in covered) for c, v in enumerate(row))
        rows.append(f"<table:table-row{_collapsed(r in sheet.rows_hidden)}>{cells}<table:table-cell/></table:table-row>")
    hidden = ' table:style-name="dold"' if sheet.hidden else ""
    return f"<table:table table:name={quoteattr(name)}{hidden}>{columns}{''.join(rows)}</table:table>"


def _collapsed(hidden: bool) -> str:  # noqa: FBT001 - what a test asks
    return ' table:visibility="collapse"' if hidden else ""


def _ods_cell(value: Any, span: tuple[int, int] | None, covered: bool) -> str:  # noqa: FBT001 - the same
    tag = "table:covered-table-cell" if covered else "table:table-cell"
    more = f' table:number-rows-spanned="{span[0]}" table:number-columns-spanned="{span[1]}"' if span else ""
    if isinstance(value, Formula):
        more, value = more + ' table:formula="of:=1+1"', value.value
    match value:
        case None:
            return f"<{tag}{more}/>"
        case bool():
            said = f'office:value-type="boolean" office:boolean-value="{str(value).lower()}"'
        case str():
            said = 'office:value-type="string"'
        case Error(text):
            said, value = 'office:value-type="string" office:string-value="" calcext:value-type="error"', text
        case _:
            said = f'office:value-type="float" office:value="{value!r}"'
    lines = "".join(f"<text:p>{_spaced(line)}</text:p>" for line in str(value).split("\n"))
    return f"<{tag}{more} {said}>{lines}</{tag}>"


def _spaced(line: str) -> str:
    """Spaces beside each other, and at the ends, are elements."""
    said = escape(line).replace("  ", " <text:s/>")
    said = f"<text:s/>{said[1:]}" if said.startswith(" ") else said
    return f"{said[:-1]}<text:s/>" if said.endswith(" ") else said


# ----------------------------------------------------------------------------------------------------------------- xlsb


def xlsb(sheets: Sheets) -> bytes:
    """An .xlsb file ([MS-XLSB])."""
    numbered = list(enumerate(sheets.items(), 1))
    book = b"".join(_part(156, struct.pack("<II", int(s.hidden), i) + _wide(f"r{i}") + _wide(name)) for i, (name, s) in numbered)
    kind = "application/vnd.ms-excel"
    types = "".join(f'<Override PartName="/xl/worksheets/sheet{i}.bin" ContentType="{kind}.worksheet"/>' for i, _ in numbered)
    return packed(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.bin" ContentType="{kind}.sheet.binary.macroEnabled.main"/>{types}</Types>',
            "_rels/.rels": _ROOT % "xl/workbook.bin",
            "xl/workbook.bin": _part(131, b"") + _part(143, b"") + book + _part(144, b"") + _part(132, b""),
            "xl/_rels/workbook.bin.rels": _relations([f"worksheets/sheet{i}.bin" for i, _ in numbered]),
            **{f"xl/worksheets/sheet{i}.bin": _xlsb_sheet(s) for i, (_, s) in numbered},
        }
    )


def _part(kind: int, content: bytes) -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, left = b"", len(content)
    while left > 127:
        length, left = length + bytes([left & 0x7F | 0x80]), left >> 7
    return number + length + bytes([left]) + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def _xlsb_sheet(sheet: Made) -> bytes:
    width = max((len(row) for row in sheet.rows), default=1)
    parts = [_part(129, b""), _part(148, struct.pack("<IIII", 0, max(len(sheet.rows) - 1, 0), 0, width - 1))]
    columns = [_part(60, struct.pack("<IIIIH", c, c, 2304, 0, 1)) for c in sheet.columns_hidden]
    parts += [_part(390, b""), *columns, _part(391, b"")] if columns else []
    parts.append(_part(145, b""))
    for r, row in enumerate(sheet.rows):
        hidden = 0x1000 if r in sheet.rows_hidden else 0
        parts.append(_part(0, struct.pack("<IIHHBI", r, 0, 300, hidden, 0, 1) + struct.pack("<II", 0, max(len(row) - 1, 0))))
        parts += [_part(*_xlsb_cell(c, value)) for c, value in enumerate(row) if value is not None]
    parts.append(_part(146, b""))
    merged = [_part(176, struct.pack("<IIII", r1, r2, c1, c2)) for r1, c1, r2, c2 in map(corners, sheet.merged)]
    parts += [_part(177, struct.pack("<I", len(merged))), *merged, _part(178, b"")] if merged else []
    return b"".join([*parts, _part(130, b"")])


def _xlsb_cell(column: int, value: Any) -> tuple[int, bytes]:
    head = struct.pack("<II", column, 0)
    formula, value = (True, value.value) if isinstance(value, Formula) else (False, value)
    tail = struct.pack("<HII", 2 * (value is None), 0, 0) if formula else b""  # flags, and a formula of no length
    match value:
        case bool():
            return 10 if formula else 4, head + bytes([value]) + tail
        case str():
            return 8 if formula else 6, head + _wide(value) + tail
        case Error(text):
            return 11 if formula else 3, head + bytes([_number_of(text)]) + tail
    return 9 if formula else 5, head + struct.pack("<d", float(value or 0)) + tail


def _number_of(error: str) -> int:
    return next(n for n, text in ERRORS.items() if text == error)


# ------------------------------------------------------------------------------------------------------------------ xls


def xls(sheets: Sheets) -> bytes:
    """An .xls file of Excel 97 ([MS-XLS]), in a compound file."""
    bodies = [_xls_sheet(s) for s in sheets.values()]
    begin, end = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)), _record(0x0A, b"")
    codepage = _record(0x42, struct.pack("<H", 1200))
    names = [_xls_name(name, s, 0) for name, s in sheets.items()]
    at = len(begin + codepage + end) + sum(map(len, names))
    named = []
    for (name, s), body in zip(sheets.items(), bodies, strict=True):
        named.append(_xls_name(name, s, at))
        at += len(body)
    return compound(begin + codepage + b"".join(named) + end + b"".join(bodies))


def _xls_name(name: str, sheet: Made, at: int) -> bytes:
    said = name.encode("utf-16-le")
    return _record(0x85, struct.pack("<IBBBB", at, int(sheet.hidden), 0, len(said) // 2, 1) + said)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _xls_sheet(sheet: Made) -> bytes:
    width = max((len(row) for row in sheet.rows), default=0)
    parts = [_record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))]
    parts += [_record(0x7D, struct.pack("<HHHHHH", c, c, 2304, 0, 1, 0)) for c in sheet.columns_hidden]
    parts.append(_record(0x200, struct.pack("<IIHHH", 0, len(sheet.rows), 0, width, 0)))
    for r, row in enumerate(sheet.rows):
        if r in sheet.rows_hidden:
            parts.append(_record(0x208, struct.pack("<HHHHHHI", r, 0, len(row), 300, 0, 0, 0x120)))
        parts += [part for c, v in enumerate(row) if v is not None for part in _xls_cell(struct.pack("<HHH", r, c, 0), v)]
    merged = [struct.pack("<HHHH", r1, r2, c1, c2) for r1, c1, r2, c2 in map(corners, sheet.merged)]
    parts += [_record(0xE5, struct.pack("<H", len(merged)) + b"".join(merged))] if merged else []
    return b"".join([*parts, _record(0x0A, b"")])


def _xls_cell(head: bytes, value: Any) -> Iterator[bytes]:
    if isinstance(value, Formula):
        result: dict[type, Callable[[Any], bytes]] = {
            bool: lambda v: bytes([1, 0, v, 0, 0, 0, 255, 255]),
            str: lambda _: bytes([0, 0, 0, 0, 0, 0, 255, 255]),
            Error: lambda v: bytes([2, 0, _number_of(v.text), 0, 0, 0, 255, 255]),
        }
        said = result.get(type(value.value), lambda v: struct.pack("<d", float(v or 0)))(value.value)
        yield _record(0x06, head + said + struct.pack("<HIH", 3 * (value.value is None), 0, 3) + b"\x1e\x01\x00")  # =1
        if isinstance(value.value, str):
            yield _record(0x207, _text(value.value))
        return
    match value:
        case bool():
            yield _record(0x205, head + bytes([value, 0]))
        case str():
            yield _record(0x204, head + _text(value))
        case Error(text):
            yield _record(0x205, head + bytes([_number_of(text), 1]))
        case _:
            yield _record(0x203, head + struct.pack("<d", float(value)))


def _text(text: str) -> bytes:
    said = text.encode("utf-16-le")
    return struct.pack("<HB", len(said) // 2, 1) + said


def compound(stream: bytes, name: str = "Workbook") -> bytes:
    """A compound file ([MS-CFB]) with one stream."""
    size = 512
    stream = stream.ljust(max(4096, -(-len(stream) // size) * size), b"\0")  # a shorter one would lie among the small ones
    sectors = len(stream) // size
    fats = 1
    while fats * 128 < fats + 1 + sectors:
        fats += 1
    chain = [0xFFFFFFFD] * fats + [0xFFFFFFFE] + [fats + 2 + i for i in range(sectors - 1)] + [0xFFFFFFFE]
    chain += [0xFFFFFFFF] * (fats * 128 - len(chain))
    places = [*range(fats), *[0xFFFFFFFF] * (109 - fats)]
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, fats, fats, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<109I", *places)
    entries = _entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + _entry(name, 2, 0xFFFFFFFF, fats + 1, len(stream))
    return header + struct.pack(f"<{len(chain)}I", *chain) + entries.ljust(size, b"\0") + stream


def _entry(name: str, kind: int, child: int, first: int, length: int) -> bytes:
    said = name.encode("utf-16-le")
    head = said.ljust(64, b"\0") + struct.pack("<HBBIII", len(said) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return head + bytes(36) + struct.pack("<IQ", first, length)


WRITERS: Mapping[str, Callable[[Sheets], bytes]] = {"xlsx": xlsx, "xlsm": xlsx, "ods": ods, "xlsb": xlsb, "xls": xls}
