"""A deck without slides: what every deck of a template has alike, written and packed once.

Words that differ from deck to deck stand there as tokens, which are replaced in each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pptx.enum.shapes import PP_PLACEHOLDER as PH
from pptx.oxml import parse_xml

from ojreport.errors import TemplateError
from ojreport.render.package import Packed, packed
from ojreport.render.pptx.furniture import field_xml
from ojreport.render.pptx.package import Package, Relation, parts_of, set_properties
from ojreport.render.pptx.page import NAMESPACES
from ojreport.render.pptx.text import Ink, run_xml
from ojreport.render.pptx.untyped import xml
from ojreport.render.pptx.wording import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ojreport.render.pptx.untyped import PptxDeck, Xml

PROPERTIES = ("title", "author", "subject", "keywords", "category")
WORDS = (*PROPERTIES, "foot")
_SIGN = "\ue000"  # for private use: no template has it
_NOTES = f"<a:r><a:t>{_SIGN}</a:t></a:r>"


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The parts around the slides, by their names, and what slides are written into."""

    parts: Mapping[str, Packed]
    worded: Mapping[str, bytes]  # parts with tokens in them
    types: Mapping[str, str]
    listing: tuple[str, bytes]  # the part that lists the slides
    relations: Mapping[str, Relation]  # and what it relates to
    notes: tuple[str, str]  # a page of notes, before and after its paragraphs
    notes_master: str  # where it is, seen from a page of notes

    def package(self, words: Mapping[str, str]) -> Package:
        """The parts of a new deck with its *words*, one for each of WORDS."""
        said = {_token(word).encode(): escaped(words[word]).encode() for word in WORDS}
        parts: dict[str, bytes | Packed] = dict(self.parts)
        for name, content in self.worded.items():
            for token, text in said.items():
                content = content.replace(token, text)  # noqa: PLW2901 - word after word
            parts[name] = content
        return Package(parts, self.types)


def skeleton_of(deck: PptxDeck, ink: Ink, path: Path) -> Skeleton:
    """What decks have from the template at *path*, which is opened as *deck* and has an empty slide of each of its layouts."""
    _spread_foot(deck, ink)
    notes, master = _notes(deck, ink, path)
    tokens = {word: _token(word) for word in PROPERTIES}
    set_properties(deck, language=ink.language, **tokens)
    drop_slides(deck)
    xml(deck.part).get_or_add_sldIdLst()
    parts, types = parts_of(deck)
    name = str(deck.part.partname)
    listing = name, parts.pop(name)
    worded = {part: content for part, content in parts.items() if _SIGN.encode() in content}
    alike = {part: packed(content) for part, content in parts.items() if part not in worded}
    related = {known: (rel.reltype, rel.target_ref, rel.is_external) for known, rel in deck.part.rels.items()}
    return Skeleton(parts=alike, worded=worded, types=types, listing=listing, relations=related, notes=notes, notes_master=master)


def drop_slides(deck: PptxDeck) -> None:
    """Take a deck's slides away."""
    for slide in list(xml(deck.part).iterfind("{*}sldIdLst/{*}sldId")):
        deck.part.drop_rel(slide.rId)
        slide.getparent().remove(slide)


def _token(word: str) -> str:
    return f"{_SIGN}{word}{_SIGN}"


def _spread_foot(deck: PptxDeck, ink: Ink) -> None:
    """Write the foot into master and layouts too, as "Apply to all" does: then it also stands on slides that the user adds."""
    for owner in (deck.slide_master, *deck.slide_layouts):
        for shape in owner.placeholders:
            if shape.placeholder_format.type == PH.FOOTER:
                paragraph = xml(shape.text_frame.paragraphs[0])
                for run in list(paragraph.r_lst):
                    paragraph.remove(run)
                paragraph.insert_element_before(_element(run_xml(_token("foot"), ink)), "a:endParaRPr")


def _notes(deck: PptxDeck, ink: Ink, path: Path) -> tuple[tuple[str, str], str]:
    """A page of notes around its paragraphs, and where its master is: that of the first slide, as all have the same."""
    page: Any = deck.slides[0].notes_slide
    if page.notes_text_frame is None:
        raise TemplateError(f"{path}: its notes master has no place for text. Add it in PowerPoint's notes master view.")
    for shape in page.placeholders:
        if shape.placeholder_format.type == PH.SLIDE_NUMBER:  # else it has no language of its own
            _replace(xml(shape.text_frame.paragraphs[0]), field_xml(ink, ""))
    _replace(xml(page.notes_text_frame.paragraphs[0]), _NOTES)
    before, found, after = page.part.blob.decode().partition(f"<a:p>{_NOTES}</a:p>")
    if not found:
        raise RuntimeError("python-pptx writes a paragraph in another way than before: see where notes are put")
    master = deck.part.notes_master_part.partname
    return (before, after), master.relative_ref(page.part.partname.baseURI)


def _replace(paragraph: Xml, content: str) -> None:
    for old in list(paragraph):
        paragraph.remove(old)
    paragraph.append(_element(content))


def _element(content: str) -> Xml:
    return parse_xml(f"<a:p {NAMESPACES}>{content}</a:p>")[0]
