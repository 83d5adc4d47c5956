"""Workbook files: found, opened, and handed on as rows of plain cells whose addresses are those of the file."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ojreport.errors import SourceError
from ojreport.sources.look import MOST_CELLS, MOST_FILE, Look, damaged, letters, protected, too_large
from ojreport.sources.package import OLE, ZIP, look_through

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
LOCK = "~$"  # Excel's mark on the file that says that a workbook is open
STDERR = 2
_SOME = 10  # hidden rows or columns that are listed
_NOTHING = Look({})
_LONGEST = 32_767  # letters of a cell, as Excel has it

Raw = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta  # an empty cell is ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet from A1 on: ``rows[r][c]``, both from zero; ``merged`` has first and last (row, column) of each merged range.

    ``hidden`` says what of it is hidden: the sheet, rows, columns. Of a sheet that is *turned*, the rows are the file's columns.
    """

    name: str
    rows: Sequence[Sequence[Raw]]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    hidden: str = ""
    turned: bool = False

    def at(self, row: int, column: int) -> str:
        """The A1 reference, in the file, of ``rows[row][column]``."""
        return reference(column, row) if self.turned else reference(row, column)

    def turn(self) -> Sheet:
        """The sheet with its columns for rows."""
        merged = tuple(((c1, r1), (c2, r2)) for (r1, c1), (r2, c2) in self.merged)
        return replace(self, rows=tuple(zip(*self.rows, strict=True)), merged=merged, turned=not self.turned)


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
        _check_file(path)
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(f"{path} does not exist; check the path") from error
    except PermissionError as error:
        raise SourceError(f"{path} can not be opened; close it in Excel, and check that you may read it") from error
    except OSError as error:
        raise SourceError(f"{path} can not be read; check the path and the disk") from error
    if not content:
        raise SourceError(f"{path} is empty (0 bytes); fetch it again")
    if not content.startswith((ZIP, OLE)):
        raise SourceError(f"{path} is not an Excel workbook, whatever its name says; open it in Excel and save it as .xlsx")
    if content.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise protected(path)
    return File(path, content, hashlib.sha256(content).hexdigest())


def _check_file(path: Path) -> None:
    """SourceError for what is no file, such as a pipe, and for one that is far larger than any edition."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise SourceError(f"{path} is no file; give the workbook itself")
    if found.st_size > MOST_FILE:
        size = f"{found.st_size // 1_000_000} MB, and an edition takes less than one"
        raise SourceError(f"{path} is too large to be one ({size}); open it in Excel and save only its result sheets")


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
        with _unheard(), CalamineWorkbook.from_filelike(io.BytesIO(file.content)) as book:
            shown = {s.name for s in book.sheets_metadata if s.visible == SheetVisibleEnum.Visible}
            found = (_sheet(book, name, looks.get(name, _NOTHING), hidden=name not in shown) for name in book.sheet_names)
            return tuple(sheet for sheet in _within_limits(file.path, found) if sheet.rows)
    except PasswordError as error:
        raise protected(file.path) from error
    except (CalamineError, OSError, ValueError) as error:
        raise damaged(file.path) from error
    except BaseException as error:
        # A panic in the Rust library derives from BaseException, and its class can not be imported.
        if type(error).__name__ == "PanicException":
            raise damaged(file.path) from error
        raise


@contextmanager
def _unheard() -> Iterator[None]:
    """What a Rust library that panics writes on stderr by itself is for nobody: the reader's sentence says what is wrong."""
    try:
        kept = os.dup(STDERR)
    except OSError:  # there is no stderr to be heard on
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, STDERR)
        yield
    finally:
        os.dup2(kept, STDERR)
        os.close(kept)
        os.close(nowhere)


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
    merged = look.merged or tuple(sheet.merged_cell_ranges or ())
    return Sheet(name, rows, merged, ", ".join(parts))


def _within_limits(path: Path, sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    cells = 0
    for sheet in sheets:
        cells += len(sheet.rows) * len(sheet.rows[0]) if sheet.rows else 0
        if cells > MOST_CELLS:
            raise too_large(path)
        yield sheet


def _listed(kind: str, names: list[str]) -> list[str]:
    more = " …" if len(names) > _SOME else ""
    return [f"{kind} {' '.join(names[:_SOME])}{more}"] if names else []
