"""Which layout of a template each role has, and where on it the role's blocks have room."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ojreport.compose.deck import Layout
from ojreport.errors import TemplateError
from ojreport.render.pptx.inherited import bases_of, holder_of, placeholders
from ojreport.render.pptx.legible import Ground, drawn
from ojreport.render.pptx.rooms import Area, Blank, Box, Holder, Rooms

if TYPE_CHECKING:
    from pathlib import Path

    from ojreport.render.pptx.untyped import PptxDeck, PptxSlide

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
_TITLES = ("title", "ctrTitle")
_TEXTS = ("body", "obj")
_OBJECTS = ("obj", "chart", "tbl", "pic")
_FURNITURE = ("dt", "ftr", "sldNum")
FIGURES, LABELS, BODIES = (11, 12, 13), (21, 22, 23), (31, 32)  # idx in our layout "Numbers"
_ALIKE = 0.8  # columns of the same slide differ less than that in width
_CARDS = 0.36  # the part of the height that key figures take where a layout has no place for them


def rooms_of(deck: PptxDeck, ground: Ground, path: Path) -> dict[Layout, Rooms]:
    """The rooms of each role; TemplateError where the template lacks a layout that a role needs.

    An empty slide of each layout is left in *deck*: python-pptx says how its placeholders are named and numbered.
    """
    matched = _matched([_Candidate(layout, _holders(layout, layout)) for layout in deck.slide_layouts], path)
    blanks: dict[str, Blank] = {}
    found = {}
    for role in Layout:
        direct = role in matched
        layout = matched[role if direct else _BORROWS[role]].layout
        name = str(layout.part.partname)
        if name not in blanks:
            blanks[name] = _blank(deck.slides.add_slide(layout), layout, ground)
        found[role] = _measured(role, blanks[name], direct=direct)
    return found


def _holders(owner: PptxSlide, layout: PptxSlide) -> tuple[Holder, ...]:
    """The placeholders on the layout, or on a new slide of it."""
    return tuple(holder_of(element, layout) for element, _ in placeholders(owner))


def _blank(slide: PptxSlide, layout: PptxSlide, ground: Ground) -> Blank:
    furniture: dict[str, Holder] = {}
    for element, mark in placeholders(layout):
        if mark.get("type") in ("ftr", "sldNum"):
            readable = ground.shows(bases_of(mark, layout), layout)
            furniture.setdefault(mark.get("type"), replace(holder_of(element, layout), number=0, readable=readable))
    return Blank(
        layout=layout.name,
        target=layout.part.partname.relative_ref(slide.part.partname.baseURI),
        holders=tuple(sorted(_holders(slide, layout), key=lambda holder: holder.idx)),
        foot=furniture.get("ftr"),
        page=furniture.get("sldNum"),
        drawn=drawn(layout),
        readable=ground.shows((), layout),
    )


def _measured(role: Layout, blank: Blank, *, direct: bool) -> Rooms:
    """The rooms on a slide whose layout is the role's own (*direct*), or borrowed from another role."""
    title = next(holder for holder in blank.holders if holder.kind in _TITLES)
    by_idx = {holder.idx: Area(holder.box, holder) for holder in blank.holders}
    if role is Layout.NUMBERS and direct:
        pairs = tuple((by_idx[f], by_idx[t]) for f, t in zip(FIGURES, LABELS, strict=True))
        return Rooms(blank, title, tuple(by_idx[i] for i in BODIES), pairs)
    usable = ("subTitle", "body") if role is Layout.TITLE else (*_TEXTS, *_OBJECTS)
    areas = [Area(holder.box, holder) for holder in blank.holders if holder.kind in usable]
    rooms = Rooms(blank, title, tuple(sorted(areas, key=lambda a: (a.box.left, a.box.top))))
    return rooms if role is Layout.TITLE or direct else _borrowed(role, rooms)


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


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A layout that a role may have."""

    layout: PptxSlide
    holders: tuple[Holder, ...]

    @property
    def kinds(self) -> list[str]:
        """The kinds of its placeholders, furniture left out."""
        return [holder.kind for holder in self.holders if holder.kind not in _FURNITURE]

    @property
    def content(self) -> list[Holder]:
        return [holder for holder in self.holders if holder.kind not in (*_FURNITURE, *_TITLES)]

    @property
    def room(self) -> int:
        return sum(holder.box.width * holder.box.height for holder in self.content)

    def fits(self, role: Layout) -> bool:
        """Whether it has the placeholders that the role stands in."""
        kinds = self.kinds
        if not any(kind in _TITLES for kind in kinds):
            return False
        if role is Layout.TITLE:
            return "ctrTitle" in kinds or "subTitle" in kinds
        if role is Layout.NUMBERS:
            return {*FIGURES, *LABELS, *BODIES} <= {holder.idx for holder in self.holders}
        by_role: dict[Layout, list[tuple[str, ...]]] = {
            Layout.TEXT: [_TEXTS],
            Layout.TWO: [_TEXTS, _TEXTS],
            Layout.WIDE: [_OBJECTS],
            Layout.FIGURE: [("body",), _OBJECTS],
        }
        allowed, content = by_role[role], self.content
        if len(content) != len(allowed) or any('orient="vert"' in holder.mark for holder in content):
            return False
        ordered = sorted((holder.kind for holder in content), key=lambda kind: kind != "body")
        return all(kind in kinds_allowed for kind, kinds_allowed in zip(ordered, allowed, strict=True))


def _matched(every: list[_Candidate], path: Path) -> dict[Layout, _Candidate]:
    found = {role: layout for role in Layout if (layout := _by_name(role, every) or _by_types(role, every))}
    missing = [f"{NAMES[role]} ({need})" for role, need in _NEEDS.items() if role not in found]
    if missing:
        raise TemplateError(
            f"{path} can not be used as a deck template: it lacks {'; '.join(missing)}. "
            f"Add the layouts in PowerPoint's slide master view, or leave out the template."
        )
    return found


def _by_name(role: Layout, every: list[_Candidate]) -> _Candidate | None:
    named = (found for found in every if found.layout.name.casefold() == NAMES[role].casefold())
    return next((found for found in named if found.fits(role)), None)


def _by_types(role: Layout, every: list[_Candidate]) -> _Candidate | None:
    """The fitting layout with most room; none for the roles whose place can not be told by types alone."""
    fitting = [found for found in every if found.fits(role)]
    if role is Layout.TITLE:
        return fitting[0] if fitting else None
    if role is Layout.FIGURE:
        fitting = [found for found in fitting if "chart" in found.kinds]
    if role is Layout.TWO:
        fitting = [found for found in fitting if _beside(*(holder.box for holder in found.content))]
    return max(fitting, key=lambda found: found.room, default=None)


def _beside(one: Box, other: Box) -> bool:
    left, right = sorted((one, other), key=lambda b: b.left)
    alike = min(left.width, right.width) > _ALIKE * max(left.width, right.width)
    return alike and left.left + left.width <= right.left and abs(left.top - right.top) < left.height // 2
