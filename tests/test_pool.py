"""Many reports on processes of this machine: what becomes of the rest when the user, the system or a fault of ours stops one."""

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from typing import Any

import pytest

from ojreport import batch, files, pool
from ojreport.errors import LostError, OutputError, SourceError

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
NAMES = ("Kalmar", "Nybro", "Emmaboda", "Torsås", "Borgholm")


@pytest.fixture(autouse=True, scope="module")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The user's own cache is neither used nor touched."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OJREPORT_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


class Here(Executor):
    """An executor that does a task at once, in the test's own process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":  # noqa: D102
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - as an executor does
            future.set_exception(error)
        return future


class Broken(Here):
    """An executor whose workers die of every task."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":  # noqa: ARG002, D102
        future: Future[Any] = Future()
        future.set_exception(BrokenExecutor())
        return future


def jobs(out: Path, *names: str) -> list[batch.Job]:
    chain = batch.prepare(batch.Order("kommunprofil", year=2019, formats=("xlsx",), proof=False, out=out))
    return [(chain, chain.catalogue.find(name, 2019)) for name in names]


SEEN_HERE = threading.Event()


def _seen() -> bool:
    return SEEN_HERE.is_set()


def test_a_worker_is_begun_anew_and_no_copy_of_its_parent() -> None:
    """As on Windows and macOS: a copy of a process with threads may wait for ever for a lock that one of them held."""
    SEEN_HERE.set()
    with pool.processes(1) as executor:
        assert not executor.submit(_seen).result()


ORPHANS = """
import sys, time
from ojreport import pool
if __name__ == "__main__":
    executor = pool.processes(2)
    tasks = [executor.submit(time.sleep, n / 10) for n in range(3)]
    tasks[0].result()
    print("begun", flush=True)
    time.sleep(60)
"""


@posix
def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    """They hold the other end of the pipe: it is closed when the last of them is gone."""
    script = tmp_path / "orphans.py"
    script.write_text(ORPHANS, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, str(script)], env=environment, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "begun\n"
        parent.kill()
        assert parent.communicate(timeout=30) == ("", None)


@posix
@pytest.mark.parametrize("times", [1, 3])
def test_ctrl_c_is_told_in_a_sentence_and_leaves_no_half_file(tmp_path: Path, times: int) -> None:
    command = [sys.executable, "-m", "ojreport", "build", "kommunprofil", "--lan", "08", "--format", "pdf", "--no-proof"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [*command, "--jobs", "2", "--out", str(tmp_path)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        until = time.monotonic() + 60
        while time.monotonic() < until and run.poll() is None and not list(tmp_path.rglob("*.pdf")):
            time.sleep(0.01)
        for _ in range(times):
            os.killpg(run.pid, signal.SIGINT)  # as a terminal does: to the parent and to its workers
            time.sleep(0.05)
        _, err = run.communicate(timeout=60)
    assert "the same command goes on where this one was" in err
    assert "Traceback" not in err
    assert (tmp_path / "manifest.json").is_file()
    assert not [p for p in tmp_path.rglob("*") if p.suffix in (".tmp", ".old")]


def test_a_full_disk_fails_what_can_not_be_written_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def full(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path.name.endswith(".tmp") and "0881-nybro" in str(path):
            raise OSError(errno.ENOSPC, "No space left on device")
        return opened(path, *args, **kwargs)

    work = jobs(tmp_path, *NAMES[:3])
    monkeypatch.setattr(Path, "open", full)
    done = {outcome.area: outcome for outcome in pool.build_on(Here, 1, work)}
    assert isinstance(done["Nybro"].error, OutputError)
    assert "the disk is full" in str(done["Nybro"].error)
    assert done["Kalmar"].written
    assert done["Emmaboda"].written
    assert not list(files.folder_of(tmp_path, work[1][1], 2019).glob("*"))


def test_a_report_whose_worker_is_lost_every_time_is_given_up(tmp_path: Path) -> None:
    (outcome,) = pool.build_on(Broken, 1, jobs(tmp_path, "Kalmar"))
    assert str(outcome.error) == "Kalmar: its worker was lost 2 times; was memory short?"


def test_one_report_that_kills_its_worker_does_not_take_its_neighbours_with_it(tmp_path: Path) -> None:
    """All are handed over before the worker dies; then each is made alone, and only Nybro fails."""
    begun = 0

    def hand(_: Executor, job: batch.Job) -> "Future[Any]":
        nonlocal begun
        begun += 1
        future: Future[Any] = Future()
        if job[1].name == "Nybro" or begun <= len(NAMES):  # those beside it die with it
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(pool.task(job[0].order, job[0].year, job[0].inputs, job[1]))
        return future

    done = {outcome.area: outcome for outcome in pool.build_on(Here, 2, jobs(tmp_path, *NAMES), hand)}
    assert {area for area, outcome in done.items() if outcome.error} == {"Nybro"}
    assert isinstance(done["Nybro"].error, LostError)


def test_a_fault_of_ours_comes_back_from_a_worker_with_its_traceback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(*_: Any) -> None:
        raise KeyError("a fault of ours")

    monkeypatch.setattr(pool, "make", faulty)
    done = list(pool.build_on(Here, 1, jobs(tmp_path, "Kalmar", "Nybro")))
    assert {outcome.area for outcome in done} == {"Kalmar", "Nybro"}
    assert all(isinstance(outcome.error, pool.WorkerError) and "in faulty" in str(outcome.error) for outcome in done)


def test_workbooks_that_were_changed_meanwhile_are_not_mixed(tmp_path: Path) -> None:
    ((chain, area),) = jobs(tmp_path, "Kalmar")
    other = (("oj.xlsx", "0" * 64),)
    with pytest.raises(SourceError, match="were changed while the reports were being made"):
        pool.task(chain.order, chain.year, other, area)
