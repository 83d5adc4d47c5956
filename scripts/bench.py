"""How fast it is: one report, many, on one process and more, against what a good analyst would write. A table, and JSON.

    python3 scripts/bench.py                     all 290 kommuner; some minutes
    python3 scripts/bench.py --areas 40          fewer
    python3 scripts/bench.py --kill --long       also ten killed runs, and 2,900 reports

Each part runs in a fresh process, one after the other, in the same run and on the same machine: the ratios are the result and not
the seconds. Results land in a temporary folder, with a cache and compiled modules of their own, as an installed program has.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.kill import kill_test

HERE = Path(__file__).resolve().parent
SAMPLE = 12  # reports that the baseline makes, unless --whole-baseline
WARM = 24  # reports that a stage's median is of
Parts = dict[str, Any]


def _load() -> float:
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


class Bench:
    """Runs the parts, each in a fresh process, and keeps what they tell."""

    def __init__(self, folder: Path, areas: int) -> None:
        self.folder, self.areas = folder, areas
        self.told: Parts = {
            "machine": platform.platform(),
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "areas": areas,
        }
        kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        path = os.pathsep.join(filter(None, (str(HERE.parent / "src"), os.environ.get("PYTHONPATH"))))
        own = {"PYTHONPATH": path, "PYTHONPYCACHEPREFIX": str(folder / "pyc"), "OJREPORT_CACHE": str(folder / "cache")}
        self.environment = {**kept, **own, "MPLCONFIGDIR": str(folder / "mpl")}

    def part(self, name: str, script: str, *arguments: object) -> Parts:
        """What *script* in bench/ prints as JSON, kept as *name* with the machine's load before it."""
        load = _load()
        command = [sys.executable, str(HERE / "bench" / script), *map(str, arguments)]
        run = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own scripts
        if run.returncode:
            sys.exit(f"{name}: {run.stderr}")
        told: Parts = {**json.loads(run.stdout.splitlines()[-1]), "load_before": round(load, 2)}
        self.told[name] = told
        print(f"  {name} done", file=sys.stderr, flush=True)
        return told

    def many(self, name: str, processes: object, repeat: int = 1, areas: int = 0) -> Parts:
        """A part of many reports."""
        return self.part(name, "many.py", areas or self.areas, processes, repeat, self.folder / "out" / name.replace(" ", "-"))

    def build(self) -> list[str]:
        """The command line's build of one report, without areas and --out."""
        return [sys.executable, "-m", "ojreport", "build", "kommunprofil"]


def cold(bench: Bench, times: int = 5) -> None:
    """Seconds of the command line for one kommun; the first run compiles and fills the cache."""
    taken = []
    for number in range(times + 1):
        begun = time.perf_counter()
        command = [*bench.build(), "Kalmar", "--out", str(bench.folder / "out" / f"cold-{number}")]
        subprocess.run(command, env=bench.environment, check=True, capture_output=True)  # noqa: S603 - the program itself
        taken.append(time.perf_counter() - begun)
    bench.told["cold"] = {"first_ever": taken[0], "median": statistics.median(taken[1:]), "least": min(taken[1:])}


def baseline(bench: Bench, *, whole: bool) -> Parts:
    """Seconds a report of the baseline; of a sample, spread over the country, unless *whole*."""
    listed = subprocess.run(
        [sys.executable, "-m", "ojreport", "list", "areas"], env=bench.environment, capture_output=True, text=True, check=True
    )
    codes = [line.split("\t")[0] for line in listed.stdout.splitlines()]
    kommuner = [code for code in codes if len(code) == 4 and code.isdigit()]  # noqa: PLR2004 - länskod and löpnummer
    count = bench.areas if whole else min(SAMPLE, bench.areas)
    return bench.part("baseline", "baseline.py", ",".join(kommuner[:: len(kommuner) // count][:count]), bench.folder / "baseline")


def rows(told: Parts) -> list[tuple[str, str, str]]:
    """The table: what, how much, and the goal."""
    one, two, base, single = told["1 process"], told["2 processes"], told["baseline"], told["single"]
    count = two["reports"]
    whole_base = base["read"] + base["each"] * count
    whole_base_cpu = base["read_cpu"] + base["each_cpu"] * count
    made = [
        ("one report from the command line, cold", f"{told['cold']['median']:.2f} s", "≤ 1.5 s"),
        ("the same, first time ever (compiling, reading)", f"{told['cold']['first_ever']:.2f} s", ""),
        *(
            (f"  warm: {stage} (processor)", f"{wall:.0f} ms ({own:.0f})", "≤ 150 ms" if stage == "whole" else "")
            for stage, (wall, own) in single.items()
        ),
        (f"{count} reports on 1 process", f"{one['seconds']:.1f} s", ""),
        (f"{count} reports on 2 processes", f"{two['seconds']:.1f} s", "≤ 45 s for 290"),
        ("1 process / 2 processes", f"{one['seconds'] / two['seconds']:.2f}", "≥ 1.8"),
        ("  in processor seconds, were both cores free", f"{2 * one['processor_seconds'] / two['processor_seconds']:.2f}", ""),
        ("baseline, a report", f"{base['each']:.2f} s", ""),
        (f"baseline, {count} reports / 2 processes", f"{whole_base / two['seconds']:.1f}", "≥ 10"),
        (f"baseline, {count} reports / 1 process", f"{whole_base / one['seconds']:.1f}", ""),
        ("  the same in processor seconds", f"{whole_base_cpu / one['processor_seconds']:.1f}", ""),
    ]
    if "dask" in told:
        made.append(("Dask, 2 workers / 2 processes", f"{told['dask']['seconds'] / two['seconds']:.2f}", "≤ 1.25"))
    if ten := told.get("10 reports"):
        made.append((f"{count} reports / 10 reports", f"{two['seconds'] / ten['seconds']:.1f}", ""))
    if long := told.get("ten times as many"):
        ratio = long["seconds"] / two["seconds"]
        made.append((f"{long['reports']} reports / {count} reports", f"{ratio:.2f}", "≤ 10.5"))
        made.append((f"memory of a worker at report {long['reports']}", f"{list(long['memory_mb'].values())[-1]:.0f} MB", ""))
    rss = {int(n): mb for n, mb in two["memory_mb"].items()}
    if rss:
        early = min(rss, key=lambda n: abs(n - 50))
        made.append(
            (f"memory of a worker at report {early} → {max(rss)}", f"{rss[early]:.0f} → {rss[max(rss)]:.0f} MB", "no growth")
        )
        made.append(("memory of a worker at most", f"{max(rss.values()):.0f} MB", "≤ 350 MB"))
    if kill := told.get("kill"):
        made.append(("killed runs that went on to the same bytes", f"{kill['same']} of {kill['killed']}", "all"))
        made.append(("  of them killed when some files stood and some did not", str(kill["amid_writing"]), ""))
    return made


def main() -> None:
    """Run the parts and print what they tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--areas", type=int, default=290, help="how many kommuner (290)")
    parser.add_argument("--json", type=Path, help="where the JSON lands; else beside the results")
    parser.add_argument("--whole-baseline", action="store_true", help=f"the baseline makes all, and not a sample of {SAMPLE}")
    parser.add_argument("--long", action="store_true", help="also ten times as many reports")
    parser.add_argument("--kill", action="store_true", help="also ten runs that are killed and go on")
    parser.add_argument("--no-dask", action="store_true", help="leave out the Dask cluster")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ojreport-bench-") as name:
        bench = Bench(Path(name), given.areas)
        parts: list[tuple[bool, Callable[[], object]]] = [
            (True, lambda: cold(bench)),
            (True, lambda: bench.part("single", "single.py", WARM, bench.folder / "out" / "single")),
            (True, lambda: baseline(bench, whole=given.whole_baseline)),
            (True, lambda: bench.many("10 reports", 2, areas=10)),
            (True, lambda: bench.many("2 processes", 2)),
            (not given.no_dask, lambda: bench.many("dask", "dask")),
            (True, lambda: bench.many("1 process", 1)),
            (given.long, lambda: bench.many("ten times as many", 2, repeat=10)),
            (given.kill, lambda: bench.told.update(kill=kill_test(_lan(bench), bench.environment, bench.folder / "kill", 10))),
        ]
        for wanted, part in parts:
            if wanted:
                part()
        load = bench.told["single"].pop("load_before")
        bench.told["load"] = {"before": load, "after": round(_load(), 2)}
        for what, how_much, goal in rows(bench.told):
            print(f"{what:52} {how_much:>14}   {goal}")
    target = given.json or Path(tempfile.gettempdir()) / "ojreport-bench.json"
    target.write_text(json.dumps(bench.told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    load = bench.told["load"]
    print(f"\nload {load['before']} → {load['after']} on {os.cpu_count()} cores; all numbers in {target}")


def _lan(bench: Bench) -> list[str]:
    """The build of a län of 33 kommuner."""
    return [*bench.build(), "--lan", "12", "--jobs", "2"]


if __name__ == "__main__":
    main()
