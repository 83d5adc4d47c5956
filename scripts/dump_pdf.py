"""Prints a tagged PDF as a screen reader goes through it: the role, the words and the text alternative of each element in turn.

    uv run scripts/dump_pdf.py output/2019/0880-kalmar/kommunprofil.pdf --part "Stödprogram för närstående"

prints the first page, the part under that heading, the beginning of the first table, and all headings. With ``--into FILE`` it
takes the place of the block of text that stands after the line ``<!-- dump_pdf -->`` in a Markdown file.
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path

from ojreport.proof.structure import Node, read

HEADINGS = ("H1", "H2", "H3")
SPOKEN = (*HEADINGS, "P", "L", "Table", "Figure", "Caption", "Note")
ROWS = 5  # of the table
WIDTH = 110
PLACE = re.compile(r"(?<=<!-- dump_pdf -->\n)\n*```.*?```\n", re.DOTALL)


def spoken(node: Node) -> Iterator[Node]:
    """The elements that are said one after the other; what only holds others together (Sect, Div) says nothing."""
    for kid in node.kids:
        if isinstance(kid, Node):
            if kid.role in SPOKEN:
                yield kid
            else:
                yield from spoken(kid)


def lines(node: Node, depth: int = 0) -> Iterator[str]:
    """An element with its words; a list with its items, and a table with its first rows, on lines of their own."""
    if node.role == "Figure":
        yield line("Figure", f"Alt: {node.alt}", depth)
    elif node.role == "L":
        yield line("L", caption(node), depth)
        for item in node.all("LI"):
            yield line("LI", item.text, depth + 1)
    elif node.role == "Table":
        yield line("Table", caption(node), depth)
        rows = list(node.all("TR"))
        for row in rows[:ROWS]:
            yield line("TR", " | ".join(f"{cell.role} {cell.text}" for cell in row.all("TH", "TD")), depth + 1)
        yield line("…", f"{len(rows)} TR", depth + 1)
    else:
        yield line(node.role, node.text, depth)


def line(role: str, text: str, depth: int) -> str:
    """A line, with those that it runs over to set under its words."""
    margin = 2 * depth
    first = f"{' ' * margin}{role:<{9 - margin}}"
    return textwrap.fill(text, WIDTH, initial_indent=first, subsequent_indent=" " * 9, break_on_hyphens=False).rstrip() or first


def caption(node: Node) -> str:
    """The words of a list's or table's caption."""
    return " ".join(f"Caption: {found.text}" for found in node.all("Caption"))


def dump(tree: Node, part: str) -> str:
    """The four parts, with an empty line between them (ValueError when no heading is called *part*)."""
    said = list(spoken(tree))
    headings = [node for node in said if node.role in HEADINGS]
    start = next((n for n, node in enumerate(said) if node.role in HEADINGS and node.text == part), None)
    if start is None:
        raise ValueError(f"no heading is called {part!r}; there are {', '.join(h.text for h in headings)}")
    under = takewhile(lambda node: node.role not in HEADINGS, said[start + 1 :])
    parts: tuple[Iterable[Node], ...] = (
        [node for node in said if node.page == 1],
        [said[start], *under],
        [node for node in said if node.role == "Table"][:1],
    )
    blocks = ["\n".join(text for node in nodes for text in lines(node)) for nodes in parts]
    return "\n\n".join([*blocks, "\n".join(line(h.role, h.text, 0) for h in headings)])


def main() -> None:
    """Read the arguments and print, or write into the file that is named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pdf", type=Path)
    parser.add_argument("--part", required=True, help="the heading of the part that is given whole")
    parser.add_argument("--into", type=Path, help="a Markdown file with the line <!-- dump_pdf -->")
    given = parser.parse_args()
    try:
        text = f"```text\n{dump(read(given.pdf.read_bytes()), given.part)}\n```\n"
    except ValueError as error:
        sys.exit(f"{given.pdf}: {error}")
    if given.into is None:
        print(text)
        return
    page = given.into.read_text(encoding="utf-8")
    if not PLACE.search(page):
        sys.exit(f"{given.into}: there is no line <!-- dump_pdf --> with a block of text after it")
    given.into.write_text(PLACE.sub(lambda _: f"\n{text}", page), encoding="utf-8")
    print(f"{given.into} holds {given.pdf}")


if __name__ == "__main__":
    main()
