"""``ojreport list``: what there is to choose from."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import typer

from ojreport.commands.options import Fresh, Layout, Workbooks, Year
from ojreport.terminal import print_table

EXAMPLES = """\b
Examples:
  ojreport list reports
  ojreport list areas --year 2019
  ojreport list editions --workbook editions/
"""
Topic = Literal["reports", "areas", "groups", "indicators", "editions"]


def list_(
    topic: Annotated[Topic, typer.Argument(metavar="TOPIC", help=f"One of {', '.join(get_args(Topic))}.")],
    *,
    workbook: Workbooks = None,
    layout: Layout = None,
    year: Year = None,
    no_cache: Fresh = False,
) -> None:
    """List what there is to choose from, one a line."""
    if topic == "reports":
        from ojreport.compose.definitions import list_definitions, load_definition
        from ojreport.resources import reports_folder

        folder = reports_folder()
        print_table((name, ",".join(load_definition(name, folder).formats)) for name in list_definitions(folder))
        return
    from ojreport import batch

    catalogue, results = batch.read(tuple(workbook or ()), cache=not no_cache, layout=layout)
    if topic == "editions":
        editions = (results.edition(y) for y in results.years)
        print_table((e.year, e.file, f"{len(e.areas)} areas", f"{len(e.cells)} indicators") for e in editions)
        return
    chosen = batch.year_of(results, year)
    if topic == "areas":
        print_table((a.code, a.level, a.name) for a in catalogue.areas(chosen))
    elif topic == "groups":
        groups = (*catalogue.groups.values(), *catalogue.lan_groups, *catalogue.kommungrupper)
        print_table((g.id, g.kind, g.name, f"{len(g.members)} members", g.edition) for g in groups)
    else:
        print_table((i.id, i.dimension, i.title) for i in results.indicators_of(chosen))
