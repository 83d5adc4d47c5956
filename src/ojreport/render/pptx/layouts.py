"""Which layout of a template each role has, and where on it the role's blocks have room."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pptx.enum.shapes import PP_PLACEHOLDER as PH

from ojreport.compose.deck import Layout
from ojreport.errors import TemplateError
from ojreport.render.pptx.inherited import bases_of, holder_of, placeholders
from ojreport.render.pptx.legible import Ground, drawn
from ojreport.render.pptx.rooms import Area, Blank, Box, Holder, Rooms
from ojreport.render.pptx.untyped import xml

if TYPE_CHECKING:
    from pathlib import Path

    from ojreport.render.pptx.untyped import Enumerated, PptxDeck, PptxSlide, Shape

NAMES = {
    Layout.TITLE: "Title",
    Layout.TEXT: "Text",
    Layout.TWO: "Two columns",
    Layout.FIGURE: "Figure",
    Layout.WIDE: "Wide",
    Layout.NUMBERS: "Numbers",
}
_NEEDS = {
    Layout.TITLE: "a layout with a centred title (and a subtitle)",
    Layout.TEXT: "a layout with a title and one text or content placeholder",
    Layout.TWO: "a layout with a title and two text or content placeholders side by side",
}
# A role that a template has no layout for borrows the room of another one.
_BORROWS = {Layout.WIDE: Layout.TEXT, Layout.FIGURE: Layout.TWO, Layout.NUMBERS: Layout.TWO}
_TITLES = (PH.TITLE, PH.CENTER_TITLE)
_TEXTS = (PH.BODY, PH.OBJECT)
_OBJECTS = (PH.OBJECT, PH.CHART, PH.TABLE, PH.PICTURE)
_FURNITURE = (PH.DATE, PH.FOOTER, PH.SLIDE_NUMBER)
FIGURES, LABELS, BODIES = (11, 12, 13), (21, 22, 23), (31, 32)  # idx in our layout "Numbers"
_ALIKE = 0.8  # columns of the same slide differ less than that in width
_CARDS = 0.36  # the part of the height that key figures take where a layout has no place for them


def rooms_of(deck: PptxDeck, ground: Ground, path: Path) -> dict[Layout, Rooms]:
    """The rooms of each role; TemplateError where the template lacks a layout that a role needs.

    An empty slide of each layout is left in *deck*: python-pptx says how its placeholders are named and numbered.
    """
    matched = _matched(list(deck.slide_layouts), path)
    slides: dict[str, tuple[PptxSlide, Blank]] = {}
    found = {}
    for role in Layout:
        direct = role in matched
        layout = matched[role if direct else _BORROWS[role]]
        name = str(layout.part.partname)
        if name not in slides:
            slide = deck.slides.add_slide(layout)
            slides[name] = slide, _blank(slide, layout, ground)
        found[role] = _measured(role, *slides[name], direct=direct)
    return found


def _blank(slide: PptxSlide, layout: PptxSlide, ground: Ground) -> Blank:
    furniture: dict[str, Holder] = {}
    for element, mark in placeholders(layout):
        if mark.get("type") in ("ftr", "sldNum"):
            readable = ground.shows(bases_of(mark, layout), layout)
            furniture.setdefault(mark.get("type"), holder_of(element, layout, readable=readable))
    return Blank(
        layout.name,
        layout.part.partname.relative_ref(slide.part.partname.baseURI),
        tuple(holder_of(xml(shape), layout, shape.shape_id) for shape in slide.placeholders),
        furniture.get("ftr"),
        furniture.get("sldNum"),
        drawn(layout),
        ground.shows((), layout),
    )


def _measured(role: Layout, slide: PptxSlide, blank: Blank, *, direct: bool) -> Rooms:
    """The rooms on a slide whose layout is the role's own (*direct*), or borrowed from another role."""
    by_number = {holder.number: holder for holder in blank.holders}

    def area(shape: Shape) -> Area:
        holder = by_number[shape.shape_id]
        return Area(holder.box, holder)

    title = by_number[slide.shapes.title.shape_id]
    others = [s for s in slide.placeholders if s.placeholder_format.type not in (*_TITLES, *_FURNITURE)]
    if role is Layout.NUMBERS and direct:
        by_idx = {s.placeholder_format.idx: area(s) for s in others}
        pairs = tuple((by_idx[f], by_idx[t]) for f, t in zip(FIGURES, LABELS, strict=True))
        return Rooms(blank, title, tuple(by_idx[i] for i in BODIES), pairs)
    areas = sorted((area(s) for s in others if _usable(role, s)), key=lambda a: (a.box.left, a.box.top))
    rooms = Rooms(blank, title, tuple(areas))
    return rooms if role is Layout.TITLE or direct else _borrowed(role, rooms)


def _usable(role: Layout, shape: Shape) -> bool:
    kind = shape.placeholder_format.type
    return kind in (PH.SUBTITLE, PH.BODY) if role is Layout.TITLE else kind in (*_TEXTS, *_OBJECTS)


def _borrowed(role: Layout, rooms: Rooms) -> Rooms:
    """Rooms for a role in another role's layout."""
    if role is Layout.WIDE:
        return rooms
    left, right = rooms.areas[:2]
    whole = left.box.joined(right.box)
    if role is Layout.FIGURE:
        text, picture = whole.columns(4.2, 7.5)
        return replace(rooms, areas=(Area(text, left.holder), Area(picture, right.holder)))
    cards = Box(whole.left, whole.top, whole.width, round(whole.height * _CARDS))
    pairs = []
    for card in cards.columns(1, 1, 1):
        figure = Box(card.left, card.top, card.width, round(card.height * 0.4))
        pairs.append((Area(figure), Area(card.trimmed(above=figure.height, below=round(card.height * 0.08)))))
    areas = tuple(Area(a.box.trimmed(above=cards.height), a.holder) for a in (left, right))
    return replace(rooms, areas=areas, numbers=tuple(pairs))


# ---------------------------------------------------------------------------------------------------- matching of layouts


def _matched(every: list[PptxSlide], path: Path) -> dict[Layout, PptxSlide]:
    found = {role: layout for role in Layout if (layout := _by_name(role, every) or _by_types(role, every))}
    missing = [f"{NAMES[role]} ({need})" for role, need in _NEEDS.items() if role not in found]
    if missing:
        raise TemplateError(
            f"{path} can not be used as a deck template: it lacks {'; '.join(missing)}. "
            f"Add the layouts in PowerPoint's slide master view, or leave out the template."
        )
    return found


def _kinds(layout: PptxSlide) -> list[Enumerated]:
    """The types of a layout's placeholders, furniture left out."""
    return [p.placeholder_format.type for p in layout.placeholders if p.placeholder_format.type not in _FURNITURE]


def _content(layout: PptxSlide) -> list[Any]:
    return [p for p in layout.placeholders if p.placeholder_format.type not in (*_FURNITURE, *_TITLES)]


def _fits(role: Layout, layout: PptxSlide) -> bool:
    """Whether the layout has the placeholders that the role stands in."""
    kinds = _kinds(layout)
    if not any(kind in _TITLES for kind in kinds):
        return False
    content = [kind for kind in kinds if kind not in _TITLES]
    if role is Layout.TITLE:
        return PH.CENTER_TITLE in kinds or PH.SUBTITLE in kinds
    if role is Layout.NUMBERS:
        return {*FIGURES, *LABELS, *BODIES} <= {p.placeholder_format.idx for p in layout.placeholders}
    by_role: dict[Layout, list[tuple[Enumerated, ...]]] = {
        Layout.TEXT: [_TEXTS],
        Layout.TWO: [_TEXTS, _TEXTS],
        Layout.WIDE: [_OBJECTS],
        Layout.FIGURE: [(PH.BODY,), _OBJECTS],
    }
    allowed = by_role[role]
    if len(content) != len(allowed) or any(p.element.find(".//{*}ph").get("orient") == "vert" for p in _content(layout)):
        return False
    ordered = sorted(content, key=lambda kind: kind is not PH.BODY)
    return all(kind in kinds_allowed for kind, kinds_allowed in zip(ordered, allowed, strict=True))


def _by_name(role: Layout, layouts: list[PptxSlide]) -> PptxSlide | None:
    named = [layout for layout in layouts if layout.name.casefold() == NAMES[role].casefold()]
    return next((layout for layout in named if _fits(role, layout)), None)


def _by_types(role: Layout, layouts: list[PptxSlide]) -> PptxSlide | None:
    """The fitting layout with most room; none for the roles whose place can not be told by types alone."""
    fitting = [layout for layout in layouts if _fits(role, layout)]
    if role is Layout.TITLE:
        return fitting[0] if fitting else None
    if role is Layout.FIGURE:
        fitting = [layout for layout in fitting if PH.CHART in _kinds(layout)]
    if role is Layout.TWO:
        fitting = [layout for layout in fitting if _beside(*_boxes(layout))]
    return max(fitting, key=_room, default=None)


def _beside(one: Box, other: Box) -> bool:
    left, right = sorted((one, other), key=lambda b: b.left)
    alike = min(left.width, right.width) > _ALIKE * max(left.width, right.width)
    return alike and left.left + left.width <= right.left and abs(left.top - right.top) < left.height // 2


def _room(layout: PptxSlide) -> int:
    return sum(box.width * box.height for box in _boxes(layout))


def _boxes(layout: PptxSlide) -> list[Box]:
    return [holder_of(xml(p), layout).box for p in _content(layout)]
