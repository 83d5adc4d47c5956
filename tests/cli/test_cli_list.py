"""What can be listed: one thing a line, with tabs in a pipe."""

import os
import subprocess
import sys

import pytest
from running import Run

from ojreport import terminal

LIST_AREAS = [sys.executable, "-c", "import sys; from ojreport.cli import main; sys.exit(main(['list', 'areas']))"]


def test_reports_are_listed_with_their_formats(run: Run) -> None:
    code, out, _ = run("list", "reports")
    assert code == 0
    assert "kommunprofil\tpptx,pdf,xlsx" in out.splitlines()


def test_areas_are_those_of_the_year(run: Run) -> None:
    code, out, _ = run("list", "areas", "--year", 2019)
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "00\triket\tRiket"
    assert "0880\tkommun\tKalmar" in lines
    assert any(line.endswith("\tstadsdel\tGöteborg, Angered") for line in lines)


def test_groups_editions_and_indicators_are_listed(run: Run) -> None:
    assert any(line.startswith("GR\tregion\t") for line in run("list", "groups").out.splitlines())
    assert [line.split("\t")[0] for line in run("list", "editions").out.splitlines()] == ["2016", "2017", "2018", "2019", "2020"]
    assert any(line.startswith("U35513\thelhetssyn\t") for line in run("list", "indicators").out.splitlines())


def test_a_year_without_an_edition_is_answered_with_the_years(run: Run) -> None:
    code, out, err = run("list", "areas", "--year", 1999)
    assert (code, out) == (2, "")
    assert err == "ojreport: there is no edition of 1999; the workbooks hold 2016, 2017, 2018, 2019, 2020\n"


def test_a_terminal_gets_even_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "is_terminal", lambda _: True)
    lines = run("list", "editions").out.splitlines()
    assert not any("\t" in line for line in lines)
    assert len({line.index("indicators") for line in lines}) == 1


def test_a_terminal_without_swedish_letters_is_served_too() -> None:
    shown = subprocess.run(LIST_AREAS, capture_output=True, env=os.environ | {"PYTHONIOENCODING": "ascii"}, check=True)
    assert b"G?teborg, Angered" in shown.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_reader_who_leaves_early_sees_no_traceback() -> None:
    """As in ``ojreport list areas | head -1``."""
    with subprocess.Popen(LIST_AREAS, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
