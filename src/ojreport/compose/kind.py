"""What a kind of report is; each kind has a module of its own name, with its ``KIND``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ojreport.catalogue import Catalogue
from ojreport.compose.definitions import Definition
from ojreport.compose.texts import Texts
from ojreport.compose.worksheet import Report
from ojreport.model.area import Area, Group
from ojreport.model.results import Results

Subject = Area | Group


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of report: how it is made, and what the user's words for its subject stand for.

    *find* raises UsageError; *default* is what it is about when nothing is said, empty where something must be; *fields* are
    what its texts leave blank for the user.
    """

    make: Callable[[Definition, Results, Catalogue, Subject, int, Texts], Report]
    find: Callable[[Catalogue, str, int], Subject]
    example: str
    of_kommuner: bool = True
    default: str = ""
    fields: tuple[str, ...] = ()
