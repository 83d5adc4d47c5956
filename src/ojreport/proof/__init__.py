"""The proof-reader: opens each finished file again, from its bytes, and holds it against what it was made from."""

from ojreport.proof.difference import Difference
from ojreport.proof.verdict import Product, proof

__all__ = ["Difference", "Product", "proof"]
