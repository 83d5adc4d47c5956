"""Many reports on many workers: any executor will do, one failure never stops the rest, and nothing is lost with a worker."""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
import traceback
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import replace
from functools import lru_cache
from multiprocessing import get_context, parent_process
from typing import Any

from ojreport.batch import Chain, Job, Order, Outcome, delivered, failed, make, prepare, settled
from ojreport.compose import Subject
from ojreport.errors import OjreportError, SourceError

AHEAD = 4  # tasks for each worker that are handed over before they are needed
ATTEMPTS = 3  # times that a report is begun anew when its worker is lost

Made = tuple[dict[str, bytes], float]  # the contents of a report's files by name, and the seconds that they took


class WorkerError(Exception):
    """A fault in the program itself that a worker met; its text is the traceback."""


class LostError(OjreportError):
    """A worker that was lost with the same report again and again."""


def processes(count: int) -> Executor:
    """An executor of *count* processes, each begun anew: a copy of this one would have its locks without its threads.

    They leave it to their parent to hear that the user stops the program, and end with it.
    """
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
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
    waiting = deque(jobs)
    running: dict[Future[Made], Job] = {}
    lost: Counter[tuple[str, int, str]] = Counter()
    executor = start()
    try:
        while waiting or running:
            broken = False
            while waiting and len(running) < AHEAD * workers and not broken:
                chain, area = job = waiting.popleft()
                done = settled(chain, area)
                if done is not None:
                    yield done
                    continue
                try:
                    running[hand(executor, job)] = job
                except BrokenExecutor:
                    waiting.appendleft(job)
                    broken = True
            for future in wait(running, return_when=FIRST_COMPLETED).done if running else ():
                job = running.pop(future)
                outcome = _outcome(future, job)
                if outcome is not None:
                    yield outcome
                    continue
                broken = True
                key = job[1].code, job[0].year, job[0].definition.id
                lost[key] += 1
                if lost[key] >= ATTEMPTS:
                    yield failed(*job, LostError(f"{job[1].name}: its worker was lost {ATTEMPTS} times; was memory short?"))
                else:
                    waiting.appendleft(job)
            if broken:
                executor.shutdown(wait=False, cancel_futures=True)
                executor = start()
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


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
    chain = prepare(replace(order, year=year))
    gc.freeze()  # what all reports share is not looked through at each collection
    return chain
