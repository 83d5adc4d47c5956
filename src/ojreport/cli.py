"""The command line: the only place where everything is wired.

Results go to stdout, everything else to stderr. Exit codes: 0 all was built, 1 some of it failed, 2 wrong use.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TextIO, get_args

import typer

from ojreport import __version__
from ojreport.errors import OjreportError, ProofError, UsageError

if TYPE_CHECKING:
    from ojreport.batch import Outcome
    from ojreport.model.results import Finding

OK, SOME_FAILED, WRONG_USE = 0, 1, 2
TOLD = 5  # findings about the workbooks

EXAMPLES = """\b
Examples:
  ojreport build kommunprofil Kalmar
      deck, PDF and action plan for Kalmar, from the bundled example data
  ojreport build kommunprofil Kalmar "Göteborg, Angered" --year 2019 --format pdf
      two areas, one edition, only the PDF
  ojreport build kommunprofil 0880 --workbook oj-2019.xlsx --workbook oj-2020.xlsx
      from your own workbooks
  ojreport list areas
      what can stand as AREA
"""
BUILD_EXAMPLES = """\b
Examples:
  ojreport build kommunprofil Kalmar
  ojreport build kommunprofil Kalmar Nybro --workbook editions/ --out reports/
  ojreport build kommunprofil Kalmar --format pptx --pptx-template our-deck.pptx
  ojreport build my-profile.toml Kalmar --templates our-texts/
"""
LIST_EXAMPLES = """\b
Examples:
  ojreport list reports
  ojreport list areas --year 2019
  ojreport list editions --workbook editions/
"""

app = typer.Typer(
    help="Deck, PDF and action plan for a kommun, made from the workbooks of Öppna jämförelser.",
    epilog=EXAMPLES,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


Topic = Literal["reports", "areas", "groups", "indicators", "editions"]


def _path(text: str | Path) -> Path:
    """A path, and never an empty one, which would silently be the folder that one stands in."""
    if not str(text).strip():
        raise UsageError("a path that was given is empty; name a file or a folder, or leave the option out")
    return Path(text)


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise UsageError(f"'{text}' is not a year; give --year the year of an edition, such as 2019")
    return int(text)


Workbooks = Annotated[
    list[Path] | None,
    typer.Option(
        "--workbook",
        parser=_path,
        metavar="PATH",
        help="A workbook, or a folder of them; repeat for more. Without it: the bundled example data.",
    ),
]
Year = Annotated[
    int | None,
    typer.Option("--year", parser=_year, metavar="YEAR", help="The edition. Without it: the newest one that was read."),
]
Years = Annotated[
    list[int] | None,
    typer.Option("--year", parser=_year, metavar="YEAR", help="An edition; repeat for more. Without it: the newest."),
]
Fresh = Annotated[bool, typer.Option("--no-cache", help="Read the workbooks anew, and keep nothing of them.")]


def _version(wanted: bool) -> None:  # noqa: FBT001 - typer hands over the flag by place
    if wanted:
        print(f"ojreport {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    pass


@app.command(epilog=BUILD_EXAMPLES)
def build(  # noqa: PLR0913 - one parameter for each option
    report: Annotated[str, typer.Argument(metavar="REPORT", help="A report (ojreport list reports), or its .toml file.")],
    area: Annotated[list[str] | None, typer.Argument(metavar="AREA", help="A name, Kalmar, or a code, 0880.")] = None,
    *,
    workbook: Workbooks = None,
    year: Years = None,
    out: Annotated[Path, typer.Option(parser=_path, metavar="DIR", help="The folder for the results.")] = Path("output"),
    formats: Annotated[str | None, typer.Option("--format", help="pptx, pdf, xlsx, or several: pptx,pdf.")] = None,
    pptx_template: Annotated[
        Path | None, typer.Option(parser=_path, metavar="FILE", help="Your own deck template, .pptx or .potx.")
    ] = None,
    templates: Annotated[
        Path | None,
        typer.Option(parser=_path, metavar="DIR", help="A folder with your changed texts or theme.toml; they go first."),
    ] = None,
    charts: Annotated[
        Literal["native", "picture"], typer.Option(help="Charts in the deck: native ones can be edited.")
    ] = "native",
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=TEXT", help="What only you know: diarienummer=19/123; repeat.")
    ] = None,
    no_proof: Annotated[bool, typer.Option("--no-proof", help="Write the files without proof-reading them.")] = False,
    no_cache: Fresh = False,
) -> None:
    """Build a report for one area or more; AREA is a group for a regional compilation, and none for a faktablad.

    The files land in OUT/year/code-area/ and are listed, with their sizes, when all is done.
    """
    with _progress(1) as step:
        step("reading the workbooks")
        from ojreport import batch

        order = batch.Order(
            report=report,
            workbooks=tuple(workbook or ()),
            year=next(iter(year or ()), None),
            fields=_fields(set_ or ()),
            out=out,
            formats=_formats(formats),
            charts=charts,
            pptx_template=pptx_template,
            templates=templates,
            cache=not no_cache,
            proof=not no_proof,
        )
        chain = batch.prepare(order)
        chains = (chain, *(batch.in_year(chain, other) for other in (year or ())[1:]))
    _tell_findings(batch.findings(chain), bundled=not order.workbooks)
    found = [(each, *batch.find(each, area or ())) for each in chains]
    unknown = [outcome for _, _, outcomes in found for outcome in outcomes]
    for outcome in unknown:  # told before the first is built, for many areas take their time
        _report_failure(outcome)
    with _progress(sum(len(areas) for _, areas, _ in found)) as step:
        built = [outcome for each, areas, _ in found for outcome in batch.build(each, areas, step)]
    outcomes = (*unknown, *built)
    if chain.results.example and any(outcome.written for outcome in outcomes):
        print("The numbers are example data (Exempeldata); give your own with --workbook.", file=sys.stderr)
    _print_table((w.path, _size(w.size)) for outcome in outcomes for w in outcome.written)
    for outcome in built:
        _report_failure(outcome)
    if not all(isinstance(o.error, OjreportError) and not isinstance(o.error, ProofError) for o in outcomes):
        raise typer.Exit(SOME_FAILED if any(outcome.error for outcome in outcomes) else OK)
    raise typer.Exit(WRONG_USE)


@app.command("list", epilog=LIST_EXAMPLES)
def list_(
    topic: Annotated[Topic, typer.Argument(metavar="TOPIC", help=f"One of {', '.join(get_args(Topic))}.")],
    *,
    workbook: Workbooks = None,
    year: Year = None,
    no_cache: Fresh = False,
) -> None:
    """List what there is to choose from, one a line."""
    if topic == "reports":
        from ojreport.compose.definitions import list_definitions, load_definition
        from ojreport.resources import reports_folder

        folder = reports_folder()
        _print_table((name, ",".join(load_definition(name, folder).formats)) for name in list_definitions(folder))
        return
    from ojreport import batch

    catalogue, results = batch.read(tuple(workbook or ()), cache=not no_cache)
    if topic == "editions":
        editions = (results.edition(y) for y in results.years)
        _print_table((e.year, e.file, f"{len(e.areas)} areas", f"{len(e.cells)} indicators") for e in editions)
        return
    chosen = batch.year_of(results, year)
    if topic == "areas":
        _print_table((a.code, a.level, a.name) for a in catalogue.areas(chosen))
    elif topic == "groups":
        _print_table((g.id, g.kind, g.name, f"{len(g.members)} members", g.edition) for g in catalogue.groups.values())
    else:
        _print_table((i.id, i.dimension, i.title) for i in results.indicators_of(chosen))


def _fields(given: Iterable[str]) -> dict[str, str]:
    """The fields in FIELD=TEXT; UsageError for what is no such pair."""
    fields = {}
    for pair in given:
        name, mark, text = pair.partition("=")
        if not mark or not name.strip():
            raise UsageError(f"--set takes FIELD=TEXT, not “{pair}”")
        fields[name.strip()] = text.strip()
    return fields


def _formats(text: str | None) -> tuple[str, ...]:
    """The formats in a comma list, each once; none when nothing was said."""
    return () if text is None else tuple(dict.fromkeys(part.strip().lower() for part in text.split(",")))


def _is_terminal(stream: TextIO) -> bool:
    return stream.isatty()


def _size(size: int) -> str:
    """A size as one reads it on a terminal, in bytes for a program."""
    return f"{max(1, round(size / 1000))} kB" if _is_terminal(sys.stdout) else str(size)


def _print_table(rows: Iterable[Sequence[object]]) -> None:
    """Rows on stdout: in even columns on a terminal, with a tab between the cells in a pipe."""
    lines = [[str(cell) for cell in row] for row in rows]
    if not _is_terminal(sys.stdout):
        for line in lines:
            print("\t".join(line))
        return
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _tell_findings(findings: Sequence[Finding], *, bundled: bool) -> None:
    """What was not understood in the workbooks, the gravest first, a line each on stderr; of the *bundled* ones, what is news."""
    from ojreport.model.results import Severity

    found = [f for f in findings if not (bundled and f.kind == "similar-title")]
    told = [f for severity in (Severity.ERROR, Severity.WARNING) for f in found if f.severity is severity]
    for finding in told[:TOLD]:
        place = ", ".join(part for part in (finding.file, finding.sheet, finding.cell) if part)
        print(f"{finding.severity}: {place}: {finding.message}", file=sys.stderr)
    if len(told) > TOLD:
        print(f"… and {len(told) - TOLD} more", file=sys.stderr)


def _report_failure(outcome: Outcome) -> None:
    """A sentence on stderr when the area failed; with a traceback where the fault is ours."""
    if isinstance(outcome.error, OjreportError):
        _complain(str(outcome.error))
    elif outcome.error is not None:
        import traceback

        traceback.print_exception(outcome.error)
        _complain(f"{outcome.area} met a fault in the program itself; the lines above say where")


@contextmanager
def _progress(total: int) -> Iterator[Callable[[str], None]]:
    """A function to be told of each step before it begins: a bar on a terminal, a plain line in a pipe."""
    if not _is_terminal(sys.stderr):
        yield lambda text: print(text, file=sys.stderr, flush=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        done = 0

        def step(text: str) -> None:
            nonlocal done
            bar.update(task, description=text, completed=done)
            done += 1

        yield step


def _complain(sentence: str) -> None:
    print(f"ojreport: {sentence}", file=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line on *arguments* (those of the process when None); the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks å must not stop a build
    given = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    try:
        code = app(given, prog_name="ojreport", standalone_mode=False)
        sys.stdout.flush()
    except OjreportError as error:
        _complain(str(error))
        return WRONG_USE
    except typer.TyperException as error:  # an option or a verb that does not exist, a value that does not fit
        _complain(error.format_message().replace("Value error, ", ""))
        return WRONG_USE
    except BrokenPipeError:  # the reader of the pipe has left: nothing more to say, and no complaint at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return SOME_FAILED
    return code if isinstance(code, int) else OK
