"""Many reports on a Dask cluster: the same bytes, from workers that see no file of ours, and nothing is lost with one of them."""

import contextlib
import os
import pickle
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ojreport import batch, dask_pool
from ojreport.cli import main
from ojreport.errors import OjreportError, TemplateError, UsageError
from ojreport.resources import templates_folder

NAMES = ("Kalmar", "Nybro", "Emmaboda", "Torsås", "Borgholm", "Oskarshamn", "Västervik", "Vimmerby", "Hultsfred", "Mörbylånga")


@pytest.fixture(autouse=True, scope="module")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The user's own cache is neither used nor touched."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OJREPORT_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A scheduler with two workers in processes of their own; skips the test where Dask is not installed."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", memory_limit=0
    ) as found:
        yield found


def prepared(out: Path, **order: Any) -> batch.Chain:
    return batch.prepare(batch.Order("kommunprofil", **{"year": 2019, "formats": ("pdf",), "proof": False, "out": out, **order}))


def sent(chain: batch.Chain) -> dask_pool.Parcel:
    """The parcel as a worker gets it."""
    parcel: dask_pool.Parcel = pickle.loads(pickle.dumps(dask_pool._packed([chain])))  # noqa: S301 - our own
    return parcel


def jobs(chain: batch.Chain, *names: str) -> list[batch.Job]:
    return [(chain, chain.catalogue.find(name, chain.year)) for name in names]


def made(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_cluster_makes_the_same_bytes_as_one_process(cluster: Any, tmp_path: Path) -> None:
    chain = prepared(tmp_path / "here", formats=("pptx", "pdf", "xlsx"), proof=True)
    here = list(batch.build(jobs(chain, *NAMES[:3])))
    there = replace(chain, order=replace(chain.order, out=tmp_path / "there"))
    done = list(dask_pool.build_on_cluster(cluster.scheduler_address, jobs(there, *NAMES[:3])))
    assert [o.error for o in (*here, *done)] == [None] * 6
    assert made(tmp_path / "there") == made(tmp_path / "here")


def test_the_command_line_builds_on_a_cluster(cluster: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ("--scheduler", cluster.scheduler_address, "--year", "2018", "--year", "2019", "--out", str(tmp_path))
    assert main(["build", "kommunprofil,namndunderlag", "Kalmar", "--format", "pdf", "--no-proof", *where]) == 0
    assert sum(".pdf" in line for line in capsys.readouterr().out.splitlines()) == 4


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_worker_that_is_killed_midway_loses_nothing(cluster: Any, tmp_path: Path) -> None:
    from distributed import Client  # noqa: PLC0415 - where it is installed

    chain = prepared(tmp_path / "there")
    with Client(cluster, set_as_default=False) as client:
        victim = next(iter(client.run(os.getpid).values()))
    done = []
    for outcome in dask_pool.build_on_cluster(cluster.scheduler_address, jobs(chain, *NAMES)):
        if not done:
            os.kill(victim, signal.SIGKILL)
        done.append(outcome)
    assert {o.area: o.error for o in done} == dict.fromkeys(NAMES)
    here = replace(chain, order=replace(chain.order, out=tmp_path / "here"))
    assert all(o.written for o in batch.build(jobs(here, *NAMES)))
    assert made(tmp_path / "there") == made(tmp_path / "here")


def test_workers_with_another_version_are_not_used(cluster: Any) -> None:
    client = dask_pool._connected(cluster.scheduler_address)
    try:
        with pytest.raises(UsageError, match=r"the Dask worker at tcp://.* and not 1\.0; install the same there as here"):
            dask_pool._check_workers(client, {**dask_pool.equipment(), "reportlab": "1.0"}, cluster.scheduler_address)
    finally:
        client.close()


def test_a_scheduler_without_workers_is_a_clear_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(dask_pool, "PATIENCE", 1)
    work = jobs(prepared(tmp_path), "Kalmar")
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=":0") as empty,
        pytest.raises(UsageError, match="has no worker; start one on each machine: dask worker tcp://"),
    ):
        list(dask_pool.build_on_cluster(empty.scheduler_address, work))


def test_a_scheduler_that_does_not_answer_is_a_clear_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(dask_pool, "PATIENCE", 1)
    with contextlib.closing(socket.socket()) as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(UsageError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1"):
            dask_pool._connected(f"tcp://127.0.0.1:{unused.getsockname()[1]}")
    with pytest.raises(UsageError, match="takes an address as tcp://HOST:8786, not “nowhere://x”"):
        dask_pool._connected("nowhere://x")


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.0 400 Bad Request\r\nContent-Length: 1000\r\n\r\n" + 100 * b"x"])
def test_a_server_that_is_no_scheduler_is_a_clear_sentence(answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as Dask's dashboard: it takes the call, and says nothing, or what no scheduler says."""
    pytest.importorskip("distributed")
    monkeypatch.setattr(dask_pool, "PATIENCE", 1)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with contextlib.suppress(OSError):  # the end of the test
                while True:
                    callers.append(server.accept()[0])
                    callers[-1].sendall(answer)

        callers: list[socket.socket] = []
        threading.Thread(target=serve, daemon=True).start()
        with pytest.raises(UsageError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1"):
            dask_pool._connected(f"tcp://127.0.0.1:{server.getsockname()[1]}")
    assert callers
    for caller in callers:
        caller.close()


def test_without_dask_the_user_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"install ojreport\[dask\]"):
        list(dask_pool.build_on_cluster("tcp://127.0.0.1:8786", jobs(prepared(tmp_path), "Kalmar")))


def test_a_report_that_kills_its_workers_is_given_up_in_a_sentence(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    told: list[Future[Any]] = [Future() for _ in range(3)]
    done: list[Future[Any]] = [Future() for _ in range(3)]
    done[0].set_exception(distributed.KilledWorker("task", None, 3))
    done[1].cancel()
    done[2].set_exception(TemplateError("a sentence"))
    ((_, kalmar),) = jobs(prepared(tmp_path), "Kalmar")
    for mine, theirs in zip(told, done, strict=True):
        dask_pool._pass_on(mine, kalmar, theirs)
    assert str(told[0].exception()) == "Kalmar: its worker was lost again and again; was memory short?"
    assert isinstance(told[1].exception(), CancelledError)
    assert str(told[2].exception()) == "a sentence"


# --------------------------------------------------------------------------------------------- the parcel, without a cluster


def own_templates(folder: Path) -> Path:
    shutil.copytree(templates_folder(), folder, ignore=shutil.ignore_patterns("*.jinja"))
    (folder / "min.jinja").write_text("{% macro lasa_rubrik() %}Läs så här{% endmacro %}", encoding="utf-8")
    return folder


def test_a_worker_needs_no_file_of_the_users(tmp_path: Path) -> None:
    """It makes the same bytes after the user's own templates are gone."""
    deck = shutil.copy(templates_folder() / "ojreport.pptx", tmp_path / "our deck.pptx")
    own = own_templates(tmp_path / "own")
    chain = prepared(tmp_path, templates=own, pptx_template=Path(deck), formats=("pptx", "pdf"))
    ((_, kalmar),) = jobs(chain, "Kalmar")
    expected = batch.make(chain, kalmar)
    parcel = sent(chain)
    shutil.rmtree(own)
    Path(deck).unlink()
    contents, _ = dask_pool.task(parcel, "kommunprofil", 2019, kalmar)
    assert contents == expected


def test_a_fault_in_a_users_text_names_her_own_file(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "kommunprofil.jinja").write_text("{% macro rubrik() %}{{ nothing.here }}{% endmacro %}", encoding="utf-8")
    chain = prepared(tmp_path, templates=own)
    ((_, kalmar),) = jobs(chain, "Kalmar")
    with pytest.raises(TemplateError) as there:
        dask_pool.task(sent(chain), "kommunprofil", 2019, kalmar)
    with pytest.raises(TemplateError) as here:
        batch.make(chain, kalmar)
    assert str(there.value) == str(here.value)
    assert str(own) in str(there.value)


def test_templates_that_were_changed_meanwhile_are_not_mixed(tmp_path: Path) -> None:
    own = own_templates(tmp_path / "own")
    chain = prepared(tmp_path, templates=own)
    (own / "min.jinja").write_text("something else", encoding="utf-8")
    with pytest.raises(OjreportError, match="were changed while the reports were being made"):
        dask_pool._packed([chain])


def test_a_worker_that_came_later_with_another_program_makes_nothing(tmp_path: Path) -> None:
    chain = prepared(tmp_path)
    ((_, kalmar),) = jobs(chain, "Kalmar")
    parcel = dask_pool._packed([chain])
    other = replace(parcel, equipment={**parcel.equipment, "ojreport": "9.9 (abc)"})
    with pytest.raises(UsageError, match=r"a Dask worker that came later has ojreport .* and not 9\.9"):
        dask_pool.task(other, "kommunprofil", 2019, kalmar)


def test_the_copies_of_the_users_files_go_with_the_parcel(tmp_path: Path) -> None:
    parcel = dask_pool._packed([prepared(tmp_path, templates=own_templates(tmp_path / "own"))])
    folder = dask_pool._unpacked(parcel)["kommunprofil"].order.templates
    assert folder is not None
    assert (folder / "min.jinja").is_file()
    del parcel
    assert not folder.parent.exists()
