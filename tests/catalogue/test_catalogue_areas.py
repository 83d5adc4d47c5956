"""Areas, counted units and comparison groups."""

import pickle

import pytest

from ojreport.catalogue import load_catalogue
from ojreport.model.area import GroupKind, Level

CATALOGUE = load_catalogue()


def count(level: Level, year: int) -> int:
    return sum(a.level is level for a in CATALOGUE.areas(year))


def test_there_are_290_kommuner_in_21_lan_and_one_riket() -> None:
    assert [count(level, 2019) for level in (Level.RIKET, Level.LAN, Level.KOMMUN)] == [1, 21, 290]


@pytest.mark.parametrize(("year", "stadsdelar"), [(2016, 24), (2020, 24), (2021, 17), (2023, 17), (2024, 15)])
def test_stadsdelar_belong_to_their_years(year: int, stadsdelar: int) -> None:
    """Stockholm 14, 13 and 11; Göteborg 10 and 4."""
    assert count(Level.STADSDEL, year) == stadsdelar


@pytest.mark.parametrize("year", range(2016, 2021))
def test_shares_are_counted_over_312_units(year: int) -> None:
    units = CATALOGUE.units(year)
    assert len(units) == len(set(units)) == 312
    assert not {"0180", "1480"} & set(units)
    assert {"0880", "0980", "018001", "148010"} <= set(units)


def test_a_kommun_without_stadsdelar_that_year_is_a_unit_itself() -> None:
    assert {"0180", "1480"} <= set(CATALOGUE.units(2005))
    assert len(CATALOGUE.units(2005)) == 290


def test_an_area_is_found_by_code_whatever_the_year() -> None:
    names = [CATALOGUE.area(code).name for code in ("00", "08", "0880", "148001", "148011")]
    assert names == ["Riket", "Kalmar län", "Kalmar", "Göteborg, Angered", "Göteborg, Nordost"]
    assert CATALOGUE.lan_name("08") == "Kalmar län"
    with pytest.raises(KeyError):
        CATALOGUE.area("0999")


def test_gr_has_thirteen_kommuner_and_one_of_them_lies_in_halland() -> None:
    gr = CATALOGUE.groups["GR"]
    assert gr.kind is GroupKind.REGION
    assert len(gr.members) == 13
    assert "1384" in gr.members


def test_the_storstadsregioner_have_their_sizes() -> None:
    assert [len(CATALOGUE.groups[g].members) for g in ("STOR-STHLM", "STOR-GBG", "STOR-MALMO")] == [26, 13, 12]


def test_a_lan_is_a_group_with_the_lans_code() -> None:
    kalmar = CATALOGUE.group_of_lan("08")
    assert (kalmar.id, kalmar.name, len(kalmar.members)) == ("08", "Kalmar län", 12)
    assert CATALOGUE.group_of_lan("09").members == ("0980",)
    assert len(CATALOGUE.lan_groups) == 21
    assert sum(len(g.members) for g in CATALOGUE.lan_groups) == len(CATALOGUE.riket().members) == 290


def test_each_kommun_has_seven_similar_ones_and_is_not_among_them() -> None:
    for kommun in CATALOGUE.riket().members:
        similar = CATALOGUE.similar(kommun)
        assert similar.kind is GroupKind.LIKNANDE
        assert len(similar.members) == 7
        assert kommun not in similar.members


def test_a_group_keeps_its_edition_and_source() -> None:
    grupp, similar = CATALOGUE.kommungrupp("0880"), CATALOGUE.similar("0880")
    assert "0880" in grupp.members
    assert (grupp.edition, grupp.source) == ("2023", "SKR:s kommungruppsindelning 2023")
    assert (similar.edition, similar.source) == ("2024", "Kolada, liknande kommuner IFO 2024")


def test_the_nine_kommungrupper_hold_every_kommun_once() -> None:
    groups = {CATALOGUE.kommungrupp(k).id: CATALOGUE.kommungrupp(k) for k in CATALOGUE.riket().members}
    assert len(groups) == 9
    assert sorted(k for g in groups.values() for k in g.members) == sorted(CATALOGUE.riket().members)


def test_the_catalogue_can_be_handed_to_another_process() -> None:
    copy = pickle.loads(pickle.dumps(CATALOGUE))  # noqa: S301 - made on the line itself
    assert copy.find("Kalmar", 2019) == CATALOGUE.find("Kalmar", 2019)


def test_it_is_read_once() -> None:
    assert load_catalogue() is load_catalogue()
