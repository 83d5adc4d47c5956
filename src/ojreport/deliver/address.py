"""Names and addresses: what can safely stand in a mail's head, and what only looks as if it could."""

from __future__ import annotations

import re
import unicodedata
from email.headerregistry import Address

LOCAL = re.compile(r"[^\s@<>()\[\]\\,;:\"]+")
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
NAME_SIGNS = '<>@"\\'  # with these a name can pass itself off as an address
HIDDEN = {"Cc": "a control character", "Cf": "an invisible character", "Zl": "a line break", "Zp": "a line break"}
LONGEST_LOCAL, LONGEST = 64, 254  # octets, RFC 5321 section 4.5.3.1


def fault_of_text(text: str) -> str:
    """What makes *text* unfit for a mail's head, and empty when nothing does: a line break, a sign that is not seen."""
    found = next((c for c in text if unicodedata.category(c) in HIDDEN), None)
    if found is None:
        return ""
    return f"has {HIDDEN[unicodedata.category(found)]} (U+{ord(found):04X}) in it"


def fault_of_name(name: str) -> str:
    """What makes *name* unfit to be shown beside an address, and empty when nothing does."""
    signs = [c for c in NAME_SIGNS if c in name]
    if signs:
        return f"has {' '.join(signs)} in it, as only an address has; write the name alone"
    return "looks like an encoded word; write the name as it is read" if "=?" in name else fault_of_text(name)


def parse_address(text: str) -> Address:
    """The address *text* (``anna@malmö.se``), its domain in the form that servers use (``xn--malm-8qa.se``).

    Raises ValueError whose words go on after the address.
    """
    fault = fault_of_text(text)
    if fault:
        raise ValueError(fault)
    if text.count("@") != 1:
        raise ValueError("has no @; write it as anna@kommun.se" if "@" not in text else "has more than one @")
    local, _, domain = unicodedata.normalize("NFC", text).partition("@")
    dots = local.startswith(".") or local.endswith(".") or ".." in local
    if not LOCAL.fullmatch(local) or dots or len(local.encode()) > LONGEST_LOCAL:
        raise ValueError("is no mail address: what stands before @ can not be used")
    domain = _ascii_domain(domain)
    if len(local.encode()) + 1 + len(domain) > LONGEST:
        raise ValueError("is longer than an address can be")
    return Address(username=local, domain=domain)


def _ascii_domain(domain: str) -> str:
    try:
        encoded = domain.encode("idna").decode().lower()
    except UnicodeError as error:
        raise ValueError(f"has a domain, {domain}, that can not be written as an internet name") from error
    labels = encoded.split(".")
    if len(labels) < 2 or labels[-1].isdigit() or not all(map(LABEL.fullmatch, labels)):  # noqa: PLR2004 - name and top domain
        raise ValueError(f"has a domain, “{domain}”, that is none")
    return encoded


def parse_sender(text: str) -> Address:
    """``Namn <adress>`` or an address alone; ValueError as of :func:`parse_address`."""
    name, mark, rest = text.strip().partition("<")
    if not mark:
        return parse_address(text.strip())
    if not rest.endswith(">"):
        raise ValueError("is not written as Namn <adress>")
    name, found = name.strip().strip('"'), parse_address(rest[:-1].strip())
    if fault := fault_of_name(name):
        raise ValueError(fault)
    return Address(name, found.username, found.domain)


def normal(address: Address) -> str:
    """The address as it is compared: one mailbox, one text."""
    return address.addr_spec.casefold()


def allowed(domain: str, domains: tuple[str, ...]) -> bool:
    """Whether *domain* is one of *domains*, where ``*.kalmar.se`` stands for all that lie below kalmar.se."""
    return any(domain == d or (d.startswith("*.") and domain.endswith(d[1:])) for d in map(_ascii_pattern, domains))


def _ascii_pattern(domain: str) -> str:
    star = "*." if domain.startswith("*.") else ""
    return star + _ascii_domain(domain.removeprefix("*."))
