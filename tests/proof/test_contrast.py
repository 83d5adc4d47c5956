"""What stands on a slide can be read and seen, also on the ground of somebody else's template (WCAG 2.1, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from contrast import Pair, pairs
from damage import change_part
from finished import Made
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT

from ojreport.render.pptx import render_pptx

Template = Callable[[Made, Path], Path]
_SLOTS = ("dk1", "lt1", "dk2", "lt2", *(f"accent{n}" for n in range(1, 7)))
_DARK = {"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"}


def _ours(made: Made, _: Path) -> Path:
    return made.chain.deck_template


def _narrow(_: Made, folder: Path) -> Path:
    """Somebody else's: 4:3, black on white, python-pptx's own."""
    Presentation().save(folder / "narrow.pptx")
    return folder / "narrow.pptx"


def _dark(made: Made, folder: Path) -> Path:
    """Ours made somebody else's: light text on a dark ground, and a light first accent."""
    template = Presentation(made.chain.deck_template)
    template.slide_master.element.find("{*}clrMap").attrib.update(_DARK)
    theme = template.slide_master.part.part_related_by(RT.THEME)
    theme._blob = theme.blob.replace(b'name="ojreport"', b'name="Kommunen"').replace(b"14406B", b"6FD3C7")
    template.save(folder / "dark.pptx")
    return folder / "dark.pptx"


def _coloured(colours: str, *, dark: bool = False) -> Template:
    """The narrow one with other colours: text, ground, text, ground and six accents."""

    def template(_: Made, folder: Path) -> Path:
        made = Presentation()
        if dark:
            made.slide_master.element.find("{*}clrMap").attrib.update(_DARK)
        theme = made.slide_master.part.part_related_by(RT.THEME)
        text = theme.blob.decode()
        for slot, colour in zip(_SLOTS, colours.split(), strict=True):
            new = f'<a:{slot}><a:srgbClr val="{colour}"/></a:{slot}>'
            text = re.sub(rf"<a:{slot}>.*?</a:{slot}>", new, text, flags=re.DOTALL)
        theme._blob = text.encode()
        made.save(folder / "coloured.pptx")
        return folder / "coloured.pptx"

    return template


def _pairs(template: Template, made: Made, folder: Path) -> list[Pair]:
    deck = render_pptx(made.report.deck, made.chain.theme, template(made, folder))
    return pairs(Presentation(BytesIO(deck)))


def _faint(found: list[Pair]) -> list[str]:
    return [str(pair) for pair in found if pair.ratio < pair.needed]


@pytest.mark.parametrize("template", [_ours, _narrow, _dark], ids=["ours", "narrow", "dark"])
def test_every_colour_that_we_choose_stands_out_from_its_ground(template: Template, kalmar: Made, tmp_path: Path) -> None:
    found = [pair for pair in _pairs(template, kalmar, tmp_path) if pair.chosen]
    assert len(found) > 100
    assert _faint(found) == []


@pytest.mark.parametrize("template", [_ours, _narrow, _dark], ids=["ours", "narrow", "dark"])
def test_so_do_the_words_in_the_templates_own_colours(template: Template, kalmar: Made, tmp_path: Path) -> None:
    found = [pair for pair in _pairs(template, kalmar, tmp_path) if not pair.chosen]
    assert len(found) > 10
    assert _faint(found) == []


OFFICE = "000000 FFFFFF 44546A E7E6E6 4472C4 ED7D31 A5A5A5 FFC000 5B9BD5 70AD47"
CREAM = "3B2F2F F4ECD8 5C4033 E8DCC0 C0392B 2980B9 27AE60 8E44AD F39C12 16A085"
GREY = "222222 E0E0E0 444444 CCCCCC 005A9C A4343A 5B8C5A 8A8D8F 6D3580 B58500"
MIDDLE = "FFFFFF 5A5A5A FFFFFF 404040 FFD500 8FD3F4 C3E6A1 F7C6C5 FFE9A8 D9D9D9"


@pytest.mark.parametrize(
    "template",
    [
        _coloured(OFFICE, dark=True),
        _coloured(OFFICE),
        _coloured(CREAM),
        _coloured(GREY),
        _coloured(GREY, dark=True),
        _coloured(MIDDLE),
    ],
    ids=["office, dark", "office", "cream", "grey", "grey, dark", "middle grey"],
)
def test_every_colour_stands_out_on_other_grounds_too(template: Template, kalmar: Made, tmp_path: Path) -> None:
    assert _faint([pair for pair in _pairs(template, kalmar, tmp_path) if pair.chosen]) == []


@pytest.mark.parametrize(
    ("part", "old", "new", "said"),
    [
        (r"ppt/slides/slide5\.xml", '<a:schemeClr val="tx1"/>', '<a:schemeClr val="bg2"/>', "slide 5: a cell “"),
        (r"ppt/charts/chart2\.xml", '<a:schemeClr val="accent3"/>', '<a:schemeClr val="bg2"/>', "slide 8: a chart's “procent”"),
        (r"ppt/slideMasters/slideMaster1\.xml", '<a:schemeClr val="bg1"/>', '<a:schemeClr val="accent4"/>', "slide 3: "),
    ],
    ids=["a cell's words", "bars", "the ground"],
)
def test_a_faint_colour_is_measured(part: str, old: str, new: str, said: str, kalmar: Made) -> None:
    damaged = change_part(kalmar.pptx, part, lambda text: text.replace(old, new, 1))
    assert any(fault.startswith(said) for fault in _faint(pairs(Presentation(BytesIO(damaged)))))
