"""``ojreport fetch``: figures of another source, brought into a local file that the other verbs read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal, get_args

import typer

from ojreport.commands.options import path_of, year_of
from ojreport.errors import UsageError
from ojreport.terminal import print_table, progress, size

EXAMPLES = """\b
Examples:
  ojreport fetch kolada --kpi U35548
      one KPI, for all kommuner and years
  ojreport fetch kolada --kpi U35548 --to kolada.json
      a KPI, all kommuner and years, to be given with --workbook beside the workbooks
  ojreport fetch kolada --kpi U35548 --kpi N30001 --year 2023 --year 2024 --group "Kalmar läns kommuner"
      two KPIs and two years, with Kolada's own unweighted mean of a group
"""
Source = Literal["kolada"]


def fetch(
    source: Annotated[Source, typer.Argument(metavar="SOURCE", help=f"Where from: {', '.join(get_args(Source))}.")],  # noqa: ARG001 - one so far
    *,
    kpi: Annotated[list[str], typer.Option("--kpi", metavar="ID", help="A KPI by its id, U35548; repeat for more.")],
    to: Annotated[Path, typer.Option(parser=path_of, metavar="FILE", help="The file that is written.")] = Path("kolada.json"),
    year: Annotated[
        list[int] | None,
        typer.Option(parser=year_of, metavar="YEAR", help="A year; repeat for more. Without it: every year."),
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="A group by id or title, with its figures; repeat for more. Without it: members alone."
        ),
    ] = None,
    gender: Annotated[bool, typer.Option("--gender", help="Also the figures of women and of men.")] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Ask for everything again, and keep nothing of it.")] = False,
) -> None:
    """Fetch figures from Kolada into a local file, for --workbook.

    They are a source of their own and are never mixed with the shares of Öppna jämförelser.
    """
    from ojreport.sources.kolada.file import SUFFIX

    if to.suffix.lower() != SUFFIX:
        raise UsageError(f"{to} must end with {SUFFIX}, for that is what is written")
    with progress(4) as step:
        from ojreport.files import write_all
        from ojreport.sources.kolada.client import Client
        from ojreport.sources.kolada.fetch import fetch_kolada

        with Client(cache=not no_cache) as client:
            fetched = fetch_kolada(client, kpi, year or (), groups=tuple(group or ()), gender=gender, step=step)
        step(f"writing {to.name}")
        written = write_all(to.parent, {to.name: fetched.content})
    for finding in fetched.findings:
        print(f"{finding.severity}: {finding.file}: {finding.message}", file=sys.stderr)
    print_table((w.path, size(w.size)) for w in written)
