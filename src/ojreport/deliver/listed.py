"""The rows of a list of recipients as they stand in a CSV, Excel or TOML file, each with its place, before they are judged."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ojreport.errors import UsageError

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("namn",),
    "address": ("adress", "e-post", "epost", "e-postadress", "mejl", "mejladress", "email", "e-mail", "mail"),
    "area": ("område", "omrade", "kommun"),
    "report": ("rapport", "rapporter", "reports"),
    "role": ("roll",),
    "language": ("språk", "sprak"),
}
REQUIRED = ("address", "area", "report")
TABLES = ("mail", "recipient")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in the list or with what it asks for, and where: ``line 7``."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


@dataclass(frozen=True, slots=True)
class Row:
    """A recipient as written: the texts by column, stripped."""

    place: str
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Listed:
    """What a file holds: rows, what could not be a row, and the settings that a TOML file can have."""

    rows: tuple[Row, ...]
    mistakes: tuple[Mistake, ...] = ()
    mail: Mapping[str, Any] = field(default_factory=dict)


def read_list(path: Path) -> Listed:
    """The list in *path*; UsageError for a file that can not be read at all."""
    if not path.is_file():
        raise UsageError(f"there is no file {path}; give a list of recipients as .csv, .xlsx or .toml")
    match path.suffix.lower():
        case ".toml":
            return _of_toml(path)
        case ".xlsx":
            return _of_table(tuple(_sheet(path)), "row")
        case ".csv" | ".txt":
            return _of_table(tuple(_lines(path)), "line")
    raise UsageError(f"{path.name} is no list of recipients; give it as .csv, .xlsx or .toml")


def load_toml(path: Path) -> dict[str, Any]:
    """The TOML in *path*; UsageError that names file and line when it can not be read."""
    try:
        return tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{path.name} is not TOML: {error}") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} can not be read ({(error.strerror or str(error)).lower()})") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise UsageError(f"{path.name}, line {line}: this is not UTF-8; save the file as UTF-8 (in Excel: CSV UTF-8)") from error


# ---------------------------------------------------------------------------------------------------------- rows of cells


def _lines(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    text = _text(path)
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise UsageError(f"{path.name}, line {line}: this can not be read as CSV ({error})") from error


def _sheet(path: Path) -> Iterator[tuple[int, Sequence[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only who has a list in Excel waits for it

    try:
        rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError) as error:
        raise UsageError(f"{path.name} can not be read as an Excel file; save it as .xlsx, or as CSV UTF-8") from error
    for number, cells in enumerate(rows, 1):
        yield number, [_shown(cell) for cell in cells]


def _shown(cell: object) -> str:
    """A cell's text; a code that Excel took for a number has no decimals."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _of_table(lines: Sequence[tuple[int, Sequence[str]]], word: str) -> Listed:
    filled = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
    if not filled:
        return Listed((), (Mistake(f"{word} 1", "the list is empty; begin with a heading: name, address, area, report"),))
    (top, heading), body = filled[0], filled[1:]
    columns, mistakes = _columns(heading, f"{word} {top}")
    rows = []
    for number, cells in body:
        place = f"{word} {number}"
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            mistakes.append(Mistake(place, f"there are {len(cells)} cells under {len(columns)} headings"))
        else:
            rows.append(Row(place, dict(zip(columns, map(_trimmed, cells), strict=False))))
    return Listed(tuple(rows), tuple(mistakes))


def _trimmed(cell: str) -> str:
    """Without spaces around it; a line break stays, to be refused."""
    return cell.strip(" \t\u00a0")


def _columns(heading: Sequence[str], place: str) -> tuple[list[str], list[Mistake]]:
    """What each column holds, and what is wrong with the heading."""
    columns, mistakes = [], []
    for text in heading:
        name = _column(text)
        if name is None and text.strip():
            what = f"there is no column “{text.strip()}”; there are {', '.join(COLUMNS)}"
            mistakes.append(Mistake(place, what))
        elif name is not None and name in columns:
            mistakes.append(Mistake(place, f"the column {name} stands twice"))
        columns.append(name or "")
    mistakes += [Mistake(place, f"the column {name} is missing") for name in REQUIRED if name not in columns]
    return columns, mistakes


def _column(text: str) -> str | None:
    wanted = text.strip().casefold()
    return next((name for name, others in COLUMNS.items() if wanted == name or wanted in others), None)


# ------------------------------------------------------------------------------------------------------------------ TOML


def _of_toml(path: Path) -> Listed:
    data = load_toml(path)
    mistakes = [
        Mistake(f"“{key}”", "is no table of a list; there are [mail] and [[recipient]]") for key in data if key not in TABLES
    ]
    found, mail = data.get("recipient", []), data.get("mail", {})
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found) or not isinstance(mail, dict):
        raise UsageError(f"{path.name}: write each recipient under a heading [[recipient]], and settings under [mail]")
    heads = [n for n, line in enumerate(_text(path).splitlines(), 1) if re.match(r"\s*\[\[\s*recipient\s*\]\]", line)]
    rows = []
    for number, entry in enumerate(found, 1):
        place = f"line {heads[number - 1]}" if len(heads) == len(found) else f"recipient {number}"
        cells = {}
        for key, value in entry.items():
            name = _column(key)
            if name is None:
                mistakes.append(Mistake(place, f"“{key}” is nothing that a recipient has; there are {', '.join(COLUMNS)}"))
            else:
                cells[name] = _trimmed(" ".join(map(str, value)) if isinstance(value, list) else str(value))
        rows.append(Row(place, cells))
    return Listed(tuple(rows), tuple(mistakes), mail)
