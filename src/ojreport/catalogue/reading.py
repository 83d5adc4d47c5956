"""Rows of a CSV file and tables of a TOML file that know their line, so that an error can name it."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from ojreport.errors import CatalogueError

E = TypeVar("E", bound=StrEnum)


def fail(file: str, line: int, what: str) -> NoReturn:
    """Raise the CatalogueError that every fault of the catalogue becomes: ``breaks.toml, line 12: …``."""
    raise CatalogueError(f"{file}, line {line}: {what}")


def read_text(path: Path) -> str:
    """The text of a UTF-8 file (CatalogueError when there is none)."""
    try:
        return path.read_text("utf-8-sig")  # a spreadsheet may have put a mark first
    except FileNotFoundError as error:
        raise CatalogueError(f"there is no file {path}; check how it is spelt, or put it back.") from error
    except OSError as error:
        raise CatalogueError(f"{path} can not be read ({(error.strerror or str(error)).lower()}).") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        fail(path.name, line, "this is not UTF-8; save the file as UTF-8.")


# ----------------------------------------------------------------------------------------------------------------- CSV


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a CSV file by column name; ``row["name"]`` is stripped and may be empty."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def fail(self, what: str) -> NoReturn:
        """Raise a CatalogueError at the row's line."""
        fail(self.file, self.line, what)

    def year(self, column: str) -> int:
        """A year in four digits."""
        if not re.fullmatch(r"\d{4}", self[column]):
            self.fail(f"{column} is a year in four digits, not {self[column]!r}.")
        return int(self[column])


def read_csv(path: Path, columns: tuple[str, ...], *, optional: Collection[str] = ()) -> tuple[Row, ...]:
    """The rows of a comma-separated UTF-8 file that has exactly *columns*; only those in *optional* may be empty."""
    reader = csv.reader(read_text(path).splitlines())
    if tuple(next(reader, ())) != columns:
        fail(path.name, 1, f"the columns must be {','.join(columns)}.")
    rows = []
    for cells in reader:
        if len(cells) != len(columns):
            fail(path.name, reader.line_num, f"there are {len(cells)} cells for {len(columns)} columns.")
        row = Row(path.name, reader.line_num, dict(zip(columns, map(str.strip, cells), strict=True)))
        for column, cell in row.cells.items():
            if not cell and column not in optional:
                row.fail(f"{column} is empty.")
        rows.append(row)
    return tuple(rows)


# ---------------------------------------------------------------------------------------------------------------- TOML


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a TOML file: reads its keys with their types, and finds the line of a key that is wrong.

    ``start`` and ``end`` are the places in ``lines`` that the table lies between.
    """

    file: str
    lines: tuple[str, ...]
    start: int
    end: int
    data: dict[str, Any]
    within: str = ""  # a table that stands inside, as `sentences`: its keys are looked for below its heading

    def line_of(self, key: str) -> int:
        """The line where *key* stands, or else where the table begins."""
        lines = self.lines[self.start : self.end]
        if self.within:
            heading = next((n for n, line in enumerate(lines) if line.strip().endswith(f".{self.within}]")), 0)
            lines = ("",) * heading + lines[heading:]
        for number, line in enumerate(lines, self.start + 1):
            if re.match(rf"\s*(?:{re.escape(key)}\s*=|\[+{re.escape(key)}\])", line):
                return number
        return self.start + 1

    def fail(self, key: str, what: str) -> NoReturn:
        """Raise a CatalogueError at the line of *key*."""
        fail(self.file, self.line_of(key), what)

    def allow(self, *keys: str) -> None:
        """Raise on a key that is not in *keys*."""
        for key in self.data:
            if key not in keys:
                self.fail(key, f"the key {key} is not known; the known ones are {', '.join(keys)}.")

    def text(self, key: str, *, optional: bool = False) -> str:
        """A text that is not empty and holds no braces; with *optional*, "" when the key is left out."""
        found = self.braced(key, optional=optional)
        if "{" in found or "}" in found:
            self.fail(key, f"{key} holds a brace, and only the number of a sentence has a place to fill in.")
        return found

    def braced(self, key: str, *, optional: bool = False) -> str:
        """As ``text``, but braces are let through."""
        if key not in self.data:
            if optional:
                return ""
            self.fail(key, f"{key} is missing.")
        found = self.data[key]
        if not isinstance(found, str):
            self.fail(key, f"{key} must be a text, not {shown(found)}.")
        if not found.strip():
            self.fail(key, f"{key} is empty.")
        return found

    def integer(self, key: str) -> int:
        """A whole number (required)."""
        found = self.data.get(key)
        if not isinstance(found, int) or isinstance(found, bool):
            self.fail(key, f"{key} must be a whole number, not {shown(found)}.")
        return found

    def flag(self, key: str) -> bool:
        """``true`` or ``false``; false when the key is left out."""
        found = self.data.get(key, False)
        if not isinstance(found, bool):
            self.fail(key, f"{key} must be true or false, not {shown(found)}.")
        return found

    def years(self, key: str) -> tuple[int, ...]:
        """A list of years, rising; empty when the key is left out."""
        found = self.data.get(key, [])
        if not isinstance(found, list) or any(not isinstance(y, int) or isinstance(y, bool) for y in found):
            self.fail(key, f"{key} must be a list of whole numbers, as [2019, 2020].")
        if sorted(set(found)) != found:
            self.fail(key, f"{key} must rise and hold each year once.")
        return tuple(found)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none of them empty; no texts when the key is left out."""
        found = self.words(key)
        if any("{" in t or "}" in t for t in found):
            self.fail(key, f"{key} holds a brace, and only the number of a sentence has a place to fill in.")
        return found

    def words(self, key: str) -> tuple[str, ...]:
        """As ``texts``, but braces are let through."""
        found = self.data.get(key, [])
        if not isinstance(found, list):
            self.fail(key, f"{key} must be a list of texts, not {shown(found)}; write it within brackets.")
        for one in found:
            if not isinstance(one, str) or not one.strip():
                self.fail(key, f"{key} must be a list of texts, none of them empty; {shown(one)} is not one.")
        return tuple(found)

    def tables(self, key: str) -> tuple[dict[str, Any], ...]:
        """A list of inline tables; empty when the key is left out."""
        found = self.data.get(key, [])
        if not isinstance(found, list) or any(not isinstance(t, dict) for t in found):
            self.fail(key, f"{key} must be a list of tables.")
        return tuple(found)

    def choice(self, key: str, kind: type[E]) -> E:
        """One of an enumeration's words."""
        found = self.text(key)
        try:
            return kind(found)
        except ValueError:
            self.fail(key, f"{key} is {found!r} but must be one of {', '.join(kind)}.")

    def inside(self, key: str) -> Table:
        """The table *key* inside this one (empty when it is left out)."""
        found = self.data.get(key, {})
        if not isinstance(found, dict):
            self.fail(key, f"{key} must be a table.")
        return Table(self.file, self.lines, self.start, self.end, found, key)


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A parsed TOML file with its lines."""

    name: str
    lines: tuple[str, ...]
    data: dict[str, Any]

    @property
    def top(self) -> Table:
        """The file as one table."""
        return Table(self.name, self.lines, 0, len(self.lines), self.data)

    def allow(self, *keys: str) -> None:
        """Raise on a top-level key that is not in *keys*."""
        self.top.allow(*keys)

    def array(self, key: str) -> tuple[Table, ...]:
        """The tables that stand under ``[[key]]``."""
        found = self.data.get(key, [])
        starts = self._starts(lambda line: line == f"[[{key}]]")
        if not isinstance(found, list) or len(found) != len(starts):
            fail(self.name, 1, f"{key} must be written as tables under [[{key}]].")
        return tuple(self._table(start, data) for start, data in zip(starts, found, strict=True))

    def table(self, *path: str) -> Table:
        """The table that stands under ``[path]`` (raises when there is none)."""
        found: Any = self.data
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        starts = self._starts(lambda line: line == f"[{'.'.join(path)}]")
        if not isinstance(found, dict) or not starts:
            fail(self.name, 1, f"the table [{'.'.join(path)}] is missing.")
        return self._table(starts[0], found)

    def _starts(self, wanted: Callable[[str], bool]) -> list[int]:
        return [n for n, line in enumerate(self.lines) if wanted(line.split("#", 1)[0].strip())]

    def _table(self, start: int, data: dict[str, Any]) -> Table:
        later = range(start + 1, len(self.lines))
        end = next((n for n in later if self._heads_another(self.lines[n], self.lines[start])), len(self.lines))
        return Table(self.name, self.lines, start, end, data)

    @staticmethod
    def _heads_another(line: str, start: str) -> bool:
        """Whether *line* is the heading of a table that does not lie inside the one that *start* heads."""
        key = start.split("#", 1)[0].strip().strip("[]")
        return bool(re.match(r"\s*\[+[\w.]+\]", line)) and not line.lstrip().startswith(f"[{key}.")


def shown(found: object) -> str:
    """A value of a TOML file as its error names it: a text in quotes, a number as it is, a list or table by its kind."""
    match found:
        case bool():
            return str(found).lower()
        case list():
            return f"a list of {len(found)}" if found else "an empty list"
        case dict():
            return "a table"
        case str():
            return f"“{found}”" if found.strip() else "an empty text"
    return str(found)


def read_toml(path: Path) -> TomlFile:
    """The file, parsed; a syntax error is a CatalogueError with its line."""
    text = read_text(path)
    lines = tuple(text.splitlines())
    try:
        return TomlFile(path.name, lines, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        what = re.sub(r"\s*\(at .*\)$", "", str(error))
        fail(path.name, int(at[1]) if at else len(lines), f"this is not TOML: {what}.")
