"""The sheets that hold no results: what the file is, with the published figures, and what the indicators are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from example.draw import Gap
from example.facts import RIKET, Facts, Published
from example.layouts import Layout
from example.rows import Edition
from example.style import EXAMPLE, HEAD, HEAD_FILL, LINE, TITLE, WRAPPED

_ABOUT_WIDTHS = (72, 10, 22, 62, 62)
_DESCRIBED_WIDTHS = (6, 90, 34, 18, 50, 26)


def about(page: Worksheet, edition: Edition, layout: Layout, texts: Mapping[str, Any]) -> None:
    """Fill the first sheet: Exempeldata, the edition, what is real and what is not, and the list of published figures."""
    page["A1"], page["A2"] = texts["edition"].format(year=layout.year), texts["example"]
    page["A1"].font, page["A2"].font = TITLE, EXAMPLE
    paragraphs = [*texts["about"], texts["kalmar"], *_about_gaps(layout, texts)]
    for row, text in enumerate(paragraphs, 4):
        page.cell(row, 1, text).alignment = WRAPPED
        page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=5)
        page.row_dimensions[row].height = LINE * _lines(text, sum(_ABOUT_WIDTHS))
    rows = (_published(edition.facts, p, texts) for p in edition.facts.published if p.year == layout.year)
    _table(page, 4 + len(paragraphs) + 1, texts["heads_published"], rows, _ABOUT_WIDTHS)


def described(page: Worksheet, edition: Edition, texts: Mapping[str, Any]) -> None:
    """Fill the sheet that describes the indicators and bakgrundsmått; it holds no results."""
    page["A1"] = texts["edition"].format(year=edition.year)
    page["A1"].font = TITLE
    rows = []
    for number, indicator in enumerate(edition.facts.asked(edition.year), 1):
        kind = texts["bakgrundsmatt" if indicator.background else "indikator"]
        scale = " / ".join(o.label for o in indicator.options) or indicator.unit
        dimension = edition.facts.dimensions[indicator.dimension]
        rows.append((number, indicator.title, dimension, kind, scale, texts["parts"][indicator.part]))
    _table(page, 3, texts["heads_described"], rows, _DESCRIBED_WIDTHS)
    page.freeze_panes = "A4"


def _about_gaps(layout: Layout, texts: Mapping[str, Any]) -> list[str]:
    symbols = {gap.name.lower(): " ".join(s or texts["blank"] for s in signs) for gap, signs in layout.missing.items()}
    shown = layout.year != 2019  # noqa: PLR2004 - the edition in which a län is not shown
    not_shown = [] if shown else [texts["not_shown_about"].format(sekretess=symbols[Gap.SEKRETESS.name.lower()])]
    return [texts["symbols"].format(**symbols), *not_shown]


def _published(facts: Facts, figure: Published, texts: Mapping[str, Any]) -> tuple[str, ...]:
    titles = {i.id: i.title for i in facts.indicators}
    names = {RIKET: "Riket", **{k.code: k.name for k in facts.kommuner}}
    source = texts["sources"][figure.source]
    title = titles.get(figure.what) or texts["response"][figure.what]
    return (title, names[figure.area], figure.printed, " ".join((source["title"], source["url"])).strip(), figure.note)


def _table(page: Worksheet, top: int, heads: Sequence[str], rows: Iterable[Sequence[str | int]], widths: Sequence[int]) -> None:
    for column, (text, width) in enumerate(zip(heads, widths, strict=True), 1):
        cell = page.cell(top, column, text)
        cell.font, cell.fill = HEAD, HEAD_FILL
        page.column_dimensions[cell.column_letter].width = width
    for row, values in enumerate(rows, top + 1):
        for column, value in enumerate(values, 1):
            page.cell(row, column, value or None).alignment = WRAPPED
        page.row_dimensions[row].height = LINE * max(_lines(str(v), w) for v, w in zip(values, widths, strict=True))
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column; a row's height does not follow its text in every program."""
    return 1 + len(text) // width
