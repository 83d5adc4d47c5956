"""breaks.toml: where a series is cut, and why."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ojreport.catalogue.reading import read_toml
from ojreport.model.indicator import Break

FILE = "breaks.toml"
LONGEST_LABEL = 25  # characters beside a gap in a chart


def load_breaks(folder: Path, indicators: Collection[str]) -> tuple[Break, ...]:
    """The breaks in the file's order; each names one of *indicators*, or ``*`` (raises CatalogueError)."""
    file = read_toml(folder / FILE)
    file.allow("breaks")
    found: dict[tuple[str, int, int], Break] = {}
    for table in file.array("breaks"):
        table.allow("indicator", "before", "after", "reason", "short", "note_only", "explains")
        one = Break(
            indicator=table.text("indicator"),
            before=table.integer("before"),
            after=table.integer("after"),
            reason=table.text("reason"),
            short=table.text("short"),
            note_only=table.flag("note_only"),
            explains=table.flag("explains"),
        )
        if one.indicator != "*" and one.indicator not in indicators:
            table.fail("indicator", f"indicator {one.indicator} is not in indicators.toml.")
        if one.before >= one.after:
            table.fail("after", f"after ({one.after}) must be later than before ({one.before}).")
        if len(one.short) > LONGEST_LABEL:
            table.fail("short", f"short has {len(one.short)} characters; at most {LONGEST_LABEL} fit in a chart.")
        key = (one.indicator, one.before, one.after)
        if key in found:
            table.fail("indicator", f"the break of {one.indicator} between {one.before} and {one.after} stands twice.")
        found[key] = one
    return tuple(found.values())
