"""Two runs do not write into one folder at the same time."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ojreport.errors import OutputError


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The folder for this run alone; the system gives it free if the run is killed. OutputError when another run writes there.

    The lock is a file among the system's temporary ones, named after the folder, so that nothing of it is left among the results.
    It holds between the runs of one machine.
    """
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:32]
    lock = FileLock(Path(tempfile.gettempdir()) / f"ojreport-{name}.lock", timeout=0, mode=0o666)
    try:
        lock.acquire()
    except Timeout as error:
        raise OutputError(f"another run writes into {folder} now; wait for it, or choose another --out") from error
    except OSError as error:
        raise OutputError(f"{lock.lock_file} can not be locked ({(error.strerror or str(error)).lower()}); delete it") from error
    try:
        yield
    finally:
        lock.release()
