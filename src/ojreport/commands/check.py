"""``ojreport check``: what workbooks hold, what of it was not understood, and what does not add up."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ojreport.commands.options import OK, SOME_FAILED, Fresh, Layout, path_of
from ojreport.errors import OutputError, SourceError
from ojreport.model.results import Finding, Results, Severity
from ojreport.terminal import is_terminal, progress

if TYPE_CHECKING:
    from ojreport.analysis.check import EditionCheck
    from ojreport.catalogue import Catalogue
    from ojreport.render.check import Section

EXAMPLES = """\b
Examples:
  ojreport check oj-2020.xlsx
      one edition: what was read, and what was not understood
  ojreport check editions/ --all
      a folder of editions, with the differences between them and every note
  ojreport check editions/ --json
      the same for a program
  ojreport check editions/ --write-layout our-layout.toml
      a file to go through, where the headings that are in doubt can be pinned
"""
UNREADABLE = "unreadable"  # the kind of finding that a file becomes which can not be read at all
_COLOURS: Mapping[str, str] = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
_NUMBERS = ("answers", "shares", "numbers", "bortfall", "ej tillämplig", "sekretess")  # columns that stand to the right


def check(
    path: Annotated[list[Path], typer.Argument(parser=path_of, metavar="PATH", help="A workbook, or a folder of them.")],
    *,
    everything: Annotated[bool, typer.Option("--all", help="Show every indicator and every note.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write everything as JSON.")] = False,
    write_layout: Annotated[
        Path | None,
        typer.Option(parser=path_of, metavar="FILE", help="Draft a layout file, to pin the headings that are in doubt."),
    ] = None,
    layout: Layout = None,
    no_cache: Fresh = False,
) -> None:
    """Tell what the workbooks hold, what was not understood, and what does not add up.

    Exit code 1 when there are errors: something was left out, or is wrong.
    """
    with progress(2) as step:
        step("reading the workbooks")
        from ojreport.analysis.check import check_edition
        from ojreport.catalogue import load_catalogue
        from ojreport.render.check import check_json, counts, sections
        from ojreport.sources.pins import read_layout

        catalogue = load_catalogue()
        pins = read_layout(layout, catalogue) if layout else None
        results, others = _read(path, catalogue, pins, cache=not no_cache)
        step("checking")
        groups = (catalogue.riket(), *catalogue.lan_groups)
        checks = tuple(check_edition(results, year, groups, catalogue.breaks) for year in results.years)
    if write_layout is not None:
        _write_layout(write_layout, checks, catalogue)
    severities = Counter(f.severity for f in (*others, *(f for one in checks for f in one.findings)))
    if as_json:
        print(check_json(checks, others))
    else:
        _print(sections(checks, others, everything=everything))
        print(f"\n{counts(severities)}")
    raise typer.Exit(SOME_FAILED if severities[Severity.ERROR] else OK)


def _read(
    paths: Sequence[Path], catalogue: Catalogue, pins: Mapping[str, str] | None, *, cache: bool
) -> tuple[Results, tuple[Finding, ...]]:
    """What can be read, and an error for each file that can not; SourceError for a path that names nothing."""
    from ojreport.sources import load_results
    from ojreport.sources.workbook import find_files

    for path in paths:
        if not path.exists():
            raise SourceError(f"{path} does not exist; check the path")
    files = find_files(paths)
    try:
        return load_results(files, catalogue, cache=cache, layout=pins), ()
    except SourceError:  # one of them at least: which, and what do the others hold?
        pass
    years: dict[int, Path] = {}
    errors: list[Finding] = []
    for file in files:
        try:
            held = load_results([file], catalogue, cache=cache, layout=pins).years
        except SourceError as error:
            errors.append(Finding(Severity.ERROR, UNREADABLE, str(error), file.name))
            continue
        if (other := next((years[y] for y in held if y in years), None)) is None:
            years |= dict.fromkeys(held, file)
        else:
            message = f"{other} and {file} both hold the edition of {held[0]}; give only one of them"
            errors.append(Finding(Severity.ERROR, UNREADABLE, message, file.name))
    good = tuple(dict.fromkeys(years.values()))
    results = load_results(good, catalogue, cache=cache, layout=pins) if good else Results((), catalogue.indicators)
    return results, tuple(errors)


def _write_layout(path: Path, checks: Iterable[EditionCheck], catalogue: Catalogue) -> None:
    """Draft a layout file for what was not matched letter by letter; what stands there is never replaced."""
    from ojreport.analysis.check import Match
    from ojreport.files import write_all
    from ojreport.sources.pins import Unclear, draft_layout

    if path.exists():
        raise OutputError(f"{path} exists and may have been worked in; move it, or give --write-layout another name")
    unclear = [
        Unclear(c.heading, c.indicator.id if c.match is Match.SIMILAR else "")
        for one in checks
        for c in one.columns
        if c.match is not Match.EXACT
    ]
    taken = {c.indicator.id for one in checks for c in one.columns if c.match is Match.EXACT}
    write_all(path.parent, {path.name: draft_layout(unclear, catalogue, taken).encode()})
    many = len({u.heading for u in unclear})
    print(f"{path} has {many} heading{'' if many == 1 else 's'} to go through", file=sys.stderr)


def _print(found: Iterable[Section]) -> None:
    """Tables for the eye on a terminal; lines with tabs between their cells in a pipe."""
    if is_terminal(sys.stdout):
        _draw(found)
        return
    for number, section in enumerate(found):
        print(f"{chr(10) if number else ''}{section.title}")
        for row in (section.columns, *section.rows) if section.columns else section.rows:
            print("\t".join(row))


def _draw(found: Iterable[Section]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    for section in found:
        table = Table(
            title=Text(section.title, "bold"), title_justify="left", box=box.SIMPLE_HEAD, show_header=bool(section.columns)
        )
        for head in section.columns or ("", ""):
            table.add_column(head, overflow="fold", justify="right" if head in _NUMBERS else "left")
        for row in section.rows:
            table.add_row(*map(Text, row), style=_COLOURS.get(row[0]))  # Text: brackets in a heading are no mark-up
        console.print(table)
