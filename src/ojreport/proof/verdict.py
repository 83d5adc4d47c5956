"""The verdict on a report: its files are right, or the error that says which of them is not, where and how."""

from __future__ import annotations

from collections.abc import Mapping

from ojreport.compose.deck import Deck
from ojreport.compose.document import Document
from ojreport.compose.worksheet import WorkBook
from ojreport.errors import ProofError
from ojreport.proof.difference import Difference

Product = Document | Deck | WorkBook
TOLD = 3  # differences that a message tells of


def proof(files: Mapping[str, bytes], made_from: Mapping[str, Product], *, native: bool = True, logo: str = "") -> None:
    """Nothing, when each of *files* says what it was made from, by name, and nothing else.

    *native*: charts in decks hold their data. *logo*: the text alternative of the theme's logo, where it has one. Raises
    ProofError that names the file, the place, what was expected and what was found.
    """
    found = {name: _differences(files[name], product, native=native, logo=logo) for name, product in made_from.items()}
    if any(found.values()):
        meta = next(iter(made_from.values())).meta
        raise ProofError(f"{meta.area} ({meta.code}): {_message(found)}")


def _differences(data: bytes, product: Product, *, native: bool, logo: str) -> tuple[Difference, ...]:
    match product:
        case Document():
            from ojreport.proof.pdf import proof_pdf  # noqa: PLC0415 - a format's reader is imported when there is such a file

            return proof_pdf(data, product, logo)
        case Deck():
            from ojreport.proof.pptx import proof_pptx  # noqa: PLC0415 - the same

            return proof_pptx(data, product, native=native, logo=logo)
        case _:
            from ojreport.proof.xlsx import proof_xlsx  # noqa: PLC0415 - the same

            return proof_xlsx(data, product)


def _message(found: Mapping[str, tuple[Difference, ...]]) -> str:
    """One sentence about the first differences."""
    every = [f"{name}, {difference}" for name, differences in found.items() for difference in differences]
    more = f"; and {len(every) - TOLD} more" if len(every) > TOLD else ""
    return (
        f"the finished files do not say what the data say, so none of them was written: {'; '.join(every[:TOLD])}{more}. "
        f"Mend your own texts or template if the fault is theirs, else report it; --no-proof writes the files all the same."
    )
