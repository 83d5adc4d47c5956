"""What the command line prints: results on stdout, all else on stderr; columns and a bar for people, plain lines in a pipe."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, TextIO

if TYPE_CHECKING:
    from ojreport.model.results import Finding

TOLD = 5  # findings about the workbooks
PAUSE = 5.0  # seconds between two lines about how far a long run has come, in a pipe
FEW = 10  # areas that are each told of by name


def is_terminal(stream: TextIO) -> bool:
    """Whether a person reads the stream as it comes."""
    return stream.isatty()


def complain(sentence: str) -> None:
    """A fault in one sentence, on stderr."""
    print(f"ojreport: {sentence}", file=sys.stderr)


def size(size: int) -> str:
    """A size as one reads it on a terminal, in bytes for a program."""
    return f"{max(1, round(size / 1000))} kB" if is_terminal(sys.stdout) else str(size)


def print_table(rows: Iterable[Sequence[object]]) -> None:
    """Rows on stdout: in even columns on a terminal, with a tab between the cells in a pipe."""
    lines = [[str(cell) for cell in row] for row in rows]
    if not is_terminal(sys.stdout):
        for line in lines:
            print("\t".join(line))
        return
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def tell_findings(findings: Sequence[Finding], *, bundled: bool) -> None:
    """What was not understood in the workbooks, the gravest first, a line each on stderr; of the *bundled* ones, what is news."""
    from ojreport.model.results import Severity

    found = [f for f in findings if not (bundled and f.kind == "similar-title")]
    told = [f for severity in (Severity.ERROR, Severity.WARNING) for f in found if f.severity is severity]
    for finding in told[:TOLD]:
        place = ", ".join(part for part in (finding.file, finding.sheet, finding.cell) if part)
        print(f"{finding.severity}: {place}: {finding.message}", file=sys.stderr)
    if len(told) > TOLD:
        print(f"… and {len(told) - TOLD} more; ojreport check shows them all", file=sys.stderr)


@contextmanager
def progress(total: int) -> Iterator[Callable[[str], None]]:
    """A function to be told of each of *total* steps before it begins: a bar on a terminal, a plain line in a pipe."""
    with run_progress() as bar:
        bar.begin("", total)
        begun = 0

        def step(text: str) -> None:
            nonlocal begun
            bar.tell(text, begun)
            begun += 1

        yield step


class Progress(Protocol):
    """How far a run has come."""

    def begin(self, text: str, total: int) -> None:
        """A new task of *total* parts."""

    def tell(self, text: str, done: int = 0) -> None:
        """What is being done now, when *done* parts are."""

    def done(self, text: str, *, failed: bool = False) -> None:
        """One part is done."""


@contextmanager
def run_progress() -> Iterator[Progress]:
    """A bar with count, rate and remaining time on a terminal; in a pipe a line for each of a few, and now and then of many."""
    if not is_terminal(sys.stderr):
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[told]}", markup=False),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _Bar(bar)


class _Lines:
    """Plain lines: each step of a short run, now and then of a long one."""

    def __init__(self) -> None:
        self._total = self._count = self._failed = 0
        self._begun = self._told = time.monotonic()

    def begin(self, text: str, total: int) -> None:
        self._total, self._count, self._failed = total, 0, 0
        self._begun = self._told = time.monotonic()
        if text:
            self.tell(text)

    def tell(self, text: str, done: int = 0) -> None:  # noqa: ARG002 - a line has no bar
        print(text, file=sys.stderr, flush=True)

    def done(self, text: str, *, failed: bool = False) -> None:
        self._count += 1
        self._failed += failed
        now = time.monotonic()
        if self._total <= FEW:
            self.tell(text)
        elif now - self._told >= PAUSE or self._count == self._total:
            self._told = now
            rate = self._count / max(now - self._begun, 1e-6)
            left = (self._total - self._count) / rate
            failures = f", {self._failed} failed" if self._failed else ""
            self.tell(f"{self._count} of {self._total} ({text}), {rate:.1f} a second, {left:.0f} s left{failures}")


class _Bar:
    """A bar of rich's."""

    def __init__(self, bar: Any) -> None:  # noqa: ANN401 - rich is imported when it is used
        self._bar, self._task = bar, bar.add_task("", total=1, told="")
        self._count = self._failed = 0
        self._begun = time.monotonic()

    def begin(self, text: str, total: int) -> None:
        self._count = self._failed = 0
        self._begun = time.monotonic()
        self._bar.reset(self._task, total=total, description=text, told="")

    def tell(self, text: str, done: int = 0) -> None:
        self._bar.update(self._task, description=text, completed=done)

    def done(self, text: str, *, failed: bool = False) -> None:
        self._count += 1
        self._failed += failed
        rate = self._count / max(1e-6, time.monotonic() - self._begun)
        told = f"{rate:.1f}/s" + (f", {self._failed} failed" if self._failed else "")
        self._bar.update(self._task, advance=1, description=text, told=told)
