"""Recipients: each row of a list judged, so that every mistake is told at once and none is met while mails are sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from email.headerregistry import Address

from ojreport.deliver.address import allowed, fault_of_name, fault_of_text, normal, parse_address
from ojreport.deliver.listed import REQUIRED, Mistake, Row
from ojreport.errors import OjreportError
from ojreport.model.area import Area, Group

LANGUAGES = ("sv", "en")
SPLIT = re.compile(r"[\s,;|+]+")

Subject = Area | Group
Find = Callable[[str, str], tuple[str, Subject]]
"""From what the list calls a report and an area to the report's id and the area; OjreportError for what is not known."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person who is to get one report about one area."""

    place: str
    name: str
    address: Address
    subject: Subject
    report: str
    role: str = ""
    language: str = "sv"


def judge(rows: Iterable[Row], domains: tuple[str, ...], find: Find) -> tuple[tuple[Recipient, ...], tuple[Mistake, ...]]:
    """Whom the rows stand for, and all that is wrong with them, in their order."""
    found: list[Recipient] = []
    mistakes: list[Mistake] = []
    empty = True
    for row in rows:
        empty = False
        for each in _of_row(row, domains, find):
            (found if isinstance(each, Recipient) else mistakes).append(each)  # type: ignore[arg-type]
    if empty:
        mistakes.append(Mistake("the list", "there are no recipients in it"))
    return tuple(found), (*mistakes, *_twice(found))


def _of_row(row: Row, domains: tuple[str, ...], find: Find) -> Iterator[Recipient | Mistake]:
    faults = [f"{column} is empty" for column in REQUIRED if not row.cells.get(column)]
    faults += [f"the {column} {fault}" for column, text in row.cells.items() if (fault := fault_of_text(text))]
    name, language = row.cells.get("name", ""), row.cells.get("language", "").casefold() or LANGUAGES[0]
    if not any(fault.startswith("the name") for fault in faults) and (fault := fault_of_name(name)):
        faults.append(f"the name {fault}")
    if language not in LANGUAGES:
        faults.append(f"“{language}” is no language of a salutation; there are {', '.join(LANGUAGES)}")
    address = _address(row, domains, faults)
    reports = tuple(filter(None, SPLIT.split(row.cells.get("report", ""))))
    faults += [f"{report} stands twice" for report in dict.fromkeys(reports) if reports.count(report) > 1]
    for report in dict.fromkeys(reports):
        try:
            id_, subject = find(report, row.cells.get("area", "")) if row.cells.get("area") else ("", None)
        except OjreportError as error:
            faults.append(str(error))
        else:
            if address is not None and subject is not None and not faults:
                yield Recipient(row.place, name, address, subject, id_, row.cells.get("role", ""), language)
    yield from (Mistake(row.place, fault) for fault in dict.fromkeys(faults))


def _address(row: Row, domains: tuple[str, ...], faults: list[str]) -> Address | None:
    text = row.cells.get("address", "")
    if not text or any(fault.startswith("the address") for fault in faults):
        return None
    try:
        found = parse_address(text)
    except ValueError as error:
        faults.append(f"the address {text} {error}")
        return None
    if not allowed(found.domain, domains):
        faults.append(f"{text}: the domain {found.domain} is not one of those that may get mail ({', '.join(domains) or 'none'})")
    return found


def _twice(recipients: Iterable[Recipient]) -> Iterator[Mistake]:
    """Who would get a report twice: the same address, the same report, the same area."""
    seen: dict[tuple[str, str, str], str] = {}
    for each in recipients:
        key = normal(each.address), each.report, each.subject.code
        if key in seen:
            what = f"{each.address.addr_spec} gets {each.report} about {each.subject.name} already by {seen[key]}"
            yield Mistake(each.place, what)
        seen.setdefault(key, each.place)
