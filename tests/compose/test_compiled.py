"""Compiled texts are kept from run to run, and believed only where nobody else can have put them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from jinja2 import Environment

from ojreport.compose.texts import SHARED, Texts

pytestmark = pytest.mark.skipif(os.name == "nt", reason="where nothing is kept")
TEXT = "{% macro hej() %}Hej {{ namn }}!{% endmacro %}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / SHARED).write_text(TEXT, encoding="utf-8")
    return tmp_path / "texts"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the texts that are compiled."""
    names: list[str] = []
    own = Environment.compile

    def told(self: Environment, source: str, name: str, *others: object) -> object:
        names.append(name)
        return own(self, source, name, *others)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", told)
    return names


def said(folder: Path, cache: Path | None) -> str:
    return Texts([folder], cache).open(SHARED, namn="Åsele")("hej")


def test_the_next_run_compiles_nothing(folder: Path, tmp_path: Path, compiled: list[str]) -> None:
    assert [said(folder, tmp_path / "cache") for _ in range(2)] == ["Hej Åsele!", "Hej Åsele!"]
    assert compiled == [SHARED]


def test_without_a_folder_nothing_is_kept(folder: Path, compiled: list[str]) -> None:
    assert [said(folder, None) for _ in range(2)] == ["Hej Åsele!", "Hej Åsele!"]
    assert compiled == [SHARED, SHARED]


def test_a_changed_text_is_compiled_anew(folder: Path, tmp_path: Path) -> None:
    said(folder, tmp_path / "cache")
    (folder / SHARED).write_text(TEXT.replace("Hej", "God dag"), encoding="utf-8")
    assert said(folder, tmp_path / "cache") == "God dag Åsele!"


@pytest.mark.parametrize("content", [b"", b"j2", b"\x80\x04garbage", "whole and then cut"])
def test_a_broken_file_is_compiled_anew(folder: Path, tmp_path: Path, compiled: list[str], content: bytes | str) -> None:
    said(folder, tmp_path / "cache")
    (kept,) = (path for path in (tmp_path / "cache").rglob("*") if path.is_file())
    kept.write_bytes(kept.read_bytes()[:-40] if isinstance(content, str) else content)
    assert said(folder, tmp_path / "cache") == "Hej Åsele!"
    assert compiled == [SHARED, SHARED]


def test_what_others_can_write_is_not_believed(folder: Path, tmp_path: Path, compiled: list[str]) -> None:
    said(folder, tmp_path / "cache")
    (kept,) = (path for path in (tmp_path / "cache").rglob("*") if path.is_file())
    kept.chmod(0o666)
    assert said(folder, tmp_path / "cache") == "Hej Åsele!"
    assert compiled == [SHARED, SHARED]


def test_a_filter_that_was_changed_compiles_all_anew(
    folder: Path, tmp_path: Path, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(folder, tmp_path / "cache")
    monkeypatch.setattr("babel.__version__", "another")
    said(folder, tmp_path / "cache")
    assert compiled == [SHARED, SHARED]


def test_a_system_without_users_keeps_none(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "getuid")
    assert said(folder, tmp_path / "cache") == "Hej Åsele!"
    assert not (tmp_path / "cache").exists()


def test_a_folder_that_can_not_be_made_is_no_fault(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way", encoding="utf-8")
    assert said(folder, tmp_path / "cache") == "Hej Åsele!"
