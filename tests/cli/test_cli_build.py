"""``ojreport build``: what is written and said, and what is answered to what can not be used."""

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from running import Run

from ojreport import batch, terminal
from ojreport.model.results import Finding, Severity
from ojreport.sources import example_folder

FILES = ["kommunprofil.pdf", "kommunprofil.pptx", "kommunprofil.trace.json", "kommunprofil.xlsx", "manifest.json"]


def test_a_build_writes_every_format_with_its_trace_and_manifest(kalmar: Path) -> None:
    assert sorted(path.name for path in kalmar.iterdir()) == FILES
    assert (kalmar / "kommunprofil.pdf").read_bytes().startswith(b"%PDF-")
    assert all((kalmar / name).read_bytes().startswith(b"PK") for name in ("kommunprofil.pptx", "kommunprofil.xlsx"))


def test_the_manifest_holds_what_went_in_and_what_came_out(kalmar: Path) -> None:
    made: dict[str, Any] = json.loads((kalmar / "manifest.json").read_text(encoding="utf-8"))["reports"]["kommunprofil"]
    inputs = {entry["file"]: entry["sha256"] for entry in made["inputs"]}
    for workbook in example_folder().glob("*.xlsx"):
        assert inputs[workbook.name] == hashlib.sha256(workbook.read_bytes()).hexdigest()
    assert sorted(entry["file"] for entry in made["files"]) == FILES[:-1]
    for entry in made["files"]:
        content = (kalmar / entry["file"]).read_bytes()
        assert (entry["sha256"], entry["size"]) == (hashlib.sha256(content).hexdigest(), len(content))


def test_the_trace_leads_from_a_number_to_the_workbooks_cells(kalmar: Path) -> None:
    traced = json.loads((kalmar / "kommunprofil.trace.json").read_text(encoding="utf-8"))
    assert (traced["area"], traced["code"], traced["year"]) == ("Kalmar", "0880", 2019)
    assert traced["facts"]
    for fact in traced["facts"]:
        assert fact["in"]
        assert {origin["file"] for origin in fact["from"]} <= set(traced["workbooks"])


def test_the_same_build_twice_gives_the_same_bytes(kalmar: Path, tmp_path: Path, run: Run) -> None:
    assert run("build", "kommunprofil", "0880", "--year", 2019, "--out", tmp_path).code == 0
    again = tmp_path / "2019" / "0880-kalmar"
    for name in FILES:
        assert (again / name).read_bytes() == (kalmar / name).read_bytes(), name


def test_stdout_holds_the_files_and_their_sizes_and_nothing_else(tmp_path: Path, run: Run) -> None:
    code, out, err = run("build", "kommunprofil", "kalmar kommun", "--format", "pdf", "--out", tmp_path)
    assert code == 0
    folder = tmp_path / "2020" / "0880-kalmar"
    names = ["kommunprofil.pdf", "kommunprofil.trace.json", "manifest.json"]
    assert out.splitlines() == [f"{folder / name}\t{(folder / name).stat().st_size}" for name in names]
    assert sorted(path.name for path in folder.iterdir()) == names
    assert err.splitlines()[:2] == ["reading the workbooks", "Kalmar"]
    assert "Exempeldata" in err


def test_a_terminal_gets_a_bar_and_sizes_that_one_can_read(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "is_terminal", lambda _: True)
    code, out, _ = run("build", "kommunprofil", "Kalmar", "--format", "xlsx", "--out", tmp_path)
    assert code == 0
    assert all(line.endswith(" kB") for line in out.splitlines())


def test_a_bad_area_does_not_stop_the_others(tmp_path: Path, run: Run) -> None:
    code, out, err = run("build", "kommunprofil", "Kalmr", "Nybro", "--format", "xlsx", "--out", tmp_path)
    assert code == 1
    assert "0881-nybro" in out
    assert any(line.startswith("ojreport: ") and "Kalmr" in line and "Kalmar" in line for line in err.splitlines())


def test_the_record_of_a_run_holds_what_was_unknown_too(tmp_path: Path, run: Run) -> None:
    run("build", "kommunprofil", "Kalmr", "Nybro", "--format", "xlsx", "--out", tmp_path)
    record = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert (record["wanted"], record["done"]) == (2, 2)
    assert [(a["area"], a["outcome"]) for a in record["areas"]] == [("Kalmr", "failed"), ("Nybro", "made")]


def test_a_full_disk_stops_a_run_once_and_the_same_command_goes_on(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    def full(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path.name.endswith(".tmp") and "kalmar" not in str(path):
            raise OSError(errno.ENOSPC, "No space left on device")
        return opened(path, *args, **kwargs)

    given = ("build", "kommunprofil", "Kalmar", "Nybro", "Emmaboda", "--format", "xlsx", "--jobs", 1, "--out", tmp_path / "out")
    monkeypatch.setattr(Path, "open", full)
    code, out, err = run(*given)
    alone = run("build", "kommunprofil", "Nybro", "--format", "xlsx", "--out", tmp_path / "out")
    monkeypatch.undo()
    assert alone.code == 1  # and not 2: the command is right
    assert code == 1
    assert "0880-kalmar" in out
    assert [
        line.split()[1] for line in err.splitlines() if "the disk is full; make room, and give the same command again" in line
    ] == [
        str(tmp_path / "out" / "manifest.json"),
        str(tmp_path / "out" / "2020" / "0881-nybro" / "kommunprofil.xlsx"),
    ]
    assert "stopped with 1 left; the same command goes on where this one was" in err
    assert run(*given)[0] == 0
    assert [p.parent.name for p in sorted(tmp_path.rglob("*.xlsx"))] == ["0862-emmaboda", "0880-kalmar", "0881-nybro"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a file of Linux")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_what_can_not_be_printed_is_a_sentence(unbuffered: str) -> None:
    command = [sys.executable, "-m", "ojreport", "list", "reports"]
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=environment)
    assert run.returncode == 1
    assert run.stderr == "ojreport: what is found can not be printed (no space left on device); send it elsewhere\n"


def test_a_fault_of_the_system_that_no_print_met_is_a_fault(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    monkeypatch.setattr("ojreport.batch.prepare_all", refuse)
    with pytest.raises(BlockingIOError):
        run("build", "kommunprofil", "Kalmar")


def test_an_area_that_is_named_in_several_ways_is_built_once(tmp_path: Path, run: Run) -> None:
    code, out, err = run("build", "kommunprofil", "Kalmar", "kalmar", "0880", "--format", "xlsx", "--out", tmp_path)
    assert code == 0
    assert len(out.splitlines()) == 3
    assert err.splitlines().count("Kalmar") == 1


def test_unknown_areas_are_told_before_the_first_is_built(tmp_path: Path, run: Run) -> None:
    _, _, err = run("build", "kommunprofil", "Nybro", "Kalmr", "Kalmr", "--format", "xlsx", "--out", tmp_path)
    lines = [line.split(":")[0] for line in err.splitlines()[:3]]
    assert lines == ["reading the workbooks", "ojreport", "Nybro"]


def test_a_fault_of_the_programs_own_is_shown_and_does_not_stop_the_others(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = batch.build_report

    def stumble(*arguments: Any) -> batch.Report:
        if arguments[3].name == "Kalmar":
            raise ZeroDivisionError
        return built(*arguments)

    monkeypatch.setattr(batch, "build_report", stumble)
    code, out, err = run("build", "kommunprofil", "Kalmar", "Nybro", "--format", "xlsx", "--out", tmp_path)
    assert code == 1
    assert "0881-nybro" in out
    assert "ZeroDivisionError" in err
    assert "ojreport: Kalmar met a fault in the program itself" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["kommunprofil", "Kalmr"], "Did you mean Kalmar?"),
        (["kommunprofil"], "ojreport build kommunprofil Kalmar"),
        (["none.toml", "Kalmar"], "the report file none.toml does not exist"),
        (["kommunprofl", "Kalmar"], "Did you mean kommunprofil?"),
        (["kommunprofil", "Kalmar", "--year", "1999"], "the workbooks hold 2016, 2017, 2018, 2019, 2020"),
        (["kommunprofil", "Kalmar", "--format", "docx"], "“docx”; --format takes one or more of pptx, pdf, xlsx"),
        (["kommunprofil", "Kalmar", "--format", "pdf,,xlsx"], "--format takes"),
        (["kommunprofil", "Kalmar", "--pptx-template", "none.potx"], "there is no file none.potx"),
        (["kommunprofil", "Kalmar", "--templates", "none"], "--templates none is not a folder"),
        (["kommunprofil", "Kalmar", "--workbook", "none.xlsx"], "none.xlsx"),
        (["kommunprofil", "Kalmar", "--workbook", 300 * "a"], "too long a name"),
        (["kommunprofil", "Kalmar", "--objections", "none.csv"], "there is no file none.csv"),
    ],
)
def test_what_can_not_be_used_is_answered_in_one_sentence_and_nothing_is_written(
    arguments: list[str], message: str, tmp_path: Path, run: Run
) -> None:
    code, out, err = run("build", *arguments, "--out", tmp_path / "new")
    assert (code, out) == (2, "")
    complaints = [line for line in err.splitlines() if line.startswith("ojreport: ")]
    assert len(complaints) == 1
    assert message in complaints[0]
    assert "Traceback" not in err
    assert not (tmp_path / "new").exists()


def test_a_folder_without_workbooks_is_named(tmp_path: Path, run: Run) -> None:
    (tmp_path / "empty").mkdir()
    code, _, err = run("build", "kommunprofil", "Kalmar", "--workbook", tmp_path / "empty", "--out", tmp_path / "new")
    assert code == 2
    assert str(tmp_path / "empty") in err
    assert not (tmp_path / "new").exists()


def test_an_output_folder_that_is_a_file_is_named(tmp_path: Path, run: Run) -> None:
    (tmp_path / "output").write_text("a note", encoding="utf-8")
    code, out, err = run("build", "kommunprofil", "Kalmar", "--format", "xlsx", "--out", tmp_path / "output")
    assert (code, out) == (2, "")
    assert f"ojreport: {tmp_path / 'output'} is a file where a folder should be" in err


def test_an_output_folder_with_too_long_a_path_is_a_sentence(tmp_path: Path, run: Run) -> None:
    out = tmp_path / (2030 * "a/")
    code, printed, err = run("build", "kommunprofil", "Kalmar", "--format", "xlsx", "--out", out)
    assert (code, printed) == (2, "")
    assert "Traceback" not in err
    assert err.splitlines()[-1].startswith("ojreport: ")
    assert "too long" in err.splitlines()[-1]
    assert not list(tmp_path.iterdir())


def test_an_output_folder_that_is_a_file_is_told_before_anything_is_made(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "output").write_text("a note", encoding="utf-8")
    monkeypatch.setattr("ojreport.batch.make", lambda *_: pytest.fail("a report was made"))
    assert run("build", "kommunprofil", "Kalmar", "Nybro", "--out", tmp_path / "output")[0] == 2


def test_a_field_with_a_sign_that_no_file_can_hold_is_named(tmp_path: Path, run: Run) -> None:
    code, _, err = run("build", "namndunderlag", "Kalmar", "--set", "till=Nämnden\x01", "--out", tmp_path / "new")
    assert code == 2
    assert "--set till: '\\x01' can not be written in a report; take it out" in err
    assert not (tmp_path / "new").exists()


def test_a_field_may_have_the_line_ends_of_another_system(tmp_path: Path, run: Run) -> None:
    code, _, err = run("build", "namndunderlag", "Kalmar", "--set", "till=Social-\r\nnämnden", "--out", tmp_path)
    assert code == 0, err


def test_two_editions_are_read_when_two_workbooks_are_given(tmp_path: Path, run: Run) -> None:
    """And the report is about the newest of them."""
    first, second = (example_folder() / f"oj-missbruk-{year}.xlsx" for year in (2018, 2019))
    code, out, _ = run(
        "build", "kommunprofil", "Kalmar", "--workbook", first, "--workbook", second, "--format", "xlsx", "--out", tmp_path
    )
    assert code == 0
    assert str(Path("2019", "0880-kalmar", "kommunprofil.xlsx")) in out


def test_another_reports_entry_in_the_manifest_is_kept(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "2020" / "0880-kalmar"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text('{"reports": {"faktablad": {"files": []}}}', encoding="utf-8")
    assert run("build", "kommunprofil", "Kalmar", "--format", "xlsx", "--out", tmp_path).code == 0
    assert list(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["reports"]) == ["faktablad", "kommunprofil"]


@pytest.mark.parametrize("content", ["not json", "[]", '{"reports": 3}'])
def test_a_manifest_that_is_not_ours_is_replaced(content: str, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "2020" / "0880-kalmar"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(content, encoding="utf-8")
    assert run("build", "kommunprofil", "Kalmar", "--format", "xlsx", "--out", tmp_path).code == 0
    assert list(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["reports"]) == ["kommunprofil"]


def test_a_users_own_report_and_texts_are_used_and_stand_in_the_manifest(tmp_path: Path, run: Run) -> None:
    root = Path(__file__).resolve().parents[2]
    (tmp_path / "texts").mkdir()
    shutil.copy(root / "templates" / "theme.toml", tmp_path / "texts" / "theme.toml")
    shutil.copy(root / "reports" / "kommunprofil.toml", tmp_path / "min-profil.toml")
    given = ["--templates", tmp_path / "texts", "--format", "xlsx", "--out", tmp_path / "out"]
    assert run("build", tmp_path / "min-profil.toml", "Kalmar", *given).code == 0
    manifest = json.loads((tmp_path / "out/2020/0880-kalmar/manifest.json").read_text(encoding="utf-8"))
    inputs = [entry["file"] for entry in manifest["reports"]["min-profil"]["inputs"]]
    assert inputs[-2:] == ["theme.toml", "min-profil.toml"]


def test_a_broken_text_is_answered_with_its_file_and_line(tmp_path: Path, run: Run) -> None:
    (tmp_path / "kommunprofil.jinja").write_text("{% macro titel() %}\n{{ 1 + }}\n{% endmacro %}\n", encoding="utf-8")
    code, out, err = run("build", "kommunprofil", "Kalmar", "--templates", tmp_path, "--out", tmp_path / "new")
    assert (code, out) == (2, "")
    assert f"ojreport: {tmp_path / 'kommunprofil.jinja'}, line 2: " in err
    assert not (tmp_path / "new").exists()


def test_a_text_in_another_encoding_is_named(tmp_path: Path, run: Run) -> None:
    (tmp_path / "kommunprofil.jinja").write_bytes("{% macro titel() %}Västerås{% endmacro %}".encode("latin-1"))
    code, _, err = run("build", "kommunprofil", "Kalmar", "--templates", tmp_path, "--out", tmp_path / "new")
    assert code == 2
    assert f"ojreport: {tmp_path / 'kommunprofil.jinja'} is not UTF-8; save it as UTF-8" in err


def _finding(number: int, severity: Severity, kind: str = "unread") -> Finding:
    return Finding(severity, kind, f"fault {number}", "oj.xlsx", "Resultat", f"B{number}")


def test_what_was_not_understood_is_told_the_gravest_first(capsys: pytest.CaptureFixture[str]) -> None:
    found = [_finding(n, Severity.WARNING) for n in range(6)] + [_finding(9, Severity.ERROR), _finding(8, Severity.NOTE)]
    terminal.tell_findings(found, bundled=False)
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["error: oj.xlsx, Resultat, B9: fault 9", "warning: oj.xlsx, Resultat, B0: fault 0"]
    assert lines[5:] == ["… and 2 more; ojreport check shows them all"]


@pytest.mark.parametrize(("bundled", "lines"), [(True, 0), (False, 1)])
def test_of_the_bundled_example_what_is_known_is_not_told(
    bundled: bool,  # noqa: FBT001 - pytest names it
    lines: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = [_finding(1, Severity.WARNING, "similar-title")]
    terminal.tell_findings(found, bundled=bundled)
    assert len(capsys.readouterr().err.splitlines()) == lines
