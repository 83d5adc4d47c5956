"""Colours as a template's theme colours, so that who changes the theme changes every slide, table and chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ojreport.render.theme import GRAPHICS_CONTRAST, TEXT_CONTRAST, TOKEN_OF, WHITE, contrast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ojreport.compose.document import Role
    from ojreport.render.theme import Theme

OWN_THEME = "ojreport"  # the name of the theme in our own master: its slots hold our tokens
_ALL = 100  # percent
_ACCENTS = tuple(f"accent{n}" for n in range(1, 7))


def scheme_colours(theme: Theme) -> dict[str, str]:
    """Our tokens as the twelve slots of a theme, each ``RRGGBB``."""
    slots = {
        "dk1": theme.ink,
        "lt1": WHITE,
        "dk2": theme.primary,
        "lt2": theme.panel,
        "accent1": theme.primary,
        "accent2": theme.highlight,
        "accent3": theme.bar,
        "accent4": theme.muted,
        "accent5": "#3E6F9E",
        "accent6": "#A3B1BE",
        "hlink": theme.primary,
        "folHlink": theme.muted,
    }
    return {slot: colour.lstrip("#") for slot, colour in slots.items()}


@dataclass(frozen=True, slots=True)
class Colour:
    """A theme colour, darkened to *mod* percent of its lightness and lifted by *off* percent."""

    scheme: str
    mod: int = _ALL
    off: int = 0

    def xml(self, alpha: int = _ALL) -> str:
        """``a:schemeClr``, *alpha* percent opaque."""
        changed = f'<a:lumMod val="{self.mod * 1000}"/>' if self.mod != _ALL else ""
        lifted = f'<a:lumOff val="{self.off * 1000}"/>' if self.off else ""
        seen = f'<a:alpha val="{alpha * 1000}"/>' if alpha != _ALL else ""
        return f'<a:schemeClr val="{self.scheme}">{changed}{lifted}{seen}</a:schemeClr>'

    def fill(self) -> str:
        """``a:solidFill``."""
        return f"<a:solidFill>{self.xml()}</a:solidFill>"


@dataclass(frozen=True, slots=True)
class Palette:
    """Who has which colour.

    ``on_primary`` and ``on_bar`` are for words that stand on those; ``heading`` and ``own_words`` are primary and highlight where
    they are strong enough for words, else ink.
    """

    ink: Colour
    primary: Colour
    highlight: Colour
    bar: Colour
    muted: Colour
    panel: Colour
    paper: Colour
    on_primary: Colour
    on_bar: Colour
    heading: Colour
    own_words: Colour


def role_colour(role: Role, palette: Palette) -> Colour:
    """The colour of whom a bar or a line stands for."""
    colour: Colour = getattr(palette, TOKEN_OF[role])
    return colour


OWN = Palette(
    ink=Colour("tx1"),
    primary=Colour("accent1"),
    highlight=Colour("accent2"),
    bar=Colour("accent3"),
    muted=Colour("accent4"),
    panel=Colour("bg2"),
    paper=Colour("bg1"),
    on_primary=Colour("bg1"),
    on_bar=Colour("tx1"),
    heading=Colour("accent1"),
    own_words=Colour("accent2"),
)


def foreign(colours: Mapping[str, str]) -> Palette:
    """The palette of somebody else's template; *colours* are its slots as ``#RRGGBB``, ``bg1`` and ``tx1`` mapped.

    Its first two accents that stand out from the ground are primary and highlight. Everything neutral is a shade of its text
    colour, since a third accent may be as loud as the first.
    """
    paper, ink = colours["bg1"], colours["tx1"]
    clear = [a for a in _ACCENTS if contrast(colours[a], paper) >= GRAPHICS_CONTRAST]
    primary = clear[0] if clear else "tx1"
    highlight = clear[1] if len(clear) > 1 else "tx1"
    dark = contrast(paper, WHITE) > contrast(paper, "#000000")
    on_primary = "bg1" if primary == "tx1" or contrast(colours[primary], paper) >= TEXT_CONTRAST else "tx1"
    if on_primary == "tx1" and contrast(colours.get(primary, ink), ink) < GRAPHICS_CONTRAST:
        on_primary = "bg1"
    return Palette(
        ink=Colour("tx1"),
        primary=Colour(primary),
        highlight=Colour(highlight),
        bar=Colour("tx1", 65) if dark else Colour("tx1", 50, 50),
        muted=Colour("tx1", 75) if dark else Colour("tx1", 65, 35),
        panel=Colour("bg1", 85, 15) if dark else Colour("bg1", 95),
        paper=Colour("bg1"),
        on_primary=Colour(on_primary),
        on_bar=Colour("bg1") if dark else Colour("tx1"),
        heading=Colour(_readable(primary, colours)),
        own_words=Colour(_readable(highlight, colours)),
    )


def _readable(slot: str, colours: Mapping[str, str]) -> str:
    return slot if contrast(colours[slot], colours["bg1"]) >= TEXT_CONTRAST else "tx1"
