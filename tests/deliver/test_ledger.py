"""The ledger: never twice, whatever happens between two lines of the program."""

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from making import KALMAR, compose, finished, letter, letters, pdf_of
from sending import LOGIN, Clock, Send
from serving import Server

from ojreport.deliver.ledger import FILE, Ledger, State
from ojreport.deliver.letter import Letter
from ojreport.deliver.send import Pace, Result, Sender
from ojreport.deliver.settings import MailSettings
from ojreport.deliver.smtp import Smtp
from ojreport.deliver.transport import Memory
from ojreport.errors import OutputError, UsageError

KILLED = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from making import compose, letter
from ojreport.deliver.ledger import Ledger
from ojreport.deliver.send import Pace, Sender
from ojreport.deliver.transport import Memory

class Stuck(Memory):
    def send(self, message, recipient):
        print("entered", flush=True)
        time.sleep(60)

out = Path(sys.argv[1])
with Ledger(out) as ledger:
    Sender(compose, Stuck(), ledger, Pace(6000)).send([letter(out)])
"""


def test_killed_between_entering_and_sending_is_unknown_and_not_sent_again_unasked(
    tmp_path: Path, server: Server, send: Send
) -> None:
    letter(tmp_path)
    command = [sys.executable, "-c", KILLED, str(tmp_path), str(Path(__file__).parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "entered\n"
        with pytest.raises(UsageError, match="another run is sending mail"):
            send((letter(tmp_path),), again=True)  # what another run is sending is not what was cut off
        process.kill()
    (outcome,) = send((letter(tmp_path),)).outcomes
    assert (outcome.state, outcome.before) == (State.UNKNOWN, True)
    assert server.got == []
    (outcome,) = send((letter(tmp_path),), again=True).outcomes
    assert outcome.state is State.SENT
    assert len(server.got) == 1


def test_two_runs_at_once_send_each_mail_once(tmp_path: Path, server: Server, settings: MailSettings) -> None:
    every = letters(tmp_path, 40)
    results: list[Result] = []
    start = threading.Barrier(2)

    def run() -> None:
        with Ledger(tmp_path) as ledger:
            start.wait()
            results.append(Sender(compose, Smtp(settings, LOGIN), ledger, Pace(60_000)).send(every))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(server.addresses) == sorted(each.recipient.address.addr_spec for each in every)
    first, second = results
    for one, other in zip(first.outcomes, second.outcomes, strict=True):
        own = [outcome for outcome in (one, other) if outcome.state is State.SENT and not outcome.before]
        assert len(own) == 1  # one of the two says that it sent it, and the other says nothing that is not true


def test_a_full_disk_stops_the_run_before_a_mail_that_can_not_be_entered(tmp_path: Path, clock: Clock) -> None:
    every, memory = letters(tmp_path, 60), Memory()
    with Ledger(tmp_path) as ledger:
        pages = ledger._db.execute("PRAGMA page_count").fetchone()[0]
        ledger._db.execute(f"PRAGMA max_page_count={pages + 2}")
        result = Sender(compose, memory, ledger, Pace(60_000, clock, clock.sleep)).send(every)
        assert "can not be written (database or disk is full)" in str(result.fault)
    sent = [outcome.letter.recipient.address.addr_spec for outcome in result.outcomes if outcome.state is State.SENT]
    assert 0 < len(sent) < len(every)
    assert [address for address, _ in memory.mails] == sent
    with Ledger(tmp_path) as ledger:  # room again: the rest, and only that
        result = Sender(compose, memory, ledger, Pace(60_000, clock, clock.sleep)).send(every)
    assert {outcome.state for outcome in result.outcomes} == {State.SENT}
    assert len(memory.mails) == len(every)


def test_a_ledger_that_fails_after_the_mail_was_sent_says_unknown_and_never_sends_it_again(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    every, memory = letters(tmp_path, 3), Memory()

    def full(*_: object) -> None:
        raise OutputError("the ledger can not be written (database or disk is full)")

    with Ledger(tmp_path) as ledger:
        with monkeypatch.context() as patch:
            patch.setattr(Ledger, "mark", full)
            result = Sender(compose, memory, ledger, Pace(60_000, clock, clock.sleep)).send(every)
        assert [outcome.state for outcome in result.outcomes] == [State.SENT, State.NOT_SENT, State.NOT_SENT]
        assert result.fault is not None
        again = Sender(compose, memory, ledger, Pace(60_000, clock, clock.sleep)).send(every)
    assert [outcome.state for outcome in again.outcomes] == [State.UNKNOWN, State.SENT, State.SENT]
    assert len(memory.mails) == 3


def test_a_ledger_that_can_not_be_opened_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database" * 100)
    with pytest.raises(OutputError, match=r"the ledger .*mail\.sqlite can not be opened"), Ledger(tmp_path):
        pass


def test_a_folder_that_can_not_be_used_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "mail.lock").mkdir()
    with pytest.raises(OutputError, match=r"the ledger .* can not be opened"), Ledger(tmp_path):
        pass


def test_stopping_by_hand_leaves_the_mail_unknown_and_tells_of_the_rest(tmp_path: Path, clock: Clock) -> None:
    class Stopped(Memory):
        def send(self, *_: object) -> str:
            raise KeyboardInterrupt

    with Ledger(tmp_path) as ledger:
        result = Sender(compose, Stopped(), ledger, Pace(60_000, clock, clock.sleep)).send(letters(tmp_path, 2))
        assert [outcome.state for outcome in result.outcomes] == [State.UNKNOWN, State.NOT_SENT]
        assert [entry.state for entry in ledger.entries()] == [State.ENTERED]
    assert str(result.fault) == "stopped by the user"


def test_a_corrected_report_is_another_mail(tmp_path: Path, clock: Clock) -> None:
    memory = Memory()
    first = letter(tmp_path)
    (tmp_path / "2").mkdir()
    finished(tmp_path / "2", pdf=pdf_of(KALMAR) + b"% corrected")
    second = letter(tmp_path / "2")
    assert first.key != second.key
    with Ledger(tmp_path) as ledger:
        for each in (first, first, second):
            Sender(compose, memory, ledger, Pace(60_000, clock, clock.sleep)).send([each])
    assert len(memory.mails) == 2


def test_a_mailbox_is_one_however_it_is_written(tmp_path: Path) -> None:
    assert letter(tmp_path, "Anna@kalmar.se").key == letter(tmp_path, "anna@kalmar.se").key


def test_a_forgotten_address_is_nowhere_in_the_files_and_still_gets_nothing_twice(tmp_path: Path, clock: Clock) -> None:
    memory, every = Memory(), (letter(tmp_path, "glomd.person@kalmar.se"), letter(tmp_path, "kvar@kalmar.se"))
    with Ledger(tmp_path) as ledger:
        Sender(compose, memory, ledger, Pace(60_000, clock, clock.sleep)).send(every)
        assert ledger.forget("Glomd.Person@kalmar.se") == 1
        assert [entry.address for entry in ledger.entries() if entry.address] == ["kvar@kalmar.se"]
        assert not any(b"glomd.person" in path.read_bytes() for path in tmp_path.glob(f"{FILE}*"))
        result = Sender(compose, memory, ledger, Pace(60_000, clock, clock.sleep)).send(every)
    assert all(outcome.before for outcome in result.outcomes)
    assert len(memory.mails) == 2
    with Ledger(tmp_path) as ledger, pytest.raises(UsageError, match="has no @"):
        ledger.forget("glomd")


def test_addresses_are_forgotten_when_their_time_is_over(tmp_path: Path, clock: Clock) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    for age, address in ((400, "gammal@kalmar.se"), (10, "ny@kalmar.se")):
        with Ledger(tmp_path, clock=lambda age=age: now - timedelta(days=age)) as ledger:
            Sender(compose, Memory(), ledger, Pace(60_000, clock, clock.sleep)).send([letter(tmp_path, address)])
    with Ledger(tmp_path, clock=lambda: now) as ledger:
        assert ledger.forget_before(365) == 1
        assert ledger.forget_before(365) == 0
        assert [entry.address for entry in ledger.entries()] == ["", "ny@kalmar.se"]


def test_the_pace_is_kept(tmp_path: Path, clock: Clock) -> None:
    every: tuple[Letter, ...] = letters(tmp_path, 4)
    with Ledger(tmp_path) as ledger:
        Sender(compose, Memory(), ledger, Pace(30, clock, clock.sleep)).send(every)
    assert clock.now == 6.0  # four mails, two seconds between
