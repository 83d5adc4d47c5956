"""Layout files: read with their faults named, drafted from what is in doubt, and heeded when the workbook is read again."""

from pathlib import Path

import pytest
from made_workbooks import write_book

from ojreport.analysis.check import Match, check_edition
from ojreport.catalogue import Catalogue
from ojreport.errors import CatalogueError
from ojreport.sources import load_results
from ojreport.sources.pins import Unclear, draft_layout, read_layout

NARA = "Stöd åt dem som står nära"


@pytest.fixture
def layout(tmp_path: Path) -> Path:
    return tmp_path / "layout.toml"


def test_a_layout_pins_headings_to_ids(layout: Path, catalogue: Catalogue) -> None:
    layout.write_text(f'[headings]\n"{NARA}" = "U35519"  # ours\n', encoding="utf-8")
    assert read_layout(layout, catalogue) == {NARA: "U35519"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[headings]\n"A" = "U35519"\n"B" = "U3551"\n',
            r"layout\.toml, line 3: there is no indicator .*“U3551”; did you mean U355",
        ),
        ('[headings]\n"B" = 5\n', r"line 2: there is no indicator .*“5”"),
        ('[headings]\n" - " = "U35519"\n', r"line 2: the heading is empty"),
        ('[heading]\n"A" = "U35519"\n', r"line 1: the key heading is not known; the known ones are headings"),
        ("", r"line 1: the table \[headings\] is missing"),
        ('[headings]\n"A = \n', r"line 2: this is not TOML"),
    ],
)
def test_a_fault_is_named_with_its_line(text: str, message: str, layout: Path, catalogue: Catalogue) -> None:
    layout.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=message):
        read_layout(layout, catalogue)


def test_what_was_guessed_is_proposed_and_what_is_unknown_waits(layout: Path, catalogue: Catalogue) -> None:
    unclear = (Unclear("Minst ett stödprogram", "U35519"), Unclear("Något helt annat"), Unclear('Ett "citat" \\ här'))
    layout.write_text(draft_layout(unclear, catalogue), encoding="utf-8")
    assert read_layout(layout, catalogue) == {"Minst ett stödprogram": "U35519"}
    lines = layout.read_text(encoding="utf-8").splitlines()
    assert '# "Något helt annat" = ""  # nothing like it in the catalogue' in lines


def test_an_unknown_heading_that_is_like_a_title_is_told_which(catalogue: Catalogue) -> None:
    title = catalogue.indicators["U35519"].title
    drafted = draft_layout([Unclear(f"{title} eller annat")], catalogue)
    assert f'# "{title} eller annat" = "U35519"  # perhaps: {title}' in drafted.splitlines()


def test_a_draft_without_doubts_is_a_layout_too(layout: Path, catalogue: Catalogue) -> None:
    layout.write_text(draft_layout((), catalogue), encoding="utf-8")
    assert read_layout(layout, catalogue) == {}


def test_a_heading_that_was_drafted_and_pinned_is_then_sure(tmp_path: Path, layout: Path, catalogue: Catalogue) -> None:
    """Each heading of the draft, as it stands there, is the one that the reader meets in the workbook."""
    own = ["1a. Minst ett stödprogram till närståend till personer med missbruk eller beroende (Ja=1, Nej=0)", "2b. Ny fråga*"]
    book = write_book(tmp_path / "oj-2019.xlsx", {"Resultat": [["Kommunkod", "Kommun", *own], ["0880", "Kalmar", "Ja", "Nej"]]})
    first = check_edition(load_results([book], catalogue, cache=False), 2019, (), ())
    assert sorted(c.match for c in first.columns) == [Match.SIMILAR, Match.UNKNOWN]
    unclear = [Unclear(c.heading, c.indicator.id if c.match is Match.SIMILAR else "") for c in first.columns]
    text = draft_layout(unclear, catalogue)
    layout.write_text(text.replace('# "2b. Ny fråga" = ""', '"2b. Ny fråga" = "U35513"'), encoding="utf-8")
    pins = read_layout(layout, catalogue)
    second = check_edition(load_results([book], catalogue, cache=False, layout=pins), 2019, (), ())
    assert {(c.indicator.id, c.match) for c in second.columns} == {("U35519", Match.EXACT), ("U35513", Match.EXACT)}
