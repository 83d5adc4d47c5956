"""A slide in the making: its shapes as XML, in the order in which they are read, and what they relate to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from ojreport.render.pptx.package import Relations
from ojreport.render.pptx.wording import XML, element, quoted

if TYPE_CHECKING:
    from ojreport.render.pptx.rooms import Blank, Box, Holder

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
NO_FILL = "<a:noFill/>"
_BEFORE = (
    f'{XML}<p:sld {NAMESPACES}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
    "<p:grpSpPr/>"
)
_AFTER = "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
_RECTANGLE = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'


class Page:
    """A new slide of the layout that *blank* is of. Its text is written here, since an element for each word takes its time."""

    def __init__(self, blank: Blank) -> None:
        self.blank = blank
        self.relations = Relations()
        self.relations.add(RT.SLIDE_LAYOUT, blank.target)
        self._shapes = {holder.number: "" for holder in blank.holders}  # an empty placeholder is not seen, but has its number

    def xml(self) -> bytes:
        """The slide's part, without the placeholders that nothing stands in."""
        return f"{_BEFORE}{''.join(self._shapes.values())}{_AFTER}".encode()

    def link(self, address: str) -> str:
        """The id of a relation to *address*."""
        return self.relations.add(RT.HYPERLINK, address, external=True)

    def fill(self, holder: Holder, paragraphs: str, box: Box | None = None) -> None:
        """Write into a placeholder and put it last; in *box* where that is not its layout's."""
        number = holder.number or self._next()
        self._shapes.pop(number, None)
        place = "<p:spPr/>" if box is None or box == holder.box else f"<p:spPr>{_xfrm('a', box)}</p:spPr>"
        self._shapes[number] = (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoted(holder.name)}/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            f"<p:nvPr>{holder.mark}</p:nvPr></p:nvSpPr>{place}{_body('<a:bodyPr/>', paragraphs)}</p:sp>"
        )

    def give_up(self, holder: Holder) -> None:
        """Take a placeholder away, whose place something else takes."""
        self._shapes.pop(holder.number)

    def text_box(self, box: Box, paragraphs: str, *, insets: str = "", fill: str = NO_FILL, wrap: str = "square") -> None:
        """Add a text box."""
        number = self._next()
        properties = f'<a:bodyPr wrap="{wrap}"{insets}><a:spAutoFit/></a:bodyPr>'
        self._shapes[number] = (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="TextBox {number - 1}"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f"<p:spPr>{_xfrm('a', box)}{_RECTANGLE}{fill}</p:spPr>{_body(properties, paragraphs)}</p:sp>"
        )

    def frame(self, box: Box, graphic: str, named: str, alt: str, mark: str = "") -> None:
        """Add a table or a chart, *named* so, with its text alternative; with a placeholder's *mark* where it stands in one."""
        number = self._next()
        self._shapes[number] = (
            f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{number}" name="{named} {number - 1}" descr={quoted(alt)}/>'
            f'<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr>{element("p:nvPr", mark)}'
            f"</p:nvGraphicFramePr>{_xfrm('p', box)}<a:graphic>{graphic}</a:graphic></p:graphicFrame>"
        )

    def picture(self, box: Box, alt: str, image: str, extension: str = "") -> None:
        """Add the picture that *image* is the id of a relation to."""
        number = self._next()
        blip = element(f'a:blip r:embed="{image}"', extension)
        self._shapes[number] = (
            f'<p:pic><p:nvPicPr><p:cNvPr id="{number}" name="Picture {number - 1}" descr={quoted(alt)}/>'
            '<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>'
            f"<p:blipFill>{blip}<a:stretch><a:fillRect/></a:stretch></p:blipFill>"
            f"<p:spPr>{_xfrm('a', box)}{_RECTANGLE}</p:spPr></p:pic>"
        )

    def _next(self) -> int:
        return max(self._shapes, default=1) + 1


def _xfrm(prefix: str, box: Box) -> str:
    place = f'<a:off x="{box.left}" y="{box.top}"/><a:ext cx="{box.width}" cy="{box.height}"/>'
    return f"<{prefix}:xfrm>{place}</{prefix}:xfrm>"


def _body(properties: str, paragraphs: str) -> str:
    return f"<p:txBody>{properties}<a:lstStyle/>{paragraphs}</p:txBody>"
