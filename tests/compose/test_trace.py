"""Each number of a report, with the cells that it comes from."""

import json

from ojreport.compose.deck import Deck, DeckSection, Layout, Slide
from ojreport.compose.document import (
    Bar,
    BarChart,
    BulletList,
    Columns,
    Document,
    Fact,
    Figure,
    FigurePair,
    Heading,
    Item,
    KeyFigures,
    Meta,
    PageBreak,
    Paragraph,
    Run,
    Table,
)
from ojreport.compose.trace import facts_of, trace
from ojreport.compose.worksheet import WorkBook, WorkSheet
from ojreport.model.value import Origin

SIDES = Columns(BulletList((Item((Run("Vårdkedja"),)),), title="Styrkor"), BulletList((), title="Förbättringsområden"))
META = Meta(
    report="kommunprofil",
    title="",
    subtitle="",
    area="Kalmar",
    code="0880",
    year=2019,
    edition="",
    author="",
    subject="",
    head="",
    foot="",
)
CHART = BarChart("", "", (Bar("Kalmar län", 67.0, "67"),), "procent", "", "")


def fact(text: str, *cells: str) -> Fact:
    return Fact(text, "U35500", "00", 2019, tuple(Origin("oj-2019.xlsx", "ab12", "Resultat", cell) for cell in cells))


ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN, EIGHT = (fact(f"{n} procent", f"C{n}") for n in range(1, 9))


def test_a_documents_facts_come_in_reading_order_from_every_kind_of_block() -> None:
    blocks = (
        Heading(1, "Kalmar"),
        Paragraph((), facts=(ONE,)),
        KeyFigures((), facts=(TWO,)),
        Columns(BulletList((), facts=(THREE,)), BulletList((), facts=(FOUR,))),
        PageBreak(),
        Table("", (), (), facts=(FIVE,)),
        FigurePair(Figure(CHART, "", facts=(SIX,)), Figure(CHART, "", facts=(SEVEN,))),
        Figure(CHART, "", facts=(EIGHT,)),
    )
    assert facts_of(Document(META, blocks)) == (ONE, TWO, THREE, FOUR, FIVE, SIX, SEVEN, EIGHT)


def test_a_fact_that_is_said_twice_is_listed_once() -> None:
    assert facts_of(Document(META, (Paragraph((), facts=(ONE,)), Paragraph((), facts=(ONE, TWO))))) == (ONE, TWO)


def test_a_decks_and_a_workbooks_facts_are_found_too() -> None:
    slides = (Slide(Layout.TEXT, "", (Paragraph((), facts=(ONE,)),)), Slide(Layout.TEXT, "", (Paragraph((), facts=(TWO,)),)))
    sheet = WorkSheet("Plan", "", (), (), (), facts=(THREE,))
    assert facts_of(Deck(META, (DeckSection("", slides[:1]), DeckSection("", slides[1:])))) == (ONE, TWO)
    assert facts_of(WorkBook(META, (sheet,))) == (THREE,)


def test_the_trace_says_for_each_number_where_it_stands_and_where_it_comes_from() -> None:
    read = fact("63 procent", "D5", "F7:F90")
    traced = json.loads(
        trace(Document(META, (SIDES,)), [("kommunprofil.pptx", read), ("kommunprofil.pdf", read), ("kommunprofil.pdf", ONE)])
    )
    assert (traced["report"], traced["area"], traced["code"], traced["year"]) == ("kommunprofil", "Kalmar", "0880", 2019)
    assert traced["workbooks"] == {"oj-2019.xlsx": "ab12"}
    assert traced["facts"][0] == {
        "text": "63 procent",
        "indicator": "U35500",
        "area": "00",
        "year": 2019,
        "in": ["kommunprofil.pptx", "kommunprofil.pdf"],
        "from": [{"file": "oj-2019.xlsx", "sheet": "Resultat", "cells": ["D5", "F7:F90"]}],
    }
    assert traced["facts"][1]["in"] == ["kommunprofil.pdf"]


def test_an_answer_that_the_file_has_no_cell_for_is_traced_to_the_file() -> None:
    absent = Fact("uppgift saknas", "U35500", "0880", 2019, (Origin("oj-2019.xlsx", "ab12", "", ""),))
    traced = json.loads(trace(Document(META, (SIDES,)), [("kommunprofil.pdf", absent)]))
    assert traced["facts"][0]["from"] == [{"file": "oj-2019.xlsx", "sheet": "", "cells": []}]


def test_the_trace_has_the_lists_of_the_first_page_for_a_mail_to_quote():
    traced = json.loads(trace(Document(META, (SIDES,)), []))
    assert traced["summary"] == [{"title": "Styrkor", "points": ["Vårdkedja"]}, {"title": "Förbättringsområden", "points": []}]
