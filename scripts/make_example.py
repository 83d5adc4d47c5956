"""Make the example workbooks, one per edition 2016-2020, the same bytes at every run.

    python scripts/make_example.py [--out FOLDER]

Without ``--out`` they are written where the package keeps them. What is published comes out of them when it is counted;
everything else is drawn. See ``scripts/example/``.
"""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path

from example.draw import draw
from example.facts import HERE, load
from example.layouts import LAYOUTS
from example.rows import Edition
from example.tally import tally
from example.workbook import workbook_bytes

PACKAGE = Path(__file__).parents[1] / "src" / "ojreport" / "example"


def make(out: Path) -> None:
    """Write the five workbooks into the folder *out* and print a line for each."""
    facts = load()
    texts = tomllib.loads((HERE / "texts.toml").read_text("utf-8"))
    out.mkdir(parents=True, exist_ok=True)
    for layout in LAYOUTS:
        answers = draw(facts, layout.year)
        edition = Edition(facts, layout.year, answers, tally(facts, layout.year, answers))
        path = out / f"oj-missbruk-{layout.year}.xlsx"
        path.write_bytes(workbook_bytes(edition, layout, texts))
        print(f"{path.name}: {len(layout.sheets)} result sheets, {path.stat().st_size // 1024} KB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Make the example workbooks.")
    parser.add_argument("--out", type=Path, default=PACKAGE, help="folder to write to (default: the package's)")
    make(parser.parse_args().out)
