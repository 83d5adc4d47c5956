"""The ledger: what was sent to whom, entered before it is sent, so that nobody gets a mail twice.

Two runs on one ledger can not enter the same key: it is unique, and each entry is made in a transaction that begins by taking
the right to write. A row that is entered but not marked belongs to a run that is at work or was cut off, and then nobody knows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Self

from ojreport.deliver.address import normal, parse_address
from ojreport.deliver.letter import Letter
from ojreport.errors import OutputError, UsageError

FILE = "mail.sqlite"
LOCK = "mail.lock"
WAIT = 20.0  # seconds that a run waits for another's entry
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # an entry is on disk before its mail is sent
    "PRAGMA secure_delete=ON",  # a forgotten address is overwritten
)
SCHEMA = """
CREATE TABLE IF NOT EXISTS mail (
  key TEXT PRIMARY KEY,
  address TEXT,             -- NULL when it has been forgotten
  report TEXT NOT NULL,
  area TEXT NOT NULL,
  year INTEGER NOT NULL,
  time TEXT NOT NULL,       -- of the last thing that happened, UTC
  state TEXT NOT NULL,
  answer TEXT NOT NULL
) STRICT, WITHOUT ROWID
"""


class State(StrEnum):
    """What became of a mail."""

    ENTERED = "entered"  # being sent now, or cut off: nobody knows
    SENT = "sent"
    REFUSED = "refused"  # the server said that it never will
    NOT_SENT = "not sent"  # and it is certain that it was not
    UNKNOWN = "unknown"  # cut off before the server's answer


OPEN = (State.NOT_SENT, State.REFUSED)  # may be tried again
UNSURE = (State.ENTERED, State.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the ledger; *address* is empty when it has been forgotten."""

    key: str
    address: str
    report: str
    area: str
    year: int
    time: str
    state: State
    answer: str


class Ledger:
    """The ledger in a folder, to be used in a ``with``. What can not be read or written is an OutputError."""

    def __init__(self, folder: Path, *, alone: bool = False, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._path, self._clock = folder / FILE, clock
        self._alone, self._lock_path = alone, folder / LOCK

    def __enter__(self) -> Self:
        with self._told("opened"), ExitStack() as opened:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            opened.enter_context(closing(_hold(self._lock_path, alone=self._alone)))
            self._db = opened.enter_context(closing(sqlite3.connect(self._path, timeout=WAIT, isolation_level=None)))
            for command in (*PRAGMAS, SCHEMA):
                self._db.execute(command)
            self._opened = opened.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with suppress(sqlite3.Error):
            self._opened.close()

    @contextmanager
    def _told(self, done: str) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise OutputError(f"the ledger {self._path} can not be {done} ({error})") from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that nobody else writes in, whole or not at all."""
        with self._told("written"):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._db.execute("ROLLBACK")
                raise

    def enter(self, letter: Letter, *, resend_unknown: bool = False) -> State | None:
        """None when the letter is entered and must be sent by the caller; else what the ledger knows of it already."""
        free = OPEN + UNSURE if resend_unknown else OPEN
        to = letter.recipient
        with self._writing() as db:
            row = db.execute("SELECT state FROM mail WHERE key = ?", (letter.key,)).fetchone()
            if row is not None and State(row[0]) not in free:
                return State(row[0])
            values = (normal(to.address), to.report, to.subject.code, letter.year, self._now(), State.ENTERED, "")
            db.execute("INSERT OR REPLACE INTO mail VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (letter.key, *values))
        return None

    def known(self, letter: Letter) -> State | None:
        """What the ledger knows of the letter, without entering it."""
        with self._told("read"):
            row = self._db.execute("SELECT state FROM mail WHERE key = ?", (letter.key,)).fetchone()
        return State(row[0]) if row else None

    def mark(self, letter: Letter, state: State, answer: str = "") -> None:
        """Write down what became of a letter that was entered."""
        with self._writing() as db:
            db.execute("UPDATE mail SET state = ?, answer = ?, time = ? WHERE key = ?", (state, answer, self._now(), letter.key))

    def entries(self) -> tuple[Entry, ...]:
        """All rows, the oldest first."""
        columns = "key, coalesce(address, ''), report, area, year, time, state, answer"
        with self._told("read"):
            rows = self._db.execute(f"SELECT {columns} FROM mail ORDER BY time, key").fetchall()  # noqa: S608 - our own names
        return tuple(
            Entry(key, address, report, area, year, time, State(state), answer)
            for key, address, report, area, year, time, state, answer in rows
        )

    def forget(self, address: str) -> int:
        """Take *address* away from all rows, and give their number; the keys stay, so that nothing is sent twice."""
        try:
            wanted = normal(parse_address(address.strip()))
        except ValueError as error:
            raise UsageError(f"the address {address} {error}") from error
        return self._forget("address = ?", wanted)

    def forget_before(self, days: int) -> int:
        """Take the addresses away from the rows that are older than *days*, and give their number."""
        return self._forget(
            "time < ? AND address IS NOT NULL", (self._clock() - timedelta(days=days)).isoformat(timespec="seconds")
        )

    def _forget(self, which: str, value: str) -> int:
        with self._writing() as db:  # a server's answer can name the address
            count = db.execute(f"UPDATE mail SET address = NULL, answer = '' WHERE {which}", (value,)).rowcount  # noqa: S608 - ours
        with self._told("written"):  # what was overwritten must not stay in the write-ahead log
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return count

    def _now(self) -> str:
        return self._clock().isoformat(timespec="seconds")


def exists(folder: Path) -> bool:
    """Whether there is a ledger in *folder*."""
    return (folder / FILE).is_file()


def _hold(path: Path, *, alone: bool) -> sqlite3.Connection:
    """A lock that the system lets go of however the run ends: shared by runs that send, or held *alone* by one that resends.

    It is an empty SQLite database, whose locks work the same on every system.
    """
    lock = sqlite3.connect(path, timeout=0.1 if alone else WAIT, isolation_level=None)
    try:
        if alone:
            lock.execute("BEGIN EXCLUSIVE")
        else:
            lock.execute("BEGIN")
            lock.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        lock.close()
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        who = "another run is sending mail; what is unknown can be sent again when it has ended"
        raise UsageError(who if alone else "another run sends again what was unknown; wait until it has ended") from error
    return lock
