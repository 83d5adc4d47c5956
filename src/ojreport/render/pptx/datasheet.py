"""A chart's data: as the series that are drawn, and as the workbook that is embedded with them, to be edited in PowerPoint."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass
from functools import lru_cache

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from ojreport.render.package import Packed, pack, packed, unpack
from ojreport.render.pptx.wording import XML, escaped

SHEET = "Data"
_MADE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)  # a workbook must have a date; ours is always the same
_CELLS, _STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LIKE_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # a spreadsheet would take it for a character written so


@dataclass(frozen=True, slots=True)
class Sheet:
    """A chart's data as its user sees it in "Edit data": categories down, series across; None is an empty cell."""

    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]

    def series_xml(self, n: int, before: str, after: str = "") -> str:
        """``c:ser`` of series *n*; *before* stands between name and categories, *after* behind the values."""
        name, values = self.series[n]
        column = xl_col_to_name(n + 1)
        last = len(self.categories) + 1
        categories = "".join(f'<c:pt idx="{i}"><c:v>{escaped(text)}</c:v></c:pt>' for i, text in enumerate(self.categories))
        points = "".join(f'<c:pt idx="{i}"><c:v>{v!r}</c:v></c:pt>' for i, v in enumerate(values) if v is not None)
        count = f'<c:ptCount val="{len(self.categories)}"/>'
        return (
            f'<c:ser><c:idx val="{n}"/><c:order val="{n}"/><c:tx><c:strRef><c:f>{SHEET}!${column}$1</c:f>'
            f'<c:strCache><c:ptCount val="1"/>'
            f'<c:pt idx="0"><c:v>{escaped(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>{before}'
            f"<c:cat><c:strRef><c:f>{SHEET}!$A$2:$A${last}</c:f><c:strCache>{count}{categories}</c:strCache></c:strRef></c:cat>"
            f"<c:val><c:numRef><c:f>{SHEET}!${column}$2:${column}${last}</c:f><c:numCache>"
            f"<c:formatCode>General</c:formatCode>{count}{points}"
            f"</c:numCache></c:numRef></c:val>{after}</c:ser>"
        )

    def xlsx(self) -> bytes:
        """The workbook, of which only the cells are written here: the other parts are xlsxwriter's."""
        strings: dict[str, int] = {}

        def text(at: str, said: str) -> str:
            return f'<c r="{at}" t="s"><v>{strings.setdefault(said, len(strings))}</v></c>' if said else ""

        names = [xl_col_to_name(n) for n in range(1, len(self.series) + 1)]
        rows = ["".join(text(f"{name}1", title) for name, (title, _) in zip(names, self.series, strict=True))]
        for n, category in enumerate(self.categories):
            values = ((name, column[n]) for name, (_, column) in zip(names, self.series, strict=True))
            numbers = "".join(f'<c r="{name}{n + 2}"><v>{value!r}</v></c>' for name, value in values if value is not None)
            rows.append(text(f"A{n + 2}", category) + numbers)
        cells = "".join(f'<row r="{n}">{row}</row>' for n, row in enumerate(rows, start=1))
        parts, (before, between, after) = _around()
        written: dict[str, bytes | Packed] = dict(parts)
        written[_CELLS] = f"{before}A1:{['A', *names][-1]}{len(rows)}{between}{cells}{after}".encode()
        written[_STRINGS] = _strings_xml(strings)
        return pack(written.items())


def _strings_xml(strings: dict[str, int]) -> bytes:
    said = (escaped(_LIKE_ESCAPED.sub("_x005F_", text)) for text in strings)
    items = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in said)
    return f'{XML}<sst xmlns="{_MAIN}" uniqueCount="{len(strings)}">{items}</sst>'.encode()


@lru_cache(maxsize=1)
def _around() -> tuple[dict[str, Packed], list[str]]:
    """The parts of a workbook in their order, and what stands in its sheet before, between and after its extent and its rows."""
    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"created": _MADE})
        sheet = book.add_worksheet(SHEET)
        sheet.set_column(0, 0, 30)
        sheet.write_string("B1", " ")
    parts = unpack(stream.getvalue())
    around = re.split(r'(?<=<dimension ref=")[A-Z0-9:]+|(?<=<sheetData>).*(?=</sheetData>)', parts[_CELLS].decode())
    return {name: packed(content) for name, content in parts.items()}, around
