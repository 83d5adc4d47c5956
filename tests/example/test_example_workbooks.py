"""The example workbooks are what the script makes, and what is published comes out of them."""

from __future__ import annotations

import importlib
import math
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

if TYPE_CHECKING:
    from example.draw import Answers, Drawn
    from example.facts import Facts

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "ojreport" / "example"
YEARS = (2016, 2017, 2018, 2019, 2020)

# Share of Ja in percent for riket, as published; kept apart from the script's own list.
PUBLISHED = {
    2016: {"U35513": 52, "U35518": 96, "OJM01": 90, "U35531": 14, "U35522": 15, "U35536": 26},
    2017: {"U35513": 56, "U35505": 69, "U35510": 59, "U35506": 54, "U35511": 37, "U35512": 35}
    | {"U35523": 6, "U35524": 9, "U35525": 7, "U35526": 7, "U35529": 9, "U37544": 74},
    2018: {"U35513": 53, "U35518": 93, "U35522": 24, "U35519": 37, "U35529": 10, "U37536": 55},
    2019: {"U35513": 47, "U35518": 93, "U35519": 63, "U35529": 11, "U37544": 84, "U37536": 55},
    2020: {"U35505": 74, "U35510": 68, "U35506": 61, "U35519": 65, "U37544": 83, "U37536": 60},
}
KALMAR = {
    2017: {"U35505": "Ja", "U35510": "Ja", "U35506": "Ja", "U35511": "Ja", "U35512": "Nej", "U35513": "Ja"},
    2018: {"U35518": "Ja", "U35523": "Nej", "U35524": "Nej", "U35522": "Ja, men inte för vissa"},
    2019: {"U35519": "Ja", "U35529": "Nej", "U35513": "Ja"},
}


@pytest.fixture(scope="module")
def script() -> Iterator[SimpleNamespace]:
    """The script's modules; its folder is on the path only while they are used."""
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        names = ("example.facts", "example.draw", "example.layouts", "make_example")
        yield SimpleNamespace(**{name.split(".")[-1]: importlib.import_module(name) for name in names})
    finally:
        sys.path.remove(str(ROOT / "scripts"))


@pytest.fixture(scope="module")
def facts(script: SimpleNamespace) -> Facts:
    loaded: Facts = script.facts.load()
    return loaded


@pytest.fixture(scope="module")
def drawn(script: SimpleNamespace, facts: Facts) -> dict[int, Answers]:
    """Per year: indicator → unit → answer."""
    return {year: script.draw.draw(facts, year) for year in YEARS}


def labels(answers: dict[str, Drawn]) -> dict[str, str]:
    """The units that gave an answer, with its words."""
    return {unit: a.label for unit, a in answers.items() if hasattr(a, "label")}


def share_of_ja(answers: dict[str, Drawn]) -> int:
    """Whole percent, rounded half up, of those that answered; "Ja, för alla" is a Ja and "Ja, men inte för vissa" is not."""
    given = list(labels(answers).values())
    return math.floor(100 * sum(a in ("Ja", "Ja, för alla") for a in given) / len(given) + 0.5)


def bortfall(answers: dict[str, Drawn], lan: str) -> tuple[int, int]:
    """How many of the län's units have no answer, of how many."""
    members = {unit: a for unit, a in answers.items() if unit.startswith(lan)}
    return sum(getattr(a, "name", "") == "BORTFALL" for a in members.values()), len(members)


def of_part(facts: Facts, year: int, part: str) -> list[str]:
    return [i.id for i in facts.asked(year) if i.part == part]


@pytest.fixture(scope="module")
def made(script: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a fresh run."""
    folder = tmp_path_factory.mktemp("made")
    script.make_example.make(folder)
    return folder


@pytest.mark.parametrize("year", YEARS)
def test_the_committed_files_are_what_the_script_makes(year: int, made: Path) -> None:
    """Every byte of every part and the zip's own times; only the packing may differ, which is the zlib's that runs here."""
    name = f"oj-missbruk-{year}.xlsx"
    with zipfile.ZipFile(made / name) as fresh, zipfile.ZipFile(PACKAGE / name) as committed:
        listed = [[(e.filename, e.date_time, e.create_system) for e in z.infolist()] for z in (fresh, committed)]
        assert listed[0] == listed[1]
        assert all(fresh.read(part) == committed.read(part) for part in fresh.namelist())


def test_a_second_run_gives_the_same_bytes(script: SimpleNamespace, made: Path, tmp_path: Path) -> None:
    script.make_example.make(tmp_path)
    assert [f.read_bytes() for f in sorted(made.iterdir())] == [f.read_bytes() for f in sorted(tmp_path.iterdir())]


@pytest.mark.parametrize("year", YEARS)
def test_the_first_sheet_says_that_it_is_example_data_and_of_which_edition(year: int) -> None:
    path = PACKAGE / f"oj-missbruk-{year}.xlsx"
    book = load_workbook(path, read_only=True)
    texts = [str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell]
    book.close()
    assert f"Öppna jämförelser {year}, Missbruks- och beroendevården" in texts
    assert "Exempeldata" in texts
    assert path.stat().st_size < 250_000


def test_the_first_sheet_lists_each_published_figure_of_the_edition_with_its_source() -> None:
    book = load_workbook(PACKAGE / "oj-missbruk-2018.xlsx", read_only=True)
    rows = [row for row in book.worksheets[0].iter_rows(values_only=True) if row[1] in ("Riket", "Kalmar")]
    book.close()
    assert [row[2] for row in rows].count("6–10 procent") == 4
    assert any(row[2] == "93 procent" and "Källorna går isär" in str(row[4]) for row in rows)
    assert {row[2] for row in rows} >= {"53 procent", "24 procent", "37 procent", "10 procent", "55 procent", "Delvis"}
    assert all("Socialstyrelsen" in row[3] or "SKR" in row[3] or "Kalmar" in row[3] for row in rows)


@pytest.mark.parametrize("year", YEARS)
def test_the_published_figures_come_out_when_the_answers_are_counted(year: int, drawn: dict[int, Answers]) -> None:
    counted = {indicator: share_of_ja(drawn[year][indicator]) for indicator in PUBLISHED[year]}
    assert counted == PUBLISHED[year]


def test_the_published_range_of_2018_holds_each_of_its_four_indicators(drawn: dict[int, Answers]) -> None:
    assert all(6 <= share_of_ja(drawn[2018][i]) <= 10 for i in ("U35523", "U35524", "U35525", "U35526"))


@pytest.mark.parametrize(("year", "published"), KALMAR.items())
def test_kalmar_answers_as_it_has_published(year: int, published: dict[str, str], drawn: dict[int, Answers]) -> None:
    assert {i: labels(drawn[year][i])["0880"] for i in published} == published


def test_312_kommuner_and_stadsdelar_are_counted(facts: Facts) -> None:
    codes = [u.code for u in facts.units(2019)]
    assert (len(codes), sum(len(c) > 4 for c in codes)) == (312, 24)
    assert not {"0180", "1480"} & set(codes)


@pytest.mark.parametrize(("year", "part", "published"), [(2019, "generell", 95), (2019, "missbruk", 92), (2020, "missbruk", 95)])
def test_the_published_response_rates_come_out(
    year: int, part: str, published: int, facts: Facts, drawn: dict[int, Answers]
) -> None:
    asked = of_part(facts, year, part)
    answered = sum(any(u.code in labels(drawn[year][i]) for i in asked) for u in facts.units(year))
    assert math.floor(100 * answered / 312 + 0.5) == published


def test_only_jonkoping_has_more_than_a_fifth_bortfall_in_2019_and_blekinge_exactly_a_fifth(
    facts: Facts, drawn: dict[int, Answers]
) -> None:
    for indicator in of_part(facts, 2019, "missbruk"):
        shares = {lan.code: bortfall(drawn[2019][indicator], lan.code) for lan in facts.lan}
        assert [code for code, (missing, units) in shares.items() if missing / units > 0.2] == ["06"], indicator
        assert shares["10"] == (1, 5)


def test_asele_answers_nothing_in_2019_and_2020(facts: Facts, drawn: dict[int, Answers]) -> None:
    for year in (2019, 2020):
        asked = of_part(facts, year, "generell") + of_part(facts, year, "missbruk")
        assert {getattr(drawn[year][i]["2463"], "name", "") for i in asked} == {"BORTFALL"}


def test_most_answers_stay_from_one_year_to_the_next(drawn: dict[int, Answers]) -> None:
    for year in YEARS[1:]:
        pairs = [
            (answer, labels(drawn[year][i])[unit])
            for i in drawn[year].keys() & drawn[year - 1].keys()
            for unit, answer in labels(drawn[year - 1][i]).items()
            if unit in labels(drawn[year][i])
        ]
        assert 0.8 < sum(before == after for before, after in pairs) / len(pairs) < 0.97


def test_answers_that_hang_together_do_not_contradict_each_other(drawn: dict[int, Answers]) -> None:
    """No result of a brukarrevision without one, and no compiled results without a follow-up."""
    for year in (2018, 2019, 2020):
        revised, followed = labels(drawn[year]["U35531"]), labels(drawn[year]["U35527"])
        assert all(revised[unit] == "Ja" for unit in labels(drawn[year]["U35532"]))
        assert all(followed[unit] == "Ja" for unit, answer in labels(drawn[year]["U35528"]).items() if answer != "Nej")


def test_the_five_layouts_differ_in_what_a_reader_must_find(script: SimpleNamespace) -> None:
    layouts = script.layouts.LAYOUTS
    assert {sheet.header_row for layout in layouts for sheet in layout.sheets} >= {2, 4, 11}
    heads = {text for layout in layouts for _, text in layout.keys}
    assert heads >= {"K-kod", "Kommunkod", "Kommun-kod", "Kommun-/stadsdels-kod"}
    assert len({layout.shares for layout in layouts}) == 5
