"""The document's metadata as XMP: what it is called, about whom it is, and that it conforms to PDF/UA-1.

No dates: same report, same bytes. Report, code and year are there for a program, so that no report is mailed to the wrong kommun.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from reportlab.pdfbase.pdfdoc import XMP

if TYPE_CHECKING:
    from ojreport.compose.document import Meta

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:ojreport="urn:ojreport:report#">
   <pdfuaid:part>1</pdfuaid:part>
   <ojreport:report>{report}</ojreport:report>
   <ojreport:code>{code}</ojreport:code>
   <ojreport:year>{year}</ojreport:year>
   <ojreport:example>{example}</ojreport:example>
{properties}
   <pdf:Producer>ojreport</pdf:Producer>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


def metadata(meta: Meta) -> XMP:
    """A metadata stream for the catalog."""

    def alternatives(text: str) -> str:
        return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(text)}</rdf:li></rdf:Alt>'

    def listed(kind: str, *texts: str) -> str:
        return f"<rdf:{kind}>" + "".join(f"<rdf:li>{escape(text)}</rdf:li>" for text in texts) + f"</rdf:{kind}>"

    properties = {"title": alternatives(meta.title), "language": listed("Bag", meta.language)}
    if meta.author:
        properties["creator"] = listed("Seq", meta.author)
    if meta.subject:
        properties["description"] = alternatives(meta.subject)
    if meta.keywords:
        properties["subject"] = listed("Bag", *meta.keywords)
    content = _PACKET.format(
        report=escape(meta.report),
        code=escape(meta.code),
        year=meta.year,
        example="true" if meta.mark else "false",
        properties="\n".join(f"   <dc:{name}>{value}</dc:{name}>" for name, value in properties.items()),
    )
    return XMP(creator=lambda _document: content.encode())
