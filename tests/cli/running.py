"""What a run of the command line gives back."""

from collections.abc import Callable
from typing import NamedTuple


class Said(NamedTuple):
    """What a run of the command line ended with and wrote."""

    code: int
    out: str
    err: str


Run = Callable[..., Said]
