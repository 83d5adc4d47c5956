"""Words in the structure tree stay whole, and apart from each other, wherever a line is broken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sample_document import sample_document

from ojreport.compose.document import Column, Table, TableCell, TableRow
from ojreport.proof.structure import read
from ojreport.render.pdf import render_pdf
from ojreport.render.theme import Theme

if TYPE_CHECKING:
    from ojreport.compose.document import Document

TEXT = "Använder brukarrevisionens resultat i stadsdelsförvaltningarnas verksamhetsutveckling för missbruks- och beroendevården"


def _in_columns_of_many_widths(text: str) -> Document:
    rows = (TableRow((TableCell(text), TableCell(text))),)
    tables = (Table("", (Column("I", 10 + n), Column("S", 60 - n)), rows) for n in range(50))
    return replace(sample_document(), blocks=tuple(tables))


@pytest.mark.parametrize("text", [TEXT, f"{TEXT} Ja"])
def test_a_divided_word_is_apart_from_the_word_after_it(text: str) -> None:
    tree = read(render_pdf(_in_columns_of_many_widths(text), Theme()))
    assert {cell.text for row in tree.all("TBody") for cell in row.all("TH", "TD")} == {text}
