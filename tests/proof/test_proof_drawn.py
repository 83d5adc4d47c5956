"""What people see in a PDF must be what programs read in it, and every value must stand where it belongs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from io import BytesIO

import pikepdf
import pytest
from damage import changed_pdf, disguise, exchange, recode, rewrite
from finished import Made

from ojreport.proof.actual import misread
from ojreport.proof.content import Drawing
from ojreport.proof.pdf import proof_pdf
from ojreport.proof.structure import read_words

Damage = Callable[[pikepdf.Pdf], object]


def _said(kalmar: Made, damage: Damage) -> str:
    return "\n".join(map(str, proof_pdf(changed_pdf(kalmar.pdf, damage), kalmar.report.document)))


# --------------------------------------------------------------------------------------------------- read and drawn words


@pytest.mark.parametrize(
    ("drawn", "word"),
    [
        (("stöd-", "program"), "stödprogram"),
        (("stöd\u00ad", "pro\u00ad", "gram "), "stödprogram"),
        (("stöd-", "program"), "stöd-program"),
        (("stöd-", "program"), "stöd\u2011program"),
        (("", "12 ", "345"), "12\u00a0345"),
    ],
)
def test_a_word_may_be_divided_and_get_a_hyphen_where_it_is(drawn: Sequence[str], word: str) -> None:
    assert misread(drawn, b"", word) is None


@pytest.mark.parametrize(
    ("drawn", "word"),
    [
        (("36",), "63"),
        (("6", "3"), "633"),
        (("6-3",), "63"),
        (("6\u00ad3",), "63"),
        (("stöd", "program-"), "stödprogram"),
        (("program", "stöd-"), "stödprogram"),
        (("stöd-", "stöd-", "program"), "stödprogram"),
        (("",), "63"),
        (("63",), ""),
        (("●",), "○"),
    ],
)
def test_letters_that_are_not_the_word_are_told(drawn: Sequence[str], word: str) -> None:
    assert misread(drawn, b"", word) is not None


_RING = b"q 1 0 0 RG 5 5 m 1 2 3 4 5 6 c "


@pytest.mark.parametrize(("paint", "sign"), [(b"B*", "●"), (b"S 5 5 m 1 2 3 4 5 6 c h f*", "◐"), (b"S", "○")])
def test_a_sign_is_known_by_how_it_is_painted(paint: bytes, sign: str) -> None:
    code = b" " + _RING + paint + b" Q BT (x) Tj ET"
    assert misread(("•",), code, sign) is None
    assert misread(("•",), code, "x") == sign
    assert misread(("63",), code, sign) == f"{sign}63"


def _sign(pdf: pikepdf.Pdf) -> None:
    recode(pdf, rb"(ActualText <FEFF25CF>>> BDC.*?)\bB\*?(?=\s)", lambda m: m[1] + b"S")


def _divided(pdf: pikepdf.Pdf) -> None:
    page = next(n for n, p in enumerate(pdf.pages) if b"/ActualText <FEFF00" in p.Contents.read_bytes())
    rewrite(pdf, page, lambda text: f"{text[1]}{text[0]}{text[2:]}" if len(text) > 1 else text, within="Span")


def _nothing(pdf: pikepdf.Pdf) -> None:
    recode(pdf, rb"(ActualText <FEFF00.*?BDC.*?)\([^()]*\) Tj", lambda m: m[1] + b"() Tj")


def _table_sign(pdf: pikepdf.Pdf) -> None:
    recode(pdf, rb"(/Artifact BMC\s+q\s[^BEM]*? (?:c|h)\s+)B\*?(\s+Q\s+EMC)", lambda m: m[1] + b"S" + m[2])


HIDDEN: dict[str, tuple[Damage, tuple[str, ...]]] = {
    "a number is drawn as another": (
        lambda pdf: disguise(pdf, 1, "95 procent", "59 procent"),
        ("page 2: what is drawn and read as “", "is “", "59procent", "95 procent"),
    ),
    "a number in a drawing": (lambda pdf: disguise(pdf, 3, "63", "36"), ("page 4: what is drawn and read as “", "36")),
    "the kommun in the head": (
        lambda pdf: disguise(pdf, 2, "Kalmar (0880)", "Kalmar (0808)"),
        ("page 3: what is drawn and read as “Kalmar (0880)", "Kalmar(0808)"),
    ),
    "a letter of a divided word": (_divided, ("page", "what is drawn and read as “")),
    "a part of a divided word is not drawn": (_nothing, ("page", "what is drawn and read as “")),
    "a sign in a text": (_sign, ("what is drawn and read as “●” is “○” and should be “●”",)),
    "a sign in a table": (_table_sign, ("table “", "row", "column", "sign is “○” and should be “●”")),
}


@pytest.mark.parametrize(("damage", "words"), HIDDEN.values(), ids=HIDDEN)
def test_what_looks_other_than_it_reads_is_found(damage: Damage, words: tuple[str, ...], kalmar: Made) -> None:
    found = _said(kalmar, damage)
    assert [word for word in words if word not in found] == [], found


# ------------------------------------------------------------------------------------------------- values in their places


def _drawings(made: Made) -> list[tuple[int, int, Drawing]]:
    """Each drawing, its page and how many texts stand in drawings before it on that page."""
    found = []
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        for page, words in enumerate(read_words(pdf).values(), 1):
            before = 0
            for drawing in words.drawings.values():
                found.append((page, before, drawing))
                before += len(drawing.labels)
    return found


def _trend(made: Made) -> tuple[int, int]:
    """The page of the first trend that begins with three points of two lines, and the number there of the first value."""
    for page, before, drawing in _drawings(made):
        texts = [label.text.strip() for label in drawing.labels]
        if "2019" in texts and texts[texts.index("2019") + 1].isdigit():
            return page, before + texts.index("2019") + 1
    raise AssertionError("there is no trend")


def _bars(made: Made) -> tuple[int, int]:
    """The page of the first drawing of bars, and the number there of its first value."""
    return next((p, n + 1) for p, n, drawing in _drawings(made) if drawing.labels[0].text.strip().endswith("län"))


@pytest.mark.parametrize("places", [True, False])
@pytest.mark.parametrize(
    ("other", "words"),
    [(1, "at 2016 is “"), (2, "at 2016"), (3, "at 2016")],
    ids=["of the same year", "of the same line", "of another year and line"],
)
def test_two_values_of_a_trend_that_changed_places_are_found(
    other: int,
    words: str,
    places: bool,  # noqa: FBT001 - pytest hands it over by name
    kalmar: Made,
) -> None:
    page, first = _trend(kalmar)
    found = _said(kalmar, lambda pdf: exchange(pdf, page, (first, first + other), places=places))
    assert f"page {page}, figure “" in found
    assert "the value of “" in found
    assert words in found


def test_two_lines_that_changed_names_are_found(kalmar: Made) -> None:
    page, first = _trend(kalmar)
    found = _said(kalmar, lambda pdf: exchange(pdf, page, (first + 8, first + 9), places=True))
    assert f"page {page}, figure “" in found
    assert "at another line” and should be “at the end of its line”" in found


def test_a_line_that_does_not_go_through_its_points_is_found(kalmar: Made) -> None:
    stroke = rb"(RG 1\.8 w 1 j 0 J [-.\d]+) [-.\d]+ m"
    found = _said(kalmar, lambda pdf: recode(pdf, stroke, lambda m: m[1] + b" 20.00 m"))
    assert re.search(r"page \d+, figure “.*: the line “.*” through its points “20\d\d–20\d\d” is missing", found), found


@pytest.mark.parametrize("other", [2, 6])
def test_two_values_of_bars_that_changed_places_are_found(other: int, kalmar: Made) -> None:
    page, first = _bars(kalmar)
    found = _said(kalmar, lambda pdf: exchange(pdf, page, (first, first + other), places=True))
    assert re.search(rf"page {page}, figure “.*: what is drawn beside “.* län” is “\d+” and should be “\d+”", found), found


def test_two_names_of_bars_that_changed_places_are_found(kalmar: Made) -> None:
    page, first = _bars(kalmar)
    found = _said(kalmar, lambda pdf: exchange(pdf, page, (first - 1, first + 1), places=True))
    assert re.search(rf"page {page}, figure “.*: the place of “.* län” is “above it”", found), found


def test_a_bar_that_is_longer_than_its_value_is_found(kalmar: Made) -> None:
    box = (
        rb"(Q\s+q [.\d]+ [.\d]+ [.\d]+ rg )([.\d]+)( [.\d]+ m )([.\d]+)( [.\d]+ l )\4( [.\d]+ l \2 [.\d]+ l h f Q\s+q [^Q]*? f Q)"
    )

    def shorter(m: re.Match[bytes]) -> bytes:
        right = b"%.2f" % (float(m[4]) - 9)
        return m[1] + m[2] + m[3] + right + m[5] + right + m[6]

    def damage(pdf: pikepdf.Pdf) -> None:
        content = pdf.pages[page - 1].Contents.read_bytes()
        head, mark, tail = content.partition(b"/Figure")
        pdf.pages[page - 1].Contents = pdf.make_stream(head + mark + re.sub(box, shorter, tail, count=1, flags=re.DOTALL))

    page, _ = _bars(kalmar)
    found = _said(kalmar, damage)
    assert re.search(rf"page {page}, figure “.*: the length of the bar “.* län” is “\d+” and should be “\d+”", found), found
