"""What a user may type for an area or a group."""

import unicodedata

import pytest

from ojreport.catalogue import load_catalogue
from ojreport.errors import UsageError

CATALOGUE = load_catalogue()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(
            (t, "0880")
            for t in ("Kalmar", "kalmar", " KALMAR ", "Kalmar kommun", "kalmars kommun", "Kalmar kommuns", "0880", "880")
        ),
        *((t, "2284") for t in ("Örnsköldsvik", "örnsköldsviks kommun", "Örnsköldsvik kommun", "Örnsköldsviks kommuns", "2284")),
        *((t, "1480") for t in ("Göteborg", "Göteborgs stad", "göteborgs kommun")),
        *((t, "0980") for t in ("Gotland", "Region Gotland", "Gotlands kommun")),
        *((t, "2080") for t in ("Falun", "Falu kommun", "Faluns kommun")),
        *((t, "148001") for t in ("Göteborg, Angered", "göteborg,  angered", "Angered", "148001")),
        *((t, "018001") for t in ("Rinkeby-Kista", "018001", "18001")),
        *((t, "08") for t in ("Kalmar län", "kalmar LÄN", "08")),
        *((t, "00") for t in ("Riket", "riket", "Sverige", "00", "0000")),
        ("Upplands\u00a0Väsby", "0114"),
        ("Centrum", "148004"),
    ],
)
def test_an_area_goes_by_its_names_and_codes(text: str, code: str) -> None:
    assert CATALOGUE.find(text, 2019).code == code


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKD"])
def test_a_name_may_come_decomposed_as_from_a_mac(form: str) -> None:
    assert CATALOGUE.find(unicodedata.normalize(form, "Örnsköldsvik"), 2019).code == "2284"


def test_every_kommun_is_found_by_each_of_its_names() -> None:
    for code in CATALOGUE.riket().members:
        area = CATALOGUE.area(code)
        for text in (area.name, f"{area.name} kommun", code, str(int(code))):
            assert CATALOGUE.find(text, 2019) == area


def test_the_same_name_is_another_stadsdel_after_the_division() -> None:
    assert CATALOGUE.find("Centrum", 2019).code != CATALOGUE.find("Centrum", 2021).code


def test_a_misspelled_name_is_suggested_and_never_guessed() -> None:
    with pytest.raises(UsageError) as error:
        CATALOGUE.find("Kalmer", 2019)
    assert str(error.value) == 'There is no area "Kalmer" in 2019. Did you mean Kalmar?'


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ornskoldsvik", "Örnsköldsvik"),
        ("Goteborg", "Göteborg"),
        ("kalmer kommun", "Kalmar"),
        ("Goteborg Angered", "Göteborg, Angered"),
        ("Hagersten Liljeholmen", "Stockholm, Hägersten-Liljeholmen"),
        ("Kalmars lan", "Kalmar län"),
        ("sverge", "Riket"),
    ],
)
def test_diacritics_typed_wrong_give_the_right_name(text: str, meant: str) -> None:
    with pytest.raises(UsageError, match="Did you mean") as error:
        CATALOGUE.find(text, 2019)
    assert meant in str(error.value)


def test_at_most_three_names_are_suggested_the_best_first() -> None:
    with pytest.raises(UsageError) as error:
        CATALOGUE.find("Karlsta", 2019)
    assert str(error.value).endswith('Did you mean Karlstad, "Stockholm, Farsta" or Karlskoga?')


@pytest.mark.parametrize("text", ["", "xyzzy", "0999", "9", "99999999", "🙂", "Kalmar; Nybro"])
def test_what_is_like_nothing_gets_a_plain_answer(text: str) -> None:
    with pytest.raises(UsageError, match="There is no area"):
        CATALOGUE.find(text, 2019)


@pytest.mark.parametrize(
    ("text", "year", "years"),
    [
        ("Angered", 2021, "2011–2020"),
        ("Göteborg, Angered", 2021, "2011–2020"),
        ("148011", 2019, "from 2021"),
        ("Järva", 2023, "from 2024"),
    ],
)
def test_a_stadsdel_of_another_year_says_when_it_exists(text: str, year: int, years: str) -> None:
    with pytest.raises(UsageError, match=f"exists {years} and not in {year}"):
        CATALOGUE.find(text, year)


@pytest.mark.parametrize(
    ("text", "group"),
    [
        *((t, "GR") for t in ("GR", "gr", "Göteborgsregionen", "göteborgsregionen")),
        *((t, "STOR-STHLM") for t in ("STOR-STHLM", "Stor-Stockholm")),
        *((t, "08") for t in ("Kalmar län", "08")),
        *((t, "B3") for t in ("b3", "Större stad")),
        *((t, "00") for t in ("Riket", "sverige")),
    ],
)
def test_a_group_goes_by_its_id_and_name(text: str, group: str) -> None:
    assert CATALOGUE.find_group(text, 2019).id == group


def test_a_misspelled_group_is_suggested() -> None:
    with pytest.raises(UsageError, match="Did you mean Göteborgsregionen"):
        CATALOGUE.find_group("Goteborgsregionen", 2019)
    with pytest.raises(UsageError, match="`ojreport list groups` shows them all"):
        CATALOGUE.find_group("qqqq", 2019)
