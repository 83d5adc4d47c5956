"""A Kolada of the test's own, and clients that ask it without waiting long."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from kolada_server import KOMMUNER, Fetch, Make, Server, started

from ojreport.sources.kolada.client import Client
from ojreport.sources.kolada.fetch import Fetched, fetch_kolada


@pytest.fixture(autouse=True)
def _this_machine_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy of the machine, no cache of the user's, and no address but a closed port where none is given."""
    monkeypatch.setenv("OJREPORT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("OJREPORT_KOLADA", "http://127.0.0.1:9/v3")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def server() -> Iterator[Server]:
    """Kolada with 30 kommuner, two years of U35548 and one of U35549."""
    state = Server()
    for place, code in enumerate(KOMMUNER):
        state.say("U35548", code, 2019, float(place))
        state.say("U35548", code, 2020, place + 0.5)
        state.say("U35549", code, 2020, 50)
    state.say("U35548", "0000", 2020, 14.25)
    state.say("U35548", "G100", 2020, 1.5)
    http = started(state)
    yield state
    state.closed.set()
    http.shutdown()
    http.server_close()


@pytest.fixture
def waits() -> list[float]:
    """The seconds that a client has waited, or would have."""
    return []


@pytest.fixture
def client(server: Server, waits: list[float]) -> Make:
    """A client of the test's Kolada."""

    def make(**settings: object) -> Client:
        return Client(**{"base": server.url, "timeout": 5.0, "pause": waits.append, **settings})  # type: ignore[arg-type]

    return make


@pytest.fixture
def fetch(client: Make) -> Fetch:
    """``fetch("U35548", years=(2020,))``, with settings of the client's by name."""

    def fetching(*kpis: str, **given: object) -> Fetched:
        chosen = {key: given.pop(key) for key in ("years", "groups", "gender") if key in given}
        with client(**given) as asking:
            return fetch_kolada(asking, kpis, **chosen)  # type: ignore[arg-type]

    return fetching
