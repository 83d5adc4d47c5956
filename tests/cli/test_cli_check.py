"""``ojreport check``: what is told of workbooks, to the eye and to a program, and the exit code."""

import json
import shutil
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from running import Run

from ojreport import terminal
from ojreport.cli import main
from ojreport.sources import example_folder

OJ_2019 = example_folder() / "oj-missbruk-2019.xlsx"
HEADING = "Aktuell överenskommelse om samverkan mellan missbruk- och beroendevård och region"
CELLS = {"answer", "share", "number", "bortfall", "ej_tillamplig", "sekretess"}


def write(path: Path, *rows: list[Any]) -> Path:
    book = Workbook()
    for row in (["Kommunkod", "Kommun", HEADING], *rows):
        book.active.append(row)
    book.save(path)
    return path


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    """The bundled example, checked as JSON."""
    with redirect_stdout(StringIO()) as said:
        assert main(["check", str(example_folder()), "--json"]) == 0
    found: dict[str, Any] = json.loads(said.getvalue())
    return found


def test_the_example_has_no_errors_and_each_edition_is_told(run: Run) -> None:
    code, out, _ = run("check", example_folder())
    assert code == 0
    for year in range(2016, 2021):
        assert f"{year}: oj-missbruk-{year}.xlsx (example data)\n" in out
    assert "units\t312 counted, 0 without a row" in out
    assert "areas\t1 riket, 21 lan, 290 kommun, 24 stadsdel" in out
    assert out.splitlines()[-1].startswith("0 errors, 2 warnings, ")


def test_a_heading_that_was_guessed_is_shown_as_it_stands_with_its_cells(run: Run) -> None:
    _, out, _ = run("check", OJ_2019)
    line = next(line for line in out.splitlines() if line.startswith("U35529\tsimilar\t"))
    assert line.split("\t")[-1].startswith("2a. Rutiner där handläggare erbjuder")
    assert "warning\tsimilar-title\tMissbruks- och beroendvård!J7\t" in out


def test_a_lan_with_too_high_bortfall_is_told(run: Run) -> None:
    assert "bortfall over 20 percent in the missbruk part, so not shown there: Jönköpings län" in run("check", OJ_2019).out


def test_notes_are_told_in_short_and_with_all_each_of_them(run: Run) -> None:
    short, every = run("check", example_folder()).out, run("check", example_folder(), "--all").out
    assert "note\theading-row\t…\tand 18 more such; --all shows them" in short
    assert "Norrbottens län" not in short
    assert "“Norrbottens län” is a heading among the rows" in every
    assert "U35513\texact\t" in every


def test_json_has_the_documented_keys(whole: dict[str, Any]) -> None:
    assert list(whole) == ["schema", "errors", "warnings", "notes", "editions", "findings"]
    assert whole["schema"] == 1
    for one in whole["editions"]:
        assert list(one) == [
            *("year", "file", "sha256", "example", "sheets", "areas", "units", "cells", "indicators", "bortfall", "differences")
        ]
        assert list(one["areas"]) == ["riket", "lan", "kommun", "stadsdel"]
        assert list(one["units"]) == ["counted", "without_row"]
        assert set(one["cells"]) == CELLS
        for indicator in one["indicators"]:
            assert list(indicator) == ["id", "title", "heading", "match", "part", "cells"]
            assert set(indicator["cells"]) == CELLS
        for lan in one["bortfall"]:
            assert list(lan) == ["code", "name", "part", "indicators", "whole_part"]
    first, *later = (one["differences"] for one in whole["editions"])
    assert first is None
    assert all(list(one) == ["previous", "new", "gone", "renamed", "turned"] for one in later)
    assert all(list(f) == ["severity", "kind", "message", "year", "file", "sheet", "cell"] for f in whole["findings"])


def test_every_key_of_the_json_is_in_the_guide(whole: dict[str, Any]) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "kontroll-och-export.md").read_text(encoding="utf-8")
    edition = whole["editions"][3]
    parts = (whole, edition, edition["indicators"][0], edition["bortfall"][0], edition["differences"], whole["findings"][0])
    for part in parts:
        for key in part:
            assert f"`{key}`" in guide, key


def test_json_counts_what_it_lists(whole: dict[str, Any]) -> None:
    for severity in ("error", "warning", "note"):
        assert whole[f"{severity}s"] == sum(f["severity"] == severity for f in whole["findings"])
    edition = whole["editions"][-1]
    for state, number in edition["cells"].items():
        assert number == sum(i["cells"][state] for i in edition["indicators"])


def test_what_differs_from_the_edition_before_is_told(whole: dict[str, Any]) -> None:
    differences = whole["editions"][3]["differences"]
    assert (differences["previous"], differences["gone"]) == (2018, ["OJM01"])
    assert "U35549" in differences["new"]
    assert "U35513" in {one["after"] for one in differences["renamed"]}


def test_a_broken_workbook_is_an_error_and_the_others_are_checked(tmp_path: Path, run: Run) -> None:
    shutil.copy(OJ_2019, tmp_path)
    (tmp_path / "oj-2020.xlsx").write_bytes(b"PK\3\4 and then nothing")
    code, out, _ = run("check", tmp_path)
    assert code == 1
    assert "error\tunreadable\toj-2020.xlsx\t" in out
    assert "2019: oj-missbruk-2019.xlsx" in out
    found = json.loads(run("check", tmp_path, "--json").out)
    assert [(f["kind"], f["file"], f["year"]) for f in found["findings"][:1]] == [("unreadable", "oj-2020.xlsx", None)]
    assert [one["year"] for one in found["editions"]] == [2019]


def test_two_files_with_one_edition_are_an_error_and_the_first_is_checked(tmp_path: Path, run: Run) -> None:
    for name in ("a-2019.xlsx", "b-2019.xlsx"):
        shutil.copy(OJ_2019, tmp_path / name)
    code, out, _ = run("check", tmp_path)
    assert code == 1
    assert f"{tmp_path / 'a-2019.xlsx'} and {tmp_path / 'b-2019.xlsx'} both hold the edition of 2019" in out
    assert "2019: a-2019.xlsx" in out


def test_nothing_but_broken_workbooks_is_an_error_and_no_wrong_use(tmp_path: Path, run: Run) -> None:
    (tmp_path / "oj-2020.xlsx").write_bytes(b"")
    code, out, _ = run("check", tmp_path)
    assert code == 1
    assert "is empty (0 bytes)" in out
    assert out.splitlines()[-1] == "1 error, 0 warnings, 0 notes"


def test_a_cell_off_the_scale_is_an_error_with_its_place(tmp_path: Path, run: Run) -> None:
    book = write(tmp_path / "oj-2019.xlsx", ["0880", "Kalmar", "Kanske"], ["0881", "Nybro", "Ja"])
    code, out, _ = run("check", book)
    assert code == 1
    assert "error\tnot-understood\tSheet!C2\t“Kanske” (Kalmar) is no answer of the scale Ja / Nej" in out


def test_a_share_that_does_not_add_up_is_a_warning(tmp_path: Path, run: Run) -> None:
    book = write(tmp_path / "oj-2019.xlsx", ["0880", "Kalmar", "Ja"], ["0881", "Nybro", "Nej"], ["00", "Riket", "90 %"])
    code, out, _ = run("check", book)
    assert code == 0
    assert "warning\tstated-share\tSheet!C4\t" in out


def test_an_unknown_heading_can_be_drafted_pinned_and_is_then_known(tmp_path: Path, run: Run) -> None:
    book = load_workbook(OJ_2019)
    sheet = book["Missbruks- och beroendvård"]
    sheet["J7"] = "Får man ha med sig någon?"
    book.save(tmp_path / "oj-missbruk-2019.xlsx")
    layout = tmp_path / "layout.toml"
    code, out, err = run("check", tmp_path, "--write-layout", layout)
    assert code == 0
    assert "\tunknown\t" in out
    assert f"{layout} has 1 heading to go through" in err
    text = layout.read_text(encoding="utf-8")
    layout.write_text(
        text.replace('# "Får man ha med sig någon?" = ""', '"Får man ha med sig någon?" = "U35529"'), encoding="utf-8"
    )
    _, out, _ = run("check", tmp_path, "--layout", layout)
    assert "37 exact, 0 similar, 0 unknown" in out
    code, _, err = run("check", tmp_path, "--write-layout", layout)
    assert code == 2
    assert f"{layout} exists and may have been worked in" in err


@pytest.mark.parametrize("name", ["none.xlsx", "empty"])
def test_a_path_that_names_no_workbook_is_wrong_use(name: str, tmp_path: Path, run: Run) -> None:
    (tmp_path / "empty").mkdir()
    code, out, err = run("check", OJ_2019, tmp_path / name)
    assert (code, out) == (2, "")
    assert str(tmp_path / name) in err
    assert run("check").code == 2


def test_a_terminal_gets_tables_in_which_nothing_from_a_workbook_is_obeyed(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither mark-up nor control characters that stand in a heading."""
    book = Workbook()
    book.active.append(["Kommunkod", "Kommun", "Ny [red]fråga[/red] här\x9b31m om något"])
    book.active.append(["0880", "Kalmar", "Ja"])
    book.save(tmp_path / "oj-2019.xlsx")
    monkeypatch.setattr(terminal, "is_terminal", lambda _: True)
    monkeypatch.setattr("ojreport.commands.check.is_terminal", lambda _: True)
    monkeypatch.setenv("COLUMNS", "200")
    _, out, _ = run("check", tmp_path)
    assert "[red]fråga[/red]" in out
    assert "\x9b" not in out
    assert "\t" not in out
