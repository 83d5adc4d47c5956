"""Many reports in one run: seconds, processor seconds and memory, printed as JSON.

many.py AREAS PROCESSES REPEAT OUT: *AREAS* kommuner, each made *REPEAT* times, on *PROCESSES* processes, or "dask" for a cluster
of two workers on this machine. The clock runs from the start of the pool (the cluster stands already, as it does for its users,
but its workers have imported nothing) to the last file; reading the workbooks once is told apart.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ojreport import batch, dask_pool, pool
from ojreport.garbage import pass_over_what_stays

Used = dict[str, Any]


@contextmanager
def dask(workers: int) -> Iterator[tuple[str, list[int]]]:
    """The address of a scheduler with *workers* workers in processes of their own, and their pids."""
    from distributed import Client, LocalCluster  # noqa: PLC0415 - only this part needs it

    options: Any = {"threads_per_worker": 1, "processes": True, "dashboard_address": ":0", "memory_limit": 0}
    with LocalCluster(n_workers=workers, **options) as cluster:
        with Client(cluster, set_as_default=False) as client:
            pids = list(client.run(os.getpid).values())
        yield cluster.scheduler_address, pids


def memory(pid: int) -> float:
    """What a process holds of the machine's memory now, in MB; 0 where the system does not tell in /proc."""
    try:
        text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("VmRSS")), 0.0)


def processor(pid: int) -> float:
    """The processor seconds of a process so far; 0 where the system does not tell."""
    try:
        parts = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def followed(outcomes: Iterator[batch.Outcome], known: list[int], used: Used) -> None:
    """Take *outcomes* to their end, and note in *used* what they cost."""
    begun, own = time.perf_counter(), time.process_time()
    before = {pid: processor(pid) for pid in known}
    rss: dict[int, float] = {}
    spent: dict[int, float] = {}
    count = 0
    for outcome in outcomes:
        count += 1
        if outcome.error is not None:
            raise outcome.error
        workers = known or [p.pid for p in multiprocessing.active_children() if p.pid] or [os.getpid()]
        spent = {pid: processor(pid) - before.get(pid, 0) for pid in workers}
        if count % 10 == 0:
            rss[count] = max(memory(pid) for pid in workers)
    used["seconds"] = time.perf_counter() - begun
    used["processor_seconds"] = sum(spent.values()) + (0 if os.getpid() in spent else time.process_time() - own)
    used["reports"] = count
    used["memory_mb"] = rss


def main(areas: int, processes: str, repeat: int, out: Path) -> Used:
    """Build and tell."""
    used: Used = {}
    begun = time.perf_counter()
    chain = batch.prepare(batch.Order("kommunprofil", out=out, force=True))
    used["prepare_seconds"] = time.perf_counter() - begun
    found, _ = batch.find(chain, (), every=True)
    step = max(1, len(found) // areas)
    jobs = [(chain, area) for area in found[::step][:areas]] * repeat
    if processes == "dask":
        with dask(2) as (address, pids):
            followed(dask_pool.build_on_cluster(address, jobs), pids, used)
    elif processes == "1":
        pass_over_what_stays()  # as the command line does
        followed(batch.build(jobs), [], used)
    else:
        count = int(processes)
        followed(pool.build_on(lambda: pool.processes(count), count, jobs), [], used)
    return used


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))))
