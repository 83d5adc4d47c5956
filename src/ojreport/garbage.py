"""How often Python looks for garbage. By its own measure it looks all the time while a report is made, and finds next to none.

Seldom is a tenth sooner for one report; to let all be at the end of a command is 0.2 s.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

STARTING = (30_000, 10, 20)  # what a program imports stays
WORKING = (10_000, 10, 20)  # with 30,000 a worker holds 3 MB more, and report after report takes as long


def collect_seldom() -> None:
    """Look seldom while the program begins."""
    gc.set_threshold(*STARTING)


def pass_over_what_stays() -> None:
    """Look seldom, and not at what is there by now.

    That is what all reports share, when they are about to be made; all that there is, when the process is about to end.
    """
    gc.set_threshold(*WORKING)
    gc.freeze()


@contextmanager
def seldom() -> Iterator[None]:
    """Look seldom for a while, in a process that is not ours."""
    before = gc.get_threshold()
    gc.set_threshold(*WORKING)
    try:
        yield
    finally:
        gc.set_threshold(*before)
