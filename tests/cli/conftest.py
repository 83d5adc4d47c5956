"""The command line run in the test's own process, and one build that several tests look at."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from running import Run, Said

from ojreport.cli import main


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The user's own cache is neither used nor touched; the tests share one, so that the example is read once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OJREPORT_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """``run("build", "kommunprofil", "Kalmar")``: exit code, stdout, stderr."""

    def call(*arguments: object) -> Said:
        code = main([str(argument) for argument in arguments])
        return Said(code, *capsys.readouterr())

    return call


@pytest.fixture(scope="session")
def kalmar(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with all that a build for Kalmar 2019 writes."""
    out = tmp_path_factory.mktemp("output")
    assert main(["build", "kommunprofil", "Kalmar", "--year", "2019", "--out", str(out)]) == 0
    return out / "2019" / "0880-kalmar"
