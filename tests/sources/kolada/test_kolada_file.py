"""The local file: read back as series, told from other files, and refused when it was changed."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from kolada_server import KOMMUNER, Fetch, Server

from ojreport.errors import SourceError
from ojreport.model.value import Missing, Number, Reason
from ojreport.sources.kolada import KoladaSeries, is_kolada, load_kolada, read_kolada, unweighted_mean
from ojreport.sources.kolada.file import checksum


@pytest.fixture
def path(fetch: Fetch, tmp_path: Path) -> Path:
    """A file with U35548 and U35549."""
    file = tmp_path / "kolada.json"
    file.write_bytes(fetch("U35549", "U35548").content)
    return file


@pytest.fixture
def series(path: Path) -> KoladaSeries:
    return next(s for s in read_kolada(path) if s.kpi == "U35548")


def test_a_series_has_what_kolada_says_and_where_it_stands(series: KoladaSeries, server: Server) -> None:
    assert (series.title, series.unit) == ("Väntetid till öppenvård, dagar", "dagar")
    assert (series.description, series.published) == ("Om U35548. Källa: x", "2024-06-22")
    assert (series.origin.file, len(series.origin.sha256)) == ("kolada.json", 64)
    assert series.source == f"{server.url}/data/kpi/U35548"
    assert series.years == (2019, 2020)


def test_a_figure_is_exactly_kolada_s_and_no_figure_is_missing(series: KoladaSeries) -> None:
    assert series.value("0801", 2020) == Number(Decimal("1.5"))
    assert series.value("00", 2020) == Number(Decimal("14.25"))
    assert series.value("00", 2019) == Missing(Reason.EJ_I_FILEN)
    assert [g.id for g in series.groups_of("0801")] == ["G100"]


def test_the_unweighted_mean_counts_only_members_with_a_figure(series: KoladaSeries) -> None:
    mean = unweighted_mean(series, ["0801", "0802", "0802", "9999"], 2020)
    assert (mean.value, mean.count, mean.members) == (Number(Decimal(2)), 2, 3)
    nothing = unweighted_mean(series, ["0801"], 2031)
    assert (nothing.value, nothing.count, nothing.members) == (Missing(Reason.EJ_I_FILEN), 0, 1)


def test_the_mean_of_a_group_is_the_one_that_kolada_gives(series: KoladaSeries) -> None:
    assert unweighted_mean(series, series.groups[0].members, 2020).value == Number(Decimal("1.5"))


def test_women_s_figures_are_a_series_of_their_own(server: Server, fetch: Fetch, tmp_path: Path) -> None:
    server.say("U35548", "0800", 2019, 3, gender="K")
    (tmp_path / "k.json").write_bytes(fetch("U35548", gender=True).content)
    (women,) = read_kolada(tmp_path / "k.json", gender="K")
    assert dict(women.values) == {("0800", 2019): Decimal(3)}
    assert len(read_kolada(tmp_path / "k.json")[0].values) == 2 * len(KOMMUNER) + 1


def test_kolada_files_are_told_from_workbooks_and_other_json(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "layout.json"
    other.write_text('{"kind": "layout"}', encoding="utf-8")
    assert is_kolada(path)
    assert not any(is_kolada(p) for p in (other, tmp_path, tmp_path / "none.json", path.with_suffix(".xlsx")))


def test_files_and_folders_give_their_series_by_kpi_and_each_file_once(path: Path, tmp_path: Path) -> None:
    (tmp_path / "layout.json").write_text("{}", encoding="utf-8")
    assert [s.kpi for s in load_kolada([tmp_path, path, tmp_path / "oj.xlsx"])] == ["U35548", "U35549"]
    assert load_kolada([]) == ()


def test_two_files_with_one_kpi_are_a_sentence(path: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.json").write_bytes(path.read_bytes())
    with pytest.raises(SourceError, match=r"copy.json and .*kolada.json both hold Kolada's U35548"):
        load_kolada([tmp_path])


def test_a_folder_that_can_not_be_read_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(SourceError, match="can not be read; check that you may open it"):
        load_kolada([tmp_path])


def test_a_file_that_was_only_laid_out_anew_is_read(path: Path) -> None:
    before = [dict(s.values) for s in read_kolada(path)]
    path.write_text(json.dumps(json.loads(path.read_bytes()), indent=4), encoding="utf-8")
    assert [dict(s.values) for s in read_kolada(path)] == before


def test_a_figure_that_was_changed_by_hand_is_refused(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").replace("14.25", "41.25"), encoding="utf-8")
    with pytest.raises(SourceError, match="was changed since it was fetched; fetch it again"):
        read_kolada(path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is broken"),
        (b'{"kind": "kolada"', "is broken"),
        (b"\xff\xfe", "is broken"),
        (b'{"kind": "kolada", "x": ' + b"[" * 100_000, "is broken"),
        (b'["kind"]', "holds no figures from Kolada"),
        (b'{"kind": "other"}', "holds no figures from Kolada"),
        (b'{"kind": "kolada", "version": 2}', "another version of ojreport"),
        (b'{"kind": "kolada", "version": 1}', "was changed"),
    ],
)
def test_a_file_that_is_not_whole_is_a_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(SourceError) as error:
        read_kolada(tmp_path / "a.json")
    assert said in str(error.value)
    assert "a.json" in str(error.value)


@pytest.mark.parametrize("rows", [[{}], [1], None, [{"gender": "T", "kpi": "X", "area_code": "00", "year": 1, "value": 1}]])
def test_a_file_with_a_checksum_and_without_its_parts_is_a_sentence(tmp_path: Path, rows: object) -> None:
    whole = {"kind": "kolada", "version": 1, "kpis": [], "groups": [], "rows": rows}
    (tmp_path / "a.json").write_text(json.dumps({**whole, "sha256": checksum(whole)}), encoding="utf-8")
    with pytest.raises(SourceError, match="does not hold what it must"):
        read_kolada(tmp_path / "a.json")


def test_a_file_that_is_not_there_or_is_a_folder_or_too_large_is_a_sentence(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        read_kolada(tmp_path / "none.json")
    with pytest.raises(SourceError, match="can not be read"):
        read_kolada(tmp_path)
    monkeypatch.setattr("ojreport.sources.kolada.file._LARGEST", 10)
    with pytest.raises(SourceError, match="larger than any"):
        read_kolada(path)
