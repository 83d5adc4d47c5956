"""Which area a row is about: the code decides, the name must agree, and a row in doubt is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ojreport.catalogue import load_catalogue
from ojreport.model.area import Level
from ojreport.sources.rows import Areas, Found, code_of, digits

CATALOGUE = load_catalogue()
AREAS = Areas(CATALOGUE.areas(2019))
KOMMUNER = [a for a in CATALOGUE.areas(2019) if a.level is Level.KOMMUN]
ALL = st.sampled_from(CATALOGUE.areas(2019))


def code(found: Found) -> str | None:
    """The area's code, if there is an area."""
    return found.area.code if found.area else None


@given(st.sampled_from(KOMMUNER), st.sampled_from(["text", "number", "float", "spaced", "short", "decimal"]))
def test_a_kommun_is_found_by_its_code_however_it_is_written(kommun: object, how: str) -> None:
    official: str = kommun.code  # type: ignore[attr-defined]
    spellings = {"text": official, "number": int(official), "float": float(official), "spaced": f" {official}\u00a0"}
    spellings |= {"short": official.lstrip("0"), "decimal": f"{int(official)}.0"}
    assert code(AREAS.find(spellings[how], kommun.name)) == official  # type: ignore[attr-defined]


@given(ALL)
def test_every_area_is_found_by_code_and_name_without_doubt(area: object) -> None:
    found = AREAS.find(area.code, area.name)  # type: ignore[attr-defined]
    assert (found.area, found.doubt) == (area, None)


@given(ALL, ALL)
def test_a_code_with_the_name_of_another_area_is_never_read(area: object, other: object) -> None:
    sisters = area.level is other.level is Level.STADSDEL and area.kommun == other.kommun  # type: ignore[attr-defined]  # by name
    if area != other and not sisters and not (other.level is Level.KOMMUN and other.lan == area.code):  # type: ignore[attr-defined]
        found = AREAS.find(area.code, other.name)  # type: ignore[attr-defined]
        assert found.area is None or found.area == area
        assert found.doubt is not None or found.area == other


def test_a_stadsdel_is_known_by_its_name_whatever_code_the_file_gives_it() -> None:
    assert code(AREAS.find("148099", "Göteborg, Östra Göteborg")) == "148002"


@pytest.mark.parametrize(
    ("raw", "expected"), [("00", "00"), ("0000", "00"), (0, "00"), ("8", "08"), (8.0, "08"), ("0800", "08"), ("08", "08")]
)
def test_riket_and_lan_have_codes_of_several_lengths(raw: object, expected: str) -> None:
    name = {"00": "Riket", "08": "Kalmar län"}[expected]
    assert code(AREAS.find(raw, name)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["Riket", "Hela riket", "Sverige", "RIKET*"])
def test_riket_may_have_a_name_only(name: str) -> None:
    assert code(AREAS.find("", name)) == "00"
    assert code(AREAS.find(name, "")) == "00"


def test_riket_without_the_big_towns_is_not_riket() -> None:
    assert AREAS.find("", "Riket exkl. storstäder").area is None


def test_kalmar_is_the_lan_only_on_a_sheet_of_lan() -> None:
    assert code(AREAS.find("", "Kalmar", Level.LAN)) == "08"
    assert code(AREAS.find("", "Kalmar")) == "0880"
    assert code(AREAS.find("", "Kalmar län")) == "08"


@pytest.mark.parametrize(
    ("raw", "name", "expected"),
    [
        ("148001", "Göteborg, Angered", "148001"),
        ("148077", "Göteborg, Angered", "148001"),  # the name decides: the file numbers its stadsdelar in its own way
        (18011, "Stockholm, Farsta", "018011"),
        ("018011", "Stockholms stad, Farsta", "018011"),
        ("1480-01", "SDN Angered", "148001"),
        ("148004", "Centrum", "148004"),
        ("148007", "Göteborg Västra Göteborg", "148007"),
        ("148006", "Göteborg, Askim/Frölunda/Högsbo", "148006"),
        ("", "Göteborg, Angered", "148001"),
        ("", "Angered", "148001"),
    ],
)
def test_a_stadsdel_is_found_by_its_kommun_and_name(raw: object, name: str, expected: str) -> None:
    assert code(AREAS.find(raw, name)) == expected  # type: ignore[arg-type]


def test_stadsdelar_belong_to_a_year() -> None:
    assert code(Areas(CATALOGUE.areas(2021)).find("148099", "Göteborg, Centrum")) == "148012"


def test_a_stadsdel_that_the_catalogue_lacks_is_kept_with_its_code_and_reported() -> None:
    found = AREAS.find("148077", "Göteborg, Nya Varvet")
    assert (code(found), found.area and found.area.name) == ("148077", "Göteborg, Nya Varvet")
    assert found.doubt
    assert found.doubt.kind == "unknown-stadsdel"


@pytest.mark.parametrize(
    ("raw", "name", "expected"),
    [
        ("0880", "Kalmar kommun", "0880"),
        ("1490", "Borås stad", "1490"),
        ("0980", "Region Gotland", "0980"),
        ("0880", "Kalmar*", "0880"),
        ("0114", "Upplands-Väsby", "0114"),
        ("14", "Västra Götalandsregionen", "14"),
        ("01", "Stockholm", "01"),
    ],
)
def test_a_name_may_be_dressed_up(raw: str, name: str, expected: str) -> None:
    found = AREAS.find(raw, name)
    assert (code(found), found.doubt) == (expected, None)


def test_a_misspelt_name_gives_way_to_the_code_and_is_reported() -> None:
    found = AREAS.find("2284", "Örnskoldsvik")
    assert code(found) == "2284"
    assert found.doubt
    assert found.doubt.severity == "warning"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("0880", "Nybro"),
        ("0305", "Habo"),
        ("0880", "Kalmar län"),
        ("08", "Kronobergs län"),
        ("0880", "Summa"),
        ("9999", "Storstad"),
        ("148001", "Stockholm, Farsta"),
        ("148001", "Göteborg, Nya Varvet"),
    ],
)
def test_a_code_whose_name_is_another_is_an_error_and_left_out(raw: str, name: str) -> None:
    found = AREAS.find(raw, name)
    assert found.area is None
    assert found.doubt
    assert found.doubt.severity == "error"


@given(st.text(max_size=8))
def test_text_without_digits_alone_is_no_code(text: str) -> None:
    found = digits(text)
    assert found is None or found.isdecimal()


@given(st.integers(1, 99999999))
def test_a_code_gets_its_leading_zero(number: int) -> None:
    found = code_of(str(number))
    assert int(found) == number
    assert len(found) in (2, 4) or len(found) > 4


@pytest.mark.parametrize(
    ("raw", "name", "kind"),
    [
        ("777701", "Farsta", "unknown-code"),
        ("148077", "", "unknown-code"),
        (True, "", ""),
        (-5, "Summa", ""),
        ("", "Nya Varvet", ""),
    ],
)
def test_a_row_that_can_not_be_placed_is_left_out(raw: object, name: str, kind: str) -> None:
    found = AREAS.find(raw, name)  # type: ignore[arg-type]
    assert found.area is None
    assert (found.doubt.kind if found.doubt else "") == kind


def test_a_stadsdel_may_have_a_code_only() -> None:
    assert code(AREAS.find("148001", "")) == "148001"


def test_a_misspelt_stadsdel_is_read_and_reported() -> None:
    found = AREAS.find("148006", "Göteborg, Askim-Frölunda-Högsbro")
    assert code(found) == "148006"
    assert found.doubt
    assert found.doubt.kind == "name-spelling"
