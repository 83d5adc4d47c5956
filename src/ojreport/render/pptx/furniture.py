"""What stands on every slide or around them: foot and number, notes, sections."""

from __future__ import annotations

import uuid
from itertools import count
from typing import TYPE_CHECKING

from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml

from ojreport.render.pptx.package import Package, Relations, beside
from ojreport.render.pptx.page import NAMESPACES
from ojreport.render.pptx.rooms import Box
from ojreport.render.pptx.text import Ink, room, run_xml
from ojreport.render.pptx.wording import element, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ojreport.render.pptx.metrics import Metrics
    from ojreport.render.pptx.page import Page
    from ojreport.render.pptx.palette import Colour
    from ojreport.render.pptx.rooms import Holder
    from ojreport.render.pptx.skeleton import Skeleton
    from ojreport.render.pptx.template import Template

_SECTIONS_URI = "{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"
_P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
_FIRST_ID = 256  # the least that a slide may have
_FIELD_ID = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"
_FOOT_SIZE = 11
_FOOT_SIZES = (11, 10, 9)
_FOOT_TOP, _FOOT_HEIGHT = 0.935, 0.045  # parts of the slide's height, where a layout has no foot


def add_foot(page: Page, text: str, number: int, title: Holder, template: Template) -> None:
    """The foot's text and the slide's number, in the layout's own placeholders; text boxes where it has none.

    They have the template's colour, unless it can not be read on the template's ground.
    """
    foot, holder, ink = page.blank.foot, page.blank.page, template.ink

    def colour(box: Box, *, readable: bool) -> Colour | None:
        known = not any(box.meets(drawn) for drawn in page.blank.drawn)
        return ink.palette.muted if known and not readable else None

    if foot is None:
        run = run_xml(text, ink, size=_FOOT_SIZE, colour=ink.palette.muted)
        _stand_in(page, _box(template, 0.045, 0.8), "l", run)
    else:
        box, size = _fit_foot(foot, holder, title, template.metrics, text)
        said = None if size == foot.size else size
        run = run_xml(text, ink, size=said, colour=colour(box, readable=foot.readable))
        page.fill(foot, f"<a:p>{run}</a:p>", box)
    if holder is None:
        box = _box(template, 0.855, 0.1)
        field = field_xml(ink, str(number), size=_FOOT_SIZE, colour=colour(box, readable=page.blank.readable))
        _stand_in(page, box, "r", field)
    else:
        field = field_xml(ink, str(number), colour=colour(holder.box, readable=holder.readable))
        page.fill(holder, f"<a:p>{field}</a:p>")


def field_xml(ink: Ink, text: str, *, size: int | None = None, colour: Colour | None = None) -> str:
    """``a:fld`` that shows its slide's number, and *text* until then."""
    sized = "" if size is None else f' sz="{size * 100}"'
    properties = element(f'a:rPr lang="{ink.language}"{sized}', colour.fill() if colour else "")
    return f'<a:fld id="{_FIELD_ID}" type="slidenum">{properties}<a:t>{text}</a:t></a:fld>'


def _fit_foot(foot: Holder, page_number: Holder | None, title: Holder, metrics: Metrics, text: str) -> tuple[Box, float]:
    """Where and how large the foot stands on one line; a narrow one takes the width from the title's edge to the number."""
    if metrics.width(text, foot.size) <= room(foot.box, foot.insets)[0]:
        return foot.box, foot.size
    left = min(foot.box.left, title.box.left)
    right = foot.box.left + foot.box.width
    if page_number is not None and page_number.box.left > foot.box.left:
        right = page_number.box.left
    box = Box(left, foot.box.top, right - left, foot.box.height)
    within = room(box, foot.insets)[0]
    fitting = (size for size in _FOOT_SIZES if size <= foot.size and metrics.width(text, size) <= within)
    return box, next(fitting, _FOOT_SIZES[-1])


def _box(template: Template, left: float, width: float) -> Box:
    w, h = template.width, template.height
    return Box(round(left * w), round(_FOOT_TOP * h), round(width * w), round(_FOOT_HEIGHT * h))


def _stand_in(page: Page, box: Box, align: str, run: str) -> None:
    page.text_box(box, f'<a:p><a:pPr algn="{align}"/>{run}</a:p>', wrap="none")


def add_notes(package: Package, page: Page, slide: str, notes: Sequence[str], template: Template) -> None:
    """Speaker notes for the *slide* of that name, a paragraph each; none at all when there are none."""
    if not notes:
        return
    before, after = template.skeleton.notes
    paragraphs = "".join(f"<a:p>{run_xml(text, template.ink)}</a:p>" for text in notes)
    relations = Relations()
    relations.add(RT.NOTES_MASTER, template.skeleton.notes_master)
    relations.add(RT.SLIDE, beside(slide))
    name = package.free("/ppt/notesSlides/notesSlide%d.xml")
    package.add(name, f"{before}{paragraphs}{after}".encode(), CT.PML_NOTES_SLIDE, relations)
    page.relations.add(RT.NOTES_SLIDE, beside(name))


def add_listing(package: Package, skeleton: Skeleton, sections: Sequence[tuple[str, Sequence[str]]]) -> None:
    """The part that lists the slides by their parts' names, and the sections that they are in.

    Ids of sections follow from their names, the same each run.
    """
    relations = Relations(skeleton.relations)
    listed, named = "", ""
    ids = count(_FIRST_ID)
    for n, (name, slides) in enumerate(sections):
        inside = ""
        for slide, number in zip(slides, ids, strict=False):
            listed += f'<p:sldId id="{number}" r:id="{relations.add(RT.SLIDE, slide.removeprefix("/ppt/"))}"/>'
            inside += f'<p14:sldId id="{number}"/>'
        own = str(uuid.uuid5(uuid.NAMESPACE_OID, f"ojreport {n} {name}")).upper()
        named += f'<p14:section name={quoted(name)} id="{{{own}}}">{element("p14:sldIdLst", inside)}</p14:section>'
    part, content = skeleton.listing
    root = parse_xml(content)
    root.replace(root.find("{*}sldIdLst"), parse_xml(f"<p:sldIdLst {NAMESPACES}>{listed}</p:sldIdLst>"))
    root.append(
        parse_xml(
            f'<p:extLst {NAMESPACES}><p:ext uri="{_SECTIONS_URI}"><p14:sectionLst xmlns:p14="{_P14}">{named}</p14:sectionLst>'
            "</p:ext></p:extLst>"
        )
    )
    package.add(part, serialize_part_xml(root), CT.PML_PRESENTATION_MAIN, relations)
