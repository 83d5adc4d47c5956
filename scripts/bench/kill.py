"""A run that is killed at random moments, and then goes on: it must end with the files and bytes of an undisturbed one."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

SEED = 6


def files(folder: Path) -> dict[str, bytes]:
    """What a run has made, but for its record, which tells how long it took."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / "manifest.json"
    }


def kill_test(command: list[str], environment: dict[str, str], folder: Path, times: int) -> dict[str, object]:
    """How many of *times* killed runs of *command* (without --out) ended as an undisturbed one, and what was different."""
    begun = time.perf_counter()
    run_whole = partial(subprocess.run, env=environment, check=True, capture_output=True)
    run_whole([*command, "--out", folder / "whole"])
    whole, seconds = files(folder / "whole"), time.perf_counter() - begun
    count = sum(name.endswith(".pdf") for name in whole)
    moments, told = random.Random(SEED), []  # noqa: S311 - no secret
    for number in range(times):
        cut = folder / f"cut-{number}"
        moment = moments.uniform(0.3, 0.95) * seconds  # the workers are ready at a third
        with subprocess.Popen(  # noqa: S603 - the program itself
            [*command, "--out", cut], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as run:
            time.sleep(moment)
            run.kill()
        at_death = len(list(cut.rglob("*.pdf")))
        time.sleep(1.5)  # its workers have ended by now
        run_whole([*command, "--out", cut])
        left = files(cut)
        wrong = sorted(name for name in {*left, *whole} if left.get(name) != whole.get(name))
        told.append({"second": round(moment, 2), "PDFs_then": at_death, "wrong": wrong})
        shutil.rmtree(cut)
    amid = sum(0 < t["PDFs_then"] < count for t in told)
    return {"killed": times, "amid_writing": amid, "same": sum(not t["wrong"] for t in told), "runs": told}


if __name__ == "__main__":
    place, build = Path(sys.argv[1]), [sys.executable, "-m", "ojreport", "build", "kommunprofil", "--lan", "12"]
    print(kill_test(build, dict(os.environ), place, 10))
