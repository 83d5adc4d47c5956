"""Many areas in one run: on several processes, going on where a run was stopped, and one that fails never stops the rest."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running import Run

from ojreport import batch, lock, pool

AREAS = ("Kalmar", "Nybro", "Emmaboda", "Torsås", "Borgholm")
PDF = ("--format", "pdf", "--no-proof", "--year", "2019")


def files(folder: Path) -> dict[str, bytes]:
    """What a run has made, but for its record, which tells how long it took."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / "manifest.json"
    }


def outcomes(folder: Path) -> dict[str, str]:
    record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return {area["area"]: area["outcome"] for area in record["areas"]}


def test_several_processes_make_the_same_bytes_as_one(run: Run, tmp_path: Path) -> None:
    assert run("build", "kommunprofil", *AREAS, *PDF, "--jobs", 1, "--out", tmp_path / "one").code == 0
    assert run("build", "kommunprofil", *AREAS, *PDF, "--jobs", 2, "--out", tmp_path / "two").code == 0
    assert files(tmp_path / "one") == files(tmp_path / "two")
    assert set(outcomes(tmp_path / "two")) == set(AREAS)


def test_what_stands_is_not_made_again_and_what_was_touched_is(run: Run, tmp_path: Path) -> None:
    run("build", "kommunprofil", *AREAS[:3], *PDF, "--out", tmp_path)
    before = files(tmp_path)
    (tmp_path / "2019" / "0881-nybro" / "kommunprofil.pdf").write_bytes(b"half a fi")
    assert run("build", "kommunprofil", *AREAS[:3], *PDF, "--out", tmp_path).code == 0
    assert outcomes(tmp_path) == {"Kalmar": "unchanged", "Nybro": "made", "Emmaboda": "unchanged"}
    assert files(tmp_path) == before


def test_another_input_or_force_makes_all_anew(run: Run, tmp_path: Path) -> None:
    run("build", "kommunprofil", *AREAS[:2], *PDF, "--out", tmp_path)
    own = tmp_path / "own"
    own.mkdir()
    (own / "min.jinja").write_text("{% macro lasa_rubrik() %}Läs så{% endmacro %}", encoding="utf-8")
    run("build", "kommunprofil", *AREAS[:2], *PDF, "--templates", own, "--out", tmp_path)
    assert set(outcomes(tmp_path).values()) == {"made"}
    run("build", "kommunprofil", *AREAS[:2], *PDF, "--templates", own, "--force", "--out", tmp_path)
    assert set(outcomes(tmp_path).values()) == {"made"}


def test_several_reports_and_years_are_made_in_one_run(run: Run, tmp_path: Path) -> None:
    code, out, _ = run(
        "build", "kommunprofil,namndunderlag", "Kalmar", "--year", 2018, "--year", 2019, "--format", "pdf", "--out", tmp_path
    )
    assert code == 0
    assert [line.split("\t")[0].rpartition(str(tmp_path))[2] for line in out.splitlines() if ".pdf" in line] == [
        "/2018/0880-kalmar/kommunprofil.pdf",
        "/2019/0880-kalmar/kommunprofil.pdf",
        "/2018/0880-kalmar/namndunderlag.pdf",
        "/2019/0880-kalmar/namndunderlag.pdf",
    ]


def test_a_lan_and_a_group_stand_for_their_kommuner() -> None:
    chain = batch.prepare(batch.Order("kommunprofil", year=2019))
    lan, _ = batch.find(chain, (), groups=("08",))
    assert {a.code[:2] for a in lan} == {"08"}
    assert len(lan) == 12
    region, _ = batch.find(chain, (), groups=("GR", "Gotlands län"))
    assert {"1480", "1384", "0980"} <= {a.code for a in region}
    every, _ = batch.find(chain, (), every=True)
    assert len(every) == 290


@pytest.mark.parametrize("option", [("--all",), ("--lan", "08")])
def test_a_report_about_a_group_is_not_chosen_by_kommuner(run: Run, tmp_path: Path, option: tuple[str, ...]) -> None:
    code, out, err = run("build", "regional", *option, "--out", tmp_path / "new")
    assert (code, out) == (2, "")
    assert "choose kommuner, and regional is about no kommun" in err


def test_one_that_fails_is_in_the_record_and_does_not_stop_the_rest(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "2019" / "0881-nybro"
    path.mkdir(parents=True)
    (path / "kommunprofil.pdf").mkdir()
    code, _, err = run("build", "kommunprofil", *AREAS, *PDF, "--jobs", 2, "--out", tmp_path)
    assert code == 1
    assert "is a folder where a file should be" in err
    assert outcomes(tmp_path) == {area: "failed" if area == "Nybro" else "made" for area in AREAS}


def test_two_runs_do_not_write_into_one_folder(run: Run, tmp_path: Path) -> None:
    with lock.locked(tmp_path):
        code, out, err = run("build", "kommunprofil", "Kalmar", *PDF, "--out", tmp_path)
    assert (code, out) == (2, "")
    assert "another run writes into" in err
    assert run("build", "kommunprofil", "Kalmar", *PDF, "--out", tmp_path).code == 0


class _Suicidal:
    """An executor whose first worker is killed as it begins its first task."""

    def __init__(self) -> None:
        self.started = 0

    def start(self) -> pool.Executor:
        self.started += 1
        return pool.ProcessPoolExecutor(1, initializer=_die if self.started == 1 else None)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    chain = batch.prepare(batch.Order("kommunprofil", year=2019, formats=("pdf",), proof=False, out=tmp_path))
    areas = [chain.catalogue.find(name, 2019) for name in AREAS[:3]]
    executor = _Suicidal()
    done = list(pool.build_on(executor.start, 1, [(chain, area) for area in areas]))
    assert executor.started == 2
    assert {o.area for o in done if o.written and not o.error} == set(AREAS[:3])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_run_that_was_killed_goes_on_and_ends_as_an_undisturbed_one(run: Run, tmp_path: Path) -> None:
    names = ("--lan", "08")
    run("build", "kommunprofil", *names, *PDF, "--jobs", 1, "--out", tmp_path / "whole")
    command = [
        sys.executable,
        "-m",
        "ojreport",
        "build",
        "kommunprofil",
        *names,
        *PDF,
        "--jobs",
        "2",
        "--out",
        str(tmp_path / "cut"),
    ]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None and not list((tmp_path / "cut").rglob("*.pdf")):
        time.sleep(0.01)
    assert process.poll() is None, "the run was over before it could be killed"
    process.kill()
    process.wait()
    assert len(list((tmp_path / "cut").rglob("*.pdf"))) < len(list((tmp_path / "whole").rglob("*.pdf")))
    code, _, _ = run("build", "kommunprofil", *names, *PDF, "--jobs", 1, "--out", tmp_path / "cut")
    assert code == 0
    assert files(tmp_path / "cut") == files(tmp_path / "whole")
