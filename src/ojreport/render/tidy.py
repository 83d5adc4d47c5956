"""Tidy rows as csv, json, xlsx or parquet; the same rows give the same bytes, and no text is ever taken for a formula."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from xml.sax.saxutils import escape

from ojreport.analysis.tidy import Row
from ojreport.errors import UsageError
from ojreport.render.package import pack

FORMATS = (".csv", ".json", ".xlsx", ".parquet")
INSTALL_PARQUET = 'parquet needs pyarrow, which is not installed; install it with: pip install "ojreport[parquet]"'
MOST_ROWS = 1_048_576  # of a worksheet, its heading among them

_RISKY = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet may take for a formula

Rows = Sequence[Row]
Field = str | int | Decimal | None


def render_rows(rows: Rows, suffix: str, *, excel: bool = False) -> bytes:
    """The rows as a file of that kind (one of FORMATS); *excel* is a csv as a Swedish Excel opens it.

    Raises UsageError where the kind can not be made: parquet without pyarrow, more rows than a worksheet holds.
    """
    kinds: Mapping[str, Callable[[Rows], bytes]] = {".json": to_json, ".xlsx": to_xlsx, ".parquet": to_parquet}
    return to_csv(rows, excel=excel) if suffix == ".csv" else kinds[suffix](rows)


# ----------------------------------------------------------------------------------------------------------------- csv


class _CsvCells(dict[str, str]):
    """A text as a csv has it, worked out once. A number is not kept, for 50 and 50.00 are equal and are written differently."""

    def __init__(self, comma: str) -> None:
        self._comma = comma

    def __missing__(self, text: str) -> str:
        self[text] = safe = f"'{text}" if text.startswith(_RISKY) else text
        return safe

    def of(self, field: Field) -> str:
        """The field as a csv has it."""
        match field:
            case None:
                return ""
            case str():
                return self[field]
            case Decimal():
                return f"{field:f}".replace(".", self._comma)
        return str(field)


def to_csv(rows: Rows, *, excel: bool = False) -> bytes:
    """UTF-8 with commas and decimal points; for *excel* with a byte order mark, semicolons and decimal commas.

    A text that begins as a formula does gets an apostrophe before it; a number is never text, and keeps its minus.
    """
    stream = io.StringIO(newline="")
    write = csv.writer(stream, delimiter=";" if excel else ",")
    write.writerow(Row._fields)
    cells = _CsvCells("," if excel else ".")
    write.writerows([cells.of(field) for field in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig" if excel else "utf-8")


# ---------------------------------------------------------------------------------------------------------------- json


class _JsonCells(dict[str, str]):
    """A text as JSON has it, worked out once."""

    def __missing__(self, text: str) -> str:
        self[text] = quoted = json.dumps(text, ensure_ascii=False)
        return quoted

    def of(self, field: Field) -> str:
        """The field as JSON has it; a number with the digits that it has in the workbook."""
        if isinstance(field, str):
            return self[field]
        return f"{field:f}" if isinstance(field, Decimal) else json.dumps(field)


def to_json(rows: Rows) -> bytes:
    """A list of objects, one a line, each with all columns as its keys; null stands where there is nothing."""
    cells = _JsonCells()
    line = "{" + ", ".join(f'"{column}": %s' for column in Row._fields) + "}"
    body = ",\n".join(line % tuple([cells.of(field) for field in row]) for row in rows)
    return f"[\n{body}\n]\n".encode()


# ---------------------------------------------------------------------------------------------------------------- xlsx

_WIDTHS = (11, 26, 10, 11, 60, 7, 10, 24, 8, 11, 12, 10, 14, 28, 28, 8)  # characters, in the columns' order
_LETTERS = "ABCDEFGHIJKLMNOP"
_HEADING, _QUOTED = 1, 2  # places in the styles' cellXfs: bold, and text that Excel must take for nothing else
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts><fills count="2"><fill><patternFill '
    'patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/>'
    '<right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" '
    'borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" '
    'borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" '
    'xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def to_xlsx(rows: Rows) -> bytes:
    """One sheet with a heading that stays and can be filtered by.

    Numbers are numbers and all else is text, the codes with their zeros among it; a text that begins as a formula does is marked
    as text (quotePrefix). The parts are written here: a library takes seven seconds for the 51,000 rows of five editions.
    """
    if len(rows) >= MOST_ROWS:
        raise UsageError(f"{len(rows)} rows are more than a worksheet holds ({MOST_ROWS - 1}); choose fewer, or a .csv")
    strings: dict[str, int] = {}
    cells = _XlsxCells(strings)
    heads = "".join(
        f'<c r="{at}1" s="{_HEADING}" t="s"><v>{strings.setdefault(column, len(strings))}</v></c>'
        for at, column in zip(_LETTERS, Row._fields, strict=True)
    )
    data = [f'<row r="1">{heads}</row>']
    for number, row in enumerate(rows, 2):
        inner = [f'<c r="{at}{number}"{c}' for at, field in zip(_LETTERS, row, strict=True) if (c := cells[field])]
        data.append(f'<row r="{number}">{"".join(inner)}</row>')
    last = f"{_LETTERS[-1]}{len(rows) + 1}"
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations({"officeDocument": "xl/workbook.xml"}),
        "xl/workbook.xml": _workbook(last),
        "xl/_rels/workbook.xml.rels": _relations(
            {"worksheet": "worksheets/sheet1.xml", "styles": "styles.xml", "sharedStrings": "sharedStrings.xml"}
        ),
        "xl/worksheets/sheet1.xml": _sheet("".join(data), last),
        "xl/styles.xml": _STYLES,
        "xl/sharedStrings.xml": _shared(strings),
    }
    return pack((name, content.encode()) for name, content in parts.items())


class _XlsxCells(dict[Field, str]):
    """What stands in a cell's element after its address; nothing where the cell is left out."""

    def __init__(self, strings: dict[str, int]) -> None:
        self._strings = strings

    def __missing__(self, field: Field) -> str:
        self[field] = text = self._text(field)
        return text

    def _text(self, field: Field) -> str:
        match field:
            case None | "":
                return ""
            case str():
                style = f' s="{_QUOTED}"' if field.startswith(_RISKY) else ""
                return f'{style} t="s"><v>{self._strings.setdefault(field, len(self._strings))}</v></c>'
        return f"><v>{field:f}</v></c>" if isinstance(field, Decimal) else f"><v>{field}</v></c>"


def _types() -> str:
    main = {"workbook.xml": "sheet.main", "worksheets/sheet1.xml": "worksheet", "styles.xml": "styles"}
    parts = main | {"sharedStrings.xml": "sharedStrings"}
    overrides = "".join(f'<Override PartName="/xl/{part}" ContentType="{_TYPE}.{kind}+xml"/>' for part, kind in parts.items())
    return (
        f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>'
    )


def _relations(targets: Mapping[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{part}"/>'
        for n, (kind, part) in enumerate(targets.items(), 1)
    )
    return f'{_XML}<Relationships xmlns="{_RELATED}">{inside}</Relationships>'


def _workbook(last: str) -> str:
    filtered = f"Resultat!$A$1:${last[0]}${last[1:]}"
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="Resultat" sheetId="1" r:id="rId1"/></sheets>'
        f'<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">{filtered}</definedName>'
        "</definedNames></workbook>"
    )


def _sheet(data: str, last: str) -> str:
    columns = "".join(f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(_WIDTHS, 1))
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><dimension ref="A1:{last}"/><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>{data}</sheetData>'
        f'<autoFilter ref="A1:{last}"/></worksheet>'
    )


def _shared(strings: Mapping[str, int]) -> str:
    items = "".join(f'<si><t xml:space="preserve">{_writable(text)}</t></si>' for text in strings)
    return f'{_XML}<sst xmlns="{_MAIN}" uniqueCount="{len(strings)}">{items}</sst>'


def _writable(text: str) -> str:
    """*text* in XML; a character that XML can not hold is written as Excel does, ``_x0007_``."""
    return escape(_UNWRITABLE.sub(lambda m: f"_x{ord(m[0]):04X}_", text))


# ------------------------------------------------------------------------------------------------------------- parquet


def to_parquet(rows: Rows) -> bytes:
    """A parquet file, its shares and values as float64 (UsageError without pyarrow, which is an extra of its own)."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - an optional extra
        from pyarrow import parquet  # noqa: PLC0415 - the same
    except ImportError as error:
        raise UsageError(INSTALL_PARQUET) from error
    kinds = {"year": pa.int32(), "numerator": pa.int32(), "denominator": pa.int32(), "share": pa.float64(), "value": pa.float64()}
    columns = dict(zip(Row._fields, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(Row._fields, ())
    arrays = {
        name: pa.array([float(f) if isinstance(f, Decimal) else f for f in column], type=kinds.get(name, pa.string()))
        for name, column in columns.items()
    }
    stream = io.BytesIO()
    parquet.write_table(pa.table(arrays), stream, compression="zstd")
    return stream.getvalue()
