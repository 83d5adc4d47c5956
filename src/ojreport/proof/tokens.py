"""The pieces of a content stream that are looked for: marks, fonts, and strings with where they stand.

PLAIN knows how pages are written here, and finds all that could be a word in another manner; ANY knows what a PDF may write.
"""

from __future__ import annotations

import re

_NAME = rb"[^\s/<>()\[\]]+"
_INSIDE = rb"(?:[^\\()]++|\\.|\((?:[^\\()]++|\\.)*\))*+"
_STRING = rb"\(%s\)" % _INSIDE
_NUMBER = rb"[-+]?(?:\d++\.?\d*+|\.\d++)"
_PARTS = {b"name": _NAME, b"string": _STRING, b"inside": _INSIDE, b"number": _NUMBER}
_MARKS = (
    rb"/(?P<tag>%(name)s)\s*<<(?:/MCID (?P<mcid>\d+)|(?P<entries>(?:[^<>()]++|<[^<>]*>|%(string)s)*))>>\s*BDC\b"
    rb"|/(?P<bare>%(name)s)\s*(?:/%(name)s\s*BDC|BMC)\b"
)
# How pages are written here: each text alone, upright or on end, in a size of its own.
_TEXT = (
    rb"BT\s+(?:1 0 0 1|0 1 -1 0)\s+(?P<x%%b>%(number)s)\s+(?P<y%%b>%(number)s)\s+Tm\s+%(manner)s"
    rb"/(?P<font%%b>%(name)s)\s+[1-9][.\d]*\s+Tf\s+%(manner)s"
    rb"\((?P<said%%b>[^()]*+(?<!\\)|(?:[^\\()]++|\\.)*+)\)\s*Tj\s+ET\b"
) % (_PARTS | {b"manner": rb"(?:%b\s+(?:%b\s+%b\s+rg|g|TL|Tr|Tz)\s+)*+" % ((_NUMBER,) * 3)})
# Every alternative begins with a letter, by which the places are found fast; what stands most often is found in one piece: a mark
# with its first text and its end, and an artifact without words. What is found and has no name is something else.
PLAIN = re.compile(
    (
        rb"/(?!Figure\b)%(name)s\s*<</MCID (?P<number>\d+)>>\s*BDC\s+%(first_text)s(?:\s+E(?P<whole>MC)\b)?"
        rb"|/Artifact\s+BMC\b(?P<drawn>(?:[^/(<\[%%BE]++|B[*\s])*+)EMC\b"
        rb"|%(marks)s|%(text)s|E(?P<end>MC)\b"
        rb"|/(?P<name>%(name)s)|\[(?P<dashes>[-+.\d\s]*)\]|B(?P<paint>[*\s])"
        rb"|/|B|\[|\(|<|%%"
    )
    % (_PARTS | {b"marks": _MARKS % _PARTS, b"first_text": _TEXT % ((b"_first",) * 4), b"text": _TEXT % ((b"",) * 4)}),
    re.DOTALL,
)
ANY = re.compile(
    (
        rb"(?=[/([<BEqQ])(?:"  # what none of these begin with is stepped over
        + _MARKS
        + rb"|\b(?P<begin>BT\b(?:(?:\s+%(number)s){4}\s+(?P<x>%(number)s)\s+(?P<y>%(number)s)\s+Tm\b)?)"
        rb"|/(?P<font>%(name)s)\s+%(number)s\s+Tf\b"
        rb"|\((?P<string>%(inside)s)\)\s*(?:Tj\b|'|\")"
        rb"|\[(?P<strings>(?:[^\[\]()<>]++|<[^<>]*>|%(string)s)*)\]\s*TJ\b"
        rb"|<(?P<hex>[0-9A-Fa-f\s]*)>\s*(?:Tj\b|'|\")"
        rb"|(?P<end>EMC)\b|(?P<save>q)\b|(?P<restore>Q)\b"
        rb"|%(string)s|/%(name)s)"
    )
    % _PARTS,
    re.DOTALL,
)
PIECE = re.compile(rb"\((?P<string>%s)\)|<(?P<hex>[0-9A-Fa-f\s]*)>" % _INSIDE, re.DOTALL)
MCID = re.compile(rb"/MCID\s+(\d+)")
KIND = re.compile(rb"/Subtype\s*/(\w+)")
ACTUAL = re.compile(rb"/ActualText\s*(?:<(?P<hex>[0-9A-Fa-f\s]*)>|\((?P<string>%s)\))" % _INSIDE, re.DOTALL)
