import io

import pikepdf
import pytest
from sample_document import sample_document

from ojreport.compose.document import Contents, Document, Heading, PageBreak
from ojreport.proof.structure import read
from ojreport.render.pdf import render_pdf
from ojreport.render.theme import Theme

HEADINGS = ("Första avsnittet", "Andra avsnittet", "Tredje avsnittet")


@pytest.fixture(scope="module")
def data() -> bytes:
    blocks = [Contents("Innehåll")]
    for title in HEADINGS:
        blocks += [PageBreak(), Heading(2, title), Heading(3, f"Under {title}")]
    return render_pdf(Document(sample_document().meta, tuple(blocks)), Theme())


def test_each_heading_has_an_entry_in_order(data):
    toc = next(read(data).all("TOC"))
    entries = list(toc.all("TOCI"))
    assert tuple(entry.text.strip() for entry in entries) == HEADINGS
    assert next(toc.all("Caption")).text.strip() == "Innehåll"


def test_each_entry_is_a_link_to_its_headings_page(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        links = [a for a in pdf.pages[0].Annots if a.Subtype == "/Link"]
        names = pdf.Root.Dests if "/Dests" in pdf.Root else {}
        pages = [page.objgen for page in pdf.pages]
        found = []
        for link in links:
            target = link.Dest if isinstance(link.Dest, pikepdf.Array) else names[str(link.Dest)]
            target = target if isinstance(target, pikepdf.Array) else target.D
            found.append(pages.index(target[0].objgen))
    assert found == [1, 2, 3]
    assert [str(link.Contents) for link in links] == list(HEADINGS)
