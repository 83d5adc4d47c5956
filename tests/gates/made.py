"""The files that the gates look at: the kommunprofil of ten areas, in our own theme and in a kommun's."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE

from ojreport.batch import Order, prepare
from ojreport.compose import build_report, kind_of
from ojreport.compose.worksheet import Report
from ojreport.render.pdf import render_pdf
from ojreport.render.pptx import render_pptx
from ojreport.render.theme import load_theme

if TYPE_CHECKING:
    from ojreport.render.pptx.figures import Charts
    from ojreport.render.theme import Theme

YEAR = 2019
AREAS = (
    "Kalmar",
    "Örnsköldsvik",
    "Gotland",  # a kommun that is a län
    "Göteborg",  # reports by stadsdel
    "Göteborg, Angered",
    "Åsele",  # answered nothing
    "Jönköping",  # in a län that is not shown
    "Malung-Sälen",
    "Upplands Väsby",
    "Stockholm",
)
REPORTS = ("regional: GR", "regional: Gotlands län", "namndunderlag: Kalmar", "namndunderlag: Göteborg", "faktablad: Riket")
LOGO = "Kommunens vapen: en röd fyrkant"
_THEME = f"""\
[colours]
ink = "#102A12"
primary = "#0B5D1E"
highlight = "#9C1C6B"
bar = "#7A7F45"
muted = "#4F5B4A"
panel = "#F1F6EC"

[logo]
file = "logo.png"
alt = "{LOGO}"
"""


class Made:
    """Reports and files by the name of their area; *folder* is where a theme of a kommun's own is laid."""

    def __init__(self, folder: Path) -> None:
        self._chain = prepare(Order("kommunprofil", year=YEAR))
        self._read = self._chain.catalogue, self._chain.results
        self._folder = folder
        self.report = functools.cache(self._report)
        self.pdf = functools.cache(self._pdf)
        self.deck = functools.cache(self._deck)

    @functools.cached_property
    def own_theme(self) -> Theme:
        """A kommun's theme, with other colours and a logo."""
        Image.new("RGB", (120, 60), "#B00020").save(self._folder / "logo.png")
        (self._folder / "theme.toml").write_text(_THEME, encoding="utf-8")
        return load_theme(self._folder / "theme.toml")

    @functools.cached_property
    def narrow_template(self) -> Path:
        """Somebody else's template: 4:3, with other names of layouts."""
        Presentation().save(self._folder / "narrow.pptx")
        return self._folder / "narrow.pptx"

    @functools.cached_property
    def dark_template(self) -> Path:
        """Ours made somebody else's: light text on a dark ground, and other names of theme and layouts."""
        template = Presentation(self._chain.deck_template)
        colours = template.slide_master.element.find("{*}clrMap")
        colours.attrib.update({"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"})
        theme = template.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
        theme._blob = theme.blob.replace(b'name="ojreport"', b'name="Kommunen"').replace(b"14406B", b"6FD3C7")
        for layout in template.slide_layouts:
            layout.element.cSld.set("name", f"Mall {layout.name}")
        template.save(self._folder / "dark.pptx")
        return self._folder / "dark.pptx"

    def _report(self, name: str) -> Report:
        """The kommunprofil of the area *name*, or another report: ``regional: GR``."""
        kind, _, subject = name.rpartition(": ")
        chain = prepare(Order(kind, year=YEAR), self._read) if kind else self._chain
        area = kind_of(chain.definition).find(chain.catalogue, subject, YEAR)
        return build_report(chain.definition, chain.results, chain.catalogue, area, YEAR, chain.texts)

    def _pdf(self, name: str, *, own_theme: bool = False) -> bytes:
        return render_pdf(self.report(name).document, self.own_theme if own_theme else self._chain.theme)

    def _deck(self, name: str, charts: Charts = "native", *, own_theme: bool = False, template: Path | None = None) -> bytes:
        theme = self.own_theme if own_theme else self._chain.theme
        return render_pptx(self.report(name).deck, theme, template or self._chain.deck_template, charts)
