"""Many reports on many workers: any executor will do, one failure never stops the rest, and nothing is lost with a worker."""

from __future__ import annotations

import atexit
import os
import signal
import threading
import time
import traceback
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from multiprocessing import get_context, parent_process
from typing import Any

from ojreport.batch import Chain, Job, Order, Outcome, delivered, failed, make, prepare, settled
from ojreport.catalogue import Catalogue
from ojreport.compose import Subject
from ojreport.errors import LostError, OjreportError, SourceError
from ojreport.garbage import pass_over_what_stays
from ojreport.model.results import Results

AHEAD = 4  # tasks for each worker that are handed over before they are needed
ATTEMPTS = 2  # times that a report may lose the worker that it has to itself

Made = tuple[dict[str, bytes], float]  # the contents of a report's files by name, and the seconds that they took


class WorkerError(Exception):
    """A fault in the program itself that a worker met; its text is the traceback."""


def processes(count: int) -> Executor:
    """An executor of *count* processes, each begun anew: a copy of this one would have its locks without its threads.

    They leave it to their parent to hear that the user stops the program, and end with it.
    """
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    atexit.register(pass_over_what_stays)  # the parent waits for its workers to end
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A parent that is killed can not tell its workers to end, and they would wait for it for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def hand(executor: Executor, job: Job) -> Future[Made]:
    """The task of one report, handed to a process on this machine, which reads the same files."""
    chain, area = job
    with _unheard():  # the first that is handed over begins the processes
        return executor.submit(task, chain.order, chain.year, chain.inputs, area)


def build_on(
    start: Callable[[], Executor],
    workers: int,
    jobs: Iterable[Job],
    hand: Callable[[Any, Job], Future[Made]] = hand,
) -> Iterator[Outcome]:
    """One outcome for each of *jobs*, as they are done, on the executor that *start* gives; *hand* gives it a job.

    The files are written here and not by the workers, so that a worker that is killed leaves no half file; its reports are begun
    anew on a new executor. What stands as it would be made is not made again.
    """
    run = _Run(start, hand, jobs)
    try:
        while run.waiting or run.suspects or run.running:
            yield from run.some(AHEAD * workers)
    finally:
        with _once():
            run.executor.shutdown(cancel_futures=True)


@contextmanager
def _once() -> Iterator[None]:
    """Let no second Ctrl-C break what the first one ends: Python would then wait for workers that nobody told to stop."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _unheard() -> Iterator[None]:
    """Processes that are begun here do not hear Ctrl-C, not even before they have imported what would ignore it."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Run:
    """What is still to be made, and on which executor. *suspects* were at work when a worker was lost: each is made alone."""

    def __init__(self, start: Callable[[], Executor], hand: Callable[[Any, Job], Future[Made]], jobs: Iterable[Job]) -> None:
        self.waiting, self.suspects = deque(jobs), deque[Job]()
        self.running: dict[Future[Made], Job] = {}
        self.executor, self._start, self._hand = start(), start, hand
        self._charged: Counter[tuple[str, int, str]] = Counter()

    def some(self, room: int) -> Iterator[Outcome]:
        """The outcomes that are next: hand over what there is *room* for, and wait until something is done."""
        alone = bool(self.suspects)
        lost: list[Job] = []
        yield from self._hand_over(self.suspects if alone else self.waiting, 1 if alone else room, lost)
        done = wait(self.running, return_when=FIRST_COMPLETED).done if self.running and not lost else ()
        yield from self._take(done, lost)
        if lost:
            yield from self._take(list(self.running), lost)  # the executor is broken: what is not done will never be
            self.executor.shutdown(wait=False, cancel_futures=True)
            self.executor = self._start()
            yield from self._charge(lost, alone=alone)

    def _hand_over(self, source: deque[Job], room: int, lost: list[Job]) -> Iterator[Outcome]:
        while source and len(self.running) < room and not lost:
            job = source.popleft()
            done = settled(*job)
            if done is not None:
                yield done
                continue
            try:
                self.running[self._hand(self.executor, job)] = job
            except BrokenExecutor:
                lost.append(job)

    def _take(self, futures: Iterable[Future[Made]], lost: list[Job]) -> Iterator[Outcome]:
        for future in futures:
            job = self.running.pop(future)
            outcome = _outcome(future, job) if future.done() else None
            if outcome is None:
                lost.append(job)
            else:
                yield outcome

    def _charge(self, lost: Iterable[Job], *, alone: bool) -> Iterator[Outcome]:
        """Which of them cost the worker its life is seen when each is alone, and only that one is charged."""
        for chain, area in lost:
            key = area.code, chain.year, chain.definition.id
            self._charged[key] += alone
            if self._charged[key] < ATTEMPTS:
                self.suspects.append((chain, area))
            else:
                error = LostError(f"{area.name}: its worker was lost {ATTEMPTS} times; was memory short?")
                yield failed(chain, area, error)


def _outcome(future: Future[Made], job: Job) -> Outcome | None:
    """What became of a task, with its files written; None when its worker was lost."""
    try:
        contents, seconds = future.result()
    except (BrokenExecutor, CancelledError):
        return None
    except Exception as error:  # noqa: BLE001 - one report that fails must not take the others down
        return failed(*job, error)
    try:
        return delivered(*job, contents, seconds)
    except OjreportError as error:
        return failed(*job, error)


def task(order: Order, year: int, inputs: tuple[tuple[str, str], ...], area: Subject) -> Made:
    """The contents of one report's files, and the seconds they took; run by a worker, which reads what the order names once."""
    chain = _chain(order, year)
    if chain.inputs != inputs:
        raise SourceError("the workbooks or templates were changed while the reports were being made; run it again")
    return made(chain, area)


def made(chain: Chain, area: Subject) -> Made:
    """The report on *area* and the seconds it took; raises an OjreportError, or a WorkerError that can be sent to the parent."""
    begun = time.perf_counter()
    try:
        return make(chain, area), time.perf_counter() - begun
    except OjreportError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of ours may hold what can not be sent to the parent
        raise WorkerError("".join(traceback.format_exception(error))) from None


@lru_cache(maxsize=8)
def _chain(order: Order, year: int) -> Chain:
    """What a report's kind and year need; the workbooks are read once for all of them."""
    read_from = order.workbooks, order.layout, order.objections, order.cache
    chain = prepare(replace(order, year=year), _known.get(read_from))
    _known.setdefault(read_from, (chain.catalogue, chain.results))
    pass_over_what_stays()
    return chain


_known: dict[object, tuple[Catalogue, Results]] = {}
