"""One report in a warm process, stage by stage, as JSON: medians over kommuner that were not made before.

Milliseconds by the clock, and of the processor alone, which other programs on the machine disturb less.

single.py COUNT OUT
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ojreport import batch
from ojreport.compose import build_report
from ojreport.compose.trace import facts_of, trace
from ojreport.garbage import pass_over_what_stays
from ojreport.proof import proof
from ojreport.render.pdf import render_pdf
from ojreport.render.pptx import render_pptx
from ojreport.render.xlsx import render_xlsx

T = TypeVar("T")
WARMING = 8  # reports before the clock starts
MS = 1000


def main(count: int, out: Path) -> dict[str, tuple[float, float]]:
    """Milliseconds of each stage, and of a whole report."""
    taken: dict[str, list[tuple[float, float]]] = defaultdict(list)

    def clocked(stage: str, do: Callable[[], T]) -> T:
        begun, own = time.perf_counter(), time.process_time()
        done = do()
        taken[stage].append((MS * (time.perf_counter() - begun), MS * (time.process_time() - own)))
        return done

    clocked("read, first time", lambda: batch.read((), cache=False))
    batch.read(())
    for _ in range(3):
        clocked("read, cached", lambda: batch.read(()))
    chain = batch.prepare(batch.Order("kommunprofil", out=out, force=True))
    pass_over_what_stays()  # as the command line does, and each worker
    areas = batch.find(chain, (), every=True)[0]
    areas = areas[:: len(areas) // (2 * count + WARMING)]
    for area in areas[:WARMING]:
        batch.delivered(chain, area, batch.make(chain, area), 0.0)
    for area in areas[WARMING : WARMING + count]:
        clocked("whole", lambda area=area: batch.delivered(chain, area, batch.make(chain, area), 0.0))
    for area in areas[WARMING + count : WARMING + 2 * count]:
        report = clocked(
            "compose",
            lambda area=area: build_report(chain.definition, chain.results, chain.catalogue, area, chain.year, chain.texts),
        )
        products = {"k.pptx": report.deck, "k.pdf": report.document, "k.xlsx": report.workbook}
        made = {
            "k.pptx": clocked("deck", lambda r=report: render_pptx(r.deck, chain.theme, chain.deck_template, "native")),
            "k.pdf": clocked("PDF", lambda r=report: render_pdf(r.document, chain.theme)),
            "k.xlsx": clocked("plan", lambda r=report: render_xlsx(r.workbook, chain.theme)),
        }
        for file, content in made.items():
            one = {file: content}, {file: products[file]}
            clocked(f"proof {file[2:]}", lambda one=one: proof(*one, native=True, logo=""))
        stated = [(file, fact) for file, product in products.items() for fact in facts_of(product)]
        made["k.trace.json"] = clocked("trace", lambda r=report, s=stated: trace(r.document, s))
        clocked("write", lambda m=made, a=area: batch.delivered(chain, a, m, 0.0))
    return {
        stage: (statistics.median(wall for wall, _ in times), statistics.median(own for _, own in times))
        for stage, times in taken.items()
    }


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), Path(sys.argv[2]))))
