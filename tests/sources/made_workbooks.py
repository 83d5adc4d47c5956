"""Small workbooks for the tests of the reader, written with openpyxl as a hand would write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Rows = Sequence[Sequence[Any]]

OVERENSKOMMELSE = "Aktuell överenskommelse om samverkan mellan missbruk- och beroendevård och region"  # U35513, Ja/Nej
EKONOMI = "Aktuell rutin för samordning mellan missbruk- och beroendevård och ekonomiskt bistånd"  # U35505, Ja/Nej
NARSTAENDE = "Minst ett stödprogram till närstående till personer med missbruk eller beroende"  # U35519, Ja/Nej
METODER = (  # U35522, Ja, för alla / Ja, men inte för vissa / Nej
    "Standardiserade bedömningsmetoder inom socialtjänstens missbruks- och beroendeverksamhet som underlag vid uppföljning av "
    "insatser till enskilda"
)
MED_BARN = "Sammanställt resultat för att utveckla verksamheten för klienter inom missbruksvården som bor med barn"  # U35523
NYBESOK = "Tid till första personliga besök (nybesök) inom missbruks- och beroendevården"  # U35537, no Ja
SOCIONOM = "Handläggare inom missbruks- och beroendevården som har socionomexamen, andel (%)"  # U35548, procent
UTREDNING = (  # U35401, dagar
    "Utredningstid i antal dagar från påbörjad utredning till avslutad utredning för vuxna med missbruksproblem 21+, median"
)


def write_book(path: Path, sheets: Mapping[str, Rows], merged: Mapping[str, Sequence[str]] | None = None) -> Path:
    """A workbook at *path*; None is an empty cell; *merged* has ranges (``C3:E3``) by sheet."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for r, row in enumerate(rows, 1):
            for c, value in enumerate(row, 1):
                if value is not None:
                    sheet.cell(r, c).value = value
        for area in (merged or {}).get(name, ()):
            sheet.merge_cells(area)
    book.save(path)
    return path
