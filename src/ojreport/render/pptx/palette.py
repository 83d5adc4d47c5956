"""Colours as a template's theme colours, so that who changes the theme changes every slide, table and chart."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ojreport.render.pptx.wording import element
from ojreport.render.theme import GRAPHICS_CONTRAST, TEXT_CONTRAST, TOKEN_OF, WHITE, contrast, rgb

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ojreport.compose.document import Role
    from ojreport.render.theme import Theme

OWN_THEME = "ojreport"  # the name of the theme in our own master: its slots hold our tokens
_ALL = 100  # percent
_ACCENTS = tuple(f"accent{n}" for n in range(1, 7))
_STEP = 5  # percent, from one neutral shade to the next
_DARKER, _LIGHTER = ((75, 0), (50, 0)), ((60, 40), (40, 60))  # the shades that PowerPoint offers beside a theme's colour


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
        return element(f'a:schemeClr val="{self.scheme}"', f"{changed}{lifted}{seen}")

    def seen(self, colours: Mapping[str, str]) -> str:
        """``#RRGGBB`` where the theme's slots are *colours*."""
        hue, light, full = colorsys.rgb_to_hls(*rgb(colours[self.scheme]))
        light = min(1.0, light * self.mod / _ALL + self.off / _ALL)
        return "#" + "".join(f"{round(255 * part):02X}" for part in colorsys.hls_to_rgb(hue, light, full))

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

    Its first two accents that stand out from the ground are primary and highlight, in a shade where words would not stand out
    from them. Everything neutral is a shade of its text colour, since a third accent may be as loud as the first.
    """
    paper, ink = Colour("bg1"), Colour("tx1")
    on = _Ground(colours)
    clear = [a for a in _ACCENTS if on.ratio(Colour(a), paper) >= GRAPHICS_CONTRAST]
    primary = next((shade for a in clear for shade in on.shades(a) if on.bears_words(shade)), ink)
    highlight = next((Colour(a) for a in clear if a != primary.scheme), ink)
    panel = next(shade for shade in on.panels() if shade == paper or on.ratio(ink, shade) >= TEXT_CONTRAST)
    bar = next((shade for shade in on.neutrals(50) if on.clear(shade) and on.bears_words(shade)), ink)
    return Palette(
        ink=ink,
        primary=primary,
        highlight=highlight,
        bar=bar,
        muted=next((shade for shade in on.neutrals(65) if on.readable(shade, paper)), ink),
        panel=panel,
        paper=paper,
        on_primary=on.words(primary),
        on_bar=on.words(bar),
        heading=next((shade for shade in on.shades(primary.scheme) if on.readable(shade, paper, panel)), ink),
        own_words=next((shade for shade in on.shades(highlight.scheme) if on.readable(shade, paper)), ink),
    )


@dataclass(frozen=True, slots=True)
class _Ground:
    """A template's colours as they are seen on its paper, which is *dark* where its text is lighter."""

    colours: Mapping[str, str]

    @property
    def dark(self) -> bool:
        return contrast(self.colours["bg1"], WHITE) > contrast(self.colours["tx1"], WHITE)

    def ratio(self, one: Colour, other: Colour) -> float:
        return contrast(one.seen(self.colours), other.seen(self.colours))

    def clear(self, colour: Colour) -> bool:
        """Whether it can be seen on the paper."""
        return self.ratio(colour, Colour("bg1")) >= GRAPHICS_CONTRAST

    def readable(self, words: Colour, *grounds: Colour) -> bool:
        return all(self.ratio(words, ground) >= TEXT_CONTRAST for ground in grounds)

    def words(self, ground: Colour) -> Colour:
        """Ink or paper, whichever stands out more from *ground*."""
        return max((Colour("bg1"), Colour("tx1")), key=lambda words: self.ratio(words, ground))

    def bears_words(self, ground: Colour) -> bool:
        return self.clear(ground) and self.readable(self.words(ground), ground)

    def shades(self, slot: str) -> Iterator[Colour]:
        """A theme colour, then its shades further and further from the paper."""
        yield Colour(slot)
        yield from (Colour(slot, mod, off) for mod, off in (_LIGHTER if self.dark else _DARKER))

    def neutrals(self, least: int) -> Iterator[Colour]:
        """Shades of the text colour from the faintest, *least* percent of it on light paper, to itself."""
        for mod in range(least + (10 if self.dark else 0), _ALL, _STEP):
            yield Colour("tx1", mod) if self.dark else Colour("tx1", mod, _ALL - mod)

    def panels(self) -> Iterator[Colour]:
        """Shades of the paper, the one that stands out most first; at last the paper itself."""
        yield from (
            (Colour("bg1", mod, _ALL - mod) for mod in (85, 90, 95)) if self.dark else (Colour("bg1", 95), Colour("bg1", 98))
        )
        yield Colour("bg1")
