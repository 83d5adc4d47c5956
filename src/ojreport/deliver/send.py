"""Sending: each letter entered, sent and marked, in rounds; what happened to each is told as it is, however it ended."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage

from ojreport.deliver.ledger import UNSURE, Ledger, State
from ojreport.deliver.letter import Letter
from ojreport.deliver.transport import LaterError, RefusedError, Transport, UnreachableError, UnsureError
from ojreport.errors import DeliveryError, OjreportError

PAUSES = (
    5.0,
    60.0,
    300.0,
)  # seconds between the rounds, and between tries to connect: a server that asks us to wait means minutes
BEFORE = "sent before"
AT_WORK = "cut off earlier, or another run is sending it"
AGAIN = "look for its Message-ID in the server's log; --resend-unknown sends it again"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a letter. *before*: it was so already when this run began."""

    letter: Letter
    state: State
    answer: str = ""
    before: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What became of all letters, in their order, and what made the run stop, if anything did."""

    outcomes: tuple[Outcome, ...]
    fault: OjreportError | None = None


class Pace:
    """At most so many mails a minute, evenly."""

    def __init__(
        self, per_minute: float, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._gap, self._clock, self.sleep = 60 / per_minute, clock, sleep
        self._next = clock()

    def wait(self) -> None:
        """Wait until it is time for the next."""
        early = self._next - self._clock()
        if early > 0:
            self.sleep(early)
        self._next = max(self._next, self._clock()) + self._gap


@dataclass(slots=True)
class Sender:
    """All that a run needs: how a mail is made, the way out, the ledger and the pace."""

    compose: Callable[[Letter], EmailMessage]
    transport: Transport
    ledger: Ledger
    pace: Pace
    pauses: Sequence[float] = PAUSES
    resend_unknown: bool = False
    tell: Callable[[Outcome], None] = lambda _: None
    _done: dict[str, Outcome] = field(default_factory=dict)

    def send(self, letters: Iterable[Letter]) -> Result:
        """Send *letters*, each at most once whatever happens, and say what became of each.

        A fault that concerns one mail stops only that; one that concerns all stops the run, and what was not tried is *not sent*.
        """
        letters = tuple(letters)
        fault: OjreportError | None = None
        try:
            self._rounds(letters)
        except OjreportError as error:
            fault = error
        except KeyboardInterrupt:
            fault = DeliveryError("stopped by the user")
        finally:
            self.transport.close()
        untried = "not tried: the run stopped"
        return Result(tuple(self._done.get(x.key, Outcome(x, State.NOT_SENT, untried)) for x in letters), fault)

    def _rounds(self, letters: tuple[Letter, ...]) -> None:
        waiting = letters
        for number in range(1 + len(self.pauses)):
            if number and waiting:
                self.pace.sleep(self.pauses[number - 1])
            waiting = tuple(letter for letter in waiting if not self._settled(letter))
        for letter in waiting:
            self.tell(self._done[letter.key])

    def _settled(self, letter: Letter) -> bool:
        """Try one letter; False when it is to be tried again in a later round."""
        known = None if letter.key in self._done else self._known(letter, self.ledger.known(letter))
        if known is not None:
            return self._over(known)
        self._connect()
        self.pace.wait()
        try:
            message = self.compose(letter)
        except OjreportError as error:
            return self._over(Outcome(letter, State.NOT_SENT, str(error)))
        known = self._known(letter, self.ledger.enter(letter, resend_unknown=self.resend_unknown))
        if known is not None:
            return self._over(known)
        outcome = self._handed_over(letter, message)
        self._done[letter.key] = outcome  # before the ledger, which can be full: the table tells what is true
        self.ledger.mark(letter, outcome.state, outcome.answer)
        return outcome.state is not State.NOT_SENT and self._over(outcome)

    def _known(self, letter: Letter, state: State | None) -> Outcome | None:
        """What the ledger's *state* already makes of the letter; None when it is to be sent."""
        if state is State.SENT:
            return Outcome(letter, State.SENT, BEFORE, before=True)
        if state in UNSURE and not self.resend_unknown:
            return Outcome(letter, State.UNKNOWN, f"{AT_WORK}; {AGAIN}", before=True)
        return None

    def _handed_over(self, letter: Letter, message: EmailMessage) -> Outcome:
        self._done[letter.key] = Outcome(
            letter, State.UNKNOWN, f"stopped while it was sent; {AGAIN}"
        )  # if anything else is raised
        try:
            answer = self.transport.send(message, letter.recipient.address.addr_spec)
        except RefusedError as error:
            return Outcome(letter, State.REFUSED, str(error))
        except LaterError as error:
            return Outcome(letter, State.NOT_SENT, str(error))
        except UnsureError as error:
            return Outcome(letter, State.UNKNOWN, f"{error}; {AGAIN}")
        return Outcome(letter, State.SENT, answer)

    def _over(self, outcome: Outcome) -> bool:
        self._done[outcome.letter.key] = outcome
        self.tell(outcome)
        return True

    def _connect(self) -> None:
        """Connect, again after each pause; the last UnreachableError when the server stays away."""
        for pause in self.pauses:
            try:
                return self.transport.connect()
            except UnreachableError:
                self.pace.sleep(pause)
        return self.transport.connect()
