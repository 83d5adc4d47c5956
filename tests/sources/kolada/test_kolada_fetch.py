"""What is fetched from Kolada: tidy rows, groups, and what is said of the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from kolada_server import KOMMUNER, Fetch, Reply, Server

from ojreport.errors import SourceError, UsageError
from ojreport.sources.kolada.fetch import unit_of


def test_the_same_answers_give_the_same_bytes(server: Server, fetch: Fetch) -> None:
    first = fetch("U35548", "u35549", cache=False).content
    server.values = dict(reversed(server.values.items()))
    assert fetch("U35548", " U35549", "U35548", cache=False).content == first


def test_a_row_has_area_kpi_year_value_and_gender_and_riket_our_own_code(fetch: Fetch, server: Server) -> None:
    whole = json.loads(fetch("U35548", years=(2020,)).content)
    assert (whole["kind"], whole["kpis"][0]["source"]) == ("kolada", f"{server.url}/data/kpi/U35548")
    assert whole["rows"][0] == {"area_code": "00", "kpi": "U35548", "year": 2020, "value": 14.25, "gender": "T"}
    assert [row["area_code"] for row in whole["rows"]] == ["00", *KOMMUNER]


def test_deleted_and_missing_values_are_no_rows_and_are_counted(server: Server, fetch: Fetch) -> None:
    server.say("U35548", "0800", 2019, 1, isdeleted=True)
    server.say("U35548", "0801", 2019, 0)
    server.say("U35548", "0802", 2019, None, status="Missing")
    fetched = fetch("U35548", years=(2019,))
    found = {row["area_code"]: row["value"] for row in json.loads(fetched.content)["rows"]}
    assert "0800" not in found
    assert "0802" not in found
    assert found["0801"] == 0  # a nought is a figure
    assert [f.message for f in fetched.findings] == [
        "Values that Kolada has deleted, and are left out: 1.",
        "Values that are missing at Kolada, and have no row: 1.",
    ]


def test_women_and_men_have_rows_only_when_asked_for(server: Server, fetch: Fetch) -> None:
    server.say("U35548", "0800", 2019, 3, gender="K")
    server.say("U35548", "0800", 2019, 5, gender="M")
    assert {row["gender"] for row in json.loads(fetch("U35548").content)["rows"]} == {"T"}
    assert {row["gender"] for row in json.loads(fetch("U35548", gender=True).content)["rows"]} == {"T", "K", "M"}


def test_without_a_name_every_group_of_kommuner_has_its_members_and_no_figures(fetch: Fetch) -> None:
    whole = json.loads(fetch("U35548").content)
    assert {g["id"]: g["members"] for g in whole["groups"]} == {"G100": KOMMUNER[:3], "G200": KOMMUNER[3:10]}
    assert not [row for row in whole["rows"] if row["area_code"].startswith("G")]


@pytest.mark.parametrize("name", ["G100", "g100", "kalmar läns", "Kalmar Lans Kommuner"])
def test_a_named_group_has_kolada_s_own_figure(fetch: Fetch, name: str) -> None:
    whole = json.loads(fetch("U35548", groups=(name,)).content)
    assert [g["id"] for g in whole["groups"]] == ["G100"]
    assert [row["value"] for row in whole["rows"] if row["area_code"] == "G100"] == [1.5]


def test_an_unknown_group_is_told_with_what_may_be_meant(fetch: Fetch) -> None:
    with pytest.raises(UsageError, match=r"no group “Kalmar läns kommunar \(ovägt medel\)”. Did you mean “Kalmar läns kommuner"):
        fetch("U35548", groups=("Kalmar läns kommunar (ovägt medel)",))
    with pytest.raises(UsageError, match="Write an id, such as G35793"):
        fetch("U35548", groups=("zzz",))


def test_an_unknown_kpi_is_told_with_what_may_be_meant(fetch: Fetch) -> None:
    with pytest.raises(UsageError, match=r"^Kolada has no KPI “U35547”. Did you mean U3554.* \(.+\)\? Kolada drops KPIs"):
        fetch("U35547")


@pytest.mark.parametrize("text", ["../kpi", "U35548,U35549", "U35548/x", "", "?"])
def test_what_is_no_id_is_never_part_of_an_address(server: Server, fetch: Fetch, text: str) -> None:
    with pytest.raises(UsageError, match="Kolada has no KPI"):
        fetch(text)
    assert server.asked == ["/v3/kpi?per_page=5000"]


def test_an_unknown_kpi_is_told_also_where_the_list_can_not_be_had(server: Server, fetch: Fetch) -> None:
    server.always = lambda path: Reply(400) if path == "/v3/kpi" else None
    with pytest.raises(UsageError, match="An id is a letter and five digits"):
        fetch("U99999")


def test_a_kpi_that_answers_with_an_empty_list_is_unknown(server: Server, fetch: Fetch) -> None:
    server.always = lambda path: Reply(200, b'{"values": []}') if path == "/v3/kpi/U35548" else None
    with pytest.raises(UsageError, match="Kolada has no KPI “U35548”"):
        fetch("U35548")


def test_a_kpi_may_be_answered_as_one_object(server: Server, fetch: Fetch) -> None:
    server.always = lambda path: Reply(200, b'{"id": "U35548", "title": "T"}') if path == "/v3/kpi/U35548" else None
    assert json.loads(fetch("U35548").content)["kpis"][0]["title"] == "T"


def test_years_without_a_figure_are_a_sentence(fetch: Fetch) -> None:
    with pytest.raises(SourceError, match=r"^Kolada has no figure for U35548 in 2031; leave out --year"):
        fetch("U35548", years=(2031,))
    with pytest.raises(SourceError, match="no figure for N30001 for kommuner"):
        fetch("N30001")


def test_a_kpi_without_figures_among_others_is_told(fetch: Fetch) -> None:
    assert [f.kind for f in fetch("U35548", "N30001").findings] == ["kolada-empty"]


def test_two_figures_for_one_cell_are_never_chosen_between(server: Server, fetch: Fetch) -> None:
    page = {"kpi": "U35548", "municipality": "0800", "period": 2019}
    values = [{**page, "values": [{"gender": "T", "value": value}]} for value in (1, 2)]
    server.always = lambda path: Reply(200, json.dumps({"values": values}).encode()) if "/data/" in path else None
    with pytest.raises(SourceError, match="two different figures for U35548, 0800, 2019"):
        fetch("U35548")


@pytest.mark.parametrize(
    ("change", "said"),
    [({"value": "12"}, "is no number"), ({"value": True}, "is no number"), ({"period": "i år"}, "for a year that is none")],
)
def test_what_is_no_figure_is_a_sentence(server: Server, fetch: Fetch, change: dict[str, object], said: str) -> None:
    row = {"kpi": "U35548", "municipality": "0800", "period": change.get("period", "2019")}
    row["values"] = [{"gender": "T", "value": change.get("value", 1)}, None]
    server.always = lambda path: Reply(200, json.dumps({"values": [row]}).encode()) if "/data/" in path else None
    with pytest.raises(SourceError, match=said):
        fetch("U35548")


def test_what_was_not_asked_for_is_left_out_and_counted(server: Server, fetch: Fetch) -> None:
    odd = {"kpi": "U35548", "municipality": "9999", "period": 2019, "values": [{"gender": "T", "value": 1}]}
    good = {**odd, "municipality": "0800"}
    server.always = lambda path: Reply(200, json.dumps({"values": [odd, good]}).encode()) if "0800," in path else None
    fetched = fetch("U35548")
    assert "Values that were not asked for, and are left out: 1." in [f.message for f in fetched.findings]


def test_kolada_without_kommuner_is_a_sentence(server: Server, fetch: Fetch) -> None:
    server.always = lambda path: Reply(200, b'{"values": []}') if path == "/v3/municipality" else None
    with pytest.raises(SourceError, match="lists no kommuner"):
        fetch("U35548")


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Brukare som är nöjda, andel (%)", "procent"),
        ("Aktuell rutin, (Ja=1, Nej=0) (-2021)", "Ja=1, Nej=0"),
        ("Skattekraft, kr/inv (2013-)", "kr/inv"),
        ("Våldsbrott, antal/100 000 inv", "antal/100 000 inv"),
        ("Väntetid, medelvärde", ""),
        ("", ""),
    ],
)
def test_the_unit_is_what_the_title_tells(title: str, unit: str) -> None:
    assert unit_of(title) == unit


# ------------------------------------------------------------------------------------------------------------- the verb


@pytest.fixture
def run(server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """The verb alone, as the command line calls it: exit code, stdout, stderr."""
    import typer  # noqa: PLC0415 - for this fixture alone

    from ojreport.commands.fetch import fetch as verb  # noqa: PLC0415

    monkeypatch.setenv("OJREPORT_KOLADA", server.url)
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.callback()(lambda: None)
    app.command("fetch")(verb)

    def call(*arguments: object) -> tuple[object, str, str]:
        code = app(["fetch", *map(str, arguments)], standalone_mode=False)
        return (code, *capsys.readouterr())

    return call


def test_the_verb_writes_the_file_and_names_it(run, tmp_path: Path) -> None:
    to = tmp_path / "new" / "väntetid.json"
    code, out, err = run("kolada", "--kpi", "U35548", "--year", "2019", "--group", "G100", "--to", to)
    assert (code or 0, out) == (0, f"{to}\t{to.stat().st_size}\n")
    assert err.splitlines()[0] == "asking Kolada about the KPIs"
    assert [path.name for path in to.parent.iterdir()] == ["väntetid.json"]


def test_the_verb_says_what_came_from_the_cache(run, server: Server, tmp_path: Path) -> None:
    run("kolada", "--kpi", "U35548", "--to", tmp_path / "a.json")
    server.always = lambda _: Reply(400)
    _, _, err = run("kolada", "--kpi", "U35548", "--to", tmp_path / "b.json")
    assert "note: Kolada: 5 answers are from the cache" in err
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()


def test_the_verb_refuses_another_suffix_before_it_asks(run, server: Server, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"must end with \.json"):
        run("kolada", "--kpi", "U35548", "--to", tmp_path / "a.csv")
    assert server.asked == []


def test_a_fetch_that_fails_leaves_the_file_as_it_was(run, server: Server, tmp_path: Path) -> None:
    to = tmp_path / "a.json"
    run("kolada", "--kpi", "U35548", "--to", to)
    before = to.read_bytes()
    server.always = lambda _: Reply(403)
    with pytest.raises(SourceError):
        run("kolada", "--kpi", "U35548", "--no-cache", "--to", to)
    assert to.read_bytes() == before
