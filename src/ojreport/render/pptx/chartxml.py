"""The vocabulary of a native chart: its labels and axes as DrawingML.

python-pptx writes one plot on one pair of axes; riket's line needs a second plot, breaks need error bars, and axis ids must be
unsigned. So the chart's XML is put together here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from ojreport.render.pptx.units import POINT
from ojreport.render.pptx.wording import XML, escaped, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ojreport.render.pptx.palette import Colour

_NUMBER = re.compile(r"([0-9]+)(?:,([0-9]+))?(.*)", re.DOTALL)
NS = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
GENERAL = "General"


def number_format(pairs: Iterable[tuple[float, str]]) -> str:
    """The number format that writes each value as its text in Swedish, empty when no single one does.

    With it a label follows when the user edits the chart's data; a text that is only laid on the point would not.
    """
    formats = {_format_of(value, text) for value, text in pairs}
    return formats.pop() if len(formats) == 1 else ""


def _format_of(value: float, text: str) -> str:
    found = _NUMBER.fullmatch(text)
    if found is None:
        return ""
    whole, decimals, suffix = found[1], found[2] or "", found[3]
    step = Decimal(1).scaleb(-len(decimals))
    written = Decimal(f"{whole}.{decimals or 0}")
    if Decimal(repr(value)).quantize(step, ROUND_HALF_UP) != written or '"' in suffix:
        return ""
    code = "0" + ("." + "0" * len(decimals) if decimals else "")
    return f'{code}"{suffix}"' if suffix else code


# ---------------------------------------------------------------------------------------------------------- properties


def line_xml(colour: Colour | None, points: float = 0.75, dash: str = "") -> str:
    """``a:ln``."""
    if colour is None:
        return "<a:ln><a:noFill/></a:ln>"
    dashed = f'<a:prstDash val="{dash}"/>' if dash else ""
    return f'<a:ln w="{round(points * POINT)}" cap="rnd">{colour.fill()}{dashed}<a:round/></a:ln>'


def shape_xml(fill: Colour | None, line: str = "<a:ln><a:noFill/></a:ln>") -> str:
    """``c:spPr``."""
    return f"<c:spPr>{fill.fill() if fill else '<a:noFill/>'}{line}</c:spPr>"


def _run_properties(tag: str, size: float, colour: Colour, language: str, *, bold: bool) -> str:
    return f'<a:{tag} lang="{language}" sz="{round(size * 100)}" b="{int(bold)}">{colour.fill()}</a:{tag}>'


@dataclass(frozen=True, slots=True)
class Type:
    """How a chart's words are set."""

    size: float
    colour: Colour
    language: str
    bold: bool = False

    def xml(self, body: str = "<a:bodyPr/>") -> str:
        """``c:txPr``."""
        properties = _run_properties("defRPr", self.size, self.colour, self.language, bold=self.bold)
        end = f'<a:endParaRPr lang="{self.language}"/>'
        return f"<c:txPr>{body}<a:lstStyle/><a:p><a:pPr>{properties}</a:pPr>{end}</a:p></c:txPr>"

    def rich(self, lines: Sequence[str]) -> str:
        """``c:rich`` with a paragraph per line."""
        default = _run_properties("defRPr", self.size, self.colour, self.language, bold=self.bold)
        own = _run_properties("rPr", self.size, self.colour, self.language, bold=self.bold)
        paras = "".join(f"<a:p><a:pPr>{default}</a:pPr><a:r>{own}<a:t>{escaped(text)}</a:t></a:r></a:p>" for text in lines)
        return f"<c:rich><a:bodyPr/><a:lstStyle/>{paras}</c:rich>"


@dataclass(frozen=True, slots=True)
class Label:
    """A point's label: its value in *code*, with the series' name before it where *name*, or else fixed *lines*."""

    type: Type
    position: str = ""
    code: str = "0"
    lines: tuple[str, ...] = ()
    name: bool = False
    value: bool = True
    ground: Colour | None = None
    lift: float = 0.0  # upwards from its position, as a part of the chart's height

    def xml(self) -> str:
        """What ``c:dLbls`` holds after its own labels, and ``c:dLbl`` after its index (with the fixed lines first)."""
        text = f"<c:tx>{self.type.rich(self.lines)}</c:tx>" if self.lines else ""
        place = f'<c:dLblPos val="{self.position}"/>' if self.position else ""
        moved = (
            f'<c:layout><c:manualLayout><c:x val="0"/><c:y val="{-self.lift:.4f}"/></c:manualLayout></c:layout>'
            if self.lift
            else ""
        )
        code = quoted(self.code)
        return (
            f'{moved}{text}<c:numFmt formatCode={code} sourceLinked="0"/>{shape_xml(self.ground)}'
            f"{'' if self.lines else self.type.xml(_UNWRAPPED)}{place}{_shown(value=self.value, name=self.name)}"
            f"{'<c:separator> </c:separator>' if self.name else ''}"
        )


_LEVEL = '<a:bodyPr rot="0" vert="horz"/>'
_UNWRAPPED = '<a:bodyPr wrap="none" lIns="38100" tIns="0" rIns="38100" bIns="0"/>'


def _shown(*, value: bool, name: bool = False) -> str:
    flags = {"LegendKey": False, "Val": value, "CatName": False, "SerName": name, "Percent": False, "BubbleSize": False}
    return "".join(f'<c:show{flag} val="{int(on)}"/>' for flag, on in flags.items())


def labels_xml(points: dict[int, Label], default: Label | None = None) -> str:
    """``c:dLbls``: labels of single points, and that of all others (none when absent)."""
    single = "".join(f'<c:dLbl><c:idx val="{i}"/>{label.xml()}</c:dLbl>' for i, label in sorted(points.items()))
    return f"<c:dLbls>{single}{default.xml() if default else _shown(value=False)}</c:dLbls>"


def point_xml(idx: int, shape: str) -> str:
    """``c:dPt`` of a bar."""
    return f'<c:dPt><c:idx val="{idx}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>{shape}</c:dPt>'


# ----------------------------------------------------------------------------------------------------------- the skeleton


@dataclass(frozen=True, slots=True)
class Axis:
    """What the two kinds of axes share. *shown* is the type of its labels, None for an axis that is not seen."""

    id: int
    crosses: int
    position: str
    shown: Type | None = None
    line: str = "<a:ln><a:noFill/></a:ln>"
    title: str = ""

    def _common(self, scaling: str, gridlines: str, code: str) -> str:
        hidden = self.shown is None
        return (
            f'<c:axId val="{self.id}"/><c:scaling>{scaling}</c:scaling><c:delete val="{int(hidden)}"/>'
            f'<c:axPos val="{self.position}"/>'
            f'{gridlines}{self.title}<c:numFmt formatCode="{code}" sourceLinked="0"/><c:majorTickMark val="none"/>'
            f'<c:minorTickMark val="none"/>'
            f'<c:tickLblPos val="{"nextTo" if self.position != "b" else "low"}"/><c:spPr><a:noFill/>{self.line}</c:spPr>'
            f'{self.shown.xml(_LEVEL) if self.shown else ""}<c:crossAx val="{self.crosses}"/>'
        )

    def category(self, *, reverse: bool = False) -> str:
        """``c:catAx``."""
        scaling = f'<c:orientation val="{"maxMin" if reverse else "minMax"}"/>'
        return (
            f"<c:catAx>{self._common(scaling, '', GENERAL)}"
            '<c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="60"/><c:tickLblSkip val="1"/>'
            '<c:noMultiLvlLbl val="1"/></c:catAx>'
        )

    def value(
        self, maximum: float, *, unit: float = 0, grid: str = "", between: str = "between", crosses: str = "autoZero"
    ) -> str:
        """``c:valAx`` from zero to *maximum*, with a grid line every *unit*."""
        scaling = f'<c:orientation val="minMax"/><c:max val="{maximum or 1:g}"/><c:min val="0"/>'
        gridlines = f"<c:majorGridlines><c:spPr>{grid}</c:spPr></c:majorGridlines>" if grid else ""
        major = f'<c:majorUnit val="{unit:g}"/>' if unit else ""
        return (
            f"<c:valAx>{self._common(scaling, gridlines, '0')}"
            f'<c:crosses val="{crosses}"/><c:crossBetween val="{between}"/>{major}</c:valAx>'
        )


@dataclass(frozen=True, slots=True)
class Inner:
    """The plot's place in the chart, without its axis labels, as parts of the chart's width and height."""

    x: float
    y: float
    w: float
    h: float

    def xml(self) -> str:
        """``c:layout``."""
        places = "".join(f'<c:{k} val="{v:.4f}"/>' for k, v in (("x", self.x), ("y", self.y), ("w", self.w), ("h", self.h)))
        return (
            '<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
            f"{places}</c:manualLayout></c:layout>"
        )


def chart_space(inner: Inner, plots: str, type_: Type, *, legend: str = "", blanks: str = "gap") -> bytes:
    """The whole chart part; *plots* are the plots and their axes."""
    return (
        f'{XML}<c:chartSpace {NS}><c:date1904 val="0"/>'
        f'<c:lang val="{type_.language}"/>'
        f'<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/>'
        f"<c:plotArea>{inner.xml()}{plots}</c:plotArea>{legend}"
        f'<c:plotVisOnly val="1"/><c:dispBlanksAs val="{blanks}"/></c:chart><c:spPr><a:noFill/><a:ln><a:noFill/>'
        f"</a:ln></c:spPr>"
        f'{type_.xml()}<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    ).encode()
