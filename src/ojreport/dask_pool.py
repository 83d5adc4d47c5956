"""Many reports on many machines: the workers of a Dask cluster, which need the program and no file of ours.

What all reports share goes to each worker once, with the bytes of the user's own files; the finished files come back as bytes.
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import sys
import tempfile
import threading
import warnings
import weakref
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from ojreport import __version__, pool
from ojreport.batch import Chain, Job, Order, Outcome, code_hash
from ojreport.catalogue import load_catalogue
from ojreport.compose import Subject
from ojreport.compose.definitions import Definition
from ojreport.compose.texts import Texts
from ojreport.errors import LostError, OjreportError, SourceError, UsageError
from ojreport.garbage import seldom
from ojreport.manifest import sha256
from ojreport.model.results import Results
from ojreport.pool import Made
from ojreport.render.theme import load_theme
from ojreport.resources import cache_folder, find_template, template_folders

PATIENCE = 20  # seconds that a scheduler, or a first worker, is waited for
DECIDING = (
    "babel",
    "jinja2",
    "matplotlib",
    "pyphen",
    "python-pptx",
    "reportlab",
    "XlsxWriter",
)  # what the bytes hang on

Equipment = dict[str, str]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Parcel:
    """What all reports of a run share, for a worker that can not read our files."""

    equipment: Equipment  # of the machine that sends it
    results: Results
    reports: dict[str, tuple[Order, Definition, tuple[tuple[str, str], ...]]]  # by the definition's id, with the chain's inputs
    templates: tuple[tuple[str, bytes], ...]  # the files of --templates, by their place in that folder
    deck_template: bytes | None  # the file of --pptx-template


def build_on_cluster(address: str, jobs: Sequence[Job]) -> Iterator[Outcome]:
    """One outcome for each of *jobs*, as they are done, on the workers of the Dask scheduler at *address*.

    UsageError when there is no cluster that can do it, LostError when it goes away before all is done.
    """
    parcel = _packed([chain for chain, _ in jobs])
    client = _connected(address)
    try:
        _check_workers(client, parcel.equipment, address)
        workers = sum(client.nthreads().values())
        yield from pool.build_on(lambda: _Crew(client, address, parcel), workers, jobs, _Crew.hand)
    finally:
        client.close(timeout=PATIENCE)


class _Crew(Executor):
    """The cluster's workers with the parcel at hand, as an executor."""

    def __init__(self, client: Any, address: str, parcel: Parcel) -> None:  # noqa: ANN401 - distributed is imported when it is used
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
            self._parcel = client.scatter(parcel, broadcast=True, hash=False)
        except Exception as error:  # distributed and asyncio have many kinds for it
            sentence = f"the Dask cluster at {address} was lost; start it again"
            raise LostError(sentence) from error
        self._executor = client.get_executor()

    def hand(self, job: Job) -> Future[Made]:
        """The task of one report; its Future is as those of concurrent.futures, and a report that kills workers a LostError."""
        chain, area = job
        told: Future[Made] = Future()
        try:
            doing = self._executor.submit(task, self._parcel, chain.definition.id, chain.year, area)
        except Exception as error:
            raise BrokenExecutor from error
        doing.add_done_callback(partial(_pass_on, told, area))
        return told

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - the Executor's own
        """Leave what is not done."""
        with contextlib.suppress(Exception):  # the scheduler may be gone
            self._executor.shutdown(wait=False)


def _pass_on(told: Future[Made], area: Subject, done: Future[Made]) -> None:
    if done.cancelled():
        told.set_exception(CancelledError())
    elif (error := done.exception()) is None:
        told.set_result(done.result())
    elif isinstance(error, import_module("distributed").KilledWorker):
        told.set_exception(LostError(f"{area.name}: its worker was lost again and again; was memory short?"))
    else:
        told.set_exception(error)


def _connected(address: str) -> Any:  # noqa: ANN401 - distributed's Client, which is imported when it is used
    """A client of the scheduler at *address*; UsageError when there is none."""
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        raise UsageError("--scheduler needs Dask, which is not installed: install ojreport[dask]") from error
    for name in ("distributed", "distributed.client"):  # what matters comes as an exception, and is told in a sentence
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", distributed.versions.VersionMismatchWarning)  # see _check_workers
        try:
            return _in_time(lambda: distributed.Client(address, timeout=PATIENCE, set_as_default=False))
        except ValueError as error:
            raise UsageError(f"--scheduler takes an address as tcp://HOST:8786, not “{address}”") from error
        except Exception as error:  # whatever an answer that is not a scheduler's leads to
            raise UsageError(f"no Dask scheduler answers at {address}; start one there with: dask scheduler") from error


def _in_time(connect: Callable[[], Any]) -> Any:  # noqa: ANN401 - see _connected
    """What *connect* gives; TimeoutError when it waits for ever, as for a web server that takes the call and does not answer."""
    told: Future[Any] = Future()

    def tell() -> None:
        try:
            told.set_result(connect())
        except BaseException as error:  # noqa: BLE001 - for the one who waits
            told.set_exception(error)

    threading.Thread(target=tell, daemon=True).start()
    return told.result(timeout=1.25 * PATIENCE)  # Dask is to say it first


def _check_workers(client: Any, ours: Equipment, address: str) -> None:  # noqa: ANN401 - see _connected
    """UsageError when there is no worker, or one with another program than this machine."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except Exception as error:
        sentence = f"the Dask scheduler at {address} has no worker; start one on each machine: dask worker {address} --nthreads 1"
        raise UsageError(sentence) from error
    for worker, theirs in client.run(equipment, on_error="return").items():
        if isinstance(theirs, Exception):
            raise UsageError(
                f"the Dask worker at {worker} can not run ojreport; install the same ojreport[dask] there ({theirs})"
            )
        _compare(ours, theirs, f"the Dask worker at {worker}")


def _compare(ours: Equipment, theirs: Equipment, whose: str) -> None:
    """UsageError when a worker would make other files than this machine."""
    differing = [
        f"{name} {theirs.get(name) or 'missing'} and not {ours[name]}" for name in ours if theirs.get(name) != ours[name]
    ]
    if differing:
        raise UsageError(f"{whose} has {', '.join(differing)}; install the same there as here")


def equipment() -> Equipment:
    """What the bytes of a report hang on beside its data: the program, Python and the libraries, with their versions."""
    libraries = {name: _version(name) for name in (*DECIDING, "distributed")}
    return {"ojreport": f"{__version__} ({code_hash()[:8]})", "Python": "{}.{}".format(*sys.version_info), **libraries}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _packed(chains: Sequence[Chain]) -> Parcel:
    """The parcel of the *chains* of one run, which share the Results and the user's own files."""
    first = chains[0]
    folder, deck = first.order.templates, first.order.pptx_template
    templates = () if folder is None else tuple((p, p.read_bytes()) for p in sorted(folder.rglob("*")) if p.is_file())
    deck_template = deck.read_bytes() if deck is not None else None
    known = {digest for _, digest in first.inputs}
    if not {sha256(data) for data in (*(data for _, data in templates), deck_template) if data is not None} <= known:
        raise SourceError("the templates were changed while the reports were being made; run it again")
    return Parcel(
        equipment(),
        first.results,
        {chain.definition.id: (chain.order, chain.definition, chain.inputs) for chain in chains},
        tuple((path.relative_to(folder).as_posix(), data) for path, data in templates if folder is not None),
        deck_template,
    )


# ------------------------------------------------------------------------------------------------- what the workers run

_opened: weakref.WeakKeyDictionary[Parcel, dict[str, Chain]] = weakref.WeakKeyDictionary()
_alone = threading.Lock()  # a worker may have several threads, and a renderer draws one report at a time


def task(parcel: Parcel, report: str, year: int, area: Subject) -> Made:
    """The contents of one report's files, and the seconds they took; run by a worker."""
    with _alone:
        if parcel not in _opened:
            _compare(parcel.equipment, equipment(), "a Dask worker that came later")
            _opened[parcel] = _unpacked(parcel)
        chain = _opened[parcel][report]
        try:
            with seldom():
                return pool.made(replace(chain, year=year), area)
        except OjreportError as error:
            raise type(error)(_in_place(str(error), chain, parcel.reports[report][0])) from None


def _in_place(sentence: str, chain: Chain, order: Order) -> str:
    """The sentence with the user's own files in place of the worker's copies of them."""
    for copy, own in ((chain.order.templates, order.templates), (chain.deck_template, order.pptx_template)):
        if own is not None:
            sentence = sentence.replace(str(copy), str(own))
    return sentence


def _unpacked(parcel: Parcel) -> dict[str, Chain]:
    """A chain for each report, over copies of the user's files that are there as long as the parcel is."""
    place = Path(tempfile.mkdtemp(prefix="ojreport-"))
    weakref.finalize(parcel, shutil.rmtree, place, ignore_errors=True)
    own = place / "templates" if parcel.templates else None
    for name, data in parcel.templates:
        path = place / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    folders = template_folders(own)
    deck_template = find_template("ojreport.pptx", folders)
    if parcel.deck_template is not None:
        deck_template = place / "deck" / "template.pptx"
        deck_template.parent.mkdir()
        deck_template.write_bytes(parcel.deck_template)
    kept = cache_folder() if own is None else None  # the user's texts stand in another folder each time
    catalogue, texts, theme = load_catalogue(), Texts(folders, kept), load_theme(find_template("theme.toml", folders))
    return {
        name: Chain(replace(order, templates=own), definition, catalogue, parcel.results, 0, texts, theme, deck_template, inputs)
        for name, (order, definition, inputs) in parcel.reports.items()
    }
