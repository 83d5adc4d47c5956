"""A catalogue that someone has edited wrongly: the error names file and line."""

import re
import shutil
from pathlib import Path

import pytest

from ojreport.catalogue import load_catalogue
from ojreport.catalogue.catalogue import FOLDER
from ojreport.errors import CatalogueError, UsageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the catalogue to break."""
    for path in (*FOLDER.glob("*.toml"), *FOLDER.glob("*.csv")):
        shutil.copy(path, tmp_path / path.name)
    return tmp_path


def replace(folder: Path, file: str, old: str, new: str) -> int:
    """Put *new* for the first *old* in *file*; the line where it stood."""
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def fault(folder: Path) -> str:
    with pytest.raises(CatalogueError) as error:
        load_catalogue(folder)
    return str(error.value)


FIRST_ID = 'id = "U35513"\n'
FAULTS = {
    "unknown key": ("indicators.toml", 'short = "Vårdkedja"', 'shirt = "Vårdkedja"', "the key shirt is not known"),
    "unknown key at the top": ("indicators.toml", "[[dimensions]]", "colour = 1\n[[dimensions]]", None),
    "duplicate id": ("indicators.toml", 'id = "U35505"', 'id = "U35513"', "the id U35513 is used twice"),
    "duplicate alias": (
        "indicators.toml",
        '"Aktuell överenskommelse med landsting/region",',
        '"Återfallsprevention", "Erbjuder återfallsprevention",',
        None,
    ),
    "unknown scale": ("indicators.toml", 'scale = "nybesok"', 'scale = "nybesök"', "the scale nybesök is not among"),
    "unknown dimension": ("indicators.toml", 'dimension = "trygghet"', 'dimension = "trygg"', "the dimension trygg is not among"),
    "unknown direction": ("indicators.toml", 'direction = "lower"', 'direction = "down"', "must be one of higher, lower, none"),
    "lower on a scale with Ja": (
        "indicators.toml",
        'direction = "higher"',
        'direction = "lower"',
        "direction is lower, but on the scale ja_nej Ja is always the better answer",
    ),
    "judged without Ja": (
        "indicators.toml",
        'direction = "none"\ndimension = "tillganglighet"',
        'direction = "higher"\ndimension = "tillganglighet"',
        "direction must be none, for the scale nybesok has no Ja to judge by",
    ),
    "one name for two": (
        "indicators.toml",
        'short = "Samordning med ekonomiskt bistånd"',
        'short = "Överenskommelse med Regionen"',
        "U35505 and U35513 are both called “Överenskommelse med Regionen” in",
    ),
    "unknown part": ("indicators.toml", 'part = "register"', 'part = "registret"', "must be one of generell, missbruk, register"),
    "empty text": ("indicators.toml", 'short = "FREDA-kortfrågor"', 'short = " "', "short is empty"),
    "missing text": ("indicators.toml", 'question = "Erbjuder kommunen återfallsprevention', 'x = "', None),
    "text that is a number": ("indicators.toml", 'short = "FREDA-kortfrågor"', "short = 7", "short must be a text"),
    "jinja in a text": (
        "indicators.toml",
        'nej = "erbjuder inte något stödprogram',
        'nej = "{{ kommun }} erbjuder',
        "nej holds a brace",
    ),
    "jinja in a list": ("indicators.toml", "Utbilda alla handläggare i FREDA", "{% Utbilda alla handläggare i FREDA", None),
    "wrong field in a number": ("indicators.toml", 'number = "har {tal}', 'number = "har {antal}', "must hold {tal} once"),
    "year as text": (
        "indicators.toml",
        "years = [2019, 2020]",
        'years = ["2019", 2020]',
        "years must be a list of whole numbers",
    ),
    "year twice": ("indicators.toml", "years = [2019, 2020]", "years = [2020, 2020]", "must rise"),
    "no years": ("indicators.toml", "years = [2019, 2020]", "years = []", "must name the editions"),
    "highlighted without data": ("indicators.toml", "highlighted = [2019]", "highlighted = [2015]", "not among years"),
    "flag as text": ("indicators.toml", "recommended = true", 'recommended = "ja"', "must be true or false"),
    "missing sentence": ("indicators.toml", 'delvis = "använder', '# delvis = "använder', None),
    "useless sentence": (
        "indicators.toml",
        'number = "har {tal}',
        'nej = "har inte"\nnumber = "har {tal}',
        "no use for the sentence nej",
    ),
    "unknown option": ("indicators.toml", "options = { 1 = ", "options = { 7 = ", "has no option with the code 7"),
    "option without sentence": ("indicators.toml", "options = { 3 = ", 'options = { 3 = "",', None),
    "missing option": (
        "indicators.toml",
        'options = { 3 = "erbjuder ett första personligt besök inom 3\\u00a0dagar", ',
        "options = { ",
        "no sentence for 3",
    ),
    "braces in an option": ("indicators.toml", 'options = { 1 = "har', 'options = { 1 = "{har}', "without braces"),
    "goal of a bakgrundsmått": ("indicators.toml", 'aliases = ["Erbjuder åter', 'goal = "Mer."\naliases = ["Erbjuder åter', None),
    "missing goal": ("indicators.toml", 'goal = "Kommunen har korta', '# goal = "Kommunen har korta', None),
    "too few activities": ("indicators.toml", "activities = [\n", 'activities = ["En."]\naliases = [\n', None),
    "scale with a code twice": ("indicators.toml", "code = 0", "code = 1", "has a code twice"),
    "scale with an unknown sign": ("indicators.toml", 'sign = "nej"', 'sign = "nja"', "an option needs a code, a label"),
    "scale without options": ("indicators.toml", 'unit = "dagar"', "", None),
    "indicator of a break": ("breaks.toml", '"U35536"', '"U99999"', "indicator U99999 is not in indicators.toml"),
    "break backwards": ("breaks.toml", "after = 2016", "after = 2014", "must be later than before"),
    "break with a year as text": ("breaks.toml", "before = 2015", 'before = "2015"', "before must be a whole number"),
    "break twice": ("breaks.toml", 'indicator = "U35524"', 'indicator = "U35523"', "stands twice"),
    "label too long": ("breaks.toml", 'short = "annat mått 2016"', 'short = "ett helt annat mått än 2016"', "at most 25"),
    "reason left out": ("breaks.toml", "reason = ", "# reason = ", None),
    "unknown kind of group": ("comparisons.toml", "[lan]", "[lanen]", None),
    "kommun of a group": (
        "groups.csv",
        "GR,Göteborgsregionen,1384",
        "GR,Göteborgsregionen,1385",
        "1385 is not the code of a kommun",
    ),
    "member twice": ("groups.csv", "GR,Göteborgsregionen,1401", "GR,Göteborgsregionen,1384", "GR has 1384 twice"),
    "group with two names": ("groups.csv", "GR,Göteborgsregionen,1401", "GR,Göteborg,1401", "has two names"),
    "similar to itself": ("liknande.csv", "0114,0381", "0114,0114", "0114 is 0114 itself"),
    "similar to nobody": ("liknande.csv", "0114,0381", "0114,9999", "9999 is not the code of a kommun"),
    "empty cell": ("kommuner.csv", "0880,Kalmar,", "0880,,", "name is empty"),
    "too many cells": ("kommuner.csv", "0880,Kalmar,", "0880,Kal,mar,", "7 cells for 6 columns"),
    "code that lost its zero": ("kommuner.csv", "0880,Kalmar,", "880,Kalmar,", "code must have 4 digits"),
    "code twice": ("kommuner.csv", "0880,Kalmar,", "0881,Kalmar,", None),
    "another län": ("kommuner.csv", "Kalmar kommun,,08,", "Kalmar kommun,,07,", "its län is given as 07"),
    "no kommungrupp": ("kommuner.csv", "Kalmar kommun,,08,B3", "Kalmar kommun,,08,", "kommungrupp is empty"),
    "unknown kommungrupp": ("kommuner.csv", "Kalmar kommun,,08,B3", "Kalmar kommun,,08,Z9", "the kommungrupp Z9 is not in"),
    "wrong columns": ("lan.csv", "code,name", "kod,namn", "the columns must be code,name"),
    "year of a stadsdel": ("stadsdelar.csv", 'Nordost",2021', 'Nordost",21', "first_year is a year in four digits"),
    "stadsdel of another kommun": ("stadsdelar.csv", "148001,1480", "148001,0180", "parent is another one"),
    "stadsdel twice": (
        "stadsdelar.csv",
        '"Göteborg, Centrum",2021',
        '"Göteborg, Centrum",2020',
        "stands twice for the same year",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_named_with_its_file_and_line(folder: Path, name: str) -> None:
    """Where the message is given, the line is the one that was changed."""
    file, old, new, message = FAULTS[name]
    line = replace(folder, file, old, new)
    said = fault(folder)
    if message is None:
        assert re.match(rf"{re.escape(file)}, line \d+: ", said)
    else:
        assert said.startswith(f"{file}, line {line}: ")
        assert message in said


def test_an_indicator_that_is_never_chosen_for_focus_can_not_be_highlighted(folder: Path) -> None:
    text = (folder / "indicators.toml").read_text("utf-8")
    line = text[: text.index('scale = "nybesok"')].count("\n") + 2
    replace(folder, "indicators.toml", 'scale = "nybesok"\n', 'scale = "nybesok"\nhighlighted = [2019]\n')
    said = fault(folder)
    assert said == f"indicators.toml, line {line}: highlighted is only for a scale with Ja, and nybesok has none."


def test_two_indicators_may_have_one_name_in_different_years(folder: Path) -> None:
    """Indicators that follow each other keep their name: no edition has both."""
    indicators = load_catalogue(FOLDER).indicators.values()
    first, second = next((a, b) for a in indicators for b in indicators if a.short != b.short and not set(a.years) & set(b.years))
    replace(folder, "indicators.toml", f'short = "{second.short}"', f'short = "{first.short}"')
    assert load_catalogue(folder).indicators[second.id].short == first.short


def test_a_kommun_without_similar_ones_has_a_group_without_members(folder: Path) -> None:
    lines = (folder / "liknande.csv").read_text("utf-8").splitlines()
    (folder / "liknande.csv").write_text("\n".join(line for line in lines if not line.startswith("0880,")), "utf-8")
    similar = load_catalogue(folder).similar("0880")
    assert (similar.name, similar.members) == ("Liknande kommuner", ())
    with pytest.raises(KeyError):
        load_catalogue(folder).similar("9999")


def test_a_file_that_may_not_be_read_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)
    assert fault(folder) == f"{folder / 'indicators.toml'} can not be read (permission denied)."


def test_a_missing_key_is_placed_at_its_own_table(folder: Path) -> None:
    replace(folder, "indicators.toml", 'question = "Erbjuder kommunen återfallsprevention', 'aliases = []\n# "')
    replace(folder, "indicators.toml", 'aliases = ["Erbjuder återfallsprevention"]\n', "")
    line = (folder / "indicators.toml").read_text("utf-8").split('id = "OJM01"')[0].count("\n")
    assert fault(folder) == f"indicators.toml, line {line}: question is missing."


@pytest.mark.parametrize(("file", "broken"), [("breaks.toml", "short = "), ("indicators.toml", "title = ")])
def test_a_syntax_error_has_its_line(folder: Path, file: str, broken: str) -> None:
    line = replace(folder, file, broken, broken.replace("=", ""))
    assert fault(folder).startswith(f"{file}, line {line}: this is not TOML")


def test_a_text_that_is_never_closed_is_placed_in_the_file(folder: Path) -> None:
    (folder / "breaks.toml").write_text('[[breaks]]\nreason = """Ja', "utf-8")
    assert re.match(r"breaks.toml, line \d: this is not TOML", fault(folder))


def test_a_file_that_is_missing_is_named(folder: Path) -> None:
    (folder / "breaks.toml").unlink()
    assert fault(folder).startswith(f"there is no file {folder / 'breaks.toml'};")


def test_a_file_saved_by_an_old_editor_has_its_line(folder: Path) -> None:
    (folder / "lan.csv").write_bytes("code,name\n08,Kalmar län\n".encode("latin-1"))
    assert fault(folder) == "lan.csv, line 2: this is not UTF-8; save the file as UTF-8."


def test_tables_that_are_written_another_way_are_refused(folder: Path) -> None:
    (folder / "breaks.toml").write_text("breaks = [{ before = 1 }]", "utf-8")
    assert "must be written as tables under [[breaks]]" in fault(folder)


def test_a_table_that_is_left_out_is_named(folder: Path) -> None:
    replace(folder, "comparisons.toml", "[region]", "")
    replace(folder, "comparisons.toml", 'source = "Kolada"\n', "")
    assert "the table [region] is missing" in fault(folder)


def test_a_csv_file_from_a_spreadsheet_may_begin_with_a_bom_and_end_its_lines_in_crlf(folder: Path) -> None:
    text = (folder / "kommuner.csv").read_text("utf-8")
    (folder / "kommuner.csv").write_text(text.replace("\n", "\r\n"), "utf-8-sig", newline="")
    assert load_catalogue(folder).find("Kalmar", 2019).code == "0880"


def test_two_stadsdelar_with_one_short_name_must_be_told_apart(folder: Path) -> None:
    replace(folder, "stadsdelar.csv", '"Stockholm, Farsta"', '"Stockholm, Centrum"')
    with pytest.raises(UsageError, match='write "Stockholm, Centrum" or "Göteborg, Centrum"'):
        load_catalogue(folder).find("Centrum", 2019)
