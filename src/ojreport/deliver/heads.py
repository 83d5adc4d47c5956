"""How a mail's heads are written: names and subjects with å, ä and ö as every server and mail program takes them."""

from __future__ import annotations

from email.header import Header
from email.headerregistry import Address, AddressHeader
from email.policy import EmailPolicy
from typing import Any

WORDS = ("subject", "from", "to")


class HeadPolicy(EmailPolicy):
    """The standard library's policy, but for words that are not ASCII.

    It loses the space between two encoded words where a line is folded, and writes them bare for SMTPUTF8, which
    not every reader takes. Here they are encoded (RFC 2047) with their spaces, always; only an address itself stands bare.
    """

    def fold(self, name: str, value: Any) -> str:  # noqa: ANN401 - the standard library's own
        """The head, folded into lines."""
        if name.lower() not in WORDS or str(value).isascii():
            return str(super().fold(name, value))
        return f"{name}: {self._encoded(name, value)}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:  # noqa: ANN401 - the same
        """The head as bytes: ASCII, unless an address can not be."""
        if name.lower() not in WORDS or str(value).isascii():
            return super().fold_binary(name, value)
        return self.fold(name, value).encode("utf-8" if self.utf8 else "ascii")

    def _encoded(self, name: str, value: Any) -> str:  # noqa: ANN401 - the same
        if isinstance(value, AddressHeader):
            return f",{self.linesep} ".join(self._address(name, each) for each in value.addresses)
        return Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)

    def _address(self, name: str, address: Address) -> str:
        if address.display_name.isascii():
            return str(address)
        shown = Header(address.display_name, "utf-8", header_name=name).encode(linesep=self.linesep)
        return f"{shown}{self.linesep} <{address.addr_spec}>"


ASCII = HeadPolicy(linesep="\r\n")
UTF8 = HeadPolicy(linesep="\r\n", utf8=True)
