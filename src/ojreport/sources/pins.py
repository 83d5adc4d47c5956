"""Headings that a user has pinned to indicators, in a small TOML file: read with its faults named, and drafted for her."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ojreport.catalogue import Catalogue
from ojreport.catalogue.names import suggest
from ojreport.catalogue.reading import fail, read_toml
from ojreport.sources.text import clean, squeeze

TABLE = "headings"

_HEAD = f"""\
# Which indicator each heading of your workbooks stands for, the heading as it stands in the file.
# Take away the # before a line to pin it, and put in the right id where none is proposed:
# `ojreport list indicators` shows them all. A heading without a line is read as before.
# Use the file with --layout.

[{TABLE}]
"""


def read_layout(path: Path, catalogue: Catalogue) -> Mapping[str, str]:
    """The pinned headings with the ids of their indicators, for ``load_results``.

    Raises CatalogueError, with file and line, for a file that is no such list and for an id that the catalogue lacks.
    """
    file = read_toml(path)
    file.allow(TABLE)
    found = file.table(TABLE).data
    pinned: dict[str, str] = {}
    for heading, name in found.items():
        line = _line_of(heading, file.lines)
        if not isinstance(name, str) or name not in catalogue.indicators:
            meant = suggest(str(name), ((i, i) for i in catalogue.indicators))
            hint = f"did you mean {meant[0]}?" if meant else "`ojreport list indicators` shows them."
            fail(path.name, line, f"there is no indicator with the id “{name}”; {hint}")
        if not squeeze(heading):
            fail(path.name, line, "the heading is empty.")
        pinned[heading] = name
    return pinned


def _line_of(heading: str, lines: Iterable[str]) -> int:
    """The line that a heading is pinned in, the first of the file where it is written in another way."""
    written = (json.dumps(heading, ensure_ascii=False), f"'{heading}'", heading)
    return next((n for n, line in enumerate(lines, 1) if line.lstrip().startswith(written)), 1)


@dataclass(frozen=True, slots=True)
class Unclear:
    """A heading that is in doubt; *indicator* is the id that it was read as, empty where the catalogue has none like it."""

    heading: str
    indicator: str = ""


def draft_layout(unclear: Iterable[Unclear], catalogue: Catalogue, taken: Collection[str] = ()) -> str:
    """A layout file to go through: what was guessed is proposed, what is unknown waits behind a #, with what may be meant.

    The indicators *taken* have a heading of their own, and are not meant by another.
    """
    lines: dict[str, str] = {}
    for one in unclear:
        key = json.dumps(clean(one.heading).replace("\x7f", ""), ensure_ascii=False)
        if one.indicator:
            lines[key] = f'{key} = "{one.indicator}"  # {catalogue.indicators[one.indicator].title}'
            continue
        meant = suggest(one.heading, ((i.title, i.id) for i in catalogue.indicators.values() if i.id not in taken))
        about = f"perhaps: {catalogue.indicators[meant[0]].title}" if meant else "nothing like it in the catalogue"
        lines.setdefault(key, f'# {key} = "{meant[0] if meant else ""}"  # {about}')
    return _HEAD + "".join(f"{line}\n" for line in lines.values())
