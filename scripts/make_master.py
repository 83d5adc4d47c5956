"""Make ``templates/ojreport.pptx``, the deck's own master: six named layouts, 16:9, same bytes at each run.

    PYTHONPATH=src python3 scripts/make_master.py

A master is not drawn by hand, so that its geometry (inches below) and its colours (``Theme``) can be reviewed as text.
"""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml import parse_xml
from pptx.util import Inches

from ojreport.render.pptx.package import Package, parts_of, set_properties
from ojreport.render.pptx.palette import OWN_THEME, scheme_colours
from ojreport.render.pptx.untyped import PptxDeck
from ojreport.render.theme import Theme

OUT = Path(__file__).parents[1] / "templates" / "ojreport.pptx"
NS = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
WIDTH, HEIGHT = 13.333, 7.5
LEFT, CONTENT = 0.6, 12.133
TOP, BOTTOM = 1.55, 6.75
Box = tuple[float, float, float, float]


# ------------------------------------------------------------------------------------------------------------- building


def emu(inches: float) -> int:
    """English metric units."""
    return int(Inches(inches))


def xfrm(box: Box) -> str:
    """Place and size."""
    left, top, width, height = (emu(i) for i in box)
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def solid(scheme: str, extra: str = "") -> str:
    """A fill in a colour of the theme."""
    return f'<a:solidFill><a:schemeClr val="{scheme}">{extra}</a:schemeClr></a:solidFill>'


DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def shape(  # noqa: PLR0913 - a shape is all of this
    number: int,
    name: str,
    box: Box,
    fill: str,
    *,
    geometry: str = "rect",
    line: str = "<a:noFill/>",
    width: int = 0,
    adjust: tuple[int, ...] = (),
) -> str:
    """A decorative shape; *adjust* are the angles of a chord."""
    guides = "".join(f'<a:gd name="adj{n}" fmla="val {value}"/>' for n, value in enumerate(adjust, start=1))
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}">{DECORATIVE}</p:cNvPr><p:cNvSpPr/>'
        f'<p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr>{xfrm(box)}<a:prstGeom prst="{geometry}"><a:avLst>{guides}</a:avLst>'
        f'</a:prstGeom>{fill}<a:ln w="{width}">{line}</a:ln></p:spPr>'
        '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="sv-SE"/></a:p></p:txBody></p:sp>'
    )


def placeholder(  # noqa: PLR0913 - a placeholder is all of this, and each call names what it sets
    number: int,
    kind: str,
    name: str,
    box: Box | None,
    *,
    idx: int = 0,
    prompt: str = "",
    style: str = "",
    anchor: str = "t",
    fill: str = "",
    insets: tuple[float, float, float, float] = (0, 0, 0, 0),
    field: bool = False,
) -> str:
    """A placeholder of *kind*; *style* is the inside of its ``lstStyle``, *insets* are left, top, right, bottom."""
    index = f' idx="{idx}"' if idx else ""
    type_ = "" if kind == "obj" else f' type="{kind}"'
    left, top, right, bottom = (emu(i) for i in insets)
    text = (
        '<a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="sv-SE"/><a:t>‹#›</a:t></a:fld>'
        if field
        else f'<a:r><a:rPr lang="sv-SE"/><a:t>{escape(prompt)}</a:t></a:r>'
        if prompt
        else ""
    )
    placed = xfrm(box) + '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>' if box else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph{type_}{index}/></p:nvPr></p:nvSpPr><p:spPr>{placed}{fill}</p:spPr>"
        f'<p:txBody><a:bodyPr lIns="{left}" tIns="{top}" rIns="{right}" bIns="{bottom}" anchor="{anchor}">'
        f"<a:normAutofit/></a:bodyPr>"
        f'<a:lstStyle>{style}</a:lstStyle><a:p>{text}<a:endParaRPr lang="sv-SE"/></a:p></p:txBody></p:sp>'
    )


def level(size: int, colour: str = "tx1", *, bold: bool = False, align: str = "l", number: int = 1) -> str:
    """One level of a list style without a bullet."""
    return (
        f'<a:lvl{number}pPr marL="0" indent="0" algn="{align}"><a:buNone/>'
        f'<a:defRPr sz="{size * 100}" b="{int(bold)}">{solid(colour)}</a:defRPr></a:lvl{number}pPr>'
    )


def tree(*shapes: str) -> str:
    """A shape tree."""
    return (
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
        '<a:off x="0" y="0"/>'
        f'<a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>{"".join(shapes)}</p:spTree>'
    )


def layout(name: str, *shapes: str, background: str = "", own: bool = False) -> str:
    """A layout; *own*: without the master's shapes."""
    ground = f"<p:bg><p:bgPr>{background}<a:effectLst/></p:bgPr></p:bg>" if background else ""
    shown = ' showMasterSp="0"' if own else ""
    return (
        f'<p:sldLayout {NS} preserve="1" userDrawn="1"{shown}><p:cSld name="{name}">{ground}{tree(*shapes)}</p:cSld>'
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


# -------------------------------------------------------------------------------------------------------------- the parts


def foot(colour: str = "accent4") -> tuple[str, str]:
    """Foot and slide number."""
    return (
        placeholder(
            90, "ftr", "Footer", (LEFT, 7.0, 10.6, 0.3), idx=90, prompt="Område och utgåva", style=level(11, colour), anchor="ctr"
        ),
        placeholder(
            91,
            "sldNum",
            "Slide number",
            (11.733, 7.0, 1.0, 0.3),
            idx=91,
            style=level(11, colour, align="r"),
            anchor="ctr",
            field=True,
        ),
    )


def title() -> str:
    """The title as the master has it."""
    return placeholder(2, "title", "Title", None, prompt="Rubrik", anchor="ctr")


def body(number: int, idx: int, box: Box, kind: str = "body", prompt: str = "Text") -> str:
    """A body or object."""
    names = {"body": "Text", "chart": "Chart", "obj": "Content"}
    return placeholder(number, kind, f"{names[kind]} {idx}", box, idx=idx, prompt=prompt)


def theme_xml(theme: Theme) -> str:
    """The theme part: our tokens as theme colours, Calibri, and the plain fills and lines that a theme must have."""
    colours = "".join(f'<a:{slot}><a:srgbClr val="{value}"/></a:{slot}>' for slot, value in scheme_colours(theme).items())
    font = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="{{}}" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
    lines = "".join(line.format(w) for w in (6350, 12700, 19050))
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme {NS} name="{OWN_THEME}"><a:themeElements><a:clrScheme name="{OWN_THEME}">{colours}</a:clrScheme>'
        f'<a:fontScheme name="{OWN_THEME}"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="{OWN_THEME}"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{lines}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements><a:objectDefaults/><a:extraClrSchemeLst/></a:theme>"
    )


def text_styles() -> str:
    """Title 28 pt; body 20 and 18 pt with quiet bullets."""
    fonts = '<a:latin typeface="+m{0}-lt"/><a:ea typeface="+m{0}-ea"/><a:cs typeface="+m{0}-cs"/>'
    bullets = (("•", 20, 0.25), ("–", 18, 0.5), ("•", 18, 0.75), ("–", 18, 1.0), ("•", 18, 1.25))
    levels = "".join(
        f'<a:lvl{n}pPr marL="{emu(indent)}" indent="-{emu(0.25)}" algn="l" defTabSz="914400"><a:lnSpc>'
        f'<a:spcPct val="100000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="600"/></a:spcBef><a:buClr><a:schemeClr val="accent1"/></a:buClr>'
        f'<a:buFont typeface="+mj-lt"/>'
        f'<a:buChar char="{char}"/>'
        f'<a:defRPr sz="{size * 100}" kern="1200">{solid("tx1")}{fonts.format("n")}</a:defRPr></a:lvl{n}pPr>'
        for n, (char, size, indent) in enumerate(bullets, start=1)
    )
    other = (
        f'<a:lvl1pPr marL="0" algn="l">'
        f'<a:defRPr lang="sv-SE" sz="1800" kern="1200">{solid("tx1")}{fonts.format("n")}</a:defRPr></a:lvl1pPr>'
    )
    heading = (
        '<a:lvl1pPr algn="l" defTabSz="914400"><a:lnSpc><a:spcPct val="95000"/></a:lnSpc><a:spcBef>'
        '<a:spcPct val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="2800" b="1" kern="1200">{solid("tx2")}{fonts.format("j")}</a:defRPr></a:lvl1pPr>'
    )
    return (
        f"<p:txStyles><p:titleStyle>{heading}</p:titleStyle><p:bodyStyle>{levels}</p:bodyStyle>"
        f"<p:otherStyle>{other}</p:otherStyle></p:txStyles>"
    )


def master_xml(layout_ids: str) -> str:
    """The master: a band along the top, a hairline over the foot."""
    shapes = (
        shape(20, "Band", (0, 0, WIDTH, 0.14), solid("accent1")),
        shape(21, "Hairline", (LEFT, 6.93, CONTENT, 0.01), solid("accent3", '<a:lumMod val="60000"/><a:lumOff val="40000"/>')),
        placeholder(2, "title", "Title", (LEFT, 0.45, CONTENT, 0.95), prompt="Rubrik", anchor="ctr"),
        placeholder(3, "body", "Text", (LEFT, TOP, CONTENT, BOTTOM - TOP), idx=1, prompt="Text"),
        *foot(),
    )
    names = ("accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink")
    mapping = " ".join(f'{n}="{n}"' for n in names)
    return (
        f"<p:sldMaster {NS}><p:cSld><p:bg><p:bgPr>{solid('bg1')}<a:effectLst/></p:bgPr></p:bg>{tree(*shapes)}</p:cSld>"
        f'<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" {mapping}/>'
        f"<p:sldLayoutIdLst>{layout_ids}</p:sldLayoutIdLst>{text_styles()}</p:sldMaster>"
    )


def layouts() -> tuple[str, ...]:
    """The six layouts."""
    area = BOTTOM - TOP
    half = (CONTENT - 0.4) / 2
    return (
        title_layout(),
        layout("Text", title(), body(3, 1, (LEFT, TOP, CONTENT, area)), *foot()),
        layout(
            "Two columns", title(), body(3, 1, (LEFT, TOP, half, area)), body(4, 2, (LEFT + half + 0.4, TOP, half, area)), *foot()
        ),
        layout(
            "Figure",
            title(),
            body(3, 1, (LEFT, TOP, 4.2, area)),
            body(4, 2, (5.2, TOP, 7.5, area), "chart", "Diagram"),
            *foot(),
        ),
        layout("Wide", title(), body(3, 1, (LEFT, TOP, CONTENT, area), "obj", "Tabell eller diagram"), *foot()),
        numbers_layout(half),
    )


def title_layout() -> str:
    """A field in the primary colour with the three signs of the reports: full, half and empty."""
    tint = '<a:lumMod val="85000"/><a:lumOff val="15000"/>'
    size = 1.4
    rings = [(8.033 + n * 1.65, 0.75, size, size) for n in range(3)]
    thick = emu(0.05)
    signs = (
        shape(10, "Sign full", rings[0], solid("accent1", tint), geometry="ellipse", line=solid("accent1", tint), width=thick),
        shape(11, "Sign half", rings[1], "<a:noFill/>", geometry="ellipse", line=solid("accent1", tint), width=thick),
        shape(14, "Half", rings[1], solid("accent1", tint), geometry="chord", adjust=(5400000, 16200000)),
        shape(12, "Sign empty", rings[2], "<a:noFill/>", geometry="ellipse", line=solid("accent1", tint), width=thick),
    )
    return layout(
        "Title",
        *signs,
        placeholder(
            2, "ctrTitle", "Title", (LEFT, 2.35, 9.6, 1.9), prompt="Titel", anchor="b", style=level(44, "bg1", bold=True)
        ),
        shape(13, "Rule", (LEFT, 4.5, 1.6, 0.05), solid("bg1")),
        placeholder(3, "subTitle", "Subtitle", (LEFT, 4.8, 9.6, 1.75), idx=1, prompt="Underrubrik", style=level(22, "bg1")),
        placeholder(4, "pic", "Logo", (10.733, 5.45, 2.0, 1.1), idx=13, prompt="Logotyp"),
        *foot("bg1"),
        background=solid("accent1"),
        own=True,
    )


def numbers_layout(half: float) -> str:
    """Three cards with a figure and its label, and two bodies under them."""
    gap = 0.4
    card = (CONTENT - 2 * gap) / 3
    panel = solid("bg2")
    shapes = []
    for n in range(3):
        left = LEFT + n * (card + gap)
        figure, label = (left, TOP, card, 0.75), (left, TOP + 0.75, card, 1.1)
        big = level(40, "tx2", bold=True)
        shapes += [
            placeholder(
                10 + n,
                "body",
                f"Figure {n + 1}",
                figure,
                idx=11 + n,
                prompt="0",
                style=big,
                anchor="b",
                fill=panel,
                insets=(0.2, 0.1, 0.15, 0),
            ),
            placeholder(
                20 + n,
                "body",
                f"Label {n + 1}",
                label,
                idx=21 + n,
                prompt="Etikett",
                style=level(18),
                fill=panel,
                insets=(0.2, 0.02, 0.1, 0.08),
            ),
        ]
    lower = TOP + 1.85 + 0.3
    bodies = (body(30, 31, (LEFT, lower, half, BOTTOM - lower)), body(31, 32, (LEFT + half + gap, lower, half, BOTTOM - lower)))
    return layout("Numbers", title(), *shapes, *bodies, *foot())


# --------------------------------------------------------------------------------------------------------------- assembly


def drop_unused(presentation: PptxDeck) -> None:
    """Take away python-pptx's spare layouts, printer settings, thumbnail and application properties."""
    master = presentation.slide_master
    for spare in list(master.slide_layouts)[6:]:
        master.slide_layouts.remove(spare)
    for owner, kind in (
        (presentation.part, RT.PRINTER_SETTINGS),
        (presentation.part.package, RT.THUMBNAIL),
        (presentation.part.package, RT.EXTENDED_PROPERTIES),
    ):
        rels = owner._rels  # noqa: SLF001 - python-pptx has no public way to drop a part
        for rid in [rid for rid, rel in rels.items() if rel.reltype == kind]:
            rels.pop(rid)


def make(theme: Theme) -> bytes:
    """The finished template."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = emu(WIDTH), emu(HEIGHT)
    presentation.part._element.find(".//{*}sldSz").attrib.pop("type", None)  # noqa: SLF001 - says 4:3
    drop_unused(presentation)
    master = presentation.slide_master
    ids = ""
    for n, (used, xml) in enumerate(zip(master.slide_layouts, layouts(), strict=True)):
        used.part._element = parse_xml(xml)  # noqa: SLF001 - the whole part is ours
        rid = master.part.relate_to(used.part, RT.SLIDE_LAYOUT)
        ids += f'<p:sldLayoutId id="{2147483649 + n}" r:id="{rid}"/>'
    master.part._element = parse_xml(master_xml(ids))  # noqa: SLF001 - the same
    master.part.part_related_by(RT.THEME)._blob = theme_xml(theme).encode()  # noqa: SLF001 - a part that python-pptx keeps as bytes
    presentation.notes_master  # noqa: B018 - makes the notes master that the slides' notes need
    nothing = dict.fromkeys(("subject", "keywords", "category"), "")
    set_properties(presentation, title="ojreport", author="ojreport", language="sv-SE", **nothing)
    return Package(*parts_of(presentation)).to_bytes()


if __name__ == "__main__":
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_bytes(make(Theme()))
    print(f"{OUT.name}: {OUT.stat().st_size:,} bytes")
