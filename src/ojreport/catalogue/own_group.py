"""A group of the user's own: a TOML file with a name and its members, or a CSV file with a column of them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from ojreport.catalogue.reading import fail, read_text, read_toml
from ojreport.errors import UsageError
from ojreport.model.area import Area, Group, GroupKind, Level

SUFFIXES = (".toml", ".csv")
COLUMN = "kommun"
MEMBERS = "members"


def read_group(path: Path, find: Callable[[str], Area]) -> Group:
    """The group in *path*, its members being kommuner and stadsdelar by name or code, which *find* knows.

    A TOML file has ``name`` and ``members``; a CSV file has a heading with the column ``kommun``, and its own name is the
    group's. Raises CatalogueError that names file and line.
    """
    toml = path.suffix.lower() == ".toml"
    name, rows = _of_toml(path) if toml else (_name(path), tuple(_of_csv(path)))
    members: dict[str, int] = {}
    for line, text in rows:
        code = _member(path, line, text, find)
        if code in members:
            fail(path.name, line, f"{text} stands already in line {members[code]}.")
        members[code] = line
    for code, line in members.items():
        if code[:4] in members and code[:4] != code:
            fail(path.name, line, f"the stadsdel {code} is in the kommun {code[:4]}, which is a member too.")
    if not members:
        fail(path.name, 1, f"there are no members; give them under {MEMBERS if toml else f'the heading {COLUMN}'}.")
    return Group(path.stem, name, GroupKind.REGION, tuple(members), source=path.name)


def _name(path: Path) -> str:
    """The file's name as a group is called: ``mina-kommuner.csv`` → ``Mina kommuner``."""
    words = " ".join(path.stem.replace("_", " ").replace("-", " ").split()) or path.stem
    return words[:1].upper() + words[1:]


def _of_toml(path: Path) -> tuple[str, tuple[tuple[int, str], ...]]:
    table = read_toml(path).top
    table.allow("name", MEMBERS)
    line = table.line_of(MEMBERS)
    return table.text("name"), tuple((line, text) for text in table.words(MEMBERS))


def _of_csv(path: Path) -> Iterator[tuple[int, str]]:
    lines = read_text(path).splitlines()
    first = lines[0] if lines else ""
    reader = csv.reader(lines, delimiter=max(",;\t", key=first.count))
    heading = [cell.strip().casefold() for cell in next(reader, ())]
    if COLUMN not in heading:
        fail(path.name, 1, f"no column is headed {COLUMN}; write that above the names or codes of the kommuner.")
    place = heading.index(COLUMN)
    for cells in reader:
        text = cells[place].strip() if place < len(cells) else ""
        if text:
            yield reader.line_num, text
        elif any(cell.strip() for cell in cells):
            fail(path.name, reader.line_num, f"{COLUMN} is empty.")


def _member(path: Path, line: int, text: str, find: Callable[[str], Area]) -> str:
    try:
        area = find(text)
    except UsageError as error:
        fail(path.name, line, str(error))
    if area.level not in (Level.KOMMUN, Level.STADSDEL):
        fail(path.name, line, f"{area.name} is neither a kommun nor a stadsdel.")
    return area.code
