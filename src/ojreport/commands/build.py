"""``ojreport build``: one report or more, about one area or all of them."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal
from unicodedata import category

import typer

from ojreport.commands.options import OK, SOME_FAILED, STOPPED, WRONG_USE, Fresh, Layout, Workbooks, Years, path_of
from ojreport.errors import DiskFullError, LostError, OjreportError, OutputError, ProofError, UsageError
from ojreport.garbage import pass_over_what_stays
from ojreport.terminal import FEW, Progress, complain, is_terminal, print_table, run_progress, size, tell_findings

if TYPE_CHECKING:
    from ojreport.batch import Job, Outcome

EXAMPLES = """\b
Examples:
  ojreport build kommunprofil Kalmar
  ojreport build kommunprofil,namndunderlag Kalmar Nybro --workbook editions/ --out reports/
  ojreport build kommunprofil --all --jobs 4
  ojreport build kommunprofil --all --scheduler tcp://192.168.1.10:8786
  ojreport build kommunprofil --lan 08 --lan "Gotlands län" --year 2018 --year 2019
  ojreport build regional GR "Skåne län" our-neighbours.csv
  ojreport build faktablad --year 2019
  ojreport build namndunderlag Kalmar --set diarienummer="SN 2020/123" --set till=Socialnämnden
  ojreport build kommunprofil Kalmar --format pptx --pptx-template our-deck.pptx
  ojreport build my-profile.toml Kalmar --templates our-texts/
"""
NOT_THE_USERS = (ProofError, DiskFullError, LostError)  # faults that a better command does not mend
WORTH_A_POOL = 4  # reports: fewer are made sooner in this process than others are started


def build(  # noqa: PLR0913 - one parameter for each option
    report: Annotated[
        str, typer.Argument(metavar="REPORT", help="A report (ojreport list reports), its .toml file, or several: a,b.")
    ],
    area: Annotated[
        list[str] | None,
        typer.Argument(metavar="AREA", help="A name, Kalmar, or a code, 0880; a group for regional; none for faktablad."),
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="All kommuner that the edition has.")] = False,
    lan: Annotated[list[str] | None, typer.Option("--lan", metavar="LÄN", help="All kommuner of a län; repeat for more.")] = None,
    group: Annotated[list[str] | None, typer.Option(metavar="NAME", help="All kommuner of a group; repeat for more.")] = None,
    workbook: Workbooks = None,
    layout: Layout = None,
    objections: Annotated[
        Path | None,
        typer.Option(parser=path_of, metavar="FILE", help="What kommuner say against official values, a .toml file."),
    ] = None,
    year: Years = None,
    out: Annotated[Path, typer.Option(parser=path_of, metavar="DIR", help="The folder for the results.")] = Path("output"),
    formats: Annotated[str | None, typer.Option("--format", help="pptx, pdf, xlsx, or several: pptx,pdf.")] = None,
    pptx_template: Annotated[
        Path | None, typer.Option(parser=path_of, metavar="FILE", help="Your own deck template, .pptx or .potx.")
    ] = None,
    templates: Annotated[
        Path | None,
        typer.Option(parser=path_of, metavar="DIR", help="A folder with your changed texts or theme.toml; they go first."),
    ] = None,
    charts: Annotated[
        Literal["native", "picture"], typer.Option(help="Charts in the deck: native ones can be edited.")
    ] = "native",
    fields: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=TEXT", help="What only you know: diarienummer=19/123; repeat.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=0, metavar="N", help="Processes at work; 0 is one for each core.")] = 0,
    scheduler: Annotated[
        str | None, typer.Option(metavar="tcp://HOST:PORT", help="Build on the workers of a Dask scheduler instead.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Make also what stands already as it would be made.")] = False,
    no_proof: Annotated[bool, typer.Option("--no-proof", help="Write the files without proof-reading them.")] = False,
    no_cache: Fresh = False,
) -> None:
    """Build a report, or several, for one area or many.

    The files land in OUT/year/code-area/ and are listed, with their sizes, when all is done. What an earlier run has made from
    the same workbooks, texts and templates is left as it stands, so that a run that was stopped goes on where it was.
    """
    with run_progress() as bar:
        bar.begin("", 1)
        bar.tell("reading the workbooks")
        from ojreport import batch
        from ojreport.files import check_folder
        from ojreport.lock import locked

        order = batch.Order(
            report="",
            workbooks=tuple(workbook or ()),
            layout=layout,
            objections=objections,
            year=next(iter(year or ()), None),
            fields=_fields(fields or ()),
            out=out,
            formats=_formats(formats),
            charts=charts,
            pptx_template=pptx_template,
            templates=templates,
            cache=not no_cache,
            proof=not no_proof,
            force=force,
        )
        chains = batch.prepare_all(order, _parts(report), tuple(year or ())[1:])
        tell_findings(batch.findings(chains[0]), bundled=not order.workbooks)
        found = [(chain, *batch.find(chain, area or (), every=every, groups=(*(lan or ()), *(group or ())))) for chain in chains]
        unknown = [outcome for _, _, outcomes in found for outcome in outcomes]
        for outcome in unknown:  # told before the first is built, for many areas take their time
            _report_failure(outcome)
        work = [(chain, area) for chain, areas, _ in found for area in areas]
        built: list[Outcome] = []
        ended = OK
        if work:
            check_folder(out)  # now, and not when all has been made
            with locked(out):
                bar.begin("building" if len(work) > FEW else "", len(work))
                built, ended = _run(work, _outcomes(work, jobs, scheduler), bar)
                if len(unknown) + len(work) > 1:
                    try:
                        batch.write_record(out, [*unknown, *built], len(unknown) + len(work))
                    except OutputError as error:  # the reports that were made are told of all the same
                        complain(str(error))
                        ended = ended or SOME_FAILED
    _conclude([*unknown, *built], len(work) - len(built), example=chains[0].results.example, ended=ended)


def _outcomes(work: Sequence[Job], jobs: int, scheduler: str | None) -> Iterator[Outcome]:
    """The outcomes as they come, from a cluster, from processes of this machine, or from here where there is little to do."""
    from ojreport import batch

    count = min(jobs or os.cpu_count() or 1, len(work))
    if scheduler is not None:
        from ojreport import dask_pool

        return dask_pool.build_on_cluster(scheduler, work)
    if count > 1 and len(work) >= WORTH_A_POOL:
        from ojreport import pool

        return pool.build_on(lambda: pool.processes(count), count, work)
    pass_over_what_stays()
    return batch.build(work)


def _run(work: Sequence[Job], coming: Iterable[Outcome], bar: Progress) -> tuple[list[Outcome], int]:
    """The outcomes in the order of *work*, and the exit code where the run was stopped before all was done."""
    outcomes: list[Outcome] = []
    try:
        for outcome in coming:
            outcomes.append(outcome)
            bar.done(outcome.area, failed=outcome.error is not None)
            if isinstance(outcome.error, DiskFullError) and len(outcomes) < len(work):
                return outcomes, SOME_FAILED
    except KeyboardInterrupt:
        return outcomes, STOPPED
    except LostError as error:  # the cluster as a whole
        complain(str(error))
        return outcomes, SOME_FAILED
    place = {(chain.definition.id, chain.year, area.code): n for n, (chain, area) in enumerate(work)}
    return sorted(outcomes, key=lambda o: place[o.report, o.year, o.code]), OK


def _conclude(outcomes: Sequence[Outcome], left: int, *, example: bool, ended: int) -> None:
    """The closing table, every failure, and the exit code."""
    if example and any(outcome.written for outcome in outcomes):
        print("The numbers are example data (Exempeldata); give your own with --workbook.", file=sys.stderr)
    if len(outcomes) > FEW and is_terminal(sys.stdout):
        kinds = {
            "made": [o for o in outcomes if o.written and not o.unchanged],
            "unchanged": [o for o in outcomes if o.unchanged],
            "failed": [o for o in outcomes if o.error],
        }
        print_table((kind, len(found)) for kind, found in kinds.items())
    else:
        print_table((w.path, size(w.size)) for outcome in outcomes for w in outcome.written)
    if outcomes and all(outcome.unchanged for outcome in outcomes):
        print("Nothing was changed since these were made; --force makes them anew.", file=sys.stderr)
    for outcome in outcomes:
        if outcome.year:  # what stands for no area was told before
            _report_failure(outcome)
    if left:
        complain(f"stopped with {left} left; the same command goes on where this one was")
    if ended != OK:
        raise typer.Exit(ended)
    if outcomes and all(isinstance(o.error, OjreportError) and not isinstance(o.error, NOT_THE_USERS) for o in outcomes):
        raise typer.Exit(WRONG_USE)
    raise typer.Exit(SOME_FAILED if any(outcome.error for outcome in outcomes) else OK)


def _report_failure(outcome: Outcome) -> None:
    """A sentence on stderr when the area failed; with a traceback where the fault is ours."""
    if isinstance(outcome.error, OjreportError):
        complain(str(outcome.error))
    elif outcome.error is not None:
        traceback.print_exception(outcome.error)
        complain(f"{outcome.area} met a fault in the program itself; the lines above say where")


def _parts(text: str) -> tuple[str, ...]:
    """The parts of a comma list, each once."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _formats(text: str | None) -> tuple[str, ...]:
    """The formats in a comma list; none when nothing was said."""
    return () if text is None else tuple(dict.fromkeys(part.strip().lower() for part in text.split(",")))


def _fields(given: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The fields in FIELD=TEXT; UsageError for what is no such pair."""
    fields = {}
    for pair in given:
        name, mark, text = pair.partition("=")
        if not mark or not name.strip():
            raise UsageError(f"--set takes FIELD=TEXT, not “{pair}”")
        text = "\n".join(text.splitlines())
        if odd := [ascii(c) for c in text if c in "\ufffe\uffff" or (c not in "\n\t" and category(c) in ("Cc", "Cs"))]:
            raise UsageError(f"--set {name.strip()}: {', '.join(odd)} can not be written in a report; take it out")
        fields[name.strip()] = text.strip()
    return tuple(fields.items())
