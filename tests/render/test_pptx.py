"""The finished deck, opened again: its words, its shapes, its package."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER as PH
from sample_deck import META, SOURCE, items, matrix, results_table, sample_deck, text

from ojreport.compose.deck import Deck, DeckSection, Layout, Slide
from ojreport.compose.document import BulletList, Column, Columns, KeyFigure, KeyFigures, Paragraph, Table, TableCell, TableRow
from ojreport.errors import TemplateError
from ojreport.render.pptx import render_pptx
from ojreport.render.theme import Logo, Theme

TEMPLATE = Path(__file__).parents[2] / "templates" / "ojreport.pptx"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
ADDED = ("ftr", "sldNum")


def opened(deck: Deck, **options: Any) -> Any:
    return Presentation(io.BytesIO(render_pptx(deck, options.pop("theme", Theme()), TEMPLATE, **options)))


def one(*slides: Slide) -> Deck:
    return Deck(META, (DeckSection("Allt", slides),))


@pytest.fixture(scope="module")
def blob() -> bytes:
    return render_pptx(sample_deck(), Theme(), TEMPLATE)


@pytest.fixture(scope="module")
def deck(blob: bytes) -> Any:
    return Presentation(io.BytesIO(blob))


@pytest.fixture(scope="module")
def parts(blob: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        return {name: package.read(name) for name in package.namelist()}


def words(slide: Any) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_every_slide_has_its_title_in_the_title_placeholder(deck: Any) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles == [slide.title for section in sample_deck().sections for slide in section.slides]


def test_text_stands_in_the_layouts_placeholders(deck: Any) -> None:
    numbers = {s.placeholder_format.idx: s.text_frame.text for s in deck.slides[1].placeholders}
    assert numbers[11] == "17 av 35"
    assert numbers[21] == "indikatorer där Malung-Sälen svarar Ja"
    assert numbers[31].splitlines() == [
        "Styrkor",
        "Erbjuder minst ett stödprogram för vuxna närstående",
        "Har en aktuell överenskommelse med regionen",
        "Använder ASI grundintervju i utredningar",
    ]
    assert numbers[32].startswith("Förbättringsområden")


def test_no_placeholder_is_left_empty(deck: Any) -> None:
    for slide in deck.slides:
        assert all(s.text_frame.text.strip() for s in slide.placeholders if s.has_text_frame)
        assert not [s for s in slide.placeholders if s.placeholder_format.type == PH.PICTURE]


def test_reading_begins_with_the_title_and_ends_with_foot_and_number(deck: Any) -> None:
    for slide in deck.slides:
        kinds = [s.placeholder_format.type if s.is_placeholder else None for s in slide.shapes]
        assert kinds[0] in (PH.TITLE, PH.CENTER_TITLE)
        assert kinds[-2:] == [PH.FOOTER, PH.SLIDE_NUMBER]


def test_a_figure_is_read_as_caption_then_chart_then_source(deck: Any) -> None:
    order = ["chart" if s.has_chart else s.text_frame.text for s in deck.slides[3].shapes]
    assert order[2].startswith("Dalarnas län ligger under riket")
    assert order[3] == "chart"
    assert SOURCE in order[4]


def test_key_figures_are_read_with_their_labels(deck: Any) -> None:
    order = [s.text_frame.text for s in deck.slides[1].shapes][1:7]
    assert order[::2] == ["17 av 35", "63\u00a0%", "4"]
    assert order[1].startswith("indikatorer")


def test_the_foot_says_area_edition_and_that_it_is_example_data(deck: Any) -> None:
    for slide in deck.slides:
        foot = next(s for s in slide.placeholders if s.placeholder_format.type == PH.FOOTER)
        assert foot.text_frame.text == f"{META.foot} · {META.mark}"
    assert META.mark in [p.text for p in deck.slides[0].placeholders[1].text_frame.paragraphs]


def test_a_foot_that_says_example_data_does_not_say_it_twice() -> None:
    deck = opened(replace(sample_deck(), meta=replace(META, foot="Kalmar (0880) · Exempeldata")))
    foot = next(s for s in deck.slides[1].placeholders if s.placeholder_format.type == PH.FOOTER)
    assert foot.text_frame.text == "Kalmar (0880) · Exempeldata"


def test_a_deck_of_real_data_says_nothing_of_example_data() -> None:
    deck = opened(replace(sample_deck(), meta=replace(META, mark="")))
    assert "Exempeldata" not in words(deck.slides[0])


def test_slides_are_numbered_by_a_field(deck: Any) -> None:
    for n, slide in enumerate(deck.slides, start=1):
        number = next(s for s in slide.placeholders if s.placeholder_format.type == PH.SLIDE_NUMBER)
        field = number.element.find(f".//{A}fld")
        assert field.get("type") == "slidenum"
        assert field.find(f"{A}t").text == str(n)


def test_notes_hold_what_the_speaker_needs(deck: Any) -> None:
    notes = deck.slides[3].notes_slide.notes_text_frame
    assert [p.text for p in notes.paragraphs] == [
        "Riket 2019: 181 av 286 enheter, 63 procent.",
        "Cellen är oj2019.xlsx: Resultat!K214.",
    ]
    assert not deck.slides[8].has_notes_slide


def test_every_chart_and_table_has_a_text_alternative(deck: Any) -> None:
    frames = [s for slide in deck.slides for s in slide.shapes if s.has_chart or s.has_table]
    assert len(frames) == 8
    assert all(s.element.find(".//{*}cNvPr").get("descr") for s in frames)


def test_what_only_decorates_is_marked_so(parts: dict[str, bytes]) -> None:
    for name, content in parts.items():
        if re.match(r"ppt/slide(Layout|Master)s/[^_]", name):
            shapes = re.findall(rb"<p:sp>.*?</p:sp>", content, re.DOTALL)
            assert all(b"decorative" in s for s in shapes if b"<p:ph" not in s)


def test_every_run_has_its_language(parts: dict[str, bytes]) -> None:
    for name, content in parts.items():
        if re.match(r"ppt/(slides|notesSlides|charts)/[^_]", name):
            properties = re.findall(rb"<a:(?:rPr|defRPr|endParaRPr)\b[^>]*>", content)
            assert all(b'lang="sv-SE"' in p for p in properties), name
            assert content.count(b"<a:r>") == len(re.findall(rb"<a:r><a:rPr|<a:r>\s*<a:rPr", content)), name


def test_no_font_is_named_outside_the_theme(parts: dict[str, bytes]) -> None:
    for name, content in parts.items():
        if re.match(r"ppt/(slides|charts|slideLayouts|slideMasters)/[^_]", name):
            assert set(re.findall(rb'typeface="([^"]*)"', content)) <= {
                b"+mj-lt",
                b"+mn-lt",
                b"+mj-ea",
                b"+mn-ea",
                b"+mj-cs",
                b"+mn-cs",
            }


def test_sections_name_all_slides_in_order(deck: Any) -> None:
    root = deck.part._element
    sections = root.findall(".//{*}section")
    assert [s.get("name") for s in sections] == ["Inledning", "Resultat"]
    named = [i.get("id") for s in sections for i in s.iterfind(".//{*}sldId")]
    assert named == [str(s.slide_id) for s in deck.slides]


def test_tables_have_a_header_row_and_row_headings(deck: Any) -> None:
    table = next(s for s in deck.slides[6].shapes if s.has_table).table
    assert table.first_row
    assert table.first_col
    assert not table.horz_banding
    assert [c.text for c in table.rows[0].cells][:2] == ["Indikator", "Malung-Sälen"]
    assert table.cell(2, 1).text == "●\u00a0Ja"
    assert table.cell(5, 1).text == "–\u00a0Uppgift saknas"


def test_a_group_row_is_one_cell_over_the_whole_width(deck: Any) -> None:
    table = next(s for s in deck.slides[6].shapes if s.has_table).table
    assert table.cell(1, 0).is_merge_origin
    assert table.cell(1, 0).span_width == 5


def test_a_matrix_shows_signs_alone(deck: Any) -> None:
    table = next(s for s in deck.slides[7].shapes if s.has_table).table
    assert {table.cell(1, n).text for n in range(1, 9)} <= {"●", "◐", "○", "–"}
    assert table.cell(20, 9).text == "96 av 160"


def test_nothing_reaches_below_the_content_or_outside_the_slide(deck: Any) -> None:
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.is_placeholder and shape.placeholder_format.type in (PH.FOOTER, PH.SLIDE_NUMBER):
                continue
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= 6.76 * 914400


def test_core_properties_tell_of_the_report_and_no_date(deck: Any, parts: dict[str, bytes]) -> None:
    core = deck.core_properties
    assert (core.title, core.author, core.subject) == (META.title, META.author, META.subject)
    assert (core.keywords, core.language, core.category) == ("öppna jämförelser, missbruk", "sv-SE", "kommunprofil")
    assert b"dcterms" not in parts["docProps/core.xml"].partition(b">")[2].replace(b"xmlns:dcterms", b"")


def test_the_same_deck_is_the_same_bytes(blob: bytes) -> None:
    assert render_pptx(sample_deck(), Theme(), TEMPLATE) == blob


def test_a_deck_has_nothing_of_those_made_before_it(blob: bytes) -> None:
    other = replace(META, foot="Åsele (2463)", title="Annan rubrik", subject="", keywords=(), author="Någon annan")
    opened(replace(sample_deck(), meta=other), theme=Theme(primary="#5B1A5E"))
    assert render_pptx(sample_deck(), Theme(), TEMPLATE) == blob


def test_a_key_figure_without_a_label_leaves_no_empty_placeholder() -> None:
    deck = opened(one(Slide(Layout.NUMBERS, "Ett tal", (KeyFigures((KeyFigure("10", ""),)),))))
    assert [s.text_frame.text for s in deck.slides[0].placeholders][1:2] == ["10"]
    assert all(s.text_frame.text for s in deck.slides[0].placeholders)


def test_words_that_xml_can_not_hold_leave_a_file_that_can_be_opened() -> None:
    bell = "klocka\x07 & <tecken>"
    slide = Slide(Layout.TEXT, bell, (Paragraph(text(bell)),), notes=(bell,))
    deck = opened(Deck(replace(META, foot=bell, subject=bell), (DeckSection(bell, (slide,)),)))
    written = "klocka_x0007_ & <tecken>"
    assert deck.slides[0].shapes.title.text_frame.text == written
    assert deck.slides[0].notes_slide.notes_text_frame.text == written
    assert deck.core_properties.subject == written
    assert deck.part._element.find(".//{*}section").get("name") == written


def test_the_package_has_each_part_once_and_a_type_for_each(blob: bytes, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        names = package.namelist()
        assert {i.date_time for i in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert len(names) == len(set(names))
    types = parts["[Content_Types].xml"].decode()
    overrides = set(re.findall(r'PartName="/([^"]+)"', types))
    defaults = set(re.findall(r'Extension="([^"]+)"', types))
    assert overrides <= set(names)
    for name in names:
        extension = name.rpartition(".")[2]
        assert name == "[Content_Types].xml" or name in overrides or (extension in defaults and extension != "xml"), name


def test_two_slides_with_one_title_are_refused() -> None:
    slide = Slide(Layout.TEXT, "Samma", (BulletList(items("Ett.")),))
    with pytest.raises(TemplateError, match="Samma"):
        opened(one(slide, slide))


def test_a_table_that_has_no_room_is_refused_with_the_slides_title() -> None:
    with pytest.raises(TemplateError, match="'För lång': the table 'Alla kommuner' with 41 rows"):
        opened(one(Slide(Layout.WIDE, "För lång", (matrix(40),))))


def test_text_that_has_no_room_at_10_points_is_refused() -> None:
    lines = items(*("En lång punkt som sträcker sig över hela bredden och lite till, gång efter annan." for _ in range(40)))
    with pytest.raises(TemplateError, match="no room at 10 pt"):
        opened(one(Slide(Layout.TEXT, "För mycket", (BulletList(lines),))))


@pytest.mark.parametrize(("count", "size"), [(13, 18), (17, 12)])
def test_text_shrinks_in_steps_and_under_18_points_only_where_it_must(count: int, size: int) -> None:
    lines = items(*("En punkt som är ungefär så här lång på bilden." for _ in range(count)))
    deck = opened(one(Slide(Layout.TEXT, "Lagom mycket", (BulletList(lines),))))
    sizes = {r.font.size.pt for p in deck.slides[0].placeholders[1].text_frame.paragraphs for r in p.runs if r.font.size}
    assert sizes == {size}


def test_ten_strengths_and_ten_improvement_areas_have_room_beside_each_other() -> None:
    lines = items(*("Aktuell rutin för samordning vid ekonomiskt bistånd och missbruk" for _ in range(10)))
    lists = Columns(BulletList(lines, title="Styrkor"), BulletList(lines, title="Förbättringsområden"))
    deck = opened(one(Slide(Layout.NUMBERS, "Tio av varje", (KeyFigures((KeyFigure("10", "tal"),)), lists))))
    sizes = {r.font.size.pt for s in deck.slides[0].placeholders for p in s.text_frame.paragraphs for r in p.runs if r.font.size}
    assert min(sizes) >= 10


def test_a_table_of_long_answers_is_set_smaller_and_not_refused() -> None:
    answers = TableRow(
        (
            TableCell("Aktuella rutiner för samordning, ekonomiskt bistånd och missbruk"),
            TableCell("Ja, men inte för vissa områden, målgrupper eller åldrar i kommunen"),
        )
    )
    table = Table("Svar", (Column("Indikator"), Column("Örnsköldsvik", own=True)), (answers,) * 16)
    deck = opened(one(Slide(Layout.WIDE, "Långa svar", (table,))))
    frame = next(s for s in deck.slides[0].shapes if s.has_table)
    assert frame.top + frame.height <= 6.76 * 914400


def test_columns_beside_each_other_have_one_size() -> None:
    long = BulletList(items(*("En punkt som är så lång att den behöver flera rader i sin spalt." for _ in range(6))))
    deck = opened(one(Slide(Layout.TWO, "Två spalter", (long, BulletList(items("Kort."))))))
    found = {r.font.size for s in list(deck.slides[0].placeholders)[1:3] for p in s.text_frame.paragraphs for r in p.runs}
    assert len(found) == 1


def test_a_figure_without_text_beside_it_takes_the_whole_width() -> None:
    figure = sample_deck().sections[1].slides[0].blocks[1]
    deck = opened(one(Slide(Layout.FIGURE, "Bara en bild", (figure,))))
    chart = next(s for s in deck.slides[0].shapes if s.has_chart)
    assert chart.width > 12 * 914400


def test_four_key_figures_are_refused() -> None:
    figures = KeyFigures(tuple(KeyFigure(str(n), "tal") for n in range(4)))
    with pytest.raises(ValueError, match="room for 3 key figures"):
        opened(one(Slide(Layout.NUMBERS, "Fyra", (figures,))))


def test_a_lead_before_a_table_stands_above_it() -> None:
    lead = Paragraph(text("Först en mening."))
    deck = opened(one(Slide(Layout.WIDE, "Med ingress", (lead, results_table(4)))))
    table = next(s for s in deck.slides[0].shapes if s.has_table)
    above = next(s for s in deck.slides[0].shapes if s.has_text_frame and s.text_frame.text == "Först en mening.")
    assert above.top + above.height < table.top


def test_a_link_keeps_its_address(deck: Any) -> None:
    runs = [r for p in deck.slides[2].placeholders[1].text_frame.paragraphs for r in p.runs]
    assert [(r.text, r.hyperlink.address) for r in runs if r.hyperlink.address] == [
        ("Socialstyrelsen", "https://www.socialstyrelsen.se/")
    ]


def test_the_themes_colours_reach_the_master() -> None:
    blob = render_pptx(sample_deck(), Theme(primary="#5B1A5E"), TEMPLATE)
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        theme = package.read("ppt/theme/theme1.xml").decode()
    assert re.search(r'<a:accent1><a:srgbClr val="5B1A5E"', theme)


def test_a_logo_stands_on_the_title_slide_with_its_words(tmp_path: Path) -> None:

    Image.new("RGB", (400, 100), "white").save(tmp_path / "logo.png")
    deck = opened(sample_deck(), theme=Theme(logo=Logo(tmp_path / "logo.png", "Kommunens vapen")))
    picture = next(s for s in deck.slides[0].shapes if s.shape_type == 13)
    assert picture.element.find(".//{*}cNvPr").get("descr") == "Kommunens vapen"
    assert picture.width == 4 * picture.height


def test_figures_can_be_pictures_with_a_vector_inside() -> None:
    pair = sample_deck().sections[1].slides[0]
    blob = render_pptx(one(pair), Theme(), TEMPLATE, "picture")
    picture = next(s for s in Presentation(io.BytesIO(blob)).slides[0].shapes if s.shape_type == 13)
    assert picture.element.find(".//{*}cNvPr").get("descr") == pair.blocks[1].alt
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        vector = next(n for n in package.namelist() if n.endswith(".svg"))
        assert b"<svg" in package.read(vector)
        assert b"image/svg+xml" in package.read("[Content_Types].xml")
        assert b"svgBlip" in package.read("ppt/slides/slide1.xml")
    assert render_pptx(one(pair), Theme(), TEMPLATE, "picture") == blob


def test_a_chart_stands_in_the_layouts_chart_placeholder(deck: Any) -> None:
    chart = next(s for s in deck.slides[3].shapes if s.has_chart)
    assert chart.is_placeholder
    assert chart.placeholder_format.type == PH.CHART


def test_a_table_takes_no_chart_placeholder() -> None:
    deck = opened(one(Slide(Layout.FIGURE, "Tabell", (BulletList(items("Text.")), results_table(3)))))
    table = next(s for s in deck.slides[0].shapes if s.has_table)
    assert not table.is_placeholder
