"""What stands on every slide or around them: foot and number, notes, sections."""

from __future__ import annotations

import copy
import uuid
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from pptx.enum.shapes import PP_PLACEHOLDER as PH
from pptx.enum.text import PP_ALIGN
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.parts.slide import NotesSlidePart
from pptx.shapes.shapetree import SlideShapeFactory

from ojreport.compose.document import Run
from ojreport.render.pptx.inherited import inherited_size, placeholders
from ojreport.render.pptx.rooms import box_of
from ojreport.render.pptx.text import Ink, add_run, room
from ojreport.render.pptx.untyped import xml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ojreport.render.pptx.metrics import Metrics
    from ojreport.render.pptx.palette import Colour
    from ojreport.render.pptx.template import Template
    from ojreport.render.pptx.untyped import Enumerated, PptxDeck, PptxSlide, Shape, Xml

_SECTIONS_URI = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_FOOT_SIZE = 11
_FOOT_SIZES = (11, 10, 9)
_FOOT_TOP, _FOOT_HEIGHT = 0.935, 0.045  # parts of the slide's height, where a layout has no foot
_FIELD = (
    '<a:fld {0} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
    '<a:rPr lang="{1}"{2}>{3}</a:rPr><a:t>{4}</a:t></a:fld>'
)

_NOTES: WeakKeyDictionary[Any, Xml] = WeakKeyDictionary()  # an empty page of notes for each deck in the making


def spread_foot(presentation: PptxDeck, text: str, ink: Ink) -> None:
    """Write the foot into master and layouts too, as "Apply to all" does: then it also stands on slides that the user adds."""
    master = presentation.slide_master
    for owner in (master, *master.slide_layouts):
        for shape in owner.placeholders:
            if shape.placeholder_format.type == PH.FOOTER:
                paragraph = shape.text_frame.paragraphs[0]
                for run in list(xml(paragraph).r_lst):
                    xml(paragraph).remove(run)
                add_run(paragraph, Run(text), ink)


def add_foot(slide: PptxSlide, text: str, number: int, ink: Ink, template: Template) -> None:
    """The foot's text and the slide's number, in the layout's own placeholders; text boxes where it has none.

    They have the template's colour, unless it can not be read on the template's ground.
    """

    def colour(shape: Shape) -> Colour | None:
        return None if template.legible(shape, slide.slide_layout) else ink.palette.muted

    foot, holder = _cloned(slide, "ftr"), _cloned(slide, "sldNum")
    if foot is None:
        foot = _stand_in(slide, PP_ALIGN.LEFT, 0.045, 0.8)
        add_run(foot.text_frame.paragraphs[0], Run(text), ink, size=_FOOT_SIZE, colour=ink.palette.muted)
    else:
        usual = inherited_size(foot, "otherStyle", 12)
        size = _fit_foot(slide, foot, holder, usual, template.metrics, text)
        add_run(foot.text_frame.paragraphs[0], Run(text), ink, size=None if size == usual else size, colour=colour(foot))
    own = ""
    if holder is None:
        holder = _stand_in(slide, PP_ALIGN.RIGHT, 0.855, 0.1)
        own = f' sz="{_FOOT_SIZE * 100}"'
    fill = chosen.fill() if (chosen := colour(holder)) else ""
    paragraph = xml(holder.text_frame.paragraphs[0])
    field = parse_xml(_FIELD.format(nsdecls("a"), ink.language, own, fill, number))
    paragraph.insert(1 if paragraph.pPr is not None else 0, field)


def _fit_foot(slide: PptxSlide, foot: Shape, holder: Shape, usual: float, metrics: Metrics, text: str) -> float:
    """The size at which the foot stands on one line; a narrow one takes the width from the title's edge to the number."""
    if metrics.width(text, usual) <= room(foot, box_of(foot))[0]:
        return usual
    box = box_of(foot)
    left = min(box.left, slide.shapes.title.left)
    right = holder.left if holder is not None and holder.left > box.left else box.left + box.width
    foot.left, foot.top, foot.width, foot.height = left, box.top, right - left, box.height
    within = room(foot, box_of(foot))[0]
    return next((size for size in _FOOT_SIZES if size <= usual and metrics.width(text, size) <= within), _FOOT_SIZES[-1])


def _cloned(slide: PptxSlide, kind: str) -> Shape:
    """The layout's placeholder of a kind on the slide itself, empty; None where the layout has none."""
    model = next((found for found in placeholders(slide.slide_layout) if found[1].get("type") == kind), None)
    if model is None:
        return None
    number = max(int(named.get("id")) for named in xml(slide).iter("{*}cNvPr")) + 1
    element = parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name=""/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        f"</p:cNvSpPr><p:nvPr/>"
        "</p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )
    element.nvSpPr.cNvPr.set("name", model[0][0].find("{*}cNvPr").get("name"))
    element.nvSpPr.nvPr.append(copy.deepcopy(model[1]))
    xml(slide.shapes).append(element)
    return SlideShapeFactory(element, slide.shapes)


def _stand_in(slide: PptxSlide, align: Enumerated, left: float, width: float) -> Shape:
    deck = slide.part.package.presentation_part.presentation
    w, h = deck.slide_width, deck.slide_height
    box = slide.shapes.add_textbox(round(left * w), round(_FOOT_TOP * h), round(width * w), round(_FOOT_HEIGHT * h))
    box.text_frame.paragraphs[0].alignment = align
    return box


def add_notes(slide: PptxSlide, notes: Sequence[str], ink: Ink) -> None:
    """Speaker notes, a paragraph each; none at all when there are none."""
    if not notes:
        return
    frame = _notes_slide(slide, ink).notes_text_frame
    for n, text in enumerate(notes):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        add_run(paragraph, Run(text), ink)


def _notes_slide(slide: PptxSlide, ink: Ink) -> PptxSlide:
    """The page of notes of a slide, empty. All have the same placeholders, so that a deck's first is the model of the others."""
    package = slide.part.package
    if package not in _NOTES:
        first = slide.notes_slide
        for shape in first.placeholders:
            if shape.placeholder_format.type == PH.SLIDE_NUMBER:  # else it has no language of its own
                paragraph = xml(shape.text_frame.paragraphs[0])
                for old in list(paragraph):
                    paragraph.remove(old)
                paragraph.append(parse_xml(_FIELD.format(nsdecls("a"), ink.language, "", "", "")))
        _NOTES[package] = copy.deepcopy(xml(first))
        return first
    name = package.next_partname("/ppt/notesSlides/notesSlide%d.xml")
    part: Any = NotesSlidePart(name, CT.PML_NOTES_SLIDE, package, copy.deepcopy(_NOTES[package]))
    part.relate_to(package.presentation_part.notes_master_part, RT.NOTES_MASTER)
    part.relate_to(slide.part, RT.SLIDE)
    slide.part.relate_to(part, RT.NOTES_SLIDE)
    return part.notes_slide


def add_sections(presentation: PptxDeck, sections: Sequence[tuple[str, Sequence[int]]]) -> None:
    """Name the deck's sections; each has the ids of its slides. Ids of sections follow from their names, the same each run."""
    root = xml(presentation.part)
    parts = parse_xml(
        f'<p:extLst {nsdecls("p")}><p:ext uri="{_SECTIONS_URI}"><p14:sectionLst xmlns:p14="{_P14}"/></p:ext></p:extLst>'
    )
    holder = parts[0][0]
    for n, (name, slides) in enumerate(sections):
        section = holder.makeelement(f"{{{_P14}}}section")
        section.set("name", name)
        section.set("id", "{" + str(uuid.uuid5(uuid.NAMESPACE_OID, f"ojreport {n} {name}")).upper() + "}")
        ids = section.makeelement(f"{{{_P14}}}sldIdLst")
        for slide in slides:
            entry = ids.makeelement(f"{{{_P14}}}sldId")
            entry.set("id", str(slide))
            ids.append(entry)
        section.append(ids)
        holder.append(section)
    root.append(parts)
