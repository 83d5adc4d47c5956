"""A throw-away certificate authority, a server with its certificate, and a run that sends to it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme
from making import compose
from sending import LOGIN, Authority, Clock, Send, context_of, settings_for
from serving import Server, serving

from ojreport.deliver.ledger import Ledger
from ojreport.deliver.letter import Letter
from ojreport.deliver.send import Pace, Result, Sender
from ojreport.deliver.settings import MailSettings
from ojreport.deliver.smtp import Login, Smtp


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Made once: keys take their time."""
    ca = trustme.CA()
    file = tmp_path_factory.mktemp("ca") / "ca.pem"
    ca.cert_pem.write_to_path(str(file))
    return Authority(ca, str(file), context_of(ca.issue_cert("127.0.0.1")))


@pytest.fixture
def server(authority: Authority) -> Iterator[Server]:
    """A server with STARTTLS and AUTH."""
    with serving(authority.context) as running:
        yield running


@pytest.fixture
def settings(authority: Authority, server: Server) -> MailSettings:
    """How *server* is reached."""
    return settings_for(authority, server)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def send(tmp_path: Path, settings: MailSettings, clock: Clock) -> Send:
    """``send(letters)`` to the server, without waiting; the ledger is in the test's folder."""

    def call(
        letters: tuple[Letter, ...], *, how: MailSettings = settings, login: Login | None = LOGIN, again: bool = False
    ) -> Result:
        with Ledger(tmp_path, alone=again) as ledger:
            pace = Pace(60_000, clock, clock.sleep)
            return Sender(compose, Smtp(how, login), ledger, pace, resend_unknown=again).send(letters)

    return call
