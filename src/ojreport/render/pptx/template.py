"""A deck template: opened, emptied of its slides, and its layouts matched with our roles."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER as PH
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from ojreport.compose.deck import Layout
from ojreport.errors import TemplateError
from ojreport.render.pptx.legible import legible
from ojreport.render.pptx.metrics import Metrics, metrics_of
from ojreport.render.pptx.palette import OWN, OWN_THEME, Palette, foreign, scheme_colours
from ojreport.render.pptx.rooms import Area, Box, Frames, Names, box_of, kept, rooms_of
from ojreport.render.pptx.untyped import xml

if TYPE_CHECKING:
    from pathlib import Path

    from ojreport.render.pptx.untyped import Enumerated, PptxDeck, PptxSlide, Shape, Xml
    from ojreport.render.theme import Theme

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
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TEMPLATE_TYPE = b"presentationml.template.main+xml"
_DECK_TYPE = b"presentationml.presentation.main+xml"


class Template:
    """An opened template without slides; ``frames`` adds one for a role."""

    def __init__(self, path: Path, theme: Theme) -> None:
        self.path = path
        blob = _read(path)
        self.presentation: PptxDeck = _open(path, blob)
        self._kept = kept(blob)
        _empty(self.presentation)
        self.presentation.part.package.next_partname = Names(self.presentation.part.package)
        part = self.presentation.slide_master.part.part_related_by(RT.THEME)
        root = parse_xml(part.blob)
        colours = self.presentation.slide_master.element.find(qn("p:clrMap"))
        light = colours is not None and (colours.get("bg1"), colours.get("tx1")) == ("lt1", "dk1")
        self.own = root.get("name") == OWN_THEME and light  # a copy of ours that was made dark is a template of its own
        if self.own:
            _recolour(root, theme)
            part._blob = serialize_part_xml(root)  # noqa: SLF001 - python-pptx keeps this part as bytes
        self.colours = _colours(root, self.presentation)
        self.palette: Palette = OWN if self.own else foreign(self.colours)
        self.metrics: Metrics = metrics_of(_face(root))
        self._layouts = self._match()

    def _match(self) -> dict[Layout, PptxSlide]:
        every = list(self.presentation.slide_layouts)
        if self._kept.layouts:
            by_part = {str(layout.part.partname): layout for layout in every}
            return {role: by_part[name] for role, name in self._kept.layouts.items()}
        found = {role: layout for role in Layout if (layout := _by_name(role, every) or _by_types(role, every))}
        missing = [f"{NAMES[role]} ({need})" for role, need in _NEEDS.items() if role not in found]
        if missing:
            raise TemplateError(
                f"{self.path} can not be used as a deck template: it lacks {'; '.join(missing)}. "
                f"Add the layouts in PowerPoint's slide master view, or leave out the template."
            )
        self._kept.layouts.update({role: str(layout.part.partname) for role, layout in found.items()})
        return found

    def legible(self, shape: Shape, layout: PptxSlide) -> bool:
        """Whether the words in one of the layout's own placeholders can be read in the template's colour."""
        return self.own or legible(shape, layout, self.colours)

    def frames(self, role: Layout) -> Frames:
        """A new slide for *role*, and its rooms."""
        direct = role in self._layouts
        layout = self._layouts[role if direct else _BORROWS[role]]
        slide = self._kept.slide(self.presentation, layout)
        if role not in self._kept.rooms:
            self._kept.rooms[role] = rooms_of(_measured(role, slide, direct=direct))
        return self._kept.rooms[role].on(slide)


def _measured(role: Layout, slide: PptxSlide, *, direct: bool) -> Frames:
    """The rooms of a slide whose layout is the role's own (*direct*), or borrowed from another role."""
    title = slide.shapes.title
    others = [s for s in slide.placeholders if s.placeholder_format.type not in (*_TITLES, *_FURNITURE)]
    if role is Layout.NUMBERS and direct:
        by_idx = {s.placeholder_format.idx: Area(box_of(s), s) for s in others}
        pairs = tuple((by_idx[f], by_idx[t]) for f, t in zip(FIGURES, LABELS, strict=True))
        return Frames(slide, title, tuple(by_idx[i] for i in BODIES), pairs)
    areas = sorted((Area(box_of(s), s) for s in others if _usable(role, s)), key=lambda a: (a.box.left, a.box.top))
    if role is Layout.TITLE or direct:
        return Frames(slide, title, tuple(areas))
    return _borrowed(role, Frames(slide, title, tuple(areas)))


def _usable(role: Layout, shape: Shape) -> bool:
    kind = shape.placeholder_format.type
    return kind in (PH.SUBTITLE, PH.BODY) if role is Layout.TITLE else kind in (*_TEXTS, *_OBJECTS)


def _borrowed(role: Layout, frames: Frames) -> Frames:
    """Rooms for a role in another role's layout."""
    if role is Layout.WIDE:
        return frames
    left, right = frames.areas[:2]
    whole = left.box.joined(right.box)
    if role is Layout.FIGURE:
        text, picture = whole.columns(4.2, 7.5)
        return Frames(frames.slide, frames.title, (Area(text, left.shape), Area(picture, right.shape)))
    cards = Box(whole.left, whole.top, whole.width, round(whole.height * _CARDS))
    pairs = []
    for card in cards.columns(1, 1, 1):
        figure = Box(card.left, card.top, card.width, round(card.height * 0.4))
        pairs.append((Area(figure), Area(card.trimmed(above=figure.height, below=round(card.height * 0.08)))))
    areas = tuple(Area(a.box.trimmed(above=cards.height), a.shape) for a in (left, right))
    return Frames(frames.slide, frames.title, areas, tuple(pairs))


# ---------------------------------------------------------------------------------------------------- matching of layouts


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
        fitting = [layout for layout in fitting if _beside(*(box_of(p) for p in _content(layout)))]
    return max(fitting, key=_room, default=None)


def _beside(one: Box, other: Box) -> bool:
    left, right = sorted((one, other), key=lambda b: b.left)
    alike = min(left.width, right.width) > _ALIKE * max(left.width, right.width)
    return alike and left.left + left.width <= right.left and abs(left.top - right.top) < left.height // 2


def _room(layout: PptxSlide) -> int:
    return sum(box_of(p).width * box_of(p).height for p in _content(layout))


# ------------------------------------------------------------------------------------------------------------ the file


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TemplateError(f"{path}: the deck template can not be read ({error.strerror}).") from error


def _open(path: Path, blob: bytes) -> PptxDeck:
    """The template as a presentation; a .potx becomes one by its content type."""
    try:
        with zipfile.ZipFile(io.BytesIO(blob)) as source:
            types = source.read("[Content_Types].xml")
            if _TEMPLATE_TYPE in types:
                blob = _retyped(source, types.replace(_TEMPLATE_TYPE, _DECK_TYPE))
        return Presentation(io.BytesIO(blob))
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        raise TemplateError(f"{path} is no PowerPoint file that can be used as a template. Save it as .pptx or .potx.") from error


def _retyped(source: zipfile.ZipFile, types: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in dict.fromkeys(source.namelist()):
            target.writestr(name, types if name == "[Content_Types].xml" else source.read(name))
    return out.getvalue()


def _empty(presentation: PptxDeck) -> None:
    """Take away the template's own slides, its sections and shows of them, and what tells of another deck."""
    element = xml(presentation.part)
    for slide in list(element.iterfind("{*}sldIdLst/{*}sldId")):
        presentation.part.drop_rel(slide.rId)
        slide.getparent().remove(slide)
    for name in ("custShowLst", "extLst"):
        for old in element.findall(f"{{*}}{name}"):
            element.remove(old)
    rels = presentation.part.package._rels  # noqa: SLF001 - no public way to drop what belongs to the package
    for rid in [rid for rid, rel in rels.items() if rel.reltype in (RT.EXTENDED_PROPERTIES, RT.THUMBNAIL)]:
        rels.pop(rid)


def _recolour(root: Xml, theme: Theme) -> None:
    """Put the tokens of ``theme.toml`` into our own master's theme."""
    for slot, colour in scheme_colours(theme).items():
        holder = root.find(f".//{_A}clrScheme/{_A}{slot}")
        holder[0].set("val", colour)


def _colours(root: Xml, presentation: PptxDeck) -> dict[str, str]:
    """The theme's slots as ``#RRGGBB``, and bg1, tx1 and the others as the master maps them."""
    slots = {}
    for slot in root.find(f".//{_A}clrScheme"):
        colour = slot[0]
        slots[slot.tag.rpartition("}")[2]] = "#" + (colour.get("lastClr") or colour.get("val")).upper()
    mapping = presentation.slide_master.element.find("{*}clrMap")
    return slots | {name: slots[slot] for name, slot in mapping.attrib.items()}


def _face(root: Xml) -> str:
    latin = root.find(f".//{_A}minorFont/{_A}latin")
    return "" if latin is None else str(latin.get("typeface"))
