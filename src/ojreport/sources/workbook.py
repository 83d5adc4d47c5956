"""Workbook files: found, opened, and handed on as rows of plain cells whose addresses are those of the file."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from ojreport.errors import SourceError
from ojreport.sources.package import Look, look_through

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
LOCK = "~$"  # Excel's mark on the file that says that a workbook is open
_SOME = 10  # hidden rows or columns that are listed
_NOTHING = Look({})
_ZIP, _OLE = b"PK", bytes.fromhex("D0CF11E0A1B11AE1")

Raw = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta  # an empty cell is ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet from A1 on: ``rows[r][c]``, both from zero; ``merged`` has first and last (row, column) of each merged range.

    ``hidden`` says what of it is hidden: the sheet, rows, columns.
    """

    name: str
    rows: Sequence[Sequence[Raw]]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    hidden: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file's name, content and sha-256."""

    path: Path
    content: bytes
    sha256: str

    @property
    def name(self) -> str:
        """The name without its folder: what a source line and a finding call it."""
        return self.path.name


def reference(row: int, column: int) -> str:
    """The A1 reference of a cell that is counted from zero: (4, 2) → ``C5``."""
    return f"{letters(column)}{row + 1}"


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """The letters of a column that is counted from zero: 27 → ``AB``."""
    text, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def find_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The workbooks that *paths* name: files as they are, of a folder all its workbooks; each once.

    Raises SourceError for a path that does not exist and for a folder without a workbook.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for file in _in_folder(path) if path.is_dir() else (path,):
            found.setdefault(file.resolve(), file)
    if not found:
        raise SourceError("no workbook was given; name a file or a folder that holds the editions")
    return tuple(found.values())


def _in_folder(folder: Path) -> list[Path]:
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        raise SourceError(f"the folder {folder} can not be read; check that you may open it") from error
    files = [p for p in inside if p.suffix.lower() in SUFFIXES and not p.name.startswith((LOCK, ".")) and p.is_file()]
    if not files:
        raise SourceError(
            f"the folder {folder} holds no workbook ({', '.join(SUFFIXES)}); put the editions there or name another"
        )
    return files


def read_file(path: Path) -> File:
    """The file's content (SourceError if it is not there, is locked, empty, or no workbook at all)."""
    if path.name.startswith(LOCK):
        raise SourceError(
            f"{path} is Excel's lock file and not a workbook; close {path.name.removeprefix(LOCK)} in Excel and give that"
        )
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(f"{path} does not exist; check the path") from error
    except PermissionError as error:
        raise SourceError(f"{path} can not be opened; close it in Excel, and check that you may read it") from error
    except OSError as error:
        raise SourceError(f"{path} can not be read; check the path and the disk") from error
    if not content:
        raise SourceError(f"{path} is empty (0 bytes); fetch it again")
    if not content.startswith((_ZIP, _OLE)):
        raise SourceError(f"{path} is not an Excel workbook, whatever its name says; open it in Excel and save it as .xlsx")
    if content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise SourceError(_protected(path))
    return File(path, content, hashlib.sha256(content).hexdigest())


def read_sheets(file: File) -> tuple[Sheet, ...]:
    """All sheets that have cells, also hidden ones (SourceError if the file is broken or protected by a password)."""
    from python_calamine import (  # noqa: PLC0415 - only when a file is parsed
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetVisibleEnum,
    )

    looks = look_through(file.path, file.content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(file.content)) as book:
            shown = {s.name for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible}
            found = (_sheet(book, name, looks.get(name, _NOTHING), hidden=name not in shown) for name in book.sheet_names)
            return tuple(sheet for sheet in found if sheet.rows)
    except PasswordError as error:
        raise SourceError(_protected(file.path)) from error
    except (CalamineError, OSError, ValueError) as error:
        raise SourceError(_broken(file.path)) from error
    except BaseException as error:
        # A panic in the Rust library derives from BaseException, and its class can not be imported.
        if type(error).__name__ == "PanicException":
            raise SourceError(_broken(file.path)) from error
        raise


def _sheet(book: CalamineWorkbook, name: str, look: Look, *, hidden: bool) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    # skip_empty_area=False keeps the rows and columns before the first cell, so that indices are addresses.
    rows: list[list[Raw]] = sheet.to_python(skip_empty_area=False)
    for (r, c), text in look.marks.items():
        if r < len(rows) and c < len(rows[r]):  # beyond it there is no value that one could miss
            rows[r][c] = text
    width = len(rows[0]) if rows else 0
    parts = ["the sheet"] if hidden else []
    parts += _listed("row", [str(r + 1) for r in sorted(look.rows) if r < len(rows)])
    parts += _listed("column", [letters(c) for c in sorted(look.columns) if c < width])
    return Sheet(name, rows, tuple(sheet.merged_cell_ranges or ()), ", ".join(parts))


def _listed(kind: str, names: list[str]) -> list[str]:
    more = " …" if len(names) > _SOME else ""
    return [f"{kind} {' '.join(names[:_SOME])}{more}"] if names else []


def _protected(path: Path) -> str:
    return f"{path} is protected by a password; open it in Excel, remove the password and save it"


def _broken(path: Path) -> str:
    return f"{path} is damaged or no workbook that can be read; open it in Excel and save it as .xlsx, or fetch it again"
