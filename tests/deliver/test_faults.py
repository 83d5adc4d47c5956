"""Everything that can go wrong with a server: nobody gets two, everybody else gets theirs, and the table tells what is true."""

import datetime as dt
from pathlib import Path

import pytest
import trustme
from making import NYBRO, letter, letters
from sending import LOGIN, Authority, Clock, Send, context_of, settings_for
from serving import Hanging, Server, answers, free_port, hangs_up, serving, sleeps

from ojreport.deliver.ledger import Ledger, State
from ojreport.deliver.send import Result
from ojreport.deliver.settings import MailSettings
from ojreport.deliver.smtp import Login


def states(result: Result) -> list[State]:
    return [outcome.state for outcome in result.outcomes]


def nobody_got_two(server: Server) -> bool:
    return len(server.addresses) == len(set(server.addresses))


def test_a_wrong_password_is_one_sentence_and_nothing_is_sent(tmp_path: Path, server: Server, send: Send) -> None:
    result = send(letters(tmp_path, 3), login=Login("ojreport", "fel"))
    assert "does not take the user name and password (535" in str(result.fault)
    assert states(result) == [State.NOT_SENT] * 3
    assert server.got == []
    assert states(send(letters(tmp_path, 3))) == [State.SENT] * 3  # and nothing stands in the way of the right one


@pytest.mark.parametrize("kind", ["expired", "self-signed", "another host"])
def test_a_certificate_that_can_not_be_trusted_stops_everything(
    tmp_path: Path, authority: Authority, send: Send, kind: str
) -> None:
    past = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    certificate = {
        "expired": lambda: authority.ca.issue_cert("127.0.0.1", not_after=past),
        "self-signed": lambda: trustme.CA().issue_cert("127.0.0.1"),
        "another host": lambda: authority.ca.issue_cert("mail.example"),
    }[kind]()
    with serving(context_of(certificate)) as server:
        result = send(letters(tmp_path, 2), how=settings_for(authority, server))
        assert "has a certificate that can not be trusted" in str(result.fault)
        assert server.got == []
    assert states(result) == [State.NOT_SENT] * 2


def test_a_server_without_starttls_gets_nothing_and_no_password(tmp_path: Path, authority: Authority, send: Send) -> None:
    with serving(None) as server:
        result = send(letters(tmp_path, 2), how=settings_for(authority, server))
        assert "does not offer STARTTLS; nothing is sent to it" in str(result.fault)
        assert server.got == []


def test_insecure_reaches_a_server_on_this_computer_only(tmp_path: Path, authority: Authority, send: Send) -> None:
    with serving(None) as server:
        result = send(letters(tmp_path, 2), how=settings_for(authority, server, insecure=True), login=None)
    assert states(result) == [State.SENT] * 2


def test_tls_from_the_start_works_too(tmp_path: Path, authority: Authority, send: Send) -> None:
    with serving(authority.context, tls=True, auth=False) as server:
        result = send(letters(tmp_path, 2), how=settings_for(authority, server, tls="tls"), login=None)
    assert (result.fault, states(result)) == (None, [State.SENT] * 2)


def test_421_midway_makes_a_new_connection_and_everybody_gets_theirs(
    tmp_path: Path, server: Server, send: Send, clock: Clock
) -> None:
    server.faults["RCPT", "chef2@kalmar.se"] = answers("421 too many on this connection")
    result = send(letters(tmp_path, 5))
    assert states(result) == [State.SENT] * 5
    assert sorted(server.addresses) == [f"chef{n}@kalmar.se" for n in range(5)]
    assert server.connections == 2
    assert 5.0 in clock.slept


def test_450_is_tried_again_later_and_the_others_do_not_wait_for_it(
    tmp_path: Path, server: Server, send: Send, clock: Clock
) -> None:
    server.faults["RCPT", "chef0@kalmar.se"] = answers("450 greylisted", "450 greylisted")
    result = send(letters(tmp_path, 3))
    assert states(result) == [State.SENT] * 3
    assert server.addresses == ["chef1@kalmar.se", "chef2@kalmar.se", "chef0@kalmar.se"]
    assert [pause for pause in clock.slept if pause >= 5] == [5.0, 60.0]


def test_450_without_end_is_told_as_not_sent_and_can_be_sent_in_a_later_run(tmp_path: Path, server: Server, send: Send) -> None:
    server.faults["DATA", "chef1@kalmar.se"] = answers(*["452 disk is full"] * 4)
    first = send(letters(tmp_path, 2))
    assert states(first) == [State.SENT, State.NOT_SENT]
    assert first.outcomes[1].answer == "452 disk is full"
    second = send(letters(tmp_path, 2))
    assert states(second) == [State.SENT] * 2
    assert [outcome.before for outcome in second.outcomes] == [True, False]
    assert nobody_got_two(server)


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_550_for_one_is_final_and_the_others_get_theirs(tmp_path: Path, server: Server, send: Send, command: str) -> None:
    server.faults[command, "chef1@kalmar.se"] = answers("550 no such user", "550 no such user")
    result = send(letters(tmp_path, 3))
    assert states(result) == [State.SENT, State.REFUSED, State.SENT]
    assert result.outcomes[1].answer == "550 no such user"
    assert server.asked[command, "chef1@kalmar.se"] == 1
    assert server.addresses == ["chef0@kalmar.se", "chef2@kalmar.se"]


@pytest.mark.parametrize("taken", [True, False])
def test_cut_before_the_answer_to_the_whole_mail_is_unknown_and_never_sent_again_unasked(
    tmp_path: Path, server: Server, send: Send, *, taken: bool
) -> None:
    server.faults["DATA", "chef1@kalmar.se"] = hangs_up(taken=taken)
    first = send(letters(tmp_path, 3))
    assert states(first) == [State.SENT, State.UNKNOWN, State.SENT]
    second = send(letters(tmp_path, 3))
    assert states(second) == [State.SENT, State.UNKNOWN, State.SENT]
    assert "--resend-unknown" in second.outcomes[1].answer
    assert server.addresses.count("chef1@kalmar.se") == int(taken)
    third = send(letters(tmp_path, 3), again=True)
    assert states(third) == [State.SENT] * 3
    assert server.addresses.count("chef1@kalmar.se") == int(taken) + 1  # asked for, and only that one
    assert len(server.addresses) == 3 + int(taken)


def test_cut_before_the_content_is_asked_for_is_tried_again(tmp_path: Path, authority: Authority, send: Send) -> None:
    Hanging.times = 1
    with serving(authority.context, kind=Hanging) as server:
        result = send(letters(tmp_path, 3), how=settings_for(authority, server))
        assert states(result) == [State.SENT] * 3
        assert sorted(server.addresses) == [f"chef{n}@kalmar.se" for n in range(3)]


def test_cut_after_the_answer_is_sent_and_the_next_goes_on_a_new_connection(tmp_path: Path, server: Server, send: Send) -> None:
    server.faults["MAIL", ""] = lambda connection, times: hangs_up()(connection, 1 if times == 2 else 9)
    result = send(letters(tmp_path, 3))
    assert states(result) == [State.SENT] * 3
    assert nobody_got_two(server)
    assert server.connections == 2


def test_no_answer_in_time_is_unknown_after_the_content_and_tried_again_before_it(
    tmp_path: Path, server: Server, send: Send
) -> None:
    server.faults["DATA", "chef0@kalmar.se"] = sleeps(1.3)
    server.faults["RCPT", "chef1@kalmar.se"] = sleeps(1.3)
    result = send(letters(tmp_path, 3))
    assert states(result) == [State.UNKNOWN, State.SENT, State.SENT]
    assert "no answer in time" in result.outcomes[0].answer
    assert nobody_got_two(server)


def test_a_server_that_is_down_is_tried_again_and_then_told(
    tmp_path: Path, authority: Authority, send: Send, clock: Clock
) -> None:
    how = settings_for(authority, Server(port=free_port()))
    result = send(letters(tmp_path, 2), how=how)
    assert "can not be reached" in str(result.fault)
    assert clock.slept == [5.0, 60.0, 300.0]
    assert states(result) == [State.NOT_SENT] * 2
    with Ledger(tmp_path) as ledger:
        assert ledger.entries() == ()


def test_an_address_that_the_server_can_not_take_is_refused_alone(
    tmp_path: Path, settings: MailSettings, server: Server, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Letters before the @ need SMTPUTF8, which not every server has."""
    both = (letter(tmp_path, "åsa@kalmar.se"), letter(tmp_path, "bo@kalmar.se"))
    has = __import__("smtplib").SMTP.has_extn
    monkeypatch.setattr("smtplib.SMTP.has_extn", lambda self, name: name != "smtputf8" and has(self, name))
    assert states(send(both, how=settings)) == [State.REFUSED, State.SENT]
    monkeypatch.undo()
    assert states(send(both, how=settings)) == [State.SENT, State.SENT]
    assert server.addresses == ["bo@kalmar.se", "åsa@kalmar.se"]
    assert LOGIN.password not in repr(LOGIN)


def test_a_file_that_changes_while_mails_are_sent_stops_only_its_own_mail(tmp_path: Path, server: Server, send: Send) -> None:
    both = (letter(tmp_path, "a@kalmar.se"), letter(tmp_path, "b@kalmar.se", NYBRO))
    both[0].enclosure.files[0].path.write_bytes(b"another")
    result = send(both)
    assert states(result) == [State.NOT_SENT, State.SENT]
    assert "was changed while mails were sent" in result.outcomes[0].answer
    assert server.addresses == ["b@kalmar.se"]
