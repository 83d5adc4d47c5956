"""The trace of a report: each number that it states, with the cells that the number comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from ojreport.compose.deck import Deck
from ojreport.compose.document import (
    Block,
    BulletList,
    Columns,
    Document,
    Fact,
    Figure,
    FigurePair,
    KeyFigures,
    Paragraph,
    Table,
    plain,
)
from ojreport.compose.worksheet import WorkBook

_json = json.JSONEncoder(ensure_ascii=False).encode


def facts_of(product: Document | Deck | WorkBook) -> tuple[Fact, ...]:
    """The facts that *product* states, in reading order, each once."""
    return tuple(dict.fromkeys(_facts(product)))


def _facts(product: Document | Deck | WorkBook) -> Iterator[Fact]:
    match product:
        case Document(blocks=blocks):
            yield from _in_blocks(blocks)
        case Deck(sections=sections):
            for section in sections:
                for slide in section.slides:
                    yield from _in_blocks(slide.blocks)
        case WorkBook(sheets=sheets):
            for sheet in sheets:
                yield from sheet.facts


def _in_blocks(blocks: Iterable[Block]) -> Iterator[Fact]:
    for block in blocks:
        match block:
            case Columns(left=left, right=right) | FigurePair(left=left, right=right):
                yield from left.facts
                yield from right.facts
            case Paragraph() | BulletList() | KeyFigures() | Table() | Figure():
                yield from block.facts
            case _:  # a heading or a page break states no number
                pass


def trace(document: Document, stated: Iterable[tuple[str, Fact]]) -> bytes:
    """The trace as JSON (UTF-8, one fact a line) from pairs of a file's name and a fact stated in that file.

    ``summary`` has the lists that stand side by side on the first page, for a mail to quote.
    Each fact says in which files it stands, and gives the cells (A1, or a range) by workbook and sheet.
    """
    places: dict[Fact, list[str]] = {}
    for name, fact in stated:
        places.setdefault(fact, []).append(name)
    workbooks = {origin.file: origin.sha256 for fact in places for origin in fact.origins}
    meta = document.meta
    first = next((block for block in document.blocks if isinstance(block, Columns)), None)
    lists = (first.left, first.right) if first else ()
    summary = [{"title": found.title, "points": [plain(item.text) for item in found.items]} for found in lists]
    head: dict[str, object] = {
        "report": meta.report,
        "area": meta.area,
        "code": meta.code,
        "year": meta.year,
        "workbooks": workbooks,
        "summary": summary,
    }
    opening = _json(head)[:-1]
    body = ",\n".join(_line(fact, names) for fact, names in places.items())
    return f'{opening}, "facts": [\n{body}\n]}}\n'.encode()


def _line(fact: Fact, names: list[str]) -> str:
    sheets: dict[tuple[str, str], list[str]] = {}
    for origin in fact.origins:
        cells = sheets.setdefault((origin.file, origin.sheet), [])
        if origin.cell:
            cells.append(origin.cell)
    origins = [{"file": file, "sheet": sheet, "cells": cells} for (file, sheet), cells in sheets.items()]
    content = {"text": fact.text, "indicator": fact.indicator, "area": fact.area, "year": fact.year}
    return _json(content | {"in": names, "from": origins})
