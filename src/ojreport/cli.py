"""The command line: the only place where everything is wired.

Results go to stdout, everything else to stderr. Exit codes: 0 all was built, 1 some of it failed, 2 wrong use, 130 stopped.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from ojreport import __version__
from ojreport.commands import build, check, export, fetch, listing, mail
from ojreport.commands.options import OK, SOME_FAILED, STOPPED, WRONG_USE
from ojreport.errors import OjreportError
from ojreport.garbage import collect_seldom, pass_over_what_stays
from ojreport.terminal import complain

EXAMPLES = """\b
Examples:
  ojreport build kommunprofil Kalmar
      deck, PDF and action plan for Kalmar, from the bundled example data
  ojreport build kommunprofil Kalmar "Göteborg, Angered" --year 2019 --format pdf
      two areas, one edition, only the PDF
  ojreport build kommunprofil 0880 --workbook oj-2019.xlsx --workbook oj-2020.xlsx
      from your own workbooks
  ojreport build regional GR
      a region's kommuner and stadsdelar side by side
  ojreport check editions/
      what your own workbooks hold, and what was not understood
  ojreport export Kalmar --to kalmar.csv
      every answer, with the cell that it stands in
  ojreport fetch kolada --kpi U35548
      a figure from Kolada, to stand beside the results
  ojreport mail mottagare.csv --allow-domain kalmar.se
      what would be sent to whom; with --send it is
  ojreport list areas
      what can stand as AREA
"""

app = typer.Typer(
    help="Deck, PDF and action plan for a kommun, made from the workbooks of Öppna jämförelser.",
    epilog=EXAMPLES,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("build", epilog=build.EXAMPLES)(build.build)
app.command("check", epilog=check.EXAMPLES)(check.check)
app.command("export", epilog=export.EXAMPLES)(export.export)
app.command("fetch", epilog=fetch.EXAMPLES)(fetch.fetch)
app.command("mail", epilog=mail.EXAMPLES)(mail.mail)
app.command("list", epilog=listing.EXAMPLES)(listing.list_)


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


def _stdout_is_lost() -> bool:
    """Whether what is printed arrives nowhere: one more line fails too."""
    try:
        print(flush=True)
    except OSError:
        return True
    return False


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line on *arguments* (those of the process when None); the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that lacks å must not stop a build
    collect_seldom()
    given = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    try:
        code = app(given, prog_name="ojreport", standalone_mode=False)
        sys.stdout.flush()
    except OjreportError as error:
        complain(str(error))
        return WRONG_USE
    except typer.TyperException as error:  # an option or a verb that does not exist, a value that does not fit
        complain(error.format_message())
        return WRONG_USE
    except (KeyboardInterrupt, typer.Abort):
        complain("stopped")
        return STOPPED
    except OSError as error:
        if not (isinstance(error, BrokenPipeError) or _stdout_is_lost()):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # no complaint at exit
        if not isinstance(error, BrokenPipeError):  # the reader of the pipe has left: nothing more to say
            complain(f"what is found can not be printed ({(error.strerror or str(error)).lower()}); send it elsewhere")
        return SOME_FAILED
    finally:
        pass_over_what_stays()  # else Python looks through all of it once more before it ends
    return code if isinstance(code, int) else OK
