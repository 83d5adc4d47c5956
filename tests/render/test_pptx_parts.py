"""What a deck's file is put together from: words in XML, relations between parts, and kinds of parts."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from lxml import etree
from pptx.opc.constants import CONTENT_TYPE as CT

from ojreport.render.pptx.package import Package, Relations
from ojreport.render.pptx.wording import element, escaped, quoted

HARD = ["Mål & <medel>", 'sade "ja"', "en\nrad", "en\rrad", "en\tflik", "\u00a0", "●◐○", ""]


@pytest.mark.parametrize("text", HARD)
def test_words_are_read_as_they_were_written(text: str) -> None:
    root = etree.fromstring(f"<a b={quoted(text)}>{escaped(text)}</a>")
    assert (root.get("b"), root.text or "") == (text, text)


@pytest.mark.parametrize("text", HARD)
def test_they_are_written_as_lxml_writes_them(text: str) -> None:
    root = etree.Element("a", b=text)
    root.text = text or None
    assert element(f"a b={quoted(text)}", escaped(text)) == etree.tostring(root, encoding="unicode")


@pytest.mark.parametrize(("text", "written"), [("\x07", "_x0007_"), ("\ufffe", "_xFFFE_"), ("\ud800", "_xD800_")])
def test_what_xml_can_not_hold_is_written_as_a_spreadsheet_does(text: str, written: str) -> None:
    assert escaped(f"a{text}b") == f"a{written}b"


def test_a_relation_gets_the_first_free_id_and_is_made_once() -> None:
    relations = Relations({"rId1": ("kind", "one.xml", False), "rId3": ("kind", "three.xml", False)})
    assert relations.add("kind", "two.xml") == "rId2"
    assert relations.add("kind", "four.xml") == "rId4"
    assert relations.add("kind", "three.xml") == "rId3"
    assert relations.add("other", "three.xml") == "rId5"
    found = etree.fromstring(relations.xml())
    assert [one.get("Id") for one in found] == ["rId1", "rId2", "rId3", "rId4", "rId5"]


def test_a_relation_out_of_the_file_says_so() -> None:
    relations = Relations()
    relations.add("link", "https://exempel.se/?a=1&b=2", external=True)
    (found,) = etree.fromstring(relations.xml())
    assert (found.get("Target"), found.get("TargetMode")) == ("https://exempel.se/?a=1&b=2", "External")


def test_parts_are_known_by_their_ending_where_all_of_it_are_of_a_kind() -> None:
    package = Package({}, {})
    package.add("/ppt/presentation.xml", b"<a/>", CT.PML_PRESENTATION_MAIN, Relations())
    package.add("/ppt/media/image1.PNG", b"", CT.PNG)
    with zipfile.ZipFile(io.BytesIO(package.to_bytes())) as made:
        names, types = made.namelist(), made.read("[Content_Types].xml").decode()
    assert names == ["[Content_Types].xml", "ppt/_rels/presentation.xml.rels", "ppt/media/image1.PNG", "ppt/presentation.xml"]
    assert re.findall(r'Extension="(\w+)"', types) == ["png", "rels", "xml"]
    assert re.findall(r'PartName="([^"]+)"', types) == ["/ppt/presentation.xml"]


def test_a_new_part_takes_no_name_that_is_taken() -> None:
    package = Package({"/ppt/media/image1.png": b"the template's"}, {"/ppt/media/image1.png": CT.PNG})
    assert package.free("/ppt/media/image%d.png") == "/ppt/media/image2.png"
