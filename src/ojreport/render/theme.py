"""How everything looks: six colours, four fonts and perhaps a logo, checked when they are read."""

from __future__ import annotations

import importlib.util
import io
import re
import tomllib
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ojreport.compose.document import Role
from ojreport.errors import TemplateError

WHITE = "#FFFFFF"
TEXT_CONTRAST = 4.5  # WCAG 2.1, 1.4.3
GRAPHICS_CONTRAST = 3.0  # WCAG 2.1, 1.4.11
PICTURES = ("PNG", "JPEG", "GIF")  # what both a deck and a PDF take
_TRUETYPE = (b"\x00\x01\x00\x00", b"true")


def _package_font(style: str) -> Path:
    """A Source Sans file in the font package, found without running the package."""
    spec = importlib.util.find_spec("font_source_sans_pro")
    if spec is None or spec.origin is None:
        raise TemplateError("The fonts are missing: install the package font-source-sans-pro.")
    return Path(spec.origin).parent / "files" / f"SourceSansPro-{style}.ttf"


@dataclass(frozen=True, slots=True)
class Fonts:
    """Paths of TrueType files."""

    regular: Path = field(default_factory=lambda: _package_font("Regular"))
    semibold: Path = field(default_factory=lambda: _package_font("Semibold"))
    bold: Path = field(default_factory=lambda: _package_font("Bold"))


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture for the first page, and what a screen reader says of it."""

    file: Path
    alt: str

    def read(self) -> io.BytesIO:
        """The picture's file; TemplateError when it is no whole picture of a kind that can stand in a deck and in a PDF."""
        from PIL import Image  # noqa: PLC0415 - heavy, and most themes have no logo

        try:
            content = self.file.read_bytes()
        except OSError as error:
            raise TemplateError(f"{self.file}: the logo can not be read ({error.strerror}).") from error
        try:
            with Image.open(io.BytesIO(content), formats=PICTURES) as picture:
                picture.load()
        except Exception as error:  # Pillow raises many kinds for a broken file
            raise TemplateError(f"{self.file}: the logo is no picture that can be used. Save it anew as PNG or JPEG.") from error
        return io.BytesIO(content)


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as ``#RRGGBB``, fonts, and a logo where there is one. See ``check`` for the contrast that they must have."""

    ink: str = "#1B2733"  # text, riket's line
    primary: str = "#14406B"  # headings, Ja, the own län
    highlight: str = "#C2410C"  # the kommun itself, and nothing else
    bar: str = "#7C8FA1"  # everybody else
    muted: str = "#5A6772"  # notes, sources, axis text
    panel: str = "#EEF3F7"  # boxes, table bands
    fonts: Fonts = field(default_factory=Fonts)
    logo: Logo | None = None


TOKEN_OF = {Role.SELF: "highlight", Role.OWN: "primary", Role.RIKET: "ink", Role.OTHER: "bar"}  # also of a deck's Palette
_COLOURS = tuple(f.name for f in fields(Theme) if f.name not in ("fonts", "logo"))


def role_colour(role: Role, theme: Theme) -> str:
    """The colour of whom a bar or a line stands for."""
    colour: str = getattr(theme, TOKEN_OF[role])
    return colour


@lru_cache(maxsize=1000)
def rgb(colour: str) -> tuple[float, float, float]:
    """Red, green and blue of ``#RRGGBB``, each 0–1."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


@lru_cache(maxsize=1000)
def tint(colour: str, part: float) -> str:
    """*colour* thinned with white: *part* 1 is the colour itself, 0 is white."""
    return "#" + "".join(f"{round(255 * (1 - part * (1 - c))):02X}" for c in rgb(colour))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1–21 (WCAG 2.1, relative luminance)."""

    def luminance(colour: str) -> float:
        linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour))  # noqa: PLR2004 - sRGB's own constants
        return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def check(theme: Theme, where: str) -> None:
    """TemplateError, naming both colours and their ratio, when a pair that meets on a page is too alike."""
    on_white = ((name, getattr(theme, name), "white", WHITE, TEXT_CONTRAST) for name in ("ink", "primary", "highlight", "muted"))
    on_panel = ((name, getattr(theme, name), "panel", theme.panel, TEXT_CONTRAST) for name in ("ink", "primary", "muted"))
    for name, colour, ground, behind, least in (*on_white, *on_panel, ("bar", theme.bar, "white", WHITE, GRAPHICS_CONTRAST)):
        ratio = contrast(colour, behind)
        if ratio < least:
            raise TemplateError(
                f"{where}: {name} {colour} on {ground} {behind} has a contrast of {ratio:.1f}:1 and needs {least}:1. "
                f"Choose a colour that differs more."
            )


def load_theme(path: Path) -> Theme:
    """The theme of a ``theme.toml``; what it leaves out is as in ``Theme``. TemplateError on what can not be used."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise TemplateError(f"{path}: the theme can not be read ({error.strerror}).") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TemplateError(f"{path}: the theme is not valid TOML: {error}.") from error
    known = {"colours": _COLOURS, "fonts": tuple(f.name for f in fields(Fonts)), "logo": ("file", "alt")}
    for table, content in data.items():
        if table not in known or not isinstance(content, dict):
            raise TemplateError(f"{path}: {table!r} is not known here. The tables are {', '.join(known)}.")
        for key, value in content.items():
            if key not in known[table] or not isinstance(value, str):
                raise TemplateError(
                    f"{path}: {key!r} in [{table}] is not known here, or is no text. Known: {', '.join(known[table])}."
                )
    colours: dict[str, Any] = {name: _colour(path, name, value) for name, value in data.get("colours", {}).items()}
    chosen = {name: _font(path, name, value) for name, value in data.get("fonts", {}).items()}
    theme = replace(Theme(fonts=Fonts(**chosen), logo=_logo(path, data.get("logo", {}))), **colours)
    check(theme, str(path))
    return theme


def _colour(path: Path, name: str, value: str) -> str:
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", value):
        raise TemplateError(f'{path}: {name} = "{value}" is no colour. Write it as "#RRGGBB".')
    return value.upper()


def _font(path: Path, name: str, value: str) -> Path:
    file = path.parent / value
    try:
        with file.open("rb") as opened:
            start = opened.read(4)
    except OSError as error:
        raise TemplateError(f"{path}: the font {name} can not be read: {file} ({error.strerror}).") from error
    if start not in _TRUETYPE:
        raise TemplateError(f"{path}: the font {name} is no TrueType file: {file}. Give it a .ttf with TrueType outlines.")
    return file


def _logo(path: Path, data: dict[str, Any]) -> Logo | None:
    if not data:
        return None
    if not data.get("file") or not data.get("alt", "").strip():
        raise TemplateError(f"{path}: [logo] needs both file and alt, so that a screen reader can say what it shows.")
    logo = Logo(path.parent / data["file"], data["alt"])
    logo.read()
    return logo
