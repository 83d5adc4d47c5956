"""Other people's templates: what they rule, what they lack, and that nothing of theirs is left."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER as PH
from pptx.opc.packuri import PackURI
from pptx.util import Inches
from sample_deck import META, sample_deck
from test_pptx import TEMPLATE

from ojreport.errors import TemplateError
from ojreport.render.pptx import render_pptx
from ojreport.render.pptx.palette import foreign
from ojreport.render.theme import Theme, contrast


def render(template: Path) -> Any:
    return Presentation(io.BytesIO(render_pptx(sample_deck(), Theme(), template)))


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """python-pptx's own 4:3 template with other layout names, and with a slide of its own."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text = "Gammal bild"
    deck.core_properties.author = "Någon annan"
    deck.save(tmp_path / "mall.pptx")
    return tmp_path / "mall.pptx"


def changed(template: Path, target: Path, part: str, *swaps: tuple[bytes, bytes]) -> Path:
    """*template* with other words in the parts whose names begin with *part*."""
    with zipfile.ZipFile(template) as source, zipfile.ZipFile(target, "w") as out:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith(part):
                for old, new in swaps:
                    content = content.replace(old, new)
            out.writestr(name, content)
    return target


@pytest.fixture
def dark(tmp_path: Path) -> Path:
    """Our master made somebody else's: a .potx, dark, with other names of theme and layouts, and a wide face."""
    target = tmp_path / "mall.potx"
    swaps = {
        b'name="ojreport"': b'name="Kommunen"',
        b"14406B": b"6FD3C7",
        b"Calibri": b"Verdana",
        b'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2"': b'bg1="dk1" tx1="lt1" bg2="dk2" tx2="lt2"',
        b"presentation.main+xml": b"template.main+xml",
    }
    with zipfile.ZipFile(TEMPLATE) as source, zipfile.ZipFile(target, "w") as out:
        for name in source.namelist():
            content = source.read(name)
            for old, new in swaps.items():
                content = content.replace(old, new)
            if name.startswith("ppt/slideLayouts/slide"):
                content = re.sub(rb'<p:cSld name="([^"]+)"', rb'<p:cSld name="Mall \1"', content)
            out.writestr(name, content)
    return target


def test_a_template_with_other_names_and_proportions_works(plain: Path) -> None:
    deck = render(plain)
    assert len(deck.slides) == 11
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height


def test_the_templates_own_slides_and_author_are_gone(plain: Path) -> None:
    blob = render_pptx(sample_deck(), Theme(), plain)
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
        assert "docProps/app.xml" not in package.namelist()
    assert b"Gammal bild" not in everything
    assert "Någon annan".encode() not in everything


def test_a_long_foot_has_room_in_a_narrow_placeholder(plain: Path) -> None:
    foot = next(s for s in render(plain).slides[1].placeholders if s.name.startswith("Footer"))
    assert foot.text_frame.text == f"{META.foot} · {META.mark}"
    assert foot.width > Inches(5)


def test_titles_have_one_size_through_the_deck(plain: Path) -> None:
    sizes = {s.shapes.title.text_frame.paragraphs[0].runs[0].font.size for s in list(render(plain).slides)[1:]}
    assert len(sizes) == 1


def test_a_potx_becomes_a_deck(dark: Path) -> None:
    blob = render_pptx(sample_deck(), Theme(), dark)
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        types = package.read("[Content_Types].xml")
    assert b"template.main" not in types
    assert b"presentation.main" in types


def _foot_and_number(template: Path) -> list[Any]:
    """The colours that we give the foot and the number of a slide; None is the template's own."""
    slide = render(template).slides[1]
    said = [next(s for s in slide.placeholders if s.name.casefold().startswith(name)) for name in ("footer", "slide number")]
    return [shape.element.find(".//{*}rPr/{*}solidFill/{*}schemeClr") for shape in said]


def test_a_foot_that_can_not_be_read_on_the_templates_ground_gets_a_colour_that_can(dark: Path) -> None:
    assert [colour.get("val") for colour in _foot_and_number(dark)] == ["tx1", "tx1"]


def test_a_foot_that_can_be_read_keeps_the_templates_colour(plain: Path) -> None:
    assert _foot_and_number(plain) == [None, None]


def test_a_foot_on_a_band_keeps_the_templates_colour(dark: Path, tmp_path: Path) -> None:
    """What is under it is the template's, which is taken to have known what it did."""
    with zipfile.ZipFile(dark) as source, zipfile.ZipFile(tmp_path / "band.potx", "w") as out:
        for name in source.namelist():
            content = source.read(name)
            if name == "ppt/slideMasters/slideMaster1.xml":
                band = re.search(rb'<p:sp>(?:(?!</p:sp>).)*?<a:ext cx="\d+" cy="\d+"/>.*?</p:sp>', content, re.DOTALL)
                assert band is not None
                tall = re.sub(rb'(<a:ext cx="\d+" cy=)"\d+"', rb'\1"9000000"', band[0], count=1)
                content = content.replace(band[0], tall, 1)
            out.writestr(name, content)
    assert _foot_and_number(tmp_path / "band.potx") == [None, None]


def test_a_foot_on_a_plain_ground_is_made_readable_though_the_tree_of_shapes_says_how_large_it_is(
    dark: Path, tmp_path: Path
) -> None:
    sized = changed(
        dark, tmp_path / "sized.potx", "ppt/slide", (b'<a:ext cx="0" cy="0"/>', b'<a:ext cx="12192000" cy="6858000"/>')
    )
    assert sized.read_bytes() != dark.read_bytes()
    assert [colour.get("val") for colour in _foot_and_number(sized)] == ["tx1", "tx1"]


@pytest.mark.parametrize("frame", [b"<a:xfrm/>", b'<a:xfrm rot="0"/>'])
def test_a_shape_that_says_nothing_of_its_place_is_passed_over(plain: Path, tmp_path: Path, frame: bytes) -> None:
    about = b'<p:nvGrpSpPr><p:cNvPr id="99" name="g"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
    group = b"<p:grpSp>%b<p:grpSpPr>%%b</p:grpSpPr></p:grpSp>" % about
    odd = changed(plain, tmp_path / "odd.pptx", "ppt/slideMasters/slideMaster", (b"</p:spTree>", group % frame + b"</p:spTree>"))
    assert len(render(odd).slides) == len(render(plain).slides)


def test_a_part_may_have_any_name(plain: Path, tmp_path: Path) -> None:
    deck = Presentation(str(plain))
    deck.slide_layouts[0].part.partname = PackURI("/ppt/slideLayouts/a&b.xml")
    deck.save(str(tmp_path / "odd.pptx"))
    assert "/ppt/slideLayouts/a&b.xml" in {str(layout.part.partname) for layout in render(tmp_path / "odd.pptx").slide_layouts}


def test_a_template_with_macros_is_named(tmp_path: Path) -> None:
    types = (
        b"vnd.openxmlformats-officedocument.presentationml.presentation.main",
        b"vnd.ms-powerpoint.presentation.macroEnabled.main",
    )
    path = changed(TEMPLATE, tmp_path / "mall.pptm", "[Content", types)
    with pytest.raises(TemplateError, match=r"mall\.pptm has macros.* Save it as \.pptx or \.potx"):
        render(path)


def test_a_foreign_theme_keeps_its_colours(dark: Path) -> None:
    blob = render_pptx(sample_deck(), Theme(), dark)
    with zipfile.ZipFile(io.BytesIO(blob)) as package:
        assert b"6FD3C7" in package.read("ppt/theme/theme1.xml")
        charts = [package.read(n) for n in package.namelist() if n.startswith("ppt/charts/chart")]
    assert not any(b"srgbClr" in chart for chart in charts)


def test_layouts_are_found_by_their_placeholders(dark: Path) -> None:
    names = {slide.slide_layout.name for slide in render(dark).slides}
    assert {"Mall Title", "Mall Text", "Mall Figure"} <= names


def test_what_is_missing_is_listed(tmp_path: Path) -> None:
    deck = Presentation()
    layouts = deck.slide_master.slide_layouts
    for layout in list(layouts)[1:]:
        layouts.remove(layout)
    deck.save(tmp_path / "tom.pptx")
    with pytest.raises(TemplateError, match=r"tom\.pptx .*it lacks Text \(.*\); Two columns \("):
        render(tmp_path / "tom.pptx")


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_template_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "trasig.pptx").write_bytes(content)
    with pytest.raises(TemplateError, match=r"trasig\.pptx"):
        render(tmp_path / "trasig.pptx")


def test_a_template_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=r"finns_inte\.pptx: the deck template can not be read"):
        render(tmp_path / "finns_inte.pptx")


def test_a_template_that_is_too_small_is_named_with_its_layout(tmp_path: Path) -> None:
    deck = Presentation()
    for layout in deck.slide_layouts:
        for shape in layout.placeholders:
            if shape.placeholder_format.idx in (1, 2):
                shape.top, shape.height = Inches(1.6), Inches(1)
                shape.left, shape.width = shape.left, shape.width
    deck.save(tmp_path / "liten.pptx")
    with pytest.raises(TemplateError, match=r"liten\.pptx: the layout .* is too small for the slide"):
        render(tmp_path / "liten.pptx")


def test_a_layout_without_foot_gets_one(tmp_path: Path) -> None:
    deck = Presentation()
    for layout in deck.slide_layouts:
        for shape in list(layout.placeholders):
            if shape.placeholder_format.idx in (10, 11, 12):
                shape.element.getparent().remove(shape.element)
    deck.save(tmp_path / "utan.pptx")
    slide = render(tmp_path / "utan.pptx").slides[3]
    assert any(META.foot in s.text_frame.text for s in slide.shapes if s.has_text_frame)


def test_a_template_is_read_anew_when_its_file_changes(tmp_path: Path) -> None:
    names = []
    for name in ("Före", "Efter"):
        deck = Presentation()
        deck.slide_layouts[0].name = name
        deck.save(tmp_path / "mall.pptx")
        names.append(render(tmp_path / "mall.pptx").slides[0].slide_layout.name)
    assert names == ["Före", "Efter"]


def test_a_template_without_a_place_for_notes_is_named(plain: Path) -> None:
    deck = Presentation(plain)
    for shape in list(deck.notes_master.placeholders):
        if shape.placeholder_format.type == PH.BODY:
            shape._element.getparent().remove(shape._element)
    deck.save(plain)
    with pytest.raises(TemplateError, match=r"mall\.pptx: its notes master has no place for text"):
        render(plain)


def test_a_foreign_palette_takes_accents_that_can_be_seen() -> None:
    colours = {"bg1": "#FFFFFF", "tx1": "#000000", **{f"accent{n}": "#FFFFAA" for n in (1, 3, 4, 5, 6)}, "accent2": "#004080"}
    palette = foreign(colours)
    assert palette.primary.scheme == "accent2"
    assert palette.highlight.scheme == "tx1"
    assert contrast(colours["accent2"], "#FFFFFF") > 3


def test_the_default_master_is_what_its_script_makes() -> None:
    scripts = Path(__file__).parents[2] / "scripts"
    namespace: dict[str, Any] = {"__name__": "make_master", "__file__": str(scripts / "make_master.py")}
    exec(compile((scripts / "make_master.py").read_text(encoding="utf-8"), "make_master.py", "exec"), namespace)  # noqa: S102 - a script of ours
    assert namespace["make"](Theme()) == TEMPLATE.read_bytes()
