"""A server in the test's own process that answers as Kolada's API does: metadata, figures, pages, and its limits."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from ojreport.sources.kolada.client import Client
from ojreport.sources.kolada.fetch import Fetched

Make = Callable[..., Client]  # a client of the server's, with settings by name
Fetch = Callable[..., Fetched]  # KPIs, and what is chosen, by name
KOMMUNER = [f"08{n:02}" for n in range(30)]
KPIS = {
    "U35548": "Väntetid till öppenvård, dagar",
    "U35549": "Brukare som är nöjda, andel (%)",
    "N30001": "Skattekraft, kr/inv (-2021)",
}
Value = tuple[str, str, int, str]  # KPI, area, year, gender


@dataclass
class Reply:
    """What is answered instead of the truth; with *hang* nothing is, until the server is closed."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    hang: bool = False
    drop: bool = False


@dataclass
class Server:
    """The state that a test sets, and the paths that were asked for."""

    port: int = 0
    rows_a_page: int = 5000
    values: dict[Value, dict[str, Any]] = field(default_factory=dict)
    replies: list[Reply] = field(default_factory=list)  # instead of the next answers
    always: Callable[[str], Reply | None] = lambda _: None  # instead of any answer, by its path
    etags: bool = True
    asked: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    next_url: Callable[[str], str] = lambda url: url
    closed: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        """The API's address."""
        return f"http://127.0.0.1:{self.port}/v3"

    def say(self, kpi: str, area: str, year: int, value: float | None, gender: str = "T", **more: object) -> None:
        """Set a figure."""
        self.values[kpi, area, year, gender] = {"gender": gender, "value": value, "count": 1, "status": "", **more}

    def answer(self, path: str, query: dict[str, list[str]]) -> tuple[int, dict[str, Any]]:
        """Status and page."""
        parts = [unquote(part) for part in path.removeprefix("/v3/").split("/")]
        if any(len(part.split(",")) > 25 for part in parts):
            return 400, {"detail": "more than 25 ids"}
        match parts:
            case ["kpi"]:
                found: list[dict[str, Any]] = [{"id": id_, "title": title} for id_, title in KPIS.items()]
            case ["kpi", id_]:
                if id_ not in KPIS:
                    return 404, {"detail": "not found"}
                described = {"description": f"Om {id_}.\nKälla: x", "publication_date": "2024-06-22"}
                found = [{"id": id_, "title": KPIS[id_], **described}]
            case ["municipality"]:
                found = [{"id": "0000", "title": "Riket", "type": "L"}, {"id": "0008", "title": "Region Kalmar", "type": "L"}]
                found += [{"id": code, "title": f"Kommun {code}", "type": "K"} for code in KOMMUNER]
            case ["municipality_groups"]:
                found = [
                    _group("G100", "Kalmar läns kommuner (ovägt medel)", KOMMUNER[:3]),
                    _group("G200", "Liknande kommuner IFO, Kalmar, 2024", KOMMUNER[3:10]),
                    _group("G300", "Regioner (ovägt medel)", ["0008"]),
                ]
            case ["data", "kpi", kpis, "municipality", areas, *rest]:
                years = {int(year) for year in rest[1].split(",")} if rest else None
                found = self._figures(set(kpis.split(",")), set(areas.split(",")), years)
            case _:
                return 404, {"detail": "not found"}
        page, size = int(query.get("page", ["1"])[0]), min(self.rows_a_page, int(query["per_page"][0]))
        some = found[(page - 1) * size : page * size]
        more = page * size < len(found)
        following = self.next_url(f"http://127.0.0.1:{self.port}{path}?per_page={query['per_page'][0]}&page={page + 1}")
        return 200, {"values": some, "count": len(some), "next_url": following if more else None, "previous_url": None}

    def _figures(self, kpis: set[str], areas: set[str], years: set[int] | None) -> list[dict[str, Any]]:
        found: dict[tuple[str, str, int], list[dict[str, Any]]] = {}
        for (kpi, area, year, _), value in self.values.items():
            if kpi in kpis and area in areas and (years is None or year in years):
                found.setdefault((kpi, area, year), []).append(value)
        return [{"kpi": k, "municipality": a, "period": y, "values": v} for (k, a, y), v in found.items()]


def _group(id_: str, title: str, members: list[str]) -> dict[str, Any]:
    return {"id": id_, "title": title, "members": [{"member_id": code, "member_title": "x"} for code in members]}


def started(server: Server) -> ThreadingHTTPServer:
    """A running HTTP server that answers from *server*."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked.append(self.path)
            server.conditions.append(self.headers.get("If-None-Match", ""))
            parts = urlsplit(self.path)
            reply = server.always(parts.path) or (server.replies.pop(0) if server.replies else None)
            if reply is None:
                status, page = server.answer(parts.path, parse_qs(parts.query))
                body = json.dumps(page).encode()
                etag = f'"{hash(body)}"' if server.etags else ""
                if etag and etag == self.headers.get("If-None-Match"):
                    reply = Reply(304, headers={"ETag": etag})
                else:
                    reply = Reply(status, body, {"ETag": etag} if etag else {})
            if reply.hang:
                server.closed.wait(5)
            if reply.hang or reply.drop:
                self.close_connection = True
                return
            self.send_response(reply.status)
            for name, value in {**reply.headers, "Content-Length": str(len(reply.body))}.items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(ConnectionError):  # a client that has left
                self.wfile.write(reply.body)

        def log_message(self, *_: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    server.port = http.server_address[1]
    threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    return http
