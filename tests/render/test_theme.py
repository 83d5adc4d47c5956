"""The theme: what a user may set, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from ojreport.errors import TemplateError
from ojreport.render.theme import Theme, check, contrast, load_theme, tint

OURS = Path(__file__).parents[2] / "templates" / "theme.toml"


def _theme(folder: Path, text: str) -> Path:
    file = folder / "theme.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_our_own_theme_file_says_what_is_built_in() -> None:
    assert load_theme(OURS) == Theme()


def test_the_default_fonts_exist() -> None:
    fonts = Theme().fonts
    assert all(path.is_file() for path in (fonts.regular, fonts.semibold, fonts.bold))


def test_contrast_is_21_between_black_and_white_and_1_between_equals() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#7C8FA1", "#7C8FA1") == pytest.approx(1)


def test_a_tint_of_nothing_is_white_and_of_all_is_the_colour() -> None:
    assert tint("#14406B", 0) == "#FFFFFF"
    assert tint("#14406B", 1) == "#14406B"


def test_a_colour_of_the_users_own_replaces_ours_and_the_rest_stays(tmp_path: Path) -> None:
    theme = load_theme(_theme(tmp_path, '[colours]\nprimary = "#004d40"\n'))
    assert theme.primary == "#004D40"
    assert theme.ink == Theme().ink


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('ink = "#999999"', ("ink #999999", "white #FFFFFF", "2.8:1", "4.5:1")),
        ('bar = "#C0C8D0"', ("bar #C0C8D0", "white #FFFFFF", "3.0:1")),
        ('panel = "#8090A0"', ("panel #8090A0", "4.5:1")),
    ],
)
def test_too_little_contrast_names_both_colours_and_the_ratio(tmp_path: Path, line: str, words: tuple[str, ...]) -> None:
    with pytest.raises(TemplateError) as refused:
        load_theme(_theme(tmp_path, f"[colours]\n{line}\n"))
    assert all(word in str(refused.value) for word in (*words, "theme.toml"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[colours]\nink = "blå"\n', "is no colour"),
        ("[colours\n", "not valid TOML"),
        ('[farger]\nink = "#000000"\n', "'farger' is not known"),
        ('[colours]\nblack = "#000000"\n', "'black' in [colours] is not known"),
        ('[fonts]\nregular = "finns-inte.ttf"\n', "finns-inte.ttf"),
        ('[fonts]\nregular = "theme.toml"\n', "is no TrueType file"),
        ('[logo]\nfile = "theme.toml"\n', "needs both file and alt"),
        ('[logo]\nfile = "saknas.png"\nalt = "Logotyp"\n', "saknas.png: the logo can not be read"),
        ('[logo]\nfile = "theme.toml"\nalt = "Logotyp"\n', "theme.toml: the logo is no picture that can be used"),
    ],
)
def test_a_theme_that_can_not_be_used_is_refused_in_one_sentence(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(TemplateError) as refused:
        load_theme(_theme(tmp_path, text))
    assert words in str(refused.value)


def test_a_theme_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="can not be read"):
        load_theme(tmp_path / "theme.toml")


def test_fonts_and_logo_stand_beside_the_theme_file(tmp_path: Path) -> None:
    (tmp_path / "egen.ttf").write_bytes(Theme().fonts.regular.read_bytes())
    Image.new("RGB", (4, 2)).save(tmp_path / "logo.png")
    theme = load_theme(_theme(tmp_path, '[fonts]\nbold = "egen.ttf"\n[logo]\nfile = "logo.png"\nalt = "Kommunens logotyp"\n'))
    assert theme.fonts.bold == tmp_path / "egen.ttf"
    assert theme.logo is not None
    assert theme.logo.alt == "Kommunens logotyp"


def test_the_built_in_theme_passes_its_own_check() -> None:
    check(Theme(), "built in")
