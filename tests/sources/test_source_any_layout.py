"""The same results come back from any layout: each way of writing alone, and any of them together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from any_layout import RESULTS, TITLES, WAYS, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_workbooks import write_book
from read_back import Read

from ojreport.catalogue import Catalogue, load_catalogue
from ojreport.sources import load_results

PLAIN = {kind: ways[0] for kind, ways in WAYS.items()}
ALONE = [(kind, way) for kind, ways in WAYS.items() for way in ways[1:]]


def is_whole(found: Read, *, numbered: bool) -> None:
    """Every result is there, none is another, none is added, and there is no finding.

    *numbered*: the rows have codes and no names; that the catalogue's own numbers tell the stadsdelar is then said.
    """
    for code, (_, values) in RESULTS.items():
        assert [found.value(i, code) for i in TITLES] == list(values), code
    assert sum(map(len, found.results.edition(2019).cells.values())) == len(RESULTS) * len(TITLES)
    kinds = {f.kind for f in found.results.findings if f.severity != "note"} - {"units-missing", "indicators-missing"}
    assert not kinds - ({"stadsdel-code"} if numbered else set())


@pytest.mark.parametrize(("kind", "way"), ALONE)
def test_each_way_of_writing_is_understood_alone(read: Callable[..., Read], kind: str, way: str) -> None:
    is_whole(read(written({**PLAIN, kind: way})), numbered=way == "code")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("layouts")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(way=st.fixed_dictionaries({kind: st.sampled_from(ways) for kind, ways in WAYS.items()}))
def test_any_ways_of_writing_are_understood_together(folder: Path, way: Mapping[str, str]) -> None:
    catalogue: Catalogue = load_catalogue()
    path = write_book(folder / "oj-2019.xlsx", {"Resultat": written(way)})
    is_whole(Read(load_results([path], catalogue, cache=False)), numbered=way["keys"] == "code")
