"""Asking Kolada: pages, limits, patience, and what is done when there is no answer."""

from __future__ import annotations

import datetime as dt
import email.utils
import json
import ssl
from pathlib import Path

import httpx
import pytest
from kolada_server import KOMMUNER, Fetch, Make, Reply, Server

from ojreport.errors import SourceError, UsageError
from ojreport.model.results import Severity
from ojreport.sources.kolada.client import ATTEMPTS, base_url


def rows(content: bytes) -> list[dict[str, object]]:
    return list(json.loads(content)["rows"])


def test_every_page_is_read_and_every_row_is_there_once(server: Server, fetch: Fetch) -> None:
    whole = fetch("U35548", cache=False)
    server.rows_a_page = 7
    assert fetch("U35548", cache=False).content == whole.content
    assert whole.rows == 2 * len(KOMMUNER) + 1
    assert sum("page=2" in path for path in server.asked) > 2


def test_no_part_of_a_path_has_more_than_25_ids(server: Server, fetch: Fetch) -> None:
    """The server answers 400 to more; 31 areas, 30 years and two KPIs are four questions."""
    fetched = fetch("U35548", "U35549", years=range(1995, 2025))
    data = [path for path in server.asked if "/data/" in path]
    assert len(data) == 4
    assert all("per_page=5000" in path for path in data)
    assert {row["year"] for row in rows(fetched.content)} == {2019, 2020}


def test_a_busy_server_is_asked_again_when_it_says(server: Server, fetch: Fetch, waits: list[float]) -> None:
    later = email.utils.format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30), usegmt=True)
    server.replies = [Reply(429, headers={"Retry-After": "7"}), Reply(429, headers={"Retry-After": later}), Reply(429)]
    assert fetch("U35548").rows
    assert waits[0] == 7
    assert waits[1] == pytest.approx(30, abs=2)
    assert waits[2] == 2


def test_a_wait_that_is_too_long_is_told_and_not_waited(server: Server, fetch: Fetch, waits: list[float]) -> None:
    server.replies = [Reply(429, headers={"Retry-After": "3600"})]
    with pytest.raises(SourceError, match=r"^Kolada is busy \(429\); try again in 3600 seconds$"):
        fetch("U35548")
    assert waits == []


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_fault_of_the_servers_is_asked_past(server: Server, fetch: Fetch, waits: list[float], status: int) -> None:
    server.replies = [Reply(status), Reply(status)]
    assert fetch("U35548").rows
    assert waits == [0.5, 1]


def test_a_fault_that_stays_is_one_sentence_after_a_few_attempts(server: Server, fetch: Fetch, waits: list[float]) -> None:
    server.always = lambda _: Reply(500)
    with pytest.raises(SourceError, match=r"^Kolada has a fault of its own \(500\); try again later$"):
        fetch("U35548")
    assert len(server.asked) == ATTEMPTS
    assert waits == [0.5, 1, 2]


def test_a_server_that_hangs_or_hangs_up_is_asked_again(server: Server, fetch: Fetch, waits: list[float]) -> None:
    server.replies = [Reply(hang=True), Reply(drop=True)]
    assert fetch("U35548", timeout=0.4).rows
    assert waits[:2] == [0.5, 1]


def test_a_server_that_never_answers_is_one_sentence(server: Server, fetch: Fetch) -> None:
    server.always = lambda _: Reply(hang=True)
    with pytest.raises(SourceError, match=r"^Kolada does not answer in time; try again later$"):
        fetch("U35548", timeout=0.03)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html>Logga in</html>", "is not JSON; a proxy or a login page may stand between"),
        (b'{"values": [{"id": "U35548", "title": NaN}]}', "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"", "is not JSON"),
        (b"[1, 2]", "JSON that has no values"),
        (b'{"values": [1]}', "JSON that has no values"),
    ],
)
def test_an_answer_that_is_no_page_is_one_sentence_and_is_not_kept(
    server: Server, fetch: Fetch, tmp_path: Path, body: bytes, said: str
) -> None:
    server.replies = [Reply(200, body)]
    with pytest.raises(SourceError) as error:
        fetch("U35548")
    assert said in str(error.value)
    assert not (tmp_path / "cache" / "kolada").exists()


def test_a_refusal_names_the_address_that_must_be_let_through(server: Server, fetch: Fetch) -> None:
    server.replies = [Reply(403)]
    with pytest.raises(SourceError, match=rf"^Kolada refuses the question \(403\).*{server.url}"):
        fetch("U35548")


def test_offline_with_nothing_kept_is_one_sentence(fetch: Fetch, waits: list[float]) -> None:
    with pytest.raises(SourceError, match=r"^Kolada can not be reached at http://127.0.0.1:9/v3: check the network"):
        fetch("U35548", base="http://127.0.0.1:9/v3")
    assert waits == []


def test_a_certificate_that_is_not_trusted_is_told_as_such(
    client: Make, monkeypatch: pytest.MonkeyPatch, waits: list[float]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed")

    with client() as asking:
        monkeypatch.setattr(asking._http, "stream", refuse)
        with pytest.raises(SourceError, match="its certificate can not be verified"):
            next(asking.values("kpi"))
    assert waits == []


def test_certificates_are_verified(client: Make) -> None:
    with client() as asking:
        context = asking._http._transport._pool._ssl_context
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


# ----------------------------------------------------------------------------------------------------------- the cache


def test_what_was_asked_today_is_not_asked_again_and_is_told(server: Server, fetch: Fetch) -> None:
    first = fetch("U35548")
    asked = len(server.asked)
    second = fetch("U35548")
    assert len(server.asked) == asked
    assert second.content == first.content
    (finding,) = second.findings
    assert finding.severity is Severity.NOTE
    assert f"{asked} answers are from the cache, the oldest from {dt.datetime.now(dt.UTC).date()}" in finding.message


def test_what_is_old_is_asked_for_only_if_it_has_changed(server: Server, fetch: Fetch) -> None:
    first = fetch("U35548")
    asked = len(server.asked)
    second = fetch("U35548", fresh=0)
    assert all(server.conditions[asked:])
    assert (second.content, second.findings) == (first.content, ())
    server.say("U35548", KOMMUNER[0], 2019, 99)
    assert 99 in [row["value"] for row in rows(fetch("U35548", fresh=0).content)]


def test_offline_what_was_kept_is_used_and_said(server: Server, fetch: Fetch) -> None:
    first = fetch("U35548")
    server.always = lambda _: Reply(503)
    asked = len(server.asked)
    second = fetch("U35548", fresh=0)
    assert second.content == first.content
    (finding,) = second.findings
    assert finding.severity is Severity.WARNING
    assert finding.message.startswith("Kolada has a fault of its own (503); try again later. 5 answers are from the cache")
    assert len(server.asked) == asked + ATTEMPTS  # after the first fault it is left in peace


def test_offline_a_question_that_was_not_asked_before_is_a_sentence(server: Server, fetch: Fetch) -> None:
    fetch("U35548", years=(2019,))
    server.always = lambda _: Reply(503)
    with pytest.raises(SourceError, match="fault of its own"):
        fetch("U35548", years=(2020,), fresh=0)


def age(folder: Path, seconds: float, only: str = "") -> None:
    """Make the entries, or those whose address has *only* in it, older."""
    for path in folder.iterdir():
        head, _, body = path.read_bytes().partition(b"\n")
        fields = json.loads(head)
        if only in fields["url"]:
            path.write_bytes(json.dumps({**fields, "stored": fields["stored"] - seconds}).encode() + b"\n" + body)


def test_after_a_day_an_answer_is_asked_for_again(server: Server, fetch: Fetch, tmp_path: Path) -> None:
    fetch("U35548")
    asked = len(server.asked)
    age(tmp_path / "cache" / "kolada", 25 * 3600)
    assert fetch("U35548").findings == ()
    assert len(server.asked) == 2 * asked


def test_pages_that_were_kept_on_two_days_are_all_asked_for_again(server: Server, fetch: Fetch, tmp_path: Path) -> None:
    server.rows_a_page = 30
    first = fetch("U35548", years=(2019,))
    age(tmp_path / "cache" / "kolada", 2 * 3600, only="page=2")
    del server.asked[:]
    again = fetch("U35548", years=(2019,))
    assert again.content == first.content
    assert again.findings[0].message.startswith("4 answers are from the cache")
    assert [path.partition("?")[0] for path in server.asked] == ["/v3/municipality"] * 2


def test_pages_of_two_days_are_never_mixed(server: Server, fetch: Fetch, tmp_path: Path) -> None:
    """The first page is new and the second can not be had: an area could be on both, or on none."""
    server.rows_a_page = 31
    fetch("U35548")
    age(tmp_path / "cache" / "kolada", 25 * 3600)
    server.always = lambda _: Reply(500) if "page=2" in server.asked[-1] and "/data/" in server.asked[-1] else None
    with pytest.raises(SourceError, match="fault of its own"):
        fetch("U35548")


def test_without_the_cache_nothing_is_kept(server: Server, fetch: Fetch, tmp_path: Path) -> None:
    fetch("U35548", cache=False)
    asked = len(server.asked)
    fetch("U35548", cache=False)
    assert len(server.asked) == 2 * asked
    assert not (tmp_path / "cache").exists()


def test_a_broken_entry_is_asked_for_again(server: Server, fetch: Fetch, tmp_path: Path) -> None:
    first = fetch("U35548")
    asked = len(server.asked)
    for number, path in enumerate(sorted((tmp_path / "cache" / "kolada").iterdir())):
        path.write_bytes((b"", b"{}\n", path.read_bytes()[:-1], b"\xff", b"[]\n{}")[number])
    assert fetch("U35548").content == first.content
    assert len(server.asked) == 2 * asked


def test_a_folder_that_can_not_be_written_is_no_fault(server: Server, fetch: Fetch, tmp_path: Path) -> None:  # noqa: ARG001 - must run
    (tmp_path / "cache").write_text("in the way", encoding="utf-8")
    assert fetch("U35548").rows


# -------------------------------------------------------------------------------------------------------- other servers


def test_a_server_that_takes_itself_for_http_is_still_asked_as_we_were_told(server: Server, fetch: Fetch) -> None:
    server.rows_a_page = 25
    server.next_url = lambda url: url.replace(f":{server.port}", "")
    assert fetch("U35548").rows == 2 * len(KOMMUNER) + 1


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/v3/kpi", "file:///etc/passwd"])
def test_another_server_is_never_asked(server: Server, fetch: Fetch, elsewhere: str) -> None:
    server.rows_a_page = 25
    server.next_url = lambda _: elsewhere
    with pytest.raises(SourceError, match=r"^Kolada points to another server"):
        fetch("U35548")
    server.replies = [Reply(302, headers={"Location": elsewhere})]
    with pytest.raises(SourceError, match=r"^Kolada points to another server"):
        fetch("U35549", fresh=0)


def test_a_redirection_is_followed_but_not_in_a_circle(server: Server, fetch: Fetch) -> None:
    server.replies = [Reply(307, headers={"Location": "/v3/kpi/U35548?per_page=5000"})]
    assert fetch("U35548").rows
    server.always = lambda _: Reply(307, headers={"Location": "/v3/kpi"})
    with pytest.raises(SourceError, match="round in a circle"):
        fetch("U35548", cache=False)


def test_pages_without_an_end_are_a_sentence(server: Server, fetch: Fetch) -> None:
    server.rows_a_page = 5
    server.next_url = lambda url: url.partition("&")[0]
    with pytest.raises(SourceError, match="have no end"):
        fetch("U35548")


def test_an_answer_without_end_is_cut_off(fetch: Fetch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ojreport.sources.kolada.client._LARGEST_ANSWER", 100)
    with pytest.raises(SourceError, match=r"^Kolada sends more than an answer can hold"):
        fetch("U35548")


@pytest.mark.parametrize("address", ["http://api.kolada.se/v3", "ftp://127.0.0.1/v3", "kolada"])
def test_an_address_that_is_not_https_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OJREPORT_KOLADA", address)
    with pytest.raises(UsageError, match="https://"):
        base_url()


def test_the_address_is_kolada_s_own_where_nothing_else_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OJREPORT_KOLADA")
    assert base_url() == "https://api.kolada.se/v3"
