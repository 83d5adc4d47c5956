"""Finished reports with what they were made from, each built once."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

import pytest
from finished import Made, Make

from ojreport import batch
from ojreport.compose import build_report


@pytest.fixture(scope="session")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The user's own cache is neither used nor touched."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("OJREPORT_CACHE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def chain(_cache: Path) -> batch.Chain:
    return batch.prepare(batch.Order("kommunprofil", year=2019))


@pytest.fixture(scope="session")
def made(chain: batch.Chain) -> Make:
    @functools.cache
    def make(name: str) -> Made:
        area = chain.catalogue.find(name, chain.year)
        return Made(chain, build_report(chain.definition, chain.results, chain.catalogue, area, chain.year, chain.texts))

    return make


@pytest.fixture(scope="session")
def kalmar(made: Make) -> Made:
    return made("Kalmar")
