"""What a server can say that no well-behaved one says, and what the program makes of it."""

import base64
from pathlib import Path

import pytest
from making import compose, letter, letters
from sending import Authority, Send
from serving import PASSWORD, USER, serving, talking

from ojreport.deliver.ledger import State
from ojreport.deliver.send import Result
from ojreport.deliver.settings import MailSettings
from ojreport.deliver.smtp import Login, Smtp
from ojreport.deliver.transport import LaterError, UnreachableError
from ojreport.errors import DeliveryError

AUTH = "250-hi\r\n250 AUTH PLAIN"


def plain(port: int, **more: object) -> MailSettings:
    """A server on this computer, without TLS."""
    known: dict[str, object] = {"host": "127.0.0.1", "port": port, "sender": "oj@kalmar.se", "timeout": 1, "insecure": True}
    return MailSettings(**known | more)  # type: ignore[arg-type]


def states(result: Result) -> list[State]:
    return [outcome.state for outcome in result.outcomes]


def word(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def test_a_password_with_swedish_letters_goes_by_plain_and_by_login() -> None:
    for offered, answer in (("PLAIN LOGIN", "235 welcome"), ("LOGIN", "334 more")):
        with talking(EHLO=f"250-hello\r\n250 AUTH {offered}", AUTH=answer) as (port, heard):
            transport = Smtp(plain(port), Login(USER, PASSWORD))
            transport.connect()
            transport.close()
        said = word(f"{chr(0)}{USER}{chr(0)}{PASSWORD}") if answer == "235 welcome" else word(USER)
        assert said in " ".join(heard).split()


def test_a_server_that_takes_no_login_is_not_sent_to() -> None:
    with talking() as (port, heard), pytest.raises(DeliveryError, match="takes no login by PLAIN or LOGIN"):
        Smtp(plain(port), Login(USER, PASSWORD)).connect()
    assert not any(line.startswith("AUTH") for line in heard)


@pytest.mark.parametrize(
    ("answers", "kind", "said"),
    [
        ({"GREETING": "554 go away"}, DeliveryError, r"turns us away \(554 go away\)"),
        ({"GREETING": "421 busy"}, UnreachableError, r"turns us away \(421 busy\)"),
        ({"EHLO": AUTH, "AUTH": "454 not now"}, UnreachableError, "does not log anybody in now"),
        (
            {"EHLO": "250-hi\r\n250 AUTH PLAIN", "AUTH": "535 no"},
            DeliveryError,
            r"does not take the user name and password \(535 no\)",
        ),
    ],
)
def test_a_server_that_turns_us_away_is_tried_again_only_when_it_says_later(
    answers: dict[str, str], kind: type[DeliveryError], said: str
) -> None:
    with talking(**answers) as (port, _), pytest.raises(DeliveryError, match=said) as caught:
        Smtp(plain(port), Login(USER, PASSWORD)).connect()
    assert type(caught.value) is kind


def test_tls_to_a_server_that_speaks_none_is_one_sentence(authority: Authority) -> None:
    with talking() as (port, _), pytest.raises(DeliveryError, match="does not speak TLS as it should"):
        Smtp(plain(port, tls="tls", insecure=False, ca_file=authority.ca_file)).connect()


def test_an_answer_that_can_not_be_understood_is_unknown_after_the_mail_and_later_before_it(tmp_path: Path, send: Send) -> None:
    with talking(END="???") as (port, _):
        assert states(send(letters(tmp_path, 2), how=plain(port), login=None)) == [State.UNKNOWN] * 2
    with talking(RCPT="354 what") as (port, _):
        assert states(send((letter(tmp_path, "ny@kalmar.se"),), how=plain(port), login=None)) == [State.NOT_SENT]


def test_a_servers_answer_plays_no_tricks_on_a_terminal(tmp_path: Path, send: Send) -> None:
    with talking(RCPT="550 no\x1b[2Jsuch user\x07") as (port, _):
        (outcome,) = send((letter(tmp_path),), how=plain(port), login=None).outcomes
    assert outcome.answer == "550 no [2Jsuch user"


def test_a_line_that_begins_with_a_dot_comes_out_with_one_dot(tmp_path: Path) -> None:
    message = compose(letter(tmp_path))
    del message["Subject"]
    message["Subject"] = "x"
    message.preamble = ".a\n..b"
    with serving(None, auth=False) as server:
        transport = Smtp(plain(server.port))
        transport.connect()
        transport.send(message, "a@kalmar.se")
        transport.close()
    assert server.got[0][1] == message.as_bytes()


def test_without_a_connection_a_mail_is_for_later(tmp_path: Path) -> None:
    with pytest.raises(LaterError):
        Smtp(plain(1)).send(compose(letter(tmp_path)), "a@kalmar.se")
